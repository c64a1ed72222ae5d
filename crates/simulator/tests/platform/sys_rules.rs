//! Every rule of the platforms with tokens, broken: what is done then is what the list of rules says.

use std::collections::BTreeSet;

use expect_test::expect;
use frame::{Connect, LastWill, Packet, QoS};
use onenet::rules::sys::RULES;
use onenet::rules::{Consequence, Readings, RuleId};
use simulator::Options;

use crate::script::*;
use crate::tokens::*;

/// A conversation of a device of the suite that breaks one rule and no other.
struct Case {
    rule: RuleId,
    script: Vec<Step>,
}

#[test]
fn every_rule_is_enforced_as_the_list_says() {
    let mut broken = BTreeSet::new();
    for Case { rule, script } in logins().into_iter().chain(conversations()) {
        let mut stage = Stage::new(two_devices());
        for step in script {
            stage.run(step);
        }
        assert_eq!(stage.broken, [rule], "{}", stage.transcript);
        let answer = match rule.consequence() {
            Consequence::Close => "← close\n".to_owned(),
            Consequence::Refuse(0x80) => "80]\n".to_owned(),
            Consequence::Refuse(code) => format!("CONNACK {code} session present false\n1 ← close\n"),
            other
            @ (Consequence::Ignore | Consequence::Reject(_) | Consequence::Delay | Consequence::Ban) => {
                panic!("{rule} is broken elsewhere: it {other}")
            }
        };
        assert!(stage.transcript.contains(&answer), "{rule}: no {answer:?} in\n{}", stage.transcript);
        broken.insert(rule);
    }
    // What is rejected, banned or delayed is in `suite`, `studio` and `sys_rates`, and so are commands; a frame that
    // is malformed is so in any generation.
    let elsewhere = [
        RuleId::SysProtocolName,
        RuleId::SysProtocolLevel,
        RuleId::SysReservedFlag,
        RuleId::SysFirstPacket,
        RuleId::SysOneConnection,
        RuleId::SysDup,
        RuleId::SysTopicEmpty,
        RuleId::SysFilterEmpty,
        RuleId::SysFilterQos,
        RuleId::StudioTopicsPerDevice,
        RuleId::SuiteCommandSize,
    ];
    let spared: Vec<&str> = RULES
        .iter()
        .copied()
        .flatten()
        .filter(|rule| matches!(rule.consequence, Consequence::Close | Consequence::Refuse(_)))
        .map(|rule| rule.id)
        .filter(|id| !broken.contains(id) && !elsewhere.contains(id) && !is_rate(*id))
        .map(RuleId::as_str)
        .collect();
    assert!(spared.is_empty(), "no conversation breaks {spared:?}");
}

fn is_rate(rule: RuleId) -> bool {
    rule.as_str().ends_with("-rate")
}

fn logins() -> Vec<Case> {
    let case = |rule, change: fn(&mut Connect)| {
        let Packet::Connect(mut connect) = log_in("321016", "ESP8266_01") else { unreachable!() };
        change(&mut connect);
        Case { rule, script: vec![today(), open(), send(1, Packet::Connect(connect))] }
    };
    let password = |password: &str| log_in_with("321016", "ESP8266_01", password);
    vec![
        case(RuleId::SysWill, |connect| {
            connect.last_will = Some(LastWill::new("a", *b"b", QoS::AtMostOnce, false));
        }),
        case(RuleId::SysCleanSession, |connect| connect.clean_session = false),
        case(RuleId::SysKeepAliveRange, |connect| connect.keep_alive = 0),
        case(RuleId::SysDeviceName, |connect| connect.client_id = "my tv".to_owned()),
        Case { rule: RuleId::SysToken, script: vec![today(), open(), send(1, password("wrong"))] },
        Case {
            rule: RuleId::SysProductId,
            script: vec![today(), open(), send(1, log_in_with("321_016", "a", &token("321016", "a")))],
        },
        Case {
            rule: RuleId::SysDeviceNameEmpty,
            script: vec![
                today(),
                open(),
                bytes(1, b"\x10\x17\x00\x04MQTT\x04\xC2\x00\x78\x00\x00\x00\x06321016\x00\x01x"),
            ],
        },
        Case {
            rule: RuleId::SysTokenEmpty,
            script: vec![
                today(),
                open(),
                bytes(1, b"\x10\x17\x00\x04MQTT\x04\xC2\x00\x78\x00\x01a\x00\x06321016\x00\x00"),
            ],
        },
        Case {
            rule: RuleId::SysProductIdEmpty,
            script: vec![
                today(),
                open(),
                bytes(1, b"\x10\x18\x00\x04MQTT\x04\xC2\x00\x78\x00\x01a\x00\x00\x00\x07sign=\x61\x61"),
            ],
        },
        Case {
            rule: RuleId::SysLoginFlags,
            script: vec![
                today(),
                open(),
                bytes(1, b"\x10\x15\x00\x04MQTT\x04\x82\x00\x78\x00\x01a\x00\x06321016"),
            ],
        },
    ]
}

fn conversations() -> Vec<Case> {
    let own = |rest: &str| format!("$sys/321016/ESP8266_01/{rest}");
    let case = |rule, step: Step| {
        let mut script = suite_device();
        script.push(step);
        Case { rule, script }
    };
    let message = |rule, topic: &str, packet: fn(&str) -> Packet| case(rule, send(1, packet(topic)));
    let plain: fn(&str) -> Packet = |topic| publish(topic, 0, br#"{"id":1,"dp":{}}"#);
    let large: fn(&str) -> Packet = |topic| publish(topic, 0, &[b'x'; 262_145]);
    let filter: fn(&str) -> Packet = |filter| subscribe(2, [(filter, 0)]);
    let data = own("dp/post/json");
    let mut topics = suite_device();
    topics.extend((1..=14).map(|number| send(1, subscribe(2, [(&own(&format!("dp/{number}")), 0)]))));
    topics.push(send(1, subscribe(2, [(&own("dp/15"), 0)])));
    vec![
        case(RuleId::SysSecondConnect, send(1, log_in("321016", "ESP8266_01"))),
        case(RuleId::SysKeepAliveSilence, wait(90.0)),
        case(RuleId::SysPacketType, send(1, Packet::PingResp)),
        case(RuleId::SysPacketType, send(1, pubrec(1))),
        case(RuleId::SysPubackOrder, send(1, puback(1))),
        message(RuleId::SysTopicCharacters, &own("dp/post/温度"), plain),
        message(RuleId::SysTopicLevels, &own("1/2/3/4/5/6"), plain),
        message(RuleId::SysTopicForeign, "$sys/321016/other/dp/post/json", plain),
        message(RuleId::SysTopicForeign, "room/1", plain),
        message(RuleId::SysTopicForeign, "$dp", plain),
        message(RuleId::SysTopicUnknown, &own("dp/post/xml"), plain),
        message(RuleId::SysTopicDown, &own("dp/post/json/accepted"), plain),
        message(RuleId::SysQos, &data, |topic| exactly_once(topic, 1, b"{}")),
        message(RuleId::SysRetain, &data, |topic| retained(topic, b"{}")),
        message(RuleId::SysPayloadSize, &data, large),
        message(RuleId::SysFilterCharacters, &own("a b"), filter),
        message(RuleId::SysFilterLength, &own(&"x".repeat(512)), filter),
        message(RuleId::SysFilterLevels, &own("1/2/3/4/5/6"), filter),
        message(RuleId::SysFilterMalformed, &own("a+"), filter),
        message(RuleId::SysFilterWildcard, "$sys/321016/#", filter),
        message(RuleId::SysFilterWildcard, "#", filter),
        message(RuleId::SysFilterForeign, "$sys/321016/other/#", filter),
        message(RuleId::SysFilterForeign, "room", filter),
        message(RuleId::SysFiltersPerPacket, &data, |topic| subscribe(2, [(topic, 0); 9])),
        Case { rule: RuleId::SuiteTopicsPerDevice, script: topics },
    ]
}

#[test]
fn grants_qos_0_whatever_is_asked_for() {
    check_with(
        two_devices(),
        [
            today(),
            open(),
            send(1, log_in("321016", "ESP8266_01")),
            send(
                1,
                subscribe(
                    7,
                    [
                        ("$sys/321016/ESP8266_01/dp/#", 0),
                        ("$sys/321016/ESP8266_01/cmd/request/+", 1),
                        ("$sys/321016/ESP8266_01/image/#", 2),
                        ("$sys/321016/#", 0),
                    ],
                ),
            ),
            send(1, unsubscribe(8, "$sys/321016/ESP8266_01/dp/#")),
            send(1, Packet::PingReq),
            send(1, Packet::Disconnect),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 321016/ESP8266_01
            1 ← SUBACK 7 [00, 00, 00, 80]
              event  SubscriptionRefused 1 321016/ESP8266_01 $sys/321016/#: rule sys-filter-wildcard: wildcard at byte 12 is in level 3: they may stand from the fourth on
              event  Subscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/dp/#", "$sys/321016/ESP8266_01/cmd/request/+", "$sys/321016/ESP8266_01/image/#"]
            1 ← UNSUBACK 8
              event  Unsubscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/dp/#"]
            1 ← PINGRESP
            1 ← close
              event  Closed 1 321016/ESP8266_01
        "#]],
    );
}

#[test]
fn the_studio_takes_ten_topics() {
    let mut stage = Stage::new(two_devices());
    for step in [today(), open(), send(1, log_in("VRqhDHF2wL", "my_tv"))] {
        stage.run(step);
    }
    for number in 1..=11 {
        let topic = format!("$sys/VRqhDHF2wL/my_tv/thing/{number}");
        stage.run(send(1, subscribe(1, [(&topic, 0)])));
    }
    assert_eq!(stage.broken, [RuleId::StudioTopicsPerDevice]);
}

#[test]
fn readings_change_what_is_taken() {
    let mut readings = Readings::default();
    assert!(readings.follow(RuleId::SuiteMessageId, "from-zero"));
    assert!(readings.follow(RuleId::SysProductId, "numeric"));
    let mut stage = Stage::new(Options { readings, ..two_devices() });
    suite_device().into_iter().for_each(|step| stage.run(step));
    stage.run(suite("dp/post/json", r#"{"id":0,"dp":{}}"#));
    stage.run(open());
    stage.run(send(2, log_in("VRqhDHF2wL", "my_tv")));
    assert_eq!(stage.broken, [RuleId::SysProductId], "{}", stage.transcript);
}
