import json
import unittest

from program import DEMO, ONE_SWITCH, ProgramTest


class Generate(ProgramTest):
    def generate(self, *arguments):
        result = self.run_program("generate", "--network", DEMO, *arguments)
        self.assertExit(result, 0)
        return result.stdout

    def test_made_up_messages_are_good(self):
        for network in (DEMO, ONE_SWITCH):
            messages = self.run_program("generate", "--network", network, "--count", "200", "--seed", "3").stdout
            self.assertEqual(messages.count(b"\nNNNN\n"), 200)
            for kind in ("origin", "relay"):
                result = self.run_program("check", "-", "--network", network, "--copy-kind", kind, "--fail-on", "warning",
                                          stdin=messages)
                self.assertExit(result, 0)

    def test_the_same_seed_makes_the_same_bytes(self):
        self.assertEqual(self.generate("--count", "20", "--seed", "3"), self.generate("--count", "20", "--seed", "3"))
        self.assertNotEqual(self.generate("--count", "20", "--seed", "3"), self.generate("--count", "20", "--seed", "4"))
        self.assertTrue(self.generate("--count", "20", "--seed", "3").startswith(self.generate("--count", "5", "--seed", "3")))

    def test_without_a_network_they_travel_in_that_of_the_examples(self):
        result = self.run_program("generate", "--count", "50", "--seed", "1")
        self.assertExit(result, 0)
        self.assertEqual(result.stdout.count(b"\nNNNN\n"), 50)
        self.assertExit(self.run_program("check", "-", "--network", DEMO, "--fail-on", "warning", stdin=result.stdout), 0)

    def test_all_from_one_station_have_its_serials_in_order(self):
        messages = self.generate("--count", "12", "--from", "RUEHTA")
        result = self.run_program("parse", "-", stdin=messages)
        self.assertExit(result, 0)
        origins = [json.loads(line)["heading"]["origin"] for line in result.stdout.splitlines()]
        self.assertEqual([o["routingIndicator"] for o in origins], ["RUEHTA"] * 12)
        self.assertEqual([int(o["stationSerialNumber"]) for o in origins], list(range(1, 13)))

    def test_what_cannot_be(self):
        self.assertExit(self.run_program("generate", "--network", DEMO, "--from", "RTXXXX"), 2)
        self.assertExit(self.run_program("generate", "--network", self.directory / "none.toml"), 2)
        self.assertEqual(self.generate("--count", "0"), b"")


if __name__ == "__main__":
    unittest.main()
