//! One line a finding: `file:line:column: severity: message [rule]`, for old consoles, editors and `grep`.

use std::io::{self, Write};

use super::safe::printable;
use super::shown::{Shown, shown};
use super::{Sink, Summary, UNCHECKED};
use crate::batch::Failure;
use crate::checker::Report;
use crate::document::Document;

/// Writes plain lines to `out`.
pub struct Plain<W>(pub W);

impl<W: Write> Sink for Plain<W> {
    fn file(&mut self, document: &Document, report: &Report) -> io::Result<()> {
        shown(document, report).try_for_each(|Shown { path, finding, start, message, .. }| {
            writeln!(self.0, "{path}:{}:{}: {}: {message} [{}]", start.line, start.column, finding.severity.label(), finding.rule)
        })
    }

    fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        writeln!(self.0, "{}: {UNCHECKED}: {}", printable(&failure.name), printable(&failure.message))
    }

    fn finish(&mut self, _: &Summary) -> io::Result<()> {
        self.0.flush()
    }
}
