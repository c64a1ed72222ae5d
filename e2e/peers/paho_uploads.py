"""Uploads payloads of any type to `$dp` with paho-mqtt, at QoS 1, one after the other.

    paho_uploads.py HOST PORT HEX...

Prints `uploaded N` for each when it is acknowledged, and ends after the last.
"""

import sys

import paho.mqtt.client as mqtt

client = mqtt.Client(client_id="29455901", protocol=mqtt.MQTTv311)
client.username_pw_set(username="12555524", password="JHFDJF55586jhk")
client.connect(sys.argv[1], port=int(sys.argv[2]), keepalive=120)
client.loop_start()
for number, payload in enumerate(sys.argv[3:], 1):
    client.publish("$dp", bytes.fromhex(payload), qos=1).wait_for_publish(timeout=10)
    print("uploaded " + str(number))
client.disconnect()
client.loop_stop()
