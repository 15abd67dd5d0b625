//! The comments people wrote beside the body, with the words they are anchored on.
//!
//! Most drafts have none, so this is a pass of its own over a body that was read already: the anchors' places in the XML become places in the text by
//! the pieces.

use std::collections::HashMap;

use super::pieces::Piece;
use super::xml::{Event, Xml};
use crate::document::Remark;
use crate::input::{Limits, ReadError};
use crate::span::Span;

/// The comments in the order of their part. One without an anchor in the body is left out.
pub(super) fn read(comments: &[u8], body: &[u8], pieces: &[Piece], limits: &Limits) -> Result<Vec<Remark>, ReadError> {
    let texts = texts(comments, limits)?;
    let anchors = if texts.is_empty() { HashMap::new() } else { anchors(body, limits)? };
    let mut by_source: Vec<&Piece> = pieces.iter().collect();
    by_source.sort_by_key(|piece| piece.source);
    let anchored = |(id, text): (String, String)| {
        let source = *anchors.get(&id)?;
        let from = by_source.partition_point(|piece| piece.source.start < source.start);
        let to = by_source.partition_point(|piece| piece.source.end <= source.end);
        // A box inside the anchor may stand elsewhere in the text; the ends are what the person marked.
        let (first, last) = (by_source.get(from)?, by_source.get(to.checked_sub(1)?)?);
        (from < to && first.span.start <= last.span.end).then(|| Remark { span: first.span.cover(last.span), text })
    };
    Ok(texts.into_iter().filter_map(anchored).collect())
}

/// Id and text of each comment.
fn texts(source: &[u8], limits: &Limits) -> Result<Vec<(String, String)>, ReadError> {
    let mut xml = Xml::new(source, "comments.xml", limits)?;
    let mut texts: Vec<(String, String)> = Vec::new();
    let mut open: Vec<bool> = Vec::new();
    loop {
        match xml.next()? {
            Event::Start(element) => {
                match (element.local(), texts.last_mut()) {
                    ("comment", _) => texts.push((element.attribute("id").unwrap_or_default().into(), String::new())),
                    ("p", Some((_, text))) if !text.is_empty() => text.push('\n'),
                    _ => {}
                }
                open.push(element.local() == "t");
            }
            Event::End => {
                open.pop();
            }
            Event::Text(words) | Event::CData(words) if open.last() == Some(&true) => {
                texts.last_mut().into_iter().for_each(|(_, text)| text.push_str(words));
            }
            Event::Reference(c) if open.last() == Some(&true) => texts.last_mut().into_iter().for_each(|(_, text)| text.push(c)),
            Event::Eof => return Ok(texts),
            _ => {}
        }
    }
}

/// From the start to the end of each comment's anchor, in bytes of the body.
fn anchors(body: &[u8], limits: &Limits) -> Result<HashMap<String, Span>, ReadError> {
    let mut xml = Xml::new(body, "document.xml", limits)?;
    let mut starts = HashMap::new();
    let mut anchors = HashMap::new();
    loop {
        match xml.next()? {
            Event::Start(element) if element.local() == "commentRangeStart" => {
                starts.extend(element.attribute("id").map(|id| (id.into_owned(), xml.range().start)));
            }
            Event::Start(element) if element.local() == "commentRangeEnd" => {
                if let Some((id, from)) = element.attribute("id").and_then(|id| starts.remove_entry(id.as_ref())) {
                    anchors.insert(id, Span::new(from, xml.range().start));
                }
            }
            Event::Eof => return Ok(anchors),
            _ => {}
        }
    }
}
