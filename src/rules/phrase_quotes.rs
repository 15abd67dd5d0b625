//! # 固定简称的引号
//!
//! ## 查什么
//! 应当加引号的简称（“四个意识”“两个维护”等）前后引号写反、只写一半（`phrase/quotes`）；没有加引号的只作提示，默认不报
//! （`phrase/unquoted`）。
//!
//! ## 为什么
//! 数字简称在正式文稿中加引号；引号写反、缺半边是常见的输入错误。
//!
//! ## 错例
//! 增强”四个意识“。
//!
//! ## 正例
//! 增强“四个意识”。
//!
//! ## 修改是否稳妥
//! 稳妥。
//!
//! ## 依据
//! GB/T 15834—2011 4.8；词典各条目的出处。

use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::mention::Form;

use super::{Context, Id, Meta, Rule};

/// Quotation marks around shorthand.
pub(super) struct PhraseQuotes;

static META: Meta = Meta {
    ids: &[
        Id {
            name: "phrase/quotes",
            title: "固定简称的引号写反、缺半边",
            severity: Severity::Warning,
            fix: Some(Applicability::Safe),
            default: true,
        },
        Id {
            name: "phrase/unquoted",
            title: "固定简称没有加引号",
            severity: Severity::Info,
            fix: Some(Applicability::Unsafe),
            default: false,
        },
    ],
    source: include_str!("phrase_quotes.rs"),
};

impl Rule for PhraseQuotes {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let chars = cx.folded.chars();
        let marks = Marks(cx.folded.places_of(&['“', '”', '\n']).collect());
        for mention in cx.mentions.all.iter().filter(|m| m.phrase.quoted && matches!(m.form, Form::Canonical)) {
            let (start, end) = (mention.start, mention.end);
            let before = start.checked_sub(1).map(|i| chars[i]);
            let after = chars.get(end).copied();
            let open = marks.before(start) == Some('“');
            let (id, edits) = match (before, after) {
                (Some('”'), Some('“')) => (0, vec![(start - 1, start, "“"), (end, end + 1, "”")]),
                (Some('“'), Some('“')) if !marks.open_again(end) => (0, vec![(end, end + 1, "”")]),
                // The next mark opens a quotation of its own before this one is closed.
                (Some('“'), Some(c)) if !matches!(c, '“' | '”') && !holds_mark(&chars[start..end]) && marks.next_opens(end) => {
                    (0, vec![(end, end, "”")])
                }
                (Some('”'), Some('”')) if !open => (0, vec![(start - 1, start, "“")]),
                (Some('“' | '”'), _) | (_, Some('”' | '“')) => continue,
                _ if open => continue,
                _ => (1, vec![(start, start, "“"), (end, end, "”")]),
            };
            let span = cx.span(edits[0].0.min(start), edits[edits.len() - 1].1.max(end));
            let edits = edits.into_iter().map(|(from, to, text)| Edit { span: cx.span_in(span, from, to), text: text.into() }).collect();
            let applicability = META.ids[id].fix.unwrap_or(Applicability::DisplayOnly);
            let mut finding = META.ids[id].at(span, 0.9, format!("“{}”作简称时放在一对引号内，请核对引号", mention.phrase.text));
            finding.fixes = vec![Fix { edits, applicability }];
            finding.cite(&mention.phrase.text, &mention.phrase.source);
            findings.push(finding);
        }
    }
}

/// Whether the phrase is written with a mark of its own, as “三个代表”重要思想 is.
fn holds_mark(phrase: &[char]) -> bool {
    phrase.iter().any(|c| matches!(c, '“' | '”'))
}

/// The quotation marks of a text and the ends of its blocks, in order: looking for them from each phrase would go over a long paragraph again and again.
struct Marks(Vec<(usize, char)>);

impl Marks {
    /// How many stand before `at`.
    fn count(&self, at: usize) -> usize {
        self.0.partition_point(|&(place, _)| place < at)
    }

    /// The last one before `at`.
    fn before(&self, at: usize) -> Option<char> {
        Some(self.0[self.count(at).checked_sub(1)?].1)
    }

    /// Whether the next mark of the block opens a quotation that is closed in its turn.
    fn next_opens(&self, at: usize) -> bool {
        self.0.get(self.count(at)).is_some_and(|&(place, c)| c == '“' && self.open_again(place))
    }

    /// Whether the mark at `at` opens a quotation of its own that is closed later.
    fn open_again(&self, at: usize) -> bool {
        self.0.get(self.count(at + 1)).is_some_and(|&(_, c)| c == '”')
    }
}
