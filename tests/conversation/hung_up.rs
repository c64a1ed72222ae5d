//! A platform that hangs up on every login or on an upload, and what the person does about it.

use std::time::Duration;

use onenet_web::client::LinkEvent;
use onenet_web::connect::{LinkEnd, Status};
use session::Qos::AtLeastOnce;

use super::server::Server;
use super::stage::{Stage, accept, say};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn an_upload_that_the_platform_hangs_up_on_stops_the_tries_and_is_the_persons_to_take_back() {
    for clean_session in [true, false] {
        let mut stage = Stage::new();
        stage.connect_to_server(clean_session);
        stage.upload(0, AtLeastOnce);
        stage.upload(1, AtLeastOnce);
        hang_up_three_times(&mut stage);
        let last = stage.statuses().pop().unwrap();
        assert!(last.contains("hung up three times in a row on the oldest upload"), "{last}");
        assert_eq!(stage.fates(), ["set-aside", "set-aside"], "none is thrown away");
        stage.pass(seconds(600));
        assert!(stage.statuses().is_empty());

        if !clean_session {
            // The platform's session may know it: it stays, until a clean session has ended that one.
            give_up_oldest(&mut stage);
            assert_eq!(stage.fates(), ["set-aside", "set-aside"]);
            stage.connect_to_server(true);
            hang_up_three_times(&mut stage);
        }
        give_up_oldest(&mut stage);
        assert_eq!(stage.fates(), ["given-up", "set-aside"]);
        let tally = stage.tally();
        assert_eq!((tally.set_aside, tally.failed), (1, 1));
        let mut server = Server::new(&stage);
        stage.connect_to_server(clean_session);
        server.serve(&mut stage);
        assert_eq!(stage.fates(), ["given-up", "acknowledged"]);
        assert_eq!(server.values("n"), ["1"]);
    }
}

#[test]
fn however_many_uploads_wait_there_is_no_fourth_login_after_three_that_were_cut_off() {
    let mut stage = Stage::new();
    stage.connect_to_server(true);
    for value in 0..3 {
        stage.upload(value, AtLeastOnce);
    }
    hang_up_three_times(&mut stage);
    assert!(matches!(stage.state().status, Status::Offline(Some(_))));
    stage.pass(seconds(600));
    assert!(stage.dialled().is_none(), "no fourth login");
}

#[test]
fn a_device_that_somebody_else_is_does_not_fight_for_ever() {
    let mut stage = Stage::new();
    stage.connect_to_server(false);
    for pause in [1, 2, 4] {
        let mut far = stage.answer();
        accept(&mut stage, &mut far, 0);
        say(&far, closed_by_upstream());
        stage.pass(seconds(pause));
    }
    let last = stage.statuses().pop().unwrap();
    assert!(last.contains("somebody else may be logging in as this device"), "{last}");
    stage.pass(seconds(600));
    assert!(stage.statuses().is_empty());
}

#[test]
fn a_person_can_take_an_upload_back_that_was_not_sent() {
    let mut stage = Stage::new();
    let mut server = Server::new(&stage);
    stage.connect_to_server(false);
    stage.upload(0, AtLeastOnce);
    stage.upload(1, AtLeastOnce);
    stage.act(|client| client.give_up(None, 1));
    server.serve(&mut stage);
    assert_eq!(stage.fates(), ["given-up", "acknowledged"]);
    assert_eq!(server.values("n"), ["1"]);
    assert_eq!(stage.tally().failed, 1);
}

fn hang_up_three_times(stage: &mut Stage) {
    for pause in [1, 2, 4] {
        let mut far = stage.answer();
        accept(stage, &mut far, 0);
        say(&far, closed_by_upstream());
        stage.pass(seconds(pause));
    }
}

/// Presses *do not send* at the oldest upload.
fn give_up_oldest(stage: &mut Stage) {
    let (left, packet_id) = {
        let state = stage.state();
        let oldest = state.outbox.newest_first().last().unwrap();
        (oldest.left.clone(), oldest.packet_id.unwrap())
    };
    stage.act(|client| client.give_up(left, packet_id));
}

fn closed_by_upstream() -> LinkEvent {
    let end = LinkEnd::Closed { code: 1000, reason: "upstream-ended".to_owned() };
    LinkEvent::Closed(end)
}

#[test]
fn what_was_on_its_way_in_a_clean_session_can_be_taken_back_after_leaving() {
    for clean_session in [true, false] {
        let mut stage = Stage::new();
        stage.connect_to_server(clean_session);
        stage.upload(0, AtLeastOnce);
        let mut far = stage.answer();
        accept(&mut stage, &mut far, 0);
        assert_eq!(stage.fates(), ["waiting"]);
        stage.act(|client| client.disconnect());
        assert_eq!(stage.fates(), ["set-aside"]);
        let is_offered = stage.state().outbox.newest_first().all(|item| item.may_be_given_up());
        assert_eq!(is_offered, clean_session, "a session that goes on may know it");
        give_up_oldest(&mut stage);
        assert_eq!(stage.fates(), [if clean_session { "given-up" } else { "set-aside" }]);
        assert_eq!(stage.state().keeping.shelved.is_empty(), clean_session);
        stage.tally();
    }
}
