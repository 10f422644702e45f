#!/usr/bin/env python3
"""Files a message at a running switch, lists its queues, collects one of them and acknowledges.

    examples/client.py [--ca FILE] [--token-file FILE] ADDR:PORT FILE QUEUE

--ca speaks TLS with a switch whose certificate that authority has signed; --token-file says who calls (docs/guard.md).
Needs protoc and Python's protobuf (Debian: protobuf-compiler python3-protobuf). The modules are made here from
the schemas each time; a program of your own would make them once: protoc -I proto --python_out=DIR proto/torntape/v1/*.proto
"""
import argparse
import pathlib
import socket
import ssl
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
    def __init__(self, address, ca=None):
        host, _, port = address.rpartition(":")
        if not host or not port.isdigit():
            sys.exit(f"'{address}' is no ADDR:PORT")
        try:
            connection = socket.create_connection((host.strip("[]"), int(port)), timeout=60)
            if ca:
                context = ssl.create_default_context(cafile=ca)
                connection = context.wrap_socket(connection, server_hostname=host.strip("[]"))
            self.stream = connection.makefile("rwb")
        except OSError as error:
            sys.exit(f"no switch answers at {address}: {error}")

    def read(self, size):
        data = self.stream.read(size)
        if len(data) != size:
            sys.exit("the switch has closed the connection")
        return data

    def call(self, request):
        try:
            self.stream.write(_VarintBytes(request.ByteSize()) + request.SerializeToString())
            self.stream.flush()
            length = self.read(1)
            while length[-1] & 0x80:
                length += self.read(1)
            response = switch_pb2.Response.FromString(self.read(_DecodeVarint32(length, 0)[0]))
        except OSError as error:
            sys.exit(f"the connection to the switch is lost: {error}")
        if response.HasField("refusal"):
            sys.exit(f"not done: {response.refusal.message}")
        return response


parser = argparse.ArgumentParser(usage="examples/client.py [--ca FILE] [--token-file FILE] ADDR:PORT FILE QUEUE")
parser.error = lambda message: sys.exit(f"{parser.format_usage()}{message}")
parser.add_argument("--ca")
parser.add_argument("--token-file")
parser.add_argument("address")
parser.add_argument("file")
parser.add_argument("queue")
options = parser.parse_args()
try:
    text = pathlib.Path(options.file).read_bytes()
    token = pathlib.Path(options.token_file).read_text().strip() if options.token_file else None
except OSError as error:
    sys.exit(str(error))
switch = Switch(options.address, options.ca)
if token:
    switch.call(switch_pb2.Request(authenticate={"token": token}))
filed = switch.call(switch_pb2.Request(submit={"text": text})).submit
print(f"message {filed.id}: {filed.action_copies} action, {filed.info_copies} info")

for each in switch.call(switch_pb2.Request(queues={})).queues.queues:
    print(f"queue {each.name}: {sum(depth.waiting for depth in each.depths)} waiting")

copies = switch.call(switch_pb2.Request(collect={"queue": options.queue, "max": 10})).collect.copies
for copy in copies:
    print(f"copy {copy.id}: {copy.message.heading.text.subject}")
if copies:
    switch.call(switch_pb2.Request(acknowledge={"copy_ids": [copy.id for copy in copies]}))
print(f"acknowledged {len(copies)}")
