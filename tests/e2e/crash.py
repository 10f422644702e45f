"""A switch killed again and again under load, held against a ledger of what its clients were told.

Clients file messages and collect copies until the switch is killed in the middle (kill -9, after so many answers as
chance says); then it is started again on the same store. What must hold, whenever it was killed:

- a message whose acceptance was answered is there, with all its copies;
- a copy whose acknowledgement was answered is never handed out again;
- a copy that a reader was given before is handed out again only marked as a suspected duplicate;
- what one reader is given at once comes by precedence, and first in first out within it;
- in the end every copy of every accepted message has been acknowledged.

    crash.py --program PROGRAM --root SOURCES [--rounds N] [--seed S]
"""
import argparse
import http.client
import json
import random
import signal
import sys
import threading

from process import ONE_SWITCH, OPTIONS, PATIENCE, REST, Case, Serve, run

_parser = argparse.ArgumentParser()
_parser.add_argument("--rounds", type=int, default=20)
_parser.add_argument("--seed", type=int, default=1)
_chosen, REST[:] = _parser.parse_known_args(REST)
FILERS, READERS, AT_ONCE = 3, 3, 10
RANK = {"PRECEDENCE_EMERGENCY_COMMAND": 5, "PRECEDENCE_FLASH": 4, "PRECEDENCE_IMMEDIATE": 3, "PRECEDENCE_PRIORITY": 2,
        "PRECEDENCE_ROUTINE": 1}


def order(copy):
    """What a queue is sorted by: precedence, then acceptance."""
    message, _, number = copy["id"].partition("-")
    return -RANK[copy["precedence"]], int(message), int(number)


class Ledger:
    """What the clients were told, over all lives of the switch."""

    def __init__(self):
        self.lock = threading.Lock()
        self.accepted = {}       # message → how many copies
        self.handed = set()      # copies that a reader was given
        self.acknowledged = set()
        self.doubtful = set()    # acknowledged, but the switch died before it answered
        self.wrongs = []

    def accept(self, answer):
        with self.lock:
            copies = answer.get("actionCopies", 0) + answer.get("infoCopies", 0)
            if self.accepted.setdefault(answer["id"], copies) != copies:
                self.wrongs.append(f"message {answer['id']} had {self.accepted[answer['id']]} copies, and now {copies}")

    def hand(self, copies):
        with self.lock:
            if [order(copy) for copy in copies] != sorted(order(copy) for copy in copies):
                self.wrongs.append(f"out of order: {[(copy['id'], copy['precedence']) for copy in copies]}")
            for copy in copies:
                if copy["id"] in self.acknowledged:
                    self.wrongs.append(f"copy {copy['id']} was acknowledged, and is handed out again")
                if copy["id"] in self.handed and not copy.get("suspectedDuplicate"):
                    self.wrongs.append(f"copy {copy['id']} was handed out before, and is not marked")
                self.handed.add(copy["id"])

    def acknowledge(self, copy, answered):
        with self.lock:
            (self.acknowledged if answered else self.doubtful).add(copy)


class Client(threading.Thread):
    """Calls the switch until it is gone, or there is nothing more to do."""

    def __init__(self, port, work):
        super().__init__(daemon=True)
        self.port, self.work, self.failure = port, work, None

    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            while self.work(connection):
                pass
        except (OSError, http.client.HTTPException):
            pass  # the switch was killed
        except Exception as error:  # pylint: disable=broad-except
            self.failure = error
        finally:
            connection.close()


def call(connection, method, target, body=None, kind="application/json"):
    connection.request(method, target, body=body, headers={"Content-Type": kind} if body is not None else {})
    answer = connection.getresponse()
    return answer.status, answer.read()


class Crash(Case):
    def setUp(self):
        super().setUp()
        self.chance = random.Random(_chosen.seed)
        self.ledger = Ledger()
        self.lock = threading.Lock()
        self.made = 0
        self.told = 0

    def messages(self, count):
        """More made-up messages: no two alike, whatever was made before."""
        self.made += 1
        text = self.good(run("generate", "--network", ONE_SWITCH, "--count", count, "--seed",
                             _chosen.seed * 100_000 + self.made))
        return [message + "NNNN\n" for message in text.split("NNNN\n") if message.strip()]

    def answered(self):
        """One more answer was received; kills the switch when it was the one that chance chose."""
        with self.lock:
            self.told += 1
            if self.told == self.last:
                self.switch.process.send_signal(signal.SIGKILL)

    def file_next(self, connection):
        with self.lock:
            if not self.waiting:
                return False
            text = self.waiting.pop()
        status, body = call(connection, "POST", "/api/v1/messages", text.encode(), "text/plain")
        if status != 202:
            raise AssertionError(f"{status}: {body}")
        self.ledger.accept(json.loads(body))
        self.answered()
        return True

    def read_from(self, queue, until_empty=False):
        def read(connection):
            status, body = call(connection, "POST", f"/api/v1/queues/{queue}/collect", json.dumps({"max": AT_ONCE}))
            if status == 404:
                return not until_empty  # nothing was ever filed for it
            if status != 200:
                raise AssertionError(f"{status}: {body}")
            copies = json.loads(body).get("copies", [])
            self.ledger.hand(copies)
            for copy in copies:
                if not until_empty and int(copy["id"].partition("-")[0]) % 4 == 0:
                    continue  # left to its lease, which the next life ends
                self.ledger.acknowledge(copy["id"], answered=False)
                status, body = call(connection, "POST", f"/api/v1/copies/{copy['id']}/acknowledge")
                if status != 204:
                    raise AssertionError(f"{status}: {body}")
                self.ledger.acknowledge(copy["id"], answered=True)
                self.answered()
            return bool(copies) or not (until_empty or self.done())
        return read

    def done(self):
        with self.lock:
            return not self.waiting

    def start(self):
        self.switch = Serve("--network", ONE_SWITCH, "--data", self.data, http=0)
        self.enterContext(self.switch)

    def let(self, work):
        clients = [Client(self.switch.http_port, each) for each in work]
        for client in clients:
            client.start()
        for client in clients:
            client.join(PATIENCE)
            self.assertFalse(client.is_alive(), "a client waits for ever")
            if client.failure is not None:
                raise client.failure
        self.assertEqual(self.ledger.wrongs, [])

    def look_into(self, accepted):
        """All messages that were answered in the last life, and some of those before."""
        connection = http.client.HTTPConnection("127.0.0.1", self.switch.http_port, timeout=PATIENCE)
        for message in accepted:
            status, body = call(connection, "GET", f"/api/v1/messages/{message}")
            self.assertEqual(status, 200, f"message {message} was accepted, and is gone")
            self.assertEqual(len(json.loads(body)["copies"]), self.ledger.accepted[message])
        connection.close()

    def test_nothing_answered_is_lost_and_nothing_acknowledged_comes_again(self):
        queues = ["RUEHC", "RUEHKO", "RUEHUL", "RUEHNO", "RUEHTA"]
        known = set()
        for turn in range(_chosen.rounds):
            self.start()
            before = set(self.ledger.accepted) - known
            self.look_into(before | set(self.chance.sample(sorted(known), min(20, len(known)))))
            known |= before
            self.waiting = self.messages(400)
            self.told, self.last = 0, self.chance.randrange(1, 300)
            readers = [self.read_from(queue) for queue in self.chance.sample(queues, READERS)]
            self.let([self.file_next] * FILERS + readers)
            self.assertGreaterEqual(self.told, self.last, f"round {turn} ended before its kill")
            self.switch.process.wait(timeout=PATIENCE)
        self.start()
        self.look_into(self.ledger.accepted)
        self.waiting, self.last = [], -1
        queues = json.loads(self.good(self.switch.run("queues", "--format", "json")))["queues"]
        self.let([self.read_from(each["name"], until_empty=True) for each in queues])
        self.assertEqual(self.switch.end(), 0)
        copies = {f"{message}-{number}" for message, count in self.ledger.accepted.items() for number in range(count)}
        self.assertEqual(copies - self.ledger.acknowledged - self.ledger.doubtful, set(), "accepted and never delivered")
        print(f"{_chosen.rounds} kills: {len(self.ledger.accepted)} messages answered, {len(copies)} copies, "
              f"{len(self.ledger.acknowledged)} acknowledged, none lost", file=sys.stderr)


if __name__ == "__main__":
    from process import main
    main()
