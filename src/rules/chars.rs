//! What several rules ask of the characters of the folded text.

use crate::text::is_han;

/// A Chinese character outside GB/T 2312, which holds the characters of ordinary writing: the traditional form of one, or a rare one.
pub(super) fn is_uncommon(c: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, ..) = encoding_rs::GBK.encode(c.encode_utf8(&mut buffer));
    is_han(c) && !matches!(bytes[..], [0xb0..=0xf7, 0xa1..=0xfe])
}

/// The block around `start..end`, of a block without end the next part on either side: a rule that reads it from each of its places must not go over all
/// of it again and again.
pub(super) fn block_around(chars: &[char], start: usize, end: usize) -> &[char] {
    const MOST: usize = 1_000;
    let before = chars[..start].iter().rev().take(MOST).take_while(|&&c| c != '\n').count();
    let after = chars[end..].iter().take(MOST).take_while(|&&c| c != '\n').count();
    &chars[start - before..end + after]
}

/// Whether `word` stands at `at`.
pub(super) fn starts_with(chars: &[char], at: usize, word: &str) -> bool {
    let mut rest = chars.get(at..).unwrap_or_default().iter();
    word.chars().all(|c| rest.next() == Some(&c))
}

/// Whether `word` ends before `end`.
pub(super) fn ends_with(chars: &[char], end: usize, word: &str) -> bool {
    let mut rest = chars[..end].iter().rev();
    word.chars().rev().all(|c| rest.next() == Some(&c))
}

/// The first of `words` (the longer ones first) that stands at `at`.
pub(super) fn word_at(chars: &[char], at: usize, words: &[&'static str]) -> Option<&'static str> {
    words.iter().copied().find(|word| starts_with(chars, at, word))
}

/// Where the run of ASCII digits that starts at `at` ends.
pub(super) fn digits_after(chars: &[char], at: usize) -> usize {
    at + chars.get(at..).unwrap_or_default().iter().take_while(|c| c.is_ascii_digit()).count()
}

/// Where the run of at most `longest` ASCII digits that ends before `end` starts.
pub(super) fn digits_before(chars: &[char], end: usize, longest: usize) -> usize {
    end - chars[..end].iter().rev().take(longest).take_while(|c| c.is_ascii_digit()).count()
}

/// The number a run of at most nine ASCII digits stands for.
pub(super) fn value(digits: &[char]) -> Option<u32> {
    let one = |n: u32, c: &char| Some(n * 10 + c.to_digit(10)?);
    (1..=9).contains(&digits.len()).then(|| digits.iter().try_fold(0, one))?
}
