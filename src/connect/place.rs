//! Where a device can connect to from a page.

use std::net::{IpAddr, Ipv6Addr};

/// Where the bytes go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// To the simulated platform inside this page.
    InPage,
    /// To a WebSocket at this address.
    Address(String),
}

impl Place {
    /// What it is known by where something is kept for it: the address without its query, in which often stands a
    /// token that changes and that nobody else may read. Empty for the platform in this page.
    pub fn name(&self) -> &str {
        match self {
            Self::InPage => "",
            Self::Address(address) => address.split('?').next().unwrap_or_default(),
        }
    }

    /// Whether it is out of reach without a network: neither in this page nor on this computer.
    pub fn needs_network(&self) -> bool {
        match self {
            Self::InPage => false,
            Self::Address(address) => {
                let rest = address.split_once("://").map_or("", |(_, rest)| rest);
                let authority = rest.split(['/', '?']).next().unwrap_or_default();
                !host_of(authority).is_some_and(is_loopback)
            }
        }
    }
}

/// The address this page was loaded from, as far as it decides what can be reached.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageAddress {
    /// Loaded over https: browsers then forbid `ws:` addresses.
    pub secure: bool,
    /// The server's name and port, such as `127.0.0.1:8080`.
    pub host: String,
    /// The folder that it was loaded from, with a `/` at both ends.
    pub folder: String,
}

impl PageAddress {
    /// The address of an upstream of the relay that served this page.
    pub fn relay(&self, upstream: &str) -> String {
        let scheme = if self.secure { "wss" } else { "ws" };
        format!("{scheme}://{}{}mqtt/{upstream}", self.host, self.folder)
    }

    /// Takes an address that this page can connect to.
    ///
    /// # Errors
    ///
    /// What is wrong with it, or why the browser would not let this page use it.
    pub fn check(&self, address: &str) -> Result<Place, AddressProblem> {
        let (secure, rest) = match address.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("ws") => (false, rest),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("wss") => (true, rest),
            _ => return Err(AddressProblem::Scheme),
        };
        if address.contains('#') || address.chars().any(char::is_whitespace) {
            return Err(AddressProblem::Character);
        }
        let authority = rest.split(['/', '?']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(AddressProblem::Secret);
        }
        let host = host_of(authority).ok_or(AddressProblem::Host)?;
        if self.secure && !secure && !is_loopback(host) {
            return Err(AddressProblem::Insecure);
        }
        Ok(Place::Address(address.to_owned()))
    }
}

/// The host of `host`, `host:port`, `[v6]` or `[v6]:port`.
fn host_of(authority: &str) -> Option<&str> {
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (host, port) = rest.split_once(']')?;
            (host, port.strip_prefix(':').or(port.is_empty().then_some("80")))
        }
        None => match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, Some("80")),
        },
    };
    let port_is_good = port.is_some_and(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    let host_is_good = match authority.starts_with('[') {
        true => host.parse::<Ipv6Addr>().is_ok(),
        // Letters of any script: browsers turn them into ASCII.
        false => {
            !host.is_empty()
                && host.len() <= 253
                && host.chars().all(|c| c.is_alphanumeric() || "-._".contains(c))
        }
    };
    (host_is_good && port_is_good).then_some(host)
}

/// Browsers trust these without TLS (W3C Secure Contexts §3.1).
fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// An address that cannot be connected to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressProblem {
    /// It begins neither with `ws://` nor with `wss://`.
    Scheme,
    /// White space, or a fragment, which WebSocket addresses must not have.
    Character,
    /// A user name or password stands in it: browsers show addresses around.
    Secret,
    /// No host, or a port that is none.
    Host,
    /// A page loaded over https must not use `ws:`.
    Insecure,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn page(secure: bool) -> PageAddress {
        PageAddress { secure, host: "example.org".to_owned(), folder: "/some/where/".to_owned() }
    }

    #[test]
    fn names_the_relay_it_was_served_by() {
        assert_eq!(page(false).relay("onenet"), "ws://example.org/some/where/mqtt/onenet");
        assert_eq!(page(true).relay("onenet"), "wss://example.org/some/where/mqtt/onenet");
    }

    #[test]
    fn says_what_is_wrong_before_it_fails() {
        use AddressProblem::*;

        let problem = |address: &str| page(true).check(address).unwrap_err();
        assert_eq!(problem("mqtt://a"), Scheme);
        assert_eq!(problem("a:8080"), Scheme);
        assert_eq!(problem("wss://"), Host);
        assert_eq!(problem("wss://a:port"), Host);
        assert_eq!(problem("wss://a:99999"), Host);
        assert_eq!(problem("wss://a:0"), Host);
        assert_eq!(problem("wss://[zz]"), Host);
        assert_eq!(problem("wss://a^b"), Host);
        assert_eq!(problem("wss://exa%mple"), Host);
        assert_eq!(problem("ws://127.evil.example"), Insecure);
        assert_eq!(problem("wss://me:secret@a"), Secret);
        assert_eq!(problem("wss://a/ b"), Character);
        assert_eq!(problem("wss://a/#b"), Character);
        assert_eq!(problem("ws://broker.example"), Insecure);
    }

    #[test]
    fn takes_what_browsers_take() {
        for address in [
            "wss://a",
            "WSS://a:8084/mqtt",
            "ws://localhost:9001",
            "ws://127.0.0.1",
            "ws://[::1]:9001/mqtt",
            "wss://温度.example",
        ] {
            assert_eq!(page(true).check(address), Ok(Place::Address(address.to_owned())));
        }
        assert!(page(false).check("ws://broker.example:8083/mqtt?x=1").is_ok());
    }

    proptest! {
        #[test]
        fn any_text_is_taken_or_refused(text in "\\PC*") {
            let _ = page(true).check(&text);
            let _ = page(false).check(&format!("ws://{text}"));
        }
    }
}
