#!/usr/bin/env python3
"""Whole processes beside their rivals: rounds one after the other, medians, ratios, as Markdown tables.

    cargo build --release --bin hegao --example jieba
    benches/whole.py [--bin target/release/hegao] [--texts FOLDER] [--join 5] [--rounds 7]

Reports are put together from the texts of corpora/clean, five to a report of about 15 KB, unless a folder of others is named. A rival is run
where it is installed, and named where it is not:

    npm install --prefix RIVALS autocorrect-node zhlint @lint-md/cli nodejieba    # RIVALS/node_modules/.bin on PATH, NODE_PATH=RIVALS/node_modules
    pip install jieba ripgrep

They do other jobs: spacing, punctuation, Markdown; exact strings; words. Start-up is in all times, Node's and Python's too, as it is for
whoever runs them.
"""
import argparse
import itertools
import os
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent.parent

PYTHON_JIEBA = """
import pathlib, sys, jieba
jieba.setLogLevel(60)
jieba.initialize()
for folder in sys.argv[1:]:
    for path in pathlib.Path(folder).iterdir():
        for line in path.read_text(encoding="utf-8").splitlines():
            print(" ".join(jieba.cut(line)))
"""

NODE_JIEBA = """
const fs = require("fs"), jieba = require("nodejieba");
jieba.load();
for (const folder of process.argv.slice(1))
  for (const name of fs.readdirSync(folder))
    for (const line of fs.readFileSync(folder + "/" + name, "utf8").split("\\n"))
      process.stdout.write(jieba.cut(line).join(" ") + "\\n");
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=HERE / "target/release/hegao", type=pathlib.Path)
    parser.add_argument("--texts", default=HERE / "corpora/clean", type=pathlib.Path)
    parser.add_argument("--join", default=5, type=int)
    parser.add_argument("--rounds", default=7, type=int)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        single, few, many = (reports(args, scratch / name, count) for name, count in [("one", 1), ("few", 1_000), ("many", 10_000)])
        report, note, phrases, own = single / "00000.txt", scratch / "report.md", scratch / "phrases.txt", scratch / "own.toml"
        shutil.copyfile(report, note)
        phrases.write_text("\n".join(shipped_phrases()), encoding="utf-8")
        own.write_text(own_phrases(500), encoding="utf-8")
        hegao = args.bin.resolve()
        jieba_rs = hegao.parent / "examples/jieba"
        autocorrect = ["autocorrect", "--lint", "--format", "json"]
        python, node = ["python3", "-c", PYTHON_JIEBA], ["node", "-e", NODE_JIEBA]
        size_of_one, size_of_few = report.stat().st_size / 1e3, size(few) / 1e6
        table(
            f"One report, {size_of_one:.0f} KB: check",
            [
                ("hegao check", [hegao, "check", report]),
                ("hegao check, 500 records of one's own", [hegao, "check", "--dictionary", own, report]),
                ("Jieba::new() in a process, nothing cut", [jieba_rs]),
                ("autocorrect --lint", [*autocorrect, report]),
                ("zhlint", ["zhlint", report]),
                ("lint-md", ["lint-md", note]),
            ],
            args.rounds,
        )
        table(
            f"1,000 reports, {size_of_few:.0f} MB: check",
            [
                ("hegao check --jobs 1", [hegao, "check", "--jobs", "1", few]),
                ("hegao check --jobs 2", [hegao, "check", "--jobs", "2", few]),
                ("autocorrect --lint --threads 1", [*autocorrect, "--threads", "1", few]),
                (f"rg -F -f, {len(shipped_phrases()):,} phrases", ["rg", "-c", "-F", "-j", "1", "-f", phrases, few]),
                ("grep -F -f, the same", ["grep", "-c", "-r", "-F", "-f", phrases, few]),
            ],
            args.rounds,
        )
        table(
            f"One report, {size_of_one:.0f} KB: words",
            [
                ("hegao segment", [hegao, "segment", report]),
                ("jieba-rs", [jieba_rs, single]),
                ("nodejieba", [*node, single]),
                ("jieba (Python)", [*python, single]),
            ],
            args.rounds,
        )
        table(
            f"1,000 reports, {size_of_few:.0f} MB: words",
            [
                ("hegao segment --jobs 1", [hegao, "segment", "--jobs", "1", few]),
                ("hegao segment --no-expressions --jobs 1", [hegao, "segment", "--no-expressions", "--jobs", "1", few]),
                ("jieba-rs", [jieba_rs, few]),
                ("nodejieba", [*node, few]),
                ("jieba (Python)", [*python, few]),
            ],
            min(args.rounds, 3),
        )
        done, wall, usage = measured([hegao, "check", "--format", "jsonl", many])
        files = done.count(b'"type":"file"')
        assert files == 10_000, f"{files} files were reported, not 10,000"
        print(f"10,000 reports, {size(many) / 1e6:.0f} MB: {wall:.1f} s, at most {usage.ru_maxrss * 1024 / 1e6:.0f} MB of memory")


def reports(args, target, count):
    """A folder of `count` reports, each of `args.join` texts, taken in turn."""
    target.mkdir()
    texts = itertools.cycle([path.read_text(encoding="utf-8") for path in sorted(args.texts.rglob("*.txt"))])
    for number in range(count):
        (target / f"{number:05}.txt").write_text("\n".join(itertools.islice(texts, args.join)), encoding="utf-8")
    return target


def shipped_phrases():
    """The canonical texts of the shipped records, without placeholders."""
    source = "".join(path.read_text(encoding="utf-8") for path in sorted((HERE / "dictionaries").glob("*.toml")))
    return sorted(set(re.findall(r'^text = "([^"{}…]{2,})"$', source, re.MULTILINE)))


def own_phrases(count):
    """A user's dictionary of so many invented names, each with a right and a wrong example."""
    draw, names = random.Random(4), {}
    while len(names) < count:
        names["".join(draw.sample("云山青水林江河湖石松竹梅兰启明文昌安宁和顺", draw.randint(3, 6))) + draw.choice(["精神", "工程", "行动"])] = None
    return "\n".join(record(name, f"弘扬{name}。", f"弘扬{name[1] + name[0] + name[2:]}。") for name in names)


def record(text, good, bad):
    """An entry of a dictionary, with its examples."""
    return f'[[phrase]]\ntext = "{text}"\nkind = "term"\nsource = "本单位"\ngood = ["{good}"]\nbad = ["{bad}"]\n'


def size(folder):
    return sum(path.stat().st_size for path in folder.iterdir())


def is_there(command):
    """Whether a rival can be run: the program, and the package that a script of ours asks for."""
    if not shutil.which(str(command[0])):
        return False
    ask = {PYTHON_JIEBA: "import jieba", NODE_JIEBA: "require('nodejieba')"}.get(command[2] if len(command) > 2 else None)
    return not ask or subprocess.run([*command[:2], ask], capture_output=True).returncode == 0


def measured(command):
    """What a process printed, its time by the clock in seconds, and what it used of the machine."""
    begin = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command[0]} failed with {process.returncode}")
    return output, wall, usage


def table(title, commands, rounds):
    missing = [name for name, command in commands if not is_there(command)]
    commands = [(name, command) for name, command in commands if name not in missing]
    times = {name: [] for name, _ in commands}
    for _ in range(rounds):
        for name, command in commands:
            _, wall, usage = measured(command)
            times[name].append((wall, usage.ru_utime + usage.ru_stime))
    print(f"{title}\n\n| process | ms by the clock | of the first | ms of the processor | of the first |\n|---|---|---|---|---|")
    first = None
    for name, each in times.items():
        wall, cpu = (statistics.median(column) for column in zip(*each))
        first = first or (wall, cpu)
        print(f"| {name} | {wall * 1e3:,.1f} | {wall / first[0]:.2f} | {cpu * 1e3:,.1f} | {cpu / first[1]:.2f} |")
    print(f"\nNot installed here: {', '.join(missing)}\n" if missing else "", flush=True)


if __name__ == "__main__":
    main()
