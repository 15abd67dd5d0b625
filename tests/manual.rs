//! The pages in `docs/rules` are those the rules write themselves.

use std::fs;
use std::path::Path;

use hegao::rules::{RULES, manual};

#[test]
fn the_pages_of_the_manual_are_those_of_the_rules() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules");
    let mut pages: Vec<(String, String)> =
        RULES.iter().map(|rule| (format!("{}.md", rule.meta().page_name()), rule.meta().page())).collect();
    pages.push(("README.md".into(), manual::index()));
    if std::env::var_os("HEGAO_WRITE_MANUAL").is_some() {
        fs::create_dir_all(&folder).expect("a folder for the manual");
        for (name, page) in &pages {
            fs::write(folder.join(name), page).expect("a page of the manual");
        }
    }
    let stale = |(name, page): &&(String, String)| fs::read_to_string(folder.join(name)).ok().as_ref() != Some(page);
    let mut wrong: Vec<String> = pages.iter().filter(stale).map(|(name, _)| format!("{name} is not what the rule says")).collect();
    let written =
        fs::read_dir(&folder).expect("the manual").map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    wrong.extend(written.filter(|name| pages.iter().all(|(page, _)| page != name)).map(|name| format!("{name} belongs to no rule")));
    assert!(
        wrong.is_empty(),
        "docs/rules is not up to date:\n{}\nrun `HEGAO_WRITE_MANUAL=1 cargo test --test manual` and delete what belongs to no rule",
        wrong.join("\n")
    );
}
