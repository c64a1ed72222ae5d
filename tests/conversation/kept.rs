//! What outlives a link, and what outlives a page.

use std::rc::Rc;
use std::time::Duration;

use onenet_web::connect::{Destination, Place, Status};
use onenet_web::upload::{Fate, Recording, Stop};
use proptest::prelude::*;
use session::Qos::{AtLeastOnce, AtMostOnce, ExactlyOnce};

use super::computer::{Computer, Storage};
use super::server::Server;
use super::stage::{Stage, accept, hear};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn values(count: u64) -> Vec<String> {
    (0..count).map(|value| value.to_string()).collect()
}

#[test]
fn uploads_wait_for_the_login_unless_nobody_would_say_that_they_were_lost() {
    let mut stage = Stage::new();
    stage.connect_to_server(false);
    for (value, qos) in [AtMostOnce, AtLeastOnce, ExactlyOnce].into_iter().enumerate() {
        stage.upload(value as u64, qos);
    }
    assert_eq!(stage.fates(), ["refused", "queued", "queued"]);
    let tally = stage.tally();
    assert_eq!((tally.asked, tally.waiting, tally.failed), (3, 2, 1));

    let mut server = Server::new(&stage);
    server.serve(&mut stage);
    assert_eq!(stage.fates(), ["refused", "acknowledged", "acknowledged"]);
    assert_eq!(server.values("n"), ["1", "2"]);
    assert_eq!(stage.tally().acknowledged, 2);
}

#[test]
fn a_pause_takes_uploads_too() {
    let mut stage = Stage::new();
    let mut server = Server::new(&stage);
    stage.connect_to_server(true);
    server.serve(&mut stage);
    server.break_all(&mut stage);
    assert!(matches!(stage.state().status, Status::Waiting { .. }));
    stage.upload(0, ExactlyOnce);
    assert_eq!(stage.fates(), ["queued"]);
    server.serve_for(&mut stage, seconds(1));
    assert_eq!(stage.fates(), ["acknowledged"]);
    assert_eq!(server.values("n"), ["0"]);
}

#[test]
fn an_upload_on_its_way_is_sent_again_and_the_outbox_says_how_often() {
    for clean_session in [true, false] {
        let mut stage = Stage::new();
        let mut server = Server::new(&stage);
        stage.connect_to_server(clean_session);
        stage.upload(0, ExactlyOnce);
        // The whole PUBLISH arrives, and not one byte of the PUBREC.
        server.budgets = vec![usize::MAX, 46 + 2 + 4 + 95];
        server.serve(&mut stage);
        assert_eq!(server.broken, 1);
        server.serve_for(&mut stage, seconds(2));
        assert_eq!(stage.fates(), ["acknowledged"]);
        let state = stage.state();
        let item = state.outbox.newest_first().next().unwrap();
        assert_eq!((item.sendings, item.may_repeat), (2, clean_session));
    }
}

#[test]
fn a_page_that_is_loaded_again_goes_on_after_the_login() {
    let computer = Computer::new();
    let mut stage = Stage::at(&computer);
    let mut server = Server::new(&stage);
    stage.connect_to_server(false);
    for value in 0..50 {
        let qos = if value % 2 == 0 { AtLeastOnce } else { ExactlyOnce };
        stage.upload(value, qos);
    }
    // 20 may be on their way; the page goes away in the middle.
    server.budgets.push(2_500);
    server.serve(&mut stage);
    let acknowledged = stage.tally().acknowledged;
    assert!(acknowledged > 0 && acknowledged < 50, "{acknowledged}");
    drop(stage);

    let mut stage = Stage::at(&computer);
    server.serve(&mut stage);
    {
        let state = stage.state();
        let [shelved] = &state.keeping.shelved[..] else { panic!("one device") };
        assert_eq!(shelved.device_id, "29455901");
        assert_eq!(shelved.address.as_deref(), Some("ws://relay.example/mqtt/onenet"));
        assert_eq!(shelved.uploads as u64, 50 - acknowledged);
        assert!(matches!(state.status, Status::Offline(None)), "nothing is sent by itself");
    }
    stage.connect_to_server(false);
    assert_eq!(stage.tally().restored, 50 - acknowledged);
    stage.upload(50, AtLeastOnce);
    server.serve_for(&mut stage, seconds(1));
    let tally = stage.tally();
    assert_eq!((tally.asked, tally.acknowledged, tally.waiting), (1, 51 - acknowledged, 0));
    let mut stored = server.values("n");
    stored.sort_by_key(|value| value.parse::<u64>().unwrap());
    let twice = stored.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone());
    let twice: Vec<u64> = twice.map(|value| value.parse().unwrap()).collect();
    assert!(twice.iter().all(|value| value % 2 == 0), "at QoS 2 none is there twice: {twice:?}");
    stored.dedup();
    assert_eq!(stored, values(51), "none is lost");
    assert_eq!(computer.rows(), ["s"], "nothing is kept of what arrived");
}

#[test]
fn the_token_in_an_address_is_not_kept() {
    let computer = Computer::new();
    let connect = |stage: &mut Stage, token: &str| {
        stage.connect(|form| {
            form.destination = Destination::Address;
            form.address = format!("ws://relay.example/mqtt/onenet?token={token}");
            form.clean_session = false;
            form.upload_first = false;
        });
    };
    let mut stage = Stage::at(&computer);
    connect(&mut stage, "hush");
    stage.upload(0, AtLeastOnce);
    assert!(!String::from_utf8_lossy(&computer.bytes()).contains("hush"));
    drop(stage);
    while computer.dialled().is_some() {}

    let mut stage = Stage::at(&computer);
    assert_eq!(stage.state().keeping.shelved[0].address.as_deref(), Some("ws://relay.example/mqtt/onenet"));
    let mut server = Server::new(&stage);
    connect(&mut stage, "newer");
    server.serve(&mut stage);
    assert_eq!(server.values("n"), ["0"], "what waits goes on with another token");
}

#[test]
fn no_secret_is_kept() {
    let computer = Computer::new();
    let mut stage = Stage::at(&computer);
    stage.connect_to_server(false);
    stage.upload(0, AtLeastOnce);
    let kept = computer.bytes();
    let kept = String::from_utf8_lossy(&kept);
    assert!(kept.contains("29455901") && kept.contains("$dp"));
    assert!(!kept.contains("JHFDJF55586jhk"), "{kept}");
}

#[test]
fn a_full_shelf_stops_recording_and_not_sending() {
    for (storage, stop) in
        [(Storage::Full, Stop::Full), (Storage::Refused, Stop::Refused), (Storage::Silent, Stop::Silent)]
    {
        let computer = Computer::new();
        let mut stage = Stage::at(&computer);
        let mut server = Server::new(&stage);
        stage.connect_to_server(false);
        server.serve(&mut stage);
        assert_eq!(stage.state().keeping.recording, Recording::On);
        computer.storage.set(storage);
        for value in 0..30 {
            stage.upload(value, ExactlyOnce);
        }
        server.serve_for(&mut stage, seconds(10));
        assert_eq!(stage.state().keeping.recording, Recording::Stopped(stop));
        assert_eq!(stage.tally().acknowledged, 30, "{storage:?}");
        assert_eq!(server.values("n"), values(30));

        // There is room again: everything is kept from the next link on.
        computer.storage.set(Storage::Sound);
        server.break_all(&mut stage);
        stage.upload(30, AtLeastOnce);
        stage.pass(seconds(1));
        assert_eq!(stage.state().keeping.recording, Recording::On, "{storage:?}");
        assert!(computer.rows().iter().any(|name| name.starts_with('o')));
        server.serve_for(&mut stage, seconds(5));
        assert_eq!(computer.rows(), ["s"]);
    }
}

#[test]
fn a_page_that_has_lost_its_rows_does_not_use_an_identifier_that_the_platform_may_still_hold() {
    for clean_session in [true, false] {
        let computer = Computer::new();
        let mut stage = Stage::at(&computer);
        let mut server = Server::new(&stage);
        stage.connect_to_server(false);
        stage.upload(0, ExactlyOnce);
        // PUBLISH arrives under identifier 1, and its PUBREC does not: the platform waits for the PUBREL.
        server.budgets.push(46 + 2 + 4 + 95);
        server.serve(&mut stage);
        assert_eq!((server.broken, server.stored), (1, 1));
        drop(stage);
        while computer.dialled().is_some() {}

        computer.storage.set(Storage::Refused);
        computer.chance.set(0x1234);
        let mut stage = Stage::at(&computer);
        // Uploads wait in a session whose kind only the login decides.
        stage.connect_to_server(clean_session);
        stage.upload(1, ExactlyOnce);
        stage.connect_to_server(false);
        server.serve_for(&mut stage, seconds(1));
        assert_eq!(stage.fates(), ["acknowledged"]);
        assert_eq!(server.values("n"), ["0", "1"], "it is not taken for the message before");
    }
}

#[test]
fn a_slow_shelf_is_waited_for_and_nothing_overtakes_it() {
    let computer = Computer::new();
    let mut stage = Stage::at(&computer);
    let mut server = Server::new(&stage);
    stage.connect_to_server(false);
    server.serve(&mut stage);
    computer.storage.set(Storage::Slow(Duration::from_millis(700)));
    stage.upload(0, ExactlyOnce);
    server.serve_for(&mut stage, Duration::from_millis(600));
    assert_eq!(server.stored, 0, "it is not written yet");
    // PUBLISH, PUBREL, and that it is over are each written before what follows.
    server.serve_for(&mut stage, seconds(3));
    assert_eq!(stage.fates(), ["acknowledged"]);
    assert_eq!(server.values("n"), ["0"]);
    assert_eq!(computer.rows(), ["s"]);
}

#[test]
fn damaged_rows_are_told_and_left_out() {
    let computer = Computer::new();
    let mut stage = Stage::at(&computer);
    stage.connect_to_server(false);
    for value in 0..3 {
        stage.upload(value, AtLeastOnce);
    }
    drop(stage);
    computer.damage("o00002");
    let mut stage = Stage::at(&computer);
    let mut server = Server::new(&stage);
    while stage.dialled().is_some() {}
    stage.connect_to_server(false);
    server.serve(&mut stage);
    assert_eq!(server.values("n"), ["0", "2"]);
    assert_eq!(stage.state().keeping.unreadable(), 1);

    // It stays where it is, counts once however often it is read, and does not wait for anything.
    for _ in 0..2 {
        stage.act(|client| client.disconnect());
        server.serve(&mut stage);
        {
            let state = stage.state();
            let [shelved] = &state.keeping.shelved[..] else { panic!("it is listed") };
            assert_eq!((shelved.uploads, shelved.damaged), (0, 1));
        }
        stage.connect_to_server(false);
        server.serve(&mut stage);
        assert_eq!(stage.state().keeping.unreadable(), 1);
    }
    stage.act(|client| client.disconnect());
    server.serve(&mut stage);
    let key = stage.state().keeping.shelved[0].key.clone();
    stage.act(|client| client.discard(key));
    assert_eq!(stage.state().keeping.unreadable(), 0);
    assert!(computer.rows().is_empty() && stage.state().keeping.shelved.is_empty());
}

#[test]
fn rows_that_could_not_be_read_are_not_written_over() {
    let computer = Computer::new();
    let mut stage = Stage::at(&computer);
    let mut server = Server::new(&stage);
    stage.connect_to_server(false);
    stage.upload(0, AtLeastOnce);
    drop(stage);
    while computer.dialled().is_some() {}
    computer.storage.set(Storage::Refused);
    computer.chance.set(0x1234);
    let mut stage = Stage::at(&computer);
    stage.connect_to_server(false);
    stage.upload(1, AtLeastOnce);
    computer.storage.set(Storage::Sound);
    server.serve(&mut stage);
    server.break_all(&mut stage);
    server.serve_for(&mut stage, seconds(2));
    assert_eq!(stage.fates(), ["acknowledged"]);
    drop(stage);
    let mut stage = Stage::at(&computer);
    stage.connect_to_server(false);
    server.serve_for(&mut stage, seconds(2));
    assert_eq!(server.values("n"), ["1", "0"]);
}

#[test]
fn two_tabs_never_fight_for_a_device() {
    let computer = Computer::new();
    let mut first = Stage::at(&computer);
    let mut server = Server::new(&first);
    first.connect_to_server(false);
    server.serve(&mut first);
    let mut second = Stage::at(&computer);
    second.connect_to_server(false);
    second.upload(0, AtLeastOnce);
    assert_eq!(second.fates(), ["refused"], "there is no session to wait in");
    server.serve_for(&mut second, seconds(60));
    assert_eq!(second.statuses(), ["in another tab"]);
    assert_eq!(server.logins, 1);

    // Another device is nobody's.
    second.connect(|form| form.device_id = "29455902".to_owned());
    assert!(second.state().status.is_online());
    second.connect_to_server(false);
    first.upload(1, ExactlyOnce);
    first.act(|client| client.disconnect());
    server.serve_for(&mut second, seconds(2));
    assert!(second.state().status.is_online());
    assert_eq!(server.values("n"), ["1"], "the second tab goes on with what the first one left");
}

#[test]
fn without_a_network_the_countdown_waits_and_the_next_try_comes_at_once() {
    let computer = Computer::new();
    let mut stage = Stage::at(&computer);
    let mut server = Server::new(&stage);
    stage.connect_to_server(false);
    server.serve(&mut stage);
    stage.statuses();
    computer.set_network(false);
    server.break_all(&mut stage);
    server.serve_for(&mut stage, seconds(600));
    assert_eq!(stage.statuses(), ["no network"]);
    computer.set_network(true);
    server.serve(&mut stage);
    assert_eq!(stage.statuses(), ["opening", "logging in", "online"]);

    // The platform in this page needs none.
    computer.set_network(false);
    stage.connect(|_| {});
    assert!(stage.state().status.is_online());
}

#[test]
fn a_link_that_takes_nothing_is_not_filled_without_end() {
    let mut stage = Stage::new();
    stage.connect_to_server(false);
    let mut far = stage.answer();
    accept(&mut stage, &mut far, 0);
    let upload = || onenet_web::upload::Upload::message("room".to_owned(), "x".repeat(300_000));
    for _ in 0..15 {
        stage.act(|client| client.upload(upload()));
    }
    stage.pass(seconds(1));
    let unsent = stage.state().outbox.progress().unsent;
    assert!((15 * 300_000..16 * 300_000).contains(&unsent), "{unsent}");
    let mut heard = 0;
    for _ in 0..40 {
        while let Some(bytes) = hear(&mut far) {
            heard += usize::from(bytes[0] == 0x32);
        }
        stage.pass(Duration::from_millis(50));
    }
    assert_eq!(heard, 15, "all of them, one after the other");
    stage.pass(seconds(1));
    assert_eq!(stage.state().outbox.progress().unsent, 0);
}

#[test]
fn a_will_is_said_when_the_link_breaks() {
    let computer = Computer::new();
    let mut stage = Stage::at(&computer);
    let mut server = Server::new(&stage);
    stage.connect(|form| {
        form.destination = Destination::Address;
        form.address = "ws://relay.example/mqtt/onenet".to_owned();
        form.will.on = true;
        form.upload_first = false;
    });
    server.serve(&mut stage);
    let mut watcher = Stage::at(&computer);
    watcher.subscribe("device/status");
    watcher.connect(|form| {
        form.destination = Destination::Address;
        form.address = "ws://relay.example/mqtt/onenet".to_owned();
        form.device_id = "29455902".to_owned();
        form.upload_first = false;
    });
    server.serve(&mut watcher);
    server.break_oldest(&mut stage);
    server.serve(&mut watcher);
    {
        let state = watcher.state();
        let heard: Vec<_> = state.history.newest_first().map(|entry| entry.payload.clone()).collect();
        assert_eq!(heard, ["offline"]);
    }

    server.serve_for(&mut stage, seconds(2));
    assert!(stage.state().status.is_online());
    stage.act(|client| client.disconnect());
    server.serve(&mut stage);
    server.serve(&mut watcher);
    assert_eq!(watcher.state().history.received(), 1, "who takes leave leaves no will");
}

#[test]
fn what_is_subscribed_to_at_qos_2_arrives_once_over_a_broken_link() {
    let mut stage = Stage::new();
    let mut server = Server::new(&stage);
    stage.connect_to_server(false);
    server.serve(&mut stage);
    stage.act(|client| client.subscribe_at("room".to_owned(), ExactlyOnce));
    server.serve(&mut stage);
    let message = onenet_web::upload::Upload {
        qos: ExactlyOnce,
        ..onenet_web::upload::Upload::message("room".to_owned(), "27.5".to_owned())
    };
    stage.act(|client| client.upload(message));
    // The message has arrived, its PUBREC has not left.
    stage.settle();
    server.break_all(&mut stage);
    server.serve_for(&mut stage, seconds(3));
    assert_eq!(stage.fates(), ["acknowledged"]);
    assert_eq!(stage.state().history.received(), 1);
}

#[test]
fn this_computer_needs_no_network_to_reach_itself() {
    let needs = |address: &str| Place::Address(address.to_owned()).needs_network();
    assert!(needs("wss://broker.example/mqtt"));
    assert!(!needs("ws://127.0.0.1:8080/mqtt/onenet"));
    assert!(!needs("ws://[::1]:8080/mqtt"));
    assert!(!Place::InPage.needs_network());
}

/// Breaks links and loads the page again until everything has arrived.
fn arrives(
    seed: u64,
    clean_session: bool,
    cuts: &[usize],
    reloads: &[bool],
) -> (Rc<Computer>, Server, Stage) {
    let computer = Computer::new();
    let mut stage = Stage::at(&computer);
    let mut server = Server::new(&stage);
    server.budgets = cuts.to_vec();
    stage.connect_to_server(clean_session);
    let mut reloads = reloads.iter();
    for value in 0..20 {
        let qos = if (seed >> value) & 1 == 0 { AtLeastOnce } else { ExactlyOnce };
        stage.upload(value, qos);
        if value % 3 == 0 {
            server.serve_for(&mut stage, Duration::from_millis(300));
            stage.tally();
        }
        if value % 7 == 6 && reloads.next() == Some(&true) {
            drop(stage);
            stage = Stage::at(&computer);
            stage.connect_to_server(clean_session);
        }
    }
    server.serve_for(&mut stage, seconds(600));
    (computer, server, stage)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn every_upload_arrives_over_any_losses(
        seed in any::<u64>(),
        clean_session in any::<bool>(),
        cuts in prop::collection::vec(1usize..1_500, 0..10),
        reloads in prop::collection::vec(any::<bool>(), 0..3),
    ) {
        let (computer, server, stage) = arrives(seed, clean_session, &cuts, &reloads);
        let stored = server.values("n");
        for value in 0..20u64 {
            let times = stored.iter().filter(|stored| **stored == value.to_string()).count();
            let is_exactly_once = (seed >> value) & 1 == 1 && !clean_session;
            if clean_session && (seed >> value) & 1 == 1 {
                // Taken by the platform and never released: it may be neither there nor sent again.
                continue;
            }
            prop_assert!(times >= 1, "{value} is lost");
            prop_assert!(times == 1 || !is_exactly_once, "{value} is there {times} times");
        }
        let tally = stage.tally();
        prop_assert_eq!((tally.waiting, tally.on_their_way), (0, 0));
        prop_assert_eq!(computer.rows(), ["s"]);
        let all = stage.state().outbox.newest_first().all(|item| {
            matches!(item.fate, Fate::Acknowledged(_)) || clean_session && item.fate == Fate::Unknown
        });
        prop_assert!(all);
    }
}
