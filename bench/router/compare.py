#!/usr/bin/env python3
"""Gives the same messages to a switch, a bare log, JetStream and RabbitMQ, one after the other, and prints the table.

    compare.py TORNTAPE BENCH_ROUTER [--messages N] [--deep N]

Starts each server on a free loopback port with a directory of its own, and stops it. What is not installed is skipped,
and said to be. --deep N: also a switch with N messages queued: how long FLASH waits, how much memory, how long a restart.
"""

import argparse
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RABBIT = Path("/usr/lib/rabbitmq/bin")
ADDRESSEES = 20


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def await_port(port, process, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            sys.exit(f"{process.args[0]} ended at once")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    sys.exit(f"{process.args[0]} does not listen")


@contextlib.contextmanager
def running(command, **options):
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                               start_new_session=True, **options)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextlib.contextmanager
def switch(torntape, data):
    """A switch, its address, and how long it took to listen."""
    began = time.monotonic()
    with running([torntape, "--quiet", "serve", "--data", data, "--listen-protobuf", "127.0.0.1:0"]) as process:
        line = process.stdout.readline()
        if not line:
            sys.exit("the switch ended at once")
        yield process, line.split()[-1], time.monotonic() - began


@contextlib.contextmanager
def nats(work):
    port = free_port()
    with running(["nats-server", "-a", "127.0.0.1", "-p", str(port), "-js", "-sd", f"{work}/nats"]) as process:
        await_port(port, process)
        yield f"nats://127.0.0.1:{port}"


@contextlib.contextmanager
def rabbit(work):
    port, epmd = free_port(), free_port()
    home = Path(work) / "rabbit"
    home.mkdir()
    environment = dict(os.environ, HOME=str(home), ERL_EPMD_ADDRESS="127.0.0.1", ERL_EPMD_PORT=str(epmd),
                       RABBITMQ_NODENAME="bench@localhost", RABBITMQ_NODE_IP_ADDRESS="127.0.0.1",
                       RABBITMQ_NODE_PORT=str(port), RABBITMQ_DIST_PORT=str(free_port()),
                       RABBITMQ_MNESIA_BASE=str(home / "mnesia"), RABBITMQ_LOG_BASE=str(home / "log"),
                       RABBITMQ_ENABLED_PLUGINS_FILE=str(home / "plugins"),
                       RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}")
    with running(["epmd", "-address", "127.0.0.1", "-port", str(epmd)], env=environment), \
            running([str(RABBIT / "rabbitmq-server")], env=environment) as process:
        await_port(port, process, 120)
        yield f"127.0.0.1:{port}"


def seconds(bench, engine, where, messages, *more):
    run = subprocess.run([bench, engine, where, str(messages), *map(str, more)], capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"{engine}: {run.stderr.strip()}")
    return float(run.stdout)


def compare(options, work):
    rates = {}
    Path(work, "log").mkdir()
    rates["a bare log: write, fdatasync every 256"] = options.messages / seconds(
        options.bench, "bare-log", f"{work}/log", options.messages)
    with switch(options.torntape, f"{work}/switch") as (_, address, _):
        ours = options.messages / seconds(options.bench, "torntape", address, options.messages)
    rates["torntape, answered once on disk"] = ours
    few = max(options.messages // 10, 1)
    if shutil.which("nats-server"):
        with nats(work) as address:
            rates["JetStream: body and 20 references, answered before fsync"] = few / seconds(
                options.bench, "jetstream", address, few)
    else:
        print("skipped: nats-server is not installed")
    if (RABBIT / "rabbitmq-server").exists():
        with rabbit(work) as address:
            rates["RabbitMQ: 20 quorum queues, confirmed"] = few / 4 / seconds(
                options.bench, "rabbitmq", address, few // 4)
    else:
        print("skipped: rabbitmq-server is not installed")
    print(f"messages of 3 KB to {ADDRESSEES} queues each, one connection, 256 not yet answered\n")
    print("| engine | messages a second | ours is |\n| --- | ---: | ---: |")
    for name, rate in rates.items():
        print(f"| {name} | {rate:,.0f} | {'' if rate == ours else f'{ours / rate:.1f} times that'} |")


def resident(process, what):
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith(what + ":"):
            return int(line.split()[1]) / 1024
    return 0


def deep(options, work):
    data = f"{work}/deep"

    def flash(address, first):
        return sorted(seconds(options.bench, "there-and-back", address, 1, 1, first + n, "Z") for n in range(21))[10]

    with switch(options.torntape, data) as (_, address, _):
        seconds(options.bench, "torntape", address, 1)
        shallow = flash(address, 10_000_000)
        took = seconds(options.bench, "torntape", address, options.deep, 256, 1)
        behind = flash(address, 11_000_000)
    with switch(options.torntape, data) as (process, address, restart):
        anonymous, peak = resident(process, "RssAnon"), resident(process, "VmHWM")
        again = flash(address, 12_000_000)
    print(f"\n| a switch with {options.deep:,} messages, {options.deep * ADDRESSEES:,} copies, queued | |\n| --- | ---: |")
    print(f"| filed, a second | {options.deep / took:,.0f} |")
    print(f"| FLASH filed and collected, median of 21, before | {shallow:.1f} ms |")
    print(f"| the same behind them | {behind:.1f} ms |")
    print(f"| the same after a restart | {again:.1f} ms |")
    print(f"| killed, and ready again after | {restart:.1f} s |")
    print(f"| memory then: RssAnon | {anonymous:,.0f} MB |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("torntape")
    parser.add_argument("bench")
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--deep", type=int, default=0)
    parser.add_argument("--only-deep", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        if not options.only_deep:
            compare(options, work)
        if options.deep:
            deep(options, work)


if __name__ == "__main__":
    main()
