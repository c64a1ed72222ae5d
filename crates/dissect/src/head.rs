//! The few words about a frame that a list or a filter needs, without taking it apart.

use crate::remaining_length::RemainingLength;

/// The type of a packet (MQTT 3.1.1 §2.2.1).
#[expect(missing_docs, reason = "the names are those of the specification")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PacketType {
    Connect,
    Connack,
    Publish,
    Puback,
    Pubrec,
    Pubrel,
    Pubcomp,
    Subscribe,
    Suback,
    Unsubscribe,
    Unsuback,
    Pingreq,
    Pingresp,
    Disconnect,
}

impl PacketType {
    /// Every type, in the order of their numbers 1 to 14.
    pub const ALL: [Self; 14] = [
        Self::Connect,
        Self::Connack,
        Self::Publish,
        Self::Puback,
        Self::Pubrec,
        Self::Pubrel,
        Self::Pubcomp,
        Self::Subscribe,
        Self::Suback,
        Self::Unsubscribe,
        Self::Unsuback,
        Self::Pingreq,
        Self::Pingresp,
        Self::Disconnect,
    ];

    /// The type that the upper four bits of a first byte name; `None` for the reserved 0 and 15.
    pub fn of_first_byte(first: u8) -> Option<Self> {
        let number = usize::from(first >> 4);
        Self::ALL.get(number.checked_sub(1)?).copied()
    }

    /// Its name as the specification writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Connect => "CONNECT",
            Self::Connack => "CONNACK",
            Self::Publish => "PUBLISH",
            Self::Puback => "PUBACK",
            Self::Pubrec => "PUBREC",
            Self::Pubrel => "PUBREL",
            Self::Pubcomp => "PUBCOMP",
            Self::Subscribe => "SUBSCRIBE",
            Self::Suback => "SUBACK",
            Self::Unsubscribe => "UNSUBSCRIBE",
            Self::Unsuback => "UNSUBACK",
            Self::Pingreq => "PINGREQ",
            Self::Pingresp => "PINGRESP",
            Self::Disconnect => "DISCONNECT",
        }
    }
}

/// The beginning of a frame, as far as it can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head<'a> {
    /// What packet it is; `None` for the reserved types and for no bytes at all.
    pub packet_type: Option<PacketType>,
    /// Of a PUBLISH: its QoS, 0 to 3.
    pub qos: u8,
    /// Of a PUBLISH: sent before (§3.3.1.1).
    pub dup: bool,
    /// Of a PUBLISH: kept, or to be kept (§3.3.1.3).
    pub retain: bool,
    /// The topic name of a PUBLISH, the first filter of a SUBSCRIBE or UNSUBSCRIBE; `None` where it is not
    /// there or not UTF-8.
    pub topic: Option<&'a str>,
    /// The packet identifier, where the packet has one that is there (§2.3.1).
    pub packet_id: Option<u16>,
    /// What follows the variable header: the payload of a PUBLISH, the filters of a SUBSCRIBE, the return
    /// codes of a SUBACK …
    pub payload: &'a [u8],
}

impl<'a> Head<'a> {
    /// Reads the beginning of a frame. Any bytes will do. Costs the same for every size.
    pub fn read(frame: &'a [u8]) -> Self {
        let packet_type = frame.first().and_then(|first| PacketType::of_first_byte(*first));
        let first = frame.first().copied().unwrap_or_default();
        let publish = packet_type == Some(PacketType::Publish);
        let mut head = Self {
            packet_type,
            qos: if publish { first >> 1 & 3 } else { 0 },
            dup: publish && first & 8 != 0,
            retain: publish && first & 1 != 0,
            topic: None,
            packet_id: None,
            payload: &[],
        };
        let header = RemainingLength::read(frame).map(RemainingLength::header_length);
        let mut rest = header.and_then(|header| frame.get(header..)).unwrap_or_default();
        match packet_type {
            Some(PacketType::Publish) => {
                head.topic = take_text(&mut rest);
                if head.topic.is_some() && head.qos > 0 {
                    head.packet_id = take_number(&mut rest);
                }
            }
            Some(PacketType::Subscribe | PacketType::Unsubscribe) => {
                head.packet_id = take_number(&mut rest);
                head.topic = take_text(&mut { rest });
            }
            Some(
                PacketType::Puback
                | PacketType::Pubrec
                | PacketType::Pubrel
                | PacketType::Pubcomp
                | PacketType::Suback
                | PacketType::Unsuback,
            ) => head.packet_id = take_number(&mut rest),
            Some(
                PacketType::Connect
                | PacketType::Connack
                | PacketType::Pingreq
                | PacketType::Pingresp
                | PacketType::Disconnect,
            )
            | None => {}
        }
        head.payload = rest;
        head
    }

    /// Whether bytes of it may have to be hidden: it is a login, or binds a sub-device with its token. Which ones, says
    /// [`Dissection::secrets`](crate::Dissection::secrets). Costs the same for every size.
    pub fn may_hold_secrets(&self) -> bool {
        match self.packet_type {
            Some(PacketType::Connect) => true,
            Some(PacketType::Publish) => self.topic.is_some_and(onenet::studio::carries_token),
            _ => false,
        }
    }
}

fn take_number(rest: &mut &[u8]) -> Option<u16> {
    let (number, behind) = rest.split_first_chunk()?;
    *rest = behind;
    Some(u16::from_be_bytes(*number))
}

fn take_text<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let (length, behind) = rest.split_first_chunk()?;
    let (text, behind) = behind.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
    *rest = behind;
    std::str::from_utf8(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_may_hold_a_secret() {
        let may_hold = |frame: &[u8]| Head::read(frame).may_hold_secrets();
        assert!(may_hold(b"\x10\x00"));
        assert!(may_hold(b"\x30\x20\x00\x1E$sys/a/b/thing/sub/topo/delete"));
        assert!(!may_hold(b"\x30\x23\x00\x21$sys/a/b/thing/property/set_reply"));
        assert!(!may_hold(b"\xC0\x00"));
    }

    #[test]
    fn reads_what_a_list_shows() {
        let head = Head::read(b"\x3B\x0A\x00\x03$dp\x00\x09\x03\x00\x00");
        assert_eq!((head.packet_type, head.topic), (Some(PacketType::Publish), Some("$dp")));
        assert_eq!((head.qos, head.dup, head.retain, head.packet_id), (1, true, true, Some(9)));
        assert_eq!(head.payload, b"\x03\x00\x00");
        let head = Head::read(b"\x82\x06\x00\x0A\x00\x01a\x00");
        assert_eq!((head.topic, head.packet_id), (Some("a"), Some(10)));
        assert_eq!(Head::read(b"\x90\x03\x00\x0A\x00").payload, b"\x00");
        assert_eq!(Head::read(b"\xF0").packet_type, None);
        assert_eq!(Head::read(b"").packet_type, None);
        assert_eq!(Head::read(b"\x30\x05\x00\x09a").topic, None);
    }
}
