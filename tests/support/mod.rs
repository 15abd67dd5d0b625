//! What several test files and the fuzz targets need: packages built in memory, and what holds for whatever comes in.

#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::unwrap_used,
    clippy::format_push_string,
    reason = "each test file uses its part, the fuzz targets from another crate, and a test fails by panicking"
)]

pub mod marks;
pub mod near;
pub mod sound;

use std::io::Write;

use flate2::{Compression, write::DeflateEncoder};
use rawzip::{CompressionMethod, ZipArchiveWriter};

/// A zip file of these files in this order, deflated.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    archive(files, CompressionMethod::DEFLATE)
}

/// A zip file of these files in this order, as they are.
pub fn stored(files: &[(&str, &[u8])]) -> Vec<u8> {
    archive(files, CompressionMethod::STORE)
}

fn archive(files: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut out = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut out);
    for (name, data) in files {
        let (mut entry, config) = archive.new_file(*name).compression_method(method).start().unwrap();
        let descriptor = if method == CompressionMethod::DEFLATE {
            let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::default()));
            writer.write_all(data).unwrap();
            let (encoder, descriptor) = writer.finish().unwrap();
            encoder.finish().unwrap();
            descriptor
        } else {
            let mut writer = config.wrap(&mut entry);
            writer.write_all(data).unwrap();
            writer.finish().unwrap().1
        };
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    out
}

/// A .docx in the making: `WordprocessingML` without its root elements.
#[derive(Default)]
pub struct Docx {
    pub body: String,
    pub styles: String,
    pub numbering: String,
    pub footnotes: String,
    pub comments: String,
    /// Headers and footers, as (`header` or `footer`, content); number n has the relationship id `m{n}`.
    pub margins: Vec<(&'static str, String)>,
}

impl Docx {
    pub fn body(body: impl Into<String>) -> Self {
        Self { body: body.into(), ..Self::default() }
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        zip(&borrowed(&self.parts()))
    }

    /// Its parts by their names.
    pub fn parts(&self) -> Vec<(String, String)> {
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
        files
    }
}

/// Parts as a zip file takes them.
pub fn borrowed(parts: &[(String, String)]) -> Vec<(&str, &[u8])> {
    parts.iter().map(|(name, data)| (name.as_str(), data.as_bytes())).collect()
}

/// A paragraph of one run.
pub fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}
