//! Copies between the drafts of one run: `hegao check --across`.
//!
//! Each draft is examined where it is read, in parallel; then the drafts are taken in the order of the listing, so each copy is told once, in the later
//! draft, with the place of the earlier one. What is not to be reported is known only then: a mark or a baseline speaks of copies too.

use crate::checker::{Checker, Report};
use crate::copies::{self, Copies, Paragraph};
use crate::document::Document;
use crate::finding::Finding;
use crate::rules;
use crate::suppress::Mark;
use crate::text::Folded;

/// The drafts taken so far.
#[derive(Debug, Default)]
pub struct Across {
    copies: Copies,
    names: Vec<String>,
    /// The draft and the line of each paragraph.
    places: Vec<(u32, u32)>,
}

/// A draft and what was found in it alone.
#[derive(Debug)]
pub struct Examined {
    document: Document,
    report: Report,
    /// What is compared with other drafts; `None` for a draft that is judged alone, whose report is ready.
    paragraphs: Option<Vec<Paragraph>>,
}

impl Examined {
    /// Checks a draft, as far as that goes before the others are known where it is to be `compared`.
    pub fn of(checker: &Checker, document: Document, compared: bool) -> Self {
        if !compared {
            return Self { report: checker.check(&document), document, paragraphs: None };
        }
        let report = checker.examine(&document);
        let paragraphs = paragraphs(&Mark::hide(&Mark::all(&document), &document));
        Self { document, report, paragraphs: Some(paragraphs) }
    }
}

impl Across {
    /// Takes the next draft and says what is to be reported of it.
    pub fn settle(&mut self, checker: &Checker, examined: Examined) -> (Document, Report) {
        let Examined { document, mut report, paragraphs } = examined;
        if let Some(paragraphs) = paragraphs {
            let copies = self.take(&document.name, &paragraphs);
            checker.settle(&document, &mut report, copies);
        }
        (document, report)
    }

    /// The paragraphs of the next draft that repeat one of an earlier draft.
    fn take(&mut self, name: &str, paragraphs: &[Paragraph]) -> Vec<Finding> {
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

fn paragraphs(document: &Document) -> Vec<Paragraph> {
    let mut folded = Folded::default();
    folded.refill_without(document.text.as_str(), document.blocks.iter().map(|block| block.span), &document.markup);
    copies::paragraphs(document, &folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "全年召开党委会12次，开展专项督查3轮，整改问题45个。各村党支部按月开展主题党日活动，参学率达到95%以上。";

    /// What is said about copies and marks in drafts 甲, 乙 … of these texts.
    fn told(checker: &Checker, texts: &[&str]) -> Vec<Vec<String>> {
        let mut across = Across::default();
        let drafts = texts.iter().zip(["甲.txt", "乙.txt", "丙.txt"]).map(|(text, name)| Document::from_text(name, *text));
        let told = drafts.map(|draft| {
            let (_, report) = across.settle(checker, Examined::of(checker, draft, true));
            let about = report.findings.iter().filter(|finding| ["repetition/across", "suppression/unused"].contains(&finding.rule));
            about.map(|finding| format!("{} {}", finding.rule, finding.message)).collect()
        });
        told.collect()
    }

    fn checker(comparing: bool) -> Checker {
        Checker::builder().today(crate::Date::new(2026, 1, 1)).comparing(comparing).build().expect("no rule is named")
    }

    #[test]
    fn the_later_draft_names_the_earlier_one() {
        let told = told(&checker(true), &[&format!("标题\n{TEXT}\n{TEXT}"), TEXT]);
        assert_eq!(told, [vec![], vec!["repetition/across 本段与“甲.txt”第2行的段落相同。".to_owned()]]);
    }

    #[test]
    fn a_mark_speaks_of_copies_too() {
        let marked = format!("{TEXT}〔核稿忽略：repetition/across，照抄原件〕");
        assert_eq!(told(&checker(true), &[TEXT, &marked]), [[""; 0]; 2]);
        // In the first draft there is nothing that it could repeat.
        let first = told(&checker(true), &[&marked, TEXT]);
        assert!(first[0][0].starts_with("suppression/unused") && first[1][0].starts_with("repetition/across"), "{first:?}");
    }

    #[test]
    fn a_mark_for_copies_is_not_called_useless_where_drafts_are_not_compared() {
        let marked = format!("{TEXT}〔核稿忽略：repetition/across，照抄原件〕");
        let draft = Document::from_text("甲.txt", marked);
        let (_, report) = Across::default().settle(&checker(false), Examined::of(&checker(false), draft, false));
        assert!(report.findings.iter().all(|finding| finding.rule != "suppression/unused"), "{:?}", report.findings);
    }
}
