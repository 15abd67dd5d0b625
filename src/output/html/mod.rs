//! One page that stands alone: no script, font or picture from outside, and a policy in its head that forbids any. It reads without
//! scripts, in light and dark, on a phone and on paper (A4); a script adds filters, sorting, and the way from a mark to its reason.
//!
//! The page is a template (`page.html`, `file.html`) over plain data; whatever comes from a draft is escaped by the template engine. Each
//! draft's part is written as soon as it is checked; only the finished parts and the figures are kept until the end.

mod chart;
mod draft;

use std::io::{self, Write};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

use super::safe::printable;
use super::{Counts, Sink, Summary};
use crate::batch::Failure;
use crate::checker::Report;
use crate::document::Document;
use crate::rules;
use chart::{Charts, Panel};
use draft::Draft;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// What the page's policy lets run: the SHA-256 of `script.js` in Base64.
const SCRIPT_HASH: &str = "CT6pr06Qb2dzmZkmRJdPvuGGaf3c4JpbK0gc/ftXAJc=";

/// Writes an HTML page to `out`.
pub struct Html<W> {
    out: W,
    templates: Environment<'static>,
    /// The finished parts of the drafts.
    parts: Vec<String>,
    rows: Vec<Row>,
    failures: Vec<Failed>,
    charts: Charts,
    characters: usize,
    /// How often each rule reported, in the order of the manual.
    rules: Vec<usize>,
}

/// What `page.html` shows.
#[derive(Serialize)]
struct Page<'a> {
    style: &'static str,
    script: &'static str,
    hash: &'static str,
    version: &'static str,
    rows: &'a [Row],
    failures: &'a [Failed],
    parts: &'a [String],
    counts: [usize; 3],
    characters: usize,
    sections: usize,
    placeholders: usize,
    charts: [Panel; 3],
    rules: Vec<RuleRow>,
}

/// One line of the overview.
#[derive(Serialize)]
struct Row {
    name: String,
    characters: usize,
    counts: [usize; 3],
    placeholders: usize,
    sections: usize,
    date: String,
}

/// A draft that could not be checked.
#[derive(Serialize)]
struct Failed {
    name: String,
    message: String,
}

/// One rule of the filter.
#[derive(Serialize)]
struct RuleRow {
    id: &'static str,
    title: &'static str,
    count: usize,
}

impl<W: Write> Html<W> {
    /// An empty page.
    pub fn new(out: W) -> Self {
        let mut templates = Environment::new();
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        // Lines that hold nothing but a block leave nothing behind.
        if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
            templates.set_syntax(syntax);
        }
        for (name, source) in [("page.html", include_str!("page.html")), ("file.html", include_str!("file.html"))] {
            // A fault of the shipped templates shows itself when they are asked for.
            let _ = templates.add_template(name, source);
        }
        Self {
            out,
            templates,
            parts: Vec::new(),
            rows: Vec::new(),
            failures: Vec::new(),
            charts: Charts::default(),
            characters: 0,
            rules: vec![0; rules::ids().count()],
        }
    }

    fn render(&self, template: &str, context: impl Serialize) -> io::Result<String> {
        self.templates.get_template(template).and_then(|template| template.render(Serde(context))).map_err(io::Error::other)
    }
}

impl<W: Write> Sink for Html<W> {
    fn file(&mut self, document: &Document, report: &Report) -> io::Result<()> {
        let number = self.parts.len() + 1;
        let draft = Draft::new(number, document, report);
        self.parts.push(self.render("file.html", &draft)?);
        self.charts.add(report);
        self.characters += report.characters;
        for (count, id) in self.rules.iter_mut().zip(rules::ids()) {
            *count += report.findings.iter().filter(|finding| finding.rule == id.name).count();
        }
        let Counts { error, warning, info } = Counts::of(report);
        self.rows.push(Row {
            name: printable(&document.name),
            characters: report.characters,
            counts: [error, warning, info],
            placeholders: report.placeholders.len(),
            sections: report.outline.sections().len(),
            date: report.as_of.date.iso(),
        });
        Ok(())
    }

    fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        self.failures.push(Failed { name: printable(&failure.name), message: printable(&failure.message) });
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        let Counts { error, warning, info } = summary.findings;
        let used = rules::ids().zip(&self.rules).filter(|(_, count)| **count > 0);
        let page = self.render(
            "page.html",
            Page {
                style: STYLE,
                script: SCRIPT,
                hash: SCRIPT_HASH,
                version: env!("CARGO_PKG_VERSION"),
                rows: &self.rows,
                failures: &self.failures,
                parts: &self.parts,
                counts: [error, warning, info],
                characters: self.characters,
                sections: summary.sections,
                placeholders: summary.placeholders,
                charts: self.charts.panels(),
                rules: used.map(|(id, count)| RuleRow { id: id.name, title: id.title, count: *count }).collect(),
            },
        )?;
        self.out.write_all(page.as_bytes())?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::{SCRIPT, SCRIPT_HASH};

    #[test]
    fn the_policy_lets_exactly_our_script_run() {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut digest = Sha256::digest(SCRIPT).to_vec();
        digest.push(0);
        let group = |three: &[u8]| {
            let bits = three.iter().fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte));
            [18, 12, 6, 0].map(|shift| char::from(DIGITS[bits >> shift & 63]))
        };
        // 32 bytes are ten groups of three and one of two, whose last digit is the padding.
        let mut hash: String = digest.chunks(3).flat_map(group).collect();
        hash.replace_range(43.., "=");
        assert_eq!(SCRIPT_HASH, hash);
    }
}
