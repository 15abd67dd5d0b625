#!/usr/bin/env python3
"""Writes what the fuzz targets start from, out of corpora/, dictionaries/ and tests/: `python3 fuzz/seeds.py` fills fuzz/corpus/.

An input of several parts has them divided by a zero byte, as the head of its target says. Needs nothing beyond Python's library.
"""
import io, json, pathlib, re, zipfile, zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "fuzz/corpus"
BORDER = b"\0"


def put(target, name, data):
    folder = OUT / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def part(path, name):
    with zipfile.ZipFile(path) as package:
        return package.read(name) if name in package.namelist() else b""


def inside(xml):
    """The content of a part's root element; for the document, of its body."""
    xml = re.sub(rb"^<\?xml[^>]*\?>\s*", b"", xml)
    found = re.search(rb"<w:body>(.*)</w:body>", xml, re.S) or re.search(rb"^<[^>]*>(.*)</[^>]*>\s*$", xml, re.S)
    return found[1] if found else b""


def drafts():
    """Pieces of the corpora short enough to be changed in every place."""
    for path in sorted((ROOT / "corpora").glob("*/*.txt")):
        lines = re.sub(r"⟦([^→|⟧]*)[^⟧]*⟧", r"\1", path.read_text()).splitlines()
        for n in range(0, len(lines), 6):
            yield f"{path.parent.name}-{path.stem}-{n}", "\n".join(lines[n : n + 6]) + "\n"


def texts():
    for n, (name, text) in enumerate(drafts()):
        encoding = ("utf-8", "gb18030", "utf-16", "utf-16-be", "utf-8-sig")[n % 5]
        put("text", name, bytes([0]) + text.encode(encoding))
        marked = re.sub(r"(工作|会议)", r"**\1**", f"# {text}\n> | 甲 | 乙 |\n|---|---|\n- [链接](a) `码` &ldquo;\n")
        put("text", name + "-md", bytes([1]) + marked.encode())
        put("text", name + "-html", bytes([2]) + f"<!doctype html><h1>{text}</h1><table><td>甲<td>乙</table><!-- x --><p title='a'>{text}&ldquo;&#8221;<br>".encode())
        if name.startswith("marked"):
            for first in (0, 1, 2, 0x80, 0x81, 0x82):  # three names, safe corrections or all
                put("fix", f"{name}-{first}", bytes([first]) + text.encode())


def documents():
    for path in sorted((ROOT / "tests/data").iterdir()):
        data, name = path.read_bytes(), path.stem
        if path.suffix == ".docx":
            parts = [inside(part(path, f"word/{p}.xml")) for p in ("document", "styles", "numbering", "footnotes", "comments", "header1")]
            put("docx", name, BORDER.join(parts))
            put("annotate", name, b"\x01\x02\x03\x04\x05\x06" + BORDER + parts[0])
            put("zip", name, data[4:])
        elif path.suffix == ".odt":
            put("odt", name, BORDER.join(part(path, p) for p in ("content.xml", "styles.xml", "META-INF/manifest.xml")))
        elif path.suffix == ".rtf":
            put("rtf", name, data[5:])
        elif path.suffix == ".doc":
            put("doc", name, data[8:])
        elif path.suffix == ".pdf":
            put("pdf", name, data)
            for n, stream in enumerate(re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.S)):
                try:
                    content = zlib.decompress(stream)
                except zlib.error:
                    continue
                if b"Tj" in content or b"TJ" in content:
                    put("pdf", f"{name}-{n}", BORDER.join([content, b"/Subtype /Type0 /BaseFont /A /Encoding /GBK-EUC-H", CMAP, b""]))


CMAP = b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 2 beginbfchar <0001> <5de5> <0002> <4f5c> endbfchar 1 beginbfrange <0010> <0020> <4e00> endbfrange endcmap"


def written_by_hand():
    put("pdf", "plain", BORDER.join([b"BT /F1 12 Tf 72 700 Td (Report) Tj T* [(a) -200 (b)] TJ 1 0 0 1 72 600 Tm ' x ET q /A Do Q", b"/Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [1 /A /uni5DE5] >>", CMAP, b"/XObject << /A 4 0 R >>"]))
    text = '<o:TextObject Boundary="10 10 100 5" Size="4" CTM="1 0 0 1 0 0"><o:TextCode X="0" Y="4" DeltaX="g 3 4">做好&amp;工作</o:TextCode></o:TextObject>'
    put("ofd", "pages", BORDER.join([f"<o:Page><o:Content><o:Layer>{text * 2}</o:Layer></o:Content></o:Page>".encode()] * 2))
    for n in range(60):
        put("annotate", f"recipe-{n}", bytes((n * 37 + k * k * 11) % 254 + 1 for k in range(9 + n % 4 * 3)) + BORDER + bytes((n * 53 + k * 29 + k * k * 7) % 254 + 1 for k in range(20 + n)))
        put("matcher", f"recipe-{n}", bytes((n * 31 + k * 17 + k * k) % 11 for k in range(9)) + b"\xff" + bytes((n + k * 5) % 8 for k in range(4 + n % 16)) + b"\xff" + bytes((n + (k + k // 7) * 5) % 11 for k in range(60)))
    put("annotate", "insertion", b"\x01\x02\x03\x04\x05\x06\x02\x01\x04" + BORDER + "<w:p><w:r><w:t>做好</w:t></w:r><w:ins w:id=\"7\" w:author=\"张三\"><w:r><w:t xml:space=\"preserve\">工作 </w:t></w:r></w:ins></w:p>".encode())
    put("rtf", "small", b"1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 a;}}{\\*\\listtable{\\list\\listid1{\\listlevel\\levelnfc37{\\leveltext\\'02\\'00\\u12289?;}}}}\\pard\\outlinelevel0\\u24037?\\'d7\\'f7\\par{\\trowd\\cellx1 a\\cell\\row}}")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as inner:
        inner.writestr("甲.txt", "做好工作布署。")
        inner.writestr("乙/a.md", "# 甲")
    put("zip", "drafts", archive.getvalue()[4:])
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as nested:
        nested.writestr("a.zip", archive.getvalue())
    put("zip", "nested", outer.getvalue()[4:])


def settings():
    for path in sorted((ROOT / "dictionaries").glob("*.toml")):
        records = re.split(r"(?m)^(?=\[\[)", path.read_text())[1:]
        for n in range(0, len(records), max(1, len(records) // 8)):
            put("dictionary", f"{path.stem}-{n}", "".join(records[n : n + 2]))
    put("dictionary", "off", 'off = ["四个意识"]\n')
    template = (ROOT / "src/config/template.toml").read_text()
    put("config", "template", template)
    put("config", "template-on", re.sub(r"(?m)^# ?(?=[\w\[\"])", "", template))
    for n, line in enumerate(re.findall(r'\("((?:[^"\\]|\\.)*)", \d+, "', (ROOT / "src/config/file.rs").read_text())):
        put("config", f"mistake-{n}", line.encode().decode("unicode_escape").encode("latin-1"))
    for n, (name, text) in enumerate(drafts()):
        if n % 10 == 0:
            entry = {"path": "a.txt", "rule": "phrase/known", "text": text[:8].strip(), "before": n, "after": n * 7}
            put("records", name, json.dumps(entry, ensure_ascii=False) + "\n" + text.replace("\n", ""))
            counts = {"files": 1, "failed": 0, "sections": n, "placeholders": 0, "findings": {"error": 1, "warning": 0, "info": 2}}
            record = {"path": "a.txt", "size": n, "modified": n, "output": text[:40], "summary": counts}
            put("records", name + "-lines", (json.dumps(entry) + "\n") * 3)
            put("records", name + "-journal", json.dumps(record, ensure_ascii=False) + "\n" + json.dumps(record | {"path": "b"}) + "\n")


texts()
documents()
written_by_hand()
settings()
print(*(f"{folder.name} {len(list(folder.iterdir()))}" for folder in sorted(OUT.iterdir())), sep="\n")
