//! One line a finding: `file:line:column: severity: message [rule]`, for old consoles, editors and `grep`.

use std::io::{self, Write};

use super::{Sink, Summary};
use crate::batch::Failure;
use crate::checker::Report;
use crate::document::Document;

/// Writes plain lines to `out`.
pub struct Plain<W>(pub W);

impl<W: Write> Sink for Plain<W> {
    fn file(&mut self, document: &Document, report: &Report) -> io::Result<()> {
        let mut places = document.text.cursor();
        for finding in &report.findings {
            let place = places.position(finding.span.start);
            let (name, severity) = (&document.name, finding.severity.label());
            writeln!(self.0, "{name}:{}:{}: {severity}: {} [{}]", place.line, place.column, printable(&finding.message), finding.rule)?;
        }
        Ok(())
    }

    fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        writeln!(self.0, "{}: 未检查: {}", failure.name, failure.message)
    }

    fn finish(&mut self, _: &Summary) -> io::Result<()> {
        self.0.flush()
    }
}

/// The text without line breaks and control characters: nothing from a draft may steer the terminal.
pub(crate) fn printable(text: &str) -> String {
    let is_unsafe =
        |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    text.chars().map(|c| if matches!(c, '\t' | '\u{3000}') { ' ' } else { c }).filter(|&c| !is_unsafe(c)).collect()
}
