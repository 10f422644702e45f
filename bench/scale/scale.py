#!/usr/bin/env python3
"""Gives the same messages to switches on a disk of their own, on one NATS node and on three, and prints the table.

    scale.py TORNTAPE BENCH_ROUTER [--messages N] [--most-switches N]

Several switches are several relays, each with its own log and its own client, at the same time. All of it on this machine: what one
machine cannot give to all of them together, the table does not show.
"""

import argparse
import contextlib
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "router"))
from compare import ADDRESSEES, await_port, free_port, running, seconds  # noqa: E402


@contextlib.contextmanager
def nats(work, nodes):
    """The address of a cluster of so many nodes."""
    clients, routes = [free_port() for _ in range(nodes)], [free_port() for _ in range(nodes)]
    with contextlib.ExitStack() as all_of_them:
        for i in range(nodes):
            command = ["nats-server", "-a", "127.0.0.1", "-p", str(clients[i]), "-js", "-sd", f"{work}/nats-{nodes}-{i}",
                       "--server_name", f"n{i}"]
            if nodes > 1:
                others = ",".join(f"nats://127.0.0.1:{port}" for port in routes)
                command += ["--cluster_name", "bench", "--cluster", f"nats://127.0.0.1:{routes[i]}", "--routes", others]
            await_port(clients[i], all_of_them.enter_context(running(command)))
        yield "nats://" + ",".join(f"127.0.0.1:{port}" for port in clients)


@contextlib.contextmanager
def switch(torntape, data, *store):
    with running([torntape, "--quiet", "serve", "--data", data, "--listen-protobuf", "127.0.0.1:0", "--listen-http", "off",
                  *store]) as process:
        line = process.stdout.readline()
        if not line:
            sys.exit("the switch ended at once")
        yield line.split()[-1]


def rate(options, work, name, switches, address=None, window=256):
    """Messages a second of all together, and of one that waits for each answer: milliseconds an answer."""
    with contextlib.ExitStack() as all_of_them:
        where = []
        for i in range(switches):
            store = ["--store", f"{address}/BENCH-{switches}-{i}"] if address else []
            where.append(all_of_them.enter_context(switch(options.torntape, f"{work}/{name}-{switches}-{i}", *store)))
        threads = [threading.Thread(target=seconds, args=(options.bench, "torntape", one, options.messages, window))
                   for one in where]
        began = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        together = options.messages * switches / (time.monotonic() - began)
        few = max(options.messages // 100, 1)
        alone = seconds(options.bench, "torntape", where[0], few, 1, 10_000_000) / few * 1e3
    return together, alone


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("torntape")
    parser.add_argument("bench")
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--most-switches", type=int, default=3)
    options = parser.parse_args()
    print(f"messages of 3 KB to {ADDRESSEES} queues each, a client a switch, 256 not yet answered\n")
    print("| store | switches | messages a second | one at a time, ms |\n| --- | ---: | ---: | ---: |")
    for nodes, name in ((0, "LMDB"), (1, "NATS, one node"), (3, "NATS, three nodes")):
        with tempfile.TemporaryDirectory() as work, \
                (nats(work, nodes) if nodes else contextlib.nullcontext()) as address:
            for switches in range(1, options.most_switches + 1):
                together, alone = rate(options, work, "data", switches, address)
                print(f"| {name} | {switches} | {together:,.0f} | {alone:.2f} |", flush=True)


if __name__ == "__main__":
    main()
