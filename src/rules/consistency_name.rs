//! # 同一名称两种写法
//!
//! ## 查什么
//! 同一篇里，同一单位的简称有两种写法，如“县发改局”和“县发展改革局”：`consistency/name`；
//! 同一处待填的名称用了两种记号，如“xx镇”和“XX镇”：`consistency/blank`。
//!
//! ## 为什么
//! 名称前后不一，读者会以为是两个单位；记号前后不一，统一替换时总会漏掉一种。
//!
//! ## 错例
//! - 县发改局牵头……县发展改革局负责……
//! - xx镇党委……XX镇政府……
//!
//! ## 正例
//! - 县发展改革局（以下简称县发改局）……县发改局……
//! - 县发展改革局牵头……县发展改革局负责……
//!
//! ## 修改是否稳妥
//! 只提示：用哪一种由作者定。待填记号改为用得多的一种，请核对。
//!
//! ## 依据
//! 公文校对的通行要求：同一机关的名称前后一致。

use crate::finding::{Applicability, Finding, Fix, Severity};
use crate::placeholder::Asks;
use crate::span::Span;
use crate::text::is_han;

use super::chars::ends_with;
use super::{Context, Id, Meta, Rule};

const NAME: Id = Id { name: "consistency/name", title: "单位名称前后不一", severity: Severity::Info, fix: None, default: true };
const BLANK: Id = Id {
    name: "consistency/blank",
    title: "同一待填名称用了两种记号",
    severity: Severity::Info,
    fix: Some(Applicability::Unsafe),
    default: true,
};

/// Short forms that stand for the same office, without the place before and the last character after them, which may be 局, 委, 厅 or 部.
const SHORT_FORMS: [&[&str]; 9] = [
    &["发改", "发展改革", "发展和改革"],
    &["工信", "工业和信息化"],
    &["人社", "人力资源社会保障", "人力资源和社会保障"],
    &["住建", "住房城乡建设", "住房和城乡建设"],
    &["文旅", "文化和旅游", "文化旅游"],
    &["卫健", "卫生健康", "卫生和健康"],
    &["市监", "市场监管", "市场监督管理"],
    &["国资", "国有资产监督管理"],
    &["民宗", "民族宗教", "民族宗教事务"],
];

/// Compares the names a draft uses.
pub(super) struct ConsistencyName;

impl Rule for ConsistencyName {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[NAME, BLANK], source: include_str!("consistency_name.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        names(cx, findings);
        blanks(cx, findings);
    }
}

/// One use of a short form.
struct Use {
    /// The row of [`SHORT_FORMS`], the form in it, and the kind of office.
    row: usize,
    form: usize,
    office: char,
    place: char,
    start: usize,
    end: usize,
}

fn names(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let chars = cx.folded.chars();
    let mut first: Vec<Use> = Vec::new();
    let mut told: Vec<(usize, char, char)> = Vec::new();
    for (end, office) in cx.folded.places_of(&['局', '委', '厅', '部']) {
        let found = SHORT_FORMS.iter().enumerate().find_map(|(row, forms)| {
            let longest = forms.iter().enumerate().filter(|(_, form)| ends_with(chars, end, form)).max_by_key(|(_, form)| form.len())?;
            Some((row, longest.0, end - longest.1.chars().count()))
        });
        let Some((row, form, start)) = found else { continue };
        let place = start.checked_sub(1).map_or('\n', |before| chars[before]);
        // The full name explains the short one: “…（以下简称县发改局）”. Other offices begin with the same words: 国家发展改革委.
        let explained = ends_with(chars, start.saturating_sub(usize::from(is_han(place))), "简称")
            || chars[end + 1..].iter().take(6).collect::<String>().contains("简称");
        if explained || !matches!(place, '县' | '市' | '区' | '省' | '旗') {
            continue;
        }
        let this = Use { row, form, office, place, start, end: end + 1 };
        match first.iter().find(|other| (other.row, other.office, other.place) == (row, office, place)) {
            Some(other) if other.form != form && !told.contains(&(row, office, place)) => {
                told.push((row, office, place));
                let (now, before) = (cx.words(this.start - 1, this.end), cx.words(other.start - 1, other.end));
                let message = format!("此处写作“{now}”，前面写作“{before}”，宜统一。");
                findings.push(NAME.at(cx.span(this.start - 1, this.end), 0.6, message));
            }
            Some(_) => {}
            None => first.push(this),
        }
    }
}

/// xx镇 and XX镇: one finding for each mark that is rarer than another before the same unit.
fn blanks(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    // The unit, the mark, how often it is used, and where first.
    let mut uses: Vec<(&str, &str, usize, Span)> = Vec::new();
    let named = cx.placeholders.iter().filter(|blank| matches!(blank.asks, Asks::Place | Asks::Organization));
    for (unit, blank) in named.filter_map(|blank| Some((blank.unit?, blank))) {
        let (unit, mark) = (unit.of(cx.text()), blank.span.of(cx.text()));
        match uses.iter_mut().find(|(other, same, ..)| (*other, *same) == (unit, mark)) {
            Some((_, _, count, _)) => *count += 1,
            None => uses.push((unit, mark, 1, blank.span)),
        }
    }
    for &(unit, mark, count, span) in &uses {
        let common = uses.iter().filter(|(other, ..)| *other == unit).max_by_key(|&&(_, _, count, span)| (count, std::cmp::Reverse(span)));
        let Some(&(_, right, more, _)) = common.filter(|(_, right, ..)| *right != mark) else { continue };
        let fix = Fix::replace(span, right, Applicability::Unsafe);
        let message = format!("“{mark}{unit}”（{count}处）与“{right}{unit}”（{more}处）记号不一，宜统一。");
        findings.push(Finding { fixes: vec![fix], ..BLANK.at(span, 0.6, message) });
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn a_name_is_written_in_one_way() {
        check(
            &ConsistencyName,
            &[
                ("县发改局牵头，县发展改革局负责，县发展和改革局配合。", &["consistency/name 县发展改革局"]),
                ("县发展改革局（以下简称县发改局）牵头，县发改局负责。", &[]),
                ("县发改局牵头，市发展改革委指导，国家发展改革委批复。", &[]),
                ("xx镇党委，xx镇政府，XX镇人大，xx村，xxx村", &["consistency/blank XX → xx", "consistency/blank xxx → xx"]),
                ("xx镇党委，XX县政府，督查xx次、XX次", &[]),
            ],
        );
    }
}
