//! Reports → bytes: one file a format, pure functions into a writer. None of them knows the dictionary or the file system.

pub(crate) mod blank;
pub mod comment;
pub mod csv;
pub mod github;
pub mod html;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod plain;
pub(crate) mod safe;
pub mod sarif;
pub(crate) mod shown;
pub(crate) mod table;
pub mod terminal;
pub mod xlsx;

use std::fmt;
use std::io;

use serde::{Deserialize, Serialize};

use crate::batch::Failure;
use crate::checker::Report;
use crate::document::Document;
use crate::finding::Severity;

/// What a draft that could not be checked is called where others have a severity.
const UNCHECKED: &str = "未检查";

/// A way of writing the results of a run, file by file.
pub trait Sink {
    /// One file that was checked.
    ///
    /// # Errors
    /// When it cannot be written.
    fn file(&mut self, document: &Document, report: &Report) -> io::Result<()>;

    /// One file that could not be checked.
    ///
    /// # Errors
    /// When it cannot be written.
    fn failure(&mut self, failure: &Failure) -> io::Result<()>;

    /// The end of the run.
    ///
    /// # Errors
    /// When it cannot be written.
    fn finish(&mut self, summary: &Summary) -> io::Result<()>;
}

/// What a run amounts to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Files that were checked.
    pub files: usize,
    /// Files that could not be.
    pub failed: usize,
    /// Sections of all levels.
    pub sections: usize,
    /// Blanks still to fill.
    pub placeholders: usize,
    /// Findings by severity.
    pub findings: Counts,
}

/// Findings by severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Errors.
    pub error: usize,
    /// Warnings.
    pub warning: usize,
    /// Findings for information.
    pub info: usize,
}

impl Summary {
    /// Adds what another run amounts to.
    pub fn join(&mut self, other: Self) {
        self.files += other.files;
        self.failed += other.failed;
        self.sections += other.sections;
        self.placeholders += other.placeholders;
        self.findings.error += other.findings.error;
        self.findings.warning += other.findings.warning;
        self.findings.info += other.findings.info;
    }

    /// Adds one checked file.
    pub fn add(&mut self, report: &Report) {
        self.files += 1;
        self.sections += report.outline.sections().len();
        self.placeholders += report.placeholders.len();
        let counts = Counts::of(report);
        self.findings.error += counts.error;
        self.findings.warning += counts.warning;
        self.findings.info += counts.info;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "错误 {}，警告 {}，提示 {}", self.error, self.warning, self.info)
    }
}

impl Counts {
    /// The counts of one report.
    pub fn of(report: &Report) -> Self {
        let count = |severity| report.findings.iter().filter(|finding| finding.severity == severity).count();
        Self { error: count(Severity::Error), warning: count(Severity::Warning), info: count(Severity::Info) }
    }

    /// How many are at or above `severity`.
    pub const fn at_least(self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.error + self.warning,
            Severity::Info => self.error + self.warning + self.info,
        }
    }
}
