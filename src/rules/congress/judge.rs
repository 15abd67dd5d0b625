//! What is wrong with one meeting's name, or with a few linked ones: the form, the number, and whether there is such a meeting.

use std::ops::Range;

use super::scan::{self, Congress, CongressForm, Item, Kind, List, Meeting, Noun, Number, Owner, Sessions, Term, Unit};
use super::{JOINT_FORM, NAME, NUMBER_STYLE, ORDER, PLENUM, REPEATED, UNKNOWN, meant};
use crate::as_of::AsOf;
use crate::dictionary::congress::{self, Body, Existence};
use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::numeral;
use crate::rules::Id;
use crate::rules::chars::block_around;
use crate::text::Folded;

/// What the names and the dates of the meetings rest on.
const SOURCE: &str = "历次代表大会和全会公报";

/// What is wrong with 党二十大.
const LACKS_OF: &str = "党的会议的简称前面写“党的”";

/// So many congresses back nobody carries a congress out any more.
const LONG_AGO: u8 = 5;

/// Below this, 党的八大 and the like may be followed by a noun of their own: 党的三大优良作风, 党的六大纪律.
const CERTAIN: u8 = 12;

/// Appends to `findings` what is wrong with the meetings of one text.
pub(super) struct Judge<'a> {
    pub(super) text: &'a str,
    pub(super) folded: &'a Folded,
    pub(super) as_of: AsOf,
    pub(super) findings: &'a mut Vec<Finding>,
}

/// What replaces a range of folded characters.
type Change = (Range<usize>, String);

impl Judge<'_> {
    /// 党的二十大; `next` is what is linked to it.
    pub(super) fn congress(&mut self, meeting: &Meeting, congress: &Congress, next: Option<&Meeting>) {
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

    pub(super) fn sessions(&mut self, meeting: &Meeting, sessions: &Sessions, before: &[Meeting]) {
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

    pub(super) fn repeated(&mut self, meeting: &Meeting) {
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
