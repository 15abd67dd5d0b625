#!/usr/bin/env python3
"""Builds files no honest program writes and checks each of them on its own under a limit of memory.

    cargo build --release && python3 scripts/hostile.py            # more than 2,000 files, each alone
    cargo build --release && python3 scripts/hostile.py --batch    # 10,000 files in one run, 100 hostile among them; kill -9 and resume

Every file must end in findings or a named failure: exit code 0, 1 or 2, one summary, no panic, at most 2 s of processor time and 300 MB.
The files are the same on every run. Linux only (resource limits, wait4); needs nothing beyond Python's library.
"""
import argparse, collections, concurrent.futures, io, json, os, pathlib, random, resource, shutil, signal, struct, subprocess, sys, tempfile, time, zipfile, zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
MEMORY, SECONDS = 300 << 20, 2.0
REPORT = "青云镇2021年工作总结\n一、工作情况\n做好工作布署，开展督查xx次。\n（一）加强学习。增强“四个意识”、坚定“四个自信”、做到“两个维护”。\n三、下一步打算\n落实中央经济工作会仪精神。\n"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


# ---- honest files to spoil ----

def zipped(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def docx(body, extra=(), head=""):
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="{REL}/officeDocument" Target="word/document.xml"/></Relationships>'
    document = f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return zipped([("[Content_Types].xml", "<Types/>"), ("_rels/.rels", rels), ("word/document.xml", document), *extra])


def paragraphs(text=REPORT):
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())


def pdf(objects, trailer="/Root 1 0 R"):
    out, places = bytearray(b"%PDF-1.4\n"), []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{n} 0 obj\n".encode() + (body if isinstance(body, bytes) else body.encode()) + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(b"%010d 00000 n \n" % at for at in places)
    return bytes(out + f"trailer\n<< /Size {len(objects) + 1} {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode())


def page(content=b"BT /F1 12 Tf 72 700 Td (Report) Tj ET"):
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
    return ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>", stream,
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]


def packed_stream(content, entries=""):
    packed = zlib.compress(content)
    return b"<< %s/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (entries.encode(), len(packed), packed)


def ofd(document=None, first_page=None):
    ns = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    root = f'<ofd:OFD {ns}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>'
    document = document or f'<ofd:Document {ns}><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>'
    text = '<ofd:TextObject ID="2" Boundary="10 10 100 5" Size="4"><ofd:TextCode X="0" Y="4">做好工作布署</ofd:TextCode></ofd:TextObject>'
    first_page = first_page or f'<ofd:Page {ns}><ofd:Content><ofd:Layer ID="3">{text}</ofd:Layer></ofd:Content></ofd:Page>'
    return zipped([("OFD.xml", root), ("Doc_0/Document.xml", document), ("Doc_0/Pages/Page_0/Content.xml", first_page)])


def honest():
    data = {"docx": docx(paragraphs()), "pdf": pdf(page()), "ofd": ofd(), "txt": REPORT.encode(), "gbk.txt": REPORT.encode("gb18030"),
            "utf16.txt": REPORT.encode("utf-16"), "md": ("# " + REPORT).encode(), "html": f"<html><body><p>{REPORT}</p></body></html>".encode()}
    for path in sorted((ROOT / "tests/data").iterdir()):
        if path.suffix in (".doc", ".wps", ".odt", ".rtf", ".pdf", ".ofd", ".xlsx", ".et", ".zip"):
            data[path.suffix[1:]] = path.read_bytes()
    return data


# ---- the kinds: each yields (ending, bytes) ----

def truncated(rng):
    for ending, data in honest().items():
        for n in range(60):
            yield ending, data[: len(data) * n // 60]
        for cut in range(1, 12):
            yield ending, data[:-cut]


def bits_flipped(rng):
    for ending, data in honest().items():
        for _ in range(55):
            spoiled = bytearray(data)
            for _ in range(rng.choice([1, 2, 8, 64])):
                spoiled[rng.randrange(len(spoiled))] ^= 1 << rng.randrange(8)
            yield ending, bytes(spoiled)


def lying_lengths(rng):
    """32-bit numbers of the headers replaced by extreme ones: sizes, counts, offsets."""
    extremes = [0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF]
    for ending, data in honest().items():
        if ending in ("doc", "wps", "docx", "odt", "ofd"):
            for _ in range(60):
                spoiled = bytearray(data)
                reach = min(len(data), 4096 if ending in ("doc", "wps") else len(data)) - 4
                at = rng.randrange(reach) if ending in ("doc", "wps") else (rng.choice([0, len(data) - 40]) + rng.randrange(36))
                spoiled[at : at + 4] = struct.pack("<I", rng.choice(extremes))
                yield ending, bytes(spoiled)


def bombs_by_ratio(rng):
    for size in (1, 8, 15, 17, 32, 64, 120, 200, 240):
        yield "docx", docx("<!--" + " " * (size << 20) + "-->" + paragraphs())
        yield "odt", zipped([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", b" " * (size << 20))])


def bombs_in_total(rng):
    for parts, each in ((20, 15), (40, 8), (2000, 1), (17, 15.9)):
        data = b"\0" * int(each * (1 << 20))
        yield "docx", docx(paragraphs(), [(f"word/media/{n}.bin", data) for n in range(parts)])


def nested_archives(rng):
    data = docx(paragraphs())
    for depth in range(12):
        data = zipped([(f"{depth}.zip" if depth % 2 else f"{depth}.docx", data)])
        yield "zip", data
    yield "zip", zipped([(f"{n}.zip", zipped([(f"{m}.docx", docx(paragraphs())) for m in range(10)])) for n in range(10)])


def many_entries(rng):
    yield "docx", docx(paragraphs(), [(f"word/media/{n}", b"") for n in range(60000)])
    yield "zip", zipped([(f"{n}.txt", b"") for n in range(60000)])


def duplicate_entries(rng):
    import warnings
    warnings.simplefilter("ignore")
    for name in ("word/document.xml", "WORD/Document.XML", "word\\document.xml", "/word/document.xml", "_rels/.rels"):
        yield "docx", docx(paragraphs(), [(name, "<a/>")])


def traversal_names(rng):
    for name in ("../../../../tmp/hegao-was-here.docx", "/tmp/hegao-was-here", "C:\\hegao-was-here", "..\\..\\hegao-was-here", "a/../../b", "\0", "." * 5000, "con", "word/../word/document.xml"):
        yield "docx", docx(paragraphs(), [(name, REPORT)])
        yield "zip", zipped([(name, docx(paragraphs())), (name + ".docx", docx(paragraphs()))])


def entity_expansion(rng):
    laughs = '<!DOCTYPE a [<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12)) + "]>"
    outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    for head in (laughs, outside, '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">'):
        for words in ("&l11;", "&x;", "&#0;", "&#x110000;", "&unknown;", "&" + "a" * 100000):
            yield "docx", docx(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>", head=head)
            yield "html", (head + f"<html><p>{words}</p></html>").encode()


def deep_nesting(rng):
    for depth in (300, 5000, 200000):
        yield "docx", docx("<w:p>" * depth)
        yield "docx", docx("<w:sdt>" * depth + "</w:sdt>" * depth)
        yield "odt", zipped([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<a>" * depth)])
        yield "html", b"<div>" * depth + REPORT.encode()
        yield "html", b"<table><tr><td>" * depth
        yield "rtf", b"{\\rtf1" + b"{" * depth + b"a"
        yield "md", b"> " * depth + b"a"
        yield "md", b"[" * depth + REPORT.encode()
        yield "md", b"*a " * depth
        yield "md", b"- " * depth
        yield "pdf", pdf(page(b"[" * depth))
        yield "pdf", pdf(["<< /Type /Catalog /Pages 2 0 R >>", "[" * depth])
        yield "txt", "（".encode() * depth
        yield "txt", "“".encode() * depth
        yield "txt", "《".encode() * depth


def long_documents(rng):
    yield "docx", docx("<w:p/>" * 1000000)
    yield "docx", docx("<w:p><w:r><w:t>督查x次</w:t></w:r></w:p>" * 1000000)
    yield "docx", docx(paragraphs() * 20000)
    yield "docx", docx("<w:p><w:r><w:t>" + "做好工作部署。" * 500000 + "</w:t></w:r></w:p>")
    yield "docx", docx("<w:p>" + "<w:r><w:t>做</w:t></w:r>" * 500000 + "</w:p>")
    yield "docx", docx("<w:tbl>" + "<w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr>" * 200000 + "</w:tbl>")
    yield "txt", REPORT.encode() * 20000
    yield "txt", b"\n" * 3000000
    yield "txt", b"a" * 10000000
    yield "html", b"<p>" * 1000000
    yield "html", b"<a b='" + b"x" * 5000000
    for never_closed in (b"<a ", b"<a b='", b"<!", b"&", b"<br", b"<p>a<br>"):
        yield "html", b"<html>" + never_closed * 500000
        yield "md", never_closed * 100000
    yield "rtf", b"{\\rtf1\\ansi " + b"\\par a" * 500000 + b"}"


def hard_wording(rng):
    """Text that invites each rule to go over it again and again."""
    for words in ("一、", "（一）", "1.", "xx", "××次", "、", "四个意识、", "习近平新时代中国特色社会主义思", "十九届一中、", "二○二一年", "〔2021〕", "一是二是", "。。", "的的", "“四个", "布署", "99999999999999999999", "核稿忽略", "〔核稿忽略：布署，〕", "2021年2月30日", "*", "_", "【", "20PC", "中央经济工作会", "第九十九次", "贯彻党的九十大精神", "在習進平主席", "（以下简称“甲委”）甲委"):
        for times, separator in ((20000, ""), (20000, "\n"), (50000, "，")):
            yield "txt", (separator.join([words] * times)).encode()
    for _ in range(40):
        alphabet = "一二三四五六七八九十、。“”（）〔〕《》年月日届全会的xX×0123456789 \n　" + REPORT
        yield "txt", "".join(rng.choices(alphabet, k=20000)).encode()


def odd_rtf(rng):
    for body in ("\\bin2147483647 x", "\\bin-5 x", "\\u-1?\\u55357?\\u99999999999?", "\\'", "\\'zz", "\\uc999999999\\u1?", "\\fonttbl" * 5000, "\\*\\" * 5000, "{\\field{\\*\\fldinst " * 3000, "\\ansicpg936\\'b0", "\\ls99999999\\ilvl99", "\\trowd" + "\\cellx1" * 100000, "{\\upr{" * 3000, "{\\pict " + "ff" * 100000):
        yield "rtf", b"{\\rtf1\\ansi " + body.encode() + b"}"
        yield "rtf", b"{\\rtf1\\ansi " + body.encode()


def looping_pdf(rng):
    catalog, pages, first, content, font = page()
    yield "pdf", pdf([catalog, "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"])
    yield "pdf", pdf([catalog, "<< /Type /Pages /Kids [2 0 R 2 0 R 2 0 R 3 0 R] /Count 9999999 >>", first, content, font])
    yield "pdf", pdf([catalog, "2 0 R"])
    yield "pdf", pdf([catalog, "3 0 R", "2 0 R"])
    yield "pdf", pdf(page(), "/Root 1 0 R /Prev 9")
    yield "pdf", pdf([catalog, pages, first, b"<< /Length 4 0 R >>\nstream\nBT\nendstream", font])
    yield "pdf", pdf([catalog, pages, first, b"<< /Length 99999999999 >>\nstream\nBT\nendstream", font])
    yield "pdf", pdf([catalog, pages, first, b"<< /Length -1 /Filter [/FlateDecode /FlateDecode] >>\nstream\nBT\nendstream", font])
    yield "pdf", pdf([catalog, pages, first, packed_stream(b"BT (a) Tj ET " * 8000000), font])
    twice = zlib.compress(zlib.compress(b" " * 100000000))
    yield "pdf", pdf([catalog, pages, first, b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n%s\nendstream" % (len(twice), twice), font])
    form = b"<< /Type /XObject /Subtype /Form /Resources << /XObject << /A 4 0 R >> >> /Length 5 >>\nstream\n/A Do\nendstream"
    yield "pdf", pdf([catalog, pages, "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /A 4 0 R >> >> >>", form])
    cmap = b"begincmap 1 begincodespacerange <0000> <ffffffff> endcodespacerange 1 beginbfrange <00000000> <ffffffff> <0041> endbfrange endcmap"
    yield "pdf", pdf([catalog, pages, first, content, "<< /Type /Font /Subtype /Type0 /ToUnicode 6 0 R >>", b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap)])
    for small in (b"0 ", b"<</A 0>>"):  # few bytes that become large objects
        for size, streams in ((24000000, 1), (2000000, 12)):
            array = b"[" + small * (size // len(small)) + b"]"
            yield "pdf", pdf([*page(), *[packed_stream(b"9 0 " + array, "/Type /ObjStm /N 1 /First 4 ")] * streams])
            yield "pdf", pdf([catalog, pages, first, packed_stream(array * streams), font])
    yield "pdf", b"%PDF-1.4\n" + b"1 0 obj\n" * 200000
    yield "pdf", b"%PDF-1.4\nstartxref\n0\n%%EOF"
    yield "pdf", pdf(page(b"BT " + b"(a) Tj " * 300000 + b"ET"))
    yield "pdf", pdf(page(b"q " * 1000000))
    yield "pdf", pdf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [" + "3 0 R " * 200000 + "] /Count 200000 >>", first, content, font])


def looping_ofd(rng):
    ns = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    for place in ("Document.xml", "../OFD.xml", "../../../etc/passwd", "", "/Doc_0/Document.xml"):
        yield "ofd", ofd(f'<ofd:Document {ns}><ofd:Pages>{f"""<ofd:Page ID="1" BaseLoc="{place}"/>""" * 1000}</ofd:Pages></ofd:Document>')
    code = '<ofd:TextObject Boundary="1e308 -1e308 nan inf" Size="1e999"><ofd:TextCode X="9e99" Y="-9e99" DeltaX="g 99999999 1">布署</ofd:TextCode></ofd:TextObject>'
    yield "ofd", ofd(None, f"<ofd:Page {ns}><ofd:Content><ofd:Layer>{code * 20000}</ofd:Layer></ofd:Content></ofd:Page>")


def broken_text(rng):
    for text in ("﻿", "工作\ud800布署", "\udc00" * 500, "做好\U0010ffff布署"):
        yield "txt", text.encode("utf-16-le", "surrogatepass")
        yield "txt", b"\xff\xfe" + text.encode("utf-16-le", "surrogatepass")
        yield "txt", b"\xfe\xff" + text.encode("utf-16-be", "surrogatepass")
        yield "txt", text.encode("utf-8", "surrogatepass")
    good = REPORT.encode("gb18030")
    for bad in (b"\xff", b"\x80", b"\x81\x30", b"\x81\x30\x81", b"\xfe\x39\xfe\x39", b"\xe3\x32\x9a\x36", b"\xa1", b"\0"):
        for at in (0, 7, len(good) // 2, len(good)):
            yield "txt", good[:at] + bad + good[at:]
            yield "md", good[:at] + bad + good[at:]
    for size in (1, 2, 3, 4, 16, 512, 4096, 100000):
        for ending in ("txt", "docx", "doc", "pdf", "rtf", "ofd", "html", "md", "wps", "odt"):
            yield ending, rng.randbytes(size)


def control_and_direction(rng):
    for sign in ("\x1b[2J\x1b]0;title\x07", "\x00", "\x08" * 50, "\x7f", "\x9b31m", "\u202e", "\u2066\u2067", "\u200b", "\ufeff", "\u2028", "\r", "\x0b", "\U000e0041", "\u0301" * 300, "\U0001f468\u200d" * 200):
        text = REPORT.replace("布署", f"布{sign}署").replace("工作总结", f"工作{sign}总结") + f"做好{sign}工作布署。\n"
        yield "txt", text.encode()
        yield "md", text.encode()
        yield "html", f"<p>{text}<script>alert(1)</script>".encode()
        yield "docx", docx(paragraphs("".join(c for c in text if c >= " " or c == "\n")))


KINDS = [truncated, bits_flipped, lying_lengths, bombs_by_ratio, bombs_in_total, nested_archives, many_entries, duplicate_entries, traversal_names, entity_expansion,
         deep_nesting, long_documents, hard_wording, odd_rtf, looping_pdf, looping_ofd, broken_text, control_and_direction]


def build(folder):
    files = []
    for kind in KINDS:
        for n, (ending, data) in enumerate(kind(random.Random(kind.__name__))):
            path = folder / f"{kind.__name__}-{n:04}.{ending}"
            path.write_bytes(data)
            files.append((kind.__name__, path))
    return files


# ---- each file alone ----

def check(program, path):
    def limits():
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    began = time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen([program, "check", "--no-config", "--format", "jsonl", "--jobs", "1", str(path)], stdout=out, stderr=err, preexec_fn=limits)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        stdout, stderr = out.read(), err.read().decode(errors="replace")
    seconds, memory = usage.ru_utime + usage.ru_stime, usage.ru_maxrss << 10
    problems = []
    if process.returncode not in (0, 1, 2):
        problems.append(f"exit {process.returncode}: {stderr[-300:]}")
    last = stdout.rstrip(b"\n").rpartition(b"\n")[2]
    try:
        summary = json.loads(last)
        results = summary["files"] + summary["failed"]
        if summary["type"] != "summary" or results < 1 or (results > 1 and path.suffix != ".zip"):  # each file in an archive has a result of its own
            problems.append(f"summary {summary}")
        if (summary["failed"] > 0) != (process.returncode == 2):
            problems.append(f"exit {process.returncode} with {summary}")
    except ValueError:
        problems.append(f"no summary: {stderr[-300:]}")
    if "核稿自身出错".encode() in stdout:
        problems.append("panic: " + stdout.decode(errors="replace")[-400:])
    if seconds > SECONDS:
        problems.append(f"{seconds:.2f} s")
    if memory > MEMORY:
        problems.append(f"{memory >> 20} MB")
    return problems, process.returncode, seconds, memory, time.monotonic() - began


def alone(program, folder, only):
    files = [(kind, path) for kind, path in build(folder) if only in path.name]
    rows, bad = collections.defaultdict(list), []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for (kind, path), result in zip(files, pool.map(lambda file: check(program, file[1]), files)):
            rows[kind].append(result)
            bad += [f"{path.name} ({path.stat().st_size} bytes): {problem}" for problem in result[0]]
    print(f"{'kind':24} {'files':>6} {'clean':>6} {'found':>6} {'failed':>7} {'most s':>7} {'most MB':>8}")
    for kind, results in rows.items():
        count = collections.Counter(result[1] for result in results)
        print(f"{kind:24} {len(results):6} {count[0]:6} {count[1]:6} {count[2]:7} {max(r[2] for r in results):7.2f} {max(r[3] for r in results) >> 20:8}")
    print(f"{len(files)} files of {len(rows)} kinds, {len(bad)} problems")
    leftovers = [path for path in ("/tmp/hegao-was-here.docx", "/tmp/hegao-was-here") if os.path.exists(path)]
    return bad + leftovers


# ---- one long run ----

def batch(program, folder):
    rng, drafts = random.Random(8), folder / "稿件"
    drafts.mkdir()
    corpus = [path.read_text() for path in sorted((ROOT / "corpora").glob("*/*.txt"))]
    hostile = [(ending, data) for kind in (truncated, lying_lengths, broken_text, bombs_in_total) for ending, data in kind(random.Random(1)) if len(data) > 0]
    refused = []
    for ending, data in rng.sample(hostile, len(hostile)):
        probe = folder / f"probe.{ending}"
        probe.write_bytes(data)
        probed = subprocess.run([program, "check", "--no-config", "--format", "jsonl", str(probe)], capture_output=True)
        summary = json.loads(probed.stdout.splitlines()[-1])
        if (summary["files"], summary["failed"]) == (0, 1):  # an archive may give more results than one
            refused.append((ending, data))
        if len(refused) == 100:
            break
    places = set(rng.sample(range(10000), 100))
    for n in range(10000):
        ending, data = refused.pop() if n in places else ("txt", (f"第{n}号\n" + corpus[n % len(corpus)]).encode())
        (drafts / f"{n:05}.{ending}").write_bytes(data)

    def run(*options, kill=None):
        with open(folder / "out", "wb") as out:
            process = subprocess.Popen([program, "check", "--no-config", "--format", "jsonl", *options, str(drafts)], stdout=out, stderr=subprocess.DEVNULL)
            if kill:
                time.sleep(kill)
                os.kill(process.pid, signal.SIGKILL)  # send_signal would reap a run that has ended by itself
            _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return process.returncode, (folder / "out").read_bytes(), usage.ru_maxrss >> 10
    began = time.monotonic()
    code, one, memory_one = run("--jobs", "1")
    whole = time.monotonic() - began
    _, two, memory_two = run("--jobs", "2")
    summary = json.loads(one.splitlines()[-1])
    named = sum(json.loads(line)["type"] == "failure" for line in one.splitlines() if b'"failure"' in line)
    print(f"10,000 files, 100 hostile: exit {code}, {summary['files']} checked, {named} failures named; peak {memory_one} MB with one thread, {memory_two} MB with two; {whole:.1f} s")
    bad = [] if (code, summary["files"], summary["failed"], named) == (2, 9900, 100, 100) else [f"wrong counts: {summary}, {named} named"]
    bad += [] if one == two else ["--jobs 1 and --jobs 2 differ"]
    bad += [] if max(memory_one, memory_two) <= 150 else ["more than 150 MB"]
    kills, journal = 0, folder / "日志.jsonl"
    while True:
        code, out, _ = run("--journal", str(journal), kill=whole * rng.uniform(0.03, 0.25) if kills < 20 else None)
        if code != -signal.SIGKILL:
            break
        kills += 1
    print(f"killed {kills} times, then finished: output {'the same' if out == one else 'DIFFERS'}")
    return bad + ([] if out == one else ["the resumed run differs"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "target/release/hegao"))
    parser.add_argument("--batch", action="store_true", help="one run over 10,000 files")
    parser.add_argument("--only", default="", help="files whose names hold this")
    parser.add_argument("--keep", metavar="FOLDER", help="leave the files there")
    args = parser.parse_args()
    folder = pathlib.Path(args.keep or tempfile.mkdtemp(prefix="hegao-hostile-"))
    folder.mkdir(exist_ok=True)
    try:
        bad = batch(args.program, folder) if args.batch else alone(args.program, folder, args.only)
    finally:
        if not args.keep:
            shutil.rmtree(folder)
    print(*bad, sep="\n")
    sys.exit(1 if bad else 0)


main()
