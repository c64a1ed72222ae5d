"""The script that every OneNET beginner copies, with the address as an argument.

    paho_device.py HOST PORT [TEXT]

Logs in, uploads TEXT (or the example as compact JSON) to `$dp` at QoS 1 as soon as the login is accepted, prints the
packet id and every message. Unlike the original it answers commands, with `done: ` and their body.
"""

import json
import struct
import sys

import paho.mqtt.client as mqtt

DEVICE_ID = "29455901"
PRODUCT_ID = "12555524"
AUTH_INFO = "JHFDJF55586jhk"
TYPE_JSON = 0x01

BODY = {"datastreams": [{"id": "wendu", "datapoints": [{"at": "2016-08-15T14:47:00", "value": 55}]}]}
TEXT = sys.argv[3] if len(sys.argv) > 3 else json.dumps(BODY, separators=(",", ":"))


def build_payload(payload_type, text):
    body = text.encode("utf-8")
    return struct.pack("!BH", payload_type, len(body)) + body


def on_connect(client, userdata, flags, rc):
    print("连接结果: " + mqtt.connack_string(rc))
    client.publish("$dp", build_payload(TYPE_JSON, TEXT), qos=1)


def on_publish(client, userdata, mid):
    print("mid: " + str(mid))


def on_message(client, userdata, message):
    text = message.payload.decode("utf-8")
    print("message: " + message.topic + " " + text)
    print("温度:" + text + "°C")
    if message.topic.startswith("$creq/"):
        client.publish("$crsp/" + message.topic[len("$creq/"):], "done: " + text, qos=1)


client = mqtt.Client(client_id=DEVICE_ID, protocol=mqtt.MQTTv311)
client.on_connect = on_connect
client.on_publish = on_publish
client.on_message = on_message
client.username_pw_set(username=PRODUCT_ID, password=AUTH_INFO)
client.connect(sys.argv[1], port=int(sys.argv[2]), keepalive=120)
client.loop_forever()
