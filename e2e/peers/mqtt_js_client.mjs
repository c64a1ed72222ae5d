// A web page's MQTT client, on Node.js: connects, subscribes, publishes, prints what happens.
//
//     mqtt_js_client.mjs URL SUBSCRIBE_TOPIC PUBLISH_TOPIC PAYLOAD

import { createRequire } from "node:module";
import { join } from "node:path";

const mqtt = createRequire(join(process.env.MQTT_JS_FOLDER, "index.js"))("mqtt");
const [url, subscribeTopic, publishTopic, payload] = process.argv.slice(2);

// One attempt: a refusal must show.
const client = mqtt.connect(url, { protocolVersion: 4, keepalive: 120, reconnectPeriod: 0 });

client.on("connect", async () => {
  console.log("connected");
  const [granted] = await client.subscribeAsync(subscribeTopic, { qos: 1 });
  console.log(`subscribed ${granted.topic} ${granted.qos}`);
  await client.publishAsync(publishTopic, payload, { qos: 1 });
  console.log("acknowledged");
});
client.on("message", (topic, message, packet) => console.log(`message ${topic} ${packet.qos} ${message}`));
client.on("error", (error) => console.log(`error ${error.message}`));
client.on("close", () => console.log("closed"));
