"""The program as a child process: started, spoken to, and ended whatever happens. Every wait has an end."""
import argparse
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

PATIENCE = 120  # seconds; no wait is longer


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--root", required=True, type=pathlib.Path)
    return parser.parse_known_args()


OPTIONS, REST = arguments()
SEED = OPTIONS.root / "fixtures" / "seed" / "09ASTANA1399.txt"
ONE_SWITCH = OPTIONS.root / "fixtures" / "networks" / "one-switch.toml"
DEMO = OPTIONS.root / "fixtures" / "networks" / "demo.toml"


def run(*args, **kwargs):
    """Runs the program to its end."""
    kwargs.setdefault("stdout", subprocess.PIPE)
    return subprocess.run([OPTIONS.program, *map(str, args)], stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                          text=True, timeout=PATIENCE, check=False, **kwargs)


class Serve:
    """A running `torntape serve`, ready when made."""

    def __init__(self, *args, port=0, circuits=None, http=None, log=None):
        """`circuits`: the port where other relays call, for a relay among several; 0 is any free one. `http`: likewise.
        `log`: the file that its standard error goes to."""
        command = [OPTIONS.program, "serve", "--listen-protobuf", f"127.0.0.1:{port}", *map(str, args)]
        if circuits is not None:
            command += ["--listen-circuit", f"127.0.0.1:{circuits}"]
        command += ["--listen-http", "off" if http is None else f"127.0.0.1:{http}"]
        with open(log or os.devnull, "w", encoding="utf-8") as errors:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors if log else None, text=True)
        self.address, self.port = self.listening("Protobuf")
        if circuits is not None:
            self.circuits, self.circuit_port = self.listening("circuits")
        if http is not None:
            self.http, self.http_port = self.listening("HTTP")

    def listening(self, what):
        """The address and the port that it prints, in the order of its lines."""
        ready = self.process.stdout.readline()
        match = re.fullmatch(rf"listening for {what} on (127\.0\.0\.1:(\d+))\n", ready)
        if not match:
            self.process.kill()
            raise AssertionError(f"not ready: {ready!r}")
        return match[1], int(match[2])

    def run(self, command, *args, **kwargs):
        return run(command, "--switch", self.address, *args, **kwargs)

    def end(self, how=signal.SIGTERM):
        """The exit code."""
        self.process.send_signal(how)
        code = self.process.wait(timeout=PATIENCE)
        self.process.stdout.close()
        return code

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(timeout=PATIENCE)
        self.process.stdout.close()


class Case(unittest.TestCase):
    def setUp(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="torntape-e2e-"))
        self.addCleanup(shutil.rmtree, self.directory)
        self.data = self.directory / "data"

    def good(self, result):
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def seed(self, serial):
        """The seed under another serial and channel number: another message."""
        path = self.directory / f"{serial}.txt"
        digits = str(serial).encode()
        path.write_bytes(SEED.read_bytes().replace(b"1399", digits).replace(b"XRO3820", b"XRO" + digits))
        return path


def main():
    unittest.main(argv=[sys.argv[0], "-v", *REST])
