//! `hegao dict list`, `show` and `new`

use std::borrow::Cow;
use std::io::Write;

use anyhow::bail;
use serde_json::{Value, json};

use super::args::{ConfigArgs, DictArgs, DictCommand, DictionaryArgs, PageFormat};
use super::{Status, dict_check, settings};
use crate::dictionary::format::Kind;
use crate::dictionary::{Dictionary, Phrase};
use crate::numeral;

pub(super) fn run(args: DictArgs) -> anyhow::Result<Status> {
    match args.command {
        DictCommand::List { word, dictionary, config, kind, format } => {
            list(word.as_deref(), &in_force(&dictionary, &config)?, kind.as_deref(), format)
        }
        DictCommand::Show { phrase, dictionary, config, format } => show(&phrase, &in_force(&dictionary, &config)?, format),
        DictCommand::Check { files } => dict_check::run(&files),
        DictCommand::New { phrase } => new(&phrase),
    }
}

/// The dictionary for drafts of the working folder.
fn in_force(args: &DictionaryArgs, config: &ConfigArgs) -> anyhow::Result<Dictionary> {
    settings::dictionary(&settings::words(args).over(settings::files(config, &[])?))
}

/// What people write around a phrase and the dictionary does not.
const MARKS: [char; 5] = ['“', '”', '《', '》', '"'];

fn list(word: Option<&str>, dictionary: &Dictionary, kind: Option<&str>, format: PageFormat) -> anyhow::Result<Status> {
    if let Some(unknown) = kind.filter(|kind| Kind::ALL.iter().all(|known| known.name() != *kind)) {
        bail!("没有“{unknown}”这一类；可用的有：{}", Kind::ALL.map(Kind::name).join("、"));
    }
    let word = word.map(|word| word.trim_matches(MARKS));
    let wanted = |phrase: &&Phrase| kind.is_none_or(|kind| phrase.kind.name() == kind) && word.is_none_or(|word| says(phrase, word));
    let mut phrases = dictionary.phrases().filter(wanted).peekable();
    let mut out = std::io::BufWriter::new(anstream::stdout().lock());
    if format == PageFormat::Json {
        serde_json::to_writer_pretty(&mut out, &phrases.map(record).collect::<Vec<_>>())?;
        writeln!(out)?;
    } else {
        if let (Some(word), None) = (word, phrases.peek()) {
            bail!("没有含“{word}”的词条");
        }
        for phrase in phrases {
            writeln!(out, "{}\t{}", phrase.kind.name(), phrase.text)?;
        }
    }
    out.flush()?;
    Ok(Status::Clean)
}

/// Whether any form of the phrase, right or wrong, holds the word.
fn says(phrase: &Phrase, word: &str) -> bool {
    let forms = std::iter::once(&phrase.text).chain(&phrase.full).chain(phrase.members.iter());
    let listed = phrase.also.iter().map(|also| &also.text).chain(phrase.wrong.iter().map(|wrong| &wrong.text));
    forms.chain(listed).any(|form| form.contains(word))
}

fn show(text: &str, dictionary: &Dictionary, format: PageFormat) -> anyhow::Result<Status> {
    let text = text.trim_matches(MARKS);
    let known_wrong = || dictionary.phrases().find(|phrase| phrase.wrong.iter().any(|wrong| wrong.text == text));
    let Some(phrase) = dictionary.find(text).or_else(known_wrong) else {
        let like: Vec<&str> =
            dictionary.phrases().map(|p| p.text.as_ref()).filter(|p| p.contains(text) || text.contains(*p)).take(5).collect();
        let hint = if like.is_empty() { String::new() } else { format!("；相近的有：{}", like.join("、")) };
        bail!("词典中没有“{text}”{hint}");
    };
    let mut out = anstream::stdout().lock();
    if format == PageFormat::Json {
        serde_json::to_writer_pretty(&mut out, &record(phrase))?;
        writeln!(out)?;
    } else {
        print(phrase, &mut out)?;
    }
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

/// A record as a JSON object with the keys of dictionary files; what a record leaves out is left out here too.
fn record(phrase: &Phrase) -> Value {
    let also = |also: &crate::dictionary::Also| json!({ "text": also.text, "why": also.why });
    let wrong = |(number, wrong): (usize, &crate::dictionary::Wrong)| {
        let mut object = json!({ "text": wrong.text, "right": phrase.right_for(number) });
        if let Some(why) = &wrong.why {
            object["why"] = json!(why);
        }
        object
    };
    let object = json!({
        "text": phrase.text,
        "kind": phrase.kind.name(),
        "full": phrase.full,
        "members": phrase.members,
        "ordered": phrase.ordered,
        "quoted": phrase.quoted,
        "verbs": phrase.verbs,
        "also": phrase.also.iter().map(also).collect::<Vec<_>>(),
        "wrong": phrase.wrong.iter().enumerate().map(wrong).collect::<Vec<_>>(),
        "near": phrase.near,
        "severity": phrase.severity.name(),
        "since": phrase.since,
        "until": phrase.until,
        "replaced_by": phrase.replaced_by,
        "note": phrase.note,
        "source": phrase.source,
        "good": phrase.good,
        "bad": phrase.bad,
    });
    let Value::Object(mut fields) = object else { return object };
    fields.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty()));
    Value::Object(fields)
}

/// A record to fill in. What can be told from the phrase is filled in already.
fn new(phrase: &str) -> anyhow::Result<Status> {
    let text = phrase.trim_matches(MARKS);
    let kind = if phrase.starts_with('《') {
        "title"
    } else if counts(text) {
        "shorthand"
    } else {
        "term"
    };
    let quoted = if phrase.starts_with(['“', '"']) { "quoted = true             # 行文时加引号\n" } else { "" };
    let shipped = match Dictionary::builtin().find(text) {
        Some(known) if known.text == text => Cow::Borrowed("# 内置词典已有这一条：写进自己的词典后，以自己的为准\n"),
        Some(known) => Cow::Owned(format!("# 内置词典在“{}”一条里已有这个写法\n", known.text)),
        None => Cow::Borrowed(""),
    };
    // A JSON string is a TOML string too.
    let text = Value::from(text);
    write!(
        anstream::stdout().lock(),
        "{shipped}[[phrase]]
text   = {text}
kind   = {kind:<17}# shorthand 简称 theory 理论 sentence 语句 term 术语 title 书名号内的名称
                          # meeting 会议 organisation 机构 campaign 活动 wording 易错词
{quoted}source = \"\"               # 出处：文件、会议和日期
good   = [\"\"]             # 正例：不应报错的句子，至少一个
bad    = [\"\"]             # 错例：有这个词的笔误、应当报错的句子，至少一个
# 以下各项按需要填写，填时去掉行首的 #
# full    = \"\"            # 全称
# members = [\"\", \"\"]      # 并列项，按固定次序
# also    = [{{ text = \"\", why = \"\" }}]   # 另一种正确写法和理由
# wrong   = [{{ text = \"\" }}]             # 常见错误写法
# since   = \"2021-11\"     # 起用时间
# until   = \"2026-06\"     # 停用时间
# replaced_by = \"\"        # 停用后的新提法
# note    = \"\"            # 报错时附的一句说明
",
        kind = format!("{kind:?}"),
    )?;
    Ok(Status::Clean)
}

/// Whether a phrase begins with a number of things: 四个意识, 两学一做.
fn counts(text: &str) -> bool {
    text.starts_with('两') || numeral::parse(text).is_some()
}
