//! A WebSocket request (RFC 6455 §4.2.1) for MQTT (MQTT 3.1.1 §6), read from its head.

use axum::http::{HeaderMap, HeaderValue, Method, Version, header};
use headers::{Connection, HeaderMapExt, SecWebsocketAccept, SecWebsocketKey};

use super::head::{only, tokens};

/// The version of WebSocket spoken here, as `Sec-WebSocket-Version` has it.
pub const VERSION: &str = "13";

/// The subprotocol of MQTT over WebSocket.
pub const SUBPROTOCOL: &str = "mqtt";

/// A request that can be answered with 101.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upgrade {
    /// The answer to the request's key.
    pub accept: SecWebsocketAccept,
    /// Whether the client offered `mqtt`. One that offers nothing at all is let through too, and must then
    /// be answered without a subprotocol.
    pub offers_mqtt: bool,
}

/// A request that is no WebSocket request for MQTT. The client sees it as the body of a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UpgradeError {
    /// Only a GET of HTTP/1.1 can be upgraded.
    #[error("a WebSocket request is a GET of HTTP/1.1")]
    Method,
    /// It does not ask for a WebSocket.
    #[error("this address is for WebSocket: the request lacks Connection: Upgrade and Upgrade: websocket")]
    NoUpgrade,
    /// Another version than 13, or not exactly one. The refusal must name ours (RFC 6455 §4.4).
    #[error("Sec-WebSocket-Version must be 13, once")]
    Version,
    /// The key is missing, there twice or not the base64 of 16 bytes.
    #[error("Sec-WebSocket-Key must be 16 bytes in base64, once")]
    Key,
    /// Subprotocols are offered, but not `mqtt`.
    #[error("among the subprotocols there must be mqtt")]
    Subprotocol,
}

impl Upgrade {
    /// Reads the head of a request.
    ///
    /// # Errors
    ///
    /// The first thing that keeps it from being answered with 101.
    pub fn parse(method: &Method, version: Version, headers: &HeaderMap) -> Result<Self, UpgradeError> {
        if method != Method::GET || version != Version::HTTP_11 {
            return Err(UpgradeError::Method);
        }
        let connection_upgrades =
            headers.typed_get::<Connection>().is_some_and(|connection| connection.contains("upgrade"));
        let mut protocols = tokens(headers, header::UPGRADE);
        if !connection_upgrades || !protocols.any(|token| token.eq_ignore_ascii_case("websocket")) {
            return Err(UpgradeError::NoUpgrade);
        }
        if only(headers, header::SEC_WEBSOCKET_VERSION).is_none_or(|version| version != VERSION) {
            return Err(UpgradeError::Version);
        }
        if !only(headers, header::SEC_WEBSOCKET_KEY).is_some_and(is_key) {
            return Err(UpgradeError::Key);
        }
        let key: SecWebsocketKey = headers.typed_get().ok_or(UpgradeError::Key)?;

        let offers_mqtt = tokens(headers, header::SEC_WEBSOCKET_PROTOCOL).any(|token| token == SUBPROTOCOL);
        if !offers_mqtt && headers.contains_key(header::SEC_WEBSOCKET_PROTOCOL) {
            return Err(UpgradeError::Subprotocol);
        }
        Ok(Self { accept: key.into(), offers_mqtt })
    }
}

/// Whether this looks like 16 bytes in base64: 22 characters and two of padding.
fn is_key(value: &HeaderValue) -> bool {
    let Some(digits) = value.as_bytes().strip_suffix(b"==") else { return false };
    digits.len() == 22
        && digits.iter().all(|&byte| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/')
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: [(&str, &str); 5] = [
        ("connection", "keep-alive, Upgrade"),
        ("upgrade", "websocket"),
        ("sec-websocket-version", "13"),
        ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ("sec-websocket-protocol", "mqtt"),
    ];

    fn parse(lines: &[(&'static str, &str)]) -> Result<Upgrade, UpgradeError> {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, value.parse().unwrap());
        }
        Upgrade::parse(&Method::GET, Version::HTTP_11, &headers)
    }

    /// The good request with one header replaced, or left out.
    fn with(name: &str, value: Option<&'static str>) -> Result<Upgrade, UpgradeError> {
        let mut lines = GOOD.to_vec();
        lines.retain(|(other, _)| *other != name);
        let name = GOOD.iter().find(|(other, _)| *other == name).unwrap().0;
        lines.extend(value.map(|value| (name, value)));
        parse(&lines)
    }

    #[test]
    fn answers_the_key_of_the_rfc() {
        let mut headers = HeaderMap::new();
        headers.typed_insert(parse(&GOOD).unwrap().accept);
        assert_eq!(headers["sec-websocket-accept"], "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    #[test]
    fn finds_mqtt_in_any_list() {
        for offer in ["mqtt", "mqttv3.1, mqtt", " mqtt ,mqttv5", "a,,mqtt"] {
            assert!(with("sec-websocket-protocol", Some(offer)).unwrap().offers_mqtt, "{offer}");
        }
        let mut two_headers = GOOD.to_vec();
        two_headers.insert(0, ("sec-websocket-protocol", "mqttv3.1"));
        assert!(parse(&two_headers).unwrap().offers_mqtt);
        assert!(!with("sec-websocket-protocol", None).unwrap().offers_mqtt);
        for offer in ["", "mqttv3.1", "MQTT", "mqtt;q=1", "chat, superchat"] {
            let error = with("sec-websocket-protocol", Some(offer)).unwrap_err();
            assert_eq!(error, UpgradeError::Subprotocol, "{offer}");
        }
    }

    #[test]
    fn wants_version_and_key_once() {
        for (name, error) in
            [("sec-websocket-version", UpgradeError::Version), ("sec-websocket-key", UpgradeError::Key)]
        {
            let again = GOOD.iter().find(|(other, _)| *other == name).unwrap();
            assert_eq!(parse(&[&GOOD[..], &[*again]].concat()), Err(error), "{name}");
        }
    }

    #[test]
    fn says_what_is_missing() {
        assert_eq!(with("connection", Some("keep-alive")), Err(UpgradeError::NoUpgrade));
        assert_eq!(with("upgrade", None), Err(UpgradeError::NoUpgrade));
        assert_eq!(with("upgrade", Some("h2c")), Err(UpgradeError::NoUpgrade));
        for version in [None, Some("8"), Some("13, 8")] {
            assert_eq!(with("sec-websocket-version", version), Err(UpgradeError::Version), "{version:?}");
        }
        assert_eq!(with("sec-websocket-key", None), Err(UpgradeError::Key));
        assert_eq!(with("sec-websocket-key", Some("short")), Err(UpgradeError::Key));
        let post = Upgrade::parse(&Method::POST, Version::HTTP_11, &HeaderMap::new());
        assert_eq!(post, Err(UpgradeError::Method));
    }
}
