//! Look-alike characters: 己 and 已, 戍 and 戌.

use std::borrow::Cow;

/// Pairs of characters that are easily taken for each other, compiled from `dictionaries/shapes.txt`.
#[derive(Debug, Clone)]
pub struct Shapes {
    /// Both characters of a pair in one number, the smaller first; sorted.
    pub(crate) pairs: Cow<'static, [u32]>,
}

impl Shapes {
    /// Whether the two characters look alike.
    pub fn alike(&self, a: char, b: char) -> bool {
        pair(a, b).is_some_and(|pair| self.pairs.binary_search(&pair).is_ok())
    }
}

/// The number of a pair, for characters of the basic plane.
pub(crate) fn pair(a: char, b: char) -> Option<u32> {
    let (a, b) = (u32::from(a.min(b)), u32::from(a.max(b)));
    (b <= 0xffff).then_some(a << 16 | b)
}
