//! What several test files need: packages built in memory.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::format_push_string,
    reason = "each test file uses its part, and a test fails by panicking"
)]

use std::io::Write;

use flate2::{Compression, write::DeflateEncoder};
use rawzip::{CompressionMethod, ZipArchiveWriter};

/// A zip file of these files in this order, deflated.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut out);
    for (name, data) in files {
        let (mut entry, config) = archive.new_file(*name).compression_method(CompressionMethod::DEFLATE).start().unwrap();
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::default()));
        writer.write_all(data).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    out
}

/// A .docx in the making: `WordprocessingML` without its root elements.
#[derive(Default)]
pub(crate) struct Docx {
    pub(crate) body: String,
    pub(crate) styles: String,
    pub(crate) numbering: String,
    pub(crate) footnotes: String,
    pub(crate) comments: String,
    /// Headers and footers, as (`header` or `footer`, content); number n has the relationship id `m{n}`.
    pub(crate) margins: Vec<(&'static str, String)>,
}

impl Docx {
    pub(crate) fn body(body: impl Into<String>) -> Self {
        Self { body: body.into(), ..Self::default() }
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let root = |name: &str, content: &str| {
            format!(
                r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{name} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">{content}</w:{name}>"#
            )
        };
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let relations = |rows: &str| {
            format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>"#)
        };
        let mut rows = String::new();
        let mut files = vec![
            ("[Content_Types].xml".to_owned(), "<Types/>".to_owned()),
            (
                "_rels/.rels".to_owned(),
                relations(&format!(r#"<Relationship Id="a" Type="{kind}/officeDocument" Target="word/document.xml"/>"#)),
            ),
            ("word/document.xml".to_owned(), root("document", &format!("<w:body>{}</w:body>", self.body))),
        ];
        for (name, content) in
            [("styles", &self.styles), ("numbering", &self.numbering), ("footnotes", &self.footnotes), ("comments", &self.comments)]
        {
            if !content.is_empty() {
                rows += &format!(r#"<Relationship Id="{name}" Type="{kind}/{name}" Target="{name}.xml"/>"#);
                files.push((format!("word/{name}.xml"), root(name, content)));
            }
        }
        for (n, (side, content)) in self.margins.iter().enumerate() {
            rows += &format!(r#"<Relationship Id="m{n}" Type="{kind}/{side}" Target="{side}{n}.xml"/>"#);
            files.push((format!("word/{side}{n}.xml"), root(if *side == "header" { "hdr" } else { "ftr" }, content)));
        }
        files.push(("word/_rels/document.xml.rels".to_owned(), relations(&rows)));
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, data)| (name.as_str(), data.as_bytes())).collect();
        zip(&files)
    }
}

/// A paragraph of one run.
pub(crate) fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}
