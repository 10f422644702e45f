import json
import tomllib
import unittest

from program import FIXTURES, SEED, ProgramTest

ASTANA = FIXTURES / "scenarios" / "astana.toml"
DAY = FIXTURES / "scenarios" / "day.toml"


def seed_lines():
    lines = SEED.read_text("utf-8").splitlines()
    at = lines.index("VZCZCXRO3820")
    return "\n".join(lines[at:at + 4])


class Simulate(ProgramTest):
    def report(self, *arguments, code=0):
        result = self.run_program("simulate", *arguments, "--report", "json")
        self.assertExit(result, code)
        return json.loads(result.stdout)

    # The scenario with one line replaced.
    def astana(self, old, new):
        text = ASTANA.read_text("utf-8").replace('"../', f'"{FIXTURES}/')
        self.assertIn(old, text)
        return self.file("scenario.toml", text.replace(old, new).encode())

    def test_the_seed_leaves_on_xr_under_3820_with_its_own_first_three_lines(self):
        report = self.report(ASTANA, "--seed", "1")
        sent = [t for t in report["transmissions"] if t["circuit"] == "XR" and t["number"] == "3820"]
        self.assertEqual([t["heading"] for t in sent], [seed_lines()])
        self.assertEqual((report["totals"]["copies"], report["totals"]["delivered"]), (31, 31))
        self.assertNotIn("unmet", report)

    def test_the_same_seed_gives_the_same_bytes(self):
        traces = [self.directory / name for name in ("one", "again", "other")]
        reports = [self.run_program("simulate", DAY, "--seed", seed, "--report", "json", "--trace", trace).stdout
                   for seed, trace in zip("112", traces)]
        self.assertEqual(reports[0], reports[1])
        self.assertEqual(traces[0].read_bytes(), traces[1].read_bytes())
        self.assertNotEqual(traces[0].read_bytes(), traces[2].read_bytes())

    def test_an_expectation_that_is_not_met_is_told_with_the_journey_and_the_seed(self):
        scenario = self.astana("prime = 3820", "prime = 3821")
        result = self.run_program("simulate", scenario, "--seed", "5")
        self.assertExit(result, 1)
        self.assertIn(b"XRO3820 goes out with the first lines of", result.stdout)
        self.assertIn(b"1 of 6 expectations not met, seed 5", result.stdout)
        scenario = self.astana("count = 2", "count = 1")
        self.assertEqual(self.report(scenario, code=1)["unmet"][0]["found"], "2")
        scenario = self.astana('time = "3h"', 'time = "1m"')
        result = self.run_program("simulate", scenario)
        self.assertExit(result, 1)
        self.assertIn(b"RTAA     sends XRO3820 over XR to RTEA", result.stdout)

    def test_the_journey_of_a_message_hop_by_hop(self):
        for words in ("1399", "RUEHTA 1399/01", "ASTANA 001399"):
            result = self.run_program("simulate", ASTANA, "--journey", words)
            self.assertExit(result, 0)
            places = [line.split()[1:3] for line in result.stdout.decode().splitlines() if line.startswith("01:4")]
            self.assertEqual(places[0], ["RUEHTA", "writes"])
            self.assertEqual(len([what for _, what in places if what == "has"]), 31)
        self.assertExit(self.run_program("simulate", ASTANA, "--journey", "9999"), 2)

    def test_the_page_is_complete_in_itself(self):
        page = self.directory / "day.html"
        self.assertExit(self.run_program("simulate", DAY, "--report", "html", "--output", page), 0)
        text = page.read_text("utf-8")
        self.assertTrue(text.startswith("<!doctype html>") and text.endswith("</html>\n"))
        for fetched in ("http:", "https:", "<script", "<link", "src=", "@import", "url("):
            self.assertNotIn(fetched, text)

    def test_what_is_wrong_with_a_scenario_is_drawn_at_its_place(self):
        result = self.run_program("simulate", self.astana('name = "XR"', 'name = "XY"'))
        self.assertExit(result, 2)
        self.assertIn(b"scenario.toml:13:8: error[SCN-06]: there is no circuit 'XY'", result.stderr)
        self.assertExit(self.run_program("simulate", self.directory / "none.toml"), 2)
        self.assertExit(self.run_program("simulate", ASTANA, "--faults"), 2)

    def test_the_search_finds_nothing_in_a_day_of_faults(self):
        result = self.run_program("simulate", ASTANA, "--seeds", "20", "--faults")
        self.assertExit(result, 0)
        self.assertEqual(result.stdout, b"")
        self.assertIn(b"20 seeds from 1 on, with faults: nothing fails", result.stderr)

    def test_a_failing_seed_is_printed_as_the_shortest_scenario_that_fails_again(self):
        text = DAY.read_text("utf-8").replace('"../', f'"{FIXTURES}/').replace('duration = "24h"', 'duration = "1h"')
        text = text[:text.index("[[event]]")] + """
            [[event]]
            what = "circuit closed"
            circuit = "XR"
            at = "10m"
            until = "60m"
            [[event]]
            what = "station cut off"
            station = "RUEHNO"
            at = "10m"
            until = "20m"
            [[expect]]
            that = "delivered within"
            precedence = "routine"
            time = "20m"
            """
        text = text.replace("00:00:00Z", "12:00:00Z")
        scenario = self.file("failing.toml", text.encode())
        result = self.run_program("simulate", scenario, "--seeds", "3")
        self.assertExit(result, 1)
        shortest = tomllib.loads(result.stdout.decode())
        self.assertEqual(len(shortest["message"]), 1)
        self.assertEqual([event["what"] for event in shortest["event"]], ["circuit closed"])
        again = self.file("again.toml", result.stdout)
        self.assertExit(self.run_program("simulate", again), 1)


if __name__ == "__main__":
    unittest.main()
