"""The guard of the ports: TLS, tokens, certificates, and circuits that belong to a certificate. The authority and the
certificates are made here, with openssl."""
import http.client
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys

from circuits import FarEnd
from process import DEMO, ONE_SWITCH, OPTIONS, PATIENCE, SEED, Case, Serve, main, run
from python_client import python

KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30")


def openssl(*args):
    subprocess.run(["openssl", *map(str, args)], check=True, stderr=subprocess.DEVNULL, timeout=PATIENCE)


class GuardCase(Case):
    def setUp(self):
        super().setUp()
        self.authority("ca")
        self.issue("switch", "DNS:localhost,IP:127.0.0.1")
        self.log = self.directory / "log"
        self.guard = self.directory / "guard.toml"

    def authority(self, name):
        openssl("req", "-x509", *KEY, "-subj", f"/CN={name}", "-keyout", self.directory / f"{name}.key",
                "-out", self.directory / f"{name}.pem")

    def issue(self, name, names, authority="ca", subject=None):
        openssl("req", "-x509", *KEY, "-subj", f"/CN={subject or name}", "-addext", f"subjectAltName={names}",
                "-addext", "basicConstraints=critical,CA:FALSE",
                "-CA", self.directory / f"{authority}.pem", "-CAkey", self.directory / f"{authority}.key",
                "-keyout", self.directory / f"{name}.key", "-out", self.directory / f"{name}.pem")

    def token(self, name, may, *queues, into=None):
        """A token in a file of its name; its entry goes into the guard file."""
        file = self.directory / f"{name}.token"
        told = run("token", name, "--may", may, *(part for queue in queues for part in ("--queue", queue)), "--to", file)
        self.entries(self.good(told), into)
        return file

    def entries(self, text, into=None):
        path = into or self.guard
        with open(path, "a", encoding="utf-8") as out:
            out.write(text)
        path.chmod(0o600)

    def tls(self, certificate="switch", ca=True):
        self.entries(f'[tls]\ncertificate = "{certificate}.pem"\nkey = "{certificate}.key"\n' +
                     ('client_ca = "ca.pem"\n' if ca else ""))

    def ca(self):
        return "--ca", self.directory / "ca.pem"

    def context(self, *, certificate=None, ca="ca", newest=None):
        context = ssl.create_default_context(cafile=self.directory / f"{ca}.pem")
        if certificate:
            context.load_cert_chain(self.directory / f"{certificate}.pem", self.directory / f"{certificate}.key")
        if newest:
            context.maximum_version = newest
        return context

    def serve(self, *args, network=ONE_SWITCH, **kwargs):
        kwargs.setdefault("log", self.log)
        return self.enterContext(Serve("--network", network, "--store", "memory", "--guard", self.guard, *args, **kwargs))

    def logged(self, words):
        """Waits until the log has these words; what it says."""
        for _ in range(PATIENCE * 10):
            told = self.log.read_text(encoding="utf-8")
            if words in told:
                return told
            try:
                self.switch.process.wait(timeout=0.1)
                break
            except subprocess.TimeoutExpired:
                pass
        self.fail(f"{words!r} is not in the log:\n{told}")
        return None


class Tls(GuardCase):
    def setUp(self):
        super().setUp()
        self.tls()
        self.all = self.token("everybody", "file,look,collect,operate", "*")
        self.switch = self.serve(http=0)

    def call(self, method, target, *, context=None, body=None, **headers):
        connection = http.client.HTTPSConnection("127.0.0.1", self.switch.http_port, timeout=PATIENCE,
                                                 context=context or self.context())
        self.addCleanup(connection.close)
        connection.request(method, target, body=body, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def bearer(self, file=None):
        return {"Authorization": "Bearer " + (file or self.all).read_text().strip()}

    def test_the_commands_speak_tls(self):
        who = (*self.ca(), "--token-file", self.all)
        self.good(self.switch.run("submit", SEED, *who))
        self.assertIn("RUEHC", self.good(self.switch.run("queues", *who)))
        self.assertIn("VZCZC", self.good(self.switch.run("collect", "RUEHC", *who)))
        self.assertEqual(self.switch.end(), 0)

    def test_what_keeps_a_command_out_is_told(self):
        self.authority("other")
        self.issue("elsewhere", "DNS:elsewhere.example.net")
        token = ("--token-file", self.all)
        loose = self.directory / "loose.token"
        loose.write_text(self.all.read_text())
        loose.chmod(0o644)
        wrong = self.directory / "wrong.token"
        wrong.write_text("torntape_wrong\n")
        wrong.chmod(0o600)
        cases = {
            token: "if it speaks TLS, --ca names who signed its certificate",
            ("--ca", self.directory / "other.pem", *token): "no TLS with the switch",
            ("--ca", self.directory / "missing.pem", *token): "missing.pem: cannot be read",
            (*self.ca(), "--token-file", loose): "chmod 600",
            (*self.ca(), "--token-file", wrong): "the token is nobody's here",
            self.ca(): "this switch wants to know who calls",
            (*self.ca(), "--certificate", self.directory / "switch.pem"): "--certificate and --key go together",
        }
        for options, words in cases.items():
            with self.subTest(words):
                refused = self.switch.run("queues", *options)
                self.assertEqual(refused.returncode, 2)
                self.assertIn(words, refused.stderr)
        moved = run("queues", "--switch", f"localhost:{self.switch.port}", *self.ca(), *token)
        self.good(moved)
        told = self.log.read_text(encoding="utf-8")
        self.assertIn("a token that is nobody's was shown from 127.0.0.1", told)
        self.assertNotIn("torntape_", told)

    def test_a_switch_of_another_name_is_not_believed(self):
        self.issue("elsewhere", "DNS:elsewhere.example.net")
        self.guard.unlink()
        self.tls("elsewhere")
        all_of_it = self.token("all", "look", "*")
        other = self.serve(log=self.directory / "log2")
        refused = other.run("queues", *self.ca(), "--token-file", all_of_it)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("no TLS with the switch", refused.stderr)

    def test_no_older_tls(self):
        with self.assertRaises(ssl.SSLError):
            self.call("GET", "/healthz", context=self.context(newest=ssl.TLSVersion.TLSv1_2))
        connection = socket.create_connection(("127.0.0.1", self.switch.http_port), timeout=PATIENCE)
        with self.context().wrap_socket(connection, server_hostname="localhost") as secure:
            self.assertEqual(secure.version(), "TLSv1.3")

    def test_http_asks_for_a_token(self):
        self.assertEqual(self.call("GET", "/healthz")[0], 200)
        status, headers, body = self.call("GET", "/api/v1/queues")
        self.assertEqual(status, 401)
        self.assertEqual(headers["WWW-Authenticate"], "Bearer")
        self.assertEqual(json.loads(body)["reason"], "REASON_UNAUTHENTICATED")
        self.assertEqual(self.call("GET", "/api/v1/queues", Authorization="Bearer torntape_wrong")[0], 401)
        self.assertEqual(self.call("GET", "/api/v1/queues", Authorization="Basic YTpi")[0], 401)
        self.assertEqual(self.call("GET", "/api/v1/queues", **self.bearer())[0], 200)
        for path in ("/metrics", "/api/v1/events", "/api/v1/network", "/api/v1/messages", "/api/v1/messages/1"):
            with self.subTest(path):
                self.assertEqual(self.call("GET", path)[0], 401)
        self.assertEqual(self.call("POST", "/api/v1/messages", body=SEED.read_bytes())[0], 401)
        self.assertEqual(self.call("POST", "/api/v1/messages", body=SEED.read_bytes(), **self.bearer())[0], 202)
        self.assertEqual(self.call("GET", "/", Host="torntape.example.net", Origin="https://elsewhere.net")[0], 403)
        self.assertEqual(self.switch.end(), 0)

    def test_curl(self):
        address = f"https://localhost:{self.switch.http_port}/api/v1/queues"
        told = subprocess.run(["curl", "-s", "--noproxy", "*", "--cacert", self.directory / "ca.pem", "-H",
                               "Authorization: " + self.bearer()["Authorization"], address],
                              stdout=subprocess.PIPE, timeout=PATIENCE, check=True)
        self.assertIn("queues", json.loads(told.stdout))
        plain = subprocess.run(["curl", "-s", "--noproxy", "*", address.replace("https", "http")], stdout=subprocess.PIPE,
                               timeout=PATIENCE, check=True)
        self.assertIn("this port speaks TLS", json.loads(plain.stdout)["detail"])

    def test_the_example_client(self):
        client = OPTIONS.root / "examples" / "client.py"
        told = subprocess.run([python(), client, *self.ca(), "--token-file", self.all, self.switch.address, SEED, "RUEHC"],
                              stdout=subprocess.PIPE, text=True, timeout=PATIENCE, check=True)
        self.assertIn("acknowledged 1", told.stdout)
        refused = subprocess.run([python(), client, *self.ca(), self.switch.address, SEED, "RUEHC"],
                                 stderr=subprocess.PIPE, text=True, timeout=PATIENCE, check=False)
        self.assertIn("wants to know who calls", refused.stderr)

    def test_a_reader_that_follows_is_interrupted(self):
        who = (*self.ca(), "--token-file", self.all)
        command = [OPTIONS.program, "collect", "RUEHC", "--follow", "--quiet", "--switch", self.switch.address, *who]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reader:
            self.good(self.switch.run("submit", SEED, *who))
            self.assertTrue(any(line.startswith("VZCZC") for line in reader.stdout))
            reader.send_signal(signal.SIGINT)
            self.assertEqual(reader.wait(timeout=PATIENCE), 0)

    def test_bytes_that_are_no_tls(self):
        for port in (self.switch.port, self.switch.http_port):
            for sent in (b"\x16\x03\x01", b"\x00" * 1000, SEED.read_bytes()):
                with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
                    connection.sendall(sent)
                    connection.shutdown(socket.SHUT_WR)
                    try:
                        while connection.recv(4096):
                            pass
                    except ConnectionResetError:
                        pass
        self.assertEqual(self.call("GET", "/healthz")[0], 200)

    def test_a_caller_that_shakes_no_hands_does_not_hold_up_the_end(self):
        with socket.create_connection(("127.0.0.1", self.switch.port), timeout=PATIENCE):
            self.assertEqual(self.call("GET", "/healthz")[0], 200)
            self.assertEqual(self.switch.end(), 0)


class WhoMayDoWhat(GuardCase):
    """Tokens, on loopback and without TLS."""

    def setUp(self):
        super().setUp()
        self.reader = ("--token-file", self.token("reader", "look,collect", "RUEHC"))
        self.filer = ("--token-file", self.token("filer", "file"))
        self.operator = ("--token-file", self.token("operator", "operate,look", "*"))
        self.both = ("--token-file", self.token("both", "file,operate", "*"))
        self.switch = self.serve(http=0)

    def refused(self, words, *command):
        told = self.switch.run(*command)
        self.assertEqual(told.returncode, 2, told.stdout)
        self.assertIn(words, told.stderr)

    def test_each_does_what_its_entry_says_and_nothing_else(self):
        self.refused("not allowed: this switch wants to know who calls", "submit", SEED)
        self.refused("not allowed: 'reader' may not file", "submit", SEED, *self.reader)
        self.good(self.switch.run("submit", SEED, *self.filer))
        self.refused("'filer' may not look", "queues", *self.filer)
        self.refused("'filer' may not collect", "collect", "RUEHC", *self.filer)
        self.refused("'filer' may not collect", "collect", "RUEHC", "--follow", *self.filer)
        self.refused("'operator' may not collect", "collect", "RUEHC", *self.operator)
        self.refused("'reader' may not collect from the queue RUEHKO", "collect", "RUEHKO", *self.reader)
        self.refused("'reader' may not look at the queue RUEHKO", "collect", "RUEHKO", "--peek", *self.reader)
        self.refused("'reader' may not look at all queues at once", "journal", *self.reader)
        told = run("circuit", "close", "XR", "--switch", self.switch.address, *self.reader)
        self.assertIn("'reader' may not operate", told.stderr)
        self.refused("'reader' may not operate", "reroute", "1-0", *self.reader)
        queues = json.loads(self.good(self.switch.run("queues", "--format", "json", *self.reader)))["queues"]
        self.assertEqual([queue["name"] for queue in queues], ["RUEHC"])
        self.assertGreater(len(json.loads(self.good(
            self.switch.run("queues", "--format", "json", *self.operator)))["queues"]), 20)
        self.assertIn("1399", self.good(self.switch.run("journal", *self.operator)))
        self.good(self.switch.run("message", "1", *self.reader))
        self.assertIn("VZCZC", self.good(self.switch.run("collect", "SECSTATE WASHDC", *self.reader)))
        self.assertEqual(self.switch.end(), 0)

    def test_http_limits_the_same(self):
        self.good(self.switch.run("submit", SEED, *self.filer))
        token = {"Authorization": "Bearer " + self.reader[1].read_text().strip()}

        def status(method, target):
            connection = http.client.HTTPConnection("127.0.0.1", self.switch.http_port, timeout=PATIENCE)
            self.addCleanup(connection.close)
            connection.request(method, target, headers=token)
            return connection.getresponse().status

        told = json.loads(self.good(self.switch.run("message", "1", "--format", "json", *self.operator)))
        own = next(copy["id"] for copy in told["copies"] if copy["queue"] == "RUEHC")
        other = next(copy["id"] for copy in told["copies"] if copy["queue"] != "RUEHC")
        expected = {
            ("GET", "/api/v1/queues/RUEHC"): 200, ("GET", "/api/v1/queues/RUEHKO"): 403,
            ("GET", "/api/v1/messages/1"): 200, ("GET", "/api/v1/messages"): 403, ("GET", "/metrics"): 403,
            ("GET", "/api/v1/events"): 403, ("GET", "/api/v1/network"): 403, ("GET", "/readyz"): 200,
            ("POST", "/api/v1/queues/RUEHKO/collect"): 403, ("POST", "/api/v1/queues/RUEHC/collect"): 200,
            ("POST", f"/api/v1/copies/{other}/acknowledge"): 403, ("POST", f"/api/v1/copies/{own}/acknowledge"): 204,
            ("POST", "/api/v1/circuits/XR/close"): 403,
            ("GET", "/api/v1/traffic"): 200, ("POST", "/api/v1/traffic"): 403, ("DELETE", "/api/v1/traffic"): 403}
        self.assertEqual({request: status(*request) for request in expected}, expected)

    def test_the_caller_is_told_what_it_may(self):
        def told(headers):
            connection = http.client.HTTPConnection("127.0.0.1", self.switch.http_port, timeout=PATIENCE)
            self.addCleanup(connection.close)
            connection.request("GET", "/api/v1/caller", headers=headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())

        reader = {"Authorization": "Bearer " + self.reader[1].read_text().strip()}
        self.assertEqual(told(reader), (200, {"guarded": True, "name": "reader", "may": ["look", "collect"], "queues": ["RUEHC"]}))
        self.assertEqual(told({})[0], 401)

    def test_traffic_takes_the_verbs_of_an_operator_and_of_a_client(self):
        def start(file, body):
            connection = http.client.HTTPConnection("127.0.0.1", self.switch.http_port, timeout=PATIENCE)
            self.addCleanup(connection.close)
            headers = {"Authorization": "Bearer " + file.read_text().strip(), "Content-Type": "application/json"}
            connection.request("POST", "/api/v1/traffic", body, headers)
            return connection.getresponse().status

        self.assertEqual([start(who[1], "{}") for who in (self.filer, self.operator)], [403, 403])
        self.assertEqual([start(self.both[1], body) for body in ('{"collect":true}', "{}")], [403, 202])

    def test_the_token_of_the_environment(self):
        token = self.reader[1].read_text().strip()
        told = self.switch.run("collect", "RUEHC", "--peek", env={**os.environ, "TORNTAPE_TOKEN": token})
        self.good(told)

    def test_a_rate(self):
        self.guard.write_text(self.guard.read_text().replace('may = ["file"]', 'may = ["file"]\nrate = 1'))
        self.switch.process.send_signal(signal.SIGHUP)
        self.logged("read anew, and holds")
        files = [self.seed(serial) for serial in range(2000, 2050)]
        told = self.switch.run("submit", *files, *self.filer)
        self.assertEqual(told.returncode, 2)
        self.assertIn("asks more than 1 times a second", told.stderr)

    def test_at_a_hangup_the_guard_file_is_read_anew_unless_it_is_bad(self):
        before = self.guard.read_text()
        self.guard.write_text("[[client")
        self.switch.process.send_signal(signal.SIGHUP)
        self.logged("the one before holds")
        self.good(self.switch.run("queues", *self.reader))
        self.guard.write_text(before[before.index('[[client]]\nname = "filer"'):])
        self.switch.process.send_signal(signal.SIGHUP)
        self.logged("read anew, and holds")
        self.refused("the token is nobody's here", "queues", *self.reader)
        self.good(self.switch.run("queues", *self.operator))
        self.assertEqual(self.switch.end(), 0)

    def test_a_token_file_is_not_written_over(self):
        told = run("token", "reader", "--may", "file", "--to", self.reader[1])
        self.assertEqual(told.returncode, 2)
        self.assertIn("File exists", told.stderr)
        self.assertEqual(self.reader[1].stat().st_mode & 0o777, 0o600)
        self.assertNotIn(self.reader[1].read_text().strip(), self.guard.read_text())


class Certificates(GuardCase):
    def test_a_client_is_known_by_its_certificate(self):
        self.issue("filer", "DNS:filer.example.net")
        self.issue("stranger", "DNS:stranger.example.net")
        self.authority("other")
        self.issue("forged", "DNS:filer.example.net", authority="other")
        self.tls()
        self.entries('[[client]]\nname = "filer"\ncertificate = "filer.example.net"\nmay = ["file"]\n')
        self.switch = self.serve()

        def shown(name):
            return (*self.ca(), "--certificate", self.directory / f"{name}.pem", "--key", self.directory / f"{name}.key")

        self.good(self.switch.run("submit", SEED, *shown("filer")))
        self.assertIn("may not look", self.switch.run("queues", *shown("filer")).stderr)
        self.assertIn("the certificate is nobody's here", self.switch.run("submit", SEED, *shown("stranger")).stderr)
        self.assertEqual(self.switch.run("submit", SEED, *shown("forged")).returncode, 2)
        self.assertEqual(self.switch.end(), 0)

    def test_certificates_are_read_anew_and_connections_live_on(self):
        self.tls()
        self.token("everybody", "look", "*")
        self.switch = self.serve(http=0)

        def serial(secure):
            return secure.getpeercert()["serialNumber"]

        def connect():
            plain = socket.create_connection(("127.0.0.1", self.switch.http_port), timeout=PATIENCE)
            return self.enterContext(self.context().wrap_socket(plain, server_hostname="localhost"))

        old = connect()
        self.issue("switch", "DNS:localhost,IP:127.0.0.1")
        self.switch.process.send_signal(signal.SIGHUP)
        self.logged("read anew, and holds")
        self.assertNotEqual(serial(connect()), serial(old))
        old.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        self.assertTrue(old.recv(4096).startswith(b"HTTP/1.1 200"))
        newer = serial(connect())
        (self.directory / "switch.key").write_text("no key")
        self.switch.process.send_signal(signal.SIGHUP)
        self.logged("the one before holds")
        self.assertEqual(serial(connect()), newer)


class Circuits(GuardCase):
    """RTAA, and RTEA at the far end of circuit XR, each with a certificate."""

    def setUp(self):
        super().setUp()
        for relay in ("rtaa", "rtea", "rtba"):
            self.issue(relay, f"DNS:{relay}.example.net,IP:127.0.0.1")
        self.tls("rtaa")
        self.token("everybody", "file,look,collect", "*")
        for circuit, far_end in (("XR", "rtea"), ("AB", "rtba")):
            self.entries(f'[[circuit]]\nname = "{circuit}"\ncertificate = "{far_end}.example.net"\n')

    def relay(self, *args):
        self.switch = self.serve("--relay", "RTAA", *args, network=DEMO, circuits=0)
        return self.switch

    def call(self, certificate, *channel):
        plain = socket.create_connection(("127.0.0.1", self.switch.circuit_port), timeout=PATIENCE)
        context = self.context(certificate=certificate)
        return self.enterContext(FarEnd(context.wrap_socket(plain, server_hostname="rtaa.example.net"), *channel))

    def test_a_circuit_belongs_to_its_certificate(self):
        self.relay()
        far_end = self.call("rtea")
        far_end.say("ZID XRO0000")
        self.assertEqual(far_end.hear()[3], "ZID XRI0000")
        thief = self.call("rtba")
        thief.say("ZID XRO0000")
        self.assertIsNone(thief.hear())
        self.logged("with the certificate of 'rtba.example.net' sends channel 'XRI' of circuit XR, which belongs to "
                    "'rtea.example.net': turned away")
        own = self.call("rtba", "RTBA", "ABI")
        own.say("ZID ABO0000")
        self.assertEqual(own.hear()[3], "ZID ABI0000")
        unknown = self.call("rtba", "RTCA", "ACI")
        unknown.say("ZID ACO0000")
        self.assertIsNone(unknown.hear())
        self.logged("which the guard file does not have")
        far_end.say("ZFX XRO9000")  # still there
        self.assertIsNotNone(far_end.hear())
        self.assertEqual(self.switch.end(), 0)

    def test_a_caller_without_a_certificate_is_not_let_in(self):
        self.relay()
        with self.assertRaises((ssl.SSLError, ConnectionResetError)):
            nobody = self.call(None)
            nobody.say("ZID XRO0000")
            nobody.connection.settimeout(PATIENCE)
            if nobody.connection.recv(1) == b"":
                raise ConnectionResetError
        self.logged("no TLS with 127.0.0.1")

    def test_two_relays_over_tls(self):
        mine = self.guard
        self.guard = self.directory / "rtea.toml"
        self.tls("rtea")
        everybody = self.token("reader", "file,look,collect", "*")
        self.entries('[[circuit]]\nname = "XR"\ncertificate = "rtaa.example.net"\n')
        far = self.serve("--relay", "RTEA", network=DEMO, circuits=0, log=self.directory / "log2")
        self.guard = mine
        self.relay("--dial", f"XR={far.circuits}")
        self.good(self.switch.run("submit", SEED, *self.ca(), "--token-file", self.directory / "everybody.token"))
        copy = self.good(far.run("collect", "RUEHBI", "--follow", "--max", "1", "--quiet", *self.ca(), "--token-file", everybody))
        self.assertIn("DE RUEHTA #1399", copy)
        self.assertEqual(self.switch.end(), 0)
        self.assertEqual(far.end(), 0)

    def test_who_calls_looks_at_the_name_of_who_answers(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(PATIENCE)
            self.relay("--dial", f"XR=127.0.0.1:{listener.getsockname()[1]}")
            impostor = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            impostor.load_cert_chain(self.directory / "rtba.pem", self.directory / "rtba.key")
            with impostor.wrap_socket(listener.accept()[0], server_side=True) as secure:
                secure.settimeout(PATIENCE)
                try:
                    self.assertEqual(secure.recv(1), b"")
                except (ssl.SSLError, ConnectionResetError):
                    pass
            self.logged("its certificate has another name")
            genuine = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            genuine.load_cert_chain(self.directory / "rtea.pem", self.directory / "rtea.key")
            genuine.load_verify_locations(self.directory / "ca.pem")
            genuine.verify_mode = ssl.CERT_REQUIRED
            far_end = self.enterContext(FarEnd(genuine.wrap_socket(listener.accept()[0], server_side=True)))
            self.assertEqual(far_end.hear()[3], "ZID XRI0000")


class BeyondLoopback(GuardCase):
    def refused(self, words, *options):
        told = run("serve", "--store", "memory", "--listen-http", "off", *options)
        self.assertEqual(told.returncode, 2)
        self.assertIn(words, told.stderr)

    def test_a_port_there_wants_tls_and_credentials(self):
        there = ("--listen-protobuf", "0.0.0.0:0")
        self.refused("TLS and credentials are needed, and --guard FILE gives them", *there)
        self.token("reader", "look", "*")
        self.refused("the guard file has no [tls]", *there, "--guard", self.guard)
        self.guard.unlink()
        self.tls()
        self.refused("the guard file has no [[client]]", *there, "--guard", self.guard)
        self.token("another", "look", "*")
        self.guard.chmod(0o644)
        self.refused("chmod 600", *there, "--guard", self.guard)
        self.guard.chmod(0o600)
        (self.directory / "switch.key").chmod(0o644)
        self.refused("switch.key: not only its owner can get at it", *there, "--guard", self.guard)
        (self.directory / "switch.key").chmod(0o600)
        relay = ("--network", DEMO, "--relay", "RTAA", "--listen-protobuf", "127.0.0.1:0")
        self.refused("the guard file has no [[circuit]]", *relay, "--listen-circuit", "0.0.0.0:0", "--guard", self.guard)
        self.entries('[[circuit]]\nname = "XR"\ncertificate = "rtea.example.net"\n')
        self.refused("no [[circuit]] 'AB'", *relay, "--listen-circuit", "127.0.0.1:0", "--guard", self.guard,
                     "--dial", "AB=192.0.2.1:12727")

    def started(self, *options):
        command = [OPTIONS.program, "serve", "--store", "memory", "--listen-http", "off", "--listen-protobuf", "0.0.0.0:0",
                   *map(str, options)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            try:
                ready = re.fullmatch(r"listening for Protobuf on 0\.0\.0\.0:(\d+)\n", process.stdout.readline())
                yield f"127.0.0.1:{ready[1]}"
                process.send_signal(signal.SIGTERM)
                self.assertEqual(process.wait(timeout=PATIENCE), 0)
            finally:
                process.kill()

    def test_with_them_it_listens(self):
        self.tls()
        reader = self.token("reader", "look", "*")
        for address in self.started("--guard", self.guard):
            self.good(run("queues", "--switch", address, *self.ca(), "--token-file", reader))

    def test_in_a_network_that_is_trusted_it_goes_without(self):
        for address in self.started("--insecure"):
            self.good(run("queues", "--switch", address))


if __name__ == "__main__":
    if not shutil.which("openssl"):
        print("skipped: needs openssl")
        sys.exit(77)
    main()
