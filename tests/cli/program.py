"""Runs the program for the tests of its commands."""

import os
import pathlib
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["TORNTAPE"]
FIXTURES = pathlib.Path(os.environ["TORNTAPE_FIXTURES"])
SEED = FIXTURES / "seed" / "09ASTANA1399.txt"
DEMO = FIXTURES / "networks" / "demo.toml"
ONE_SWITCH = FIXTURES / "networks" / "one-switch.toml"

CLEAN = b"""\
VZCZCXRO3820
PP RUEHBJ
DE RUEHTA #1399 2290141
ZNY CCCCC ZZH
P 170141Z AUG 09
FM AMEMBASSY ASTANA
TO RUEHC/SECSTATE WASHDC PRIORITY 6035
INFO RUEHBJ/AMEMBASSY BEIJING PRIORITY 1205
BT
C O N F I D E N T I A L ASTANA 001399
SIPDIS
TEXT.
BT
#1399
NNNN
"""
DAMAGED = CLEAN.replace(b"PP RUEHBJ", b"NN RUEHBJ")  # FL2-01


class ProgramTest(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = pathlib.Path(directory.name)

    def run_program(self, *arguments, stdin=b"", environment=None, stdout=subprocess.PIPE):
        variables = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS")}
        variables.update(environment or {})
        return subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, stdout=stdout, stderr=subprocess.PIPE,
                              cwd=self.directory, env=variables, timeout=60, check=False)

    def file(self, name, content):
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def assertExit(self, result, code):
        self.assertEqual(result.returncode, code,
                         f"\nstdout: {(result.stdout or b'')[-2000:]!r}\nstderr: {result.stderr[-2000:]!r}")
