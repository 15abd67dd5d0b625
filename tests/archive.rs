//! Zip files of drafts: every draft in them is one result under the name `a.zip!b.txt`, and what is bad is one failure.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::path::Path;

use hegao::batch::{Exclude, Failure, Options, collect, run};
use support::{Docx, p, zip};

/// The results for a file of these bytes: name and text, or name and message.
fn results(name: &str, bytes: &[u8]) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    in_folder(folder.path(), &path)
}

fn in_folder(folder: &Path, path: &Path) -> Vec<(String, String)> {
    let mut results = Vec::new();
    let front = format!("{}/", folder.display());
    let short = |name: String| name.replace(&front, "");
    let work = |document: hegao::Document| (document.name.clone(), document.text.as_str().to_owned());
    run(&collect(&[path.to_owned()], &Exclude::default()), &Options::default(), work, |result| {
        results.push(match result {
            Ok((name, text)) => (short(name), text),
            Err(Failure { name, message }) => (short(name), format!("失败：{message}")),
        });
        Ok(())
    })
    .unwrap();
    results
}

fn names(results: &[(String, String)]) -> Vec<&str> {
    results.iter().map(|(name, _)| name.as_str()).collect()
}

#[test]
fn drafts_come_in_the_order_of_their_names_and_other_files_are_left_out() {
    let docx = Docx::body(p("正文")).bytes();
    let bytes = zip(&[
        ("乙/二.txt", "乙二".as_bytes()),
        ("b.docx", &docx),
        ("a.md", b"# a"),
        ("photo.jpg", b"\xff\xd8"),
        ("__MACOSX/._a.md", b"\0\x05"),
        ("~$b.docx", b"x"),
        (".hidden.txt", b"x"),
    ]);
    let results = results("稿.zip", &bytes);
    assert_eq!(names(&results), ["稿.zip!a.md", "稿.zip!b.docx", "稿.zip!乙/二.txt"]);
    assert_eq!(results[1].1, "正文");
}

#[test]
fn a_bad_member_is_one_failure_and_the_rest_goes_on() {
    let docx = Docx::body(p("正文")).bytes();
    let results = results("a.zip", &zip(&[("1.docx", &docx[..docx.len() / 2]), ("2.txt", b"ok"), ("3.doc", b"\0\x01\x02\xff\xfe\0")]));
    assert_eq!(names(&results), ["a.zip!1.docx", "a.zip!2.txt", "a.zip!3.doc"]);
    assert!(results[0].1.starts_with("失败：文件不完整"), "{}", results[0].1);
    assert_eq!(results[1].1, "ok");
    assert!(results[2].1.starts_with("失败：不是文本"), "{}", results[2].1);
}

#[test]
fn names_in_gbk_are_decoded() {
    let mut bytes = zip(&[("12345678.txt", b"text")]);
    let gbk = encoding_rs::GB18030.encode("工作总结").0.into_owned();
    for at in 0..bytes.len() - 8 {
        if &bytes[at..at + 8] == b"12345678" {
            bytes[at..at + 8].copy_from_slice(&gbk);
        }
    }
    assert_eq!(names(&results("a.zip", &bytes)), ["a.zip!工作总结.txt"]);
}

#[test]
fn archives_stand_in_archives_but_not_deeper() {
    let inner = zip(&[("x.txt", b"x")]);
    let middle = zip(&[("inner.zip", &inner), ("y.txt", b"y")]);
    assert_eq!(names(&results("a.zip", &middle)), ["a.zip!inner.zip!x.txt", "a.zip!y.txt"]);
    let deep = results("a.zip", &zip(&[("middle.zip", &middle)]));
    assert_eq!(names(&deep), ["a.zip!middle.zip!inner.zip", "a.zip!middle.zip!y.txt"]);
    assert!(deep[0].1.contains("多层压缩包"), "{}", deep[0].1);
}

#[test]
fn locked_members_empty_archives_and_bombs_are_named() {
    let mut locked = zip(&[("a.txt", b"12345678")]);
    let directory = locked.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    locked[directory + 8] |= 1;
    assert!(results("a.zip", &locked)[0].1.contains("密码"));
    assert!(results("a.zip", &zip(&[("a.jpg", b"x")]))[0].1.contains("没有文稿"));
    let bomb = zip(&[("a.txt", &vec![b' '; 40 << 20]), ("b.txt", b"b")]);
    let results = results("a.zip", &bomb);
    assert!(results[0].1.contains("压缩比"), "{}", results[0].1);
    assert_eq!(results[1].1, "b");
}

#[test]
fn a_cut_archive_is_one_failure() {
    let whole = zip(&[("a.txt", b"12345678"), ("b.txt", b"12345678")]);
    for cut in 4..whole.len() {
        let results = results("a.zip", &whole[..cut]);
        assert!(results.len() == 1 && results[0].0 == "a.zip" && results[0].1.starts_with("失败"), "{cut}: {results:?}");
    }
}

#[test]
fn archives_in_folders_and_documents_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let docx = Docx::body(p("正文")).bytes();
    fs::write(folder.path().join("b.zip"), &docx).unwrap();
    fs::write(folder.path().join("a.zip"), zip(&[("x.txt", b"x")])).unwrap();
    let results = in_folder(folder.path(), folder.path());
    assert_eq!(names(&results), ["a.zip!x.txt", "b.zip"]);
    assert_eq!(results[1].1, "正文");
}
