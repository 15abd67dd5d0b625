//! JSON: one object a line (`jsonl`), or the same objects in one array (`json`).
//!
//! ```text
//! {"type":"finding","path":"a.docx","rule":"phrase/near-miss","severity":"error","confidence":0.98,
//!  "line":3,"column":15,"end_line":3,"end_column":31,"start":412,"end":460,
//!  "text":"…","suggestions":["…"],"message":"…","entry":"…","source":"…"}
//! {"type":"file","path":"a.docx","characters":4510,"as_of":"2021-12","as_of_source":"signature","sections":{"1":3,"2":11},
//!  "placeholders":39,"findings":{"error":2,"warning":5,"info":1}}
//! {"type":"failure","path":"b.doc","message":"…"}
//! {"type":"summary","files":1,"failed":1,"findings":{"error":2,"warning":5,"info":1}}
//! ```
//!
//! `line` and `column` count from 1, columns in characters (Unicode scalar values), ends exclusive; `start` and `end` are bytes of the
//! extracted UTF-8 text (what `hegao text` prints).

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Counts, Sink, Summary};
use crate::batch::Failure;
use crate::checker::Report;
use crate::document::Document;

/// Writes JSON to `out`.
pub struct Json<W> {
    out: W,
    /// Whether the objects stand in an array.
    array: bool,
    written: usize,
    /// The object being written, kept from one to the next.
    line: Vec<u8>,
}

/// A finding as it is printed.
#[derive(Serialize)]
struct Printed<'a> {
    column: u32,
    confidence: f64,
    end: u32,
    end_column: u32,
    end_line: u32,
    entry: Option<&'a str>,
    line: u32,
    message: &'a str,
    path: &'a str,
    rule: &'a str,
    severity: &'a str,
    source: Option<&'a str>,
    start: u32,
    suggestions: Vec<String>,
    text: &'a str,
    r#type: &'a str,
}

impl<W: Write> Json<W> {
    /// One object a line.
    pub const fn lines(out: W) -> Self {
        Self { out, array: false, written: 0, line: Vec::new() }
    }

    /// One array.
    pub const fn array(out: W) -> Self {
        Self { out, array: true, written: 0, line: Vec::new() }
    }

    fn write(&mut self, object: &impl Serialize) -> io::Result<()> {
        self.line.clear();
        if self.array {
            self.line.extend_from_slice(if self.written == 0 { b"[\n" } else { b",\n" });
        }
        serde_json::to_writer(&mut self.line, object)?;
        if !self.array {
            self.line.push(b'\n');
        }
        self.written += 1;
        self.out.write_all(&self.line)
    }
}

impl<W: Write> Sink for Json<W> {
    fn file(&mut self, document: &Document, report: &Report) -> io::Result<()> {
        let text = document.text.as_str();
        let mut places = document.text.cursor();
        for finding in &report.findings {
            let (start, end) = (places.position(finding.span.start), places.position(finding.span.end));
            self.write(&Printed {
                column: start.column,
                confidence: (f64::from(finding.confidence) * 100.0).round() / 100.0,
                end: finding.span.end,
                end_column: end.column,
                end_line: end.line,
                entry: finding.entry.as_deref(),
                line: start.line,
                message: &finding.message,
                path: &document.name,
                rule: finding.rule,
                severity: finding.severity.name(),
                source: finding.source.as_deref(),
                start: finding.span.start,
                suggestions: finding.suggestions(text),
                text: finding.span.of(text),
                r#type: "finding",
            })?;
        }
        let sections: Map<String, Value> = report.outline.counts().map(|(level, n)| (level.name().to_owned(), n.into())).collect();
        self.write(&json!({
            "type": "file",
            "path": document.name,
            "characters": report.characters,
            "as_of": report.as_of.date.iso(),
            "as_of_source": report.as_of.source.name(),
            "sections": sections,
            "placeholders": report.placeholders.len(),
            "findings": counts(Counts::of(report)),
        }))
    }

    fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        self.write(&json!({ "type": "failure", "path": failure.name, "message": failure.message }))
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        self.write(&json!({
            "type": "summary",
            "files": summary.files,
            "failed": summary.failed,
            "findings": counts(summary.findings),
        }))?;
        if self.array { self.out.write_all(b"\n]\n") } else { Ok(()) }?;
        self.out.flush()
    }
}

fn counts(counts: Counts) -> Value {
    json!({ "error": counts.error, "warning": counts.warning, "info": counts.info })
}
