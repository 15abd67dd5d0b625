//! Annotations on a pull request: GitHub's workflow commands `::error file=…,line=…,col=…,title=…::message`, one line a finding.

use std::io::{self, Write};

use super::safe::printable;
use super::shown::shown;
use super::{Sink, Summary, UNCHECKED};
use crate::batch::Failure;
use crate::checker::Report;
use crate::document::Document;
use crate::finding::Severity;

/// Writes workflow commands to `out`.
pub struct Github<W>(pub W);

impl<W: Write> Sink for Github<W> {
    fn file(&mut self, document: &Document, report: &Report) -> io::Result<()> {
        for finding in shown(document, report) {
            let command = match finding.finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "notice",
            };
            write!(self.0, "::{command} file={},line={},col={}", property(&finding.path), finding.start.line, finding.start.column)?;
            // A column of an end is only understood on one line.
            if finding.end.line == finding.start.line {
                write!(self.0, ",endColumn={}", finding.end.column)?;
            } else {
                write!(self.0, ",endLine={}", finding.end.line)?;
            }
            let proposal = finding.proposal().map(|proposal| format!("；建议{proposal}")).unwrap_or_default();
            writeln!(self.0, ",title={}::{}", property(finding.finding.rule), data(&format!("{}{proposal}", finding.message)))?;
        }
        Ok(())
    }

    fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        writeln!(self.0, "::error file={},title={UNCHECKED}::{}", property(&printable(&failure.name)), data(&printable(&failure.message)))
    }

    fn finish(&mut self, _: &Summary) -> io::Result<()> {
        self.0.flush()
    }
}

/// The message of a command, escaped as its reader unescapes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command: its separators are escaped as well.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_ends_a_command_early_or_begins_another() {
        assert_eq!(super::data("增长20%\n::error::"), "增长20%25%0A::error::");
        assert_eq!(super::property("a,b:c\r\n%.docx"), "a%2Cb%3Ac%0D%0A%25.docx");
    }
}
