//! Which server a program outside of this page talks to, over plain TCP.

use crate::connect::Destination;

/// A host and a TCP port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    host: String,
    port: u16,
}

/// A field of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerField {
    /// A host name, an IPv4 or an IPv6 address without brackets.
    Host,
    /// A TCP port, 1 to 65535.
    Port,
}

/// The most bytes that a host name has (RFC 1035 §2.3.4).
const LONGEST_HOST: usize = 255;

impl Server {
    /// Takes what is typed.
    ///
    /// # Errors
    ///
    /// Every field that is wrong. A host has letters, digits, `.`, `-`, `_` and `:` only, so that it needs no
    /// quotes in any language.
    pub fn parse(host: &str, port: &str) -> Result<Self, Vec<ServerField>> {
        let host = host.trim();
        let allowed = |character: char| character.is_alphanumeric() || ".-_:".contains(character);
        let host_is_good = !host.is_empty()
            && host.len() <= LONGEST_HOST
            && !host.starts_with('-')
            && host.chars().all(allowed);
        let port = port.trim().parse().ok().filter(|port| *port > 0);
        match (host_is_good, port) {
            (true, Some(port)) => Ok(Self { host: host.to_owned(), port }),
            (true, None) => Err(vec![ServerField::Port]),
            (false, Some(_)) => Err(vec![ServerField::Host]),
            (false, None) => Err(vec![ServerField::Host, ServerField::Port]),
        }
    }

    /// What to type for a destination of the page: what the relay's upstream of that name is (reference §1.1), the
    /// simulated platform as `onenet-relay --simulate` offers it, the host of a WebSocket address.
    pub fn usual(destination: &Destination, address: &str) -> (String, u16) {
        let (host, port) = match destination {
            Destination::InPage => SIMULATED,
            Destination::Upstream(name) => match name.as_str() {
                "simulator" => SIMULATED,
                "onenet" => ("183.230.40.39", 6002),
                "onenet-suite" => ("mqtts.heclouds.com", MQTT),
                "onenet-studio" => ("studio-mqtt.heclouds.com", MQTT),
                _ => ("127.0.0.1", MQTT),
            },
            Destination::Address => (host_of(address).unwrap_or("127.0.0.1"), MQTT),
        };
        (host.to_owned(), port)
    }

    /// The host.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The TCP port.
    pub fn port(&self) -> u16 {
        self.port
    }
}

/// Where `onenet-relay --simulate 127.0.0.1:6002` listens.
const SIMULATED: (&str, u16) = ("127.0.0.1", 6002);

/// The port registered for MQTT over TCP.
const MQTT: u16 = 1883;

/// The host in a `ws://` or `wss://` address, without the brackets of IPv6.
fn host_of(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = match authority.strip_prefix('[') {
        Some(bracketed) => bracketed.split(']').next()?,
        None => authority.split(':').next()?,
    };
    Some(host).filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_names_and_addresses() {
        for host in ["127.0.0.1", "mqtt.heclouds.com", "::1", "raspberry_pi", " localhost ", "温度.example"]
        {
            assert_eq!(Server::parse(host, "6002").unwrap().host(), host.trim());
        }
    }

    #[test]
    fn names_the_wrong_field() {
        for host in ["", "a b", "a\"b", "-h", "a;b", "$(ls)", "a/b", &"a".repeat(256)] {
            assert_eq!(Server::parse(host, "1"), Err(vec![ServerField::Host]), "{host}");
        }
        for port in ["", "0", "65536", "-1", "http"] {
            assert_eq!(Server::parse("a", port), Err(vec![ServerField::Port]), "{port}");
        }
        assert_eq!(Server::parse("", ""), Err(vec![ServerField::Host, ServerField::Port]));
    }

    #[test]
    fn follows_the_destination() {
        let usual = |destination, address| {
            let (host, port) = Server::usual(&destination, address);
            format!("{host} {port}")
        };
        let upstream = |name: &str| Destination::Upstream(name.to_owned());
        assert_eq!(usual(Destination::InPage, ""), "127.0.0.1 6002");
        assert_eq!(usual(upstream("simulator"), ""), "127.0.0.1 6002");
        assert_eq!(usual(upstream("onenet"), ""), "183.230.40.39 6002");
        assert_eq!(usual(upstream("broker"), ""), "127.0.0.1 1883");
        assert_eq!(usual(Destination::Address, "wss://broker.example:8084/mqtt"), "broker.example 1883");
        assert_eq!(usual(Destination::Address, "ws://[::1]:9001"), "::1 1883");
        assert_eq!(usual(Destination::Address, "ws"), "127.0.0.1 1883");
    }
}
