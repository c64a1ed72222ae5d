//! Whose rules hold for a login, and which of them it breaks though it can be sent.

use onenet::rules::{Finding, Readings, legacy, sys};
use onenet::{Generation, Timestamp};

use crate::connect::destination::Destination;
use crate::connect::form::ConnectForm;
use crate::connect::token::TokenSource;
use crate::upload::{Objection, Sender, UploadForm};

/// Where in a CONNECT the flags say so (MQTT 3.1.1 §3.1.2.3).
const CLEAN_SESSION: u8 = 0x02;

/// A keep alive that every platform takes, in seconds.
const KEEP_ALIVE: u16 = 120;

impl ConnectForm {
    /// Whose rules hold where the form points to, `None` where nobody knows.
    pub fn onenet(&self) -> Option<Generation> {
        self.destination.rules(self.generation)
    }

    /// Whether devices of this generation cannot log in where the form points to.
    pub fn is_misdirected(&self) -> bool {
        !self.destination.generations().contains(&self.generation)
    }

    /// Points it somewhere else. Where devices of this generation cannot log in, another one is chosen.
    pub fn aim(&mut self, destination: Destination) {
        let generations = destination.generations();
        if let (false, Some(usual)) = (generations.contains(&self.generation), generations.first()) {
            self.choose(*usual);
        }
        self.destination = destination;
    }

    /// The rules of OneNET that this login breaks, though it can be sent. None where it goes elsewhere.
    pub fn findings(&self, readings: &Readings) -> Vec<Finding> {
        // One that cannot be read is a mistake of its own, and must not hide what else is wrong.
        let keep_alive = self.keep_alive().unwrap_or(KEEP_ALIVE);
        let flags = self.will.flags() | if self.clean_session { CLEAN_SESSION } else { 0 };
        let (device, product) = (self.device_id.as_str(), self.product_id.as_str());
        match self.onenet() {
            Some(Generation::Legacy) => {
                let login = legacy::Login::new(device, product, &self.auth_info, keep_alive);
                let flags = login.flags & !CLEAN_SESSION | flags;
                legacy::check_login(&legacy::Login { flags, ..login }, readings)
            }
            Some(Generation::Suite | Generation::Studio) => {
                // What it says is judged by the doctor.
                let token = match self.token.source {
                    TokenSource::Key => "signed",
                    TokenSource::Pasted => &self.token.token,
                };
                let login = sys::Login::new(device, product, token, keep_alive);
                let flags = login.flags & !CLEAN_SESSION | flags;
                sys::check_login(&sys::Login { flags, ..login }, readings)
            }
            None => Vec::new(),
        }
    }

    /// The rules of OneNET that the will breaks, though it can be left. That platforms with tokens take none at all,
    /// [`Self::findings`] says.
    pub fn will_findings(&self, readings: &Readings) -> Vec<Finding> {
        match self.onenet() {
            Some(Generation::Legacy) => self.will.findings(readings),
            Some(Generation::Suite | Generation::Studio) | None => Vec::new(),
        }
    }

    /// What OneNET will object to in the first upload, though it can be sent.
    pub fn first_objections(&self, upload: &UploadForm, readings: &Readings) -> Vec<Objection> {
        if !self.upload_first || self.onenet().is_none() {
            return Vec::new();
        }
        // A form with mistakes is an error of its own.
        let upload = upload.sent_by(Sender::of(self));
        let parsed = upload.parse(Timestamp::default());
        parsed.map(|parsed| upload.objections(&parsed, readings)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use onenet::rules::RuleId;

    use super::*;
    use crate::connect::PageAddress;
    use crate::upload::Content;

    fn rules(form: &ConnectForm) -> Vec<RuleId> {
        form.findings(&Readings::default()).iter().map(|finding| finding.rule).collect()
    }

    fn first_rules(form: &ConnectForm, upload: &UploadForm) -> Vec<RuleId> {
        let objections = form.first_objections(upload, &Readings::default());
        let rule = |objection: &Objection| match objection {
            Objection::Rule(finding) => Some(finding.rule),
            Objection::Value(_) => None,
        };
        objections.iter().filter_map(rule).collect()
    }

    #[test]
    fn a_first_upload_that_breaks_a_rule_is_pointed_at() {
        let upload =
            UploadForm { content: Content::Message, topic: "room-1".to_owned(), ..UploadForm::default() };
        assert_eq!(first_rules(&ConnectForm::default(), &upload), [RuleId::TopicCharacters]);
        let later = ConnectForm { upload_first: false, ..ConnectForm::default() };
        assert_eq!(first_rules(&later, &upload), []);
    }

    #[test]
    fn ids_that_onenet_never_gives_out_are_pointed_at_and_can_be_sent() {
        let form = ConnectForm { device_id: "my-board".to_owned(), ..ConnectForm::default() };
        assert_eq!(rules(&form), [RuleId::DeviceIdDecimal]);
        assert!(form.parse(&PageAddress::default(), &UploadForm::default()).is_ok());
        let for_ever = ConnectForm { keep_alive: "0".to_owned(), ..ConnectForm::default() };
        assert_eq!(rules(&for_ever), [RuleId::KeepAliveRange]);
        let elsewhere = ConnectForm { destination: Destination::Address, ..form };
        assert_eq!(rules(&elsewhere), [], "other servers have other rules");
    }

    #[test]
    fn a_platform_with_tokens_takes_one_way_of_logging_in_only() {
        let mut form = ConnectForm::default();
        form.choose(Generation::Studio);
        assert_eq!(rules(&form), []);
        form.will.on = true;
        form.clean_session = false;
        form.keep_alive = "5".to_owned();
        assert_eq!(rules(&form), [RuleId::SysWill, RuleId::SysCleanSession, RuleId::SysKeepAliveRange]);
        assert_eq!(form.will_findings(&Readings::default()), []);
    }

    #[test]
    fn data_points_of_the_legacy_platform_are_no_first_upload_elsewhere() {
        let mut form = ConnectForm::default();
        form.choose(Generation::Suite);
        let upload = UploadForm {
            sender: Sender::of(&form),
            content: Content::Message,
            topic: "$dp".to_owned(),
            ..UploadForm::default()
        };
        assert_eq!(first_rules(&form, &upload), [RuleId::SysTopicForeign]);
    }

    #[test]
    fn the_place_chooses_the_generation() {
        let upstream = |name: &str| Destination::Upstream(name.to_owned());
        let mut form = ConnectForm::default();
        for (name, generation) in [
            ("onenet-suite", Generation::Suite),
            ("simulator", Generation::Suite),
            ("onenet-studio", Generation::Studio),
            // The suite's address takes both.
            ("onenet-suite", Generation::Studio),
            ("onenet", Generation::Legacy),
            ("broker", Generation::Legacy),
        ] {
            form.aim(upstream(name));
            assert_eq!((form.generation, form.is_misdirected()), (generation, false), "{name}");
        }
        form.aim(upstream("onenet-studio"));
        form.choose(Generation::Legacy);
        assert!(form.is_misdirected());
        assert_eq!(form.onenet(), None);
    }

    #[test]
    fn rules_hold_where_onenet_is() {
        let onenet = |destination, generation| {
            ConnectForm { destination, generation, ..ConnectForm::default() }.onenet()
        };
        assert_eq!(onenet(Destination::InPage, Generation::Legacy), Some(Generation::Legacy));
        assert_eq!(onenet(Destination::Address, Generation::Legacy), None, "any broker has user names");
        assert_eq!(onenet(Destination::Address, Generation::Suite), Some(Generation::Suite));
    }
}
