import csv
import io
import json
import unittest

from program import ProgramTest


class Score(ProgramTest):
    def traffic(self, *arguments):
        result = self.run_program("generate", "--count", "60", "--seed", "3", "--label", "labels.jsonl", "--output",
                                  "traffic.txt", *arguments)
        self.assertExit(result, 0)
        return [json.loads(line) for line in (self.directory / "labels.jsonl").read_text().splitlines()]

    def check(self, form):
        result = self.run_program("check", "traffic.txt", "--copy-kind", "origin", "--profile", "state", "--format", form)
        return result.stdout

    def score(self, findings, *arguments):
        self.file("findings", findings)
        result = self.run_program("score", "labels.jsonl", "findings", "--format", "json", *arguments)
        self.assertIn(result.returncode, (0, 1), result.stderr)
        return json.loads(result.stdout), result.returncode

    def test_the_validator_finds_what_was_broken(self):
        self.traffic("--violate", "FL2-01,FL5-01,FL7-06", "--share", "0.5")
        for form in ("json", "jsonl", "sarif"):
            for match in ("message", "line"):
                score, code = self.score(self.check(form), "--match", match, "--least", "warning")
                self.assertEqual((score["total"]["recall"], score["total"]["precision"]), (1, 1), (form, match, score))
                self.assertEqual(score.get("falseAlarms", 0), 0)
                self.assertEqual(code, 0)

    def test_what_another_system_says_in_its_own_words(self):
        labels = self.traffic("--violate", "FL2-01", "--share", "0.5")
        broken = [label["message"] for label in labels if label["rule"] != "none"]
        good = [label["message"] for label in labels if label["rule"] == "none"]
        table = io.StringIO()
        writer = csv.writer(table)
        writer.writerow(["message", "rule"])
        writer.writerows([number, "E104"] for number in broken[1:] + good[:1])
        self.file("map", b"# theirs ours\nE104 FL2-01\n")
        score, code = self.score(table.getvalue().encode(), "--map", "map")
        self.assertEqual(code, 1)
        self.assertEqual(score["falseAlarms"], 1)
        self.assertEqual(score["rules"][0]["rule"], "FL2-01")
        self.assertAlmostEqual(score["total"]["recall"], (len(broken) - 1) / len(broken))
        self.assertAlmostEqual(score["total"]["precision"], (len(broken) - 1) / len(broken))
        lines = "".join(json.dumps({"message": number, "rule": "E104"}) + "\n" for number in broken)
        score, code = self.score(lines.encode(), "--map", "map")
        self.assertEqual((code, score["total"]["recall"]), (0, 1))
        score, code = self.score(lines.encode())
        self.assertEqual((code, score["unknownRules"]), (1, ["E104"]))

    def test_a_table_for_people(self):
        self.traffic("--violate", "FL2-01")
        self.file("findings", b"")
        result = self.run_program("score", "labels.jsonl", "findings")
        self.assertExit(result, 1)
        self.assertIn(b"FL2-01", result.stdout)
        self.assertIn(b"0.0 %", result.stdout)

    def test_what_is_wrong_with_a_line_is_told_in_one(self):
        self.traffic("--violate", "FL2-01")
        labels = (self.directory / "labels.jsonl").read_bytes()
        for findings, why in ((b'{"message": 1, "rule": "FL2-01"}\n{bad}\n', b"findings:2: no JSON: expected : between key:value pair at '}'"),
                              (b'{"message": 1, "rule": "FL2-01"}\n{"mess\n', b"findings:2: no JSON: closing quote expected in string at its end")):
            self.file("findings", findings)
            result = self.run_program("score", "labels.jsonl", "findings")
            self.assertExit(result, 2)
            self.assertEqual(result.stderr.rstrip(), b"torntape: " + why)
        for line, why in ((b'{"rle": "FL2-01"}', b"labels.jsonl:1: unknown key 'rle'"), (b"VZCZC", b"no label file"),
                          (b'{"message": 1, "damage": "garble"}', b"'garble' is a fault on the way")):
            self.file("labels.jsonl", line + b"\n" + labels)
            result = self.run_program("score", "labels.jsonl", "/dev/null")
            self.assertExit(result, 2)
            self.assertEqual(result.stderr.count(b"\n"), 1)
            self.assertIn(why, result.stderr)

    def test_what_cannot_be_read(self):
        self.traffic("--violate", "FL2-01")
        for findings, why in ((b"message;rule\n1;2\n", b"expected SARIF"), (b'{"message": 1}\n', b"no rule"),
                              (b'[{"rule": "FL2-01"}]', b"of no place"), (b"[{", b"findings: ")):
            self.file("findings", findings)
            result = self.run_program("score", "labels.jsonl", "findings")
            self.assertExit(result, 2)
            self.assertIn(why, result.stderr)
        self.file("map", b"E1 FL0-00\n")
        self.assertExit(self.run_program("score", "labels.jsonl", "findings", "--map", "map"), 2)
        self.assertExit(self.run_program("score", "traffic.txt", "findings"), 2)
        self.assertExit(self.run_program("score", "none.jsonl", "findings"), 2)


if __name__ == "__main__":
    unittest.main()
