//! # 并列项缺漏、错序、写错
//!
//! ## 查什么
//! 有固定内容和次序的并列项：缺一项、次序颠倒、某一项被换成别的词、某一项重复。
//!
//! ## 为什么
//! “政治意识、大局意识、核心意识、看齐意识”四项不能少、不能换位置。
//!
//! ## 错例
//! 增强政治意识、大局意识、看齐意识。
//!
//! ## 正例
//! 增强政治意识、大局意识、核心意识、看齐意识。
//!
//! ## 修改是否稳妥
//! 次序颠倒可以直接改正；缺项请人工确认，后面有“等”字、另有他项的不报。
//!
//! ## 依据
//! 词典各条目的出处。

use crate::date::Date;
use crate::dictionary::Phrase;
use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::mention::{Form, Mention};

use super::{Context, Id, Meta, Rule};

/// Enumerations with fixed members.
pub(super) struct PhraseMembers;

static META: Meta = Meta {
    ids: &[Id {
        name: "phrase/members",
        title: "并列项缺漏、错序、写错",
        severity: Severity::Warning,
        fix: Some(Applicability::Unsafe),
        default: true,
    }],
    source: include_str!("phrase_members.rs"),
};

impl Rule for PhraseMembers {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let mut items: Vec<&Mention<'_>> =
            cx.mentions.all.iter().filter(|m| matches!(m.form, Form::Member(_)) && m.phrase.members.len() >= 3).collect();
        // Items of one record side by side, each in text order.
        items.sort_by_key(|m| (std::ptr::from_ref(m.phrase) as usize, m.start, std::cmp::Reverse(m.end)));
        let chars = cx.folded.chars();
        for of_phrase in items.chunk_by(|a, b| std::ptr::eq(a.phrase, b.phrase)) {
            let phrase = of_phrase[0].phrase;
            // In the very year some still say it as it was said before.
            if phrase.since.as_deref().and_then(Date::parse).is_some_and(|since| !since.ends_before(cx.as_of.date)) {
                continue;
            }
            let mut run: Vec<Item> = Vec::new();
            for mention in of_phrase {
                let Form::Member(number) = mention.form else { continue };
                // A mention begins and ends with a character that is no quotation mark; a mark of the member's own belongs to the item.
                let member = &phrase.members[number];
                let opens = member.starts_with('“') && mention.start > 0 && chars[mention.start - 1] == '“';
                let closes = member.ends_with('”') && chars.get(mention.end) == Some(&'”');
                let (start, end) = (mention.start - usize::from(opens), mention.end + usize::from(closes));
                let item = Item { number, start, end };
                match run.last() {
                    Some(last) if item.start < last.end => continue,
                    Some(last) if is_pause(&chars[last.end..item.start]) => {}
                    _ => Run { cx, phrase, items: &run }.check(findings),
                }
                if run.last().is_some_and(|last| !is_pause(&chars[last.end..item.start])) {
                    run.clear();
                }
                run.push(item);
            }
            Run { cx, phrase, items: &run }.check(findings);
        }
    }
}

/// One member in the text, in folded characters.
#[derive(Clone, Copy)]
struct Item {
    number: usize,
    start: usize,
    end: usize,
}

/// Members that follow each other with nothing but pauses between them.
struct Run<'a> {
    cx: &'a Context<'a>,
    phrase: &'a Phrase,
    items: &'a [Item],
}

impl Run<'_> {
    fn check(&self, findings: &mut Vec<Finding>) {
        let members = self.phrase.members.len();
        let numbers: Vec<usize> = self.items.iter().map(|item| item.number).collect();
        let mut distinct = numbers.clone();
        distinct.sort_unstable();
        distinct.dedup();
        if distinct.len() < numbers.len() || numbers.len() < 2 || self.is_right_as_it_is() {
            return;
        }
        let in_order = numbers.is_sorted();
        if numbers.len() == members && !in_order && self.phrase.ordered {
            findings.push(self.out_of_order());
        } else if numbers.len() + 1 == members && in_order && self.phrase.ordered && !self.has_slip_beside() {
            let missing = (0..members).find(|n| !distinct.contains(n)).unwrap_or(members);
            if self.is_telling(missing) {
                findings.extend(self.one_missing(missing));
            }
        }
    }

    /// Whether the record lists the items as they stand as a further right form.
    fn is_right_as_it_is(&self) -> bool {
        let (start, end) = (self.items[0].start, self.items[self.items.len() - 1].end);
        let covers = |m: &Mention<'_>| matches!(m.form, Form::Also(_)) && m.start <= start && end <= m.end;
        self.cx.mentions.around(start, end).any(|m| std::ptr::eq(m.phrase, self.phrase) && covers(m))
    }

    /// Whether the missing item stands beside the others with a mistake that is reported already.
    fn has_slip_beside(&self) -> bool {
        let (start, end) = (self.items[0].start, self.items[self.items.len() - 1].end);
        // One character may stand between them.
        self.cx.mentions.around(start.saturating_sub(1), end + 1).any(|m| matches!(m.form, Form::Wrong(_) | Form::Slip(_)))
    }

    /// Whether the items that are there say that the missing one was meant: two of three do only when they stand on both sides of it, are the
    /// last two and long enough to belong nowhere else, or go on as the record does (人民当家作主、依法治国有机统一).
    fn is_telling(&self, missing: usize) -> bool {
        let chars = self.cx.folded.chars();
        let long = || self.phrase.members.iter().all(|member| member.chars().count() >= 5);
        let listed = || self.items.windows(2).all(|pair| chars[pair[0].end..pair[1].start].contains(&'、'));
        let three = || missing < 2 && (missing == 1 || long()) && listed();
        !self.is_said_beside(missing) && (self.phrase.members.len() >= 4 || three() || self.stands_as_in_the_record())
    }

    /// Whether the sentence says the item elsewhere: 增强“四个意识”、坚定“四个自信”，坚决做到“两个维护”.
    fn is_said_beside(&self, missing: usize) -> bool {
        let chars = self.cx.folded.chars();
        let (start, end) = (self.items[0].start, self.items[self.items.len() - 1].end);
        let is_end = |c: &char| matches!(c, '。' | '；' | '\n');
        let from = chars[..start].iter().rposition(is_end).map_or(0, |at| at + 1);
        let to = chars[end..].iter().position(is_end).map_or(chars.len(), |at| end + at);
        // Its last characters, without the marks: 两个维护 in 做到“两个维护”.
        let plain = |c: &char| !matches!(c, '“' | '”');
        let mut core: Vec<char> = self.phrase.members[missing].chars().filter(plain).collect();
        core.drain(..core.len().saturating_sub(4));
        let said = |part: &[char]| part.iter().copied().filter(plain).collect::<Vec<_>>().windows(core.len()).any(|window| window == core);
        core.len() == 4 && (said(&chars[from..start]) || said(&chars[end..to]))
    }

    /// Whether what is beside the items is what a form of the record has beside all of them.
    fn stands_as_in_the_record(&self) -> bool {
        /// So few characters beside them would be chance, and more need not agree.
        const BESIDE: std::ops::RangeInclusive<usize> = 2..=4;
        let chars = self.cx.folded.chars();
        let (start, end) = (self.items[0].start, self.items[self.items.len() - 1].end);
        let all = self.phrase.members.join("、");
        let forms = [Some(&self.phrase.text), self.phrase.full.as_ref()].into_iter().flatten();
        let forms = forms.chain(self.phrase.also.iter().map(|also| &also.text)).filter_map(|form| form.split_once(all.as_str()));
        forms.into_iter().any(|(head, tail)| {
            let head: Vec<char> = head.chars().rev().take(*BESIDE.end()).collect();
            let tail: Vec<char> = tail.chars().take(*BESIDE.end()).collect();
            let before = head.len() >= *BESIDE.start() && chars[..start].iter().rev().take(head.len()).eq(&head);
            before || tail.len() >= *BESIDE.start() && chars[end..].starts_with(&tail)
        })
    }

    fn out_of_order(&self) -> Finding {
        let edits = self.items.iter().zip(self.phrase.members.iter().enumerate());
        let edits = edits.filter(|(item, (n, _))| item.number != *n);
        let edits = edits.map(|(item, (_, right))| Edit {
            span: self.cx.span(item.start, item.end),
            text: self.cx.in_place_of(item.start, item.end, right).to_owned(),
        });
        let fix = Fix { edits: edits.collect(), applicability: Applicability::Unsafe };
        self.finding(fix, self.items[0].start, self.items[self.items.len() - 1].end, 0.85, "次序与固定表述不同")
    }

    fn one_missing(&self, missing: usize) -> Option<Finding> {
        let chars = self.cx.folded.chars();
        let (start, end) = (self.items[0].start, self.items[self.items.len() - 1].end);
        let text = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
        let after = text(end, (end + 2).min(chars.len()));
        let before = start.checked_sub(1).map(|i| chars[i]);
        if after.starts_with('等') || after.starts_with("”等") {
            return None;
        }
        let member = &self.phrase.members[missing];
        let open_ended =
            after.starts_with(['、', '和', '与', '及', '以']) || after.starts_with("”、") || matches!(before, Some('、' | '和' | '与'));
        if open_ended {
            return self.one_replaced(missing);
        }
        // “a”、“b” has a pair for each item, “a、b” one for all.
        let quoted = chars[self.items[0].end] == '”' && chars[self.items[1].start - 1] == '“';
        let text = match (missing == self.items.len(), quoted) {
            (true, false) => format!("、{member}"),
            (true, true) => format!("”、“{member}"),
            (false, false) => format!("{member}、"),
            (false, true) => format!("{member}”、“"),
        };
        let at = self.items.get(missing).map_or(self.cx.span(end - 1, end).end, |item| self.cx.span(item.start, item.end).start);
        let edits = vec![Edit { span: crate::span::Span { start: at, end: at }, text }];
        let fix = Fix { edits, applicability: Applicability::Unsafe };
        Some(self.finding(fix, start, end, 0.75, &format!("缺“{member}”")))
    }

    /// As many items as there should be, one of them something else: 创新、协调、绿色、开发、共享.
    fn one_replaced(&self, missing: usize) -> Option<Finding> {
        let chars = self.cx.folded.chars();
        let (start, end) = (self.items[0].start, self.items[self.items.len() - 1].end);
        let length = self.phrase.members[missing].chars().count();
        let is_item = |c: &char| !matches!(c, '、' | '，' | '。' | '；' | '\n' | '”' | '“' | '和' | '等' | '与' | '及');
        if missing == self.items.len() && matches!(chars.get(end), Some('、')) {
            let other = end + 1;
            let width = chars[other..].iter().take_while(|c| is_item(c)).count();
            (width == length && !matches!(chars.get(other + width), Some('、' | '和' | '等'))).then_some(())?;
            let shared = chars[other..other + width].iter().filter(|c| self.phrase.members[missing].contains(**c)).count();
            (shared * 2 >= length).then_some(())?;
            let edits = vec![Edit { span: self.cx.span(other, other + width), text: self.phrase.members[missing].to_string() }];
            let fix = Fix { edits, applicability: Applicability::Unsafe };
            return Some(self.finding(
                fix,
                start,
                other + width,
                0.75,
                &format!("第{}项应为“{}”", missing + 1, self.phrase.members[missing]),
            ));
        }
        None
    }

    fn finding(&self, fix: Fix, start: usize, end: usize, confidence: f32, reason: &str) -> Finding {
        let span = self.cx.span(start, end);
        let message = format!("“{}”{reason}，应为“{}”", self.phrase.text, self.phrase.members.join("、"));
        let mut finding = META.ids[0].at(span, confidence, message);
        finding.fixes = vec![fix];
        finding.cite(&self.phrase.text, &self.phrase.source);
        finding
    }
}

/// What may stand between two items of one enumeration.
fn is_pause(between: &[char]) -> bool {
    const PAUSES: [&str; 8] = ["、", "，", "和", "；", "与", "以及", "，以及", "、以及"];
    let marks = between.iter().copied().filter(|c| !matches!(c, '“' | '”'));
    PAUSES.iter().any(|pause| pause.chars().eq(marks.clone()))
}
