//! The message as an Arduino sketch with PubSubClient 2.8.

use session::Qos;

use super::literal::{before_nul, c_bytes, c_text};
use super::recipe::{Password, Recipe};
use crate::locale::Words;

/// What PubSubClient holds in its buffer when nobody says otherwise, in bytes.
const USUAL_BUFFER: usize = 256;

/// What it keeps free in front of the remaining bytes of a frame: a fixed header of the longest kind.
const HEADER: usize = 5;

/// A sketch that logs in, publishes and prints what the server sends.
pub(super) fn write(recipe: &Recipe, words: &Words) -> String {
    let Recipe { server, keep_alive, message, .. } = recipe;
    let code = &words.snippet.code;
    let (password, hint) = match &recipe.password {
        Password::Shown(password) => (c_text(password), (words.front.login.secret)(recipe.generation)),
        Password::Hidden { .. } => ("\"AUTH_INFO\"".to_owned(), code.put_password),
    };
    // The whole frame behind its fixed header, which has two bytes at least.
    let needed = recipe.connect.len().max(recipe.publish.len()) - 2 + HEADER;
    let buffer =
        if needed > USUAL_BUFFER { format!("  mqtt.setBufferSize({needed});\n") } else { String::new() };
    let mut comments = String::new();
    if message.qos != Qos::AtMostOnce {
        comments.push_str(&format!("    // {}\n", code.arduino_qos));
    }
    if *keep_alive == 0 {
        comments.push_str(&format!("    // {}\n", code.arduino_keep_alive));
    }
    let will = match &recipe.will {
        None => "nullptr, 0, false, nullptr".to_owned(),
        Some(will) => {
            if will.payload.contains(&0) {
                comments.push_str(&format!("    // {}\n", code.will_cut));
            }
            format!(
                "{}, {}, {}, {}",
                c_text(&will.topic),
                will.qos.bits(),
                will.retain,
                c_text(&before_nul(&will.payload))
            )
        }
    };
    let (array, payload) = if message.payload.is_empty() {
        // C++ has no arrays without elements.
        (String::new(), "nullptr, 0")
    } else {
        let bytes = c_bytes(&message.payload, "  ");
        (format!("const uint8_t PAYLOAD[] = {{\n{bytes}}};\n"), "PAYLOAD, sizeof PAYLOAD")
    };
    format!(
        r#"// {intro}
#include <ESP8266WiFi.h>  // ESP32: <WiFi.h>
#include <PubSubClient.h>

const char WIFI_NAME[] = "WIFI_NAME";  // {put_wifi}
const char WIFI_PASSWORD[] = "WIFI_PASSWORD";

const char HOST[] = {host};
const uint16_t PORT = {port};
const char CLIENT_ID[] = {client_id};  // {device_id_word}
const char USERNAME[] = {username};  // {product_id_word}
const char PASSWORD[] = {password};  // {hint}
const char TOPIC[] = {topic};
{array}
WiFiClient tcp;
PubSubClient mqtt(tcp);

void received(char* topic, uint8_t* payload, unsigned int length) {{
  Serial.print(topic);
  Serial.print(": ");
  Serial.write(payload, length);
  Serial.println();
}}

void setup() {{
  Serial.begin(115200);
  WiFi.begin(WIFI_NAME, WIFI_PASSWORD);
  while (WiFi.status() != WL_CONNECTED) {{
    delay(500);
  }}
  mqtt.setServer(HOST, PORT);
  mqtt.setKeepAlive({keep_alive});
{buffer}  mqtt.setCallback(received);
}}

void loop() {{
  if (!mqtt.connected()) {{
    if (!mqtt.connect(CLIENT_ID, USERNAME, PASSWORD, {will}, {clean_session})) {{
      // {state_comment}
      Serial.println(mqtt.state());
      delay(5000);
      return;
    }}
{comments}    mqtt.publish(TOPIC, {payload}, {retain});
  }}
  mqtt.loop();
}}
"#,
        intro = code.arduino_intro,
        put_wifi = code.put_wifi,
        host = c_text(server.host()),
        port = server.port(),
        client_id = c_text(&recipe.client_id),
        username = c_text(&recipe.username),
        device_id_word = (words.front.login.client_id)(recipe.generation),
        product_id_word = words.front.login.product_id,
        topic = c_text(&message.topic),
        clean_session = recipe.clean_session,
        retain = message.retain,
        state_comment = code.arduino_state,
    )
}
