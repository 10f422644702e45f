import json
import os
import pathlib
import re
import unittest

from program import ProgramTest

SOURCE = pathlib.Path(os.environ["TORNTAPE_SOURCE"])


class Rules(ProgramTest):
    def test_the_list_has_one_line_for_each_rule(self):
        listed = self.run_program("rules")
        self.assertExit(listed, 0)
        rules = json.loads(self.run_program("rules", "--format", "json").stdout)
        self.assertGreater(len(rules), 90)
        for rule in rules:
            self.assertIn(f"\n{rule['id']:<8}{rule['name']}".encode(), listed.stdout)

    def test_json_tells_severities_by_profile(self):
        rules = json.loads(self.run_program("rules", "--format", "json").stdout)
        rule = next(one for one in rules if one["id"] == "FL2-01")
        self.assertEqual(rule["name"], "precedence-not-doubled")
        self.assertIn({"profile": "PROFILE_STATE", "severity": "SEVERITY_ERROR"}, rule["severities"])
        self.assertTrue(rule["what"] and rule["citation"])

    def test_every_rule_is_explained(self):
        for rule in json.loads(self.run_program("rules", "--format", "json").stdout):
            with self.subTest(rule["id"]):
                result = self.run_program("explain", rule["id"])
                self.assertExit(result, 0)
                self.assertTrue(result.stdout.startswith(f"{rule['id']} {rule['name']}\n".encode()))

    def test_the_committed_pages_are_those_of_the_rules(self):
        self.assertExit(self.run_program("rules", "--markdown", "pages"), 0)
        written = {page.name: page.read_text() for page in (self.directory / "pages").iterdir()}
        committed = {page.name: page.read_text() for page in (SOURCE / "docs/rules").iterdir()}
        self.assertEqual(written, committed, "torntape rules --markdown docs/rules writes them anew")

    def test_ids_of_network_files_and_of_relaying_are_explained(self):
        cited = {"NET-01", "net-11", "given-twice"}
        for folder in ("router", "cli", "directory"):
            for file in (SOURCE / folder).rglob("*.cpp"):
                cited.update(re.findall(r"\b(?:RT|NET)-\d\d\b", file.read_text()))
        for word in cited:
            with self.subTest(word):
                self.assertExit(self.run_program("explain", word), 0)

    def test_id_and_name_in_any_case(self):
        page = self.run_program("explain", "FL2-01").stdout
        for word in ("fl2-01", "precedence-not-doubled", "Precedence-Not-Doubled"):
            self.assertEqual(self.run_program("explain", word).stdout, page)

    def test_an_unknown_rule_is_a_failure_with_the_nearest_names(self):
        result = self.run_program("explain", "FL2-1")
        self.assertExit(result, 2)
        self.assertIn(b"no rule 'FL2-1'; did you mean 'FL2-", result.stderr)
        self.assertIn(b"'torntape rules' lists them", self.run_program("explain", "nothing-of-the-kind").stderr)


if __name__ == "__main__":
    unittest.main()
