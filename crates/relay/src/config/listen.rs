//! An address to listen on as text, `IP:PORT`.

use std::net::{IpAddr, SocketAddr};

/// Why a text is no `IP:PORT`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseListenError {
    /// There is a port, but a name or nothing where the IP address belongs.
    #[error(
        "there is no IP address before the port; write 127.0.0.1:{0} for this machine only, \
         or 0.0.0.0:{0} for everybody who can reach it"
    )]
    NoAddress(u16),
    /// There is an IP address alone.
    #[error("there is no port; write {}", SocketAddr::new(*.0, 8_080))]
    NoPort(IpAddr),
    /// Anything else.
    #[error("write an IP address and a port, for example 127.0.0.1:8080 or [::1]:8080")]
    Other,
}

/// Reads `IP:PORT`. A name is refused: it may have several addresses, or another one tomorrow.
///
/// # Errors
///
/// What is missing, and what to write instead.
pub fn parse_listen(text: &str) -> Result<SocketAddr, ParseListenError> {
    if let Ok(address) = text.parse() {
        return Ok(address);
    }
    if let Ok(ip) = text.trim_matches(['[', ']']).parse() {
        return Err(ParseListenError::NoPort(ip));
    }
    let (host, port) = text.rsplit_once(':').unwrap_or(("", text));
    match port.parse() {
        // Otherwise it is a URL, or IPv6 without its brackets.
        Ok(port) if !host.contains(':') => Err(ParseListenError::NoAddress(port)),
        Ok(_) | Err(_) => Err(ParseListenError::Other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_an_address() {
        for text in ["127.0.0.1:8080", "0.0.0.0:0", "[::1]:65535"] {
            assert_eq!(parse_listen(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn says_what_to_write_instead() {
        for (text, advice) in [
            ("8080", "write 127.0.0.1:8080 for this machine only, or 0.0.0.0:8080"),
            (":8080", "write 127.0.0.1:8080 "),
            ("*:80", "write 127.0.0.1:80 "),
            ("localhost:8080", "write 127.0.0.1:8080 "),
            ("127.0.0.1", "write 127.0.0.1:8080"),
            ("::1", "write [::1]:8080"),
            ("[::1]", "write [::1]:8080"),
            ("localhost", "for example 127.0.0.1:8080"),
            ("127.0.0.1:99999", "for example 127.0.0.1:8080"),
            ("http://127.0.0.1:8080", "for example 127.0.0.1:8080"),
            ("", "for example 127.0.0.1:8080"),
        ] {
            let message = parse_listen(text).unwrap_err().to_string();
            assert!(message.contains(advice), "{text}: {message}");
        }
    }
}
