//! What a finding says in the margin of a Word file, as a colleague would put it: the proposal first, then the reason, then what it rests on.

use super::safe::printable;
use crate::checker::Report;
use crate::document::Document;
use crate::finding::{Applicability, Edit, Finding};
use crate::ooxml::{Comment, Line, Look, Tone};
use crate::outline::Level;
use crate::rules;
use crate::span::Span;

/// The author of comments and tracked changes.
pub const AUTHOR: &str = "核稿";
/// The author's initials.
pub const INITIALS: &str = "核";

/// More proposals than this confuse.
const MOST_PROPOSALS: usize = 3;

/// In so many characters a change of a few is hard to see.
const LONG: usize = 8;

/// One comment for each finding, in text order.
pub fn comments(document: &Document, report: &Report) -> Vec<Comment> {
    let comment = |finding: &Finding| {
        let n = document.blocks.partition_point(|block| block.span.end <= finding.span.start);
        let block = document.blocks.get(n).map_or(finding.span, |block| block.span);
        Comment { span: finding.span, block, lines: lines(finding, document.text.as_str()) }
    };
    report.findings.iter().map(comment).collect()
}

/// How each block is set in a new file.
pub fn looks(document: &Document, report: &Report) -> Vec<Look> {
    let mut looks = vec![Look::Body; document.blocks.len()];
    for (block, look) in document.blocks.iter().zip(&mut looks) {
        if (1..=3).contains(&block.level) {
            *look = Look::Heading(block.level, block.span.end);
        }
    }
    for section in report.outline.sections() {
        let level = match section.level {
            Level::One => 1,
            Level::Two => 2,
            Level::Three => 3,
            _ => continue,
        };
        let block = section.blocks.start;
        // The mark behind a heading is set like it.
        let text = document.text.as_str();
        let mark = text[section.title.end as usize..].chars().next().filter(|c| matches!(c, '。' | '：'));
        looks[block] = Look::Heading(level, section.title.end + mark.map_or(0, |mark| Span::new(0, mark.len_utf8()).end));
    }
    if let (Some(block), Some(look @ Look::Body)) = (document.blocks.first(), looks.first_mut())
        && is_title(&document.shown(block))
    {
        *look = Look::Title;
    }
    looks
}

/// Short, and no sentence.
fn is_title(text: &str) -> bool {
    text.chars().count() <= 50 && !text.trim_end().ends_with(['。', '：', '；', '，'])
}

fn lines(finding: &Finding, text: &str) -> Vec<Line> {
    let mut lines = Vec::with_capacity(4);
    let mut say = |text: String, tone| lines.push(Line { text: printable(&text), tone });
    let reason = reason(finding, text);
    match proposal(finding, text) {
        Some(proposal) => {
            say(proposal, Tone::Strong);
            if let Some(difference) = difference(finding, text) {
                say(difference, Tone::Plain);
            }
            if let Some(reason) = reason {
                say(reason, Tone::Plain);
            }
        }
        None => say(reason.unwrap_or_else(|| sentence(&finding.message)), Tone::Strong),
    }
    if let Some(source) = &finding.source {
        say(format!("依据：{}", sentence(source)), Tone::Quiet);
    }
    let title = rules::find(finding.rule).map_or("", |(_, id)| id.title);
    say(format!("规则：{title}（{}）", finding.rule), Tone::Quiet);
    lines
}

/// What to do; `None` where the writer must find that out.
fn proposal(finding: &Finding, text: &str) -> Option<String> {
    let surest = finding.fixes.first()?.applicability;
    let mut words: Vec<String> = Vec::new();
    for proposal in finding.suggestions(text).into_iter().take(MOST_PROPOSALS) {
        if !words.contains(&proposal) {
            words.push(proposal);
        }
    }
    Some(match (&words[..], surest) {
        ([only], _) if only.trim().is_empty() => format!("建议删去：{}", finding.span.of(text)),
        ([only], Applicability::Safe) => format!("建议改为：{only}"),
        ([only], _) => format!("可改为：{only}（请核对）"),
        (several, _) => format!("可改为：{}（请选用）", several.join("；或：")),
    })
}

/// What the proposal changes, where it is little in many words and the reader would have to look for it.
fn difference(finding: &Finding, text: &str) -> Option<String> {
    let [fix] = &finding.fixes[..] else { return None };
    let edits: Vec<Edit> = fix.edits.iter().map(|edit| edit.narrowed(text)).collect();
    let length = |text: &str| text.chars().count();
    let changed: usize = edits.iter().map(|edit| length(edit.span.of(text)).max(length(&edit.text))).sum();
    let words = length(finding.span.of(text));
    let said = |edit: &Edit| match (edit.span.of(text), edit.text.as_str()) {
        ("", new) => format!("加“{new}”"),
        (old, "") => format!("删“{old}”"),
        (old, new) if is_reordered(old, new) => "调整次序".into(),
        (old, new) => format!("“{old}”改为“{new}”"),
    };
    let is_hard_to_see = words >= LONG && changed > 0 && changed * 2 <= words;
    is_hard_to_see.then(|| sentence(&format!("改动：{}", edits.iter().map(said).collect::<Vec<_>>().join("，"))))
}

fn is_reordered(old: &str, new: &str) -> bool {
    let sorted = |text: &str| {
        let mut characters: Vec<char> = text.chars().collect();
        characters.sort_unstable();
        characters
    };
    sorted(old) == sorted(new)
}

/// Why. The message opens with the words and the proposal, which the reader has before the eyes already.
fn reason(finding: &Finding, text: &str) -> Option<String> {
    let words = finding.span.of(text);
    let told = finding.suggestions(text).first().and_then(|proposal| {
        let rest = finding.message.strip_prefix(&format!("“{words}”"))?;
        let rest = rest.strip_prefix("应为").or_else(|| rest.strip_prefix("疑为"))?;
        rest.strip_prefix(&format!("“{proposal}”"))
    });
    if let Some(rest) = told {
        return rest.strip_prefix('：').map(|why| format!("原因：{}", sentence(why)));
    }
    // Or it ends with the proposal.
    let proposal = finding.suggestions(text).into_iter().next().unwrap_or_default();
    let message = finding.message.trim_end_matches('。');
    Some(sentence(message.strip_suffix(&format!("，应为“{proposal}”")).unwrap_or(&finding.message)))
}

/// The text with a mark at its end.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['。', '！', '？', '…']) { text.to_owned() } else { format!("{text}。") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::Checker;

    /// The comments on a draft, paragraph by paragraph, without where they come from.
    fn said(text: &str) -> Vec<Vec<String>> {
        let document = Document::from_text("稿.txt", text);
        let report = Checker::builder().build().expect("the shipped dictionary").check(&document);
        let comments = comments(&document, &report).into_iter();
        let spoken = |comment: Comment| comment.lines.into_iter().filter(|line| line.tone != Tone::Quiet).map(|line| line.text).collect();
        comments.map(spoken).collect()
    }

    #[test]
    fn the_proposal_comes_first_then_what_it_changes_then_why() {
        assert_eq!(said("做好工作布署。")[0][0], "建议改为：部署");
        let long = "建议改为：党的十九大和十九届历次全会精神";
        assert_eq!(said("学习党的十九大和历次全会精神。"), [[long, "改动：加“十九届”。", "原因：应写明“十九届”。"]]);
        assert_eq!(said("健全自治、德治、法治相结合的体系。")[0][1], "改动：调整次序。");
    }

    #[test]
    fn a_blank_is_asked_for() {
        assert_eq!(said("全年召开会议xx次。"), [["此处待填：次数，单位是“次”。"]]);
    }
}
