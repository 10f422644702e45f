"""A switch with --store-sync outbox: it takes filings while NATS is away, and nothing of them is lost or doubled, whoever is
killed. The ledger is that of nats.py."""
import signal

from engine import Engine, Line, get, skip_without_server, until
from nats import Ledger, NatsCase, delivers, metric, ready, why_not_ready
from process import main


class Outbox(NatsCase):
    def serve(self, address, name="a", *args, **kwargs):
        return super().serve(address, name, "--store-sync", "outbox", *args, **kwargs)

    def holding(self, switch):
        status, text = get(f"http://{switch.http}/readyz")
        return status == 200 and "held in the outbox" in text and metric(switch, "torntape_outbox_holding") == 1

    def end(self, ledger):
        ledger.ending = True
        ledger.thread.join()

    def test_all_nodes_are_killed_under_load_and_the_switch_too_while_it_holds(self):
        with Engine(self.directory, nodes=3) as engine, self.serve(engine.address) as first:
            until(lambda: ready(first), "the switch is ready")
            with Ledger(first) as ledger:
                ledger.grow(30)
                for node in engine.nodes:
                    node.kill()
                until(lambda: self.holding(first), "the switch holds")
                ledger.grow(30)
                self.assertGreaterEqual(metric(first, "torntape_outbox_messages"), 30)
                collected = first.run("collect", "RUEHC")
                self.assertIn("only filings are taken while NATS is away", collected.stderr)
                first.end(signal.SIGKILL)
                for node in engine.nodes:
                    node.start()
                for node in engine.nodes:
                    until(node.ready, "the nodes are back")
                with self.serve(engine.address) as again:
                    ledger.ports = [again.http_port]
                    until(lambda: delivers(again), "the switch delivers again")
                    ledger.grow(30)
                    self.end(ledger)
                    self.assertEqual(metric(again, "torntape_outbox_messages"), 0)
                    self.check(ledger, again)
                    self.assertEqual(again.end(), 0)

    def test_nodes_that_come_back_get_what_was_held_and_delivery_goes_on(self):
        with Engine(self.directory) as engine, self.serve(engine.address) as switch:
            until(lambda: ready(switch), "the switch is ready")
            with Ledger(switch) as ledger:
                for _ in range(2):
                    ledger.grow(20)
                    engine.nodes[0].kill()
                    until(lambda: self.holding(switch), "the switch holds")
                    ledger.grow(20)
                    engine.nodes[0].start()
                    until(lambda: delivers(switch), "the switch delivers again")
                self.end(ledger)
                self.check(ledger, switch)
            self.assertEqual(switch.end(), 0)

    def test_what_one_held_while_the_other_went_on_is_filed_again(self):
        with Engine(self.directory) as engine, Line(engine.nodes[0].port) as line, \
                self.serve(f"nats://127.0.0.1:{line.port}", "a") as a:
            until(lambda: ready(a), "the first is ready")
            with self.serve(engine.address, "b") as b:
                with Ledger(a) as ledger:
                    ledger.grow(20)
                    line.cut()
                    until(lambda: self.holding(a), "the first holds")
                    ledger.grow(20)
                    self.end(ledger)
                until(lambda: ready(b), "the second takes over")
                self.good(b.run("submit", self.seed(9998)))
                line.mend()
                until(lambda: "stands by" in why_not_ready(a), "the first stands by")
                until(lambda: metric(a, "torntape_outbox_messages"), "what was held waits")
                self.good(b.run("submit", self.seed(1040)))  # held there: filed here too
                self.assertEqual(b.end(), 0)
            until(lambda: delivers(a), "the first has the relay again")
            until(lambda: metric(a, "torntape_outbox_messages") == 0, "all is filed again")
            serials = [serial for _, serial in self.collect(a)]
            self.assertEqual(sorted(serials), sorted({*ledger.accepted, 9998}))
            self.assertEqual(a.end(), 0)


if __name__ == "__main__":
    skip_without_server()
    main()
