//! # 党的代表大会和全会的写法
//!
//! ## 查什么
//! 党的全国代表大会、中央委员会全体会议、中央纪委全会、全国人大和全国政协会议的名称写得对不对，这样的会议有没有。
//! - `congress/joint-form`：“党的十九大和历次全会”漏写届次。
//! - `congress/plenum`：全会的“届”写成“大”，“中”写成“次”，“全会”写成“全体会议”，或者漏写“中”。
//! - `congress/name`：代表大会、人大会议名称的写法，漏写“的”、届次写错。
//! - `congress/repeated`：“全会会议精神”“二十大会议精神”多写“会议”。
//! - `congress/unknown`：没有开过、也不会马上召开的会议。
//! - `congress/order`：几次全会并列时次序颠倒或者重复。
//! - `congress/number-style`：届次用了阿拉伯数字。
//!
//! ## 为什么
//! 会议名称是政治性表述，届次、次数和简称都有固定写法。“大”指五年一次的代表大会，“届”指它选出的中央委员会，
//! 历次全会是中央委员会的全会，所以前面要写“十九届”。中央委员会全会简称“×届×中全会”，中央纪委和地方党委全会简称“×次全会”。
//!
//! ## 错例
//! - 深入学习贯彻党的十九大和历次全会精神。
//! - 传达学习党的二十大三中全会精神。
//! - 贯彻落实党的十九届五次全会精神。
//! - 学习党的二十届三中全会会议精神。
//! - 贯彻党的十八届八中全会精神。
//!
//! ## 正例
//! - 深入学习贯彻党的十九大和十九届历次全会精神。
//! - 贯彻党的二十大和二十届二中、三中全会精神。
//! - 落实二十届中央纪委三次全会和市委十三届五次全会部署。
//! - 中国共产党第二十届中央委员会第三次全体会议。
//!
//! ## 修改是否稳妥
//! 改法只有一种的（补写届次、改“大”为“届”、删“会议”、改数字写法），可以直接修改；次序颠倒、简称不明的，请看过再改；
//! 查无此会的，只在数字颠倒、漏写一字能对上一次会议时给出建议，请核对后再改。
//!
//! ## 依据
//! 党的历次代表大会和中央全会公报；《中国共产党章程》；中央纪委、全国人大、全国政协历次会议公报。会议日期见 `dictionaries/congresses.toml`。

mod judge;
mod meant;
mod scan;

use judge::Judge;
use scan::Kind;

use crate::as_of::AsOf;
use crate::finding::{Applicability, Finding, Severity};
use crate::text::Folded;

use super::{Context, Id, Meta, Rule};

/// Checks how congresses and sessions are named, and whether there are such meetings.
pub(super) struct CongressNames;

const fn id(name: &'static str, title: &'static str, severity: Severity, fix: Option<Applicability>) -> Id {
    Id { name, title, severity, fix, default: true }
}

const JOINT_FORM: Id = id("congress/joint-form", "全会前漏写届次", Severity::Error, Some(Applicability::Safe));
const PLENUM: Id = id("congress/plenum", "全会名称写法", Severity::Error, Some(Applicability::Safe));
const NAME: Id = id("congress/name", "代表大会名称写法", Severity::Error, Some(Applicability::Safe));
const REPEATED: Id = id("congress/repeated", "会议名称重复", Severity::Error, Some(Applicability::Safe));
const UNKNOWN: Id = id("congress/unknown", "没有这次会议", Severity::Error, Some(Applicability::Unsafe));
const ORDER: Id = id("congress/order", "几次全会的次序", Severity::Warning, Some(Applicability::Unsafe));
const NUMBER_STYLE: Id = id("congress/number-style", "会议届次的数字写法", Severity::Warning, Some(Applicability::Safe));

static META: Meta = Meta { ids: &[JOINT_FORM, PLENUM, NAME, REPEATED, UNKNOWN, ORDER, NUMBER_STYLE], source: include_str!("congress.rs") };

impl Rule for CongressNames {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        check(cx.text(), cx.folded, cx.as_of, findings);
    }
}

/// Appends what is wrong with the congresses and sessions that `text` names.
fn check(text: &str, folded: &Folded, as_of: AsOf, findings: &mut Vec<Finding>) {
    let meetings = scan::find(folded);
    let mut judge = Judge { text, folded, as_of, findings };
    for chain in meetings.chunk_by(|_, next| next.linked) {
        for (n, meeting) in chain.iter().enumerate() {
            match &meeting.kind {
                Kind::Congress(congress) => judge.congress(meeting, congress, chain.get(n + 1)),
                Kind::Sessions(sessions) => judge.sessions(meeting, sessions, &chain[..n]),
            }
            judge.repeated(meeting);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::as_of::Source;
    use crate::date::Date;
    use crate::span::Span;

    fn check_text(text: &str, as_of: &str, source: Source) -> Vec<Finding> {
        let folded = Folded::new(text, [Span::new(0, text.len())]);
        let mut findings = Vec::new();
        let date = Date::parse(as_of).expect("a date");
        check(text, &folded, AsOf { date, source }, &mut findings);
        findings
    }

    /// Findings as `rule: proposal`, or `rule: the words` where nothing is proposed.
    fn findings(text: &str, as_of: &str) -> Vec<String> {
        let shown = |finding: &Finding| match &finding.suggestions(text)[..] {
            [] => finding.span.of(text).to_owned(),
            suggestions => suggestions.join("|"),
        };
        check_text(text, as_of, Source::Given)
            .iter()
            .map(|finding| format!("{}: {}", finding.rule.trim_start_matches("congress/"), shown(finding)))
            .collect()
    }

    #[test]
    fn right_forms_stay_silent() {
        for text in [
            "深入学习贯彻党的十九大和十九届历次全会精神",
            "党的十九大及十九届历次全会精神",
            "党的十九届五中、六中全会精神",
            "党的二十大和二十届二中、三中全会精神",
            "党的十九届五中全会、六中全会",
            "十八届三中、四中、五中全会",
            "八届十二中全会、十三届九中全会",
            "中国共产党第二十届中央委员会第三次全体会议",
            "党的二十届中央委员会第三次全会",
            "中国共产党第二十次全国代表大会、党的第十九次全国代表大会",
            "中共第八届全国代表大会第二次会议",
            "党的十八大、十九大、二十大报告，十八大以来，十九大精神，二十大代表",
            "迎接党的二十一大胜利召开，迎接二十届六中全会召开",
            "十四届全国人大四次会议、全国政协十四届四次会议精神",
            "第十四届全国人民代表大会第四次会议，中国人民政治协商会议第十四届全国委员会第四次会议",
            "十四届全国人大常委会第十次会议",
            "二十届中央纪委三次全会，中央纪委二十届三次全会，中央纪委二十届三中全会精神学习班",
            "十二届省委五次全会，市委十三届五次全会，市委十九届五中全会精神宣讲团",
            "区第十九届人民代表大会第三次会议，校第八届教代会，省第十二次党代会",
            "贯彻十三届五次全会精神，我市党的十二届八次全会",
            "民建十二届八中全会，共青团十八届九中全会，致公党的十六届九中全会，越共十三大八中全会",
            "民革第十四届中央委员会第八次全体会议",
            "二十大产业集群，党的六大纪律，党的3大法宝，120大类，16届代表",
            "从党的十八大到三中全会，党的十九大以来历次全会",
            "党的三大优良作风和历次会议",
            "党的二十大大幅提升了士气，我党二十大代表，建党二十大成就，入党十二大步骤",
            "1945年，解放区军民贯彻党的七大精神，大生产运动蓬勃开展；党的八大和八届三中全会",
            "1982年，全县贯彻党的十二大精神，推行联产承包；党的十二大和十二届三中全会",
            "贯彻党的六大纪律规定，学习党的三大法宝精神",
        ] {
            assert_eq!(findings(text, "2026-11-23"), [""; 0], "{text}");
        }
    }

    #[test]
    fn wrong_forms_are_found_and_repaired() {
        for (text, expected) in [
            ("学习党的十九大和历次全会精神", &["joint-form: 党的十九大和十九届历次全会"][..]),
            ("学习党的十九大及历届全会精神", &["joint-form: 党的十九大和十九届历次全会"]),
            (
                "党的二十大以及历次全会，党的二十大、历次全会",
                &["joint-form: 党的二十大和二十届历次全会", "joint-form: 党的二十大和二十届历次全会"],
            ),
            ("党的二十大精神和历次全会精神", &["joint-form: 党的二十大精神和二十届历次全会"]),
            ("党的十九大、二十大和历次全会", &["joint-form: 二十大和十九届、二十届历次全会"]),
            ("党的二十大和二中、三中全会精神", &["joint-form: 党的二十大和二十届二中、三中全会"]),
            ("党的二十大和二十大历次全会精神", &["plenum: 二十届历次全会"]),
            ("党的十九大历次全会精神", &["plenum: 党的十九大和十九届历次全会|党的十九届历次全会"]),
            ("党的十九届历届全会", &["plenum: 党的十九届历次全会"]),
            ("党的二十大三中全会", &["plenum: 党的二十届三中全会"]),
            ("传达二十大二中、三中全会精神", &["plenum: 二十届二中、三中全会"]),
            ("党的二十大三次全会", &["plenum: 党的二十届三中全会"]),
            ("党的十九届五次全会", &["plenum: 党的十九届五中全会"]),
            ("党的十九大和十九届五次全会", &["plenum: 十九届五中全会"]),
            ("中共二十届第三次全会", &["plenum: 中共二十届三中全会"]),
            ("落实十九届六中全体会议精神", &["plenum: 十九届六中全会"]),
            ("二十届三次、四中全会", &["plenum: 二十届三中、四中全会"]),
            ("党的二十届三、四中全会", &["plenum: 党的二十届三中、四中全会"]),
            ("二十届中央纪委三中全会", &["plenum: 二十届中央纪委三次全会"]),
            ("二十大中央纪委三次全会", &["plenum: 二十届中央纪委三次全会"]),
            ("十二届省委五中全会", &["plenum: 十二届省委五次全会"]),
            ("党的十九届六中、五中全会", &["order: 党的十九届五中、六中全会"]),
            ("党的十九届五中、五中全会", &["order: 党的十九届五中、五中全会"]),
            ("党的二十届三中全会会议精神", &["repeated: 党的二十届三中全会精神"]),
            ("党的十九届历次全会会议精神", &["repeated: 党的十九届历次全会精神"]),
            ("市委十三届五次全会会议精神", &["repeated: 十三届五次全会精神"]),
            ("党的二十大会议精神", &["repeated: 党的二十大精神"]),
            ("贯彻党的二十大大精神，党的二十大大以来", &["repeated: 党的二十大精神", "repeated: 党的二十大"]),
            ("全面贯彻党二十大精神", &["name: 党的二十大"]),
            ("深入贯彻党二十届三中全会精神", &["name: 党的二十届三中全会"]),
            ("党的十大和十九届历次全会精神", &["name: 党的十九大"]),
            ("贯彻党的十大精神", &["name: 党的二十大"]),
            ("贯彻党的十二大精神", &["name: 党的二十大"]),
            ("党的十九大和九届历次全会精神", &["plenum: 十九届历次全会"]),
            ("党的20大报告、党的19届5中全会", &["number-style: 党的二十大", "number-style: 党的十九届五中全会"]),
            ("第14届全国人大4次会议", &["number-style: 第十四届全国人大四次会议"]),
            ("中国共产党第二十届全国代表大会", &["name: 中国共产党第二十次全国代表大会"]),
            ("党的第二十大精神", &["name: 党的二十大"]),
            ("中国共产党二十大全国代表大会", &["name: 中国共产党第二十次全国代表大会"]),
            ("党的二十届精神", &["name: 党的二十大"]),
            ("十四届全国人大一次全会", &["name: 十四届全国人大一次会议"]),
            ("全国人大十四届四次会议", &["name: 十四届全国人大四次会议"]),
            ("党的十\u{3000}九大和 历次全会", &["joint-form: 党的十\u{3000}九大和十九届历次全会"]),
        ] {
            assert_eq!(findings(text, "2026-11-23"), expected, "{text}");
        }
    }

    #[test]
    fn meetings_must_exist_at_the_date_of_the_text() {
        for (text, as_of, expected) in [
            ("党的二十届八中全会", "2026-11-23", &["unknown: 党的二十届八中全会"][..]),
            ("党的九十大精神，党的九十届五中全会", "2021-03", &["unknown: 党的十九大", "unknown: 党的十九届五中全会"]),
            ("党的十届五中全会", "2016-03", &["unknown: 党的十八届五中全会"]),
            ("迎接党的十大胜利召开", "2017-08", &["name: 党的十九大"]),
            ("十八届八中全会", "2026-11-23", &["unknown: 十八届八中全会"]),
            ("党的二十二大精神，党的二十二届历次全会", "2026-11-23", &["unknown: 党的二十二大", "unknown: 党的二十二届历次全会"]),
            ("十三届全国人大六次会议", "2026-11-23", &["unknown: 十三届全国人大六次会议"]),
            ("全国政协十四届九次会议", "2026-11-23", &["unknown: 全国政协十四届九次会议"]),
            ("二十届中央纪委九次全会", "2026-11-23", &["unknown: 二十届中央纪委九次全会"]),
            ("党的二十届四中全会精神", "2023", &["unknown: 党的二十届四中全会"]),
            ("党的二十届四中全会精神", "2024-11", &[]),
            ("从十九大到党的二十大", "2017-11", &[]),
            ("党的二十大精神", "2014", &["unknown: 党的二十大"]),
            ("党的二十届八中全会", "2028-03", &[]),
            ("党的二十二大", "2028-03", &[]),
        ] {
            assert_eq!(findings(text, as_of), expected, "{text} as of {as_of}");
        }
    }

    #[test]
    fn a_guessed_date_puts_no_meeting_into_the_future() {
        assert!(check_text("党的二十届四中全会精神", "2023", Source::Latest).is_empty());
        assert_eq!(check_text("党的十八届八中全会精神", "2023", Source::Latest).len(), 1);
    }

    #[test]
    fn a_repair_leaves_nothing_to_report() {
        for text in ["党的十九大以及历届全会会议精神", "党的19大及历次全会", "党的二十大4次、三中全会精神", "党的第19届5次全会"]
        {
            let mut text = text.to_owned();
            for _ in 0..5 {
                let findings = check_text(&text, "2026-11-23", Source::Given);
                let Some((finding, fix)) = findings.iter().find_map(|finding| Some((finding, finding.fixes.first()?))) else { break };
                let repaired = fix.applied_to(&text, finding.span);
                text.replace_range(finding.span.range(), &repaired);
            }
            assert_eq!(findings(&text, "2026-11-23"), [""; 0], "{text}");
        }
    }
}
