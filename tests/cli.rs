//! The program as a user meets it: the README's command, formats, exit codes, bad input, order.

#![allow(clippy::print_stderr, reason = "a test tells what it skips")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn hegao(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hegao")).current_dir(folder).args(args).output().expect("the program runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

const DRAFT: &str = "青云镇2021年工作总结\n一、工作情况\n做好工作布署，开展督查xx次。\n二、下一步打算\n增强“四个意识”。\n";

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("a file");
    }
    folder
}

#[test]
fn the_command_of_the_readme_finds_the_marked_mistakes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = hegao(root, &["check", "corpora/marked"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("建议: 改为"));
}

#[test]
fn exit_codes_tell_clean_found_and_failed() {
    let folder = folder(&[("好.txt", "做好工作部署。\n".as_bytes()), ("错.txt", "落实中央经济工作会仪精神。\n".as_bytes())]);
    assert_eq!(hegao(folder.path(), &["check", "好.txt"]).status.code(), Some(0));
    assert_eq!(hegao(folder.path(), &["check", "错.txt"]).status.code(), Some(1));
    let missing = hegao(folder.path(), &["check", "没有.txt"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(stdout(&missing).contains("没有.txt"));
    let rule = hegao(folder.path(), &["check", "--only", "phrase/nearmiss", "好.txt"]);
    assert_eq!(rule.status.code(), Some(2));
    assert!(stderr(&rule).contains("phrase/near-miss"), "{}", stderr(&rule));
    let option = hegao(folder.path(), &["check", "--as-of", "去年", "好.txt"]);
    assert_eq!(option.status.code(), Some(2));
    assert!(stderr(&option).contains("2021-12"), "{}", stderr(&option));
}

#[test]
fn a_result_is_never_written_over_a_draft() {
    let folder = folder(&[("稿.txt", DRAFT.as_bytes())]);
    let output = hegao(folder.path(), &["check", "-o", "稿.txt", "稿.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read_to_string(folder.path().join("稿.txt")).expect("still there"), DRAFT);
}

#[test]
fn one_text_in_four_encodings_gives_the_same_findings() {
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(DRAFT.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let (gbk, _, _) = encoding_rs::GB18030.encode(DRAFT);
    let bom = [b"\xef\xbb\xbf", DRAFT.as_bytes()].concat();
    let crlf = DRAFT.replace('\n', "\r\n");
    let folder = folder(&[("a.txt", DRAFT.as_bytes()), ("b.txt", &gbk), ("c.txt", &utf16), ("d.txt", &bom), ("e.txt", crlf.as_bytes())]);
    let places = |name: &str| {
        let text = stdout(&hegao(folder.path(), &["check", "--format", "plain", name]));
        text.replace(name, "")
    };
    let first = places("a.txt");
    assert!(first.contains("phrase/known"), "{first}");
    for name in ["b.txt", "c.txt", "d.txt", "e.txt"] {
        assert_eq!(places(name), first, "{name}");
    }
}

#[test]
fn a_folder_is_checked_in_order_whatever_the_threads_and_a_bad_file_does_not_end_it() {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 0..200 {
        fs::write(folder.path().join(format!("{n:03}.txt")), format!("{n}\n{DRAFT}")).expect("a file");
    }
    fs::write(folder.path().join("100.docx"), b"PK\x03\x04 broken").expect("a file");
    fs::write(folder.path().join("~$100.docx"), b"lock").expect("a file");
    fs::write(folder.path().join("skip.txt"), DRAFT).expect("a file");
    fs::write(folder.path().join(".hegaoignore"), "skip.txt\n").expect("a file");
    let run = |jobs: &str| hegao(folder.path(), &["check", "--format", "jsonl", "--jobs", jobs, "."]);
    let (one, two) = (run("1"), run("2"));
    assert_eq!(one.status.code(), Some(2));
    assert_eq!(one.stdout, two.stdout);
    let text = stdout(&one);
    let last: serde_json::Value = serde_json::from_str(text.lines().last().expect("a summary")).expect("JSON");
    assert_eq!((last["files"].as_u64(), last["failed"].as_u64()), (Some(200), Some(1)));
    assert!(!text.contains("~$") && !text.contains("skip.txt"));
}

#[test]
fn every_command_runs_under_its_chinese_name_too() {
    let folder = folder(&[("稿.txt", DRAFT.as_bytes())]);
    for (english, chinese) in [("outline", "大纲"), ("placeholders", "占位符"), ("stats", "统计"), ("segment", "分词"), ("text", "文本")]
    {
        let (a, b) = (hegao(folder.path(), &[english, "稿.txt"]), hegao(folder.path(), &[chinese, "稿.txt"]));
        assert_eq!((a.status.code(), &a.stdout), (Some(0), &b.stdout), "{english}");
        assert!(!a.stdout.is_empty(), "{english}");
    }
    assert!(stdout(&hegao(folder.path(), &["placeholders", "稿.txt"])).contains("次数"));
    assert!(stdout(&hegao(folder.path(), &["dict", "show", "四个意识"])).contains("看齐意识"));
    assert!(stdout(&hegao(folder.path(), &["explain", "phrase/near-miss"])).contains("查什么"));
}

#[test]
fn a_user_dictionary_adds_and_a_broken_one_is_named_with_its_line() {
    let good = "[[phrase]]\ntext = \"青云精神\"\nkind = \"term\"\nwrong = [{ text = \"清云精神\" }]\nsource = \"镇党委文件\"\ngood = [\"弘扬青云精神。\"]\nbad = [\"弘扬清云精神。\"]\n";
    let folder = folder(&[("稿.txt", "弘扬清云精神。".as_bytes()), ("词典.toml", good.as_bytes()), ("坏.toml", b"[[phrase]]\ntext = 1\n")]);
    let output = hegao(folder.path(), &["check", "--dictionary", "词典.toml", "稿.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(hegao(folder.path(), &["dict", "check", "词典.toml"]).status.code(), Some(0));
    let broken = hegao(folder.path(), &["check", "--dictionary", "坏.toml", "稿.txt"]);
    assert_eq!(broken.status.code(), Some(2));
    assert!(stderr(&broken).contains("坏.toml:1"), "{}", stderr(&broken));
    fs::write(folder.path().join("白名单.txt"), "清云精神\n").expect("a file");
    let allowed = hegao(folder.path(), &["check", "--dictionary", "词典.toml", "--allow", "白名单.txt", "稿.txt"]);
    assert_eq!(allowed.status.code(), Some(0), "{}", stdout(&allowed));
}

#[test]
fn init_writes_a_file_that_changes_nothing_and_the_users_own_lies_below_the_projects() {
    let folder = folder(&[("稿.txt", DRAFT.as_bytes())]);
    let before = stdout(&hegao(folder.path(), &["check", "--no-config", "稿.txt"]));
    assert_eq!(hegao(folder.path(), &["init"]).status.code(), Some(0));
    let written = fs::read_to_string(folder.path().join("hegao.toml")).expect("written");
    assert_eq!(stdout(&hegao(folder.path(), &["check", "稿.txt"])), before);
    let home = folder.path().join("config/hegao");
    fs::create_dir_all(&home).expect("a folder");
    fs::write(home.join("hegao.toml"), "min_severity = \"error\"\nfail_on = \"info\"\n").expect("a file");
    fs::write(folder.path().join("hegao.toml"), format!("fail_on = \"warning\"\n{written}")).expect("a file");
    let shown = Command::new(env!("CARGO_BIN_EXE_hegao"))
        .current_dir(folder.path())
        .env("XDG_CONFIG_HOME", folder.path().join("config"))
        .args(["check", "--show-config", "稿.txt"])
        .output()
        .expect("the program runs");
    let shown = stdout(&shown);
    let line = |key: &str| shown.lines().find(|line| line.starts_with(key)).unwrap_or_default().to_owned();
    assert!(line("min_severity").contains("\"error\"") && line("min_severity").ends_with("config/hegao/hegao.toml:1"), "{shown}");
    assert!(line("fail_on").contains("\"warning\"") && line("fail_on").ends_with("# hegao.toml:1"), "{shown}");
}

#[test]
fn a_new_record_filled_in_is_a_dictionary() {
    let folder = folder(&[]);
    let printed = stdout(&hegao(folder.path(), &["dict", "new", "“三个青云”"]));
    let filled = printed
        .replace("source = \"\"", "source = \"镇党委文件，2021-11\"")
        .replace("good   = [\"\"]", "good   = [\"落实“三个青云”要求。\"]")
        .replace("bad    = [\"\"]", "bad    = [\"落实“三个轻云”要求。\"]")
        .replace("# wrong   = [{ text = \"\" }]", "wrong   = [{ text = \"三个轻云\" }]")
        .replace("# since ", "since ");
    // As an editor of another system saves it.
    let saved = format!("\u{feff}{}", filled.replace('\n', "\r\n"));
    fs::write(folder.path().join("新.toml"), saved).expect("a file");
    let checked = hegao(folder.path(), &["dict", "check", "新.toml"]);
    assert_eq!((checked.status.code(), stdout(&checked).as_str()), (Some(0), "新.toml：没有问题\n"));
    fs::write(folder.path().join("空.toml"), printed).expect("a file");
    let unfilled = stdout(&hegao(folder.path(), &["dict", "check", "空.toml"]));
    assert_eq!(unfilled.matches("空.toml:").count(), 3, "{unfilled}");
}

#[test]
fn the_shell_completes_commands_by_both_their_names() {
    let folder = folder(&[]);
    let script = stdout(&hegao(folder.path(), &["completions", "bash"]));
    let asks =
        |word: &str| format!("{script}\nCOMP_WORDS=(hegao {word}); COMP_CWORD=1; _hegao hegao {word} hegao; echo \"${{COMPREPLY[@]}}\"\n");
    let complete = |word: &str| match Command::new("bash").args(["-c", &asks(word)]).output() {
        Ok(output) => Some((stdout(&output), stderr(&output))),
        Err(_) => None,
    };
    match (complete("place"), complete("占")) {
        (Some(english), Some(chinese)) => {
            assert_eq!(english, ("placeholders\n".into(), String::new()));
            assert_eq!(chinese, ("占位符\n".into(), String::new()));
        }
        _ => eprintln!("skipped: no bash"),
    }
    for shell in ["zsh", "fish", "powershell", "elvish"] {
        assert!(stdout(&hegao(folder.path(), &["completions", shell])).contains("placeholders"), "{shell}");
    }
}
