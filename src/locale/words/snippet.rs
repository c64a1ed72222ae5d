//! The same message as code.

use session::Qos;

use crate::snippet::{Dialect, Part, ServerField};

/// The words of the same message as code.
#[expect(missing_docs, reason = "the names say where the words stand; the words say the rest")]
pub struct SnippetWords {
    pub hint: &'static str,
    pub dialect: &'static str,
    pub dialect_name: fn(Dialect) -> &'static str,
    pub host: &'static str,
    pub port: &'static str,
    pub in_page_hint: &'static str,
    pub server_problem: fn(ServerField) -> &'static str,
    pub include_password: &'static str,
    pub password_included: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub not_copied: &'static str,
    pub missing: &'static str,
    pub too_long: fn(usize) -> String,
    pub code: CodeWords,
}

/// The comments of the programs and what they print. They stand in line comments: no line breaks, no `*/`, no `\`
/// at their ends.
#[expect(missing_docs, reason = "the names say where the words stand; the words say the rest")]
pub struct CodeWords {
    pub hidden_bytes: fn(usize) -> String,
    pub put_password: &'static str,
    pub put_wifi: &'static str,

    pub python_intro: &'static str,
    pub python_reason: &'static str,
    pub python_version: &'static str,
    pub login_result: &'static str,
    pub published: fn(Qos) -> &'static str,
    pub received: &'static str,
    pub until_stopped: &'static str,

    pub c_intro: fn(&str, u16) -> String,
    pub send_first: fn(usize) -> String,
    pub send_then: fn(usize) -> String,
    pub part: fn(Part) -> &'static str,

    pub mosquitto_intro: &'static str,
    pub mosquitto_password: &'static str,
    pub mosquitto_keep_alive: &'static str,
    pub mosquitto_control: &'static str,
    pub will_cut: &'static str,

    pub arduino_intro: &'static str,
    pub arduino_qos: &'static str,
    pub arduino_keep_alive: &'static str,
    pub arduino_state: &'static str,

    pub at_intro: &'static str,
    pub at_wait_wifi: &'static str,
    pub at_wait_tcp: &'static str,
    pub at_prompt: &'static str,
    pub at_connack: &'static str,
    pub at_puback: &'static str,
    pub at_pubrec: &'static str,
    pub at_pubcomp: &'static str,
    pub at_ping: fn(u16) -> String,
    pub at_mqtt: &'static str,
    pub at_mqtt_connected: &'static str,
    pub at_mqtt_prompt: &'static str,
}
