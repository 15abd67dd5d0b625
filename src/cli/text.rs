//! `hegao text`

use std::io::Write;

use serde_json::json;

use super::args::{ConfigArgs, InputArgs, LimitArgs, PageFormat, TextArgs};
use super::{Status, view};
use crate::config::Config;
use crate::document::{BlockKind, Document};
use crate::output::safe::printable;

pub(super) fn run(args: TextArgs) -> anyhow::Result<Status> {
    let input = InputArgs {
        paths: vec![args.path],
        output: None,
        force: false,
        jobs: None,
        limits: LimitArgs::default(),
        config: ConfigArgs::default(),
    };
    view::each(&input, &Config::default(), |document| document, |out, document| show(out, &document, args.format), |_| Ok(()))
}

fn show(out: &mut dyn Write, document: &Document, format: PageFormat) -> std::io::Result<()> {
    if format == PageFormat::Text {
        return document.blocks.iter().try_for_each(|block| writeln!(out, "{}", printable(&document.shown(block))));
    }
    let mut places = document.text.cursor();
    let blocks: Vec<_> = document
        .blocks
        .iter()
        .map(|block| {
            let place = places.position(block.span.start);
            let label = &document.text_of(block)[..block.label as usize];
            json!({
                "kind": name(block.kind), "level": block.level, "label": label, "line": place.line, "column": place.column,
                "start": block.span.start, "end": block.span.end, "text": document.shown(block),
            })
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &blocks)?;
    writeln!(out)
}

const fn name(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Paragraph => "paragraph",
        BlockKind::Heading => "heading",
        BlockKind::TableCell => "table-cell",
        BlockKind::Note => "note",
        BlockKind::Header => "header",
        BlockKind::Footer => "footer",
        BlockKind::TextBox => "text-box",
    }
}
