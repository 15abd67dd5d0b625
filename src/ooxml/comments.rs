//! The comments part: ours added to those that are there, and the entries that make a new part known to the package.

use memchr::memmem;

use super::document::{Relation, main_part, relations};
use super::package::Package;
use super::patch::Patch;
use super::story::NAMESPACES;
use super::weave::Stamp;
use super::xml::{Event, Xml, escape};
use crate::input::{Limits, ReadError};
use crate::span::Span;

/// A comment on some words of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The words.
    pub span: Span,
    /// The paragraph they stand in.
    pub block: Span,
    /// What is said, paragraph by paragraph.
    pub lines: Vec<Line>,
}

/// One paragraph of a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its text.
    pub text: String,
    /// How it is set.
    pub tone: Tone,
}

/// How a paragraph of a comment is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Bold.
    Strong,
    /// Plain.
    Plain,
    /// Grey.
    Quiet,
}

const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
/// The same in strict files.
const STRICT_RELATION: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments";

/// The namespace of the words in a part: that of strict files, or the usual one.
pub(super) fn namespace(source: &[u8]) -> &'static str {
    let [usual, strict] = NAMESPACES;
    if memmem::find(source, strict.as_bytes()).is_some() { strict } else { usual }
}

/// The parts that change when `comments`, each with its id, are added to the package; a new part has the namespace `words`.
pub(super) fn add(
    package: &Package,
    comments: &[(u32, &Comment)],
    stamp: &Stamp,
    words: &'static str,
) -> Result<Vec<(String, Vec<u8>)>, ReadError> {
    let limits = package.limits();
    let main = main_part(package)?;
    let related = relations(package, &main)?;
    let content = |words, is_bound| comments.iter().map(|(id, comment)| element(*id, comment, stamp, words, is_bound)).collect::<String>();
    if let Some(part) = part_of(package, &related) {
        let source = package.part(part)?.unwrap_or_default();
        let own = namespace(&source);
        return Ok(vec![(part.to_owned(), appended(&source, part, limits, |prefix| content(own, prefix == "w:"))?)]);
    }
    let types_part = "[Content_Types].xml";
    let types = package.part(types_part)?.ok_or_else(|| ReadError::corrupt("缺少部件 [Content_Types].xml"))?;
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
    let in_folder = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    // A part of that name without a relationship is nobody's comments, but its name is taken.
    let is_taken = |part: &str| package.find(part).is_some() || memmem::find(&types, format!("\"/{part}\"").as_bytes()).is_some();
    let part = in_folder(if is_taken(&in_folder("comments.xml")) { "comments-hegao.xml" } else { "comments.xml" });
    let content = content(words, true);
    let root =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"{words}\">{content}</w:comments>");

    let types = appended(&types, types_part, limits, |p| format!("<{p}Override PartName=\"/{part}\" ContentType=\"{CONTENT_TYPE}\"/>"))?;

    let relations_part = in_folder(&format!("_rels/{file}.rels"));
    let id = (1..=related.len() + 1)
        .map(|n| format!("rIdHegao{n}"))
        .find(|id| related.iter().all(|relation| relation.id != *id))
        .unwrap_or_default();
    let kind = if words == NAMESPACES[1] { STRICT_RELATION } else { RELATION };
    let target = part.rsplit('/').next().unwrap_or(&part);
    let row = |p: &str| format!("<{p}Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>");
    let relations = if let Some(source) = package.part(&relations_part)? {
        appended(&source, &relations_part, limits, row)?
    } else {
        let rows = row("");
        format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{rows}</Relationships>").into_bytes()
    };
    Ok(vec![(types_part.to_owned(), types), (relations_part, relations), (part, root.into_bytes())])
}

/// The package's own comments, if it has any.
pub(super) fn source(package: &Package) -> Result<Vec<u8>, ReadError> {
    let related = relations(package, &main_part(package)?)?;
    Ok(part_of(package, &related).map(|part| package.part(part)).transpose()?.flatten().unwrap_or_default())
}

/// The name of that part.
pub(super) fn part_of<'a>(package: &Package, related: &'a [Relation]) -> Option<&'a str> {
    let part = related.iter().find(|relation| relation.kind == "comments").map(|relation| relation.target.as_str());
    part.filter(|part| package.find(part).is_some())
}

/// A comment in the namespace `words`, whose prefix is bound by the root or else by the comment itself.
fn element(id: u32, comment: &Comment, stamp: &Stamp, words: &str, is_bound: bool) -> String {
    let lines: String = comment.lines.iter().enumerate().map(|(n, line)| paragraph(line, n == 0, words == NAMESPACES[1])).collect();
    let (author, initials, date) = (escape(&stamp.author), escape(&stamp.initials), escape(&stamp.date));
    let binding = if is_bound { String::new() } else { format!(" xmlns:w=\"{words}\"") };
    format!("<w:comment{binding} w:id=\"{id}\" w:author=\"{author}\" w:date=\"{date}\" w:initials=\"{initials}\">{lines}</w:comment>")
}

/// Everything is said on the spot, for the styles of the document are made for its body: large type, wide lines, indents. Strict files name
/// the sides otherwise.
fn paragraph(line: &Line, first: bool, is_strict: bool) -> String {
    let (left, right) = if is_strict { ("start", "end") } else { ("left", "right") };
    let look = match line.tone {
        Tone::Strong => "<w:b/>",
        Tone::Plain => "",
        Tone::Quiet => "<w:color w:val=\"6B6B6B\"/>",
    };
    let mark = if first { "<w:r><w:annotationRef/></w:r>" } else { "" };
    format!(
        "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>\
         <w:ind w:{left}=\"0\" w:{right}=\"0\" w:firstLine=\"0\" w:firstLineChars=\"0\"/><w:jc w:val=\"{left}\"/></w:pPr>\
         {mark}<w:r><w:rPr>{look}<w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
        escape(&line.text)
    )
}

/// `source` with something put in at the end of its root element; what is told the root's prefix.
fn appended(source: &[u8], part: &str, limits: &Limits, what: impl FnOnce(&str) -> String) -> Result<Vec<u8>, ReadError> {
    let mut xml = Xml::new(source, part, limits)?;
    let mut root = String::new();
    let mut end = 0..0;
    loop {
        match xml.next()? {
            Event::Start(element) if root.is_empty() => element.name().clone_into(&mut root),
            Event::End => end = xml.range(),
            Event::Eof => break,
            _ => {}
        }
    }
    let prefix = root.rfind(':').map_or("", |colon| &root[..=colon]);
    let content = what(prefix);
    let mut patch = Patch::default();
    if source[..end.end].ends_with(b"/>") {
        patch.replace(end.end - 2..end.end, format!(">{content}</{root}>"));
    } else {
        patch.insert(end.start, content);
    }
    Ok(patch.apply(source))
}
