//! Living with findings: marks, comments, `[[ignore]]`, baselines, and what is said when they are of no use.

use hegao::config;
use hegao::document::Remark;
use hegao::suppress::{Baseline, Entry, Suppressions};
use hegao::{Checker, Date, Document, Span};
use proptest::prelude::*;

fn checker(config_file: &str, baseline: Baseline) -> Checker {
    let config = config::parse(config_file, "hegao.toml".as_ref()).expect("a right file").complete();
    let ignores = config.ignore.iter().map(|ignore| ignore.value.clone()).collect();
    let builder = Checker::builder().today(Date::new(2026, 1, 1)).levels(config.levels());
    builder.suppressions(Suppressions { ignores, baseline }).build().expect("rules that exist")
}

/// The findings as `rule words`.
fn said(checker: &Checker, document: &Document) -> Vec<String> {
    let text = document.text.as_str();
    checker.check(document).findings.iter().map(|finding| format!("{} {}", finding.rule, finding.span.of(text))).collect()
}

fn told(config: &str, text: &str) -> Vec<String> {
    said(&checker(config, Baseline::default()), &Document::from_text("稿.txt", text))
}

const MARK: &str = "〔核稿忽略：布署，引用原文〕";

#[test]
fn a_mark_silences_its_words_in_its_paragraph_and_is_itself_told() {
    let text = format!("做好工作布署。{MARK}\n再次布署任务。\n");
    assert_eq!(told("", &text), [format!("suppression/mark {MARK}"), "phrase/known 布署".into()]);
    let whole = text.replace("忽略", "忽略全文");
    assert_eq!(told("", &whole), ["suppression/mark 〔核稿忽略全文：布署，引用原文〕"]);
}

#[test]
fn a_mark_may_name_the_rule_by_id_family_or_title_or_everything() {
    for target in ["phrase/known", "phrase", "固定表述的常见错误写法", "全部"] {
        let text = format!("做好工作布署。（核稿忽略：{target}，已核）\n");
        assert_eq!(told("", &text).len(), 1, "{target}");
    }
}

#[test]
fn what_stands_in_a_mark_is_not_checked_and_a_phrase_around_it_is_whole() {
    assert_eq!(told("", "做好工作部署。〔核稿忽略全文：xx，（次，布署〕开展督查xx次。\n").len(), 1);
    assert_eq!(told("", "增强“四个〔核稿忽略：四个意思，举例〕意思”。\n"), ["suppression/mark 〔核稿忽略：四个意思，举例〕"]);
}

#[test]
fn a_mark_of_no_use_is_told_unless_its_rule_is_off() {
    let text = format!("做好工作部署。{MARK}\n");
    let unused = [format!("suppression/mark {MARK}"), format!("suppression/unused {MARK}")];
    assert_eq!(told("", &text), unused);
    assert_eq!(told("[rules]\nphrase = \"off\"\n", &text), unused[..1]);
    assert!(told("[rules]\nsuppression = \"off\"\n", &text).is_empty());
}

#[test]
fn a_comment_of_word_silences_the_words_it_is_anchored_on() {
    let mut document = Document::from_text("稿.docx", "做好工作布署。\n再次布署任务。\n");
    let at = document.text.as_str().find("布署").expect("there");
    document.remarks.push(Remark { span: Span::new(at, at + 6), text: "核稿忽略：全部，引用原文".into() });
    document.remarks.push(Remark { span: Span::new(0, 6), text: "这里再斟酌".into() });
    assert_eq!(said(&checker("", Baseline::default()), &document), ["suppression/mark 布署", "phrase/known 布署"]);
}

#[test]
fn an_ignore_names_words_as_people_copy_them_and_is_told_when_of_no_use() {
    let ignore = "[[ignore]]\ntext = \"做好 工作布署\"\nreason = \"引用\"\n";
    assert_eq!(told(ignore, "做好工作布署。\n再次布署任务。\n"), ["phrase/known 布署"]);
    assert_eq!(told(ignore, "做好工作布署。\n做好工　作布署。\n"), [""; 0]);
    let of_no_use = "[[ignore]]\ntext = \"工作部署\"\nreason = \"已改\"\n";
    assert_eq!(told(of_no_use, "做好工作部署。\n"), ["suppression/unused 工作部署"]);
    // Words that are not in this draft are about another one.
    assert_eq!(told(of_no_use, "全部完成。\n"), [""; 0]);
}

#[test]
fn an_ignore_may_be_about_one_file_or_one_rule() {
    let text = "做好工作布署。\n";
    for (file, silent) in [("稿.txt", true), ("*.txt", true), ("年鉴*", false)] {
        let ignore = format!("[[ignore]]\nrule = \"phrase/known\"\nfile = \"{file}\"\nreason = \"旧稿\"\n");
        assert_eq!(told(&ignore, text).is_empty(), silent, "{file}");
    }
    let elsewhere = "[[ignore]]\nfile = \"稿.txt\"\ntext = \"没有的话\"\nreason = \"旧稿\"\n";
    assert_eq!(told(elsewhere, "全部完成。\n"), ["suppression/unused "]);
}

const REPORT: &str = "青云镇2021年工作总结\n一、工作情况\n做好工作布署，开展督查xx次。\n三、下一步打算\n增强“四个意思”。\n";

fn baseline_of(text: &str) -> Baseline {
    let document = Document::from_text("稿.txt", text);
    let report = checker("", Baseline::default()).check(&document);
    assert!(report.findings.len() >= 4, "{:?}", report.findings);
    Baseline::new(Entry::all(&document, &report.findings))
}

#[test]
fn a_baseline_leaves_only_what_is_new_and_tells_what_is_gone() {
    let baseline = baseline_of(REPORT);
    let again = Baseline::parse(&baseline.to_lines()).expect("our own file");
    assert_eq!(again, baseline);
    let checker = checker("", again);
    assert_eq!(said(&checker, &Document::from_text("稿.txt", REPORT)), [""; 0]);
    let more = format!("{REPORT}再次布署任务。\n");
    assert_eq!(said(&checker, &Document::from_text("稿（改）.txt", more.as_str())), ["phrase/known 布署"]);
    let repaired = REPORT.replace("布署", "部署");
    assert_eq!(said(&checker, &Document::from_text("稿.txt", repaired.as_str())), ["suppression/unused "]);
}

#[test]
fn a_foreign_or_damaged_baseline_is_refused() {
    assert!(Baseline::parse("做好工作部署。").is_err());
    let cut = baseline_of(REPORT).to_lines();
    let error = Baseline::parse(&cut[..cut.len() - 9]).expect_err("cut");
    assert!(error.to_string().contains("行"), "{error}");
    // Half a character of UTF-16 is no text.
    let lone = baseline_of(REPORT).to_lines().replacen("布署", "\\ud800", 1);
    assert!(Baseline::parse(&lone).expect_err("half a character").to_string().contains("行"));
}

proptest! {
    /// Lines put in anywhere, or the file under another name, bring nothing back.
    #[test]
    fn accepted_findings_stay_accepted_when_other_lines_come_in(at in 0_usize..6, lines in 1_usize..4) {
        /// Different lines: a sentence that stands twice would be a finding of its own.
        const LINES: [&str; 3] = [
            "全镇上下齐心协力，各项任务按期完成，群众反映良好。",
            "各村落实管护责任，渠道塘坝按月巡查，用水更有保障。",
            "机关干部下沉一线，帮助农户抢收抢种，受到普遍欢迎。",
        ];
        let mut text: Vec<&str> = REPORT.lines().collect();
        for line in &LINES[..lines] {
            text.insert(at.min(text.len()), line);
        }
        let checker = checker("[rules]\nsection = \"off\"\n", baseline_of(REPORT));
        let document = Document::from_text("定稿.txt", text.join("\n"));
        prop_assert_eq!(said(&checker, &document), [""; 0]);
    }
}
