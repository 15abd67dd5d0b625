//! Runs a text through the filters of an index, up to the places where a pattern may stand.
//!
//! Almost every place of a text is nowhere near any pattern, so what counts is to throw places away without waiting for memory and
//! without branches that cannot be foreseen. A batch of places goes through stages, each a plain loop over the survivors of the
//! one before; a survivor is written always and counted only if it survives, which costs no branch:
//!
//! 1. a word by hash of the bigram says which kinds of third symbols matter here ([`Index::filter`]);
//! 2. a bit by hash of the seed says whether some pattern has it ([`Index::bits`]);
//! 3. the number of bits before it names its entries, patterns and places in them;
//! 4. a [`glance`](super::glance) at what surrounds the seed throws most of these away.
//!
//! The loads of one loop do not wait for each other, so the processor has many of them under way at once.

use super::index::{Entry, FILTER, Index, LOOKS, Look, bigram_hash, filter_row, kind, seed_hash};

/// Symbols that must stand before and behind the text, so that every look has a symbol to see, and glances seldom reach beyond.
pub(super) const MARGIN: usize = 16;
/// Places in work at once: the buffers of all stages stay in the fastest cache.
const BATCH: usize = 256;
/// How far looks reach, to either side.
const REACH: usize = 3;

/// Hands each candidate — where the seed lies and its place in `symbols` — to `candidate`. The first and last [`MARGIN`] symbols are no
/// text; `marks` has the mark of each.
pub(super) fn scan(index: &Index, symbols: &[u16], marks: &[u8], mut candidate: impl FnMut(Entry, usize)) {
    let Some(filter) = index.filter.first_chunk() else { return };
    let mut places = [(0, 0); BATCH];
    let mut seeds = [(0, 0); BATCH * LOOKS.len()];
    let (mut uses, mut near) = (Vec::new(), Vec::new());
    let last = symbols.len().saturating_sub(MARGIN);
    for start in (MARGIN..last).step_by(BATCH) {
        let end = (start + BATCH).min(last);
        let count = filtered(filter, &symbols[start..=end], &marks[start - REACH..end + REACH], start as u32, &mut places);
        let count = with_seed(index, symbols, &places[..count], &mut seeds);
        uses.clear();
        uses.extend(seeds[..count].iter().map(|&(hash, at)| (index.entries_of(hash), at)));
        let most = uses.iter().map(|(entries, _)| entries.len()).sum();
        if near.len() < most {
            near.resize(most, (0, 0));
        }
        let mut count = 0;
        for (entries, at) in uses.iter().cloned() {
            for (number, entry) in entries.clone().zip(&index.entries[entries.start as usize..entries.end as usize]) {
                near[count] = (number, at);
                count += usize::from(entry.window.may_lie(marks, at as usize, entry.edits));
            }
        }
        for &(entry, at) in &near[..count] {
            candidate(index.entries[entry as usize], at as usize);
        }
    }
}

/// Writes the places that the filter lets through, from `start` on, with the bits it lets them through for; returns how many.
#[inline]
fn filtered(filter: &[u64; FILTER], symbols: &[u16], marks: &[u8], start: u32, places: &mut [(u32, u64); BATCH]) -> usize {
    let mut kinds = [0_u64; BATCH + 2 * REACH];
    for (bit, &mark) in kinds.iter_mut().zip(marks) {
        *bit = 1 << kind(mark);
    }
    let mut count = 0;
    for ((at, pair), around) in (start..).zip(symbols.windows(2)).zip(kinds.windows(2 * REACH + 1)) {
        let seen = |look: Look| around[REACH.wrapping_add_signed(look.offset())] << look.first_bit();
        let looks = seen(Look::Next) | seen(Look::Skip) | seen(Look::Before) | seen(Look::Back) | 1 << Look::Nowhere.first_bit();
        let bits = filter[filter_row(bigram_hash(pair[0], pair[1]))] & looks;
        places[count % BATCH] = (at, bits);
        count += usize::from(bits != 0);
    }
    count
}

/// Writes the hashes and places of what some pattern has for a seed; returns how many.
#[inline]
fn with_seed(index: &Index, symbols: &[u16], places: &[(u32, u64)], seeds: &mut [(u32, u32)]) -> usize {
    let mut count = 0;
    for &(place, mut bits) in places {
        let at = place as usize;
        let bigram = bigram_hash(symbols[at], symbols[at + 1]);
        while bits != 0 {
            let look = Look::of_bit(bits.trailing_zeros());
            bits &= bits - 1;
            let hash = seed_hash(bigram, look, look.third(symbols, at));
            seeds[count] = (hash, place);
            count += usize::from(index.has_seed(hash));
        }
    }
    count
}
