//! May this CONNECT be sent (reference §1.2)?

use std::fmt;

use super::super::finding::Finding;
use super::super::id::RuleId;
use super::super::reading::Readings;
use super::reading::Will;
use crate::credentials::is_decimal;

/// What a CONNECT says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Login<'a> {
    /// The protocol name; `MQTT`.
    pub protocol_name: &'a str,
    /// The protocol level; 4.
    pub protocol_level: u8,
    /// The byte of connect flags, as it is sent.
    pub flags: u8,
    /// Seconds.
    pub keep_alive: u16,
    /// 设备 ID, the client identifier.
    pub device_id: &'a str,
    /// 产品 ID, the user name. Not looked at where its flag is 0.
    pub product_id: &'a str,
    /// 鉴权信息, the password. Not looked at where its flag is 0.
    pub auth_info: &'a str,
}

impl fmt::Debug for Login<'_> {
    /// Leaves the auth info out, so that no log can hold it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login")
            .field("device_id", &self.device_id)
            .field("product_id", &self.product_id)
            .field("flags", &self.flags)
            .field("keep_alive", &self.keep_alive)
            .finish_non_exhaustive()
    }
}

impl<'a> Login<'a> {
    /// An ordinary login with clean session 1 and no will.
    pub fn new(device_id: &'a str, product_id: &'a str, auth_info: &'a str, keep_alive: u16) -> Self {
        let flags = LOGIN_FLAGS | CLEAN_SESSION;
        Self { protocol_name: "MQTT", protocol_level: 4, flags, keep_alive, device_id, product_id, auth_info }
    }
}

const LOGIN_FLAGS: u8 = 0xC0;
const WILL_BITS: u8 = 0x38;
const WILL_QOS_3: u8 = 0x18;
const WILL: u8 = 0x04;
const CLEAN_SESSION: u8 = 0x02;
const RESERVED: u8 = 0x01;

/// The rules that a login breaks: those that close the connection first, then those that are answered.
pub fn check_login(login: &Login<'_>, readings: &Readings) -> Vec<Finding> {
    let flags = login.flags;
    let mut findings = Vec::new();
    let mut find = |broken: bool, finding: Finding| {
        if broken {
            findings.push(finding);
        }
    };
    find(login.protocol_name != "MQTT", Finding::new(RuleId::ProtocolName));
    find(flags & RESERVED != 0, Finding::bits(RuleId::ReservedFlag, flags));
    find(flags & LOGIN_FLAGS != LOGIN_FLAGS, Finding::bits(RuleId::LoginFlags, flags));
    let contradicts = flags & WILL_QOS_3 == WILL_QOS_3 || (flags & WILL == 0 && flags & WILL_BITS != 0);
    find(contradicts, Finding::bits(RuleId::WillFlags, flags));
    find(flags & WILL != 0 && readings.will == Will::Refused, Finding::bits(RuleId::Will, flags));
    find(
        !readings.keep_alive.takes(login.keep_alive),
        Finding::number(RuleId::KeepAliveRange, login.keep_alive.into()),
    );

    find(login.protocol_level != 4, Finding::number(RuleId::ProtocolLevel, login.protocol_level.into()));
    find(login.device_id.is_empty(), Finding::new(RuleId::DeviceIdEmpty));
    find(is_foreign(login.device_id), Finding::new(RuleId::DeviceIdDecimal));
    if flags & LOGIN_FLAGS == LOGIN_FLAGS {
        find(login.product_id.is_empty(), Finding::new(RuleId::ProductIdEmpty));
        find(is_foreign(login.product_id), Finding::new(RuleId::ProductIdDecimal));
        find(login.auth_info.is_empty(), Finding::new(RuleId::AuthInfoEmpty));
    }
    findings
}

fn is_foreign(id: &str) -> bool {
    !id.is_empty() && !is_decimal(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::legacy::KeepAlive;

    const GOOD: Login<'static> = Login {
        protocol_name: "MQTT",
        protocol_level: 4,
        flags: 0xC2,
        keep_alive: 120,
        device_id: "29455901",
        product_id: "12555524",
        auth_info: "JHFDJF55586jhk",
    };

    #[track_caller]
    fn check(login: Login<'_>, findings: &[&str]) {
        let found = check_login(&login, &Readings::default());
        assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), findings);
    }

    #[test]
    fn keeps_the_secret_out_of_debug_output() {
        let login = Login::new("29455901", "12555524", "JHFDJF55586jhk", 120);
        assert!(!format!("{login:?}").contains("JHFDJF55586jhk"));
    }

    #[test]
    fn finds_nothing_wrong_with_an_ordinary_login() {
        check(GOOD, &[]);
        check(Login::new("654804584", "388631", "um151515", 1), &[]);
        // With a will, at QoS 2 and retained.
        check(Login { flags: 0xF4, ..GOOD }, &[]);
    }

    #[test]
    fn finds_every_broken_rule_of_a_login() {
        check(Login { flags: 0xC3, ..GOOD }, &["reserved-flag: found 0b11000011"]);
        check(Login { flags: 0x82, ..GOOD }, &["login-flags: found 0b10000010"]);
        check(Login { flags: 0xDE, ..GOOD }, &["will-flags: found 0b11011110"]);
        check(Login { flags: 0xE2, ..GOOD }, &["will-flags: found 0b11100010"]);
        check(
            Login { device_id: "board", product_id: "", auth_info: "", keep_alive: 0, ..GOOD },
            &["keep-alive-range: found 0", "device-id-decimal", "product-id-empty", "auth-info-empty"],
        );
        check(
            Login { protocol_name: "MQIsdp", protocol_level: 3, device_id: "", product_id: "x", ..GOOD },
            &["protocol-name", "protocol-level: found 3", "device-id-empty", "product-id-decimal"],
        );
    }

    #[test]
    fn follows_the_readings() {
        let readings =
            Readings { will: Will::Refused, keep_alive: KeepAlive::From120, ..Readings::default() };
        let found = check_login(&Login { flags: 0xC6, keep_alive: 119, ..GOOD }, &readings);
        assert_eq!(found, [Finding::bits(RuleId::Will, 0xC6), Finding::number(RuleId::KeepAliveRange, 119)]);
    }
}
