//! # 重复的段落和句子
//!
//! ## 查什么
//! `repetition/paragraph`：同一篇里两段相同或大同小异（改了数字、个别词语的也算）；`repetition/sentence`：同一句长句写了两遍；
//! `repetition/across`：与同一次检查的另一份稿件有相同或大同小异的段落，用 `hegao check --across 文件夹` 时才查。
//!
//! ## 为什么
//! 拼接、复制材料时容易把同一段话留在两处；一份报告抄了另一份，年份、数字没有改全，是总结类材料的通病。
//!
//! ## 错例
//! - “（一）加强组织领导。”与“（三）健全保障机制。”之下写着同一段话
//!
//! ## 正例
//! - 固定表述、标题和短句（“增强‘四个意识’、坚定‘四个自信’、做到‘两个维护’”）前后都用，不报
//!
//! ## 修改是否稳妥
//! 只提示，不修改：删哪一处由作者定。一字不差的整段文字作警告，大同小异的、表格和标题行、句子只作提示。段落不足40字、句子不足20字的不比。
//!
//! ## 依据
//! 《党政机关公文处理工作条例》（2012年）第十九条（公文起草应当内容简洁、文字精练）。

use crate::copies::{self, ByFingerprint, Copies, Copy, Fingerprint};
use crate::finding::{Finding, Severity};
use crate::span::Span;
use crate::text::is_letter;

use super::{Context, Id, Meta, Rule};

const PARAGRAPH: Id = Id { name: "repetition/paragraph", title: "段落重复", severity: Severity::Warning, fix: None, default: true };
const SENTENCE: Id = Id { name: "repetition/sentence", title: "句子重复", severity: Severity::Info, fix: None, default: true };
/// Reported by [`Across`](crate::across::Across), which knows the other drafts; the checker switches it off where drafts are not compared.
pub(crate) const ACROSS: Id =
    Id { name: "repetition/across", title: "与另一份稿件的段落重复", severity: Severity::Info, fix: None, default: true };

/// Looks for paragraphs and sentences that stand twice.
pub(super) struct Repetition;

impl Rule for Repetition {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[PARAGRAPH, SENTENCE, ACROSS], source: include_str!("repetition.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let repeated = paragraphs(cx, findings);
        sentences(cx, &repeated, findings);
    }
}

/// What is said of a paragraph that repeats the one of another draft `name`, there on `line`.
pub fn across(span: Span, copy: Copy, name: &str, line: u32) -> Finding {
    ACROSS.at(span, copy.similarity, format!("本段与“{name}”第{line}行的段落{}。", alike(copy)))
}

fn alike(copy: Copy) -> String {
    if copy.similarity >= 1.0 { "相同".into() } else { format!("大同小异（{:.0}%）", copy.similarity * 100.0) }
}

/// Reports the paragraphs that repeat an earlier one, and returns them.
fn paragraphs(cx: &Context<'_>, findings: &mut Vec<Finding>) -> Vec<Span> {
    let all = copies::paragraphs(cx.document, cx.folded);
    let mut copies = Copies::default();
    let mut repeated = Vec::new();
    for paragraph in &all {
        let Some(copy) = copies.take(paragraph) else { continue };
        repeated.push(paragraph.span);
        // Lines of forms and titles repeat by their nature.
        let is_prose = paragraph.span.of(cx.text()).trim_end().ends_with(['。', '！', '？']);
        let severity = if copy.similarity >= 1.0 && is_prose { Severity::Warning } else { Severity::Info };
        let message = format!("本段与第{}行的段落{}。", all[copy.of].line, alike(copy));
        findings.push(Finding { severity, ..PARAGRAPH.at(paragraph.span, copy.similarity, message) });
    }
    repeated
}

/// Reports a long sentence at its second place, unless it lies in a repeated paragraph.
fn sentences(cx: &Context<'_>, repeated: &[Span], findings: &mut Vec<Finding>) {
    /// Shorter ones, marks aside, are set expressions.
    const SHORTEST: usize = 20;
    let chars = cx.folded.chars();
    // The first place of each sentence and how often it has been reported.
    let mut seen: ByFingerprint<(&[char], usize, bool)> = ByFingerprint::default();
    let mut start = 0;
    for (end, _) in cx.folded.places_of(&['。', '！', '？', '；', '\n']) {
        let from = std::mem::replace(&mut start, end + 1);
        let sentence = &chars[from..end];
        // One clause without a comma is a line of a form or a title.
        if sentence.len() < SHORTEST || !sentence.contains(&'，') {
            continue;
        }
        let Fingerprint { hash, length } = Fingerprint::of(sentence);
        if length < SHORTEST {
            continue;
        }
        let (same, first, reported) = seen.entry(hash).or_insert((sentence, from, false));
        if *first == from || *reported || !read_alike(same, sentence) {
            continue;
        }
        let span = cx.span(from, end);
        let next = repeated.get(repeated.partition_point(|paragraph| paragraph.end <= span.start));
        if !next.is_some_and(|paragraph| paragraph.overlaps(span)) {
            *reported = true;
            let line = cx.document.text.line_of(cx.span(*first, *first + 1).start);
            findings.push(SENTENCE.at(span, 0.7, format!("这句话在第{line}行已经写过。")));
        }
    }
}

/// Whether two sentences have the same letters and digits.
fn read_alike(one: &[char], other: &[char]) -> bool {
    let letters = |sentence: &'_ [char]| sentence.iter().copied().filter(|&c| is_letter(c)).collect::<Vec<char>>();
    letters(one) == letters(other)
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn what_stands_twice_is_reported_at_its_second_place() {
        let text = "全年召开党委会12次，开展专项督查3轮，整改问题45个。各村党支部按月开展主题党日活动，参学率达到95%以上，群众反映良好。";
        let later = text.replace("12次", "15次");
        let sentence = "各村党支部按月开展主题党日活动，参学率达到95%以上";
        check(
            &Repetition,
            &[
                (&format!("{text}\n短段。\n{text}"), &[&format!("repetition/paragraph {text}")]),
                (&format!("{text}\n{later}"), &[&format!("repetition/paragraph {later}")]),
                (&format!("{sentence}。甲。\n乙。{sentence}。丙。\n{sentence}。"), &[&format!("repetition/sentence {sentence}")]),
                ("增强“四个意识”、坚定“四个自信”。甲。\n乙。增强“四个意识”、坚定“四个自信”。", &[]),
            ],
        );
    }

    #[test]
    fn the_message_says_where_the_other_one_stands() {
        let copy = Copy { of: 0, similarity: 0.873 };
        assert_eq!(across(Span::new(0, 3), copy, "甲.docx", 12).message, "本段与“甲.docx”第12行的段落大同小异（87%）。");
    }
}
