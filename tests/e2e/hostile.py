"""What a stranger may send to the port: the switch goes on serving."""
import os
import pathlib
import random
import re
import resource
import socket
import unittest

from process import PATIENCE, SEED, Case, Serve, main


class Hostile(Case):
    def setUp(self):
        super().setUp()
        self.switch = self.enterContext(Serve("--store", "memory"))

    def tearDown(self):
        self.good(self.switch.run("submit", SEED))
        self.assertEqual(self.switch.end(), 0)
        super().tearDown()

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.switch.port), timeout=PATIENCE)
        self.addCleanup(connection.close)
        return connection

    @staticmethod
    def rest(connection):
        """All that still comes, to the end of the connection."""
        data = b""
        try:
            while piece := connection.recv(65536):
                data += piece
        except ConnectionResetError:
            pass
        return data

    def test_random_bytes(self):
        source = random.Random(1)
        for _ in range(30):
            connection = self.connect()
            connection.sendall(source.randbytes(source.randrange(1, 5000)))
            connection.shutdown(socket.SHUT_WR)
            self.rest(connection)

    def test_a_huge_length(self):
        connection = self.connect()
        connection.sendall(b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")
        self.assertIn(b"4 MiB", self.rest(connection))

    def test_a_length_that_is_no_varint(self):
        connection = self.connect()
        connection.sendall(b"\xff" * 40)
        self.assertIn(b"varint", self.rest(connection))

    def test_half_a_frame(self):
        connection = self.connect()
        connection.sendall(b"\x64half")
        connection.shutdown(socket.SHUT_WR)
        self.assertEqual(self.rest(connection), b"")

    def test_a_frame_byte_by_byte(self):
        connection = self.connect()
        for byte in b"\x04\x08\x05\x1a\x00":
            connection.sendall(bytes([byte]))
        connection.shutdown(socket.SHUT_WR)
        self.assertTrue(self.rest(connection).endswith(b"\x08\x05\x22\x00"))

    def test_connections_that_say_nothing(self):
        for _ in range(200):
            self.connect()

    def test_a_client_that_never_reads(self):
        connection = self.connect()
        connection.setblocking(False)
        queues = b"\x02\x1a\x00" * 10000
        self.assertRaises(BlockingIOError, lambda: [connection.send(queues) for _ in range(100000)])


class Many(Case):
    CONNECTIONS = 2000

    def test_two_thousand_connections_that_say_nothing_or_read_nothing_hold_up_nobody(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard < self.CONNECTIONS + 700:
            self.skipTest("the hard limit of open files is too low")
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, hard), hard))  # as a shell gives it; the switch asks for more
        with Serve("--store", "memory") as switch:
            resource.setrlimit(resource.RLIMIT_NOFILE, (self.CONNECTIONS + 700, hard))
            before = self.resident(switch)
            for number in range(self.CONNECTIONS):
                connection = socket.create_connection(("127.0.0.1", switch.port), timeout=PATIENCE)
                self.addCleanup(connection.close)
                if number % 2:
                    connection.sendall(b"\x02\x1a\x00" * 100)  # a hundred questions, whose answers nobody reads
            self.good(switch.run("submit", SEED))
            self.assertIn("SECSTATE", self.good(switch.run("collect", "RUEHC")))
            each = (self.resident(switch) - before) / self.CONNECTIONS
            print(f"{each:.1f} KiB a connection", end=" ", flush=True)
            if not os.environ.get("TORNTAPE_SANITIZE"):  # which keeps what is freed, and guards around the rest
                self.assertLess(each, 64)
            self.assertEqual(switch.end(), 0)

    @staticmethod
    def resident(switch):
        """KiB of its memory that are its own."""
        status = pathlib.Path(f"/proc/{switch.process.pid}/status")
        if not status.exists():
            raise unittest.SkipTest("no /proc here")
        return int(re.search(r"RssAnon:\s+(\d+) kB", status.read_text())[1])


if __name__ == "__main__":
    main()
