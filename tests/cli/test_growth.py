"""Work grows with the message, not with its square: instructions counted by callgrind, which repeat exactly."""

import os
import re
import shutil
import subprocess
import unittest

from program import PROGRAM, ProgramTest

FIRST = "VZCZCXRO0417\n"
ROUTING = "PP RUEHBI RUEHCI\n"
CALLING = "DE RTBAKV #0512 2310941\n"
WARNING = "ZNY CCCCC ZZH\n"
PREAMBLE = "P 190938Z AUG 09\n"
ORIGINATOR = "FM AMEMBASSY KARSTOVA\n"
ADDRESSES = "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\nINFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311\n"
HEADING = FIRST + ROUTING + CALLING + WARNING + PREAMBLE + ORIGINATOR + ADDRESSES
TEXT = "BT\nC O N F I D E N T I A L KARSTOVA 000512\n\nSUBJECT: THE CLOCK\n"
END = "BT\n#0512\nNNNN\n"


def in_text(lines):
    return HEADING + TEXT + lines + END


def in_list(lines):
    return HEADING + lines + TEXT + END


# What is repeated, and the message around it.
INPUTS = {
    "classifications in the text": ("UNCLAS ASTANA 001399\n", in_text),
    "addresses in the text": ("RUEHUL/AMEMBASSY SEOUL PRIORITY\n", in_text),
    "ends inside lines of the text": ("X NNNN X\n", in_text),
    "ends on one line": ("NNNN ", lambda lines: in_text(lines + "\n")),
    "page marks on one line": ("KARSTOVA 00000512 002 OF 002 ", lambda lines: in_text(lines + "\n")),
    "damaged separators": ("B T\n", in_text),
    "starts in the text": ("VZCZCXRO0418\n", in_text),
    "blank lines": ("\n", lambda lines: FIRST + ROUTING + lines + CALLING + WARNING + PREAMBLE + ORIGINATOR +
                    ADDRESSES + TEXT + END),
    "addresses": ("RUEHUL/AMEMBASSY SEOUL PRIOITY 866\n", in_list),
    "odd characters": ("RUEHUL/A@b@c@d@e@f@g  h\n", in_list),
    "routing indicators": ("RU3HBI UEHCI\n", lambda lines: FIRST + ROUTING + lines + CALLING + WARNING + PREAMBLE +
                           ORIGINATOR + ADDRESSES + TEXT + END),
    "remarks": ("ZNY CCCCC ZZHZDF (CCY\n", lambda lines: FIRST + ROUTING + CALLING + WARNING + lines + PREAMBLE +
                ORIGINATOR + ADDRESSES + TEXT + END),
    "lines of junk before the start": ("ABC123\n", lambda lines: lines + HEADING + TEXT + END),
}

SMALL = 100_000  # bytes: beyond what limits of the program would hide
START = 500_000  # instructions by which two runs differ anyway: buffers, pages


@unittest.skipUnless(shutil.which("valgrind"), "needs valgrind")
@unittest.skipIf(os.environ.get("TORNTAPE_SANITIZE"), "valgrind runs no program with a sanitizer in it")
class Growth(ProgramTest):
    def instructions(self, text):
        path = self.file("message.txt", text.encode())
        result = subprocess.run(
            ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", PROGRAM, "check", "-q", str(path)],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=self.directory, timeout=100, check=False)
        self.assertLess(result.returncode, 2, result.stderr[-2000:])
        return int(re.search(rb"Collected : (\d+)", result.stderr)[1])

    def test_twice_the_message_is_at_most_twice_the_work(self):
        start = self.instructions(HEADING + TEXT + END)
        for name, (line, message) in INPUTS.items():
            with self.subTest(name):
                times = SMALL // len(line)
                once, twice = (self.instructions(message(line * n)) - start for n in (times, 2 * times))
                self.assertLess(twice, 2.3 * once + START, f"{once} and {twice} instructions")


if __name__ == "__main__":
    unittest.main()
