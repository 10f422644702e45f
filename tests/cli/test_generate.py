import json
import os
import signal
import subprocess
import unittest

from program import DEMO, ONE_SWITCH, PROGRAM, ProgramTest


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

    def labels(self, *arguments):
        result = self.run_program("generate", "--label", "labels.jsonl", "--output", "traffic.txt", *arguments)
        self.assertExit(result, 0)
        labels = [json.loads(line) for line in (self.directory / "labels.jsonl").read_text().splitlines()]
        return (self.directory / "traffic.txt").read_bytes(), labels, result

    def test_a_label_gives_the_good_message_back(self):
        text, labels, _ = self.labels("--count", "200", "--violate", "FL2,FL5-01,lost-slash", "--share", "0.5")
        self.assertEqual({label["message"] for label in labels}, set(range(1, 201)))
        end = 0
        for label in labels:
            where = label["where"]
            begin = int(where.get("offset", 0))
            self.assertEqual(begin, end)
            end = begin + int(where["length"])
            self.assertEqual(text.count(b"\n", 0, begin) + 1, where["line"])
            if label["rule"] == "none":
                continue
            span = label["span"]
            at, length = int(span.get("offset", 0)), int(span.get("length", 0))
            self.assertEqual(text[at:at + length].decode(), label.get("now", ""))
            self.assertEqual(text.count(b"\n", 0, at) + 1, span["line"])
            self.assertEqual(at - text.rfind(b"\n", 0, at), span["column"])
            restored = text[begin:at] + label.get("before", "").encode() + text[at + length:end]
            result = self.run_program("check", "-", "--copy-kind", "origin", "--profile", "state", "--fail-on", "warning",
                                      stdin=restored)
            self.assertExit(result, 0)
        self.assertEqual(end, len(text))
        self.assertEqual({label.get("damage") for label in labels}, {None, "lost-slash"})

    def test_every_form_is_good(self):
        for mix in ("relayed", "archive", "every-form"):
            messages = self.generate("--count", "150", "--mix", mix)
            result = self.run_program("check", "-", "--network", DEMO, "--fail-on", "warning", stdin=messages)
            self.assertExit(result, 0)
        codress = self.generate("--count", "20", "--profile", "acp127", "--form", "codress", "--copy-kind", "relay")
        self.assertEqual(codress.count(b"\nGR "), 20)

    def test_a_mix_of_ones_own(self):
        mix = self.file("mix.toml", b'forms = { book = 1 }\nlines = [2, 2]\n')
        self.assertEqual(self.generate("--count", "10", "--mix", mix).count(b" ZEX\n"), 10)
        result = self.run_program("generate", "--mix", self.file("bad.toml", b"formes = 1\n"))
        self.assertExit(result, 2)
        self.assertIn(b"bad.toml:1:1: unknown key 'formes'", result.stderr)

    def test_one_message_restamped(self):
        message = self.generate("--count", "1", "--from", "RUEHTA", "--seed", "9")
        path = self.file("one.txt", message)
        self.assertEqual(self.run_program("generate", "--like", path).stdout, message)
        many = self.run_program("generate", "--like", path, "--count", "30", "--set", "dtg=next,ssn=next,channel=next,mcn=next")
        self.assertExit(many, 0)
        self.assertIn(b"DE RUEHTA #0031 ", many.stdout)
        result = self.run_program("check", "-", "--continuity", "--network", DEMO, "--fail-on", "warning", stdin=many.stdout)
        self.assertExit(result, 0)

    def test_a_number_that_cannot_be_set_is_refused(self):
        path = self.file("one.txt", self.generate("--count", "1"))
        for value, why in (("ssn=99999", b"room for 4 figures"), ("ssn=5,mrn=6", b"contradict"), ("ssn=5,ssn=6", b"set already"),
                           ("ssn=5,,dtg=now", b"an empty word")):
            result = self.run_program("generate", "--like", path, "--set", value)
            self.assertExit(result, 2)
            self.assertIn(why, result.stderr)

    def test_what_can_be_made_is_listed(self):
        listed = self.run_program("generate", "--list")
        self.assertExit(listed, 0)
        for word in (b"every-form", b"lost-slash", b"FL7-04"):
            self.assertIn(word, listed.stdout)

    def test_what_was_asked_for_and_cannot_be_is_told(self):
        for arguments, why in ((("--violate", "FL2-O1"), b"did you mean 'FL2-01'"), (("--violate", "FL2-08"), b"--profile"),
                               (("--mix", "relaid"), b"'relayed'"), (("--profile", "acp126", "--form", "codress"), b"codress"),
                               (("--set", "ssn=next"), b"--like"), (("--share", "2", "--violate", "all"), b"--share"),
                               (("--share", "nan", "--violate", "all"), b"no number from 0 to 1"),
                               (("--share", "0.5"), b"--violate"), (("--seed", "-1"), b"no whole number from 0 on"),
                               (("--seed", "99999999999999999999"), b"no whole number"),
                               (("--mix", "archive", "--copy-kind", "origin"), b"the mix 'archive' has no origin messages"),
                               (("--violate", "FL5-01,,FL2-01"), b"an empty word"),
                               (("--like", "/dev/null"), b"no message in it"),
                               (("--label", "one.txt", "--output", "./one.txt"), b"name one file")):
            result = self.run_program("generate", *arguments)
            self.assertExit(result, 2)
            self.assertIn(why, result.stderr)
        never = self.run_program("generate", "--count", "3", "--violate", "FL2-15")
        self.assertExit(never, 2)
        self.assertIn(b"FL2-15 was not made", never.stderr)
        beside = self.run_program("generate", "--count", "3", "--violate", "FL2-15,FL5-01")
        self.assertExit(beside, 2)
        self.assertIn(b"FL2-15 was not made", beside.stderr)
        self.assertEqual(list(self.directory.iterdir()), [])

    def test_interrupted_it_leaves_nothing(self):
        os.mkfifo(self.directory / "labels")
        for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            process = subprocess.Popen([PROGRAM, "generate", "--count", "100000000", "--output", "traffic.txt", "--label", "labels"],
                                       cwd=self.directory)
            with open(self.directory / "labels", "rb") as labels:  # it is at work
                self.assertIn(b'"message"', labels.readline())
                process.send_signal(ending)
                process.wait(timeout=60)
            self.assertEqual([path.name for path in self.directory.iterdir()], ["labels"])

    def test_a_file_is_replaced_whole_and_keeps_its_mode(self):
        path = self.file("traffic.txt", b"old")
        path.chmod(0o640)
        self.generate("--count", "1", "--output", path)
        self.assertEqual(path.read_bytes(), self.generate("--count", "1", "--output", "-"))
        self.assertEqual(path.stat().st_mode & 0o777, 0o640)
        self.assertEqual(list(self.directory.iterdir()), [path])

    def test_what_cannot_be(self):
        self.assertExit(self.run_program("generate", "--network", DEMO, "--from", "RTXXXX"), 2)
        self.assertExit(self.run_program("generate", "--network", self.directory / "none.toml"), 2)
        self.assertEqual(self.generate("--count", "0"), b"")


if __name__ == "__main__":
    unittest.main()
