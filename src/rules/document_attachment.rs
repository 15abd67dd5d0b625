//! # 附件说明
//!
//! ## 查什么
//! 正文之下“附件：1.…”各行：附件名称之后用了标点，“附件”后用了半角冒号：`document/attachment`；顺序号不连续：`document/attachment-order`。
//!
//! ## 为什么
//! 附件名称之后不加标点，是公文的固定格式；顺序号断了，收文单位会以为少发了附件。
//!
//! ## 错例
//! - 附件：1.任务分工表；
//! - 附件：1.任务分工表 3.进度表
//!
//! ## 正例
//! - 附件：1.任务分工表
//!   　　　2.进度表
//! - 附件：防汛预案
//!
//! ## 修改是否稳妥
//! 稳妥：只去掉名称后的标点。顺序号只提示，不修改。
//!
//! ## 依据
//! GB/T 9704—2012《党政机关公文格式》7.3.4：“附件”二字后标全角冒号和附件名称；多个附件用阿拉伯数字标注附件顺序号；附件名称后不加标点符号。

use crate::finding::{Applicability, Finding, Fix, Severity};
use crate::outline::Level;

use super::chars::{digits_after, starts_with, value};
use super::{Context, Id, Meta, Rule};

const ATTACHMENT: Id = Id {
    name: "document/attachment",
    title: "附件说明的标点不规范",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    default: true,
};
const ORDER: Id =
    Id { name: "document/attachment-order", title: "附件顺序号不连续", severity: Severity::Warning, fix: None, default: true };

/// Checks the list of attachments below the text.
pub(super) struct DocumentAttachment;

impl Rule for DocumentAttachment {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[ATTACHMENT, ORDER], source: include_str!("document_attachment.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        // The number of the attachment before and its line, while the list goes on.
        let mut last: Option<(u32, &[char])> = None;
        for (start, line) in cx.folded.lines().map(|line| (line.start, &cx.folded.chars()[line])) {
            let opens = starts_with(line, 0, "附件：") || starts_with(line, 0, "附件:");
            let name = if opens { 3 } else { 0 };
            let number = (opens || last.is_some()).then(|| numbered(line, name)).flatten();
            if opens || number.is_some() {
                findings.extend(mark(cx, start, line, name));
            }
            if opens && line.get(2) == Some(&':') {
                findings.push(half_width(cx, start));
            }
            if let Some((number, after)) = number {
                let expected = last.filter(|_| !opens).map_or(1, |(before, _)| before + 1);
                // Where the line break was lost, the missing one stands in the line before.
                let joined = last.is_some_and(|(_, line)| Level::Three.occurs(expected, &line.iter().collect::<String>()));
                if number != expected && !joined {
                    let span = cx.span(start + name, start + after);
                    findings.push(ORDER.at(span, 0.85, format!("附件顺序号应为“{expected}.”，此处是“{number}.”。")));
                }
            }
            last = number.map(|(number, _)| (number, line));
        }
    }
}

/// A line of the list “1.任务分工表”: the number and where it ends.
fn numbered(line: &[char], at: usize) -> Option<(u32, usize)> {
    /// A longer line is a paragraph.
    const LONGEST: usize = 50;
    let end = digits_after(line, at);
    let number = value(&line[at..end]).filter(|_| end - at <= 2)?;
    (matches!(line.get(end), Some('.' | '．')) && line.len() <= LONGEST).then_some((number, end + 1))
}

fn mark(cx: &Context<'_>, start: usize, line: &[char], name: usize) -> Option<Finding> {
    const LONGEST: usize = 50;
    let last = line.len().checked_sub(1)?;
    let mark = Some(line[last]).filter(|c| matches!(c, '。' | '；' | '，' | ';' | '、'))?;
    // “附件：见…。” and the like are sentences.
    let sentence = line[name..last].iter().any(|c| matches!(c, '。' | '，' | '；'));
    (last > name && line.len() <= LONGEST && !sentence).then(|| {
        let span = cx.span(start + last, start + last + 1);
        let fix = Fix::replace(span, "", Applicability::Safe);
        Finding { fixes: vec![fix], ..ATTACHMENT.at(span, 0.85, format!("附件名称后不加“{mark}”。")) }
    })
}

fn half_width(cx: &Context<'_>, start: usize) -> Finding {
    let span = cx.span(start + 2, start + 3);
    let fix = Fix::replace(span, "：", Applicability::Safe);
    Finding { severity: Severity::Info, fixes: vec![fix], ..ATTACHMENT.at(span, 0.9, "“附件”后用全角冒号“：”。") }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn names_of_attachments_stand_without_marks() {
        check(
            &DocumentAttachment,
            &[
                ("附件：1.任务分工表\n2.进度表\n青山镇人民政府", &[]),
                ("附件：1.任务分工表；\n2.进度表。", &["document/attachment ； → ", "document/attachment 。 → "]),
                ("附件:防汛预案", &["document/attachment : → ："]),
                ("附件：1.任务分工表\n3.进度表", &["document/attachment-order 3."]),
                ("附件：1.任务分工表2.进度表\n3.名单", &[]),
                ("附件：防汛预案", &[]),
                ("附件1\n1.不迟到；\n3.不早退。", &[]),
                ("详见附件：1.任务分工表；", &[]),
            ],
        );
    }
}
