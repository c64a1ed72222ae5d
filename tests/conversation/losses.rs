//! What the page does when a connection does not come about, is refused, or is lost.

use std::time::Duration;

use bytes::Bytes;
use onenet_web::client::LinkEvent;
use onenet_web::connect::{Destination, LinkEnd};
use onenet_web::feed::SubscriptionState;
use onenet_web::platform::Happening;
use onenet_web::upload::Upload;
use session::{Granted, Qos};
use simulator::DropReason;

use super::stage::{Stage, accept, hear, say};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn closed(code: u16, reason: &str) -> LinkEvent {
    LinkEvent::Closed(LinkEnd::Closed { code, reason: reason.to_owned() })
}

#[test]
fn a_relay_that_is_not_there_is_tried_again_with_growing_pauses() {
    let mut stage = Stage::new();
    stage.connect_elsewhere();
    assert_eq!(stage.statuses(), ["opening"]);
    for pause in [1, 2, 4, 8, 16, 30, 30] {
        say(&stage.answer(), closed(1006, ""));
        stage.settle();
        stage.pass(seconds(pause));
        let mut expected: Vec<String> = (1..=pause).rev().map(|left| format!("waiting {left}")).collect();
        expected.push("opening".to_owned());
        assert_eq!(stage.statuses(), expected);
    }
}

#[test]
fn the_person_can_end_a_pause_and_the_tries() {
    let mut stage = Stage::new();
    stage.connect_elsewhere();
    say(&stage.answer(), closed(1006, ""));
    stage.settle();
    stage.statuses();
    stage.act(|client| client.try_now());
    assert_eq!(stage.statuses(), ["opening"]);
    say(&stage.answer(), closed(1006, ""));
    stage.settle();
    stage.act(|client| client.disconnect());
    assert_eq!(stage.statuses().last().unwrap().split(':').next(), Some("offline"));
    stage.pass(seconds(100));
    assert!(stage.statuses().is_empty());
}

#[test]
fn a_link_that_never_opens_is_reported_within_ten_seconds() {
    let mut stage = Stage::new();
    stage.connect_elsewhere();
    stage.pass(seconds(4));
    assert_eq!(stage.statuses(), ["opening", "waiting 1"]);
    assert!(hear(&mut stage.answer()).is_none(), "nothing is said before the link is open");
}

#[test]
fn a_server_that_never_answers_is_reported_within_ten_seconds() {
    let mut stage = Stage::new();
    stage.connect_elsewhere();
    stage.pass(seconds(3));
    let far = stage.answer();
    say(&far, LinkEvent::Opened);
    stage.pass(seconds(6));
    assert_eq!(stage.statuses(), ["opening", "logging in", "waiting 1"]);
}

#[test]
fn a_refused_login_is_not_tried_again() {
    let mut stage = Stage::new();
    stage.connect_elsewhere();
    let mut far = stage.answer();
    accept(&mut stage, &mut far, 4);
    stage.pass(seconds(100));
    let statuses = stage.statuses();
    assert_eq!(statuses.len(), 3);
    assert!(statuses[2].starts_with("offline: Login refused: CONNACK 4."), "{statuses:?}");
}

#[test]
fn the_relays_words_become_sentences() {
    for (code, reason, sentence) in [
        (1008, "unknown-upstream", "The relay has no upstream of this name."),
        (1008, "origin-refused", "The relay takes no connections from this page's address."),
        (4502, "dial-refused", "The relay could not reach the upstream"),
        (4504, "dial-timed-out", "The upstream did not answer the relay."),
        (1000, "upstream-ended", "The platform hung up."),
        (1005, "", "The other side closed the link (code 1005)."),
    ] {
        let mut stage = Stage::new();
        stage.connect_elsewhere();
        say(&stage.answer(), closed(code, reason));
        stage.settle();
        stage.act(|client| client.disconnect());
        let last = stage.statuses().pop().unwrap();
        assert!(last.starts_with(&format!("offline: {sentence}")), "{last}");
    }
}

#[test]
fn an_upload_without_connection_is_listed_as_not_sent() {
    let mut stage = Stage::new();
    stage.act(|client| client.upload(Upload::answer("7", "done")));
    assert_eq!(stage.fates(), ["refused"]);
}

#[test]
fn an_upload_that_was_not_acknowledged_is_sent_again() {
    let mut stage = Stage::new();
    stage.connect_elsewhere();
    let mut far = stage.answer();
    accept(&mut stage, &mut far, 0);
    assert_eq!(stage.fates(), ["waiting"]);
    drop(far);
    stage.settle();
    assert_eq!(stage.fates(), ["queued"]);
    stage.pass(seconds(1));
    let mut far = stage.answer();
    accept(&mut stage, &mut far, 0);
    assert_eq!(stage.fates(), ["waiting"], "the first values of the last login still wait: the same again");
    let state = stage.state();
    let item = state.outbox.newest_first().next().unwrap();
    assert_eq!((item.sendings, item.may_repeat), (2, true));
}

#[test]
fn the_platform_hangs_up_on_a_bad_upload_and_the_page_comes_back_without_it() {
    let mut stage = Stage::new();
    stage.connect(|_| {});
    stage.subscribe("room/heat");
    stage.statuses();
    let broken = Upload {
        topic: "$dp".to_owned(),
        payload: Bytes::from_static(b"\x08\x00\x00"),
        qos: Qos::AtLeastOnce,
        summary: String::new(),
    };
    stage.act(|client| client.upload(broken));
    assert_eq!(stage.statuses(), ["waiting 1"]);
    assert_eq!(stage.fates(), ["acknowledged", "queued"]);
    assert_eq!(stage.state().subscriptions.iter().next().unwrap().state, SubscriptionState::Wanted);
    {
        let state = stage.state();
        let told = state.console.notes().find_map(|note| match &note.happening {
            Happening::HungUp { reason: DropReason::Rule(finding), .. } => Some(finding.to_string()),
            _ => None,
        });
        assert_eq!(told.as_deref(), Some("payload: payload type 8 is unknown, expected 1 to 7 at byte 0"));
    }

    // The first values are acknowledged before it on this login; from the second on it is the suspect.
    stage.pass(seconds(30));
    let last = stage.statuses().pop().unwrap();
    assert!(last.contains("“Do not send”"), "{last}");
    assert_eq!(stage.fates(), ["acknowledged", "set-aside", "set-aside"]);
    let (left, packet_id) = {
        let state = stage.state();
        let bad = state.outbox.newest_first().nth(1).unwrap();
        assert!(bad.may_be_given_up());
        (bad.left.clone(), bad.packet_id.unwrap())
    };
    stage.act(|client| client.give_up(left, packet_id));
    stage.connect(|_| {});
    assert_eq!(stage.statuses().last().unwrap(), "online");
    assert_eq!(stage.fates()[..2], ["acknowledged", "given-up"]);
    assert!(stage.fates()[2..].iter().all(|fate| *fate == "acknowledged"));
    let granted = SubscriptionState::Answered(Granted::AtLeastOnce);
    assert_eq!(stage.state().subscriptions.iter().next().unwrap().state, granted);
}

#[test]
fn a_platform_that_hangs_up_after_every_login_is_asked_less_and_less() {
    let mut stage = Stage::new();
    stage.connect(|form| {
        form.destination = Destination::Address;
        form.address = "ws://relay.example/mqtt/onenet".to_owned();
        form.upload_first = false;
    });
    for pause in [1, 2, 4, 8] {
        let mut far = stage.answer();
        accept(&mut stage, &mut far, 0);
        drop(far);
        stage.settle();
        assert_eq!(stage.statuses().last(), Some(&format!("waiting {pause}")));
        stage.pass(seconds(pause));
    }
    let mut far = stage.answer();
    accept(&mut stage, &mut far, 0);
    stage.pass(seconds(30));
    drop(far);
    stage.settle();
    assert_eq!(stage.statuses().last().unwrap(), "waiting 1", "this one held");
}

#[test]
fn a_late_suback_does_not_bring_a_subscription_back() {
    let mut stage = Stage::new();
    stage.connect_elsewhere();
    let mut far = stage.answer();
    accept(&mut stage, &mut far, 0);
    stage.subscribe("room");
    stage.act(|client| client.unsubscribe("room".to_owned()));
    say(&far, LinkEvent::Bytes(Bytes::from_static(&[0x90, 3, 0, 2, 1])));
    stage.settle();
    assert_eq!(stage.state().subscriptions.iter().len(), 0);
    assert!(stage.state().status.is_online());
}

#[test]
fn leaving_says_goodbye() {
    let mut stage = Stage::new();
    stage.connect_elsewhere();
    let mut far = stage.answer();
    accept(&mut stage, &mut far, 0);
    while hear(&mut far).is_some() {}
    stage.act(|client| client.disconnect());
    assert_eq!(hear(&mut far).as_deref(), Some(&[0xE0, 0x00][..]));
    assert_eq!(stage.statuses().pop().unwrap(), "offline");
}
