//! Marks woven into the runs of a document: the ends of comments and tracked changes.
//!
//! All marks are collected first, run by run, because several may fall on one place: a comment ends where another begins and a
//! deletion starts. Then each run is divided at most once at each place.

use std::collections::BTreeMap;
use std::ops::Range;

use memchr::memmem;

use super::patch::Patch;
use super::pieces::{Piece, Pieces, Run};
use super::seam::{RunXml, Seat, SeatKind};
use super::xml::escape;
use crate::finding::Edit;
use crate::span::Span;

/// Who makes the marks, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The author's name.
    pub author: String,
    /// The author's initials.
    pub initials: String,
    /// `YYYY-MM-DDThh:mm:ssZ`; by Word's custom the hour is local in spite of the Z.
    pub date: String,
}

/// The body's index in [`Pieces::parts`].
const MAIN: u32 = 0;

/// Marks at one place stand in this order: what ends there, what is inserted there, what begins there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    DeletionEnd,
    Replacement,
    CommentEnd,
    CommentStart,
    Insertion,
    DeletionStart,
}

/// The marks of one run.
struct Marked<'a> {
    xml: RunXml<'a>,
    run: Run,
    words: &'static str,
    marks: BTreeMap<Seat, Vec<(Rank, String)>>,
    deleted: Vec<(Seat, Seat)>,
}

/// The words of one run that an edit takes out, and the rank of what it puts behind them.
struct Place {
    run: u32,
    from: Seat,
    to: Seat,
    rank: Rank,
}

/// Collects the marks of a document.
pub(super) struct Weaver<'a> {
    pieces: &'a Pieces,
    /// The bytes of the parts, in the order of [`Pieces::parts`].
    sources: &'a [Vec<u8>],
    /// The namespace of the document's words.
    words: &'static str,
    runs: BTreeMap<u32, Marked<'a>>,
}

impl<'a> Weaver<'a> {
    pub(super) fn new(pieces: &'a Pieces, sources: &'a [Vec<u8>], words: &'static str) -> Self {
        Self { pieces, sources, words, runs: BTreeMap::new() }
    }

    /// Anchors comment `id` on the words `span` of the block `block`. Words that no comment can be put on are stood for by the nearest
    /// ones that can: a number that Word generates by its paragraph, a note by its mark, a text box by the run it hangs on, a header by the
    /// beginning of its section. False where the body has no text at all.
    pub(super) fn comment(&mut self, span: Span, block: Span, id: u32) -> bool {
        let pieces = self.pieces;
        let is_open = |piece: &&Piece| pieces.run(piece).is_some_and(|run| run.host.is_none() && run.part == MAIN);
        let own = || pieces.within(span).iter().filter(is_open);
        if let (Some(first), Some(last)) = (own().next(), own().next_back()) {
            return self.comment_on((first, span.start.max(first.span.start)), (last, span.end.min(last.span.end)), id);
        }
        let near = [pieces.within(span).first(), pieces.within(block).first(), pieces.before(span.start), pieces.pieces.first()];
        near.into_iter().flatten().any(|piece| match pieces.run(piece).and_then(|run| run.host) {
            Some(host) => self.comment_around(host, id),
            None => is_open(&piece) && self.comment_on((piece, piece.span.start), (piece, piece.span.end), id),
        })
    }

    fn comment_on(&mut self, (first, start): (&Piece, u32), (last, end): (&Piece, u32), id: u32) -> bool {
        let Some(marked) = self.marked(first.run) else { return false };
        let (from, start_mark) = (marked.xml.seat(first, start).unwrap_or(marked.xml.beside(false)), marked.range_mark("Start", id));
        let Some(marked) = self.marked(last.run) else { return false };
        let (to, end_mark) = (marked.xml.seat(last, end).unwrap_or(marked.xml.beside(true)), marked.end_marks(id));
        marked.put(to, Rank::CommentEnd, end_mark);
        self.marked(first.run).into_iter().for_each(|marked| marked.put(from, Rank::CommentStart, start_mark.clone()));
        true
    }

    fn comment_around(&mut self, run: u32, id: u32) -> bool {
        let Some(marked) = self.marked(run) else { return false };
        let (from, to) = (marked.xml.beside(false), marked.xml.beside(true));
        let (start_mark, end_mark) = (marked.range_mark("Start", id), marked.end_marks(id));
        marked.put(from, Rank::CommentStart, start_mark);
        marked.put(to, Rank::CommentEnd, end_mark);
        true
    }

    /// Enters a correction as tracked changes, one for each of its `parts`; `next_id` numbers them. False, and nothing entered, where a run
    /// cannot be divided: half a correction is none.
    pub(super) fn change(&mut self, parts: &[Edit], stamp: &Stamp, mut next_id: impl FnMut() -> u32) -> bool {
        let Some(places) = parts.iter().map(|edit| self.places(edit)).collect::<Option<Vec<_>>>() else { return false };
        for (edit, places) in parts.iter().zip(places) {
            for (n, &Place { run, from, to, rank }) in places.iter().enumerate() {
                let Some(marked) = self.marked(run) else { continue };
                if from != to {
                    let (start, end) = (marked.tag("del", stamp, next_id()), marked.end_tag("del"));
                    marked.deleted.push((from, to));
                    marked.put(from, Rank::DeletionStart, start);
                    marked.put(to, Rank::DeletionEnd, end);
                }
                if n == 0 && !edit.text.is_empty() {
                    let inserted = marked.inserted(&edit.text, stamp, next_id());
                    marked.put(to, rank, inserted);
                }
            }
        }
        true
    }

    /// Where the words of an edit stand, run by run; for an insertion, the place alone.
    fn places(&mut self, edit: &Edit) -> Option<Vec<Place>> {
        let pieces = self.pieces;
        if edit.span.is_empty() {
            let piece = pieces.beside(edit.span.start)?;
            let at = self.marked(piece.run)?.xml.seat(piece, edit.span.start)?;
            let rank = if edit.span.start == piece.span.start { Rank::Insertion } else { Rank::Replacement };
            return Some(vec![Place { run: piece.run, from: at, to: at, rank }]);
        }
        let of_run = |of_run: &[Piece]| {
            let (first, last) = (of_run.first()?, of_run.last()?);
            let xml = &self.marked(first.run)?.xml;
            let from = xml.seat(first, edit.span.start.max(first.span.start))?;
            let to = xml.seat(last, edit.span.end.min(last.span.end))?;
            xml.is_plain(from.at..to.at).then_some(Place { run: first.run, from, to, rank: Rank::Replacement })
        };
        pieces.within(edit.span).chunk_by(|a, b| a.run == b.run).map(of_run).collect::<Option<Vec<_>>>().filter(|places| !places.is_empty())
    }

    fn marked(&mut self, number: u32) -> Option<&mut Marked<'a>> {
        if !self.runs.contains_key(&number) {
            let run = *self.pieces.runs.get(number as usize)?;
            let xml = RunXml::new(self.sources.get(run.part as usize)?, &run)?;
            self.runs.insert(number, Marked { xml, run, words: self.words, marks: BTreeMap::new(), deleted: Vec::new() });
        }
        self.runs.get_mut(&number)
    }

    /// The parts that changed, by number, with their new bytes.
    pub(super) fn finish(self) -> Vec<(usize, Vec<u8>)> {
        let mut patches: BTreeMap<usize, Patch> = BTreeMap::new();
        // In document order: where a comment ends behind one run and the next begins before another, the end comes first.
        for marked in self.runs.into_values() {
            let part = marked.run.part as usize;
            let patch = patches.entry(part).or_default();
            marked.write(&self.sources[part], patch);
        }
        let finished = patches.into_iter().filter(|(_, patch)| !patch.is_empty());
        finished
            .map(|(part, mut patch)| {
                patch.repeat_in(self.pieces.copies.iter().copied().filter(|copy| copy.part as usize == part));
                (part, patch.apply(&self.sources[part]))
            })
            .collect()
    }
}

impl Marked<'_> {
    fn put(&mut self, seat: Seat, rank: Rank, mark: String) {
        self.marks.entry(seat).or_default().push((rank, mark));
    }

    /// The prefix of the marks; where the namespace is the default one they bring a prefix of their own, for attributes need one.
    fn names(&self) -> (&str, String) {
        match self.xml.prefix() {
            "" => ("w:", format!(" xmlns:w=\"{}\"", self.words)),
            prefix => (prefix, String::new()),
        }
    }

    fn range_mark(&self, which: &str, id: u32) -> String {
        let (w, ns) = self.names();
        format!("<{w}commentRange{which}{ns} {w}id=\"{id}\"/>")
    }

    fn end_marks(&self, id: u32) -> String {
        let (w, ns) = self.names();
        format!("{}<{w}r{ns}><{w}commentReference {w}id=\"{id}\"/></{w}r>", self.range_mark("End", id))
    }

    fn tag(&self, name: &str, stamp: &Stamp, id: u32) -> String {
        let (w, ns) = self.names();
        let (author, date) = (escape(&stamp.author), escape(&stamp.date));
        format!("<{w}{name}{ns} {w}id=\"{id}\" {w}author=\"{author}\" {w}date=\"{date}\">")
    }

    fn end_tag(&self, name: &str) -> String {
        format!("</{}{name}>", self.names().0)
    }

    /// `text` as a tracked insertion with the run's properties. Inside somebody else's insertion, or what somebody moved
    /// there, that one is closed and opened again.
    fn inserted(&self, text: &str, stamp: &Stamp, id: u32) -> String {
        let xml = &self.xml;
        let (open, close, p) = (xml.open(), xml.close(), xml.prefix());
        let text = format!("<{p}t xml:space=\"preserve\">{}</{p}t>", escape(text));
        let ours = format!("{}{open}{text}{close}{}", self.tag("ins", stamp, id), self.end_tag("ins"));
        match xml.text(self.run.insertion) {
            "" => ours,
            theirs => {
                let name = theirs[1..].split(|c: char| c == '>' || c.is_ascii_whitespace()).next().unwrap_or_default();
                format!("</{name}>{ours}{theirs}")
            }
        }
    }

    fn write(self, source: &[u8], patch: &mut Patch) {
        let Self { xml, marks, mut deleted, .. } = self;
        let (p, close, open) = (xml.prefix(), xml.close(), xml.open());
        // They do not overlap.
        deleted.sort_unstable();
        let is_deleted = |before: bool, at: usize| {
            let passed = |(_, to): &(Seat, Seat)| if before { to.at < at } else { to.at <= at };
            let next = deleted.get(deleted.partition_point(passed));
            next.is_some_and(|(from, _)| if before { from.at < at } else { from.at <= at })
        };
        let inside: Vec<usize> = marks.keys().filter(|seat| seat.kind == SeatKind::Inside).map(|seat| seat.at).collect();
        for (seat, mut at_seat) in marks {
            at_seat.sort_by_key(|(rank, _)| *rank);
            let marks: String = at_seat.into_iter().map(|(_, mark)| mark).collect();
            match seat.kind {
                SeatKind::Outside => patch.insert(seat.at, marks),
                SeatKind::Between => patch.insert(seat.at, format!("{close}{marks}{open}")),
                SeatKind::Inside => {
                    let Some(cut) = xml.cut(seat.at) else { continue };
                    let name = |is_deleted: bool| if is_deleted { "delText" } else { "t" };
                    let (before, after) = (name(is_deleted(true, seat.at)), name(is_deleted(false, seat.at)));
                    let start = cut.tag.replacen(&format!("<{p}t"), &format!("<{p}{after}"), 1);
                    // Spaces that reach to another division stand in a text of their own already.
                    let is_divided = |spaces: Range<usize>| {
                        inside.get(inside.partition_point(|&at| at < spaces.start)).is_some_and(|at| spaces.contains(at))
                    };
                    if cut.spaces.start < seat.at && !is_divided(cut.spaces.start..seat.at) {
                        patch.insert(cut.spaces.start, format!("</{p}{before}><{p}{before} xml:space=\"preserve\">"));
                    }
                    patch.insert(seat.at, format!("</{p}{before}>{close}{marks}{open}"));
                    if cut.spaces.end == seat.at {
                        patch.insert(seat.at, start);
                        continue;
                    }
                    patch.insert(seat.at, format!("<{p}{after} xml:space=\"preserve\">"));
                    if !is_divided(seat.at + 1..cut.spaces.end + 1) {
                        patch.insert(cut.spaces.end, format!("</{p}{after}>{start}"));
                    }
                }
            }
        }
        // The texts that stand wholly or with one end in a deletion change their tags.
        for (from, to) in &deleted {
            let (from, to) = (from.at, to.at);
            for (tag, renamed) in [(format!("<{p}t"), format!("<{p}delText")), (format!("</{p}t>"), format!("</{p}delText>"))] {
                for at in memmem::find_iter(&source[from..to], tag.as_bytes()) {
                    let range = from + at..from + at + tag.len();
                    if tag.ends_with('>') || matches!(source[range.end], b'>' | b' ' | b'\t' | b'\r' | b'\n') {
                        patch.replace(range, renamed.clone());
                    }
                }
            }
        }
    }
}
