//! Where something stands: a byte range of one [`Text`](crate::text::Text).
//!
//! Every position in hegao is a [`Span`]; lines, columns and UTF-16 offsets are computed from it at the edge, in one place
//! (`text.rs`), and nothing ever searches the text again for what it has found.

use std::ops::Range;

/// A half-open range of **bytes**, both ends on character boundaries of the text it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from byte `start` up to byte `end`.
    ///
    /// Texts are limited to 4 GiB by the readers, so a `usize` that does not fit is a bug of the caller; it saturates.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span {start}..{end}");
        Self { start: saturate(start), end: saturate(end) }
    }

    /// The span as a range for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds nothing.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two spans share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The part of `text` the span names.
    ///
    /// # Panics
    /// When the span does not belong to `text` (off its end, or inside a character).
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }
}

fn saturate(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_overlap_when_they_share_a_byte() {
        let a = Span::new(3, 6);
        assert!(a.overlaps(Span::new(5, 9)));
        assert!(!a.overlaps(Span::new(6, 9)));
        assert!(a.contains(Span::new(3, 6)));
        assert_eq!(a.cover(Span::new(8, 9)), Span::new(3, 9));
        assert_eq!(a.of("四个意识"), "个");
    }
}
