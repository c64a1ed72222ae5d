//! What waits for devices that nobody is logged in as: how it goes on, is deleted, and is counted.

use std::time::Duration;

use onenet_web::connect::Destination;
use onenet_web::upload::Whereabouts;
use session::Qos::{AtLeastOnce, ExactlyOnce};

use super::computer::{Computer, Storage};
use super::server::Server;
use super::stage::Stage;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn what_was_left_goes_on_with_the_next_login_of_its_device() {
    let computer = Computer::new();
    let mut stage = Stage::at(&computer);
    let mut server = Server::new(&stage);
    stage.connect_to_server(true);
    stage.upload(0, AtLeastOnce);
    stage.act(|client| client.disconnect());
    assert_eq!(stage.fates(), ["set-aside"]);
    assert_eq!(stage.tally().set_aside, 1);
    assert_eq!(stage.state().keeping.shelved.len(), 1);

    stage.connect(|form| {
        form.destination = Destination::Address;
        form.address = "ws://relay.example/mqtt/onenet".to_owned();
        form.device_id = "29455902".to_owned();
        form.upload_first = false;
    });
    // The same under the same identifier, and not the same upload.
    stage.upload(0, AtLeastOnce);
    assert_eq!(stage.fates(), ["set-aside", "queued"], "that is another device's");

    while stage.dialled().is_some() {}
    stage.connect_to_server(true);
    server.serve(&mut stage);
    assert_eq!(server.values("n"), ["0"]);
    assert_eq!(stage.fates()[0], "acknowledged", "the same upload");
    let waiting: Vec<_> = stage.state().keeping.shelved.iter().map(|left| left.device_id.clone()).collect();
    assert_eq!(waiting, ["29455902"]);
    let tally = stage.tally();
    assert_eq!((tally.asked, tally.restored, tally.set_aside), (2, 0, 1), "only the other device's is left");
    assert_eq!((tally.acknowledged, tally.waiting), (1, 0));
}

#[test]
fn what_another_tab_has_gone_on_with_is_waited_for_no_longer() {
    let computer = Computer::new();
    let mut first = Stage::at(&computer);
    let mut server = Server::new(&first);
    first.connect_to_server(false);
    first.upload(0, AtLeastOnce);
    first.act(|client| client.disconnect());
    while computer.dialled().is_some() {}
    let mut second = Stage::at(&computer);
    second.connect_to_server(false);
    server.serve(&mut second);
    second.act(|client| client.disconnect());
    server.serve(&mut second);
    first.connect_to_server(false);
    server.serve(&mut first);
    assert_eq!(first.fates(), ["taken-over"]);
    let tally = first.tally();
    assert_eq!((tally.taken_over, tally.set_aside, tally.failed), (1, 0, 0));
    assert_eq!(server.values("n"), ["0"]);
}

#[test]
fn a_login_that_cannot_be_written_leaves_the_uploads_waiting() {
    let mut stage = Stage::new();
    let mut server = Server::new(&stage);
    stage.connect_to_server(false);
    stage.upload(0, AtLeastOnce);
    stage.connect_with(
        |form| {
            form.destination = Destination::Address;
            form.address = "ws://relay.example/mqtt/onenet".to_owned();
            form.upload_first = false;
        },
        |target| {
            let payload = bytes::Bytes::from(vec![0; 70_000]);
            let topic = "device/status".to_owned();
            target.will = Some(session::Message { topic, payload, qos: AtLeastOnce, retain: false });
        },
    );
    let last = stage.statuses().pop().unwrap();
    assert!(last.contains("cannot be written as a CONNECT"), "{last}");
    assert_eq!(stage.fates(), ["set-aside"]);
    assert_eq!(stage.tally().set_aside, 1);
    while stage.dialled().is_some() {}
    stage.connect_to_server(false);
    server.serve(&mut stage);
    assert_eq!(stage.fates(), ["acknowledged"]);
    assert_eq!(stage.tally().acknowledged, 1);
}

#[test]
fn without_the_shelf_what_is_left_waits_in_the_page() {
    let computer = Computer::new();
    computer.storage.set(Storage::Refused);
    let mut stage = Stage::at(&computer);
    let mut server = Server::new(&stage);
    stage.connect_to_server(false);
    stage.upload(0, ExactlyOnce);
    stage.act(|client| client.disconnect());
    while stage.dialled().is_some() {}
    assert_eq!(stage.fates(), ["set-aside"]);
    stage.connect_to_server(false);
    server.serve(&mut stage);
    assert_eq!(stage.fates(), ["acknowledged"]);
    assert_eq!(stage.tally().acknowledged, 1);
}

#[test]
fn what_waits_for_another_device_can_be_deleted() {
    let computer = Computer::new();
    let mut stage = Stage::at(&computer);
    stage.connect_to_server(false);
    stage.upload(0, AtLeastOnce);
    stage.act(|client| client.disconnect());
    let key = stage.state().keeping.shelved[0].key.clone();
    stage.act(|client| client.discard(key));
    assert!(stage.state().keeping.shelved.is_empty());
    assert!(computer.rows().is_empty());
    assert_eq!(stage.fates(), ["deleted"]);
    let tally = stage.tally();
    assert_eq!((tally.set_aside, tally.failed), (0, 1));
}

#[test]
fn what_only_this_page_holds_can_be_deleted_and_the_device_is_free_again() {
    let computer = Computer::new();
    let mut stage = Stage::at(&computer);
    stage.connect_to_server(false);
    stage.upload(0, AtLeastOnce);
    computer.storage.set(Storage::Full);
    stage.upload(1, AtLeastOnce);
    stage.act(|client| client.disconnect());
    let shelved = stage.state().keeping.shelved[0].clone();
    assert_eq!((shelved.uploads, shelved.whereabouts), (2, Whereabouts::Page));
    stage.act(|client| client.discard(shelved.key));
    assert!(stage.state().keeping.shelved.is_empty());
    assert!(computer.rows().is_empty(), "{:?}", computer.rows());
    assert_eq!(stage.fates(), ["deleted", "deleted"]);
    assert_eq!(stage.tally().failed, 2);

    let mut other = Stage::at(&computer);
    other.connect_to_server(false);
    assert_eq!(other.statuses(), ["opening"], "no tab has it");
}

#[test]
fn the_switch_deletes_what_is_there_and_stays_off() {
    let computer = Computer::new();
    let mut stage = Stage::at(&computer);
    stage.connect_to_server(false);
    stage.upload(0, AtLeastOnce);
    stage.act(|client| client.disconnect());
    stage.connect(|form| form.upload_first = false);
    assert!(!computer.rows().is_empty());
    stage.act(|client| client.keep(false));
    assert!(computer.rows().is_empty());
    assert!(stage.state().keeping.shelved.is_empty());
    stage.upload(1, AtLeastOnce);
    assert!(computer.rows().is_empty());
    drop(stage);
    let mut stage = Stage::at(&computer);
    assert!(!stage.state().keeping.wanted);
    stage.act(|client| client.keep(true));
    stage.connect_to_server(false);
    stage.upload(2, AtLeastOnce);
    assert!(computer.rows().contains(&"o00001".to_owned()));
}

#[test]
fn the_switch_settles_what_was_only_on_this_computer() {
    let computer = Computer::new();
    let mut stage = Stage::at(&computer);
    stage.connect_to_server(false);
    stage.upload(0, AtLeastOnce);
    stage.act(|client| client.disconnect());
    stage.act(|client| client.keep(false));
    assert_eq!(stage.fates(), ["deleted"]);
    let tally = stage.tally();
    assert_eq!((tally.set_aside, tally.failed), (0, 1));
}

#[test]
fn the_switch_holds_for_what_only_this_page_has() {
    let computer = Computer::new();
    let mut stage = Stage::at(&computer);
    let mut server = Server::new(&stage);
    stage.connect_to_server(false);
    stage.upload(0, ExactlyOnce);
    computer.storage.set(Storage::Full);
    stage.upload(1, ExactlyOnce);
    stage.act(|client| client.disconnect());
    while computer.dialled().is_some() {}
    computer.storage.set(Storage::Sound);
    stage.act(|client| client.keep(false));
    assert!(computer.rows().is_empty(), "{:?}", computer.rows());
    assert_eq!(stage.fates(), ["set-aside", "set-aside"], "the page still has them");
    stage.connect_to_server(false);
    stage.settle();
    assert!(computer.rows().is_empty(), "a new link writes nothing either: {:?}", computer.rows());
    stage.act(|client| client.disconnect());
    while computer.dialled().is_some() {}

    stage.act(|client| client.keep(true));
    let messages = computer.rows().into_iter().filter(|name| name.starts_with('o')).count();
    assert_eq!(messages, 2, "written for whoever comes back");
    stage.connect_to_server(false);
    server.serve(&mut stage);
    assert_eq!(stage.fates(), ["acknowledged", "acknowledged"]);
    assert_eq!(server.values("n"), ["0", "1"]);
    stage.tally();
}

#[test]
fn the_switch_holds_no_link_up_for_longer_than_the_shelf_may_take() {
    for storage in [Storage::Silent, Storage::Slow(seconds(2))] {
        let computer = Computer::new();
        let mut stage = Stage::at(&computer);
        let mut server = Server::new(&stage);
        for device in 0..5 {
            stage.connect(|form| {
                form.destination = Destination::Address;
                form.address = "ws://relay.example/mqtt/onenet".to_owned();
                form.device_id = format!("2945591{device}");
                form.upload_first = false;
            });
            stage.upload(0, AtLeastOnce);
        }
        while stage.dialled().is_some() {}
        stage.connect_to_server(false);
        server.serve(&mut stage);
        computer.storage.set(storage);
        stage.act(|client| client.keep(false));
        stage.upload(1, AtLeastOnce);
        server.serve_for(&mut stage, seconds(6));
        assert_eq!(stage.fates().last(), Some(&"acknowledged"), "{storage:?}");
    }
}

#[test]
fn another_tab_follows_the_switch_and_keeps_what_it_has() {
    let computer = Computer::new();
    let mut first = Stage::at(&computer);
    let mut second = Stage::at(&computer);
    first.connect_to_server(false);
    first.upload(0, AtLeastOnce);
    second.act(|client| client.keep(false));
    {
        let state = second.state();
        let [shelved] = &state.keeping.shelved[..] else { panic!("that one is not deleted, and it is said") };
        assert_eq!(shelved.whereabouts, Whereabouts::OtherTab);
    }
    second.act(|client| client.discard("ws://relay.example/mqtt/onenet\n29455901".to_owned()));
    assert!(!computer.rows().is_empty(), "the first tab has it");

    first.connect(|form| {
        form.device_id = "29455902".to_owned();
        form.upload_first = false;
    });
    assert!(!first.state().keeping.wanted, "the switch was turned in the other tab");
    let before = computer.rows();
    first.upload(1, AtLeastOnce);
    assert_eq!(computer.rows(), before);
}

#[test]
fn nothing_is_left_of_a_clean_session_that_has_nothing_to_send() {
    for clean_session in [true, false] {
        let computer = Computer::new();
        let mut stage = Stage::at(&computer);
        let mut server = Server::new(&stage);
        stage.connect_to_server(clean_session);
        stage.upload(0, AtLeastOnce);
        server.serve(&mut stage);
        assert_eq!(computer.rows(), ["s"]);
        stage.act(|client| client.disconnect());
        server.serve(&mut stage);
        // A platform that keeps the session knows the identifiers.
        assert_eq!(computer.bytes().is_empty(), clean_session);

        stage.connect_to_server(clean_session);
        stage.upload(1, AtLeastOnce);
        server.serve(&mut stage);
        drop(stage);
        let _next = Stage::at(&computer);
        assert_eq!(computer.bytes().is_empty(), clean_session, "the next page tidies up");
    }
}

#[test]
fn a_deleted_session_leaves_no_identifier_to_the_next_one_that_the_platform_may_hold() {
    let computer = Computer::new();
    computer.chance.set(0x1234);
    let mut stage = Stage::at(&computer);
    let packet_id =
        |stage: &Stage| stage.state().outbox.newest_first().next().and_then(|item| item.packet_id);
    let connect = |stage: &mut Stage| {
        stage.connect(|form| {
            form.clean_session = false;
            form.upload_first = false;
        });
    };
    stage.act(|client| client.set_faults(onenet_web::platform::Preset::Silence.faults()));
    connect(&mut stage);
    stage.upload(0, ExactlyOnce);
    assert_eq!(packet_id(&stage), Some(1), "the platform in the page has never seen it");
    stage.act(|client| client.disconnect());
    let key = stage.state().keeping.shelved[0].key.clone();
    stage.act(|client| client.discard(key));
    connect(&mut stage);
    stage.upload(1, ExactlyOnce);
    assert_eq!(packet_id(&stage), Some(0x1235));
}
