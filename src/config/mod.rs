//! What is wanted otherwise than by default: profiles, `hegao.toml`, and the layers in which they lie over one another.
//!
//! ```text
//! defaults < profile < user's file < project's file < flags
//! ```
//! Single values of a higher layer replace those below; lists (dictionaries, words, globs) grow; rules are set one after the other, so the
//! higher layer has the last word about each. Every value remembers where it was written, for `--show-config`.
//! This module knows no file system: finding and reading the files is the command line's work.

mod file;
mod profile;

use std::fmt;
use std::path::PathBuf;

pub use file::{ConfigError, KEYS, parse};
pub use profile::Profile;

use crate::date::Date;
use crate::finding::Severity;
use crate::rules::Level;
use crate::suppress::Ignore;

/// The name of the file.
pub const FILE_NAME: &str = "hegao.toml";

/// A commented file for a start: everything in it is switched off.
pub const TEMPLATE: &str = include_str!("template.toml");

/// The settings of one layer, or of several laid over one another.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// What kind of checking the other settings start from.
    pub profile: Option<Sourced<Profile>>,
    /// Judge every draft by this date.
    pub as_of: Option<Sourced<Date>>,
    /// Leave out findings below this.
    pub min_severity: Option<Sourced<Severity>>,
    /// The exit code is 1 from this on.
    pub fail_on: Option<Sourced<Severity>>,
    /// Whether the shipped dictionary counts.
    pub builtin_dictionary: Option<Sourced<bool>>,
    /// The user's dictionaries, later ones over earlier ones.
    pub dictionaries: Vec<Sourced<PathBuf>>,
    /// Words that are right whatever is near them.
    pub allow: Vec<Sourced<String>>,
    /// Files with such words, one a line.
    pub allow_files: Vec<Sourced<PathBuf>>,
    /// Globs of drafts that a walk through a folder leaves out, as `.gitignore` writes them.
    pub exclude: Vec<Sourced<String>>,
    /// A file of findings accepted before.
    pub baseline: Option<Sourced<PathBuf>>,
    /// Places that are not to be reported.
    pub ignore: Vec<Sourced<Ignore>>,
    /// Rules by id, family or title, later ones over earlier ones.
    pub rules: Vec<Sourced<(String, Level)>>,
    /// Rules named on the command line as the only ones; they prevail over `rules`.
    pub only: Vec<Sourced<String>>,
    /// Rules named on the command line as not wanted; they prevail over `only`.
    pub without: Vec<Sourced<String>>,
}

/// A value and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it was set.
    pub origin: Origin,
}

/// Where a value was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nowhere.
    Default,
    /// By the profile in force.
    Profile(Profile),
    /// In a file.
    File {
        /// Which one.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
    },
    /// On the command line, by this option.
    Flag(&'static str),
}

impl Config {
    /// This layer over another one.
    #[must_use]
    pub fn over(self, lower: Self) -> Self {
        fn joined<T>(mut lower: Vec<T>, upper: Vec<T>) -> Vec<T> {
            lower.extend(upper);
            lower
        }
        Self {
            profile: self.profile.or(lower.profile),
            as_of: self.as_of.or(lower.as_of),
            min_severity: self.min_severity.or(lower.min_severity),
            fail_on: self.fail_on.or(lower.fail_on),
            builtin_dictionary: self.builtin_dictionary.or(lower.builtin_dictionary),
            dictionaries: joined(lower.dictionaries, self.dictionaries),
            allow: joined(lower.allow, self.allow),
            allow_files: joined(lower.allow_files, self.allow_files),
            exclude: joined(lower.exclude, self.exclude),
            baseline: self.baseline.or(lower.baseline),
            ignore: joined(lower.ignore, self.ignore),
            rules: joined(lower.rules, self.rules),
            only: joined(lower.only, self.only),
            without: joined(lower.without, self.without),
        }
    }

    /// This layer over the profile it names and the defaults.
    #[must_use]
    pub fn complete(self) -> Self {
        fn default<T>(value: T) -> Sourced<T> {
            Sourced { value, origin: Origin::Default }
        }
        let profile = self.profile.clone().unwrap_or(default(Profile::default()));
        let defaults = Self {
            min_severity: Some(default(self.min_severity())),
            fail_on: Some(default(self.fail_on())),
            builtin_dictionary: Some(default(self.builtin_dictionary())),
            ..Self::default()
        };
        let mut complete = self.over(profile.value.layer()).over(defaults);
        complete.profile = Some(profile);
        complete
    }

    /// The least severity that is reported.
    pub fn min_severity(&self) -> Severity {
        self.min_severity.as_ref().map_or(Severity::Info, |severity| severity.value)
    }

    /// The least severity for exit code 1.
    pub fn fail_on(&self) -> Severity {
        self.fail_on.as_ref().map_or(Severity::Error, |severity| severity.value)
    }

    /// Whether the shipped dictionary counts.
    pub fn builtin_dictionary(&self) -> bool {
        self.builtin_dictionary.as_ref().is_none_or(|builtin| builtin.value)
    }

    /// The levels of rules in the order they are to be set.
    pub fn levels(&self) -> impl Iterator<Item = (&str, Level)> {
        self.rules.iter().map(|rule| (rule.value.0.as_str(), rule.value.1))
    }
}

impl<T> Sourced<T> {
    /// A value from the command line.
    pub const fn flag(option: &'static str, value: T) -> Self {
        Self { value, origin: Origin::Flag(option) }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("默认"),
            Self::Profile(profile) => write!(f, "方案 {}", profile.name()),
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::Flag(option) => write!(f, "选项 {option}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn read(source: &str) -> Config {
        parse(source, Path::new("稿件/hegao.toml")).expect("a right file")
    }

    #[test]
    fn single_values_are_replaced_lists_grow_and_the_last_word_about_a_rule_counts() {
        let user = read("min_severity = \"warning\"\nfail_on = \"info\"\nallow = [\"甲\"]\n[rules]\nsection = \"off\"\n");
        let project = read("min_severity = \"error\"\nallow = [\"乙\"]\n[rules]\n\"section/gap\" = \"error\"\n");
        let both = project.over(user).complete();
        assert_eq!(both.min_severity.map(|s| s.value), Some(Severity::Error));
        assert_eq!(both.fail_on.map(|s| s.value), Some(Severity::Info));
        assert_eq!(both.allow.iter().map(|s| s.value.as_str()).collect::<Vec<_>>(), ["甲", "乙"]);
        let names: Vec<&str> = both.rules.iter().map(|rule| rule.value.0.as_str()).collect();
        assert_eq!(names, ["section", "section/gap"]);
    }

    #[test]
    fn a_profile_lies_below_what_is_written() {
        let config = read("profile = \"strict\"\n[rules]\nplaceholder = \"info\"\n").complete();
        assert_eq!(config.fail_on.as_ref().map(|s| s.value), Some(Severity::Warning));
        assert_eq!(config.fail_on.as_ref().map(|s| s.origin.to_string()), Some("方案 strict".into()));
        assert_eq!(config.levels().last(), Some(("placeholder", Level::At(Severity::Info))));
    }

    #[test]
    fn paths_are_relative_to_the_file_and_places_are_known() {
        let config = read("# 注释\ndictionaries = [\n  \"词典.toml\",\n]\n");
        assert_eq!(config.dictionaries[0].value, Path::new("稿件/词典.toml"));
        assert_eq!(config.dictionaries[0].origin.to_string(), "稿件/hegao.toml:3");
    }

    #[test]
    fn the_template_is_silent_and_each_line_of_it_can_be_switched_on() {
        assert_eq!(format!("{:?}", read(TEMPLATE)), format!("{:?}", Config::default()));
        let on: String = TEMPLATE
            .lines()
            .map(|line| line.strip_prefix("# ").filter(|line| line.contains(" = ") || line.starts_with('[')).unwrap_or(line))
            .flat_map(|line| [line, "\n"])
            .collect();
        read(&on);
        for key in KEYS {
            assert!(on.lines().any(|line| line.starts_with(&format!("{key} =")) || line.trim_matches(['[', ']']) == key), "{key}");
        }
    }
}
