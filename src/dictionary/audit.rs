//! How records get on with each other: what stands twice, is right here and wrong there, runs in a circle.
//!
//! `hegao dict check` asks it about a user's file over the shipped dictionary, `tests/dictionary.rs` about all shipped files.

use std::collections::{BTreeMap, BTreeSet};

use super::format::{File, Lines, Problem, Record};
use super::{Dictionary, Phrase};
use crate::numeral;

/// What is wrong in a file that can be read (its text is `source`) beside the records of `shipped`, in the order of its lines.
pub fn conflicts(source: &str, file: &File, shipped: &Dictionary) -> Vec<Problem> {
    let lines = Lines::of(source);
    let own: Vec<(usize, &Record)> = file.phrase.iter().map(|r| (lines.at(r.span().start), r.get_ref())).collect();
    let mut found = Vec::new();
    found.extend(repeated(&own));
    found.extend(right_and_wrong(&own, shipped));
    found.extend(circles(&own, shipped));
    found.extend(own.iter().filter_map(|(line, record)| Some(Problem { line: *line, message: miscounted(record)? })));
    for template in &file.template {
        if let Err(error) = regex::Regex::new(&template.get_ref().pattern) {
            let message = format!("模板“{}”的 pattern 不是正则表达式：{error}", template.get_ref().name);
            found.push(Problem { line: lines.at(template.span().start), message });
        }
    }
    let unknown = file.off.iter().filter(|name| !shipped.phrases().any(|phrase| phrase.text == name.get_ref().as_str()));
    found.extend(unknown.map(|name| {
        let message = format!("off 里的“{}”在内置词典中没有，写词条的 text（用 hegao dict list 查）", name.get_ref());
        Problem { line: lines.at(name.span().start), message }
    }));
    found.sort_by_key(|problem| problem.line);
    found
}

fn repeated(own: &[(usize, &Record)]) -> Vec<Problem> {
    let mut first = BTreeMap::new();
    let mut found = Vec::new();
    for &(line, record) in own {
        if let Some(earlier) = first.insert(record.text.as_str(), line) {
            found.push(Problem { line, message: format!("“{}”在第{earlier}行已有", record.text) });
        }
    }
    found
}

/// Wrong forms that another record calls right, or that lie inside what it calls right; and right forms that another record calls wrong.
fn right_and_wrong(own: &[(usize, &Record)], shipped: &Dictionary) -> Vec<Problem> {
    let replaced: BTreeSet<&str> = own.iter().map(|(_, record)| record.text.as_str()).collect();
    let others: Vec<&Phrase> = shipped.phrases().filter(|phrase| !replaced.contains(phrase.text.as_ref())).collect();
    let mut right = RightForms::default();
    let mut wrong: BTreeMap<&str, &str> = BTreeMap::new();
    for (_, record) in own {
        let name = record.text.as_str();
        let forms =
            std::iter::once(&record.text).chain(&record.full).chain(&record.members).chain(record.also.iter().map(|also| &also.text));
        forms.for_each(|form| right.add(form, name));
    }
    for phrase in &others {
        let name = phrase.text.as_ref();
        let forms =
            std::iter::once(&phrase.text).chain(&phrase.full).chain(phrase.members.iter()).chain(phrase.also.iter().map(|a| &a.text));
        forms.for_each(|form| right.add(form, name));
        wrong.extend(phrase.wrong.iter().map(|wrong| (wrong.text.as_ref(), name)));
    }
    let mut found = Vec::new();
    for &(line, record) in own {
        for form in &record.wrong {
            if let Some((text, name)) = right.around(&form.text, &record.text) {
                let how = if text == form.text { "是".into() } else { format!("在“{text}”之中，那是") };
                let message = format!("“{}”的错误写法“{}”{how}词条“{name}”的正确写法", record.text, form.text);
                found.push(Problem { line, message });
            }
        }
        if let Some(name) = wrong.get(record.text.as_str()) {
            found.push(Problem { line, message: format!("“{}”在内置词典里是“{name}”的错误写法", record.text) });
        }
    }
    found
}

/// All right forms, one a line, so that one search goes through all of them.
#[derive(Default)]
struct RightForms<'a> {
    text: String,
    /// Where each begins, the form, and the record it belongs to.
    forms: Vec<(usize, &'a str, &'a str)>,
}

impl<'a> RightForms<'a> {
    fn add(&mut self, form: &'a str, name: &'a str) {
        self.forms.push((self.text.len(), form, name));
        self.text.push_str(form);
        self.text.push('\n');
    }

    /// The shortest form that holds `wrong` and belongs to another record than `own`, with its record. What lies inside a further right form
    /// of its own record is no mistake there: that is what such a form is for.
    fn around(&self, wrong: &str, own: &str) -> Option<(&'a str, &'a str)> {
        let hits = memchr::memmem::find_iter(self.text.as_bytes(), wrong);
        let forms = hits.map(|at| self.forms[self.forms.partition_point(|(start, ..)| *start <= at) - 1]);
        forms.filter(|(_, _, name)| *name != own).min_by_key(|(_, form, _)| form.len()).map(|(_, form, name)| (form, name))
    }
}

fn circles(own: &[(usize, &Record)], shipped: &Dictionary) -> Vec<Problem> {
    let mut next: BTreeMap<&str, &str> = shipped.phrases().filter_map(|p| Some((p.text.as_ref(), p.replaced_by.as_deref()?))).collect();
    next.extend(own.iter().filter_map(|(_, record)| Some((record.text.as_str(), record.replaced_by.as_deref()?))));
    let in_circle = |start: &str| {
        let after = std::iter::successors(next.get(start), |at| next.get(*at)).take(next.len());
        after.into_iter().any(|at| *at == start)
    };
    let problem = |&(line, record): &(usize, &Record)| Problem {
        line,
        message: format!("“{}”的 replaced_by 绕了一圈又回到它自己", record.text),
    };
    own.iter().filter(|(_, record)| record.replaced_by.is_some() && in_circle(&record.text)).map(problem).collect()
}

/// A number in the name that its items do not bear out: “四个意识” with three.
fn miscounted(record: &Record) -> Option<String> {
    let text = &record.text;
    let (number, length) = match numeral::parse(text) {
        Some(parsed) => parsed,
        None if text.starts_with('两') => (2, '两'.len_utf8()),
        None => return None,
    };
    let counted = text[length..].starts_with(['个', '项', '大', '种', '条']) && !text.contains('、');
    let members = record.members.len();
    (counted && members > 0 && u32::try_from(members) != Ok(number))
        .then(|| format!("“{text}”的 members 有{members}项，与名称里的数目不符"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::format;

    fn of(file: &str) -> String {
        let parsed = format::parse(file).expect("a file that can be read");
        conflicts(file, &parsed, &Dictionary::builtin()).iter().map(|p| format!("{}:{}\n", p.line, p.message)).collect::<Vec<_>>().concat()
    }

    fn record(text: &str, more: &str) -> String {
        format!("[[phrase]]\ntext = \"{text}\"\nkind = \"term\"\nsource = \"甲\"\ngood = [\"乙\"]\nbad = [\"丙\"]\n{more}")
    }

    #[test]
    fn conflicts_are_named_with_their_lines() {
        for (file, expected) in [
            (record("青云精神", "wrong = [{ text = \"清云精神\" }]\n"), ""),
            (record("青云精神", "") + &record("青云精神", ""), "7:“青云精神”在第1行已有\n"),
            (record("青云精神", "wrong = [{ text = \"四个意识\" }]\n"), "1:“青云精神”的错误写法“四个意识”是词条“四个意识”的正确写法\n"),
            (
                record("青云经济", "wrong = [{ text = \"人民代表大\" }]\n"),
                "1:“青云经济”的错误写法“人民代表大”在“人民代表大会”之中，那是词条“人民代表大会”的正确写法\n",
            ),
            (record("布署", ""), "1:“布署”在内置词典里是“部署”的错误写法\n"),
            (
                record("甲提法", "until = \"2020\"\nreplaced_by = \"乙提法\"\n")
                    + &record("乙提法", "until = \"2021\"\nreplaced_by = \"甲提法\"\n"),
                "1:“甲提法”的 replaced_by 绕了一圈又回到它自己\n9:“乙提法”的 replaced_by 绕了一圈又回到它自己\n",
            ),
            (record("三个青云", "members = [\"山青\", \"水青\"]\n"), "1:“三个青云”的 members 有2项，与名称里的数目不符\n"),
            (
                "off = [\"四个意识\", \"没有的词条\"]\n".into(),
                "1:off 里的“没有的词条”在内置词典中没有，写词条的 text（用 hegao dict list 查）\n",
            ),
        ] {
            assert_eq!(of(&file), expected, "{file}");
        }
    }
}
