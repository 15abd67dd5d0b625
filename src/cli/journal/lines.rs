//! The lines of a journal: whose it is, then what came of each file.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::output::Summary;

/// A file as it was when it was checked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Draft {
    /// What it is called.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was changed, in nanoseconds since 1970.
    pub modified: u64,
}

/// What came of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The file.
    #[serde(flatten)]
    pub draft: Draft,
    /// What was printed.
    pub output: String,
    /// What it adds to the summary.
    pub summary: Summary,
}

/// The first line: whose journal it is.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    hegao: String,
    /// Checksum of everything that decides what is printed.
    run: u32,
}

/// What a journal holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    /// What came of which file.
    pub known: HashMap<Draft, Record>,
    /// The bytes up to the end of the last whole line; 0 where even the first line is to be written.
    pub whole: usize,
}

/// Why a file is no journal to go on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Another run's.
    OtherRun,
    /// Something else.
    Foreign,
}

/// Reads the journal of the run with checksum `run`. A line that was cut, and whatever follows it, is none.
///
/// # Errors
/// [`Refusal`], when the file is not this run's.
pub fn read(bytes: &[u8], run: u32) -> Result<Lines, Refusal> {
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n"));
    let Some(first) = lines.next() else {
        let is_cut = bytes.is_empty() || head(run).is_ok_and(|head| head.starts_with(bytes));
        return if is_cut { Ok(Lines::default()) } else { Err(Refusal::Foreign) };
    };
    match serde_json::from_slice::<Head>(first) {
        Ok(head) if head.hegao != HEGAO => return Err(Refusal::Foreign),
        Ok(head) if head.run != run => return Err(Refusal::OtherRun),
        Ok(_) => {}
        Err(_) => return Err(Refusal::Foreign),
    }
    let mut read = Lines { known: HashMap::new(), whole: first.len() };
    for line in lines {
        let Ok(record) = serde_json::from_slice::<Record>(line) else { break };
        read.whole += line.len();
        read.known.insert(record.draft.clone(), record);
    }
    Ok(read)
}

/// What the first line says.
const HEGAO: &str = "journal";

/// The first line of the journal of the run with checksum `run`.
///
/// # Errors
/// As [`line()`].
pub fn head(run: u32) -> serde_json::Result<Vec<u8>> {
    line(&Head { hegao: HEGAO.into(), run })
}

/// One line, to be written in one piece: whatever ends the process, at most the last line is cut.
///
/// # Errors
/// When the value cannot be written as JSON.
pub fn line(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(path: &str) -> Record {
        Record { draft: Draft { path: path.into(), size: 1, modified: 2 }, output: "…\n".into(), summary: Summary::default() }
    }

    #[test]
    fn a_journal_cut_anywhere_holds_its_whole_lines() {
        let rows = [head(7).expect("a line"), line(&record("甲")).expect("a line"), line(&record("乙")).expect("a line")];
        let journal = rows.concat();
        for cut in 0..=journal.len() {
            let read = read(&journal[..cut], 7).expect("ours");
            let ends = [0, rows[0].len(), rows[0].len() + rows[1].len(), journal.len()];
            let whole = ends.iter().rposition(|end| *end <= cut).expect("0 at least");
            assert_eq!((read.whole, read.known.len()), (ends[whole], whole.saturating_sub(1)), "{cut}");
        }
    }

    #[test]
    fn what_is_not_this_run_s_is_refused() {
        let journal = head(7).expect("a line");
        assert_eq!(read(&journal, 8), Err(Refusal::OtherRun));
        for foreign in [&b"\n"[..], b"{}\n", b"{\"hegao\":\"baseline\",\"version\":1}\n", "一、工作情况".as_bytes()] {
            assert_eq!(read(foreign, 7), Err(Refusal::Foreign));
        }
        // Lone surrogates are no text: such a line counts as cut.
        let lone = [&journal[..], br#"{"path":"\ud800","size":1,"modified":2,"output":"","summary":{}}"#, b"\n"].concat();
        assert_eq!(read(&lone, 7).map(|lines| lines.whole), Ok(journal.len()));
    }
}
