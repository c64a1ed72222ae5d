//! Logins with tokens over a link whose far end the test answers.

use std::time::Duration;

use onenet::Generation;
use onenet::token::{Key, Token};
use onenet_web::client::{FarEnd, LinkEvent};
use onenet_web::connect::{ConnectForm, Ending, Lifetime, LinkEnd, Status, TokenSource};
use onenet_web::state::Action;
use session::ReturnCode;

use super::computer::Computer;
use super::stage::{Stage, accept, hear, say};

/// Begins to log a studio device in, and gives the far end of its link.
fn log_in(stage: &mut Stage) -> FarEnd {
    stage.connect(|form| {
        form.choose(Generation::Studio);
        form.destination = onenet_web::connect::Destination::Address;
        form.address = "ws://relay.example/mqtt/onenet-studio".to_owned();
    });
    stage.answer()
}

/// The token of the CONNECT that is said first: its last field.
fn token(stage: &mut Stage, far: &mut FarEnd) -> Token {
    say(far, LinkEvent::Opened);
    stage.settle();
    let connect = hear(far).unwrap();
    let start = connect.windows(8).position(|part| part == b"version=").unwrap();
    Token::parse(std::str::from_utf8(&connect[start..]).unwrap()).unwrap().token
}

#[test]
fn every_login_carries_a_token_that_was_signed_for_it() {
    let mut stage = Stage::new();
    let mut far = log_in(&mut stage);
    let first = token(&mut stage, &mut far);
    let closed = LinkEnd::Closed { code: 1006, reason: String::new() };
    say(&far, LinkEvent::Closed(closed));
    stage.pass(Duration::from_secs(30));
    let mut far = stage.answer();
    let second = token(&mut stage, &mut far);
    let key = Key::parse(&ConnectForm::default().token.key).unwrap();
    assert!(first.verify(&key) && second.verify(&key));
    assert_eq!(first.claims.et, 86_400);
    assert!(second.claims.et > first.claims.et, "{} after {}", second.claims.et, first.claims.et);
    assert_eq!(second.claims.res.to_string(), "products/OneNetDemo/devices/demo-board");
}

#[test]
fn a_refusal_knows_what_the_device_speaks_and_ends_the_tries() {
    let mut stage = Stage::new();
    let mut far = log_in(&mut stage);
    accept(&mut stage, &mut far, 4);
    let refused = Ending::Refused(Generation::Studio, ReturnCode::Credentials);
    assert_eq!(stage.state().status, Status::Offline(Some(refused)));
}

#[test]
fn a_platform_that_hangs_up_on_a_login_is_tried_again() {
    let mut stage = Stage::new();
    let mut far = log_in(&mut stage);
    token(&mut stage, &mut far);
    let end = LinkEnd::Closed { code: 1000, reason: String::new() };
    say(&far, LinkEvent::Closed(end.clone()));
    stage.settle();
    let status = stage.state().status.clone();
    let expected = Ending::HungUpAtLogin(Generation::Studio, end);
    assert!(
        matches!(&status, Status::Waiting { ending, lost: false, .. } if *ending == expected),
        "{status:?}"
    );
}

#[test]
fn every_demo_is_let_in_by_the_platform_in_this_page_and_uploads_first() {
    for generation in Generation::ALL {
        let mut stage = Stage::new();
        let mut form = ConnectForm::default();
        form.choose(generation);
        stage.apply(Action::EditConnect(form.clone()));
        stage.connect(|typed| *typed = form);
        assert_eq!(stage.statuses(), ["opening", "logging in", "online"], "{generation}");
        assert_eq!(stage.fates(), ["acknowledged"], "{generation}: the first upload");
    }
}

#[test]
fn a_token_of_another_device_is_refused_by_the_platform_in_this_page() {
    let mut stage = Stage::new();
    stage.connect(|form| {
        form.choose(Generation::Studio);
        form.token.source = TokenSource::Pasted;
        form.token.token = "version=2018-10-31&res=products%2FOneNetDemo%2Fdevices%2Fother&et=1900000000&method=sha1&sign=TY9n%2FIPgBt6PpKfQWyKpjmRNjIw%3D".to_owned();
    });
    let refused = Ending::Refused(Generation::Studio, ReturnCode::Credentials);
    assert_eq!(stage.state().status, Status::Offline(Some(refused)));
}

#[test]
fn a_token_is_fresh_however_long_the_link_was_waited_for() {
    let computer = Computer::new();
    let mut stage = Stage::at(&computer);
    stage.connect(|form| {
        form.choose(Generation::Studio);
        form.token.lifetime = Lifetime::Hour;
        form.destination = onenet_web::connect::Destination::Address;
        form.address = "ws://relay.example/mqtt/onenet-studio".to_owned();
    });
    let mut far = stage.answer();
    assert_eq!(token(&mut stage, &mut far).claims.et, 3_600);
    computer.set_network(false);
    say(&far, LinkEvent::Closed(LinkEnd::Closed { code: 1006, reason: String::new() }));
    stage.pass(Duration::from_secs(7_200));
    computer.set_network(true);
    stage.settle();
    let mut far = stage.answer();
    assert!(token(&mut stage, &mut far).claims.et >= 3_600 + 7_200);
}
