//! The sequence lanes drawn to HTML without a browser: what a class sees when an acknowledgement gets lost.

use std::time::Duration;

use bytes::Bytes;
use futures::executor::block_on;
use onenet_web::connect::Status;
use onenet_web::inspector::{Capture, Captured, Direction, Imported, Lanes, LanesProps};
use onenet_web::locale::{LANGUAGES, Language};
use onenet_web::platform::{Happening, Note};
use proptest::prelude::*;
use session::Resumption;
use simulator::RefusalCode;
use time::OffsetDateTime;
use yew::{Callback, LocalServerRenderer};

const CONNECT: &[u8] = b"\x10\x18\x00\x04MQTT\x04\xC2\x00\x78\x00\x01d\x00\x01p\x00\x06secret";
const CONNACK: &[u8] = b"\x20\x02\x00\x00";
const QOS_1: &[u8] = b"\x32\x06\x00\x01a\x00\x07x";
const QOS_1_AGAIN: &[u8] = b"\x3A\x06\x00\x01a\x00\x07x";
const PUBACK: &[u8] = b"\x40\x02\x00\x07";

#[test]
fn what_waits_is_told_above_and_in_its_row() {
    let capture = capture(&[(0, 1, CONNECT), (20, 1, CONNACK), (40, 1, QOS_1)]);
    let html = draw(Language::English, &capture, online(), 3_240);
    assert_shows(&html, &["Waiting for PUBACK 7 (3.2 s)", "waiting for PUBACK 7 (3.2 s)", "Connection 1"]);
    assert_shows(&html, &["Keep alive 120 s: last frame sent 3 s ago; PINGREQ due in 116 s at the latest."]);
    assert_shows(
        &html,
        &["No. 2 answers after 20 ms", "answers No. 1 after 20 ms", "CONNACK", "0: accepted"],
    );
    let html = draw(Language::Chinese, &capture, online(), 3_240);
    assert_shows(&html, &["正在等待 PUBACK 7（3.2 秒）", "等待 PUBACK 7，已 3.2 秒", "第 1 次连接"]);
    assert_shows(&html, &["保活 120 秒：上一个报文发出已 3 秒，最迟 116 秒后要发 PINGREQ。"]);
}

#[test]
fn what_was_lost_is_never_answered_and_sent_again() {
    let capture = capture(&[
        (0, 1, CONNECT),
        (20, 1, CONNACK),
        (40, 1, QOS_1),
        (12_040, 2, CONNECT),
        (12_060, 2, CONNACK),
        (12_080, 2, QOS_1_AGAIN),
        (12_100, 2, PUBACK),
    ]);
    let html = draw(Language::English, &capture, online(), 13_000);
    assert_shows(&html, &["never answered: no PUBACK 7 · sent again as No. 6", "first sent as No. 3"]);
    assert_shows(&html, &["DUP: sent again", "Connection 2", ">12 s<", "Nothing is waited for."]);
    let html = draw(Language::Chinese, &capture, online(), 13_000);
    assert_shows(
        &html,
        &["始终没有应答：没等到 PUBACK 7 · 已在第 6 号重发", "首次发送是第 3 号", "DUP：重发"],
    );
}

#[test]
fn screen_readers_hear_each_row_as_a_sentence() {
    let capture = capture(&[(0, 1, CONNECT), (20, 1, CONNACK), (40, 1, QOS_1), (70, 1, PUBACK)]);
    let html = draw(Language::English, &capture, online(), 100);
    assert_shows(
        &html,
        &[
            "No. 3, 00:00:00.040, device to platform: PUBLISH, packet id 7, QoS 1, a x, No. 4 answers after 30 ms",
            r#"role="listbox""#,
            r#"aria-setsize="5""#,
        ],
    );
    let html = draw(Language::Chinese, &capture, online(), 100);
    assert_shows(
        &html,
        &["第 4 号，00:00:00.070，平台发往设备：PUBACK，报文标识符 7，应答第 3 号，用时 30 ms"],
    );
}

#[test]
fn what_the_platform_does_stands_between_the_arrows() {
    let capture = capture(&[(0, 1, CONNECT), (20, 1, CONNACK)]);
    let happening = Happening::Refused { code: RefusalCode::BadLogin, finding: None };
    let note = Note { number: 1, at: OffsetDateTime::UNIX_EPOCH + Duration::from_millis(10), happening };
    for (language, told) in
        [(Language::English, "Platform: Login refused: CONNACK 4"), (Language::Chinese, "平台：拒绝登录")]
    {
        let html =
            render(LanesProps { notes: vec![note.clone()], ..props(language, &capture, online(), 30) });
        let place = |text: &str| html.find(text).unwrap_or_else(|| panic!("{text} is not in {html}"));
        assert!(place(">CONNECT<") < place(told) && place(told) < place(">CONNACK<"), "{html}");
    }
}

#[test]
fn the_frames_of_a_file_wait_for_nothing() {
    let file = capture(&[(0, 1, CONNECT), (20, 1, CONNACK), (40, 1, QOS_1)]);
    let imported = Imported { opened: 1, name: "a.pcapng".to_owned(), capture: file, problem: None };
    let live = Capture::default();
    let html = render(LanesProps {
        imported: Some(imported),
        ..props(Language::English, &live, Status::Offline(None), 0)
    });
    assert_shows(&html, &["never answered: no PUBACK 7"]);
    assert!(!html.contains("Keep alive 120 s") && !html.contains("Waiting for"), "{html}");
}

#[test]
fn no_secret_is_drawn() {
    let capture = capture(&[(0, 1, CONNECT)]);
    for language in LANGUAGES {
        assert!(!draw(language, &capture, online(), 10).contains("secret"));
    }
}

#[test]
fn before_any_frame_it_says_what_to_do() {
    for language in LANGUAGES {
        let html = draw(language, &Capture::default(), Status::Offline(None), 0);
        assert!(html.contains(r#"class="empty""#), "{html}");
    }
}

#[test]
fn of_many_frames_only_some_are_drawn() {
    let mut frames = vec![(0, 1, CONNECT), (1, 1, CONNACK)];
    frames.extend((0..20_000).map(|at| (at, 1, if at % 2 == 0 { QOS_1 } else { PUBACK })));
    let capture = capture(&frames);
    let html = draw(Language::English, &capture, online(), 50_000);
    assert!(html.matches(r#"role="option""#).count() < 60);
    let hidden =
        render(LanesProps { visible: false, ..props(Language::English, &capture, online(), 50_000) });
    assert_eq!(hidden, "");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_drawn(
        frames in prop::collection::vec((prop::collection::vec(any::<u8>(), 0..12), 1u32..3), 1..12),
    ) {
        let frames: Vec<_> = (0..).zip(&frames).map(|(at, (bytes, connection))| (at, *connection, &bytes[..])).collect();
        for language in LANGUAGES {
            let html = draw(language, &capture(&frames), online(), 9);
            prop_assert!(html.matches(r#"role="option""#).count() > frames.len());
        }
    }
}

// ── helpers ──

/// Frames as (milliseconds, connection, bytes); which way each goes follows from its type.
fn capture(frames: &[(u64, u32, &[u8])]) -> Capture {
    let mut capture = Capture::default();
    for (millis, connection, bytes) in frames {
        let moment = Duration::from_millis(*millis);
        let received = matches!(bytes.first().map(|first| first >> 4), Some(2 | 4 | 13));
        let direction = if received { Direction::Received } else { Direction::Sent };
        let at = OffsetDateTime::UNIX_EPOCH + moment;
        capture.push(Captured::new(at, moment, direction, *connection, Bytes::copy_from_slice(bytes)));
    }
    capture
}

fn online() -> Status {
    Status::Online { resumption: Resumption::New, clean_session: true, round_trip: Duration::ZERO }
}

fn draw(language: Language, capture: &Capture, status: Status, millis: u64) -> String {
    render(props(language, capture, status, millis))
}

fn props(language: Language, capture: &Capture, status: Status, millis: u64) -> LanesProps {
    let now = OffsetDateTime::UNIX_EPOCH + Duration::from_millis(millis);
    LanesProps {
        language,
        capture: capture.clone(),
        imported: None,
        status,
        probe: None,
        notes: Vec::new(),
        shown: false,
        visible: true,
        wall: Callback::from(move |()| now),
        on_edit_bytes: Callback::noop(),
    }
}

fn render(props: LanesProps) -> String {
    block_on(LocalServerRenderer::<Lanes>::with_props(props).hydratable(false).render())
}

#[track_caller]
fn assert_shows(html: &str, texts: &[&str]) {
    for text in texts {
        assert!(html.contains(text), "{text:?} is not in {html}");
    }
}
