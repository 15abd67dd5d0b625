//! Where a text names party congresses and numbered sessions, and how each is written.
//!
//! A scanner turns the characters around numbers into tokens (党的 · 十九 · 大 · 和 · 十九 · 届 · 历次 · 全会); a parser makes
//! meetings of runs of tokens that stand next to each other. Whatever does not fit is no meeting. Nothing is judged here.
//!
//! Indices and ranges count characters of the folded text.

use std::ops::Range;

use crate::dictionary::congress::Body;
use crate::numeral;
use crate::text::Folded;

/// One congress or one row of sessions, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meeting {
    /// All of it, with 党的 or another owner before it, up to its last noun.
    pub range: Range<usize>,
    /// Whether it stands behind the meeting before it with only 和, 、 … between.
    pub linked: bool,
    /// Whose it is.
    pub owner: Owner,
    /// Where 的 is left out behind 党: 党二十大.
    pub lacks_of: Option<usize>,
    /// What it names.
    pub kind: Kind,
    /// What says the noun again before 精神: 会议 in 全会会议精神, the second 大 in 二十大大精神.
    pub repeated: Option<Range<usize>>,
}

/// How sure it is that the party, and not some other organisation, is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// It says so: 党的, 中共, 中国共产党.
    Party,
    /// It stands where a sentence or an object begins: 贯彻十九届五中全会精神.
    Free,
    /// Something else stands before it: 民建十二届三中全会, 市委十三届五次全会.
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Congress(Congress),
    Sessions(Sessions),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Congress {
    pub number: Number,
    pub form: CongressForm,
    /// 第 before the number.
    pub ordinal: Option<usize>,
    /// What stands behind the number and makes it a congress: 大, 次, 届.
    pub word: usize,
}

/// The ways people write a congress, right and wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CongressForm {
    /// 二十大, 第二十大
    Short,
    /// 第二十次全国代表大会
    Full,
    /// 第二十届全国代表大会
    FullWithTerm,
    /// 二十大全国代表大会
    ShortAndFull,
    /// 二十届 before 精神
    Term,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sessions {
    /// The number of the term and the place of 届; `None` where the term is left out after a congress: 十九大和历次全会.
    pub term: Option<Term>,
    /// Who meets; `None` for local party committees.
    pub body: Option<Body>,
    /// Where the body is named, before or behind the term; empty where it goes without saying.
    pub named: Range<usize>,
    pub list: List,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Term {
    pub number: Number,
    /// The place of 届, or of 大 where that is written instead: 二十大三中全会.
    pub word: usize,
    pub is_congress: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum List {
    /// 历次 or 历届 with its place, before 全会.
    Every { word: Range<usize>, per_term: bool },
    /// 三中、四中全会.
    Numbered(Vec<Item>),
}

/// 三中 in 三中、四中全会; 第三次全体会议.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// The number with 第 before it and the unit behind it.
    pub range: Range<usize>,
    pub number: Number,
    pub unit: Option<Unit>,
    pub noun: Option<(Noun, Range<usize>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// 中
    Mid,
    /// 次
    Times,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Noun {
    /// 全会
    Plenum,
    /// 全体会议
    FullPlenum,
    /// 会议
    Meeting,
}

/// A number from 1 to 99.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub value: u8,
    /// First character and one past the last.
    pub start: usize,
    pub end: usize,
    /// Written 20, not 二十.
    pub arabic: bool,
}

impl Meeting {
    /// The congress it names, if it names one.
    pub(super) const fn congress(&self) -> Option<&Congress> {
        match &self.kind {
            Kind::Congress(congress) => Some(congress),
            Kind::Sessions(_) => None,
        }
    }
}

/// All meetings in the order of the text.
pub(super) fn find(folded: &Folded) -> Vec<Meeting> {
    let chars = folded.chars();
    let mut meetings = Vec::new();
    for line in folded.lines() {
        // Most lines name no meeting, and most of the time goes into seeing that.
        if folded.places_in(line.clone(), &['届', '大', '次']).any(|(at, _)| at > 0 && is_numeral(chars[at - 1])) {
            find_in(chars, line.start..line.end + 1, &mut meetings);
        }
    }
    meetings
}

fn find_in(chars: &[char], line: Range<usize>, meetings: &mut Vec<Meeting>) {
    let lexemes = scan(chars, line);
    let mut at = 0;
    let mut linked = false;
    while at < lexemes.len() {
        let mut parser = Parser { chars, lexemes: &lexemes, at, end: lexemes[at].start };
        let before = meetings.last().filter(|_| linked);
        linked = false;
        match parser.meeting(before) {
            Some(meeting) => {
                meetings.push(meeting);
                parser.eat(Token::Spirit);
                linked = parser.eat(Token::Link) && parser.peek().is_some();
                at = parser.at;
            }
            None => at += 1,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    /// 党的, 中共, 中国共产党
    Party,
    /// 党 alone before a number
    BareParty,
    /// 第
    Ordinal,
    Number(Number),
    /// 大
    Big,
    /// 届
    Term,
    Unit(Unit),
    Noun(Noun),
    /// 历次; 历届 if `per_term`
    Every {
        per_term: bool,
    },
    /// 全国代表大会
    Assembly,
    /// 中央委员会, 中央纪委, 全国人大, 全国政协
    Body(Body),
    /// 全国委员会
    NationalCommittee,
    /// 省委, 市纪委 …
    Local,
    /// 、和及与
    Link,
    /// 精神
    Spirit,
}

#[derive(Debug, Clone, Copy)]
struct Lexeme {
    token: Token,
    start: usize,
    end: usize,
}

fn scan(chars: &[char], line: Range<usize>) -> Vec<Lexeme> {
    let mut lexemes: Vec<Lexeme> = Vec::new();
    let mut at = line.start;
    while at < line.end {
        let before = lexemes.last().filter(|lexeme| lexeme.end == at).map(|lexeme| lexeme.token);
        let (token, length) = if is_numeral(chars[at]) { number(chars, at) } else { word(chars, at, before) };
        if let Some(token) = token {
            lexemes.push(Lexeme { token, start: at, end: at + length });
        }
        at += length;
    }
    lexemes
}

/// The token that begins at `at`, and how many characters to go on by. Most words count only behind a certain token.
fn word(chars: &[char], at: usize, before: Option<Token>) -> (Option<Token>, usize) {
    use Token::{Assembly, BareParty, Big, Every, Link, Local, NationalCommittee, Ordinal, Party, Spirit, Term};
    let after_number = matches!(before, Some(Token::Number(_)));
    let after_noun = matches!(before, Some(Token::Noun(_) | Big | Spirit | Assembly));
    let countable = matches!(before, Some(Token::Number(_) | Token::Unit(_) | Every { .. }));
    // In each row: the word, its token, and whether it counts here. The first word that fits is taken.
    let candidates: &[(&str, Token, bool)] = match chars[at] {
        '党' => &[
            ("党的", Party, !belongs_to_another(chars, at)),
            ("党", BareParty, chars.get(at + 1).is_some_and(|&c| is_numeral(c)) && stands_free(chars, at)),
        ],
        '中' => &[
            ("中国共产党的", Party, true),
            ("中国共产党", Party, true),
            ("中共", Party, true),
            ("中央委员会", Token::Body(Body::Central), true),
            ("中央纪律检查委员会", Token::Body(Body::Discipline), true),
            ("中央纪委", Token::Body(Body::Discipline), true),
            ("中纪委", Token::Body(Body::Discipline), true),
            ("中", Token::Unit(Unit::Mid), after_number),
        ],
        '全' => &[
            ("全会", Token::Noun(Noun::Plenum), countable),
            ("全体会议", Token::Noun(Noun::FullPlenum), countable),
            ("全国代表大会", Assembly, matches!(before, Some(Term | Big | Token::Unit(Unit::Times)))),
            ("全国人民代表大会", Token::Body(Body::People), true),
            ("全国人大", Token::Body(Body::People), true),
            ("全国政协", Token::Body(Body::Consultative), true),
            ("全国委员会", NationalCommittee, before == Some(Term)),
        ],
        '政' => &[("政治协商会议", Token::Body(Body::Consultative), true)],
        '第' => &[("第", Ordinal, chars.get(at + 1).is_some_and(|&c| is_numeral(c)))],
        '大' => &[("大", Big, after_number || before == Some(Big))],
        '届' => &[("届", Term, after_number)],
        '次' => &[("次", Token::Unit(Unit::Times), after_number)],
        '会' => &[("会议", Token::Noun(Noun::Meeting), after_noun || matches!(before, Some(Token::Unit(Unit::Times))))],
        '历' => &[("历次", Every { per_term: false }, true), ("历届", Every { per_term: true }, true)],
        '精' => &[("精神", Spirit, after_noun || before == Some(Term))],
        '、' => &[("、", Link, after_noun || after_number || matches!(before, Some(Token::Unit(_))))],
        '和' => &[("和", Link, before.is_some())],
        '及' => &[("及其", Link, before.is_some()), ("及", Link, before.is_some())],
        '与' => &[("与", Link, before.is_some())],
        '暨' => &[("暨", Link, before.is_some())],
        '以' => &[("以及", Link, before.is_some())],
        '省' | '市' | '县' | '区' | '州' | '盟' | '旗' => {
            let local = before == Some(Term);
            return match (chars.get(at + 1), chars.get(at + 2)) {
                (Some('委'), _) if local => (Some(Local), 2),
                (Some('纪'), Some('委')) if local => (Some(Local), 3),
                _ => (None, 1),
            };
        }
        _ => return (None, 1),
    };
    let found = candidates.iter().find(|(word, _, counts)| *counts && starts_with(chars, at, word));
    found.map_or((None, 1), |&(word, token, _)| (Some(token), word.chars().count()))
}

/// Whether the 党 at `at` is another party, or the party of some place: 致公党的, 国民党的, 我市党的.
fn belongs_to_another(chars: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).map(|at| chars[at]);
    before.is_some_and(|c| "公工主民动义产省市县区州盟旗镇乡村校院局".contains(c))
}

/// Whether a number that begins at `start` stands where a sentence or an object begins.
fn stands_free(chars: &[char], start: usize) -> bool {
    const WORDS: [&str; 21] = [
        "贯彻",
        "落实",
        "学习",
        "宣传",
        "宣讲",
        "传达",
        "领会",
        "围绕",
        "聚焦",
        "按照",
        "根据",
        "遵循",
        "召开",
        "迎接",
        "深入",
        "把握",
        "关于",
        "特别是",
        "尤其是",
        "结合",
        "体现",
    ];
    let Some(last) = start.checked_sub(1).map(|at| chars[at]) else { return true };
    "\n、，。；：！？“‘（《〈—…和及与在对自从以将把按为由据至到向经了".contains(last)
        || WORDS.iter().any(|word| start.checked_sub(word.chars().count()).is_some_and(|at| starts_with(chars, at, word)))
}

pub(super) fn starts_with(chars: &[char], at: usize, word: &str) -> bool {
    let mut rest = chars[at..].iter();
    word.chars().all(|c| rest.next() == Some(&c))
}

const fn is_numeral(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '〇' | '零' | '两' | '百' | '千' | '万')
}

/// The number of the longest run of numerals from `at`, if it is one from 1 to 99, and the length of the run.
fn number(chars: &[char], at: usize) -> (Option<Token>, usize) {
    let arabic = chars[at].is_ascii_digit();
    let run = chars[at..].iter().take_while(|c| is_numeral(**c)).count();
    let value = if arabic { arabic_value(chars, at, run) } else { chinese_value(&chars[at..at + run]) };
    (value.map(|value| Token::Number(Number { value, start: at, end: at + run, arabic })), run)
}

fn arabic_value(chars: &[char], at: usize, run: usize) -> Option<u8> {
    let part_of_more = at > 0 && (chars[at - 1].is_ascii_alphanumeric() || matches!(chars[at - 1], '.' | '-' | '/' | ':'));
    let digits: String = chars[at..at + run].iter().collect();
    digits.parse().ok().filter(|n| (1..=99).contains(n) && !part_of_more)
}

fn chinese_value(run: &[char]) -> Option<u8> {
    let run: String = run.iter().collect();
    let (value, used) = numeral::parse(&run)?;
    u8::try_from(value).ok().filter(|&n| n <= 99 && used == run.len())
}

/// Reads meetings off the tokens; only tokens without a gap between them belong together.
#[derive(Clone, Copy)]
struct Parser<'a> {
    chars: &'a [char],
    lexemes: &'a [Lexeme],
    /// The next token.
    at: usize,
    /// Where the last token ended.
    end: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<Token> {
        self.lexemes.get(self.at).filter(|lexeme| lexeme.start == self.end).map(|lexeme| lexeme.token)
    }

    fn advance(&mut self) -> Range<usize> {
        let Lexeme { start, end, .. } = self.lexemes[self.at];
        self.at += 1;
        self.end = end;
        start..end
    }

    fn eat(&mut self, token: Token) -> bool {
        let found = self.peek() == Some(token);
        if found {
            self.advance();
        }
        found
    }

    fn number(&mut self) -> Option<Number> {
        let Some(Token::Number(number)) = self.peek() else { return None };
        self.advance();
        Some(number)
    }

    fn body(&mut self) -> Option<(Body, Range<usize>)> {
        let Some(Token::Body(body)) = self.peek() else { return None };
        Some((body, self.advance()))
    }

    /// A meeting that begins with the next token; `before` is the one it is linked to.
    fn meeting(&mut self, before: Option<&Meeting>) -> Option<Meeting> {
        let start = self.lexemes.get(self.at)?.start;
        let after_congress = before.is_some_and(|meeting| meeting.congress().is_some());
        let lacks_of = self.eat(Token::BareParty).then_some(self.end);
        let by_party = lacks_of.is_some() || self.eat(Token::Party);
        let body = self.body();
        let kind = match self.term(by_party, body.clone()) {
            Some(kind) => kind,
            None if after_congress && !by_party && body.is_none() => {
                Kind::Sessions(Sessions { term: None, body: Some(Body::Central), named: start..start, list: self.list()? })
            }
            None => return None,
        };
        // Other organisations have a 中央委员会 too.
        let anyones = matches!(&kind, Kind::Sessions(Sessions { body: Some(Body::Central), named, .. }) if !named.is_empty());
        let owner = match before {
            _ if by_party => Owner::Party,
            Some(meeting) if meeting.owner == Owner::Party || !anyones => meeting.owner,
            None if !anyones && stands_free(self.chars, start) => Owner::Free,
            _ => Owner::Other,
        };
        let mut meeting = Meeting { range: start..self.end, linked: before.is_some(), owner, lacks_of, kind, repeated: None };
        let mut ahead = *self;
        if let Some(again @ (Token::Noun(Noun::Meeting) | Token::Big)) = ahead.peek() {
            let word = ahead.advance();
            // 十九大大 goes on like 十九大; 十九大大幅提高 is something else.
            let goes_on = || again == Token::Big && self.chars.get(word.end).is_some_and(|&c| "\n、，。；和及与以召报胜".contains(c));
            if ahead.eat(Token::Spirit) || goes_on() {
                meeting.repeated = Some(word);
                *self = ahead;
            }
        }
        Some(meeting)
    }

    /// What begins with a number: a congress, or sessions with their term.
    fn term(&mut self, by_party: bool, prefix: Option<(Body, Range<usize>)>) -> Option<Kind> {
        let start = *self;
        let kind = self.try_term(by_party, prefix);
        if kind.is_none() {
            *self = start;
        }
        kind
    }

    fn try_term(&mut self, by_party: bool, prefix: Option<(Body, Range<usize>)>) -> Option<Kind> {
        let ordinal = self.eat(Token::Ordinal).then(|| self.end - 1);
        let number = self.number()?;
        let token = self.peek()?;
        let word = self.advance().start;
        let congress = |form| Some(Kind::Congress(Congress { number, form, ordinal, word }));
        let is_congress = token == Token::Big;
        match token {
            Token::Big if self.eat(Token::Assembly) => return congress(CongressForm::ShortAndFull),
            Token::Term if self.eat(Token::Assembly) => return congress(CongressForm::FullWithTerm),
            Token::Unit(Unit::Times) if self.eat(Token::Assembly) => return congress(CongressForm::Full),
            Token::Term if by_party && self.peek() == Some(Token::Spirit) => return congress(CongressForm::Term),
            Token::Big | Token::Term => {}
            _ => return None,
        }
        let term = Some(Term { number, word, is_congress });
        let ahead = *self;
        if let Some(sessions) = self.sessions(term, prefix) {
            return Some(Kind::Sessions(sessions));
        }
        *self = ahead;
        if is_congress { congress(CongressForm::Short) } else { None }
    }

    /// What follows 届: a body, unless it stood before, and the sessions.
    fn sessions(&mut self, term: Option<Term>, prefix: Option<(Body, Range<usize>)>) -> Option<Sessions> {
        let (body, named) = match (prefix, self.peek()) {
            (Some((Body::Consultative, at)), Some(Token::NationalCommittee)) => {
                self.advance();
                (Some(Body::Consultative), at)
            }
            (None, Some(Token::Body(body))) => (Some(body), self.advance()),
            (None, Some(Token::Local)) => (None, self.advance()),
            (None, _) => (Some(Body::Central), self.end..self.end),
            (Some((body, at)), _) => (Some(body), at),
        };
        let list = self.list()?;
        let mid = matches!(&list, List::Numbered(items) if items.iter().any(|item| item.unit == Some(Unit::Mid)));
        let before_term = term.is_some_and(|term| named.end <= term.number.start);
        // 中央纪委十九届五中全会精神学习会 speaks of the Central Committee's plenum.
        let body = if mid && before_term { Some(Body::Central) } else { body };
        Some(Sessions { term, body, named, list })
    }

    fn list(&mut self) -> Option<List> {
        if let Some(Token::Every { per_term }) = self.peek() {
            let word = self.advance();
            let plenum = self.eat(Token::Noun(Noun::Plenum)) || self.eat(Token::Noun(Noun::FullPlenum));
            return plenum.then_some(List::Every { word, per_term });
        }
        let mut items = Vec::new();
        // What has been read up to the last noun; 四 in 三中全会、四个方面 is given back.
        let mut complete = None;
        while let Some(item) = self.item() {
            let named = item.noun.is_some();
            items.push(item);
            if named {
                complete = Some((items.len(), *self));
            }
            if !self.eat(Token::Link) {
                break;
            }
        }
        let (length, parser) = complete?;
        *self = parser;
        items.truncate(length);
        Some(List::Numbered(items))
    }

    fn item(&mut self) -> Option<Item> {
        let start = self.end;
        self.eat(Token::Ordinal);
        let number = self.number()?;
        let unit = match self.peek() {
            Some(Token::Unit(unit)) => {
                self.advance();
                Some(unit)
            }
            Some(Token::Big | Token::Term) => return None,
            _ => None,
        };
        let range = start..self.end;
        let noun = match self.peek() {
            Some(Token::Noun(noun)) => Some((noun, self.advance())),
            _ => None,
        };
        Some(Item { range, number, unit, noun })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Folded {
        Folded::new(text, [crate::span::Span::new(0, text.len())])
    }

    fn meetings(text: &str) -> Vec<String> {
        let folded = folded(text);
        find(&folded).into_iter().map(|meeting| folded.chars()[meeting.range].iter().collect()).collect()
    }

    #[test]
    fn congresses_and_sessions_are_found_whole() {
        for (text, expected) in [
            ("深入学习党的二十大和二十届二中、三中全会精神", &["党的二十大", "二十届二中、三中全会"][..]),
            ("中国共产党第二十届中央委员会第三次全体会议公报", &["中国共产党第二十届中央委员会第三次全体会议"]),
            ("出席十四届全国人大四次会议、全国政协十四届四次会议", &["十四届全国人大四次会议", "全国政协十四届四次会议"]),
            ("贯彻二十届中央纪委四次全会和省纪委十二届五次全会精神", &["二十届中央纪委四次全会", "十二届五次全会"]),
            ("党的十九届五中全会、六中全会，四个意识", &["党的十九届五中全会、六中全会"]),
            ("党的二十届三中全会、四个自信", &["党的二十届三中全会"]),
            ("党的二十届三中全会和党的二十大", &["党的二十届三中全会", "党的二十大"]),
            ("党的十九大和历次全会", &["党的十九大", "历次全会"]),
            ("五大发展理念", &["五大"]),
            ("第三届理事会第二次会议", &[]),
            ("二〇二一大事记，120大，十四届全国人大常委会第十次会议", &[]),
        ] {
            assert_eq!(meetings(text), expected, "{text}");
        }
    }

    #[test]
    fn the_owner_is_what_stands_before() {
        for (text, owner) in [
            ("党的二十大", Owner::Party),
            ("贯彻二十届三中全会精神", Owner::Free),
            ("中共二十届三中全会", Owner::Party),
            ("民建十二届三中全会", Owner::Other),
            ("致公党的十六届三中全会", Owner::Other),
            ("越南共产党的十三大", Owner::Other),
            ("共青团第十九届中央委员会第二次全体会议", Owner::Other),
            ("市委十三届五次全会", Owner::Other),
        ] {
            assert_eq!(find(&folded(text)).first().map(|meeting| meeting.owner), Some(owner), "{text}");
        }
    }
}
