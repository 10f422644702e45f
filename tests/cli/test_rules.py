import json
import unittest

from program import ProgramTest


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
