#!/usr/bin/env python3
"""Compares instructions a heading, counted by callgrind, with the figures in instructions.txt, give or take 6 %.

    instructions.py RATCHET_DRIVER            exit code 77 (skipped) without valgrind
    instructions.py RATCHET_DRIVER --update   writes what was counted as the new figures

More is a loss to be explained or mended; less is a gain to be kept: both want new figures.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FIGURES = Path(__file__).with_name("instructions.txt")
TOLERANCE = 0.06  # the C library picks its string functions by processor: 2 % between two of them


def count(driver, case):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        run = subprocess.run(
            ["valgrind", "--tool=callgrind", "--toggle-collect=*read_all*", f"--callgrind-out-file={out}", driver,
             *case.split("/")], capture_output=True, text=True, check=True)
        total = int(re.search(r"^(?:summary|totals): (\d+)", out.read_text(), re.M).group(1))
    return round(total / int(run.stdout))


def main():
    driver, update = sys.argv[1], "--update" in sys.argv
    if not shutil.which("valgrind"):
        print("skipped: valgrind is not installed (script/bootstrap installs it)")
        return 77
    lines = [line for line in FIGURES.read_text().splitlines() if line]
    expected = {line.split()[0]: int(line.split()[1]) for line in lines if not line.startswith("#")}
    counted = {case: count(driver, case) for case in expected}
    if update:
        notes = [line for line in lines if line.startswith("#")]
        FIGURES.write_text("\n".join(notes + [f"{case} {number}" for case, number in counted.items()]) + "\n")
        print(f"wrote {FIGURES}")
        return 0
    moved = False
    for case, number in counted.items():
        change = number / expected[case] - 1
        beyond = abs(change) > TOLERANCE
        moved |= beyond
        print(f"{case:24} {number:8} instructions a heading, {change:+.1%}{'  <-- moved' if beyond else ''}")
    if moved:
        print(f"\nIf that is meant, set the figures anew:\n  {sys.argv[0]} {driver} --update")
    return int(moved)


if __name__ == "__main__":
    sys.exit(main())
