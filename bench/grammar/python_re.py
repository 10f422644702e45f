#!/usr/bin/env python3
"""Extracts the fields of every heading of a file with Python's re, checks nothing, and prints what it counted.

    python_re.py HEADINGS

The patterns and the way through the lines are those of patterns.hpp.
"""

import re
import sys

FL1 = re.compile(r"VZCZC([A-Z]{3})([0-9]{3,4})").fullmatch
FL2 = re.compile(r"(ZZ|OO|PP|RR)((?: [RQ][A-Z]{3,6})+)").fullmatch
FL2_CONTINUED = re.compile(r"([RQ][A-Z]{3,6}(?: [RQ][A-Z]{3,6})*)").fullmatch
FL3 = re.compile(r"DE ([RQ][A-Z]{3,6}) #([0-9]{4})(?:/([0-9]{2}))? ([0-9]{3})([0-9]{4})").fullmatch
FL4 = re.compile(r"(ZN[YR]) ([A-Z]{5})(?:/([A-Z]{5}))?((?: [ZQ][A-Z]{2}[0-9]?)*)").fullmatch
FL5 = re.compile(r"([ZOPRY])(?: ([ZOPRY]))? ([0-9]{2})([0-9]{4})([A-Z]) ([A-Z]{3}) ([0-9]{4}|[0-9]{2})").fullmatch
FL6 = re.compile(r"FM (.+)").fullmatch
FL7 = re.compile(r"(?:(TO|INFO) )?(?:([A-Z]{1,9})/)?(.+?)(?: (NIACT IMMEDIATE|IMMEDIATE|FLASH|PRIORITY|ROUTINE))?"
                 r"(?: ([0-9]{4}(?:-[0-9]{4})?))?").fullmatch
FL12 = re.compile(r"((?:[A-Z] ){3,}[A-Z]|UNCLAS)( E F T O)?(?: SECTION ([0-9]{2}) OF ([0-9]{2}))? (.+) ([0-9]{6}) *"
                  ).fullmatch


def extract(lines):
    """The fields of the next heading, None after the last; its lines are taken off the iterator."""
    first = next((line for line in lines if line.startswith("VZCZC")), None)
    if first is None:
        return None
    parts = [FL1(first).groups(), FL2(next(lines)).groups()]
    line = next(lines)
    while found := FL2_CONTINUED(line):
        parts.append(found.groups())
        line = next(lines)
    parts += [FL3(line).groups(), FL4(next(lines)).groups(), FL5(next(lines)).groups(), FL6(next(lines)).groups()]
    addressees = []
    for line in lines:
        if line == "BT":
            continue
        if "/" not in line and (found := FL12(line)):
            return parts, addressees, found.groups()
        addressees.append(FL7(line).groups())
    raise ValueError("a heading without its text")


def main():
    with open(sys.argv[1], encoding="ascii") as file:
        lines = iter(file.read().split("\n"))
    headings = addressees = names = 0
    while heading := extract(lines):
        headings += 1
        addressees += len(heading[1])
        names += sum(len(each[2]) for each in heading[1])
    print(headings, addressees, names)


if __name__ == "__main__":
    main()
