//! A program that does with jieba-rs what `hegao segment` does: `whole.py` runs both. Without a folder it only starts.

use std::io::{BufWriter, Write};
use std::{env, fs, io};

use jieba_rs::Jieba;

fn main() -> io::Result<()> {
    let jieba = Jieba::with_dict(&mut include_str!("../../dictionaries/words.txt").as_bytes()).map_err(io::Error::other)?;
    let mut out = BufWriter::new(io::stdout().lock());
    for folder in env::args_os().skip(1) {
        for entry in fs::read_dir(folder)? {
            for line in fs::read_to_string(entry?.path())?.lines() {
                for token in jieba.cut(line, true) {
                    write!(out, "{} ", token.word)?;
                }
                writeln!(out)?;
            }
        }
    }
    out.flush()
}
