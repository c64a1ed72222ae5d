//! How often devices do what they do, and who is banned for it (reference §2.3, §3.1). Off unless asked for.

use std::collections::BTreeMap;
use std::time::Duration;

use onenet::Timestamp;
use onenet::rules::sys::{Activity, BAN, check_rate, rate};
use onenet::rules::{Consequence, Finding, Readings, RuleId};
use onenet::sys;
use web_time::Instant;

use super::event::SysEvent;
use super::login::SysLogin;
use crate::connection::ConnectionId;
use crate::login::Login;
use crate::platform::Platform;
use crate::reason::DropReason;

/// What has been counted. A window begins with the first thing in it: whether the platform's windows slide is
/// documented nowhere.
#[derive(Debug, Default)]
pub(crate) struct Rates {
    /// Whether anything is counted at all.
    pub(crate) on: bool,
    windows: BTreeMap<(String, RuleId), Window>,
    bans: BTreeMap<String, (Instant, Finding)>,
}

#[derive(Debug)]
struct Window {
    since: Instant,
    count: usize,
}

/// Windows, and bans, that are remembered. One more forgets those that are over, or any where none is.
const MAX_REMEMBERED: usize = 10_000;
/// The longest that any window lasts.
const LONGEST: Duration = Duration::from_secs(5);

impl Rates {
    /// Until when a device is banned, and by which rule.
    pub(crate) fn ban(&self, device_id: &str, now: Instant) -> Option<(Instant, Finding)> {
        self.bans.get(device_id).filter(|(until, _)| self.on && now < *until).cloned()
    }

    /// Takes all counts and bans back.
    pub(crate) fn clear(&mut self) {
        self.windows.clear();
        self.bans.clear();
    }

    /// Counts, and gives the rule that is broken by it, with the moment from which it would not be. What is put off
    /// counts from then on.
    fn count(
        &mut self,
        device_id: &str,
        (platform, activity): (sys::Platform, Activity),
        amount: usize,
        readings: &Readings,
        now: Instant,
    ) -> Option<(Finding, Instant)> {
        let rate = rate(platform, activity, readings).filter(|_| self.on)?;
        if self.windows.len() >= MAX_REMEMBERED {
            self.windows.retain(|_, window| now.saturating_duration_since(window.since) < LONGEST);
            while self.windows.len() >= MAX_REMEMBERED {
                self.windows.pop_first();
            }
        }
        let begins = Window { since: now, count: 0 };
        let window = self.windows.entry((device_id.to_owned(), rate.rule)).or_insert(begins);
        if now.saturating_duration_since(window.since) >= rate.per {
            *window = Window { since: now, count: 0 };
        }
        window.count = window.count.saturating_add(amount);
        let finding = check_rate(platform, activity, window.count.saturating_sub(1), readings)?;
        // A device that comes back before what it was put off for finds a window that has not begun.
        let until = (window.since + rate.per).min(now + rate.per);
        if finding.consequence() == Consequence::Delay {
            *window = Window { since: until, count: amount };
        }
        Some((finding, until))
    }

    fn add_ban(&mut self, device_id: &str, until: Instant, finding: Finding, now: Instant) {
        if self.bans.len() >= MAX_REMEMBERED {
            self.bans.retain(|_, (until, _)| now < *until);
            while self.bans.len() >= MAX_REMEMBERED {
                self.bans.pop_first();
            }
        }
        self.bans.insert(device_id.to_owned(), (until, finding));
    }
}

/// What a count brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Counted {
    /// Nothing.
    Fine,
    /// It was once too often, and was told.
    Exceeded {
        /// The rule.
        finding: Finding,
        /// From when on it is not too often.
        until: Instant,
    },
    /// The device is banned and its connection gone.
    Gone,
}

impl Platform {
    /// Lets the platforms with tokens count what devices do, and ban or delay those that do too much; or not. What was
    /// counted before is forgotten.
    pub fn enforce_rates(&mut self, on: bool) {
        self.rates = Rates { on, ..Rates::default() };
    }

    /// Whether the platforms with tokens count what devices do.
    pub fn enforces_rates(&self) -> bool {
        self.rates.on
    }

    /// Lets every banned device come back, and begins to count anew.
    pub fn lift_bans(&mut self) {
        self.rates.clear();
    }

    /// Counts something that a device does, or that is done to it.
    pub(crate) fn count(
        &mut self,
        connection: ConnectionId,
        device_id: &str,
        what: (sys::Platform, Activity),
        amount: usize,
        now: Instant,
    ) -> Counted {
        let Some((finding, until)) = self.rates.count(device_id, what, amount, &self.readings, now) else {
            return Counted::Fine;
        };
        let owner = device_id.to_owned();
        if finding.consequence() != Consequence::Ban {
            self.events.push(SysEvent::RateExceeded { device_id: owner, finding: finding.clone() }.into());
            return Counted::Exceeded { finding, until };
        }
        self.rates.add_ban(device_id, now + BAN, finding.clone(), now);
        let until = self.clock.time(now + BAN);
        self.tell_banned(owner, finding.clone(), until);
        // An older connection may be the one that has logged in too often with the new.
        let older = self.devices.get(device_id).and_then(|device| device.connection);
        for banned in older.into_iter().chain([connection]) {
            self.drop_connection(banned, DropReason::Rule(finding.clone()));
        }
        Counted::Gone
    }

    /// Counts a login, unless its names can be nobody's. Whether it may go on.
    pub(super) fn count_login(
        &mut self,
        connection: ConnectionId,
        login: &Login,
        sys: &SysLogin,
        now: Instant,
    ) -> bool {
        let what = (sys.platform, Activity::Login);
        sys.device.is_none() || self.count(connection, &login.device_id, what, 1, now) != Counted::Gone
    }

    fn tell_banned(&mut self, device_id: String, finding: Finding, until: Timestamp) {
        self.events.push(SysEvent::Banned { device_id, finding, until }.into());
    }
}
