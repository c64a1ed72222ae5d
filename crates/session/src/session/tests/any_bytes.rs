//! Any bytes, cut anywhere: no panic, and the same dialogue whatever the cuts.

use bytes::Bytes;
use proptest::prelude::*;

use super::script::{connected, message, start};
use crate::{Event, Qos};

proptest! {
    #[test]
    fn any_bytes_give_the_same_dialogue_whatever_the_cuts(
        bytes in prop::collection::vec(any::<u8>(), 0..60),
        cut in 0usize..60,
    ) {
        check_cuts(&bytes, cut)?;
    }

    #[test]
    fn any_damage_to_a_good_stream_gives_the_same_dialogue_whatever_the_cuts(
        at in 0usize..STREAM.len(), to in any::<u8>(), cut in 0usize..STREAM.len(),
    ) {
        let mut bytes = STREAM.to_vec();
        bytes[at] = to;
        check_cuts(&bytes, cut)?;
    }
}

/// A command, a message at QoS 1, two acknowledgements, a message at QoS 2 and its release, the same for ours.
const STREAM: &[u8] =
    b"\x30\x0a\x00\x07$creq/79\x32\x07\x00\x01a\x00\x09hi\x40\x02\x00\x01\x90\x03\x00\x02\x01\
      \x34\x07\x00\x01a\x00\x0ahi\x62\x02\x00\x0a\x50\x02\x00\x03\x70\x02\x00\x03";

fn check_cuts(bytes: &[u8], cut: usize) -> Result<(), TestCaseError> {
    let dialogue = |chunks: &[&[u8]]| {
        let mut session = connected();
        let _ = session.publish(message("a", b"", Qos::AtLeastOnce), start());
        let _ = session.subscribe(&["b"], Qos::AtLeastOnce, start());
        let _ = session.publish(message("a", b"", Qos::ExactlyOnce), start());
        for chunk in chunks {
            session.handle_input(chunk, start());
        }
        let transmits: Vec<Bytes> = std::iter::from_fn(|| session.poll_transmit()).collect();
        let mut events: Vec<Event> = std::iter::from_fn(|| session.poll_event()).collect();
        let is_unread = |event: &Event| matches!(event, Event::Unread(_));
        let unread = events.iter().position(is_unread).map(|index| events.remove(index));
        (transmits, events, unread)
    };
    let whole = dialogue(&[bytes]);
    let cut = cut.min(bytes.len());
    for chunks in [&[&bytes[..cut], &bytes[cut..]][..], &bytes.chunks(1).collect::<Vec<_>>()] {
        let (transmits, events, unread) = dialogue(chunks);
        prop_assert_eq!((&transmits, &events), (&whole.0, &whole.1));
        // A fault is told at once: the more is there by then, the more is unread.
        match (unread, &whole.2) {
            (Some(Event::Unread(few)), Some(Event::Unread(all))) => prop_assert!(all.starts_with(&few)),
            (few, _) => prop_assert_eq!(few, None),
        }
    }
    Ok(())
}
