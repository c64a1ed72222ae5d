"""A device of the later platforms with paho-mqtt: it signs its token itself, hears all that it is told, posts and answers.

    paho_token_device.py [--et SECONDS] [--res RESOURCE] HOST PORT GENERATION PRODUCT DEVICE KEY METHOD [PAYLOAD...]

GENERATION is `suite` or `studio`, METHOD `md5`, `sha1` or `sha256`. Every PAYLOAD is posted at QoS 1: data points or
properties. Commands are answered with `done: ` and their body, requests of a thing model with code 200. Prints
`login: CODE` (and ends where it is refused), `subscribed: QOS`, and `message: TOPIC PAYLOAD` for each message, its
topic without the device's names.
"""

import argparse
import base64
import hmac
import json
import sys
import time
from urllib.parse import quote

import paho.mqtt.client as mqtt

VERSION = "2018-10-31"

arguments = argparse.ArgumentParser()
arguments.add_argument("--et", type=int, default=int(time.time()) + 3600)
arguments.add_argument("--res")
for name in ("host", "port", "generation", "product", "device", "key", "method"):
    arguments.add_argument(name)
arguments.add_argument("payloads", nargs="*")
given = arguments.parse_args()

PREFIX = "$sys/%s/%s/" % (given.product, given.device)
POST = {"suite": "dp/post/json", "studio": "thing/property/post"}[given.generation]


def token():
    res = given.res or "products/%s/devices/%s" % (given.product, given.device)
    text = "\n".join([str(given.et), given.method, res, VERSION])
    sign = base64.b64encode(hmac.new(base64.b64decode(given.key), text.encode("utf-8"), given.method).digest())
    values = [("version", VERSION), ("res", res), ("et", str(given.et)), ("method", given.method), ("sign", sign)]
    return "&".join("%s=%s" % (name, quote(value, safe="")) for name, value in values)


# What the platform has set, and is told when it asks.
properties = {}


def answer(rest, payload):
    """Where an answer goes and what it says; nothing where none is wanted."""
    levels = rest.split("/")
    if levels[:2] == ["cmd", "request"]:
        return "cmd/response/" + levels[2], b"done: " + payload
    if levels[0] != "thing" or levels[-1] not in ("set", "get", "invoke"):
        return None
    request = json.loads(payload)
    reply = {"id": request["id"], "code": 200, "msg": "success"}
    if levels[-1] == "set":
        properties.update(request["params"])
    elif levels[-1] == "get":
        reply["data"] = {name: properties[name] for name in request["params"]}
    else:
        reply["data"] = {"heard": request["params"]}
    return rest + "_reply", json.dumps(reply)


def on_connect(client, userdata, flags, rc):
    print("login: %d" % rc)
    if rc != 0:
        sys.exit(0)
    client.subscribe(PREFIX + "#", qos=1)


def on_subscribe(client, userdata, mid, granted):
    print("subscribed: %d" % granted[0])
    for payload in given.payloads:
        client.publish(PREFIX + POST, payload, qos=1)


def on_message(client, userdata, message):
    rest = message.topic[len(PREFIX):]
    print("message: " + rest + " " + message.payload.decode("utf-8"))
    found = answer(rest, message.payload)
    if found:
        client.publish(PREFIX + found[0], found[1], qos=1)


client = mqtt.Client(client_id=given.device, protocol=mqtt.MQTTv311)
client.on_connect = on_connect
client.on_subscribe = on_subscribe
client.on_message = on_message
client.username_pw_set(username=given.product, password=token())
client.connect(given.host, port=int(given.port), keepalive=60)
client.loop_forever()
