//! Every record of the shipped dictionary does what it says: its right examples are silent, its wrong ones are reported by it and become right;
//! and the data is in order.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use hegao::dictionary::format::{self, Kind};
use hegao::dictionary::{Phrase, Template};
use hegao::dictionary::{audit, lint};
use hegao::{Checker, Date, Dictionary, Document, Finding, Severity};

/// The day on which wrong examples are judged.
const TODAY: &str = "2026-11-23";

fn checker(as_of: &str) -> Checker {
    Checker::builder().as_of(Date::parse(as_of).expect("a date")).build().expect("a checker")
}

fn loud(checker: &Checker, text: &str) -> Vec<Finding> {
    let report = checker.check(&Document::from_text("例.txt", text));
    report.findings.into_iter().filter(|finding| finding.severity > Severity::Info || finding.entry.is_some()).collect()
}

/// The text with the first proposal of every finding applied.
fn repaired(text: &str, findings: &[Finding]) -> String {
    let mut text = text.to_owned();
    for finding in findings.iter().rev() {
        if let Some(fix) = finding.fixes.first() {
            text.replace_range(finding.span.range(), &fix.applied_to(&text, finding.span));
        }
    }
    text
}

fn describe(findings: &[Finding], text: &str) -> String {
    let one = |f: &Finding| format!("{} {:?} “{}” → {:?} ({:?})", f.rule, f.severity, f.span.of(text), f.suggestions(text), f.entry);
    findings.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Checkers by date, since records are judged at their own time.
#[derive(Default)]
struct Checkers(BTreeMap<String, Checker>);

impl Checkers {
    fn at(&mut self, date: &str) -> &Checker {
        self.0.entry(date.to_owned()).or_insert_with(|| checker(date))
    }
}

fn examples(name: &str, date: &str, good: &[impl AsRef<str>], bad: &[impl AsRef<str>], checkers: &mut Checkers) -> Vec<String> {
    let mut wrong = Vec::new();
    for text in good.iter().map(AsRef::as_ref) {
        let findings = loud(checkers.at(date), text);
        if !findings.is_empty() {
            wrong.push(format!("{name}: good “{text}” is reported: {}", describe(&findings, text)));
        }
    }
    for text in bad.iter().map(AsRef::as_ref) {
        let checker = checkers.at(TODAY);
        let findings = loud(checker, text);
        if findings.is_empty() {
            wrong.push(format!("{name}: bad “{text}” is not reported"));
        } else {
            let after = repaired(text, &findings);
            let left = loud(checker, &after);
            if !left.is_empty() || after == text {
                wrong.push(format!("{name}: bad “{text}” becomes “{after}”, still reported: {}", describe(&left, &after)));
            }
        }
    }
    wrong
}

fn of_phrase(phrase: &Phrase, checkers: &mut Checkers) -> Vec<String> {
    let date = phrase.until.as_deref().filter(|_| phrase.replaced_by.is_some()).unwrap_or(TODAY).to_owned();
    examples(&phrase.text, &date, &phrase.good, &phrase.bad, checkers)
}

fn of_template(template: &Template, checkers: &mut Checkers) -> Vec<String> {
    examples(&template.name, TODAY, &template.good, &template.bad, checkers)
}

#[test]
fn right_examples_are_silent_and_wrong_ones_become_right() {
    let dictionary = Dictionary::builtin();
    let mut checkers = Checkers::default();
    let mut wrong: Vec<String> = dictionary.phrases().flat_map(|phrase| of_phrase(phrase, &mut checkers)).collect();
    wrong.extend(dictionary.templates().flat_map(|template| of_template(template, &mut checkers)));
    assert!(wrong.is_empty(), "{} examples do not hold:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_template_is_tried_only_where_what_it_replaces_occurs() {
    let dictionary = Dictionary::builtin();
    let named = |name: &str| dictionary.templates().find(|template| template.name == name).expect("a shipped template");
    assert!(!named("近…余").may_occur_in("包村干部走访近百次。"));
    assert!(named("近…余").may_occur_in("包村干部走访近百余次。"));
    assert!(!named("百分数区间").may_occur_in("增长5%。"));
    // More than plain words: only the pattern can tell.
    assert!(named("截止+时间").may_occur_in("一切文字。"));
}

/// Wording, its last date and what is written now: a draft of its own time is left alone, one of today is told.
const REPLACED: &[(&str, &str, &str)] = &[
    ("2015-06", "更加紧密地团结在以习近平同志为总书记的党中央周围。", "更加紧密地团结在以习近平同志为核心的党中央周围。"),
    ("2016-03", "坚定“三个自信”。", "坚定“四个自信”。"),
    ("2017-06", "坚持党要管党、从严治党。", "坚持党要管党、全面从严治党。"),
    ("2017-06", "打铁还需自身硬。", "打铁必须自身硬。"),
    ("2018-08", "培养德智体美全面发展的社会主义建设者和接班人。", "培养德智体美劳全面发展的社会主义建设者和接班人。"),
    (
        "2019-11",
        "协调推进全面建成小康社会、全面深化改革、全面依法治国、全面从严治党。",
        "协调推进全面建设社会主义现代化国家、全面深化改革、全面依法治国、全面从严治党。",
    ),
    ("2021-06", "深刻理解“八个明确”。", "深刻理解“十个明确”。"),
    ("2020-12", "统筹山水林田湖草系统治理。", "统筹山水林田湖草沙系统治理。"),
    ("2023-02", "全面推进乡村振兴。", "推进乡村全面振兴。"),
    ("2023-06", "贯彻全国宣传思想工作会议精神。", "贯彻全国宣传思想文化工作会议精神。"),
    ("2024-03", "学习习近平总书记关于党的建设的重要思想。", "学习习近平党建思想。"),
    ("2017-12", "向中国银监会报告。", "向金融监管总局报告。"),
    ("2022-12", "向银保监会报告。", "向金融监管总局报告。"),
    ("2020-06", "国务院扶贫办印发通知。", "农业农村部印发通知。"),
    ("2019-01", "县环境保护局开展检查。", "县生态环境局开展检查。"),
    ("2020-06", "依据《合同法》订立。", "依据《中华人民共和国民法典》订立。"),
    ("2026-07", "违反《中华人民共和国水污染防治法》的，依法查处。", "违反《中华人民共和国生态环境法典》的，依法查处。"),
    ("2026-07", "违反《大气污染防治法》的，依法查处。", "违反《中华人民共和国生态环境法典》的，依法查处。"),
    ("2022-03", "按照《信访条例》办理。", "按照《信访工作条例》办理。"),
];

#[test]
fn a_draft_is_judged_by_its_own_time() {
    for (own_time, text, now) in REPLACED {
        let then = loud(&checker(own_time), text);
        assert!(then.is_empty(), "{own_time}: {}", describe(&then, text));
        let today = loud(&checker(TODAY), text);
        assert!(today.iter().all(|f| f.rule == "phrase/outdated"), "{}", describe(&today, text));
        assert_eq!(repaired(text, &today), *now);
    }
    // A successor that has its own successor: each time has its own answer.
    let text = "向中国银监会报告。";
    assert_eq!(repaired(text, &loud(&checker("2020-01"), text)), "向中国银保监会报告。");
}

#[test]
fn what_looks_like_a_slip_or_like_replaced_wording_is_left_alone() {
    let today = checker(TODAY);
    for text in [
        "依据《湖南省信访条例》办理。",
        "完善环境保护法律法规。",
        "原国土资源部印发的办法。",
        "原县环境保护局档案。",
        "澳门环境保护局发布数据。",
        "签订劳动合同法律文书。",
        "党的十二大提出建设有中国特色的社会主义。",
        "党的八大指出了主要矛盾。",
        "中国共产党第十次全国代表大会。",
        "党的十二届三中全会作出关于经济体制改革的决定。",
        "党的八届六中全会。",
        "中国共产党第十二届中央委员会第三次全体会议。",
        "做到有法必依、执法必严、违法必究。",
        "脚踏实地地工作。",
        "实现4个全面覆盖。",
    ] {
        let findings = loud(&today, text);
        assert!(findings.is_empty(), "{}", describe(&findings, text));
    }
}

#[test]
fn the_dictionary_is_large() {
    assert!(Dictionary::builtin().phrases().count() >= 1500);
}

/// All files with phrases and templates, by name.
fn files() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries");
    let paths = fs::read_dir(folder).expect("dictionaries").map(|entry| entry.expect("an entry").path());
    let paths = paths.filter(|path| path.extension().is_some_and(|e| e == "toml") && !path.ends_with("congresses.toml"));
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    paths.map(|path| (name(&path), fs::read_to_string(&path).expect("a dictionary"))).collect()
}

#[test]
fn records_are_sorted() {
    let mut wrong = Vec::new();
    for (name, source) in files() {
        let file = format::parse(&source).expect("a valid dictionary");
        let texts: Vec<&str> = file.phrase.iter().map(|record| record.get_ref().text.as_str()).collect();
        wrong.extend(texts.windows(2).filter(|pair| pair[0] >= pair[1]).map(|pair| format!("{name}: {} after {}", pair[1], pair[0])));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What `hegao dict check` asks of a user's file, asked of all shipped files as if they were one: nothing stands twice, no wrong form is
/// right elsewhere or lies inside what is, no wording is replaced in a circle, numbers in names count their items.
#[test]
fn no_record_contradicts_another() {
    let all: String = files().into_values().collect();
    let file = lint::read(&all).expect("a valid dictionary");
    let conflicts = audit::conflicts(&all, &file, &Dictionary::empty());
    assert!(conflicts.is_empty(), "{conflicts:#?}");
}

#[test]
fn what_replaces_a_wording_is_in_use_after_it() {
    let dictionary = Dictionary::builtin();
    let date = |date: &Option<hegao::dictionary::Str>| Date::parse(date.as_deref()?);
    let wrong: Vec<String> = dictionary
        .phrases()
        .filter_map(|old| Some((old, dictionary.find(old.replaced_by.as_deref()?)?)))
        .filter(|(old, new)| matches!((date(&old.until), date(&new.until)), (Some(end), Some(its_end)) if its_end.ends_before(end)))
        .map(|(old, new)| format!("{} is replaced by {}, which ended before it", old.text, new.text))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn kinds_have_names_of_their_own() {
    assert_eq!(Kind::ALL.map(Kind::name).iter().collect::<BTreeSet<_>>().len(), Kind::ALL.len());
}
