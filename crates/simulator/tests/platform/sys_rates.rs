//! How often devices of platforms with tokens may do what they do (reference §2.3, §3.1), where that is counted.

use std::time::Duration;

use expect_test::expect;
use frame::{Packet, Unsubscribe};
use onenet::rules::RuleId;
use simulator::{Limits, Options};

use crate::script::*;
use crate::tokens::*;

fn counted() -> Options {
    Options { rates: true, ..two_devices() }
}

#[test]
fn nothing_is_counted_unless_asked_for() {
    let mut stage = Stage::new(two_devices());
    suite_device().into_iter().for_each(|step| stage.run(step));
    for _ in 0..400 {
        stage.run(suite("dp/post/json", r#"{"id":1,"dp":{}}"#));
        stage.run(send(1, Packet::PingReq));
    }
    assert_eq!(stage.broken, []);
}

#[test]
fn who_does_too_much_is_banned_for_five_minutes() {
    let mut script = suite_device();
    script.extend((0..11).map(|_| send(1, Packet::PingReq)));
    script.extend([
        open(),
        send(2, log_in("321016", "ESP8266_01")),
        wait(299.5),
        open(),
        send(3, log_in("321016", "ESP8266_01")),
        wait(0.5),
        open(),
        send(4, log_in("321016", "ESP8266_01")),
    ]);
    check_with(
        counted(),
        script,
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 321016/ESP8266_01
        1 ← SUBACK 1 [00]
          event  Subscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/#"]
        1 ← PINGRESP
        1 ← PINGRESP
        1 ← PINGRESP
        1 ← PINGRESP
        1 ← PINGRESP
        1 ← PINGRESP
        1 ← PINGRESP
        1 ← PINGRESP
        1 ← PINGRESP
        1 ← PINGRESP
        1 ← close
          event  Banned 321016/ESP8266_01 suite-ping-rate: found 11 until 2020-08-17 08:05:00.000
          event  Dropped 1 321016/ESP8266_01: rule suite-ping-rate: found 11
          event  Opened 2
        2 ← close
          event  LoginRefused 2 - the device is banned for 300 s more: 
          event  Dropped 2 nobody: rule suite-ping-rate: found 11
          event  Opened 3
        3 ← close
          event  LoginRefused 3 - the device is banned for 1 s more: 
          event  Dropped 3 nobody: rule suite-ping-rate: found 11
          event  Opened 4
        4 ← CONNACK 0 session present false
          event  LoggedIn 4 321016/ESP8266_01
    "#]],
    );
}

#[test]
fn windows_begin_anew() {
    let mut stage = Stage::new(counted());
    suite_device().into_iter().for_each(|step| stage.run(step));
    for _ in 0..10 {
        (0..10).for_each(|_| stage.run(send(1, Packet::PingReq)));
        stage.run(wait(5.0));
    }
    assert_eq!(stage.broken, []);
}

#[test]
fn every_rate_of_the_suite_bans() {
    type Make = fn(usize) -> Step;
    let cases: [(RuleId, usize, Make); 5] = [
        (RuleId::SuiteQos0Rate, 300, |_| suite("dp/post/json", r#"{"id":1,"dp":{}}"#)),
        (RuleId::SuiteQos1Rate, 100, |_| {
            send(1, publish("$sys/321016/ESP8266_01/dp/post/json", 1, br#"{"id":1,"dp":{}}"#))
        }),
        // One was subscribed to already.
        (RuleId::SuiteSubscribeRate, 14, |_| send(1, subscribe(1, [("$sys/321016/ESP8266_01/#", 0)]))),
        (RuleId::SuiteUnsubscribeRate, 10, |_| send(1, unsubscribe(1, "$sys/321016/ESP8266_01/x"))),
        (RuleId::SuitePingRate, 10, |_| send(1, Packet::PingReq)),
    ];
    for (rule, limit, make) in cases {
        let mut stage = Stage::new(counted());
        suite_device().into_iter().for_each(|step| stage.run(step));
        (0..limit).for_each(|number| stage.run(make(number)));
        assert_eq!(stage.broken, [], "{rule}");
        stage.run(make(limit));
        assert_eq!(stage.broken, [rule]);
        assert!(stage.transcript.contains("Banned 321016/ESP8266_01"));
    }
}

#[test]
fn logins_are_counted_too() {
    let mut stage = Stage::new(counted());
    stage.run(today());
    for connection in 1..=11 {
        stage.run(open());
        stage.run(send(connection, log_in_with("321016", "ESP8266_01", "wrong")));
    }
    assert_eq!(stage.broken.last(), Some(&RuleId::SuiteLoginRate));
    stage.platform.lift_bans();
    stage.run(open());
    stage.run(send(12, log_in("321016", "ESP8266_01")));
    assert!(stage.platform.device("321016/ESP8266_01").unwrap().online());
}

#[test]
fn the_studio_delays_and_refuses_instead() {
    let mut script = studio_device();
    let post = || studio("thing/property/post", r#"{"id":"1","params":{}}"#);
    script.extend([
        post(),
        post(),
        act(|platform, now| told(platform.set_properties("VRqhDHF2wL/my_tv", named([("a", "1")]), now))),
        act(|platform, now| told(platform.set_properties("VRqhDHF2wL/my_tv", named([("a", "1")]), now))),
        wait(1.0),
    ]);
    let filter = "$sys/VRqhDHF2wL/my_tv/thing/property/set";
    script.extend((0..2).map(|_| send(1, subscribe(1, [(filter, 0); 6]))));
    script.extend([send(1, Packet::PingReq), wait(1.0)]);
    check_with(
        counted(),
        script,
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 VRqhDHF2wL/my_tv
            1 ← SUBACK 1 [00]
              event  Subscribed VRqhDHF2wL/my_tv ["$sys/VRqhDHF2wL/my_tv/#"]
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/post/reply QoS 0 id 0 {"id":"1","code":200,"msg":"success"}
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/post: taken, told
              event  RateExceeded VRqhDHF2wL/my_tv studio-uplink-rate: found 2
              gives  1
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/set QoS 0 id 0 {"id":"1","version":"1.0","params":{"a":1}}
              event  CallSent 1 VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/set
              gives  error: rule studio-property-set-rate: found 2
              event  RateExceeded VRqhDHF2wL/my_tv studio-property-set-rate: found 2
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/post/reply QoS 0 id 0 {"id":"1","code":200,"msg":"success"}
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/post: taken, told
            1 ← SUBACK 1 [00, 00, 00, 00, 00, 00]
              event  Subscribed VRqhDHF2wL/my_tv ["$sys/VRqhDHF2wL/my_tv/thing/property/set", "$sys/VRqhDHF2wL/my_tv/thing/property/set", "$sys/VRqhDHF2wL/my_tv/thing/property/set", "$sys/VRqhDHF2wL/my_tv/thing/property/set", "$sys/VRqhDHF2wL/my_tv/thing/property/set", "$sys/VRqhDHF2wL/my_tv/thing/property/set"]
            1 ← SUBACK 1 [00, 00, 00, 00, 80, 80]
              event  RateExceeded VRqhDHF2wL/my_tv studio-subscribe-rate: found 11
              event  SubscriptionRefused 1 VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_t: rule studio-subscribe-rate: found 11
              event  RateExceeded VRqhDHF2wL/my_tv studio-subscribe-rate: found 12
              event  SubscriptionRefused 1 VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_t: rule studio-subscribe-rate: found 12
              event  Subscribed VRqhDHF2wL/my_tv ["$sys/VRqhDHF2wL/my_tv/thing/property/set", "$sys/VRqhDHF2wL/my_tv/thing/property/set", "$sys/VRqhDHF2wL/my_tv/thing/property/set", "$sys/VRqhDHF2wL/my_tv/thing/property/set"]
            1 ← PINGRESP
        "#]],
    );
}

#[test]
fn what_is_delayed_is_answered_in_its_order_a_second_later() {
    let post = |id: &str| studio("thing/property/post", &format!(r#"{{"id":"{id}","params":{{}}}}"#));
    let mut script = studio_device();
    script.extend([post("1"), post("2"), send(1, Packet::PingReq), post("3"), wait(0.9)]);
    let clock = |text: &'static str| act(move |_, _| text.to_owned());
    script.extend([clock("0.9 s later"), wait(0.1), clock("1 s later"), wait(1.0), clock("2 s later")]);
    script.extend([send(1, Packet::PingReq), wait(1.0)]);
    check_with(
        counted(),
        script,
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 VRqhDHF2wL/my_tv
            1 ← SUBACK 1 [00]
              event  Subscribed VRqhDHF2wL/my_tv ["$sys/VRqhDHF2wL/my_tv/#"]
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/post/reply QoS 0 id 0 {"id":"1","code":200,"msg":"success"}
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/post: taken, told
              event  RateExceeded VRqhDHF2wL/my_tv studio-uplink-rate: found 2
              gives  0.9 s later
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/post/reply QoS 0 id 0 {"id":"2","code":200,"msg":"success"}
            1 ← PINGRESP
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/post: taken, told
              event  RateExceeded VRqhDHF2wL/my_tv studio-uplink-rate: found 2
              gives  1 s later
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/post/reply QoS 0 id 0 {"id":"3","code":200,"msg":"success"}
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/post: taken, told
              gives  2 s later
            1 ← PINGRESP
        "#]],
    );
}

#[test]
fn a_device_that_waits_may_leave_and_come_back() {
    let post = || studio("thing/property/post", r#"{"id":"1","params":{}}"#);
    let mut script = studio_device();
    script.extend([post(), post(), Step::Close(1), open(), send(2, log_in("VRqhDHF2wL", "my_tv"))]);
    let again = publish("$sys/VRqhDHF2wL/my_tv/thing/property/post", 7, br#"{"id":"1","params":{}}"#);
    script.extend([send(2, again), wait(1.0), wait(1.0)]);
    check_with(
        counted(),
        script,
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 VRqhDHF2wL/my_tv
        1 ← SUBACK 1 [00]
          event  Subscribed VRqhDHF2wL/my_tv ["$sys/VRqhDHF2wL/my_tv/#"]
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/post/reply QoS 0 id 0 {"id":"1","code":200,"msg":"success"}
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/post: taken, told
          event  RateExceeded VRqhDHF2wL/my_tv studio-uplink-rate: found 2
          event  Closed 1 VRqhDHF2wL/my_tv
          event  Opened 2
        2 ← CONNACK 0 session present false
          event  LoggedIn 2 VRqhDHF2wL/my_tv
          event  RateExceeded VRqhDHF2wL/my_tv studio-uplink-rate: found 2
        2 ← PUBACK 7
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/post: taken, not subscribed
    "#]],
    );
}

#[test]
fn a_device_that_says_too_much_while_it_waits_is_dropped() {
    let limits = Limits { remaining_length: 1_000, ..Limits::default() };
    let mut stage = Stage::new(Options { limits, ..counted() });
    studio_device().into_iter().for_each(|step| stage.run(step));
    (0..502).for_each(|_| stage.run(send(1, Packet::PingReq)));
    assert!(stage.platform.device("VRqhDHF2wL/my_tv").unwrap().online());
    stage.run(send(1, Packet::PingReq));
    assert!(stage.transcript.contains("Dropped 1 VRqhDHF2wL/my_tv"), "{}", stage.transcript);
}

#[test]
fn a_property_set_that_is_not_sent_does_not_count() {
    let set =
        || act(|platform, now| told(platform.set_properties("VRqhDHF2wL/my_tv", named([("a", "1")]), now)));
    check_with(
        counted(),
        [
            today(),
            open(),
            send(1, log_in("VRqhDHF2wL", "my_tv")),
            set(),
            send(1, subscribe(1, [("$sys/VRqhDHF2wL/my_tv/#", 0)])),
            set(),
            set(),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 VRqhDHF2wL/my_tv
              gives  error: the device is not subscribed to $sys/VRqhDHF2wL/my_tv/thing/property/set
            1 ← SUBACK 1 [00]
              event  Subscribed VRqhDHF2wL/my_tv ["$sys/VRqhDHF2wL/my_tv/#"]
              gives  1
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/set QoS 0 id 0 {"id":"1","version":"1.0","params":{"a":1}}
              event  CallSent 1 VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/set
              gives  error: rule studio-property-set-rate: found 2
              event  RateExceeded VRqhDHF2wL/my_tv studio-property-set-rate: found 2
        "#]],
    );
}

#[test]
fn an_unsubscribe_counts_once_in_the_suite_however_many_filters_it_has() {
    let unsubscribe = || {
        let topics = (1..=8).map(|number| format!("$sys/321016/ESP8266_01/dp/{number}")).collect();
        send(1, Packet::Unsubscribe(Unsubscribe { pkid: 1, topics }))
    };
    let mut stage = Stage::new(counted());
    suite_device().into_iter().for_each(|step| stage.run(step));
    (0..10).for_each(|_| stage.run(unsubscribe()));
    assert_eq!(stage.broken, []);
    stage.run(unsubscribe());
    assert_eq!(stage.broken, [RuleId::SuiteUnsubscribeRate]);
}

#[test]
fn the_filters_of_an_unsubscribe_count_each_in_the_studio() {
    let topics = (1..=8).map(|number| format!("$sys/VRqhDHF2wL/my_tv/{number}")).collect();
    let unsubscribe = Packet::Unsubscribe(Unsubscribe { pkid: 1, topics });
    let mut stage = Stage::new(counted());
    studio_device().into_iter().for_each(|step| stage.run(step));
    stage.run(send(1, unsubscribe.clone()));
    assert!(!stage.transcript.contains("RateExceeded"), "{}", stage.transcript);
    stage.run(send(1, unsubscribe));
    let told = "RateExceeded VRqhDHF2wL/my_tv studio-unsubscribe-rate: found 16";
    assert!(stage.transcript.contains(told), "{}", stage.transcript);
}

#[test]
fn counting_is_switched_while_the_platform_runs() {
    let mut stage = Stage::new(two_devices());
    suite_device().into_iter().for_each(|step| stage.run(step));
    stage.platform.enforce_rates(true);
    (0..11).for_each(|_| stage.run(send(1, Packet::PingReq)));
    assert_eq!(stage.broken, [RuleId::SuitePingRate]);
    stage.platform.enforce_rates(false);
    stage.now += Duration::from_secs(1);
    stage.run(open());
    stage.run(send(2, log_in("321016", "ESP8266_01")));
    assert!(stage.platform.device("321016/ESP8266_01").unwrap().online());
}
