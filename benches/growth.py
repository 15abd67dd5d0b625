#!/usr/bin/env python3
"""How the time grows with the text and with the dictionary, measured and drawn as benches/growth.svg.

    cargo build --release
    benches/growth.py [--bin target/release/hegao]

Both axes are logarithmic, so what grows in proportion is a straight line with the slope of the dotted one, and what grows more slowly is
flatter. The processor's time counts, start-up (and, on the right, what reading the dictionary costs) taken off.
"""
import argparse
import math
import os
import pathlib
import random
import re
import tempfile

from linear import KINDS, LINES, paragraphs, seconds
from whole import HERE, record, shipped_phrases

# The texts on the left, with what their lines look like: they tell apart without colours too.
SHOWN = {
    "one line, no punctuation": ("#c2410c", "8 4", "square"),
    LINES: ("#7c3aed", "2 3", "diamond"),
    "paragraphs, all different": ("#2563eb", "", "circle"),
}
SIZES = [1 << n for n in range(16, 25)]
PHRASES = [500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000]
TEXT = 4 << 20


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=HERE / "target/release/hegao", type=pathlib.Path)
    hegao = parser.parse_args().bin.resolve()
    check = [hegao, "check", "--no-config", "--format", "jsonl"]
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        start = seconds(check, "。\n", rounds=9)
        texts = [(kind, measured_texts(check, start, kind)) for kind in SHOWN]
        dictionaries = [(count, measured_dictionary(check, count)) for count in PHRASES]
    for name, points in [*texts, ("dictionary", dictionaries)]:
        print(name, *(f"{x:,}: {y * 1e3:,.1f} ms" for x, y in points), sep="\n  ")
    left = [(kind, [(x / 1e6, y * 1e3) for x, y in points], *SHOWN[kind]) for kind, points in texts]
    right = [("a check with them alone", [(x, y * 1e3) for x, y in dictionaries], "#0f766e", "", "circle")]
    picture = Picture(860, 380)
    picture.diagram(74, "Time against the length of the text", "milliseconds of the processor", "text (MB)", left, (0.05, 20), (1, 10_000))
    unit = f"milliseconds of the processor for {TEXT / 1e6:.1f} MB of text"
    picture.diagram(504, "Time against the size of the dictionary", unit, "phrases", right, (400, 60_000), (10, 10_000))
    (HERE / "benches/growth.svg").write_text(picture.svg(), encoding="utf-8")


def measured_texts(check, start, kind):
    """Length in bytes and seconds, size by size."""
    sizes, make = next((sizes, make) for name, sizes, make in KINDS if name == kind)
    # Kinds are made by their bytes or by how often something stands in them.
    unit = 1 if sizes[0] > 10_000 else len(make(sizes[0]).encode()) / sizes[0]
    texts = [make(round(size / unit)) for size in SIZES]
    return [(len(text.encode()), max(seconds(check, text, rounds=rounds(text)) - start, 1e-4)) for text in texts]


def rounds(text):
    return 5 if len(text) < 1_000_000 else 2


def measured_dictionary(check, count):
    """Seconds for TEXT with a dictionary of so many phrases and nothing else."""
    pathlib.Path("phrases.toml").write_text(records(count), encoding="utf-8")
    check = [*check, "--no-builtin-dictionary", "--dictionary", "phrases.toml"]
    return seconds(check, paragraphs(TEXT), rounds=2) - seconds(check, "。\n", rounds=3)


def records(count):
    """A dictionary of phrases of the shipped one's kind: the beginning of one and the end of another."""
    shipped = [phrase for phrase in shipped_phrases() if re.fullmatch(r"\w{4,30}", phrase)]
    draw, phrases = random.Random(3), {}
    while len(phrases) < count:
        head, tail = draw.choice(shipped), draw.choice(shipped)
        phrase = head[: (len(head) + 1) // 2] + tail[len(tail) // 2 :]
        phrases[phrase] = None
    return "".join(record(phrase, phrase, phrase[:-1]) for phrase in phrases)


class Picture:
    """Diagrams with logarithmic axes, side by side. A style sheet gives them the colours of the page they stand on."""

    WIDE, HIGH, TOP = 320, 270, 56

    def __init__(self, width, height):
        self.width, self.height, self.parts = width, height, []

    def diagram(self, left, title, y_unit, x_unit, lines, x_range, y_range):
        x = lambda value: left + self.WIDE * (math.log10(value / x_range[0]) / math.log10(x_range[1] / x_range[0]))
        y = lambda value: self.TOP + self.HIGH * (1 - math.log10(value / y_range[0]) / math.log10(y_range[1] / y_range[0]))
        right, bottom = left + self.WIDE, self.TOP + self.HIGH
        self.text(left, 24, title, "title")
        self.text(left, 42, y_unit, "unit")
        self.text((left + right) / 2, bottom + 40, x_unit, "unit middle")
        for value in ticks(*x_range):
            self.add(f'<path class="grid" d="M{x(value):.1f} {self.TOP}V{bottom}"/>')
            self.text(x(value), bottom + 18, f"{value:,g}", "tick middle")
        for value in ticks(*y_range):
            self.add(f'<path class="grid" d="M{left} {y(value):.1f}H{right}"/>')
            self.text(left - 8, y(value) + 4, f"{value:,g}", "tick end")
        self.proportional(lines, x, y, x_range, y_range)
        for name, points, colour, dashes, mark in lines:
            places = [(x(a), y(b)) for a, b in points]
            self.add(f'<g style="--line:{colour}">')
            self.add(f'<polyline class="line" stroke-dasharray="{dashes}" points="{" ".join(f"{a:.1f},{b:.1f}" for a, b in places)}"/>')
            self.parts += [f'<path class="mark" d="{outline(mark, *place)}"/>' for place in places]
            self.add("</g>")
        # The key stands where no line goes: low on the right.
        for n, (name, _, colour, dashes, mark) in enumerate(reversed(lines)):
            height = bottom - 16 - 19 * n
            self.add(f'<g style="--line:{colour}"><path class="line" stroke-dasharray="{dashes}" d="M{right - 34} {height}H{right - 6}"/>')
            self.add(f'<path class="mark" d="{outline(mark, right - 20, height)}"/></g>')
            self.text(right - 42, height + 4, name, "key end")

    def proportional(self, lines, x, y, x_range, y_range):
        """A dotted line of the slope of what grows in proportion, above all others."""
        share = 2.5 * max(b / a for _, points, *_ in lines for a, b in points)
        from_x = max(x_range[0], y_range[0] / share)
        to_x = min(x_range[1], y_range[1] / share)
        (x1, y1), (x2, y2) = (x(from_x), y(share * from_x)), (x(to_x), y(share * to_x))
        self.add(f'<path class="slope" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>')
        middle = ((x1 + x2) / 2, (y1 + y2) / 2)
        turn = math.degrees(math.atan2(y2 - y1, x2 - x1))
        self.add(f'<text class="unit middle" transform="translate({middle[0]:.1f} {middle[1] - 7:.1f}) rotate({turn:.1f})">in proportion</text>')

    def text(self, x, y, words, classes):
        self.add(f'<text x="{x:.1f}" y="{y:.1f}" class="{classes}">{words}</text>')

    def add(self, part):
        self.parts.append(part)

    def svg(self):
        style = (
            "svg{--ink:#1f2328;--quiet:#59636e;--grid:#d9dee3;--paper:#fff}"
            "@media(prefers-color-scheme:dark){svg{--ink:#e6edf3;--quiet:#9da7b1;--grid:#30363d;--paper:#0d1117}"
            ".line,.mark{filter:brightness(1.6) saturate(.8)}}"
            "text{font:12px system-ui,sans-serif;fill:var(--ink)}.title{font-size:14px;font-weight:600}"
            ".unit,.tick{fill:var(--quiet)}.middle{text-anchor:middle}.end{text-anchor:end}"
            ".paper{fill:var(--paper)}.grid{stroke:var(--grid);fill:none}.slope{stroke:var(--quiet);stroke-dasharray:1 4;stroke-linecap:round;stroke-width:1.5;fill:none}"
            ".line{stroke:var(--line);stroke-width:2;fill:none}.mark{fill:var(--line)}"
        )
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" role="img" aria-label="How the time grows">'
        return "\n".join([head, f"<style>{style}</style>", f'<rect class="paper" width="{self.width}" height="{self.height}" rx="6"/>', *self.parts, "</svg>\n"])


def ticks(low, high):
    """The powers of ten in a range."""
    return [10.0**power for power in range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1)]


def outline(mark, x, y):
    match mark:
        case "circle":
            return f"M{x - 3.5:.1f} {y:.1f}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z"
        case "square":
            return f"M{x - 3:.1f} {y - 3:.1f}h6v6h-6z"
        case _:
            return f"M{x:.1f} {y - 4.5:.1f}l4.5 4.5l-4.5 4.5l-4.5-4.5z"


if __name__ == "__main__":
    main()
