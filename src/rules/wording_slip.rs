//! # 词语疑似错字
//!
//! ## 查什么
//! 公文常用词中打错一个字的地方：同音字、近音字、形近字，以及整个词选成另一个同音词的地方。只有换回正确的字以后词语完整、并且与前后的词在公文中常常连用，才报。
//!
//! ## 为什么
//! 拼音和五笔输入容易选错字，“发展里念”“培训斑”这样的错字在打印稿上很显眼，自己却不容易看出来。
//!
//! ## 错例
//! - 完整准确全面贯彻新发展里念
//! - 举办党务工作者培训斑
//! - 县人民征服印发通知
//!
//! ## 正例
//! - 完整准确全面贯彻新发展理念
//! - 李念同志介绍情况（人名不报）
//!
//! ## 修改是否稳妥
//! 原文不成词、改后读来明显更通顺的，可以直接改正；原文本身也是一个词的，只作提醒。
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十九条：公文起草应当表述准确，文字精练。

use std::ops::Range;

use crate::collocation::{Alike, Collocations, Neighbour};
use crate::finding::{Applicability, Finding, Fix, Severity};
use crate::matcher::{shapes, sounds};
use crate::numeral::digit_of;
use crate::segment::Segmenter;
use crate::text::{is_function, is_han};

use super::chars::is_uncommon;
use super::{Context, Id, Meta, Rule};

const SLIP: Id =
    Id { name: "wording/slip", title: "词语疑似错字", severity: Severity::Error, fix: Some(Applicability::Safe), default: true };

/// Looks for words with one wrong character.
pub(super) struct WordingSlip;

/// How much better a stretch must read with the word put right, in nats. Chosen on official texts: from here on six right wordings are
/// reported among 2.1 million characters, most of them old (`docs/quality.md`); a same-sound character that leaves no word needs less.
const NEEDED: f32 = 6.0;
const NEEDED_FOR_HOMOPHONES: f32 = 4.2;
/// A whole word for another needs more, unless both its neighbours are those of the right one.
const NEEDED_FOR_WORDS: f32 = 8.0;
/// From here on what stands there cannot be meant.
const CERTAIN: f32 = 8.0;
/// The same where only one neighbour is that of the right word: 市场禁入 was once not in any list.
const CERTAIN_BESIDE_ONE: f32 = 11.0;

/// How many characters before and after a place are read with it.
const CONTEXT: usize = 8;
/// The longest neighbour that is looked at, in characters.
const NEIGHBOUR: usize = 4;

impl Rule for WordingSlip {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[SLIP], source: include_str!("wording_slip.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let mut best: Vec<Slip> = Vec::new();
        Collocations::builtin().each_alike(cx.folded.chars(), |alike| {
            let slip = judge(cx, &alike).filter(|slip| slip.wrong().all(|place| !is_accounted_for(cx, place)));
            let Some(slip) = slip else { return };
            // Stretches come in text order, so only the last ones can touch.
            let rival = best.iter().rposition(|other| other.end() <= slip.start).map_or(0, |n| n + 1);
            match Some(rival).filter(|&n| n < best.len()) {
                Some(other) if best[other].gain >= slip.gain => {}
                Some(other) => best[other] = slip,
                None => best.push(slip),
            }
        });
        findings.extend(best.into_iter().map(|slip| slip.finding(cx)));
    }
}

/// A word with a wrong character, by its folded characters.
struct Slip {
    start: usize,
    /// The wrong characters, counted from the start.
    places: Range<usize>,
    /// The word as it should be.
    right: String,
    kind: Kind,
    /// What stands there is a word too.
    is_word: bool,
    /// How much better the stretch reads with the right word, in nats.
    gain: f32,
    /// It stands between two neighbours of the right word.
    between: bool,
}

/// What the wrong character has in common with the right one.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Homophone,
    NearSound,
    Shape,
    /// All characters sound as those of the right word do: the input method offered another word.
    Word,
}

impl Slip {
    fn end(&self) -> usize {
        self.start + self.right.chars().count()
    }

    /// The wrong characters.
    fn wrong(&self) -> Range<usize> {
        self.start + self.places.start..self.start + self.places.end
    }

    fn finding(self, cx: &Context<'_>) -> Finding {
        let (start, end, wrong) = (self.start, self.end(), self.wrong());
        // New words are made of parts of old ones and often sound nearly like them: 数智, 数字.
        let enough = if self.between { CERTAIN } else { CERTAIN_BESIDE_ONE };
        let certain = self.gain >= enough && !self.is_word && self.kind != Kind::NearSound;
        let reason = match self.kind {
            Kind::Homophone => "同音字",
            Kind::NearSound => "近音字",
            Kind::Shape => "形近字",
            Kind::Word => "同音词",
        };
        let message = format!("“{}”疑为“{}”：{reason}", cx.words(start, end), self.right);
        let right: String = self.right.chars().skip(self.places.start).take(self.places.len()).collect();
        let applicability = if certain { Applicability::Safe } else { Applicability::Unsafe };
        let mut finding = SLIP.at(cx.span(start, end), if certain { 0.9 } else { 0.75 }, message);
        finding.severity = if certain { Severity::Error } else { Severity::Warning };
        finding.fixes = vec![Fix::replace(cx.span(wrong.start, wrong.end), right, applicability)];
        finding
    }
}

/// Whether `alike` is what was meant where it stands.
fn judge(cx: &Context<'_>, alike: &Alike) -> Option<Slip> {
    let word = alike.word();
    let (text, start, end) = (cx.folded.chars(), alike.start, alike.start + word.len());
    let before = start.checked_sub(1).map(|before| text[before]);
    if !Collocations::builtin().may_stand_between(before, alike, text.get(end).copied()) {
        return None;
    }
    let kind = kind(&text[start..end][alike.places.clone()], &word[alike.places.clone()])?;
    let before = text[..start].iter().rev().take(CONTEXT).take_while(|&&c| is_han(c)).count();
    let after = text[end..].iter().take(CONTEXT).take_while(|&&c| is_han(c)).count();
    let (run, start, end) = (&text[start - before..end + after], before, before + word.len());
    let stretch = &run[start..end];
    let [before, after] = is_usual(run, start, end, word);
    if !(before || after) || is_usual(run, start, end, stretch) != [false; 2] || is_made_of_neighbours(stretch) {
        return None;
    }
    let repaired: Vec<char> = [&run[..start], word, &run[end..]].concat();
    let gain = cx.segmenter.log_probability(&repaired) - cx.segmenter.log_probability(run);
    let is_word = cx.segmenter.frequency(stretch).is_some();
    let needed = match kind {
        Kind::Homophone if !is_word => NEEDED_FOR_HOMOPHONES,
        Kind::Word if !(before && after) => NEEDED_FOR_WORDS,
        Kind::Word => NEEDED_FOR_HOMOPHONES,
        _ => NEEDED,
    };
    // A particle or a conjunction stands beside any word: 县及 is not 县级.
    let function = || stretch[alike.places.clone()].iter().any(|&c| is_function(c));
    if gain < needed || gain < CERTAIN && function() || gain < CERTAIN && cuts_words(cx.segmenter, run, start, end) {
        return None;
    }
    // Last, for looking a character up in the character set is slow.
    if !stretch[alike.places.clone()].iter().all(|&c| is_typed(c)) {
        return None;
    }
    Some(Slip {
        start: alike.start,
        places: alike.places.clone(),
        right: word.iter().collect(),
        kind,
        is_word,
        gain,
        between: before && after,
    })
}

/// What the wrong characters have in common with the right ones.
fn kind(there: &[char], right: &[char]) -> Option<Kind> {
    let (&[there], &[right]) = (there, right) else { return Some(Kind::Word) };
    if sounds().reads(right, sounds().syllable(there)) {
        Some(Kind::Homophone)
    } else if sounds().of(there) == sounds().of(right) {
        Some(Kind::NearSound)
    } else {
        shapes().alike(there, right).then_some(Kind::Shape)
    }
}

/// Whether `word` in the place of `run[start..end]` has a neighbour before it, and one behind it, that it has in right prose.
fn is_usual(run: &[char], start: usize, end: usize, word: &[char]) -> [bool; 2] {
    let (collocations, word) = (Collocations::builtin(), Neighbour::new(word));
    let longest = |room: usize| 1..=NEIGHBOUR.min(room);
    [
        longest(start).any(|n| collocations.are_neighbours(Neighbour::new(&run[start - n..start]), word)),
        longest(run.len() - end).any(|n| collocations.are_neighbours(word, Neighbour::new(&run[end..end + n]))),
    ]
}

/// Whether what stands there is words that stand so in right prose: 建 强 is not 坚强, 数 智 化 not 数字化.
fn is_made_of_neighbours(stretch: &[char]) -> bool {
    let neighbours = |left: &[char], right: &[char]| Collocations::builtin().are_neighbours(Neighbour::new(left), Neighbour::new(right));
    (1..stretch.len()).any(|border| {
        let (left, right) = stretch.split_at(border);
        neighbours(left, right) || neighbours(left, &right[..1]) && is_made_of_neighbours(right)
    })
}

/// Whether a word of the text as it stands lies across `start` or `end`: 闯 新路 is not 创新 路.
fn cuts_words(segmenter: &Segmenter, text: &[char], start: usize, end: usize) -> bool {
    let mut words = Vec::new();
    segmenter.words(text, &mut words);
    words.iter().any(|word| [start, end].into_iter().any(|border| word.start < border && border < word.end))
}

/// Whether the character belongs to a phrase that is right as it stands, or to one that is reported already.
fn is_accounted_for(cx: &Context<'_>, place: usize) -> bool {
    cx.mentions.around(place, place).any(|mention| place < mention.end)
}

/// Whether the character can be a slip: traditional characters belong to another way of writing (an input method for simplified ones offers those of
/// GB 2312), and numbers count something.
fn is_typed(c: char) -> bool {
    !is_uncommon(c) && digit_of(c).is_none()
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn a_word_is_put_right_beside_its_usual_neighbours() {
        check(
            &WordingSlip,
            &[
                ("完整准确全面贯彻新发展里念", &["wording/slip 里念 → 理念"]),
                ("举办党务工作者培训斑", &["wording/slip 培训斑 → 培训班"]),
                ("牢牢掌握意识形态工作领到权", &["wording/slip 领到 → 领导"]),
                ("县人民征服印发通知", &["wording/slip 人民征服 → 人民政府"]),
                ("加强监督检查，提升工作质效", &[]),
                ("征服自然，李念同志介绍情况，里念村通了公路", &[]),
                ("完整准确全面贯彻新发展理念", &[]),
            ],
        );
    }
}
