//! Panels drawn to HTML without a browser: what a person would see for given values.

use std::time::Duration;

use bytes::Bytes;
use futures::executor::block_on;
use onenet::rules::Readings;
use onenet::{Generation, Timestamp};
use onenet_web::connect::{
    ConnectForm, ConnectPanel, ConnectPanelProps, Destination, Ending, JUDGE, LinkEnd, Oddities, PageAddress,
    Status,
};
use onenet_web::feed::{AutoReply, FeedPanel, FeedPanelProps, History, SubscriptionState, Subscriptions};
use onenet_web::locale::{LANGUAGES, Language};
use onenet_web::platform::{Console, PlatformPanel, PlatformPanelProps};
use onenet_web::upload::{
    Content, Keeping, Outbox, Progress, Recording, Sender, Shelved, Stop, Tally, Upload, UploadForm,
    UploadPanel, UploadPanelProps, Whereabouts,
};
use session::{Acknowledgement, Awaiting, CommandError, Granted, Message, Qos, Resumption, ReturnCode};
use time::OffsetDateTime;
use web_time::Instant;
use yew::{BaseComponent, Callback, LocalServerRenderer};

#[test]
fn a_refused_login_names_the_code_and_the_fields() {
    let refused = Status::Offline(Some(Ending::Refused(Generation::Legacy, ReturnCode::Credentials)));
    let html = connect(Language::English, refused.clone(), ConnectForm::default());
    assert_shows(&html, &["CONNACK 4", "product ID or the auth info is wrong"]);
    let html = connect(Language::Chinese, refused, ConnectForm::default());
    assert_shows(&html, &["CONNACK 4", "产品 ID 或鉴权信息不对"]);
}

#[test]
fn a_lost_link_shows_the_countdown_and_a_way_out() {
    let ending = Ending::Link(LinkEnd::Closed { code: 1006, reason: String::new() });
    let html = connect(
        Language::English,
        Status::Waiting { seconds: 7, tries: 3, lost: true, ending },
        ConnectForm::default(),
    );
    assert_shows(
        &html,
        &["next try is number 3", "in 7 s", "id=\"try-now\"", "id=\"disconnect\"", "Check that the relay"],
    );
}

#[test]
fn the_secret_is_drawn_as_dots() {
    let html = connect(Language::Chinese, Status::Offline(None), ConnectForm::default());
    assert_shows(&html, &[r#"type="password""#]);
}

#[test]
fn ids_that_are_no_digits_are_pointed_at() {
    let form = ConnectForm { device_id: "board".to_owned(), ..ConnectForm::default() };
    let html = connect(Language::English, Status::Offline(None), form);
    assert_shows(
        &html,
        &["would refuse it with code 2", "Connect anyway", r#"aria-describedby="device-id-warning""#],
    );
}

#[test]
fn a_relays_upstreams_can_be_chosen() {
    let form =
        ConnectForm { destination: Destination::Upstream("onenet".to_owned()), ..ConnectForm::default() };
    let html = connect(Language::English, Status::Offline(None), form);
    assert_shows(&html, &[r#"value="relay/simulator""#, "Relay: OneNET (legacy, $dp)", "Relay: broker"]);
}

#[test]
fn an_upload_shows_its_bytes_before_it_is_sent() {
    let html = upload(Language::English, UploadForm::default(), Outbox::default());
    assert_shows(&html, &["90 bytes to $dp", ">01<", ">00 57<", "7b 22 64 61 74 61"]);
}

#[test]
fn broken_json_is_pointed_at_while_it_is_typed() {
    let form =
        UploadForm { content: Content::Body, body: "{\n \"a\": }".to_owned(), ..UploadForm::default() };
    let html = upload(Language::English, form.clone(), Outbox::default());
    assert_shows(&html, &["Not JSON at line 2, column 7", r#"aria-invalid="true""#]);
    assert_shows(&upload(Language::Chinese, form, Outbox::default()), &["第 2 行第 7 列"]);
}

#[test]
fn the_outbox_tells_every_fate() {
    let mut outbox = Outbox::default();
    outbox.push(Upload::answer("7", "one"), Ok(Some(1)));
    outbox.push(Upload::answer("7", "two"), Ok(Some(2)));
    outbox.push(Upload::answer("7", "three"), Err(CommandError::NotConnected));
    outbox.acknowledge(1, Duration::from_millis(42));
    let html = upload(Language::English, UploadForm::default(), outbox.clone());
    assert_shows(&html, &["packet id 1", "acknowledged, 42 ms", "waiting to be sent", "Do not send"]);
    assert_shows(&html, &["not sent: no connection", "Send again"]);
    let awaiting =
        vec![Awaiting { acknowledgement: Acknowledgement::PubAck, packet_id: 2, since: Instant::now() }];
    let tally = Tally { asked: 3, acknowledged: 1, on_their_way: 1, failed: 1, ..Tally::default() };
    outbox.follow(OffsetDateTime::UNIX_EPOCH, Progress { tally, awaiting, unsent: 0 });
    let html = upload(Language::English, UploadForm::default(), outbox.clone());
    assert_shows(&html, &["on its way since 00:00:00.000, waiting for PUBACK 2"]);
    assert_shows(&html, &["3 = 1 acknowledged + 1 waiting + 1 failed"]);
    outbox.abandon(2);
    let html = upload(Language::Chinese, UploadForm::default(), outbox);
    assert_shows(&html, &[r#"data-state="unknown""#, "可能到了也可能没到", "重发"]);
}

#[test]
fn a_connection_that_outlasts_its_form_is_told() {
    let props = |language| UploadPanelProps {
        outlasts_form: true,
        ..upload_props(language, UploadForm::default(), Outbox::default())
    };
    let html = draw::<UploadPanel>(props(Language::English));
    assert_shows(&html, &["uploads go to Legacy OneNET", "counts from the next login"]);
    assert_shows(&draw::<UploadPanel>(props(Language::Chinese)), &["当前连接不变", "从下次登录起生效"]);
    let html = upload(Language::English, UploadForm::default(), Outbox::default());
    assert!(!html.contains("outlasts-form"), "{html}");
}

#[test]
fn what_is_kept_and_what_is_not_is_said() {
    let shelved = Shelved {
        key: "\n7".to_owned(),
        address: None,
        device_id: "29455901".to_owned(),
        uploads: 3,
        damaged: 0,
        whereabouts: Whereabouts::Computer,
    };
    let mut keeping = Keeping {
        recording: Recording::Stopped(Stop::Full),
        shelved: vec![
            Shelved { damaged: 2, ..shelved.clone() },
            Shelved { whereabouts: Whereabouts::Page, ..shelved.clone() },
            Shelved { whereabouts: Whereabouts::OtherTab, ..shelved },
        ],
        ..Keeping::default()
    };
    for _ in 0..2 {
        // Counted once, however often it is read.
        keeping.note_damaged("\n7".to_owned(), 2);
    }
    for (language, words) in [
        (
            Language::English,
            [
                "no room left",
                "Device 29455901",
                "3 waiting, 2 unreadable",
                "in this page only",
                "another tab",
                "2 entries",
            ],
        ),
        (
            Language::Chinese,
            [
                "存储空间已满",
                "设备 29455901",
                "3 条待发送，2 条无法读取",
                "只在本页中",
                "另一个标签页",
                "有 2 条无法读取",
            ],
        ),
    ] {
        let form = UploadForm { qos: Qos::ExactlyOnce, ..UploadForm::default() };
        let props =
            UploadPanelProps { keeping: keeping.clone(), ..upload_props(language, form, Outbox::default()) };
        assert_shows(&draw::<UploadPanel>(props), &words);
    }
}

#[test]
fn a_will_that_the_platform_refuses_is_pointed_at() {
    let mut form = ConnectForm::default();
    form.will.on = true;
    form.will.topic = "$dp".to_owned();
    let html = connect(Language::English, Status::Offline(None), form);
    assert_shows(&html, &[r#"aria-describedby="will-topic-warning""#, "Connect anyway"]);
}

#[test]
fn a_session_that_was_lost_is_told_beside_the_status() {
    let round_trip = Duration::from_millis(5);
    let status = Status::Online { resumption: Resumption::Lost, clean_session: false, round_trip };
    let html = connect(Language::Chinese, status, ConnectForm::default());
    assert_shows(&html, &["平台丢失了这台设备的会话"]);
}

#[test]
fn numbers_are_shown_as_they_were_sent() {
    let html = feed(&[("room", br#"{"heat":127.10,"serial":12345678901234567890123}"#)]);
    assert_shows(&html, &["127.10", "12345678901234567890123", "1 received = 1 shown + 0 evicted"]);
}

#[test]
fn what_cannot_be_read_is_kept_as_hex_with_the_reason() {
    let html = feed(&[("room", b"\x01\x00\x09{}"), ("room", b"ab\xff")]);
    assert_shows(&html, &["The length field says 9 bytes, but 2 follow", "<mark>00</mark>"]);
    assert_shows(&html, &["no UTF-8 from byte 2 on", "61 62", "<mark>ff</mark>"]);
}

#[test]
fn markup_in_a_message_stays_text() {
    let html = feed(&[("room", b"<script>alert(1)</script>")]);
    assert!(!html.contains("<script>"), "{html}");
}

#[test]
fn a_command_can_be_answered() {
    let html = feed(&[("$creq/7", b"opendoor")]);
    assert_shows(&html, &["command", "opendoor", r#"for="answer-1""#, "Answer to the command opendoor"]);
}

#[test]
fn an_empty_page_teaches_the_first_step() {
    for language in LANGUAGES {
        let words = language.words();
        assert_shows(&draw::<FeedPanel>(feed_props(language, History::default())), &[words.feed_empty]);
        let html = draw::<PlatformPanel>(PlatformPanelProps {
            language,
            console: Console::default(),
            readings: Readings::default(),
            on_follow: Callback::noop(),
            on_edit: Callback::noop(),
            on_send: Callback::noop(),
            generation: Generation::Legacy,
            model: None,
            on_edit_order: Callback::noop(),
            on_order: Callback::noop(),
            on_enforce_rates: Callback::noop(),
            on_edit_faults: Callback::noop(),
            on_set_faults: Callback::noop(),
            on_strike: Callback::noop(),
        });
        assert_shows(&html, &[words.no_device, words.nothing_stored]);
    }
}

#[test]
fn every_field_has_a_label() {
    for language in LANGUAGES {
        let html = connect(language, Status::Offline(None), ConnectForm::default());
        let html = html + &upload(language, UploadForm::default(), Outbox::default());
        for tag in ["<input ", "<select ", "<textarea "] {
            for field in html.split(tag).skip(1) {
                let id = field.split("id=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id");
                assert!(html.contains(&format!("for=\"{id}\"")), "no label for {id}");
            }
        }
    }
}

// ── helpers ──

fn draw<C: BaseComponent>(props: C::Properties) -> String
where
    C::Properties: 'static,
{
    block_on(LocalServerRenderer::<C>::with_props(props).hydratable(false).render())
}

#[track_caller]
fn assert_shows(html: &str, texts: &[&str]) {
    let html = html.replace("&quot;", "\"").replace("&#x27;", "'").replace("&amp;", "&");
    for text in texts {
        assert!(html.contains(text), "{text:?} is not in {html}");
    }
}

fn connect(language: Language, status: Status, form: ConnectForm) -> String {
    draw::<ConnectPanel>(ConnectPanelProps {
        judge: Some(&JUDGE),
        language,
        page: PageAddress::default(),
        upstreams: ["simulator", "onenet", "broker"].map(str::to_owned).to_vec(),
        form,
        readings: Readings::default(),
        upload: UploadForm::default(),
        status,
        unsent: 0,
        oddities: Oddities::default(),
        now: Callback::from(|()| Timestamp::default()),
        on_edit: Callback::noop(),
        on_connect: Callback::noop(),
        on_try_now: Callback::noop(),
        on_disconnect: Callback::noop(),
    })
}

fn upload(language: Language, form: UploadForm, outbox: Outbox) -> String {
    draw::<UploadPanel>(upload_props(language, form, outbox))
}

fn upload_props(language: Language, form: UploadForm, outbox: Outbox) -> UploadPanelProps {
    UploadPanelProps {
        language,
        form,
        outlasts_form: false,
        readings: Some(Readings::default()),
        outbox,
        keeping: Keeping::default(),
        online: true,
        waits: true,
        clean_session: true,
        now: Callback::from(|()| Timestamp::parse("2016-08-15T14:47:00").expect("a time")),
        on_pick: Callback::noop(),
        on_edit: Callback::noop(),
        on_upload: Callback::noop(),
        on_give_up: Callback::noop(),
        on_keep: Callback::noop(),
        on_discard: Callback::noop(),
    }
}

fn feed(messages: &[(&str, &'static [u8])]) -> String {
    let mut history = History::default();
    for (topic, payload) in messages {
        let payload = Bytes::from_static(payload);
        let message = Message { topic: (*topic).to_owned(), payload, qos: Qos::AtMostOnce, retain: false };
        history.push(OffsetDateTime::UNIX_EPOCH, message, false);
    }
    draw::<FeedPanel>(feed_props(Language::English, history))
}

fn feed_props(language: Language, history: History) -> FeedPanelProps {
    let mut subscriptions = Subscriptions::default();
    subscriptions.set("room".to_owned(), SubscriptionState::Answered(Granted::AtLeastOnce));
    FeedPanelProps {
        language,
        history,
        subscriptions,
        in_page: true,
        readings: Some(Readings::default()),
        sender: Sender::default(),
        hears_all: true,
        model: None,
        replies: vec![AutoReply::default()],
        replies_stopped: false,
        outbox: Outbox::default(),
        online: true,
        on_clear: Callback::noop(),
        on_answer: Callback::noop(),
        on_edit_replies: Callback::noop(),
        on_hear_all: Callback::noop(),
        on_subscribe: Callback::noop(),
        on_unsubscribe: Callback::noop(),
    }
}
