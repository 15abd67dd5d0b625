//! CSV for spreadsheets: one row a finding, one row a draft that could not be checked.

use std::io::{self, Write};

use super::safe::printable;
use super::shown::{HEAD, shown};
use super::{Sink, Summary, UNCHECKED, table};
use crate::batch::Failure;
use crate::checker::Report;
use crate::document::Document;

/// Writes CSV to `out`.
pub struct Csv<W>(table::Csv<'static, W>);

impl<W: Write> Csv<W> {
    /// A table that gets its head with the first row.
    pub const fn new(out: W) -> Self {
        Self(table::Csv::new(out, &HEAD))
    }
}

impl<W: Write> Sink for Csv<W> {
    fn file(&mut self, document: &Document, report: &Report) -> io::Result<()> {
        shown(document, report).try_for_each(|finding| self.0.row(&finding.cells()))
    }

    fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        let mut cells = <[String; HEAD.len()]>::default();
        cells[0] = printable(&failure.name);
        UNCHECKED.clone_into(&mut cells[3]);
        cells[8] = printable(&failure.message);
        self.0.row(&cells)
    }

    fn finish(&mut self, _: &Summary) -> io::Result<()> {
        self.0.finish()
    }
}
