//! One frame drawn to HTML without a browser: fields, bytes, what is wrong, and no secret.

use std::ops::Range;

use bytes::Bytes;
use data_encoding::HEXLOWER;
use futures::executor::block_on;
use onenet_web::inspector::{Anatomy, AnatomyProps};
use onenet_web::locale::{LANGUAGES, Language};
use proptest::prelude::*;
use yew::{AttrValue, Callback, LocalServerRenderer};

#[test]
fn a_login_hides_the_password_until_asked() {
    for language in LANGUAGES {
        let html = draw(language, &login(), false);
        assert!(!text_of(&html).contains("um151515"), "{html}");
        assert!(!html.contains("um15"), "{html}");
        assert_eq!(cells(&html)[33..], ["••"; 8]);
        assert_eq!(cells(&html)[31..33], ["00", "08"]);

        let html = draw(language, &login(), true);
        assert!(html.contains("um151515"), "{html}");
        assert_eq!(cells(&html)[33..], ["75", "6d", "31", "35", "31", "35", "31", "35"]);
        assert!(!html.contains('•'), "{html}");
    }
}

#[test]
fn a_login_is_told_field_by_field() {
    let html = draw(Language::Chinese, &login(), false);
    assert_shows(&html, &["连接标志", "清理会话", "120 秒", "654804584", "39 字节", "MQTT 3.1.1"]);
    assert_shows(&html, &["CONNECT 654804584，保活 120 秒", "1... ....", ".... ..1.", "1，置位"]);
    let html = draw(Language::English, &login(), false);
    assert_shows(&html, &["Connect flags", "Clean session", "120 s", "39 bytes", "1, set", "0, not set"]);
}

#[test]
fn data_points_are_told_down_to_their_values() {
    let body = br#"{"datastreams":[{"id":"wendu","datapoints":[{"at":"2016-08-15T14:47:00","value":55}]}]}"#;
    let frame = [b"\x32\x61\x00\x03$dp\x00\x09\x01\x00\x57".as_slice(), body].concat();
    let html = draw(Language::Chinese, &frame, false);
    assert_shows(
        &html,
        &["PUBLISH $dp wendu = 55", "1：带时间的 JSON", "87 字节", "1：至少一次", "..00 0001"],
    );
    assert!(!html.contains(r#"class="fault""#), "{html}");
    assert_shows(
        &draw(Language::English, &frame, false),
        &["1: JSON with times", "1: at least once", "Payload type"],
    );
}

#[test]
fn a_refusal_is_told_in_words() {
    let html = draw(Language::Chinese, b"\x20\x02\x00\x04", false);
    assert_shows(&html, &["4：用户名（产品 ID）或密码（鉴权信息或 Token）错误"]);
    let html = draw(Language::English, b"\x20\x02\x00\x04", false);
    assert_shows(&html, &["CONNACK 4: wrong user name (product ID) or password (auth info or token)"]);
}

#[test]
fn a_broken_frame_says_what_is_wrong_and_what_to_do() {
    let frame = b"\x32\x0C\x00\x03$dp\x00\x09\x03\x00\x09{}";
    let html = draw(Language::English, frame, false);
    assert_shows(&html, &["This frame is broken.", "says 9 bytes, but 2 follow", "Count the bytes again"]);
    assert_shows(&html, &["Go to the byte", r#"class="field-row undecoded""#]);
    let wrong = html.split("<span").find(|span| span.contains("wrong") && span.contains("gridcell"));
    assert!(wrong.is_some_and(|span| span.contains(r#"data-at="10""#)), "{html}");
    let html = draw(Language::Chinese, frame, false);
    assert_shows(
        &html,
        &["这个报文有误。", "长度字段写的是 9 字节，实际是 2 字节", "请重新数字节数", "未解析"],
    );
}

#[test]
fn missing_bytes_are_counted() {
    let html = draw(Language::Chinese, &login()[..30], false);
    assert_shows(&html, &["后面还应有 11 个字节", "CONNECT 残缺：还差 11 字节"]);
    assert!(!html.contains("定位到该字节"), "there is no wrong byte to go to: {html}");
    assert_shows(&draw(Language::English, b"", false), &["ends before its remaining length does"]);
}

#[test]
fn one_row_and_the_bytes_can_be_reached_by_tab() {
    let html = draw(Language::English, &login(), false);
    let rows: Vec<&str> = html.split(r#"role="treeitem""#).skip(1).collect();
    let reached =
        rows.iter().filter(|row| row.split('>').next().is_some_and(|tag| tag.contains(r#"tabindex="0""#)));
    assert_eq!(reached.count(), 1);
    assert_shows(&html, &[r#"role="tree""#, r#"role="grid" tabindex="0""#, r#"aria-level="3""#]);
    assert_shows(
        &html,
        &[r#"aria-activedescendant="a-byte-0""#, r#"aria-label="Offset 0, byte 10, Type and flags""#],
    );
    let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    for (index, id) in ids.iter().enumerate() {
        assert!(!ids[..index].contains(id), "{id} stands twice");
    }
}

#[test]
fn differences_are_marked() {
    let marks = vec![0..1, 3..4];
    let html = draw_marked(Language::English, b"\x20\x02\x00\x04", marks);
    let marked = html.matches("-header marked").count();
    assert_eq!(marked, 4, "two bytes, each as hex and as a character: {html}");
    assert_shows(&html, &["Offset 0, byte 20, Type and flags, marked"]);
}

#[test]
fn of_a_big_frame_only_the_beginning_is_drawn() {
    let mut frame = b"\x30\xC0\x8D\xB7\x01\x00\x01a".to_vec();
    frame.resize(5 + 3_000_000, 0xAB);
    let html = draw(Language::English, &frame, false);
    assert!(html.matches(r#"class="hex-line""#).count() < 60);
    assert!(html.len() < 300_000, "{} bytes of HTML", html.len());
    assert_shows(&html, &[r#"class="space""#]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_drawn(frame in prop::collection::vec(any::<u8>(), 0..80), shown: bool) {
        for language in LANGUAGES {
            let html = draw(language, &frame, shown);
            prop_assert!(html.contains(r#"role="tree""#));
        }
    }

    #[test]
    fn no_part_of_a_login_shows_its_password(end in 0..=41_usize) {
        let html = draw(Language::English, &login()[..end], false);
        prop_assert!(!html.contains("um1"), "{}", html);
    }
}

// ── helpers ──

/// The captured login `legacy-connect-654804584`.
fn login() -> Vec<u8> {
    let hex = "102700044d51545404c20078000936353438303435383400063338383633310008756d313531353135";
    HEXLOWER.decode(hex.as_bytes()).expect("hex")
}

fn draw(language: Language, frame: &[u8], shown: bool) -> String {
    render(AnatomyProps {
        id: AttrValue::from("a"),
        language,
        bytes: Bytes::copy_from_slice(frame),
        shown,
        marks: Vec::new(),
        on_select: Callback::noop(),
        hidden: false,
        columns: None,
    })
}

fn draw_marked(language: Language, frame: &[u8], marks: Vec<Range<usize>>) -> String {
    render(AnatomyProps {
        id: AttrValue::from("a"),
        language,
        bytes: Bytes::copy_from_slice(frame),
        shown: false,
        marks,
        on_select: Callback::noop(),
        hidden: false,
        columns: Some(8),
    })
}

fn render(props: AnatomyProps) -> String {
    block_on(LocalServerRenderer::<Anatomy>::with_props(props).hydratable(false).render())
}

/// The text of every byte of the hex.
fn cells(html: &str) -> Vec<String> {
    let cells = html.split(r#"role="gridcell""#).skip(1);
    let text = |cell: &str| cell.split('>').nth(1)?.split('<').next().map(|text| text.trim().to_owned());
    cells.filter_map(text).collect()
}

/// Everything that stands between tags.
fn text_of(html: &str) -> String {
    html.split('<').filter_map(|piece| piece.split_once('>').map(|(_, text)| text)).collect()
}

#[track_caller]
fn assert_shows(html: &str, texts: &[&str]) {
    let html = html.replace("&quot;", "\"").replace("&#x27;", "'").replace("&amp;", "&");
    for text in texts {
        assert!(html.contains(text), "{text:?} is not in {html}");
    }
}
