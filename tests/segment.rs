//! The segmenter cuts exactly as jieba-rs does: its own behaviour, with the same words, is the oracle.

use hegao::segment::{Jieba, Segmenter, UserWord};
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

const LIST: &str = include_str!("../dictionaries/words.txt");

static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| LIST.lines().filter_map(|line| line.split(' ').next()).collect());

static JIEBA: LazyLock<Jieba> = LazyLock::new(|| Jieba::with_words([]));

/// Words added on top: new ones, ones that begin and end inside others, one the list has (twice), single characters, letters, a sign.
const ADDED: [UserWord; 12] = [
    ("中国", Some(40_000_000), None),
    ("中国", Some(1), Some("kept")),
    ("乡村振兴战略", None, Some("nz")),
    ("振兴战", Some(30_000), Some("n")),
    ("村振", None, None),
    ("㐀", Some(50_000), Some("zg")),
    ("人㐀", Some(20), None),
    ("四个意识形态", Some(0), None),
    ("A-1号", Some(99), Some("nz")),
    ("，", Some(5), Some("w")),
    ("的是", None, Some("added")),
    ("", Some(3), None),
];

static OURS_ADDED: LazyLock<Segmenter> = LazyLock::new(|| Segmenter::with_words(ADDED));

static JIEBA_ADDED: LazyLock<Jieba> = LazyLock::new(|| Jieba::with_words(ADDED));

/// Fails with the first place where the two differ.
fn assert_same(ours: &Segmenter, jieba: &Jieba, text: &str) {
    for hmm in [false, true] {
        let (left, right) = (ours.tag(text, hmm), jieba.tag(text, hmm));
        if let Some(n) = left.iter().zip(&right).position(|(a, b)| a != b) {
            let start = left[n].span.start as usize;
            let context: String = text[start..].chars().take(12).collect();
            assert_eq!(left[n], right[n], "ours and jieba-rs, hmm {hmm}, at {context:?}");
        }
        assert_eq!(left.len(), right.len(), "hmm {hmm}: {text:?}");
        assert_eq!(ours.cut(text, hmm), jieba.cut(text, hmm), "hmm {hmm}: {text:?}");
    }
}

/// Text made of words, halves of words, rare and unknown characters, Latin letters, digits, signs, line ends and pictures.
fn text() -> impl Strategy<Value = String> {
    let word = any::<prop::sample::Index>().prop_map(|n| (*n.get(&WORDS)).to_owned());
    let half = any::<prop::sample::Index>().prop_map(|n| {
        let word = n.get(&WORDS);
        word.chars().skip(word.chars().count() / 2).collect()
    });
    let added = prop::sample::select(ADDED.map(|(word, ..)| word.to_owned()).to_vec());
    let piece = prop_oneof![
        6 => word,
        3 => half,
        2 => added,
        3 => "[\u{4E00}-\u{9FFF}]{1,3}",
        1 => "[\u{3400}-\u{4DBF}\u{F900}-\u{FAFF}\u{20000}-\u{20100}]",
        2 => "[a-zA-Z0-9]{1,4}([._%+#&-]{0,2}[a-zA-Z0-9%]{0,3}){0,2}",
        2 => "[，。、；：“”（）《》〔〕·\u{3000}γé]|\r\n|\r|\n|\t| |👪|🇨🇳|e\u{301}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Ways of equal probability, and ways that only the order of the sums tells apart.
#[test]
fn ties_fall_as_in_jieba() {
    for text in ["丁税政", "上框上", "专美专", "停飞靶", "击倒伏", "嬉水筏", "库姆妈", "彩装角", "咸化成", "焊工楷", "狡滑爽"]
    {
        assert_same(Segmenter::builtin(), &JIEBA, text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_cut_as_jieba_cuts_it(text in text()) {
        assert_same(Segmenter::builtin(), &JIEBA, &text);
    }

    #[test]
    fn added_words_count_as_in_jieba(text in text()) {
        assert_same(&OURS_ADDED, &JIEBA_ADDED, &text);
    }

    #[test]
    fn characters_are_cut_as_text_is(text in text()) {
        let chars: Vec<char> = text.chars().collect();
        let mut words = Vec::new();
        Segmenter::builtin().words(&chars, &mut words);
        let words: Vec<String> = words.into_iter().map(|word| chars[word].iter().collect()).collect();
        let spans: Vec<&str> = Segmenter::builtin().cut(&text, false).iter().map(|span| span.of(&text)).collect();
        prop_assert_eq!(words, spans);
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "says what was not tested")]
fn reports_are_cut_as_jieba_cuts_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/reports");
    let reports = files(&folder);
    if reports.is_empty() {
        eprintln!("skipped: no reports in {}", folder.display());
    }
    for report in reports {
        let text = String::from_utf8_lossy(&fs::read(&report).expect("readable")).into_owned();
        assert_same(Segmenter::builtin(), &JIEBA, &text);
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn every_listed_word_has_its_frequency() {
    for line in LIST.lines() {
        let mut fields = line.split(' ');
        let word: Vec<char> = fields.next().expect("a word").chars().collect();
        let frequency = fields.next().and_then(|n| n.parse().ok());
        assert_eq!(Segmenter::builtin().frequency(&word), frequency, "{line}");
    }
    assert_eq!(Segmenter::builtin().frequency(&['乡', '村', '振']), None);
    assert_eq!(Segmenter::builtin().frequency(&[]), None);
}

#[test]
fn the_right_spelling_is_the_more_probable() {
    let score = |text: &str| Segmenter::builtin().log_probability(&text.chars().collect::<Vec<char>>());
    assert!(score("坚持厉行节约反对浪费") > score("坚持力行节约反对浪费"));
    assert!(score("落实各项工作部署") > score("落实各项工做部署"));
    assert!(score("").abs() < f32::EPSILON);
}

#[test]
fn long_blocks_stay_linear() {
    let line = "人民代表大会".repeat(60_000);
    let words = Segmenter::builtin().cut(&line, true);
    assert_eq!(words.len(), 60_000);
    assert_eq!(Segmenter::builtin().cut(&"龘".repeat(200_000), true).len(), 200_000);
}
