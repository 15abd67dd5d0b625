//! HTML: the text is the source, blocks are the stretches between block-level tags, and tags and entities inside them are [`Markup`].
//!
//! One pass over the source as a browser's tokenizer sees it, forgiving whatever is unclosed; scripts, styles and comments show nothing.

use crate::document::{Block, BlockKind, Document, Encoding, Format};
use crate::span::Span;
use crate::text::{self, Markup, Text};

/// Whether decoded text is HTML: it says so at its start, or its name does and it holds a tag.
pub fn is_html(text: &str, name: &str) -> bool {
    let mut rest = text.trim_start();
    while rest.starts_with("<!--") || rest.starts_with("<?") {
        let close = if rest.starts_with("<!--") { "-->" } else { ">" };
        let Some(end) = rest.find(close) else { return false };
        rest = rest[end + close.len()..].trim_start();
    }
    let starts = |sign: &str| rest.get(..sign.len()).is_some_and(|head| head.eq_ignore_ascii_case(sign));
    starts("<!doctype html") || starts("<html") || (super::has_ending(name, &["html", "htm"]) && rest.contains('<'))
}

/// Reads decoded HTML.
pub fn read(name: &str, source: String, encoding: Encoding) -> Document {
    let mut page =
        Page { source: &source, blocks: Vec::new(), markup: Vec::new(), from: None, marks: 0, heading: 0, cells: 0, hidden: None };
    page.read();
    let Page { blocks, markup, .. } = page;
    Document { markup, ..Document::new(name, Format::Html(encoding), Text::new(source), blocks) }
}

/// The state of the pass.
struct Page<'a> {
    source: &'a str,
    blocks: Vec<Block>,
    markup: Vec<Markup>,
    /// Where the open block's text begins and ends so far.
    from: Option<(usize, usize)>,
    /// How much markup there was when the open block began.
    marks: usize,
    /// Level of the open heading.
    heading: u8,
    /// Open table cells.
    cells: usize,
    /// The element whose text is not shown, and how many of its name are open. It ends with the block at the latest.
    hidden: Option<(&'static str, usize)>,
}

impl Page<'_> {
    fn read(&mut self) {
        let mut at = 0;
        while at < self.source.len() {
            let rest = &self.source[at..];
            at += match rest.as_bytes()[0] {
                b'<' => match tag_length(rest) {
                    Some(length) => self.tag(at, length),
                    None => self.text(at, 1),
                },
                b'&' => match entity(rest) {
                    Some((c, length)) => {
                        self.entity(at, length, c);
                        length
                    }
                    None => self.text(at, 1),
                },
                _ => self.text(at, rest.find(['<', '&']).unwrap_or(rest.len())),
            };
        }
        self.close();
    }

    fn text(&mut self, at: usize, length: usize) -> usize {
        let text = &self.source[at..at + length];
        let shown = text.trim();
        if self.hidden.is_some() {
            self.mark(at, length, None);
        } else if !shown.is_empty() {
            let start = at + text.len() - text.trim_start().len();
            self.extend(start, start + shown.len());
        }
        length
    }

    fn entity(&mut self, at: usize, length: usize, c: char) {
        if self.hidden.is_some() {
            self.mark(at, length, None);
        } else if c.is_whitespace() {
            self.mark(at, length, Some(c));
        } else {
            self.extend(at, at + length);
            self.mark(at, length, Some(c));
        }
    }

    fn extend(&mut self, start: usize, end: usize) {
        if self.from.is_none() {
            self.marks = self.markup.len();
        }
        self.from = Some((self.from.map_or(start, |(from, _)| from), end));
    }

    /// Handles a tag and gives how far to go on.
    fn tag(&mut self, at: usize, length: usize) -> usize {
        let source = self.source;
        let tag = &source[at..at + length];
        let closing = tag.starts_with("</");
        let name = tag.trim_start_matches(['<', '/']);
        let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
        match name.as_str() {
            "script" | "style" | "title" | "template" | "noscript" | "svg" | "math" if !closing && !tag.ends_with("/>") => {
                let hidden = length_to_end_tag(&source[at + length..], &name);
                self.mark(at, length + hidden, None);
                return length + hidden;
            }
            "del" => {
                self.hide("del", closing, true);
                self.mark(at, length, None);
            }
            "span" => {
                self.hide("span", closing, hides(tag));
                self.mark(at, length, None);
            }
            "br" => self.line_break(at, length),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.close();
                self.heading = if closing { 0 } else { name.as_bytes()[1] - b'0' };
            }
            "td" | "th" => {
                self.close();
                self.cells = if closing { self.cells.saturating_sub(1) } else { self.cells + 1 };
            }
            "table" if closing => {
                self.close();
                self.cells = 0;
            }
            "address" | "article" | "aside" | "blockquote" | "body" | "caption" | "center" | "dd" | "div" | "dl" | "dt" | "fieldset"
            | "figcaption" | "figure" | "footer" | "form" | "head" | "header" | "hr" | "html" | "legend" | "li" | "main" | "nav" | "ol"
            | "option" | "p" | "pre" | "section" | "select" | "table" | "tbody" | "tfoot" | "thead" | "tr" | "ul" => self.close(),
            _ => self.mark(at, length, None),
        }
        length
    }

    /// Follows the tags of elements that may be hidden; `hides` where a start tag begins a stretch that is not shown.
    fn hide(&mut self, name: &'static str, closing: bool, hides: bool) {
        match &mut self.hidden {
            Some((hidden, open)) if *hidden == name => {
                *open = if closing { *open - 1 } else { *open + 1 };
                self.hidden = self.hidden.filter(|(_, open)| *open > 0);
            }
            None if hides && !closing => self.hidden = Some((name, 1)),
            _ => {}
        }
    }

    /// A line break ends the block where it ends a sentence or a numbered line follows.
    fn line_break(&mut self, at: usize, length: usize) {
        let Some((from, to)) = self.from else { return };
        let following = &self.source[at + length..];
        let following = following[..following.find('<').unwrap_or(following.len())].trim_start_matches(['\r', '\n', ' ', '\t']);
        if text::divides(&self.source[from..to], following) {
            self.close();
        } else {
            self.mark(at, length, None);
        }
    }

    /// Notes markup; outside a block it means nothing.
    fn mark(&mut self, at: usize, length: usize, reads: Option<char>) {
        if self.from.is_some() {
            self.markup.push(Markup { span: Span::new(at, at + length), reads });
        }
    }

    /// Ends the open block, and forgets the markup behind its text.
    fn close(&mut self) {
        self.hidden = None;
        let Some((from, to)) = self.from.take() else { return };
        while self.markup.len() > self.marks && self.markup.last().is_some_and(|mark| mark.span.range().end > to) {
            self.markup.pop();
        }
        let kind = match () {
            () if self.cells > 0 => BlockKind::TableCell,
            () if self.heading > 0 => BlockKind::Heading,
            () => BlockKind::Paragraph,
        };
        self.blocks.push(Block { kind, span: Span::new(from, to), level: self.heading, label: 0 });
    }
}

/// Length of the tag, comment or declaration that `rest` begins with; `None` where its `<` is only a character.
///
/// A `<` outside quotes ends the search for the end of a tag. So at most three searches pass over any one place (a quotation mark takes
/// different states to different states, and there are three), and a page of tags that never end costs no more than its length.
pub(super) fn tag_length(rest: &str) -> Option<usize> {
    if rest.starts_with("<!--") {
        return Some(rest.find("-->").map_or(rest.len(), |end| end + 3));
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        return Some(rest.find('>').map_or(rest.len(), |end| end + 1));
    }
    let name = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match (byte, quote) {
            (b'>', None) => return Some(at + 1),
            (b'<', None) => return None,
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    None
}

/// Whether a tag says that its element is not shown, as Word and others write hidden text.
fn hides(tag: &str) -> bool {
    let style: String = tag.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    style.contains("display:none")
}

/// Length of everything up to and with the end tag of `name`, or of the rest where there is none.
fn length_to_end_tag(rest: &str, name: &str) -> usize {
    let mut at = 0;
    while let Some(found) = rest[at..].find("</") {
        at += found;
        let after = &rest[at + 2..];
        if after.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name)) {
            return after.find('>').map_or(rest.len(), |end| at + 2 + end + 1);
        }
        at += 2;
    }
    rest.len()
}

/// The character of the entity that `rest` begins with, and its length in bytes.
pub(super) fn entity(rest: &str) -> Option<(char, usize)> {
    /// Longer names are not entities.
    const LONGEST: usize = 10;
    let end = rest.bytes().take(LONGEST + 2).position(|byte| byte == b';')?;
    let name = rest.get(1..end)?;
    let c = match name {
        "nbsp" => '\u{a0}',
        "ensp" => '\u{2002}',
        "emsp" => '\u{2003}',
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        "laquo" => '«',
        "raquo" => '»',
        "lang" => '〈',
        "rang" => '〉',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        "middot" => '·',
        "bull" => '•',
        "times" => '×',
        "divide" => '÷',
        "deg" => '°',
        "permil" => '‰',
        "plusmn" => '±',
        "le" => '≤',
        "ge" => '≥',
        "yen" => '¥',
        "copy" => '©',
        _ => crate::ooxml::xml::named_or_number(name)?,
    };
    Some((c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> Vec<(BlockKind, u8, String)> {
        let document = read("x.html", source.to_owned(), Encoding::Utf8 { bom: false });
        document.blocks.iter().map(|block| (block.kind, block.level, document.shown(block).into_owned())).collect()
    }

    #[test]
    fn blocks_are_what_a_page_shows() {
        let source = "<!DOCTYPE html><html><head><title>题</title><style>p{}</style></head><body><h2>一、<b>总体</b>情况</h2>\n\
            <p>增强<span style=\"a>b\">&ldquo;四个意识&rdquo;</span>&nbsp;</p><!-- 注 --><table><tr><td>会议</td><td><p>xx次</p></td></tr></table>\
            <p>第一行。<br>第二行<br/>接着</p><script>var a = '<p>';</script>尾</body></html>";
        let expected = [
            (BlockKind::Heading, 2, "一、总体情况"),
            (BlockKind::Paragraph, 0, "增强“四个意识”"),
            (BlockKind::TableCell, 0, "会议"),
            (BlockKind::TableCell, 0, "xx次"),
            (BlockKind::Paragraph, 0, "第一行。"),
            (BlockKind::Paragraph, 0, "第二行接着"),
            (BlockKind::Paragraph, 0, "尾"),
        ];
        assert_eq!(shown(source), expected.map(|(kind, level, text)| (kind, level, text.to_owned())));
    }

    #[test]
    fn what_was_deleted_or_hidden_is_not_shown() {
        let text = |source| shown(source).into_iter().map(|(_, _, text)| text).collect::<Vec<_>>().join("|");
        assert_eq!(text("<p>甲<del cite=a>乙<b>丙</b>&amp;</del><ins>丁</ins></p>戊"), "甲丁|戊");
        assert_eq!(text("<p><span style='Display: none'>甲<span>乙</span>丙</span>丁<span>戊</span></p>"), "丁戊");
        assert_eq!(text("<p>甲<del>乙<p>丙</del>丁"), "甲|丙丁");
    }

    #[test]
    fn html_is_told_by_its_start_or_its_name() {
        assert!(is_html("\n<!-- x --><HTML><body>", "a.txt"));
        assert!(is_html("<p>报告</p>", "a.htm"));
        assert!(!is_html("<p>报告</p>", "a.txt"));
        assert!(!is_html("增长<5%", "a.txt"));
    }

    #[test]
    fn unclosed_and_odd_markup_is_text_or_nothing() {
        for source in ["<p", "a < b & c", "<!--", "<script>x", "</", "<p>&#x110000;</p>", "&", "<", "<p a='", "&#;"] {
            let _ = shown(source);
        }
        assert_eq!(shown("<p>a < b & c &#x4e2d;</p>")[0].2, "a < b & c 中");
    }

    #[test]
    fn a_tag_that_does_not_end_hides_no_other() {
        assert_eq!(shown("<p>甲<乙 <b 丙<b>丁</b></p>")[0].2, "甲<乙 <b 丙丁");
        assert_eq!(tag_length("<a b='<c>' d>x"), Some("<a b='<c>' d>".len()));
        assert_eq!(tag_length("<!doctype html \">x"), Some("<!doctype html \">".len()));
    }

    #[test]
    fn tags_that_never_end_cost_no_more_than_their_length() {
        for unit in ["<a ", "<a b='", "<a\"'\"'", "<!", "</a "] {
            let (source, began) = (unit.repeat(200_000), std::time::Instant::now());
            let _ = shown(&source);
            assert!(began.elapsed().as_secs() < 10, "{unit}");
        }
    }
}
