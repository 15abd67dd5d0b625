//! The package as a [`Document`]: finds the parts by their relationships and reads them in the order a person does.

use std::collections::HashMap;

use super::numbering::Numbering;
use super::package::Package;
use super::pieces::Pieces;
use super::remarks;
use super::story::{self, Flow, Part, Places, References, Setting};
use super::styles::Styles;
use super::xml::{Event, Xml};
use crate::document::{BlockKind, Document, Format};
use crate::input::{Limits, ReadError};
use crate::text::Text;

/// Reads a word-processing package: the body with its text boxes and tables, then footnotes, endnotes, headers and footers.
///
/// # Errors
/// [`ReadError::Corrupt`] where the package has no main part or a part is damaged, and what [`Package::unpack`] reports.
pub fn read_document(name: &str, package: &Package) -> Result<(Document, Pieces), ReadError> {
    let limits = package.limits();
    let main = main_part(package)?;
    let source = package.part(&main)?.ok_or_else(|| ReadError::corrupt("缺少正文部件 word/document.xml"))?;
    let related = relations(package, &main)?;
    let of_type = |kind: &str| related.iter().find(|relation| relation.kind == kind).map(|relation| relation.target.as_str());

    let mut setting = Setting::default();
    if let Some(source) = of_type("styles").map(|part| package.part(part)).transpose()?.flatten() {
        setting.styles = Styles::read(&source, limits)?;
    }
    if let Some(source) = of_type("numbering").map(|part| package.part(part)).transpose()?.flatten() {
        setting.numbering = Numbering::read(&source, &setting.styles, limits)?;
    }

    let mut reading = Reading { flow: Flow::default(), places: Places::default(), parts: Vec::new(), setting, limits };
    // Text is a third to a tenth of the XML it stands in.
    reading.flow.text.reserve(source.len() / 4);
    let References { margins, footnotes, endnotes } = reading.part(&main, &source, None, &HashMap::new())?;
    // Damaged comments are no reason to refuse the text beside them.
    let comments = of_type("comments").and_then(|part| package.part(part).ok().flatten());
    let remarks = comments.and_then(|comments| remarks::read(&comments, &source, &reading.flow.pieces, limits).ok()).unwrap_or_default();
    drop(source);

    for (kind, hosts) in [("footnotes", footnotes), ("endnotes", endnotes)] {
        if let Some((part, source)) = of_type(kind).and_then(|part| Some((part, package.part(part).transpose()?))) {
            reading.part(part, &source?, Some(BlockKind::Note), &hosts)?;
        }
    }
    for (kind, block) in [("header", BlockKind::Header), ("footer", BlockKind::Footer)] {
        for relation in related.iter().filter(|relation| relation.kind == kind) {
            let Some(&section) = margins.get(&relation.id) else { continue };
            if let Some(source) = package.part(&relation.target)? {
                let host = reading.first_shown(section).map(|run| (String::new(), run));
                reading.part(&relation.target, &source, Some(block), &host.into_iter().collect())?;
            }
        }
    }

    let Reading { flow, places, parts, .. } = reading;
    let pieces = Pieces { parts, runs: places.runs, pieces: flow.pieces, copies: places.copies };
    let document = Document { remarks, ..Document::new(name, Format::Docx, Text::new(flow.text), flow.blocks) };
    Ok((document, pieces))
}

/// A document in the making.
struct Reading<'a> {
    flow: Flow,
    places: Places,
    parts: Vec<String>,
    setting: Setting,
    limits: &'a Limits,
}

impl Reading<'_> {
    fn part(&mut self, name: &str, source: &[u8], kind: Option<BlockKind>, hosts: &HashMap<String, u32>) -> Result<References, ReadError> {
        let index = u32::try_from(self.parts.len()).unwrap_or(u32::MAX);
        self.parts.push(name.to_owned());
        story::read(Part { name, source, index, kind, hosts }, &self.setting, self.limits, &mut self.flow, &mut self.places)
    }

    /// The first run of the body from number `run` on that shows text, else the last one before it.
    fn first_shown(&self, run: u32) -> Option<u32> {
        let in_body = |shown: &u32| self.places.runs.get(*shown as usize).is_some_and(|run| run.host.is_none() && run.part == 0);
        let shown = || self.flow.pieces.iter().map(|piece| piece.run).filter(in_body);
        shown().find(|&shown| shown >= run).or_else(|| shown().next_back())
    }
}

/// A relationship of a part to another part of the package.
pub(super) struct Relation {
    pub(super) id: String,
    /// The last word of its type, e.g. `footnotes`: transitional and strict files differ before it.
    pub(super) kind: String,
    /// The name of the part it leads to.
    pub(super) target: String,
}

/// The name of the main part: what the package's own relationships say, else where Word puts it.
pub(super) fn main_part(package: &Package) -> Result<String, ReadError> {
    let named = relations(package, "")?.into_iter().find(|relation| relation.kind == "officeDocument");
    Ok(named.map(|relation| relation.target).filter(|part| package.find(part).is_some()).unwrap_or_else(|| "word/document.xml".into()))
}

/// The relationships of `part`, or of the package itself where `part` is empty.
pub(super) fn relations(package: &Package, part: &str) -> Result<Vec<Relation>, ReadError> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let place = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    let Some(source) = package.part(&place)? else { return Ok(Vec::new()) };
    let mut xml = Xml::new(&source, &place, package.limits())?;
    let mut relations = Vec::new();
    loop {
        match xml.next()? {
            Event::Start(element) if element.local() == "Relationship" => {
                let attribute = |name| element.attribute(name).unwrap_or_default();
                if attribute("TargetMode") != "External" {
                    relations.push(Relation {
                        id: attribute("Id").into(),
                        kind: attribute("Type").rsplit('/').next().unwrap_or_default().to_owned(),
                        target: resolve(folder, &attribute("Target")),
                    });
                }
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
    }
}

/// The part a relative target leads to from a folder of the package.
pub(crate) fn resolve(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> =
        if target.starts_with('/') { Vec::new() } else { folder.split('/').filter(|step| !step.is_empty()).collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            _ => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets_are_relative_to_the_folder_or_absolute() {
        assert_eq!(resolve("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "/word/document.xml"), "word/document.xml");
        assert_eq!(resolve("word/a", "../b.xml"), "word/b.xml");
        assert_eq!(resolve("", "../../x.xml"), "x.xml");
    }
}
