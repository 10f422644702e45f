"""`torntape receive`: what is kept, in which form, and where it goes on after an end or a kill."""
import json
import re
import signal
import socket
import subprocess
import unittest

from peers import Nats, Receiving, free_port, until
from process import OPTIONS, PATIENCE, Case, main, run


class ReceiveCase(Case):
    def setUp(self):
        super().setUp()
        self.messages = self.directory / "messages.txt"
        self.good(run("generate", "--count", 100, "--output", self.messages))

    def send(self, to, *args):
        self.good(run("send", self.messages, "--to", to, *args))

    def receive(self, *args):
        return subprocess.Popen([OPTIONS.program, "receive", *map(str, args)], stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def ended(self, process, how=signal.SIGINT):
        process.send_signal(how)
        _, told = process.communicate(timeout=PATIENCE)
        return process.returncode, told


class Stream(ReceiveCase):
    def test_a_stream_holds_the_messages_and_its_lines_say_where(self):
        stream, port = self.directory / "in.txt", free_port()
        to = f"http://127.0.0.1:{port}/"
        for life in range(2):  # the second adds to what the first has kept
            receiving = self.receive("--from", to, "--stream", stream)
            self.assertIn("receiving from", receiving.stderr.readline())
            self.send(to, "--window", 1)
            self.assertEqual(self.ended(receiving)[0], 0)
            self.assertEqual(stream.read_bytes(), self.messages.read_bytes() * (life + 1))
        lines = [json.loads(line) for line in (self.directory / "in.txt.jsonl").read_text().splitlines()]
        self.assertEqual(len(lines), 200)
        kept = stream.read_bytes()
        at = 0
        for line in lines:
            self.assertNotIn("text", line)
            self.assertEqual(int(line.get("offset", 0)), at)
            self.assertTrue(kept[at:].startswith(b"VZCZC"))
            at += int(line["length"])
        self.assertEqual(at, len(kept))
        found = json.loads(run("compare", self.messages, stream, "--format", "json").stdout)
        self.assertEqual((int(found["received"]), int(found["repeated"])), (200, 100))

    def test_where_nothing_can_be_written_it_says_so(self):
        told = run("receive", "--from", f"http://127.0.0.1:{free_port()}/", "--stream", self.directory / "none" / "in.txt")
        self.assertEqual(told.returncode, 2)
        self.assertIn("No such file or directory", told.stderr)


@unittest.skipUnless(Nats.available, "nats-server is not installed")
class FromNats(ReceiveCase):
    def setUp(self):
        super().setUp()
        self.nats = self.enterContext(Nats(self.directory / "nats"))
        self.to = f"nats://127.0.0.1:{self.nats.port}/telegrams"

    def test_a_durable_consumer_goes_on_where_it_stopped(self):
        texts = self.messages.read_text().split("VZCZC")[1:]
        half = self.directory / "half.txt"
        parts = [self.directory / "first.jsonl", self.directory / "second.jsonl"]
        for part, of in zip(parts, (texts[:60], texts[60:])):
            half.write_text("".join("VZCZC" + text for text in of))
            self.good(run("send", half, "--to", f"{self.to}?stream=OUT"))
            self.good(run("receive", "--from", f"{self.to}?durable=archive", "--count", len(of), "--output", part))
            self.assertEqual(part.read_bytes().count(b"\n"), len(of))
        found = json.loads(run("compare", self.messages, *parts, "--format", "json").stdout)
        self.assertEqual([int(found.get(name, 0)) for name in ("received", "lost", "repeated", "changed", "unsent")],
                         [100, 0, 0, 0, 0], found)
        # Without one all of it comes from the beginning.
        again = self.directory / "again.jsonl"
        self.good(run("receive", "--from", self.to, "--count", 100, "--output", again))

    def test_core_takes_what_is_published_without_a_stream(self):
        record = self.directory / "core.jsonl"
        told = run("receive", "--from", self.to, "--count", 1, "--output", record)
        self.assertEqual(told.returncode, 2)
        self.assertIn("core=yes", told.stderr)
        receiving = self.receive("--from", f"{self.to}?core=yes", "--output", record)
        self.assertIn("receiving from", receiving.stderr.readline())
        texts = re.split(rb"(?=VZCZC)", self.messages.read_bytes())[1:]
        with socket.create_connection(("127.0.0.1", self.nats.port), PATIENCE) as line:
            line.settimeout(PATIENCE)
            line.sendall(b'CONNECT {"verbose":false,"pedantic":false}\r\n')
            for text in texts:
                line.sendall(b"PUB telegrams %d\r\n%s\r\n" % (len(text), text))
            line.sendall(b"PING\r\n")
            heard = b""
            while b"PONG" not in heard:
                heard += line.recv(4096)
        until(lambda: record.read_bytes().count(b"\n") >= len(texts), "all are there")
        self.assertEqual(self.ended(receiving)[0], 0)
        found = json.loads(run("compare", self.messages, record, "--format", "json").stdout)
        self.assertEqual((int(found["alike"]), int(found.get("lost", 0))), (100, 0), found)


class Mailbox(ReceiveCase):
    def test_a_mail_is_kept_once_for_every_mailbox_it_is_for(self):
        with Receiving(self.directory / "mail", "smtp") as receiver:
            self.send(f"{receiver.address}?to={{}}@example.org", "--count", 10)
            self.assertEqual(receiver.end(), 0)
            lines = receiver.lines()
            self.assertEqual(len({(line["recipient"], line["text"]) for line in lines}), len(lines))


if __name__ == "__main__":
    main()
