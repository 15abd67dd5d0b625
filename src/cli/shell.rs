//! `hegao completions` and `hegao man`: what a shell and a manual reader need to know, made from the command line's own description.

use std::io::Write;

use anyhow::bail;
use clap::{Command, CommandFactory as _};
use clap_mangen::Man;

use super::Status;
use super::args::{self, Cli, CompletionsArgs, ManArgs};

/// The heads of a manual page, which the generator writes in English.
const HEADS: [(&str, &str); 5] = [("NAME", "名称"), ("SYNOPSIS", "用法"), ("DESCRIPTION", "说明"), ("EXTRA", "附注"), ("VERSION", "版本")];

/// Writes the script that completes commands and options.
pub(super) fn completions(args: &CompletionsArgs) -> anyhow::Result<Status> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "hegao", &mut script);
    anstream::stdout().lock().write_all(&script)?;
    Ok(Status::Clean)
}

/// Writes the manual page of the program or of one of its commands, as `man` reads it.
pub(super) fn man(args: &ManArgs) -> anyhow::Result<Status> {
    let mut command = Cli::command();
    command.build();
    for word in &args.command {
        let found = command.get_subcommands().find(|sub| sub.get_name() == word || sub.get_all_aliases().any(|alias| alias == word));
        let Some(found) = found.cloned() else { bail!("没有命令 {word}；可用的有：{}", names(&command)) };
        command = found;
    }
    let mut page = Vec::new();
    Man::new(command).source(concat!("hegao ", env!("CARGO_PKG_VERSION"))).manual("核稿手册").render(&mut page)?;
    let page = String::from_utf8(page)?;
    let head =
        |line: &str| HEADS.iter().find(|(english, _)| line.strip_prefix(".SH ") == Some(english)).map(|(_, head)| format!(".SH {head}"));
    let lines = page.lines().map(|line| head(line).unwrap_or_else(|| args::in_chinese(line)) + "\n");
    anstream::stdout().lock().write_all(lines.collect::<String>().as_bytes())?;
    Ok(Status::Clean)
}

fn names(command: &Command) -> String {
    command.get_subcommands().map(Command::get_name).collect::<Vec<_>>().join("、")
}
