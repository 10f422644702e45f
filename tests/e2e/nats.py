"""A switch whose messages lie in NATS: two of them on one relay, nodes killed, lines cut. A ledger knows what was accepted."""
import http.client
import json
import re
import signal
import socket
import subprocess
import threading
import time

from circuits import FarEnd
from engine import Engine, Line, get, skip_without_server, until
from process import DEMO, ONE_SWITCH, OPTIONS, PATIENCE, SEED, Case, Serve, main, run

TEXT = SEED.read_bytes()
PRECEDENCES = [f"PRECEDENCE_{name}" for name in ("ROUTINE", "PRIORITY", "IMMEDIATE", "FLASH", "EMERGENCY_COMMAND")]


class Ledger:
    """Files messages, one after another, wherever they are taken; what is refused is filed again."""

    def __init__(self, *switches, pace=0):
        """`pace`: seconds between two."""
        self.pace = pace
        self.ports = [switch.http_port for switch in switches]
        self.accepted = {}  # message number by serial
        self.refused = []
        self.ending = False
        self.thread = threading.Thread(target=self.run)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ending = True
        self.thread.join(timeout=PATIENCE)

    def file(self, serial):
        digits = str(serial).encode()
        text = TEXT.replace(b"1399", digits).replace(b"XRO3820", b"XRO" + digits)
        for port in list(self.ports):
            try:
                line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
                line.request("POST", "/api/v1/messages", text, {"Content-Type": "text/plain"})
                answer = line.getresponse()
                told = json.loads(answer.read())
                line.close()
            except (OSError, http.client.HTTPException):
                continue
            if answer.status == 202:
                return int(told["id"])
            self.refused.append((answer.status, told.get("detail", "")))
        return None

    def run(self):
        for serial in range(1001, 9999):
            while serial not in self.accepted:
                if self.ending:
                    return
                number = self.file(serial)
                if number is not None:
                    self.accepted[serial] = number
                    time.sleep(self.pace)
                else:
                    time.sleep(0.02)

    def grow(self, by):
        """Waits until so many more are accepted."""
        more = len(self.accepted) + by
        until(lambda: len(self.accepted) >= more, f"{more} messages accepted; refused: {self.refused[-1:]}")


def ready(switch):
    return get(f"http://{switch.http}/readyz")[0] == 200


def delivers(switch):
    """Not only takes filings."""
    return get(f"http://{switch.http}/readyz") == (200, "ready\n")


def why_not_ready(switch):
    status, text = get(f"http://{switch.http}/readyz")
    return json.loads(text)["detail"] if status == 503 else ""


def metric(switch, name):
    """None while the relay is being rebuilt: the switch tells no figures then."""
    found = re.search(rf"^{name} (\d+)$", get(f"http://{switch.http}/metrics")[1], re.MULTILINE)
    return int(found[1]) if found else None


class NatsCase(Case):
    def serve(self, address, name="a", *args, **kwargs):
        kwargs.setdefault("http", 0)
        return Serve("--network", ONE_SWITCH, "--store", address, "--data", self.directory / name, *args, **kwargs)

    def collect(self, switch):
        """The number and the serial of each message that waits."""
        serials, more = [], True
        while more:
            told = self.good(switch.run("collect", "RUEHC", "--max", "200", "--format", "json"))
            copies = [json.loads(line) for line in told.splitlines()]
            serials += [(int(copy["id"].split("-")[0]), int(copy["message"]["heading"]["origin"]["stationSerialNumber"]))
                        for copy in copies]
            more = bool(copies)
        return serials

    def check(self, ledger, switch):
        """Every accepted message waits, once, in the order of acceptance."""
        self.assertEqual(len(set(ledger.accepted.values())), len(ledger.accepted))
        serials = self.collect(switch)
        self.assertEqual(serials, sorted(serials))
        held = {serial: number for number, serial in serials}
        self.assertEqual(len(held), len(serials))
        lost = {serial for serial, number in ledger.accepted.items() if held.get(serial) != number}
        self.assertEqual(lost, set())


class Nats(NatsCase):
    def test_a_switch_killed_under_load_is_followed_by_the_one_that_stands_by(self):
        with Engine(self.directory) as engine, self.serve(engine.address, "a") as a:
            until(lambda: ready(a), "the first is ready")
            with self.serve(engine.address, "b") as b, Ledger(a, b) as ledger:
                self.assertRegex(why_not_ready(b), r"^this switch stands by: .+ runs the relay RTAA$")
                self.assertEqual((metric(a, "torntape_store_owner"), metric(b, "torntape_store_owner")), (1, 0))
                ledger.grow(100)
                a.end(signal.SIGKILL)
                until(lambda: ready(b), "the second takes over")
                self.assertEqual(metric(b, "torntape_store_takeovers_total"), 1)
                ledger.grow(100)
                ledger.ending = True
                ledger.thread.join()
                self.check(ledger, b)
                with self.serve(engine.address, "a") as again:
                    self.assertIn("stands by", why_not_ready(again))
                    self.assertEqual(b.end(), 0)
                    until(lambda: ready(again), "the first takes over again, at once")
                    self.assertIn("filed before", self.good(again.run("submit", self.seed(1001))))
                    self.assertEqual(again.end(), 0)

    def test_after_a_takeover_the_highest_precedence_is_first_and_what_was_handed_out_is_marked(self):
        def collect(switch, most):
            line = http.client.HTTPConnection("127.0.0.1", switch.http_port, timeout=PATIENCE)
            line.request("POST", "/api/v1/queues/RUEHC/collect", json.dumps({"max": most, "lease": "600s"}),
                         {"Content-Type": "application/json"})
            copies = json.loads(line.getresponse().read()).get("copies", [])
            line.close()
            return copies

        def place(copy):
            return -PRECEDENCES.index(copy["precedence"]), int(copy["id"].split("-")[0])

        many = self.directory / "many.txt"
        many.write_text(self.good(run("generate", "--count", 300, "--seed", 7, "--network", ONE_SWITCH)))
        with Engine(self.directory) as engine, self.serve(engine.address, "a") as a:
            until(lambda: ready(a), "the first is ready")
            with self.serve(engine.address, "b") as b:
                self.good(a.run("submit", "--quiet", many))
                handed = [copy["id"] for copy in collect(a, 5)]
                self.assertEqual(len(handed), 5)
                a.end(signal.SIGKILL)
                until(lambda: ready(b), "the second takes over")
                copies = collect(b, 1000)
                self.assertEqual(copies, sorted(copies, key=place))
                self.assertGreater(len({copy["precedence"] for copy in copies}), 2)
                self.assertEqual({copy["id"] for copy in copies if copy.get("suspectedDuplicate")}, set(handed))
                self.assertEqual({copy["id"] for copy in copies if copy["attempt"] == 2}, set(handed))
                self.assertEqual(b.end(), 0)

    def test_a_switch_that_slept_through_its_succession_commits_nothing(self):
        with Engine(self.directory) as engine, self.serve(engine.address, "a") as a:
            until(lambda: ready(a), "the first is ready")
            with self.serve(engine.address, "b") as b, Ledger(a) as ledger:
                ledger.grow(20)
                a.process.send_signal(signal.SIGSTOP)  # with a filing under way
                until(lambda: ready(b), "the second takes over")
                self.good(b.run("submit", self.seed(9998)))
                ledger.ports = [a.http_port]
                before = dict(ledger.accepted)
                a.process.send_signal(signal.SIGCONT)
                until(lambda: ledger.refused, "the first refuses")
                until(lambda: "stands by" in why_not_ready(a), "the first stands by")
                ledger.ports = [b.http_port]
                ledger.grow(20)
                ledger.ending = True
                ledger.thread.join()
                self.assertLessEqual(before.items(), ledger.accepted.items())
                self.check(ledger, b)
                self.assertEqual(b.end(), 0)
            until(lambda: ready(a), "the first has the relay again")
            self.assertIn("filed before", self.good(a.run("submit", self.seed(9998))))
            self.assertEqual(a.end(), 0)

    def test_no_channel_number_is_sent_by_two_switches(self):
        def relay(name):
            return Serve("--network", DEMO, "--relay", "RTAA", "--store", engine.address, "--data", self.directory / name,
                         circuits=0, http=0)

        def numbers(far_end, count):
            heard = []
            while len(heard) < count:
                lines = far_end.hear()
                if any(line.startswith("FM ") for line in lines):
                    heard.append(int(re.fullmatch(r"VZCZCXRO(\d{4})", lines[0])[1]))
            return heard

        with Engine(self.directory) as engine, relay("a") as a:
            until(lambda: ready(a), "the first is ready")
            with relay("b") as b:
                with socket.create_connection(("127.0.0.1", b.circuit_port), timeout=PATIENCE) as turned_away:
                    self.assertEqual(turned_away.recv(1), b"")
                with FarEnd(socket.create_connection(("127.0.0.1", a.circuit_port), timeout=PATIENCE)) as far_end:
                    far_end.say("ZID XRO0000")
                    for serial in (2001, 2002, 2003):
                        self.good(a.run("submit", self.seed(serial)))
                    first = numbers(far_end, 3)
                    a.end(signal.SIGKILL)
                until(lambda: ready(b), "the second takes over")
                with FarEnd(socket.create_connection(("127.0.0.1", b.circuit_port), timeout=PATIENCE)) as far_end:
                    far_end.sent = 1
                    far_end.say("ZID XRO0000")  # it has heard nothing: all is sent again
                    again = numbers(far_end, 3)
                self.assertEqual(first, sorted(first))
                self.assertEqual(again, sorted(again))
                self.assertGreater(again[0], first[-1])
                self.assertEqual(b.end(), 0)

    def test_each_node_of_three_is_killed_under_load_the_leader_among_them(self):
        with Engine(self.directory, nodes=3) as engine, self.serve(engine.address) as switch:
            until(lambda: ready(switch), "the switch is ready")
            with Ledger(switch) as ledger:
                ledger.grow(30)
                for node in engine.nodes:
                    node.kill()
                    ledger.grow(30)
                    node.start()
                    until(node.ready, "the node is back")
                    until(lambda: ready(switch), "the switch is ready")
                leader = [node for node in engine.nodes if node.leads("TORNTAPE-RTAA")]
                self.assertEqual(len(leader), 1)
                leader[0].kill()
                ledger.grow(30)
                leader[0].start()
                ledger.ending = True
                ledger.thread.join()
                until(lambda: ready(switch), "the switch is ready")
                self.check(ledger, switch)
            self.assertEqual(switch.end(), 0)

    def test_a_line_cut_under_load_and_mended(self):
        with Engine(self.directory) as engine, Line(engine.nodes[0].port) as line, \
                self.serve(f"nats://127.0.0.1:{line.port}") as switch:
            until(lambda: ready(switch), "the switch is ready")
            with Ledger(switch) as ledger:
                for _ in range(3):
                    ledger.grow(20)
                    line.cut()
                    until(lambda: not ready(switch), "the switch is not ready")
                    line.mend()
                    until(lambda: ready(switch), "the switch is ready again")
                ledger.grow(20)
                ledger.ending = True
                ledger.thread.join()
                self.check(ledger, switch)
            self.assertEqual(switch.end(), 0)

    def test_while_the_engine_is_away_the_switch_refuses_and_says_so(self):
        with Engine(self.directory) as engine, self.serve(engine.address) as switch:
            until(lambda: ready(switch), "the switch is ready")
            with Ledger(switch) as ledger:
                ledger.grow(20)
                engine.nodes[0].send(signal.SIGSTOP)
                until(lambda: ledger.refused, "filing is refused")
                status, why = ledger.refused[-1]
                self.assertEqual(status, 503)
                self.assertIn("NATS JetStream", why)
                self.assertIn("NATS JetStream", why_not_ready(switch))
                self.assertEqual(metric(switch, "torntape_store_ready"), 0)
                self.assertEqual(get(f"http://{switch.http}/healthz")[0], 200)
                engine.nodes[0].send(signal.SIGCONT)
                until(lambda: ready(switch), "the switch is ready again")
                ledger.grow(20)
                ledger.ending = True
                ledger.thread.join()
                self.check(ledger, switch)
            self.assertEqual(switch.end(), 0)

    def file_many(self, *args, count):
        """A store with so many messages, some of them collected."""
        many = self.directory / "many.txt"
        many.write_text(self.good(run("generate", "--count", count, "--seed", 7, "--network", ONE_SWITCH)))
        with Serve("--network", ONE_SWITCH, *args) as switch:
            self.good(switch.run("submit", "--quiet", many))
            self.good(switch.run("collect", "RUEHC", "--max", "50"))
            self.assertEqual(switch.end(), 0)

    def test_a_store_moves_to_nats_is_interrupted_goes_on_and_moves_back(self):
        self.file_many("--data", self.data, count=4000)
        messages = self.good(run("store", "verify", self.data))
        texts = self.good(run("store", "export", self.data))
        with Engine(self.directory) as engine:
            log = engine.address + "/RTAA"
            move = ("store", "migrate", "--from", f"lmdb:{self.data}", "--to", log, "--data", self.directory / "copy")
            moving = subprocess.Popen([OPTIONS.program, *map(str, move)], stdout=subprocess.PIPE)
            until(lambda: engine.nodes[0].entries("TORNTAPE-RTAA") > 2, "something is there")
            moving.kill()
            self.assertEqual(moving.wait(), -signal.SIGKILL)
            moving.stdout.close()
            self.assertNotEqual(run("store", "export", log).stdout, texts)
            told = self.good(run(*move))
            self.assertRegex(told, r"^4000 messages, \d+ copies, checksum [0-9a-f]{8}: the log was read again, and both hold the same\n")
            self.assertEqual(self.good(run("store", "verify", log)), messages)
            self.assertEqual(self.good(run("store", "export", log)), texts)
            with self.serve(engine.address, "copy") as switch:
                until(lambda: ready(switch), "the switch is ready")
                self.assertIn("filed before", self.good(switch.run("submit", self.directory / "many.txt")))
                self.good(switch.run("submit", SEED))
                self.assertEqual(switch.end(), 0)
            self.assertEqual(run("serve", "--data", self.directory / "copy").returncode, 2)
            self.assertRegex(self.good(run("store", "migrate", "--from", log, "--to", f"lmdb:{self.directory / 'back'}")),
                             "^4001 messages")
        with Serve("--network", ONE_SWITCH, "--data", self.directory / "back") as switch:
            self.assertIn("filed before", self.good(switch.run("submit", SEED)))
            self.assertEqual(switch.end(), 0)

    def test_a_store_does_not_move_into_a_log_that_holds_another(self):
        self.file_many("--data", self.data, count=3)
        with Engine(self.directory) as engine:
            with self.serve(engine.address) as switch:
                until(lambda: ready(switch), "the switch is ready")
                self.good(switch.run("submit", SEED))
                self.assertEqual(switch.end(), 0)
            move = run("store", "migrate", "--from", f"lmdb:{self.data}", "--to", engine.address + "/RTAA")
            self.assertEqual(move.returncode, 2)
            self.assertIn("holds other messages", move.stderr)
            for args, told in ((("--from", f"lmdb:{self.data}", "--to", engine.address), "name the log"),
                               (("--from", f"lmdb:{self.data}", "--to", "lmdb:x"), "from lmdb:DIR to nats://HOST/NAME"),
                               (("--from", engine.address + "/NONE", "--to", "lmdb:x"), "there is no log NONE"),
                               (("--from", f"lmdb:{self.data}"), "--from and --to say"),
                               (("--from", "lmdb:nowhere", "--to", engine.address + "/A"), "no store of torntape")):
                failed = run("store", "migrate", *args, cwd=self.directory)
                self.assertEqual(failed.returncode, 2, args)
                self.assertIn(told, failed.stderr)

    def test_what_cannot_work_is_told_at_once(self):
        with Engine(self.directory) as engine:
            for args, told in ((("--store", "nats://"), "a host is missing"),
                               (("--store", "natz://a"), "expected lmdb, memory, nats://HOST or tls://HOST"),
                               (("--store", "nats://127.0.0.1:1"), "cannot reach nats://127.0.0.1:1"),
                               (("--store-replicas", "3"), "is for a store on NATS"),
                               (("--store", engine.address, "--store-replicas", "3"), "NATS JetStream: ")):
                failed = run("serve", "--listen-protobuf", "127.0.0.1:0", "--listen-http", "off", "--data",
                             self.directory / "x", *args)
                self.assertEqual(failed.returncode, 2, args)
                self.assertIn(told, failed.stderr)


if __name__ == "__main__":
    skip_without_server()
    main()
