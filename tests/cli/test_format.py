import json
import unittest

from program import CLEAN, DAMAGED, SEED, ProgramTest


class Format(ProgramTest):
    def test_a_canonical_message_stays_as_it_is(self):
        result = self.run_program("format", stdin=CLEAN)
        self.assertExit(result, 0)
        self.assertEqual(result.stdout, CLEAN)

    def test_blanks_and_order_are_made_canonical(self):
        wild = CLEAN.replace(b"PP RUEHBJ", b"PP  RUEHBJ RUEHBI").replace(b"TO RUEHC", b"TO   RUEHC")
        expected = CLEAN.replace(b"PP RUEHBJ", b"PP RUEHBI RUEHBJ")
        self.assertEqual(self.run_program("format", stdin=wild).stdout, expected)

    def test_what_is_not_understood_stays_and_is_told(self):
        wild = CLEAN.replace(b"ZNY CCCCC", b"THIS IS   NO LINE OF A HEADING\nZNY CCCCC")
        result = self.run_program("format", stdin=wild)
        self.assertExit(result, 0)
        self.assertEqual(result.stdout, wild)
        self.assertIn(b"left as it is", result.stderr)

    def test_what_could_only_be_guessed_stays_too(self):
        for damage in ((b"RUEHC/SECSTATE", b"RUEHC)SECSTATE"), (b"RUEHC/SECSTATE", b"RUEHCSECSTATE"),
                       (b"ZNY CCCCC", b"ZNYC CCCC"), (b"#1399", b"N1399")):
            wild = CLEAN.replace(*damage)
            self.assertNotEqual(wild, CLEAN)
            self.assertEqual(self.run_program("format", stdin=wild).stdout, wild)

    def test_parse_and_back(self):
        for form in ("jsonl", "binpb"):
            parsed = self.directory / form
            result = self.run_program("parse", "--format", form, stdin=CLEAN + DAMAGED)
            parsed.write_bytes(result.stdout)
            again = self.run_program("format", "--from", form, str(parsed))
            self.assertExit(again, 0)
            head = CLEAN.split(b"BT\n")[0]
            self.assertTrue(again.stdout.startswith(head), again.stdout)
            self.assertIn(b"C O N F I D E N T I A L ASTANA 001399", again.stdout)

    def test_what_is_no_inspection_is_told_with_its_line(self):
        result = self.run_program("format", "--from", "jsonl", stdin=b'{"source": "a"}\nno json\n')
        self.assertExit(result, 2)
        self.assertIn(b"-:2: no inspection", result.stderr)

    def test_line_ends(self):
        result = self.run_program("format", "--line-ends", "lf", SEED)
        self.assertExit(result, 0)
        self.assertNotIn(b"\r", result.stdout)


class Coverage(ProgramTest):
    def test_the_seed_is_named_whole(self):
        result = self.run_program("parse", "--coverage", SEED)
        self.assertExit(result, 0)
        self.assertTrue(result.stdout.splitlines()[-1].startswith(b"100.0 %"), result.stdout)

    def test_a_profile_given_is_the_message_s(self):
        heading = json.loads(self.run_program("parse", "--profile", "acp127-us", stdin=CLEAN).stdout)["heading"]
        self.assertEqual(heading["profile"], "PROFILE_ACP127_US")
        self.assertEqual(heading["profileReason"], "given by the caller")


if __name__ == "__main__":
    unittest.main()
