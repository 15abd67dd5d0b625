//! Profiles: what a person is about to do with the draft, in one word.

use super::{Config, Origin, Sourced};
use crate::finding::Severity;
use crate::rules::Level;

/// A set of levels to start from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// Any report or official document, at any time.
    #[default]
    Gongwen,
    /// Still being written: blanks, empty sections and counts that do not add up yet are not worth mentioning.
    Draft,
    /// About to be printed or sent: every rule, a blank that is left is an error, and a warning is enough for exit code 1.
    Strict,
    /// Only the wording: slips in set expressions and words; for texts that are no reports.
    TyposOnly,
}

impl Profile {
    /// All profiles, in the order of the manual.
    pub const ALL: [Self; 4] = [Self::Gongwen, Self::Draft, Self::Strict, Self::TyposOnly];

    /// The name in files and options.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gongwen => "gongwen",
            Self::Draft => "draft",
            Self::Strict => "strict",
            Self::TyposOnly => "typos-only",
        }
    }

    /// The profile of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.name() == name)
    }

    const fn levels(self) -> &'static [(&'static str, Level)] {
        const OFF: Level = Level::Off;
        match self {
            Self::Gongwen => &[],
            Self::Draft => &[
                ("placeholder/unfilled", OFF),
                ("placeholder/sample-text", OFF),
                ("placeholder/mixed-style", OFF),
                ("section/empty", OFF),
                ("section/count", OFF),
            ],
            Self::Strict => &[
                ("phrase/quotes", Level::On),
                ("placeholder/unfilled", Level::At(Severity::Error)),
                ("placeholder/sample-text", Level::At(Severity::Error)),
                ("placeholder/mangled", Level::At(Severity::Error)),
            ],
            Self::TyposOnly => &[
                ("section", OFF),
                ("placeholder", OFF),
                ("punctuation", OFF),
                ("number", OFF),
                ("document", OFF),
                ("phrase/verb", OFF),
                ("phrase/outdated", OFF),
                ("phrase/quotes", OFF),
            ],
        }
    }

    /// The settings it stands for.
    pub(super) fn layer(self) -> Config {
        let origin = Origin::Profile(self);
        let fail_on = (self == Self::Strict).then(|| Sourced { value: Severity::Warning, origin: origin.clone() });
        let rule = |(name, level): &(&str, Level)| Sourced { value: ((*name).to_owned(), *level), origin: origin.clone() };
        Config { fail_on, rules: self.levels().iter().map(rule).collect(), ..Config::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Selection, ids};

    fn selection(profile: Profile) -> Selection {
        let mut selection = Selection::default();
        profile.levels().iter().for_each(|(name, level)| selection.set(name, *level).expect("a rule of the registry"));
        selection
    }

    #[test]
    fn strict_leaves_no_rule_out_and_a_draft_keeps_the_wording() {
        assert!(selection(Profile::Strict).levels().all(|(_, level)| level != Level::Off));
        let draft = selection(Profile::Draft);
        assert!(ids().filter(|id| id.name.starts_with("phrase/") && id.default).all(|id| draft.level(id.name) == Level::On));
    }

    #[test]
    fn typos_only_keeps_what_corrects_words() {
        let selection = selection(Profile::TyposOnly);
        let on: Vec<&str> = selection.levels().filter(|(_, level)| *level != Level::Off).map(|(id, _)| id.name).collect();
        assert!(on.contains(&"phrase/known") && on.contains(&"phrase/near-miss") && on.contains(&"wording/doubled"), "{on:?}");
        assert!(on.iter().all(|id| ["phrase", "wording", "congress", "template"].contains(&id.split('/').next().unwrap_or(id))), "{on:?}");
    }
}
