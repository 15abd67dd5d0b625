#!/usr/bin/env python3
"""Makes the files of tests/data with the programs that docs/formats.md names.

    python3 tests/data/make.py office script browser text ofd locked        # or some of them

LibreOffice converts the .fodt (report.pdf was printed after the tracked changes had been accepted); python-docx writes script.docx; pandoc, w3m, iconv and
lxml make texts of other files; easyofd makes .ofd of .pdf; msoffcrypto-tool locks. The files are kept in the repository: another version of a program would
make them a little differently.
"""

import contextlib
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent

PLAIN = "txt:Text (encoded):UTF8,LF"
CONVERSIONS = {
    "report": ["docx", "docm:MS Word 2007 XML VBA", "dotx:MS Word 2007 XML Template", "doc", "dot:MS Word 97 Vorlage", "odt", "rtf", "html", PLAIN],
    "notice": ["docx", "doc", "odt", "rtf", "pdf", "html"],
    "signs": ["docx", "doc", "odt", "rtf", "pdf", "html", PLAIN],
    "page": ["pdf"],
}


def run(*words, source=None):
    return subprocess.run([str(word) for word in words], check=True, cwd=HERE, input=source, stdout=subprocess.PIPE).stdout


def convert(name, format, folder):
    with tempfile.TemporaryDirectory() as profile:
        run("soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", format, "--outdir", folder, f"{name}.fodt")


def office():
    """What LibreOffice saves."""
    for name, formats in CONVERSIONS.items():
        for format in formats:
            convert(name, format, HERE)


def script():
    """A report as people's own scripts write it: headings, runs with a font, a numbered list, a table."""
    import docx
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt

    report = docx.Document()
    body = report.styles.add_style("公文正文", WD_STYLE_TYPE.PARAGRAPH)
    body.base_style = report.styles["Normal"]
    body.font.size = Pt(16)
    body.font.name = "仿宋_GB2312"
    body.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    report.add_heading("柳溪镇2023年工作总结", 0)
    report.add_heading("一、工作开展情况", 1)
    paragraph = report.add_paragraph("今年以来，全镇召开会议", "公文正文")
    paragraph.add_run("xx").bold = True
    paragraph.add_run("次，增强“四个意识”，各项任务按期完成。")
    report.add_paragraph("压实责任。", "List Number")
    report.add_paragraph("强化督导。", "List Number")
    table = report.add_table(rows=1, cols=2, style="Table Grid")
    table.rows[0].cells[0].text = "事项"
    table.rows[0].cells[1].text = "数量"
    for words in (("走访慰问", "××户"), ("整改问题", "12个")):
        row = table.add_row()
        for cell, text in zip(row.cells, words):
            cell.text = text
    report.add_heading("二、下一步打算", 1)
    report.add_paragraph("下一步，\n重点抓好以下工作。", "公文正文")
    report.sections[0].header.paragraphs[0].text = "内部资料"
    report.save(HERE / "script.docx")


PRINTED = """<!DOCTYPE html><meta charset=utf-8>
<style>table { border-collapse: collapse } td { border: 1px solid; padding: 1px } h1 { text-align: center; width: 170px }</style>
<h1>工作情况统计表</h1>
<table><tr><td style="width: 50px">单位<td style="width: 66px">情况</tr><tr><td>工作单位统计<td>情况统计</tr></table>
"""


def browser():
    """A page as Chromium prints it: a ruled table, cells close together, a page number of its kind."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "page.html").write_text(PRINTED, encoding="utf-8")
        run("chromium", "--headless", "--no-sandbox", f"--print-to-pdf={HERE / 'browser.pdf'}", f"{folder}/page.html")


def text():
    """Markdown, hard-wrapped lines, a page that shows changes, other encodings."""
    from lxml.html.diff import htmldiff

    for name in ("report", "notice", "signs"):
        run("pandoc", f"{name}.docx", "-t", "gfm", "-o", f"{name}.md")
    run("pandoc", "-f", "html+raw_html", "report.html", "-t", "gfm", "-o", "raw.md")
    with tempfile.TemporaryDirectory() as folder:
        convert("page", "html", folder)
        (HERE / "wrapped.txt").write_bytes(run("w3m", "-dump", "-cols", "60", "-I", "UTF-8", "-O", "UTF-8", f"{folder}/page.html"))
    changes = htmldiff("<p>依据1号通知 布置 各项工作。</p>", "<p>依据1号通知 部署 各项工作。</p>")
    (HERE / "diff.html").write_text(f'<!DOCTYPE html><meta charset="utf-8">{changes}\n', encoding="utf-8")
    for ending in ("html", "md", "txt"):
        source = (HERE / f"signs.{ending}").read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"charset=utf-8", b"charset=gb18030")
        (HERE / f"signs-gb18030.{ending}").write_bytes(run("iconv", "-f", "UTF-8", "-t", "GB18030", source=source))
    (HERE / "report-utf16.txt").write_bytes(run("iconv", "-f", "UTF-8", "-t", "UTF-16LE", "report.txt").removeprefix(b"\xff\xfe"))


def ofd():
    """Pages as OFD."""
    from easyofd import OFD

    for name in ("report", "notice", "signs", "page"):
        # It leaves a folder where it runs.
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            (HERE / f"{name}.ofd").write_bytes(OFD().pdf2ofd((HERE / f"{name}.pdf").read_bytes(), optional_text=True))


def locked():
    """A Word file with a password; locked.doc, locked.odt and locked.pdf are saved by hand in LibreOffice."""
    run("msoffcrypto-tool", "-e", "-p", "1234", "script.docx", "locked.docm")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        {"office": office, "script": script, "browser": browser, "text": text, "ofd": ofd, "locked": locked}[name]()
