//! `hegao segment`

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::args::{DataFormat, EngineArg, SegmentArgs};
use super::{Status, settings, view};
use crate::dictionary::Dictionary;

use crate::document::Document;
use crate::matcher;
use crate::mention::Mentions;
use crate::output::safe::{printable, push_printable};
use crate::segment::{Engine, Jieba, Scratch, Segmenter};
use crate::span::Span;
use crate::text::Folded;

/// The tag of a set expression: 习用语 in the tag set of the word list.
const EXPRESSION: &str = "l";

/// One word of a draft.
struct Word {
    span: Span,
    tag: String,
}

pub(super) fn run(args: SegmentArgs) -> anyhow::Result<Status> {
    let config = settings::words(&args.dictionary).over(settings::of(&args.input)?);
    let dictionary = settings::dictionary(&config)?;
    let engine = match args.engine {
        EngineArg::Static => Engine::Builtin(Segmenter::with_words([])),
        EngineArg::Jieba => Engine::Jieba(Jieba::with_words([])),
    };
    let work = move |document: Document| {
        let expressions = if args.no_expressions { Vec::new() } else { expressions(&document, &dictionary) };
        let words = cut(&document, &engine, &expressions, args.pos);
        (document, words)
    };
    let all = RefCell::new(Vec::<Value>::new());
    let counts = RefCell::new(HashMap::<String, usize>::new());
    let show = |out: &mut dyn Write, (document, words): (Document, Vec<Word>)| -> io::Result<()> {
        if args.top.is_some() {
            let text = document.text.as_str();
            let words = words.iter().map(|word| word.span.of(text)).filter(|word| word.chars().any(char::is_alphanumeric));
            words.for_each(|word| *counts.borrow_mut().entry(word.to_owned()).or_default() += 1);
            return Ok(());
        }
        match args.format {
            DataFormat::Text => text(out, &document, &words, args.pos),
            DataFormat::Jsonl => objects(&document, &words, args.pos).iter().try_for_each(|object| writeln!(out, "{object}")),
            DataFormat::Json => {
                all.borrow_mut().extend(objects(&document, &words, args.pos));
                Ok(())
            }
        }
    };
    view::each(&args.input, &config, work, show, |out| match (args.top, args.format) {
        (Some(top), format) => frequencies(out, &counts.borrow(), top, format),
        (None, DataFormat::Json) => {
            serde_json::to_writer_pretty(&mut *out, &*all.borrow())?;
            writeln!(out)
        }
        _ => Ok(()),
    })
}

/// The places of set expressions, the longest ones, in text order and without overlaps.
fn expressions(document: &Document, dictionary: &Dictionary) -> Vec<Span> {
    let mut folded = Folded::default();
    let source = document.text.as_str();
    folded.refill_without(source, document.blocks.iter().map(|block| block.span), &document.markup);
    let mentions = Mentions::find(&folded, dictionary, Segmenter::builtin(), &mut matcher::Scratch::default());
    let mut spans: Vec<Span> = Vec::new();
    for (start, end) in mentions.expressions() {
        let span = folded.span(source, start, end);
        if spans.last().is_none_or(|last| last.end <= span.start) {
            spans.push(span);
        }
    }
    spans
}

/// The words of all blocks, each set expression one word.
fn cut(document: &Document, engine: &Engine, expressions: &[Span], tags: bool) -> Vec<Word> {
    let text = document.text.as_str();
    let mut words = Vec::new();
    let mut scratch = Scratch::default();
    let mut expressions = expressions.iter().copied().peekable();
    for block in &document.blocks {
        let mut at = block.span.start;
        while let Some(expression) = expressions.next_if(|e| e.end <= block.span.end) {
            plain(text, Span { start: at, end: expression.start.max(at) }, engine, tags, &mut scratch, &mut words);
            words.push(Word { span: expression, tag: if tags { EXPRESSION.into() } else { String::new() } });
            at = expression.end;
        }
        plain(text, Span { start: at, end: block.span.end }, engine, tags, &mut scratch, &mut words);
    }
    words.retain(|word| !word.span.of(text).chars().all(char::is_whitespace));
    words
}

fn plain(text: &str, stretch: Span, engine: &Engine, tags: bool, scratch: &mut Scratch, words: &mut Vec<Word>) {
    let shift = |span: Span| Span { start: span.start + stretch.start, end: span.end + stretch.start };
    let source = stretch.of(text);
    if tags {
        words.extend(engine.tag(source, true).into_iter().map(|word| Word { span: shift(word.span), tag: word.tag.to_owned() }));
    } else {
        engine.cut_each(source, true, scratch, |span| words.push(Word { span: shift(span), tag: String::new() }));
    }
}

fn text(out: &mut dyn Write, document: &Document, words: &[Word], tags: bool) -> io::Result<()> {
    let source = document.text.as_str();
    let mut line = String::new();
    for block in &document.blocks {
        line.clear();
        let first = words.partition_point(|word| word.span.start < block.span.start);
        for word in words[first..].iter().take_while(|word| word.span.end <= block.span.end) {
            push_printable(word.span.of(source), &mut line);
            if tags {
                line.push('/');
                line.push_str(&word.tag);
            }
            line.push(' ');
        }
        line.pop();
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn objects(document: &Document, words: &[Word], tags: bool) -> Vec<Value> {
    let source = document.text.as_str();
    let mut places = document.text.cursor();
    let object = |word: &Word| {
        let place = places.position(word.span.start);
        let mut object = json!({
            "path": document.name, "text": word.span.of(source), "line": place.line, "column": place.column,
            "start": word.span.start, "end": word.span.end,
        });
        if tags {
            object["pos"] = word.tag.as_str().into();
        }
        object
    };
    words.iter().map(object).collect()
}

fn frequencies(out: &mut dyn Write, counts: &HashMap<String, usize>, top: usize, format: DataFormat) -> io::Result<()> {
    let mut rows: Vec<(&String, &usize)> = counts.iter().collect();
    rows.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    rows.truncate(top);
    let objects = || rows.iter().map(|(word, n)| json!({ "text": word, "count": n }));
    match format {
        DataFormat::Text => rows.iter().try_for_each(|(word, n)| writeln!(out, "{n:>6}  {}", printable(word))),
        DataFormat::Jsonl => objects().try_for_each(|object| writeln!(out, "{object}")),
        DataFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &objects().collect::<Vec<_>>())?;
            writeln!(out)
        }
    }
}
