//! Automatic answers drawn to HTML: what is wrong with one stands at its field, what was not sent in the feed.

use bytes::Bytes;
use futures::executor::block_on;
use onenet::Generation;
use onenet::rules::Readings;
use onenet_web::connect::{ConnectForm, Destination, PageAddress};
use onenet_web::feed::{AutoReply, FeedPanel, FeedPanelProps, Withheld, WithheldReason};
use onenet_web::locale::{LANGUAGES, Language};
use onenet_web::state::{Action, State};
use session::{Message, Qos};
use time::OffsetDateTime;
use yew::{Callback, LocalServerRenderer};

const SET: &str = "$sys/+/+/thing/property/set";

#[test]
fn an_id_that_is_always_the_same_is_warned_of_at_the_text() {
    let fixed = r#"{"id":"1","code":200,"msg":"success"}"#;
    let html = drawn(Language::English, reply("{{reply}}", fixed), None);
    assert_shows(&html, &["reply-text-1-warning", "Every answer has the same id. Write {{id}}", "1028"]);
    let html = drawn(Language::Chinese, reply("{{reply}}", fixed), None);
    assert_shows(&html, &["reply-text-1-warning", "每次应答的 id 都相同", "1028"]);
    for language in LANGUAGES {
        let html = drawn(language, reply("{{reply}}", &fixed.replace('1', "{{id}}")), None);
        assert!(!html.contains("-1-warning"), "{html}");
    }
}

#[test]
fn a_topic_that_will_not_be_sent_to_is_warned_of_at_the_topic() {
    let text = r#"{"id":"{{id}}","code":200,"msg":"success"}"#;
    let html = drawn(Language::English, reply("{{nope}}", text), None);
    assert_shows(&html, &["reply-topic-1-warning", "There is no placeholder {{nope}}", "is not sent"]);
    let html = drawn(Language::English, reply("room/1", text), None);
    assert_shows(&html, &["reply-topic-1-warning", "Such an answer is not sent."]);
    let html = drawn(Language::Chinese, reply("room/1", text), None);
    assert_shows(&html, &["reply-topic-1-warning", "这样的应答不会发送。"]);
}

#[test]
fn the_feed_says_what_was_not_sent() {
    let withheld =
        || Withheld { topic: "{{nope}}".to_owned(), reason: WithheldReason::Placeholder("nope".to_owned()) };
    let html = drawn(Language::English, reply("{{nope}}", ""), Some(withheld()));
    assert_shows(&html, &["The automatic answer to {{nope}} was not sent. There is no placeholder {{nope}}"]);
    let html = drawn(Language::Chinese, reply("{{nope}}", ""), Some(withheld()));
    assert_shows(&html, &["发往 {{nope}} 的自动应答没有发送。没有 {{nope}} 这个占位符"]);
}

// ── helpers ──

fn reply(topic: &str, text: &str) -> AutoReply {
    let (filter, topic, text) = (SET.to_owned(), topic.to_owned(), text.to_owned());
    AutoReply { on: true, filter, topic, text }
}

/// The feed of a device of the studio with this answer, after a request whose answer was withheld, if it was.
fn drawn(language: Language, reply: AutoReply, withheld: Option<Withheld>) -> String {
    let mut state = State::new(language, PageAddress::default());
    let mut form = ConnectForm { destination: Destination::InPage, ..ConnectForm::default() };
    form.choose(Generation::Studio);
    state.apply(Action::EditConnect(form));
    if let Some(withheld) = withheld {
        let topic = "$sys/OneNetDemo/demo-board/thing/property/set".to_owned();
        let payload = Bytes::from_static(br#"{"id":"7","version":"1.0","params":{"wendu":26}}"#);
        let message = Message { topic, payload, qos: Qos::AtMostOnce, retain: false };
        state.apply(Action::Received { at: OffsetDateTime::UNIX_EPOCH, message, dup: false });
        state.apply(Action::Withheld(withheld));
    }
    let props = FeedPanelProps {
        language,
        history: state.history.clone(),
        subscriptions: state.subscriptions.clone(),
        in_page: true,
        readings: Some(Readings::default()),
        sender: state.upload.sender.clone(),
        hears_all: true,
        model: None,
        replies: vec![reply],
        replies_stopped: false,
        outbox: state.outbox.clone(),
        online: true,
        on_clear: Callback::noop(),
        on_answer: Callback::noop(),
        on_edit_replies: Callback::noop(),
        on_hear_all: Callback::noop(),
        on_subscribe: Callback::noop(),
        on_unsubscribe: Callback::noop(),
    };
    block_on(LocalServerRenderer::<FeedPanel>::with_props(props).hydratable(false).render())
}

#[track_caller]
fn assert_shows(html: &str, texts: &[&str]) {
    let html = html.replace("&quot;", "\"").replace("&#x27;", "'").replace("&amp;", "&");
    for text in texts {
        assert!(html.contains(text), "{text:?} is not in {html}");
    }
}
