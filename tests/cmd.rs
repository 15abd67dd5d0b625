//! The command line as data: every `console` block of `tests/cmd/*.md` and of the READMEs is run and compared with what stands there.
//!
//! The pages of `tests/cmd` run in `tests/cmd/drafts`, or in a copy of `tests/cmd/<page>.in` where the page has one (and `<page>.out`, what
//! must lie there afterwards). `TRYCMD=overwrite cargo test --test cmd` writes down what the program says now: read the difference before you
//! commit it. `cargo test --test cmd -- trycmd=help` runs one page.

use std::fs;
use std::path::Path;

use clap::CommandFactory;

#[test]
fn the_program_says_what_its_pages_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    cases(root, ["README.md", "README.zh-CN.md"]);
    // Paths in the pages stay short when the commands run beside the drafts.
    std::env::set_current_dir(root.join("tests/cmd/drafts")).expect("the drafts of the pages");
    cases(&root.join("tests/cmd"), ["*.md", "*.toml"]);
}

fn cases(folder: &Path, pages: [&str; 2]) {
    let cases = trycmd::TestCases::new();
    cases.register_bin("hegao", trycmd::schema::Bin::Path(env!("CARGO_BIN_EXE_hegao").into()));
    // Nor does the configuration of whoever runs the tests count.
    cases.env("COLUMNS", "100").env("NO_COLOR", "1").env("XDG_CONFIG_HOME", "/dev/null").env("APPDATA", "/dev/null");
    for page in pages {
        cases.case(folder.join(page));
    }
    cases.run();
}

#[test]
fn every_command_and_format_has_a_case() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd");
    let pages = fs::read_dir(folder).expect("the pages").filter_map(|page| fs::read_to_string(page.ok()?.path()).ok());
    let typed: Vec<String> =
        pages.flat_map(|page| page.lines().filter(|line| line.starts_with("$ hegao")).map(str::to_owned).collect::<Vec<_>>()).collect();
    let runs = |command: &str, option: &str| {
        typed.iter().any(|line| line.starts_with(command) && format!("{line} ").contains(&format!(" {option} ")))
    };
    let mut missing = Vec::new();
    for (path, command) in all_commands("hegao", &hegao::cli::args::Cli::command()) {
        if !command.is_hide_set() && !runs(&format!("$ {path} --help"), "--help") {
            missing.push(format!("{path} --help"));
        }
        let formats = command.get_arguments().find(|arg| arg.get_id() == "format").map(clap::Arg::get_possible_values).unwrap_or_default();
        // The first one is the default.
        let formats = formats.iter().skip(1).map(|value| format!("--format {}", value.get_name()));
        missing.extend(formats.filter(|format| !runs(&format!("$ {path} "), format)).map(|format| format!("{path} {format}")));
    }
    assert!(missing.is_empty(), "no page of tests/cmd runs: {missing:#?}");
}

/// The command and all below it, each with the words it is called by.
fn all_commands(path: &str, command: &clap::Command) -> Vec<(String, clap::Command)> {
    let below = command.get_subcommands().flat_map(|sub| all_commands(&format!("{path} {}", sub.get_name()), sub));
    std::iter::once((path.to_owned(), command.clone())).chain(below).collect()
}
