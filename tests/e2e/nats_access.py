"""A switch whose NATS wants TLS, a certificate, or a password. Certificates are made here, with openssl."""
import shutil
import sys

from engine import Engine, get, skip_without_server, until
from guard import GuardCase
from process import ONE_SWITCH, SEED, Serve, main, run


class NatsAccess(GuardCase):
    def setUp(self):
        super().setUp()
        self.issue("node", "DNS:localhost,IP:127.0.0.1")
        self.password = self.directory / "password"
        self.write(self.password, "relay:a secret\n")

    @staticmethod
    def write(path, text, mode=0o600):
        path.write_text(text)
        path.chmod(mode)

    def pem(self, name):
        return self.directory / f"{name}.pem"

    def key(self, name):
        path = self.directory / f"{name}.key"
        path.chmod(0o600)
        return path

    def tls(self, name="node", verify=False):
        asks = f' ca_file: "{self.pem("ca")}", verify: true,' if verify else ""
        return f'tls {{ cert_file: "{self.pem(name)}", key_file: "{self.key(name)}",{asks} timeout: 20 }}'

    def at(self, engine, scheme="tls"):
        return f"{scheme}://127.0.0.1:{engine.nodes[0].port}"

    def refused(self, *args):
        failed = run("serve", "--network", ONE_SWITCH, "--listen-protobuf", "127.0.0.1:0", "--listen-http", "off",
                     "--data", self.directory / "none", *args)
        self.assertEqual(failed.returncode, 2, args)
        self.assertNotIn("a secret", failed.stderr)
        return failed.stderr

    def works(self, *args):
        log = self.directory / "log"
        with Serve("--network", ONE_SWITCH, "--data", self.directory / "data", *args, http=0, log=log) as switch:
            until(lambda: get(f"http://{switch.http}/readyz")[0] == 200, "the switch is ready")
            self.good(switch.run("submit", SEED))
            self.assertNotIn("a secret", get(f"http://{switch.http}/metrics")[1])
            self.assertEqual(switch.end(), 0)
        self.assertNotIn("a secret", log.read_text())

    def test_over_tls_a_node_is_known_by_who_signed_it_and_by_its_name(self):
        self.authority("others")
        with Engine(self.directory, more=[self.tls()]) as engine:
            self.works("--store", self.at(engine), "--store-ca", self.pem("ca"))
            self.good(run("store", "verify", self.at(engine) + "/RTAA", "--store-ca", self.pem("ca")))
            self.assertIn("cannot reach tls://", self.refused("--store", self.at(engine), "--store-ca", self.pem("others")))
            self.assertIn("cannot reach tls://", self.refused("--store", self.at(engine)))

    def test_a_node_that_bears_another_name_is_not_spoken_to(self):
        self.issue("other", "DNS:elsewhere,IP:127.0.0.9")
        with Engine(self.directory, more=[self.tls("other")]) as engine:
            self.assertIn("cannot reach tls://", self.refused("--store", self.at(engine), "--store-ca", self.pem("ca")))

    def test_who_asks_for_tls_does_not_speak_in_the_clear(self):
        with Engine(self.directory) as engine:
            self.assertIn("cannot reach tls://", self.refused("--store", self.at(engine), "--store-ca", self.pem("ca")))

    def test_a_node_may_want_a_certificate(self):
        self.issue("relay", "DNS:relay")
        with Engine(self.directory, more=[self.tls(verify=True)]) as engine:
            known = ("--store", self.at(engine), "--store-ca", self.pem("ca"))
            self.assertIn("cannot reach tls://", self.refused(*known))
            self.works(*known, "--store-certificate", self.pem("relay"), "--store-key", self.key("relay"))

    def test_a_node_may_want_a_password_which_stands_in_a_file(self):
        user = 'authorization { user: relay, password: "a secret" }'
        with Engine(self.directory, more=[self.tls(), user]) as engine:
            known = ("--store", self.at(engine), "--store-ca", self.pem("ca"))
            self.assertIn("uthoriz", self.refused(*known))
            self.works(*known, "--store-credentials", self.password)
            self.write(self.password, "relay:another\n")
            self.assertIn("uthoriz", self.refused(*known, "--store-credentials", self.password))

    def test_what_cannot_work_is_told_before_nats_is_called(self):
        here = ("--store", "tls://127.0.0.1:1")
        open_to_all, empty = self.directory / "open", self.directory / "empty"
        self.write(open_to_all, "relay:a secret\n", 0o644)
        self.write(empty, "no colon\n")
        for args, told in (((*here, "--store-credentials", open_to_all), "chmod 600"),
                           ((*here, "--store-credentials", empty), "expected USER:PASSWORD"),
                           ((*here, "--store-credentials", self.directory / "gone"), "cannot be read"),
                           ((*here, "--store-ca", self.directory / "gone"), "cannot be read"),
                           ((*here, "--store-certificate", self.pem("node")), "--store-key"),
                           (("--store", "nats://127.0.0.1:1", "--store-ca", self.pem("ca")), "tls://127.0.0.1:1"),
                           (("--store-credentials", self.password), "for a store on NATS"),
                           (("--store", "nats://relay:a%20secret@127.0.0.1:1"), "--store-credentials")):
            self.assertIn(told, self.refused(*args))


if __name__ == "__main__":
    skip_without_server()
    if not shutil.which("openssl"):
        print("skipped: needs openssl")
        sys.exit(77)
    main()
