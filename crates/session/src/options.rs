//! How a session logs in, and how much it takes on.

use std::fmt;

use bytes::Bytes;
use frame::{Connect, LastWill, Login, Packet};

use crate::error::OptionsError;
use crate::message::Message;
use crate::topic;

/// What the CONNECT says (MQTT 3.1.1 §3.1), and how much the session accepts.
#[derive(Clone, PartialEq, Eq)]
pub struct Options {
    /// Client identifier. Empty only with a clean session (§3.1.3.1).
    pub client_id: String,
    /// User name; empty leaves it out.
    pub username: String,
    /// Password, a secret; empty leaves it out. Needs a user name (§3.1.2.9).
    pub password: String,
    /// Seconds of silence after which the server may give up, divided by 1.5; 0 means never (§3.1.2.10).
    pub keep_alive: u16,
    /// Whether the server forgets this client at both ends of the connection (§3.1.2.4).
    pub clean_session: bool,
    /// What the server publishes in this client's name if the connection ends without a DISCONNECT (§3.1.2.5).
    /// Its payload has at most 65,535 bytes.
    pub will: Option<Message>,
    /// The largest remaining length accepted from the server, in bytes.
    pub max_remaining_length: usize,
    /// How many messages at QoS 1 and 2 may be on their way at once; the others wait. 0 counts as 1, with which no
    /// message can pass another (§4.6). The default is what mosquitto accepts from a client without a warning.
    pub max_in_flight: u16,
    /// How many messages at QoS 1 and 2 are held at once: waiting, on their way, or unsettled.
    pub max_held: usize,
    /// How many bytes of topics and payloads are held at once, and how many of frames nobody has transmitted yet
    /// may be there when a message at QoS 0 comes.
    pub max_held_bytes: usize,
}

impl Options {
    /// The CONNECT that says so: what a session sends first.
    ///
    /// # Errors
    ///
    /// The options cannot be written as a CONNECT.
    pub fn frame(&self) -> Result<Bytes, OptionsError> {
        if self.username.is_empty() && !self.password.is_empty() {
            return Err(OptionsError::PasswordWithoutUserName);
        }
        if self.client_id.is_empty() && !self.clean_session {
            return Err(OptionsError::NoClientId);
        }
        if [&self.client_id, &self.username].into_iter().any(|text| text.contains('\0')) {
            return Err(OptionsError::Nul);
        }
        let mut connect = Connect::new(&self.client_id);
        connect.keep_alive = self.keep_alive;
        connect.clean_session = self.clean_session;
        connect.last_will = self.will.as_ref().map(last_will).transpose()?;
        if !self.username.is_empty() {
            connect.login = Some(Login::new(&self.username, &self.password));
        }
        Ok(frame::encode(&Packet::Connect(connect))?)
    }
}

fn last_will(will: &Message) -> Result<LastWill, OptionsError> {
    topic::check_topic(&will.topic).map_err(OptionsError::WillTopic)?;
    let length = will.payload.len();
    if length > usize::from(u16::MAX) {
        return Err(OptionsError::WillTooLong { length });
    }
    let message = will.payload.clone();
    Ok(LastWill { topic: will.topic.clone(), message, qos: will.qos.into(), retain: will.retain })
}

impl Default for Options {
    fn default() -> Self {
        Self {
            client_id: String::new(),
            username: String::new(),
            password: String::new(),
            keep_alive: 120,
            clean_session: true,
            will: None,
            max_remaining_length: 4 * 1024 * 1024,
            max_in_flight: 20,
            max_held: 50_000,
            max_held_bytes: 64 * 1024 * 1024,
        }
    }
}

impl fmt::Debug for Options {
    /// Leaves the password out, so that no log can hold it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("client_id", &self.client_id)
            .field("username", &self.username)
            .field("keep_alive", &self.keep_alive)
            .field("clean_session", &self.clean_session)
            .field("will", &self.will)
            .finish_non_exhaustive()
    }
}
