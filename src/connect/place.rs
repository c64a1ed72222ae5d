//! Where a device can connect to from a page.

/// Where the bytes go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// To the simulated platform inside this page.
    InPage,
    /// To a WebSocket at this address.
    Address(String),
}

/// The address this page was loaded from, as far as it decides what can be reached.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageAddress {
    /// Loaded over https: browsers then forbid `ws:` addresses.
    pub secure: bool,
    /// The server's name and port, such as `127.0.0.1:8080`.
    pub host: String,
}

impl PageAddress {
    /// The address of an upstream of the relay that served this page.
    pub fn relay(&self, upstream: &str) -> String {
        let scheme = if self.secure { "wss" } else { "ws" };
        format!("{scheme}://{}/mqtt/{upstream}", self.host)
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
            (host, port.strip_prefix(':').or(port.is_empty().then_some("0")))
        }
        None => match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, Some("0")),
        },
    };
    let port_is_good = port.is_some_and(|port| port.parse::<u16>().is_ok());
    (!host.is_empty() && port_is_good).then_some(host)
}

/// Browsers trust these without TLS (W3C Secure Contexts §3.1).
fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host == "::1" || host.starts_with("127.")
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
        PageAddress { secure, host: "example.org".to_owned() }
    }

    #[test]
    fn names_the_relay_it_was_served_by() {
        assert_eq!(page(false).relay("onenet"), "ws://example.org/mqtt/onenet");
        assert_eq!(page(true).relay("onenet"), "wss://example.org/mqtt/onenet");
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
        assert_eq!(problem("wss://me:secret@a"), Secret);
        assert_eq!(problem("wss://a/ b"), Character);
        assert_eq!(problem("wss://a/#b"), Character);
        assert_eq!(problem("ws://broker.example"), Insecure);
    }

    #[test]
    fn takes_what_browsers_take() {
        for address in
            ["wss://a", "WSS://a:8084/mqtt", "ws://localhost:9001", "ws://127.0.0.1", "ws://[::1]:9001/mqtt"]
        {
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
