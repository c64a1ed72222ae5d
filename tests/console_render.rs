//! The console of the platforms with tokens, drawn to HTML without a browser.

use std::rc::Rc;

use futures::executor::block_on;
use onenet::Generation;
use onenet::rules::{Finding, Readings, RuleId, all};
use onenet::studio::{Code, Identifier, ThingModel};
use onenet_web::locale::{LANGUAGES, Language};
use onenet_web::platform::{
    Ask, CallView, Console, DeviceView, Happening, ImageView, OrderForm, OrderOutcome, PlatformPanel,
    PlatformPanelProps, ProfileView, Snapshot, StreamView,
};
use simulator::{
    CallError, CallKind, CallState, LoginFault, LoginRefusal, Outcome, SysEvent, Told, UnderWay, Why,
};
use time::OffsetDateTime;
use yew::{Callback, LocalServerRenderer};

const MODEL: &str = r#"{
    "properties": [
        {"identifier": "switch", "name": "开关", "functionType": "u", "accessMode": "rw",
         "dataType": {"type": "bool", "specs": {"true": "开", "false": "关"}}},
        {"identifier": "heat", "name": "温度", "functionType": "u", "accessMode": "r", "dataType": {"type": "int32"}}
    ],
    "services": [{"identifier": "dim", "name": "调光", "functionType": "u", "callType": "s",
                  "input": [{"identifier": "to", "name": "目标", "dataType": {"type": "int32"}}]}]
}"#;

#[test]
fn each_generation_has_its_own_functions_under_their_own_words() {
    for (generation, own, foreign) in [
        (Generation::Suite, &["命令下发", "设备镜像"][..], &["属性设置", "服务调用"][..]),
        (
            Generation::Studio,
            &["属性设置", "属性获取", "设置期望值", "清除期望值", "服务调用"],
            &["命令下发"],
        ),
    ] {
        let html = draw(Language::Chinese, console(generation), None);
        own.iter().for_each(|word| assert!(html.contains(word), "{word} is not in {html}"));
        foreign.iter().for_each(|word| assert!(!html.contains(word), "{word} is in {html}"));
        assert!(!html.contains("command-form"), "that is the legacy platform's");
    }
    let html = draw(Language::Chinese, console(Generation::Legacy), None);
    assert!(html.contains("command-form") && !html.contains("order-form"), "{html}");
}

#[test]
fn every_field_has_a_label_and_every_function_its_fields() {
    let model = Rc::new(ThingModel::import(MODEL.as_bytes()).unwrap());
    for language in LANGUAGES {
        for generation in [Generation::Suite, Generation::Studio] {
            for (ask, model) in Ask::all(generation).iter().flat_map(|ask| [(ask, None), (ask, Some(&model))])
            {
                let mut console = console(generation);
                console.order = OrderForm { ask: ask.key(), ..OrderForm::default() };
                let html = draw(language, console, model.cloned());
                for tag in ["<input ", "<select ", "<textarea "] {
                    for field in html.split(tag).skip(1) {
                        let id = field.split("id=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
                        assert!(html.contains(&format!("for=\"{id}\"")), "no label for {id}");
                    }
                }
                assert!(html.contains((language.words().console.ask_hint)(*ask).split('{').next().unwrap()));
            }
        }
    }
}

#[test]
fn a_thing_model_makes_fields_of_what_may_be_set_and_called() {
    let model = Rc::new(ThingModel::import(MODEL.as_bytes()).unwrap());
    let html = draw(Language::Chinese, console(Generation::Studio), Some(model.clone()));
    assert!(html.contains("设置 开关") && html.contains("true · 开"), "{html}");
    assert!(!html.contains("温度"), "it is read only");
    let mut by_hand = console(Generation::Studio);
    by_hand.order.by_hand = true;
    assert!(draw(Language::Chinese, by_hand, Some(model.clone())).contains("order-values"));
    let mut service = console(Generation::Studio);
    service.order.ask = Ask::Service.key();
    let html = draw(Language::Chinese, service, Some(model));
    assert!(html.contains("调光 · dim") && html.contains("目标 · to"), "{html}");
}

#[test]
fn a_device_shows_its_names_and_what_is_kept_of_it() {
    let profile = ProfileView {
        checked: true,
        filters: 2,
        subs: vec!["OneNetDemo/lamp".to_owned()],
        desired: vec![("power".to_owned(), "\"on\"".to_owned(), 3)],
        image: Some(ImageView {
            version: 7,
            values: vec![("color".to_owned(), Some("\"red\"".to_owned()), None)],
        }),
        ..ProfileView::default()
    };
    let stream = StreamView {
        id: "heat".to_owned(),
        count: 2,
        newest: vec![("12:00".to_owned(), "27.50".to_owned())],
    };
    let device = DeviceView { streams: vec![stream], profile: Some(profile), ..device(Generation::Studio) };
    let mut console = Console::default();
    console.snapshot.devices = vec![device];
    for (language, texts) in [
        (
            Language::English,
            [
                "board of product OneNetDemo",
                "signatures are checked · 2 subscriptions",
                "sub-devices online: lamp",
                "Device image, version 7",
            ],
        ),
        (
            Language::Chinese,
            ["board · 产品 OneNetDemo", "校验签名 · 已订阅 2 个主题", "在线子设备：lamp", "设备镜像，版本 7"],
        ),
    ] {
        let html = draw(language, console.clone(), None);
        for text in texts.into_iter().chain(["heat", "27.50", "power", "color"]) {
            assert!(html.contains(text), "{text} is not in {html}");
        }
    }
}

#[test]
fn a_call_shows_how_it_went() {
    let call = |id: &str, state| CallView {
        id: id.to_owned(),
        device_id: "OneNetDemo/board".to_owned(),
        kind: CallKind::PropertySet,
        topic: "$sys/OneNetDemo/board/thing/property/set".to_owned(),
        body: r#"{"id":"1"}"#.to_owned(),
        state,
        answer: None,
    };
    let mut console = console(Generation::Studio);
    console.snapshot.calls = vec![
        call("4", CallState::TimedOut),
        call("3", CallState::Answered(Some(Code::DATA_TYPE))),
        call("2", CallState::Answered(Some(Code::SUCCESS))),
        call("1", CallState::Sent),
    ];
    let html = draw(Language::English, console, None);
    for text in ["306 timeout", "302 data type error", "200 success", "waiting for the answer"] {
        assert!(html.contains(text), "{text} is not in {html}");
    }
    let states: Vec<&str> =
        html.split("data-state=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(states, ["expired", "refused", "answered", "sent"]);
}

#[test]
fn malformed_json_has_the_platforms_code_beside_its_field() {
    for (generation, ask, field, said) in [
        (Generation::Studio, "property-set", "order-values", "301 json format error"),
        (Generation::Studio, "service", "order-input", "301 json format error"),
        (Generation::Suite, "image", "order-state", "160 illegal json"),
    ] {
        let mut console = console(generation);
        let text = || "}".to_owned();
        console.order =
            OrderForm { ask, values: text(), input: text(), state: text(), ..OrderForm::default() };
        let html = draw(Language::English, console, None);
        for shown in [&*format!(r#"id="{field}-error""#), "Not JSON at line 1, column 1.", said] {
            assert!(html.contains(shown), "{shown} is not in {html}");
        }
    }
}

#[test]
fn a_refusal_says_the_platforms_code_and_what_to_do() {
    let topic = "$sys/OneNetDemo/board/thing/property/set".to_owned();
    let errors = [
        CallError::UnknownDevice("OneNetDemo/board".to_owned()),
        CallError::OtherPlatform { found: None },
        CallError::NotOnline("OneNetDemo/board".to_owned()),
        CallError::NotSubscribed { topic },
        CallError::NotWritable,
        CallError::IdUsed,
        CallError::TooLong { length: 9, limit: 8 },
        CallError::Rate(Finding::new(RuleId::StudioPropertySetRate)),
        CallError::NoRoom,
    ];
    for language in LANGUAGES {
        let end = if language == Language::English { '.' } else { '。' };
        for error in &errors {
            let said = (language.words().console.outcome)(&OrderOutcome::Refused(error.clone()));
            assert!(said.ends_with(end), "{said}");
            if let Some(code) = error.code() {
                assert!(said.contains(&code.0.to_string()), "{said}");
            }
        }
    }
}

#[test]
fn every_line_of_the_debug_log_is_said_in_both_languages() {
    let id = || "OneNetDemo/board".to_owned();
    let refusal = LoginRefusal {
        client_id: "a key that stands here".to_owned(),
        product_id: "OneNetDemo".to_owned(),
        platform: onenet::sys::Platform::Studio,
        fault: LoginFault::Expired { seconds: 61 },
        diagnoses: Vec::new(),
    };
    let up = |topic: &str, outcome, told| SysEvent::Uplink {
        device_id: id(),
        topic: topic.to_owned(),
        outcome,
        told,
    };
    let taken = Outcome::Taken { problems: Vec::new() };
    let refused = |code| Outcome::Refused { code, why: Why::Code };
    let finding = Finding::new(RuleId::StudioUplinkRate);
    let events = [
        (SysEvent::Subscribed { device_id: id(), filters: vec!["a/#".to_owned()] }, "a/#"),
        (SysEvent::Unsubscribed { device_id: id(), filters: vec!["b".to_owned()] }, "b"),
        (up("$sys/p/d/thing/property/post", taken, Told::NotSubscribed), "$sys/p/d/thing/property/post"),
        (up("$sys/p/d/thing/property/post", refused(309), Told::Sent), "309 identifier not exist"),
        (up("$sys/p/d/dp/post/json", refused(98), Told::Sent), "98 illegal data"),
        (
            SysEvent::DesiredChanged { device_id: id(), identifiers: vec![Identifier::parse("x").unwrap()] },
            "x",
        ),
        (SysEvent::ImageUpdated { device_id: id(), version: 3, delta: Some(Told::Sent) }, "3"),
        (SysEvent::ImageUpdated { device_id: id(), version: 4, delta: None }, "4"),
        (SysEvent::SubDeviceLoggedIn { device_id: "s/a".to_owned(), gateway_id: id() }, "s/a"),
        (SysEvent::SubDeviceLoggedOut { device_id: "s/b".to_owned(), gateway_id: id() }, "s/b"),
        (SysEvent::RateExceeded { device_id: id(), finding: finding.clone() }, "OneNetDemo/board"),
        (SysEvent::Banned { device_id: id(), finding, until: onenet::Timestamp::default() }, "1970"),
    ];
    for language in LANGUAGES {
        for (event, part) in &events {
            let line = say(language, event.clone());
            assert!(line.contains(part), "{line}");
        }
    }
    let zh =
        say(Language::Chinese, SysEvent::LoginRefused { connection: connection(), refusal: refusal.clone() });
    assert_eq!(
        zh,
        "OneNetDemo/••• 登录失败：Token 已过期 1 分 1 秒，请重新计算（设备日志：1104 token expired）"
    );
}

#[test]
fn the_list_of_readings_has_a_choice_for_every_dispute_of_every_generation() {
    let html = draw(Language::English, Console::default(), None);
    for rule in all().filter(|rule| rule.disputed.is_some()) {
        let first = all().find(|other| other.disputed == rule.disputed).unwrap();
        let id = format!("id=\"reading-{}\"", first.id.as_str());
        assert_eq!(html.matches(&id).count(), 1, "{id}");
    }
}

// ── helpers ──

fn say(language: Language, event: SysEvent) -> String {
    let mut console = Console::default();
    console.note(OffsetDateTime::UNIX_EPOCH, Happening::Sys(Box::new(event)));
    let line = console.notes().next().map(|note| (language.words().happening)(&note.happening));
    line.unwrap_or_default()
}

/// Any connection: a platform gives out the first.
fn connection() -> simulator::ConnectionId {
    let now = web_time::Instant::now();
    let utc = OffsetDateTime::UNIX_EPOCH.to_utc();
    simulator::Platform::new(simulator::Options::default(), now, utc).handle_open(now)
}

fn device(generation: Generation) -> DeviceView {
    DeviceView {
        id: "OneNetDemo/board".to_owned(),
        generation,
        online: true,
        streams: Vec::new(),
        will: None,
        under_way: UnderWay::default(),
        kept: 0,
        profile: None,
    }
}

fn console(generation: Generation) -> Console {
    let mut console = Console::default();
    console.snapshot = Snapshot { devices: vec![device(generation)], ..Snapshot::default() };
    console
}

fn draw(language: Language, console: Console, model: Option<Rc<ThingModel>>) -> String {
    let props = PlatformPanelProps {
        language,
        console,
        generation: Generation::Legacy,
        model,
        readings: Readings::default(),
        on_follow: Callback::noop(),
        on_edit: Callback::noop(),
        on_send: Callback::noop(),
        on_edit_order: Callback::noop(),
        on_order: Callback::noop(),
        on_enforce_rates: Callback::noop(),
        on_edit_faults: Callback::noop(),
        on_set_faults: Callback::noop(),
        on_strike: Callback::noop(),
    };
    let html = block_on(LocalServerRenderer::<PlatformPanel>::with_props(props).hydratable(false).render());
    html.replace("&quot;", "\"")
}
