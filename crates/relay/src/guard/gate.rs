//! Host and origin: the two headers a browser sets and a page cannot.

use std::net::{IpAddr, SocketAddr};

use axum::http::uri::Authority;
use axum::http::{HeaderMap, Uri, header};

use crate::config::{Config, Origin};

use super::head::only;

/// The relay's rules about who may talk to it.
#[derive(Debug, Clone)]
pub struct Guard {
    public_hosts: Vec<String>,
    allow_origins: Vec<Origin>,
    allow_no_origin: bool,
    on_loopback: bool,
}

/// The host a request was sent to, and the relay answers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// Host and port as the request names them, lower case.
    authority: String,
}

/// The request names a host that this relay does not answer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "this relay does not answer to that host name; use localhost, or start it with --public-host and the name"
)]
pub struct HostRefused;

/// The page the request comes from may not talk to this relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this relay does not let in that origin; start it with --allow-origin and the origin")]
pub struct OriginRefused;

impl Guard {
    /// The rules of `config` for a listener on `listen`.
    pub fn new(config: &Config, listen: SocketAddr) -> Self {
        Self {
            public_hosts: config.public_hosts.clone(),
            allow_origins: config.allow_origins.clone(),
            allow_no_origin: config.allow_no_origin,
            on_loopback: listen.ip().is_loopback(),
        }
    }

    /// Whether the request is meant for this relay. A page of a stranger's domain that now resolves to our
    /// address still names the stranger's domain here. Names must be ours; IP addresses cannot be rebound,
    /// but on a loopback listener a foreign one is a mistake or a trick.
    ///
    /// # Errors
    ///
    /// There is no host, more than one, or one that is not ours.
    pub fn admit_host(&self, uri: &Uri, headers: &HeaderMap) -> Result<Host, HostRefused> {
        let authority = match uri.authority() {
            Some(authority) => authority.clone(),
            None => only(headers, header::HOST)
                .and_then(|value| value.to_str().ok())
                .and_then(|text| text.parse::<Authority>().ok())
                .ok_or(HostRefused)?,
        };
        if authority.as_str().contains('@') {
            return Err(HostRefused);
        }
        let name = authority.host().to_ascii_lowercase();
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        let is_public = self.public_hosts.iter().any(|host| host == bare);
        let is_ours = match bare.parse::<IpAddr>() {
            Ok(address) => address.is_loopback() || !self.on_loopback,
            Err(_) => bare == "localhost" || bare.ends_with(".localhost"),
        };
        if !is_public && !is_ours {
            return Err(HostRefused);
        }
        Ok(Host { authority: authority.as_str().to_ascii_lowercase() })
    }

    /// Whether the page that sends the request may. Gives its origin, `None` for programs that send none.
    ///
    /// The relay's own page is let in: its origin is the host it was asked for, with either scheme. A proxy
    /// may have added TLS, and paho-mqtt for Python says `https://` even where there is none. Nobody else can
    /// be there: a port has one scheme.
    ///
    /// # Errors
    ///
    /// The origin is not let in, or there is none and there must be one.
    pub fn admit_origin(&self, headers: &HeaderMap, host: &Host) -> Result<Option<Origin>, OriginRefused> {
        if !headers.contains_key(header::ORIGIN) {
            return if self.allow_no_origin { Ok(None) } else { Err(OriginRefused) };
        }
        let origin = only(headers, header::ORIGIN)
            .and_then(|value| value.to_str().ok())
            .and_then(|text| Origin::parse(text).ok())
            .ok_or(OriginRefused)?;
        let own = |scheme: &str| {
            Origin::parse(&format!("{scheme}://{}", host.authority)).is_ok_and(|own| own == origin)
        };
        if own("http") || own("https") || self.allow_origins.contains(&origin) {
            return Ok(Some(origin));
        }
        Err(OriginRefused)
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Arguments;

    use super::*;

    fn guard(flags: &[&str]) -> Guard {
        let arguments = Arguments::read([&["onenet-relay"], flags].concat()).unwrap();
        let config = Config::settle(arguments).unwrap();
        Guard::new(&config, config.listen)
    }

    fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, value.parse().unwrap());
        }
        headers
    }

    fn admits_host(flags: &[&str], host: &str) -> bool {
        guard(flags).admit_host(&Uri::from_static("/"), &headers(&[("host", host)])).is_ok()
    }

    fn admits_origin(flags: &[&str], host: &str, origin: &str) -> bool {
        let headers = headers(&[("host", host), ("origin", origin)]);
        let guard = guard(flags);
        let host = guard.admit_host(&Uri::from_static("/"), &headers).unwrap();
        guard.admit_origin(&headers, &host).is_ok()
    }

    #[test]
    fn answers_to_loopback_names_only_on_loopback() {
        for host in
            ["localhost", "LOCALHOST:8080", "127.0.0.1:8080", "127.8.8.8", "[::1]:8080", "x.localhost"]
        {
            assert!(admits_host(&[], host), "{host}");
        }
        for host in
            ["evil.example", "evil.example:8080", "localhost.evil.example", "192.168.1.5:8080", "a@localhost"]
        {
            assert!(!admits_host(&[], host), "{host}");
        }
    }

    #[test]
    fn answers_to_addresses_and_public_hosts_elsewhere() {
        let flags = ["--listen", "0.0.0.0:80", "--public-host", "Relay.example.org"];
        assert!(admits_host(&flags, "192.168.1.5"));
        assert!(admits_host(&flags, "relay.example.org:80"));
        assert!(!admits_host(&flags, "evil.example"));
    }

    #[test]
    fn wants_exactly_one_host() {
        let uri = Uri::from_static("/");
        assert_eq!(guard(&[]).admit_host(&uri, &headers(&[])), Err(HostRefused));
        let twice = headers(&[("host", "localhost"), ("host", "localhost")]);
        assert_eq!(guard(&[]).admit_host(&uri, &twice), Err(HostRefused));
        let absolute = Uri::from_static("http://evil.example/");
        assert_eq!(guard(&[]).admit_host(&absolute, &headers(&[("host", "localhost")])), Err(HostRefused));
    }

    #[test]
    fn lets_in_its_own_page_and_allowed_origins_exactly() {
        let flags = ["--allow-origin", "https://page.example"];
        for (origin, admitted) in [
            ("http://localhost:8080", true),
            ("https://page.example", true),
            ("https://page.example:443", true),
            ("http://localhost", false),
            ("http://localhost:8000", false),
            ("https://localhost:8080", true),
            ("https://localhost", false),
            ("http://127.0.0.1:8080", false),
            ("http://page.example", false),
            ("https://page.example:8443", false),
            ("https://sub.page.example", false),
            ("https://page.example.evil", false),
            ("null", false),
            ("", false),
        ] {
            assert_eq!(admits_origin(&flags, "localhost:8080", origin), admitted, "{origin}");
        }
    }

    #[test]
    fn takes_a_public_host_behind_tls_as_its_own() {
        let flags = ["--public-host", "relay.example.org"];
        assert!(admits_origin(&flags, "relay.example.org", "https://relay.example.org"));
        assert!(admits_origin(&flags, "relay.example.org", "http://relay.example.org"));
        assert!(!admits_origin(&flags, "relay.example.org", "https://example.org"));
    }

    #[test]
    fn wants_at_most_one_origin() {
        let lines = [("host", "localhost"), ("origin", "http://localhost"), ("origin", "http://localhost")];
        let guard = guard(&[]);
        let host = guard.admit_host(&Uri::from_static("/"), &headers(&lines)).unwrap();
        assert_eq!(guard.admit_origin(&headers(&lines), &host), Err(OriginRefused));
        assert_eq!(guard.admit_origin(&headers(&lines[..1]), &host), Ok(None));
    }

    #[test]
    fn refuses_no_origin_when_told_so() {
        let guard = guard(&["--allow-no-origin=false"]);
        let host = headers(&[("host", "localhost")]);
        let admitted = guard.admit_host(&Uri::from_static("/"), &host).unwrap();
        assert_eq!(guard.admit_origin(&host, &admitted), Err(OriginRefused));
    }
}
