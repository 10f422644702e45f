import json
import unittest

from program import CLEAN, DAMAGED, SEED, ProgramTest


def delimited(data):
    """The frames of a stream: each behind its length as a varint."""
    frames, at = [], 0
    while at < len(data):
        length, shift = 0, 0
        while True:
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        frames.append(data[at:at + length])
        at += length
    return frames


class Parse(ProgramTest):
    def test_the_seed_becomes_an_inspection(self):
        result = self.run_program("parse", SEED)
        self.assertExit(result, 0)
        inspection = json.loads(result.stdout)
        heading = inspection["heading"]
        self.assertEqual(heading["transmissionIdentification"], {"channel": "XRO", "sequenceNumber": "3820"})
        self.assertEqual(len(heading["routingLine"]["routingIndicators"]), 13)
        self.assertEqual(heading["originator"], "AMEMBASSY ASTANA")
        self.assertEqual(len(heading["infoAddressees"]), 13)
        self.assertEqual(inspection["source"], str(SEED))
        self.assertTrue(inspection["diagnostics"])

    def test_tokens_are_where_their_spans_say(self):
        inspection = json.loads(self.run_program("parse", SEED).stdout)
        source = SEED.read_bytes()
        found = {}
        for token in inspection["tokens"]:
            span = token["span"]
            offset = int(span.get("offset", 0))
            found.setdefault(token["name"], source[offset:offset + int(span["length"])].decode("utf-8", "replace"))
        self.assertEqual(found["channel-designator"], "XRO")
        self.assertEqual(found["date-time-group"], "170141Z AUG 09")
        self.assertEqual(found["message-reference-number"], "001399")

    def test_one_line_for_each_message_of_a_stream(self):
        result = self.run_program("parse", stdin=CLEAN + DAMAGED)
        inspections = [json.loads(line) for line in result.stdout.splitlines()]
        self.assertEqual([int(one.get("offset", 0)) for one in inspections], [0, len(CLEAN)])
        self.assertEqual(inspections[0]["source"], "-")

    def test_damage_is_no_failure(self):
        self.assertExit(self.run_program("parse", stdin=DAMAGED), 0)
        self.assertExit(self.run_program("parse", stdin=bytes(range(256)) * 50), 0)

    def test_binary_protobuf_is_one_frame_for_each_message(self):
        result = self.run_program("parse", "--format", "binpb", stdin=CLEAN + DAMAGED)
        self.assertExit(result, 0)
        frames = delimited(result.stdout)
        self.assertEqual(len(frames), 2)
        self.assertTrue(all(b"AMEMBASSY ASTANA" in frame for frame in frames))

    def test_a_missing_file_is_a_failure(self):
        result = self.run_program("parse", "missing.txt")
        self.assertExit(result, 2)
        self.assertIn(b"missing.txt: No such file or directory", result.stderr)


if __name__ == "__main__":
    unittest.main()
