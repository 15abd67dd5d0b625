//! What docs/reliability.md promises about a whole run: no network, quiet pipes, full disks, Ctrl-C, kill -9 and resume, limits.

#![allow(clippy::print_stderr, reason = "a test that skips says so")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant, SystemTime};

const DRAFT: &str = "青云镇2021年工作总结\n一、工作情况\n做好工作布署，开展督查xx次。\n二、下一步打算\n增强“四个意识”。\n";

fn hegao(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hegao"));
    command.current_dir(folder).args(args).env("XDG_CONFIG_HOME", "/dev/null");
    command
}

fn output(folder: &Path, args: &[&str]) -> Output {
    hegao(folder, args).output().expect("the program runs")
}

fn drafts(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("稿")).expect("a folder");
    for n in 0..count {
        fs::write(folder.path().join(format!("稿/{n:05}.txt")), format!("{n}\n{DRAFT}")).expect("a draft");
    }
    fs::write(folder.path().join("稿/00007.docx"), b"PK\x03\x04 broken").expect("a file");
    folder
}

/// Crates that could open a connection, by the roots all of them stand on.
const NETWORK: [&str; 14] =
    ["socket2", "mio", "tokio", "async-std", "smol", "hyper", "reqwest", "ureq", "curl", "native-tls", "rustls", "openssl", "quinn", "h2"];

#[test]
fn no_crate_of_the_program_can_reach_a_network() {
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).expect("Cargo.lock");
    let mut needs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in lock.split("[[package]]").skip(1) {
        let quoted = |line: &str| line.split('"').nth(1).unwrap_or_default().split(' ').next().unwrap_or_default().to_owned();
        let name = package.lines().find(|line| line.starts_with("name = ")).map(quoted).expect("a name");
        needs.entry(name).or_default().extend(package.lines().filter(|line| line.starts_with(" \"")).map(quoted));
    }
    // The lock file does not tell the crates of tests from the others, so ours are followed from Cargo.toml.
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).expect("Cargo.toml");
    let table = manifest.split("\n[dependencies]\n").nth(1).and_then(|rest| rest.split("\n[").next()).expect("dependencies");
    let own = table.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.to_owned());
    let (mut met, mut open): (BTreeSet<String>, Vec<String>) = (BTreeSet::new(), own.collect());
    while let Some(name) = open.pop() {
        if met.insert(name.clone()) {
            open.extend(needs.get(&name).into_iter().flatten().cloned());
        }
    }
    assert!(met.len() > 30 && met.contains("clap_builder"), "{met:?}");
    let network: Vec<&str> = NETWORK.into_iter().filter(|name| met.contains(*name)).collect();
    assert!(network.is_empty(), "{network:?}");
}

#[test]
fn a_run_opens_no_socket_and_leaves_no_file() {
    let folder = drafts(20);
    let log = folder.path().join("calls");
    let traced = Command::new("strace")
        .current_dir(folder.path())
        .args(["-f", "-e", "trace=%network,openat,creat", "-o"])
        .arg(&log)
        .args([env!("CARGO_BIN_EXE_hegao"), "check", "--no-config", "--format", "jsonl", "稿"])
        .output();
    let Ok(traced) = traced else {
        eprintln!("skipped: there is no strace on this machine");
        return;
    };
    let calls = fs::read_to_string(&log).unwrap_or_default();
    if !calls.contains("openat(") {
        eprintln!("skipped: strace may not trace here: {}", String::from_utf8_lossy(&traced.stderr));
        return;
    }
    let bad: Vec<&str> = calls
        .lines()
        .filter(|call| {
            ["socket(", "connect(", "sendto(", "bind(", "creat("].iter().any(|name| call.contains(name)) || call.contains("O_CREAT")
        })
        .collect();
    assert!(bad.is_empty(), "{bad:#?}");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = drafts(400);
    let mut child =
        hegao(folder.path(), &["check", "--format", "jsonl", "稿"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
    let mut first = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut first).expect("a line");
    assert!(first.starts_with('{'));
    let output = child.wait_with_output().expect("ends");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_in_plain_words() {
    let folder = drafts(3);
    let output = output(folder.path(), &["check", "--format", "jsonl", "稿", "-o", "/dev/full"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("磁盘已满"), "{told}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_without_end_is_no_draft_and_no_journal() {
    let folder = drafts(3);
    for args in [&["check", "--max-size", "1", "/dev/zero"][..], &["check", "--format", "jsonl", "稿", "--journal", "/dev/full"]] {
        assert_eq!(output(folder.path(), args).status.code(), Some(2), "{args:?}");
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_run_within_a_second_with_what_it_has() {
    let folder = drafts(30000);
    let child = hegao(folder.path(), &["check", "--format", "jsonl", "--jobs", "1", "-o", "结果.jsonl", "稿"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    std::thread::sleep(Duration::from_millis(400));
    let began = Instant::now();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill").success());
    let output = child.wait_with_output().expect("ends");
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("已中断"), "{told}");
    let result = fs::read_to_string(folder.path().join("结果.jsonl")).expect("the part");
    assert!(result.lines().last().is_some_and(|line| line.contains("\"summary\"")));
}

#[test]
fn a_run_killed_again_and_again_goes_on_from_its_journal_to_the_same_output() {
    let folder = drafts(3000);
    let whole = output(folder.path(), &["check", "--format", "jsonl", "稿"]).stdout;
    let args = ["check", "--format", "jsonl", "--journal", "日志", "稿"];
    for kill in 0..6_u64 {
        let mut child = hegao(folder.path(), &args).stdout(Stdio::null()).spawn().expect("runs");
        std::thread::sleep(Duration::from_millis(20 + kill * 37 % 90));
        let _ = child.kill();
        child.wait().expect("ends");
    }
    // A line that was cut in the middle is dropped.
    let journal = folder.path().join("日志");
    let bytes = fs::read(&journal).expect("a journal");
    fs::write(&journal, &bytes[..bytes.len().saturating_sub(5)]).expect("cut");
    assert!(output(folder.path(), &args).stdout == whole);
    // Nothing is left to do, and one file that has changed is checked again.
    assert!(output(folder.path(), &args).stdout == whole);
    fs::write(folder.path().join("稿/00100.txt"), "做好工作部署。\n").expect("a draft");
    let changed = output(folder.path(), &args).stdout;
    assert!(changed == output(folder.path(), &["check", "--format", "jsonl", "稿"]).stdout && changed != whole);
}

#[test]
fn a_journal_of_another_run_or_another_kind_is_refused_and_left_alone() {
    let folder = drafts(3);
    assert_eq!(output(folder.path(), &["check", "--format", "jsonl", "--journal", "日志", "稿"]).status.code(), Some(2));
    for (args, words) in [
        (["check", "--format", "plain", "--journal", "日志", "稿"], "另一次检查"),
        (["check", "--format", "jsonl", "--journal", "稿/00001.txt", "稿"], "不是 --journal 写的文件"),
        (["check", "--format", "json", "--journal", "新", "稿"], "--format jsonl"),
    ] {
        let output = output(folder.path(), &args);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && told.contains(words), "{told}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("稿/00001.txt")).expect("there"), format!("1\n{DRAFT}"));
}

#[test]
fn a_limit_that_is_reached_is_a_failure_of_that_file_alone() {
    let folder = drafts(3);
    fs::write(folder.path().join("稿/大.txt"), DRAFT.repeat(9000)).expect("a draft");
    let output = output(folder.path(), &["check", "--format", "plain", "--max-size", "1", "稿"]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(told.contains("稿/大.txt: 未检查: 文件大小超出上限 1 MB") && told.contains("00002.txt:"), "{told}");
}

/// How often each run below is killed; `HEGAO_KILLS` sets another number.
fn kills() -> u32 {
    std::env::var("HEGAO_KILLS").ok().and_then(|number| number.parse().ok()).unwrap_or(10)
}

fn is_hidden(name: &str) -> bool {
    name.starts_with(".hegao-")
}

fn names(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).expect("a folder").filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect()
}

/// Runs the program on `draft` again and again and kills it: at moments spread over its time, and as soon as its hidden file is there. Whatever the
/// moment, `result` is whole (`is_whole` says so of its bytes) or, where it is a file of its own, not there, and nothing else is in the folder but
/// hidden files, which a later run removes.
fn killed_at_any_moment(draft: (&str, &[u8]), args: &[&str], result: &str, is_whole: impl Fn(&[u8]) -> bool) {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let reset = || {
        let others = names(folder.path()).into_iter().filter(|name| !is_hidden(name));
        others.for_each(|name| fs::remove_file(at(&name)).expect("removed"));
        fs::write(at(draft.0), draft.1).expect("a draft");
    };
    reset();
    let began = Instant::now();
    assert!(output(folder.path(), args).status.code().is_some_and(|code| code < 2));
    let whole = began.elapsed();
    let (mut unfinished, mut left) = (0, BTreeSet::new());
    for kill in 0..kills() {
        reset();
        let mut child = hegao(folder.path(), args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("runs");
        if kill % 2 == 0 {
            std::thread::sleep(whole.mul_f64(f64::from(kill * 37 % 100) / 90.0));
        } else {
            let is_new = |name: &String| is_hidden(name) && !left.contains(name);
            while !names(folder.path()).iter().any(is_new) && child.try_wait().expect("asked").is_none() {}
        }
        let _ = child.kill();
        child.wait().expect("ends");
        let draft_now = fs::read(at(draft.0)).expect("the draft is there");
        unfinished += usize::from(draft_now == draft.1);
        assert!(
            draft_now == draft.1 || result == draft.0 && is_whole(&draft_now),
            "{args:?}: the draft is neither as it was nor corrected"
        );
        for name in names(folder.path()) {
            let bytes = fs::read(at(&name)).expect("read");
            assert!(
                name == draft.0
                    || is_hidden(&name)
                    || name == result && is_whole(&bytes)
                    || name == format!("{}.bak", draft.0) && bytes == draft.1,
                "{args:?}: {name} of {} bytes",
                bytes.len()
            );
        }
        left.extend(names(folder.path()).into_iter().filter(|name| is_hidden(name)));
    }
    assert!(unfinished > 0, "{args:?}: no kill came before the end");
    eprintln!("{args:?}: {} kills, the draft still as it was {unfinished} times, {} hidden files left", kills(), left.len());
    let old = SystemTime::now() - Duration::from_secs(3600);
    for name in names(folder.path()).into_iter().filter(|name| is_hidden(name)) {
        File::options().write(true).open(at(&name)).and_then(|file| file.set_modified(old)).expect("aged");
    }
    reset();
    assert!(output(folder.path(), args).status.code().is_some_and(|code| code < 2));
    assert!(!names(folder.path()).iter().any(|name| is_hidden(name)), "{args:?}");
}

/// Paragraphs of a long draft, each with its number and one mistake.
fn paragraphs(count: usize) -> impl Iterator<Item = String> {
    (0..count).map(|n| format!("{n}青云镇做好工作布署，逐项核对进度，按月通报情况，各村都明确了专人。"))
}

fn long_draft() -> Vec<u8> {
    support::Docx::body(paragraphs(2000).map(|line| support::p(&line)).collect::<String>()).bytes()
}

/// The comments of a package that reads well.
fn comments(bytes: &[u8]) -> Option<usize> {
    let document = hegao::reader::read("稿.docx", bytes, &hegao::reader::Limits::default()).ok()?;
    Some(document.remarks.len())
}

#[test]
fn a_draft_corrected_in_place_is_whole_whenever_the_run_is_killed() {
    let text: String = paragraphs(4000).map(|line| line + "\n").collect();
    let right = text.replace("布署", "部署");
    killed_at_any_moment(("稿.txt", text.as_bytes()), &["fix", "--in-place", "稿.txt"], "稿.txt", |bytes| bytes == right.as_bytes());
    let is_whole = |bytes: &[u8]| {
        hegao::reader::read("稿.docx", bytes, &hegao::reader::Limits::default())
            .is_ok_and(|document| document.text.as_str().matches("部署").count() == 2000)
    };
    killed_at_any_moment(("稿.docx", &long_draft()), &["fix", "--in-place", "--backup", "稿.docx"], "稿.docx", is_whole);
}

#[test]
fn an_annotated_file_is_whole_or_not_there_whenever_the_run_is_killed() {
    let text: String = paragraphs(2000).map(|line| line + "\n").collect();
    let is_whole = |bytes: &[u8]| comments(bytes) == Some(2000);
    killed_at_any_moment(("稿.docx", &long_draft()), &["annotate", "稿.docx", "-o", "批注.docx"], "批注.docx", is_whole);
    killed_at_any_moment(("稿.txt", text.as_bytes()), &["annotate", "稿.txt", "-o", "批注.docx"], "批注.docx", is_whole);
}
