//! Profiles: what a person is about to do with the draft, in one word.

use super::{Config, Origin, Sourced};
use crate::finding::Severity;
use crate::rules::{Level, ids};

/// A set of levels to start from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// Any report or official document, at any time.
    #[default]
    Gongwen,
    /// Still being written: blanks, empty sections and counts that do not add up yet are not worth mentioning.
    Draft,
    /// About to be printed or sent: every rule, a blank that is left is an error, an ignore mark a warning, and a warning is enough for exit code 1.
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

    /// What it says about rules. New rules need no word here: `Strict` takes in whatever is off by default, `TyposOnly` leaves out every family
    /// that it does not know.
    fn levels(self) -> Vec<(&'static str, Level)> {
        let off = |name| (name, Level::Off);
        match self {
            Self::Gongwen => Vec::new(),
            Self::Draft => ["placeholder/unfilled", "placeholder/sample-text", "placeholder/mixed-style", "section/empty", "section/count"]
                .map(off)
                .into(),
            Self::Strict => {
                let blanks = ["placeholder/unfilled", "placeholder/sample-text", "placeholder/mangled"];
                let optional = ids().filter(|id| !id.default).map(|id| (id.name, Level::On));
                let mark = ("suppression/mark", Level::At(Severity::Warning));
                optional.chain(blanks.map(|name| (name, Level::At(Severity::Error)))).chain([mark]).collect()
            }
            Self::TyposOnly => {
                let mut families: Vec<&str> = ids().filter_map(|id| id.name.split('/').next()).collect();
                families.dedup();
                families.retain(|family| !["phrase", "congress", "wording", "suppression"].contains(family));
                families.into_iter().chain(["phrase/verb", "phrase/outdated", "phrase/quotes"]).map(off).collect()
            }
        }
    }

    /// The settings it stands for.
    pub(super) fn layer(self) -> Config {
        let origin = Origin::Profile(self);
        let fail_on = (self == Self::Strict).then(|| Sourced { value: Severity::Warning, origin: origin.clone() });
        let rule = |(name, level): (&str, Level)| Sourced { value: (name.to_owned(), level), origin: origin.clone() };
        Config { fail_on, rules: self.levels().into_iter().map(rule).collect(), ..Config::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Selection;

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
        assert!(!on.iter().any(|id| id.starts_with("section/") || id.starts_with("placeholder/")), "{on:?}");
    }
}
