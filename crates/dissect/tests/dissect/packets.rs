//! Frames of the packet types that nobody recorded. Each of the trees was read by eye.

use expect_test::expect_file;
use frame::{
    Connect, LastWill, Packet, PubAck, PubComp, PubRec, Publish, QoS, SubAck, Subscribe, SubscribeFilter,
    SubscribeReasonCode, UnsubAck, Unsubscribe, encode,
};

use crate::told::tell;

#[test]
fn every_packet_type_has_a_tree() {
    let mut told = String::new();
    for (name, frame) in frames() {
        told.push_str(&format!("# {name}\n\n{}\n", tell(&frame)));
    }
    expect_file!["packets.txt"].assert_eq(&told);
}

fn frames() -> Vec<(&'static str, Vec<u8>)> {
    let mut frames = vec![("CONNECT with a will of bytes", connect_with_will())];
    frames.extend(qos_2());
    frames.extend(subscriptions());
    frames.extend(answers_and_texts());
    frames
}

fn connect_with_will() -> Vec<u8> {
    let mut connect = Connect::new("29455901");
    connect.set_login("12555524", "secret");
    connect.last_will = Some(LastWill::new("room/gone", *b"\xFF\x00", QoS::ExactlyOnce, true));
    connect.keep_alive = 300;
    encoded(Packet::Connect(connect))
}

/// A message at QoS 2, sent twice, and its three answers.
fn qos_2() -> Vec<(&'static str, Vec<u8>)> {
    let mut publish = Publish::new("$dp", QoS::ExactlyOnce, *b"\x03\x00\x0A{\"t\":22.5}");
    (publish.pkid, publish.dup, publish.retain) = (258, true, true);
    vec![
        ("PUBLISH at QoS 2, again", encoded(Packet::Publish(publish))),
        ("PUBREC", encoded(Packet::PubRec(PubRec { pkid: 258 }))),
        ("PUBREL", b"\x62\x02\x01\x02".to_vec()),
        ("PUBCOMP", encoded(Packet::PubComp(PubComp { pkid: 258 }))),
        ("PUBACK", encoded(Packet::PubAck(PubAck { pkid: 65_535 }))),
    ]
}

fn subscriptions() -> Vec<(&'static str, Vec<u8>)> {
    let filter = |path: &str, qos| SubscribeFilter::new(path.to_owned(), qos);
    let mut subscribe = Subscribe::new_many([filter("a/+", QoS::AtMostOnce), filter("b", QoS::ExactlyOnce)]);
    subscribe.pkid = 5;
    let return_codes = vec![SubscribeReasonCode::Success(QoS::AtLeastOnce), SubscribeReasonCode::Failure];
    let topics = vec!["a/+".to_owned(), "温度".to_owned()];
    vec![
        ("SUBSCRIBE with two filters", encoded(Packet::Subscribe(subscribe))),
        ("SUBACK with two answers", encoded(Packet::SubAck(SubAck { pkid: 5, return_codes }))),
        ("UNSUBSCRIBE with two filters", encoded(Packet::Unsubscribe(Unsubscribe { pkid: 6, topics }))),
        ("UNSUBACK", encoded(Packet::UnsubAck(UnsubAck { pkid: 6 }))),
    ]
}

fn answers_and_texts() -> Vec<(&'static str, Vec<u8>)> {
    let publish =
        |topic: &str, payload: &[u8]| encoded(Packet::Publish(Publish::new(topic, QoS::AtMostOnce, payload)));
    vec![
        (
            "an answer in JSON with white space",
            publish("$crsp/7", b" {\n \"ok\" : [true , null,\"\\\"}\"] } "),
        ),
        ("an empty message", publish("a", b"")),
        ("a message of bytes", publish("a", b"\xFF\xD8\xFF")),
        ("what only begins like JSON", publish("a", b"{hello}")),
        ("a type 2 with all members", publish("$dp", TYPE_2)),
        ("a type 5 with skipped fields", publish("$dp", b"\x05\x00\x0D,;a,,1;,2;b,;")),
        (
            "a type 7 without a time",
            publish("$dp", b"\x07\x00\x01\x00\x01\x00\x00\xC0\x7F\x00\x09\x00\x01\x00\x00\x00\x3F"),
        ),
    ]
}

const TYPE_2: &[u8] =
    b"\x02\x00\x37{\"ds_id\":\"a\",\"at\":\"2015-03-22 22:31:12\",\"desc\":{\"n\":1}}\x00\x00\x00\x02\xFF\xD8";

fn encoded(packet: Packet) -> Vec<u8> {
    encode(&packet).unwrap().to_vec()
}
