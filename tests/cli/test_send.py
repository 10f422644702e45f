import json
import unittest

from program import ProgramTest


class Send(ProgramTest):
    def setUp(self):
        super().setUp()
        self.messages = self.file("messages.txt", self.run_program("generate", "--count", "5").stdout)

    def to(self, name):
        return f"file://{self.directory}/{name}"

    def refused(self, why, *arguments):
        result = self.run_program(*arguments)
        self.assertExit(result, 2)
        self.assertIn(why, result.stderr)

    def test_what_would_decide_nothing_is_refused(self):
        for option in (("--violate", "FL5-01"), ("--mix", "relayed"), ("--label", "labels.jsonl"), ("--seed", "7")):
            self.refused(option[0].encode(), "send", self.messages, "--to", self.to("out.txt"), *option)
        self.assertFalse((self.directory / "out.txt").exists())
        self.assertExit(self.run_program("send", self.messages, "--to", self.to("a.txt"), "--fault", "drop=0.5", "--seed", "7"), 0)
        self.assertExit(self.run_program("send", self.messages, "--to", self.to("b.txt?rate=poisson:1000/s"), "--seed", "7"), 0)

    def test_values_that_say_nothing(self):
        for option, why in ((("--expect", ""), b"--expect"), (("--fault", ""), b"--fault"), (("--expect", "p99<5"), b"50ms"),
                            (("--for", "0s"), b"a second or more"), (("--window", "0"), b"no whole number from 1 to 10000"),
                            (("--record", "x", "--fault-label", "x", "--fault", "drop=1"), b"name one file")):
            self.refused(why, "send", self.messages, "--to", self.to("out.txt"), *option)

    def test_an_option_of_yes_or_no(self):
        (self.directory / "out.txt").write_bytes(b"")
        self.refused(b"append=maybe is neither yes nor no", "send", self.messages, "--to", self.to("out.txt?append=maybe"))
        self.refused(b"starttls= is neither yes nor no", "send", self.messages, "--to", "smtp://127.0.0.1:9?to=a@b&starttls=")
        self.refused(b"core=true is neither yes nor no", "receive", "--from", "nats://127.0.0.1:9/a?core=true")
        self.refused(b"is there already", "send", self.messages, "--to", self.to("out.txt?append=no"))
        for yes in ("?append", "?append=yes"):
            self.assertExit(self.run_program("send", self.messages, "--to", self.to("out.txt" + yes)), 0)

    def test_where_there_is_no_message_there_is_no_success(self):
        nothing = self.file("nothing.txt", b"\n\n")
        self.file("empty.txt", b"")
        for path in ("/dev/null", "empty.txt", nothing):
            self.refused(b"no message in it", "send", path, "--to", self.to("out/"))
            self.refused(b"no message in it", "replay", path, "--to", self.to("out/"))
        self.refused(b"no message in it", "compare", "/dev/null", self.messages)
        self.refused(b"which is to be replayed", "replay", "--journal", "localhost:1", self.messages, "--to", self.to("out/"))

    def test_labels_of_what_was_sent(self):
        options = ("--violate", "FL5-01,FL2-01", "--share", "0.5", "--seed", "3")
        result = self.run_program("send", "--made-up", "--count", "40", *options, "--label", "labels.jsonl", "--to", self.to("a.txt"),
                                  "--to", self.to("b.txt"))
        self.assertExit(result, 0)
        made = self.run_program("generate", "--count", "40", *options, "--label", "others.jsonl")
        self.assertEqual((self.directory / "a.txt").read_bytes(), made.stdout)
        self.assertEqual((self.directory / "labels.jsonl").read_bytes(), (self.directory / "others.jsonl").read_bytes())

    def test_a_fault_without_a_place_is_told(self):
        result = self.run_program("send", "--made-up", "--count", "2", "--violate", "FL2-15", "--to", self.to("a.txt"))
        self.assertExit(result, 2)
        self.assertIn(b"FL2-15 was not made", result.stderr)

    def test_a_destination_that_is_none_of_the_record(self):
        self.assertExit(self.run_program("send", self.messages, "--record", "sent.jsonl", "--to", self.to("a/"), "--to", self.to("b/")), 0)
        self.assertExit(self.run_program("compare", "sent.jsonl", "a", "--destination", self.to("a/")), 0)
        self.assertExit(self.run_program("compare", "sent.jsonl", "a", "b"), 0)
        self.refused(b"nothing went to 'c'", "compare", "sent.jsonl", "a", "--destination", "c")
        self.refused(b"is no record", "compare", self.messages, "a", "--destination", "c")
        self.assertEqual(len({json.loads(line)["destination"] for line in (self.directory / "sent.jsonl").read_text().splitlines()}), 2)


if __name__ == "__main__":
    unittest.main()
