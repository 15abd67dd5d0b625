//! Which rules are in force, and how loud each of them is.

use super::{Id, ids, nearest};
use crate::finding::{Finding, Severity};

/// How a rule is to report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Not at all.
    Off,
    /// With the severity of its own.
    On,
    /// With this severity.
    At(Severity),
}

impl Level {
    /// All levels, in the order of the manual.
    pub const ALL: [Self; 5] = [Self::Off, Self::On, Self::At(Severity::Info), Self::At(Severity::Warning), Self::At(Severity::Error)];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::On => "on",
            Self::At(severity) => severity.name(),
        }
    }
}

/// A rule that does not exist was named.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("没有名为“{name}”的规则{}；全部规则见 hegao rules", .nearest.map(|n| format!("，是不是“{n}”")).unwrap_or_default())]
pub struct UnknownRule {
    /// What was asked for.
    pub name: String,
    /// The existing id nearest to it.
    pub nearest: Option<&'static str>,
}

/// A level for every id, in the order of the registry. Rules are named by id (`phrase/near-miss`), by family (`phrase`) or by title.
#[derive(Debug, Clone)]
pub struct Selection(Vec<(&'static Id, Level)>);

impl Default for Selection {
    fn default() -> Self {
        Self(ids().map(|id| (id, if id.default { Level::On } else { Level::Off })).collect())
    }
}

impl Selection {
    /// Sets the level of the rules that `name` means.
    ///
    /// # Errors
    /// When it means none.
    pub fn set(&mut self, name: &str, level: Level) -> Result<(), UnknownRule> {
        check(name)?;
        self.0.iter_mut().filter(|(id, _)| id.is_named(name)).for_each(|(_, own)| *own = level);
        Ok(())
    }

    /// Switches all rules off but these, and these on.
    ///
    /// # Errors
    /// When one of the names means no rule.
    pub fn keep_only(&mut self, names: &[String]) -> Result<(), UnknownRule> {
        names.iter().try_for_each(|name| check(name))?;
        for (id, level) in &mut self.0 {
            *level = match *level {
                _ if !names.iter().any(|name| id.is_named(name)) => Level::Off,
                Level::Off => Level::On,
                other => other,
            };
        }
        Ok(())
    }

    /// Every id with its level.
    pub fn levels(&self) -> impl Iterator<Item = (&'static Id, Level)> + '_ {
        self.0.iter().copied()
    }

    /// The level of one id.
    pub fn level(&self, id: &str) -> Level {
        self.0.iter().find(|(own, _)| own.name == id).map_or(Level::Off, |(_, level)| *level)
    }

    /// The finding with the severity asked for; `None` where it is not wanted at all.
    pub(crate) fn apply(&self, mut finding: Finding) -> Option<Finding> {
        match self.level(finding.rule) {
            Level::Off => return None,
            Level::On => {}
            Level::At(severity) => finding.severity = severity,
        }
        Some(finding)
    }
}

/// Whether some rule is called `name`.
///
/// # Errors
/// When none is.
pub fn check(name: &str) -> Result<(), UnknownRule> {
    if ids().any(|id| id.is_named(name)) {
        return Ok(());
    }
    Err(UnknownRule { name: name.to_owned(), nearest: nearest(name) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_an_id_and_a_title_name_rules() {
        let mut selection = Selection::default();
        selection.set("section", Level::Off).expect("a family");
        selection.set("section/gap", Level::At(Severity::Info)).expect("an id");
        selection.set("尚待填写", Level::At(Severity::Error)).expect("a title");
        assert_eq!(selection.level("section/gap"), Level::At(Severity::Info));
        assert_eq!(selection.level("section/empty"), Level::Off);
        assert_eq!(selection.level("placeholder/unfilled"), Level::At(Severity::Error));
        assert_eq!(selection.level("phrase/known"), Level::On);
    }

    #[test]
    fn only_switches_on_what_is_off_and_keeps_a_severity() {
        let mut selection = Selection::default();
        let off = ids().find(|id| !id.default).expect("a rule that is off by default");
        selection.set("phrase/known", Level::At(Severity::Info)).expect("an id");
        selection.keep_only(&[off.name.into(), "phrase/known".into()]).expect("ids");
        assert_eq!(selection.level(off.name), Level::On);
        assert_eq!(selection.level("phrase/known"), Level::At(Severity::Info));
        assert_eq!(selection.levels().filter(|(_, level)| *level != Level::Off).count(), 2);
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_nearest() {
        let error = Selection::default().set("phrase/nearmiss", Level::Off).expect_err("unknown");
        assert_eq!(error.nearest, Some("phrase/near-miss"));
        assert!(Selection::default().keep_only(&["phrases".into()]).is_err());
    }
}
