//! Compiles `dictionaries/*.toml`: the records become constants, their forms the index of the matcher.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use bytemuck::NoUninit;

use crate::class::Classes;
use crate::format::{self, Record, TemplateRecord};
use crate::forms::Forms;
use crate::index::{Builder, Role};

/// Files that hold something else than phrases and templates.
const OTHERS: [&str; 1] = ["congresses.toml"];

/// Reads all dictionary files in `from` and writes the tables to `to`.
pub(crate) fn compile(from: &Path, to: &Path, sounds: &Classes) -> Result<(), String> {
    let mut files: Vec<_> = fs::read_dir(from).map_err(|e| e.to_string())?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "toml") && !OTHERS.iter().any(|other| path.ends_with(other)));
    files.sort();
    let (mut phrases, mut templates) = (Vec::new(), Vec::new());
    for path in &files {
        println!("cargo:rerun-if-changed={}", path.display());
        let source = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let file = format::parse(&source).map_err(|p| format!("{}:{}: {}", path.display(), p.line, p.message))?;
        phrases.extend(file.phrase.into_iter().map(toml::Spanned::into_inner));
        templates.extend(file.template.into_iter().map(toml::Spanned::into_inner));
    }
    fs::write(to.join("dictionary.rs"), constants(&phrases, &templates)).map_err(|e| e.to_string())?;
    write_index(&phrases, &templates, to, sounds).map_err(|e| e.to_string())
}

fn write_index(phrases: &[Record], templates: &[TemplateRecord], to: &Path, sounds: &Classes) -> std::io::Result<()> {
    let mut builder = Builder::new(sounds);
    for (number, record) in phrases.iter().enumerate() {
        let also: Vec<&str> = record.also.iter().map(|also| also.text.as_str()).collect();
        let wrong: Vec<&str> = record.wrong.iter().map(|wrong| wrong.text.as_str()).collect();
        let members: Vec<&str> = record.members.iter().map(String::as_str).collect();
        let (text, full, near) = (record.text.as_str(), record.full.as_deref(), record.near());
        let ordinary = record.kind == format::Kind::Wording && !near;
        Forms { text, full, members: &members, also: &also, wrong: &wrong, near, ordinary }.add_to(&mut builder, number as u32);
    }
    for (number, template) in templates.iter().enumerate() {
        builder.add(&template.anchor, number as u32, Role::Anchor, 0, 0);
    }
    let index = builder.build();
    write_table(to, "filter.bin", &index.filter)?;
    write_table(to, "slots.bin", &index.slots)?;
    write_table(to, "entries.bin", &index.entries)?;
    write_table(to, "patterns.bin", &index.patterns)?;
    write_table(to, "chars.bin", &index.chars)?;
    write_table(to, "classes.bin", &index.classes)?;
    write_table(to, "han.bin", &sounds.han)?;
    write_table(to, "syllables.bin", &sounds.syllables)?;
    write_table(to, "weight.bin", &sounds.weight)
}

/// Writes a table of numbers as the bytes the run time uses in place.
pub(crate) fn write_table<T: NoUninit>(to: &Path, name: &str, table: &[T]) -> std::io::Result<()> {
    fs::write(to.join(name), bytemuck::cast_slice::<T, u8>(table))
}

/// The records as Rust constants of `src/dictionary/builtin.rs`.
fn constants(phrases: &[Record], templates: &[TemplateRecord]) -> String {
    let mut out = String::from("static PHRASES: &[Phrase] = &[\n");
    for r in phrases {
        let also = list(&r.also, |a| format!("Also {{ text: {}, why: {} }}", string(&a.text), string(&a.why)));
        let wrong = list(&r.wrong, |w| {
            format!("Wrong {{ text: {}, right: {}, why: {} }}", string(&w.text), option(w.right.as_ref()), option(w.why.as_ref()))
        });
        let _ = writeln!(
            out,
            "Phrase {{ text: {}, kind: Kind::{:?}, full: {}, members: {}, ordered: {}, quoted: {}, verbs: {}, also: {also}, wrong: {wrong}, \
             near: {}, severity: Severity::{:?}, since: {}, until: {}, replaced_by: {}, note: {}, source: {}, good: {}, bad: {} }},",
            string(&r.text), r.kind, option(r.full.as_ref()), strings(&r.members), r.ordered, r.quoted, strings(&r.verbs), r.near(), r.level(),
            option(r.since.as_ref()), option(r.until.as_ref()), option(r.replaced_by.as_ref()), option(r.note.as_ref()), string(&r.source),
            strings(&r.good), strings(&r.bad),
        );
    }
    out.push_str("];\nstatic TEMPLATES: &[Template] = &[\n");
    for t in templates {
        let _ = writeln!(
            out,
            "Template {{ name: {}, anchor: {}, pattern: {}, right: {}, severity: Severity::{:?}, note: {}, source: {}, good: {}, bad: {} }},",
            string(&t.name), string(&t.anchor), string(&t.pattern), string(&t.right), t.severity.unwrap_or(format::Level::Error),
            option(t.note.as_ref()), string(&t.source), strings(&t.good), strings(&t.bad),
        );
    }
    out.push_str("];\n");
    out
}

fn string(text: &str) -> String {
    format!("s({text:?})")
}

fn option(text: Option<&String>) -> String {
    text.map_or_else(|| "None".into(), |text| format!("Some({})", string(text)))
}

fn strings(items: &[String]) -> String {
    list(items, |item| string(item))
}

fn list<T>(items: &[T], item: impl Fn(&T) -> String) -> String {
    if items.is_empty() {
        return "l(&[])".into();
    }
    format!("l(const {{ &[{}] }})", items.iter().map(item).collect::<Vec<_>>().join(", "))
}
