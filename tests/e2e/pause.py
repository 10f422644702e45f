"""The engine stands still for minutes under load, and comes back. Of script/soak: --seconds says how long."""
import signal
import time

from engine import Engine, skip_without_server, until
from nats import Ledger, NatsCase, delivers, ready
from process import REST, main

SECONDS = int(REST.pop(REST.index("--seconds") + 1)) if "--seconds" in REST else 300
REST[:] = [word for word in REST if word != "--seconds"]


class Pause(NatsCase):
    def pause(self, *args):
        with Engine(self.directory, nodes=3) as engine, self.serve(engine.address, "a", *args) as switch:
            until(lambda: ready(switch), "the switch is ready")
            with Ledger(switch, pace=0.05) as ledger:
                ledger.grow(50)
                before = len(ledger.accepted)
                for node in engine.nodes:
                    node.send(signal.SIGSTOP)
                time.sleep(SECONDS)  # the engine's time, not ours: this is what is asked for
                meanwhile = len(ledger.accepted) - before
                for node in engine.nodes:
                    node.send(signal.SIGCONT)
                until(lambda: delivers(switch), "the switch delivers again")
                ledger.grow(50)
                ledger.ending = True
                ledger.thread.join()
                self.check(ledger, switch)
                print(f"away for {SECONDS} s: {meanwhile} accepted meanwhile, {len(ledger.refused)} refused, "
                      f"{len(ledger.accepted)} in all, none lost, none twice, in order")
            self.assertEqual(switch.end(), 0)

    def test_without_an_outbox(self):
        self.pause()

    def test_with_an_outbox(self):
        self.pause("--store-sync", "outbox")


if __name__ == "__main__":
    skip_without_server()
    main()
