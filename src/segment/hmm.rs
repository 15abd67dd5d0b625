//! Cuts what stands in no dictionary: a hidden Markov model that says of each character whether it begins, continues or ends a
//! word or is one by itself. Model and rules are those of jieba.

use std::sync::LazyLock;

use super::Letter;
use crate::embedded::table;

/// What a character is to its word. The numbers are rows of the tables.
const BEGIN: u8 = 0;
const END: u8 = 1;
const MIDDLE: u8 = 2;
const SINGLE: u8 = 3;

/// The states that can stand before each state.
const BEFORE: [[u8; 2]; 4] = [[END, SINGLE], [BEGIN, MIDDLE], [BEGIN, MIDDLE], [END, SINGLE]];

/// The first character the model knows; it knows Han characters up to U+9FD5.
const FIRST: char = '\u{4E00}';

/// Logarithms of probabilities.
struct Model {
    /// The row of `emissions` by character from [`FIRST`] on; row 0 is for characters never seen.
    rows: &'static [u16],
    start: &'static [f64],
    /// From state × 4 + to state.
    transitions: &'static [f64],
    emissions: &'static [[f64; 4]],
}

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let (start, rest) = table!("hmm.probabilities").split_at(4);
    let (transitions, emissions) = rest.split_at(16);
    Model { rows: table!("hmm.rows"), start, transitions, emissions: bytemuck::cast_slice(emissions) }
});

impl Model {
    fn row(&self, c: char) -> Option<u16> {
        self.rows.get((c as usize).wrapping_sub(FIRST as usize)).copied()
    }

    fn knows(&self, c: char) -> bool {
        self.row(c).is_some()
    }

    fn emissions(&self, c: char) -> &[f64; 4] {
        &self.emissions[usize::from(self.row(c).unwrap_or(0))]
    }
}

/// For each state of a character the best state before it.
pub(super) type Origins = [u8; 4];

/// Cuts `letters` and hands each word's range of letters to `word`. `origins` is scratch.
pub(super) fn cut(letters: &[Letter], origins: &mut Vec<Origins>, mut word: impl FnMut(usize, usize)) {
    let mut start = 0;
    for run in letters.chunk_by(|a, b| MODEL.knows(a.c) == MODEL.knows(b.c)) {
        let mut word = |from, to| word(start + from, start + to);
        if !MODEL.knows(run[0].c) {
            cut_foreign(run, word);
        } else if run.len() == 1 {
            word(0, 1);
        } else {
            cut_han(run, origins, word);
        }
        start += run.len();
    }
}

/// The most probable sequence of states (Viterbi), read as words.
fn cut_han(letters: &[Letter], origins: &mut Vec<Origins>, mut word: impl FnMut(usize, usize)) {
    let model = &*MODEL;
    origins.clear();
    let first = model.emissions(letters[0].c);
    let mut scores: [f64; 4] = std::array::from_fn(|state| model.start[state] + first[state]);
    for letter in &letters[1..] {
        let emissions = model.emissions(letter.c);
        let mut origin = Origins::default();
        scores = std::array::from_fn(|state| {
            let score = |from: u8| {
                let from = usize::from(from);
                scores[from] + model.transitions[from * 4 + state] + emissions[state]
            };
            // Of two equal scores jieba takes the later state, so characters never seen stay single.
            let [a, b] = BEFORE[state];
            origin[state] = if score(a) > score(b) { a } else { b };
            score(origin[state])
        });
        origins.push(origin);
    }
    // Walk back: the first entry of a row, no longer needed, takes the state of its character.
    let mut state = if scores[usize::from(END)] > scores[usize::from(SINGLE)] { END } else { SINGLE };
    for origin in origins.iter_mut().rev() {
        let before = origin[usize::from(state)];
        origin[0] = state;
        state = before;
    }
    let mut begin = 0;
    let mut done = 0;
    for (at, state) in [state].into_iter().chain(origins.iter().map(|row| row[0])).enumerate() {
        match state {
            BEGIN => begin = at,
            END | SINGLE => {
                word(if state == END { begin } else { at }, at + 1);
                done = at + 1;
            }
            _ => {}
        }
    }
    if done < letters.len() {
        word(done, letters.len());
    }
}

/// Latin letters and digits, joined by single `.`, `_` or `-`, with a final `%`, are words; so is what lies between them.
fn cut_foreign(letters: &[Letter], mut word: impl FnMut(usize, usize)) {
    let at_is = |at: usize, is: fn(char) -> bool| letters.get(at).is_some_and(|letter| is(letter.c));
    let is_latin = |at| at_is(at, |c| c.is_ascii_alphanumeric());
    let mut at = 0;
    while at < letters.len() {
        let start = at;
        if is_latin(at) {
            while is_latin(at) || (at_is(at, |c| matches!(c, '.' | '_' | '-')) && is_latin(at + 1)) {
                at += 1;
            }
            if at_is(at, |c| c == '%') {
                at += 1;
            }
        } else {
            while at < letters.len() && !is_latin(at) {
                at += 1;
            }
        }
        word(start, at);
    }
}
