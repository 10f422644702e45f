#!/usr/bin/env python3
"""Files a message at a running switch, lists its queues, collects one of them and acknowledges.

    examples/client.py ADDR:PORT FILE QUEUE

Needs protoc and Python's protobuf (Debian: protobuf-compiler python3-protobuf). The modules are made here from
the schemas each time; a program of your own would make them once: protoc -I proto --python_out=DIR proto/torntape/v1/*.proto
"""
import pathlib
import socket
import subprocess
import sys
import tempfile

from google.protobuf.internal.decoder import _DecodeVarint32
from google.protobuf.internal.encoder import _VarintBytes

proto = pathlib.Path(__file__).resolve().parent.parent / "proto"
modules = tempfile.TemporaryDirectory()
schemas = sorted(str(schema) for schema in (proto / "torntape" / "v1").glob("*.proto"))
subprocess.run(["protoc", f"-I{proto}", f"--python_out={modules.name}", *schemas], check=True)
sys.path.insert(0, modules.name)
from torntape.v1 import switch_pb2  # noqa: E402


class Switch:
    def __init__(self, address):
        host, port = address.rsplit(":", 1)
        self.stream = socket.create_connection((host, int(port)), timeout=60).makefile("rwb")

    def call(self, request):
        self.stream.write(_VarintBytes(request.ByteSize()) + request.SerializeToString())
        self.stream.flush()
        length = self.stream.read(1)
        while length[-1] & 0x80:
            length += self.stream.read(1)
        response = switch_pb2.Response.FromString(self.stream.read(_DecodeVarint32(length, 0)[0]))
        if response.HasField("refusal"):
            sys.exit(f"refused: {response.refusal.message}")
        return response


address, file, queue = sys.argv[1:4]
switch = Switch(address)
text = pathlib.Path(file).read_bytes()
filed = switch.call(switch_pb2.Request(submit={"text": text})).submit
print(f"message {filed.id}: {filed.action_copies} action, {filed.info_copies} info")

for each in switch.call(switch_pb2.Request(queues={})).queues.queues:
    print(f"queue {each.name}: {sum(depth.waiting for depth in each.depths)} waiting")

copies = switch.call(switch_pb2.Request(collect={"queue": queue, "max": 10})).collect.copies
for copy in copies:
    print(f"copy {copy.id}: {copy.message.heading.text.subject}")
switch.call(switch_pb2.Request(acknowledge={"copy_ids": [copy.id for copy in copies]}))
print(f"acknowledged {len(copies)}")
