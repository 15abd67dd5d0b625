//! # 简称先用后释
//!
//! ## 查什么
//! 正文里“（以下简称‘两库’）”之前已经用了“两库”、一个简称说明了两次，或者说明之后再没有用过：`consistency/abbreviation`。
//!
//! ## 为什么
//! 简称要在第一次出现全称时说明，之后一律用简称；先用后释，读者看到时还不知道指什么。
//!
//! ## 错例
//! - 加快“两库”建设。……建立知识库、规则库（以下简称“两库”）……
//!
//! ## 正例
//! - 建立知识库、规则库（以下简称“两库”）。……加快“两库”建设。
//! - （以下简称“条例”“项目”）（普通词语作简称的，不核对先后）
//!
//! ## 修改是否稳妥
//! 只提示，不修改：说明移到哪里由作者定。标题里先用不算。
//!
//! ## 依据
//! 《党政机关公文处理工作条例》（2012年）第十九条；使用非规范化简称，应当先用全称并注明简称。

use crate::finding::{Finding, Severity};
use crate::text::is_han;

use super::chars::{starts_with, word_at};
use super::{Context, Id, Meta, Rule};

const ABBREVIATION: Id =
    Id { name: "consistency/abbreviation", title: "简称先用后释或没有再用", severity: Severity::Info, fix: None, default: true };

/// Compares where an abbreviation is explained with where it is used.
pub(super) struct ConsistencyAbbreviation;

impl Rule for ConsistencyAbbreviation {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[ABBREVIATION], source: include_str!("consistency_abbreviation.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        /// A draft explains a few; each costs a look over the whole text.
        const MOST: usize = 20;
        let chars = cx.folded.chars();
        let explained = cx.folded.places_of(&['简']).filter_map(|(at, _)| Explained::read(chars, at));
        let explained: Vec<Explained<'_>> = explained.take(MOST).collect();
        for (index, short) in explained.iter().enumerate() {
            let finding = |why: String| ABBREVIATION.at(cx.span(short.start, short.start + short.words.len()), 0.6, why);
            let words: String = short.words.iter().collect();
            if explained[..index].iter().any(|before| before.words == short.words) {
                findings.push(finding(format!("简称“{words}”前面已经说明过。")));
            } else if let Some(line) = used_before(cx, short) {
                findings.push(finding(format!("简称“{words}”在第{line}行就用了，说明却在这里。")));
            } else if !uses(&chars[short.start + short.words.len()..], short.words).any(|_| true) {
                findings.push(finding(format!("简称“{words}”说明之后没有再用。")));
            }
        }
    }
}

/// “（以下简称‘两库’）”
struct Explained<'a> {
    words: &'a [char],
    /// Where they start.
    start: usize,
}

impl<'a> Explained<'a> {
    /// Reads what 简称 at `at` introduces; lists of several are left alone.
    fn read(chars: &'a [char], at: usize) -> Option<Self> {
        const LONGEST: usize = 14;
        let lead = at.checked_sub(1).map(|before| chars[before])?;
        if !starts_with(chars, at, "简称") || !matches!(lead, '下' | '（' | '(' | '，') {
            return None;
        }
        let mut start = at + 2;
        start += word_at(chars, start, &["为", "：", ":"]).map_or(0, |word| word.chars().count());
        start += usize::from(matches!(chars.get(start), Some('“' | '《')));
        let end = start + chars[start..].iter().take(LONGEST).take_while(|&&c| is_han(c) || c.is_ascii_alphanumeric()).count();
        let closed = matches!(chars.get(end), Some('”' | '》' | '）' | ')'));
        let single = chars.get(end + 1).is_none_or(|c| !matches!(c, '“' | '、' | '和'));
        (closed && single && (2..LONGEST).contains(&(end - start))).then_some(Self { words: &chars[start..end], start })
    }
}

/// The line of running text on which the abbreviation is used before it is explained. A common word proves nothing.
fn used_before(cx: &Context<'_>, short: &Explained<'_>) -> Option<u32> {
    /// Shorter blocks without a full stop are headings.
    const HEADING: usize = 40;
    let chars = cx.folded.chars();
    if cx.segmenter.frequency(short.words).is_some() {
        return None;
    }
    let at = uses(&chars[..short.start], short.words).find(|&at| {
        let start = chars[..at].iter().rposition(|&c| c == '\n').map_or(0, |before| before + 1);
        let end = at + chars[at..].iter().position(|&c| c == '\n').unwrap_or(chars.len() - at);
        // The name itself may hold the short form.
        let inside_name = short.start.saturating_sub(at) < HEADING && !chars[at..short.start].contains(&'。');
        !inside_name && (end - start > HEADING || chars[start..end].contains(&'。'))
    })?;
    Some(cx.document.text.line_of(cx.span(at, at + 1).start))
}

/// Where `words` stand in `chars`.
fn uses<'a>(chars: &'a [char], words: &'a [char]) -> impl Iterator<Item = usize> + 'a {
    chars.windows(words.len()).enumerate().filter(move |(_, window)| *window == words).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn a_short_form_is_explained_where_it_is_first_used() {
        let filler = "各项工作按照年初确定的目标任务有序推进，取得了阶段性成效，为完成全年任务打下了坚实基础。";
        check(
            &ConsistencyAbbreviation,
            &[
                (
                    &format!("加快两库建设。{filler}\n建立知识库、规则库（以下简称“两库”），抓好两库运行。"),
                    &["consistency/abbreviation 两库"],
                ),
                (&format!("建立知识库（以下简称“甲乙库”）。{filler}"), &["consistency/abbreviation 甲乙库"]),
                (
                    &format!("建立知识库（以下简称“甲乙库”）。建立知识库（以下简称“甲乙库”）。抓好甲乙库运行。{filler}"),
                    &["consistency/abbreviation 甲乙库"],
                ),
                (&format!("建立知识库、规则库（以下简称“两库”）。{filler}抓好两库运行。"), &[]),
                (&format!("两库建设\n建立知识库、规则库（以下简称“两库”）。{filler}抓好两库运行。"), &[]),
                (&format!("完善条例。{filler}\n根据《甲条例》（以下简称条例），条例规定。"), &[]),
            ],
        );
    }
}
