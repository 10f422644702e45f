"""Copies that a switch sends as they come: credit, readers that die, readers that share a queue, readers that are slow."""
import json
import signal
import subprocess

from port import (ACKNOWLEDGE, COLLECTED, ID, REFUSAL, SUBSCRIBE, SUBSCRIBED, Port, decode)
from process import OPTIONS, PATIENCE, Case, Serve, main

SUBSCRIPTION = 7  # the id of the request


def subscribe(port, credit, lease=None):
    fields = [(1, "RUEHC"), (2, credit)] + ([(3, [(1, lease)])] if lease else [])
    return port.call(SUBSCRIPTION, SUBSCRIBE, fields)


def sent(port):
    """The copies of the next answer of the subscription, as (id, attempt); other answers are passed over."""
    while True:
        response = port.receive()
        assert response is not None, "the switch has closed the connection"
        assert REFUSAL not in response, response
        if response[ID] == [SUBSCRIPTION] and COLLECTED in response:
            copies = [decode(copy) for copy in decode(response[COLLECTED][0]).get(1, [])]
            return [(copy[1][0].decode(), copy[6][0]) for copy in copies]


class Subscription(Case):
    def file(self, switch, *serials):
        self.good(switch.run("submit", *(self.seed(serial) for serial in serials)))

    def depth(self, switch):
        """What waits for RUEHC, and what is handed out."""
        answer = switch.run("queues", "RUEHC", "--format", "json")
        if answer.returncode == 1:  # an open switch has no queue that holds nothing
            return 0, 0
        told = json.loads(self.good(answer))
        depths = [depth for queue in told.get("queues", []) for depth in queue.get("depths", [])]
        return tuple(sum(int(depth.get(what, 0)) for depth in depths) for what in ("waiting", "handedOut"))

    def follow(self, switch, output=subprocess.PIPE):
        command = [OPTIONS.program, "collect", "RUEHC", "--follow", "--format", "json", "--switch", switch.address]
        return subprocess.Popen(command, stdout=output, text=True)

    def test_credit_of_one_is_one_copy_at_a_time(self):
        with Serve("--store", "memory") as switch, Port(switch) as reader:
            self.file(switch, 2001, 2002, 2003)
            granted = subscribe(reader, 1)
            self.assertEqual(decode(granted[SUBSCRIBED][0]), {1: [1]})
            for serial in (1, 2, 3):
                [(copy, attempt)] = sent(reader)
                self.assertEqual((copy.split("-")[0], attempt), (str(serial), 1))
                self.assertEqual(self.depth(switch), (3 - serial, 1))
                reader.send(8, ACKNOWLEDGE, [(1, copy)])
            self.assertEqual(switch.end(), 0)

    def test_which_copy_is_next_is_decided_when_there_is_credit(self):
        flash = self.directory / "flash.txt"
        flash.write_bytes(self.seed(2003).read_bytes().replace(b"PP RUEHBI", b"ZZ RUEHBI").replace(b"\nP 170141Z", b"\nZ 170141Z")
                          .replace(b" PRIORITY", b" FLASH"))
        with Serve("--store", "memory") as switch, Port(switch) as reader:
            self.file(switch, 2001, 2002)
            subscribe(reader, 1)
            [(first, _)] = sent(reader)
            self.good(switch.run("submit", flash))
            reader.send(8, ACKNOWLEDGE, [(1, first)])
            [(second, _)] = sent(reader)
            self.assertEqual([first.split("-")[0], second.split("-")[0]], ["1", "3"])

    def test_what_a_killed_reader_held_comes_back_marked(self):
        with Serve("--store", "memory") as switch, self.follow(switch) as reader:
            self.file(switch, 2001)
            self.assertTrue(reader.stdout.readline())
            while self.depth(switch) != (0, 0):  # until it is acknowledged
                pass
            reader.send_signal(signal.SIGSTOP)
            self.file(switch, 2002)
            while self.depth(switch) != (0, 1):  # sent to a reader that does not run
                pass
            reader.kill()
            copy = json.loads(self.good(switch.run("collect", "RUEHC", "--follow", "--max", "1", "--format", "json")))
            self.assertTrue(copy["suspectedDuplicate"])
            self.assertEqual(copy["message"]["heading"]["origin"]["stationSerialNumber"], "2002")
            self.assertEqual(self.depth(switch), (0, 0))
            self.assertEqual(switch.end(), 0)

    def test_two_readers_share_a_queue(self):
        serials = range(2001, 2041)
        outputs = [self.directory / name for name in ("one", "other")]  # not pipes: those fill up, and hold a reader up
        with Serve("--store", "memory") as switch, open(outputs[0], "w", encoding="utf-8") as one, \
                open(outputs[1], "w", encoding="utf-8") as other:
            readers = [self.follow(switch, one), self.follow(switch, other)]
            self.file(switch, *serials)
            while self.depth(switch) != (0, 0):
                pass
            for reader in readers:
                reader.send_signal(signal.SIGINT)
                self.assertEqual(reader.wait(timeout=PATIENCE), 0)
            told = [line for output in outputs for line in output.read_text().splitlines()]
            copies = [json.loads(line) for line in told]
            self.assertEqual(sorted(copy["message"]["heading"]["origin"]["stationSerialNumber"] for copy in copies),
                             [str(serial) for serial in serials])
            self.assertFalse(any("suspectedDuplicate" in copy for copy in copies))

    def test_a_reader_that_takes_nothing_delays_no_other(self):
        with Serve("--store", "memory") as switch, Port(switch) as slow, Port(switch) as quick:
            subscribe(slow, 3)
            self.file(switch, 2001, 2002, 2003)
            while self.depth(switch) != (0, 3):
                pass
            subscribe(quick, 3)
            self.file(switch, *range(3001, 3031))
            for _ in range(30):
                for copy, _ in sent(quick):
                    quick.send(8, ACKNOWLEDGE, [(1, copy)])
                if self.depth(switch) == (0, 3):
                    break
            self.assertEqual(self.depth(switch), (0, 3))  # never more than its credit

    def test_a_lease_that_ends_gives_its_credit_back(self):
        with Serve("--store", "memory") as switch, Port(switch) as reader:
            self.file(switch, 2001)
            subscribe(reader, 1, lease=1)
            self.assertEqual([sent(reader), sent(reader)], [[("1-0", 1)], [("1-0", 2)]])

    def test_a_switch_that_ends_ends_its_subscriptions(self):
        with Serve("--store", "memory") as switch, Port(switch) as reader:
            subscribe(reader, 1)
            self.assertEqual(switch.end(), 0)
            self.assertIsNone(reader.receive())


if __name__ == "__main__":
    main()
