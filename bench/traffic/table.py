#!/usr/bin/env python3
"""Prints what the generator makes a second, and what `torntape send` posts a second beside ab, in one run.

    table.py BENCH_TRAFFIC TORNTAPE [--messages N]

The server that both post to is a few lines below: it answers 204 and keeps nothing, so that the senders are measured and
not a disk. ab (Debian: apache2-utils) is skipped where it is missing, and said to be. It posts one message again and again,
as its bytes stand; `send` makes up every message, and gives each a key of its own.
"""

import argparse
import asyncio
import json
import multiprocessing
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

ANSWER = b"HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n"
CONNECTIONS = 16  # as many as `send` opens to one server
AIM = 500_000


class Sink(asyncio.Protocol):
    def __init__(self):
        self.buffer = bytearray()

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = bytes(self.buffer[:end]).lower()
            length = re.search(rb"content-length: *(\d+)", head)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self.buffer) < whole:
                if b"expect: 100-continue" in head and len(self.buffer) == end + 4:
                    self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
                return
            del self.buffer[:whole]
            keep = b"http/1.1" in head or b"keep-alive" in head
            self.transport.write(ANSWER)
            if not keep:
                self.transport.close()
                return


def serve(told):
    async def run():
        server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()
    asyncio.run(run())


def generator(bench):
    found = json.loads(subprocess.run([bench, "--benchmark_format=json", "--benchmark_repetitions=5",
                                       "--benchmark_enable_random_interleaving=true"], stdout=subprocess.PIPE,
                                      stderr=subprocess.DEVNULL, check=True).stdout)
    best = {}
    for run in found["benchmarks"]:
        if run.get("run_type") != "iteration":
            continue
        name = run.get("label") or "state, each broken (FL2-01, FL5-01, lost-slash)"
        if run["messages/s"] > best.get(name, (0, 0))[0]:
            best[name] = (run["messages/s"], run["bytes_per_second"])
    print("| made, to memory, on one core | messages/s | MB/s | aim |\n| --- | --- | --- | --- |")
    for name, (rate, size) in best.items():
        aim = ("≥ 500 k" + ("" if rate >= AIM else ", missed")) if name == "state" else ""
        print(f"| {name} | {rate / 1000:.0f} k | {size / 1e6:.0f} | {aim} |")


def send(torntape, url, *options):
    told = subprocess.run([torntape, "send", "--made-up", "--report", "json", "--to", url, *options], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, check=True).stdout
    return json.loads(told)["destinations"][0]


def row(name, rate, p50, p99, longest):
    print(f"| {name} | {rate:.0f} | {p50:.2f} ms | {p99:.2f} ms | {longest:.1f} ms |")


def ab(url, path, messages):
    told = subprocess.run(["ab", "-q", "-k", "-n", str(messages), "-c", str(CONNECTIONS), "-p", path, "-T", "text/plain", "-e",
                           f"{path}.csv", url + "/"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout.decode()
    times = [float(line.split(",")[1]) for line in Path(f"{path}.csv").read_text().splitlines()[1:]]
    failed = int(re.search(r"Failed requests: +(\d+)", told)[1])
    rate = float(re.search(r"Requests per second: +([\d.]+)", told)[1])
    longest = float(re.search(r" 100% +(\d+)", told)[1])
    row(f"`ab -k -c {CONNECTIONS}`, one message again and again" + (f", {failed} failed" if failed else ""), rate, times[50],
        times[99], longest)


def sending(torntape, messages):
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{ours.recv()}"
    print("\n| posted to a server that keeps nothing | messages/s | p50 | p99 | longest |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as directory:
        one = Path(directory) / "one.txt"
        subprocess.run([torntape, "generate", "--output", one], check=True)
        for _ in range(2):  # one after the other, twice: what else the machine does is seen in the difference
            fast = send(torntape, url, "--count", str(messages), "--window", str(CONNECTIONS))
            latency = fast["latency"]
            row(f"`torntape send --window {CONNECTIONS}`, every message another", fast["rate"], latency["p50Ms"], latency["p99Ms"],
                latency["maxMs"])
            if shutil.which("ab"):
                ab(url, str(one), messages)
            else:
                print("| ab is not installed (Debian: apache2-utils) | | | | |")
        paced = send(torntape, url, "--for", "10s", "--rate", "poisson:500/s")
        latency = paced["latency"]
        row("`torntape send --rate poisson:500/s`, from the intended time", paced["rate"], latency["p50Ms"], latency["p99Ms"],
            latency["maxMs"])
    server.terminate()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench")
    parser.add_argument("torntape")
    parser.add_argument("--messages", type=int, default=20_000)
    options = parser.parse_args()
    generator(options.bench)
    sending(options.torntape, options.messages)


if __name__ == "__main__":
    main()
