//! What is typed to log in, and what it becomes.

use std::fmt;

use onenet::credentials::CredentialsError;
use onenet::token::KeyError;
use onenet::{Generation, Timestamp};
use session::Options;

use crate::connect::demo;
use crate::connect::destination::Destination;
use crate::connect::place::{AddressProblem, PageAddress, Place};
use crate::connect::target::{Target, options};
use crate::connect::token::TokenForm;
use crate::connect::will::{WillForm, WillProblem};
use crate::upload::{Sender, UploadForm};

/// The texts of the form, as typed.
#[derive(Clone, PartialEq, Eq)]
pub struct ConnectForm {
    /// What the device speaks.
    pub generation: Generation,
    /// 设备 ID, on platforms with tokens 设备名称.
    pub device_id: String,
    /// 产品 ID.
    pub product_id: String,
    /// 鉴权信息 of the legacy platform: a secret.
    pub auth_info: String,
    /// The token of the other platforms.
    pub token: TokenForm,
    /// Keep alive in seconds.
    pub keep_alive: String,
    /// Whether the platform forgets the device when it leaves.
    pub clean_session: bool,
    /// What the platform publishes when the connection breaks.
    pub will: WillForm,
    /// Where to connect to.
    pub destination: Destination,
    /// The address for [`Destination::Address`].
    pub address: String,
    /// Whether the upload form is sent as soon as a login is accepted.
    pub upload_first: bool,
}

impl Default for ConnectForm {
    /// The legacy device to begin with.
    fn default() -> Self {
        let generation = Generation::Legacy;
        let (device_id, product_id) = demo::ids(generation);
        Self {
            generation,
            device_id,
            product_id,
            auth_info: demo::AUTH_INFO.to_owned(),
            token: demo::token(),
            keep_alive: "120".to_owned(),
            clean_session: true,
            will: WillForm::default(),
            destination: Destination::InPage,
            address: String::new(),
            upload_first: true,
        }
    }
}

impl fmt::Debug for ConnectForm {
    /// Leaves the secrets out, so that no log can hold them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConnectForm")
            .field("generation", &self.generation)
            .field("device_id", &self.device_id)
            .field("product_id", &self.product_id)
            .field("destination", &self.destination)
            .finish_non_exhaustive()
    }
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectField {
    /// 设备 ID or 设备名称.
    DeviceId,
    /// 产品 ID.
    ProductId,
    /// 鉴权信息.
    AuthInfo,
    /// The key that signs tokens.
    Key,
    /// A token that was pasted.
    Token,
    /// The moment when tokens expire.
    Expiry,
    /// Keep alive.
    KeepAlive,
    /// The last will.
    Will,
    /// The WebSocket address.
    Address,
    /// The first upload.
    UploadFirst,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectProblem {
    /// A part of the login cannot be sent to a platform of this generation.
    Credentials(Generation, CredentialsError),
    /// A slash or a control character, which cannot stand in what a token names.
    Unnameable,
    /// The key signs nothing.
    Key(KeyError),
    /// The key is that of the device to begin with, and the platform there knows another one for this device.
    DemoKey,
    /// The moment when tokens expire cannot be read.
    Expiry,
    /// The keep alive is no whole number of seconds from 0 to 65535.
    KeepAlive,
    /// The last will cannot be left.
    Will(WillProblem),
    /// The address cannot be used.
    Address(AddressProblem),
    /// The upload form has mistakes, and it is to be sent after the login.
    UploadFirst,
}

/// What is wrong, each with its field.
pub(super) type Problems = Vec<(ConnectField, ConnectProblem)>;

impl ConnectForm {
    /// What the form asks for.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, each with its field.
    pub fn parse(&self, page: &PageAddress, upload: &UploadForm) -> Result<Target, Problems> {
        let (login, keep_alive) = (self.login(), self.keep_alive());
        let (will, place) = (self.will.parse(), self.place(page));
        // Any time will do: whether the form is good does not depend on it.
        // Another device may still be connected, and what is uploaded meanwhile is in its name.
        let first = self.upload_first.then(|| upload.sent_by(Sender::of(self)));
        let first_is_good = first.as_ref().is_none_or(|first| first.parse(Timestamp::default()).is_ok());
        match (login, keep_alive, will, place) {
            (Ok(login), Some(keep_alive), Ok(will), Ok(place)) if first_is_good => Ok(Target {
                destination: self.destination.clone(),
                place,
                generation: self.generation,
                login,
                keep_alive,
                clean_session: self.clean_session,
                will,
                first,
            }),
            (login, keep_alive, will, place) => {
                let mut problems = login.err().unwrap_or_default();
                if keep_alive.is_none() {
                    problems.push((ConnectField::KeepAlive, ConnectProblem::KeepAlive));
                }
                if let Err(problem) = will {
                    problems.push((ConnectField::Will, ConnectProblem::Will(problem)));
                }
                if let Err(problem) = place {
                    problems.push((ConnectField::Address, ConnectProblem::Address(problem)));
                }
                if !first_is_good {
                    problems.push((ConnectField::UploadFirst, ConnectProblem::UploadFirst));
                }
                Err(problems)
            }
        }
    }

    /// How a session would log in at `now`, in seconds since 1970 UTC; `None` while a part of the login has mistakes.
    /// Needs no place to go to.
    pub fn options(&self, now: u64) -> Option<Options> {
        let (login, will) = (self.login().ok()?, self.will.parse().ok()?);
        Some(options(&login, now, self.keep_alive()?, self.clean_session, will))
    }

    /// Everything in it that is secret; some of it may be empty.
    pub fn secrets(&self) -> [&str; 3] {
        [&self.auth_info, &self.token.key, &self.token.token]
    }

    /// Any that a CONNECT can say. Which of them the platform takes is one of its rules (§1.2, §2.2).
    pub(crate) fn keep_alive(&self) -> Option<u16> {
        self.keep_alive.trim().parse().ok()
    }

    /// Where it goes.
    pub(crate) fn place(&self, page: &PageAddress) -> Result<Place, AddressProblem> {
        match &self.destination {
            Destination::InPage => Ok(Place::InPage),
            Destination::Upstream(name) => Ok(Place::Address(page.relay(name))),
            Destination::Address => page.check(self.address.trim()),
        }
    }
}

#[cfg(test)]
mod tests {
    use time::OffsetDateTime;

    use super::*;

    fn problems(form: ConnectForm) -> Vec<(ConnectField, ConnectProblem)> {
        let page = PageAddress { secure: true, ..PageAddress::default() };
        form.parse(&page, &UploadForm::default()).unwrap_err()
    }

    #[test]
    fn the_demo_can_be_sent() {
        let target = ConnectForm::default().parse(&PageAddress::default(), &UploadForm::default()).unwrap();
        assert_eq!(target.place, Place::InPage);
        assert_eq!(target.options(0).client_id, "29455901");
        assert!(target.first_upload(OffsetDateTime::UNIX_EPOCH).is_some());
    }

    #[test]
    fn names_every_wrong_field_at_once() {
        let form = ConnectForm {
            device_id: String::new(),
            auth_info: "x".repeat(70_000),
            keep_alive: "never".to_owned(),
            destination: Destination::Address,
            address: "ws://broker.example".to_owned(),
            ..ConnectForm::default()
        };
        let fields: Vec<ConnectField> = problems(form).into_iter().map(|(field, _)| field).collect();
        assert_eq!(
            fields,
            [ConnectField::DeviceId, ConnectField::AuthInfo, ConnectField::KeepAlive, ConnectField::Address]
        );
    }

    #[test]
    fn a_first_upload_with_mistakes_is_not_skipped_in_silence() {
        let upload =
            UploadForm { rows: vec![], content: crate::upload::Content::Message, ..UploadForm::default() };
        let refused = ConnectForm::default().parse(&PageAddress::default(), &upload).unwrap_err();
        assert_eq!(refused, [(ConnectField::UploadFirst, ConnectProblem::UploadFirst)]);
        let without = ConnectForm { upload_first: false, ..ConnectForm::default() };
        assert!(without.parse(&PageAddress::default(), &upload).is_ok());
    }

    #[test]
    fn a_keep_alive_is_a_number_of_seconds() {
        for text in ["", "-1", "65536", "two minutes", "1.5"] {
            let form = ConnectForm { keep_alive: text.to_owned(), ..ConnectForm::default() };
            assert_eq!(problems(form), [(ConnectField::KeepAlive, ConnectProblem::KeepAlive)], "{text}");
        }
    }
}
