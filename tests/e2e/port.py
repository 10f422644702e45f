"""A bare client of the Protobuf port, for what the commands do not do: Protobuf's wire format by hand, as far as it is
needed. A message is a dict of field numbers, each with the list of its values: numbers, or bytes."""
import socket

from process import PATIENCE

# Fields of Request and of Response (proto/torntape/v1/switch.proto).
ID = 1
SUBMIT, QUEUES, COLLECT, ACKNOWLEDGE, RELEASE, SUBSCRIBE = 2, 3, 4, 5, 6, 17
REFUSAL, SUBMITTED, TOLD, COLLECTED, ACKNOWLEDGED, RELEASED, SUBSCRIBED = 2, 3, 4, 5, 6, 7, 17


def varint(number):
    out = bytearray()
    while number > 0x7f:
        out.append(number & 0x7f | 0x80)
        number >>= 7
    return bytes(out + bytes([number]))


def encode(fields):
    """Fields as (number, value), a value being a number, bytes, a text or fields."""
    out = b""
    for number, value in fields:
        if isinstance(value, int):
            out += varint(number << 3) + varint(value)
            continue
        data = value.encode() if isinstance(value, str) else value if isinstance(value, bytes) else encode(value)
        out += varint(number << 3 | 2) + varint(len(data)) + data
    return out


def decode(data):
    fields, at = {}, 0

    def number():
        nonlocal at
        value = shift = 0
        while True:
            value |= (data[at] & 0x7f) << shift
            at, shift = at + 1, shift + 7
            if not data[at - 1] & 0x80:
                return value

    while at < len(data):
        key = number()
        value = number()
        if key & 7 == 2:
            value, at = data[at:at + value], at + value
        fields.setdefault(key >> 3, []).append(value)
    return fields


class Port:
    """One connection."""

    def __init__(self, switch):
        self.socket = socket.create_connection(("127.0.0.1", switch.port), timeout=PATIENCE)
        self.stream = self.socket.makefile("rwb")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stream.close()
        self.socket.close()

    def send(self, number, verb, fields):
        request = encode([(ID, number), (verb, fields)])
        self.stream.write(varint(len(request)) + request)
        self.stream.flush()

    def receive(self):
        """The next response; none at the end of the connection."""
        length = shift = 0
        while byte := self.stream.read(1):
            length |= (byte[0] & 0x7f) << shift
            shift += 7
            if not byte[0] & 0x80:
                return decode(self.stream.read(length))
        return None

    def call(self, number, verb, fields):
        self.send(number, verb, fields)
        return self.receive()
