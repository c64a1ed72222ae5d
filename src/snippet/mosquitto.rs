//! The message as a command of mosquitto's own client, for POSIX shells.

use super::literal::{before_nul, is_plain, shell_printf, shell_word};
use super::recipe::{Password, Recipe};
use crate::locale::Words;

/// The shortest keep alive that `mosquitto_pub` takes, in seconds.
const SHORTEST_KEEP_ALIVE: u16 = 5;

/// The command, behind a `printf` where the payload is more than a text.
pub(super) fn write(recipe: &Recipe, words: &Words) -> String {
    let Recipe { server, keep_alive, message, .. } = recipe;
    let code = &words.snippet.code;
    let mut text = format!("# {}\n", code.mosquitto_intro);
    let mut comment = |applies: bool, comment: &str| {
        if applies {
            text.push_str(&format!("# {comment}\n"));
        }
    };
    let names = [&recipe.client_id, &recipe.username, &message.topic];
    comment(*keep_alive < SHORTEST_KEEP_ALIVE, code.mosquitto_keep_alive);
    comment(names.iter().any(|name| name.contains(char::is_control)), code.mosquitto_control);
    let password = match &recipe.password {
        Password::Shown(password) => shell_word(password),
        Password::Hidden { .. } => {
            comment(true, code.mosquitto_password);
            "\"$ONENET_AUTH_INFO\"".to_owned()
        }
    };
    let will = recipe.will.as_ref().map_or_else(String::new, |will| {
        comment(will.payload.contains(&0), code.will_cut);
        let retain = if will.retain { " --will-retain" } else { "" };
        format!(
            " \\\n  --will-topic {} --will-payload {} --will-qos {}{retain}",
            shell_word(&will.topic),
            shell_word(&before_nul(&will.payload)),
            will.qos.bits()
        )
    });
    let (before, payload) = payload(&message.payload);
    text.push_str(&before);
    text.push_str(&format!(
        "mosquitto_pub -V mqttv311 -h {host} -p {port} \\\n  -i {client_id} -u {username} -P {password} \\\n  \
         -k {keep_alive}{persistent} -t {topic} -q {qos}{retain} {payload}{will}\n",
        host = shell_word(server.host()),
        port = server.port(),
        client_id = shell_word(&recipe.client_id),
        username = shell_word(&recipe.username),
        persistent = if recipe.clean_session { "" } else { " -c" },
        topic = shell_word(&message.topic),
        qos = message.qos.bits(),
        retain = if message.retain { " -r" } else { "" },
    ));
    text
}

/// What comes before the command, and the option that says the payload.
fn payload(payload: &[u8]) -> (String, String) {
    // Line breaks are plain enough inside quotes.
    let is_plain_text = |text: &&str| text.chars().all(|character| character == '\n' || is_plain(character));
    match std::str::from_utf8(payload).ok().filter(is_plain_text) {
        Some("") => (String::new(), "-n".to_owned()),
        Some(text) => (String::new(), format!("-m '{}'", text.replace('\'', r"'\''"))),
        None => (format!("printf {} |\n", shell_printf(payload)), "-s".to_owned()),
    }
}
