"""Other systems, as Debian has them: started on loopback, killed and started again by tests, gone afterwards."""
import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time
import urllib.request

from process import OPTIONS, PATIENCE

RABBIT = pathlib.Path("/usr/lib/rabbitmq/bin/rabbitmq-server")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(condition, what):
    """What the condition gives, once it gives something."""
    late = time.monotonic() + PATIENCE
    while time.monotonic() < late:
        found = condition()
        if found:
            return found
    raise AssertionError(f"in {PATIENCE} s: {what}")


def listens(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


class Peer:
    """A process of which only the port is known. Killed with its group, started again with the same directory."""

    def __init__(self, directory):
        self.port = free_port()
        self.directory = directory
        directory.mkdir(exist_ok=True)
        self.process = None
        self.start()

    def command(self):
        raise NotImplementedError

    def environment(self):
        return None

    def start(self):
        self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, start_new_session=True, env=self.environment())
        until(lambda: self.process.poll() is not None or listens(self.port), f"{self.process.args[0]} listens")
        if self.process.poll() is not None:
            raise AssertionError(f"{self.process.args[0]} ended at once")

    def kill(self, how=signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        self.process.wait(timeout=PATIENCE)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()


class Nats(Peer):
    available = shutil.which("nats-server") is not None

    def __init__(self, directory):
        self.monitor = free_port()
        super().__init__(directory)

    def command(self):
        return ["nats-server", "-a", "127.0.0.1", "-p", str(self.port), "-m", str(self.monitor), "-js", "-sd",
                str(self.directory)]

    def messages(self):
        """In all streams; none while it does not answer."""
        with contextlib.suppress(OSError, KeyError):
            with urllib.request.urlopen(f"http://127.0.0.1:{self.monitor}/jsz", timeout=5) as answer:
                return json.load(answer)["messages"]
        return 0


class Rabbit(Peer):
    available = RABBIT.exists()

    def __init__(self, directory):
        self.names = free_port()
        self.distribution = free_port()
        directory.mkdir(exist_ok=True)
        self.directory = directory
        self.epmd = subprocess.Popen(["epmd", "-address", "127.0.0.1", "-port", str(self.names)],
                                     stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                     env=self.environment(0))
        super().__init__(directory)

    def environment(self, port=None):
        home = self.directory
        return dict(os.environ, HOME=str(home), ERL_EPMD_ADDRESS="127.0.0.1", ERL_EPMD_PORT=str(self.names),
                    RABBITMQ_NODENAME="test@localhost", RABBITMQ_NODE_IP_ADDRESS="127.0.0.1",
                    RABBITMQ_NODE_PORT=str(self.port if port is None else port),
                    RABBITMQ_DIST_PORT=str(self.distribution), RABBITMQ_MNESIA_BASE=str(home / "mnesia"),
                    RABBITMQ_LOG_BASE=str(home / "log"), RABBITMQ_ENABLED_PLUGINS_FILE=str(home / "plugins"),
                    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}")

    def command(self):
        return [str(RABBIT)]

    def depths(self):
        """Messages by queue."""
        listed = subprocess.run([str(RABBIT.parent / "rabbitmqctl"), "-q", "-n", "test@localhost", "list_queues", "--no-table-headers",
                                 "name", "messages"], env=self.environment(), stdin=subprocess.DEVNULL,
                                capture_output=True, text=True, timeout=PATIENCE, check=False)
        lines = [line.split() for line in listed.stdout.splitlines()]
        return {line[0]: int(line[1]) for line in lines if len(line) == 2}

    def __exit__(self, *_):
        super().__exit__()
        self.epmd.kill()
        self.epmd.wait(timeout=PATIENCE)


class Receiving(Peer):
    """`torntape receive`, recording to a file."""

    def __init__(self, directory, scheme, *more):
        self.scheme = scheme
        self.more = more
        self.record = directory / "received.jsonl"
        super().__init__(directory)

    @property
    def address(self):
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def command(self):
        return [OPTIONS.program, "receive", "--from", self.address + "".join(self.more), "--output", str(self.record)]

    def lines(self):
        if not self.record.exists():
            return []
        return [json.loads(line) for line in self.record.read_text().splitlines() if line.endswith("}")]

    def received(self):
        """At least this is on disk."""
        return self.record.read_bytes().count(b"\n") if self.record.exists() else 0

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=PATIENCE)
