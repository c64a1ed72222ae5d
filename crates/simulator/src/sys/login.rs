//! A CONNECT with a token: read, judged, answered (reference §2.2, §4).

use std::time::Duration;

use data_encoding::BASE64;
use frame::Connect;
use onenet::doctor::{Case, diagnose};
use onenet::rules::{Consequence, Finding, Readings, RuleId, sys as rules};
use onenet::sys::{self, DeviceName, ProductId};
use onenet::token::{Key, Resource, Token, Version, is_token};
use web_time::Instant;

use super::event::SysEvent;
use super::profile::Profile;
use super::refusal::{LoginFault, LoginRefusal};
use crate::connection::{ConnectionId, Request};
use crate::event::Event;
use crate::login::Login;
use crate::platform::Platform;
use crate::reason::{DropReason, RefusalCode};

/// What a login with a token says besides what every login says.
#[derive(Debug, Clone)]
pub(crate) struct SysLogin {
    pub(crate) platform: sys::Platform,
    /// Who it is; `None` where its names can be nobody's.
    pub(crate) device: Option<sys::Device>,
    /// The client identifier, as it came.
    client_id: String,
}

/// What a CONNECT with a token asks for.
pub(crate) fn read(connect: Connect, flags: u8, platform: sys::Platform, readings: &Readings) -> Request {
    let (product_id, token) = connect.login.map(|login| (login.username, login.password)).unwrap_or_default();
    let login = rules::Login {
        flags,
        ..rules::Login::new(&connect.client_id, &product_id, &token, connect.keep_alive)
    };
    let mut finding = None;
    for found in rules::check_login(&login, readings) {
        match found.consequence() {
            Consequence::Close | Consequence::Ban => return Request::Drop(DropReason::Rule(found)),
            Consequence::Refuse(_) => finding = finding.or(Some(found)),
            Consequence::Ignore | Consequence::Reject(_) | Consequence::Delay => {}
        }
    }
    let names = (ProductId::parse(&product_id), DeviceName::parse(&connect.client_id));
    let device = match names {
        (Ok(product), Ok(name)) => Some(sys::Device { product, name }),
        (Err(_), _) | (_, Err(_)) => None,
    };
    let device_id = device.as_ref().map_or_else(|| connect.client_id.clone(), ToString::to_string);
    Request::LogIn(Login {
        device_id,
        product_id,
        auth_info: token,
        keep_alive: Duration::from_secs(connect.keep_alive.into()),
        clean_session: true,
        will: None,
        finding,
        sys: Some(Box::new(SysLogin { platform, device, client_id: connect.client_id })),
    })
}

/// The longest login that a doctor looks at, in bytes: ten times one that is good. Others would keep the platform busy.
const MAX_DIAGNOSED: usize = 2_048;

/// What is known about who signed a token.
enum Signature {
    Verified,
    /// Nobody knows the key.
    Unchecked,
}

impl Platform {
    /// Whether a login with a token may go on; otherwise it is refused, with an event that says why.
    pub(crate) fn admit(
        &mut self,
        connection: ConnectionId,
        login: &Login,
        sys: &SysLogin,
        now: Instant,
    ) -> bool {
        let banned_by = self.rates.ban(&login.device_id, now).map(|(until, finding)| {
            let seconds = until.saturating_duration_since(now).as_secs_f32().ceil() as u64;
            (LoginFault::Banned { seconds }, finding)
        });
        if let Some((fault, finding)) = banned_by {
            self.tell_refused(connection, login, sys, fault, now);
            self.drop_connection(connection, DropReason::Rule(finding));
            return false;
        }
        if !self.count_login(connection, login, sys, now) {
            return false;
        }
        match self.judge_token(login, sys, now) {
            Ok(Signature::Verified) => true,
            Ok(Signature::Unchecked) => {
                let device_id = login.device_id.clone();
                self.events.push(SysEvent::SignatureUnchecked { connection, device_id }.into());
                true
            }
            Err(fault) => {
                self.tell_refused(connection, login, sys, fault, now);
                let finding = login.finding.clone().unwrap_or(Finding::new(RuleId::SysToken));
                self.refuse(connection, RefusalCode::BadLogin, Some(finding));
                false
            }
        }
    }

    fn judge_token(&self, login: &Login, sys: &SysLogin, now: Instant) -> Result<Signature, LoginFault> {
        let device = sys.device.as_ref().filter(|_| login.finding.is_none()).ok_or(LoginFault::Names)?;
        if !is_token(&login.auth_info) {
            return Err(LoginFault::NotAToken);
        }
        let token = Token::parse(&login.auth_info).map_err(LoginFault::Token)?.token;
        if ![Version::DEVICE, Version::LATER].contains(&token.claims.version) {
            return Err(LoginFault::Version);
        }
        let named = Resource::device(device.product.as_str(), device.name.as_str());
        if named.as_ref() != Ok(&token.claims.res) {
            return Err(LoginFault::Resource);
        }
        if let Some(seconds) = token.expired(self.clock.unix_seconds(now)) {
            return Err(LoginFault::Expired { seconds });
        }
        let known = self.devices.get(&login.device_id).filter(|device| device.is_registered());
        if known.is_none() && self.devices.is_closed() {
            return Err(LoginFault::UnknownDevice);
        }
        match self.key_of(&login.device_id) {
            Some(key) if token.verify(key) => Ok(Signature::Verified),
            Some(_) => Err(LoginFault::Signature),
            None => Ok(Signature::Unchecked),
        }
    }

    fn key_of(&self, device_id: &str) -> Option<&Key> {
        self.devices.get(device_id)?.profile.as_ref()?.key.as_ref()
    }

    /// Tells why a login is refused, with all that a doctor finds.
    fn tell_refused(
        &mut self,
        connection: ConnectionId,
        login: &Login,
        sys: &SysLogin,
        fault: LoginFault,
        now: Instant,
    ) {
        let key = self.key_of(&login.device_id).map(|key| BASE64.encode(key.bytes()));
        let case = Case {
            generation: sys.platform.into(),
            client_id: &sys.client_id,
            username: &login.product_id,
            password: &login.auth_info,
            key: key.as_deref(),
            token: None,
            now: self.clock.unix_seconds(now),
        };
        let length = case.client_id.len() + case.username.len() + case.password.len();
        let diagnoses = if length <= MAX_DIAGNOSED { diagnose(&case) } else { Vec::new() };
        let refusal = LoginRefusal {
            client_id: sys.client_id.clone(),
            product_id: login.product_id.clone(),
            platform: sys.platform,
            fault,
            diagnoses,
        };
        self.events.push(SysEvent::LoginRefused { connection, refusal }.into());
    }

    /// A device has come: what it had with its last connection is gone, and it is nobody's sub-device any more.
    pub(crate) fn begin_sys_session(&mut self, device_id: &str, sys: &SysLogin) {
        self.take_from_gateway(device_id);
        let Some(own) = sys.device.clone() else { return };
        let Some(device) = self.devices.get_mut(device_id) else { return };
        let profile = device.profile.get_or_insert_with(|| Box::new(Profile::new(sys.platform, own)));
        profile.platform = sys.platform;
        profile.filters.clear();
    }

    /// A connection has ended: subscriptions end with it, and sub-devices go with their gateway.
    pub(crate) fn end_sys_session(&mut self, device_id: &str) {
        let Some(device) = self.devices.get_mut(device_id) else { return };
        let Some(profile) = device.profile.as_mut() else { return };
        profile.filters = Vec::new();
        for sub in std::mem::take(&mut profile.online_subs) {
            if let Some(profile) = self.devices.get_mut(&sub).and_then(|device| device.profile.as_mut()) {
                profile.gateway = None;
            }
            let gateway_id = device_id.to_owned();
            self.events.push(SysEvent::SubDeviceLoggedOut { device_id: sub, gateway_id }.into());
        }
    }
}

impl From<SysEvent> for Event {
    fn from(event: SysEvent) -> Self {
        Self::Sys(event)
    }
}
