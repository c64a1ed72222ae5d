//! Which frames a person wants to see. Runs over every frame there is: nothing here allocates for each.

use dissect::{Head, PacketType};

use crate::inspector::capture::{Captured, Direction};

/// What a frame must be to be shown. The default means every frame.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Of one of these types; none means any.
    pub types: PacketTypes,
    /// Going this way.
    pub direction: Option<Direction>,
    /// On such a topic: a topic filter where it holds `+` or `#`, a part of the topic otherwise; empty means
    /// any frame. Of a SUBSCRIBE or UNSUBSCRIBE its first filter counts.
    pub topic: String,
    /// With this text somewhere in its bytes. Upper and lower case of A–Z are the same, everything else is
    /// compared byte for byte. Empty means any frame.
    pub text: String,
    /// Whether secrets are shown. While they are not, no text is found in them.
    pub secrets_shown: bool,
}

impl Filter {
    /// Whether it means every frame.
    pub fn is_empty(&self) -> bool {
        self.types.is_empty() && self.direction.is_none() && self.topic.is_empty() && self.text.is_empty()
    }

    /// Whether the frame is one of those meant.
    pub fn matches(&self, frame: &Captured) -> bool {
        self.direction.is_none_or(|direction| direction == frame.direction)
            && self.matches_type(&frame.bytes)
            && self.matches_topic(&frame.bytes)
            && self.matches_text(frame)
    }

    fn matches_type(&self, frame: &[u8]) -> bool {
        self.types.is_empty() || packet_type(frame).is_some_and(|wanted| self.types.contains(wanted))
    }

    fn matches_topic(&self, frame: &[u8]) -> bool {
        if self.topic.is_empty() {
            return true;
        }
        let Some(topic) = Head::read(frame).topic else { return false };
        if self.topic.contains(['+', '#']) {
            session::matches_levels(&self.topic, topic)
        } else {
            holds(topic.as_bytes(), self.topic.as_bytes())
        }
    }

    fn matches_text(&self, frame: &Captured) -> bool {
        let text = self.text.as_bytes();
        // Only where the text is there at all does it matter whether that is in a secret.
        holds(&frame.bytes, text) && (self.secrets_shown || holds_openly(frame, text))
    }
}

/// Some of the fourteen packet types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PacketTypes(u16);

impl PacketTypes {
    /// Whether it is none of them.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether this type is one of them.
    pub fn contains(self, packet_type: PacketType) -> bool {
        self.0 & bit(packet_type) != 0
    }
}

impl FromIterator<PacketType> for PacketTypes {
    fn from_iter<I: IntoIterator<Item = PacketType>>(types: I) -> Self {
        Self(types.into_iter().map(bit).fold(0, |all, one| all | one))
    }
}

fn bit(packet_type: PacketType) -> u16 {
    1 << packet_type as u16
}

fn packet_type(frame: &[u8]) -> Option<PacketType> {
    PacketType::of_first_byte(*frame.first()?)
}

/// Whether `text` is somewhere between the secrets of a frame.
fn holds_openly(frame: &Captured, text: &[u8]) -> bool {
    let mut start = 0;
    let (frame, secrets) = (&frame.bytes, frame.secrets());
    let ends = secrets.into_iter().map(|secret| (secret.start, secret.end));
    ends.chain([(frame.len(), frame.len())]).any(|(end, next)| {
        let open = frame.get(start..end).unwrap_or_default();
        start = next;
        holds(open, text)
    })
}

/// Whether `text` is somewhere in `bytes`, upper and lower case of A–Z being the same.
fn holds(bytes: &[u8], text: &[u8]) -> bool {
    let Some((&first, rest)) = text.split_first() else { return true };
    let (lower, upper) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    let Some(last) = bytes.len().checked_sub(text.len()) else { return false };
    bytes[..=last].iter().enumerate().any(|(at, &byte)| {
        (byte == lower || byte == upper) && bytes[at + 1..at + text.len()].eq_ignore_ascii_case(rest)
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bytes::Bytes;
    use proptest::prelude::*;
    use time::OffsetDateTime;

    use super::*;

    const CONNECT: &[u8] =
        b"\x10\x27\x00\x04MQTT\x04\xC2\x00\x78\x00\x09654804584\x00\x06388631\x00\x08um151515";
    const UPLOAD: &[u8] = b"\x32\x1D\x00\x03$dp\x00\x01\x03\x00\x13{\"Temperature\":22.5}";
    const COMMAND: &[u8] = b"\x30\x0F\x00\x07$creq/7\xE5\xBC\x80\xE7\x81\xAF";
    const SUBSCRIBE: &[u8] = b"\x82\x0B\x00\x0A\x00\x06room/+\x00";

    fn frame(direction: Direction, bytes: &'static [u8]) -> Captured {
        let (at, moment) = (OffsetDateTime::UNIX_EPOCH, Duration::ZERO);
        Captured::new(at, moment, direction, 1, Bytes::from_static(bytes))
    }

    /// Which of the four frames are meant: C, U, R (the command received), S.
    fn meant(filter: &Filter) -> String {
        [("C", CONNECT), ("U", UPLOAD), ("R", COMMAND), ("S", SUBSCRIBE)]
            .into_iter()
            .filter(|(name, bytes)| {
                let direction = if *name == "R" { Direction::Received } else { Direction::Sent };
                filter.matches(&frame(direction, bytes))
            })
            .map(|(name, _)| name)
            .collect()
    }

    #[test]
    fn an_empty_filter_means_every_frame() {
        assert!(Filter::default().is_empty());
        assert_eq!(meant(&Filter::default()), "CURS");
    }

    #[test]
    fn types_and_direction_choose() {
        let types: PacketTypes = [PacketType::Publish, PacketType::Connect].into_iter().collect();
        assert_eq!(meant(&Filter { types, ..Filter::default() }), "CUR");
        let types: PacketTypes = [PacketType::Connect, PacketType::Subscribe].into_iter().collect();
        assert_eq!(meant(&Filter { types, ..Filter::default() }), "CS");
        let direction = Some(Direction::Received);
        assert_eq!(meant(&Filter { direction, ..Filter::default() }), "R");
        assert_eq!(meant(&Filter { types, direction, ..Filter::default() }), "");
    }

    #[test]
    fn every_type_has_a_bit_of_its_own() {
        for one in PacketType::ALL {
            let types = PacketTypes::from_iter([one]);
            assert!(PacketType::ALL.into_iter().all(|other| types.contains(other) == (one == other)));
        }
    }

    #[test]
    fn a_topic_is_a_filter_or_a_part() {
        for (topic, expected) in [
            ("$creq/#", "R"),
            ("$creq/+", "R"),
            ("#", "URS"),
            ("+/7", "R"),
            ("room/#", "S"),
            ("$", "UR"),
            ("CREQ", "R"),
            ("dp", "U"),
            ("$creq/8", ""),
        ] {
            assert_eq!(meant(&Filter { topic: topic.to_owned(), ..Filter::default() }), expected, "{topic}");
        }
    }

    #[test]
    fn text_is_found_anywhere_in_the_bytes() {
        for (text, expected) in [
            ("temperature\":22.5", "U"),
            ("TEMPERATURE", "U"),
            ("mqtt", "C"),
            ("开灯", "R"),
            ("room", "S"),
            ("22.5}", "U"),
            ("22.5}}", ""),
            ("\u{0}\u{3}$dp", "U"),
        ] {
            assert_eq!(meant(&Filter { text: text.to_owned(), ..Filter::default() }), expected, "{text}");
        }
    }

    #[test]
    fn what_is_secret_is_found_only_while_it_is_shown() {
        for secret in dissect::dissect(CONNECT).secrets() {
            let text = String::from_utf8(CONNECT[secret].to_vec()).unwrap();
            let hidden = Filter { text: text.clone(), ..Filter::default() };
            assert_eq!(meant(&hidden), "");
            assert_eq!(meant(&Filter { secrets_shown: true, ..hidden }), "C");
        }
        let user_name = Filter { text: "388631".to_owned(), ..Filter::default() };
        assert_eq!(meant(&user_name), "C");
    }

    proptest! {
        #[test]
        fn finds_what_a_plain_search_finds(bytes in "[aAbBé]{0,12}", text in "[aAbBé]{0,3}") {
            let plain = bytes.to_ascii_lowercase().contains(&text.to_ascii_lowercase());
            prop_assert_eq!(holds(bytes.as_bytes(), text.as_bytes()), plain);
        }

        #[test]
        fn any_bytes_can_be_filtered(
            bytes in prop::collection::vec(any::<u8>(), 0..60), topic in "\\PC{0,4}", text in "\\PC{0,3}",
        ) {
            let bytes = Bytes::from(bytes);
            let frame = Captured { bytes, ..frame(Direction::Sent, b"") };
            let _ = Filter { topic, text, ..Filter::default() }.matches(&frame);
        }
    }
}
