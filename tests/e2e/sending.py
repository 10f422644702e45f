"""`torntape send` against other systems: each is killed in mid-run and started again. What was confirmed is there
once, and the report tells the truth about the rest."""
import http.server
import json
import shutil
import signal
import subprocess
import threading
import unittest

from peers import Nats, Receiving, free_port, until
from process import ONE_SWITCH, OPTIONS, PATIENCE, Case, Serve, main, run

try:
    from aiosmtpd.controller import Controller
except ImportError:
    Controller = None


class Send:
    """A run in the background; its report once it has ended."""

    def __init__(self, record, *args, stdin=subprocess.DEVNULL):
        self.process = subprocess.Popen([OPTIONS.program, "send", "--report", "json", "--record", str(record),
                                         *map(str, args)], stdin=stdin, stdout=subprocess.PIPE)

    def report(self):
        out, _ = self.process.communicate(timeout=PATIENCE)
        return json.loads(out)["destinations"][0]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(timeout=PATIENCE)
        self.process.stdout.close()
        if self.process.stdin:
            self.process.stdin.close()


def count(report, name):
    return int(report.get(name, 0))


class SendCase(Case):
    def setUp(self):
        super().setUp()
        self.record = self.directory / "sent.jsonl"
        self.messages = self.directory / "messages.txt"
        self.made = 300
        self.good(run("generate", "--count", self.made, "--output", self.messages))

    def sending(self, to, *args, rate="150/s"):
        return self.enterContext(Send(self.record, self.messages, "--to", to, "--rate", rate, *args))

    def killed_in_mid_run(self, peer, progress, to, *args):
        """The first half of the messages is on its way when the peer is killed; the other half comes when it runs
        again. The report."""
        text = self.messages.read_bytes()
        half = [place for place in range(len(text)) if text.startswith(b"VZCZC", place)][self.made // 2]
        sending = self.enterContext(Send(self.record, "-", "--to", to, "--rate", "150/s", "--give-up", "90s", *args,
                                         stdin=subprocess.PIPE))
        sending.process.stdin.write(text[:half])
        sending.process.stdin.flush()
        until(lambda: progress() >= 20, "twenty messages got there")
        peer.kill()
        peer.start()
        sending.process.stdin.write(text[half:])
        report = sending.report()
        self.assertEqual(count(report, "offered"), self.made)
        self.assertNotIn("failure", report)
        return report

    def compared(self, *received):
        """The comparison of the record with what was received."""
        result = run("compare", self.record, *received, "--format", "json")
        self.assertIn(result.returncode, (0, 1), result.stderr)
        return json.loads(result.stdout)

    def same(self, *received):
        found = self.compared(*received)
        for difference in ("lost", "repeated", "changed", "unsent", "reordered", "wrongAddressee"):
            self.assertEqual(count(found, difference), 0, found)
        return found


class Files(SendCase):
    def test_one_file_a_message_and_one_stream_are_the_same_messages(self):
        out, stream = self.directory / "out", self.directory / "out.txt"
        self.good(run("send", self.messages, "--to", f"file://{out}/", "--to", f"file://{stream}"))
        self.assertEqual(stream.read_bytes(), self.messages.read_bytes())
        self.assertEqual(b"".join(path.read_bytes() for path in sorted(out.iterdir())), self.messages.read_bytes())
        self.good(run("compare", self.messages, out))

    def test_what_is_there_is_not_overwritten(self):
        stream = self.directory / "out.txt"
        stream.write_text("mine")
        result = run("send", self.messages, "--to", f"file://{stream}")
        self.assertEqual(result.returncode, 2)
        self.assertIn("append=yes", result.stderr)
        self.assertEqual(stream.read_text(), "mine")
        out = self.directory / "out"
        for _ in range(2):
            self.good(run("send", self.messages, "--count", 10, "--to", f"file://{out}/"))
        self.assertEqual(len(list(out.iterdir())), 20)

    def test_interrupted_it_reports_what_was_done(self):
        out = self.directory / "out"
        sending = self.sending(f"file://{out}/", rate="5/s")
        until(lambda: out.exists() and any(out.glob("*.txt")), "a first file")
        sending.process.send_signal(signal.SIGINT)
        told, _ = sending.process.communicate(timeout=PATIENCE)
        report = json.loads(told)
        self.assertTrue(report["interrupted"])
        self.assertEqual(sending.process.returncode, 0)
        self.assertEqual(count(report["destinations"][0], "confirmed"), len(list(out.glob("*.txt"))))


class Expectations(SendCase):
    def test_decide_about_the_exit_code(self):
        to = f"file://{self.directory}/out/"
        for expectation, code in (("confirmed=10,refused=0", 0), ("confirmed>10", 1), ("p98<1s", 2)):
            result = run("send", self.messages, "--count", 10, "--to", to, "--expect", expectation)
            self.assertEqual(result.returncode, code, result.stdout + result.stderr)


class Switch(SendCase):
    def test_a_switch_killed_in_mid_run_has_everything_once(self):
        port = free_port()

        class Running:
            def __init__(self, data):
                self.data = data
                self.start()

            def start(self):
                self.serve = Serve("--network", ONE_SWITCH, "--data", self.data, port=port)

            def kill(self):
                self.serve.end(signal.SIGKILL)

        switch = Running(self.data)
        self.addCleanup(lambda: switch.serve.__exit__())

        def filed():
            listed = switch.serve.run("journal", "--max", 1000, "--format", "json")
            return len(json.loads(listed.stdout).get("messages", [])) if listed.returncode == 0 else 0

        # Messages of this network's own stations.
        self.good(run("generate", "--count", self.made, "--network", ONE_SWITCH, "--output", self.messages))
        report = self.killed_in_mid_run(switch, filed, f"torntape://127.0.0.1:{port}")
        self.assertEqual(count(report, "confirmed"), self.made)
        self.assertEqual(filed(), self.made)
        self.assertGreaterEqual(count(report, "reconnections"), 1)

    def test_what_is_refused_is_told_by_its_rule(self):
        switch = self.enterContext(Serve("--store", "memory"))
        text = self.messages.read_text().replace("\nFM ", "\nXX ", 1)
        self.messages.write_text(text)
        sending = self.sending(f"torntape://{switch.address}", rate="max")
        report = sending.report()
        self.assertEqual(sending.process.returncode, 1)
        self.assertEqual(count(report, "refused"), 1)
        self.assertEqual(count(report, "confirmed"), self.made - 1)
        self.assertRegex(report["reasons"][0]["reason"], r"^[A-Z0-9]+-\d+ ")

    def test_a_queue_is_received_and_each_copy_acknowledged_once_it_is_kept(self):
        switch = self.enterContext(Serve("--network", ONE_SWITCH, "--store", "memory"))
        self.good(run("generate", "--count", 50, "--network", ONE_SWITCH, "--output", self.messages))
        self.good(run("send", self.messages, "--to", f"torntape://{switch.address}", "--record", self.record))
        queues = json.loads(self.good(switch.run("queues", "--format", "json")))["queues"]
        queue = max(queues, key=lambda one: sum(int(depth.get("waiting", 0)) for depth in one.get("depths", [])))
        depth = sum(int(one.get("waiting", 0)) for one in queue["depths"])
        received = self.directory / "received.jsonl"
        self.good(run("receive", "--from", f"torntape://{switch.address}/{queue['name']}", "--count", depth, "--output",
                      received))
        found = self.compared(received)
        self.assertEqual(count(found, "received"), depth)
        for difference in ("repeated", "changed", "unsent", "wrongAddressee"):
            self.assertEqual(count(found, difference), 0, found)
        after = json.loads(self.good(switch.run("queues", "--format", "json")))["queues"]
        left = [one for one in after if one["name"] == queue["name"]]
        self.assertEqual(sum(len(one.get("depths", [])) for one in left), 0, left)


@unittest.skipUnless(Nats.available, "nats-server is not installed")
class JetStream(SendCase):
    def test_a_stream_killed_in_mid_run_has_everything_once(self):
        nats = self.enterContext(Nats(self.directory / "nats"))
        to = f"nats://127.0.0.1:{nats.port}/telegrams"
        report = self.killed_in_mid_run(nats, nats.messages, f"{to}?stream=OUT")
        self.assertEqual(count(report, "confirmed"), self.made)
        self.assertEqual(until(nats.messages, "a count"), self.made)
        received = self.directory / "received.jsonl"
        self.good(run("receive", "--from", to, "--count", self.made, "--output", received))
        self.assertEqual(count(self.same(received), "alike"), self.made)

    def test_a_subject_that_no_stream_keeps_is_refused(self):
        nats = self.enterContext(Nats(self.directory / "nats"))
        report = self.sending(f"nats://127.0.0.1:{nats.port}/nowhere", "--count", 5, rate="max").report()
        self.assertEqual(count(report, "refused"), 5)


class Web(SendCase):
    def test_a_receiver_killed_in_mid_run_has_what_was_confirmed_once(self):
        for form in ("text", "json", "protobuf"):
            with self.subTest(form), Receiving(self.directory / form, "http") as receiver:
                report = self.killed_in_mid_run(receiver, receiver.received, f"{receiver.address}/in?as={form}")
                self.assertEqual(count(report, "confirmed") + count(report, "unknown"), self.made)
                self.assertGreaterEqual(receiver.received(), count(report, "confirmed"))
                self.assertEqual(receiver.end(), 0)
                found = self.compared(receiver.record)
                for difference in ("lost", "repeated", "changed", "unsent"):
                    self.assertEqual(count(found, difference), 0, found)

    def test_what_a_status_says(self):
        """400 refuses, 503 is tried again, 500 is not known; each under one key."""
        seen, lock = {}, threading.Lock()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with lock:
                    attempts = seen.setdefault(self.headers["Idempotency-Key"], [])
                    attempts.append(body)
                    number = int(self.headers["Idempotency-Key"].rsplit("-", 1)[1])
                status = {1: 400, 2: 503 if len(attempts) == 1 else 204, 3: 500}.get(number, 204)
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        report = self.sending(f"http://127.0.0.1:{server.server_port}/", "--count", 10, rate="max").report()
        self.assertEqual([count(report, name) for name in ("confirmed", "refused", "unknown", "repeats")], [8, 1, 1, 1])
        attempts = {int(key.rsplit("-", 1)[1]): len(bodies) for key, bodies in seen.items()}
        self.assertEqual(attempts, {number: 2 if number == 2 else 1 for number in range(1, 11)})
        self.assertEqual(b"".join(seen[key][0] for key in sorted(seen, key=lambda key: int(key.rsplit("-", 1)[1]))),
                         self.messages.read_bytes()[:sum(len(bodies[0]) for bodies in seen.values())])


class Mail(SendCase):
    def test_a_mail_server_killed_in_mid_run_has_what_was_confirmed_once(self):
        with Receiving(self.directory / "mail", "smtp") as receiver:
            report = self.killed_in_mid_run(receiver, receiver.received, f"{receiver.address}?to=telegrams@example.org")
            self.assertEqual(count(report, "confirmed") + count(report, "unknown"), self.made)
            self.assertEqual(receiver.end(), 0)
            found = self.compared(receiver.record)
            for difference in ("lost", "repeated", "changed", "unsent"):
                self.assertEqual(count(found, difference), 0, found)

    def test_every_addressee_has_a_mailbox(self):
        with Receiving(self.directory / "mail", "smtp") as receiver:
            report = self.sending(f"{receiver.address}?to={{}}@example.org", "--count", 40, rate="max").report()
            self.assertEqual(count(report, "confirmed"), 40)
            self.assertEqual(receiver.end(), 0)
            result = run("compare", self.record, receiver.record, "--each-addressee", "--format", "json")
            found = json.loads(result.stdout)
            for difference in ("lost", "repeated", "changed", "unsent", "wrongAddressee"):
                self.assertEqual(count(found, difference), 0, found)
            boxes = {line["recipient"] for line in receiver.lines()}
            self.assertGreater(len(boxes), 5)

    @unittest.skipIf(Controller is None, "python3-aiosmtpd is not installed")
    def test_the_header_of_a_military_message_and_the_replies_of_a_server(self):
        class Handler:
            def __init__(self):
                self.mails = []

            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith("nobody"):
                    return "550 no such mailbox"
                envelope.rcpt_tos.append(address)
                return "250 OK"

            async def handle_DATA(self, server, session, envelope):
                self.mails.append(envelope.content.decode("ascii"))
                return "451 later" if len(self.mails) == 1 else "250 OK"

        handler = Handler()
        controller = Controller(handler, hostname="127.0.0.1", port=free_port())
        controller.start()
        self.addCleanup(controller.stop)
        seed = OPTIONS.root / "fixtures" / "seed" / "09ASTANA1399.txt"
        result = run("send", seed, "--to", f"smtp://127.0.0.1:{controller.port}?to={{}}@example.org&from=switch@example.org",
                     "--report", "json")
        self.assertEqual(count(json.loads(result.stdout)["destinations"][0], "confirmed"), 1, result.stdout)
        self.assertEqual(len(handler.mails), 2)  # the first was put off
        header = handler.mails[1].split("\r\n\r\n")[0]
        for line in ("MMHS-Primary-Precedence: 2", "MMHS-Acp127-Message-Identifier: RUEHTA 1399/01 2290141",
                     "MMHS-Originator-PLAD: AMEMBASSY ASTANA", "MMHS-Originator-Reference: ASTANA 001399",
                     "MMHS-Extended-Authorisation-Info: Mon, 17 Aug 2009 01:41:00 +0000", "To: RUEHC@example.org"):
            self.assertIn(line, header.splitlines(), header)
        refused = run("send", seed, "--to", f"smtp://127.0.0.1:{controller.port}?to=nobody@example.org", "--report", "json")
        self.assertEqual(refused.returncode, 1)
        self.assertEqual(count(json.loads(refused.stdout)["destinations"][0], "refused"), 1)


class Circuit(SendCase):
    def test_a_far_end_has_them_under_numbers_of_their_own(self):
        for code in ("text", "ia5", "ita2-us"):
            with self.subTest(code), Receiving(self.directory / code, "tcp", f"?code={code}") as receiver:
                to = f"{receiver.address}?channel=TAI&number=0900&code={code}"
                report = self.sending(to, rate="max").report()
                self.assertEqual(count(report, "sent"), self.made)
                self.assertNotIn("confirmed", report)
                until(lambda: receiver.received() >= self.made, "all are there")
                self.assertEqual(receiver.end(), 0)
                found = self.compared(receiver.record)
                self.assertEqual(count(found, "alike"), self.made if code == "text" else count(found, "alike"))
                self.assertEqual([count(found, name) for name in ("lost", "repeated", "unsent", "reordered")], [0] * 4, found)

    @unittest.skipUnless(shutil.which("nc"), "netcat is not installed")
    def test_netcat_killed_in_mid_run(self):
        """Nothing is called confirmed; all that came was sent, in its order and under the next numbers."""
        out = self.directory / "nc.txt"
        port = free_port()

        class Netcat:
            def start(self):
                with out.open("ab") as file:
                    self.process = subprocess.Popen(["nc", "-l", "-k", "127.0.0.1", str(port)], stdout=file,
                                                    stdin=subprocess.DEVNULL)

            def kill(self):
                self.process.kill()
                self.process.wait(timeout=PATIENCE)

        netcat = Netcat()
        netcat.start()
        self.addCleanup(netcat.kill)
        report = self.killed_in_mid_run(netcat, lambda: out.read_bytes().count(b"\nNNNN"),
                                        f"tcp://127.0.0.1:{port}?channel=TAI")
        self.assertNotIn("confirmed", report)
        self.assertEqual(count(report, "sent") + count(report, "unknown"), self.made)
        until(lambda: b"VZCZCTAI0300" in out.read_bytes() and out.read_bytes().endswith(b"NNNN\n"), "the last is there")
        text = out.read_bytes()
        numbers = [int(line[8:12]) for line in text.splitlines() if line.startswith(b"VZCZCTAI")]
        self.assertEqual(numbers, sorted(set(numbers)))
        self.assertEqual([count(self.compared(out), name) for name in ("repeated", "unsent")], [0, 0])


class Faults(SendCase):
    def test_what_was_labelled_is_what_compare_finds(self):
        labels, out = self.directory / "labels.jsonl", self.directory / "out.txt"
        self.good(run("send", self.messages, "--to", f"file://{out}", "--fault", "drop=0.05,garble=0.0002", "--seed", 7,
                      "--fault-label", labels))
        done = [json.loads(line) for line in labels.read_text().splitlines()]
        self.assertEqual(len(done), self.made)
        done = [label for label in done if label.get("rule") != "none"]
        result = run("compare", self.messages, out, "--format", "json")
        self.assertEqual(result.returncode, 1)
        found = json.loads(result.stdout)
        dropped = sum(label["damage"] == "drop" for label in done)
        self.assertGreater(dropped, 0)
        self.assertLess(dropped, len(done))
        self.assertGreaterEqual(count(found, "lost"), dropped)
        self.assertGreater(count(found, "changed"), 0)
        self.assertLessEqual(count(found, "changed") + count(found, "unsent"), len(done) - dropped)
        again = self.directory / "again.txt"
        self.good(run("send", self.messages, "--to", f"file://{again}", "--fault", "drop=0.05,garble=0.0002", "--seed", 7))
        self.assertEqual(again.read_bytes(), out.read_bytes())


class Replay(SendCase):
    def test_a_journal_is_sent_again_marked(self):
        first = self.enterContext(Serve("--store", "memory"))
        second = self.enterContext(Serve("--store", "memory"))
        self.good(run("send", self.messages, "--count", 20, "--to", f"torntape://{first.address}"))
        to = f"torntape://{second.address}"
        self.good(run("replay", "--journal", first.address, "--to", to, "--speed", 1000, "--expect", "confirmed=20"))
        self.good(run("replay", "--journal", first.address, "--to", to, "--rate", "max", "--mark", "ZFD", "--expect",
                      "confirmed=20"))
        listed = json.loads(self.good(second.run("journal", "--max", 100, "--format", "json")))["messages"]
        marked = [one for one in listed if "ZFD" in one["heading"]["preamble"].get("messageInstructions", [])]
        self.assertEqual((len(listed), len(marked)), (40, 20))

    def test_spacing_is_kept(self):
        """A record of 3 s, ten times as fast: no sooner than 0.3 s."""
        out, record = self.directory / "out.txt", self.directory / "again.jsonl"
        lines = [{"number": str(n + 1), "receivedAt": f"2026-01-01T00:00:0{n}Z", "text": "VlpDWkNUQUkwMDAxClJSIFJVRUhDCk5OTk4K"}
                 for n in range(4)]
        source = self.directory / "received.jsonl"
        source.write_text("".join(json.dumps(line) + "\n" for line in lines))
        report = json.loads(self.good(run("replay", source, "--speed", 10, "--to", f"file://{out}", "--report", "json",
                                          "--record", record)))
        self.assertEqual(count(report["destinations"][0], "confirmed"), 4)
        self.assertGreaterEqual(report["destinations"][0]["seconds"], 0.3)


if __name__ == "__main__":
    main()
