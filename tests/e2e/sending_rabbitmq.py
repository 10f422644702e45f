"""`torntape send` to RabbitMQ, killed in mid-run and started again: what was confirmed is there once."""
import json
import sys

from peers import Rabbit, until
from process import main, run
from sending import SendCase, count

if not Rabbit.available:
    sys.exit(77)


class RabbitMq(SendCase):
    def setUp(self):
        super().setUp()
        self.rabbit = self.enterContext(Rabbit(self.directory / "rabbit"))
        self.to = f"amqp://127.0.0.1:{self.rabbit.port}/"

    def test_all_of_it(self):
        """One server for all of it: it is slow to start."""
        refused = self.sending(f"{self.to}?queue=nowhere", "--count", 3, rate="max").report()
        self.assertEqual(count(refused, "refused"), 3)

        each = self.sending(f"{self.to}?queue=to.{{}}&declare=quorum", "--count", 20, rate="max").report()
        self.assertEqual(count(each, "confirmed"), 20)
        parsed = [json.loads(line) for line in run("parse", self.messages).stdout.splitlines()[:20]]
        owed = sum(len({one["routingIndicator"] for kind in ("actionAddressees", "infoAddressees")
                        for one in inspection["heading"].get(kind, []) if one.get("routingIndicator")})
                   for inspection in parsed)
        self.assertEqual(until(lambda: sum(self.rabbit.depths().values()) == owed and owed, "a copy in each queue"), owed)

        report = self.killed_in_mid_run(self.rabbit, lambda: self.rabbit.depths().get("all", 0),
                                        f"{self.to}?queue=all&declare=quorum", "--attempts", 50)
        confirmed, unknown = count(report, "confirmed"), count(report, "unknown")
        self.assertEqual(confirmed + unknown, self.made)
        depth = until(lambda: self.rabbit.depths().get("all", 0), "a depth")
        self.assertLessEqual(confirmed, depth)
        self.assertLessEqual(depth, confirmed + unknown)


if __name__ == "__main__":
    main()
