"""`torntape send` under TLS: certificates are checked, and a server that cannot show the right one is told nothing. The
authorities and certificates are made here, with openssl."""
import http.server
import json
import logging
import shutil
import ssl
import sys
import threading
import unittest

from guard import openssl, KEY
from peers import free_port
from process import Case, main, run

try:
    from aiosmtpd.controller import Controller
except ImportError:
    Controller = None

if not shutil.which("openssl"):
    sys.exit(77)
logging.getLogger("mail.log").disabled = True  # of aiosmtpd: that hands could not be shaken is what is wanted


class TlsCase(Case):
    def setUp(self):
        super().setUp()
        for name in ("ca", "stranger"):
            openssl("req", "-x509", *KEY, "-subj", f"/CN={name}", "-keyout", self.directory / f"{name}.key", "-out",
                    self.directory / f"{name}.pem")
        self.issue("here", "DNS:localhost,IP:127.0.0.1")
        self.issue("elsewhere", "DNS:elsewhere.example")
        self.messages = self.directory / "messages.txt"
        self.good(run("generate", "--count", 5, "--output", self.messages))

    def issue(self, name, names):
        openssl("req", "-x509", *KEY, "-subj", f"/CN={name}", "-addext", f"subjectAltName={names}", "-addext",
                "basicConstraints=critical,CA:FALSE", "-CA", self.directory / "ca.pem", "-CAkey", self.directory / "ca.key",
                "-keyout", self.directory / f"{name}.key", "-out", self.directory / f"{name}.pem")

    def context(self, certificate):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.directory / f"{certificate}.pem", self.directory / f"{certificate}.key")
        return context

    def ca(self, name="ca"):
        return f"ca={self.directory}/{name}.pem"

    def taken(self, to):
        result = run("send", self.messages, "--to", to, "--report", "json")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertEqual(int(json.loads(result.stdout)["destinations"][0]["confirmed"]), 5)

    def not_believed(self, to, *words):
        """Given up, and the reason says what is wrong and what to do."""
        for give_up in (1, 5, 60):  # the first in which hands could be shaken
            result = run("send", self.messages, "--to", to, "--give-up", f"{give_up}s", "--report", "json")
            self.assertEqual(result.returncode, 2, result.stdout + result.stderr)
            told = json.loads(result.stdout)["destinations"][0]
            self.assertNotIn("confirmed", told)
            if not told["failure"].endswith("no answer"):
                break
        for word in words:
            self.assertIn(word, told["failure"])


class Web(TlsCase):
    def server(self, certificate):
        bodies = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        class Quiet(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass

        server = Quiet(("127.0.0.1", 0), Handler)
        server.socket = self.context(certificate).wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return server.server_port, bodies

    def test_the_right_certificate_is_believed(self):
        port, bodies = self.server("here")
        for host in ("127.0.0.1", "localhost"):
            self.taken(f"https://{host}:{port}/in?{self.ca()}")
        self.assertEqual(b"".join(sorted(bodies)), b"".join(sorted(2 * split(self.messages.read_bytes()))))

    def test_another_host_and_an_unknown_authority_are_not(self):
        port, bodies = self.server("elsewhere")
        self.not_believed(f"https://127.0.0.1:{port}/?{self.ca()}", "match", "127.0.0.1")
        port, more = self.server("here")
        self.not_believed(f"https://127.0.0.1:{port}/", "certificate", "?ca=FILE")
        self.not_believed(f"https://127.0.0.1:{port}/?{self.ca('stranger')}", "certificate", "?ca=FILE")
        self.assertEqual((bodies, more), ([], []))


def split(text):
    return [b"VZCZC" + part for part in text.split(b"VZCZC")[1:]]


@unittest.skipIf(Controller is None, "python3-aiosmtpd is not installed")
class Mail(TlsCase):
    def server(self, **how):
        class Handler:
            def __init__(self):
                self.mails, self.private = [], []

            async def handle_DATA(self, server, session, envelope):
                self.mails.append(envelope.content)
                self.private.append(session.ssl is not None)
                return "250 OK"

        handler = Handler()
        controller = Controller(handler, hostname="127.0.0.1", port=free_port(), **how)
        controller.start()
        self.addCleanup(controller.stop)
        return controller.port, handler

    def test_smtps(self):
        port, handler = self.server(ssl_context=self.context("here"))
        self.taken(f"smtps://127.0.0.1:{port}?to=in@example.org&{self.ca()}")
        self.assertEqual(len(handler.mails), 5)
        self.not_believed(f"smtps://127.0.0.1:{port}?to=in@example.org&{self.ca('stranger')}", "certificate", "?ca=FILE")
        self.assertEqual(len(handler.mails), 5)

    def test_starttls(self):
        port, handler = self.server(tls_context=self.context("here"))
        self.taken(f"smtp://127.0.0.1:{port}?to=in@example.org&starttls=yes&{self.ca()}")
        self.assertEqual(handler.private, [True] * 5)
        self.not_believed(f"smtp://127.0.0.1:{port}?to=in@example.org&starttls=yes", "certificate", "?ca=FILE")
        self.assertEqual(len(handler.mails), 5)

    def test_another_host(self):
        port, handler = self.server(tls_context=self.context("elsewhere"))
        self.not_believed(f"smtp://127.0.0.1:{port}?to=in@example.org&starttls=yes&{self.ca()}", "127.0.0.1")
        self.assertEqual(handler.mails, [])

    def test_a_server_that_has_no_starttls_gets_nothing(self):
        port, handler = self.server()
        self.not_believed(f"smtp://127.0.0.1:{port}?to=in@example.org&starttls=yes&{self.ca()}", "STARTTLS")
        self.assertEqual(handler.mails, [])


if __name__ == "__main__":
    main()
