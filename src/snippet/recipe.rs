//! What a program has to send: what both forms say, as values and as the frames that they make.

use std::fmt;

use bytes::Bytes;
use onenet::{Generation, Timestamp};
use session::Message;

use super::server::Server;
use crate::connect::{ConnectField, ConnectForm, ConnectProblem, Destination, PageAddress};
use crate::upload::{Sender, UploadField, UploadForm, UploadProblem};

/// Everything that a program needs to log in and to publish one message.
#[derive(Clone, PartialEq, Eq)]
pub struct Recipe {
    /// Where to.
    pub server: Server,
    /// What the device speaks.
    pub generation: Generation,
    /// 设备 ID or 设备名称, without U+0000.
    pub client_id: String,
    /// 产品 ID, without U+0000.
    pub username: String,
    /// 鉴权信息 or a token, or its length only.
    pub password: Password,
    /// Keep alive in seconds.
    pub keep_alive: u16,
    /// Whether the server forgets the device when it leaves.
    pub clean_session: bool,
    /// What the server publishes when the connection breaks.
    pub will: Option<Message>,
    /// What is published first, with packet identifier 1 where it needs one.
    pub message: Message,
    /// The CONNECT; a hidden password is as many `*`.
    pub connect: Bytes,
    /// The PUBLISH.
    pub publish: Bytes,
}

/// The password of a login, as far as a program may show it.
#[derive(Clone, PartialEq, Eq)]
pub enum Password {
    /// Left out: no program made from this can hold it.
    Hidden {
        /// Its length in bytes.
        length: usize,
    },
    /// Asked for. A secret, without U+0000.
    Shown(String),
}

/// Why there is no program yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// The login form has a mistake.
    Login(ConnectField, ConnectProblem),
    /// The upload form has a mistake.
    Upload(UploadField, UploadProblem),
    /// Both frames together are longer than [`LONGEST`].
    TooLong {
        /// Their length in bytes.
        length: usize,
    },
}

/// The most bytes of both frames that become code. Nobody reads more, and boards have no more memory.
pub const LONGEST: usize = 32_768;

/// The packet identifier of the first message in a session.
const PACKET_ID: u16 = 1;

impl Recipe {
    /// What the forms say at the time `now`, with the password.
    ///
    /// # Errors
    ///
    /// Everything that is missing. The WebSocket address is none of it: programs need none.
    pub fn new(
        server: Server,
        login: &ConnectForm,
        upload: &UploadForm,
        now: Timestamp,
    ) -> Result<Self, Vec<Missing>> {
        let login = ConnectForm { destination: Destination::InPage, upload_first: false, ..login.clone() };
        let target = login.parse(&PageAddress::default(), upload);
        // Who logs in sends it, whoever is connected meanwhile.
        let upload = upload.sent_by(Sender::of(&login));
        let (target, upload) = match (target, upload.parse(now)) {
            (Ok(target), Ok(upload)) => (target, upload),
            (target, upload) => {
                let login = target.err().unwrap_or_default().into_iter();
                let upload = upload.err().unwrap_or_default().into_iter();
                let login = login.map(|(field, problem)| Missing::Login(field, problem));
                return Err(login
                    .chain(upload.map(|(field, problem)| Missing::Upload(field, problem)))
                    .collect());
            }
        };
        let options = target.options(now.to_unix_seconds());
        let message = Message::from(&upload);
        // Both forms were found good: only what is too long for a frame is left to be refused.
        let (Ok(connect), Ok(publish)) = (options.frame(), message.frame(Some(PACKET_ID))) else {
            return Err(vec![Missing::TooLong { length: message.topic.len() + message.payload.len() }]);
        };
        let length = connect.len() + publish.len();
        if length > LONGEST {
            return Err(vec![Missing::TooLong { length }]);
        }
        Ok(Self {
            server,
            generation: target.generation,
            client_id: options.client_id,
            username: options.username,
            password: Password::Shown(options.password),
            keep_alive: options.keep_alive,
            clean_session: options.clean_session,
            will: options.will,
            message,
            connect,
            publish,
        })
    }

    /// The same without the password.
    #[must_use]
    pub fn without_password(self) -> Self {
        let Password::Shown(password) = &self.password else { return self };
        let length = password.len();
        // It is the last field of a CONNECT (MQTT 3.1.1 §3.1.3).
        let mut connect = self.connect.to_vec();
        let start = connect.len().saturating_sub(length);
        connect[start..].fill(b'*');
        Self { password: Password::Hidden { length }, connect: connect.into(), ..self }
    }
}

impl Password {
    /// Its length in bytes.
    pub fn len(&self) -> usize {
        match self {
            Self::Hidden { length } => *length,
            Self::Shown(password) => password.len(),
        }
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl fmt::Debug for Password {
    /// Leaves the secret out, so that no log can hold it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hidden { .. } => f.write_str("Hidden"),
            Self::Shown(_) => f.write_str("Shown"),
        }
    }
}

impl fmt::Debug for Recipe {
    /// Leaves the CONNECT out: the password is in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recipe")
            .field("server", &self.server)
            .field("client_id", &self.client_id)
            .field("username", &self.username)
            .field("password", &self.password)
            .field("message", &self.message)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upload::Content;

    fn server() -> Server {
        Server::parse("127.0.0.1", "6002").unwrap()
    }

    fn recipe(login: &ConnectForm, upload: &UploadForm) -> Result<Recipe, Vec<Missing>> {
        Recipe::new(server(), login, upload, Timestamp::default())
    }

    #[test]
    fn says_what_the_session_says() {
        let recipe = recipe(&ConnectForm::default(), &UploadForm::default()).unwrap();
        assert_eq!(recipe.connect[..2], [0x10, 0x2E]);
        assert!(recipe.connect.ends_with(
            b"\0\x0e".as_slice().iter().chain(b"JHFDJF55586jhk").copied().collect::<Vec<_>>().as_slice()
        ));
        assert_eq!(recipe.publish[..9], *b"\x32\x61\0\x03$dp\0\x01");
    }

    #[test]
    fn without_its_password_it_holds_the_length_only() {
        let recipe = recipe(&ConnectForm::default(), &UploadForm::default()).unwrap().without_password();
        assert_eq!(recipe.password, Password::Hidden { length: 14 });
        assert!(recipe.connect.ends_with(b"\0\x0e**************"));
        assert_eq!(recipe.clone().without_password(), recipe);
    }

    #[test]
    fn names_what_is_missing_in_both_forms() {
        let login = ConnectForm {
            keep_alive: "soon".to_owned(),
            // A program has no use for it.
            destination: Destination::Address,
            address: "http://nowhere".to_owned(),
            ..ConnectForm::default()
        };
        let upload = UploadForm { content: Content::Message, ..UploadForm::default() };
        let missing = recipe(&login, &upload).unwrap_err();
        assert!(
            matches!(
                missing.as_slice(),
                [
                    Missing::Login(ConnectField::KeepAlive, ConnectProblem::KeepAlive),
                    Missing::Upload(UploadField::Topic, UploadProblem::Topic(_)),
                ]
            ),
            "{missing:?}"
        );
    }

    #[test]
    fn what_nobody_would_read_becomes_no_code() {
        let upload = UploadForm {
            content: Content::Message,
            topic: "a".to_owned(),
            text: "x".repeat(LONGEST),
            ..UploadForm::default()
        };
        let missing = recipe(&ConnectForm::default(), &upload).unwrap_err();
        assert!(matches!(missing.as_slice(), [Missing::TooLong { length: 32_825 }]), "{missing:?}");
    }

    #[test]
    fn the_secret_stays_out_of_debug_output() {
        let recipe = recipe(&ConnectForm::default(), &UploadForm::default()).unwrap();
        assert!(!format!("{recipe:?} {:?}", recipe.password).contains("JHF"));
    }
}
