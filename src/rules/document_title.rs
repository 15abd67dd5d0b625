//! # 公文标题和文种
//!
//! ## 查什么
//! `document/title-mark`：公文标题末尾用了句号、逗号；
//! `document/type`：标题中的文种用错或重叠：请示报告、关于…的会议纪要、以“报告”请求批准，等等。
//!
//! ## 为什么
//! 文种决定办理方式：请示要批复，报告不用批复。文种写错，来文可能被退回，请示的事项也可能没有人办。
//!
//! ## 错例
//! - 关于解决防汛经费的请示报告
//! - 关于研究防汛工作的会议纪要
//! - 关于申请拨付防汛经费的报告
//! - 关于印发《防汛预案》的通知。
//!
//! ## 正例
//! - 关于解决防汛经费的请示
//! - 防汛工作专题会议纪要、关于研究防汛工作的纪要
//! - 关于重大事项请示报告制度执行情况的报告
//!
//! ## 修改是否稳妥
//! 删去标题末尾的标点稳妥；换文种要看是否需要批复，由作者定。
//!
//! ## 依据
//! 《党政机关公文处理工作条例》（2012年）第八条（公文种类15种：决议、决定、命令（令）、公报、公告、通告、意见、通知、通报、报告、请示、批复、议案、函、纪要）、
//! 第十五条（四）（不得在报告等非请示性公文中夹带请示事项）；GB/T 9704—2012《党政机关公文格式》7.3.1（标题）。

use crate::finding::{Applicability, Finding, Fix, Severity};

use super::chars::{ends_with, starts_with};
use super::parts::{Line, Parts, without_end};
use super::{Context, Id, Meta, Rule};

const TITLE_MARK: Id = Id {
    name: "document/title-mark",
    title: "标题末尾多了标点",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    default: true,
};
const TYPE: Id =
    Id { name: "document/type", title: "文种用错", severity: Severity::Warning, fix: Some(Applicability::Unsafe), default: true };

/// Looks at the title of an official document.
pub(super) struct DocumentTitle;

impl Rule for DocumentTitle {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[TITLE_MARK, TYPE], source: include_str!("document_title.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        // Only 关于…的… is surely the title of a document and not the name of something.
        let Some(title) = Parts::of(cx).title.filter(|title| is_document(without_end(title.chars))) else { return };
        findings.extend(mark(cx, &title));
        findings.extend(kind(cx, &title));
    }
}

/// What the name of the office that issues a document ends with.
const OFFICES: [&str; 16] =
    ["政府", "委员会", "办公室", "党委", "党组", "局", "厅", "部", "处", "院", "会", "中心", "公司", "学校", "镇", "街道"];

/// 关于…的通知, with or without the office before it: surely the title of a document and not a sentence.
fn is_document(title: &[char]) -> bool {
    let office = |about: usize| about == 0 || OFFICES.iter().any(|office| ends_with(title, about, office));
    find(title, "关于").is_some_and(office) && !title.contains(&'，')
}

fn mark(cx: &Context<'_>, title: &Line<'_>) -> Option<Finding> {
    let end = title.chars.len();
    let mark = title.chars.last().filter(|c| matches!(c, '。' | '，' | '；' | '、'))?;
    let span = cx.span(title.start + end - 1, title.start + end);
    let fix = Fix::replace(span, "", Applicability::Safe);
    Some(Finding { fixes: vec![fix], ..TITLE_MARK.at(span, 0.9, format!("公文标题末尾不用“{mark}”。")) })
}

/// Endings of a title that name two kinds of documents, the one that is meant, and why.
const DOUBLED: [(&str, &str, &str); 6] = [
    ("的请示报告", "的请示", "“请示”和“报告”是两个文种，请求批准用“请示”"),
    ("的申请报告", "的请示", "法定文种中没有“申请”，请求批准用“请示”"),
    ("的请示函", "的函", "“请示”和“函”是两个文种：向上级用“请示”，向不相隶属机关用“函”"),
    ("的会议纪要", "的纪要", "文种是“纪要”；会议名称在前时写作“××会议纪要”"),
    ("的通知通报", "的通报", "“通知”和“通报”是两个文种"),
    ("的报告汇报", "的报告", "“报告”和“汇报”重复，文种是“报告”"),
];

fn kind(cx: &Context<'_>, title: &Line<'_>) -> Option<Finding> {
    let chars = without_end(title.chars);
    let about = find(chars, "关于")?;
    if let Some(&(wrong, right, why)) = DOUBLED.iter().find(|(wrong, ..)| ends_with(chars, chars.len(), wrong)) {
        return Some(finding(cx, title, chars.len() - wrong.chars().count(), chars.len(), right, why));
    }
    // A request that calls itself a report.
    let asks = ["申请", "请求", "恳请", "要求拨", "要求解决", "要求批准", "请求批准"]
        .into_iter()
        .find(|word| starts_with(chars, about + 2, word))?;
    let report = ends_with(chars, chars.len(), "的报告");
    report.then(|| finding(cx, title, chars.len() - 2, chars.len(), "请示", &format!("标题说“{asks}”，请求批准的事项用“请示”，不用“报告”")))
}

fn finding(cx: &Context<'_>, title: &Line<'_>, start: usize, end: usize, right: &str, why: &str) -> Finding {
    let span = cx.span(title.start + start, title.start + end);
    let fix = Fix::replace(span, right, Applicability::Unsafe);
    Finding { fixes: vec![fix], ..TYPE.at(span, 0.85, format!("{why}。")) }
}

fn find(chars: &[char], word: &str) -> Option<usize> {
    (0..chars.len()).find(|&at| starts_with(chars, at, word))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn a_title_names_one_kind_of_document() {
        check(
            &DocumentTitle,
            &[
                ("关于解决防汛经费的请示报告\n县政府：\n正文。", &["document/type 的请示报告 → 的请示"]),
                ("青山镇人民政府\n关于研究防汛工作的会议纪要", &["document/type 的会议纪要 → 的纪要"]),
                ("关于申请拨付防汛经费的报告（代拟稿）", &["document/type 报告 → 请示"]),
                ("关于印发《防汛预案》的通知。", &["document/title-mark 。 → "]),
                ("关于解决防汛经费的请示\n县政府：", &[]),
                ("防汛工作专题会议纪要\n正文。", &[]),
                ("关于重大事项请示报告制度执行情况的报告", &[]),
                // Running text and headings are no titles.
                ("各镇于月底前上报关于落实情况的请示报告，逾期通报。", &[]),
                ("（一）关于经费的请示报告", &[]),
                ("根据《关于防汛工作的通知》制定工作方案。", &[]),
            ],
        );
    }
}
