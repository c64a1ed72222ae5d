//! What waits: more than may be on its way, or before there is a connection.

use expect_test::expect;

use super::script::Step::*;
use super::script::{check_story, connected, message, options, resumed, start, transcript};
use crate::{CloseReason, CommandError, Counts, Event, Options, Qos, Session, Store};

fn narrow() -> Options {
    Options { max_in_flight: 2, max_held: 4, max_held_bytes: 100, ..options() }
}

#[test]
fn only_so_many_messages_are_on_their_way_and_the_rest_follows_in_order() {
    check_story(
        &mut resumed(&narrow(), Store::default(), false),
        [
            Publish("a", "", Qos::AtLeastOnce, 1),
            Publish("b", "", Qos::ExactlyOnce, 2),
            Publish("c", "", Qos::AtLeastOnce, 3),
            Publish("d", "", Qos::AtLeastOnce, 4),
            // One that nobody acknowledges takes no room and does not wait.
            Publish("e", "", Qos::AtMostOnce, 5),
            Input("50 02 00 02", 6),
            Input("70 02 00 02", 7),
            Input("40 02 00 01", 8),
        ],
        expect![[r#"
            Ok(Some(1))
            change Accepted 1 a QoS 1 sent
            transmit PUBLISH 1 a QoS 1
            Ok(Some(2))
            change Accepted 2 b QoS 2 sent
            transmit PUBLISH 2 b QoS 2
            Ok(Some(3))
            change Accepted 3 c QoS 1 waiting
            Ok(Some(4))
            change Accepted 4 d QoS 1 waiting
            Ok(None)
            transmit PUBLISH 0 e QoS 0
            change Released { packet_id: 2 }
            transmit PUBREL 2
            Released { packet_id: 2, round_trip: 4ms }
            change Settled { packet_id: 2 }
            change Sent { packet_id: 3 }
            transmit PUBLISH 3 c QoS 1
            Acknowledged { packet_id: 2, round_trip: 5ms }
            change Settled { packet_id: 1 }
            change Sent { packet_id: 4 }
            transmit PUBLISH 4 d QoS 1
            Acknowledged { packet_id: 1, round_trip: 7ms }
        "#]],
    );
}

#[test]
fn a_link_that_takes_nothing_bounds_what_nobody_acknowledges() {
    let mut session = resumed(&narrow(), Store::default(), false);
    while session.poll_transmit().is_some() {}
    while session.poll_event().is_some() {}
    let mut publish = |payload: &[u8]| session.publish(message("a", payload, Qos::AtMostOnce), start());
    // Two bytes of fixed header, three of topic.
    assert_eq!([publish(&[0; 45]), publish(&[0; 40])], [Ok(None), Ok(None)]);
    assert_eq!(publish(&[0; 1]), Err(CommandError::QueueFull { messages: 2, bytes: 95 }));
    assert_eq!(publish(&[]), Ok(None));
    assert_eq!(session.poll_transmit().map(|frame| frame.len()), Some(50));
    assert_eq!(session.queued_bytes(), 50);
    session.handle_close();
    let told: Vec<Event> = std::iter::from_fn(|| session.poll_event()).collect();
    let closed = Event::Closed(CloseReason::LinkClosed);
    assert_eq!(told, [Event::NeverLeft { messages: 2 }, closed]);
    assert_eq!((session.counts().unacknowledged, session.counts().never_left), (1, 2));
    session.never_left(7);
    assert_eq!((session.counts().unacknowledged, session.counts().never_left), (0, 3));
}

#[test]
fn a_full_queue_refuses_and_says_how_full_it_is() {
    let mut session = resumed(&narrow(), Store::default(), false);
    let publish = |session: &mut Session, payload: &[u8]| {
        session.publish(message("a", payload, Qos::AtLeastOnce), start())
    };
    assert_eq!(publish(&mut session, &[0; 98]), Ok(Some(1)));
    let full = CommandError::QueueFull { messages: 1, bytes: 99 };
    assert_eq!(publish(&mut session, b"x"), Err(full));
    for id in 2..=2 {
        assert_eq!(publish(&mut session, b""), Ok(Some(id)));
    }
    let full = CommandError::QueueFull { messages: 2, bytes: 100 };
    assert_eq!(publish(&mut session, b""), Err(full));
    transcript(&mut session, &[Input("40 02 00 01", 1)]);
    for id in 3..=5 {
        assert_eq!(publish(&mut session, b""), Ok(Some(id)));
    }
    let full = CommandError::QueueFull { messages: 4, bytes: 4 };
    assert_eq!(publish(&mut session, b""), Err(full));
    assert_eq!(
        session.counts(),
        Counts { accepted: 5, acknowledged: 1, in_flight: 2, waiting: 2, ..Counts::default() }
    );
    assert_eq!(full.to_string(), "4 messages of 4 bytes are held already");
}

#[test]
fn a_message_can_be_accepted_before_the_login_is() {
    check_story(
        &mut Session::new(&narrow()).unwrap(),
        [
            Publish("a", "", Qos::AtLeastOnce, 0),
            Enqueue("a", Qos::AtLeastOnce, 0),
            Enqueue("b", Qos::AtMostOnce, 0),
            Open,
            Enqueue("c", Qos::ExactlyOnce, 1),
            Enqueue("d", Qos::ExactlyOnce, 1),
            Input("20 02 00 00", 2),
            Close,
            Enqueue("d", Qos::ExactlyOnce, 3),
        ],
        expect![[r#"
            Err(NotConnected)
            Ok(Some(1))
            change Accepted 1 a QoS 1 waiting
            Err(NotConnected)
            transmit CONNECT
            Ok(Some(2))
            change Accepted 2 c QoS 2 waiting
            Ok(Some(3))
            change Accepted 3 d QoS 2 waiting
            change Began { clean_session: true }
            change Sent { packet_id: 1 }
            change Sent { packet_id: 2 }
            transmit PUBLISH 1 a QoS 1
            transmit PUBLISH 2 c QoS 2
            Connected { session_present: false, resumption: New, round_trip: 2ms }
            Unsettled { packet_id: 1 }
            Unsettled { packet_id: 2 }
            Closed: the link closed
            Err(NotConnected)
        "#]],
    );
}

#[test]
fn a_message_that_was_never_sent_can_be_taken_back() {
    let mut session = resumed(&narrow(), Store::default(), false);
    check_story(
        &mut session,
        [
            Publish("a", "", Qos::AtLeastOnce, 1),
            Publish("b", "", Qos::ExactlyOnce, 1),
            Publish("c", "", Qos::AtLeastOnce, 1),
            Publish("d", "", Qos::AtLeastOnce, 1),
            GiveUp(3),
            GiveUp(1),
            GiveUp(9),
            Input("50 02 00 02", 2),
            GiveUp(2),
            Input("40 02 00 01", 3),
        ],
        expect![[r#"
            Ok(Some(1))
            change Accepted 1 a QoS 1 sent
            transmit PUBLISH 1 a QoS 1
            Ok(Some(2))
            change Accepted 2 b QoS 2 sent
            transmit PUBLISH 2 b QoS 2
            Ok(Some(3))
            change Accepted 3 c QoS 1 waiting
            Ok(Some(4))
            change Accepted 4 d QoS 1 waiting
            Ok(())
            change Settled { packet_id: 3 }
            Err(OnItsWay)
            Err(NotHeld)
            change Released { packet_id: 2 }
            transmit PUBREL 2
            Released { packet_id: 2, round_trip: 1ms }
            Err(OnItsWay)
            change Settled { packet_id: 1 }
            change Sent { packet_id: 4 }
            transmit PUBLISH 4 d QoS 1
            Acknowledged { packet_id: 1, round_trip: 2ms }
        "#]],
    );
    assert_eq!(
        session.counts(),
        Counts { accepted: 4, acknowledged: 1, given_up: 1, in_flight: 2, ..Counts::default() }
    );
}

// MQTT-2.3.1-2.
#[test]
fn what_waits_keeps_its_identifier_from_others() {
    let mut session = Session::resume(&options(), Store { last_id: 65_534, ..Store::default() }).unwrap();
    check_story(
        &mut session,
        [
            Enqueue("a", Qos::AtLeastOnce, 0),
            Enqueue("b", Qos::AtLeastOnce, 0),
            Open,
            Input("20 02 00 00", 1),
            Subscribe("c", 2),
        ],
        expect![[r#"
            Ok(Some(65535))
            change Accepted 65535 a QoS 1 waiting
            Ok(Some(1))
            change Accepted 1 b QoS 1 waiting
            transmit CONNECT
            change Began { clean_session: true }
            change Sent { packet_id: 65535 }
            change Sent { packet_id: 1 }
            transmit PUBLISH 65535 a QoS 1
            transmit PUBLISH 1 b QoS 1
            Connected { session_present: false, resumption: New, round_trip: 1ms }
            Ok(2)
            transmit SUBSCRIBE 2
        "#]],
    );
    let store = Store { last_id: 65_535, ..session.into_store() };
    let mut session = Session::resume(&options(), store).unwrap();
    check_story(
        &mut session,
        [Enqueue("d", Qos::AtLeastOnce, 0)],
        expect![[r#"
        Ok(Some(2))
        change Accepted 2 d QoS 1 waiting
    "#]],
    );
}

#[test]
fn tens_of_thousands_of_messages_are_held_and_sent_without_delay() {
    let mut session = connected();
    for _ in 0..50_000 {
        session.publish(message("a", b"", Qos::ExactlyOnce), start()).unwrap();
    }
    for id in 1..=50_000_u16 {
        let [high, low] = id.to_be_bytes();
        session.handle_input(&[0x50, 2, high, low, 0x70, 2, high, low], start());
        while session.poll_event().is_some() {}
        while session.poll_change().is_some() {}
        while session.poll_transmit().is_some() {}
    }
    assert_eq!(session.counts(), Counts { accepted: 50_000, acknowledged: 50_000, ..Counts::default() });
}
