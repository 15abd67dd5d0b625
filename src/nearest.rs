//! A hint after a slip of the fingers: the known word nearest to one that is not known.

/// The candidate most like `word`; `None` where none is like it.
///
/// A path-like candidate (`phrase/near-miss`) is also compared by its last part alone, for people remember the name and not the family.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Below this (Jaro–Winkler, 0–1) two words have only letters in common.
    const LIKE: f64 = 0.75;
    let likeness = |candidate: &str| {
        let last = |name: &str| name.rsplit('/').next().map_or(0, str::len);
        let (own, other) = (&word[word.len() - last(word)..], &candidate[candidate.len() - last(candidate)..]);
        strsim::jaro_winkler(word, candidate).max(strsim::jaro_winkler(own, other))
    };
    let scored = candidates.into_iter().map(|candidate| (likeness(candidate), candidate));
    scored.filter(|(score, _)| *score >= LIKE).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_understood_and_strangers_are_not() {
        let known = ["phrase/near-miss", "phrase/known", "section/gap", "placeholder/unfilled"];
        for (word, expected) in [
            ("phrase/nearmiss", Some("phrase/near-miss")),
            ("near_miss", Some("phrase/near-miss")),
            ("phrase/knwon", Some("phrase/known")),
            ("section/gpa", Some("section/gap")),
            ("gap", Some("section/gap")),
            ("unfiled", Some("placeholder/unfilled")),
            ("标题序号", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known), expected, "{word}");
        }
    }
}
