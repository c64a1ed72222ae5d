//! What holds for any bytes: every byte is in one leaf, and what is called wrong is what `frame` and `onenet`
//! refuse.

use dissect::{Dissection, Fault, Field, Head, Node, PacketType, Problem, Value, dissect};
use frame::{
    Connect, Frame, FrameError, FrameProblem, Frames, MAX_REMAINING_LENGTH, Packet, Publish, encode,
};
use onenet::legacy::Payload;
use onenet::sys::{Address, Filter, Tree};
use onenet::{studio, suite};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::good::good_frame;

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_taken_apart(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        check(&bytes);
    }

    #[test]
    fn any_bytes_behind_a_good_fixed_header_are_taken_apart(
        first in prop::sample::select(FIRST_BYTES),
        body in prop::collection::vec(any::<u8>(), 0..80),
    ) {
        check(&[&[first, body.len() as u8], &body[..]].concat());
    }

    #[test]
    fn good_frames_are_good(frame in good_frame()) {
        check(&frame);
        prop_assert_eq!(dissect(&frame).fault, None);
    }

    #[test]
    fn changed_frames_are_taken_apart(
        frame in good_frame(),
        changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..4),
    ) {
        let mut frame = frame;
        for (index, byte) in changes {
            let index = index.index(frame.len());
            frame[index] = byte;
        }
        check(&frame);
    }

    #[test]
    fn frames_with_a_flipped_bit_are_taken_apart(frame in good_frame(), index: Index, bit in 0_u8..8) {
        let mut frame = frame;
        let index = index.index(frame.len());
        frame[index] ^= 1 << bit;
        check(&frame);
    }

    #[test]
    fn a_password_may_be_any_bytes(password in prop::collection::vec(any::<u8>(), 0..9)) {
        let frame = connect(b"29455901", &password);
        check(&frame);
        prop_assert_eq!(dissect(&frame).fault, None);
        let secret = frame.len() - password.len()..frame.len();
        prop_assert_eq!(dissect(&frame).secrets(), vec![secret]);
    }

    #[test]
    fn no_wrong_byte_behind_the_first_uncovers_a_password(
        client_id in "[0-9]{0,12}",
        username in "[0-9]{1,12}",
        password in "[a-z]{8}",
        at in any::<Index>(),
        byte in any::<u8>(),
    ) {
        let mut connect = Connect::new(client_id);
        connect.set_login(username, password.clone());
        let mut frame = encode(&Packet::Connect(connect)).unwrap().to_vec();
        let start = frame.len() - password.len();
        let at = 1 + at.index(frame.len() - 1);
        frame[at] = byte;
        let dissection = dissect(&frame);
        // With other flags user name and password are a will, in a good frame.
        prop_assume!(at != 9 || byte & 0x04 == 0 || dissection.fault.is_some());
        let secrets = dissection.secrets();
        for offset in start..frame.len() {
            prop_assert!(secrets.iter().any(|secret| secret.contains(&offset)), "byte {} of {:?}", offset, secrets);
        }
    }

    #[test]
    fn cut_frames_are_incomplete(frame in good_frame(), cut: Index) {
        let frame = &frame[..cut.index(frame.len())];
        check(frame);
        let fault = dissect(frame).fault.unwrap();
        prop_assert_eq!(fault.offset, frame.len());
        prop_assert!(matches!(fault.problem, Problem::Incomplete { .. }), "{:?}", fault);
    }

    #[test]
    fn bytes_behind_a_frame_are_surplus(frame in good_frame(), more in prop::collection::vec(any::<u8>(), 1..9)) {
        let both = [&frame[..], &more].concat();
        check(&both);
        let expected = Fault { offset: frame.len(), problem: Problem::Surplus { surplus: more.len() } };
        prop_assert_eq!(dissect(&both).fault, Some(expected));
    }
}

#[test]
fn what_stands_in_front_of_an_unreadable_password_is_judged() {
    let problem = Problem::Frame(FrameProblem::Nul);
    assert_eq!(dissect(&connect(b"a\0", b"\xFF")).fault, Some(Fault { offset: 15, problem }));
}

/// A CONNECT with the user name `u`.
fn connect(client_id: &[u8], password: &[u8]) -> Vec<u8> {
    let payload =
        [&[0, client_id.len() as u8], client_id, b"\0\x01u", &[0, password.len() as u8], password].concat();
    [&[0x10, 10 + payload.len() as u8], &b"\x00\x04MQTT\x04\xC2\x00\x78"[..], &payload].concat()
}

/// The first byte of every packet type, and of PUBLISH in its kinds.
const FIRST_BYTES: &[u8] = &[
    0x10, 0x20, 0x30, 0x31, 0x32, 0x34, 0x3B, 0x40, 0x50, 0x62, 0x70, 0x82, 0x90, 0xA2, 0xB0, 0xC0, 0xD0,
    0xE0,
];

/// Checks what holds for every dissection.
#[track_caller]
fn check(frame: &[u8]) {
    let dissection = dissect(frame);
    let Dissection { root, fault, packet_type, .. } = &dissection;
    assert_eq!((root.field, root.span.clone()), (Field::Frame, 0..frame.len()));
    check_node(root, frame);

    let mut at = 0;
    let broken_from = fault.as_ref().map_or(frame.len(), |fault| fault.offset);
    assert!(broken_from <= frame.len(), "{fault:?} behind the end of {frame:02x?}");
    for leaf in dissection.leaves() {
        assert_eq!(leaf.span.start, at, "{leaf:?} of {frame:02x?}");
        at = leaf.span.end;
        let expected = leaf.span.start >= broken_from && !leaf.span.is_empty();
        assert_eq!(leaf.field == Field::Undecoded, expected, "{fault:?}: {leaf:?} of {frame:02x?}");
    }
    assert_eq!(at, frame.len());
    if let Some(accepted) = is_accepted(frame) {
        assert_eq!(fault.is_none(), accepted, "{fault:?} of {frame:02x?}");
    }
    check_secrets(&dissection, *packet_type == Some(PacketType::Connect));
    check_bindings(&dissection, frame);
    assert!(fault.is_some() || dissection.secrets().is_empty() || Head::read(frame).may_hold_secrets());
}

fn check_node(node: &Node, frame: &[u8]) {
    if let (Some(first), Some(last)) = (node.children.first(), node.children.last()) {
        assert_eq!((first.span.start, last.span.end), (node.span.start, node.span.end), "{node:?}");
        assert!(node.children.is_sorted_by(|one, next| one.span.end == next.span.start), "{node:?}");
    }
    if !node.bits.is_empty() {
        assert!(node.children.is_empty() && node.span.len() == 1, "{node:?}");
        assert_eq!(node.bits.iter().map(|bits| u32::from(bits.mask)).sum::<u32>(), 0xFF, "{node:?}");
        assert_eq!(node.bits.iter().fold(0, |all, bits| all | bits.mask), 0xFF, "{node:?}");
    }
    if node.value == Value::Text {
        assert!(std::str::from_utf8(&frame[node.span.clone()]).is_ok(), "{node:?}");
    }
    for child in &node.children {
        check_node(child, frame);
    }
}

/// Whether those who judge take the frame; `None` where `frame` cannot say.
fn is_accepted(frame: &[u8]) -> Option<bool> {
    let mut frames = Frames::new(MAX_REMAINING_LENGTH);
    frames.push(frame);
    let Frame { bytes, packet } = match frames.poll_frame() {
        Ok(Some(frame)) => frame,
        Ok(None) => return Some(false),
        Err(FrameError { problem: FrameProblem::PasswordNotText, .. }) => return None,
        Err(_) => return Some(false),
    };
    Some(is_accepted_by_onenet(&packet) && bytes.len() == frame.len())
}

/// Whether the platforms take the packet. What they are is known from topics and filters alone.
fn is_accepted_by_onenet(packet: &Packet) -> bool {
    let is_in_tree = |text: &str| text.starts_with("$sys/") || text.starts_with("$subdev/");
    match packet {
        Packet::Publish(Publish { topic, payload, .. }) if topic == "$dp" => Payload::decode(payload).is_ok(),
        Packet::Publish(Publish { topic, payload, .. }) if is_in_tree(topic) => {
            let Ok(address) = Address::parse(topic) else { return false };
            if let Ok(topic) = suite::Topic::of(&address) {
                return suite::Message::decode(&topic, payload).is_ok();
            }
            let topic = studio::Topic::parse(address.rest()).ok().filter(|_| address.tree == Tree::Sys);
            topic.is_some_and(|topic| studio::Message::decode(&topic, payload).is_ok())
        }
        Packet::Subscribe(subscribe) => {
            let mut filters = subscribe.filters.iter().filter(|filter| is_in_tree(&filter.path));
            filters.all(|filter| Filter::parse(&filter.path).is_ok())
        }
        _ => true,
    }
}

fn check_secrets(dissection: &Dissection, is_connect: bool) {
    let secrets = dissection.secrets();
    let covered =
        |leaf: &&Node| leaf.span.clone().all(|offset| secrets.iter().any(|secret| secret.contains(&offset)));
    // Of what is not decoded, at most the rest of the name, level, flags and keep alive can be seen.
    let undecoded = dissection.leaves().find(|leaf| leaf.field == Field::Undecoded);
    if let (true, Some(undecoded)) = (is_connect, undecoded) {
        let hidden = secrets.first().map_or(undecoded.span.end, |secret| secret.start);
        assert!(hidden <= undecoded.span.start + 4, "{secrets:?}");
    }
    let fields = dissection.root.children.iter().flat_map(|part| &part.children);
    let passwords = fields.filter(|node| node.field == Field::Password);
    let mut contents =
        passwords.flat_map(|password| &password.children).filter(|part| part.field != Field::FieldLength);
    assert!(contents.all(|content| covered(&content)));
}

/// Nobody but a gateway that binds a sub-device publishes a secret: its token, or all that may be it.
fn check_bindings(dissection: &Dissection, frame: &[u8]) {
    if dissection.packet_type == Some(PacketType::Connect) {
        return;
    }
    let secrets = dissection.secrets();
    let is = |node: &&Node, field: Field| node.field == field && node.children.is_empty();
    assert!(secrets.is_empty() || Head::read(frame).may_hold_secrets(), "{secrets:?}");
    for token in dissection.leaves().filter(|leaf| is(leaf, Field::SubToken)) {
        assert!(
            secrets.iter().any(|secret| secret.start <= token.span.start && token.span.end <= secret.end)
        );
    }
}
