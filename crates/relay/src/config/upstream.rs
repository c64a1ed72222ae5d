//! A place the relay connects to, and the name clients pick it by.

use std::fmt;

/// The name of the platform this relay hosts itself.
pub const SIMULATOR: &str = "simulator";

/// The longest name, in bytes. It travels in a URL and in log lines.
const MAX_NAME: usize = 64;

/// The name of an upstream: 1–64 of `a-z`, `A-Z`, `0-9`, `-`, `_`, `.`, and not `simulator`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UpstreamName(String);

impl UpstreamName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn parse(text: &str) -> Result<Self, ParseUpstreamError> {
        if text == SIMULATOR {
            return Err(ParseUpstreamError::Reserved);
        }
        let is_name_byte = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        if text.is_empty() || text.len() > MAX_NAME || !text.bytes().all(is_name_byte) {
            return Err(ParseUpstreamError::Name);
        }
        Ok(Self(text.to_owned()))
    }
}

/// A host, by name or by number, and a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    host: String,
    port: u16,
}

impl Address {
    /// Host name or IP address, without the brackets of IPv6.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The TCP port, never 0.
    pub fn port(&self) -> u16 {
        self.port
    }

    fn parse(text: &str) -> Result<Self, ParseUpstreamError> {
        let (host, port) = text.rsplit_once(':').ok_or(ParseUpstreamError::NoPort)?;
        let port = match port.parse() {
            Ok(port) if port > 0 => port,
            Ok(_) | Err(_) => return Err(ParseUpstreamError::NoPort),
        };
        let host = match host.strip_prefix('[') {
            Some(rest) => {
                let host = rest.strip_suffix(']').ok_or(ParseUpstreamError::Host)?;
                if host.parse::<std::net::Ipv6Addr>().is_err() {
                    return Err(ParseUpstreamError::Host);
                }
                host
            }
            None => host,
        };
        let is_host_byte =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':');
        let bare_colon = host.contains(':') && !text.starts_with('[');
        if host.is_empty() || host.len() > 253 || bare_colon || !host.bytes().all(is_host_byte) {
            return Err(ParseUpstreamError::Host);
        }
        Ok(Self { host: host.to_owned(), port })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "tcp://[{}]:{}", self.host, self.port)
        } else {
            write!(f, "tcp://{}:{}", self.host, self.port)
        }
    }
}

/// One upstream: what it is called and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upstream {
    /// What clients call it.
    pub name: UpstreamName,
    /// Where it is.
    pub address: Address,
}

/// Why a text is no `name=tcp://host:port`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseUpstreamError {
    /// There is no `=`.
    #[error("there is no name; write name=tcp://host:port, for example office=tcp://192.168.1.5:1883")]
    NoName,
    /// The name holds other characters than the permitted ones.
    #[error("a name is 1 to 64 letters, digits, '-', '_' or '.'; write name=tcp://host:port")]
    Name,
    /// The name belongs to the platform inside the relay.
    #[error("the name simulator belongs to the platform inside this relay; choose another")]
    Reserved,
    /// The upstream wants TLS.
    #[error("TLS upstreams are not available in this version; write name=tcp://host:port")]
    Tls,
    /// The scheme is missing or another one.
    #[error("an upstream begins with tcp:// after its name; write name=tcp://host:port")]
    Scheme,
    /// There is no port from 1 to 65535.
    #[error(
        "there is no port from 1 to 65535; write name=tcp://host:port, for example office=tcp://192.168.1.5:1883"
    )]
    NoPort,
    /// The host is empty or not one.
    #[error("the host cannot be read; write name=tcp://host:port, IPv6 in brackets, nothing after the port")]
    Host,
}

impl Upstream {
    /// Reads `name=tcp://host:port`.
    ///
    /// # Errors
    ///
    /// What is wrong with the text, and what to write instead.
    pub fn parse(text: &str) -> Result<Self, ParseUpstreamError> {
        let (name, url) = text.split_once('=').ok_or(ParseUpstreamError::NoName)?;
        let name = UpstreamName::parse(name)?;
        if url.starts_with("tls://") {
            return Err(ParseUpstreamError::Tls);
        }
        let address = Address::parse(url.strip_prefix("tcp://").ok_or(ParseUpstreamError::Scheme)?)?;
        Ok(Self { name, address })
    }

    /// The three generations of OneNET.
    pub fn built_in() -> Vec<Self> {
        [
            ("onenet", "183.230.40.39", 6002),
            ("onenet-suite", "mqtts.heclouds.com", 1883),
            ("onenet-studio", "studio-mqtt.heclouds.com", 1883),
        ]
        .map(|(name, host, port)| Self {
            name: UpstreamName(name.to_owned()),
            address: Address { host: host.to_owned(), port },
        })
        .into()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_name_and_address() {
        for (text, host, port) in [
            ("a=tcp://127.0.0.1:1883", "127.0.0.1", 1883),
            ("a-b_c.d=tcp://mqtts.heclouds.com:1", "mqtts.heclouds.com", 1),
            ("a=tcp://[::1]:65535", "::1", 65_535),
        ] {
            let upstream = Upstream::parse(text).unwrap();
            assert_eq!((upstream.address.host(), upstream.address.port()), (host, port));
            assert_eq!(format!("{}={}", upstream.name.as_str(), upstream.address), text);
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, error) in [
            ("tcp://h:1", ParseUpstreamError::NoName),
            ("=tcp://h:1", ParseUpstreamError::Name),
            ("a/b=tcp://h:1", ParseUpstreamError::Name),
            ("simulator=tcp://h:1", ParseUpstreamError::Reserved),
            ("a=tls://h:1", ParseUpstreamError::Tls),
            ("a=h:1", ParseUpstreamError::Scheme),
            ("a=mqtt://h:1", ParseUpstreamError::Scheme),
            ("a=tcp://h", ParseUpstreamError::NoPort),
            ("a=tcp://h:0", ParseUpstreamError::NoPort),
            ("a=tcp://h:65536", ParseUpstreamError::NoPort),
            ("a=tcp://h:1/x", ParseUpstreamError::NoPort),
            ("a=tcp://:1", ParseUpstreamError::Host),
            ("a=tcp://::1:1", ParseUpstreamError::Host),
            ("a=tcp://[h]:1", ParseUpstreamError::Host),
            ("a=tcp://u@h:1", ParseUpstreamError::Host),
        ] {
            assert_eq!(Upstream::parse(text), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_reads_its_own_spelling(text in "([a-z]{1,3}=)?(tcp://)?.*") {
            if let Ok(upstream) = Upstream::parse(&text) {
                let spelling = format!("{}={}", upstream.name.as_str(), upstream.address);
                prop_assert_eq!(Upstream::parse(&spelling), Ok(upstream));
            }
        }
    }
}
