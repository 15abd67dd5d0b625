//! jieba-rs itself: to cut with, and to measure by.

use std::sync::LazyLock;

use super::trie::Trie;
use super::{Scratch, Segmenter, UserWord, Word};
use crate::span::Span;

/// Who cuts: the segmenter of this crate, or jieba-rs with the same words.
pub enum Engine {
    /// The segmenter of this crate.
    Builtin(Segmenter),
    /// jieba-rs.
    Jieba(Jieba),
}

impl Engine {
    /// Hands the words of `text` to `word`, in order and without gaps. `hmm`: join single characters into words no dictionary has.
    pub fn cut_each(&self, text: &str, hmm: bool, scratch: &mut Scratch, word: impl FnMut(Span)) {
        match self {
            Self::Builtin(segmenter) => segmenter.cut_each(text, hmm, scratch, word),
            Self::Jieba(jieba) => jieba.cut(text, hmm).into_iter().for_each(word),
        }
    }

    /// The words of `text` with their parts of speech.
    pub fn tag<'a>(&'a self, text: &'a str, hmm: bool) -> Vec<Word<'a>> {
        match self {
            Self::Builtin(segmenter) => segmenter.tag(text, hmm),
            Self::Jieba(jieba) => jieba.tag(text, hmm),
        }
    }
}

/// jieba-rs with the built-in words and added ones. It is loaded when it is first asked, which takes some tenths of a second.
pub struct Jieba(LazyLock<jieba_rs::Jieba, Box<dyn FnOnce() -> jieba_rs::Jieba + Send>>);

impl Jieba {
    /// See [`Segmenter::with_words`].
    pub fn with_words<'a>(words: impl IntoIterator<Item = UserWord<'a>>) -> Self {
        let added: Vec<_> = words.into_iter().map(|(word, frequency, tag)| (word.to_owned(), frequency, tag.map(str::to_owned))).collect();
        Self(LazyLock::new(Box::new(move || {
            let mut jieba = jieba_rs::Jieba::empty();
            for (word, entry) in Trie::builtin().words() {
                jieba.add_word(&word, Some(entry.frequency as usize), Some(entry.tag));
            }
            for (word, frequency, tag) in added {
                jieba.add_word(&word, frequency.map(|n| n.max(1) as usize), tag.as_deref());
            }
            jieba
        })))
    }

    /// See [`Segmenter::cut`].
    pub fn cut(&self, text: &str, hmm: bool) -> Vec<Span> {
        self.0.cut(text, hmm).iter().map(|token| Span::new(token.byte_start, token.byte_end)).collect()
    }

    /// See [`Segmenter::tag`].
    pub fn tag<'a>(&'a self, text: &'a str, hmm: bool) -> Vec<Word<'a>> {
        let words = self.0.tag(text, hmm).into_iter();
        words.map(|word| Word { span: Span::new(word.byte_start, word.byte_end), tag: word.tag }).collect()
    }
}
