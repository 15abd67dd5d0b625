//! `hegao dict`

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use anyhow::bail;

use super::args::{ConfigArgs, DictArgs, DictCommand, DictionaryArgs};
use super::{Status, input, settings};
use crate::checker::Checker;
use crate::dictionary::format::{self, Kind, Record};
use crate::dictionary::{Dictionary, Phrase};
use crate::document::Document;
use crate::finding::Severity;

pub(super) fn run(args: DictArgs) -> anyhow::Result<Status> {
    match args.command {
        DictCommand::List { dictionary, config, kind } => list(&in_force(&dictionary, &config)?, kind.as_deref()),
        DictCommand::Show { phrase, dictionary, config } => show(&phrase, &in_force(&dictionary, &config)?),
        DictCommand::Check { files } => check(&files),
        DictCommand::New { phrase } => new(&phrase),
    }
}

/// The dictionary for drafts of the working folder.
fn in_force(args: &DictionaryArgs, config: &ConfigArgs) -> anyhow::Result<Dictionary> {
    settings::dictionary(&settings::words(args).over(settings::files(config, &[])?))
}

fn list(dictionary: &Dictionary, kind: Option<&str>) -> anyhow::Result<Status> {
    if let Some(unknown) = kind.filter(|kind| Kind::ALL.iter().all(|known| known.name() != *kind)) {
        bail!("没有“{unknown}”这一类；可用的有：{}", Kind::ALL.map(Kind::name).join("、"));
    }
    let mut out = std::io::BufWriter::new(anstream::stdout().lock());
    for phrase in dictionary.phrases().filter(|phrase| kind.is_none_or(|kind| phrase.kind.name() == kind)) {
        writeln!(out, "{}\t{}", phrase.kind.name(), phrase.text)?;
    }
    out.flush()?;
    Ok(Status::Clean)
}

fn show(text: &str, dictionary: &Dictionary) -> anyhow::Result<Status> {
    let text = text.trim_matches(['“', '”', '《', '》', '"']);
    let known_wrong = || dictionary.phrases().find(|phrase| phrase.wrong.iter().any(|wrong| wrong.text == text));
    let Some(phrase) = dictionary.find(text).or_else(known_wrong) else {
        let like: Vec<&str> =
            dictionary.phrases().map(|p| p.text.as_ref()).filter(|p| p.contains(text) || text.contains(*p)).take(5).collect();
        let hint = if like.is_empty() { String::new() } else { format!("；相近的有：{}", like.join("、")) };
        bail!("词典中没有“{text}”{hint}");
    };
    print(phrase, &mut anstream::stdout().lock())?;
    Ok(Status::Clean)
}

fn print(phrase: &Phrase, out: &mut dyn Write) -> std::io::Result<()> {
    let mut line = |name: &str, value: &str| if value.is_empty() { Ok(()) } else { writeln!(out, "{name}　{value}") };
    line("写　　法", &phrase.text)?;
    line("类　　别", phrase.kind.name())?;
    line("全　　称", phrase.full.as_deref().unwrap_or_default())?;
    line("并 列 项", &phrase.members.join("、"))?;
    line("搭配动词", &phrase.verbs.join("、"))?;
    for also in phrase.also.iter() {
        line("也　　作", &format!("{}（{}）", also.text, also.why))?;
    }
    for (number, wrong) in phrase.wrong.iter().enumerate() {
        let why = wrong.why.as_deref().map(|why| format!("（{why}）")).unwrap_or_default();
        line("不　　作", &format!("{} → {}{why}", wrong.text, phrase.right_for(number)))?;
    }
    line("起　　用", phrase.since.as_deref().unwrap_or_default())?;
    line("停　　用", phrase.until.as_deref().unwrap_or_default())?;
    line("新 提 法", phrase.replaced_by.as_deref().unwrap_or_default())?;
    line("说　　明", phrase.note.as_deref().unwrap_or_default())?;
    line("出　　处", &phrase.source)?;
    line("正　　例", &phrase.good.join("　"))?;
    line("错　　例", &phrase.bad.join("　"))
}

/// What is wrong with the user's dictionaries: syntax and fields, conflicts, examples that do not hold; each with its line.
fn check(files: &[PathBuf]) -> anyhow::Result<Status> {
    let mut out = anstream::stdout().lock();
    let shipped = Dictionary::builtin();
    let mut problems = 0;
    for path in files {
        let source = input::read(path)?;
        let found = match format::parse(&source) {
            Err(problem) => vec![(problem.line, problem.message)],
            Ok(file) => {
                let records: Vec<(usize, Record)> = file
                    .phrase
                    .into_iter()
                    .map(|record| (source[..record.span().start.min(source.len())].matches('\n').count() + 1, record.into_inner()))
                    .collect();
                let mut found = conflicts(&records, &shipped);
                found.extend(examples(&source, &records)?);
                found.sort();
                found
            }
        };
        problems += found.len();
        for (line, message) in &found {
            writeln!(out, "{}:{line}：{message}", path.display())?;
        }
        if found.is_empty() {
            writeln!(out, "{}：没有问题", path.display())?;
        }
    }
    Ok(if problems > 0 { Status::Failed } else { Status::Clean })
}

fn conflicts(records: &[(usize, Record)], shipped: &Dictionary) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut first = BTreeMap::new();
    for (line, record) in records {
        if let Some(earlier) = first.insert(&record.text, line) {
            found.push((*line, format!("“{}”在第{earlier}行已有", record.text)));
        }
        for wrong in &record.wrong {
            let here = records.iter().any(|(_, other)| other.text == wrong.text || other.also.iter().any(|also| also.text == wrong.text));
            if here || shipped.phrases().any(|phrase| phrase.is_right(&wrong.text) && phrase.text != record.text) {
                found.push((*line, format!("“{}”的错误写法“{}”是另一词条的正确写法", record.text, wrong.text)));
            }
        }
    }
    found
}

fn examples(source: &str, records: &[(usize, Record)]) -> anyhow::Result<Vec<(usize, String)>> {
    let dictionary = Dictionary::with_files(true, &[source], &[]).map_err(|(_, problem)| anyhow::anyhow!("{problem}"))?;
    let checker = Checker::builder().dictionary(dictionary).build()?;
    let reported = |text: &str| checker.check(&Document::from_text("例句", text)).findings.iter().any(|f| f.severity > Severity::Info);
    let mut found = Vec::new();
    for (line, record) in records {
        let good = record.good.iter().filter(|text| reported(text));
        found.extend(good.map(|text| (*line, format!("正例“{text}”不应报错却报了错"))));
        let bad = record.bad.iter().filter(|text| !reported(text));
        found.extend(bad.map(|text| (*line, format!("错例“{text}”应当报错却没有报"))));
    }
    Ok(found)
}

fn new(phrase: &str) -> anyhow::Result<Status> {
    // A Rust string literal of such text is a TOML string too.
    let text = phrase.trim_matches(['“', '”', '《', '》']);
    write!(
        anstream::stdout().lock(),
        "[[phrase]]
text   = {text:?}
kind   = \"term\"            # shorthand 简称 theory 理论 sentence 语句 term 术语 title 书名号内的名称
                           # meeting 会议 organisation 机构 campaign 活动 wording 易错词
# members = [\"\", \"\"]      # 并列项，按固定次序
# also   = [{{ text = \"\", why = \"\" }}]   # 另一种正确写法和理由
# wrong  = [{{ text = \"\" }}]               # 常见错误写法
# since  = \"2021-11\"       # 起用时间
# until  = \"\"              # 停用时间；有新提法时再写 replaced_by
source = \"\"                # 出处，必填
good   = [\"\"]              # 正例：不应报错的句子，至少一个
bad    = [\"\"]              # 错例：应当报错的句子，至少一个
"
    )?;
    Ok(Status::Clean)
}
