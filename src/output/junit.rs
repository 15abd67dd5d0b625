//! `JUnit` XML for build servers: a suite a draft, a case a finding. Errors and warnings are failures, what is for information is a skipped
//! case, a draft that could not be checked is an error; a draft without findings is one case that passes.

use std::io::{self, Write};

use super::safe::printable;
use super::shown::{Shown, shown};
use super::{Counts, Sink, Summary, UNCHECKED};
use crate::batch::Failure;
use crate::checker::Report;
use crate::document::Document;
use crate::finding::Severity;
use crate::ooxml::xml::escape;

/// Writes `JUnit` XML to `out`.
pub struct Junit<W> {
    out: W,
    begun: bool,
}

impl<W: Write> Junit<W> {
    /// A file that is begun with the first draft.
    pub const fn new(out: W) -> Self {
        Self { out, begun: false }
    }

    fn begin(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        self.out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"hegao\">\n")
    }

    fn case(&mut self, finding: &Shown<'_>) -> io::Result<()> {
        let (place, rule) = (finding.start, finding.finding.rule);
        let class = attribute(&finding.path);
        writeln!(self.out, "    <testcase classname=\"{class}\" name=\"{}:{} {rule}\">", place.line, place.column)?;
        let message = attribute(&finding.message);
        match finding.finding.severity {
            Severity::Info => writeln!(self.out, "      <skipped message=\"{message}\"/>")?,
            severity => {
                let proposal = finding.proposal().map(|proposal| format!("，建议{proposal}")).unwrap_or_default();
                let body = attribute(&format!("{}:{}:{} “{}”{proposal}", finding.path, place.line, place.column, finding.words));
                writeln!(self.out, "      <failure type=\"{}\" message=\"{message}\">{body}</failure>", severity.name())?;
            }
        }
        writeln!(self.out, "    </testcase>")
    }
}

impl<W: Write> Sink for Junit<W> {
    fn file(&mut self, document: &Document, report: &Report) -> io::Result<()> {
        self.begin()?;
        let (name, counts) = (attribute(&document.name), Counts::of(report));
        let (failures, skipped) = (counts.at_least(Severity::Warning), counts.info);
        let tests = (failures + skipped).max(1);
        writeln!(self.out, "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">")?;
        shown(document, report).try_for_each(|finding| self.case(&finding))?;
        if report.findings.is_empty() {
            writeln!(self.out, "    <testcase classname=\"{name}\" name=\"没有发现问题\"/>")?;
        }
        writeln!(self.out, "  </testsuite>")
    }

    fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        self.begin()?;
        let (name, message) = (attribute(&failure.name), attribute(&failure.message));
        writeln!(self.out, "  <testsuite name=\"{name}\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">")?;
        writeln!(self.out, "    <testcase classname=\"{name}\" name=\"{UNCHECKED}\">\n      <error message=\"{message}\"/>")?;
        writeln!(self.out, "    </testcase>\n  </testsuite>")
    }

    fn finish(&mut self, _: &Summary) -> io::Result<()> {
        self.begin()?;
        self.out.write_all(b"</testsuites>\n")?;
        self.out.flush()
    }
}

/// Text for an attribute or an element: no markup, and none of the characters XML has no place for.
fn attribute(text: &str) -> String {
    escape(&printable(text))
}
