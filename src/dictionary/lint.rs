//! All that is wrong with a dictionary file by itself, each with its line: TOML, keys and values, then what a record says.
//!
//! Shared by the build script and the run time like [`super::format`], which stops at the first thing; how records get on with each other
//! is seen in `audit`.

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::format::{self, File, Kind, Level, Lines, Problem, Record, TemplateRecord};
use crate::date::Date;
use crate::nearest::nearest;

/// A key of a table in a dictionary file.
struct Field {
    key: &'static str,
    shape: Shape,
    required: bool,
}

/// What is written behind a key.
enum Shape {
    Text,
    Switch,
    Texts,
    /// One of a few words.
    Choice(fn() -> Vec<&'static str>),
    Tables(&'static [Field]),
}

const fn required(key: &'static str, shape: Shape) -> Field {
    Field { key, shape, required: true }
}

const fn optional(key: &'static str, shape: Shape) -> Field {
    Field { key, shape, required: false }
}

const FILE: &[Field] =
    &[optional("phrase", Shape::Tables(PHRASE)), optional("template", Shape::Tables(TEMPLATE)), optional("off", Shape::Texts)];

const PHRASE: &[Field] = &[
    required("text", Shape::Text),
    required("kind", Shape::Choice(kinds)),
    optional("full", Shape::Text),
    optional("members", Shape::Texts),
    optional("ordered", Shape::Switch),
    optional("quoted", Shape::Switch),
    optional("verbs", Shape::Texts),
    optional("also", Shape::Tables(ALSO)),
    optional("wrong", Shape::Tables(WRONG)),
    optional("near", Shape::Switch),
    optional("severity", Shape::Choice(levels)),
    optional("since", Shape::Text),
    optional("until", Shape::Text),
    optional("replaced_by", Shape::Text),
    optional("note", Shape::Text),
    required("source", Shape::Text),
    required("good", Shape::Texts),
    required("bad", Shape::Texts),
];

const TEMPLATE: &[Field] = &[
    required("name", Shape::Text),
    required("anchor", Shape::Text),
    required("pattern", Shape::Text),
    required("right", Shape::Text),
    optional("severity", Shape::Choice(levels)),
    optional("note", Shape::Text),
    required("source", Shape::Text),
    required("good", Shape::Texts),
    required("bad", Shape::Texts),
];

const ALSO: &[Field] = &[required("text", Shape::Text), required("why", Shape::Text)];

const WRONG: &[Field] = &[required("text", Shape::Text), optional("right", Shape::Text), optional("why", Shape::Text)];

fn kinds() -> Vec<&'static str> {
    Kind::ALL.map(Kind::name).to_vec()
}

fn levels() -> Vec<&'static str> {
    Level::ALL.map(Level::name).to_vec()
}

/// Reads a file.
///
/// # Errors
/// Everything that is wrong with it, in the order of its lines; never empty.
pub fn read(source: &str) -> Result<File, Vec<Problem>> {
    let (table, mistakes) = DeTable::parse_recoverable(format::without_mark(source));
    let (mut found, mut file) = (Found::default(), File::default());
    for mistake in &mistakes {
        found.at(mistake.span().map_or(0, |span| span.start), syntax(mistake.message()));
    }
    // What a mistake of syntax leaves of the file says nothing about the rest.
    if mistakes.is_empty() {
        found.table(table.get_ref(), FILE, 0, "词典");
        for (key, value) in table.into_inner() {
            let DeValue::Array(items) = value.into_inner() else { continue };
            match key.get_ref().as_ref() {
                "phrase" => file.phrase = items.into_iter().filter_map(|item| found.record(item, Record::problems)).collect(),
                "template" => file.template = items.into_iter().filter_map(|item| found.record(item, TemplateRecord::problems)).collect(),
                _ => file.off = items.into_iter().filter_map(|item| found.record(item, |_: &String| Vec::new())).collect(),
            }
        }
    }
    if found.0.is_empty() { Ok(file) } else { Err(found.in_order(&Lines::of(source))) }
}

/// Messages, each with the byte it is about.
#[derive(Default)]
struct Found(Vec<(usize, String)>);

impl Found {
    fn at(&mut self, offset: usize, message: String) {
        self.0.push((offset, message));
    }

    /// The problems by line.
    fn in_order(mut self, lines: &Lines) -> Vec<Problem> {
        self.0.sort_by_key(|&(offset, _)| lines.at(offset));
        self.0.into_iter().map(|(offset, message)| Problem { line: lines.at(offset), message }).collect()
    }

    /// The keys of a table that begins at `start`.
    fn table(&mut self, table: &DeTable<'_>, fields: &[Field], start: usize, name: &str) {
        let known: Vec<&str> = fields.iter().map(|field| field.key).collect();
        let mut meant = Vec::new();
        for (key, value) in table {
            if let Some(field) = fields.iter().find(|field| field.key == key.get_ref()) {
                self.value(field, value, key.span().start);
            } else {
                meant.extend(nearest(key.get_ref(), known.iter().copied()));
                self.at(key.span().start, format!("{name}没有“{}”这一项，{}", key.get_ref(), choice(key.get_ref(), &known)));
            }
        }
        for Field { key, .. } in fields.iter().filter(|field| field.required && !table.contains_key(field.key)) {
            // One slip of the fingers is one mistake.
            if !meant.contains(key) {
                self.at(start, format!("{name}缺少 {key}"));
            }
        }
    }

    fn value(&mut self, field: &Field, value: &Spanned<DeValue<'_>>, at: usize) {
        let key = field.key;
        let texts = |value: &DeValue<'_>| value.as_array().is_some_and(|items| items.iter().all(|item| item.get_ref().is_str()));
        match (&field.shape, value.get_ref()) {
            (Shape::Text, DeValue::String(_)) | (Shape::Switch, DeValue::Boolean(_)) => {}
            (Shape::Texts, value) if texts(value) => {}
            (Shape::Choice(words), DeValue::String(word)) => {
                let words = words();
                if !words.contains(&word.as_ref()) {
                    self.at(at, format!("{key} 不能是“{word}”，{}", choice(word, &words)));
                }
            }
            (Shape::Tables(fields), DeValue::Array(items)) if items.iter().all(|item| item.get_ref().is_table()) => {
                for item in items {
                    if let Some(table) = item.get_ref().as_table() {
                        self.table(table, fields, item.span().start, &name_of(table, key));
                    }
                }
            }
            (Shape::Text | Shape::Choice(_), _) => self.at(at, format!("{key} 后面写一段文字，加双引号：{key} = \"……\"")),
            (Shape::Switch, _) => self.at(at, format!("{key} 后面写 true（是）或 false（否），不加引号")),
            (Shape::Texts, _) => self.at(at, format!("{key} 后面写几段文字，放在方括号里：{key} = [\"……\", \"……\"]")),
            (Shape::Tables(_), _) if matches!(key, "phrase" | "template") => self.at(at, format!("词条以单独一行 [[{key}]] 开头")),
            (Shape::Tables(_), _) => self.at(at, format!("{key} 写成 {key} = [{{ text = \"……\" }}]")),
        }
    }

    /// What a record says, if it can be read at all; the line of a problem is that of the key it is about. A record that cannot be read is never
    /// passed over in silence, should its fields not have told why.
    fn record<'a, T: Deserialize<'a>>(
        &mut self,
        record: Spanned<DeValue<'a>>,
        problems: fn(&T) -> Vec<(&'static str, String)>,
    ) -> Option<Spanned<T>> {
        let span = record.span();
        let keys: Vec<_> = record.get_ref().as_table().into_iter().flat_map(DeTable::keys).cloned().collect();
        let read = match T::deserialize(ValueDeserializer::from(record)) {
            Ok(read) => read,
            Err(error) if self.0.is_empty() => {
                self.at(span.start, error.message().to_owned());
                return None;
            }
            Err(_) => return None,
        };
        for (name, message) in problems(&read) {
            let key = keys.iter().find(|key| key.get_ref() == name).map(Spanned::span);
            self.at(key.map_or(span.start, |key| key.start), message);
        }
        Some(Spanned::new(span, read))
    }
}

/// How messages speak of a table: by the phrase it is about.
fn name_of(table: &DeTable<'_>, key: &str) -> String {
    let text =
        table.iter().find(|(key, _)| matches!(key.get_ref().as_ref(), "text" | "name")).and_then(|(_, value)| value.get_ref().as_str());
    text.map_or_else(|| format!("{key} "), |text| format!("“{text}”"))
}

/// The word that was meant, or all there are.
fn choice(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(meant) => format!("是不是 {meant}"),
        None => format!("可用的有：{}", known.join("、")),
    }
}

/// A mistake in the TOML itself.
fn syntax(message: &str) -> String {
    let hint = match message {
        _ if message.starts_with("duplicate key") => "这一项写了两次",
        _ if message.contains("string") || message.contains("quot") => "文字要放在一对英文双引号里，里面不能换行",
        _ if message.contains(']') || message.contains("array") => "方括号没有配对，或者两项之间缺少英文逗号",
        _ if message.contains('}') || message.contains("inline table") => "花括号没有配对，或者两项之间缺少英文逗号",
        _ if message.contains('=') || message.contains("key") => "一行写“名称 = 内容”，名称用英文，等号是半角",
        _ => "不合 TOML 的写法",
    };
    format!("{hint}（{message}）")
}

impl Record {
    /// What is wrong with what it says, and under which key.
    fn problems(&self) -> Vec<(&'static str, String)> {
        let name = &self.text;
        let mut found = Vec::new();
        let mut say = |key, message| found.push((key, message));
        if name.trim().is_empty() {
            say("text", "text 还没有填写".into());
        }
        if name.starts_with(['《', '“']) && name.ends_with(['》', '”']) {
            say("text", format!("“{name}”的 text 不要带书名号或引号"));
        }
        if self.source.trim().is_empty() {
            say("source", format!("“{name}”还没有填写出处 source"));
        }
        for (key, what, sentences) in [("good", "正例", &self.good), ("bad", "错例", &self.bad)] {
            if sentences.is_empty() || sentences.iter().any(|sentence| sentence.trim().is_empty()) {
                say(key, format!("“{name}”至少要有一个{what} {key}，不能空着"));
            }
        }
        self.times(&mut say);
        self.forms(&mut say);
        found
    }

    fn times(&self, say: &mut impl FnMut(&'static str, String)) {
        let name = &self.text;
        for (key, date) in [("since", &self.since), ("until", &self.until)] {
            if let Some(date) = date.as_deref().filter(|date| Date::parse(date).is_none()) {
                say(key, format!("“{name}”的日期“{date}”应写成 2021、2021-11 或 2021-11-11 的形式，而且日历上要有这一天"));
            }
        }
        let parsed = |date: &Option<String>| Date::parse(date.as_deref()?);
        if let (Some(since), Some(until)) = (parsed(&self.since), parsed(&self.until))
            && until.ends_before(since)
        {
            say("until", format!("“{name}”的停用时间 until 早于起用时间 since"));
        }
        if self.replaced_by.is_some() && self.until.is_none() {
            say("replaced_by", format!("“{name}”写了 replaced_by，还要写停用时间 until"));
        }
        if self.replaced_by.as_ref() == Some(name) {
            say("replaced_by", format!("“{name}”的新提法 replaced_by 就是它自己"));
        }
    }

    fn forms(&self, say: &mut impl FnMut(&'static str, String)) {
        let name = &self.text;
        for also in self.also.iter().filter(|also| also.why.trim().is_empty()) {
            say("also", format!("“{name}”的另一种写法“{}”要写明理由 why", also.text));
        }
        let right = || std::iter::once(name).chain(&self.full).chain(&self.members).chain(self.also.iter().map(|also| &also.text));
        for wrong in &self.wrong {
            let text = &wrong.text;
            if text.chars().count() < 2 {
                say("wrong", format!("“{name}”的错误写法“{text}”太短，至少写两个字"));
            } else if right().any(|right| right == text) || wrong.right.as_ref() == Some(text) {
                say("wrong", format!("“{name}”的错误写法“{text}”又是正确写法"));
            }
        }
        for (key, forms) in [
            ("members", self.members.iter().collect::<Vec<_>>()),
            ("also", self.also.iter().map(|also| &also.text).collect()),
            ("wrong", self.wrong.iter().map(|wrong| &wrong.text).collect()),
        ] {
            for (n, form) in forms.iter().enumerate() {
                if forms[..n].contains(form) {
                    say(key, format!("“{name}”的 {key} 里“{form}”写了两次"));
                } else if form.trim().is_empty() {
                    say(key, format!("“{name}”的 {key} 里有一项空着"));
                }
            }
        }
    }
}

impl TemplateRecord {
    /// What is wrong with what it says, and under which key.
    fn problems(&self) -> Vec<(&'static str, String)> {
        let name = &self.name;
        let mut found = Vec::new();
        if self.anchor.is_empty() {
            found.push(("anchor", format!("模板“{name}”还没有填写 anchor")));
        }
        if !self.pattern.contains("(?P<wrong>") {
            found.push(("pattern", format!("模板“{name}”的 pattern 缺少名为 wrong 的分组")));
        }
        for (key, what, sentences) in [("good", "正例", &self.good), ("bad", "错例", &self.bad)] {
            if sentences.is_empty() || sentences.iter().any(|sentence| sentence.trim().is_empty()) {
                found.push((key, format!("模板“{name}”至少要有一个{what} {key}，不能空着")));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The problems of a record without the lines it must have, each as `line:message`.
    fn of(record: &str) -> String {
        let source =
            format!("[[phrase]]\ntext = \"青云精神\"\nkind = \"term\"\nsource = \"甲\"\ngood = [\"乙\"]\nbad = [\"丙\"]\n{record}");
        read(&source).err().unwrap_or_default().iter().map(|p| format!("{}:{}\n", p.line, p.message)).collect::<Vec<_>>().concat()
    }

    #[test]
    fn every_mistake_is_named_with_its_line() {
        for (record, expected) in [
            ("", ""),
            (
                "since = \"2021-11\"\nuntil = \"2021-02-30\"\n",
                "8:“青云精神”的日期“2021-02-30”应写成 2021、2021-11 或 2021-11-11 的形式，而且日历上要有这一天\n",
            ),
            ("since = \"2021-11\"\nuntil = \"2019\"\n", "8:“青云精神”的停用时间 until 早于起用时间 since\n"),
            (
                "replaced_by = \"青云精神\"\n",
                "7:“青云精神”写了 replaced_by，还要写停用时间 until\n7:“青云精神”的新提法 replaced_by 就是它自己\n",
            ),
            (
                "membres = [\"甲\"]\nnote = 3\n",
                "7:“青云精神”没有“membres”这一项，是不是 members\n8:note 后面写一段文字，加双引号：note = \"……\"\n",
            ),
            ("wrong = [{ txt = \"清云精神\" }]\n", "7:wrong 没有“txt”这一项，是不是 text\n"),
            ("wrong = [{ text = \"青云精神\" }]\nseverity = \"warn\"\n", "8:severity 不能是“warn”，是不是 warning\n"),
            ("also = [{ text = \"青云镇精神\", why = \"\" }]\nquoted = \"true\"\n", "8:quoted 后面写 true（是）或 false（否），不加引号\n"),
            ("also = [{ text = \"青云镇精神\", why = \"\" }]\n", "7:“青云精神”的另一种写法“青云镇精神”要写明理由 why\n"),
            (
                "wrong = [{ text = \"青云精神\" }, { text = \"云\" }]\n",
                "7:“青云精神”的错误写法“青云精神”又是正确写法\n7:“青云精神”的错误写法“云”太短，至少写两个字\n",
            ),
            ("members = [\"甲\", \"甲\", \"\"]\n", "7:“青云精神”的 members 里“甲”写了两次\n7:“青云精神”的 members 里有一项空着\n"),
            (
                "[[phrase]]\ntext = \"《乙》\"\nkind = \"titel\"\n",
                "7:“《乙》”缺少 source\n7:“《乙》”缺少 good\n7:“《乙》”缺少 bad\n9:kind 不能是“titel”，是不是 title\n",
            ),
        ] {
            assert_eq!(of(record), expected, "{record}");
        }
    }

    #[test]
    fn a_record_that_cannot_be_read_is_a_problem_though_its_fields_tell_none() {
        let table = DeTable::parse("phrase = true").expect("a table");
        let (_, value) = table.get_ref().iter().next().expect("a value");
        let mut found = Found::default();
        assert!(found.record(value.clone(), Record::problems).is_none());
        assert_eq!(found.0.len(), 1);
    }

    #[test]
    fn mistakes_of_syntax_have_their_lines_too() {
        let found =
            read("\u{feff}[[phrase]]\r\ntext = 青云精神\r\nkind = \"term\"\r\ngood = [\"甲\" \"乙\"]\r\n").expect_err("two mistakes");
        assert_eq!(found.iter().map(|p| p.line).collect::<Vec<_>>(), [2, 4], "{found:?}");
    }
}
