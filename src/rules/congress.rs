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

mod meant;
mod scan;

use std::ops::Range;

use scan::{Congress, CongressForm, Item, Kind, List, Meeting, Noun, Number, Owner, Sessions, Term, Unit};

use crate::as_of::AsOf;
use crate::dictionary::congress::{self, Body, Existence};
use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::numeral;
use crate::text::Folded;

use super::chars::block_around;
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

/// What the names and the dates of the meetings rest on.
const SOURCE: &str = "历次代表大会和全会公报";

/// What is wrong with 党二十大.
const LACKS_OF: &str = "党的会议的简称前面写“党的”";

/// So many congresses back nobody carries a congress out any more.
const LONG_AGO: u8 = 5;

/// Below this, 党的八大 and the like may be followed by a noun of their own: 党的三大优良作风, 党的六大纪律.
const CERTAIN: u8 = 12;

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

struct Judge<'a> {
    text: &'a str,
    folded: &'a Folded,
    as_of: AsOf,
    findings: &'a mut Vec<Finding>,
}

/// What replaces a range of folded characters.
type Change = (Range<usize>, String);

impl Judge<'_> {
    /// 党的二十大; `next` is what is linked to it.
    fn congress(&mut self, meeting: &Meeting, congress: &Congress, next: Option<&Meeting>) {
        let Congress { number, form, ordinal, word } = *congress;
        let by_name = matches!(form, CongressForm::Full | CongressForm::FullWithTerm);
        if meeting.owner == Owner::Party && form == CongressForm::Short && (self.early(meeting, number, next) || number.value < CERTAIN) {
            return;
        }
        if meeting.owner != Owner::Party || !by_name && (number.value < CERTAIN || !self.ends_a_name(meeting.range.end)) {
            return;
        }
        let existence = congress::congress(number.value, self.as_of.date);
        if self.is_missing(existence) {
            let last = meant::last_congress(self.as_of.date);
            let meant = self.meant(number, |n| n <= last).map(|n| (number, n));
            return self.unknown(meeting, &format!("党的{}大", chinese(number.value)), existence, meant);
        }
        let n = chinese(number.value);
        let wrong = match (form, ordinal) {
            (CongressForm::FullWithTerm, _) if number.value >= CERTAIN => {
                Some((word..word + 1, "次".to_owned(), "党的全国代表大会论“次”，不论“届”"))
            }
            (CongressForm::ShortAndFull, _) => {
                Some((ordinal.unwrap_or(number.start)..word + 1, format!("第{n}次"), "简称“大”和全称“全国代表大会”不连用"))
            }
            (CongressForm::Term, None) => Some((number.start..word + 1, format!("{n}大"), "党的代表大会简称“大”，“届”指中央委员会")),
            (CongressForm::Short, Some(at)) => Some((at..at + 1, String::new(), "代表大会的简称前面不加“第”")),
            _ => meeting.lacks_of.map(|at| (at..at, "的".to_owned(), LACKS_OF)),
        };
        match wrong {
            Some((range, right, why)) => self.correct(NAME, meeting, why, vec![(range, right)]),
            None => self.number_style(meeting, &[number]),
        }
    }

    /// 党的十大, which was long ago: in 党的十大和十九届历次全会 and in 贯彻党的十大精神 the number is most likely not what was meant. Whether it
    /// is reported.
    fn early(&mut self, meeting: &Meeting, number: Number, next: Option<&Meeting>) -> bool {
        let is_ahead = self.goes_on(meeting.range.end, &["召开", "胜利召开"]);
        let last = meant::last_congress(self.as_of.date) + u8::from(is_ahead);
        if number.value + LONG_AGO > last {
            return false;
        }
        let term = next.and_then(|next| match &next.kind {
            Kind::Sessions(Sessions { term: Some(term), body: Some(Body::Central), .. }) => Some(term.number.value),
            _ => None,
        });
        let change = |n: u8| vec![(number.start..number.end, chinese(n))];
        let written = &self.folded.chars()[number.start..number.end];
        if let Some(term) = term.filter(|&term| meant::is_part_of(written, term)) {
            let message = format!("与“{}届”并列的是“{}大”", chinese(term), chinese(term));
            self.report(NAME, meeting.range.clone(), message, vec![(change(term), Applicability::Unsafe)]);
            return true;
        }
        let meant = self.meant(number, |n| (number.value + LONG_AGO..=last).contains(&n) && n >= CERTAIN);
        let Some(meant) = meant.filter(|_| self.is_to_be_carried_out(&meeting.range)) else { return false };
        let message = format!("“党的{}大”早已召开，请核对届次", chinese(number.value));
        let id = Id { severity: Severity::Warning, ..NAME };
        self.report(id, meeting.range.clone(), message, vec![(change(meant), Applicability::Unsafe)]);
        true
    }

    /// Whether the sentence speaks of a congress as one speaks of the last: 贯彻…精神, 迎接…召开. History is told with its years.
    fn is_to_be_carried_out(&self, range: &Range<usize>) -> bool {
        let chars = self.folded.chars();
        let ends_with = |word: &&str| range.start.checked_sub(word.chars().count()).is_some_and(|at| scan::starts_with(chars, at, word));
        let is_history =
            || block_around(chars, range.start, range.end).windows(3).any(|w| w[0] == '1' && w[1] == '9' && w[2].is_ascii_digit());
        ["贯彻", "落实", "领会", "宣传", "迎接", "喜迎"].iter().any(ends_with)
            && self.goes_on(range.end, &["精神", "关于", "报告", "决策", "部署", "各项", "召开", "胜利召开"])
            && !is_history()
    }

    /// Whether one of `words` stands at `at`.
    fn goes_on(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| scan::starts_with(self.folded.chars(), at, word))
    }

    /// The number that was meant by one that cannot be.
    fn meant(&self, number: Number, fits: impl Fn(u8) -> bool) -> Option<u8> {
        meant::number(&self.folded.chars()[number.start..number.end], fits)
    }

    /// Whether what stands at `at` lets the name of a congress end there, and is not its own noun.
    fn ends_a_name(&self, at: usize) -> bool {
        const AFTER: &str = "\n、，。；：！？”’）》—…和及与暨以精会报代召胜提作部确对将前后上闭开是";
        self.folded.chars().get(at).is_none_or(|&c| AFTER.contains(c))
    }

    fn sessions(&mut self, meeting: &Meeting, sessions: &Sessions, before: &[Meeting]) {
        if let Some(term) = sessions.term
            && sessions.body == Some(Body::Central)
            && let Some(congress) = before.last().and_then(Meeting::congress)
            && term.number.value < CERTAIN
            && meant::is_part_of(&self.folded.chars()[term.number.start..term.number.end], congress.number.value)
        {
            let value = chinese(congress.number.value);
            let change = vec![(term.number.start..term.number.end, value.clone())];
            let message = format!("与“{value}大”并列的是“{value}届”");
            return self.report(PLENUM, meeting.range.clone(), message, vec![(change, Applicability::Unsafe)]);
        }
        match (&sessions.term, &sessions.list) {
            (None, list) => self.without_term(meeting, list, before),
            (Some(term), List::Every { word, per_term }) => {
                if sessions.body == Some(Body::Central) && meeting.owner != Owner::Other {
                    self.every(meeting, *term, word, *per_term, before);
                }
            }
            (Some(term), List::Numbered(items)) => self.numbered(meeting, sessions, *term, items),
        }
    }

    /// 党的十九大和历次全会, 党的十九大和五中、六中全会.
    fn without_term(&mut self, meeting: &Meeting, list: &List, before: &[Meeting]) {
        let Some(nearest) = before.last().filter(|_| meeting.owner != Owner::Other) else { return };
        let mut terms: Vec<u8> = before.iter().rev().map_while(Meeting::congress).map(|congress| congress.number.value).collect();
        terms.reverse();
        let written: Vec<String> = terms.iter().map(|&term| format!("{}届", chinese(term))).collect();
        let written = written.join("、");
        let link = self.link_before(meeting.range.start);
        let span = nearest.range.start..meeting.range.end;
        match list {
            List::Every { word, .. } => {
                // 和 goes where 及, 以及 or 、 stood, so that a congress and its term make one phrase.
                let change = (link.start..word.end, format!("和{written}历次"));
                let message = format!("“历次全会”是中央委员会的全会，前面要写明“{written}”");
                let (severity, applicability) = match terms[..] {
                    [_] => (Severity::Error, Applicability::Safe),
                    _ => (Severity::Warning, Applicability::DisplayOnly),
                };
                self.report(Id { severity, ..JOINT_FORM }, span, message, vec![(vec![change], applicability)]);
            }
            List::Numbered(items) => {
                let [term] = terms[..] else { return };
                let held = |item: &Item| congress::session(Body::Central, term, item.number.value, self.as_of.date) == Existence::Plausible;
                // 党的二十大、三中全会 is how people speak; 党的二十大和三中全会 is meant to be the full form.
                let comma = self.folded.chars().get(link.start) == Some(&'、');
                if !comma && items.iter().all(|item| item.unit == Some(Unit::Mid) && held(item)) {
                    let change = (meeting.range.start..meeting.range.start, written.clone());
                    let message = format!("全会前面要写明届次“{written}”");
                    self.report(
                        Id { severity: Severity::Warning, ..JOINT_FORM },
                        span,
                        message,
                        vec![(vec![change], Applicability::Unsafe)],
                    );
                }
            }
        }
    }

    /// The 和, 及, 以及 … that ends at `end`.
    fn link_before(&self, end: usize) -> Range<usize> {
        let chars = self.folded.chars();
        let long = end >= 2 && matches!(chars[end - 2..end], ['以', '及'] | ['及', '其']);
        end - if long { 2 } else { 1 }..end
    }

    /// 十九届历次全会 and what is written for it.
    fn every(&mut self, meeting: &Meeting, term: Term, word: &Range<usize>, per_term: bool, before: &[Meeting]) {
        let existence = congress::congress(term.number.value, self.as_of.date);
        let value = chinese(term.number.value);
        if self.is_missing(existence) {
            let last = meant::last_congress(self.as_of.date);
            let meant = self.meant(term.number, |n| n <= last).map(|n| (term.number, n));
            return self.unknown(meeting, &format!("{value}届历次全会"), existence, meant);
        }
        let mut changes = Vec::new();
        if per_term {
            changes.push((word.clone(), "历次".to_owned()));
        }
        if !term.is_congress {
            if per_term {
                let message = format!("{value}届中央委员会的各次全会写“历次全会”");
                self.correct(PLENUM, meeting, message, changes);
            } else {
                self.number_style(meeting, &[term.number]);
            }
            return;
        }
        let message = format!("全会是中央委员会的会议，写“{value}届历次全会”");
        let as_term = |mut changes: Vec<Change>| {
            changes.insert(0, (term.word..term.word + 1, "届".to_owned()));
            changes
        };
        let follows_its_congress = before.last().and_then(Meeting::congress).is_some_and(|c| c.number.value == term.number.value);
        let ways = if follows_its_congress {
            vec![(as_term(changes), Applicability::Safe)]
        } else {
            let mut both = changes.clone();
            both.insert(0, (term.word + 1..term.word + 1, format!("和{value}届")));
            vec![(both, Applicability::Unsafe), (as_term(changes), Applicability::Unsafe)]
        };
        self.report(PLENUM, meeting.range.clone(), message, ways);
    }

    /// 十九届五中、六中全会, 十四届全国人大四次会议.
    fn numbered(&mut self, meeting: &Meeting, sessions: &Sessions, term: Term, items: &[Item]) {
        let Some(body) = sessions.body else { return self.local(meeting, items) };
        if body == Body::Central {
            let in_times = items.iter().all(|item| item.unit == Some(Unit::Times));
            match meeting.owner {
                Owner::Party => {}
                // 贯彻十三届五次全会精神 may speak of a local committee.
                Owner::Free if !in_times || term.is_congress => {}
                _ => return,
            }
        }
        for item in items {
            let existence = congress::session(body, term.number.value, item.number.value, self.as_of.date);
            if self.is_missing(existence) {
                let name = session_name(body, term.number.value, item.number.value);
                let date = self.as_of.date;
                let is_held = |n: u8| items.iter().all(|item| congress::session(body, n, item.number.value, date) == Existence::Plausible);
                let last = meant::last_congress(date);
                let meant = self.meant(term.number, |n| body == Body::Central && n <= last && is_held(n));
                return self.unknown(meeting, &name, existence, meant.map(|n| (term.number, n)));
            }
        }
        let found = self.findings.len();
        match body {
            Body::Central => self.central(meeting, sessions, term, items),
            Body::Discipline => self.discipline(meeting, term, items),
            Body::People => self.people(meeting, sessions, term, items),
            Body::Consultative => {}
        }
        if let Some(at) = meeting.lacks_of.filter(|_| self.findings.len() == found) {
            self.correct(Id { severity: Severity::Warning, ..NAME }, meeting, LACKS_OF, vec![(at..at, "的".to_owned())]);
        }
        if self.findings.len() == found {
            let numbers: Vec<Number> = [term.number].into_iter().chain(items.iter().map(|item| item.number)).collect();
            self.number_style(meeting, &numbers);
        }
        self.order(meeting, items);
    }

    /// 二十届三中、四中全会; in full 第二十届中央委员会第三次全体会议.
    fn central(&mut self, meeting: &Meeting, sessions: &Sessions, term: Term, items: &[Item]) {
        let any = |test: fn(&Item) -> bool| items.iter().any(test);
        let in_full = !sessions.named.is_empty();
        if any(|item| matches!(item.noun, Some((Noun::Meeting, _)))) || in_full && !term.is_congress {
            return;
        }
        let (severity, message) = if term.is_congress {
            (Severity::Error, "“大”是代表大会，全会是中央委员会的会议，写“届”")
        } else if any(|item| item.unit == Some(Unit::Times)) {
            (Severity::Error, "中央委员会全会的简称写“中全会”，不写“次全会”")
        } else if any(|item| matches!(item.noun, Some((Noun::FullPlenum, _)))) {
            (Severity::Error, "简称写“中全会”，全称写“第×次全体会议”，不混用")
        } else if any(|item| item.unit.is_none()) {
            (Severity::Warning, "几次全会并列时，每次都写“中”")
        } else {
            return;
        };
        let mut changes = Vec::new();
        if term.is_congress {
            changes.push((term.word..term.word + 1, "届".to_owned()));
        }
        for item in items {
            changes.push((item.range.clone(), format!("{}中", chinese(item.number.value))));
            changes.extend(item.noun.iter().map(|(_, range)| (range.clone(), "全会".to_owned())));
        }
        self.correct(Id { severity, ..PLENUM }, meeting, message, changes);
    }

    /// 二十届中央纪委三次全会.
    fn discipline(&mut self, meeting: &Meeting, term: Term, items: &[Item]) {
        let mut changes = in_times(items);
        let message = if term.is_congress {
            changes.insert(0, (term.word..term.word + 1, "届".to_owned()));
            "中央纪委全会写“届”，不写“大”"
        } else {
            "中央纪委全会写“次全会”，“中全会”是中央委员会的全会"
        };
        if !changes.is_empty() {
            self.correct(PLENUM, meeting, message, changes);
        }
    }

    /// 十二届省委五次全会.
    fn local(&mut self, meeting: &Meeting, items: &[Item]) {
        let changes = in_times(items);
        if !changes.is_empty() {
            let message = "地方党委全会写“次全会”，“中全会”是中央委员会的全会";
            self.correct(PLENUM, meeting, message, changes);
        }
    }

    /// 十四届全国人大四次会议.
    fn people(&mut self, meeting: &Meeting, sessions: &Sessions, term: Term, items: &[Item]) {
        let wrong: Vec<Change> = items
            .iter()
            .filter_map(|item| item.noun.as_ref())
            .filter(|(noun, _)| *noun != Noun::Meeting)
            .map(|(_, range)| (range.clone(), "会议".to_owned()))
            .collect();
        if !wrong.is_empty() {
            let message = "全国人大的会议写“×次会议”，不写“全会”";
            self.correct(Id { severity: Severity::Warning, ..NAME }, meeting, message, wrong);
        } else if sessions.named.end <= term.number.start {
            let name = self.written(&sessions.named);
            let changes = vec![(sessions.named.clone(), String::new()), (term.word + 1..term.word + 1, name)];
            let message = "通行的写法是届次在前：“十四届全国人大四次会议”";
            self.report(Id { severity: Severity::Info, ..NAME }, meeting.range.clone(), message, vec![(changes, Applicability::Unsafe)]);
        }
    }

    fn order(&mut self, meeting: &Meeting, items: &[Item]) {
        let numbers: Vec<u8> = items.iter().map(|item| item.number.value).collect();
        if numbers.is_sorted_by(|a, b| a < b) {
            return;
        }
        let mut sorted = numbers;
        sorted.sort_unstable();
        let range = meeting.range.clone();
        if sorted.is_sorted_by(|a, b| a < b) {
            let changes = items.iter().zip(sorted).map(|(item, n)| (item.number.start..item.number.end, chinese(n))).collect();
            let message = "几次全会并列时，按召开的先后排列";
            self.report(ORDER, range, message, vec![(changes, Applicability::Unsafe)]);
        } else {
            self.report(ORDER, range, "同一次全会写了两遍", Vec::new());
        }
    }

    fn repeated(&mut self, meeting: &Meeting) {
        let Some(surplus) = meeting.repeated.clone() else { return };
        if let Some(congress) = meeting.congress()
            && (meeting.owner == Owner::Other || congress.number.value < CERTAIN)
        {
            return;
        }
        let message = match surplus.len() {
            1 => "“大”多写了一个",
            _ => "名称里已经有会议的意思，后面不再写“会议”",
        };
        let spirit = if self.goes_on(surplus.end, &["精神"]) { 2 } else { 0 };
        let range = meeting.range.start..surplus.end + spirit;
        self.report(REPEATED, range, message, vec![(vec![(surplus, String::new())], Applicability::Safe)]);
    }

    fn number_style(&mut self, meeting: &Meeting, numbers: &[Number]) {
        let changes: Vec<Change> =
            numbers.iter().filter(|number| number.arabic).map(|number| (number.start..number.end, chinese(number.value))).collect();
        if !changes.is_empty() {
            let message = "会议的届次、次数用汉字数字";
            self.correct(NUMBER_STYLE, meeting, message, changes);
        }
    }

    /// A meeting long after the draft is only worth a word if the draft says plainly when it was written.
    fn is_missing(&self, existence: Existence) -> bool {
        match existence {
            Existence::Plausible => false,
            Existence::Later(_) => self.as_of.source.is_certain(),
            Existence::Never => true,
        }
    }

    /// Reports a meeting that there is not; `meant` is a number and what it should most likely be.
    fn unknown(&mut self, meeting: &Meeting, name: &str, existence: Existence, meant: Option<(Number, u8)>) {
        let as_of = self.as_of.date;
        let (severity, message) = match existence {
            Existence::Later(Some(day)) => (Severity::Warning, format!("“{name}”{day}才召开，晚于文稿时间{as_of}，请核对届次和次数")),
            Existence::Later(None) => (Severity::Warning, format!("到{as_of}，“{name}”还没有召开，请核对届次和次数")),
            Existence::Never | Existence::Plausible => (Severity::Error, format!("没有“{name}”这次会议，请核对届次和次数")),
        };
        let way = |(number, n): (Number, u8)| (vec![(number.start..number.end, chinese(n))], Applicability::Unsafe);
        // A meeting to come was most likely meant as it is written.
        let ways = meant.filter(|_| existence == Existence::Never).map(way);
        self.report(Id { severity, ..UNKNOWN }, meeting.range.clone(), message, ways.into_iter().collect());
    }

    fn written(&self, range: &Range<usize>) -> String {
        self.folded.chars()[range.clone()].iter().collect()
    }

    /// Adds a finding on a whole meeting that has one certain repair.
    fn correct(&mut self, id: Id, meeting: &Meeting, message: impl Into<String>, changes: Vec<Change>) {
        self.report(id, meeting.range.clone(), message, vec![(changes, Applicability::Safe)]);
    }

    /// Adds a finding on a range of folded characters, with its ways of repair; what a way leaves as it stands is dropped from it.
    fn report(&mut self, id: Id, range: Range<usize>, message: impl Into<String>, ways: Vec<(Vec<Change>, Applicability)>) {
        let span = self.folded.span(self.text, range.start, range.end);
        let fix = |(changes, applicability): (Vec<Change>, Applicability)| {
            let edits = changes.into_iter().filter(|(range, text)| self.written(range) != *text);
            let edits = edits.map(|(range, text)| Edit { span: self.folded.span_in(self.text, span, range.start, range.end), text });
            Fix { edits: edits.collect(), applicability }
        };
        let fixes = ways.into_iter().map(fix).collect();
        let confidence = if id.severity == Severity::Error { 0.98 } else { 0.8 };
        self.findings.push(Finding { fixes, source: Some(SOURCE.into()), ..id.at(span, confidence, message) });
    }
}

/// 三中 → 三次.
fn in_times(items: &[Item]) -> Vec<Change> {
    let mid = items.iter().filter(|item| item.unit == Some(Unit::Mid));
    mid.map(|item| (item.range.end - 1..item.range.end, "次".to_owned())).collect()
}

fn session_name(body: Body, term: u8, number: u8) -> String {
    let (term, number) = (chinese(term), chinese(number));
    match body {
        Body::Central => format!("{term}届{number}中全会"),
        Body::Discipline => format!("{term}届中央纪委{number}次全会"),
        Body::People => format!("{term}届全国人大{number}次会议"),
        Body::Consultative => format!("全国政协{term}届{number}次会议"),
    }
}

fn chinese(n: u8) -> String {
    numeral::write(n.into())
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
