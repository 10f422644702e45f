import json
import unittest

from program import CLEAN, DAMAGED, DEMO, SEED, ProgramTest


class Check(ProgramTest):
    def test_the_seed_has_no_error_and_no_warning_and_the_text_before_it_is_noted(self):
        result = self.run_program("check", SEED, "--fail-on", "warning")
        self.assertExit(result, 0)
        self.assertIn(b"info[GEN-14]", result.stdout)
        self.assertRegex(result.stderr, rb"^1 message, 0 errors, 0 warnings, \d+ notes\n$")

    def test_exit_codes_by_level(self):
        warned = CLEAN.replace(b"PP RUEHBJ\n", b"PP RUEHBJ\n\n")  # GEN-13
        for content, level, code in ((CLEAN, "warning", 0), (warned, "error", 0), (warned, "warning", 1),
                                     (DAMAGED, "error", 1), (DAMAGED, "never", 0)):
            with self.subTest(level=level, code=code):
                self.assertExit(self.run_program("check", "--fail-on", level, stdin=content), code)

    def test_what_cannot_be_read_outranks_what_is_found(self):
        damaged = self.file("damaged.txt", DAMAGED)
        result = self.run_program("check", damaged, "missing.txt")
        self.assertExit(result, 2)
        self.assertIn(b"[FL2-01]", result.stdout)
        self.assertIn(b"missing.txt: No such file or directory", result.stderr)

    def test_json_is_one_array_of_diagnostics(self):
        result = self.run_program("check", "--format", "json", stdin=DAMAGED)
        self.assertExit(result, 1)
        found = json.loads(result.stdout)
        first = next(one for one in found if one["rule"] == "FL2-01")
        self.assertEqual(first["severity"], "SEVERITY_ERROR")
        self.assertEqual(first["source"], "-")
        self.assertEqual(first["span"], {"offset": "13", "length": "2", "line": 2, "column": 1})
        self.assertEqual(result.stderr, b"")

    def test_json_of_nothing_found_is_an_empty_array(self):
        result = self.run_program("check", "--format", "json", "--select", "FL2-01", stdin=CLEAN)
        self.assertEqual(json.loads(result.stdout), [])

    def test_jsonl_is_one_diagnostic_a_line(self):
        result = self.run_program("check", "--format", "jsonl", stdin=DAMAGED)
        rules = [json.loads(line)["rule"] for line in result.stdout.splitlines()]
        self.assertIn("FL2-01", rules)

    def test_rules_are_selected_and_ignored(self):
        only = self.run_program("check", "--format", "jsonl", "--select", "FL2-01,FL3", stdin=DAMAGED)
        self.assertEqual([json.loads(line)["rule"] for line in only.stdout.splitlines()], ["FL2-01"])
        self.assertExit(self.run_program("check", "--ignore", "precedence-not-doubled,X", stdin=DAMAGED), 0)

    def test_a_list_of_rules_does_not_swallow_the_file(self):
        damaged = self.file("damaged.txt", DAMAGED)
        self.assertExit(self.run_program("check", "--select", "FL2-01", damaged), 1)

    def test_an_unknown_rule_is_refused_with_the_nearest(self):
        result = self.run_program("check", "--ignore", "precedence-not-doubeld", stdin=CLEAN)
        self.assertExit(result, 2)
        self.assertIn(b"did you mean 'precedence-not-doubled'?", result.stderr)

    def test_every_message_of_a_stream_is_checked_and_places_count_from_its_start(self):
        result = self.run_program("check", "--format", "jsonl", "--select", "FL2-01", stdin=CLEAN + DAMAGED + CLEAN + DAMAGED)
        lines = [json.loads(line)["span"]["line"] for line in result.stdout.splitlines()]
        self.assertEqual(lines, [15 + 2, 45 + 2])
        text = self.run_program("check", stdin=CLEAN + DAMAGED + CLEAN + DAMAGED)
        self.assertIn(b"4 messages, 2 errors", text.stderr)

    def test_directories_are_gone_through_in_order(self):
        for name in ("b.txt", "a/z.txt", "a/c/d.txt", ".hidden/e.txt"):
            self.file(f"archive/{name}", DAMAGED)
        result = self.run_program("check", "--format", "jsonl", "--select", "FL2-01", "archive")
        self.assertExit(result, 1)
        sources = [json.loads(line)["source"] for line in result.stdout.splitlines()]
        self.assertEqual(sources, ["archive/a/c/d.txt", "archive/a/z.txt", "archive/b.txt"])

    def test_a_directory_without_files_is_a_failure(self):
        (self.directory / "empty").mkdir()
        result = self.run_program("check", "empty")
        self.assertExit(result, 2)
        self.assertIn(b"empty: no file in this directory", result.stderr)

    def test_an_empty_file_is_not_a_message(self):
        result = self.run_program("check", self.file("empty.txt", b""))
        self.assertExit(result, 1)
        self.assertIn(b"[GEN-15]", result.stdout)

    def test_noise_is_not_a_message(self):
        noise = bytes((i * 7919 + i // 251) % 256 for i in range(200_000))
        result = self.run_program("check", "--format", "jsonl", stdin=noise)
        self.assertExit(result, 1)
        self.assertIn("GEN-15", {json.loads(line)["rule"] for line in result.stdout.splitlines()})

    def test_noise_never_reaches_a_terminal_as_a_command(self):
        result = self.run_program("check", stdin=CLEAN.replace(b"FM AMEMBASSY", b"FM \x1b[2J\x07\x9b2J"))
        self.assertNotIn(b"\x1b", result.stdout)
        self.assertNotIn(b"\x07", result.stdout)

    def test_a_line_of_a_hundred_megabytes_is_survived(self):
        result = self.run_program("check", stdin=b"VZCZCXRO3820\nPP " + b"A" * 100_000_000 + b"\n")
        self.assertExit(result, 1)
        self.assertLess(len(result.stdout), 100_000)

    def test_line_ends_of_the_wire_are_read(self):
        for ending in (b"\r\n", b"\r\r\n"):
            self.assertExit(self.run_program("check", stdin=CLEAN.replace(b"\n", ending)), 0)

    def test_the_report_goes_to_a_file(self):
        result = self.run_program("check", "--format", "json", "--output", "report.json", stdin=DAMAGED)
        self.assertExit(result, 1)
        self.assertEqual(result.stdout, b"")
        self.assertTrue(json.loads((self.directory / "report.json").read_bytes()))

    def test_a_report_that_cannot_be_written_is_a_failure(self):
        self.assertExit(self.run_program("check", "--output", "missing/report", stdin=CLEAN), 2)
        self.assertExit(self.run_program("check", "--format", "json", "--output", "/dev/full", stdin=DAMAGED), 2)

    def test_standard_input_gets_the_name_given(self):
        result = self.run_program("check", "--stdin-filename", "tape.txt", stdin=DAMAGED)
        self.assertIn(b"tape.txt:2:1: error[FL2-01]", result.stdout)

    def test_quiet_leaves_out_the_summary(self):
        self.assertEqual(self.run_program("check", "--quiet", SEED).stderr, b"")

    def test_statistics_are_refused_where_they_cannot_be_written(self):
        for form in ("sarif", "junit"):
            result = self.run_program("check", "--statistics", "--format", form, stdin=DAMAGED)
            self.assertExit(result, 2)
            self.assertIn(b"--statistics is written as text, json or jsonl", result.stderr)
            self.assertEqual(result.stdout, b"")

    def test_hidden_files_are_told_of(self):
        for name in ("in/a.txt", "in/.b.txt", "in/.c/d.txt"):
            self.file(name, CLEAN)
        for command in ("check", "parse", "format"):
            result = self.run_program(command, "in")
            self.assertIn(b"2 hidden files or directories passed over: their names begin with a dot", result.stderr)
            self.assertNotIn(b"hidden", self.run_program(command, "-q", "in").stderr)

    def test_statistics_count_by_rule(self):
        result = self.run_program("check", "--statistics", "--select", "FL2-01", stdin=DAMAGED * 3)
        self.assertRegex(result.stdout, rb"^ +3  FL2-01 +precedence-not-doubled +error\n$")
        counts = json.loads(self.run_program("check", "--statistics", "--format", "json", stdin=DAMAGED * 3).stdout)
        self.assertIn({"rule": "FL2-01", "name": "precedence-not-doubled", "severity": "SEVERITY_ERROR", "findings": "3"}, counts)

    def test_profile_and_copy_kind_are_taken(self):
        result = self.run_program("check", "--profile", "acp127-us", "--copy-kind", "origin", stdin=CLEAN)
        self.assertNotEqual(result.returncode, 2)
        self.assertExit(self.run_program("check", "--profile", "navy", stdin=CLEAN), 2)

    def test_a_network_is_the_directory(self):
        self.assertExit(self.run_program("check", "--network", DEMO, SEED), 0)

    def test_a_bad_network_is_refused(self):
        self.assertExit(self.run_program("check", "--network", "missing.toml", SEED), 2)
        bad = self.file("bad.toml", b"this is no network")
        result = self.run_program("check", "--network", bad, SEED)
        self.assertExit(result, 2)
        self.assertIn(b"NET-01", result.stderr)


class Streams(ProgramTest):
    def test_archived_messages_without_first_and_last_line_are_all_found(self):
        heading = CLEAN[CLEAN.index(b"P 170141Z"):CLEAN.index(b"BT\n")] + b"C O N F I D E N T I A L ASTANA 001399\n\nTEXT\n"
        other = heading.replace(b"170141Z", b"180141Z").replace(b"1399", b"1400")
        for stream in (heading + other, heading + CLEAN):
            result = self.run_program("check", stdin=stream)
            self.assertIn(b"2 messages", result.stdout + result.stderr)


if __name__ == "__main__":
    unittest.main()
