//! What is right stays silent: every right form of every record, in neutral sentences and beside names of people, places and offices.

use hegao::dictionary::Phrase;
use hegao::dictionary::format::Kind;
use hegao::{Checker, Date, Dictionary, Document, Severity};

/// Sentences that say nothing about the phrase in them.
const SENTENCES: [&str; 4] = ["会议强调，{}。", "一是{}；二是保障有力。", "（{}）", "关于{}，现将有关情况报告如下。"];

/// What stands before and behind phrases in real drafts, with nothing between: people, places, offices.
const NAMES: [(&str, &str); 8] = [
    ("张建国、李雪梅同志作了题为", "的发言。"),
    ("欧阳海主任带头宣讲", "，群众反响热烈。"),
    ("青龙镇石坝村", "宣讲点人头攒动。"),
    ("县水务局", "办公室设在二楼。"),
    ("州林草局党小组学习", "，共36人参加。"),
    ("驻村第一书记周正平围绕", "交流了体会。"),
    ("市第二人民医院", "专栏已经上线。"),
    ("记者何晓东报道", "专题活动。"),
];

/// A checker for each date that records are judged at.
fn checker(date: &str) -> Checker {
    Checker::builder().as_of(Date::parse(date).expect("a date")).min_severity(Severity::Warning).build().expect("a checker")
}

/// The last day of a wording that has been replaced, else the present.
fn date_of(phrase: &Phrase) -> &str {
    phrase.until.as_deref().filter(|_| phrase.replaced_by.is_some()).unwrap_or("2026-11-23")
}

/// The right forms of a record as running text writes them.
fn right_forms(phrase: &Phrase) -> Vec<String> {
    let forms = [Some(&phrase.text), phrase.full.as_ref()].into_iter().flatten();
    let marked = |form: &str| match phrase.kind {
        Kind::Title => format!("《{form}》"),
        _ if phrase.quoted && !form.contains('“') => format!("“{form}”"),
        _ => form.to_owned(),
    };
    forms.map(|form| marked(form)).collect()
}

/// What the checker says about wording in each of `texts` that is about the form in it.
fn reported(texts: impl Iterator<Item = (String, String)>) -> Vec<String> {
    let mut checkers = std::collections::BTreeMap::new();
    let mut wrong = Vec::new();
    for (date, text) in texts {
        let checker = checkers.entry(date.clone()).or_insert_with(|| checker(&date));
        let report = checker.check(&Document::from_text("例.txt", &text));
        let about_wording = report.findings.iter().filter(|f| f.rule.starts_with("phrase/") || f.rule.starts_with("congress/"));
        wrong.extend(about_wording.map(|f| format!("{text}: {} {} → {:?}", f.rule, f.span.of(&text), f.suggestions(&text))));
    }
    wrong
}

/// Every right form in every frame; `{}` is where it stands.
fn in_frames(frames: &[String]) -> Vec<String> {
    let dictionary = Dictionary::builtin();
    let phrases: Vec<&Phrase> = dictionary.phrases().collect();
    let texts = phrases.iter().flat_map(|phrase| {
        let date = date_of(phrase).to_owned();
        right_forms(phrase).into_iter().flat_map(move |form| {
            let date = date.clone();
            frames.iter().map(move |frame| (date.clone(), frame.replace("{}", &form)))
        })
    });
    reported(texts)
}

#[test]
fn right_forms_are_silent_in_neutral_sentences() {
    let wrong = in_frames(&SENTENCES.map(str::to_owned));
    assert!(wrong.is_empty(), "{} are reported:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn right_forms_are_silent_beside_names() {
    let wrong = in_frames(&NAMES.map(|(before, after)| format!("{before}{{}}{after}")));
    assert!(wrong.is_empty(), "{} are reported:\n{}", wrong.len(), wrong.join("\n"));
}
