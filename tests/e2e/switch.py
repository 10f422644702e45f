"""A switch from start to end: file, look, collect, crash, restart, drain."""
import base64
import json
import os
import pathlib
import signal
import socket
import subprocess
import unittest

from process import DEMO, ONE_SWITCH, OPTIONS, PATIENCE, SEED, Case, Serve, main, run


def waiting(switch):
    """Copies that wait, by queue."""
    told = json.loads(switch.run("queues", "--format", "json").stdout)
    return {queue["name"]: sum(int(depth.get("waiting", 0)) for depth in queue.get("depths", []))
            for queue in told.get("queues", [])}


class Switch(Case):
    def test_the_seed_makes_31_copies_on_the_one_switch_network(self):
        with Serve("--network", ONE_SWITCH, "--data", self.data) as switch:
            told = self.good(switch.run("submit", SEED))
            self.assertRegex(told, r"^\S+  .*09ASTANA1399\.txt: 1 action copy, 30 info copies\n$")
            self.assertEqual(sum(waiting(switch).values()), 31)
            table = self.good(switch.run("queues"))
            self.assertIn("SECSTATE WASHDC", table)
            self.assertIn("31 copies waiting in 31 queues", table)
            copies = self.good(switch.run("collect", "RUEHC", "--format", "json")).splitlines()
            self.assertEqual(len(copies), 1)
            copy = json.loads(copies[0])
            self.assertEqual(copy["kind"], "KIND_ACTION")
            self.assertEqual(copy["message"]["heading"]["originator"], "AMEMBASSY ASTANA")
            self.assertEqual(sum(waiting(switch).values()), 30)
            self.assertEqual(switch.end(), 0)

    def test_nothing_accepted_is_lost_by_kill_9(self):
        with Serve("--network", ONE_SWITCH, "--data", self.data) as switch:
            self.good(switch.run("submit", SEED))
            self.good(switch.run("collect", "RUEHC"))
            self.good(switch.run("submit", self.seed(2001)))
            switch.end(signal.SIGKILL)
        with Serve("--network", ONE_SWITCH, "--data", self.data) as switch:
            left = waiting(switch)
            self.assertEqual(sum(left.values()), 61)
            self.assertEqual(left["RUEHC"], 1)
            self.assertIn("filed before", self.good(switch.run("submit", SEED)))
            text = self.good(switch.run("collect", "RUEHC", "--quiet"))
            self.assertIn(text, self.seed(2001).read_text())
            self.assertTrue(self.seed(2001).read_text().startswith(text))
            self.assertEqual(switch.end(), 0)

    def test_a_text_damaged_on_disk_is_told_and_made_whole_by_filing_it_again(self):
        with Serve("--data", self.data) as switch:
            for serial in (2001, 2002):
                self.good(switch.run("submit", self.seed(serial)))
            self.assertEqual(switch.end(), 0)
        data = pathlib.Path(self.data) / "data.mdb"
        data.write_bytes(data.read_bytes().replace(b"#2001/01", b"#2001/0!"))
        with Serve("--data", self.data) as switch:
            damaged = switch.run("collect", "RUEHC", "--format", "json")
            self.assertEqual(damaged.returncode, 1)
            self.assertIn("copy 1-0 stays in the queue: its text is damaged", damaged.stderr)
            self.assertEqual([json.loads(line)["id"] for line in damaged.stdout.splitlines()], ["2-0"])
            told = switch.run("message", "1")
            self.assertEqual(told.returncode, 1)
            self.assertIn("message 1 is damaged in the store", told.stderr)
            self.assertIn("filed before", self.good(switch.run("submit", self.seed(2001))))
            again = json.loads(self.good(switch.run("collect", "RUEHC", "--format", "json")))
            self.assertTrue(again["suspectedDuplicate"])
            self.assertEqual(base64.b64decode(again["message"]["text"]).strip(), self.seed(2001).read_bytes().strip())
            self.assertEqual(switch.end(), 0)

    def test_a_store_is_verified_compacted_and_exported(self):
        with Serve("--data", self.data) as switch:
            for serial in (2001, 2002):
                self.good(switch.run("submit", self.seed(serial)))
            held = run("store", "verify", self.data)
            self.assertEqual(held.returncode, 2)
            self.assertIn("open already", held.stderr)
            self.assertEqual(switch.end(), 0)
        self.assertEqual(self.good(run("store", "verify", self.data)),
                         "2 messages, 28 copies (0 settled), 0 texts damaged\n")
        self.assertIn("bytes, ", self.good(run("store", "compact", self.data)))
        lines = self.good(run("store", "export", self.data, "--format", "jsonl")).splitlines()
        self.assertEqual([json.loads(line)["id"] for line in lines], ["1", "2"])
        checked = subprocess.run([OPTIONS.program, "check", "-"], input=self.good(run("store", "export", self.data)),
                                 capture_output=True, text=True, timeout=PATIENCE, check=False)
        self.assertEqual(checked.returncode, 0)
        self.assertIn("2 messages", checked.stderr + checked.stdout)
        data = pathlib.Path(self.data) / "data.mdb"
        data.write_bytes(data.read_bytes().replace(b"#2001/01", b"#2001/0!"))
        damaged = run("store", "verify", self.data)
        self.assertEqual(damaged.returncode, 1)
        self.assertIn("message 1 is damaged", damaged.stderr)
        self.assertEqual(run("store", "export", self.data).returncode, 1)
        self.assertEqual(run("store", "verify", self.directory / "none").returncode, 2)

    def test_whenever_it_is_killed_what_was_answered_is_there(self):
        files = [self.seed(serial) for serial in range(3000, 3120)]
        with Serve("--data", self.data) as switch:
            command = [OPTIONS.program, "submit", "--switch", switch.address, "--format", "json", *map(str, files)]
            with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as submit:
                first = submit.stdout.readline()
                switch.end(signal.SIGKILL)
                answers = [first, *submit.stdout]
                self.assertIn(submit.wait(timeout=PATIENCE), (0, 2))
        accepted = {json.loads(line)["submit"]["id"] for line in answers if "submit" in line}
        self.assertTrue(accepted)
        with Serve("--data", self.data) as switch:
            for number in accepted:
                told = json.loads(self.good(switch.run("message", number, "--format", "json")))
                self.assertEqual(len(told["copies"]), 14)
            self.assertEqual(switch.end(), 0)

    def test_an_open_switch_makes_a_queue_for_every_addressee_named(self):
        with Serve("--store", "memory") as switch:
            self.good(switch.run("submit", SEED))
            self.assertEqual(sum(waiting(switch).values()), 14)
            told = self.good(switch.run("message", "1"))
            self.assertIn("RUEHC", told)
            self.assertIn("waiting", told)
            self.assertEqual(switch.run("message", "99").returncode, 1)

    def test_a_bad_message_is_refused_with_its_diagnostics(self):
        bad = self.directory / "bad.txt"
        bad.write_bytes(SEED.read_bytes().replace(b"PP RUEHBI", b"NN RUEHBI"))
        with Serve("--store", "memory") as switch:
            refused = switch.run("submit", bad, SEED)
            self.assertEqual(refused.returncode, 1)
            self.assertIn("FL2-01", refused.stderr)
            self.assertIn("refused", refused.stderr)
            self.assertIn("1 action copy", refused.stdout)
            told = json.loads(switch.run("submit", "--format", "json", bad).stdout)
            self.assertEqual(told["refusal"]["reason"], "REASON_INVALID")

    def test_what_is_let_in_is_said_by_admit(self):
        in_routing_line, in_preamble, nonsense = (self.directory / name for name in ("fl2.txt", "fl5.txt", "none.txt"))
        in_routing_line.write_bytes(self.seed(2001).read_bytes().replace(b"PP RUEHBI", b"NN RUEHBI"))
        in_preamble.write_bytes(self.seed(2002).read_bytes().replace(b"P 170141Z", b"P 179941Z"))
        nonsense.write_text("NONSENSE\n")
        for mode, codes in (("strict", (1, 1, 1)), ("relay", (1, 0, 1)), ("all", (0, 0, 0))):
            with self.subTest(mode), Serve("--store", "memory", "--admit", mode) as switch:
                told = [switch.run("submit", file) for file in (in_routing_line, in_preamble, nonsense)]
                self.assertEqual(tuple(each.returncode for each in told), codes)
                if mode == "all":
                    self.assertIn("a copy waits in the queue intercept: ", told[0].stderr)
                    self.assertIn("1 action copy, 13 info copies", told[1].stdout)
                    kept = self.good(switch.run("collect", "intercept", "--format", "json")).splitlines()
                    self.assertEqual(base64.b64decode(json.loads(kept[1])["message"]["text"]), nonsense.read_bytes())
                    self.assertEqual(switch.run("reroute", "1-0").returncode, 1)
                self.assertEqual(switch.end(), 0)

    def test_one_file_of_many_messages_is_filed_message_by_message(self):
        archive = self.directory / "archive.txt"
        archive.write_bytes(b"".join(self.seed(serial).read_bytes() + b"\n" for serial in range(4000, 4200)))
        with Serve("--data", self.data) as switch:
            lines = self.good(switch.run("submit", archive)).splitlines()
            self.assertEqual(len(lines), 200)
            self.assertEqual(len({line.split()[0] for line in lines}), 200)
            collected = self.good(switch.run("collect", "RUEHC", "--format", "json")).splitlines()
            self.assertEqual(len(collected), 200)
            self.assertEqual(waiting(switch).get("RUEHC", 0), 0)

    def test_a_copy_that_cannot_be_written_stays(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full here")
        with Serve("--store", "memory") as switch:
            self.good(switch.run("submit", SEED))
            with open("/dev/full", "w", encoding="ascii") as full:
                self.assertEqual(switch.run("collect", "RUEHC", stdout=full).returncode, 2)
            again = json.loads(self.good(switch.run("collect", "RUEHC", "--follow", "--max", "1", "--format", "json")))
            self.assertTrue(again["suspectedDuplicate"])

    def test_a_peek_takes_nothing(self):
        with Serve("--store", "memory") as switch:
            self.good(switch.run("submit", SEED))
            for _ in range(2):
                self.assertIn("SECSTATE", self.good(switch.run("collect", "RUEHC", "--peek")))
            self.assertEqual(self.good(switch.run("collect", "RUEHC", "--kind", "info")), "")
            self.assertEqual(waiting(switch)["RUEHC"], 1)

    def test_follow_gets_copies_as_they_come_and_ends_on_sigint(self):
        with Serve("--store", "memory") as switch:
            command = [OPTIONS.program, "collect", "RUEHC", "--follow", "--format", "json", "--switch", switch.address]
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as follow:
                for serial in (5001, 5002):
                    self.good(switch.run("submit", self.seed(serial)))
                    copy = json.loads(follow.stdout.readline())
                    heading = copy["message"]["heading"]
                    self.assertEqual(heading["origin"]["stationSerialNumber"], str(serial))
                follow.send_signal(signal.SIGINT)
                self.assertEqual(follow.wait(timeout=PATIENCE), 0)

    def test_sigterm_drains_and_a_question_that_waits_does_not_hold_it(self):
        with Serve("--data", self.data) as switch:
            self.good(switch.run("submit", SEED))
            command = [OPTIONS.program, "collect", "RUEHC", "--follow", "--switch", switch.address]
            with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as follow:
                self.assertTrue(follow.stdout.readline())
                self.assertEqual(switch.end(), 0)
                follow.communicate(timeout=PATIENCE)
                self.assertEqual(follow.returncode, 2)

    def test_one_copy_collected_quietly_is_the_message_byte_for_byte(self):
        with Serve("--store", "memory") as switch:
            self.good(switch.run("submit", SEED))
            shown = json.loads(self.good(switch.run("message", "1", "--format", "json")))
            text = base64.b64decode(shown["message"]["text"])
            told = subprocess.run([OPTIONS.program, "collect", "RUEHC", "-q", "--switch", switch.address],
                                  stdout=subprocess.PIPE, timeout=PATIENCE, check=True).stdout
            self.assertEqual(told, text)

    def test_a_plain_language_address_names_the_queue_that_has_it(self):
        with Serve("--network", ONE_SWITCH, "--store", "memory") as switch:
            self.good(switch.run("submit", SEED))
            self.assertIn("SECSTATE WASHDC", self.good(switch.run("queues", "SECSTATE WASHDC")))
            self.assertIn("RUEHC", self.good(switch.run("collect", "SECSTATE WASHDC")))
            self.assertEqual(switch.run("collect", "NOBODY").returncode, 1)

    def test_a_port_that_is_silent_is_given_up(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            address = f"127.0.0.1:{silent.getsockname()[1]}"
            for command in (["queues"], ["message", "1"], ["submit", SEED], ["collect", "RUEHC"]):
                with self.subTest(command):
                    gone = run(*command, "--switch", address, "--timeout", "1s")
                    self.assertEqual(gone.returncode, 2)
                    self.assertIn(f"the switch at {address} does not answer within 1 s", gone.stderr)

    def test_a_refusal_draws_errors_and_counts_the_notes(self):
        bad = self.directory / "bad.txt"
        bad.write_bytes(SEED.read_bytes().replace(b"PP RUEHBI", b"NN RUEHBI"))
        with Serve("--store", "memory") as switch:
            told = switch.run("submit", bad).stderr
            self.assertIn("error[FL2-01]", told)
            self.assertNotIn("info[", told)
            self.assertRegex(told, r"refused: the heading has 1 error \(and \d+ notes; -v shows them\)\n$")
            self.assertIn("info[", switch.run("submit", "-v", bad).stderr)

    def test_directories_say_what_they_pass_over(self):
        folder = self.directory / "archive"
        folder.mkdir()
        (folder / ".hidden.txt").write_bytes(SEED.read_bytes())
        (folder / "seed.txt").write_bytes(SEED.read_bytes())
        (folder / "gone.txt").symlink_to("nowhere")
        with Serve("--store", "memory") as switch:
            told = switch.run("submit", folder)
            self.assertEqual(told.returncode, 2)
            self.assertIn("1 action copy", told.stdout)
            self.assertIn("gone.txt: a link that leads nowhere", told.stderr)
            self.assertIn("1 hidden file or directory passed over: its name begins with a dot", told.stderr)

    def test_a_damaged_store_is_told(self):
        with Serve("--data", self.data) as switch:
            self.good(switch.run("submit", SEED))
            switch.end()
        with open(self.data / "data.mdb", "r+b") as file:
            file.truncate(0)
        told = run("serve", "--data", self.data, "--listen-protobuf", "127.0.0.1:0")
        self.assertEqual(told.returncode, 2)
        self.assertIn(f"the store in {self.data} is damaged: ", told.stderr)

    def test_no_switch(self):
        with Serve("--store", "memory") as switch:
            address = switch.address
            switch.end()
        gone = run("queues", "--switch", address)
        self.assertEqual(gone.returncode, 2)
        self.assertIn(f"no switch answers at {address}: connection refused", gone.stderr)

    def test_the_switch_is_found_in_the_environment(self):
        with Serve("--store", "memory") as switch:
            told = run("queues", env={**os.environ, "TORNTAPE_SWITCH": switch.address})
            self.assertEqual(self.good(told), "no queues yet\n")

    def test_what_keeps_a_switch_from_starting_is_told(self):
        with Serve("--data", self.data) as switch:
            cases = {
                ("--store", "memory", "--listen-protobuf", switch.address): switch.address,
                ("--store", "memory", "--listen-protobuf", "0.0.0.0:0"): "TLS",
                ("--store", "memory", "--listen-protobuf", "here"): "ADDR:PORT",
                ("--data", self.data, "--listen-protobuf", "127.0.0.1:0"): str(self.data),
                ("--store", "memory", "--relay", "RTAA"): "it needs --network",
                ("--store", "memory", "--network", DEMO): "has 6 relays: --relay says which of them this is",
                ("--store", "memory", "--network", ONE_SWITCH, "--relay", "RXXX"): "no relay 'RXXX'",
                ("--store", "memory", "--network", self.directory / "none.toml"): "none.toml",
            }
            for args, words in cases.items():
                with self.subTest(args):
                    refused = run("serve", *args)
                    self.assertEqual(refused.returncode, 2)
                    self.assertIn(words, refused.stderr)
                    self.assertEqual(refused.stdout, "")


if __name__ == "__main__":
    main()
