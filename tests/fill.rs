//! Filling blanks from a form: every value in its own place, nothing else changed, and no row put where it may not belong.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::process::{Command, Output};

use hegao::Document;
use hegao::document::Encoding;
use hegao::fill::{Refusal, fill};
use hegao::finding::applied;
use hegao::form::{self, Row};
use hegao::ooxml::Package;
use hegao::reader::text::{decode, encode};
use hegao::reader::{Limits, read};
use hegao::revision::Revision;
use hegao::span::Span;
use proptest::prelude::*;
use support::{Docx, p};

fn rows(draft: &Document, answers: &[&str]) -> Vec<Row> {
    let mut rows = form::read(&form::csv(draft).unwrap()).unwrap();
    assert!(rows.len() >= answers.len(), "{rows:?}");
    rows.iter_mut().zip(answers).for_each(|(row, answer)| (*answer).clone_into(&mut row.answer));
    rows
}

/// The draft with `rows` filled in, and why some were not.
fn filled(draft: &Document, rows: &[Row]) -> (String, Vec<Refusal>) {
    let filled = fill(draft, rows, |_| true);
    let text = draft.text.as_str();
    let refused = filled.refused.into_iter().map(|(_, refusal)| refusal).collect();
    (applied(&filled.edits, text, Span::new(0, text.len())), refused)
}

fn text(string: &str) -> Document {
    Document::from_text("报告.txt", string)
}

#[test]
fn a_value_takes_the_place_of_its_blank_and_says_its_unit_once() {
    for (draft, answer, result) in [
        ("督查xx次。", "12", "督查12次。"),
        ("督查xx次。", " 12 次 ", "督查12次。"),
        ("督查xx余次。", "12余次", "督查12余次。"),
        ("培训xx次。", "35人次", "培训35人次。"),
        ("投资xx元。", "3.5万", "投资3.5万元。"),
        ("整改率xx%。", "98.6％", "整改率98.6%。"),
        ("到xx镇调研。", "青云镇", "到青云镇调研。"),
        ("印发《xx》。", "《青云镇工作要点》", "印发《青云镇工作要点》。"),
        ("印发《　》。", "青云镇工作要点", "印发《青云镇工作要点》。"),
        ("青发〔　〕12号", "〔2024〕", "青发〔2024〕12号"),
        ("共计（  ）人", "35", "共计35人"),
        ("20xx年工作", "24", "2024年工作"),
        ("20xx年工作", "2024年", "2024年工作"),
        ("联系人：【姓名】。", "王　芳", "联系人：王　芳。"),
        ("{{单位}}：", "青云镇\u{200b}人民政府\t", "青云镇人民政府："),
    ] {
        assert_eq!(filled(&text(draft), &rows(&text(draft), &[answer])), (result.to_owned(), vec![]), "{draft} {answer}");
    }
}

#[test]
fn what_would_not_read_right_is_refused() {
    for (draft, answer, refusal) in [
        ("投资xx万元。", "35000元", Refusal::Unit("万元".into())),
        ("投资xx万元。", "3万", Refusal::Unit("万元".into())),
        ("下降xx%。", "3个百分点", Refusal::Unit("%".into())),
        ("督查xx次。", "一季度3次\n二季度5次", Refusal::Lines),
        ("督查xx次。", "#N/A", Refusal::Error),
        ("督查xx次。", "#####", Refusal::Error),
    ] {
        assert_eq!(filled(&text(draft), &rows(&text(draft), &[answer])), (draft.to_owned(), vec![refusal]), "{draft} {answer}");
    }
}

#[test]
fn a_draft_that_has_moved_is_filled_where_only_one_place_fits() {
    let form = rows(&text("督查xx次。\n培训xx次，走访xx次，参加xx次。\n督查xx次。\n"), &["1", "2", "3", "4", "5"]);
    let moved = text("新增一段。\n督查xx次。\n培训xx次，走访xx次，参加xx次。\n督查xx次。\n");
    let result = "新增一段。\n督查xx次。\n培训2次，走访3次，参加4次。\n督查xx次。\n";
    assert_eq!(filled(&moved, &form), (result.to_owned(), vec![Refusal::Unclear(2), Refusal::Unclear(2)]));
    // One sentence with two blanks that read alike keeps their order.
    let form = rows(&text("xx区xx镇\n"), &["城北", "青云"]);
    assert_eq!(filled(&text("报送单位：\n\nxx区xx镇\n"), &form), ("报送单位：\n\n城北区青云镇\n".to_owned(), vec![]));
    // Half of it has gone: which half is left?
    assert_eq!(
        filled(&text("督查xx次。"), &rows(&text("督查xx次。\n督查xx次。"), &["1", "2"])).1,
        [Refusal::Unclear(1), Refusal::Unclear(1)]
    );
    assert_eq!(filled(&text("督查若干次。"), &rows(&text("督查xx次。"), &["1"])).1, [Refusal::Gone]);
}

#[test]
fn filling_the_result_again_changes_nothing() {
    let draft = text("督查xx次，走访××户。\n印发《xx》。\n");
    let form = rows(&draft, &["12", "30", "青云镇xx方案"]);
    let (once, refused) = filled(&draft, &form);
    assert_eq!((once.as_str(), refused.len()), ("督查12次，走访30户。\n印发《青云镇xx方案》。\n", 0));
    assert_eq!(filled(&text(&once), &form), (once, vec![Refusal::Gone; 3]));
}

fn table(rows: &[(&str, &str)]) -> Vec<u8> {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", p(text));
    let row = |(name, figure): &(&str, &str)| format!("<w:tr>{}{}</w:tr>", cell(name), cell(figure));
    Docx::body(format!("<w:tbl>{}</w:tbl>{}", rows.iter().map(row).collect::<String>(), p("以上。"))).bytes()
}

fn word(bytes: &[u8]) -> Document {
    read("稿.docx", bytes, &Limits::default()).unwrap()
}

#[test]
fn a_cell_of_a_table_is_known_by_its_row() {
    let before = word(&table(&[("青云镇", "xx"), ("白石镇", "xx")]));
    let form = rows(&before, &["12", "35"]);
    assert_eq!(form[1].sentence, "青云镇 | xx | 白石镇 | xx");
    // Rows changed places: the figures must not stay behind.
    let swapped = word(&table(&[("白石镇", "xx"), ("青云镇", "xx")]));
    assert_eq!(filled(&swapped, &form).1, [Refusal::Gone, Refusal::Gone]);
}

#[test]
fn a_word_file_keeps_its_runs() {
    let run = |look: &str, text: &str| format!("<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>");
    let body = |first: &str, second: &str, third: &str| {
        let runs = [run("<w:b/>", &format!("督查{first}")), run("<w:i/>", second), run("<w:u/>", &format!("次，由{third}局负责。"))];
        Docx::body(format!("<w:p>{}</w:p>", runs.concat())).bytes()
    };
    let main = |bytes: &[u8]| {
        let xml = Package::open(bytes, &Limits::default()).unwrap().part("word/document.xml").unwrap().unwrap();
        String::from_utf8(xml).unwrap().replace(" xml:space=\"preserve\"", "")
    };
    let bytes = body("x", "x", "某某");
    let draft = word(&bytes);
    let revision = Revision::open(&draft, &bytes).unwrap();
    let done = fill(&draft, &rows(&draft, &["12", "A&B<乙>"]), |span| revision.holds(span));
    assert_eq!(done.refused, []);
    // A figure as long as its blank goes into the runs of the blank, character by character.
    assert_eq!(main(&revision.written(&done.edits).unwrap()), main(&body("1", "2", "A&amp;B&lt;乙&gt;")));
}

#[test]
fn markup_in_a_blank_is_not_torn_and_values_are_not_markup() {
    let html = |source: &str| read("稿.html", source.as_bytes(), &Limits::default()).unwrap();
    let draft = html("<p>督查&times;&times;次，走访<b>xx</b>户，由x<i>x</i>局负责，联系xx公司。</p>");
    let (result, refused) = filled(&draft, &rows(&draft, &["12", "30", "公安", "A<b>&B"]));
    assert_eq!(refused, [Refusal::Mixed]);
    assert_eq!(result, "<p>督查12次，走访<b>30</b>户，由x<i>x</i>局负责，联系A&lt;b&gt;&amp;B公司。</p>");
    let draft = read("稿.md", "- 联系xx公司，**走访**xx户。\n".as_bytes(), &Limits::default()).unwrap();
    let (result, refused) = filled(&draft, &rows(&draft, &["*A*_b_[c]", "30"]));
    assert_eq!(refused, []);
    let after = read("稿.md", result.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(after.shown(&after.blocks[0]), "联系*A*_b_[c]公司，走访30户。");
}

/// Sentences with blanks, each with what belongs there: the expected text is made by writing the values where the blanks would stand.
fn sentences() -> impl Strategy<Value = Vec<(usize, [String; 2])>> {
    prop::collection::vec((0..SENTENCES.len(), ["[1-9][0-9]{0,4}", "[1-9][0-9]{0,4}"]), 1..12)
}

const SENTENCES: [&str; 6] = [
    "召开会议@次，举办培训@期。",
    "走访群众@户；",
    "整改率@%，",
    "投入资金@万元。\n",
    "（一）加强学习。开展研讨@次，覆盖党员@人。\r\n",
    "全年共受理@件，办结@件。\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_value_stands_where_its_blank_stood(sentences in sentences(), skip in any::<u64>(), kind in 0..4_usize) {
        let (mut draft, mut expected, mut answers) = (String::new(), String::new(), Vec::new());
        for (n, values) in &sentences {
            let mut values = values.iter();
            for (part, piece) in SENTENCES[*n].split('@').enumerate() {
                if part > 0 {
                    let value = values.next().unwrap();
                    let keeps = skip >> answers.len() & 1 == 1;
                    draft.push_str("××");
                    expected.push_str(if keeps { "××" } else { value });
                    answers.push(if keeps { "" } else { value.as_str() });
                }
                draft.push_str(piece);
                expected.push_str(piece);
            }
        }
        let encoding = [Encoding::Utf8 { bom: true }, Encoding::Gb18030, Encoding::Utf16Le { bom: true }, Encoding::Utf8 { bom: false }][kind];
        let bytes = encode(&draft, encoding);
        let document = read("稿.txt", &bytes, &Limits::default()).unwrap();
        let mut form = rows(&document, &answers);
        // Clerks sort.
        form.reverse();
        let revision = Revision::open(&document, &bytes).unwrap();
        let done = fill(&document, &form, |_| true);
        prop_assert_eq!(&done.refused, &[]);
        prop_assert_eq!(decode(&revision.written(&done.edits).unwrap()).unwrap(), (expected, encoding));
    }

    #[test]
    fn in_a_draft_that_has_moved_no_value_stands_anywhere_else(sentences in sentences(), dropped in 0..12_usize, added in sentences()) {
        // Each value names its place by the sentence and the blank in it.
        let line = |n: usize, mark: &dyn Fn(usize) -> String| {
            let mut parts = SENTENCES[n].trim_end().split('@');
            let first = parts.next().unwrap().to_owned();
            parts.enumerate().fold(first, |line, (blank, part)| line + &mark(blank) + part)
        };
        let of = |all: &[(usize, [String; 2])]| all.iter().map(|(n, _)| line(*n, &|_| "xx".into()) + "\n").collect::<String>();
        let value = |n: usize, blank: usize| format!("9{n}{blank}");
        let before = text(&of(&sentences));
        let mut form = form::read(&form::csv(&before).unwrap()).unwrap();
        for row in &mut form {
            let place = row.place.unwrap();
            let n = sentences[place.line as usize - 1].0;
            let earlier = line(n, &|_| "xx".into()).chars().take(place.column as usize - 1).collect::<String>().matches("xx").count();
            row.answer = value(n, earlier);
        }
        let mut moved = sentences.clone();
        moved.remove(dropped % sentences.len());
        moved.splice(0..0, added);
        let (result, _) = filled(&text(&of(&moved)), &form);
        for (written, (n, _)) in result.lines().zip(&moved) {
            let undone = (0..3).fold(written.to_owned(), |written, blank| written.replace(&value(*n, blank), "xx"));
            prop_assert_eq!(undone, line(*n, &|_| "xx".into()));
        }
    }
}

fn hegao(folder: &tempfile::TempDir, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hegao")).current_dir(folder.path()).args(args).output().unwrap()
}

#[test]
fn a_table_from_excel_on_a_chinese_system_fills_a_draft_and_a_filled_form_is_never_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("稿.txt"), "督查xx次，整改率xx%。\n").unwrap();
    assert_eq!(hegao(&folder, &["placeholders", "稿.txt", "--form", "表.csv"]).status.code(), Some(0));
    let form = decode(&fs::read(path("表.csv")).unwrap()).unwrap().0.replace("整改率xx%,", "整改率xx%,98.6%");
    fs::write(path("表.csv"), encode(&form, Encoding::Gb18030)).unwrap();
    let again = hegao(&folder, &["placeholders", "稿.txt", "--form", "表.csv"]);
    assert_eq!((again.status.code(), decode(&fs::read(path("表.csv")).unwrap()).unwrap().0), (Some(2), form.clone()));
    // Both rows have an answer now, for the sentence stands in both.
    assert_eq!(form.matches("98.6%").count(), 2);
    let done = hegao(&folder, &["fill", "稿.txt", "表.csv", "--in-place", "--backup"]);
    assert_eq!(done.status.code(), Some(1), "{}", String::from_utf8_lossy(&done.stdout));
    assert_eq!(fs::read_to_string(path("稿.txt")).unwrap(), "督查xx次，整改率98.6%。\n");
    assert_eq!(fs::read_to_string(path("稿.txt.bak")).unwrap(), "督查xx次，整改率xx%。\n");
}
