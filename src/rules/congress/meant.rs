//! Which number was meant where a meeting's number cannot be right: 九十大 is 十九大 with its numerals swapped, 十届五中全会 lacks one.

use crate::date::Date;
use crate::dictionary::congress::{self, Existence};
use crate::numeral;

/// No number of a meeting is greater; the table of meetings sees to the rest.
const GREATEST: u8 = 40;

/// The number that `written` becomes when two neighbours are put in order, or else the greatest it becomes with a numeral put in, of those that `fits`.
pub(super) fn number(written: &[char], fits: impl Fn(u8) -> bool) -> Option<u8> {
    let fits = |n: &u8| fits(*n);
    let swapped = (1..=GREATEST).filter(|&n| is_swapped(written, &numeral(n))).find(fits);
    swapped.or_else(|| (1..=GREATEST).rev().filter(|&n| lacks_one(written, &numeral(n))).find(fits))
}

/// Whether `written` is the numeral of `number` without one of its characters: 九 and 十 for 十九.
pub(super) fn is_part_of(written: &[char], number: u8) -> bool {
    lacks_one(written, &numeral(number))
}

/// The party congress that was the last one on the day.
pub(super) fn last_congress(on: Date) -> u8 {
    // The next one is always something to look forward to.
    (1..=GREATEST).take_while(|&n| congress::congress(n, on) == Existence::Plausible).last().map_or(0, |next| next - 1)
}

fn numeral(n: u8) -> Vec<char> {
    numeral::write(n.into()).chars().collect()
}

fn is_swapped(written: &[char], right: &[char]) -> bool {
    let swapped_at = |i: usize| {
        let mut swapped = right.to_vec();
        swapped.swap(i, i + 1);
        swapped != right && swapped == written
    };
    (0..right.len().saturating_sub(1)).any(swapped_at)
}

fn lacks_one(written: &[char], right: &[char]) -> bool {
    let without = |i: usize| right[..i].iter().chain(&right[i + 1..]).eq(written);
    (0..right.len()).any(without)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_mended_by_a_swap_or_by_one_numeral_more() {
        let mended = |written: &str, greatest: u8| number(&written.chars().collect::<Vec<_>>(), |n| n <= greatest);
        for (written, greatest, expected) in [
            ("九十", 20, Some(19)),
            ("八十", 20, Some(18)),
            ("十", 20, Some(20)),
            ("十", 19, Some(19)),
            ("九", 20, Some(19)),
            ("七", 16, None),
            ("三十", 20, Some(13)),
            ("十九", 20, None),
        ] {
            assert_eq!(mended(written, greatest), expected, "{written}");
        }
    }

    #[test]
    fn the_last_congress_of_a_day() {
        assert_eq!(last_congress(Date::new(2026, 11, 23)), 20);
        assert_eq!(last_congress(Date::new(2018, 0, 0)), 19);
    }
}
