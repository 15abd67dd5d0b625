#!/usr/bin/env python3
"""Whether the time grows with the text and no faster, whatever the text is: long files, long lines, the same thing over and over.

    cargo build --release
    benches/linear.py [--bin target/release/hegao] [--only WORD ...] [--quick]

Every kind of text is checked in growing sizes, and the two kinds with the most findings are written in every format. What counts is the
processor's time for a byte, start-up taken off, whatever else the machine does: where a text of the next size needs more than LIMIT times as much for each byte, it is
measured again, and if that is no accident the bench fails. Quadratic work would need as many times as much as the text is longer: 4 or 10.
"""
import argparse
import os
import pathlib
import random
import sys
import tempfile

from whole import HERE, measured

LIMIT = 1.6
FLOOR = 0.1  # seconds: shorter work is not judged
BYTES = [64 << 10, 256 << 10, 1 << 20, 4 << 20]
TIMES = [1_000, 10_000, 100_000]


def sentences():
    """The sentences of the corpora."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((HERE / "corpora/clean").glob("*.txt"))]
    return [sentence + "。" for text in texts for line in text.splitlines() for sentence in line.split("。") if len(sentence) > 15]


def paragraphs(size):
    """Paragraphs of five sentences each, no two alike."""
    draw, every = random.Random(1), sentences()
    return drawn(size, lambda: "".join(draw.sample(every, 5)) + "\n")


def line(size):
    """One line of prose without any punctuation."""
    draw, every = random.Random(2), ["".join(filter(str.isalpha, sentence)) for sentence in sentences()]
    return drawn(size, lambda: draw.choice(every))


def drawn(size, piece):
    pieces = []
    while size > 0:
        pieces.append(piece())
        size -= len(pieces[-1].encode())
    return "".join(pieces)


def over_and_over(unit):
    return lambda times: unit * times


def numbered(unit):
    """The unit with its number, from 1 on, in every place of `{}`."""
    return lambda times: "".join(unit.replace("{}", str(n)) for n in range(1, times + 1))


def nested(opening, closing):
    return lambda times: "经研究" + opening * times + "意见" + closing * times + "。"


SLIPS, LINES = "slips in one line", "a slip in every line"

# What a text is, in what sizes, and how it is made.
KINDS = [
    ("paragraphs, all different", [1 << 20, 4 << 20, 16 << 20, 50_000_000], paragraphs),
    ("one line, no punctuation", BYTES, line),
    ("one phrase", TIMES, over_and_over("全面从严治党")),
    ("one phrase, set off", TIMES, over_and_over("要坚持全面从严治党，")),
    ("one phrase with a slip", TIMES, over_and_over("全面从言治党")),
    (SLIPS, TIMES, over_and_over("要做好工作布署，")),
    (LINES, TIMES, numbered("第{}次会议对党委理论学习中心祖的工作作了布署。\n")),
    ("blanks in one line", TIMES, over_and_over("完成项目xx个，")),
    ("blanks, a line each", TIMES, numbered("第{}镇完成项目xx个，投资____万元。\n")),
    ("headings", TIMES, numbered("（一）第{}项工作\n抓好落实。\n")),
    ("headings counted on", TIMES, numbered("{}.加强工作\n抓好落实。\n")),
    ("quotation marks", TIMES, over_and_over("“两个维护”、")),
    ("quotation marks never closed", TIMES, over_and_over("做到“两个维护，")),
    ("brackets nested", TIMES, nested("（", "）")),
    ("brackets nested, never closed", TIMES, nested("（", "")),
    ("quotation marks nested", TIMES, nested("“‘", "’”")),
    ("long paragraphs, all alike", TIMES, over_and_over("".join(sentences()[:4]) + "\n")),
    ("sentences in one line, each twice", BYTES, lambda size: 2 * paragraphs(size // 2).replace("\n", "")),
    ("titles", TIMES, over_and_over("《中国共产党章程》、")),
    ("enumeration", TIMES, over_and_over("农业、")),
    ("dates", TIMES, over_and_over("2023年2月30日，")),
    ("congresses", TIMES, over_and_over("十九届六中全会和")),
    ("replaced wordings", TIMES, over_and_over("2026年要全面推进乡村振兴，")),
    ("short names", TIMES, numbered("第{}工作领导小组（以下简称“第{}小组”）成立。\n")),
    ("marks to ignore", TIMES, over_and_over("要做好工作布署〔核稿忽略：布署，引用原文〕，")),
    ("Latin letters", BYTES, lambda size: "a" * size),
    ("digits", BYTES, lambda size: "1" * size),
    ("one character", BYTES, lambda size: "的" * (size // 3)),
    ("spaces", BYTES, lambda size: "工" + " " * size + "作"),
    ("line breaks", BYTES, lambda size: "\n" * size),
]

# What is made of a text, and the arguments that make it.
FORMATS = [(name, ["check", "--format", name]) for name in "text plain json html csv markdown sarif junit github".split()] + [
    ("text, all listed", ["check", "--min-severity", "info"]),
    ("xlsx", ["check", "--format", "xlsx", "-o", "out.xlsx", "--force"]),
    ("across", ["check", "--format", "jsonl", "--across"]),
    ("annotate", ["annotate", "-o", "out.docx", "--force"]),
    ("annotate --tracked", ["annotate", "--tracked", "-o", "out.docx", "--force"]),
    ("fix", ["fix", "-o", "fixed.txt", "--force"]),
    ("fix --diff", ["fix", "--diff"]),
    ("segment", ["segment"]),
    ("outline", ["outline"]),
    ("placeholders", ["placeholders"]),
    ("stats", ["stats"]),
    ("baseline", ["baseline", "-o", "out.baseline", "--force"]),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=HERE / "target/release/hegao", type=pathlib.Path)
    parser.add_argument("--only", nargs="*", help="kinds and formats whose names hold one of these words")
    parser.add_argument("--quick", action="store_true", help="without the largest size of each")
    args = parser.parse_args()
    wanted = lambda *names: not args.only or any(word in name for word in args.only for name in names)
    hegao = args.bin.resolve()
    jobs = [(kind, ["check", "--format", "jsonl"], sizes, make) for kind, sizes, make in KINDS if wanted(kind)]
    for kind, sizes, make in KINDS:
        if kind in (SLIPS, LINES):
            jobs += [(f"{name}: {kind}", arguments, sizes, make) for name, arguments in FORMATS if wanted(name)]
    print("| text | smallest to largest, bytes | seconds of the processor | ns for a byte | largest growth |\n|---|---|---|---|---|")
    steep = []
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        for name, arguments, sizes, make in jobs:
            growth = judged(name, [hegao, *arguments, "--no-config"], sizes[: -1 if args.quick else None], make)
            if growth > LIMIT:
                steep.append(name)
    if steep:
        sys.exit(f"more than {LIMIT} times the time for each byte of a longer text: {'; '.join(steep)}")


def judged(name, command, sizes, make):
    """The largest growth of the time for a byte from one size to the next, once what is shown of it is printed."""
    start = seconds(command, "。\n", rounds=5)
    texts = [make(size) for size in sizes]
    lengths = [len(text.encode()) for text in texts]
    times = [max(seconds(command, text) - start, 0.001) for text in texts]
    growth = 0.0
    for n in range(1, len(times)):
        steep = lambda: times[n] / times[n - 1] / (lengths[n] / lengths[n - 1])
        for _ in range(3):
            if steep() <= LIMIT or times[n] < FLOOR:
                break
            times[n] = min(times[n], seconds(command, texts[n], rounds=2) - start)
        if times[n] >= FLOOR:
            growth = max(growth, steep())
    each = [time * 1e9 / length for time, length in zip(times, lengths)]
    show = lambda numbers, digits: " · ".join(f"{number:,.{digits}f}" for number in numbers)
    mark = f"**{growth:.2f}**" if growth > LIMIT else f"{growth:.2f}" if growth else "too short to tell"
    print(f"| {name} | {show(lengths, 0)} | {show(times, 3)} | {show(each, 0)} | {mark} |", flush=True)
    return growth


def seconds(command, text, rounds=1):
    """The processor's time for a draft of this text, the least of some rounds."""
    draft = pathlib.Path("draft.txt")
    draft.write_text(text, encoding="utf-8")
    times = []
    for _ in range(rounds):
        _, _, usage = measured([*command, "--max-time", "600", "-j", "1", draft])
        times.append(usage.ru_utime + usage.ru_stime)
    return min(times)


if __name__ == "__main__":
    main()
