//! Mentions: where a text uses a phrase of the dictionary, rightly, wrongly, or nearly.
//!
//! The matcher reports every place where a form of a record stands exactly or within a few edits; most near ones in good prose are legitimate
//! neighbours (推进高质量发展 beside 推动高质量发展). Here the hits become mentions: a right form covers what lies in it, a listed wrong form must
//! keep to word boundaries, a near form must pass the [`gate`], and of the readings of one place the best one wins.

pub mod gate;

use std::collections::BTreeMap;

use gate::{Gate, Repair, Slip, SlipKind};

use crate::date::Date;
use crate::dictionary::{Dictionary, Phrase};
use crate::matcher::index::Role;
use crate::matcher::{Hit, PatternId, Scratch};
use crate::segment::Segmenter;
use crate::text::Folded;

/// One place where a phrase is used.
#[derive(Debug, Clone)]
pub struct Mention<'d> {
    /// The record.
    pub phrase: &'d Phrase,
    /// First folded character.
    pub start: usize,
    /// One past the last folded character.
    pub end: usize,
    /// How it stands there.
    pub form: Form,
}

/// How a phrase stands in the text.
#[derive(Debug, Clone)]
pub enum Form {
    /// In its canonical or long form.
    Canonical,
    /// In a further right form, by number.
    Also(usize),
    /// As one item of its enumeration, by number.
    Member(usize),
    /// In a known wrong form, by number.
    Wrong(usize),
    /// With a slip.
    Slip(Slip),
}

/// All mentions of one text, and the places of template anchors.
#[derive(Debug, Default)]
pub struct Mentions<'d> {
    /// In text order.
    pub all: Vec<Mention<'d>>,
    /// Anchors of templates and where they begin in the folded text, in text order.
    pub anchors: Vec<(PatternId, usize)>,
}

impl<'d> Mentions<'d> {
    /// Finds the mentions of `dictionary` in `folded`.
    pub fn find(folded: &Folded, dictionary: &'d Dictionary, segmenter: &Segmenter, scratch: &mut Scratch) -> Self {
        let text = folded.chars();
        let hits = dictionary.matcher().find(text, scratch);
        let cover = Cover::new(dictionary, &hits);
        let gate = Gate { text, dictionary, segmenter };
        let mut mentions = Self::default();
        let mut slips: Vec<Mention<'d>> = Vec::new();
        for hit in &hits {
            let pattern = dictionary.matcher().pattern(hit.pattern);
            let Some(phrase) = dictionary.phrase(hit.pattern) else {
                if pattern.role() == Role::Anchor {
                    mentions.anchors.push((hit.pattern, hit.start as usize));
                }
                continue;
            };
            let (start, end) = (hit.start as usize, hit.end as usize);
            if !hit.is_exact() {
                let slip = gate.judge(hit, &cover);
                slips.extend(slip.map(|(place, slip)| Mention { phrase, start: place.start, end: place.end, form: Form::Slip(slip) }));
                continue;
            }
            let form = usize::from(pattern.form);
            let form = match pattern.role() {
                Role::Canonical | Role::Full => Form::Canonical,
                Role::Also => Form::Also(form),
                Role::Member => Form::Member(form),
                Role::Wrong if cover.contains(start, end) || !gate.is_listed_slip(start, end, phrase.right_for(form)) => continue,
                Role::Wrong => Form::Wrong(form),
                Role::Anchor => continue,
            };
            let mention = Mention { phrase, start, end, form };
            match mention.form {
                Form::Slip(_) | Form::Wrong(_) => slips.push(mention),
                _ => mentions.all.push(mention),
            }
        }
        slips.extend(gate.doubled_at_edges(&mentions.all, &cover));
        mentions.all.extend(best_of_each_place(slips));
        mentions.all.sort_by_key(|mention| (mention.start, std::cmp::Reverse(mention.end)));
        mentions
    }
}

impl Mentions<'_> {
    /// The places of right set expressions, as folded characters: of those that overlap, the one that begins first and is longest.
    pub fn expressions(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let mut reach = 0;
        let right = self.all.iter().filter(|mention| matches!(mention.form, Form::Canonical | Form::Also(_)));
        right.filter_map(move |mention| {
            let free = mention.start >= reach;
            reach = if free { mention.end } else { reach };
            free.then_some((mention.start, mention.end))
        })
    }

    /// The mentions that overlap or touch the folded characters from `start` to `end`, the last one first. What it costs does not grow with the text.
    pub fn around(&self, start: usize, end: usize) -> impl Iterator<Item = &Mention<'_>> {
        /// No mention is longer, in folded characters.
        const LONGEST: usize = 200;
        let before = &self.all[..self.all.partition_point(|mention| mention.start <= end)];
        before.iter().rev().take_while(move |mention| mention.start + LONGEST > start).filter(move |mention| mention.end >= start)
    }

    /// From when on the phrases used in their canonical form have been in use; each phrase once.
    pub fn since(&self) -> impl Iterator<Item = Date> {
        let canonical = self.all.iter().filter(|mention| matches!(mention.form, Form::Canonical));
        let mut phrases: Vec<&Phrase> = canonical.map(|mention| mention.phrase).collect();
        phrases.sort_by_key(|phrase| std::ptr::from_ref(*phrase) as usize);
        phrases.dedup_by(|a, b| std::ptr::eq(*a, *b));
        phrases.into_iter().filter_map(|phrase| Date::parse(phrase.since.as_deref()?))
    }
}

/// The stretches of text that right forms account for.
pub(crate) struct Cover {
    /// Right forms in order of their starts: start, end, greatest end so far.
    right: Vec<(u32, u32, u32)>,
}

impl Cover {
    fn new(dictionary: &Dictionary, hits: &[Hit]) -> Self {
        let mut right = Vec::new();
        let mut reach = 0;
        for hit in hits {
            let role = dictionary.matcher().pattern(hit.pattern).role();
            let counts = matches!(role, Role::Canonical | Role::Full | Role::Also | Role::Member);
            if hit.is_exact() && counts && dictionary.phrase(hit.pattern).is_some() {
                reach = reach.max(hit.end);
                right.push((hit.start, hit.end, reach));
            }
        }
        Self { right }
    }

    /// Whether one right form holds all of `start..end`.
    pub(crate) fn contains(&self, start: usize, end: usize) -> bool {
        self.around(start, end).next().is_some()
    }

    /// The right forms that hold all of `start..end`.
    pub(crate) fn around(&self, start: usize, end: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        let first = self.right.partition_point(|&(s, _, _)| s as usize <= start);
        self.right[..first]
            .iter()
            .rev()
            .take_while(move |&&(_, _, reach)| reach as usize >= end)
            .filter(move |&&(_, e, _)| e as usize >= end)
            .map(|&(s, e, _)| (s as usize, e as usize))
    }
}

/// Of mentions that touch, the most certain one; of equally certain ones, the one that explains most text.
fn best_of_each_place(mut slips: Vec<Mention<'_>>) -> Vec<Mention<'_>> {
    // Whoever explains a slip holds it, so it begins no farther before it than the longest one reaches: a draft may have a million of them.
    slips.sort_by_key(|slip| slip.start);
    let longest = slips.iter().map(|slip| slip.end - slip.start).max().unwrap_or_default();
    let is_explained = |slip: &Mention| {
        let first = slips.partition_point(|other| other.start + longest < slip.end);
        slips[first..].iter().take_while(|other| other.start <= slip.start).any(|other| other.explains(slip))
    };
    let explained: Vec<bool> = slips.iter().map(is_explained).collect();
    let mut explained = explained.into_iter();
    slips.retain(|_| !explained.next().unwrap_or(false));
    slips.sort_by(|a, b| b.rank().total_cmp(&a.rank()).then(a.start.cmp(&b.start)));
    // Those kept do not overlap, so only the last one that begins before the end of another can.
    let mut kept: BTreeMap<usize, Mention<'_>> = BTreeMap::new();
    for slip in slips {
        if kept.range(..slip.end).next_back().is_none_or(|(_, other)| other.end <= slip.start) {
            kept.insert(slip.start, slip);
        }
    }
    kept.into_values().collect()
}

impl Mention<'_> {
    /// Whether it makes `other` needless: a longer phrase that covers the same mistake, or a slip that repairs a listed wrong form and what is
    /// beside it (习近平总记书 holds 习近平总记).
    fn explains(&self, other: &Self) -> bool {
        let Form::Slip(slip) = &self.form else { return false };
        let longer = self.start <= other.start && other.end <= self.end && self.end - self.start > other.end - other.start;
        longer
            && match &other.form {
                Form::Slip(part) if slip.repairs.len() <= part.repairs.len() => true,
                // More mistakes explain more only where each is one of the hand: 宣传贯彻 is not 全面贯彻 misspelt.
                Form::Slip(part) => slip.kind <= SlipKind::Doubled && part.repairs.iter().all(|repair| slip.repairs.contains(repair)),
                Form::Wrong(_) => {
                    let within = |repair: &&Repair| other.start <= repair.from && repair.from < other.end;
                    let inside = slip.repairs.iter().filter(within).count();
                    0 < inside && inside < slip.repairs.len()
                }
                _ => false,
            }
    }

    fn rank(&self) -> f32 {
        match &self.form {
            Form::Slip(slip) => slip.score,
            // A listed form was put there by somebody who knew.
            Form::Wrong(_) => 1000.0 + (self.end - self.start) as f32,
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    #[test]
    fn around_a_place_are_the_mentions_that_reach_it() {
        let text = "做好工作布署，增强“四个意识”、坚定“四个自信”、做到“两个维护”，落实中央经济工作会仪精神。".repeat(12);
        let folded = Folded::new(&text, [Span::new(0, text.len())]);
        let dictionary = Dictionary::builtin();
        let mentions = Mentions::find(&folded, &dictionary, Segmenter::builtin(), &mut Scratch::default());
        assert!(mentions.all.len() > 36);
        let places = |found: Vec<&Mention<'_>>| found.iter().map(|mention| (mention.start, mention.end)).collect::<Vec<_>>();
        for start in 0..folded.chars().len() {
            for end in [start, start + 1, start + 30, start + 300] {
                let reach = mentions.all.iter().rev().filter(|mention| mention.start <= end && start <= mention.end);
                assert_eq!(places(mentions.around(start, end).collect()), places(reach.collect()));
            }
        }
    }
}
