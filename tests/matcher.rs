//! The matcher misses nothing: brute-force edit distance is its oracle on small alphabets, planted edits on the shipped dictionary.

use hegao::Dictionary;
use hegao::matcher::align::EditKind;
use hegao::matcher::compile::Builder;
use hegao::matcher::index::{Role, edits_for, is_ignored};
use hegao::matcher::{Hit, Matcher, Scratch, sounds};
use proptest::prelude::*;

/// Few characters, so that random texts are full of near matches: two pairs that sound alike, pauses, a quotation mark, the end of a block.
const TEXT: [char; 11] = ['党', '建', '见', '工', '公', '作', '会', '、', '，', '“', '\n'];
/// What patterns are made of.
const PATTERN: [char; 8] = ['党', '建', '见', '工', '公', '作', '会', '、'];

fn string(letters: &'static [char], length: std::ops::Range<usize>) -> impl Strategy<Value = Vec<char>> {
    prop::collection::vec(prop::sample::select(letters), length)
}

/// The least number of edits between all of `pattern` and a stretch of `text` from its start on, for each length of stretch; infinite where
/// there is none. Neighbours may be swapped to the letter; the first and the last character of the pattern may be replaced but not missing.
fn distances(pattern: &[char], text: &[char]) -> Vec<usize> {
    const NEVER: usize = 1_000;
    let same = |a: char, b: char| sounds().of(a) == sounds().of(b);
    let (m, n) = (pattern.len(), text.iter().position(|&c| c == '\n').unwrap_or(text.len()).min(pattern.len() + 3));
    let mut cost = vec![vec![NEVER; n + 1]; m + 1];
    cost[0][0] = 0;
    for i in 0..=m {
        for j in 0..=n {
            let mut best = cost[i][j];
            if i > 0 && j > 0 {
                best = best.min(cost[i - 1][j - 1] + usize::from(!same(pattern[i - 1], text[j - 1])));
            }
            if i > 1 && i < m {
                best = best.min(cost[i - 1][j] + 1);
            }
            if i > 0 && i < m && j > 0 {
                best = best.min(cost[i][j - 1] + 1);
            }
            if i > 1 && j > 1 && pattern[i - 2] == text[j - 1] && pattern[i - 1] == text[j - 2] {
                best = best.min(cost[i - 2][j - 2] + 1);
            }
            cost[i][j] = best;
        }
    }
    cost.swap_remove(m)
}

fn cost(hit: &Hit) -> usize {
    hit.edits.iter().filter(|edit| edit.kind != EditKind::Sound).count()
}

fn matcher<'a>(patterns: impl IntoIterator<Item = &'a Vec<char>>) -> Matcher {
    let mut builder = Builder::new(sounds());
    for (number, pattern) in (0..).zip(patterns) {
        let text: String = pattern.iter().collect();
        builder.add(&text, number, Role::Canonical, 0, edits_for(pattern.len()));
    }
    Matcher::new(vec![builder.build()])
}

/// Every near place must be hit, at no more edits than it has, and every hit must be as near as it says.
fn assert_complete(patterns: &[Vec<char>], text: &[char]) {
    let matcher = matcher(patterns);
    let hits = matcher.find(text, &mut Scratch::default());
    let read: Vec<(usize, char)> = text.iter().copied().enumerate().filter(|&(_, c)| !is_ignored(c)).collect();
    let chars: Vec<char> = read.iter().map(|&(_, c)| c).collect();
    for (number, pattern) in (0..).zip(patterns).filter(|(_, pattern)| pattern.len() >= 4) {
        let of_pattern: Vec<&Hit> = hits.iter().filter(|hit| matcher.pattern(hit.pattern).phrase == number).collect();
        for start in 0..chars.len() {
            // Where the pattern is nearer hereabouts without its first or last character, that character is missing: no near place.
            let shortened = [&pattern[1..], &pattern[..pattern.len() - 1]];
            let hereabouts = start.saturating_sub(3)..(start + 4).min(chars.len());
            let lacking = hereabouts.flat_map(|start| shortened.map(|p| distances(p, &chars[start..]))).flatten().min();
            let most = usize::from(edits_for(pattern.len())).min(lacking.unwrap_or(0));
            for (length, &distance) in distances(pattern, &chars[start..]).iter().enumerate().filter(|&(_, &distance)| distance <= most) {
                let (from, to) = (read[start].0 as u32, read[start + length - 1].0 as u32 + 1);
                let found = of_pattern.iter().any(|hit| hit.start < to && from < hit.end && cost(hit) <= distance);
                assert!(found, "{pattern:?} stands at {from}..{to} of {text:?} with {distance} edits; hits: {of_pattern:?}");
            }
        }
        for hit in of_pattern {
            let start = read.partition_point(|&(place, _)| place < hit.start as usize);
            let end = read.partition_point(|&(place, _)| place < hit.end as usize);
            let distance = distances(pattern, &chars[start..]).get(end - start).copied();
            assert!(distance.is_some_and(|distance| distance <= cost(hit)), "{pattern:?} in {text:?}: {hit:?}, but {distance:?}");
        }
    }
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
