//! The listing people read in a terminal: the line, the marked words, why, the proposal; long paragraphs are windowed.

use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::plain::printable;
use super::{Sink, Summary};
use crate::batch::Failure;
use crate::checker::Report;
use crate::document::Document;
use crate::finding::{Applicability, Finding, Severity};
use crate::span::Span;

/// Writes the listing to `out`.
pub struct Terminal<W> {
    out: W,
    renderer: Renderer,
}

impl<W: Write> Terminal<W> {
    /// A listing `width` columns wide, with or without colours.
    pub fn new(out: W, width: usize, colours: bool) -> Self {
        let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
        Self { out, renderer: renderer.decor_style(DecorStyle::Unicode).term_width(width) }
    }
}

impl<W: Write> Sink for Terminal<W> {
    fn file(&mut self, document: &Document, report: &Report) -> io::Result<()> {
        let mut places = document.text.cursor();
        for finding in report.findings.iter().filter(|finding| finding.severity > Severity::Info) {
            let place = places.position(finding.span.start);
            let line = document.text.line(place.line).unwrap_or(finding.span);
            let listing = self.render(document, finding, line, place.line as usize);
            writeln!(self.out, "{listing}\n")?;
        }
        Ok(())
    }

    fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        let title = Level::ERROR
            .with_name("未检查")
            .primary_title(failure.message.as_str())
            .element(Level::NOTE.with_name("文件").message(failure.name.as_str()));
        writeln!(self.out, "{}\n", self.renderer.render(&[title]))
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        let Summary { files, failed, sections, placeholders, findings } = *summary;
        write!(self.out, "共查 {files} 个文件：错误 {}，警告 {}，提示 {}；", findings.error, findings.warning, findings.info)?;
        writeln!(self.out, "标题 {sections} 个，待填空白 {placeholders} 处。")?;
        if failed > 0 {
            writeln!(self.out, "另有 {failed} 个文件没有检查，原因见上。")?;
        }
        writeln!(self.out, "{}", next_step(summary))?;
        self.out.flush()
    }
}

impl<W: Write> Terminal<W> {
    fn render(&self, document: &Document, finding: &Finding, line: Span, number: usize) -> String {
        // The source keeps its bytes where the marks point; only what could steer the terminal is masked.
        let source = masked(line.of(document.text.as_str()));
        let start = (finding.span.start.max(line.start) - line.start) as usize;
        let end = (finding.span.end.min(line.end).max(finding.span.start) - line.start) as usize;
        let text = document.text.as_str();
        let (level, name) = match finding.severity {
            Severity::Error => (Level::ERROR, "错误"),
            Severity::Warning => (Level::WARNING, "警告"),
            Severity::Info => (Level::INFO, "提示"),
        };
        let title = printable(&finding.message);
        let proposal = finding.fixes.first().map(|fix| {
            let words = printable(&fix.applied_to(text, finding.span));
            let doubt = if fix.applicability == Applicability::Safe { "" } else { "（请核对）" };
            if words.is_empty() { format!("删去{doubt}") } else { format!("改为“{words}”{doubt}") }
        });
        let snippet = Snippet::source(source.as_str()).line_start(number).path(document.name.as_str()).fold(false);
        let mut group = level
            .with_name(name)
            .primary_title(title.as_str())
            .id(finding.rule)
            .element(snippet.annotation(AnnotationKind::Primary.span(start..end)));
        if let Some(proposal) = &proposal {
            group = group.element(Level::HELP.with_name("建议").message(proposal.as_str()));
        }
        if let Some(source) = &finding.source {
            group = group.element(Level::NOTE.with_name("依据").message(printable(source)));
        }
        self.renderer.render(&[group])
    }
}

/// The text with control and direction characters replaced, byte for byte as long.
fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if printable(c.encode_utf8(&mut [0; 4])).is_empty() { out.extend(std::iter::repeat_n(' ', c.len_utf8())) } else { out.push(c) }
    }
    out
}

/// What to do next.
fn next_step(summary: &Summary) -> &'static str {
    if summary.findings.error + summary.findings.warning > 0 {
        "说明某条规则：hegao explain 规则名；查某个词条：hegao dict show 词条。"
    } else if summary.placeholders > 0 {
        "没有发现错误。列出待填空白：hegao placeholders 文件。"
    } else if summary.files > 0 {
        "没有发现错误。"
    } else {
        "没有可检查的文件，请核对路径；可查 .docx、.txt、.md、.html。"
    }
}
