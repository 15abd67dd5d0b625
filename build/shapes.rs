//! Compiles `dictionaries/shapes.txt`: each line is a group of characters that look alike.

use crate::shape::{Shapes, pair};

/// All pairs of all groups.
pub(crate) fn compile(groups: &str) -> Shapes {
    let mut pairs: Vec<u32> = Vec::new();
    for line in groups.lines() {
        let group: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
        for (n, &a) in group.iter().enumerate() {
            pairs.extend(group[n + 1..].iter().filter_map(|&b| pair(a, b)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    Shapes { pairs: pairs.into() }
}
