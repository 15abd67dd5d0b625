//! What is in force for a command: the defaults, the user's and the project's `hegao.toml`, the flags.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use etcetera::BaseStrategy as _;
use unicode_width::UnicodeWidthStr as _;

use super::args::{ConfigArgs, DictionaryArgs, InputArgs, RuleArgs, SeverityArg};
use super::input;
use crate::batch::real;
use crate::checker::Checker;
use crate::config::{self, Config, FILE_NAME, Origin, Sourced};
use crate::dictionary::{Dictionary, overlay};
use crate::suppress::{Baseline, Suppressions};

/// The files that count for `paths`, laid over one another, without the defaults.
///
/// The project's file is the first `hegao.toml` in the folder of the first path or above it; for standard input, in the working folder or above.
/// One run has one configuration: other folders named on the command line do not bring in theirs.
pub(super) fn files(args: &ConfigArgs, paths: &[PathBuf]) -> anyhow::Result<Config> {
    if args.no_config {
        return Ok(Config::default());
    }
    let read = |path: &Path| -> anyhow::Result<Config> { Ok(config::parse(&input::read(&path.to_owned())?, path)?) };
    if let Some(path) = &args.config {
        return read(path);
    }
    let layer = |path: Option<PathBuf>| path.map_or_else(|| Ok(Config::default()), |path| read(&path));
    Ok(layer(project_file(paths))?.over(layer(user_file())?))
}

/// The files that count for the drafts of a command.
pub(super) fn of(args: &InputArgs) -> anyhow::Result<Config> {
    files(&args.config, &args.paths)
}

/// `~/.config/hegao/hegao.toml`, or where the system keeps such files.
fn user_file() -> Option<PathBuf> {
    let path = etcetera::choose_base_strategy().ok()?.config_dir().join("hegao").join(FILE_NAME);
    path.is_file().then_some(path)
}

/// The nearest file in the folder of the first path or above it, by its path from the working folder where it lies below that.
fn project_file(paths: &[PathBuf]) -> Option<PathBuf> {
    let first = real(paths.first().filter(|path| path.as_os_str() != "-").map_or(Path::new(""), PathBuf::as_path));
    let found = first.ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file())?;
    Some(found.strip_prefix(real(Path::new(""))).map_or(found.clone(), Path::to_owned))
}

/// The flags as the uppermost layer.
pub(super) fn flags(rules: &RuleArgs, dictionary: &DictionaryArgs) -> Config {
    let named = |option, names: &[String]| names.iter().map(|name| Sourced::flag(option, name.clone())).collect();
    let severity = |option, arg: Option<SeverityArg>| arg.map(|arg| Sourced::flag(option, arg.into()));
    Config {
        profile: rules.profile.map(|profile| Sourced::flag("--profile", profile)),
        as_of: rules.as_of.map(|date| Sourced::flag("--as-of", date)),
        min_severity: severity("--min-severity", rules.min_severity),
        fail_on: severity("--fail-on", rules.fail_on),
        baseline: rules.baseline.as_ref().map(|path| Sourced::flag("--baseline", path.clone())),
        only: named("--only", &rules.only),
        without: named("--ignore", &rules.ignore),
        ..words(dictionary)
    }
}

/// The flags about dictionaries, for commands that run no rules.
pub(super) fn words(args: &DictionaryArgs) -> Config {
    let paths = |option, paths: &[PathBuf]| paths.iter().map(|path| Sourced::flag(option, path.clone())).collect();
    Config {
        builtin_dictionary: args.no_builtin_dictionary.then_some(Sourced::flag("--no-builtin-dictionary", false)),
        dictionaries: paths("--dictionary", &args.dictionary),
        allow_files: paths("--allow", &args.allow),
        ..Config::default()
    }
}

/// The dictionary in force.
pub(super) fn dictionary(config: &Config) -> anyhow::Result<Dictionary> {
    let read = |paths: &[Sourced<PathBuf>]| paths.iter().map(|path| input::read(&path.value)).collect::<anyhow::Result<Vec<_>>>();
    let sources = read(&config.dictionaries)?;
    let lists = read(&config.allow_files)?;
    let files: Vec<&str> = sources.iter().map(String::as_str).collect();
    let allowed = overlay::allowed_words(lists.iter().map(String::as_str).chain(config.allow.iter().map(|word| word.value.as_str())));
    Dictionary::with_files(config.builtin_dictionary(), &files, &allowed)
        .map_err(|(file, problem)| anyhow::anyhow!("{}:{}：{}", config.dictionaries[file].value.display(), problem.line, problem.message))
}

/// A checker with these settings; `comparing` tells whether the drafts are compared with one another.
pub(super) fn checker(config: &Config, comparing: bool) -> anyhow::Result<Checker> {
    let names = |list: &[Sourced<String>]| list.iter().map(|name| name.value.clone()).collect::<Vec<_>>();
    let mut builder = Checker::builder()
        .dictionary(dictionary(config)?)
        .levels(config.levels())
        .only(names(&config.only))
        .ignore(names(&config.without))
        .min_severity(config.min_severity())
        .suppressions(suppressions(config)?)
        .comparing(comparing);
    if let Some(date) = &config.as_of {
        builder = builder.as_of(date.value);
    }
    Ok(builder.build()?)
}

/// What is not to be reported.
fn suppressions(config: &Config) -> anyhow::Result<Suppressions> {
    let baseline = match &config.baseline {
        Some(path) => Baseline::parse(&input::read(&path.value)?).with_context(|| path.value.display().to_string())?,
        None => Baseline::default(),
    };
    Ok(Suppressions { ignores: config.ignore.iter().map(|ignore| ignore.value.clone()).collect(), baseline })
}

/// Prints what is in force and where each value comes from, in the way of the file itself.
pub(super) fn show(config: &Config, out: &mut dyn Write) -> io::Result<()> {
    let mut rows: Vec<(String, &dyn Display)> = Vec::new();
    let mut row = |line: String, origin| rows.push((line, origin));
    if let Some(profile) = &config.profile {
        row(format!("profile = {:?}", profile.value.name()), &profile.origin);
    }
    for (key, severity) in [("min_severity", &config.min_severity), ("fail_on", &config.fail_on)] {
        if let Some(severity) = severity {
            row(format!("{key} = {:?}", severity.value.name()), &severity.origin);
        }
    }
    match &config.as_of {
        Some(date) => row(format!("as_of = {:?}", date.value.iso()), &date.origin),
        None => row("# as_of：用稿件自己的日期".into(), &Origin::Default),
    }
    if let Some(builtin) = &config.builtin_dictionary {
        row(format!("builtin_dictionary = {}", builtin.value), &builtin.origin);
    }
    config.dictionaries.iter().for_each(|path| row(format!("dictionaries = [{:?}]", path.value.display().to_string()), &path.origin));
    config.allow.iter().for_each(|word| row(format!("allow = [{:?}]", word.value), &word.origin));
    config.allow_files.iter().for_each(|path| row(format!("allow_files = [{:?}]", path.value.display().to_string()), &path.origin));
    config.exclude.iter().for_each(|glob| row(format!("exclude = [{:?}]", glob.value), &glob.origin));
    if let Some(baseline) = &config.baseline {
        row(format!("baseline = {:?}", baseline.value.display().to_string()), &baseline.origin);
    }
    for Sourced { value: ignore, origin } in &config.ignore {
        row(format!("# [[ignore]] {}", ignore.text.as_ref().or(ignore.rule.as_ref()).map_or("", String::as_str)), origin);
    }
    for rule in &config.rules {
        row(format!("rules.{:?} = {:?}", rule.value.0, rule.value.1.name()), &rule.origin);
    }
    config.only.iter().for_each(|name| row(format!("# 只查 {}", name.value), &name.origin));
    config.without.iter().for_each(|name| row(format!("# 不查 {}", name.value), &name.origin));
    let width = rows.iter().map(|(line, _)| line.width()).max().unwrap_or_default();
    rows.iter().try_for_each(|(line, origin)| writeln!(out, "{line}{}  # {origin}", " ".repeat(width - line.width())))
}
