//! Any bytes as a frame that is looked at: every byte is in one leaf, and what is called wrong is what `frame` and
//! `onenet` refuse.

#![no_main]

use dissect::{Dissection, Field, Head, Node, Value, dissect, split};
use frame::{FrameError, FrameProblem, Frames, MAX_REMAINING_LENGTH, Packet, Publish};
use libfuzzer_sys::fuzz_target;
use onenet::legacy::Payload;
use onenet::sys::{Address, Filter, Tree};
use onenet::{studio, suite};

fuzz_target!(|bytes: &[u8]| {
    let _ = Head::read(bytes);
    check(bytes);
    let split = split(bytes);
    let mut at = 0;
    for range in &split.frames {
        assert_eq!(range.start, at);
        at = range.end;
        check(&bytes[range.clone()]);
    }
    assert_eq!(split.rest, at..bytes.len());
});

fn check(frame: &[u8]) {
    let dissection = dissect(frame);
    let Dissection { root, fault, .. } = &dissection;
    assert_eq!((root.field, root.span.clone()), (Field::Frame, 0..frame.len()));
    check_node(root, frame);

    let broken_from = fault.as_ref().map_or(frame.len(), |fault| fault.offset);
    assert!(broken_from <= frame.len(), "{fault:?}");
    let mut at = 0;
    for leaf in dissection.leaves() {
        assert_eq!(leaf.span.start, at, "{leaf:?}");
        at = leaf.span.end;
        let is_broken = leaf.span.start >= broken_from && !leaf.span.is_empty();
        assert_eq!(leaf.field == Field::Undecoded, is_broken, "{fault:?}: {leaf:?}");
    }
    assert_eq!(at, frame.len());
    if let Some(accepted) = is_accepted(frame) {
        assert_eq!(fault.is_none(), accepted, "{fault:?}");
    }
    let secrets = dissection.secrets();
    assert!(secrets.iter().all(|secret| secret.end <= frame.len()));
}

fn check_node(node: &Node, frame: &[u8]) {
    let _ = node.field.about();
    if let (Some(first), Some(last)) = (node.children.first(), node.children.last()) {
        assert_eq!((first.span.start, last.span.end), (node.span.start, node.span.end), "{node:?}");
        assert!(node.children.is_sorted_by(|one, next| one.span.end == next.span.start), "{node:?}");
    }
    if !node.bits.is_empty() {
        assert!(node.children.is_empty() && node.span.len() == 1, "{node:?}");
        assert_eq!(node.bits.iter().map(|bits| u32::from(bits.mask)).sum::<u32>(), 0xFF, "{node:?}");
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
    let read = match frames.poll_frame() {
        Ok(Some(read)) => read,
        Ok(None) => return Some(false),
        Err(FrameError { problem: FrameProblem::PasswordNotText, .. }) => return None,
        Err(_) => return Some(false),
    };
    Some(is_accepted_by_onenet(&read.packet) && read.bytes.len() == frame.len())
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
