// Everything that MQTT.js can be made to say and to hear in MQTT 3.1.1, for a recording.
//
//     mqtt_js_varied.mjs HOST PORT STRICT_PORT REFUSED_FILTER
//
// The broker at STRICT_PORT refuses logins with a user name and subscriptions to REFUSED_FILTER. Prints
// `over: N of M` for each conversation, and fails when an answer does not come.

import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";

const mqtt = createRequire(join(process.env.MQTT_JS_FOLDER, "index.js"))("mqtt");
const [host, port, strictPort, refusedFilter] = process.argv.slice(2);

// Remaining lengths of one, two and three bytes; text, no text, nothing.
const payloads = [
  "",
  "27.5",
  "二十七度半",
  '[{"temp": 27.5}, true]',
  Buffer.from([0x00, 0xff, 0xc0, 0x80]),
  "y".repeat(125),
  "z".repeat(16_400),
];

const patience = setTimeout(() => {
  console.log("not over in 15 s");
  process.exit(1);
}, 15_000).unref();

const open = (options, at = port) =>
  mqtt.connectAsync(`mqtt://${host}:${at}`, { protocolVersion: 4, reconnectPeriod: 0, ...options }, false);

// The next packet of a kind; asked for before it is provoked.
const hears = (client, kind) =>
  new Promise((resolve) => client.on("packetreceive", (packet) => packet.cmd === kind && resolve(packet)));

async function everyKindOfMessage() {
  const client = await open({
    clientId: "device-js",
    clean: true,
    keepalive: 30,
    username: "产品",
    // MQTT lets a password be any bytes; tshark stops at a zero.
    password: Buffer.from([0x70, 0xff, 0xfe, 0x80]),
    will: { topic: "js/will", payload: Buffer.from([0x00, 0x01, 0xff]), qos: 2, retain: false },
  });
  await client.subscribeAsync({ "js/#": { qos: 2 }, "设备/+": { qos: 1 } });
  for (const qos of [0, 1, 2]) {
    for (const retain of [false, true]) {
      for (const [number, payload] of payloads.entries()) {
        const heard = once(client, "message");
        await client.publishAsync(`js/${number}`, payload, { qos, retain });
        await heard;
      }
    }
  }
  const answered = hears(client, "pingresp");
  client.sendPing();
  await answered;
  await client.unsubscribeAsync(["js/#", "设备/+"]);
  await client.endAsync();
}

// A client that acknowledges nothing, vanishes, and comes back to its session.
async function heardTwice() {
  const options = { clientId: "forgetful-js", clean: false, keepalive: 0, username: "only a name" };
  const first = await open(options);
  await first.subscribeAsync("again/+", { qos: 2 });
  const heard = hears(first, "publish");
  // Never calls back: whatever comes behind the message waits, the acknowledgement of our own included.
  first.handleMessage = () => {};
  first.publish("again/1", "once more", { qos: 1 }, () => {});
  await heard;
  await first.endAsync(true);

  const second = mqtt.connect(`mqtt://${host}:${port}`, { protocolVersion: 4, reconnectPeriod: 0, ...options });
  const again = await hears(second, "publish");
  if (!again.dup) throw new Error("not marked as a duplicate");
  await second.unsubscribeAsync("again/+");
  await second.endAsync();
}

async function nameless() {
  const client = await open({ clientId: "", clean: true, keepalive: 1_200 });
  await client.publishAsync("js/" + "level/".repeat(30), "from nobody", { qos: 2 });
  await client.endAsync();
}

async function refusals() {
  const refused = await open({ clientId: "a", username: "b", password: "" }, strictPort).catch((error) => error);
  if (refused.code !== 5) throw new Error(`the strict broker let a name in: ${refused}`);
  const client = await open({ clientId: "visitor-js", clean: true }, strictPort);
  const answer = hears(client, "suback");
  client.subscribe(refusedFilter, { qos: 2 }, () => {});
  await answer;
  await client.endAsync();
}

const conversations = [everyKindOfMessage, heardTwice, nameless, refusals];
for (const [index, conversation] of conversations.entries()) {
  await conversation();
  console.log(`over: ${index + 1} of ${conversations.length}`);
  patience.refresh();
}
