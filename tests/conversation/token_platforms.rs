//! Devices of suite and studio and the platform inside the page: what is posted is answered to those who hear it.

use onenet::{Generation, Timestamp};
use onenet_web::connect::Destination;
use onenet_web::feed::Said;
use onenet_web::locale::Language;
use onenet_web::state::Action;
use onenet_web::upload::Upload;

use super::stage::Stage;

#[test]
fn a_studio_device_posts_properties_and_hears_the_reply() {
    let mut stage = logged_in(Generation::Studio, "VRqhDHF2wL");
    assert_eq!(heard(&stage), ["Reply to property post 1: done, 200 success."]);
    post(&mut stage);
    assert_eq!(heard(&stage)[0], "Reply to property post 2: done, 200 success.");
}

#[test]
fn a_suite_device_posts_data_points_and_hears_what_was_taken() {
    let mut stage = logged_in(Generation::Suite, "600600");
    assert_eq!(heard(&stage), ["Data points 1 were accepted."]);
    let topic = "$sys/600600/my_tv/dp/post/json".to_owned();
    stage.act(|client| client.upload(Upload::message(topic, "{".to_owned())));
    let rejected = "Data points were rejected whose id could not be read: 98 illegal data.";
    assert_eq!(heard(&stage)[0], rejected);
    post(&mut stage);
    assert_eq!(heard(&stage)[0], "Data points 2 were accepted.");
}

#[test]
fn who_does_not_listen_is_told_nothing() {
    let mut stage = Stage::new();
    stage.act(|client| client.hear_all(false));
    log_in(&mut stage, Generation::Studio, "VRqhDHF2wL");
    assert_eq!(stage.fates(), ["acknowledged"]);
    assert!(heard(&stage).is_empty());
}

#[test]
fn uploads_follow_who_is_connected_and_not_the_form() {
    let mut stage = logged_in(Generation::Studio, "VRqhDHF2wL");
    let mut form = stage.state().connect.clone();
    form.choose(Generation::Legacy);
    form.destination = Destination::Upstream("broker".to_owned());
    stage.apply(Action::EditConnect(form));
    assert_eq!(stage.state().upload.sender.generation, Generation::Studio);
    assert_eq!(stage.state().onenet(), Some(Generation::Studio), "its rules hold");
    assert!(stage.state().outlasts_form());
    post(&mut stage);
    assert_eq!(heard(&stage)[0], "Reply to property post 2: done, 200 success.");
    stage.act(|client| client.disconnect());
    assert_eq!(stage.state().upload.sender.generation, Generation::Legacy, "now the form counts");
    assert_eq!(stage.state().onenet(), None);
    assert!(!stage.state().outlasts_form());
}

#[test]
fn the_next_login_uploads_first_what_its_own_platform_takes() {
    let mut stage = logged_in(Generation::Studio, "VRqhDHF2wL");
    log_in(&mut stage, Generation::Suite, "600600");
    assert_eq!(heard(&stage)[0], "Data points 2 were accepted.");
    assert_eq!(stage.state().upload.sender.generation, Generation::Suite);
}

#[test]
fn a_lost_connection_keeps_its_device() {
    let mut stage = logged_in(Generation::Studio, "VRqhDHF2wL");
    let foreign = "$sys/VRqhDHF2wL/another/thing/property/post".to_owned();
    stage.act(|client| client.upload(Upload::message(foreign, "{}".to_owned())));
    assert!(!stage.state().status.is_online(), "it was hung up on");
    let mut form = stage.state().connect.clone();
    form.choose(Generation::Legacy);
    stage.apply(Action::EditConnect(form));
    assert_eq!(
        stage.state().upload.sender.generation,
        Generation::Studio,
        "what waits is for its next login"
    );
}

// ── helpers ──

fn logged_in(generation: Generation, product: &str) -> Stage {
    let mut stage = Stage::new();
    log_in(&mut stage, generation, product);
    stage
}

fn log_in(stage: &mut Stage, generation: Generation, product: &str) {
    let mut form = stage.state().connect.clone();
    form.choose(generation);
    form.product_id = product.to_owned();
    form.device_id = "my_tv".to_owned();
    form.token.key = "5XHGxLb9Rr25t5po+Y3c/mtqiS6ArjsLtzk/sS/D5x8=".to_owned();
    stage.apply(Action::EditConnect(form.clone()));
    stage.connect(|typed| *typed = form);
    assert!(stage.state().status.is_online(), "{:?}", stage.statuses());
}

fn post(stage: &mut Stage) {
    let upload = stage.state().upload.parse(Timestamp::default()).unwrap();
    stage.act(|client| client.upload(upload));
}

/// What was told, newest first.
fn heard(stage: &Stage) -> Vec<String> {
    let state = stage.state();
    let said = state.history.newest_first().filter_map(|entry| entry.reading.said.as_ref());
    said.map(|said: &Said| (Language::English.words().arrival.said)(said)).collect()
}
