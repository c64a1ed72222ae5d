//! Automatic answers that the platform would hang up on: they are not sent, and that is said.

use std::time::Duration;

use onenet::Generation;
use onenet::rules::RuleId;
use onenet_web::feed::{AutoReply, WithheldReason};
use onenet_web::platform::{Ask, OrderForm};
use onenet_web::state::Action;

use super::stage::Stage;

#[test]
fn an_answer_to_a_placeholder_that_there_is_not_stays_here() {
    let stage = asked("{{nope}}");
    assert_eq!(reason(&stage), Some(WithheldReason::Placeholder("nope".to_owned())));
}

#[test]
fn an_answer_that_the_platform_hangs_up_on_stays_here() {
    for (topic, rule) in [
        ("$sys/OneNetDemo/another/thing/property/set_reply", RuleId::SysTopicForeign),
        ("$sys/OneNetDemo/demo-board/thing/property/post/reply", RuleId::SysTopicDown),
        ("room/{{id}}", RuleId::SysTopicForeign),
    ] {
        let Some(WithheldReason::Rule(finding)) = reason(&asked(topic)) else { panic!("{topic} was sent") };
        assert_eq!(finding.rule, rule, "{topic}");
    }
}

#[test]
fn an_answer_to_no_topic_stays_here() {
    assert!(matches!(reason(&asked("room/#")), Some(WithheldReason::Topic(_))));
}

#[test]
fn an_answer_that_may_be_sent_is() {
    let stage = asked("{{reply}}");
    assert_eq!(reason(&stage), None);
    assert_eq!(stage.state().outbox.newest_first().count(), 2);
}

// ── helpers ──

/// A device of the studio that answers to this topic, and was asked to set a property.
fn asked(topic: &str) -> Stage {
    let mut stage = Stage::new();
    let mut form = stage.state().connect.clone();
    form.choose(Generation::Studio);
    stage.apply(Action::EditConnect(form.clone()));
    stage.connect(|typed| *typed = form);
    let filter = "$sys/+/+/thing/property/set".to_owned();
    let text = r#"{"id":"{{id}}","code":200,"msg":"success"}"#.to_owned();
    let reply = AutoReply { on: true, filter, topic: topic.to_owned(), text };
    stage.act(|client| client.reply(vec![reply]));
    let before = stage.state().outbox.newest_first().count();
    stage.statuses();
    let order = OrderForm::default().parse(Ask::PropertySet, None).unwrap();
    stage.act(|client| client.order("OneNetDemo/demo-board".to_owned(), order));
    stage.pass(Duration::from_secs(60));
    assert!(stage.state().status.is_online(), "{topic}");
    assert_eq!(stage.statuses(), [] as [String; 0], "it was never hung up on: {topic}");
    if reason(&stage).is_some() {
        assert_eq!(stage.state().outbox.newest_first().count(), before, "nothing was sent: {topic}");
    }
    stage
}

/// Why the answer was not sent, as the feed says.
fn reason(stage: &Stage) -> Option<WithheldReason> {
    let state = stage.state();
    state.history.newest_first().find_map(|entry| Some(entry.withheld.as_ref()?.reason.clone()))
}
