//! What goes wrong on purpose in the platform inside the page.

use std::time::Duration;

use bytes::Bytes;
use onenet_web::platform::{FaultForm, Happening, Preset};
use onenet_web::state::Action;
use onenet_web::upload::Upload;
use session::Qos;
use simulator::{Chunks, DropReason, Fault, Faults, RefusalCode, Strike, When};

use super::stage::Stage;

fn online() -> Stage {
    let mut stage = Stage::new();
    stage.connect(|form| form.upload_first = false);
    stage.statuses();
    stage
}

fn upload(qos: Qos) -> Upload {
    let payload = Bytes::from_static(b"\x03\x00\x0C{\"wendu\":55}");
    Upload { topic: "$dp".to_owned(), payload, qos, summary: String::new() }
}

/// The faults that have struck, newest first, each with its frame.
fn struck(stage: &Stage) -> Vec<(Fault, String)> {
    let state = stage.state();
    let told = state.console.notes().filter_map(|note| match note.happening {
        Happening::Struck { fault, frame, .. } => {
            Some((fault, frame.map_or("", |frame| frame.name).to_owned()))
        }
        _ => None,
    });
    told.collect()
}

#[test]
fn a_puback_that_gets_lost_is_told_and_its_upload_waits() {
    let mut stage = online();
    stage.act(|client| client.set_faults(Preset::LostPuback.faults()));
    assert_eq!(stage.state().console.snapshot.faults, Preset::LostPuback.faults(), "what is on is shown");
    stage.act(|client| client.upload(upload(Qos::AtLeastOnce)));
    assert_eq!(struck(&stage), [(Fault::Lost, "PUBACK".to_owned())]);
    assert_eq!(stage.fates(), ["waiting"]);
    assert!(stage.state().console.snapshot.faults.is_off(), "it has struck and is done");

    stage.act(|client| client.upload(upload(Qos::AtLeastOnce)));
    assert_eq!(stage.fates(), ["waiting", "acknowledged"]);
}

#[test]
fn the_link_is_cut_inside_a_frame_and_the_page_comes_back() {
    let mut stage = online();
    stage.act(|client| client.set_faults(Preset::CutInside.faults()));
    stage.act(|client| client.upload(upload(Qos::AtLeastOnce)));
    assert_eq!(struck(&stage), [(Fault::Cut { after: 2 }, "PUBACK".to_owned())]);
    let is_cut =
        |happening: &Happening| matches!(happening, Happening::HungUp { reason: DropReason::Cut, .. });
    assert!(stage.state().console.notes().any(|note| is_cut(&note.happening)));
    stage.pass(Duration::from_secs(10));
    assert!(stage.state().status.is_online());
}

#[test]
fn a_platform_that_falls_silent_is_noticed() {
    let mut stage = online();
    stage.act(|client| client.set_faults(Preset::Silence.faults()));
    stage.act(|client| client.upload(upload(Qos::AtLeastOnce)));
    assert_eq!(struck(&stage)[0].0, Fault::HalfOpen);
    assert!(stage.state().status.is_online(), "nobody is told");
    stage.pass(Duration::from_secs(30));
    assert_eq!(stage.statuses().first().unwrap(), "waiting 1");
    assert!(stage.state().status.is_online(), "and back");
}

#[test]
fn connections_are_struck_now() {
    for strike in [Strike::Cut, Strike::TakeOver] {
        let mut stage = online();
        stage.act(|client| client.strike(strike));
        assert_eq!(stage.statuses(), ["waiting 1"], "{strike:?}");
    }
    let mut stage = online();
    stage.act(|client| client.strike(Strike::HalfOpen));
    assert_eq!(stage.statuses(), [""; 0]);
    assert_eq!(struck(&stage), [(Fault::HalfOpen, String::new())]);
}

#[test]
fn a_delayed_puback_arrives_later_and_in_pieces_too() {
    let mut stage = online();
    let delay = Duration::from_millis(500);
    let faults = Faults { delay, chunks: Chunks::Split(1), ..Faults::default() };
    stage.act(|client| client.set_faults(faults));
    stage.act(|client| client.upload(upload(Qos::AtLeastOnce)));
    assert_eq!(stage.fates(), ["waiting"]);
    stage.pass(Duration::from_millis(600));
    assert_eq!(stage.fates(), ["acknowledged"]);
    let told: Vec<Fault> = struck(&stage).into_iter().map(|(fault, _)| fault).collect();
    assert_eq!(told, [Fault::Split(4), Fault::Delayed(delay)]);
}

#[test]
fn what_is_under_way_is_shown_though_nothing_else_happens() {
    let mut stage = online();
    let faults = Faults { lose_pubrec: Some(When::Nth(1)), ..Faults::default() };
    stage.act(|client| client.set_faults(faults));
    stage.act(|client| client.upload(upload(Qos::ExactlyOnce)));
    let unreleased = |stage: &Stage| stage.state().console.snapshot.devices[0].under_way.unreleased;
    assert_eq!(unreleased(&stage), 1);

    // Here only the PUBREL says that it is through.
    stage.act(|client| client.upload(upload(Qos::ExactlyOnce)));
    assert_eq!(unreleased(&stage), 1);
}

#[test]
fn a_login_is_refused_once() {
    let mut stage = Stage::new();
    let faults = Faults { refuse_login: Some(RefusalCode::Unavailable), ..Faults::default() };
    stage.act(|client| client.set_faults(faults));
    stage.connect(|form| form.upload_first = false);
    assert_eq!(struck(&stage), [(Fault::LoginRefused(RefusalCode::Unavailable), String::new())]);
    assert!(!stage.state().status.is_online());
    stage.connect(|form| form.upload_first = false);
    assert!(stage.state().status.is_online());
}

#[test]
fn every_third_delivery_comes_twice() {
    let mut stage = online();
    stage.subscribe("room");
    stage.act(|client| client.set_faults(Preset::Twice.faults()));
    for word in ["one", "two", "three", "four"] {
        stage.act(|client| client.upload(Upload::message("room".to_owned(), word.to_owned())));
    }
    let state = stage.state();
    let heard: Vec<_> = state.history.newest_first().map(|entry| entry.payload.clone()).collect();
    assert_eq!(heard, ["four", "three", "three", "two", "one"]);
}

#[test]
fn the_form_keeps_what_is_typed() {
    let mut stage = online();
    let form = FaultForm { delay: "soon".to_owned(), ..FaultForm::default() };
    stage.apply(Action::EditFaults(form.clone()));
    assert_eq!(stage.state().console.faults, form);
}
