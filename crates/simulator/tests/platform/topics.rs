//! Messages between the devices of a product (reference §1.4, §1.5).

use expect_test::expect;
use frame::Packet;
use simulator::Limits;

use crate::script::*;

#[test]
fn answers_every_filter_on_its_own() {
    let long = "a".repeat(1_025);
    let filters = [
        ("app_topic", 0),
        ("a/B_9", 1),
        ("c", 2),
        ("$dp", 0),
        ("room/+", 0),
        ("#", 0),
        ("温度", 0),
        (&long, 0),
    ];
    check(
        [open(), send(1, connect("1", "2")), send(1, subscribe(10, filters))],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 10 [00, 01, 02, 80, 80, 80, 80, 80]
              event  SubscriptionRefused 1 1 $dp: rule filter-reserved: topics beginning with $ belong to the platform
              event  SubscriptionRefused 1 1 room/+: rule filter-wildcard: '+' at byte 5 is not allowed in a topic
              event  SubscriptionRefused 1 1 #: rule filter-wildcard: '#' at byte 0 is not allowed in a topic
              event  SubscriptionRefused 1 1 温度: rule filter-characters: '温' at byte 0 is not allowed in a topic
              event  SubscriptionRefused 1 1 aaaaaaaaaaaaaaaaaaaa: rule filter-length: topic has 1025 characters, the limit is 1024
        "#]],
    );
}

#[test]
fn delivers_within_a_product_at_the_publishers_qos() {
    check(
        [
            open(),
            open(),
            open(),
            send(1, connect("1", "100")),
            send(2, connect("2", "100")),
            send(3, connect("3", "200")),
            send(2, subscribe(1, [("room/1", 0)])),
            send(3, subscribe(1, [("room/1", 1)])),
            send(1, publish("room/1", 0, b"at 0")),
            send(1, publish("room/1", 5, b"at 1")),
            send(2, puback(1)),
            send(1, subscribe(2, [("room/1", 0)])),
            send(1, publish("room/1", 6, b"to both")),
            send(1, publish("room/10", 7, b"to nobody")),
        ],
        expect![[r#"
              event  Opened 1
              event  Opened 2
              event  Opened 3
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 2
            3 ← CONNACK 0 session present false
              event  LoggedIn 3 3
            2 ← SUBACK 1 [00]
            3 ← SUBACK 1 [01]
            2 ← PUBLISH room/1 QoS 0 id 0 at 0
              event  Forwarded room/1 from 1 to 1, discarded 0
            2 ← PUBLISH room/1 QoS 1 id 1 at 1
            1 ← PUBACK 5
              event  Forwarded room/1 from 1 to 1, discarded 0
            1 ← SUBACK 2 [00]
            1 ← PUBLISH room/1 QoS 1 id 1 to both
            2 ← PUBLISH room/1 QoS 1 id 2 to both
            1 ← PUBACK 6
              event  Forwarded room/1 from 1 to 2, discarded 0
            1 ← PUBACK 7
              event  Forwarded room/10 from 1 to 0, discarded 0
        "#]],
    );
}

#[test]
fn ends_a_subscription() {
    check(
        [
            open(),
            send(1, connect("1", "2")),
            send(1, subscribe(1, [("a", 0)])),
            send(1, unsubscribe(2, "a")),
            send(1, unsubscribe(3, "$never")),
            send(1, publish("a", 0, b"")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [00]
            1 ← UNSUBACK 2
            1 ← UNSUBACK 3
              event  Forwarded a from 1 to 0, discarded 0
        "#]],
    );
}

#[test]
fn forgets_subscriptions_with_the_connection() {
    check(
        [
            open(),
            send(1, connect("1", "2")),
            send(1, subscribe(1, [("a", 0)])),
            send(1, Packet::Disconnect),
            open(),
            send(2, connect("1", "2")),
            send(2, publish("a", 0, b"")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [00]
            1 ← close
              event  Closed 1 1
              event  Opened 2
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 1
              event  Forwarded a from 1 to 0, discarded 0
        "#]],
    );
}

#[test]
fn keeps_a_window_of_unacknowledged_messages() {
    let limits = Limits { in_flight: 2, ..Limits::default() };
    check_with(
        limited(limits),
        [
            open(),
            open(),
            send(1, connect("1", "100")),
            send(2, connect("2", "100")),
            send(2, subscribe(1, [("a", 1)])),
            send(1, publish("a", 1, b"one")),
            send(1, publish("a", 2, b"two")),
            send(1, publish("a", 3, b"three waits")),
            send(1, publish("a", 4, b"four waits")),
            send(1, publish("a", 0, b"QoS 0 overtakes")),
            send(2, puback(9)),
            send(2, puback(2)),
            send(2, puback(2)),
            send(2, puback(1)),
            send(1, publish("a", 5, b"five")),
        ],
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 2
            2 ← SUBACK 1 [01]
            2 ← PUBLISH a QoS 1 id 1 one
            1 ← PUBACK 1
              event  Forwarded a from 1 to 1, discarded 0
            2 ← PUBLISH a QoS 1 id 2 two
            1 ← PUBACK 2
              event  Forwarded a from 1 to 1, discarded 0
            1 ← PUBACK 3
              event  Forwarded a from 1 to 1, discarded 0
            1 ← PUBACK 4
              event  Forwarded a from 1 to 1, discarded 0
            2 ← PUBLISH a QoS 0 id 0 QoS 0 overtakes
              event  Forwarded a from 1 to 1, discarded 0
              event  Unmatched 2 2 PUBACK 9
            2 ← PUBLISH a QoS 1 id 3 three waits
              event  Unmatched 2 2 PUBACK 2
            2 ← PUBLISH a QoS 1 id 4 four waits
            1 ← PUBACK 5
              event  Forwarded a from 1 to 1, discarded 0
        "#]],
    );
}

#[test]
fn drops_a_device_that_publishes_to_a_topic_it_may_not_have() {
    check(
        [
            open(),
            send(1, connect("1", "2")),
            send(1, publish("$sys/1/2/dp/post/json", 1, b"{}")),
            open(),
            send(2, connect("1", "2")),
            send(2, publish("a b", 0, b"")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← close
              event  Dropped 1 1: rule topic-reserved: topics beginning with $ belong to the platform
              event  Opened 2
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 1
            2 ← close
              event  Dropped 2 1: rule topic-characters: ' ' at byte 1 is not allowed in a topic
        "#]],
    );
}
