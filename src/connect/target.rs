//! Where and as whom to log in: what a form becomes that was found good.

use onenet::{Generation, Timestamp};
use session::{Message, Options};
use time::OffsetDateTime;

use crate::connect::destination::Destination;
use crate::connect::login::Login;
use crate::connect::place::Place;
use crate::upload::{Sender, Upload, UploadForm};

/// Where and as whom to log in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// What was chosen as the place.
    pub destination: Destination,
    /// Where to.
    pub place: Place,
    /// What the device speaks.
    pub generation: Generation,
    /// As whom.
    pub login: Login,
    /// Keep alive in seconds.
    pub keep_alive: u16,
    /// Whether the platform forgets the device when it leaves.
    pub clean_session: bool,
    /// What the platform publishes when the connection breaks.
    pub will: Option<Message>,
    /// What to upload as soon as a login is accepted, as it was typed: its time may be "now".
    pub first: Option<UploadForm>,
}

impl Target {
    /// How the session logs in at `now`, in seconds since 1970 UTC.
    pub fn options(&self, now: u64) -> Options {
        options(&self.login, now, self.keep_alive, self.clean_session, self.will.clone())
    }

    /// Names what is kept for this device there: the same whatever else the login says. Device names of platforms
    /// with tokens are unique in their product only.
    pub fn key(&self) -> String {
        let place = self.place.name();
        let Login { client_id, username, .. } = &self.login;
        // Neither an address nor the page has a line break.
        match self.generation {
            Generation::Legacy => format!("{place}\n{client_id}"),
            Generation::Suite | Generation::Studio => format!("{place}\n{username}/{client_id}"),
        }
    }

    /// The first upload after a login at `now`, if one is wanted and can be sent.
    pub fn first_upload(&self, now: OffsetDateTime) -> Option<Upload> {
        self.first.as_ref()?.parse(Timestamp::from_utc(now.to_utc())).ok()
    }
}

/// The login that uploads belong to, from the first try to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aimed {
    /// Where to.
    pub destination: Destination,
    /// As whom.
    pub sender: Sender,
}

impl Aimed {
    /// What belongs to a target.
    pub fn at(target: &Target) -> Self {
        Self { destination: target.destination.clone(), sender: Sender::at(target) }
    }

    /// Whose rules hold there; `None` where nobody knows.
    pub fn onenet(&self) -> Option<Generation> {
        self.destination.rules(self.sender.generation)
    }
}

/// How a session logs in at `now`, in seconds since 1970 UTC.
pub(super) fn options(
    login: &Login,
    now: u64,
    keep_alive: u16,
    clean_session: bool,
    will: Option<Message>,
) -> Options {
    Options {
        client_id: login.client_id.clone(),
        username: login.username.clone(),
        password: login.password(now),
        keep_alive,
        clean_session,
        will,
        ..Options::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connect::{ConnectForm, PageAddress};

    #[test]
    fn device_names_are_unique_in_their_product_only() {
        let key = |generation, product: &str| {
            let mut form = ConnectForm::default();
            form.choose(generation);
            form.product_id = product.to_owned();
            form.parse(&PageAddress::default(), &UploadForm::default()).unwrap().key()
        };
        assert_eq!(key(Generation::Legacy, "1"), "\n29455901");
        assert_eq!(key(Generation::Suite, "1"), "\n1/demo-board");
        assert_eq!(key(Generation::Studio, "2"), "\n2/demo-board");
    }
}
