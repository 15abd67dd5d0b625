//! `hegao outline`

use std::io::{self, Write};

use serde_json::{Value, json};

use super::args::{OutlineArgs, PageFormat};
use super::{Status, settings, view};
use crate::document::Document;
use crate::outline::{Level, Outline};
use crate::output::safe::printable;

pub(super) fn run(args: OutlineArgs) -> anyhow::Result<Status> {
    let work = |document: Document| {
        let outline = Outline::of(&document);
        (document, outline)
    };
    let mut pages: Vec<Value> = Vec::new();

    let config = settings::of(&args.input)?;
    match args.format {
        PageFormat::Text => view::each(&args.input, &config, work, |out, (document, outline)| text(out, &document, &outline), |_| Ok(())),
        PageFormat::Json => {
            let pages = std::cell::RefCell::new(&mut pages);
            view::each(
                &args.input,
                &config,
                work,
                |_, (document, outline)| {
                    pages.borrow_mut().push(page(&document, &outline));
                    Ok(())
                },
                |out| {
                    serde_json::to_writer_pretty(&mut *out, &**pages.borrow())?;
                    writeln!(out)
                },
            )
        }
    }
}

fn text(out: &mut dyn Write, document: &Document, outline: &Outline) -> io::Result<()> {
    writeln!(out, "{}", document.name)?;
    let outermost = outline.sections().iter().map(|section| section.level).min();
    for section in outline.sections() {
        let source = document.text.as_str();
        let depth = outermost.map_or(0, |first| section.level as usize - first as usize);
        let (label, title) = (printable(section.label.span.of(source)), printable(section.title.of(source)));
        writeln!(out, "{:>5}  {}{label}{title}（{}字）", section.line, "  ".repeat(depth), section.characters(document))?;
    }
    let counts: Vec<String> = outline.counts().map(|(level, n)| format!("{}{n} 个", shown(level))).collect();
    let items = outline.items().iter().filter(|item| item.number == 1).count();
    writeln!(out, "标题：{}；“一是、二是”类并列 {items} 组。\n", if counts.is_empty() { "没有".into() } else { counts.join("，") })
}

fn page(document: &Document, outline: &Outline) -> Value {
    let source = document.text.as_str();
    let sections: Vec<Value> = outline
        .sections()
        .iter()
        .map(|section| {
            json!({
                "level": section.level.name(), "number": section.label.number, "label": section.label.span.of(source),
                "title": section.title.of(source), "line": section.line, "characters": section.characters(document), "parent": section.parent,
            })
        })
        .collect();
    let counts: serde_json::Map<String, Value> = outline.counts().map(|(level, n)| (level.name().to_owned(), n.into())).collect();
    let series = outline.items().iter().filter(|item| item.number == 1).count();
    json!({ "path": document.name, "sections": sections, "counts": counts, "series": series })
}

/// A level by what its labels look like.
fn shown(level: Level) -> String {
    level.label(1)
}
