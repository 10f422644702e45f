#!/usr/bin/env python3
"""Prints the table of ratios: figures of Google Benchmark, and whole processes timed here over one file.

    table.py FIGURES.json HEADINGS TORNTAPE
"""

import json
import resource
import subprocess
import sys
from pathlib import Path
from statistics import median

PYTHON_RE = Path(__file__).with_name("python_re.py")


def per_heading(figures):
    """Nanoseconds of processor time a heading, the median of the repetitions."""
    runs = {}
    for run in figures["benchmarks"]:
        if run["run_type"] == "iteration":
            runs.setdefault(run["run_name"].split("/", 1)[1], []).append(1e9 / run["items_per_second"])
    return {name: median(times) for name, times in runs.items()}


def seconds(command):
    """Processor time of a whole process, the best of five; what it prints is thrown away."""
    times = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


def main():
    figures, headings, torntape = sys.argv[1:]
    ns = per_heading(json.loads(Path(figures).read_text()))
    count = Path(headings).read_bytes().count(b"VZCZC")
    size = Path(headings).stat().st_size / count
    python = seconds([sys.executable, PYTHON_RE, headings]) / count * 1e9
    check = seconds([torntape, "check", "--jobs", "1", "--quiet", headings]) / count * 1e9
    parse, by_hand = ns["parse"], ns["hand-written"]
    rules, damaged = ns["parse and every rule"], ns["parse and every rule, damaged"]

    print(f"profile state, messages of {size:.0f} bytes with 14 addressees; processor time, medians of 9 runs\n")
    print("| reader | ns a heading | times parse |\n| --- | ---: | ---: |")
    for name in ("parse", "hand-written", "RE2", "std::regex", "parse, damaged", "parse and every rule",
                 "parse and every rule, damaged"):
        print(f"| {name} | {ns[name]:.0f} | {ns[name] / parse:.2f} |")
    print(f"| Python's re, whole process | {python:.0f} | {python / parse:.1f} |")
    print(f"| `torntape check`, whole process | {check:.0f} | {check / parse:.1f} |")

    print("\n| ratio | measured | goal | |\n| --- | ---: | ---: | --- |")
    for name, value, goal, most in (
            ("parse ÷ hand-written", parse / by_hand, 1.0, True),
            ("parse and every rule ÷ parse, clean", rules / parse, 1.5, True),
            ("parse and every rule ÷ parse, damaged", damaged / ns["parse, damaged"], 2.0, True),
            ("Python's re ÷ `torntape check`, whole processes", python / check, 30.0, False)):
        met = value <= goal if most else value >= goal
        print(f"| {name} | {value:.2f} | {'≤' if most else '≥'} {goal:g} | {'met' if met else 'missed'} |")


if __name__ == "__main__":
    main()
