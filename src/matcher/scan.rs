//! Runs a text through the filters of an index, up to the places where a pattern may stand.
//!
//! Almost every place of a text is nowhere near any pattern, so what counts is to throw places away without waiting for memory and
//! without branches that cannot be foreseen. A batch of places goes through stages, each a plain loop over the survivors of the
//! one before; a survivor is appended always and counted only if it survives, which costs no branch:
//!
//! 1. a word by hash of the bigram says which third symbols matter here ([`Index::filter`]);
//! 2. a bit by hash of the seed says whether some pattern has it ([`Index::bits`]);
//! 3. the number of bits before it names its entries, patterns and places in them.
//!
//! The loads of one loop do not wait for each other, so the processor has many of them under way at once.

use super::index::{Entry, FILTER, Index, LOOKS, Look, bigram_hash, filter_code, filter_row, seed_hash};

/// Symbols that must stand before and behind the text, so that every look has a symbol to see.
pub(super) const MARGIN: usize = 3;
/// Places in work at once: the buffers of all stages stay in the fastest cache.
const BATCH: usize = 256;

/// Hands each candidate — where the seed lies and its place in `symbols` — to `candidate`. The first and last [`MARGIN`] symbols are no text.
pub(super) fn scan(index: &Index, symbols: &[u16], mut candidate: impl FnMut(Entry, usize)) {
    let Some(filter) = index.filter.first_chunk::<FILTER>() else { return };
    let mut codes = [0_u8; BATCH + 2 * MARGIN];
    let mut places = [(0_u32, 0_u8); BATCH];
    let mut seeds: Vec<(u32, u32)> = Vec::new();
    let mut found: Vec<(&[Entry], u32)> = Vec::with_capacity(BATCH);
    let last = symbols.len().saturating_sub(MARGIN + 1);
    for start in (MARGIN..last).step_by(BATCH) {
        let end = (start + BATCH).min(last);
        for (code, &symbol) in codes.iter_mut().zip(&symbols[start - MARGIN..end + MARGIN]) {
            *code = filter_code(symbol);
        }
        let mut count = 0;
        for ((at, pair), near) in (start as u32..).zip(symbols[start..=end].windows(2)).zip(codes.windows(2 * MARGIN + 1)) {
            let row = filter[filter_row(bigram_hash(pair[0], pair[1]))];
            let bit = |look: Look| {
                let code = if look == Look::Nowhere { 0 } else { near[MARGIN.wrapping_add_signed(look.offset())] };
                (row >> look.filter_bit(code)) as u8 & 1
            };
            let looks = LOOKS.into_iter().fold(0, |looks, look| looks | bit(look) << look as u8);
            places[count % BATCH] = (at, looks);
            count += usize::from(looks != 0);
        }
        seeds.clear();
        for &(at, mut looks) in &places[..count] {
            let bigram = bigram_hash(symbols[at as usize], symbols[at as usize + 1]);
            while looks != 0 {
                let look = LOOKS[looks.trailing_zeros() as usize];
                looks &= looks - 1;
                let hash = seed_hash(bigram, look, look.third(symbols, at as usize));
                if index.has_seed(hash) {
                    seeds.push((hash, at));
                }
            }
        }
        found.clear();
        found.extend(seeds.iter().map(|&(hash, at)| (index.entries_of(hash), at)));
        for &(entries, at) in &found {
            for &entry in entries {
                candidate(entry, at as usize);
            }
        }
    }
}
