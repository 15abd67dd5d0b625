//! Reading `hegao.toml`: every key and value is looked at by hand, so that each mistake is named with its line and what was meant.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Config, Origin, Profile, Sourced};
use crate::date::Date;
use crate::finding::Severity;
use crate::nearest::nearest;
use crate::rules::{self, Level};
use crate::suppress::Ignore;

/// The keys of the file, in the order of its template.
pub const KEYS: [&str; 12] = [
    "profile",
    "min_severity",
    "fail_on",
    "as_of",
    "dictionaries",
    "builtin_dictionary",
    "allow",
    "allow_files",
    "exclude",
    "baseline",
    "rules",
    "ignore",
];

/// What is wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}：{message}")]
pub struct ConfigError {
    /// Its path.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What was expected, in Chinese.
    pub message: String,
}

/// Reads a file; `path` names it in messages, and paths in it are relative to its folder.
///
/// # Errors
/// The first thing that is wrong: syntax, an unknown key or rule, a value of another kind.
pub fn parse(source: &str, path: &Path) -> Result<Config, ConfigError> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let file = File { source, path };
    let table = DeTable::parse(source).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        file.error(at, format!("不是正确的 TOML 写法（{}）", error.message()))
    })?;
    let mut config = Config::default();
    for (key, value) in table.get_ref() {
        match key.get_ref().as_ref() {
            "profile" => config.profile = Some(file.one_of(value, &Profile::ALL.map(|profile| (profile.name(), profile)))?),
            "min_severity" => config.min_severity = Some(file.one_of(value, &Severity::ALL.map(|severity| (severity.name(), severity)))?),
            "fail_on" => config.fail_on = Some(file.one_of(value, &Severity::ALL.map(|severity| (severity.name(), severity)))?),
            "as_of" => config.as_of = Some(file.date(value)?),
            "dictionaries" => config.dictionaries = file.strings(value, |name| file.relative(name))?,
            "builtin_dictionary" => config.builtin_dictionary = Some(file.switch(value)?),
            "allow" => config.allow = file.strings(value, str::to_owned)?,
            "allow_files" => config.allow_files = file.strings(value, |name| file.relative(name))?,
            "exclude" => config.exclude = file.strings(value, str::to_owned)?,
            "baseline" => config.baseline = Some(file.sourced(value.span().start, file.relative(file.string(value)?))),
            "ignore" => config.ignore = file.ignores(value)?,
            "rules" => config.rules = file.rules(value)?,
            unknown => return Err(file.unknown_key(key, unknown, &KEYS)),
        }
    }
    Ok(config)
}

type Value<'a> = Spanned<DeValue<'a>>;

/// The file at hand.
struct File<'a> {
    source: &'a str,
    path: &'a Path,
}

impl File<'_> {
    fn error(&self, at: usize, message: String) -> ConfigError {
        ConfigError { file: self.path.display().to_string(), line: self.line(at), message }
    }

    fn line(&self, at: usize) -> usize {
        self.source[..at.min(self.source.len())].matches('\n').count() + 1
    }

    fn sourced<T>(&self, at: usize, value: T) -> Sourced<T> {
        Sourced { value, origin: Origin::File { path: self.path.to_owned(), line: self.line(at) } }
    }

    fn relative(&self, name: &str) -> std::path::PathBuf {
        self.path.parent().unwrap_or(Path::new("")).join(name)
    }

    fn unknown_key<T>(&self, key: &Spanned<T>, name: &str, known: &[&str]) -> ConfigError {
        let hint = nearest(name, known.iter().copied()).map(|near| format!("，是不是 {near}")).unwrap_or_default();
        self.error(key.span().start, format!("没有名为“{name}”的设置{hint}；可用的有：{}", known.join("、")))
    }

    fn one_of<T: Copy>(&self, value: &Value, words: &[(&str, T)]) -> Result<Sourced<T>, ConfigError> {
        let names: Vec<&str> = words.iter().map(|(name, _)| *name).collect();
        let word = self.string(value)?;
        let found = words.iter().find(|(name, _)| *name == word);
        let unknown = || {
            let hint = nearest(word, names.iter().copied()).map(|near| format!("，是不是 {near}")).unwrap_or_default();
            self.error(value.span().start, format!("不能写“{word}”{hint}；可用的有：{}", names.join("、")))
        };
        found.map(|(_, meaning)| self.sourced(value.span().start, *meaning)).ok_or_else(unknown)
    }

    fn string<'a>(&self, value: &'a Value) -> Result<&'a str, ConfigError> {
        value.get_ref().as_str().ok_or_else(|| self.error(value.span().start, "应写成引号中的文字，如 \"error\"".into()))
    }

    fn strings<T>(&self, value: &Value, meaning: impl Fn(&str) -> T) -> Result<Vec<Sourced<T>>, ConfigError> {
        let wrong = || self.error(value.span().start, "应写成方括号中的一列文字，如 [\"甲\", \"乙\"]".into());
        let items = value.get_ref().as_array().ok_or_else(wrong)?;
        items.iter().map(|item| Ok(self.sourced(item.span().start, meaning(self.string(item)?)))).collect()
    }

    fn switch(&self, value: &Value) -> Result<Sourced<bool>, ConfigError> {
        let wrong = || self.error(value.span().start, "应写成 true（是）或 false（否），不加引号".into());
        Ok(self.sourced(value.span().start, value.get_ref().as_bool().ok_or_else(wrong)?))
    }

    /// A date in quotation marks, or a whole day without them as TOML has it.
    fn date(&self, value: &Value) -> Result<Sourced<Date>, ConfigError> {
        let wrong = || self.error(value.span().start, "应写成 \"2021\"、\"2021-12\" 或 \"2021-12-31\" 的形式".into());
        let text = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            other => other.as_str().ok_or_else(wrong)?.to_owned(),
        };
        Ok(self.sourced(value.span().start, Date::parse(&text).ok_or_else(wrong)?))
    }

    fn ignores(&self, value: &Value) -> Result<Vec<Sourced<Ignore>>, ConfigError> {
        let wrong = |at| self.error(at, "应写成 [[ignore]] 一节，其中写 text、rule、file、reason".into());
        let items = value.get_ref().as_array().ok_or_else(|| wrong(value.span().start))?;
        let table = |item: &Value| match item.get_ref() {
            DeValue::Table(table) => self.ignore(item.span().start, table),
            _ => Err(wrong(item.span().start)),
        };
        items.iter().map(table).collect()
    }

    fn ignore(&self, at: usize, table: &DeTable) -> Result<Sourced<Ignore>, ConfigError> {
        let Sourced { origin, .. } = self.sourced(at, ());
        let mut ignore = Ignore { text: None, rule: None, file: None, reason: String::new(), origin: origin.to_string() };
        for (key, value) in table {
            let words = self.string(value)?.trim();
            let wrong = |message| self.error(value.span().start, message);
            match key.get_ref().as_ref() {
                "text" if words.is_empty() => return Err(wrong("text 不能为空；写稿件里的原文".into())),
                "text" => ignore.text = Some(words.to_owned()),
                "rule" => {
                    rules::selection::check(words).map_err(|unknown| wrong(unknown.to_string()))?;
                    ignore.rule = Some(words.to_owned());
                }
                "file" => ignore.file = Some(Ignore::files(words).map_err(|error| wrong(format!("不是正确的通配写法（{error}）")))?),
                "reason" => words.clone_into(&mut ignore.reason),
                unknown => return Err(self.unknown_key(key, unknown, &["text", "rule", "file", "reason"])),
            }
        }
        if ignore.text.is_none() && ignore.rule.is_none() {
            return Err(self.error(at, "[[ignore]] 至少要写 text（稿件里的原文）或 rule（规则名）".into()));
        }
        if ignore.reason.is_empty() {
            return Err(self.error(at, "[[ignore]] 要写 reason（理由），方便以后的人明白".into()));
        }
        Ok(Sourced { value: ignore, origin })
    }

    /// The table of rules in the order of the file, families before single rules.
    fn rules(&self, value: &Value) -> Result<Vec<Sourced<(String, Level)>>, ConfigError> {
        let wrong = || self.error(value.span().start, "应写成 [rules] 一节，每行一条，如 \"phrase/outdated\" = \"off\"".into());
        let table = value.get_ref().as_table().ok_or_else(wrong)?;
        let mut levels = Vec::new();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            rules::selection::check(name).map_err(|unknown| self.error(key.span().start, unknown.to_string()))?;
            let Sourced { value: level, origin } = self.one_of(value, &Level::ALL.map(|level| (level.name(), level)))?;
            levels.push((key.span().start, Sourced { value: (name.to_owned(), level), origin }));
        }
        levels.sort_by_key(|(at, rule)| (rule.value.0.contains('/'), *at));
        Ok(levels.into_iter().map(|(_, rule)| rule).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_is_named_with_its_line_and_what_was_meant() {
        for (source, line, words) in [
            ("\nprofil = \"strict\"", 2, "没有名为“profil”的设置，是不是 profile"),
            ("profile = \"strcit\"", 1, "不能写“strcit”，是不是 strict"),
            ("min_severity = 1", 1, "应写成引号中的文字"),
            ("as_of = \"去年\"", 1, "2021-12"),
            ("dictionaries = \"a.toml\"", 1, "方括号"),
            ("allow = [\n\"甲\",\n2,\n]", 3, "应写成引号中的文字"),
            ("builtin_dictionary = \"no\"", 1, "true"),
            ("[rules]\n\"phrase/nearmiss\" = \"off\"", 2, "是不是“phrase/near-miss”"),
            ("[rules]\nsection = \"none\"", 2, "可用的有：off、on、info"),
            ("rules = \"off\"", 1, "[rules]"),
            ("[[ignore]]\ntxt = \"甲\"", 2, "是不是 text"),
            ("[[ignore]]\nreason = \"已核\"", 1, "至少要写 text"),
            ("\n[[ignore]]\ntext = \"甲\"", 2, "reason"),
            ("[[ignore]]\nrule = \"section/gpa\"\nreason = \"已核\"", 2, "是不是“section/gap”"),
            ("ignore = [\"甲\"]", 1, "[[ignore]]"),
            ("baseline = true", 1, "应写成引号中的文字"),
            ("profile = \n", 1, "不是正确的 TOML"),
        ] {
            let error = parse(source, Path::new("hegao.toml")).expect_err(source);
            assert_eq!(error.line, line, "{source}");
            assert!(error.message.contains(words), "{source}: {error}");
        }
    }

    #[test]
    fn a_date_may_stand_without_quotation_marks() {
        let config = parse("as_of = 2021-12-31", Path::new("hegao.toml")).expect("a day");
        assert_eq!(config.as_of.map(|date| date.value.iso()), Some("2021-12-31".into()));
        assert!(parse("as_of = \"2021-12\"", Path::new("hegao.toml")).is_ok());
    }

    #[test]
    fn a_family_comes_before_its_rules_whatever_their_order() {
        let config = parse("[rules]\n\"section/gap\" = \"on\"\nsection = \"off\"\n", Path::new("hegao.toml")).expect("rules");
        assert_eq!(config.levels().last(), Some(("section/gap", Level::On)));
    }

    #[test]
    fn a_byte_order_mark_and_windows_line_ends_do_no_harm() {
        let config = parse("\u{feff}profile = \"draft\"\r\nallow = [\"甲\"]\r\n", Path::new("hegao.toml")).expect("a file of Notepad");
        assert_eq!(config.profile.map(|profile| profile.value), Some(Profile::Draft));
    }
}
