//! When which party congress, plenum or session was held: the table behind the grammar of `rules/congress.rs`, compiled from
//! `dictionaries/congresses.toml`.
//!
//! The table ends with the meetings held when it was last edited. [`congress`] and [`session`] know that: about a meeting
//! which may have been held since, they say nothing ([`Existence::Plausible`]).

use crate::date::Date;

/// A party congress: 党的二十大.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Congress {
    /// Its number, 20 in 党的二十大.
    pub number: u8,
    /// Its first day.
    pub opened: Date,
}

/// A meeting of a body within its term: 二十届三中全会, 十四届全国人大四次会议.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// Who met.
    pub body: Body,
    /// The number of the term, 20 in 二十届三中全会.
    pub term: u8,
    /// The number of the meeting within the term, from 1.
    pub number: u8,
    /// Its first day.
    pub opened: Date,
}

/// A body that meets in numbered sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Body {
    /// The party's Central Committee, 中央委员会.
    Central,
    /// Its Commission for Discipline Inspection, 中央纪委.
    Discipline,
    /// The National People's Congress, 全国人大.
    People,
    /// The Consultative Conference, 全国政协.
    Consultative,
}

/// Whether a meeting is one that a text of a certain date can speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existence {
    /// It had been held, was about to be, or the table cannot tell.
    Plausible,
    /// It was held or is due only long after that date; its first day where the table knows it.
    Later(Option<Date>),
    /// There is no such meeting.
    Never,
}

include!(concat!(env!("OUT_DIR"), "/congress.rs"));

/// Whether a text as of `as_of` can speak of the party congress `number`. The next congress is always something to look forward to.
pub fn congress(number: u8, as_of: Date) -> Existence {
    let Some(last) = CONGRESSES.last() else { return Existence::Plausible };
    let next = CONGRESSES.iter().take_while(|congress| !congress.opened.starts_after(as_of)).count() + 1;
    if usize::from(number) <= next && number != 0 {
        Existence::Plausible
    } else if number <= last.number + 1 && number != 0 {
        Existence::Later(CONGRESSES.iter().find(|congress| congress.number == number).map(|congress| congress.opened))
    } else if number != 0 && as_of.starts_after(last.opened.plus_years(CONGRESS_YEARS)) {
        // Another congress may have met since the table was made.
        Existence::Plausible
    } else {
        Existence::Never
    }
}

/// Whether a text as of `as_of` can speak of the session `number` of the term `term` of `body`. Sessions of the coming year are
/// something to prepare for.
pub fn session(body: Body, term: u8, number: u8, as_of: Date) -> Existence {
    let in_a_year = as_of.plus_years(1);
    let of_term = |term: u8| SESSIONS.iter().filter(move |session| session.body == body && session.term == term);
    let Some(last) = of_term(term).next_back() else {
        return if body == Body::Central { congress(term, as_of) } else { Existence::Plausible };
    };
    if let Some(known) = of_term(term).find(|session| session.number == number) {
        return if known.opened.starts_after(in_a_year) { Existence::Later(Some(known.opened)) } else { Existence::Plausible };
    }
    if number == 0 || of_term(term + 1).next().is_some() {
        Existence::Never
    } else if as_of.starts_after(last.opened.plus_years(1)) {
        // Sessions may have been held since the table was made.
        Existence::Plausible
    } else if number > last.number + 1 {
        Existence::Never
    } else if last.opened.starts_after(in_a_year) {
        Existence::Later(None)
    } else {
        Existence::Plausible
    }
}

/// Years between two congresses.
const CONGRESS_YEARS: u16 = 5;

#[cfg(test)]
mod tests {
    use super::Existence::{Later, Never, Plausible};
    use super::*;

    const NOW: Date = Date::new(2026, 11, 23);

    #[test]
    fn the_next_congress_exists_and_the_one_after_it_does_not() {
        for (number, as_of, expected) in [
            (1, NOW, Plausible),
            (20, NOW, Plausible),
            (21, NOW, Plausible),
            (22, NOW, Never),
            (0, NOW, Never),
            (20, Date::new(2018, 0, 0), Plausible),
            (20, Date::new(2016, 0, 0), Later(Some(Date::new(2022, 10, 16)))),
            (21, Date::new(2018, 0, 0), Later(None)),
            (22, Date::new(2028, 1, 1), Plausible),
        ] {
            assert_eq!(congress(number, as_of), expected, "{number} as of {as_of}");
        }
    }

    #[test]
    fn a_session_exists_up_to_a_year_ahead() {
        for (term, number, as_of, expected) in [
            (20, 5, NOW, Plausible),
            (20, 6, NOW, Plausible),
            (20, 7, NOW, Never),
            (20, 8, Date::new(2023, 3, 0), Never),
            (20, 6, Date::new(2023, 3, 0), Later(None)),
            (20, 4, Date::new(2023, 3, 0), Later(Some(Date::new(2025, 10, 20)))),
            (20, 3, Date::new(2023, 0, 0), Plausible),
            (20, 7, Date::new(2027, 11, 1), Plausible),
            (18, 8, NOW, Never),
            (13, 9, NOW, Plausible),
            (8, 12, NOW, Plausible),
            (10, 4, NOW, Never),
            (22, 1, NOW, Never),
            (21, 1, NOW, Plausible),
            (5, 2, NOW, Plausible),
        ] {
            assert_eq!(session(Body::Central, term, number, as_of), expected, "{term}/{number} as of {as_of}");
        }
        assert_eq!(session(Body::People, 13, 6, NOW), Never);
        assert_eq!(session(Body::People, 14, 5, NOW), Plausible);
        assert_eq!(session(Body::People, 7, 9, NOW), Plausible);
        assert_eq!(session(Body::Consultative, 14, 6, NOW), Never);
        assert_eq!(session(Body::Discipline, 20, 3, NOW), Plausible);
    }
}
