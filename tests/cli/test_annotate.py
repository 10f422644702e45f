import re
import unittest

from program import CLEAN, SEED, ProgramTest


class Annotate(ProgramTest):
    def test_the_heading_of_the_seed_is_named_token_by_token(self):
        result = self.run_program("annotate", SEED, environment={"COLUMNS": "120"})
        self.assertExit(result, 0)
        text = result.stdout.decode()
        for row in (r"V\s+start-of-transmission", r"XRO\s+channel-designator", r"3820\s+channel-sequence-number",
                    r"PP\s+precedence-prosign", r"RUEHBI \+12\s+routing-indicator", r"1399\s+station-serial-number",
                    r"229\s+day-of-year\s+day 229 of the year, 17 August 2009", r"ZNY\s+security-warning",
                    r"170141Z AUG 09\s+date-time-group", r"AMEMBASSY ASTANA\s+originator",
                    r"6035\s+message-continuity-number", r"001399\s+message-reference-number"):
            self.assertRegex(text, row)

    def test_a_subject_over_two_lines_shows_no_codes(self):
        folded = CLEAN.replace(b"TEXT.", b"SUBJECT: ONE\nTWO\n\nTEXT.")
        text = self.run_program("annotate", "-", stdin=folded).stdout.decode()
        self.assertIn("ONE TWO", text)
        self.assertNotIn("\\x", text)

    def test_it_fits_the_terminal(self):
        for columns in (80, 120):
            result = self.run_program("annotate", SEED, environment={"COLUMNS": str(columns)})
            heading = result.stdout.decode().split(": info[")[0].splitlines()[:-1]
            self.assertGreater(len(heading), 60)
            self.assertLessEqual(max(map(len, heading)), columns)

    def test_brackets_stand_under_their_tokens(self):
        lines = self.run_program("annotate", SEED).stdout.decode().splitlines()
        at = next(i for i, line in enumerate(lines) if "VZCZCXRO3820" in line)
        self.assertEqual(lines[at + 1].strip(), "╵╰──╯╰─╯╰──╯")
        self.assertEqual(lines[at].index("VZCZCXRO3820"), lines[at + 1].index("╵"))

    def test_colour_is_all_that_colour_adds(self):
        plain = self.run_program("annotate", SEED).stdout
        coloured = self.run_program("annotate", SEED, "--color", "always").stdout
        self.assertIn(b"\x1b[1;32mRUEHBI\x1b[0m", coloured)
        self.assertEqual(re.sub(rb"\x1b\[[0-9;]*m", b"", coloured), plain)

    def test_findings_follow_and_make_no_difference_to_the_exit_code(self):
        result = self.run_program("annotate", "-", stdin=CLEAN.replace(b"PP RUEHBJ", b"NN RUEHBJ"))
        self.assertExit(result, 0)
        self.assertIn(b"error[FL2-01]", result.stdout)

    def test_control_characters_are_made_visible(self):
        result = self.run_program("annotate", "-", stdin=CLEAN.replace(b"ASTANA\n", b"AST\x1b[31mANA\n"))
        self.assertExit(result, 0)
        self.assertNotIn(b"\x1b", result.stdout)
        self.assertIn(b"\\x1b[31m", result.stdout)

    def test_what_is_no_message_is_said_to_be_none(self):
        result = self.run_program("annotate", "-", stdin=b"hello\nworld\n")
        self.assertExit(result, 0)
        self.assertIn(b"[GEN-15]", result.stdout)

    def test_a_missing_file_is_a_failure(self):
        self.assertExit(self.run_program("annotate", "missing.txt"), 2)
        self.assertExit(self.run_program("annotate"), 2)


if __name__ == "__main__":
    unittest.main()
