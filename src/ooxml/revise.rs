//! Words replaced in the XML where they stand: the first run that held some of the old words takes the new ones, with its own properties.

use std::collections::{BTreeMap, BTreeSet};

use super::package::Package;
use super::patch::Patch;
use super::pieces::{Form, Piece, Pieces};
use super::seam::RunXml;
use super::xml::escape;
use crate::finding::Edit;
use crate::input::ReadError;
use crate::span::Span;

/// The package with `edits` made to its text. The edits are in text order and do not overlap; what does not stand in the XML (a number
/// that Word generates) cannot be changed, see [`Pieces::hold`].
///
/// # Errors
/// As [`Package::unpack`].
pub fn revise(package: &Package, pieces: &Pieces, edits: &[Edit]) -> Result<Vec<u8>, ReadError> {
    let sources = package.sources(pieces)?;
    let mut patches: BTreeMap<usize, Patch> = BTreeMap::new();
    let mut touched = BTreeSet::new();
    for edit in edits.iter().flat_map(|edit| by_piece(pieces, edit)) {
        let found = if edit.span.is_empty() { pieces.beside(edit.span.start) } else { pieces.within(edit.span).first() };
        let Some(run) = found.and_then(|piece| pieces.run(piece)) else { continue };
        let part = run.part as usize;
        let Some(xml) = sources.get(part).and_then(|source| RunXml::new(source, run)) else { continue };
        let patch = patches.entry(part).or_default();
        write(pieces, &edit, &xml, patch);
        touched.extend(pieces.within(edit.span).iter().chain(found).map(|piece| (piece.run, piece.source.start)));
    }
    keep_spaces(pieces, &sources, touched, &mut patches);
    let parts: Vec<(String, Vec<u8>)> = patches
        .into_iter()
        .map(|(part, mut patch)| {
            patch.repeat_in(pieces.copies.iter().copied().filter(|copy| copy.part as usize == part));
            (pieces.parts[part].clone(), patch.apply(&sources[part]))
        })
        .collect();
    package.repacked(&parts)
}

/// An edit over several pieces whose words stay as long as they were becomes one for each piece, so that each character keeps the properties
/// of the one it replaces; any other stays whole.
pub(super) fn by_piece(pieces: &Pieces, edit: &Edit) -> Vec<Edit> {
    let within = pieces.within(edit.span);
    if within.len() < 2 || edit.text.len() != edit.span.len() {
        return vec![edit.clone()];
    }
    let one = |piece: &Piece| {
        let span = Span { start: piece.span.start.max(edit.span.start), end: piece.span.end.min(edit.span.end) };
        let text = edit.text.get((span.start - edit.span.start) as usize..(span.end - edit.span.start) as usize)?;
        Some(Edit { span, text: text.to_owned() })
    };
    within.iter().map(one).collect::<Option<_>>().unwrap_or_else(|| vec![edit.clone()])
}

/// Spaces at the ends of a changed text count from now on: an edit may have brought them there. Those that did not count before go.
fn keep_spaces(pieces: &Pieces, sources: &[Vec<u8>], touched: BTreeSet<(u32, u32)>, patches: &mut BTreeMap<usize, Patch>) {
    let mut seen = BTreeSet::new();
    for (run, at) in touched {
        let run = &pieces.runs[run as usize];
        let part = run.part as usize;
        let text = RunXml::new(&sources[part], run).and_then(|xml| xml.loose_text(at as usize));
        let (Some((tag_end, unseen)), Some(patch)) = (text, patches.get_mut(&part)) else { continue };
        if seen.insert((part, tag_end)) {
            patch.insert(tag_end, " xml:space=\"preserve\"");
            unseen.into_iter().filter(|spaces| !spaces.is_empty()).for_each(|spaces| patch.replace(spaces, ""));
        }
    }
}

fn write(pieces: &Pieces, edit: &Edit, xml: &RunXml, patch: &mut Patch) {
    if edit.span.is_empty() {
        if let Some(piece) = pieces.beside(edit.span.start) {
            // Inside a piece only where it is verbatim; the others are one character.
            let at =
                if edit.span.start == piece.span.end { piece.source.end } else { piece.source.start + edit.span.start - piece.span.start };
            patch.insert(at as usize, in_form(piece.form, &edit.text, xml.prefix()));
        }
        return;
    }
    for (n, piece) in pieces.within(edit.span).iter().enumerate() {
        let mut source = piece.source.range();
        if matches!(piece.form, Form::Text | Form::CData) {
            let from = edit.span.start.max(piece.span.start) - piece.span.start;
            let until = edit.span.end.min(piece.span.end) - piece.span.start;
            source = source.start + from as usize..source.start + until as usize;
        }
        let text = if n == 0 { edit.text.as_str() } else { "" };
        patch.replace(source, in_form(piece.form, text, xml.prefix()));
    }
}

/// `text` as it is written where a piece of that form stands.
fn in_form(form: Form, text: &str, prefix: &str) -> String {
    match form {
        _ if text.is_empty() => String::new(),
        Form::Text | Form::Reference => escape(text),
        Form::CData => text.replace("]]>", "]]]]><![CDATA[>"),
        Form::Element => format!("<{prefix}t xml:space=\"preserve\">{}</{prefix}t>", escape(text)),
    }
}
