//! The listing people read in a terminal: the line, the marked words, why, the proposal; of a long paragraph only the part around the words.

mod window;

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use self::window::Window;
use super::safe::printable;
use super::shown::{Shown, shown};
use super::{Counts, Sink, Summary, UNCHECKED};
use crate::batch::Failure;
use crate::checker::Report;
use crate::document::{Document, Format};
use crate::finding::Severity;

/// Writes the listing to `out`.
pub struct Terminal<W> {
    out: W,
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
        Self { out, look, word: false }
    }

    /// The draft's name and what was found in it, over the whole width.
    fn heading(&mut self, name: &str, counts: Counts) -> io::Result<()> {
        let (name, counts) = (printable(name), counts.to_string());
        let rule = self.look.width.saturating_sub(name.width() + counts.width() + 8).max(2);
        let style = self.style(Style::new());
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
        let least = self.look.least;
        for finding in shown(document, report).filter(|shown| shown.finding.severity >= least) {
            self.listing(document, &finding)?;
        }
        Ok(())
    }

    fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        self.title(AnsiColor::BrightRed, UNCHECKED, "", &printable(&failure.message))?;
        writeln!(self.out, "{}", self.frame(" ", "│"))?;
        self.notes(" ", &[("文件", printable(&failure.name))])
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

/// The parts of a listing, from the top down. What stands left of the frame, the number of the line or as many spaces, is `left`.
impl<W: Write> Terminal<W> {
    fn listing(&mut self, document: &Document, shown: &Shown<'_>) -> io::Result<()> {
        let Shown { path, finding, start, message, source, .. } = shown;
        let colour = match finding.severity {
            Severity::Error => AnsiColor::BrightRed,
            Severity::Warning => AnsiColor::Yellow,
            Severity::Info => AnsiColor::BrightBlue,
        };
        let proposal = shown.proposal().map(|proposal| ("建议", proposal));
        let source = Some(("依据", source.clone())).filter(|(_, source)| !source.is_empty());
        let notes: Vec<_> = proposal.into_iter().chain(source).collect();

        let number = start.line.to_string();
        let left = " ".repeat(number.len() + 1);
        self.title(colour, finding.severity.label(), finding.rule, message)?;
        writeln!(self.out, "{}{path}:{}:{}", self.frame(&left, "╭▸ "), start.line, start.column)?;
        writeln!(self.out, "{}", self.frame(&left, "│"))?;
        let Window { text, before, marked } = window(document, shown, self.look.width.saturating_sub(left.len() + 2));
        writeln!(self.out, "{}{text}", self.frame(&number, " │ "))?;
        let (frame, style) = (self.frame(&left, if notes.is_empty() { "╰╴" } else { "│ " }), self.style(colour.on_default()));
        writeln!(self.out, "{frame}{}{style}{}{style:#}", " ".repeat(before), "━".repeat(marked))?;
        if !notes.is_empty() {
            writeln!(self.out, "{}", self.frame(&left, "│"))?;
        }
        self.notes(&left, &notes)
    }

    /// How bad it is, which rule says so, and why.
    fn title(&mut self, colour: AnsiColor, label: &str, rule: &str, message: &str) -> io::Result<()> {
        let (level, bold) = (self.style(colour.on_default()), self.style(Style::new()));
        let rule = if rule.is_empty() { String::new() } else { format!("[{rule}]") };
        writeln!(self.out, "{level}{label}{rule}{level:#}{bold}: {message}{bold:#}")
    }

    /// The last lines, and the empty one behind them.
    fn notes(&mut self, left: &str, notes: &[(&str, String)]) -> io::Result<()> {
        let bold = self.style(Style::new());
        for (n, (label, text)) in notes.iter().enumerate() {
            let frame = self.frame(left, if n + 1 == notes.len() { "╰ " } else { "├ " });
            writeln!(self.out, "{frame}{bold}{label}{bold:#}: {text}")?;
        }
        writeln!(self.out)
    }

    fn frame(&self, left: &str, frame: &str) -> String {
        let style = self.style(AnsiColor::BrightBlue.on_default());
        format!("{style}{left}{frame}{style:#}")
    }

    /// The style in bold, where there are colours at all.
    fn style(&self, style: Style) -> Style {
        if self.look.colours { style.bold() } else { Style::new() }
    }
}

/// The words in their line; of words that go over several lines, those in the first.
fn window(document: &Document, shown: &Shown<'_>, width: usize) -> Window {
    let span = shown.finding.span;
    let line = document.text.line(shown.start.line).unwrap_or(span);
    let (from, to) = (span.start.clamp(line.start, line.end), span.end.clamp(line.start, line.end));
    Window::new(line.of(document.text.as_str()), (from - line.start) as usize..(to - line.start) as usize, width)
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
