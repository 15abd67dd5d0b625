//! Compiles `dictionaries/*.toml`: the records become a flat table that the run time decodes one by one as they are needed, their forms the
//! index of the matcher.

use std::fs;
use std::path::Path;

use bytemuck::NoUninit;

use crate::class::Classes;
use crate::compile::Builder;
use crate::format::{self, Record, TemplateRecord};
use crate::forms::Forms;
use crate::index::Role;

/// Files that hold something else than phrases and templates.
const OTHERS: [&str; 1] = ["congresses.toml"];

/// All records.
pub(crate) struct Records {
    phrases: Vec<Record>,
    templates: Vec<TemplateRecord>,
}

impl Records {
    /// What the phrases hold of right prose.
    pub(crate) fn prose(&self) -> impl Iterator<Item = &str> {
        self.phrases.iter().flat_map(|record| {
            let also = record.also.iter().map(|also| also.text.as_str());
            let lists = record.members.iter().chain(&record.good).map(String::as_str);
            [record.text.as_str()].into_iter().chain(record.full.as_deref()).chain(also).chain(lists)
        })
    }
}

/// Reads all dictionary files in `from`.
pub(crate) fn read(from: &Path) -> Result<Records, String> {
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
    Ok(Records { phrases, templates })
}

/// Writes the tables of the records to `to`.
pub(crate) fn compile(records: &Records, to: &Path, sounds: &Classes) -> Result<(), String> {
    let Records { phrases, templates } = records;
    let mut table = Table::default();
    for record in phrases {
        table.phrase(record);
    }
    for record in templates {
        table.template(record);
    }
    table.write(to, phrases.len()).map_err(|e| e.to_string())?;
    write_index(phrases, templates, to, sounds).map_err(|e| e.to_string())
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
    write_table(to, "bits.bin", &index.bits)?;
    write_table(to, "ranks.bin", &index.ranks)?;
    write_table(to, "starts.bin", &index.starts)?;
    write_table(to, "entries.bin", &index.entries)?;
    write_table(to, "patterns.bin", &index.patterns)?;
    write_table(to, "chars.bin", &index.chars)?;
    write_table(to, "classes.bin", &index.classes)?;
    write_table(to, "plane.bin", &sounds.plane)?;
    write_table(to, "syllables.bin", &sounds.syllables)?;
    write_table(to, "weights.bin", &sounds.weights)?;
    write_table(to, "pair-weights.bin", &sounds.pair_weights)
}

/// Writes a table of numbers as the bytes the run time uses in place.
pub(crate) fn write_table<T: NoUninit>(to: &Path, name: &str, table: &[T]) -> std::io::Result<()> {
    fs::write(to.join(name), bytemuck::cast_slice::<T, u8>(table))
}

/// The records in the order that `src/dictionary/flat.rs` reads them: all text in one string, everything else as numbers.
#[derive(Default)]
struct Table {
    text: String,
    words: Vec<u32>,
    /// Where each record begins in `words`.
    records: Vec<u32>,
}

impl Table {
    fn phrase(&mut self, r: &Record) {
        self.records.push(self.words.len() as u32);
        self.string(&r.text);
        let flags = u32::from(r.ordered) | u32::from(r.quoted) << 1 | u32::from(r.near()) << 2;
        self.words.extend([r.kind as u32, flags, r.level() as u32]);
        self.option(r.full.as_deref());
        self.strings(&r.members);
        self.strings(&r.verbs);
        self.words.push(r.also.len() as u32);
        for also in &r.also {
            self.string(&also.text);
            self.string(&also.why);
        }
        self.words.push(r.wrong.len() as u32);
        for wrong in &r.wrong {
            self.string(&wrong.text);
            self.option(wrong.right.as_deref());
            self.option(wrong.why.as_deref());
        }
        self.option(r.since.as_deref());
        self.option(r.until.as_deref());
        self.option(r.replaced_by.as_deref());
        self.option(r.note.as_deref());
        self.string(&r.source);
        self.strings(&r.good);
        self.strings(&r.bad);
    }

    fn template(&mut self, t: &TemplateRecord) {
        self.records.push(self.words.len() as u32);
        self.words.push(t.severity.unwrap_or(format::Level::Error) as u32);
        for text in [&t.name, &t.anchor, &t.pattern, &t.right] {
            self.string(text);
        }
        self.option(t.note.as_deref());
        self.string(&t.source);
        self.strings(&t.good);
        self.strings(&t.bad);
    }

    fn string(&mut self, text: &str) {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        self.words.extend([start, self.text.len() as u32]);
    }

    fn option(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.string(text),
            None => self.words.extend([u32::MAX; 2]),
        }
    }

    fn strings(&mut self, texts: &[String]) {
        self.words.push(texts.len() as u32);
        for text in texts {
            self.string(text);
        }
    }

    fn write(&self, to: &Path, phrases: usize) -> std::io::Result<()> {
        fs::write(to.join("text.txt"), &self.text)?;
        write_table(to, "words.bin", &self.words)?;
        write_table(to, "phrases.bin", &self.records[..phrases])?;
        write_table(to, "templates.bin", &self.records[phrases..])
    }
}
