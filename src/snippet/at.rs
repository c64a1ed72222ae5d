//! The message as what a serial tool sends to an ESP8266: AT commands, and the frames as hex.

use session::Qos;

use super::literal::{at_text, hex};
use super::recipe::{Password, Recipe};
use crate::locale::Words;

/// The most bytes that one `AT+CIPSEND` takes.
const LONGEST_SEND: usize = 2_048;

/// An AT command is shorter than this, in bytes.
const COMMAND_LIMIT: usize = 256;

/// The most bytes of a user name, a password and a topic in MQTT's own AT commands.
const LONGEST_TEXT: usize = 64;

/// The longest frame in the ESP8266's buffer for MQTT's own AT commands, in bytes.
const LONGEST_FRAME: usize = 512;

/// The longest keep alive there, in seconds; 0 would become 120.
const LONGEST_KEEP_ALIVE: u16 = 7_200;

/// Releases the message with packet identifier 1, which the frames here have (MQTT 3.1.1 §3.6).
const PUBREL: [u8; 4] = [0x62, 0x02, 0x00, 0x01];

/// The steps over a plain TCP connection; behind them the firmware's own MQTT commands, where they can say it.
pub(super) fn write(recipe: &Recipe, words: &Words) -> String {
    let code = &words.snippet.code;
    let mut text = format!("# {}\n", code.at_intro);
    text.push_str("AT+CWMODE=1\n");
    text.push_str(&format!("# {}\nAT+CWJAP=\"WIFI_NAME\",\"WIFI_PASSWORD\"\n", code.put_wifi));
    text.push_str(&format!(
        "# {}\nAT+CIPSTART=\"TCP\",\"{}\",{}\n",
        code.at_wait_wifi,
        recipe.server.host(),
        recipe.server.port()
    ));

    text.push_str(&format!("\n# CONNECT: {}\n", code.at_wait_tcp));
    if let Password::Hidden { length } = &recipe.password {
        text.push_str(&format!("# {}\n", (code.hidden_bytes)(*length)));
    }
    send(&mut text, &recipe.connect, words);
    text.push_str(&format!("# {}\n", code.at_connack));

    text.push_str("\n# PUBLISH\n");
    send(&mut text, &recipe.publish, words);
    match recipe.message.qos {
        Qos::AtMostOnce => {}
        Qos::AtLeastOnce => text.push_str(&format!("# {}\n", code.at_puback)),
        Qos::ExactlyOnce => {
            text.push_str(&format!("# {}\n\n# PUBREL\n", code.at_pubrec));
            send(&mut text, &PUBREL, words);
            text.push_str(&format!("# {}\n", code.at_pubcomp));
        }
    }
    if recipe.keep_alive > 0 {
        text.push_str(&format!("\n# PINGREQ: {}\n", (code.at_ping)(recipe.keep_alive)));
        send(&mut text, &[0xC0, 0x00], words);
    }
    if let Some(commands) = mqtt_commands(recipe, words) {
        text.push_str(&format!("\n# {}\n{commands}", code.at_mqtt));
    }
    text
}

/// Sends bytes over the TCP connection, in as many steps as it takes.
fn send(text: &mut String, bytes: &[u8], words: &Words) {
    for chunk in bytes.chunks(LONGEST_SEND) {
        text.push_str(&format!("AT+CIPSEND={}\n# {}\n", chunk.len(), words.snippet.code.at_prompt));
        text.push_str(&hex(chunk));
    }
}

/// The same by the commands `AT+MQTT…` of Espressif's firmware ESP-AT 2.x, as its documentation writes them; `None`
/// where it says that they cannot.
fn mqtt_commands(recipe: &Recipe, words: &Words) -> Option<String> {
    let Recipe { server, keep_alive, message, .. } = recipe;
    let password = match &recipe.password {
        Password::Hidden { .. } => "AUTH_INFO",
        Password::Shown(password) => password,
    };
    let texts = [recipe.username.as_str(), password, message.topic.as_str()];
    let fits = (1..=LONGEST_KEEP_ALIVE).contains(keep_alive)
        && recipe.publish.len() <= LONGEST_FRAME
        && !message.payload.is_empty()
        && texts.iter().all(|text| text.len() <= LONGEST_TEXT);
    if !fits {
        return None;
    }
    let will = match &recipe.will {
        None => "\"\",\"\",0,0".to_owned(),
        Some(will) => {
            let text = std::str::from_utf8(&will.payload).ok()?;
            if will.topic.len().max(text.len()) > LONGEST_TEXT {
                return None;
            }
            let (topic, text) = (at_text(&will.topic)?, at_text(text)?);
            format!("{topic},{text},{},{}", will.qos.bits(), u8::from(will.retain))
        }
    };
    let commands = [
        format!(
            "AT+MQTTUSERCFG=0,1,{},{},{},0,0,\"\"",
            at_text(&recipe.client_id)?,
            at_text(&recipe.username)?,
            at_text(password)?
        ),
        format!("AT+MQTTCONNCFG=0,{keep_alive},{},{will}", u8::from(!recipe.clean_session)),
        format!("AT+MQTTCONN=0,{},{},0", at_text(server.host())?, server.port()),
        format!(
            "AT+MQTTPUBRAW=0,{},{},{},{}",
            at_text(&message.topic)?,
            message.payload.len(),
            message.qos.bits(),
            u8::from(message.retain)
        ),
    ];
    if commands.iter().any(|command| command.len() + "\r\n".len() >= COMMAND_LIMIT) {
        return None;
    }
    let code = &words.snippet.code;
    let hint = match &recipe.password {
        Password::Hidden { .. } => format!("# AUTH_INFO: {}\n", code.put_password),
        Password::Shown(_) => String::new(),
    };
    let [user, options, connect, publish] = commands;
    Some(format!(
        "{hint}{user}\n{options}\n{connect}\n# {connected}\n{publish}\n# {prompt}\n{payload}",
        connected = code.at_mqtt_connected,
        prompt = code.at_mqtt_prompt,
        payload = hex(&message.payload),
    ))
}
