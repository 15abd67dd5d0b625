//! What Word shows of a .docx is what is read, and every byte of it is known in the XML.

#![allow(clippy::unwrap_used, clippy::cast_possible_truncation, reason = "a test fails by panicking")]

mod support;

use hegao::Span;
use hegao::document::{BlockKind, Document};
use hegao::ooxml::{Form, Package, Pieces, read_document};
use hegao::reader::{Limits, ReadError, read};
use support::{Docx, p, zip};

fn open(docx: &Docx) -> (Document, Pieces) {
    let bytes = docx.bytes();
    let package = Package::open(&bytes, &Limits::default()).unwrap();
    let (document, pieces) = read_document("报告.docx", &package).unwrap();
    check_invariants(&package, &document, &pieces);
    (document, pieces)
}

/// Blocks are in order with exactly one line break between two, and every verbatim piece is what stands in its part.
fn check_invariants(package: &Package, document: &Document, pieces: &Pieces) {
    let text = document.text.as_str();
    for pair in document.blocks.windows(2) {
        assert_eq!(Span { start: pair[0].span.end, end: pair[1].span.start }.of(text), "\n");
    }
    for pair in pieces.pieces.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start);
    }
    for piece in &pieces.pieces {
        let part = package.part(pieces.part(piece).unwrap()).unwrap().unwrap();
        let source = std::str::from_utf8(&part[piece.source.range()]).unwrap();
        match piece.form {
            Form::Text | Form::CData => assert_eq!(source, piece.span.of(text)),
            Form::Reference => assert!(source.starts_with('&') && source.ends_with(';')),
            Form::Element => assert!(source.starts_with("<w:")),
        }
        let run = pieces.run(piece).unwrap();
        let element = std::str::from_utf8(&part[run.element.range()]).unwrap();
        assert!(element.starts_with("<w:r>") && element.ends_with("</w:r>"), "{element}");
        assert!(run.element.contains(piece.source));
        let properties = std::str::from_utf8(&part[run.properties.range()]).unwrap();
        assert!(properties.is_empty() || properties.starts_with("<w:rPr>") && properties.ends_with("</w:rPr>"));
    }
}

fn blocks(document: &Document) -> Vec<(BlockKind, &str)> {
    document.blocks.iter().map(|block| (block.kind, document.text_of(block))).collect()
}

fn texts(docx: &Docx) -> Vec<String> {
    let (document, _) = open(docx);
    document.blocks.iter().map(|block| document.text_of(block).to_owned()).collect()
}

#[test]
fn runs_join_and_every_byte_has_its_place() {
    let body = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>增强“四个</w:t></w:r><w:r><w:t xml:space=\"preserve\"> 意识&amp;</w:t><w:tab/>\
        <w:t><![CDATA[<自信>]]></w:t></w:r></w:p>";
    let (document, pieces) = open(&Docx::body(body));
    assert_eq!(document.text.as_str(), "增强“四个 意识&\t<自信>");
    let forms: Vec<Form> = pieces.pieces.iter().map(|piece| piece.form).collect();
    assert_eq!(forms, [Form::Text, Form::Text, Form::Reference, Form::Element, Form::CData]);
    let phrase = document.text.as_str().find("四个 意识").unwrap();
    assert_eq!(pieces.within(Span::new(phrase, phrase + "四个 意识".len())).len(), 2);
    assert!(!pieces.run(&pieces.pieces[0]).unwrap().properties.is_empty());
}

#[test]
fn insertions_count_and_deletions_do_not() {
    let body = "<w:p><w:r><w:t>开展</w:t></w:r><w:ins w:id=\"1\"><w:r><w:t>督查</w:t></w:r></w:ins>\
        <w:del w:id=\"2\"><w:r><w:delText>检查</w:delText></w:r></w:del><w:moveFrom w:id=\"3\"><w:r><w:t>旧</w:t></w:r></w:moveFrom>\
        <w:moveTo w:id=\"3\"><w:r><w:t>xx次</w:t></w:r></w:moveTo></w:p>";
    let (document, pieces) = open(&Docx::body(body));
    assert_eq!(document.text.as_str(), "开展督查xx次");
    let inserted: Vec<bool> = pieces.pieces.iter().map(|piece| pieces.run(piece).unwrap().inserted).collect();
    assert_eq!(inserted, [false, true, true]);
}

#[test]
fn a_deleted_paragraph_mark_joins_two_paragraphs() {
    let deleted = "<w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr>";
    let body = format!(
        "<w:p>{deleted}<w:r><w:t>加强</w:t></w:r></w:p>{}<w:p>{deleted}<w:del w:id=\"2\"><w:r><w:delText>没有了</w:delText></w:r></w:del></w:p>{}",
        p("领导"),
        p("下一段")
    );
    assert_eq!(texts(&Docx::body(body)), ["加强领导", "下一段"]);
}

#[test]
fn fields_show_their_results_and_contents_are_left_out() {
    let field = |instruction: &str, result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> {instruction} </w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{result}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let nested = field("IF", "<w:r><w:t>十二次</w:t></w:r>").replacen(
        "</w:instrText></w:r>",
        &format!("</w:instrText></w:r>{}", field("DOCVARIABLE a", "<w:r><w:t>不显示</w:t></w:r>")),
        1,
    );
    let body = format!(
        "<w:p>{}</w:p><w:p><w:r><w:t>会议</w:t></w:r>{nested}</w:p><w:p><w:fldSimple w:instr=\"PAGE\"><w:r><w:t>第3页</w:t></w:r></w:fldSimple></w:p>",
        field("TOC \\o \"1-3\"", "<w:r><w:t>一、总体情况……1</w:t></w:r></w:p><w:p><w:r><w:t>二、下步打算……5</w:t></w:r>"),
    );
    assert_eq!(texts(&Docx::body(body)), ["会议十二次", "第3页"]);
}

#[test]
fn a_text_box_is_read_once_behind_its_paragraph() {
    let content = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(text));
    let body = format!(
        "<w:p><w:r><w:t>正文前</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>{}</w:drawing></mc:Choice>\
         <mc:Fallback><w:pict>{}</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>正文后</w:t></w:r></w:p>{}",
        content("框内"),
        content("框内"),
        p("下一段")
    );
    let (document, _) = open(&Docx::body(body));
    assert_eq!(blocks(&document), [(BlockKind::Paragraph, "正文前正文后"), (BlockKind::TextBox, "框内"), (BlockKind::Paragraph, "下一段")]);
}

#[test]
fn tables_notes_headers_and_footers_are_told_apart() {
    let docx = Docx {
        body: format!(
            "{}<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl><w:sectPr><w:footerReference r:id=\"m1\"/><w:headerReference r:id=\"m0\"/></w:sectPr>",
            p("正文"),
            p("会议"),
            p("xx次")
        ),
        footnotes: format!(
            "<w:footnote w:type=\"separator\" w:id=\"0\">{}</w:footnote><w:footnote w:id=\"2\">{}</w:footnote>",
            p("线"),
            p("数据截至年底")
        ),
        margins: vec![("header", p("内部资料")), ("footer", p("第1页")), ("footer", p("无人引用"))],
        ..Docx::default()
    };
    let (document, pieces) = open(&docx);
    assert_eq!(
        blocks(&document),
        [
            (BlockKind::Paragraph, "正文"),
            (BlockKind::TableCell, "会议"),
            (BlockKind::TableCell, "xx次"),
            (BlockKind::Note, "数据截至年底"),
            (BlockKind::Header, "内部资料"),
            (BlockKind::Footer, "第1页"),
        ]
    );
    assert_eq!(pieces.part(pieces.pieces.last().unwrap()), Some("word/footer1.xml"));
}

#[test]
fn numbers_come_from_styles_and_from_paragraphs() {
    let level = |n: usize, format: &str, pattern: &str, style: &str| {
        format!(
            "<w:lvl w:ilvl=\"{n}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:pStyle w:val=\"{style}\"/><w:lvlText w:val=\"{pattern}\"/></w:lvl>"
        )
    };
    let style = |id: &str, base: &str, more: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{id}\"/><w:basedOn w:val=\"{base}\"/><w:pPr>{more}</w:pPr></w:style>"
        )
    };
    let styled = |id: &str, text: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{id}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>");
    let direct = |level: usize, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"7\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let docx = Docx {
        body: [
            styled("one", "总体情况"),
            styled("two", "加强领导"),
            direct(2, "组织到位"),
            styled("derived", "压实责任"),
            styled("one", "下步打算"),
            "<w:p><w:pPr><w:pStyle w:val=\"one\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr><w:r><w:t>不编号</w:t></w:r></w:p>"
                .into(),
            styled("two", "继续努力"),
        ]
        .concat(),
        styles: [
            style("one", "", "<w:numPr><w:numId w:val=\"7\"/></w:numPr><w:outlineLvl w:val=\"0\"/>"),
            style("two", "", "<w:numPr><w:numId w:val=\"7\"/></w:numPr><w:outlineLvl w:val=\"1\"/>"),
            style("derived", "two", ""),
        ]
        .concat(),
        numbering: [
            "<w:abstractNum w:abstractNumId=\"3\">".to_owned(),
            level(0, "chineseCountingThousand", "%1、", "one"),
            level(1, "chineseCountingThousand", "（%2）", "two"),
            level(2, "decimalFullWidth", "%3．", ""),
            "</w:abstractNum><w:num w:numId=\"7\"><w:abstractNumId w:val=\"3\"/></w:num>".to_owned(),
        ]
        .concat(),
        ..Docx::default()
    };
    let (document, _) = open(&docx);
    let lines: Vec<&str> = document.text.as_str().lines().collect();
    assert_eq!(lines, ["一、总体情况", "（一）加强领导", "１．组织到位", "（二）压实责任", "二、下步打算", "不编号", "（一）继续努力"]);
    let heads: Vec<(BlockKind, u8, u32)> = document.blocks.iter().map(|block| (block.kind, block.level, block.label)).collect();
    assert_eq!(heads[0], (BlockKind::Heading, 1, "一、".len() as u32));
    assert_eq!(heads[2], (BlockKind::Paragraph, 0, "１．".len() as u32));
    assert_eq!(heads[3], (BlockKind::Heading, 2, "（一）".len() as u32));
    assert_eq!(heads[5].2, 0);
}

#[test]
fn line_breaks_divide_only_where_a_paragraph_ends() {
    let body = "<w:p><w:r><w:t>关于加强管理的</w:t><w:br/><w:t>情况报告</w:t></w:r></w:p>\
        <w:p><w:r><w:t>第一段。</w:t><w:br/><w:t>第二段</w:t><w:br/><w:t>一、标题</w:t></w:r></w:p>";
    assert_eq!(texts(&Docx::body(body)), ["关于加强管理的\n情况报告", "第一段。", "第二段", "一、标题"]);
}

#[test]
fn hidden_text_phonetic_guides_and_blank_paragraphs_are_not_shown() {
    let body = format!(
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:t>显示</w:t></w:r></w:p>{}{}<w:p/>\
         <w:p><w:r><w:ruby><w:rt><w:r><w:t>hé</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>核</w:t></w:r></w:rubyBase></w:ruby></w:r>\
         <w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/></w:r><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>",
        p("　　"),
        p("<!-- 注释 -->  ")
    );
    assert_eq!(texts(&Docx::body(body)), ["显示", "核☑x=1"]);
}

#[test]
fn comments_stand_on_the_words_they_are_anchored_on() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let anchor = |id: u8, words: &str| format!(r#"<w:commentRangeStart w:id="{id}"/>{words}<w:commentRangeEnd w:id="{id}"/>"#);
    let comment = |id: u8, paragraphs: &str| format!(r#"<w:comment w:id="{id}" w:author="甲">{paragraphs}</w:comment>"#);
    let two_runs = run("工") + &run("作");
    let body = format!("<w:p>{}{}{}</w:p>{}", run("做好"), anchor(7, &two_runs), anchor(8, &run("布署")), p("其他"));
    let comments = comment(8, &(p("核稿忽略：布署") + &p("引用&amp;照录"))) + &comment(7, &p("再斟酌")) + &comment(9, &p("没有着落"));
    let (document, _) = open(&Docx { comments, ..Docx::body(body) });
    let remarks: Vec<(&str, &str)> = document.remarks.iter().map(|r| (r.span.of(document.text.as_str()), r.text.as_str())).collect();
    assert_eq!(remarks, [("布署", "核稿忽略：布署\n引用&照录"), ("工作", "再斟酌")]);
    let broken = Docx { comments: "<w:comment".into(), ..Docx::body(p("正文")) };
    assert_eq!(texts(&broken), ["正文"]);
}

#[test]
fn another_prefix_for_the_same_namespace_reads_the_same() {
    let ns = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    for (prefix, binding) in [("ns0:", "xmlns:ns0"), ("", "xmlns")] {
        let xml = format!(
            "\u{feff}<{prefix}document {binding}=\"{ns}\"><{prefix}body><{prefix}p><{prefix}r><{prefix}t>正文</{prefix}t></{prefix}r></{prefix}p></{prefix}body></{prefix}document>"
        );
        let bytes = zip(&[("word/document.xml", xml.as_bytes())]);
        let package = Package::open(&bytes, &Limits::default()).unwrap();
        let (document, pieces) = read_document("a", &package).unwrap();
        assert_eq!(document.text.as_str(), "正文");
        assert_eq!(&xml.as_bytes()[pieces.pieces[0].source.range()], "正文".as_bytes());
    }
}

// ---- hostile packages ----

fn error(bytes: &[u8]) -> ReadError {
    read("a.docx", bytes, &Limits::default()).expect_err("refused")
}

#[test]
fn a_package_cut_anywhere_is_an_error() {
    let bytes = Docx::body(p("正文").repeat(3)).bytes();
    for cut in 4..bytes.len() {
        assert!(matches!(error(&bytes[..cut]), ReadError::Truncated { .. } | ReadError::Corrupt { .. }), "{cut}");
    }
}

#[test]
fn a_bomb_is_refused_by_its_declared_size() {
    let bomb = vec![b' '; 40 << 20];
    let bytes = zip(&[("word/document.xml", &bomb)]);
    assert_eq!(error(&bytes), ReadError::TooLarge { what: "压缩比", limit: "250 倍".into() });
    let limits = Limits { expanded_bytes: 1 << 20, ..Limits::default() };
    assert!(matches!(read("a.docx", &bytes, &limits), Err(ReadError::TooLarge { what: "解压后的大小", .. })));
}

#[test]
fn a_lie_about_the_size_is_refused() {
    let mut bytes = zip(&[("word/document.xml", &vec![b' '; 5000])]);
    // The directory's copy of the size counts: make it small.
    let directory = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    bytes[directory + 24..directory + 28].copy_from_slice(&100_u32.to_le_bytes());
    assert!(matches!(error(&bytes), ReadError::Corrupt { .. }));
}

#[test]
fn duplicate_and_encrypted_entries_are_refused() {
    let twice = zip(&[("word/document.xml", b"<a/>"), ("Word/Document.xml", b"<a/>")]);
    assert!(error(&twice).to_string().contains("重名"));
    let mut locked = Docx::body(p("正文")).bytes();
    let directory = locked.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    locked[directory + 8] |= 1;
    assert_eq!(error(&locked), ReadError::Encrypted);
}

#[test]
fn overlapping_entries_are_refused() {
    let mut bytes = zip(&[("a", b"12345678"), ("b", b"12345678")]);
    let second = bytes.windows(4).enumerate().filter(|(_, four)| four == b"PK\x01\x02").nth(1).unwrap().0;
    bytes[second + 42..second + 46].copy_from_slice(&0_u32.to_le_bytes());
    assert!(error(&bytes).to_string().contains("重叠"));
}

#[test]
fn deep_nesting_and_entity_declarations_are_refused() {
    let deep = Docx::body("<w:sdt>".repeat(400) + &"</w:sdt>".repeat(400)).bytes();
    assert_eq!(error(&deep), ReadError::TooLarge { what: "XML 嵌套层数", limit: "256 层".into() });
    let xml = b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>";
    assert!(matches!(error(&zip(&[("word/document.xml", xml)])), ReadError::Corrupt { .. }));
}

#[test]
fn other_packages_are_named() {
    for (part, said) in [("xl/workbook.xml", "Excel"), ("ppt/presentation.xml", "PowerPoint")] {
        let bytes = zip(&[("[Content_Types].xml", b"<Types/>"), (part, b"<a/>")]);
        assert!(error(&bytes).to_string().contains(said));
    }
    assert!(error(&zip(&[("a.txt", b"x")])).to_string().contains("压缩包"));
    assert!(error(&zip(&[("[Content_Types].xml", b"<Types/>")])).to_string().contains("word/document.xml"));
}

#[test]
fn breaks_of_pages_divide_nothing_and_leave_nothing_behind() {
    let page = "<w:r><w:br w:type=\"page\"/></w:r>";
    let body = format!("<w:p>{page}<w:r><w:t>一、情况</w:t></w:r></w:p><w:p><w:r><w:t>正文。</w:t></w:r>{page}</w:p>{}", p("附件"));
    let (document, _) = open(&Docx::body(body));
    assert_eq!(document.text.as_str(), "一、情况\n正文。\n附件");
    assert_eq!(document.blocks.len(), 3);
}
