//! Devices that go away and come back: what waits for them, and what is said in their name (reference §1.2, §1.5).

use std::time::Duration;

use session::{Message, Options, Qos};

use crate::pair;
use crate::step::Break;
use crate::world::World;

const LOST: Break = Break::Lose { up: 0, down: 0 };

#[test]
fn a_kept_session_keeps_its_subscription_and_the_newest_ten_messages() {
    let mut world = World::new(20);
    world.listener.returns = false;
    world.strike(1, &LOST);
    for _ in 0..12 {
        world.speak(Qos::ExactlyOnce);
        world.pass(Duration::from_secs(1));
    }
    world.listener.returns = true;
    world.bring_back();
    world.pass(Duration::from_secs(1));
    assert_eq!((world.listener.logins, world.listener.resumed), (2, 1));
    assert_eq!(world.listener.heard, (3..=12).map(|number| (Qos::ExactlyOnce, number)).collect::<Vec<_>>());
    assert_eq!(world.platform.device("1").unwrap().messages_evicted(), 2);

    // And it still is subscribed.
    world.say(Qos::AtLeastOnce);
    world.pass(Duration::from_secs(1));
    assert_eq!(world.listener.heard.last(), Some(&(Qos::AtLeastOnce, 13)));
}

#[test]
fn a_clean_session_begins_with_nothing() {
    let mut world = World::new(20);
    world.listener.options.clean_session = true;
    world.upload(Qos::ExactlyOnce);
    world.strike(1, &LOST);
    world.speak(Qos::ExactlyOnce);
    world.pass(Duration::from_secs(1));
    assert_eq!((world.listener.logins, world.listener.resumed), (2, 0));
    assert!(world.listener.heard.is_empty(), "the login ended its session and its subscription");
    assert!(world.stored(Qos::ExactlyOnce).is_empty(), "what nobody answered is not sent again by itself");
    let counts = world.listener.session.counts();
    assert_eq!((counts.abandoned, counts.waiting, counts.in_flight), (1, 0, 0));
}

#[test]
fn a_will_is_said_when_its_device_is_lost_and_not_when_it_leaves() {
    let will = |payload: &'static str| Message {
        topic: "room".to_owned(),
        payload: payload.into(),
        qos: Qos::ExactlyOnce,
        retain: false,
    };
    let device = |id: &str, will: Option<Message>| Options {
        client_id: id.to_owned(),
        clean_session: false,
        keep_alive: 10,
        will,
        ..pair::device()
    };
    let mut world = World::with(device("1", None), device("2", Some(will("is lost"))));
    world.subscribe();

    // Both know that the link is lost.
    world.strike(2, &LOST);
    world.pass(Duration::from_secs(1));
    assert_eq!(world.listener.texts, ["is lost"]);

    // Only the device does; its next login takes the older connection's place.
    world.strike(2, &Break::LoseSilently);
    world.pass(Duration::from_secs(1));
    assert_eq!(world.listener.texts, ["is lost"; 2]);

    // The platform notices when it has heard nothing for one and a half times the keep alive.
    world.speaker.returns = false;
    world.strike(2, &Break::LoseSilently);
    world.pass(Duration::from_secs(13));
    assert_eq!(world.listener.texts.len(), 2);
    world.pass(Duration::from_secs(3));
    assert_eq!(world.listener.texts, ["is lost"; 3]);

    world.speaker.returns = true;
    world.bring_back();
    world.pass(Duration::from_secs(1));
    world.leave();
    world.pass(Duration::from_secs(60));
    assert_eq!(world.listener.texts, ["is lost"; 3]);
}
