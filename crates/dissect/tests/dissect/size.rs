//! Large frames and deep ones: taken apart in one piece, without a stack that overflows.

use dissect::{Dissection, Field, dissect};
use frame::{Packet, Publish, QoS, SubAck, SubscribeReasonCode, Unsubscribe, encode};

#[test]
fn a_full_body_of_json_is_told_apart() {
    let point = r#"{"at":"2016-08-15T14:47:00","value":55}"#;
    let points = vec![point; 1_600].join(",");
    let body = format!(r#"{{"datastreams":[{{"id":"wendu","datapoints":[{points}]}}]}}"#);
    let dissection = check(&to_dp(&[&[1], &(body.len() as u16).to_be_bytes()[..], body.as_bytes()].concat()));
    assert_eq!(dissection.leaves().filter(|leaf| leaf.field == Field::JsonNumber).count(), 1_600);
}

#[test]
fn a_picture_of_three_megabytes_is_one_leaf() {
    let length = 3 * 1024 * 1024_u32;
    let head = [b"\x02\x00\x11{\"ds_id\":\"image\"}", &length.to_be_bytes()[..]].concat();
    let dissection = check(&to_dp(&[head, vec![0xD8; length as usize]].concat()));
    assert_eq!(dissection.leaves().last().unwrap().field, Field::Binary);
}

#[test]
fn json_is_told_apart_to_a_depth() {
    for depth in [100, 30_000] {
        let body = format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
        let dissection =
            check(&to_dp(&[&[3], &(body.len() as u16).to_be_bytes()[..], body.as_bytes()].concat()));
        let is_cut = |dissection: &Dissection| {
            dissection.leaves().any(|leaf| leaf.field == Field::Text && leaf.span.len() > 100)
        };
        assert_eq!(is_cut(&dissection), depth > 128);

        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        let property = format!(r#"{{"id":"1","params":{{"a":{{"value":{open}{close}}}}}}}"#);
        let topic = "$sys/VRqhDHF2wL/my_tv/thing/property/post";
        let message = Publish::new(topic, QoS::AtMostOnce, property);
        let dissection = check(&encode(&Packet::Publish(message)).unwrap());
        assert_eq!(is_cut(&dissection), depth > 128);
    }
}

#[test]
fn what_is_a_list_of_single_bytes_does_not_become_as_many_nodes() {
    let return_codes = vec![SubscribeReasonCode::Failure; 1_000_000];
    let dissection = check(&encode(&Packet::SubAck(SubAck { pkid: 1, return_codes })).unwrap());
    assert!(dissection.leaves().count() < 5_000);

    let json = format!("[{}1]", "1,".repeat(1_000_000));
    let message = Publish::new("a", QoS::AtMostOnce, json);
    let dissection = check(&encode(&Packet::Publish(message)).unwrap());
    assert_eq!(dissection.leaves().last().unwrap().field, Field::Text);
}

#[test]
fn a_filter_of_slashes_does_not_become_as_many_nodes() {
    let slashes = format!("$sys/{}", "/".repeat(60_000));
    let topics = vec![slashes; 100];
    let dissection = check(&encode(&Packet::Unsubscribe(Unsubscribe { pkid: 1, topics })).unwrap());
    assert!(dissection.leaves().count() < 2_000);
}

/// A good frame, every byte of it in one leaf.
#[track_caller]
fn check(frame: &[u8]) -> Dissection {
    let dissection = dissect(frame);
    assert_eq!(dissection.fault, None);
    let end = dissection.leaves().fold(0, |at, leaf| {
        assert_eq!(leaf.span.start, at);
        leaf.span.end
    });
    assert_eq!(end, frame.len());
    dissection
}

fn to_dp(payload: &[u8]) -> Vec<u8> {
    encode(&Packet::Publish(Publish::new("$dp", QoS::AtMostOnce, payload))).unwrap().to_vec()
}
