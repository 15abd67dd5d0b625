//! The oracle of the near matcher: edit distance by brute force.

use hegao::matcher::align::EditKind;
use hegao::matcher::compile::Builder;
use hegao::matcher::index::{Role, edits_for, is_ignored};
use hegao::matcher::{Hit, Matcher, Scratch, sounds};

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

/// A matcher over these patterns, numbered in their order.
pub fn matcher<'a>(patterns: impl IntoIterator<Item = &'a Vec<char>>) -> Matcher {
    let mut builder = Builder::new(sounds());
    for (number, pattern) in (0..).zip(patterns) {
        let text: String = pattern.iter().collect();
        builder.add(&text, number, Role::Canonical, 0, edits_for(pattern.len()));
    }
    Matcher::new(vec![builder.build()])
}

/// Every near place must be hit, at no more edits than it has, and every hit must be as near as it says.
pub fn assert_complete(patterns: &[Vec<char>], text: &[char]) {
    let matcher = matcher(patterns);
    let hits = matcher.find(text, &mut Scratch::default());
    let read: Vec<(usize, char)> = text.iter().copied().enumerate().filter(|&(_, c)| !is_ignored(c)).collect();
    let chars: Vec<char> = read.iter().map(|&(_, c)| c).collect();
    for (number, pattern) in (0..).zip(patterns).filter(|(_, pattern)| pattern.len() >= 4) {
        let of_pattern: Vec<&Hit> = hits.iter().filter(|hit| matcher.pattern(hit.pattern).phrase == number).collect();
        // Where the pattern is nearer hereabouts without its first or last character, that character is missing: no near place.
        let shortened = [&pattern[1..], &pattern[..pattern.len() - 1]];
        let without_one = |start: usize| shortened.into_iter().flat_map(|pattern| distances(pattern, &chars[start..])).min();
        let lacking: Vec<Option<usize>> = (0..chars.len()).map(without_one).collect();
        for start in 0..chars.len() {
            let hereabouts = &lacking[start.saturating_sub(3)..(start + 4).min(chars.len())];
            let lacking = hereabouts.iter().flatten().min().copied();
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
