//! The near matcher against brute force: patterns, divided by the border, and behind them a text, over few characters so that near places abound.
#![no_main]

use hegao_fuzz::run;
use hegao_fuzz::support::near::assert_complete;
use libfuzzer_sys::fuzz_target;

/// Two pairs that sound alike, pauses, a quotation mark, the end of a block.
const TEXT: [char; 11] = ['党', '建', '见', '工', '公', '作', '会', '、', '，', '“', '\n'];
/// How many of them patterns are made of.
const OF_PATTERNS: usize = 8;

fuzz_target!(init: hegao_fuzz::init(), |data: &[u8]| {
    run(|| {
        let mut parts: Vec<&[u8]> = data.split(|&byte| byte == 0xff).collect();
        let text: Vec<char> = parts.pop().unwrap_or_default().iter().take(60).map(|&byte| TEXT[byte as usize % TEXT.len()]).collect();
        let patterns = parts.into_iter().filter(|pattern| (2..24).contains(&pattern.len())).take(3);
        let patterns: Vec<Vec<char>> =
            patterns.map(|pattern| pattern.iter().map(|&byte| TEXT[byte as usize % OF_PATTERNS]).collect()).collect();
        if !patterns.is_empty() {
            assert_complete(&patterns, &text);
        }
    });
});
