//! Copies between the drafts of one run: `hegao check --across`.
//!
//! Drafts are taken in the order of the listing, so each copy is told once, in the later draft, with the place of the earlier one.
//! The paragraphs are read off each draft where it is checked, in parallel; only the look-up is done one draft after the other.

use crate::copies::{self, Copies, Paragraph};
use crate::document::Document;
use crate::finding::Finding;
use crate::rules;
use crate::text::Folded;

/// The drafts taken so far.
#[derive(Debug, Default)]
pub struct Across {
    copies: Copies,
    names: Vec<String>,
    /// The draft and the line of each paragraph.
    places: Vec<(u32, u32)>,
}

impl Across {
    /// What [`take`](Self::take) needs of a draft.
    pub fn read(document: &Document) -> Vec<Paragraph> {
        let mut folded = Folded::default();
        folded.refill_without(document.text.as_str(), document.blocks.iter().map(|block| block.span), &document.markup);
        copies::paragraphs(document, &folded)
    }

    /// Takes the next draft: its paragraphs that repeat one of an earlier draft.
    pub fn take(&mut self, name: &str, paragraphs: &[Paragraph]) -> Vec<Finding> {
        let draft = self.names.len();
        self.names.push(name.to_owned());
        let mut found = Vec::new();
        for paragraph in paragraphs {
            self.places.push((draft as u32, paragraph.line));
            let Some(copy) = self.copies.take(paragraph) else { continue };
            let (other, line) = self.places[copy.of];
            // What repeats within the draft is told by the draft's own check.
            if other as usize != draft {
                found.push(rules::repetition::across(paragraph.span, copy, &self.names[other as usize], line));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_later_draft_names_the_earlier_one() {
        let text = "全年召开党委会12次，开展专项督查3轮，整改问题45个。各村党支部按月开展主题党日活动，参学率达到95%以上。";
        let mut across = Across::default();
        let mut take = |name: &str, text: &str| across.take(name, &Across::read(&Document::from_text(name, text)));
        assert!(take("甲.txt", &format!("标题\n{text}\n{text}")).is_empty());
        let found = take("乙.txt", text);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].rule, found[0].message.as_str()), ("repetition/across", "本段与“甲.txt”第2行的段落相同。"));
    }
}
