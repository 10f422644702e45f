"""The HTTP port of a real switch: the commands of docs/http.md, every path of the OpenAPI document, and what a
stranger may send."""
import http.client
import json
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys

from process import DEMO, ONE_SWITCH, OPTIONS, PATIENCE, SEED, Case, Serve, main, run

try:
    import jsonschema
except ImportError:
    sys.exit(77)

DOCUMENT = json.loads((OPTIONS.root / "router" / "service" / "openapi.json").read_text())
METHODS = ("get", "post", "put", "delete", "patch")


def operations():
    return [(method, path) for path, item in DOCUMENT["paths"].items() for method in METHODS if method in item]


def operation(method, path):
    return DOCUMENT["paths"][path][method]


class HttpCase(Case):
    def setUp(self):
        super().setUp()
        self.switch = self.enterContext(Serve("--network", ONE_SWITCH, "--data", self.data, http=0))

    def call(self, method, target, body=None, **headers):
        """The status, the headers and the body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.switch.http_port, timeout=PATIENCE)
        self.addCleanup(connection.close)
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, target, body=body, headers=fields)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def json(self, method, target, body=None, status=200, **headers):
        got, _, text = self.call(method, target, body, **headers)
        self.assertEqual(got, status, text)
        return json.loads(text)

    def file(self, path=SEED):
        return self.json("POST", "/api/v1/messages", path.read_bytes(), 202, Content_Type="text/plain")


class Contract(HttpCase):
    """Every path and verb of the document is there, and every answer has the shape told."""

    def check_shape(self, schema, value):
        jsonschema.Draft202012Validator({**schema, "components": DOCUMENT["components"]}).validate(value)

    def check_answer(self, method, path, target, status, body=None, **headers):
        told = operation(method, path)["responses"][str(status)]
        if "$ref" in told:
            told = DOCUMENT["components"]["responses"][told["$ref"].split("/")[-1]]
        got, fields, text = self.call(method.upper(), target, body, **headers)
        self.assertEqual(got, status, text)
        if "content" not in told:
            self.assertEqual(text, b"")
            return None
        media = fields["Content-Type"].split(";")[0]
        self.assertIn(media, told["content"])
        for name in told.get("headers", {}):
            self.assertIn(name, fields)
        if not media.endswith("json"):
            return text
        value = json.loads(text)
        self.check_shape(told["content"][media]["schema"], value)
        return value

    def test_the_document_is_one(self):
        self.assertEqual(self.json("GET", "/openapi.json"), DOCUMENT)
        self.assertEqual(DOCUMENT["openapi"], "3.1.0")
        for schema in DOCUMENT["components"]["schemas"].values():
            jsonschema.Draft202012Validator.check_schema(schema)

    def test_every_path_and_verb_answers_in_its_shape(self):
        seed = SEED.read_bytes()
        text = {"Content_Type": "text/plain"}
        calls = [
            ("post", "/api/v1/inspect", "/api/v1/inspect", 200, seed, text),
            ("post", "/api/v1/messages", "/api/v1/messages", 202, seed, text),
            ("get", "/api/v1/messages", "/api/v1/messages?mrn=09ASTANA1399", 200, None, {}),
            ("get", "/api/v1/messages/{id}", "/api/v1/messages/1", 200, None, {}),
            ("get", "/api/v1/queues", "/api/v1/queues", 200, None, {}),
            ("get", "/api/v1/queues/{queue}", "/api/v1/queues/SECSTATE%20WASHDC", 200, None, {}),
            ("post", "/api/v1/queues/{queue}/collect", "/api/v1/queues/RUEHC/collect", 200, b'{"max":5,"lease":"30s"}',
             {"Content_Type": "application/json"}),
            ("post", "/api/v1/copies/{id}/release", "/api/v1/copies/1-0/release", 204, None, {}),
            ("post", "/api/v1/queues/{queue}/collect", "/api/v1/queues/RUEHC/collect", 200, None, {}),
            ("post", "/api/v1/copies/{id}/acknowledge", "/api/v1/copies/1-0/acknowledge", 204, None, {}),
            ("get", "/api/v1/network", "/api/v1/network", 200, None, {}),
            ("get", "/api/v1/rules", "/api/v1/rules", 200, None, {}),
            ("get", "/api/v1/rules/{rule}", "/api/v1/rules/FL2-01", 200, None, {}),
            ("get", "/api/v1/lessons", "/api/v1/lessons", 200, None, {}),
            ("get", "/api/v1/caller", "/api/v1/caller", 200, None, {}),
            ("get", "/api/v1/traffic/choices", "/api/v1/traffic/choices", 200, None, {}),
            ("post", "/api/v1/traffic", "/api/v1/traffic", 202, b'{"rate":0.1,"messages":9}',
             {"Content_Type": "application/json"}),
            ("get", "/api/v1/traffic", "/api/v1/traffic", 200, None, {}),
            ("delete", "/api/v1/traffic", "/api/v1/traffic", 200, None, {}),
            ("get", "/metrics", "/metrics", 200, None, {}),
            ("get", "/healthz", "/healthz", 200, None, {}),
            ("get", "/readyz", "/readyz", 200, None, {}),
            ("get", "/openapi.json", "/openapi.json", 200, None, {}),
            ("get", "/", "/", 200, None, {}),
            ("get", "/assets/{file}", "/assets/none.js", 404, None, {}),
        ]
        for method, path, target, status, body, headers in calls:
            with self.subTest(method=method, target=target):
                value = self.check_answer(method, path, target, status, body, **headers)
                if method == "get":
                    got, fields, text = self.call("HEAD", target)
                    self.assertEqual((got, text), (status, b""))
                    self.assertGreater(int(fields["Content-Length"]), 0)
                if path == "/api/v1/messages" and method == "get":
                    self.assertEqual([message["id"] for message in value["messages"]], ["1"])
        # The stream has no end, and this switch has neither circuits nor intercepts: they have tests of their own below.
        tried = {(method, path) for method, path, *_ in calls} | {("get", "/api/v1/events")}
        tried |= {("post", f"/api/v1/circuits/{{circuit}}/{verb}") for verb in ("open", "close")}
        tried |= {("post", "/api/v1/copies/{id}/reroute")}
        self.assertEqual(tried, set(operations()))

    def make(self, request):
        """Begins, and waits for the end."""
        self.check_answer("post", "/api/v1/traffic", "/api/v1/traffic", 202, json.dumps(request).encode(),
                          Content_Type="application/json")
        for _ in range(100 * PATIENCE):
            state = self.json("GET", "/api/v1/traffic")
            if not state.get("running"):
                return self.check_answer("get", "/api/v1/traffic", "/api/v1/traffic", 200)
        self.fail("it does not end")

    def test_traffic_is_made_and_collected_and_nothing_else_is(self):
        self.file()
        made = self.make({"rate": 500, "messages": 40, "seed": 7, "collect": True})
        self.assertEqual((made["made"], made["accepted"], made.get("refused")), (40, 40, None))
        self.assertEqual(made["whyEnded"], "all of it was handed in")
        ours = sum(copies["made"] for copies in made["copies"])
        delivered = sum(copies.get("delivered", 0) for copies in made["copies"])
        waiting = sum(int(depth.get("waiting", 0)) for queue in self.json("GET", "/api/v1/queues")["queues"]
                      for depth in queue.get("depths", []))
        # The copies of the message that was there stay, and what stands behind them.
        self.assertEqual(waiting, 31 + ours - delivered)
        self.assertGreater(delivered, 0)
        theirs = self.json("GET", "/api/v1/messages/1")["copies"]
        self.assertEqual([copy["id"] for copy in theirs if copy["state"] != "COPY_STATE_WAITING" or copy.get("attempts")], [])
        again = self.make({"rate": 500, "messages": 40, "seed": 7})
        self.assertEqual((again["alreadyFiled"], again.get("copies")), (40, None))

    def test_traffic_that_is_broken_on_purpose_is_refused_by_rule(self):
        made = self.make({"rate": 500, "messages": 60, "seed": 3, "share": 0.5, "violate": ["FL2-01", "lost-slash"]})
        self.assertEqual(made["accepted"] + made["refused"], 60)
        self.assertGreater(made["refused"], 10)
        self.assertEqual(made["refused"], made["broken"])
        self.assertEqual(sorted(told["rule"] for told in made["refusals"]), ["FL2-01", "FL7-04"])
        self.assertEqual([(told["fault"], told["rule"], told["named"] == told["made"]) for told in made["faults"]],
                         [("FL2-01", "FL2-01", True), ("lost-slash", "FL7-04", True)])

    def test_one_run_of_traffic_at_a_time_and_it_is_stopped(self):
        path, json_type = "/api/v1/traffic", {"Content_Type": "application/json"}
        self.check_answer("get", path, path, 200)
        self.check_answer("delete", path, path, 200)
        self.check_answer("post", path, path, 202, b'{"rate":0.1}', **json_type)
        self.check_answer("post", path, path, 409, b'{"rate":0.1}', **json_type)
        stopped = self.check_answer("delete", path, path, 200)
        self.assertEqual((stopped.get("running"), stopped["whyEnded"]), (None, "it was stopped"))
        for body in (b'{"rate":1000}', b'{"rate":0}', b'{"messages":0}', b'{"colour":"red"}', b'{', b'{"violate":["FL99"]}', b'{"share":0.5}'):
            with self.subTest(body):
                self.check_answer("post", path, path, 400, body, **json_type)
        self.check_answer("post", path, path, 415, b"rate=1", Content_Type="application/x-www-form-urlencoded")
        # A switch that is stopped while it makes traffic ends.
        self.check_answer("post", path, path, 202, b'{"rate":200,"messages":100000}', **json_type)
        self.assertEqual(self.switch.end(), 0)

    def test_a_circuit_is_closed_and_opened(self):
        self.assertEqual(self.switch.end(), 0)
        with Serve("--network", DEMO, "--relay", "RTAA", "--store", "memory", circuits=0, http=0) as self.switch:
            for verb, told in (("close", True), ("open", None)):
                path = f"/api/v1/circuits/{{circuit}}/{verb}"
                self.check_answer("post", path, f"/api/v1/circuits/XR/{verb}", 204)
                self.check_answer("post", path, f"/api/v1/circuits/none/{verb}", 404)
                circuits = self.check_answer("get", "/api/v1/network", "/api/v1/network", 200)["circuits"]
                [circuit] = [circuit for circuit in circuits if circuit["name"] == "XR"]
                self.assertEqual((circuit.get("closed"), circuit["up"]), (told, False))
                self.check_answer("get", "/api/v1/queues", "/api/v1/queues", 200)

    def test_what_was_intercepted_is_sent_on(self):
        """RTEA thinks that RTAA has a station RTAAQQ, and RTAA knows of none."""
        self.assertEqual(self.switch.end(), 0)
        path = "/api/v1/copies/{id}/reroute"
        believed = self.directory / "believed.toml"
        believed.write_text(DEMO.read_text() + '[[station]]\nindicator = "RTAAQQ"\nname = "NOBODY"\nrelay = "RTAA"\n')
        text = SEED.read_bytes().replace(b"RUEHC/SECSTATE WASHDC", b"RTAAQQ/NOBODY").replace(b"RUEHTA", b"RUEHBI")
        here = ("--relay", "RTAA", "--store", "memory")
        with Serve("--network", DEMO, *here, circuits=0, http=0) as self.switch, Serve(
                "--network", believed, "--relay", "RTEA", "--store", "memory", "--dial", f"XR={self.switch.circuits}",
                circuits=0) as far:
            message = self.directory / "astray.txt"
            message.write_bytes(text)
            self.good(far.run("submit", message))
            stopped = None
            for _ in range(100 * PATIENCE):
                if stopped := self.json("GET", "/api/v1/queues/intercept").get("copies"):
                    break
            [stopped] = stopped
            copy = f"/api/v1/copies/{stopped['id']}/reroute"
            as_called = self.check_answer("post", path, copy, 422)
            self.assertIn("RTAAQQ", as_called["detail"])
            json_type = {"Content_Type": "application/json"}
            self.check_answer("post", path, copy, 400, b'{"routingIndicator":"nowhere"}', **json_type)
            self.check_answer("post", path, copy, 400, b'{"copyIds":["1-0"]}', **json_type)
            self.check_answer("post", path, copy, 415, b"RTAAWB", Content_Type="text/plain")
            self.check_answer("post", path, copy, 204, b'{"routingIndicator":"RTAAWB"}', **json_type)
            self.check_answer("post", path, copy, 404, b'{"routingIndicator":"RTAAWB"}', **json_type)
            self.check_answer("post", path, "/api/v1/copies/none/reroute", 404)
            waiting = self.json("GET", "/api/v1/queues/RTAAWB")["copies"]
            self.assertIn(stopped["id"], [copy["id"] for copy in waiting])

    def test_the_network_has_its_places_and_its_ways_round(self):
        network = self.check_answer("get", "/api/v1/network", "/api/v1/network", 200)
        places = {station["routingIndicator"]: station.get("place") for station in network["stations"]}
        self.assertEqual(places["RUEHTA"], {"latitude": 51.2, "longitude": 71.4})
        self.assertIsNone(places["RTFAFE"])  # at sea
        self.assertEqual(network["relays"][0]["place"], {"latitude": 39, "longitude": -77.5})
        self.assertEqual(self.switch.end(), 0)
        with Serve("--network", DEMO, "--relay", "RTAA", "--store", "memory", circuits=0, http=0) as self.switch:
            network = self.check_answer("get", "/api/v1/network", "/api/v1/network", 200)
            ways = {circuit["name"]: circuit.get("alternates") for circuit in network["circuits"]}
            self.assertEqual((ways["XR"], ways["DF"]), ([{"circuits": ["AB", "BE"]}], None))

    def test_a_message_that_left_has_the_heading_under_which_it_left(self):
        self.assertEqual(self.switch.end(), 0)
        here = ("--relay", "RTAA", "--store", "memory", "--prime", "XR=3820")
        with Serve("--network", DEMO, *here, circuits=0, http=0) as self.switch:
            stream = http.client.HTTPConnection("127.0.0.1", self.switch.http_port, timeout=PATIENCE)
            self.addCleanup(stream.close)
            stream.request("GET", "/api/v1/events")
            answer = stream.getresponse()
            with Serve("--network", DEMO, "--relay", "RTEA", "--store", "memory", "--dial", f"XR={self.switch.circuits}",
                       circuits=0):
                self.file()
                sent = {}
                while not sent.get("copyId"):
                    if answer.readline() == b"event: sent\n":
                        sent = json.loads(answer.readline().decode().removeprefix("data: "))
                self.assertEqual((sent["identification"], sent["precedence"]), ("XRO3820", "PRECEDENCE_PRIORITY"))
                message = self.check_answer("get", "/api/v1/messages/{id}", "/api/v1/messages/1", 200)
                [left] = [copy for copy in message["copies"] if copy.get("identification") == "XRO3820"]
                seed = SEED.read_text().splitlines()
                at = seed.index("VZCZCXRO3820")
                self.assertEqual(left["heading"].splitlines(), [line.rstrip() for line in seed[at:at + 4]])

    def test_refusals_have_their_shape(self):
        seed = SEED.read_bytes()
        calls = [
            ("post", "/api/v1/messages", "/api/v1/messages", 422, seed.replace(b"PP RUEHBI", b"PR RUEHBI"), {}),
            ("post", "/api/v1/messages", "/api/v1/messages", 415, seed, {"Content_Type": "text/html"}),
            ("post", "/api/v1/messages", "/api/v1/messages", 413, b"x" * (4 * 1024 * 1024 + 1), {}),
            ("post", "/api/v1/messages", "/api/v1/messages", 403, seed, {"Origin": "http://elsewhere.example"}),
            ("post", "/api/v1/inspect", "/api/v1/inspect", 413, b"x" * (1024 * 1024 + 1), {}),
            ("get", "/api/v1/messages", "/api/v1/messages?color=red", 400, None, {}),
            ("get", "/api/v1/messages", "/api/v1/messages?mrn=", 400, None, {}),
            ("get", "/api/v1/messages/{id}", "/api/v1/messages/77", 404, None, {}),
            ("get", "/api/v1/queues", "/api/v1/queues", 406, None, {"Accept": "image/png"}),
            ("get", "/api/v1/queues", "/api/v1/queues", 403, None, {"Host": "elsewhere.example"}),
            ("get", "/api/v1/queues/{queue}", "/api/v1/queues/RXXX", 404, None, {}),
            ("post", "/api/v1/queues/{queue}/collect", "/api/v1/queues/RUEHC/collect", 400, b"{",
             {"Content_Type": "application/json"}),
            ("post", "/api/v1/queues/{queue}/collect", "/api/v1/queues/RUEHC/collect", 415, b"max=1",
             {"Content_Type": "application/x-www-form-urlencoded"}),
            ("post", "/api/v1/copies/{id}/acknowledge", "/api/v1/copies/1-0/acknowledge", 409, None, {}),
            ("post", "/api/v1/copies/{id}/release", "/api/v1/copies/none/release", 404, None, {}),
            ("get", "/api/v1/rules/{rule}", "/api/v1/rules/FL99-99", 404, None, {}),
        ]
        self.file()
        for method, path, target, status, body, headers in calls:
            with self.subTest(method=method, target=target, status=status):
                if status == 413 and path == "/api/v1/messages":
                    got, _, _ = self.call(method.upper(), target, body, **headers)
                    self.assertEqual(got, status)
                    continue
                told = self.check_answer(method, path, target, status, body, **headers)
                self.assertEqual(told["status"], status)
                self.assertTrue(told["detail"])

    def test_a_method_that_a_path_has_not_is_told_those_it_has(self):
        for target, allowed in {"/api/v1/messages": "POST, GET, HEAD", "/metrics": "GET, HEAD",
                                "/api/v1/copies/1-0/release": "POST"}.items():
            status, fields, _ = self.call("DELETE", target)
            self.assertEqual((status, fields["Allow"]), (405, allowed))

    def test_what_has_no_path_is_not_found(self):
        for target in ("/assets", "/api/v1", "/api/v1/queues/", "/api/v1/queues/a/b", "/api/v2/queues"):
            self.assertEqual(self.call("GET", target)[0], 404, target)

    def test_the_schemas_are_those_of_the_protobuf_files(self):
        if not shutil.which("protoc"):
            self.skipTest("no protoc")
        script = OPTIONS.root / "script" / "openapi"
        told = subprocess.run([sys.executable, script, "--check"], stderr=subprocess.PIPE, text=True, check=False)
        if "No module named" in told.stderr:
            self.skipTest("Python's protobuf is missing")
        self.assertEqual(told.returncode, 0, told.stderr)


class Lessons(HttpCase):
    """Those of a lecturer (--lessons)."""

    GOOD = ('# Our own relay\n\nText, <b>as it stands</b>.\n\n```task\n{"goal": "Raise it.", "start": "seed", '
            '"want": {"precedence": "FLASH", "fewer_called": 3, "clean": true}}\n```\n')

    def folder(self, **files):
        folder = self.directory / "lessons"
        folder.mkdir()
        for name, text in files.items():
            (folder / f"{name.replace('_', '-')}.md").write_bytes(text if isinstance(text, bytes) else text.encode())
        return folder

    def test_they_are_told_in_the_order_of_their_files_and_tasks_as_strict_json(self):
        folder = self.folder(**{"02_our_own_relay": self.GOOD, "01_first": "# First\n\n```journey\nflash\n```\n"})
        (folder / "notes.txt").write_text("no lesson")
        self.assertEqual(self.switch.end(), 0)
        with Serve("--store", "memory", "--lessons", folder, http=0) as self.switch:
            lessons = self.json("GET", "/api/v1/lessons")["lessons"]
        self.assertEqual([(lesson["name"], lesson["title"]) for lesson in lessons],
                         [("first", "First"), ("our-own-relay", "Our own relay")])
        self.assertIn("<b>as it stands</b>", lessons[1]["text"])
        task = json.loads(lessons[1]["text"].split("```task\n")[1].split("```")[0])
        self.assertEqual(task["want"], {"precedence": "FLASH", "fewerCalled": 3, "clean": True})

    def test_every_bad_one_is_named_with_its_line_and_nothing_starts(self):
        def task(text):
            return f"# T\n\n```task\n{text}\n```\n"
        bad = {
            "a": ("no title\n", "a.md: there is no title"),
            "b": ("# T\n\n```task\n{", "b.md:3: the block that begins here has no end"),
            "c": (task('{"gaol": "x"}'), "c.md:3: the task is badly made:"),
            "d": (task('{"goal": "x", "start": "seed", "want": {}}'), "d.md:3: the task has nothing in `want`"),
            "e": (task('{"goal": "x", "start": "seed", "want": {"finds": "FL99-99"}}'), "e.md:3: `finds` is 'FL99-99'"),
            "f": (task('{"goal": "x", "start": "seed", "want": {"precedence": "URGENT"}}'), "`precedence` is 'URGENT'"),
            "g": ("# T\n\n~~~journey\nmoon\n~~~\n", "g.md:3: there is no journey 'moon', expected astana or flash or refused or day or world"),
            "h": (b"# \xff\n", "h.md: it is not UTF-8"),
            "i": ("# T\n" + "x" * 65_536, "i.md: it has more than 64 KiB"),
            "J": ("# T\n", "'J.md' is no name of a lesson"),
            "1_k": ("# T\n", None), "2_k": ("# T\n", "2-k.md: another file is the lesson 'k' already"),
            "l": (task('{"goal": "x", "want": {"clean": true}}'), "l.md:3: the task has no `start`"),
            "m": (task('{"start": "seed", "want": {"clean": true}}'), "m.md:3: the task has no `goal`"),
        }
        folder = self.folder(**{name: text for name, (text, _) in bad.items()})
        told = run("serve", "--store", "memory", "--listen-protobuf", "127.0.0.1:0", "--listen-http", "off", "--lessons", folder)
        self.assertEqual(told.returncode, 2)
        for name, (_, expected) in bad.items():
            with self.subTest(name):
                self.assertTrue(expected is None or expected in told.stderr, told.stderr)
        self.assertIn("13 of 14 lessons are bad", told.stderr)

    def test_a_folder_without_any_and_one_that_is_not_there(self):
        for folder, expected in ((self.folder(), "has no lesson: expected files *.md"), ("/nonexistent", "No such file")):
            told = run("serve", "--store", "memory", "--listen-http", "off", "--lessons", folder)
            self.assertEqual(told.returncode, 2)
            self.assertIn(expected, told.stderr)


class Ways(HttpCase):
    def test_the_commands_of_the_page_do_what_they_say(self):
        if not shutil.which("curl"):
            self.skipTest("no curl")
        page = (OPTIONS.root / "docs" / "http.md").read_text()
        commands = [line for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL) for line in block.splitlines()]
        self.assertGreater(len(commands), 15)
        for command in commands:
            with self.subTest(command):
                command = command.replace("curl -s", "curl -s --fail-with-body")
                told = subprocess.run(["bash", "-c", command], cwd=OPTIONS.root, env={"switch": self.switch.http, "PATH": "/usr/bin:/bin"},
                                      stdout=subprocess.PIPE, timeout=PATIENCE, check=False)
                late = 28  # of curl: the stream of events has no end
                self.assertEqual(told.returncode, late if "/events" in command else 0, told.stdout)
        self.assertEqual(self.json("GET", "/api/v1/messages/1")["copies"][0]["state"], "COPY_STATE_ACKNOWLEDGED")

    def test_a_copy_goes_its_way(self):
        filed = self.file()
        self.assertEqual((filed["id"], filed["actionCopies"], filed["infoCopies"]), ("1", 1, 30))
        self.assertTrue(self.file()["alreadyFiled"])
        collected = self.json("POST", "/api/v1/queues/RUEHC/collect")["copies"]
        self.assertEqual([copy["id"] for copy in collected], ["1-0"])
        self.assertEqual(self.json("POST", "/api/v1/queues/RUEHC/collect"), {})
        self.assertEqual(self.call("POST", "/api/v1/copies/1-0/acknowledge")[0], 204)
        told = self.json("GET", "/api/v1/messages/1")
        self.assertEqual(told["copies"][0]["state"], "COPY_STATE_ACKNOWLEDGED")
        found = self.good(self.switch.run("journal", "--mrn", "09ASTANA1399"))
        self.assertIn("RUEHTA 1399/01", found)
        self.assertEqual(self.switch.run("journal", "--ssn", "9999").returncode, 1)

    def test_a_lease_outlasts_its_connection(self):
        self.file()
        self.assertEqual(len(self.json("POST", "/api/v1/queues/RUEHC/collect")["copies"]), 1)
        told = self.json("GET", "/api/v1/messages/1")
        self.assertEqual(told["copies"][0]["state"], "COPY_STATE_HANDED_OUT")

    def test_the_journal_survives_a_kill(self):
        for serial in range(2001, 2005):
            self.file(self.seed(serial))
        self.switch.end(signal.SIGKILL)
        with Serve("--network", ONE_SWITCH, "--data", self.data, http=0) as self.switch:
            found = self.json("GET", "/api/v1/messages?ssn=2002")["messages"]
            self.assertEqual([message["heading"]["origin"]["stationSerialNumber"] for message in found], ["2002"])
            page = self.json("GET", "/api/v1/messages?originator=RUEHTA&max=3")
            self.assertEqual([message["id"] for message in page["messages"]], ["4", "3", "2"])
            rest = self.json("GET", f"/api/v1/messages?originator=RUEHTA&max=3&before={page['next']}")
            self.assertEqual([message["id"] for message in rest["messages"]], ["1"])
            self.assertNotIn("next", rest)

    def test_events_tell_what_happens_and_end_with_the_switch(self):
        stream = http.client.HTTPConnection("127.0.0.1", self.switch.http_port, timeout=PATIENCE)
        self.addCleanup(stream.close)
        stream.request("GET", "/api/v1/events", headers={"Accept": "text/event-stream"})
        answer = stream.getresponse()
        self.assertEqual(answer.headers["Content-Type"], "text/event-stream")
        self.file()
        self.json("POST", "/api/v1/queues/RUEHC/collect")
        self.call("POST", "/api/v1/copies/1-0/acknowledge")
        seen = {}
        while not {"accepted", "handed", "settled", "depths"} <= seen.keys():
            line = answer.readline().decode()
            if line.startswith("event: "):
                name = line[7:].strip()
                seen[name] = json.loads(answer.readline().decode().removeprefix("data: "))
                schema = DOCUMENT["components"]["schemas"]["Event"]["properties"][name]
                jsonschema.Draft202012Validator({**schema, "components": DOCUMENT["components"]}).validate(seen[name])
        self.assertEqual(seen["accepted"]["messageId"], "1")
        self.assertEqual(seen["handed"], {"copyId": "1-0", "queue": "RUEHC", "kind": "KIND_ACTION",
                                          "precedence": "PRECEDENCE_PRIORITY", "attempt": 1})
        self.assertEqual(seen["settled"], {"copyId": "1-0"})
        self.assertEqual(self.switch.end(), 0)
        while answer.readline():
            pass

    def test_prometheus_can_read_the_metrics(self):
        self.file()
        self.call("POST", "/api/v1/messages", SEED.read_bytes().replace(b"PP RUEHBI", b"PR RUEHBI"))
        self.json("POST", "/api/v1/queues/RUEHC/collect")
        text = self.call("GET", "/metrics")[2].decode()
        for line in ('torntape_messages_accepted_total{by="filing"} 1',
                     'torntape_copies{place="stations",precedence="priority",state="waiting"} 30',
                     'torntape_copies{place="stations",precedence="priority",state="handed_out"} 1',
                     'torntape_in_station_seconds_count{precedence="priority"} 1',
                     'torntape_refusals_total{reason="invalid"} 1',
                     'torntape_connections{port="protobuf"} 0'):
            self.assertIn(line, text.splitlines())
        self.assertRegex(text, r'torntape_rules_broken_total\{rule="FL2-\d\d"\} 1\n')
        promtool = shutil.which("promtool")
        if not promtool:
            self.skipTest("no promtool (Debian: prometheus)")
        told = subprocess.run([promtool, "check", "metrics"], input=text, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, timeout=PATIENCE, check=False)
        self.assertEqual((told.returncode, told.stdout), (0, ""))


class Strangers(HttpCase):
    """What may come over a socket; the switch goes on serving."""

    def tearDown(self):
        self.assertEqual(self.call("GET", "/readyz")[0], 200)
        self.assertEqual(self.switch.end(), 0)
        super().tearDown()

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.switch.http_port), timeout=PATIENCE)
        self.addCleanup(connection.close)
        return connection

    def rest(self, connection):
        data = b""
        try:
            while piece := connection.recv(65536):
                data += piece
        except ConnectionResetError:
            pass
        return data

    def say(self, text):
        connection = self.connect()
        connection.sendall(text)
        connection.shutdown(socket.SHUT_WR)
        return self.rest(connection)

    def test_garbage(self):
        for garbage in (b"\x00" * 100, b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00\x01", b"GET / HTTP/1.1\r\nHost localhost\r\n\r\n",
                        b"GET / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n"):
            with self.subTest(garbage):
                self.assertTrue(self.say(garbage).startswith(b"HTTP/1.1 400 "))
        self.assertTrue(self.say(b"GET / HTTP/3.0\r\nHost: localhost\r\n\r\n").startswith(b"HTTP/1.1 505 "))
        self.assertEqual(self.say(b"GET / HT"), b"")

    def test_a_request_has_one_host(self):
        self.assertTrue(self.say(b"GET /healthz HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 400 "))
        twice = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: elsewhere.example\r\n\r\n"
        self.assertTrue(self.say(twice).startswith(b"HTTP/1.1 400 "))

    def test_requests_one_behind_the_other_are_answered_in_their_order(self):
        one = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
        told = self.say(one + one.replace(b"healthz", b"none") + one.replace(b"healthz", b"readyz"))
        self.assertEqual(re.findall(rb"HTTP/1.1 (\d+)", told), [b"200", b"404", b"200"])

    def test_too_long_a_header(self):
        long = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 20000 + b"\r\n\r\n"
        self.assertTrue(self.say(long).startswith(b"HTTP/1.1 431 "))

    def test_a_body_that_never_comes_whole(self):
        self.assertEqual(self.say(b"POST /api/v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nVZCZC"), b"")

    def test_a_message_without_a_length(self):
        self.assertTrue(self.say(b"POST /api/v1/messages HTTP/1.1\r\nHost: localhost\r\n\r\n").startswith(b"HTTP/1.1 411 "))

    def test_a_body_in_pieces_and_a_body_that_waits_to_be_asked_for(self):
        seed = SEED.read_bytes()
        pieces = b"".join(b"%x\r\n%s\r\n" % (len(seed[i:i + 500]), seed[i:i + 500]) for i in range(0, len(seed), 500))
        head = b"POST /api/v1/messages HTTP/1.1\r\nHost: localhost\r\n"
        told = self.say(head + b"Transfer-Encoding: chunked\r\n\r\n" + pieces + b"0\r\n\r\n")
        self.assertTrue(told.startswith(b"HTTP/1.1 202 "), told)
        connection = self.connect()
        connection.sendall(head + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(seed))
        self.assertEqual(connection.recv(1024), b"HTTP/1.1 100 Continue\r\n\r\n")
        connection.sendall(seed)
        connection.shutdown(socket.SHUT_WR)
        self.assertTrue(self.rest(connection).startswith(b"HTTP/1.1 202 "))

    def test_connections_that_say_nothing(self):
        for _ in range(200):
            self.connect()

    def test_a_client_that_never_reads(self):
        connection = self.connect()
        connection.setblocking(False)
        rules = b"GET /api/v1/rules HTTP/1.1\r\nHost: localhost\r\n\r\n" * 1000
        self.assertRaises(BlockingIOError, lambda: [connection.send(rules) for _ in range(100000)])


if __name__ == "__main__":
    main()
