//! What the formats promise: each is well formed whatever stands in a draft, and says of every finding what the report says.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test fails by panicking and tells what it skips")]

use std::io::{self, Read};
use std::process::Command;
use std::sync::{Arc, Mutex};

use hegao::batch::Failure;
use hegao::output::{
    Sink, Summary, csv::Csv, github::Github, html::Html, junit::Junit, markdown::Markdown, plain::Plain, sarif::Sarif, xlsx::Xlsx,
};
use hegao::{Checker, Document, Report};
use quick_xml::events::Event;
use serde::Deserialize;
use serde_json::Value;

/// A draft that tries to leave its place in every format: formulas, separators, tags, entities, escapes, directions, line ends.
const HOSTILE: &str = "=cmd|'/c calc'!A1一、做好工作布署</mark><script>alert(1)</script>\n\
    “布署”,\"布署\"|`布署`**布署**<img src=x onerror=alert(1)>布署&amp;布署%0A::error::布署\n\
    \u{202e}布署\u{2066}布署\u{2028}布署\u{200b}布署\u{1b}[31m布署\u{0}布署\u{feff}布署\n\
    +1布署xx次，-1布署××人，@布署某某镇\n";

/// A place in memory that a sink can own.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<u8>>>);

impl io::Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn hostile() -> (Document, Report) {
    let document = Document::from_text("=甲,乙|丙<b>:丁\u{202e}.txt", HOSTILE);
    let report = Checker::builder().build().unwrap().check(&document);
    assert!(report.findings.len() > 10, "the draft has {} findings", report.findings.len());
    (document, report)
}

/// What a sink writes about the hostile draft and a failure.
fn written<S: Sink>(sink: impl FnOnce(Memory) -> S) -> Vec<u8> {
    let (document, report) = hostile();
    let memory = Memory::default();
    let mut sink = sink(memory.clone());
    let mut summary = Summary { failed: 1, ..Summary::default() };
    summary.add(&report);
    sink.file(&document, &report).unwrap();
    sink.failure(&Failure { name: "=坏</b>.docx".into(), message: "文件\u{1b}[2J不完整".into() }).unwrap();
    sink.finish(&summary).unwrap();
    std::mem::take(&mut *memory.0.lock().unwrap())
}

fn text<S: Sink>(sink: impl FnOnce(Memory) -> S) -> String {
    String::from_utf8(written(sink)).unwrap()
}

/// Characters of a draft that would act on a reader's screen.
fn acts(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r'))
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn no_line_format_lets_a_character_act_or_a_row_break() {
    let (_, report) = hostile();
    let rows = report.findings.len() + 1;
    for (name, out) in [("plain", text(Plain)), ("github", text(Github)), ("csv", text(Csv::new))] {
        assert!(!out.contains(acts), "{name}: {out:?}");
        assert_eq!(out.lines().count(), rows + usize::from(name == "csv"), "{name}: {out}");
    }
    let markdown = text(Markdown);
    assert!(!markdown.contains(acts));
    assert_eq!(markdown.lines().filter(|line| line.starts_with("| ")).count(), rows, "{markdown}");
    assert!(!markdown.contains("<script") && !markdown.contains("<img"), "{markdown}");
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    let csv = text(Csv::new);
    assert!(csv.starts_with('\u{feff}') && csv.ends_with("\r\n"));
    let cells = csv.trim_start_matches('\u{feff}').split(['\n', ',']).map(|cell| cell.trim_start_matches('"'));
    assert!(cells.into_iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t'])), "{csv}");
    let parts = parts(&written(Xlsx::new));
    let sheets: Vec<&String> = parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet")).map(|(_, text)| text).collect();
    assert_eq!(sheets.len(), 4);
    for sheet in sheets {
        assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "{sheet}");
        assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter"), "{sheet}");
    }
    let book = &parts.iter().find(|(name, _)| name == "xl/workbook.xml").unwrap().1;
    assert!(["汇总", "问题", "占位符", "结构"].iter().all(|name| book.contains(name)), "{book}");
}

/// The XML parts of a package; each must be well formed.
fn parts(package: &[u8]) -> Vec<(String, String)> {
    let archive = rawzip::ZipArchive::from_slice(package).unwrap();
    let mut parts = Vec::new();
    for entry in archive.entries() {
        let entry = entry.unwrap();
        let name = String::from_utf8(entry.file_path().as_ref().to_vec()).unwrap();
        let mut text = String::new();
        flate2::read::DeflateDecoder::new(archive.get_entry(entry.wayfinder()).unwrap().data()).read_to_string(&mut text).unwrap();
        well_formed(&text);
        parts.push((name, text));
    }
    parts
}

/// The names of the elements in order; panics where the text is no well-formed XML.
fn well_formed(text: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut names = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => {
                tag.attributes().for_each(|attribute| drop(attribute.unwrap()));
                names.push(tag.name().as_ref().to_string());
            }
            Event::Eof => return names,
            _ => {}
        }
    }
}

#[test]
fn junit_is_well_formed_and_counts_what_it_lists() {
    let out = text(Junit::new);
    assert!(!out.contains(acts), "{out:?}");
    let names = well_formed(&out);
    let (_, report) = hostile();
    assert_eq!(names.iter().filter(|name| *name == "testcase").count(), report.findings.len() + 1);
    let failures = names.iter().filter(|name| *name == "failure").count();
    assert!(out.contains(&format!("failures=\"{failures}\"")), "{out}");
    assert_eq!(names.iter().filter(|name| *name == "error").count(), 1);
}

/// The part of SARIF 2.1.0 that we write, with the names, types and required properties of the standard (§3.13–§3.58).
mod sarif {
    #![allow(dead_code, reason = "read for its form")]
    use super::{Deserialize, Value};

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Log {
        #[serde(rename = "$schema")]
        pub(super) schema: String,
        pub(super) version: String,
        pub(super) runs: Vec<Run>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    pub(super) struct Run {
        pub(super) tool: Tool,
        pub(super) column_kind: String,
        pub(super) results: Vec<Outcome>,
        pub(super) invocations: Vec<Invocation>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Tool {
        pub(super) driver: Driver,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    pub(super) struct Driver {
        name: String,
        full_name: String,
        language: String,
        semantic_version: String,
        pub(super) rules: Vec<Rule>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    pub(super) struct Rule {
        pub(super) id: String,
        short_description: Message,
        pub(super) help: Message,
        default_configuration: Configuration,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Message {
        pub(super) text: String,
        markdown: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Configuration {
        enabled: bool,
        level: Level,
    }

    #[derive(Deserialize, PartialEq)]
    #[serde(rename_all = "lowercase")]
    pub(super) enum Level {
        None,
        Note,
        Warning,
        Error,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    pub(super) struct Outcome {
        pub(super) rule_id: String,
        pub(super) rule_index: usize,
        level: Level,
        message: Message,
        pub(super) rank: f64,
        pub(super) locations: Vec<Location>,
        #[serde(default)]
        pub(super) fixes: Vec<Fix>,
        pub(super) properties: Value,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    pub(super) struct Location {
        pub(super) physical_location: PhysicalLocation,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    pub(super) struct PhysicalLocation {
        pub(super) artifact_location: ArtifactLocation,
        pub(super) region: Option<Region>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct ArtifactLocation {
        pub(super) uri: String,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    pub(super) struct Region {
        pub(super) start_line: u32,
        pub(super) start_column: u32,
        pub(super) end_line: u32,
        pub(super) end_column: u32,
        pub(super) snippet: Option<Content>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Content {
        pub(super) text: String,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    pub(super) struct Fix {
        description: Message,
        pub(super) artifact_changes: Vec<Change>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    pub(super) struct Change {
        artifact_location: ArtifactLocation,
        pub(super) replacements: Vec<Replacement>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    pub(super) struct Replacement {
        pub(super) deleted_region: Region,
        pub(super) inserted_content: Content,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    pub(super) struct Invocation {
        pub(super) execution_successful: bool,
        pub(super) tool_execution_notifications: Vec<Notification>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Notification {
        level: Level,
        message: Message,
        locations: Vec<Location>,
    }
}

#[test]
fn sarif_has_the_form_of_the_standard_and_its_regions_hold_the_words() {
    let log: sarif::Log = serde_json::from_slice(&written(Sarif::new)).unwrap();
    assert_eq!((log.version.as_str(), log.runs.len()), ("2.1.0", 1));
    let run = &log.runs[0];
    assert_eq!(run.column_kind, "unicodeCodePoints");
    assert!(run.tool.driver.rules.iter().all(|rule| rule.help.text.contains("查什么")));
    assert!(!run.invocations[0].execution_successful);
    assert_eq!(run.invocations[0].tool_execution_notifications.len(), 1);
    let (_, report) = hostile();
    assert_eq!(run.results.len(), report.findings.len());
    let mut repaired = 0;
    for (result, finding) in run.results.iter().zip(&report.findings) {
        assert_eq!(run.tool.driver.rules[result.rule_index].id, result.rule_id);
        assert!((0.0..=100.0).contains(&result.rank));
        let place = &result.locations[0].physical_location;
        assert!(place.artifact_location.uri.is_ascii() && !place.artifact_location.uri.contains(['<', ':', '|', ' ']));
        let region = place.region.as_ref().unwrap();
        let (start, end) = (offset(region.start_line, region.start_column), offset(region.end_line, region.end_column));
        assert_eq!(HOSTILE[start..end], region.snippet.as_ref().unwrap().text);
        for (fix, suggestion) in result.fixes.iter().zip(finding.suggestions(HOSTILE)) {
            let mut words = HOSTILE[start..end].to_owned();
            for edit in fix.artifact_changes[0].replacements.iter().rev() {
                let gone = &edit.deleted_region;
                let (from, to) = (offset(gone.start_line, gone.start_column), offset(gone.end_line, gone.end_column));
                words.replace_range(from - start..to - start, &edit.inserted_content.text);
            }
            assert_eq!(words, suggestion);
            repaired += 1;
        }
    }
    assert!(repaired > 5, "{repaired} repairs");
}

/// The byte of the hostile draft at a line and a column in code points.
fn offset(line: u32, column: u32) -> usize {
    let start: usize = HOSTILE.split_inclusive('\n').take(line as usize - 1).map(str::len).sum();
    start + HOSTILE[start..].chars().take(column as usize - 1).map(char::len_utf8).sum::<usize>()
}

/// The official validator, where it is at hand: `HEGAO_SARIF_MULTITOOL` names the program of the npm package `@microsoft/sarif-multitool`.
#[test]
fn sarif_passes_the_official_validator() {
    let Ok(tool) = std::env::var("HEGAO_SARIF_MULTITOOL") else {
        eprintln!("skipped: HEGAO_SARIF_MULTITOOL does not name the validator");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("out.sarif");
    std::fs::write(&file, written(Sarif::new)).unwrap();
    let output = Command::new(tool).arg("validate").arg(&file).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && !said.contains(": error "), "{said}");
}

#[test]
fn the_page_holds_the_text_and_nothing_of_it_acts() {
    let page = text(Html::new);
    assert!(!page.contains(acts), "{page:?}");
    assert_eq!(page.matches("<script").count(), 1, "{page}");
    assert!(!page.contains("<img") && !page.contains("</mark>"), "{page}");
    let policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-";
    assert!(page.contains(policy) && page.contains("base-uri 'none'; form-action 'none'"));
    assert!(["http:", "https:", "url(", "@import"].iter().all(|word| !page.contains(word)), "{page}");
    // The numbers of the findings stand between the words; without them the paragraphs read as the draft does.
    let badge = regex::Regex::new("<a class=\"n [ewi]\"[^>]*>[0-9]+</a>").unwrap();
    let tag = regex::Regex::new("<[^>]*>").unwrap();
    let asks = |tag: &str| tag.contains("src=") || (tag.contains("href=") && !tag.contains("href=\"#"));
    assert!(tag.find_iter(&page).all(|tag| !asks(tag.as_str())), "{page}");
    let paragraphs = page.split("<p class=\"").skip_while(|part| !part.contains("data-line=")).filter(|part| part.contains("data-line="));
    let words: String = paragraphs
        .map(|part| {
            let (_, part) = part.split_once('>').unwrap();
            let (part, _) = part.split_once("</p>").unwrap();
            quick_xml::escape::unescape(&tag.replace_all(&badge.replace_all(part, ""), "")).unwrap().into_owned()
        })
        .collect();
    assert_eq!(words, HOSTILE.chars().filter(|&c| c != '\n' && !acts(c) && c != '\u{feff}').collect::<String>());
}

#[test]
fn every_link_of_the_page_leads_somewhere_and_every_finding_is_marked() {
    let page = text(Html::new);
    let (_, report) = hostile();
    for number in 1..=report.findings.len() {
        assert_eq!(page.matches(&format!("id=\"m1-{number}\"")).count(), 1, "mark {number}");
        assert_eq!(page.matches(&format!("id=\"f1-{number}\"")).count(), 1, "entry {number}");
    }
    for link in page.split("href=\"#").skip(1) {
        let target = link.split('"').next().unwrap();
        assert!(page.contains(&format!("id=\"{target}\"")), "{target}");
    }
}

/// A real browser, where one is at hand: `HEGAO_CHROMIUM` names the program. The policy lets our script run, and nothing is asked for.
#[test]
fn a_browser_shows_the_page_without_a_request() {
    let Ok(chromium) = std::env::var("HEGAO_CHROMIUM") else {
        eprintln!("skipped: HEGAO_CHROMIUM does not name a browser");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let (file, log) = (folder.path().join("page.html"), folder.path().join("net.json"));
    std::fs::write(&file, written(Html::new)).unwrap();
    let output = Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"])
        .args(["--enable-logging=stderr", "--dump-dom"])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg(format!("--log-net-log={}", log.display()))
        .arg(format!("file://{}", file.display()))
        .output()
        .unwrap();
    let page = String::from_utf8_lossy(&output.stdout);
    assert!(page.contains("class=\"js\"") && page.contains("显示 "), "the script did not run: {page}");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("Content Security Policy") && !said.contains("Refused"), "{said}");
    // The browser's own requests (its clock, its updates) have no page as their initiator.
    let net: Value = serde_json::from_slice(&std::fs::read(log).unwrap()).unwrap();
    let asked = net["events"].as_array().unwrap().iter().map(|event| &event["params"]);
    let ours = |params: &&Value| matches!(params["initiator"].as_str(), Some("file://" | "null"));
    let asked: Vec<&Value> =
        asked.filter(ours).filter(|params| params["url"].as_str().is_some_and(|url| !url.starts_with("file:"))).collect();
    assert!(asked.is_empty(), "{asked:?}");
}

#[test]
fn a_page_of_a_hundred_reports_stays_below_five_megabytes() {
    let checker = Checker::builder().build().unwrap();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/marked");
    let mut reports: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    reports.sort();
    // A report of the corpus is a thousand characters long; a real one is four or five times that.
    let texts: Vec<String> = reports.iter().map(|path| std::fs::read_to_string(path).unwrap().repeat(4)).collect();
    let memory = Memory::default();
    let mut sink = Html::new(memory.clone());
    let mut summary = Summary::default();
    for (n, text) in texts.iter().cycle().take(100).enumerate() {
        let document = Document::from_text(format!("{n}.txt"), text.as_str());
        let report = checker.check(&document);
        summary.add(&report);
        sink.file(&document, &report).unwrap();
    }
    sink.finish(&summary).unwrap();
    let size = memory.0.lock().unwrap().len();
    assert!(summary.findings.error > 1000, "{summary:?}");
    assert!(size < 5_000_000, "{size} bytes");
}
