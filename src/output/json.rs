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
}

impl<W: Write> Json<W> {
    /// One object a line.
    pub const fn lines(out: W) -> Self {
        Self { out, array: false, written: 0 }
    }

    /// One array.
    pub const fn array(out: W) -> Self {
        Self { out, array: true, written: 0 }
    }

    fn write(&mut self, object: &Value) -> io::Result<()> {
        if self.array {
            self.out.write_all(if self.written == 0 { b"[\n" } else { b",\n" })?;
        }
        serde_json::to_writer(&mut self.out, object)?;
        self.written += 1;
        if self.array { Ok(()) } else { self.out.write_all(b"\n") }
    }
}

impl<W: Write> Sink for Json<W> {
    fn file(&mut self, document: &Document, report: &Report) -> io::Result<()> {
        let text = document.text.as_str();
        let mut places = document.text.cursor();
        for finding in &report.findings {
            let (start, end) = (places.position(finding.span.start), places.position(finding.span.end));
            self.write(&json!({
                "type": "finding",
                "path": document.name,
                "rule": finding.rule,
                "severity": finding.severity.name(),
                "confidence": (f64::from(finding.confidence) * 100.0).round() / 100.0,
                "line": start.line,
                "column": start.column,
                "end_line": end.line,
                "end_column": end.column,
                "start": finding.span.start,
                "end": finding.span.end,
                "text": finding.span.of(text),
                "suggestions": finding.suggestions(text),
                "message": finding.message,
                "entry": finding.entry,
                "source": finding.source,
            }))?;
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
