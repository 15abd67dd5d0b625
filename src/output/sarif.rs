//! SARIF 2.1.0 (OASIS, 2020): what code hosts and editors take in.
//!
//! Columns count Unicode code points. Positions are those of the extracted text; where that is the file itself (plain text, Markdown),
//! each repair is given as an edit of the file, else only as words.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::shown::{Shown, shown};
use super::{Sink, Summary};
use crate::batch::Failure;
use crate::checker::Report;
use crate::document::{Document, Format};
use crate::finding::Severity;
use crate::rules;
use crate::span::Span;
use crate::text::{Cursor, Position};

/// Writes SARIF to `out`, one result after the other.
pub struct Sarif<W> {
    out: W,
    results: usize,
    /// What is said of the drafts that could not be checked.
    notifications: Vec<Value>,
}

impl<W: Write> Sarif<W> {
    /// A log that is begun with the first result.
    pub const fn new(out: W) -> Self {
        Self { out, results: 0, notifications: Vec::new() }
    }

    fn begin(&mut self) -> io::Result<()> {
        let schema = "https://json.schemastore.org/sarif-2.1.0.json";
        write!(self.out, "{{\"$schema\":\"{schema}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{},", tool())?;
        write!(self.out, "\"columnKind\":\"unicodeCodePoints\",\"results\":[")
    }
}

impl<W: Write> Sink for Sarif<W> {
    fn file(&mut self, document: &Document, report: &Report) -> io::Result<()> {
        let mut places = document.text.cursor();
        for finding in shown(document, report) {
            if self.results == 0 {
                self.begin()?;
            }
            let separator = if self.results == 0 { "\n" } else { ",\n" };
            write!(self.out, "{separator}{}", result(document, &finding, &mut places))?;
            self.results += 1;
        }
        Ok(())
    }

    fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        self.notifications.push(json!({
            "level": "error",
            "message": { "text": failure.message },
            "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&failure.name) } } }],
        }));
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        if self.results == 0 {
            self.begin()?;
        }
        let invocation =
            json!({ "executionSuccessful": summary.failed == 0, "toolExecutionNotifications": std::mem::take(&mut self.notifications) });
        writeln!(self.out, "\n],\"invocations\":[{invocation}]}}]}}")?;
        self.out.flush()
    }
}

fn tool() -> Value {
    let rule = |id: &rules::Id| {
        let manual = rules::find(id.name).map(|(rule, _)| rule.meta().manual()).unwrap_or_default();
        json!({
            "id": id.name,
            "shortDescription": { "text": id.title },
            "help": { "text": manual, "markdown": manual },
            "defaultConfiguration": { "enabled": id.default, "level": level(id.severity) },
        })
    };
    json!({ "driver": {
        "name": "hegao",
        "fullName": "核稿",
        "language": "zh-CN",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules::ids().map(rule).collect::<Vec<_>>(),
    } })
}

/// `places` finds its way from the finding before.
fn result(document: &Document, shown: &Shown<'_>, places: &mut Cursor<'_>) -> Value {
    let finding = shown.finding;
    let text = document.text.as_str();
    let location = json!({ "uri": uri(&document.name) });
    let mut region = region(shown.start, shown.end);
    region["snippet"] = json!({ "text": finding.span.of(text) });
    let mut result = json!({
        "ruleId": finding.rule,
        "ruleIndex": rules::ids().position(|id| id.name == finding.rule),
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "rank": (f64::from(finding.confidence) * 1000.0).round() / 10.0,
        "locations": [{ "physicalLocation": { "artifactLocation": location, "region": region } }],
        "properties": { "suggestions": finding.suggestions(text), "entry": finding.entry, "source": finding.source },
    });
    if matches!(document.format, Format::Text(_) | Format::Markdown(_)) && !finding.fixes.is_empty() {
        let mut edit = |span: Span, new: &str| {
            let (start, end) = (places.position(span.start), places.position(span.end));
            json!({ "deletedRegion": self::region(start, end), "insertedContent": { "text": new } })
        };
        let fixes = finding.fixes.iter().map(|fix| {
            let edits: Vec<Value> = fix.edits.iter().map(|e| edit(e.span, &e.text)).collect();
            json!({
                "description": { "text": format!("{}：{}", fix.applicability.label(), fix.applied_to(text, finding.span)) },
                "artifactChanges": [{ "artifactLocation": location, "replacements": edits }],
            })
        });
        result["fixes"] = fixes.collect();
    }
    result
}

fn region(start: Position, end: Position) -> Value {
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A path as a URI reference (RFC 3986): what is not unreserved is percent-encoded.
fn uri(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let has_drive = cfg!(windows) && path.as_bytes().get(1) == Some(&b':');
    let scheme = match (path.starts_with('/'), has_drive) {
        (true, _) => "file://",
        (_, true) => "file:///",
        _ => "",
    };
    let encoded = path.strip_prefix("./").unwrap_or(&path).bytes().map(|byte| match byte {
        b'/' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    scheme.chars().map(String::from).chain(encoded).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths_become_uri_references() {
        assert_eq!(super::uri("./往年/a b%.txt"), "%E5%BE%80%E5%B9%B4/a%20b%25.txt");
        assert_eq!(super::uri("/tmp/a:b#c?.txt"), "file:///tmp/a%3Ab%23c%3F.txt");
    }
}
