#!/usr/bin/env python3
"""Makes the files of tests/data that scripts and packers make; those of LibreOffice are conversions of the .fodt beside them.

    python3 tests/data/make.py          # needs python-docx

The files are kept in the repository: another version of a program would make them a little differently.
"""

from pathlib import Path

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt

HERE = Path(__file__).parent


def script_docx():
    """A report as people's own scripts write it: headings, runs with a font, a numbered list, a table."""
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


if __name__ == "__main__":
    script_docx()
