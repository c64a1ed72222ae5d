//! Commands that wait for their device, and those that are sent again (reference §1.9).

use std::time::Duration;

use expect_test::{Expect, expect};
use simulator::{CommandOptions, CommandQos, CommandState, Limits, Options, Platform};

use crate::script::*;

const KEPT: CommandOptions = CommandOptions { qos: CommandQos::Once, keep_for: Duration::from_secs(60) };
const AGAIN: CommandOptions =
    CommandOptions { qos: CommandQos::UntilAnswered, keep_for: Duration::from_secs(60) };
const ALWAYS: CommandOptions = CommandOptions { qos: CommandQos::UntilAnswered, keep_for: Duration::ZERO };

#[test]
fn keeps_a_command_for_a_device_that_is_away() {
    let platform = check(
        [
            open(),
            send(1, connect("1", "2")),
            close(1),
            command("1", "now", "?"),
            command_with(KEPT, "1", "a", "first"),
            command_with(KEPT, "1", "b", "second"),
            wait(59.0),
            open(),
            send(2, connect("1", "2")),
            close(2),
            // Once is once.
            open(),
            send(3, connect("1", "2")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
              event  Closed 1 1
              error  device not online: 1
              event  Opened 2
            2 ← CONNACK 0 session present false
            2 ← PUBLISH $creq/a QoS 0 id 0 first
            2 ← PUBLISH $creq/b QoS 0 id 0 second
              event  LoggedIn 2 1
              event  CommandSent a 1
              event  CommandSent b 1
              event  Closed 2 1
              event  Opened 3
            3 ← CONNACK 0 session present false
              event  LoggedIn 3 1
        "#]],
    );
    let command = platform.command("a").unwrap();
    assert_eq!(command.created_at.to_string(), "2016-08-15 14:47:00.000");
    assert_eq!(command.sent_at.unwrap().to_string(), "2016-08-15 14:47:59.000");
    assert_eq!(command.expires_at.unwrap().to_string(), "2016-08-15 14:48:00.000");
    let ids: Vec<&str> = platform.commands_of("1").map(|command| command.id.as_str()).collect();
    assert_eq!(ids, ["a", "b"]);
    assert_eq!(platform.commands_of("9").count(), 0);
}

#[test]
fn gives_a_command_up_that_was_kept_long_enough() {
    let mut stage = Stage::new(Options::default());
    for step in [open(), send(1, connect("1", "2")), close(1), command_with(KEPT, "1", "a", "?")] {
        stage.run(step);
    }
    assert_eq!(stage.platform.poll_timeout(), Some(stage.now + Duration::from_secs(60)));
    for step in [wait(60.0), open(), send(2, connect("1", "2")), send(2, publish("$crsp/a", 0, b"late"))] {
        stage.run(step);
    }
    let transcript = "  event  CommandExpired a 1\n  event  Opened 2\n";
    assert!(stage.transcript.contains(transcript), "{}", stage.transcript);
    assert!(!stage.transcript.contains("PUBLISH"), "{}", stage.transcript);
    check_states(
        &stage.platform,
        expect![[r#"
            a Expired 1
        "#]],
    );
}

#[test]
fn sends_a_command_at_every_login_until_it_is_answered() {
    let platform = check(
        [
            open(),
            send(1, connect("1", "2")),
            command_with(AGAIN, "1", "a", "?"),
            command_with(ALWAYS, "1", "b", "?"),
            command("1", "once", "?"),
            close(1),
            open(),
            send(2, connect("1", "2")),
            send(2, publish("$crsp/a", 0, b"done")),
            close(2),
            wait(100.0),
            open(),
            send(3, connect("1", "2")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← PUBLISH $creq/a QoS 0 id 0 ?
              event  CommandSent a 1
            1 ← PUBLISH $creq/b QoS 0 id 0 ?
              event  CommandSent b 1
            1 ← PUBLISH $creq/once QoS 0 id 0 ?
              event  CommandSent once 1
              event  Closed 1 1
              event  Opened 2
            2 ← CONNACK 0 session present false
            2 ← PUBLISH $creq/a QoS 0 id 0 ?
            2 ← PUBLISH $creq/b QoS 0 id 0 ?
              event  LoggedIn 2 1
              event  CommandSent a 1
              event  CommandSent b 1
              event  CommandAnswered a 1
              event  Closed 2 1
              event  Opened 3
            3 ← CONNACK 0 session present false
            3 ← PUBLISH $creq/b QoS 0 id 0 ?
              event  LoggedIn 3 1
              event  CommandSent b 1
        "#]],
    );
    check_states(
        &platform,
        expect![[r#"
        a Answered 4
        b Sent 2
        once Sent 2
    "#]],
    );
}

#[test]
fn stops_sending_again_when_the_time_is_over() {
    let platform = check(
        [
            open(),
            send(1, connect("1", "2")),
            command_with(AGAIN, "1", "a", "?"),
            close(1),
            wait(60.0),
            open(),
            send(2, connect("1", "2")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← PUBLISH $creq/a QoS 0 id 0 ?
              event  CommandSent a 1
              event  Closed 1 1
              event  Opened 2
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 1
        "#]],
    );
    check_states(
        &platform,
        expect![[r#"
        a Sent 2
    "#]],
    );
}

#[test]
fn a_frame_that_nobody_carried_was_not_sent() {
    let mut stage = Stage::new(Options::default());
    stage.run(open());
    stage.run(send(1, connect("1", "2")));
    stage.platform.send_command("1", "a", "?".into(), KEPT, stage.now).unwrap();
    stage.platform.send_command("1", "b", "?".into(), CommandOptions::default(), stage.now).unwrap();
    stage.run(close(1));
    check_states(
        &stage.platform,
        expect![[r#"
        a Created 1
        b Expired 1
    "#]],
    );
    stage.run(open());
    stage.run(send(2, connect("1", "2")));
    check_states(
        &stage.platform,
        expect![[r#"
        a Sent 2
        b Expired 1
    "#]],
    );
}

#[test]
fn sends_all_that_was_kept_however_much_it_is() {
    let mut stage = Stage::new(Options::default());
    keep_twenty(&mut stage);
    stage.run(open());
    stage.run(send(2, connect("1", "2")));
    assert_eq!(stage.transcript.matches("2 ← PUBLISH $creq/").count(), 20);
    assert!(stage.platform.device("1").unwrap().online());
    assert!(stage.platform.commands().all(|command| command.state == CommandState::Sent));
}

#[test]
fn sends_a_device_that_lags_its_commands_when_it_has_caught_up() {
    let mut stage = Stage::new(Options::default());
    keep_twenty(&mut stage);
    let connection = stage.platform.handle_open(stage.now);
    let Step::Bytes(_, login) = send(2, connect("1", "2")) else { unreachable!() };
    stage.platform.handle_input(connection, &login, stage.now);
    let carry = |platform: &mut Platform, frames: usize| {
        let carried = std::iter::from_fn(|| platform.poll_transmit()).take(frames).count();
        platform.handle_lag(connection);
        (carried, platform.poll_transmit())
    };
    // The CONNACK and three commands.
    assert_eq!(carry(&mut stage.platform, 4), (4, None));
    // One more waits its turn behind those.
    stage.platform.send_command("1", "last", "?".into(), CommandOptions::default(), stage.now).unwrap();
    stage.platform.handle_caught_up(connection, stage.now);
    assert_eq!(carry(&mut stage.platform, 10), (10, None));
    assert_eq!(stage.platform.command("last").unwrap().state, CommandState::Created);

    // What is kept for too long is given up in the middle of it.
    stage.now += Duration::from_secs(60);
    stage.platform.handle_timeout(stage.now);
    stage.platform.handle_caught_up(connection, stage.now);
    assert_eq!(carry(&mut stage.platform, usize::MAX), (1, None));
    let count = |state| stage.platform.commands().filter(|command| command.state == state).count();
    assert_eq!((count(CommandState::Sent), count(CommandState::Expired)), (14, 7));
}

#[test]
fn keeps_for_the_next_login_what_one_connection_did_not_get() {
    let mut stage = Stage::new(Options::default());
    keep_twenty(&mut stage);
    let connection = stage.platform.handle_open(stage.now);
    stage.platform.handle_lag(connection);
    let Step::Bytes(_, login) = send(2, connect("1", "2")) else { unreachable!() };
    stage.platform.handle_input(connection, &login, stage.now);
    stage.platform.send_command("1", "now", "?".into(), CommandOptions::default(), stage.now).unwrap();
    stage.platform.handle_close(connection, stage.now);
    assert_eq!(stage.platform.command("now").unwrap().state, CommandState::Expired, "it was for then");
    stage.run(open());
    stage.run(send(2, connect("1", "2")));
    assert_eq!(stage.transcript.matches("← PUBLISH $creq/").count(), 20);
}

#[test]
fn a_login_that_is_too_much_for_the_shell_leaves_no_command_behind() {
    let devices = vec![known("1", "2", "JHFDJF55586jhk")];
    let limits = Limits { unpolled_bytes: 3, ..Limits::default() };
    let mut stage = Stage::new(Options { devices, limits, ..Options::default() });
    stage.platform.send_command("1", "a", "?".into(), KEPT, stage.now).unwrap();
    stage.run(open());
    stage.run(send(1, connect("1", "2")));
    assert!(!stage.platform.device("1").unwrap().online(), "there is no room for a CONNACK");
    stage.run(wait(60.0));
    check_states(
        &stage.platform,
        expect![[r#"
            a Expired 1
        "#]],
    );
}

#[test]
fn sends_once_what_the_older_connection_did_not_carry() {
    let mut stage = Stage::new(Options::default());
    stage.run(open());
    stage.run(open());
    stage.run(send(1, connect("1", "2")));
    stage.transcript.clear();
    stage.platform.send_command("1", "a", "?".into(), KEPT, stage.now).unwrap();
    stage.run(send(2, connect("1", "2")));
    expect![[r#"
        1 ← close
        2 ← CONNACK 0 session present false
        2 ← PUBLISH $creq/a QoS 0 id 0 ?
          event  Dropped 1 1: the device logged in again on another connection
          event  LoggedIn 2 1
          event  CommandSent a 1
    "#]]
    .assert_eq(&stage.transcript);
}

/// Device 1 has left, and 20 commands of 60 KB wait for it.
fn keep_twenty(stage: &mut Stage) {
    for step in [open(), send(1, connect("1", "2")), close(1)] {
        stage.run(step);
    }
    for n in 0..20 {
        let body = vec![b'x'; 60_000].into();
        stage.platform.send_command("1", &format!("c{n}"), body, KEPT, stage.now).unwrap();
    }
    stage.transcript.clear();
}

fn check_states(platform: &Platform, expect: Expect) {
    let state = |state: CommandState| format!("{state:?} {}", state.number());
    let states: Vec<String> = platform.commands().map(|c| format!("{} {}\n", c.id, state(c.state))).collect();
    expect.assert_eq(&states.concat());
}
