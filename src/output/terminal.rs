//! The listing people read in a terminal: the line, the marked words, why, the proposal; long paragraphs are windowed.

use std::io::{self, Write};

use annotate_snippets::renderer::{DecorStyle, Style};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use unicode_width::UnicodeWidthStr;

use super::safe::{masked, printable};
use super::shown::{Shown, shown};
use super::{Counts, Sink, Summary, UNCHECKED};
use crate::batch::Failure;
use crate::checker::Report;
use crate::document::{Document, Format};
use crate::finding::Severity;

/// Writes the listing to `out`.
pub struct Terminal<W> {
    out: W,
    renderer: Renderer,
    look: Look,
    /// Whether a file of Word has findings worth a look.
    word: bool,
}

/// How the listing looks.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether it shows colours.
    pub colours: bool,
    /// What is listed one by one; the rest is only counted.
    pub least: Severity,
    /// Whether each draft gets a line of its own above its findings.
    pub headings: bool,
}

impl<W: Write> Terminal<W> {
    /// A listing that looks like this.
    pub fn new(out: W, look: Look) -> Self {
        let renderer = if look.colours { Renderer::styled() } else { Renderer::plain() };
        Self { out, renderer: renderer.decor_style(DecorStyle::Unicode).term_width(look.width), look, word: false }
    }

    /// The draft's name and what was found in it, over the whole width.
    fn heading(&mut self, name: &str, counts: Counts) -> io::Result<()> {
        let (name, counts) = (printable(name), counts.to_string());
        let rule = self.look.width.saturating_sub(name.width() + counts.width() + 8).max(2);
        let style = if self.look.colours { Style::new().bold() } else { Style::new() };
        writeln!(self.out, "── {style}{name}{style:#} {} {counts} ──\n", "─".repeat(rule))
    }
}

impl<W: Write> Sink for Terminal<W> {
    fn file(&mut self, document: &Document, report: &Report) -> io::Result<()> {
        let counts = Counts::of(report);
        self.word |= matches!(document.format, Format::Docx | Format::Doc) && counts.at_least(Severity::Warning) > 0;
        if self.look.headings && counts.at_least(self.look.least) > 0 {
            self.heading(&document.name, counts)?;
        }
        for finding in shown(document, report).filter(|shown| shown.finding.severity >= self.look.least) {
            let listing = self.render(document, &finding);
            writeln!(self.out, "{listing}\n")?;
        }
        Ok(())
    }

    fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        let (name, message) = (printable(&failure.name), printable(&failure.message));
        let title =
            Level::ERROR.with_name(UNCHECKED).primary_title(message.as_str()).element(Level::NOTE.with_name("文件").message(name.as_str()));
        writeln!(self.out, "{}\n", self.renderer.render(&[title]))
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        let Summary { files, failed, sections, placeholders, findings } = *summary;
        writeln!(self.out, "共查 {files} 个文件：{findings}；标题 {sections} 个，待填空白 {placeholders} 处。")?;
        if failed > 0 {
            writeln!(self.out, "另有 {failed} 个文件没有检查，原因见上。")?;
        }
        if findings.info > 0 && self.look.least > Severity::Info {
            writeln!(self.out, "提示没有逐条列出，要看请加 --min-severity info。")?;
        }
        if files > 0 {
            writeln!(self.out, "{}", next_step(summary, self.word))?;
        }
        self.out.flush()
    }
}

impl<W: Write> Terminal<W> {
    fn render(&self, document: &Document, shown: &Shown<'_>) -> String {
        let Shown { path, finding, start, message, source, .. } = shown;
        let line = document.text.line(start.line).unwrap_or(finding.span);
        // The source keeps its bytes where the marks point; only what could steer the terminal is masked.
        let text = masked(line.of(document.text.as_str()));
        let from = (finding.span.start.max(line.start) - line.start) as usize;
        let to = (finding.span.end.min(line.end).max(finding.span.start) - line.start) as usize;
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        };
        let proposal = shown.proposal();
        let snippet = Snippet::source(text.as_str()).line_start(start.line as usize).path(path.as_str()).fold(false);
        let mut group = level
            .with_name(finding.severity.label())
            .primary_title(message.as_str())
            .id(finding.rule)
            .element(snippet.annotation(AnnotationKind::Primary.span(from..to)));
        if let Some(proposal) = &proposal {
            group = group.element(Level::HELP.with_name("建议").message(proposal.as_str()));
        }
        if !source.is_empty() {
            group = group.element(Level::NOTE.with_name("依据").message(source.as_str()));
        }
        self.renderer.render(&[group])
    }
}

/// What to do next; `word` says whether findings stand in a file of Word.
fn next_step(summary: &Summary, word: bool) -> &'static str {
    if summary.findings.at_least(Severity::Warning) > 0 && word {
        "接下来：要在 Word 稿件里逐条看批注，用 hegao annotate 文件；要一份能打印、能传阅的报告，加 --format html -o 核稿报告.html；要看某条规则的说明，用 hegao explain 规则名。"
    } else if summary.findings.at_least(Severity::Warning) > 0 {
        "接下来：要一份能打印、能传阅的报告，加 --format html -o 核稿报告.html；要看某条规则的说明，用 hegao explain 规则名。"
    } else if summary.placeholders > 0 {
        "没有发现错误。列出待填空白：hegao placeholders 文件；加 --form 待填.xlsx 生成待填表。"
    } else {
        "没有发现错误。"
    }
}
