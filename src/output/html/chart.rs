//! The figures behind the small charts: findings by kind, titles by level, blanks by what they ask for.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::checker::Report;
use crate::finding::Severity;
use crate::outline::Level;
use crate::placeholder::Asks;
use crate::rules::FAMILIES;

/// What is counted over all drafts.
#[derive(Default)]
pub(super) struct Charts {
    /// Errors, warnings and information of each family.
    findings: BTreeMap<usize, [usize; 3]>,
    titles: BTreeMap<Level, usize>,
    blanks: BTreeMap<Asks, usize>,
}

/// One chart.
#[derive(Serialize)]
pub(super) struct Panel {
    title: &'static str,
    /// What stands there when there is nothing to show.
    empty: &'static str,
    bars: Vec<Bar>,
}

/// One bar: its parts lie side by side.
#[derive(Serialize)]
struct Bar {
    label: String,
    total: usize,
    parts: Vec<Part>,
}

/// A part of a bar, in per mille of the longest one.
#[derive(Serialize)]
struct Part {
    class: &'static str,
    x: usize,
    width: usize,
}

impl Charts {
    pub(super) fn add(&mut self, report: &Report) {
        for finding in &report.findings {
            let family = finding.rule.split('/').next().unwrap_or_default();
            let index = FAMILIES.iter().position(|(name, _)| *name == family).unwrap_or(FAMILIES.len());
            let severity = match finding.severity {
                Severity::Error => 0,
                Severity::Warning => 1,
                Severity::Info => 2,
            };
            self.findings.entry(index).or_default()[severity] += 1;
        }
        report.outline.counts().for_each(|(level, n)| *self.titles.entry(level).or_default() += n);
        report.placeholders.iter().for_each(|blank| *self.blanks.entry(blank.asks).or_default() += 1);
    }

    pub(super) fn panels(&self) -> [Panel; 3] {
        let family = |index: &usize| FAMILIES.get(*index).map_or("其他", |(_, title)| *title).to_owned();
        let findings = self.findings.iter().map(|(index, counts)| (family(index), counts.to_vec()));
        let titles = self.titles.iter().map(|(level, n)| (level.label(1), vec![*n]));
        let mut blanks: Vec<(String, Vec<usize>)> = self.blanks.iter().map(|(asks, n)| (asks.label().to_owned(), vec![*n])).collect();
        blanks.sort_by(|a, b| b.1.cmp(&a.1));
        [
            Panel { title: "问题分布", empty: "没有发现问题", bars: bars(findings.collect(), &["e", "w", "i"]) },
            Panel { title: "各级标题", empty: "没有编号的标题", bars: bars(titles.collect(), &["t"]) },
            Panel { title: "待填内容", empty: "没有待填空白", bars: bars(blanks, &["b"]) },
        ]
    }
}

fn bars(rows: Vec<(String, Vec<usize>)>, classes: &[&'static str]) -> Vec<Bar> {
    let longest = rows.iter().map(|(_, counts)| counts.iter().sum::<usize>()).max().unwrap_or_default().max(1);
    let bar = |(label, counts): (String, Vec<usize>)| {
        let mut before = 0;
        let part = |(count, class): (&usize, &&'static str)| {
            let x = before * 1000 / longest;
            before += count;
            Part { class, x, width: before * 1000 / longest - x }
        };
        let parts = counts.iter().zip(classes).map(part).collect();
        Bar { label, total: counts.iter().sum(), parts }
    };
    rows.into_iter().map(bar).collect()
}
