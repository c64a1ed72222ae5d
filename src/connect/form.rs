//! What is typed to log in, and what it becomes.

use onenet::credentials::{CredentialsError, Field};
use onenet::legacy::rules::{self, Finding, Login, Readings};
use onenet::{Credentials, Timestamp};
use session::{Message, Options};
use time::OffsetDateTime;

use crate::connect::place::{AddressProblem, PageAddress, Place};
use crate::connect::will::{WillForm, WillProblem};
use crate::upload::{Upload, UploadForm};

/// The texts of the form, as typed.
#[derive(Clone, PartialEq, Eq)]
pub struct ConnectForm {
    /// 设备 ID.
    pub device_id: String,
    /// 产品 ID.
    pub product_id: String,
    /// 鉴权信息: a secret.
    pub auth_info: String,
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

/// What is chosen as the place to connect to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// The simulated platform in this page.
    InPage,
    /// An upstream of the relay that served this page, by name.
    Upstream(String),
    /// Any WebSocket address.
    Address,
}

impl Destination {
    /// A text that names it in a list of choices.
    pub fn key(&self) -> String {
        match self {
            Self::InPage => "page".to_owned(),
            Self::Address => "address".to_owned(),
            Self::Upstream(name) => format!("{UPSTREAM_KEY}{name}"),
        }
    }

    /// The destination that a text names; the page where it names none.
    pub fn from_key(key: &str) -> Self {
        match (key, key.strip_prefix(UPSTREAM_KEY)) {
            (_, Some(name)) => Self::Upstream(name.to_owned()),
            ("address", None) => Self::Address,
            (_, None) => Self::InPage,
        }
    }
}

impl Destination {
    /// Whether a platform is there that is simulated for sure: nothing real can come to harm.
    pub fn is_simulated(&self) -> bool {
        match self {
            Self::InPage => true,
            Self::Upstream(name) => name == "simulator",
            Self::Address => false,
        }
    }

    /// Whether the legacy platform or its simulation is there, whose rules hold then.
    pub fn is_legacy_onenet(&self) -> bool {
        match self {
            Self::InPage => true,
            Self::Upstream(name) => matches!(name.as_str(), "simulator" | "onenet"),
            Self::Address => false,
        }
    }
}

const UPSTREAM_KEY: &str = "relay/";

impl Default for ConnectForm {
    /// The device of the script that most beginners copy.
    fn default() -> Self {
        Self {
            device_id: "29455901".to_owned(),
            product_id: "12555524".to_owned(),
            auth_info: "JHFDJF55586jhk".to_owned(),
            keep_alive: "120".to_owned(),
            clean_session: true,
            will: WillForm::default(),
            destination: Destination::InPage,
            address: String::new(),
            upload_first: true,
        }
    }
}

impl std::fmt::Debug for ConnectForm {
    /// Leaves the auth info out, so that no log can hold it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConnectForm")
            .field("device_id", &self.device_id)
            .field("product_id", &self.product_id)
            .field("destination", &self.destination)
            .finish_non_exhaustive()
    }
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectField {
    /// 设备 ID.
    DeviceId,
    /// 产品 ID.
    ProductId,
    /// 鉴权信息.
    AuthInfo,
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
    /// A part of the login cannot be sent.
    Credentials(CredentialsError),
    /// The keep alive is no whole number of seconds from 0 to 65535.
    KeepAlive,
    /// The last will cannot be left.
    Will(WillProblem),
    /// The address cannot be used.
    Address(AddressProblem),
    /// The upload form has mistakes, and it is to be sent after the login.
    UploadFirst,
}

impl ConnectForm {
    /// What the form asks for.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, each with its field.
    pub fn parse(
        &self,
        page: &PageAddress,
        upload: &UploadForm,
    ) -> Result<Target, Vec<(ConnectField, ConnectProblem)>> {
        let credentials = self.credentials();
        let keep_alive = self.keep_alive();
        let (will, place) = (self.will.parse(), self.place(page));
        // Any time will do: whether the form is good does not depend on it.
        let first_is_good = !self.upload_first || upload.parse(Timestamp::default()).is_ok();
        match (credentials, keep_alive, will, place) {
            (Ok(credentials), Some(keep_alive), Ok(will), Ok(place)) if first_is_good => Ok(Target {
                destination: self.destination.clone(),
                place,
                credentials,
                keep_alive,
                clean_session: self.clean_session,
                will,
                first: self.upload_first.then(|| upload.clone()),
            }),
            (credentials, keep_alive, will, place) => {
                let mut problems = credentials.err().unwrap_or_default();
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

    /// How a session would log in; `None` while a part of the login has mistakes. Needs no place to go to.
    pub fn options(&self) -> Option<Options> {
        let (credentials, will) = (self.credentials().ok()?, self.will.parse().ok()?);
        Some(options(&credentials, self.keep_alive()?, self.clean_session, will))
    }

    /// The rules of OneNET that this login breaks, though it can be sent. None where it goes elsewhere.
    pub fn findings(&self, readings: &Readings) -> Vec<Finding> {
        match self.keep_alive() {
            Some(keep_alive) if self.destination.is_legacy_onenet() => {
                let login = Login::new(&self.device_id, &self.product_id, &self.auth_info, keep_alive);
                let flags = login.flags | self.will.flags();
                rules::check_login(&Login { flags, ..login }, readings)
            }
            Some(_) | None => Vec::new(),
        }
    }

    /// The rules of OneNET that the will breaks, though it can be left.
    pub fn will_findings(&self, readings: &Readings) -> Vec<Finding> {
        if self.destination.is_legacy_onenet() { self.will.findings(readings) } else { Vec::new() }
    }

    /// The rules of OneNET that the first upload breaks, though it can be sent.
    pub fn first_findings(&self, upload: &UploadForm, readings: &Readings) -> Vec<Finding> {
        if !self.upload_first || !self.destination.is_legacy_onenet() {
            return Vec::new();
        }
        // A form with mistakes is an error of its own.
        upload.parse(Timestamp::default()).map_or_else(|_| Vec::new(), |upload| upload.findings(readings))
    }

    fn credentials(&self) -> Result<Credentials, Vec<(ConnectField, ConnectProblem)>> {
        // One at a time with stand-ins for the others, so that every wrong field is named at once.
        let checks = [
            Credentials::legacy(&self.device_id, "1", "1"),
            Credentials::legacy("1", &self.product_id, "1"),
            Credentials::legacy("1", "1", &self.auth_info),
        ];
        let problems: Vec<_> = checks
            .into_iter()
            .filter_map(Result::err)
            .map(|error| (ConnectField::from(error.field), ConnectProblem::Credentials(error)))
            .collect();
        match Credentials::legacy(&self.device_id, &self.product_id, &self.auth_info) {
            Ok(credentials) => Ok(credentials),
            Err(_) => Err(problems),
        }
    }

    /// Any that a CONNECT can say. Which of them the platform takes is one of its rules (§1.2).
    fn keep_alive(&self) -> Option<u16> {
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

impl From<Field> for ConnectField {
    fn from(field: Field) -> Self {
        match field {
            Field::DeviceId => Self::DeviceId,
            Field::ProductId => Self::ProductId,
            Field::AuthInfo => Self::AuthInfo,
        }
    }
}

/// Where and as whom to log in: a form that was found good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// What was chosen as the place.
    pub destination: Destination,
    /// Where to.
    pub place: Place,
    /// As whom.
    pub credentials: Credentials,
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
    /// How the session logs in.
    pub fn options(&self) -> Options {
        options(&self.credentials, self.keep_alive, self.clean_session, self.will.clone())
    }

    /// Names what is kept for this device there: the same whatever else the login says.
    pub fn key(&self) -> String {
        // Neither an address nor the page has a line break.
        format!("{}\n{}", self.place.name(), self.credentials.client_id())
    }

    /// The first upload after a login at `now`, if one is wanted and can be sent.
    pub fn first_upload(&self, now: OffsetDateTime) -> Option<Upload> {
        self.first.as_ref()?.parse(Timestamp::from_utc(now.to_utc())).ok()
    }
}

fn options(
    credentials: &Credentials,
    keep_alive: u16,
    clean_session: bool,
    will: Option<Message>,
) -> Options {
    Options {
        client_id: credentials.client_id().to_owned(),
        username: credentials.username().to_owned(),
        password: credentials.password().to_owned(),
        keep_alive,
        clean_session,
        will,
        ..Options::default()
    }
}

#[cfg(test)]
mod tests {
    use onenet::legacy::rules::RuleId;

    use super::*;

    fn problems(form: ConnectForm) -> Vec<(ConnectField, ConnectProblem)> {
        let page = PageAddress { secure: true, ..PageAddress::default() };
        form.parse(&page, &UploadForm::default()).unwrap_err()
    }

    #[test]
    fn the_demo_can_be_sent() {
        let target = ConnectForm::default().parse(&PageAddress::default(), &UploadForm::default()).unwrap();
        assert_eq!(target.place, Place::InPage);
        assert_eq!(target.options().client_id, "29455901");
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
    fn a_first_upload_that_breaks_a_rule_is_pointed_at() {
        let upload = UploadForm {
            content: crate::upload::Content::Message,
            topic: "room-1".to_owned(),
            ..UploadForm::default()
        };
        let rules = |form: &ConnectForm| -> Vec<RuleId> {
            let findings = form.first_findings(&upload, &Readings::default());
            findings.iter().map(|finding| finding.rule).collect()
        };
        assert_eq!(rules(&ConnectForm::default()), [RuleId::TopicCharacters]);
        assert_eq!(rules(&ConnectForm { upload_first: false, ..ConnectForm::default() }), []);
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

    #[test]
    fn ids_that_onenet_never_gives_out_are_pointed_at_and_can_be_sent() {
        let form = ConnectForm { device_id: "my-board".to_owned(), ..ConnectForm::default() };
        let rules = |form: &ConnectForm| -> Vec<RuleId> {
            form.findings(&Readings::default()).iter().map(|finding| finding.rule).collect()
        };
        assert_eq!(rules(&form), [RuleId::DeviceIdDecimal]);
        assert!(form.parse(&PageAddress::default(), &UploadForm::default()).is_ok());
        let for_ever = ConnectForm { keep_alive: "0".to_owned(), ..ConnectForm::default() };
        assert_eq!(rules(&for_ever), [RuleId::KeepAliveRange]);
        let elsewhere = ConnectForm { destination: Destination::Address, ..form };
        assert_eq!(rules(&elsewhere), [], "other servers have other rules");
    }
}
