//! Markdown: a section a draft with a table of its findings, for issue trackers, wikis and mail.

use std::io::{self, Write};

use super::safe::printable;
use super::shown::{Shown, shown};
use super::{Counts, Sink, Summary};
use crate::batch::Failure;
use crate::checker::Report;
use crate::document::Document;

/// Writes Markdown to `out`.
pub struct Markdown<W>(pub W);

impl<W: Write> Sink for Markdown<W> {
    fn file(&mut self, document: &Document, report: &Report) -> io::Result<()> {
        let out = &mut self.0;
        let (sections, blanks) = (report.outline.sections().len(), report.placeholders.len());
        writeln!(out, "## {}\n", escaped(&document.name))?;
        writeln!(out, "{}；{} 字，标题 {sections} 个，待填空白 {blanks} 处。\n", Counts::of(report), report.characters)?;
        if report.findings.is_empty() {
            return Ok(());
        }
        writeln!(out, "| 行:列 | 级别 | 原文 | 建议 | 说明 | 规则 |\n|--:|---|---|---|---|---|")?;
        for finding in shown(document, report) {
            let Shown { start, words, .. } = &finding;
            let (severity, rule) = (finding.finding.severity.label(), finding.finding.rule);
            let proposal = finding.proposal().unwrap_or_default();
            let basis = if finding.source.is_empty() { String::new() } else { format!("（依据：{}）", finding.source) };
            let [words, proposal, reason] = [words, &proposal, &format!("{}{basis}", finding.message)].map(|text| escaped(text));
            writeln!(out, "| {}:{} | {severity} | {words} | {proposal} | {reason} | `{rule}` |", start.line, start.column)?;
        }
        writeln!(out)
    }

    fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        writeln!(self.0, "## {}\n\n**没有检查**：{}\n", escaped(&failure.name), escaped(&failure.message))
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        let Summary { files, failed, sections, placeholders, findings } = *summary;
        writeln!(self.0, "## 合计\n\n检查 {files} 份：{findings}；标题 {sections} 个，待填空白 {placeholders} 处。")?;
        if failed > 0 {
            writeln!(self.0, "\n没有检查的有 {failed} 份。")?;
        }
        self.0.flush()
    }
}

/// Text of a draft that stays text: whatever Markdown or HTML would act on is escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in printable(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '$' | '!') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_draft_cannot_break_the_table_or_bring_markup() {
        assert_eq!(super::escaped("a|b\n<img>**![x](y)"), r"a\|b\<img\>\*\*\!\[x\](y)");
    }
}
