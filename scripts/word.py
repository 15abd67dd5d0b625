#!/usr/bin/env python3
"""Shows for real Word files what hegao writes into them, with programs that are not hegao.

    cargo build && python3 scripts/word.py [FILE…]        # without FILE: tests/data/*.docx, ../shared/data/office and the reference report

Every file is taken as it is, and once more with slips sown into its runs (body, tables, notes, headers, boxes; half of them over two runs). Then:

  annotate            python-docx opens it; one comment a finding, by 核稿, on exactly the words found (on what stands for them where Word heeds no comment);
                      comments of others as they were; numbers and relationships unique; every other part as it was
  … comments removed  document.xml is the original, byte for byte, where a run was divided: joined again
  … LibreOffice       converts it to PDF and to .docx, which has as many comments
  annotate --tracked  all changes accepted in LibreOffice: the text `hegao fix` gives; all rejected: the original text

Needs lxml and python-docx; without soffice the lines on LibreOffice are left out, and it says so. Exit code 1 where something is not so.
"""
import argparse, io, itertools, json, os, pathlib, re, shutil, signal, subprocess, sys, tempfile, zipfile
from xml.sax.saxutils import escape

import docx
from lxml import etree

ROOT = pathlib.Path(__file__).resolve().parent.parent
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
AUTHOR = "核稿"
SLIP, RIGHT = "，做好工作布署", "，做好工作部署"

# LibreOffice is driven by a macro in a profile of its own: it reads lines of `what⇥from⇥to` and writes what came of each.
MACRO = """
Sub Resolve(list As String, told As String)
  Dim job, parts, file, out, document, arguments(0) As New com.sun.star.beans.PropertyValue, kind(0) As New com.sun.star.beans.PropertyValue
  arguments(0).Name = "Hidden" : arguments(0).Value = True
  kind(0).Name = "FilterName" : kind(0).Value = "Office Open XML Text"
  file = FreeFile : Open list For Input As #file
  out = FreeFile : Open told For Output As #out
  Do While Not EOF(file)
    Line Input #file, job
    parts = Split(job, Chr(9))
    document = StarDesktop.loadComponentFromURL(ConvertToURL(parts(1)), "_blank", 0, arguments())
    If IsNull(document) Then
      Print #out, "not opened"
    Else
      createUnoService("com.sun.star.frame.DispatchHelper").executeDispatch(document.CurrentController.Frame, ".uno:" & parts(0) & "AllTrackedChanges", "", 0, Array())
      document.storeToURL(ConvertToURL(parts(2)), kind())
      document.close(True)
      Print #out, "done"
    End If
  Loop
  Close #file : Close #out
  StarDesktop.terminate()
End Sub
"""


class Office:
    """LibreOffice without a window."""

    def __init__(self, folder):
        self.profile = folder / "profile"
        # The first start fills the profile, and would write over the macro.
        self.run("--terminate_after_init")
        module = '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">'
        module += f'<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{escape(MACRO)}</script:module>'
        (self.profile / "user/basic/Standard/Module1.xba").write_text(module, encoding="utf-8")

    def run(self, *arguments):
        command = ["soffice", f"-env:UserInstallation=file://{self.profile}", "--headless", "--norestore", *map(str, arguments)]
        office = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            office.wait(timeout=300)
        except subprocess.TimeoutExpired:
            os.killpg(office.pid, signal.SIGKILL)
            raise SystemExit(f"LibreOffice does not end: {arguments}")

    def convert(self, files, ending, folder):
        self.run("--convert-to", ending, "--outdir", folder, *files)

    def resolve(self, jobs, folder):
        """Accepts or rejects all changes of files; jobs are (what, from, to)."""
        jobs_file, told = folder / "jobs", folder / "told"
        jobs_file.write_text("".join(f"{what}\t{source}\t{target}\n" for what, source, target in jobs), encoding="utf-8")
        self.run(f'macro:///Standard.Module1.Resolve("{jobs_file}","{told}")')
        if len(told.read_text().splitlines()) < len(jobs):
            raise SystemExit("LibreOffice ended before its time")


def hegao(*arguments):
    run = subprocess.run([HEGAO, *map(str, arguments)], capture_output=True, text=True)
    if run.returncode > 1:
        raise SystemExit(f"hegao {' '.join(map(str, arguments))}: {run.stderr}")
    return run.stdout


def parts(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def main_name(package):
    rels = etree.fromstring(package["_rels/.rels"])
    return next(rel.get("Target").lstrip("/") for rel in rels if rel.get("Type").endswith("/officeDocument"))


# ---- sowing ----

RUN = re.compile(r"<w:r(?: [^>]*)?>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t(?: [^>]*)?>([^<]*[\u4e00-\u9fff])</w:t></w:r>")


def sown(source, target):
    """A copy with a slip at the end of every third run of Chinese text, every other one divided over two runs."""
    count = itertools.count()

    def sow(run):
        n = next(count)
        if n % 3:
            return run[0]
        head, tail = run[0].split("</w:t>")[0], "</w:t></w:r>"
        opened = head[: head.rindex(">") + 1]
        cut = len(SLIP) - 1
        return head + (SLIP if n % 2 else SLIP[:cut] + tail + opened + SLIP[cut:]) + tail

    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if re.fullmatch(r"word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml", name):
                data = RUN.sub(sow, data.decode()).encode()
            new.writestr(name, data)


# ---- what a comment stands on ----

def local(element):
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def is_within(element, *names):
    return any(local(above) in names for above in element.iterancestors())


def box_of(element):
    return next((above for above in element.iterancestors() if local(above) == "txbxContent"), None)


def anchors(root):
    """The words each comment stands on, as the final view shows them, and the text of the paragraphs they stand in."""
    words, around, opened = {}, {}, {}
    for element in root.iter():
        name = local(element)
        key = element.get(W + "id") or element.get(STRICT + "id")
        if name == "commentRangeStart":
            words[key], opened[key] = "", box_of(element)
            paragraph = next((above for above in element.iterancestors() if local(above) == "p"), None)
            around[key] = "" if paragraph is None else "".join(t.text or "" for t in paragraph.iter() if local(t) == "t")
        elif name == "commentRangeEnd":
            opened.pop(key, None)
        elif name in ("t", "br", "cr", "tab", "noBreakHyphen") and opened and not is_within(element, "del", "moveFrom", "Fallback", "rt", "tabs"):
            sign = {"t": element.text or "", "tab": "\t", "noBreakHyphen": "-"}.get(name, "\n")
            for key, box in opened.items():
                if box_of(element) is box:
                    words[key] += sign
    return words, around


def squeezed(text):
    return re.sub(r"\s+", "", text)


# ---- taking comments out ----

MARKS = re.compile(rb'(?:<w:commentRange(?:Start|End) w:id="\d+"/>(?:<w:r><w:commentReference w:id="\d+"/></w:r>)?)+')
CLOSED = [(rb'</w:t><w:t xml:space="preserve">(\s+)</w:t></w:r>$', rb"\1"), (rb"</w:t></w:r>$", b""), (rb"</w:r>$", b"")]
OPENED = [(rb'^<w:r(?: [^>]*)?>(?:<w:rPr>.*?</w:rPr>)?<w:t xml:space="preserve">(\s+)</w:t><w:t>', rb"\1"),
          (rb"^<w:r(?: [^>]*)?>(?:<w:rPr>.*?</w:rPr>)?<w:t(?: [^>]*)?>", b""), (rb"^<w:r(?: [^>]*)?>(?:<w:rPr>.*?</w:rPr>)?", b"")]


def is_original(annotated, original, ours):
    """Whether `original` is left when our marks are taken out and runs divided for them are joined."""
    own = re.compile(rb'<w:commentRange(?:Start|End) w:id="(\d+)"/>(?:<w:r><w:commentReference w:id="\d+"/></w:r>)?')
    pieces, at = [], 0
    for group in MARKS.finditer(annotated):
        # Marks of others that stand beside ours belong to the original.
        start = group.start()
        for mark in own.finditer(group[0]):
            if mark[1].decode() in ours:
                pieces.append(annotated[at: start + mark.start()])
                at = start + mark.end()
    pieces.append(annotated[at:])
    # States: how far the original is matched, and whether the mark before the piece divided a run.
    states = {(0, False)}
    for n, piece in enumerate(pieces):
        following = set()
        for place, divided in states:
            heads = [piece] if not divided else [re.sub(pattern, kept, piece, count=1, flags=re.S) for pattern, kept in OPENED if re.search(pattern, piece, re.S)] + ([b""] if not piece else [])
            for head in heads:
                tails = [(head, False)]
                if n + 1 < len(pieces):
                    tails += [(re.sub(pattern, kept, head, count=1, flags=re.S), True) for pattern, kept in CLOSED if re.search(pattern, head, re.S)]
                    if not head and divided:
                        tails.append((b"", True))
                following |= {(place + len(tail), is_divided) for tail, is_divided in tails if original.startswith(tail, place)}
        states = following
        if not states:
            return False
    return (len(original), False) in states


def without_comments(source, target):
    """A copy that LibreOffice can work on: the marks of comments left out."""
    package = parts(source)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in package.items():
            if name == main_name(package):
                data = re.sub(rb'<w:commentRange(?:Start|End) w:id="\d+"/>|<w:r(?: [^>]*)?>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:commentReference w:id="\d+"/></w:r>', b"", data)
            new.writestr(name, data)


# ---- one file ----

class Case:
    def __init__(self, name, source, folder):
        self.name, self.source, self.wrong, self.row = name, source, [], {}
        self.ending = source.suffix
        self.at = lambda what, ending=source.suffix: folder / f"{name}.{what}{ending}"

    def expect(self, is_so, what):
        if not is_so:
            self.wrong.append(what)

    def annotate(self):
        findings = [json.loads(line) for line in hegao("check", "--no-config", "--format", "jsonl", self.source).splitlines()]
        findings = [finding for finding in findings if finding["type"] == "finding"]
        out = self.at("annotated")
        hegao("annotate", "--no-config", self.source, "-o", out)
        if self.ending == ".docx":
            docx.Document(str(out))
        before, after = parts(self.source), parts(out)
        main = main_name(before)
        comments_part = next((name for name in after if re.fullmatch(r"word/comments(-hegao)?\.xml", name)), None)
        elsewhere = [etree.fromstring(data) for name, data in before.items() if re.search(r"/(header|footer|footnotes|endnotes)\d*\.xml$", name)]
        elsewhere += [box for box in etree.fromstring(before[main]).iter() if local(box) == "txbxContent"]
        self.elsewhere = squeezed("".join(t.text or "" for root in elsewhere for t in root.iter() if local(t) == "t"))
        self.comments(findings, before.get(comments_part, b""), after.get(comments_part), after[main])
        ours = {comment.get(W + "id") for comment in self.ours}
        self.expect(is_original(after[main], before[main], ours), "without the comments document.xml is not the original")
        may_change = {main, comments_part, "[Content_Types].xml", main.replace("word/", "word/_rels/") + ".rels"}
        # Entries for folders, which some programs write, are left out.
        other = [name for name in before if name not in may_change and not name.endswith("/") and before[name] != after.get(name)]
        self.expect(not other, f"changed: {other}")
        for name in may_change & after.keys():
            ids = re.findall(rb'<Relationship [^>]*Id="([^"]+)"|<Override [^>]*PartName="([^"]+)"', after[name])
            self.expect(len(ids) == len(set(ids)), f"{name}: an id or a part twice")

    def comments(self, findings, before, after, main):
        root = etree.fromstring(after) if after else etree.Element("none")
        every = [comment for comment in root if local(comment) == "comment"]
        there = len(re.findall(rb"<w:comment ", before))
        self.ours = [comment for comment in every if comment.get(W + "author") == AUTHOR][-len(findings):] if findings else []
        self.row |= {"findings": len(findings), "others": there}
        self.expect(len(every) == there + len(findings), f"{len(every) - there} comments for {len(findings)} findings")
        self.expect(after is None or after.startswith(before[:before.rfind(b"</")]), "comments of others have changed")
        ids = [comment.get(W + "id") for comment in every]
        self.expect(len(set(ids)) == len(ids), "a number twice")
        words, around = anchors(etree.fromstring(main))
        for finding, comment in zip(findings, self.ours):
            anchor, said = words.get(comment.get(W + "id")), "".join(t.text or "" for t in comment.iter(W + "t"))
            text = finding["text"]
            self.expect(f"（{finding['rule']}）" in said, f"the comment on {text} speaks of something else: {said}")
            if anchor is None:
                self.wrong.append(f"no anchor for {text}")
            elif squeezed(anchor) == squeezed(text):
                self.row["exact"] = self.row.get("exact", 0) + 1
            elif anchor and squeezed(text).endswith(squeezed(anchor)):
                self.row["label"] = self.row.get("label", 0) + 1
            else:
                self.row["stands for"] = self.row.get("stands for", 0) + 1
                self.stand_ins.append((text, anchor))
                beside = squeezed(around[comment.get(W + "id")])
                self.expect(squeezed(text) in self.elsewhere or squeezed(text) not in beside, f"{text} is anchored on {anchor}")

    def tracked(self):
        told = hegao("annotate", "--no-config", "--tracked", self.source, "-o", self.at("marked"))
        self.row["changes"] = int(re.search(r"修订 (\d+) 处", told)[1])
        without_comments(self.at("marked"), self.at("tracked"))
        without_comments(self.source, self.at("plain"))
        hegao("fix", "--no-config", self.source, "-o", self.at("fixed"))
        without_comments(self.at("fixed"), self.at("corrected"))
        return [("Accept", self.at("tracked"), self.at("accepted", ".docx")), ("Accept", self.at("corrected"), self.at("right", ".docx")),
                ("Reject", self.at("tracked"), self.at("rejected", ".docx")), ("Reject", self.at("plain"), self.at("original", ".docx"))]

    def converted(self, folder):
        if not self.at("original", ".docx").exists():
            self.row["LibreOffice"] = "does not open the original"
            return
        self.row["LibreOffice"] = "yes"
        self.expect((folder / "pdf" / (self.at("annotated").stem + ".pdf")).exists(), "no PDF")
        again = folder / "again" / (self.at("annotated").stem + ".docx")
        kept = parts(again).get("word/comments.xml", b"").count(b"<w:comment ") if again.exists() else -1
        self.expect(kept == self.row["findings"] + self.row["others"], f"LibreOffice keeps {kept} comments")
        for ours, theirs, what in [("accepted", "right", "accepted is not what fix gives"), ("rejected", "original", "rejected is not the original")]:
            ours, theirs = (hegao("text", self.at(name, ".docx")).split("\n") for name in (ours, theirs))
            # An empty paragraph more or less is none.
            ours, theirs = [line for line in ours if line.strip()], [line for line in theirs if line.strip()]
            self.expect(ours == theirs, what + next((f": {a!r} / {b!r}" for a, b in itertools.zip_longest(ours, theirs) if a != b), ""))


def cases(files, folder, office):
    if not files:
        files = sorted((ROOT / "tests/data").glob("*.docx"))
        shared = ROOT.parent / "shared/data"
        files += sorted([*(shared / "office").glob("**/*.docx"), *(shared / "office").glob("**/*.dotx")])
        if not shared.is_dir():
            print("no ../shared/data: only tests/data")
        elif office:
            office.run("--convert-to", "docx", "--infilter=Text (encoded):UTF8,LF,,zh-CN", "--outdir", folder, shared / "reference-report.txt")
            files.append(folder / "reference-report.docx")
    for n, file in enumerate(files):
        plain = folder / f"{n:02}{file.suffix}"
        shutil.copy(file, plain)
        yield Case(file.name, plain, folder)
        spoiled = folder / f"{n:02}-sown{file.suffix}"
        sown(file, spoiled)
        yield Case(f"{file.name} (sown)", spoiled, folder)


def main():
    global HEGAO
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("files", nargs="*", type=pathlib.Path, metavar="FILE")
    arguments.add_argument("--hegao", default=str(ROOT / "target/debug/hegao"))
    arguments.add_argument("--keep", type=pathlib.Path, help="a folder to leave the files in")
    options = arguments.parse_args()
    HEGAO = options.hegao
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        office = Office(folder) if shutil.which("soffice") else None
        if not office:
            print("no soffice: nothing is said about LibreOffice")
        every, jobs = [], []
        for case in cases(options.files, folder, office):
            every.append(case)
            case.stand_ins = []
            case.annotate()
            jobs += case.tracked()
        if office:
            annotated = [case.at("annotated") for case in every]
            office.convert(annotated, "pdf", folder / "pdf")
            office.convert(annotated, "docx", folder / "again")
            office.resolve(jobs, folder)
            for case in every:
                case.converted(folder)
        columns = ["findings", "exact", "label", "stands for", "others", "changes", "LibreOffice"]
        print("\t".join([*columns, "file"]))
        for case in every:
            print("\t".join(str(case.row.get(column, 0)) for column in columns) + f"\t{case.name}")
            for text, anchor in case.stand_ins:
                print(f"\t\t\t{text} → {anchor}")
            for wrong in case.wrong:
                print(f"\t\tWRONG: {wrong}")
    sys.exit(any(case.wrong for case in every))


if __name__ == "__main__":
    main()
