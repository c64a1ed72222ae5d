//! Clean sessions (§3.1.2.4): nothing goes on by itself, and nothing is lost silently.

use expect_test::expect;

use super::script::Step::*;
use super::script::{at, check_story, connected, keeping, options, resumed, transcript};
use crate::{CommandError, Counts, Qos, Session, Store};

/// Ended with message 1 on its way, 2 taken by the server, 3 waiting.
fn cut_off() -> Session {
    let mut session = resumed(&crate::Options { max_in_flight: 2, ..options() }, Store::default(), false);
    let script = [
        Publish("a", "", Qos::AtLeastOnce, 1),
        Publish("b", "", Qos::ExactlyOnce, 1),
        Publish("c", "", Qos::ExactlyOnce, 1),
        Input("50 02 00 02", 2),
    ];
    transcript(&mut session, &script);
    session
}

#[test]
fn what_the_server_did_not_answer_is_told_at_the_end() {
    let mut session = cut_off();
    check_story(
        &mut session,
        [Close],
        expect![[r#"
        Unsettled { packet_id: 2 }
        Unsettled { packet_id: 1 }
        Closed: the link closed
    "#]],
    );
    let unsettled: Vec<(u16, bool)> = session.unsettled().map(|(id, one)| (id, one.is_some())).collect();
    assert_eq!(unsettled, [(2, false), (1, true)]);
    assert_eq!(session.counts(), Counts { accepted: 3, unsettled: 2, waiting: 1, ..Counts::default() });
}

// MQTT-3.1.2-6.
#[test]
fn a_new_clean_session_abandons_what_is_undecided_and_sends_what_was_never_sent() {
    let mut session = cut_off();
    transcript(&mut session, &[Close]);
    let mut session = Session::resume(&options(), session.into_store()).unwrap();
    check_story(
        &mut session,
        [Open, Input("20 02 00 00", 1)],
        expect![[r#"
        transmit CONNECT
        change Settled { packet_id: 2 }
        change Settled { packet_id: 1 }
        change Sent { packet_id: 3 }
        transmit PUBLISH 3 c QoS 2
        Connected { session_present: false, resumption: New, round_trip: 1ms }
        Abandoned { packet_id: 2, message: None }
        Abandoned { packet_id: 1, message: Some(Message { topic: "a", payload: b"", qos: AtLeastOnce, retain: false }) }
    "#]],
    );
    assert_eq!(session.counts(), Counts { restored: 3, abandoned: 2, in_flight: 1, ..Counts::default() });
}

#[test]
fn an_unsettled_message_is_sent_again_in_its_place_when_somebody_says_so() {
    let mut session = cut_off();
    transcript(&mut session, &[Close]);
    assert_eq!(session.retry(1), Err(CommandError::NotConnected));
    let mut session = Session::resume(&options(), session.into_store()).unwrap();
    check_story(
        &mut session,
        [Retry(1), Retry(1), Retry(2), Retry(3), GiveUp(2), Open, Input("20 02 00 00", 1)],
        expect![[r#"
            Ok(())
            change Returned { packet_id: 1 }
            Err(NotHeld)
            Err(NotHeld)
            Err(NotHeld)
            Ok(())
            change Settled { packet_id: 2 }
            transmit CONNECT
            change Sent { packet_id: 1 }
            change Sent { packet_id: 3 }
            transmit PUBLISH 1 a QoS 1
            transmit PUBLISH 3 c QoS 2
            Connected { session_present: false, resumption: New, round_trip: 1ms }
        "#]],
    );
    assert_eq!(session.counts(), Counts { restored: 3, given_up: 1, in_flight: 2, ..Counts::default() });
}

// MQTT-3.1.2-6.
#[test]
fn what_was_sent_in_a_clean_session_has_no_meaning_in_one_that_is_kept() {
    let mut session = cut_off();
    // A crash: nothing was told any more.
    let store = session.store().clone();
    transcript(&mut session, &[Close]);
    assert_eq!(store, session.into_store());
    let mut session = Session::resume(&keeping(), store).unwrap();
    check_story(
        &mut session,
        [Retry(1), Open, Input("20 02 00 00", 1), Input("40 02 00 01", 2), Close],
        expect![[r#"
            Ok(())
            change Returned { packet_id: 1 }
            transmit CONNECT
            change Settled { packet_id: 2 }
            change Began { clean_session: false }
            change Sent { packet_id: 1 }
            change Sent { packet_id: 3 }
            transmit PUBLISH 1 a QoS 1
            transmit PUBLISH 3 c QoS 2
            Connected { session_present: false, resumption: New, round_trip: 1ms }
            Abandoned { packet_id: 2, message: None }
            change Settled { packet_id: 1 }
            Acknowledged { packet_id: 1, round_trip: 1ms }
            Closed: the link closed
        "#]],
    );
    assert_eq!(session.unsettled().count(), 0);
}

// MQTT-3.1.2-6.
#[test]
fn what_was_sent_in_a_kept_session_is_not_sent_again_in_a_clean_one() {
    let mut session = resumed(&keeping(), Store::default(), false);
    let arrived = Input("34 05 00 01 61 00 07", 2);
    transcript(&mut session, &[Publish("a", "", Qos::AtLeastOnce, 1), arrived, Close]);
    let mut session = Session::resume(&options(), session.into_store()).unwrap();
    check_story(
        &mut session,
        [Open, Input("20 02 00 00", 1)],
        expect![[r#"
        transmit CONNECT
        change Settled { packet_id: 1 }
        change Began { clean_session: true }
        change Completed { packet_id: 7 }
        Connected { session_present: false, resumption: New, round_trip: 1ms }
        Abandoned { packet_id: 1, message: Some(Message { topic: "a", payload: b"", qos: AtLeastOnce, retain: false }) }
    "#]],
    );
}

// MQTT-3.2.2-1: a server that breaks it is tolerated.
#[test]
fn a_wrong_claim_to_have_kept_a_clean_session_is_told_and_disregarded() {
    let mut session = connected();
    transcript(&mut session, &[Input("34 05 00 01 61 00 07", 2), Close]);
    let mut session = Session::resume(&options(), session.into_store()).unwrap();
    check_story(
        &mut session,
        [Open, Input("20 02 01 00", 1), Input("34 05 00 01 61 00 07", 2)],
        expect![[r#"
            transmit CONNECT
            change Completed { packet_id: 7 }
            Connected { session_present: true, resumption: Claimed, round_trip: 1ms }
            change Received { packet_id: 7 }
            transmit PUBREC 7
            Message { message: Message { topic: "a", payload: b"", qos: ExactlyOnce, retain: false }, dup: false }
        "#]],
    );
}

#[test]
fn a_refused_login_leaves_everything_undecided() {
    let mut session = cut_off();
    transcript(&mut session, &[Close]);
    let store = session.into_store();
    let mut session = Session::resume(&options(), store.clone()).unwrap();
    transcript(&mut session, &[Open, Input("20 02 00 05", 1)]);
    assert_eq!(session.unsettled().count(), 2);
    assert_eq!(session.into_store(), store);
}

#[test]
fn a_subscription_goes_ahead_of_the_messages_that_waited_for_the_login() {
    let mut session = cut_off();
    transcript(&mut session, &[Close]);
    let mut session = Session::resume(&options(), session.into_store()).unwrap();
    session.handle_open(at(0));
    session.handle_input(&[0x20, 2, 0, 0], at(1));
    session.subscribe(&["$sys/#"], Qos::AtLeastOnce, at(1)).unwrap();
    session.subscribe(&["x"], Qos::AtLeastOnce, at(1)).unwrap();
    let sent: Vec<u8> = std::iter::from_fn(|| session.poll_transmit()).map(|frame| frame[0]).collect();
    assert_eq!(sent, [0x10, 0x82, 0x82, 0x34], "CONNECT, both SUBSCRIBEs, PUBLISH");
}
