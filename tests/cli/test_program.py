"""What holds for the program as a whole."""

import os
import unittest

from program import CLEAN, SEED, ProgramTest

COMMANDS = ["check", "annotate", "parse", "explain", "rules", "route", "simulate", "generate", "serve", "submit",
            "queues", "collect", "message", "journal", "reroute", "circuit", "token",
            "send", "replay", "receive", "compare", "score", "store"]


class Program(ProgramTest):
    def test_without_arguments_it_prints_usage_and_fails(self):
        result = self.run_program()
        self.assertExit(result, 2)
        self.assertEqual(result.stdout, b"")
        self.assertIn(b"Usage: torntape", result.stderr)

    def test_help_names_every_command(self):
        result = self.run_program("--help")
        self.assertExit(result, 0)
        for command in COMMANDS:
            self.assertIn(f"\n  {command} ".encode(), result.stdout)

    def test_every_command_has_help_with_exit_codes_within_80_columns(self):
        for command in COMMANDS:
            with self.subTest(command):
                result = self.run_program(command, "--help")
                self.assertExit(result, 0)
                self.assertIn(b"Exit codes:", result.stdout)
                self.assertIn(b"Examples:", result.stdout)
                self.assertIn(b"--color", result.stdout)
                self.assertLessEqual(max(map(len, result.stdout.splitlines())), 80)

    def test_version(self):
        result = self.run_program("--version")
        self.assertExit(result, 0)
        self.assertRegex(result.stdout, rb"^torntape \d+\.\d+\.\d+\n$")

    def test_a_misspelt_command_is_put_right(self):
        result = self.run_program("chekc")
        self.assertExit(result, 2)
        self.assertIn(b"unknown command 'chekc'; did you mean 'check'?", result.stderr)

    def test_a_misspelt_option_is_put_right(self):
        result = self.run_program("check", "--frmat", "json")
        self.assertExit(result, 2)
        self.assertIn(b"unknown option '--frmat'; did you mean '--format'?", result.stderr)

    def test_shared_options_stand_before_and_behind_the_command(self):
        for arguments in (["--color", "always", "annotate", SEED], ["annotate", SEED, "--color", "always"]):
            self.assertIn(b"\x1b[", self.run_program(*arguments).stdout)

    def test_no_colour_but_on_a_terminal(self):
        self.assertNotIn(b"\x1b[", self.run_program("annotate", SEED).stdout)

    def test_a_reader_that_goes_away_is_not_complained_of(self):
        reader, writer = os.pipe()
        os.close(reader)
        try:
            result = self.run_program("rules", stdout=writer)
        finally:
            os.close(writer)
        self.assertExit(result, 2)
        self.assertEqual(result.stderr, b"")

    def test_output_that_cannot_be_written_is_a_failure(self):
        for arguments in (["rules"], ["annotate", SEED], ["--help"], ["check", "--format", "jsonl", SEED]):
            with self.subTest(arguments), open("/dev/full", "wb") as full:
                result = self.run_program(*arguments, stdout=full)
                self.assertExit(result, 2)
                self.assertIn(b"standard output: No space left on device", result.stderr)


if __name__ == "__main__":
    unittest.main()
