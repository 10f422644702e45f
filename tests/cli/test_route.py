import json
import unittest

from program import CLEAN, DEMO, ONE_SWITCH, SEED, ProgramTest

LEG_XR = """\
    VZCZCXROnnnn
    PP RUEHBI RUEHCI RUEHDBU RUEHFL RUEHKW RUEHLA RUEHLH RUEHNEH RUEHNP
    RUEHPW RUEHROV RUEHSL RUEHSR
    DE RUEHTA #1399/01 2290141
"""


class Route(ProgramTest):
    def report(self, *arguments):
        result = self.run_program("route", *arguments, "--format", "json")
        self.assertExit(result, 0)
        return json.loads(result.stdout)

    def test_the_seed_leaves_on_leg_xr_with_its_own_first_three_lines(self):
        result = self.run_program("route", SEED, "--network", DEMO)
        self.assertExit(result, 0)
        self.assertIn(LEG_XR, result.stdout.decode())
        report = self.report(SEED, "--network", DEMO)
        lines = next(t["lines"] for hop in report["hops"] for t in hop.get("transmissions", []) if t["circuit"] == "XR")
        seed = SEED.read_text("utf-8").splitlines()
        at = seed.index("VZCZCXRO3820")
        self.assertEqual(lines[1:], seed[at + 1:at + 4])

    def test_the_hops_are_those_of_the_demo_network(self):
        hops = self.report(SEED, "--network", DEMO)["hops"]
        self.assertEqual((hops[0]["relay"], hops[1]["relay"], hops[1]["circuit"]), ("RTCA", "RTAA", "AC"))
        self.assertEqual(len(hops[0]["transmissions"][0]["routingIndicators"]), 14)
        legs = sorted((t["circuit"], tuple(t["routingIndicators"])) for t in hops[1]["transmissions"])
        self.assertIn(("AB", ("RUEHNO",)), legs)
        self.assertIn(("AB", ("RTBAKV", "RTBAMN", "RTBAOS")), legs)
        self.assertIn(("AC", ("RTCAQB", "RTCATR", "RTCATRM", "RUEHTA")), legs)
        self.assertIn(("AD", ("RUEHBJ", "RUEHKO", "RUEHUL")), legs)

    def test_every_station_gets_one_copy_and_the_reason_is_told(self):
        for network in (DEMO, ONE_SWITCH):
            report = self.report(SEED, "--network", network)
            copies = [copy for hop in report["hops"] for copy in hop.get("copies", [])]
            self.assertEqual(len({copy["routingIndicator"] for copy in copies}), len(copies))
            self.assertEqual((report["actionCopies"], report["infoCopies"]), (1, 30))
            by_station = {copy["routingIndicator"]: copy for copy in copies}
            self.assertEqual(by_station["RUEHC"]["kind"], "KIND_ACTION")
            self.assertNotIn("collectives", by_station["RUEHNO"])
            self.assertEqual(by_station["RUEHBI"]["collectives"], ["ALL SOUTH AND CENTRAL ASIA COLLECTIVE"])

    def test_another_first_relay(self):
        self.assertEqual(self.report(SEED, "--network", DEMO, "--relay", "RTAA")["hops"][0]["relay"], "RTAA")
        result = self.run_program("route", SEED, "--network", DEMO, "--relay", "RTAB")
        self.assertExit(result, 2)
        self.assertIn(b"no relay 'RTAB'", result.stderr)

    def test_with_a_circuit_out_the_message_goes_round_it(self):
        result = self.run_program("route", SEED, "--network", DEMO, "--out", "XR")
        self.assertExit(result, 0)
        text = result.stdout.decode()
        self.assertIn("sends over AB to RTBA RELAY BRAVO, to 13 indicators", text)
        self.assertIn("instead of XR (RT-57)", text)
        self.assertIn("sends over BE to RTEA RELAY ECHO, to 13 indicators; instead of AB (RT-57)", text)
        self.assertIn("31 copies in all: 1 action, 30 info\n", text)

    def test_with_a_circuit_out_that_nothing_goes_round_the_message_would_wait(self):
        result = self.run_program("route", SEED, "--network", DEMO, "--out", "AD")
        self.assertExit(result, 1)
        self.assertIn("circuit AD is out, and no alternate takes it; it would wait (RT-57)", result.stdout.decode())

    def test_a_circuit_nobody_knows_is_told(self):
        result = self.run_program("route", SEED, "--network", DEMO, "--out", "XQ")
        self.assertExit(result, 2)
        self.assertIn(b"no circuit 'XQ'", result.stderr)

    def test_an_indicator_without_a_route_is_found(self):
        lost = CLEAN.replace(b"RUEHBJ/AMEMBASSY BEIJING", b"RUZZZZ/AMEMBASSY NOWHERE")
        result = self.run_program("route", "-", "--network", DEMO, stdin=lost)
        self.assertExit(result, 1)
        self.assertRegex(result.stdout, rb"RUZZZZ .*RT-50")
        self.assertIn(b"1 indicator intercepted", result.stdout)

    def test_the_text_says_why_a_leg_has_two_transmissions_and_why_one_goes_back(self):
        text = self.run_program("route", SEED, "--network", DEMO).stdout.decode()
        self.assertIn("sends over AB to RTBA RELAY BRAVO, to 1 indicator, addressees named in the address, apart (RT-27)\n",
                      text)
        self.assertIn("sends over AB to RTBA RELAY BRAVO, to 3 indicators, members of collectives, apart (RT-27)\n", text)
        self.assertRegex(text, r"sends over AC to RTCA [^\n]*; back, since the collectives are expanded here \(RT-21\)\n")

    def test_columns_stay_apart_where_the_address_has_no_indicator(self):
        lost = CLEAN.replace(b"RUEHBJ/AMEMBASSY BEIJING", b"AMEMBASSY NOWHERE")
        result = self.run_program("route", "-", "--network", DEMO, stdin=lost)
        self.assertExit(result, 1)
        self.assertRegex(result.stdout, rb"AMEMBASSY NOWHERE AMEMBASSY NOWHERE is in no entry")

    def test_a_network_file_that_is_none_is_told_in_one_line(self):
        for path, words in (("/dev/zero", b"/dev/zero: the file has more than 16 MiB"),
                            ("/", b"/: this is a directory, expected a file"),
                            ("missing.toml", b"missing.toml: No such file or directory")):
            with self.subTest(path):
                result = self.run_program("route", SEED, "--network", path)
                self.assertExit(result, 2)
                self.assertTrue(result.stderr.startswith(b"torntape: " + words), result.stderr)
                self.assertEqual(result.stderr.count(b"\n"), 1)

    def test_a_station_of_origin_that_nobody_serves_is_a_failure(self):
        result = self.run_program("route", "-", "--network", DEMO, stdin=CLEAN.replace(b"DE RUEHTA", b"DE RUZZZZ"))
        self.assertExit(result, 2)
        self.assertIn(b"--relay", result.stderr)

    def test_a_network_is_needed(self):
        self.assertExit(self.run_program("route", SEED), 2)
        self.assertExit(self.run_program("route", SEED, "--network", "missing.toml"), 2)


if __name__ == "__main__":
    unittest.main()
