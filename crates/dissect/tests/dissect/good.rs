//! Frames that break no rule, of every kind.

use frame::{
    Connect, LastWill, Packet, PubAck, PubRel, Publish, QoS, Subscribe, SubscribeFilter, Unsubscribe, encode,
};
use proptest::prelude::*;

/// A frame that breaks no rule.
pub fn good_frame() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        2 => good_message(),
        3 => good_packet().prop_map(|packet| encode(&packet).unwrap().to_vec()),
        1 => prop::sample::select(crate::vectors::good_frames()),
    ]
}

/// A message under `$sys` or `$subdev` that every document would take.
fn good_message() -> impl Strategy<Value = Vec<u8>> {
    let value = || {
        prop::sample::select(vec![
            "22.5e-3",
            "-0.1",
            "true",
            "null",
            "\"温度\"",
            "{\"a\":[1,{}]}",
            "[ ]",
            "\"\\\"\\u00e9\"",
        ])
    };
    let name = || "\\$?[a-z][a-z0-9_]{0,5}";
    let suite = (0..i32::MAX, name(), value()).prop_map(|(id, name, value)| {
        (
            "$sys/321016/lamp/dp/post/json",
            format!(r#"{{"id":{id}, "dp":{{"{name}":[{{"v":{value},"t":1}}]}}}}"#),
        )
    });
    let image = (name(), value()).prop_map(|(name, value)| {
        ("$sys/321016/lamp/image/update", format!(r#"{{"state":{{"desired":{{"{name}":{value}}}}}}}"#))
    });
    let command = "[ -~]{0,9}".prop_map(|body| ("$subdev/321016/lamp-2/cmd/response/4b97-0e", body));
    let property = ("[0-9]{1,13}", name(), value(), any::<u32>()).prop_map(|(id, name, value, time)| {
        let params = format!(r#"{{"{name}":{{"value":{value},"time":{time}}}}}"#);
        let topic = "$sys/VRqhDHF2wL/my_tv/thing/property/post";
        (topic, format!(r#"{{"id": "{id}","version":"1.0","params":{params} }}"#))
    });
    let reply = (name(), value(), any::<i32>()).prop_map(|(name, value, code)| {
        let topic = "$sys/VRqhDHF2wL/my_tv/thing/service/reboot/invoke_reply";
        (topic, format!(r#"{{"id":"1","code":{code},"msg":"","data":{{"{name}":{value}}}}}"#))
    });
    let binding = "[!#-Z^-~]{0,20}".prop_map(|token| {
        let params = format!(r#"{{"productID":"a","deviceName":"b","sasToken":"{token}"}}"#);
        ("$sys/VRqhDHF2wL/my_tv/thing/sub/topo/add", format!(r#"{{"id":"1","params":{params}}}"#))
    });
    let message = prop_oneof![suite, image, command, property, reply, binding];
    (message, 0_u8..2).prop_map(|((topic, payload), qos)| {
        let mut publish = Publish::new(topic, qos_of(qos), payload);
        publish.pkid = 7;
        encode(&Packet::Publish(publish)).unwrap().to_vec()
    })
}

fn good_packet() -> impl Strategy<Value = Packet> {
    let topic = || prop_oneof![Just("$dp".to_owned()), "[a-z/温]{1,9}", r"\$(creq|crsp)/[0-9a-f-]{0,9}"];
    let message = || {
        prop_oneof![
            prop::collection::vec(any::<u8>(), 0..20),
            r#"(\{"a[0-9]*":(-?[0-9]\.5e3|\[null, true\]|"\\n")\}|\[\]|"x"|\{)"#.prop_map(String::into_bytes),
        ]
    };
    let payload = prop::sample::select(crate::vectors::payloads());
    let publish = (topic(), message(), payload, 0_u8..3, any::<bool>()).prop_map(
        |(topic, message, payload, qos, retain)| {
            let payload = if topic == "$dp" { payload } else { message };
            let mut publish = Publish::new(topic, qos_of(qos), payload);
            (publish.pkid, publish.retain) = (7, retain);
            Packet::Publish(publish)
        },
    );
    let will = (topic(), message(), 0_u8..3, any::<bool>())
        .prop_map(|(topic, message, qos, retain)| LastWill::new(topic, message, qos_of(qos), retain));
    let connect = (
        "[0-9a-z]{0,9}",
        prop::option::of((
            "[0-9]{1,6}",
            prop_oneof!["[!-~]{1,9}", "(&?(res|et|sign)?=?(%2F|[a-z0-9%/]){0,3}){1,4}"],
        )),
        prop::option::of(will),
        any::<bool>(),
    )
        .prop_map(|(client_id, login, will, clean_session): (String, _, _, _)| {
            let mut connect = Connect::new(client_id);
            if let Some((user_name, password)) = login {
                connect.set_login(user_name, password);
            }
            (connect.last_will, connect.clean_session) = (will, clean_session);
            Packet::Connect(connect)
        });
    let filter = || prop_oneof!["[a-z/+#]{1,9}", r"\$sys/321016/lamp/(cmd/request/)?[+#]"];
    let subscribe = prop::collection::vec((filter(), 0_u8..3), 1..4).prop_map(|filters| {
        let filters = filters.into_iter().map(|(path, qos)| SubscribeFilter::new(path, qos_of(qos)));
        let mut subscribe = Subscribe::new_many(filters);
        subscribe.pkid = 3;
        Packet::Subscribe(subscribe)
    });
    let unsubscribe = prop::collection::vec(filter(), 1..4)
        .prop_map(|topics| Packet::Unsubscribe(Unsubscribe { pkid: 4, topics }));
    let single = prop_oneof![
        Just(Packet::PubAck(PubAck { pkid: 1 })),
        Just(Packet::PubRel(PubRel { pkid: 65_535 })),
        Just(Packet::PingReq),
        Just(Packet::PingResp),
        Just(Packet::Disconnect),
    ];
    prop_oneof![4 => publish, 3 => connect, 1 => subscribe, 1 => unsubscribe, 1 => single]
}

fn qos_of(number: u8) -> QoS {
    [QoS::AtMostOnce, QoS::AtLeastOnce, QoS::ExactlyOnce][usize::from(number)]
}
