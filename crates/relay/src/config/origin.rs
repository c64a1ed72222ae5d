//! A web page's origin: scheme, host and port, nothing else. Two origins are one only if all three are.

use std::fmt;

use axum::http::uri::Authority;

/// Where a page comes from, in the one spelling that browsers use in their `Origin` header.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin(String);

/// Why a text is no origin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseOriginError {
    /// It begins with neither `http://` nor `https://`.
    #[error("an origin begins with http:// or https://; write for example https://example.org")]
    Scheme,
    /// Something follows host and port.
    #[error(
        "an origin ends after host and port; write https://host or http://host:port, without a slash at the end"
    )]
    TrailingPath,
    /// `*` would let in every page there is.
    #[error(
        "an origin cannot hold *; repeat the flag for every origin, for example --allow-origin https://example.org"
    )]
    Wildcard,
    /// What stands where the host belongs is no host, or the port no port.
    #[error("host or port cannot be read; write https://host or http://host:port")]
    Authority,
}

impl Origin {
    /// Reads `https://host` or `http://host:port`. A default port is left out, as browsers do.
    ///
    /// # Errors
    ///
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, ParseOriginError> {
        if text.contains('*') {
            return Err(ParseOriginError::Wildcard);
        }
        let text = text.to_ascii_lowercase();
        let (scheme, rest, default_port) = if let Some(rest) = text.strip_prefix("https://") {
            ("https", rest, 443)
        } else if let Some(rest) = text.strip_prefix("http://") {
            ("http", rest, 80)
        } else {
            return Err(ParseOriginError::Scheme);
        };
        if rest.contains(['/', '?', '#']) {
            return Err(ParseOriginError::TrailingPath);
        }
        let authority: Authority = rest.parse().map_err(|_| ParseOriginError::Authority)?;
        let host = authority.host();
        // What is neither host nor port is user information, or a port over 65,535.
        let port = match rest.strip_prefix(host) {
            Some("") => None,
            Some(_) => Some(authority.port_u16().ok_or(ParseOriginError::Authority)?),
            None => return Err(ParseOriginError::Authority),
        };
        if host.is_empty() {
            return Err(ParseOriginError::Authority);
        }
        Ok(Self(match port {
            Some(port) if port != default_port => format!("{scheme}://{host}:{port}"),
            Some(_) | None => format!("{scheme}://{host}"),
        }))
    }

    /// The origin as a browser writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spells_an_origin_as_browsers_do() {
        for (text, spelling) in [
            ("https://example.org", "https://example.org"),
            ("HTTPS://Example.org:443", "https://example.org"),
            ("http://example.org:80", "http://example.org"),
            ("http://localhost:8000", "http://localhost:8000"),
            ("https://example.org:80", "https://example.org:80"),
            ("http://[::1]:8000", "http://[::1]:8000"),
        ] {
            assert_eq!(Origin::parse(text).unwrap().as_str(), spelling, "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, error) in [
            ("example.org", ParseOriginError::Scheme),
            ("null", ParseOriginError::Scheme),
            ("ws://example.org", ParseOriginError::Scheme),
            ("*", ParseOriginError::Wildcard),
            ("https://*.example.org", ParseOriginError::Wildcard),
            ("https://example.org/", ParseOriginError::TrailingPath),
            ("https://example.org/page", ParseOriginError::TrailingPath),
            ("https://", ParseOriginError::Authority),
            ("https://:80", ParseOriginError::Authority),
            ("https://user@example.org", ParseOriginError::Authority),
            ("https://example.org:", ParseOriginError::Authority),
            ("https://example.org:99999", ParseOriginError::Authority),
            ("https://exa mple.org", ParseOriginError::Authority),
        ] {
            assert_eq!(Origin::parse(text), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_reads_its_own_spelling(text in "(https?://)?.*") {
            if let Ok(origin) = Origin::parse(&text) {
                prop_assert_eq!(Origin::parse(origin.as_str()), Ok(origin));
            }
        }
    }
}
