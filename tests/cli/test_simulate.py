import json
import subprocess
import tomllib
import unittest

from program import FIXTURES, SEED, ProgramTest

ASTANA = FIXTURES / "scenarios" / "astana.toml"
DAY = FIXTURES / "scenarios" / "day.toml"


def seed_lines():
    lines = SEED.read_text("utf-8").splitlines()
    at = lines.index("VZCZCXRO3820")
    return "\n".join(lines[at:at + 4])


TRIANGLE = """[network]
name = "three relays, each joined to each"
""" + "".join(f"""[[relay]]
indicator = "RT{letter}A"
name = "RELAY {letter}"
[[station]]
indicator = "RT{letter}AX{letter}"
name = "AMEMBASSY {place}"
relay = "RT{letter}A"
""" for letter, place in (("A", "KARSTOVA"), ("B", "OSTREVA"), ("C", "QALARABAD"))) + "".join(f"""[[circuit]]
name = "{ends}"
ends = ["RT{ends[0]}A", "RT{ends[1]}A"]
channels = ["{ends}O", "{ends}I"]
bits_per_second = 300
{alternates}
""" for ends, alternates in (("AB", 'alternates = [["AC", "BC"]]'), ("BC", ""), ("AC", "")))


def filed(serial, to, at, precedence="R", word="", lines=2):
    """One at RTAAXA, as a table of a scenario. Of 270 characters with two lines, 2,208 with forty."""
    text = (f"VZCZCXAI{serial:04}\n{precedence}{precedence} {to[:6]}\nDE RTAAXA #{serial:04} 2290001\nZNR UUUUU ZZH\n"
            f"{precedence} 170001Z AUG 09\nFM AMEMBASSY KARSTOVA\nTO {to}{word}\nBT\nUNCLAS KARSTOVA {serial:06}\n"
            + "THE CLOCK OF THE OLD HARBOR OFFICE SHOWS THE TIME.\n" * lines + f"BT\n#{serial:04}\nNNNN\n")
    return f'[[message]]\nat = "{at}"\ntext = """\n{text}"""\n'


class Simulate(ProgramTest):
    # In the triangle, from one minute past midnight on.
    def triangle(self, tables, *arguments, code=0):
        self.file("triangle.toml", TRIANGLE.encode())
        head = '[scenario]\nnetwork = "triangle.toml"\nbegin = 2009-08-17T00:01:00Z\nduration = "30m"\n'
        scenario = self.file("scenario.toml", (head + tables).encode())
        result = self.run_program("simulate", scenario, *arguments)
        self.assertExit(result, code)
        return result.stdout.decode()

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

    # Worked out by hand: a line of 300 bit/s takes 30 characters a second, a circuit is out after five minutes.

    def test_a_circuit_closed_at_one_minute_has_its_traffic_go_round_at_six(self):
        out = self.triangle(filed(1, "RTBAXB/AMEMBASSY OSTREVA", "2m")
                            + '[[event]]\nwhat = "circuit closed"\ncircuit = "AB"\nat = "1m"\nuntil = "20m"\n', "--journey", "0001")
        for step in ("00:03:09  RTAA     accepts it", "00:07:00  RTAA     sends ACO0002 over AC to RTCA",
                     "00:07:09  RTCA     sends BCI0002 over BC to RTBA", "00:07:27  RTBAXB   has it"):
            self.assertIn(step, out)
        self.assertIn("2 transmissions, 8 service messages, 0 preemptions, 1 by alternate routes", out)

    def test_five_flash_break_into_a_long_routine_once_and_it_goes_again_behind_them(self):
        flash = "".join(filed(2 + i, "RTBAXB/AMEMBASSY OSTREVA", f"{100 + i}s", "Z", " FLASH") for i in range(5))
        out = self.triangle(filed(1, "RTBAXB/AMEMBASSY OSTREVA", "0s", lines=40) + flash, "--journey", "0001")
        # Filed in 73.6 s; the first FLASH, written 26 s later, is filed in 9.2 s; five go out one behind the other.
        for step in ("00:02:13  RTAA     sends ABO0002", "00:02:49  RTAA     cancels ABO0002", "00:03:36  RTAA     sends ABO0008"):
            self.assertIn(step, out)
        self.assertIn("7 transmissions, 11 service messages, 1 preemptions, 0 by alternate routes", out)

    def test_tables_that_send_a_message_in_a_circle_end_where_it_began_and_the_relays_are_named(self):
        wrong = "".join(f'[[event]]\nwhat = "wrong table"\nrelay = "{at}"\nstation = "RTCAXC"\nserved_by = "{by}"\n'
                        for at, by in (("RTAA", "RTBA"), ("RTCA", "RTAA")))
        out = self.triangle(filed(1, "RTCAXC/AMEMBASSY QALARABAD", "0s") + wrong + '[[expect]]\nthat = "all delivered"\n', code=1)
        for hop in ("00:01:09  RTAA     sends ABO0002", "00:01:18  RTBA     sends BCO0002", "00:01:27  RTCA     sends ACI0002",
                    "RTCAXC was seen to here before and has run in a circle: RTAA, RTBA ... RTCA, RTAA (RT-62)"):
            self.assertIn(hop, out)
        self.assertIn("3 transmissions, 6 service messages, 0 preemptions, 0 by alternate routes", out)

    def test_for_stands_in_place_of_the_duration(self):
        world = FIXTURES / "scenarios" / "world.toml"
        short, long = (self.report(world, "--for", time) for time in ("1h", "3h"))
        self.assertLess(2 * short["totals"]["messages"], long["totals"]["messages"])
        self.assertExit(self.run_program("simulate", world, "--for", "never"), 2)

    def test_the_fixture_of_the_world_is_what_its_script_prints(self):
        printed = subprocess.run([FIXTURES.parent / "script" / "world"], capture_output=True, check=True).stdout
        self.assertEqual(printed, (FIXTURES / "networks" / "world.toml").read_bytes())


if __name__ == "__main__":
    unittest.main()
