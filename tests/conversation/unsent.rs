//! What had not left this computer when its connection ended: it was not sent, and nobody says that it was.

use std::time::Duration;

use onenet_web::client::LinkEvent;
use onenet_web::connect::LinkEnd;
use onenet_web::inspector::Captured;
use onenet_web::upload::Upload;
use session::Qos::{AtLeastOnce, AtMostOnce};

use super::captured::captured;
use super::computer::{Computer, Storage};
use super::server::Server;
use super::stage::{Stage, accept, hear, say};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn what_a_full_link_has_not_taken_is_counted_as_failed() {
    let mut stage = Stage::new();
    stage.connect_to_server(false);
    let mut far = stage.answer();
    accept(&mut stage, &mut far, 0);
    let upload = || Upload::bytes("room", vec![b'x'; 300_000], AtMostOnce, "x");
    for _ in 0..6 {
        stage.act(|client| client.upload(upload()));
    }
    stage.pass(seconds(1));
    assert!(stage.state().outbox.progress().unsent > 6 * 300_000, "all of them");
    say(&far, LinkEvent::Closed(LinkEnd::HungUp));
    stage.settle();
    // Four fill the link, whose end says no more.
    assert_eq!(stage.fates(), ["sent", "sent", "sent", "sent", "never-left", "never-left"]);
    let tally = stage.tally();
    assert_eq!((tally.asked, tally.unacknowledged, tally.failed), (6, 4, 2));
    let publishes = captured(&stage).iter().filter(|frame| frame.contains("PUBLISH")).count();
    assert_eq!(publishes, 4, "what was not sent is not captured");
}

#[test]
fn uploads_that_nobody_acknowledges_are_refused_when_too_many_are_queued() {
    let mut stage = Stage::new();
    stage.connect_to_server(false);
    let mut far = stage.answer();
    accept(&mut stage, &mut far, 0);
    let upload = || Upload::bytes("room", vec![b'x'; 3_000_000], AtMostOnce, "x");
    for _ in 0..40 {
        stage.act(|client| client.upload(upload()));
    }
    assert!(stage.fates().contains(&"refused"));
    let tally = stage.tally();
    assert!((20..30).contains(&tally.unacknowledged), "{tally:?}");
    let mut heard = 0;
    for _ in 0..40 {
        while let Some(bytes) = hear(&mut far) {
            heard += u64::from(bytes[0] == 0x30);
        }
        stage.pass(Duration::from_millis(50));
    }
    assert_eq!(heard, tally.unacknowledged, "whatever was accepted is sent");
    stage.pass(seconds(1));
    assert_eq!(stage.state().outbox.progress().unsent, 0);
}

#[test]
fn what_was_being_written_when_the_link_broke_was_not_sent() {
    let computer = Computer::new();
    let mut stage = Stage::at(&computer);
    let mut server = Server::new(&stage);
    stage.connect_to_server(false);
    server.serve(&mut stage);
    computer.storage.set(Storage::Slow(Duration::from_millis(700)));
    stage.upload(0, AtLeastOnce);
    server.break_all(&mut stage);
    server.serve_for(&mut stage, seconds(10));
    // PUBLISH is type 3 (MQTT 3.1.1 §2.2.1).
    let is_publish = |frame: &&Captured| frame.bytes[0] >> 4 == 3;
    let published: Vec<u32> =
        stage.state().capture.iter().filter(is_publish).map(|frame| frame.connection).collect();
    assert_eq!(published, [2], "on the next connection only");
    assert_eq!(server.values("n"), ["0"]);
    assert_eq!(stage.tally().acknowledged, 1);
}

#[test]
fn a_shelf_that_never_answers_keeps_nobody_from_logging_in_and_sending() {
    let computer = Computer::new();
    computer.storage.set(Storage::Silent);
    let mut stage = Stage::at(&computer);
    // It is asked for what it has, twice, and given up.
    stage.connect_to_server(false);
    stage.pass(seconds(11));
    let mut server = Server::new(&stage);
    server.serve(&mut stage);
    stage.upload(0, AtLeastOnce);
    server.serve(&mut stage);
    assert_eq!((server.logins, stage.tally().acknowledged), (1, 1));
}
