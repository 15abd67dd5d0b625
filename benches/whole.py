#!/usr/bin/env python3
"""Whole processes beside their rivals: rounds one after the other, medians, ratios, as a Markdown table.

    cargo build --release
    benches/whole.py [--bin target/release/hegao] [--texts FOLDER] [--join 5] [--rounds 7]

Reports are put together from the texts of corpora/clean, five to a report of about 13 KB, unless a folder of others is named. A rival is run where it is on PATH; all of them come by
`npm install autocorrect-node zhlint @lint-md/cli`. They do other jobs: spacing, punctuation, Markdown. Their start-up includes Node's,
as it does for whoever runs them.
"""
import argparse
import itertools
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent.parent


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=HERE / "target/release/hegao", type=pathlib.Path)
    parser.add_argument("--texts", default=HERE / "corpora/clean", type=pathlib.Path)
    parser.add_argument("--join", default=5, type=int)
    parser.add_argument("--rounds", default=7, type=int)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        few, many = (reports(args, scratch / name, count) for name, count in [("few", 1_000), ("many", 10_000)])
        report, note = few / "00000.txt", scratch / "report.md"
        shutil.copyfile(report, note)
        hegao = args.bin.resolve()
        one = [
            ("hegao check", [hegao, "check", report]),
            ("hegao segment", [hegao, "segment", report]),
            ("autocorrect --lint", ["autocorrect", "--lint", "--format", "json", report]),
            ("zhlint", ["zhlint", report]),
            ("lint-md", ["lint-md", note]),
        ]
        folder = [
            ("hegao check --jobs 1", [hegao, "check", "--jobs", "1", few]),
            ("hegao check --jobs 2", [hegao, "check", "--jobs", "2", few]),
            ("hegao segment --jobs 1", [hegao, "segment", "--jobs", "1", few]),
            ("autocorrect --lint --threads 1", ["autocorrect", "--lint", "--format", "json", "--threads", "1", few]),
        ]
        table(f"One report, {report.stat().st_size / 1e3:.0f} KB", one, args.rounds)
        table(f"1,000 reports, {size(few) / 1e6:.0f} MB", folder, args.rounds)
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


def size(folder):
    return sum(path.stat().st_size for path in folder.iterdir())


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
    commands = [(name, command) for name, command in commands if shutil.which(str(command[0]))]
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
        print(f"| {name} | {wall * 1e3:.1f} | {wall / first[0]:.2f} | {cpu * 1e3:.1f} | {cpu / first[1]:.2f} |")
    print()


if __name__ == "__main__":
    main()
