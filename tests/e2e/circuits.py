"""Relays among others: what leaves over circuits, what comes back, and what is left when a relay is killed."""
import json
import signal
import socket
import subprocess
import threading

from process import DEMO, ONE_SWITCH, OPTIONS, PATIENCE, SEED, Case, Serve, main, run

# In this order each relay finds those that it calls listening.
ORDER = ("RTEA", "RTFA", "RTDA", "RTCA", "RTBA", "RTAA")
CIRCUITS = {"XR": ("RTAA", "RTEA"), "AB": ("RTAA", "RTBA"), "AC": ("RTAA", "RTCA"), "AD": ("RTAA", "RTDA"),
            "AF": ("RTAA", "RTFA"), "BC": ("RTBA", "RTCA"), "BE": ("RTBA", "RTEA"), "DF": ("RTDA", "RTFA")}
SERVED = {"RTAA": "RUEHC RUEAIIA RHEFAAA RUEKJCS RHEHNSC RHMFISS RUCNDT", "RTBA": "RUEHNO RTBAKV RTBAOS RTBAMN",
          "RTCA": "RUEHTA RTCAQB RTCATR RTCATRM", "RTDA": "RUEHBJ RUEHUL RUEHKO",
          "RTEA": "RUEHBI RUEHCI RUEHDBU RUEHFL RUEHKW RUEHLA RUEHLH RUEHNEH RUEHNP RUEHPW RUEHROV RUEHSL RUEHSR"}


class FarEnd:
    """A relay made of a bare socket: RTEA at the far end of circuit XR, unless told otherwise."""

    def __init__(self, connection, relay="RTEA", channel="XRI"):
        self.connection = connection
        self.relay = relay
        self.channel = channel
        self.connection.settimeout(PATIENCE)
        self.lines = connection.makefile("r", encoding="latin-1", newline="\n")
        self.sent = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.lines.close()
        self.connection.close()

    def say(self, text, precedence="PP"):
        """A service message, under the next number."""
        self.send(f"{precedence} RTAA\nDE {self.relay} 2290200\n{text}\nNNNN\n")

    def send(self, text):
        """From FL2 on, under the next number."""
        self.sent += 1
        self.connection.sendall(f"VZCZC{self.channel}{self.sent:04}\n{text}".encode("latin-1"))

    def wait(self):
        """Until what was sent so far is dealt with."""
        self.say("ZFX XRO9000")
        while not self.hear()[3].startswith("ZID"):
            pass

    def hear(self):
        """The lines of the next transmission, without NNNN; none at the end of the connection."""
        lines = []
        for line in self.lines:
            if line.startswith("NNNN"):
                return lines
            lines.append(line.rstrip("\r\n"))
        return None


def heading_of_the_seed():
    lines = SEED.read_text(encoding="latin-1").splitlines()
    begin = lines.index("VZCZCXRO3820")
    return lines[begin:begin + 4]


def filed_text(path=SEED):
    """From FL3 on, as it must come out of the network."""
    lines = path.read_text(encoding="latin-1").splitlines()
    return lines[next(i for i, line in enumerate(lines) if line.startswith("DE ")):]


class OneRelay(Case):
    """RTAA as built; RTEA, or nobody, at the far end."""

    def serve(self, *args, network=DEMO):
        kept = () if "--data" in args else ("--store", "memory")
        return Serve("--network", network, "--relay", "RTAA", *kept, *args, circuits=0)

    @staticmethod
    def call(switch, *what):
        return FarEnd(socket.create_connection(("127.0.0.1", switch.circuit_port), timeout=PATIENCE), *what)

    def circuits(self, switch):
        told = json.loads(self.good(switch.run("queues", "--format", "json")))
        return {circuit["name"]: circuit for circuit in told["circuits"]}

    def test_the_seed_filed_at_rtca_leaves_rtaa_as_it_was_found(self):
        with self.serve("--prime", "XR=3820") as switch, self.call(switch) as far_end:
            far_end.say("ZID XRO0000")
            opening = far_end.hear()
            self.assertEqual(opening[:2], ["VZCZCXRO3819", "PP RTEA"])
            self.assertEqual(opening[3], "ZID XRI0000")
            with Serve("--network", DEMO, "--relay", "RTCA", "--store", "memory", "--dial", f"AC={switch.circuits}",
                       circuits=0) as origin:
                told = self.good(origin.run("submit", SEED))
                self.assertRegex(told, r": 0 action copies, 0 info copies, 1 transmission to other relays\n$")
                message = far_end.hear()
                self.assertEqual(message[:4], heading_of_the_seed())
                self.assertEqual(message[3:], filed_text())
                told = json.loads(self.good(switch.run("message", "1", "--format", "json")))
                self.assertEqual(told["reception"]["circuit"], "AC")
                [sent] = json.loads(self.good(origin.run("message", "1", "--format", "json")))["copies"]
                self.assertEqual(sent["identification"], told["reception"]["identification"])
                self.assertEqual(origin.end(), 0)
            self.assertEqual(switch.end(), 0)

    def test_what_is_open_is_sent_again_under_a_new_number(self):
        with self.serve() as switch, self.call(switch) as far_end:
            far_end.say("ZID XRO0000")
            self.assertEqual(far_end.hear()[3], "ZID XRI0000")
            self.good(switch.run("submit", SEED))
            first = far_end.hear()
            self.assertEqual(first[0], "VZCZCXRO0002")
            far_end.say("ZFX XRO0002", "OO")
            again = far_end.hear()
            while again[3].startswith("ZID"):
                again = far_end.hear()
            self.assertGreater(again[0], first[0])
            self.assertEqual(again[1:], first[1:])
            self.assertEqual(switch.end(), 0)

    def test_the_count_confirms(self):
        with self.serve() as switch, self.call(switch) as far_end:
            far_end.say("ZID XRO0000")
            far_end.hear()
            self.good(switch.run("submit", SEED))
            self.assertEqual(far_end.hear()[0], "VZCZCXRO0002")
            far_end.say("ZID XRO0002")
            far_end.say("ZFX XRO9000")  # answered: so what came before it is done
            far_end.hear()
            told = json.loads(self.good(switch.run("message", "1", "--format", "json")))
            states = {copy["queue"]: copy["state"] for copy in told["copies"]}
            self.assertEqual(states["circuit XR"], "COPY_STATE_ACKNOWLEDGED")
            sent = {copy["queue"]: copy.get("identification") for copy in told["copies"]}
            self.assertEqual(sent["circuit XR"], "XRO0002")
            self.assertNotIn("reception", told)

    def test_a_closed_circuit_has_its_traffic_go_round_it_and_stays_closed(self):
        kept = ("--data", self.data)
        with self.serve(*kept) as switch:
            self.good(run("circuit", "close", "XR", "--switch", switch.address))
            self.assertEqual(run("circuit", "close", "BC", "--switch", switch.address).returncode, 1)
            self.assertEqual(switch.end(signal.SIGKILL), -signal.SIGKILL)
        with self.serve(*kept) as switch, self.call(switch) as closed, self.call(switch, "RTBA", "ABI") as round_it:
            self.assertTrue(self.circuits(switch)["XR"]["closed"])
            closed.say("ZID XRO0000")
            self.assertEqual(closed.hear()[3], "ZID XRI0000")
            round_it.say("ZID ABO0000")
            self.assertEqual(round_it.hear()[3], "ZID ABI0000")
            self.good(switch.run("submit", SEED))
            legs = [round_it.hear() for _ in range(3)]
            self.assertEqual([leg[0] for leg in legs], ["VZCZCABO0002", "VZCZCABO0003", "VZCZCABO0004"])
            self.assertEqual(legs[2][1:4], heading_of_the_seed()[1:])
            self.good(run("circuit", "open", "XR", "--switch", switch.address))
            self.good(switch.run("submit", self.seed(1400)))
            self.assertEqual(closed.hear()[1:3], heading_of_the_seed()[1:3])
            self.assertEqual(switch.end(), 0)

    def test_at_a_hangup_the_network_file_is_read_anew_unless_it_is_bad(self):
        network = self.directory / "network.toml"
        network.write_text(DEMO.read_text())
        with self.serve(network=network) as switch:
            self.good(switch.run("submit", SEED))
            waiting = int(self.circuits(switch)["AB"]["depths"][0]["waiting"])
            network.write_text("[network")
            switch.process.send_signal(signal.SIGHUP)
            self.assertIn("XR", self.circuits(switch))
            without, ends = DEMO.read_text().split('[[circuit]]\nname = "XR"\n')
            network.write_text(without + ends[ends.index("[[circuit]]"):])
            switch.process.send_signal(signal.SIGHUP)
            for _ in range(100 * PATIENCE):
                if "XR" not in self.circuits(switch):
                    break
            circuits = self.circuits(switch)
            self.assertNotIn("XR", circuits)
            self.assertEqual(int(circuits["AB"]["depths"][0]["waiting"]), waiting + 1)
            self.assertEqual(switch.end(), 0)

    def test_what_was_intercepted_is_rerouted(self):
        with self.serve() as switch, self.call(switch) as far_end:
            far_end.say("ZID XRO0000")
            self.assertEqual(far_end.hear()[3], "ZID XRI0000")
            far_end.send("\n".join(["PP RUXXAA", *filed_text(), "BT", "NNNN", ""]))
            far_end.wait()
            refused = switch.run("reroute", "1-0")
            self.assertEqual(refused.returncode, 1)
            self.assertIn("RUXXAA is in no entry of the directory", refused.stderr)
            nowhere = switch.run("reroute", "1-0", "--to", "")
            self.assertEqual(nowhere.returncode, 2)
            self.assertIn("an empty value says nothing", nowhere.stderr)
            self.good(switch.run("reroute", "1-0", "--to", "RUEHBI"))
            piloted = far_end.hear()
            self.assertEqual(piloted[1:5], ["PP RUEHBI", "ZNY CCCCC ZOV RTAA", "VZCZCXRI0002", "PP RUXXAA"])
            self.assertEqual(switch.run("reroute", "1-0", "--to", "RUEHC").returncode, 1)
            self.assertEqual(switch.end(), 0)

    def test_what_comes_garbled_is_asked_for_again_and_waits(self):
        good = filed_text()
        good.insert(next(i for i, line in enumerate(good) if line.startswith("C O N F")), "BT")
        late = [line.replace("P 170141Z AUG 09", "P 179941Z AUG 09") for line in good]
        for options, garbled, taken in ((), ["PX RUEHC", *good], late), (("--admit", "strict"), ["PP RUEHC", *late], good):
            with self.subTest(options), self.serve(*options) as switch, self.call(switch) as far_end:
                far_end.say("ZID XRO0000")
                self.assertEqual(far_end.hear()[3], "ZID XRI0000")
                far_end.send("\n".join([*garbled, "BT", "NNNN", ""]))
                told = far_end.hear()
                self.assertEqual(told[1:], ["PP RTEA", told[2], "XRI0002 RUEHTA 1399/01 2290141 ZES2"])
                far_end.send("\n".join(["PP RUEHC", *(line.replace("1399", "1400") for line in taken), "BT", "NNNN", ""]))
                self.good(switch.run("collect", "RUEHC", "--follow", "--max", "1"))
                waiting = json.loads(self.good(switch.run("collect", "intercept", "--peek", "--format", "json")))
                self.assertEqual(waiting["message"]["id"], "1")
                self.assertEqual(switch.end(), 0)

    def test_a_caller_that_says_nothing_holds_up_nobody(self):
        with self.serve() as switch, self.call(switch), self.call(switch) as far_end:
            far_end.say("ZID XRO0000")
            self.assertEqual(far_end.hear()[3], "ZID XRI0000")
            self.good(switch.run("submit", SEED))
            self.assertEqual(far_end.hear()[1:], heading_of_the_seed()[1:] + filed_text()[1:])
            self.assertEqual(switch.end(), 0)

    def test_a_far_end_that_never_tells_is_sent_to_in_the_end(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(PATIENCE)
            with self.serve("--dial", f"XR=127.0.0.1:{listener.getsockname()[1]}") as switch:
                with FarEnd(listener.accept()[0]) as far_end:
                    self.good(switch.run("submit", SEED))
                    self.assertEqual(far_end.hear()[3], "ZID XRI0000")
                    self.assertEqual(far_end.hear()[0], "VZCZCXRO0002")
                self.assertEqual(switch.end(), 0)

    def test_the_network_file_says_whom_to_call_and_the_command_line_outranks_it(self):
        with socket.create_server(("127.0.0.1", 0)) as listed, socket.create_server(("127.0.0.1", 0)) as given:
            network = self.directory / "network.toml"
            network.write_text(DEMO.read_text().replace(
                'name = "XR"\n', f'name = "XR"\ndial = "127.0.0.1:{listed.getsockname()[1]}"\n'))
            for options, listener in (([], listed), (["--dial", f"XR=127.0.0.1:{given.getsockname()[1]}"], given)):
                with self.subTest(options):
                    listener.settimeout(PATIENCE)
                    with self.serve(*options, network=network) as switch:
                        with FarEnd(listener.accept()[0]) as far_end:
                            self.assertEqual(far_end.hear()[:2], ["VZCZCXRO0001", "PP RTEA"])
                        self.assertEqual(switch.end(), 0)

    def test_what_keeps_a_relay_from_starting_is_told(self):
        apart = self.directory / "apart.toml"
        apart.write_text(DEMO.read_text().replace('name = "XR"\n', 'name = "XR"\ndial = "192.0.2.1:12727"\n'))
        crooked = self.directory / "crooked.toml"
        crooked.write_text(DEMO.read_text().replace('name = "XR"\n', 'name = "XR"\ndial = "somewhere"\n'))
        cases = {
            (DEMO, "--dial", "XR"): "'XR' is no CIRCUIT=VALUE",
            (DEMO, "--dial", "XR=there"): "'there' is no ADDR:PORT",
            (DEMO, "--dial", "BC=127.0.0.1:1"): "no circuit 'BC' ends at RTAA",
            (DEMO, "--dial", "XR=127.0.0.1:1", "--dial", "XR=127.0.0.1:2"): "circuit XR is dialled twice",
            (DEMO, "--dial", "XR=192.0.2.1:1"): "will not call 192.0.2.1:1",
            (DEMO, "--prime", "XR=0000"): "'0000' is no channel number",
            (apart,): "will not call 192.0.2.1:12727",
            (crooked,): "'dial' is 'somewhere', expected ADDR:PORT",
        }
        for (network, *options), words in cases.items():
            with self.subTest(options or network):
                refused = run("serve", "--network", network, "--relay", "RTAA", "--store", "memory",
                              "--listen-protobuf", "127.0.0.1:0", "--listen-circuit", "127.0.0.1:0",
                              "--listen-http", "off", *options)
                self.assertEqual(refused.returncode, 2)
                self.assertIn(words, refused.stderr)


class WholeNetwork(Case):
    """The six relays of the demonstration network, as processes."""

    def setUp(self):
        super().setUp()
        self.relays = {}
        for relay in ORDER:
            self.start(relay)
        self.addCleanup(self.kill_all)

    def start(self, relay, port=0, circuits=0):
        calls = [option for name, (first, second) in CIRCUITS.items() if first == relay
                 for option in ("--dial", f"{name}={self.relays[second].circuits}")]
        self.relays[relay] = Serve("--network", DEMO, "--relay", relay, "--data", self.directory / relay, "--quiet",
                                   *calls, port=port, circuits=circuits)

    def kill_all(self):
        for switch in self.relays.values():
            switch.__exit__()

    def end_all(self):
        for switch in self.relays.values():
            self.assertEqual(switch.end(), 0)

    def kill_and_start(self, relay):
        old = self.relays[relay]
        old.end(signal.SIGKILL)
        self.start(relay, old.port, old.circuit_port)

    def collect(self, relay, station, serials):
        """What the station has, each copy as (serial, suspected duplicate), once every serial has come."""
        copies = []
        while missing := serials - {serial for serial, _ in copies}:
            copies += self.collected(relay, station, "--follow", "--max", str(len(missing)))
        return copies + self.collected(relay, station, "--max", "1000")

    def collected(self, relay, station, *options):
        told = self.good(self.relays[relay].run("collect", station, "--format", "json", "--quiet", *options))
        copies = [json.loads(line) for line in told.splitlines()]
        return [(copy["message"]["heading"]["origin"]["stationSerialNumber"], copy.get("suspectedDuplicate", False))
                for copy in copies]

    def test_every_addressee_of_the_seed_gets_one_copy(self):
        self.good(self.relays["RTCA"].run("submit", SEED))
        for relay, stations in SERVED.items():
            for station in stations.split():
                self.assertEqual(self.collect(relay, station, {"1399"}), [("1399", False)], station)
        with Serve("--network", ONE_SWITCH, "--store", "memory") as alone:
            self.good(alone.run("submit", SEED))
            told = json.loads(self.good(alone.run("queues", "--format", "json")))
            expected = {queue["name"] for queue in told["queues"] if "depths" in queue}
        self.assertEqual({station for stations in SERVED.values() for station in stations.split()}, expected)
        for relay, switch in self.relays.items():
            self.assertIn("\n0 copies waiting", self.good(switch.run("queues")), relay)
        self.end_all()

    def test_a_relay_killed_while_messages_pass_loses_none(self):
        rounds, each = 8, 10
        serials = set()
        for number in range(rounds):
            batch = [str(2000 + number * each + i) for i in range(each)]
            serials |= set(batch)
            files = [str(self.seed(serial)) for serial in batch]
            command = [OPTIONS.program, "submit", "--switch", self.relays["RTCA"].address, *files]
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as submit:
                submit.stdout.readline()
                self.kill_and_start("RTAA")
                submit.communicate(timeout=PATIENCE)
                self.assertEqual(submit.returncode, 0)
        failures = []

        def look(relay, station):
            copies = self.collect(relay, station, serials)
            plain = [serial for serial, suspected in copies if not suspected]
            if len(set(plain)) != len(plain):
                failures.append((station, sorted(serial for serial in plain if plain.count(serial) > 1)))

        def look_at_all(relay, stations):
            try:
                for station in stations.split():
                    look(relay, station)
            except Exception as error:  # pylint: disable=broad-except
                failures.append((relay, error))

        looks = [threading.Thread(target=look_at_all, args=of) for of in SERVED.items()]
        for one in looks:
            one.start()
        for one in looks:
            one.join()
        self.assertEqual(failures, [])
        self.end_all()


if __name__ == "__main__":
    main()
