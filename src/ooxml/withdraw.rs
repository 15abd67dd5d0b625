//! Comments of ours taken out again, so that a file that was annotated, worked on and annotated once more does not say everything twice.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use super::comments::part_of;
use super::document::{main_part, relations};
use super::package::Package;
use super::patch::Patch;
use super::xml::{Element, Event, Xml};
use crate::input::{Limits, ReadError};

/// Where comments can be anchored: the body and the parts of these kinds.
const ANCHORED: [&str; 4] = ["footnotes", "endnotes", "header", "footer"];

/// The package without the comments of `author`; none where it has none to take out. A comment that somebody has answered stays, for the answer would
/// hang in the air.
///
/// # Errors
/// As [`Package::unpack`], and [`ReadError::Corrupt`] where a part with comments or anchors is no XML.
pub fn withdraw(package: &Package, author: &str) -> Result<Option<Vec<u8>>, ReadError> {
    let main = main_part(package)?;
    let related = relations(package, &main)?;
    let of_kind =
        |kind: &'static str| related.iter().filter(move |relation| relation.kind == kind).map(|relation| relation.target.as_str());
    let limits = package.limits();
    let Some(part) = part_of(package, &related) else { return Ok(None) };
    let source = package.part(part)?.unwrap_or_default();
    let extended = of_kind("commentsExtended").find_map(|part| package.part(part).transpose()).transpose()?;
    let answered = extended.map(|source| answered(&source, limits)).transpose()?.unwrap_or_default();
    let mut ours = comments(&source, author, limits)?;
    ours.retain(|comment| comment.paragraphs.is_disjoint(&answered));
    if ours.is_empty() {
        return Ok(None);
    }

    let without = |source: &[u8], ranges: Vec<Range<usize>>| {
        let mut patch = Patch::default();
        for range in ranges {
            patch.replace(range, "");
        }
        patch.apply(source)
    };
    let ids: HashSet<String> = ours.iter().map(|comment| comment.id.clone()).collect();
    let mut parts = vec![(part.to_owned(), without(&source, ours.into_iter().map(|comment| comment.range).collect()))];
    let anchored: BTreeSet<&str> = ANCHORED.into_iter().flat_map(of_kind).chain([main.as_str()]).collect();
    for part in anchored {
        let Some(source) = package.part(part)? else { continue };
        let ranges = anchors(&source, part, &ids, limits)?;
        if !ranges.is_empty() {
            parts.push((part.to_owned(), without(&source, ranges)));
        }
    }
    package.repacked(&parts).map(Some)
}

/// A comment as it stands in its part.
struct Written {
    id: String,
    /// The ids of its paragraphs, by which Word tells who answers whom.
    paragraphs: HashSet<String>,
    range: Range<usize>,
}

fn comments(source: &[u8], author: &str, limits: &Limits) -> Result<Vec<Written>, ReadError> {
    let mut xml = Xml::new(source, "comments.xml", limits)?;
    let mut comments = Vec::new();
    loop {
        match xml.next()? {
            Event::Start(element) if is(&element, "comment", "author", |value| value == author) => {
                let (start, id) = (xml.range().start, element.attribute("id").unwrap_or_default().into_owned());
                let mut paragraphs = HashSet::new();
                xml.inside(|_, inner| {
                    paragraphs.extend(inner.attribute("paraId").map(String::from));
                    Ok(())
                })?;
                comments.push(Written { id, paragraphs, range: start..xml.range().end });
            }
            Event::Eof => return Ok(comments),
            _ => {}
        }
    }
}

/// The paragraphs that answers are about.
fn answered(source: &[u8], limits: &Limits) -> Result<HashSet<String>, ReadError> {
    let mut xml = Xml::new(source, "commentsExtended.xml", limits)?;
    let mut answered = HashSet::new();
    loop {
        match xml.next()? {
            Event::Start(element) => answered.extend(element.attribute("paraIdParent").map(String::from)),
            Event::Eof => return Ok(answered),
            _ => {}
        }
    }
}

/// A run that is open, and what it has been found to hold.
struct Open {
    depth: usize,
    start: usize,
    /// The mark of a comment that is taken out.
    mark: Option<Range<usize>>,
    holds_more: bool,
}

/// What the anchors of these comments take up in a part: both ends, and the mark with its run where the run holds nothing else.
fn anchors(source: &[u8], part: &str, ids: &HashSet<String>, limits: &Limits) -> Result<Vec<Range<usize>>, ReadError> {
    let mut xml = Xml::new(source, part, limits)?;
    let mut ranges = Vec::new();
    let mut runs: Vec<Open> = Vec::new();
    let mut depth = 0_usize;
    loop {
        match xml.next()? {
            Event::Start(element) => {
                let start = xml.range().start;
                let is_ours = |name| is(&element, name, "id", |id| ids.contains(id));
                let mut run = runs.last_mut().filter(|run| run.depth == depth);
                if is_ours("commentRangeStart") || is_ours("commentRangeEnd") {
                    xml.skip()?;
                    ranges.push(start..xml.range().end);
                } else if let Some(run) = &mut run
                    && is_ours("commentReference")
                {
                    xml.skip()?;
                    run.mark = Some(start..xml.range().end);
                } else {
                    if let Some(run) = run {
                        run.holds_more |= element.local() != "rPr";
                    }
                    depth += 1;
                    if element.local() == "r" {
                        runs.push(Open { depth, start, mark: None, holds_more: false });
                    }
                }
            }
            Event::End => {
                if let Some(run) = runs.pop_if(|run| run.depth == depth) {
                    let whole = run.start..xml.range().end;
                    ranges.extend(run.mark.map(|mark| if run.holds_more { mark } else { whole }));
                }
                depth = depth.saturating_sub(1);
            }
            Event::Eof => return Ok(ranges),
            _ => {}
        }
    }
}

/// Whether an element has this name and the attribute a value that fits.
fn is(element: &Element, name: &str, attribute: &str, fits: impl Fn(&str) -> bool) -> bool {
    element.local() == name && element.attribute(attribute).is_some_and(|value| fits(&value))
}
