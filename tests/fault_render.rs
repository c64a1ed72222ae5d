//! The faults of the platform's console, drawn to HTML without a browser.

use std::time::Duration;

use futures::executor::block_on;
use onenet::Generation;
use onenet::rules::Readings;
use onenet_web::locale::{LANGUAGES, Language};
use onenet_web::platform::{
    ChunksKind, Console, DeviceView, FaultForm, Happening, PlatformPanel, PlatformPanelProps, Preset,
    Snapshot, TriggerForm, WhenKind,
};
use simulator::{
    Acknowledgement, Chunks, Fault, Faults, FrameHead, Reach, RefusalCode, Strike, UnderWay, When,
};
use time::OffsetDateTime;
use yew::{Callback, LocalServerRenderer};

#[test]
fn what_is_on_stands_on_the_folded_group() {
    let faults = Faults {
        delay: Duration::from_millis(50),
        lose_puback: Some(When::Nth(3)),
        chunks: Chunks::Split(2),
        refuse_login: Some(RefusalCode::BadLogin),
        ..Faults::default()
    };
    for (language, phrases) in [
        (Language::English, ["Lose PUBACK: no. 3", "delay 50 ms", "pieces of 2 B", "next login: code 4"]),
        (Language::Chinese, ["丢弃 PUBACK：第 3 个", "延迟 50 ms", "每段 2 字节", "下次登录返回 4"]),
    ] {
        let snapshot = Snapshot { faults: faults.clone(), ..Snapshot::default() };
        let html = draw(language, showing(snapshot));
        let summary = html.split("faults-summary").nth(1).and_then(|rest| rest.split("</summary>").next());
        for phrase in phrases {
            assert!(summary.unwrap().contains(&format!(r#"<span class="badge">{phrase}</span>"#)), "{html}");
        }
        assert!(!draw(language, Console::default()).contains("badge"));
    }
}

#[test]
fn every_switch_is_there_with_its_label() {
    let mut form = FaultForm { chunks: ChunksKind::Merge, ..FaultForm::default() };
    form.triggers = form.triggers.map(|_| TriggerForm { kind: WhenKind::Each, number: "2".to_owned() });
    for language in LANGUAGES {
        let words = &language.words().fault;
        let html = draw(language, typed(form.clone()));
        for preset in Preset::ALL {
            assert!(html.contains((words.preset)(preset)) && html.contains(preset.key()), "{html}");
        }
        for strike in Strike::ALL {
            assert!(html.contains((words.strike)(strike)), "{html}");
        }
        for tag in ["<input ", "<select "] {
            for field in html.split(tag).skip(1) {
                let id = field.split("id=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id");
                assert!(html.contains(&format!("for=\"{id}\"")), "no label for {id}");
            }
        }
        assert_eq!(html.matches("-number\"").count() / 2, form.triggers.len());
    }
}

#[test]
fn a_number_that_is_none_is_said_and_cannot_be_set() {
    let form = FaultForm { delay: "soon".to_owned(), seed: "-".to_owned(), ..FaultForm::default() };
    let html = draw(Language::Chinese, typed(form));
    assert!(html.contains("请填 0 到 3600000 的整数。") && html.contains("请填不小于 0 的整数。"), "{html}");
    let button = html.split("id=\"faults-set\"").nth(1).and_then(|rest| rest.split('>').next());
    assert!(button.unwrap().contains("disabled"), "{html}");
}

#[test]
fn a_device_shows_its_will_and_what_is_under_way() {
    let device = DeviceView {
        id: "1".to_owned(),
        online: false,
        streams: Vec::new(),
        will: Some("room/last".to_owned()),
        under_way: UnderWay { unacknowledged: 2, waiting: 0, unreleased: 1 },
        kept: 4,
        generation: Generation::Legacy,
        profile: None,
    };
    let snapshot = Snapshot { devices: vec![device], ..Snapshot::default() };
    let html = draw(Language::English, showing(snapshot));
    assert!(html.contains("Device 1 (offline): will on room/last · 2 to it without its answer"), "{html}");
    assert!(html.contains("1 of it without PUBREL, 4 kept for its login"), "{html}");
}

#[test]
fn whatever_happens_is_said_in_both_languages() {
    let frame = |name, packet_id| Some(FrameHead { name, packet_id });
    let device_id = Some("1".to_owned());
    let struck = |fault, frame| Happening::Struck { device_id: device_id.clone(), fault, frame };
    let reach = Reach { receivers: 2, kept: 1, discarded: 0 };
    let happenings = [
        struck(Fault::Lost, frame("PUBACK", Some(7))),
        struck(Fault::Delayed(Duration::from_millis(50)), frame("CONNACK", None)),
        struck(Fault::Split(4), frame("PUBREC", Some(7))),
        struck(Fault::Merged, frame("PUBREC", Some(8))),
        struck(Fault::Duplicated, frame("PUBLISH", Some(9))),
        struck(Fault::Cut { after: 2 }, frame("PUBACK", Some(7))),
        struck(Fault::Cut { after: 0 }, None),
        struck(Fault::HalfOpen, frame("PINGRESP", None)),
        struck(Fault::HalfOpen, None),
        struck(Fault::Discarded(3), None),
        Happening::Struck { device_id: None, fault: Fault::Unread(5), frame: None },
        struck(Fault::LoginRefused(RefusalCode::NotAuthorized), None),
        struck(Fault::TakenOver, None),
        Happening::WillPublished { device_id: "1".to_owned(), topic: "room".to_owned(), reach },
        Happening::Resent { device_id: "1".to_owned(), messages: 2, releases: 1 },
        Happening::Repeated { device_id: "1".to_owned(), packet_id: 3 },
        Happening::Unmatched {
            device_id: "1".to_owned(),
            acknowledgement: Acknowledgement::Pubcomp,
            packet_id: 3,
        },
        Happening::MessagesLost { device_id: "1".to_owned(), undelivered: 2, unreleased: 1 },
    ];
    for (language, lines) in [
        (
            Language::English,
            [
                "Fault, device 1: PUBACK 7 is not sent",
                "Fault, device 1: CONNACK is 50 ms late",
                "the link is cut after 2 bytes of PUBACK 7",
                "Fault, a connection without login: 5 bytes that arrived are not read",
                "The will of device 1 is said on room, sent to 2, kept for 1, lost to 0",
                "PUBCOMP 3 of device 1 names no message under way",
            ],
        ),
        (
            Language::Chinese,
            [
                "故障，设备 1：PUBACK 7 被丢弃，没有发出",
                "故障，设备 1：CONNACK 延迟 50 ms",
                "PUBACK 7 送出 2 字节后，连接被切断",
                "故障，未登录的连接：连接半开，收到的 5 字节没有读取",
                "设备 1 的遗嘱发布到 room，下发给 2 台设备，为 1 台保留，0 台收不到",
                "设备 1 的 PUBCOMP 3 找不到对应的消息",
            ],
        ),
    ] {
        let mut console = Console::default();
        for happening in &happenings {
            console.note(OffsetDateTime::UNIX_EPOCH, happening.clone());
        }
        let html = draw(language, console);
        assert_eq!(html.matches("00:00:00.000").count(), happenings.len());
        for line in lines {
            assert!(html.contains(line), "{line} is not in {html}");
        }
    }
}

fn showing(snapshot: Snapshot) -> Console {
    let mut console = Console::default();
    console.snapshot = snapshot;
    console
}

fn typed(faults: FaultForm) -> Console {
    let mut console = Console::default();
    console.faults = faults;
    console
}

fn draw(language: Language, console: Console) -> String {
    let props = PlatformPanelProps {
        language,
        console,
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
    };
    block_on(LocalServerRenderer::<PlatformPanel>::with_props(props).hydratable(false).render())
}
