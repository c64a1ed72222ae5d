//! The message as a Python program with paho-mqtt, for its versions 1.x and 2.x.

use super::literal::{python_bytes, python_text};
use super::recipe::{Password, Recipe};
use crate::locale::Words;

/// A program that logs in, publishes and prints what the server sends until Ctrl-C.
pub(super) fn write(recipe: &Recipe, words: &Words) -> String {
    let Recipe { server, keep_alive, message, .. } = recipe;
    let code = &words.snippet.code;
    let truth = |value: bool| if value { "True" } else { "False" };
    let (import, password) = match &recipe.password {
        Password::Shown(password) => ("", python_text(password)),
        Password::Hidden { .. } => {
            let ask = python_text(&format!("{}: ", (words.front.login.secret)(recipe.generation)));
            (
                "import getpass\nimport os\n\n",
                format!("os.environ.get(\"ONENET_AUTH_INFO\") or getpass.getpass({ask})"),
            )
        }
    };
    let will = recipe.will.as_ref().map_or_else(String::new, |will| {
        format!(
            "client.will_set({}, {}, qos={}, retain={})\n",
            python_text(&will.topic),
            python_bytes(&will.payload),
            will.qos.bits(),
            truth(will.retain)
        )
    });
    format!(
        r#"# {intro}
{import}import paho.mqtt.client as mqtt

HOST = {host}
PORT = {port}
CLIENT_ID = {client_id}  # {device_id_word}
USERNAME = {username}  # {product_id_word}
PASSWORD = {password}  # {auth_info_word}
TOPIC = {topic}
PAYLOAD = {payload}


def on_connect(client, userdata, flags, reason, *rest):
    # {reason_comment}
    words = mqtt.connack_string(reason) if isinstance(reason, int) else reason
    print({login_result}, words)
    if reason != 0:
        client.disconnect()
        return
    client.publish(TOPIC, PAYLOAD, qos={qos}, retain={retain})


def on_publish(client, userdata, mid, *rest):
    print({published}, mid)


def on_message(client, userdata, message):
    print({received}, message.topic, message.payload.decode("utf-8", "backslashreplace"))


# {version_comment}
version = [mqtt.CallbackAPIVersion.VERSION2] if hasattr(mqtt, "CallbackAPIVersion") else []
client = mqtt.Client(*version, client_id=CLIENT_ID, clean_session={clean_session}, protocol=mqtt.MQTTv311)
client.username_pw_set(USERNAME, PASSWORD)
{will}client.on_connect = on_connect
client.on_publish = on_publish
client.on_message = on_message
client.connect(HOST, PORT, keepalive={keep_alive})
try:
    client.loop_forever()  # {until_stopped}
except KeyboardInterrupt:
    client.disconnect()
"#,
        intro = code.python_intro,
        host = python_text(server.host()),
        port = server.port(),
        client_id = python_text(&recipe.client_id),
        username = python_text(&recipe.username),
        device_id_word = (words.front.login.client_id)(recipe.generation),
        product_id_word = words.front.login.product_id,
        auth_info_word = (words.front.login.secret)(recipe.generation),
        topic = python_text(&message.topic),
        payload = python_bytes(&message.payload),
        qos = message.qos.bits(),
        retain = truth(message.retain),
        clean_session = truth(recipe.clean_session),
        reason_comment = code.python_reason,
        version_comment = code.python_version,
        login_result = python_text(code.login_result),
        published = python_text((code.published)(message.qos)),
        received = python_text(code.received),
        until_stopped = code.until_stopped,
    )
}
