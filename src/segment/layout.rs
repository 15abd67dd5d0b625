//! How a slot of the word trie is packed: the one fact that the builder (`build/words.rs`) and the reader (`trie.rs`) share.
//!
//! A slot is one `u64`, so that a step of a walk touches eight bytes:
//!
//! | bits | field | meaning |
//! |---|---|---|
//! | 0–19 | check | the parent's slot; [`ROOT`] for a first character; no slot at all where nobody lives |
//! | 20–35 | class | the frequency of the word that ends here, as a row of the table of frequencies; 0 when none ends here |
//! | 36–43 | tag | its part of speech, as a row of the table of tags |
//! | 44–63 | base | the child by code `c` lives in slot `base + c`; 0 for a leaf |
//!
//! First characters live in the slot of their own code. Slot 0 is free, so code 0, a character in no word, leads nowhere.

/// Bits of a slot number, hence of `check` and of `base`.
pub(crate) const SLOT_BITS: u32 = 20;
/// Where `class` begins.
pub(crate) const CLASS: u32 = SLOT_BITS;
/// Where `tag` begins.
pub(crate) const TAG: u32 = CLASS + 16;
/// Where `base` begins.
pub(crate) const BASE: u32 = TAG + 8;
/// The `check` of first characters.
pub(crate) const ROOT: u64 = (1 << SLOT_BITS) - 1;
