"""The example client, on protoc-made Python, against a running switch."""
import shutil
import subprocess
import sys

from process import ONE_SWITCH, OPTIONS, PATIENCE, SEED, Case, Serve, main


def python():
    """A Python that has protobuf: this one, or the system's."""
    for candidate in (sys.executable, "/usr/bin/python3"):
        if shutil.which(candidate) and subprocess.run([candidate, "-c", "import google.protobuf"],
                                                      stderr=subprocess.DEVNULL, check=False).returncode == 0:
            return candidate
    return None


class PythonClient(Case):
    def test_submit_queues_collect_acknowledge(self):
        with Serve("--network", ONE_SWITCH, "--store", "memory") as switch:
            client = subprocess.run([python(), OPTIONS.root / "examples" / "client.py", switch.address, SEED, "RUEHC"],
                                    stdout=subprocess.PIPE, text=True, timeout=PATIENCE, check=True)
            self.assertIn("1 action, 30 info", client.stdout)
            self.assertIn("queue RUEHC: 1 waiting", client.stdout)
            self.assertIn("PRESIDENTIAL ADVISER", client.stdout)
            self.assertIn("acknowledged 1", client.stdout)
            for wrong, words in (([], "usage:"), (["here", SEED, "RUEHC"], "is no ADDR:PORT"),
                                 (["127.0.0.1:1", SEED, "RUEHC"], "no switch answers at 127.0.0.1:1"),
                                 ([switch.address, "missing.txt", "RUEHC"], "No such file"),
                                 ([switch.address, SEED, "RXXX"], "not done: ")):
                with self.subTest(wrong):
                    told = subprocess.run([python(), OPTIONS.root / "examples" / "client.py", *wrong],
                                          stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, timeout=PATIENCE,
                                          check=False)
                    self.assertEqual(told.returncode, 1)
                    self.assertIn(words, told.stderr)
                    self.assertNotIn("Traceback", told.stderr)
            self.assertIn("30 copies waiting in 30 queues", self.good(switch.run("queues")))


if __name__ == "__main__":
    if not shutil.which("protoc") or python() is None:
        print("skipped: needs protobuf-compiler and python3-protobuf")
        sys.exit(77)
    main()
