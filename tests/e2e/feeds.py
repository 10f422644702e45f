"""`[[feed]]`: queues of a switch that feed other systems. Receivers go away and come back, refuse, keep silent; the
switch is killed. What a receiver confirmed is settled, nothing else is, and nothing is lost."""
import base64
import http.server
import json
import re
import signal
import socket
import threading
import unittest
import urllib.request

from peers import Nats, Rabbit, Receiving, free_port, until
from process import ONE_SWITCH, PATIENCE, Case, Serve, main

try:
    from aiosmtpd.controller import Controller
except ImportError:
    Controller = None


def text_of(serial, precedence="R", to="RUEHC/SECSTATE WASHDC", word=""):
    return (f"VZCZCTAI{serial:04}\n{precedence * 2} {to[:to.index('/')]}\nDE RUEHTA #{serial:04} 2290141\nZNR UUUUU ZZH\n"
            f"{precedence} 170141Z AUG 09\nFM AMEMBASSY ASTANA\nTO {to}{word}\nBT\nUNCLAS ASTANA {serial:06}\n\n"
            f"SUBJECT: A TEST\n\nTEXT\n\nBT\n#{serial:04}\nNNNN\n")


def serial_of(text):
    return int(re.search(r"#(\d{4}) ", text)[1])


def is_marked(text):
    return any(line.endswith(" ZFD") for line in text.splitlines())


def texts_of(receiver):
    return [base64.b64decode(line["text"]).decode() for line in receiver.lines()]


class Hook:
    """A web server. `answer` says which status a text gets; it may take its time."""

    def __init__(self, answer=lambda text: 204):
        self.answer, self.posts, self.lock = answer, [], threading.Lock()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                text = self.rfile.read(int(self.headers["Content-Length"])).decode()
                with outer.lock:
                    outer.posts.append((self.headers["Idempotency-Key"], text))
                status = outer.answer(text)
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def texts(self):
        with self.lock:
            return [text for _, text in self.posts]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class FeedCase(Case):
    def setUp(self):
        super().setUp()
        self.log = self.directory / "log"
        self.config = self.directory / "feeds.toml"

    def feeds(self, *feeds):
        """Each a dictionary."""
        lines = []
        for feed in feeds:
            lines.append("[[feed]]")
            lines += [f"{key} = {json.dumps(value)}" for key, value in {"first_pause": "50ms", "longest_pause": "500ms",
                                                                        **feed}.items()]
        self.config.write_text("\n".join(lines) + "\n")
        self.config.chmod(0o600)

    def hook(self, answer=lambda text: 204):
        hook = Hook(answer)
        self.addCleanup(hook.close)
        return hook

    def serve(self, *args, **kwargs):
        return self.enterContext(Serve("--network", ONE_SWITCH, "--data", self.data, "--config", self.config, *args,
                                       log=self.log, **kwargs))

    def file(self, switch, *texts):
        path = self.directory / "filed.txt"
        path.write_text("".join(texts))
        self.good(switch.run("submit", path))

    def depths(self, switch):
        """Copies by queue, waiting and handed out; of those that hold any."""
        queues = json.loads(self.good(switch.run("queues", "--format", "json"))).get("queues", [])
        found = {}
        for queue in queues:
            of = queue.get("depths", [])
            sums = sum(int(one.get("waiting", 0)) for one in of), sum(int(one.get("handedOut", 0)) for one in of)
            if sums != (0, 0):
                found[queue["name"]] = sums
        return found

    def drained(self, switch):
        until(lambda: not self.depths(switch), "all queues are empty")

    def metric(self, switch, name):
        with urllib.request.urlopen(f"http://{switch.http}/metrics", timeout=PATIENCE) as answer:
            text = answer.read().decode()
        return {match[1]: float(match[2]) for match in re.finditer(rf'^{name}{{feed="([^"]*)"}} (\S+)$', text, re.M)}


class Away(FeedCase):
    def test_a_receiver_that_goes_away_and_comes_back_has_all_of_it_flash_first(self):
        with Receiving(self.directory / "web", "http") as receiver:
            self.feeds({"name": "web", "queue": "RUEHC", "to": f"{receiver.address}/in"})
            switch = self.serve(http=0)
            self.file(switch, *(text_of(serial) for serial in range(1, 21)))
            until(lambda: receiver.received() >= 20, "the first twenty got there")
            self.drained(switch)
            receiver.kill()
            self.file(switch, *(text_of(serial) for serial in range(21, 61)))
            self.file(switch, text_of(61, "Z", word=" FLASH"))
            until(lambda: self.metric(switch, "torntape_feed_up") == {"web": 0}, "it is noticed")
            # One copy is tried now and then; the others wait in the queue, FLASH among them.
            self.assertEqual(sum(map(sum, self.depths(switch).values())), 41)
            receiver.start()
            self.drained(switch)
            self.assertEqual(self.metric(switch, "torntape_feed_up"), {"web": 1})
            self.assertEqual(self.metric(switch, "torntape_feed_confirmed_total"), {"web": 61})
            self.assertEqual(receiver.end(), 0)
            serials = [serial_of(one) for one in texts_of(receiver)]
            self.assertEqual(sorted(serials), list(range(1, 62)))
            self.assertEqual(serials[20], 61)  # first when it came back
            self.assertEqual([one for one in texts_of(receiver) if is_marked(one)], [])
        log = self.log.read_text()
        self.assertIn("feed web takes nothing", log)
        self.assertIn("feed web takes messages again", log)

    def test_one_that_never_answers_delays_no_other(self):
        hook = self.hook()
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            silent.listen()
            self.feeds({"name": "silent", "queue": "RUEHBI", "to": f"http://127.0.0.1:{silent.getsockname()[1]}/", "window": 4},
                       {"name": "web", "queue": "RUEHC", "to": hook.address})
            switch = self.serve(http=0)
            self.file(switch, *(text_of(serial, to="RUEHBI/AMCONSUL MUMBAI") for serial in range(1, 41)))
            self.file(switch, *(text_of(serial) for serial in range(101, 141)))
            until(lambda: len(hook.texts()) == 40, "the other has its copies")
            until(lambda: sum(self.depths(switch).get("RUEHC", (0,))) == 0, "they are settled")
            waiting, out = self.depths(switch)["RUEHBI"]
            self.assertEqual(waiting + out, 40)
            self.assertLessEqual(out, 4)
            self.assertLessEqual(self.metric(switch, "torntape_feed_under_way")["silent"], 4)


class Refused(FeedCase):
    def test_what_is_refused_for_good_is_a_dead_letter_and_can_be_put_back(self):
        well = threading.Event()
        hook = self.hook(lambda text: 422 if serial_of(text) == 3 and not well.is_set() else 204)
        self.feeds({"name": "web", "queue": "RUEHC", "to": hook.address, "dead_letter": "dead-web"})
        switch = self.serve(http=0)
        self.file(switch, *(text_of(serial) for serial in range(1, 6)))
        until(lambda: self.depths(switch) == {"dead-web": (1, 0)}, "one dead letter, and nothing else")
        self.assertEqual(self.metric(switch, "torntape_feed_dead_letters_total"), {"web": 1})
        shown = self.good(switch.run("collect", "dead-web", "--peek", "--format", "json"))
        self.assertIn('"dead-web"', shown)
        copy = json.loads(shown.splitlines()[0])["id"]
        told = self.good(switch.run("message", copy.split("-")[0], "--format", "json"))
        self.assertIn("web: refused: HTTP 422", told)
        with urllib.request.urlopen(f"http://{switch.http}/api/v1/queues/dead-web", timeout=PATIENCE) as answer:
            self.assertIn(copy, answer.read().decode())
        with urllib.request.urlopen(f"http://{switch.http}/metrics", timeout=PATIENCE) as answer:
            self.assertIn('torntape_copies{place="dead-web",precedence="routine",state="waiting"} 1', answer.read().decode())
        self.assertIn(f"copy {copy} goes to dead-web", self.log.read_text())
        # It is still there after the switch has been killed, and goes again once the receiver is mended.
        switch.end(signal.SIGKILL)
        switch = self.serve(http=0)
        self.assertEqual(self.depths(switch), {"dead-web": (1, 0)})
        well.set()
        self.good(switch.run("reroute", copy))
        self.drained(switch)
        self.assertEqual([serial_of(text) for text in hook.texts()].count(3), 2)

    @unittest.skipIf(Controller is None, "python3-aiosmtpd is not installed")
    def test_a_mail_server_that_refuses_one_and_puts_off_another(self):
        class Handler:
            def __init__(self):
                self.put_off, self.taken = 0, []

            async def handle_DATA(self, server, session, envelope):
                serial = serial_of(envelope.content.decode("ascii"))
                if serial == 2:
                    return "554 not here"
                if serial == 3 and self.put_off < 2:
                    self.put_off += 1
                    return "451 later"
                self.taken.append(serial)
                return "250 OK"

        handler = Handler()
        controller = Controller(handler, hostname="127.0.0.1", port=free_port())
        controller.start()
        self.addCleanup(controller.stop)
        self.feeds({"queues": ["RUEH*"], "to": f"smtp://127.0.0.1:{controller.port}?to={{}}@example.org"})
        switch = self.serve()
        self.file(switch, *(text_of(serial) for serial in range(1, 6)))
        until(lambda: self.depths(switch) == {"dead-letter": (1, 0)}, "one dead letter, and nothing else")
        self.assertEqual(sorted(handler.taken), [1, 3, 4, 5])


class Killed(FeedCase):
    def test_between_hand_over_and_confirmation_it_is_handed_over_again_marked(self):
        held = threading.Event()
        first = threading.Event()

        def answer(text):
            first.set()
            if not held.is_set():
                held.wait(PATIENCE)
            return 204

        hook = self.hook(answer)
        self.addCleanup(held.set)
        self.feeds({"queue": "RUEHC", "to": hook.address, "window": 3})
        switch = self.serve()
        self.file(switch, *(text_of(serial) for serial in range(1, 11)))
        until(lambda: len(hook.posts) == 3, "a window of them is handed over")
        switch.end(signal.SIGKILL)
        held.set()
        switch = self.serve()
        self.drained(switch)
        keys = {}
        for key, text in hook.posts:
            keys.setdefault(serial_of(text), []).append((key, is_marked(text)))
        self.assertEqual(sorted(keys), list(range(1, 11)))
        again = {serial: of for serial, of in keys.items() if len(of) > 1}
        self.assertEqual(sorted(again), [1, 2, 3])
        for of in again.values():
            self.assertEqual([marked for _, marked in of], [False, True])
            self.assertEqual(len({key for key, _ in of}), 1)  # Idempotency-Key: one who looks knows it again
        for serial in range(4, 11):
            self.assertEqual([marked for _, marked in keys[serial]], [False])

    def test_again_and_again_under_load_nothing_is_lost(self):
        with Receiving(self.directory / "web", "http") as receiver:
            self.feeds({"queue": "RUEHC", "to": f"{receiver.address}/in"})
            for life in range(4):
                switch = self.serve()
                self.file(switch, *(text_of(serial) for serial in range(100 * life + 1, 100 * life + 101)))
                until(lambda: receiver.received() >= 100 * life + 20, "some got there")
                switch.end(signal.SIGKILL)
            switch = self.serve()
            self.drained(switch)
            self.assertEqual(receiver.end(), 0)
            seen = set()
            for text in texts_of(receiver):
                serial = serial_of(text)
                self.assertTrue(serial not in seen or is_marked(text), f"{serial} came again, unmarked")
                seen.add(serial)
            self.assertEqual(sorted(seen), list(range(1, 401)))

    def test_a_stream_knows_what_is_handed_over_again(self):
        if not Nats.available:
            self.skipTest("nats-server is not installed")
        with Nats(self.directory / "nats") as nats:
            self.feeds({"queue": "RUEHC", "to": f"nats://127.0.0.1:{nats.port}/telegrams?stream=OUT", "window": 50})
            for life in range(3):
                switch = self.serve()
                self.file(switch, *(text_of(serial) for serial in range(100 * life + 1, 100 * life + 101)))
                until(lambda: nats.messages() >= 100 * life + 5, "some got there")
                switch.end(signal.SIGKILL)
            switch = self.serve()
            self.drained(switch)
            self.assertEqual(nats.messages(), 300)


class EveryKind(FeedCase):
    def check_all_there(self, received):
        self.assertEqual(sorted(map(serial_of, received)), list(range(1, 31)))

    def fed(self, to, **more):
        self.feeds({"queue": "RUEHC", "to": to, **more})
        switch = self.serve()
        self.file(switch, *(text_of(serial) for serial in range(1, 31)))
        self.drained(switch)
        self.assertEqual(switch.end(), 0)

    def test_files(self):
        out = self.directory / "out"
        self.fed(f"file://{out}/")
        self.check_all_there([path.read_text() for path in out.iterdir()])

    def test_what_listens(self):
        for scheme, more in (("http", "/in?as=json"), ("tcp", "?channel=TAI&code=ia5"), ("smtp", "?to={}@example.org")):
            with self.subTest(scheme):
                self.data = self.directory / f"data-{scheme}"
                code = "?code=ia5" if scheme == "tcp" else ""
                with Receiving(self.directory / scheme, scheme, code) as receiver:
                    self.fed(receiver.address + more)
                    until(lambda: receiver.received() >= 30, "all are there")
                    self.assertEqual(receiver.end(), 0)
                    self.check_all_there(texts_of(receiver))

    def test_another_switch(self):
        far = self.enterContext(Serve("--store", "memory"))
        self.fed(f"torntape://{far.address}")
        self.assertEqual(self.depths(far), {"RUEHC": (30, 0)})

    @unittest.skipUnless(Rabbit.available, "rabbitmq-server is not installed")
    def test_rabbitmq_with_a_password_that_nobody_sees(self):
        with Rabbit(self.directory / "rabbit") as rabbit:
            self.fed(f"amqp://guest:guest@127.0.0.1:{rabbit.port}/?queue=in&declare=quorum")
            until(lambda: rabbit.depths().get("in") == 30, "all are there")

    def test_a_password_is_in_no_log_and_no_metric(self):
        port = free_port()
        self.feeds({"queue": "RUEHC", "to": f"amqp://me:hunter2@127.0.0.1:{port}/?queue=in"})
        switch = self.serve(http=0)
        self.file(switch, text_of(1))
        name = f"amqp://127.0.0.1:{port}"
        until(lambda: self.metric(switch, "torntape_feed_up") == {name: 0}, "it is noticed that nobody is there")
        with urllib.request.urlopen(f"http://{switch.http}/metrics", timeout=PATIENCE) as answer:
            self.assertNotIn("hunter2", answer.read().decode())
        self.assertEqual(switch.end(), 0)
        self.assertIn(f"feed {name} takes nothing", self.log.read_text())
        self.assertNotIn("hunter2", self.log.read_text())
        self.config.chmod(0o644)
        self.refused("chmod 600")

    def refused(self, words):
        with self.assertRaises(AssertionError):
            self.serve()
        self.assertIn(words, self.log.read_text())

    def test_settings_that_cannot_be_used_keep_it_from_starting(self):
        self.feeds({"queue": "RUEHC", "to": "gopher://127.0.0.1/"})
        self.refused("nothing is sent to gopher://")
        self.config.write_text('[[feed]]\nqueue = "RUEHC"\nretries = 3\n')
        self.refused(f"{self.config}:3:1: unknown key 'retries' in [[feed]]")


if __name__ == "__main__":
    main()
