"""NATS servers of the test's own on loopback, one or a cluster of three, and a line that can be cut."""
import json
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

from process import PATIENCE

SERVER = shutil.which("nats-server") or shutil.which("nats-server", path="/usr/sbin:/usr/local/sbin")


def skip_without_server():
    if SERVER is None:
        print("skipped: there is no nats-server (script/bootstrap installs it)")
        sys.exit(77)


def until(condition, what):
    """Waits for what other processes bring about."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError(f"waited in vain: {what}")


def free_ports(count):
    """Ports that were free a moment ago: a cluster must know the ports of its nodes beforehand."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def get(url):
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


class Node:
    """One nats-server, which can be killed and comes back with what it had."""

    def __init__(self, directory, name="n1", cluster=None, more=()):
        """`more`: lines of its settings."""
        self.directory = pathlib.Path(directory) / name
        self.directory.mkdir(parents=True)
        self.port, self.monitor = free_ports(2)
        text = [f'server_name: {name}', f'listen: "127.0.0.1:{self.port}"', f'http: "127.0.0.1:{self.monitor}"',
                f'jetstream {{ store_dir: "{self.directory}" }}', *more]
        if cluster:
            here, others = cluster
            routes = ", ".join(f'"nats://127.0.0.1:{port}"' for port in others)
            text.append(f'cluster {{ name: torntape, listen: "127.0.0.1:{here}", routes: [{routes}] }}')
        self.settings = self.directory / "settings"
        self.settings.write_text("\n".join(text) + "\n")
        self.process = None
        self.start()

    def start(self):
        self.process = subprocess.Popen([SERVER, "-c", self.settings, "-l", self.directory / "log"])

    def ready(self):
        """In touch with the others, and up to date."""
        return get(f"http://127.0.0.1:{self.monitor}/healthz")[0] == 200

    def send(self, how):
        self.process.send_signal(how)

    def kill(self):
        self.process.kill()
        self.process.wait(timeout=PATIENCE)

    def stream(self, name):
        """What it tells of a stream; nothing where there is none."""
        told = json.loads(get(f"http://127.0.0.1:{self.monitor}/jsz?streams=1")[1] or "{}")
        for account in told.get("account_details", []):
            for detail in account.get("stream_detail", []):
                if detail["name"] == name:
                    return detail
        return {}

    def leads(self, name):
        return self.stream(name).get("cluster", {}).get("leader") == self.directory.name

    def entries(self, name):
        return self.stream(name).get("state", {}).get("messages", 0)


class Engine:
    """One node, or three, gone with the test."""

    def __init__(self, directory, nodes=1, more=()):
        if nodes == 1:
            self.nodes = [Node(directory, more=more)]
        else:
            ports = free_ports(nodes)
            self.nodes = [Node(directory, f"n{i + 1}", (port, [other for other in ports if other != port]), more)
                          for i, port in enumerate(ports)]
        for node in self.nodes:
            until(node.ready, "nats-server is ready")

    @property
    def address(self):
        return "nats://" + ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for node in self.nodes:
            if node.process.poll() is None:
                node.send(signal.SIGCONT)
                node.kill()


class Line:
    """A way to a port that can be cut and mended."""

    def __init__(self, port):
        self.far = port
        self.whole = True
        self.held = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.far)) if self.whole else None
            except OSError:
                far = None
            if far is None:
                near.close()
                continue
            self.held += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=(one, other), daemon=True).start()

    @staticmethod
    def carry(one, other):
        try:
            while data := one.recv(65536):
                other.sendall(data)
        except OSError:
            pass
        Line.end(one, other)

    @staticmethod
    def end(*sockets):
        for one in sockets:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self):
        self.whole = False
        self.end(*self.held)

    def mend(self):
        self.whole = True

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end(self.listener)
        self.listener.close()
        self.cut()
        for one in self.held:
            one.close()
