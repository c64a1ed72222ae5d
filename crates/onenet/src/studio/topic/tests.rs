//! Every topic of the reference, both ways, and what is said of those that are none.

use expect_test::expect;

use super::*;

#[test]
fn tells_topics_apart() {
    let mut told = String::new();
    for text in [
        "thing/property/post",
        "thing/property/set_reply",
        "thing/property/desired/get/reply",
        "thing/service/reboot/invoke",
        "thing/service/reboot/invoke_reply",
        "thing/sub/topo/get/result",
        "thing/sub/topo/change_reply",
        "ota/inform",
        "custome/up_reply",
        "custome/down_reply/7",
    ] {
        let topic = Topic::parse(text).unwrap();
        assert_eq!(topic.to_string(), text);
        let reply = topic.reply().map(|reply| reply.to_string()).unwrap_or_default();
        told += &format!("{text} {:?} {reply}\n", topic.direction());
    }
    expect![[r#"
        thing/property/post Up thing/property/post/reply
        thing/property/set_reply Up 
        thing/property/desired/get/reply Down 
        thing/service/reboot/invoke Down thing/service/reboot/invoke_reply
        thing/service/reboot/invoke_reply Up 
        thing/sub/topo/get/result Up 
        thing/sub/topo/change_reply Up 
        ota/inform Down ota/inform_reply
        custome/up_reply Down 
        custome/down_reply/7 Up 
    "#]]
    .assert_eq(&told);
}

#[test]
fn writes_every_topic_as_it_reads_it() {
    let named = Identifier::parse("reboot").unwrap();
    let functions = Function::FIXED.into_iter();
    for function in functions.chain([Function::Service(named.clone()), Function::CustomDown(named)]) {
        for topic in [Topic::Request(function.clone()), Topic::Reply(function)] {
            assert_eq!(Topic::parse(&topic.to_string()), Ok(topic));
        }
    }
}

#[test]
fn devices_answer_with_an_underscore_and_the_platform_with_a_slash() {
    for function in Function::FIXED {
        let reply = Topic::Reply(function.clone());
        let text = reply.to_string();
        // The one exception that the documents name.
        if function != Function::CustomUp {
            assert_eq!(text.ends_with("/reply"), reply.direction() == Direction::Down, "{text}");
        }
    }
}

#[test]
fn refuses_topics_with_a_reason() {
    let problem = |text: &str| Topic::parse(text).unwrap_err().to_string();
    assert_eq!(
        problem("thing/property/post_reply"),
        r#"the topic of this reply is "thing/property/post/reply""#
    );
    assert_eq!(
        problem("thing/property/set/reply"),
        r#"the topic of this reply is "thing/property/set_reply""#
    );
    assert_eq!(problem("thing/porperty/post"), "no topic of the thing model goes on like this at byte 6");
    assert_eq!(problem(""), "no topic of the thing model goes on like this at byte 0");
    assert_eq!(problem("thing/property"), "no topic of the thing model goes on like this at byte 14");
    assert_eq!(
        problem("thing/service/reboot/call"),
        "no topic of the thing model goes on like this at byte 21"
    );
    assert_eq!(problem("thing/service//invoke"), "identifier is empty, in the level that begins at byte 14");
    assert_eq!(
        problem("custome/down/a/b"),
        "'/' at byte 1 is not allowed in an identifier, in the level that begins at byte 13"
    );
}
