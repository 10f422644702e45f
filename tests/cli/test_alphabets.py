"""Octets of a circuit: --alphabet, format --to, and what is told of them."""

import json
import unittest

from program import CLEAN, ProgramTest

MANUAL = b"""\
VZCZCXRO093
PP RTCAQB RTCATR
DE RTBAKV 115B 2310941
ZNR UUUUU
P 190938Z AUG 2009
FM AMEMBASSY KARSTOVA
TO RTCAQB/AMEMBASSY QALARABAD
INFO RTCATR/AMEMBASSY TARSIBAD
BT
UNCLAS
THE CLOCK IS RIGHT AGAIN.
BT
NNNN
"""
US = CLEAN.replace(b" ZZH", b"").replace(b"XRO3820", b"XRO382").replace(b"AUG 09", b"AUG 2009")
LTRS = 0x1F
LETTERS = "\0E\nA SIU\rDRJNFCKTZLWHYPQOBG\x0eMXV\x0f"


def key(letter):
    return LETTERS.index(letter)


class Alphabets(ProgramTest):
    def octets(self, text, alphabet="ita2"):
        result = self.run_program("format", "--to", alphabet, stdin=text)
        self.assertExit(result, 0)
        return result.stdout

    def test_there_and_back_in_every_alphabet(self):
        for alphabet, text in (("ita2", MANUAL), ("ita2-packed", MANUAL), ("ita2-us", CLEAN),
                               ("ita2-us-packed", CLEAN), ("ia5", CLEAN)):
            octets = self.octets(text * 3, alphabet)
            result = self.run_program("format", "--alphabet", alphabet, stdin=octets)
            self.assertExit(result, 0)
            self.assertEqual(result.stdout, text * 3, alphabet)
            check = self.run_program("check", "--fail-on", "warning", "--alphabet", alphabet, stdin=octets)
            self.assertExit(check, 0)
            self.assertIn(b"3 messages, 0 errors, 0 warnings", check.stderr)

    def test_a_tape_has_the_prescribed_functions(self):
        octets = self.octets(MANUAL)
        self.assertLess(max(octets), 32)
        self.assertTrue(octets.startswith(bytes(map(key, "VZCZCXRO\x0ePOE     \r\r\n\x0fPP R"))), octets[:40])
        self.assertTrue(octets.endswith(bytes(map(key, "BT\r\r\n\n\n\n\n\n\n\nNNNN")) + bytes([LTRS] * 12)))
        self.assertIn(bytes(map(key, "WEQPORQ\x0f\r\r\nZNR UUUUU")), octets)

    def test_ita2_is_recognised_and_text_never(self):
        octets = self.octets(MANUAL)
        heading = json.loads(self.run_program("parse", stdin=octets).stdout)["heading"]
        self.assertEqual(heading["originator"], "AMEMBASSY KARSTOVA")
        heading = json.loads(self.run_program("parse", stdin=self.octets(CLEAN, "ita2-us")).stdout)["heading"]
        self.assertEqual(heading["origin"]["stationSerialNumber"], "1399")
        result = self.run_program("check", "--alphabet", "text", "--format", "jsonl", stdin=octets)
        self.assertIn("--alphabet ita2", json.loads(result.stdout)["help"])

    def test_places_are_those_of_the_octets(self):
        octets = self.octets(MANUAL.replace(b"PP RTCAQB", b"NN RTCAQB"))
        result = self.run_program("check", "--alphabet", "ita2", "--format", "jsonl", stdin=octets)
        span = json.loads(result.stdout.splitlines()[0])["span"]
        at = octets.index(bytes(map(key, "NN RTCAQB")))
        self.assertEqual((int(span["offset"]), int(span["length"])), (at, 2))
        tokens = json.loads(self.run_program("parse", stdin=octets).stdout)["tokens"]
        places = [(int(t["span"].get("offset", 0)), int(t["span"]["length"])) for t in tokens]
        self.assertIn((octets.index(bytes(map(key, "KARSTOVA"))) - len("AMEMBASSY "), len("AMEMBASSY KARSTOVA")), places)

    def test_a_missing_shift_is_found_shown_and_mended_in_the_octets(self):
        good = self.octets(MANUAL)
        filed = bytes(map(key, "WEQPORQ"))
        bad = good.replace(filed + bytes([LTRS]), filed)
        bad = bad.replace(bytes(map(key, "\r\r\nZNR")), bytes(map(key, "\r\r\n\x0fZNR")))
        path = self.file("tape.ita2", bad)
        result = self.run_program("check", path)
        self.assertIn(b"warning[GEN-10]", result.stdout + result.stderr)
        self.assertIn("␎115␏B ␎2310941".encode(), result.stdout)
        diff = self.run_program("check", "--diff", path)
        self.assertExit(diff, 1)
        self.assertNotIn(b"\x0e", diff.stdout)
        self.assertExit(self.run_program("check", "--fix", "--fail-on", "warning", path), 0)
        self.assertEqual(path.read_bytes(), good)

    def test_what_needs_no_mend_stays_octet_for_octet(self):
        noisy = bytes([LTRS, LTRS, 0, 0]) + self.octets(MANUAL) + bytes([0x80 | LTRS, 8, 8, 2])
        path = self.file("tape.ita2", noisy)
        self.run_program("check", "--fix", "--alphabet", "ita2", path)
        self.assertEqual(path.read_bytes(), noisy)

    def test_parity_is_taken_off(self):
        odd = bytes(b if bin(b).count("1") % 2 else b | 0x80 for b in CLEAN)
        result = self.run_program("format", "--alphabet", "ia5", stdin=odd)
        self.assertEqual(result.stdout, CLEAN)

    def test_a_character_that_the_alphabet_has_not_is_told(self):
        result = self.run_program("format", "--to", "ita2", stdin=CLEAN)
        self.assertExit(result, 2)
        self.assertIn(b"-:1: ita2 has no `#`", result.stderr)

    def test_the_line_ends_of_octets_are_not_chosen(self):
        result = self.run_program("format", "--to", "ita2", "--line-ends", "lf", stdin=MANUAL)
        self.assertExit(result, 2)

    def test_annotate_shows_what_a_tape_prints(self):
        path = self.file("tape.ita2", self.octets(MANUAL))
        result = self.run_program("annotate", "--alphabet", "ita2", path)
        self.assertExit(result, 0)
        self.assertIn(b"DE RTBAKV 115B 2310941", result.stdout)

    def test_the_settings_name_an_alphabet_by_path(self):
        self.file("torntape.toml", b'[alphabet]\n"*.tape" = "ita2-packed"\n')
        path = self.file("a.tape", self.octets(MANUAL, "ita2-packed"))
        self.assertExit(self.run_program("check", "--fail-on", "warning", path), 0)
        shown = self.run_program("check", "--show-settings", path).stdout
        self.assertIn(b'"*.tape" = "ita2-packed"', shown)

    def test_printed_for_the_wire_a_message_is_clean_in_every_profile(self):
        for text in (MANUAL, CLEAN, US):
            wire = self.run_program("format", "--line-ends", "wire", stdin=text).stdout
            self.assertIn(b"     \r\r\n", wire)
            result = self.run_program("check", "--fail-on", "warning", stdin=wire)
            self.assertExit(result, 0)


if __name__ == "__main__":
    unittest.main()
