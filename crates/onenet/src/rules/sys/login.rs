//! May this CONNECT be sent (reference §2.2)? What the token says is `token`'s to judge.

use std::fmt;
use std::ops::RangeInclusive;

use super::super::finding::{Detail, Finding};
use super::super::id::RuleId;
use super::super::reading::Readings;
use crate::sys::{DeviceName, NameError};

/// The keep alives that are taken, in seconds (reference §2.2).
pub const KEEP_ALIVES: RangeInclusive<u16> = 10..=1_800;

/// What a CONNECT says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Login<'a> {
    /// The protocol name; `MQTT`.
    pub protocol_name: &'a str,
    /// The protocol level; 4.
    pub protocol_level: u8,
    /// The byte of connect flags, as it is sent; 0xC2.
    pub flags: u8,
    /// Seconds.
    pub keep_alive: u16,
    /// 设备名称, the client identifier.
    pub device_name: &'a str,
    /// 产品 ID, the user name. Not looked at where its flag is 0.
    pub product_id: &'a str,
    /// The token, the password. Not looked at where its flag is 0.
    pub token: &'a str,
}

impl fmt::Debug for Login<'_> {
    /// Leaves the token out, so that no log can hold it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login")
            .field("device_name", &self.device_name)
            .field("product_id", &self.product_id)
            .field("flags", &self.flags)
            .field("keep_alive", &self.keep_alive)
            .finish_non_exhaustive()
    }
}

impl<'a> Login<'a> {
    /// The one login that there is, but for its names: clean session 1 and no will.
    pub fn new(device_name: &'a str, product_id: &'a str, token: &'a str, keep_alive: u16) -> Self {
        let flags = LOGIN_FLAGS | CLEAN_SESSION;
        Self { protocol_name: "MQTT", protocol_level: 4, flags, keep_alive, device_name, product_id, token }
    }
}

const LOGIN_FLAGS: u8 = 0xC0;
const WILL_FLAGS: u8 = 0x3C;
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
    find(login.protocol_name != "MQTT", Finding::new(RuleId::SysProtocolName));
    find(login.protocol_level != 4, Finding::number(RuleId::SysProtocolLevel, login.protocol_level.into()));
    find(flags & RESERVED != 0, Finding::bits(RuleId::SysReservedFlag, flags));
    find(flags & LOGIN_FLAGS != LOGIN_FLAGS, Finding::bits(RuleId::SysLoginFlags, flags));
    find(flags & WILL_FLAGS != 0, Finding::bits(RuleId::SysWill, flags));
    find(flags & CLEAN_SESSION == 0, Finding::bits(RuleId::SysCleanSession, flags));
    let keep_alive = login.keep_alive;
    find(!KEEP_ALIVES.contains(&keep_alive), Finding::number(RuleId::SysKeepAliveRange, keep_alive.into()));
    find(login.device_name.is_empty(), Finding::new(RuleId::SysDeviceNameEmpty));
    if flags & LOGIN_FLAGS == LOGIN_FLAGS {
        find(login.product_id.is_empty(), Finding::new(RuleId::SysProductIdEmpty));
        let refused = |(_, character): &(usize, char)| !readings.product_ids.takes(*character);
        if let Some((offset, character)) = login.product_id.char_indices().find(refused) {
            let error = NameError::Character { character, offset };
            find(true, Finding { rule: RuleId::SysProductId, detail: Some(Detail::Name(error)) });
        }
        find(login.token.is_empty(), Finding::new(RuleId::SysTokenEmpty));
    }
    if let Err(error @ (NameError::Character { .. } | NameError::TooLong { .. })) =
        DeviceName::parse(login.device_name)
    {
        find(true, Finding { rule: RuleId::SysDeviceName, detail: Some(Detail::Name(error)) });
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::reading::ProductIds;
    use super::*;

    const GOOD: Login<'static> = Login {
        protocol_name: "MQTT",
        protocol_level: 4,
        flags: 0xC2,
        keep_alive: 60,
        device_name: "my_tv",
        product_id: "VRqhDHF2wL",
        token: "version=2018-10-31&res=…",
    };

    #[track_caller]
    fn check(login: Login<'_>, findings: &[&str]) {
        let found = check_login(&login, &Readings::default());
        assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), findings);
    }

    #[test]
    fn keeps_the_token_out_of_debug_output() {
        assert!(!format!("{GOOD:?}").contains("2018"));
    }

    #[test]
    fn finds_nothing_wrong_with_an_ordinary_login() {
        check(GOOD, &[]);
        check(Login::new("ESP8266_01", "321016", "x", 10), &[]);
        check(Login::new("ESP8266-01", "321016", "x", 1_800), &[]);
    }

    #[test]
    fn finds_every_broken_rule_of_a_login() {
        check(Login { flags: 0xC0, ..GOOD }, &["sys-clean-session: found 0b11000000"]);
        check(Login { flags: 0xC6, ..GOOD }, &["sys-will: found 0b11000110"]);
        check(Login { flags: 0xE2, ..GOOD }, &["sys-will: found 0b11100010"]);
        check(
            Login { flags: 0x83, product_id: "", token: "", ..GOOD },
            &["sys-reserved-flag: found 0b10000011", "sys-login-flags: found 0b10000011"],
        );
        check(
            Login { protocol_name: "MQIsdp", protocol_level: 3, keep_alive: 9, ..GOOD },
            &["sys-protocol-name", "sys-protocol-level: found 3", "sys-keep-alive-range: found 9"],
        );
        check(
            Login { keep_alive: 1_801, device_name: "", product_id: "", token: "", ..GOOD },
            &[
                "sys-keep-alive-range: found 1801",
                "sys-device-name-empty",
                "sys-product-id-empty",
                "sys-token-empty",
            ],
        );
        check(
            Login { device_name: "VRqhDHF2wL&my_tv", product_id: "VRq_", ..GOOD },
            &["sys-product-id: has '_' at byte 3", "sys-device-name: has '&' at byte 10"],
        );
    }

    #[test]
    fn follows_the_readings() {
        let readings = Readings { product_ids: ProductIds::Numeric, ..Readings::default() };
        let found = check_login(&GOOD, &readings);
        assert_eq!(found.iter().map(|finding| finding.rule).collect::<Vec<_>>(), [RuleId::SysProductId]);
    }
}
