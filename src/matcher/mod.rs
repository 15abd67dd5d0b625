//! All patterns against one text in one pass: exact, near (a few edits) and same-sound forms.
//!
//! Matching works on sound classes ([`class`]), so a form that merely sounds right costs nothing and is told apart afterwards by its
//! characters. A text passes five gates, each narrower and dearer than the one before:
//!
//! 1. `scan` looks for *seeds*, three symbols with gaps that point to a place of a pattern ([`index`], made by [`compile`]);
//! 2. [`glance`] compares eight more symbols of the pattern at once;
//! 3. `near` tests whether the pattern can lie there at all;
//! 4. [`align`] finds the likeliest edits;
//! 5. the characters are compared.
//!
//! What a hit means — a right form, a slip, a legitimate neighbour — is for the rules to say.

pub mod align;
pub mod class;
pub mod compile;
pub mod forms;
pub mod glance;
pub mod index;
pub mod near;
mod scan;
pub mod shape;

use std::sync::LazyLock;

use align::{Edit, EditKind, Symbols};
use class::{BREAK, Classes, PAUSE};
use glance::mark;
use index::{Entry, Index, Pattern, Role, is_ignored};
use near::Lies;
use scan::MARGIN;
use shape::Shapes;

/// A place in the text where a pattern stands, exactly or nearly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The pattern.
    pub pattern: PatternId,
    /// First folded character.
    pub start: u32,
    /// One past the last folded character.
    pub end: u32,
    /// The differences in pattern order; none for an exact hit. `text` counts folded characters of the text.
    pub edits: Vec<Edit>,
}

/// Names a pattern of a [`Matcher`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PatternId {
    /// Which index: the shipped one, or that of the user dictionaries.
    set: u16,
    number: u32,
}

/// A set of patterns ready to be looked for; immutable, shared by all threads.
#[derive(Debug)]
pub struct Matcher {
    sounds: &'static Classes,
    indexes: Vec<Index>,
}

/// Buffers of one worker, reused from text to text.
#[derive(Debug, Default)]
pub struct Scratch {
    /// Sound classes of the text, without ignored characters.
    symbols: Vec<u16>,
    /// What each of them is known by at a [`glance`].
    marks: Vec<u8>,
    /// The characters themselves.
    chars: Vec<u32>,
    /// The folded place of each symbol.
    places: Vec<u32>,
}

impl Hit {
    /// Whether the text has the pattern to the letter.
    pub fn is_exact(&self) -> bool {
        self.edits.is_empty()
    }

    /// What two seeds of one pattern may both lead to.
    fn place(&self) -> (u32, u32, PatternId) {
        (self.start, self.end, self.pattern)
    }

    /// Of several explanations of one place the least is kept: the one with the fewest edits other than of sound, then the shortest.
    fn simplicity(&self) -> (usize, usize, &[Edit]) {
        let others = self.edits.iter().filter(|edit| edit.kind != EditKind::Sound).count();
        (others, self.edits.len(), &self.edits)
    }
}

impl Matcher {
    /// A matcher over compiled indexes; hits of later ones name their patterns apart.
    pub fn new(indexes: Vec<Index>) -> Self {
        Self { sounds: sounds(), indexes }
    }

    /// The pattern behind a hit.
    pub fn pattern(&self, id: PatternId) -> &Pattern {
        &self.indexes[id.set as usize].patterns[id.number as usize]
    }

    /// The characters of a pattern, without quotation marks.
    pub fn chars(&self, id: PatternId) -> impl ExactSizeIterator<Item = char> + '_ {
        let index = &self.indexes[id.set as usize];
        let pattern = &index.patterns[id.number as usize];
        let chars = &index.chars[pattern.start as usize..][..pattern.len as usize];
        chars.iter().map(|&c| char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// Finds all patterns in folded text, in text order. Two hits of one pattern that overlap are both reported.
    pub fn find(&self, text: &[char], scratch: &mut Scratch) -> Vec<Hit> {
        scratch.read(text, self.sounds);
        let mut hits = Vec::new();
        for (set, index) in self.indexes.iter().enumerate() {
            let find = Find { index, set: set as u16, scratch };
            find.run(&mut hits);
        }
        hits.sort_unstable_by(|a, b| a.place().cmp(&b.place()).then_with(|| a.simplicity().cmp(&b.simplicity())));
        hits.dedup_by_key(|hit| hit.place());
        drop_around_exact(&mut hits);
        hits
    }
}

impl Scratch {
    /// Fills the buffers with the characters of `text` that matter, and [`MARGIN`] before and after.
    fn read(&mut self, text: &[char], sounds: &Classes) {
        let Self { symbols, marks, chars, places } = self;
        let room = text.len() + 2 * MARGIN;
        // What the last text left here is written over; before it stands what stood there from the first.
        symbols.resize(room, BREAK);
        marks.resize(room, 0);
        chars.resize(room, 0);
        places.resize(room, 0);
        // Each is written, and counted only if it matters: a quarter faster than pushing those that do.
        let mut count = MARGIN;
        for (place, &c) in (0..).zip(text) {
            let class = sounds.of(c);
            symbols[count] = class;
            marks[count] = mark(class);
            chars[count] = c.into();
            places[count] = place;
            count += usize::from(!is_ignored(c));
        }
        symbols.truncate(count);
        marks.truncate(count);
        chars.truncate(count);
        places.truncate(count);
        symbols.extend([BREAK; MARGIN]);
        marks.extend([0; MARGIN]);
        chars.extend([0; MARGIN]);
        places.extend([text.len() as u32; MARGIN]);
    }

    /// Whether what stands at `at`, which sounds like `c`, is `c`; of pauses any will do.
    fn reads(&self, at: usize, c: u32) -> bool {
        self.chars[at] == c || self.symbols[at] == PAUSE
    }
}

/// One pass of one index over one text.
struct Find<'a> {
    index: &'a Index,
    set: u16,
    scratch: &'a Scratch,
}

impl Find<'_> {
    fn run(&self, hits: &mut Vec<Hit>) {
        scan::scan(self.index, &self.scratch.symbols, &self.scratch.marks, |entry, at| self.verify(entry, at, hits));
    }

    fn verify(&self, entry: Entry, at: usize, hits: &mut Vec<Hit>) {
        let lies = near::lies(&self.index.classes, &self.scratch.symbols, entry, at);
        let (place, budget) = (entry.place as usize, usize::from(entry.edits));
        // What lies there whole is found by the seeds of all its pieces; that of the first piece is enough.
        let is_first_piece = || self.index.classes[place - usize::from(entry.before) - 1] == BREAK;
        if lies == Lies::Not || lies == Lies::Whole && !is_first_piece() {
            return;
        }
        let pattern = &self.index.patterns[entry.pattern as usize];
        let place = place - pattern.start as usize;
        let range = pattern.start as usize..pattern.start as usize + pattern.len as usize;
        let form = Symbols { classes: &self.index.classes[range.clone()], chars: &self.index.chars[range] };
        let text = Symbols { classes: &self.scratch.symbols, chars: &self.scratch.chars };
        // Without an edit it lies there whole, but it may be another word that sounds so.
        let is_meant = || (at - place..).zip(form.chars).all(|(at, &c)| self.scratch.reads(at, c));
        if pattern.edits == 0 && !sounds_do_for(pattern) && !is_meant() {
            return;
        }
        let aligned = match lies {
            Lies::Whole => Some((Vec::new(), at - place, at - place + form.chars.len())),
            _ => align::align(form, place, text, at, budget),
        };
        let Some((mut edits, start, end)) = aligned else { return };
        settle(form, text, &mut edits);
        self.compare_characters(form.chars, start, &mut edits);
        for edit in &mut edits {
            edit.text = self.place(edit.text as usize);
        }
        let (start, end) = (self.place(start), self.place(end - 1) + 1);
        hits.push(Hit { pattern: PatternId { set: self.set, number: entry.pattern }, start, end, edits });
    }

    /// Adds a [`EditKind::Sound`] edit wherever the symbols agree and the characters do not.
    fn compare_characters(&self, chars: &[u32], start: usize, edits: &mut Vec<Edit>) {
        let (mut p, mut t) = (0, start);
        let mut next = 0;
        let structural = edits.len();
        while p < chars.len() {
            if next < structural && edits[next].pattern as usize == p {
                let (dp, dt) = match edits[next].kind {
                    EditKind::Swapped => (2, 2),
                    EditKind::Missing => (1, 0),
                    EditKind::Extra => (0, 1),
                    EditKind::Other | EditKind::Sound => (1, 1),
                };
                p += dp;
                t += dt;
                next += 1;
                continue;
            }
            if !self.scratch.reads(t, chars[p]) {
                edits.push(Edit { kind: EditKind::Sound, pattern: p as u32, text: t as u32 });
            }
            p += 1;
            t += 1;
        }
        edits.sort_by_key(|edit| edit.pattern);
    }

    /// The folded place of a symbol.
    fn place(&self, symbol: usize) -> u32 {
        self.scratch.places[symbol]
    }
}

/// Moves a missing or surplus character to the like-sounding one beside it where that leaves the other right to the letter: 交流合作 lacks the
/// 和 of 交流和合作, not the 合.
fn settle(form: Symbols<'_>, text: Symbols<'_>, edits: &mut [Edit]) {
    for edit in edits {
        let (p, t) = (edit.pattern as usize, edit.text as usize);
        let stays = |p: usize, t: usize| form.chars.get(p).is_some_and(|c| *c == text.chars[t]);
        let like =
            |symbols: Symbols<'_>, a: usize, b: usize| symbols.classes.get(a).is_some_and(|class| Some(class) == symbols.classes.get(b));
        let (back, ahead) = match edit.kind {
            EditKind::Missing => {
                let back = p > 0 && like(form, p - 1, p) && !stays(p - 1, t - 1) && stays(p, t - 1);
                (back, like(form, p, p + 1) && !stays(p + 1, t) && stays(p, t))
            }
            EditKind::Extra if p > 0 => {
                (like(text, t - 1, t) && !stays(p - 1, t - 1) && stays(p - 1, t), like(text, t, t + 1) && !stays(p, t + 1) && stays(p, t))
            }
            _ => continue,
        };
        if back {
            (edit.pattern, edit.text) = (edit.pattern - 1, edit.text - 1);
        } else if ahead {
            (edit.pattern, edit.text) = (edit.pattern + 1, edit.text + 1);
        }
    }
}

/// What holds a pattern to the letter is no near form of it: 国家数据局局 before 长, where 据局 and 局局 sound alike.
fn drop_around_exact(hits: &mut Vec<Hit>) {
    let mut exact: Vec<_> = hits.iter().filter(|hit| hit.is_exact()).map(|hit| (hit.pattern, hit.start, hit.end)).collect();
    exact.sort_unstable();
    hits.retain(|hit| {
        let next = exact.partition_point(|&(pattern, start, _)| (pattern, start) < (hit.pattern, hit.start));
        let holds = exact.get(next).is_some_and(|&(pattern, _, end)| pattern == hit.pattern && end <= hit.end);
        hit.is_exact() || !holds
    });
}

/// Canonical forms of four characters are found by sound too; shorter and listed forms only to the letter.
fn sounds_do_for(pattern: &Pattern) -> bool {
    pattern.role() == Role::Canonical && pattern.len >= 4
}

/// The sound classes compiled into the program.
pub fn sounds() -> &'static Classes {
    static SOUNDS: LazyLock<Classes> = LazyLock::new(crate::dictionary::builtin::sounds);
    &SOUNDS
}

/// The look-alike characters compiled into the program.
pub fn shapes() -> &'static Shapes {
    static SHAPES: LazyLock<Shapes> = LazyLock::new(crate::dictionary::builtin::shapes);
    &SHAPES
}
