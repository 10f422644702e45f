#!/usr/bin/env python3
"""What a simulation costs against messages, posts and relays: processor time and memory of whole processes."""

import argparse
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PER_DAY = 8_250  # messages of all posts

SCENARIO = """[scenario]
name = "curve"
network = "{network}"
begin = 2009-01-01T00:00:00Z
duration = "{days}d"
[stations]
bits_per_second = 9600
[[traffic]]
per_day = {per_day}
curve = "office"
fewest_lines = 5
most_lines = 25
"""


class Measured:
    """Of one run: the least processor time of several, for what else the machine does only adds to it."""

    def __init__(self, program, folder, posts, relays, days, per_day, repeat):
        network = folder / f"{posts}-{relays}.toml"
        with network.open("w") as file:
            subprocess.run([ROOT / "script/world", "--posts", str(posts), "--relays", str(relays)], stdout=file, check=True)
        scenario = folder / "scenario.toml"
        scenario.write_text(SCENARIO.format(network=network, days=days, per_day=per_day))
        report = folder / "report.json"
        self.seconds = math.inf
        for _ in range(repeat):
            process = subprocess.Popen([program, "simulate", scenario, "--report", "json", "--output", report])
            _, status, usage = os.wait4(process.pid, 0)
            if status != 0:
                sys.exit(f"simulate ended with status {status}")
            self.seconds = min(self.seconds, usage.ru_utime + usage.ru_stime)
            self.megabytes = usage.ru_maxrss / 1024
        totals = json.loads(report.read_text())["totals"]
        self.messages = totals["messages"]
        self.copies = totals["copies"]
        self.events = totals["relay_events" if "relay_events" in totals else "relayEvents"]


def slope(points):
    """Of the straight line through the logarithms: cost grows as this power."""
    xs, ys = [math.log(x) for x, _ in points], [math.log(y) for _, y in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / sum((x - mean_x) ** 2 for x in xs)


def curve(title, unit, measured):
    print(f"\n{title}\n")
    print(f"| {unit} | messages | copies | relay events | s | events/s | µs a message | MB at most |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for x, one in measured:
        print(f"| {x:,} | {one.messages:,} | {one.copies:,} | {one.events:,} | {one.seconds:.2f} | "
              f"{one.events / one.seconds:,.0f} | {1e6 * one.seconds / one.messages:.0f} | {one.megabytes:.0f} |")
    print(f"\ntime grows as {unit} to the power of {slope([(x, one.seconds) for x, one in measured]):.2f}, "
          f"memory {slope([(x, one.megabytes) for x, one in measured]):.2f}", flush=True)


def picture(curves):
    """Seconds over the unit, both in logarithms, a panel each."""
    width, height, margin = 280, 220, 40
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width * len(curves)}" height="{height}" '
           'font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="white"/>']
    for panel, (unit, measured) in enumerate(curves):
        xs = [math.log(x) for x, _ in measured]
        ys = [math.log(one.seconds) for _, one in measured]
        low, high = min(ys + [math.log(0.1)]), max(ys + [math.log(10)])
        place = [(panel * width + margin + (x - xs[0]) / (xs[-1] - xs[0]) * (width - 2 * margin),
                  height - margin - (y - low) / (high - low) * (height - 2 * margin)) for x, y in zip(xs, ys)]
        out.append(f'<polyline fill="none" stroke="#2a6fb0" stroke-width="2" points="'
                   + " ".join(f"{x:.1f},{y:.1f}" for x, y in place) + '"/>')
        for (x, y), (label, one) in zip(place, measured):
            out.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#2a6fb0"/>'
                       f'<text x="{x:.1f}" y="{y - 8:.1f}" text-anchor="middle">{one.seconds:.1f} s</text>'
                       f'<text x="{x:.1f}" y="{height - margin + 16}" text-anchor="middle">{label}</text>')
        out.append(f'<text x="{panel * width + width / 2}" y="{height - 6}" text-anchor="middle" font-weight="bold">{unit}</text>')
    return "\n".join(out + ["</svg>\n"])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="runs of each point; the fastest counts")
    parser.add_argument("--plot", type=pathlib.Path, metavar="FILE.svg")
    parser.add_argument("--year", action="store_true", help="a year of 250 posts, once, and nothing else")
    options = parser.parse_args()
    program = options.program.resolve()
    with tempfile.TemporaryDirectory() as name:
        def run(posts, relays, days, repeat=options.repeat):
            return Measured(program, pathlib.Path(name), posts, relays, days, max(1, round(PER_DAY / posts)), repeat)
        if options.year:
            return curve("A year of 250 posts behind 12 relays", "days", [(days, run(250, 12, days, 1)) for days in (36, 365)])
        curves = [("days", [(days, run(250, 12, days)) for days in (1, 2, 4, 8)]),
                  ("posts", [(posts, run(posts, 12, 2)) for posts in (50, 125, 250, 500, 1000)]),
                  ("relays", [(relays, run(250, relays, 2)) for relays in (3, 6, 12, 24)])]
    curve("Against messages: 250 posts behind 12 relays, more days", *curves[0])
    curve("Against posts: the same messages in two days, from more posts; collectives grow with them", *curves[1])
    curve("Against relays, and circuits with them (2, 9, 22, 60): 250 posts, two days", *curves[2])
    if options.plot:
        options.plot.write_text(picture(curves))


if __name__ == "__main__":
    main()
