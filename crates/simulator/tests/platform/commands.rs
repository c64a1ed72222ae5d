//! Commands and their answers (reference §1.8).

use bytes::Bytes;
use expect_test::expect;
use simulator::{CommandOptions, CommandState, Options, Platform};

use crate::script::*;

const ID: &str = "af506f6f-85ad-57e4-af8b-69e7f61768b3";
const ANSWER: &str = "$crsp/af506f6f-85ad-57e4-af8b-69e7f61768b3";

#[test]
fn takes_a_command_there_and_its_answer_back() {
    let platform = check(
        [
            open(),
            send(1, connect("29455901", "12555524")),
            command("29455901", ID, "123123123"),
            wait(1.5),
            send(1, publish(ANSWER, 7, b"done")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 29455901
            1 ← PUBLISH $creq/af506f6f-85ad-57e4-af8b-69e7f61768b3 QoS 0 id 0 123123123
              event  CommandSent af506f6f-85ad-57e4-af8b-69e7f61768b3 29455901
            1 ← PUBACK 7
              event  CommandAnswered af506f6f-85ad-57e4-af8b-69e7f61768b3 29455901
        "#]],
    );
    let command = platform.command(ID).unwrap();
    assert_eq!(command.state, CommandState::Answered);
    assert_eq!(command.answer, Some(Bytes::from_static(b"done")));
    assert_eq!(command.created_at.to_string(), "2016-08-15 14:47:00.000");
    assert_eq!(command.answered_at.unwrap().to_string(), "2016-08-15 14:47:01.500");
}

#[test]
fn refuses_a_command_that_cannot_be_sent() {
    let platform = check(
        [
            command("29455901", ID, "?"),
            open(),
            send(1, connect("29455901", "12555524")),
            command("29455901", "a/b", "?"),
            command("29455901", ID, "?"),
            command("29455901", ID, "?"),
            close(1),
            command("29455901", "later", "?"),
        ],
        expect![[r#"
              error  device not found: 29455901
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 29455901
              error  command id: '/' at byte 1 is not allowed in a topic
            1 ← PUBLISH $creq/af506f6f-85ad-57e4-af8b-69e7f61768b3 QoS 0 id 0 ?
              event  CommandSent af506f6f-85ad-57e4-af8b-69e7f61768b3 29455901
              error  command id is already used
              event  Closed 1 29455901
              error  device not online: 29455901
        "#]],
    );
    assert!(platform.command("later").is_none());
    assert_eq!(platform.commands().count(), 1);
}

#[test]
fn takes_a_body_just_under_64_kb() {
    let mut stage = Stage::new(Options::default());
    stage.run(open());
    stage.run(send(1, connect("1", "2")));
    let now = stage.now;
    let mut send = |id: &str, length: usize| {
        let body = Bytes::from(vec![b'x'; length]);
        let made = stage.platform.send_command("1", id, body, CommandOptions::default(), now);
        made.map_err(|error| error.to_string())
    };
    assert_eq!(send("fits", 65_535), Ok(()));
    assert_eq!(send("over", 65_536), Err("command body has 65536 bytes, the limit is 65535".to_owned()));
}

#[test]
fn acknowledges_and_discards_an_answer_to_nothing() {
    let platform = check(
        [
            open(),
            open(),
            send(1, connect("1", "2")),
            send(2, connect("3", "2")),
            command("1", ID, "?"),
            send(1, publish("$crsp/unknown", 1, b"x")),
            send(2, publish(ANSWER, 2, b"not mine")),
            send(1, publish(ANSWER, 3, b"first")),
            send(1, publish(ANSWER, 4, b"second")),
        ],
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 3
            1 ← PUBLISH $creq/af506f6f-85ad-57e4-af8b-69e7f61768b3 QoS 0 id 0 ?
              event  CommandSent af506f6f-85ad-57e4-af8b-69e7f61768b3 1
            1 ← PUBACK 1
              event  AnswerDiscarded unknown 1
            2 ← PUBACK 2
              event  AnswerDiscarded af506f6f-85ad-57e4-af8b-69e7f61768b3 3
            1 ← PUBACK 3
              event  CommandAnswered af506f6f-85ad-57e4-af8b-69e7f61768b3 1
            1 ← PUBACK 4
              event  AnswerDiscarded af506f6f-85ad-57e4-af8b-69e7f61768b3 1
        "#]],
    );
    assert_eq!(answer(&platform), "first");
}

#[test]
fn says_sent_when_the_frame_was_handed_over() {
    let mut stage = Stage::new(Options::default());
    stage.run(open());
    stage.run(send(1, connect("1", "2")));
    stage.platform.send_command("1", ID, Bytes::new(), CommandOptions::default(), stage.now).unwrap();
    let state = |platform: &Platform| platform.command(ID).unwrap().state;
    assert_eq!(state(&stage.platform), CommandState::Created);
    assert!(stage.platform.poll_transmit().is_some());
    assert_eq!(state(&stage.platform), CommandState::Sent);
}

#[test]
fn drops_a_device_that_publishes_a_command() {
    check(
        [open(), send(1, connect("1", "2")), send(1, publish("$creq/x", 0, b""))],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← close
              event  Dropped 1 1: rule topic-command
        "#]],
    );
}

fn answer(platform: &Platform) -> String {
    let answer = platform.command(ID).unwrap().answer.clone().unwrap();
    String::from_utf8(answer.to_vec()).unwrap()
}
