//! The matcher misses nothing: brute-force edit distance is its oracle on small alphabets, planted edits on the shipped dictionary.

mod support;

use hegao::Dictionary;
use hegao::matcher::Scratch;
use hegao::matcher::index::{edits_for, is_ignored};
use proptest::prelude::*;
use support::near::{assert_complete, matcher};

/// Few characters, so that random texts are full of near matches: two pairs that sound alike, pauses, a quotation mark, the end of a block.
const TEXT: [char; 11] = ['党', '建', '见', '工', '公', '作', '会', '、', '，', '“', '\n'];
/// What patterns are made of.
const PATTERN: [char; 8] = ['党', '建', '见', '工', '公', '作', '会', '、'];

fn string(letters: &'static [char], length: std::ops::Range<usize>) -> impl Strategy<Value = Vec<char>> {
    prop::collection::vec(prop::sample::select(letters), length)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn brute_force_finds_nothing_more(
        patterns in prop::collection::vec(string(&PATTERN, 2..24), 1..12),
        pieces in prop::collection::vec((string(&TEXT, 0..6), any::<prop::sample::Index>(), string(&TEXT, 0..3), 0..32_usize), 1..6),
    ) {
        // Some text, then a pattern in which a stretch is replaced by another.
        let mut text = Vec::new();
        for (before, which, change, at) in pieces {
            text.extend(before);
            let mut planted = which.get(&patterns).clone();
            let from = at.min(planted.len());
            let to = (from + at % 3).min(planted.len());
            planted.splice(from..to, change);
            text.extend(planted);
        }
        assert_complete(&patterns, &text);
    }
}

/// Each way to harm a phrase by one edit.
fn harmed(phrase: &[char]) -> Vec<Vec<char>> {
    let mut all = vec![phrase.to_vec()];
    for at in 0..phrase.len() {
        let harm = |range: std::ops::Range<usize>, with: &[char]| {
            let mut text = phrase.to_vec();
            text.splice(range, with.iter().copied());
            text
        };
        all.push(harm(at..at + 1, &['龘']));
        if at > 0 {
            all.push(harm(at..at, &['龘']));
            if at + 1 < phrase.len() {
                all.push(harm(at..at + 1, &[]));
            }
            all.push(harm(at - 1..at + 1, &[phrase[at], phrase[at - 1]]));
        }
    }
    all
}

#[test]
fn every_planted_edit_is_found() {
    let dictionary = Dictionary::builtin();
    let mut scratch = Scratch::default();
    let mut planted = 0;
    for phrase in dictionary.phrases().filter(|phrase| phrase.near) {
        let right: Vec<char> = phrase.text.chars().filter(|&c| !is_ignored(c) && c != ' ').collect();
        let edits = edits_for(right.len());
        if edits == 0 {
            continue;
        }
        let mut texts = harmed(&right);
        // Where more edits are allowed, harm each part of the phrase once more.
        for part in 1..usize::from(edits) {
            let cut = right.len() * part / usize::from(edits);
            let more =
                texts.iter().step_by(3).filter(|text| text.len() > cut + 2).map(|text| [&text[..cut], &['靐'], &text[cut + 1..]].concat());
            let more: Vec<_> = more.collect();
            texts.extend(more);
        }
        for text in texts {
            let around: Vec<char> = "关于".chars().chain(text.iter().copied()).chain("等情况".chars()).collect();
            let hits = dictionary.matcher().find(&around, &mut scratch);
            let found = hits.iter().any(|hit| dictionary.phrase(hit.pattern).is_some_and(|found| found.text == phrase.text));
            assert!(found, "{} is not found in {}", phrase.text, around.iter().collect::<String>());
            planted += 1;
        }
    }
    assert!(planted > 50_000, "only {planted} edits were planted");
}

#[test]
fn what_holds_the_pattern_to_the_letter_is_no_near_form() {
    let pattern: Vec<char> = "国家数据局".chars().collect();
    let text: Vec<char> = "国家数据局局长出席".chars().collect();
    let hits = matcher([&pattern]).find(&text, &mut Scratch::default());
    assert_eq!(hits.iter().map(|hit| (hit.start, hit.end, hit.is_exact())).collect::<Vec<_>>(), [(0, 5, true)]);
}
