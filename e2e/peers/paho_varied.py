"""Everything that paho-mqtt can be made to say and to hear in MQTT 3.1.1, for a recording.

    paho_varied.py HOST PORT STRICT_PORT REFUSED_FILTER

The broker at STRICT_PORT refuses logins with a user name and subscriptions to REFUSED_FILTER. Prints
`over: N of M` for each conversation, and fails when an answer does not come.
"""

import struct
import sys
import time

import paho.mqtt.client as mqtt

HOST, PORT, STRICT_PORT, REFUSED_FILTER = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]

# Remaining lengths of one, two and three bytes; text, no text, nothing.
PAYLOADS = [
    b"",
    b"27.5",
    "二十七度半".encode("utf-8"),
    b'{"temp": 27.5, "tags": ["a", null]}',
    bytes(range(256)),
    b"<&>\"'\r\n\t\x00",
    b"x" * 20_000,
]

# Of $dp: a time, texts behind their lengths, and every payload type; 6 and 7 with and without the time.
TIME = bytes([15, 3, 22, 22, 31, 12])


def measured(text):
    return struct.pack("!H", len(text)) + text


DATA_POINTS = [
    b"\x01" + measured(b'{"datastreams": [{"id": "temp", "datapoints": [{"at": "2015-03-22 22:31:12", "value": 27.50}]}]}'),
    b"\x02" + measured(b'{"ds_id":"photo","desc":{"kind":"png"}}') + struct.pack("!I", 4) + b"\x89PNG",
    b"\x03" + measured('{"温度":27.5,"on":true}'.encode("utf-8")),
    b"\x04" + measured(b'{"temp":{"2015-03-22 22:31:12":27.5}}'),
    b"\x05" + measured(b"#@temperature#2015-03-22 22:31:12#22.5@102@pm2.5#89@10"),
    b"\x06" + measured(b",;temp,27.5;humi,40"),
    b"\x86" + TIME + measured(b",;temp,27.5"),
    b"\x07" + struct.pack("!HH", 1, 2) + struct.pack("<ff", 27.5, -1),
    b"\x87" + TIME + struct.pack("!HH", 7, 1) + struct.pack("<f", 0.1),
]


class Device:
    """A client that runs only while something is waited for."""

    def __init__(self, client_id, clean_session=True):
        self.client = mqtt.Client(client_id, clean_session=clean_session, protocol=mqtt.MQTTv311)
        self.client.on_connect = self._on_connect
        self.client.on_publish = self.client.on_unsubscribe = lambda client, userdata, mid: self.settled.add(mid)
        self.client.on_subscribe = lambda client, userdata, mid, granted: self.settled.add(mid)
        self.client.on_message = lambda client, userdata, message: self.heard.append(message)
        self.client.on_log = lambda client, userdata, level, text: self.log.append(text)
        self.answer, self.settled, self.heard, self.log = None, set(), [], []

    def _on_connect(self, client, userdata, flags, rc):
        self.answer = rc

    def until(self, what, happened):
        deadline = time.monotonic() + 15
        while not happened():
            if time.monotonic() > deadline:
                sys.exit("not in 15 s: " + what)
            self.client.loop(0.05)

    def connect(self, port=PORT, keep_alive=60):
        self.client.connect(HOST, port, keep_alive)
        self.until("CONNACK", lambda: self.answer is not None)
        return self

    def reconnect(self):
        self.answer = None
        self.client.reconnect()
        self.until("CONNACK", lambda: self.answer is not None)

    def settle(self, result):
        self.until("an acknowledgement", lambda: result[1] in self.settled)

    def subscribe(self, *filters):
        self.settle(self.client.subscribe(list(filters)))

    def unsubscribe(self, *filters):
        self.settle(self.client.unsubscribe(list(filters)))

    def publish(self, topic, payload, qos, retain=False):
        info = self.client.publish(topic, payload, qos, retain)
        self.settle((None, info.mid))

    def hears(self, count):
        self.until("%d messages" % count, lambda: len(self.heard) >= count)

    def vanish(self):
        """Closes the connection without a word."""
        self.client.socket().close()

    def disconnect(self):
        self.client.disconnect()


def every_kind_of_message():
    device = Device("29455901")
    device.client.username_pw_set("12555524", "JHFDJF55586jhk")
    device.client.will_set("遗嘱/29455901", "离线", qos=1, retain=True)
    device.connect(keep_alive=120)
    device.subscribe(("paho/#", 2), ("温度/+/值", 1), ("$creq/#", 0))
    count = 0
    for qos in (0, 1, 2):
        for retain in (False, True):
            for number, payload in enumerate(PAYLOADS):
                count += 1
                device.publish("paho/%d" % number, payload, qos, retain)
                device.hears(count)
    device.publish("温度/客厅/值", "27.5", 1)
    device.publish("$creq/e4d7b6f6-0b5f-4b0c", "打开", 1)
    device.hears(count + 2)
    device.unsubscribe("paho/#", "温度/+/值", "never/subscribed")
    device.unsubscribe("$creq/#")
    device.vanish()


def kept_messages():
    """What was retained, the will among it."""
    device = Device("", clean_session=True).connect(keep_alive=0)
    device.subscribe(("paho/#", 1), ("遗嘱/+", 2))
    device.hears(len(PAYLOADS))
    device.disconnect()


def data_points():
    device = Device("29455902").connect()
    device.subscribe(("$dp", 2), ("points", 0))
    for number, payload in enumerate(DATA_POINTS):
        device.publish("$dp", payload, number % 3)
        device.publish("points", payload, (number + 1) % 3)
        device.hears(2 * (number + 1))
    device.disconnect()


class Lost(Exception):
    """The connection broke while a message was being handled."""


def sent_twice():
    """A client that acknowledges nothing before it vanishes, and one that hears no acknowledgement."""
    device = Device("x" * 300, clean_session=False)
    device.client.will_set("w" * 200, None, qos=2)
    device.connect(keep_alive=65_535)
    device.subscribe(("kept/#", 2))

    def lose(client, userdata, message):
        raise Lost()

    device.client.on_message = lose
    device.client.publish("kept/heard", "again", qos=1)
    try:
        device.until("a message to lose", lambda: False)
    except Lost:
        device.vanish()
    device.client.on_message = lambda client, userdata, message: device.heard.append(message)
    device.reconnect()
    device.until("the message again", lambda: any(message.dup for message in device.heard))

    for qos in (1, 2):
        info = device.client.publish("kept/said", "again", qos=qos)
        device.vanish()
        device.reconnect()
        device.settle((None, info.mid))
    device.until("silence", lambda: len(device.heard) >= 3)
    device.disconnect()


def silence():
    """Long enough for a PINGREQ."""
    device = Device("quiet").connect(keep_alive=1)
    device.until("PINGRESP", lambda: "Received PINGRESP" in device.log)
    device.disconnect()


def refusals():
    device = Device("29455901")
    device.client.username_pw_set("12555524", "wrong")
    device.connect(STRICT_PORT)
    if device.answer == 0:
        sys.exit("the strict broker let a name in")
    device = Device("visitor").connect(STRICT_PORT)
    device.subscribe(("open/door", 0), (REFUSED_FILTER, 1), ("other/door", 2))
    device.disconnect()


conversations = (every_kind_of_message, kept_messages, data_points, sent_twice, silence, refusals)
for number, conversation in enumerate(conversations, 1):
    conversation()
    print("over: %d of %d" % (number, len(conversations)))
