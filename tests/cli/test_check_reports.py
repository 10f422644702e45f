import json
import os
import pathlib
import unittest
import xml.etree.ElementTree as ElementTree

from program import CLEAN, DAMAGED, SEED, ProgramTest

SOURCE = pathlib.Path(os.environ["TORNTAPE_SOURCE"])
SCHEMA = SOURCE / "tests/cli/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"


class CheckReports(ProgramTest):
    def sarif(self, content):
        result = self.run_program("check", "--format", "sarif", "--select", "FL2,FL7", self.file("a b.txt", content))
        return json.loads(result.stdout)

    def test_sarif_has_rules_places_mends_and_fingerprints(self):
        log = self.sarif(CLEAN + DAMAGED)
        self.assertEqual(log["version"], "2.1.0")
        run = log["runs"][0]
        rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
        self.assertIn("ACP 127(G)", rules["FL2-01"]["help"]["text"])
        result = next(one for one in run["results"] if one["ruleId"] == "FL2-01")
        place = result["locations"][0]["physicalLocation"]
        self.assertTrue(place["artifactLocation"]["uri"].endswith("/a%20b.txt"))
        self.assertEqual(place["region"]["startLine"], 17)
        self.assertEqual(place["region"]["byteOffset"], len(CLEAN) + 13)
        self.assertEqual(result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"], "PP")
        self.assertRegex(result["partialFingerprints"]["torntape/v1"], "^[0-9a-f]{16}$")

    def test_sarif_fingerprints_survive_moved_lines(self):
        def prints(content):
            return [one["partialFingerprints"] for one in self.sarif(content)["runs"][0]["results"]]
        self.assertEqual(prints(DAMAGED), prints(CLEAN + b"\n\n" + DAMAGED))

    @unittest.skipUnless(SCHEMA.exists(), "npm ci in tests/cli brings the schema")
    def test_sarif_keeps_to_its_schema(self):
        try:
            import jsonschema
        except ImportError:
            self.skipTest("python3-jsonschema is not there")
        schema = json.loads(SCHEMA.read_bytes())
        noise = bytes((i * 7919 + i // 251) % 256 for i in range(5000))
        for content in (DAMAGED, CLEAN, SEED.read_bytes(), noise, b""):
            result = self.run_program("check", "--format", "sarif", stdin=content)
            jsonschema.validate(json.loads(result.stdout), schema)

    def test_junit_has_a_suite_an_input_and_a_case_a_message(self):
        first, second = self.file("a.txt", CLEAN + DAMAGED), self.file("b.txt", CLEAN)
        result = self.run_program("check", "--format", "junit", first, second)
        self.assertExit(result, 1)
        suites = ElementTree.fromstring(result.stdout).findall("testsuite")
        self.assertEqual([(s.get("tests"), s.get("failures")) for s in suites], [("2", "1"), ("1", "0")])
        self.assertEqual([len(s.findall("testcase")) for s in suites], [2, 1])
        self.assertEqual(suites[0].find("testcase/failure").get("type"), "FL2-01")

    def test_junit_counts_what_sets_of_messages_show_apart_from_messages(self):
        first, second = self.file("a.txt", CLEAN), self.file("b.txt", CLEAN + CLEAN)
        result = self.run_program("check", "--format", "junit", "--continuity", first, second)
        suites = ElementTree.fromstring(result.stdout).findall("testsuite")
        self.assertEqual([s.get("tests") for s in suites[:2]], ["1", "2"])
        self.assertEqual(suites[2].get("name"), "sets of messages")
        cases = suites[2].findall("testcase")
        self.assertEqual(len(cases), int(suites[2].get("tests")))
        self.assertTrue(all(case.get("name").startswith("X-") for case in cases))

    def test_junit_of_noise_is_xml(self):
        noise = bytes((i * 7919 + i // 251) % 256 for i in range(5000))
        ElementTree.fromstring(self.run_program("check", "--format", "junit", stdin=noise).stdout)

    def test_an_acceptance_report_names_every_rule_and_its_result(self):
        result = self.run_program("check", "--report", "acceptance", stdin=CLEAN + DAMAGED)
        self.assertExit(result, 1)
        rows = {line.split()[0]: line for line in result.stdout.decode().splitlines() if line[:2] in ("FL", "GE", "X-")}
        self.assertRegex(rows["FL2-01"], r"precedence-not-doubled +2 +1 +FAILED +ACP 127\(G\)")
        self.assertRegex(rows["FL1-01"], r" 2 +0 +passed ")
        self.assertRegex(rows["X-15"], "not exercised")
        self.assertIn(b"not accepted: 1 rule failed", result.stdout)

    def test_an_acceptance_report_is_a_page_too(self):
        result = self.run_program("check", "--report", "acceptance", "--format", "html", stdin=CLEAN)
        self.assertTrue(result.stdout.startswith(b"<!doctype html>"))
        self.assertIn(b"<strong>accepted</strong>", result.stdout)
        self.assertExit(self.run_program("check", "--format", "html", stdin=CLEAN), 2)

    def test_a_report_replaces_the_old_one_at_the_end(self):
        old = self.file("report.json", b"old")
        self.assertExit(self.run_program("check", "--format", "json", "--output", old, "missing.txt"), 2)
        self.assertEqual(json.loads(old.read_bytes()), [])
        self.assertEqual([p.name for p in self.directory.iterdir()], ["report.json"])


class CheckArchives(ProgramTest):
    def test_the_report_does_not_depend_on_the_number_of_jobs(self):
        for i in range(40):
            self.file(f"archive/{i:02}.txt", (DAMAGED if i % 3 else CLEAN) * (1 + i % 4))
        self.file("archive/long.txt", (CLEAN + DAMAGED) * 800)
        for arguments in (["--format", "jsonl"], ["--continuity"], ["--format", "junit"], ["--statistics"]):
            one, four = (self.run_program("check", *arguments, "--jobs", n, "archive") for n in (1, 4))
            self.assertEqual(one.stdout, four.stdout)
            self.assertEqual(one.stderr, four.stderr)

    @unittest.skipIf(os.geteuid() == 0, "root may read anything")
    def test_what_cannot_be_read_is_counted_and_does_not_stop(self):
        self.file("archive/a.txt", CLEAN).chmod(0)
        self.file("archive/b.txt", DAMAGED)
        result = self.run_program("check", "archive")
        self.assertExit(result, 2)
        self.assertIn(b"[FL2-01]", result.stdout)
        self.assertIn(b"1 input could not be read", result.stderr)

    def test_missing_files_are_counted(self):
        result = self.run_program("check", "x.txt", "y.txt", self.file("c.txt", CLEAN))
        self.assertExit(result, 2)
        self.assertIn(b"1 message, 0 errors", result.stderr)
        self.assertIn(b"2 inputs could not be read", result.stderr)

    def test_a_baseline_leaves_out_what_it_knows_and_no_more(self):
        old = self.file("old.txt", DAMAGED)
        self.assertExit(self.run_program("check", "--write-baseline", "base", old), 0)
        known = self.run_program("check", "--baseline", "base", "--fail-on", "warning", self.file("moved.txt", CLEAN + b"\n" + DAMAGED))
        self.assertNotIn(b"[FL2-01]", known.stdout)
        self.assertRegex(known.stderr, rb"findings? of the baseline left out")
        other = DAMAGED.replace(b"#1399 229", b"#1400 229").replace(b"001399", b"001400").replace(b"\n#1399\n", b"\n#1400\n")
        self.assertExit(self.run_program("check", "--baseline", "base", stdin=other), 1)
        self.assertExit(self.run_program("check", "--baseline", self.file("bad", b"no print\n"), stdin=CLEAN), 2)

    def test_messages_are_checked_together(self):
        later = CLEAN.replace(b"XRO3820", b"XRO3823")
        alone = self.run_program("check", self.file("a.txt", CLEAN), self.file("b.txt", later))
        self.assertNotIn(b"X-15", alone.stdout)
        result = self.run_program("check", "--continuity", "--format", "jsonl", "a.txt", "b.txt")
        found = {one["rule"]: one for one in map(json.loads, result.stdout.splitlines())}
        self.assertEqual(found["X-15"]["message"], "numbers 3821 to 3822 are open on this channel (a.txt:1)")
        self.assertEqual(found["X-15"]["source"], "b.txt")
        self.assertIn("X-14", found)


if __name__ == "__main__":
    unittest.main()
