"""A paho-mqtt client over WebSocket, as scripts behind a firewall use it: connects, subscribes, publishes, prints what
happens.

    paho_web_socket.py HOST PORT PATH SUBSCRIBE_TOPIC PUBLISH_TOPIC PAYLOAD

paho-mqtt 1.6 sends `Origin: https://HOST:PORT` although nothing here is TLS.
"""

import sys

import paho.mqtt.client as mqtt

host, port, path, subscribe_topic, publish_topic, payload = sys.argv[1:]


def on_connect(client, userdata, flags, rc):
    print("connected: " + mqtt.connack_string(rc))
    client.subscribe(subscribe_topic, qos=1)


def on_subscribe(client, userdata, mid, granted_qos):
    print("subscribed " + str(granted_qos[0]))
    client.publish(publish_topic, payload, qos=1)


def on_publish(client, userdata, mid):
    print("acknowledged")


def on_message(client, userdata, message):
    print("message " + message.topic + " " + message.payload.decode("utf-8"))


client = mqtt.Client(protocol=mqtt.MQTTv311, transport="websockets")
client.on_connect = on_connect
client.on_subscribe = on_subscribe
client.on_publish = on_publish
client.on_message = on_message
client.ws_set_options(path=path)
client.connect(host, port=int(port), keepalive=120)
client.loop_forever()
