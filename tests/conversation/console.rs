//! The console of the platform in this page, and devices that log in to it with tokens.

use std::rc::Rc;
use std::time::Duration;

use onenet::Generation;
use onenet::studio::{Code, ThingModel};
use onenet::token::Key;
use onenet_web::connect::{ConnectForm, Ending, Status, demo_devices};
use onenet_web::feed::AutoReply;
use onenet_web::locale::{LANGUAGES, Language};
use onenet_web::platform::{Ask, CallView, DeviceView, Happening, Order, OrderForm, OrderOutcome};
use onenet_web::upload::Upload;
use session::{Qos, ReturnCode};
use simulator::{CallError, CallState, LoginFault, SysEvent};

use super::stage::Stage;

const STUDIO: &str = "OneNetDemo/demo-board";
const SUITE: &str = "600600/demo-board";

#[test]
fn every_demo_logs_in_and_its_signature_is_checked() {
    for (generation, id) in [(Generation::Suite, SUITE), (Generation::Studio, STUDIO)] {
        let mut stage = Stage::new();
        assert_eq!(stage.state().console.snapshot.devices, [], "who has never been there is not shown");
        log_in(&mut stage, generation);
        let device = device(&stage);
        assert_eq!((device.id.as_str(), device.generation), (id, generation));
        let profile = device.profile.unwrap();
        assert!(profile.checked);
        assert_eq!(profile.filters, 1, "it hears all that the platform tells it");
    }
}

#[test]
fn a_key_that_is_not_the_devices_is_refused_and_the_log_says_why() {
    let mut stage = Stage::new();
    stage.connect(|form| {
        form.choose(Generation::Studio);
        form.token.key = "5XHGxLb9".to_owned();
    });
    let refused = Ending::Refused(Generation::Studio, ReturnCode::Credentials);
    assert_eq!(stage.state().status, Status::Offline(Some(refused)));
    let told = |event: &SysEvent| match event {
        SysEvent::LoginRefused { refusal, .. } => refusal.fault == LoginFault::Signature,
        _ => false,
    };
    assert!(is_told(&stage, told));
}

#[test]
fn a_device_that_nobody_registered_is_let_in_unchecked() {
    let mut stage = Stage::new();
    log_in_as(&mut stage, Generation::Studio, |form| form.device_id = "my_tv".to_owned());
    assert!(stage.state().status.is_online());
    assert!(!device(&stage).profile.unwrap().checked);
    assert!(is_told(&stage, |event| matches!(event, SysEvent::SignatureUnchecked { .. })));
}

#[test]
fn a_product_of_letters_is_of_the_platform_that_was_chosen() {
    let mut stage = Stage::new();
    for generation in [Generation::Suite, Generation::Studio, Generation::Suite] {
        log_in_as(&mut stage, generation, |form| form.product_id = "VRqhDHF2wL".to_owned());
        assert_eq!(device(&stage).generation, generation);
        assert!(stage.state().status.is_online());
    }
}

#[test]
fn properties_are_set_and_got_and_services_called() {
    let mut stage = logged_in(Generation::Studio);
    for (ask, kind) in [(Ask::PropertySet, "set"), (Ask::PropertyGet, "get"), (Ask::Service, "invoke")] {
        order(&mut stage, ask);
        let call = newest(&stage);
        assert_eq!(call.state, CallState::Answered(Some(Code::SUCCESS)), "{ask:?}");
        assert!(call.topic.ends_with(kind), "{}", call.topic);
    }
    assert_eq!(stage.state().history.latest().next().unwrap().1.value.as_json(), "26");
    let ids: Vec<String> = stage.state().console.snapshot.calls.iter().map(|call| call.id.clone()).collect();
    assert_eq!(ids, ["3", "2", "1"], "newest first");
}

#[test]
fn what_is_not_answered_times_out() {
    let mut stage = logged_in(Generation::Studio);
    stage.act(|client| client.reply(Vec::new()));
    order(&mut stage, Ask::PropertySet);
    assert_eq!(newest(&stage).state, CallState::Sent);
    stage.pass(Duration::from_secs(6));
    assert_eq!(newest(&stage).state, CallState::TimedOut);
    assert!(is_told(&stage, |event| matches!(event, SysEvent::CallTimedOut { .. })));
}

#[test]
fn who_is_not_subscribed_or_not_online_cannot_be_asked() {
    let mut stage = Stage::new();
    stage.act(|client| client.hear_all(false));
    log_in(&mut stage, Generation::Studio);
    order(&mut stage, Ask::PropertySet);
    let refused = |stage: &Stage| match stage.state().console.outcome.clone() {
        Some(OrderOutcome::Refused(error)) => error,
        other => panic!("{other:?}"),
    };
    assert!(matches!(refused(&stage), CallError::NotSubscribed { .. }));
    assert_eq!(refused(&stage).code(), Some(Code::NOT_SUBSCRIBED));
    stage.act(|client| client.disconnect());
    order(&mut stage, Ask::PropertySet);
    assert_eq!(refused(&stage), CallError::NotOnline(STUDIO.to_owned()));
    assert_eq!(stage.state().console.snapshot.calls, [], "nothing was sent");
}

#[test]
fn desired_values_are_kept_until_they_are_cleared() {
    let mut stage = logged_in(Generation::Studio);
    order(&mut stage, Ask::DesiredSet);
    order(&mut stage, Ask::DesiredSet);
    let desired = |stage: &Stage| device(stage).profile.unwrap().desired;
    assert_eq!(desired(&stage), [("wendu".to_owned(), "26".to_owned(), 2)]);
    stage.act(|client| client.disconnect());
    assert_eq!(desired(&stage).len(), 1, "also of a device that has left");
    order(&mut stage, Ask::DesiredClear);
    assert_eq!(stage.state().console.outcome, Some(OrderOutcome::Cleared(1)));
    order(&mut stage, Ask::DesiredClear);
    assert_eq!(stage.state().console.outcome, Some(OrderOutcome::Cleared(0)));
}

#[test]
fn the_suite_sends_commands_and_hears_the_answer() {
    let mut stage = logged_in(Generation::Suite);
    order(&mut stage, Ask::Command);
    assert_eq!((newest(&stage).body.as_str(), newest(&stage).state), ("opendoor", CallState::Sent));
    let reply = stage.state().history.newest_first().next().unwrap().reading.ask.clone().unwrap().reply;
    stage.act(|client| client.upload(Upload::bytes(&reply, b"opened".to_vec(), Qos::AtMostOnce, "opened")));
    assert_eq!(newest(&stage).state, CallState::Answered(None));
    assert_eq!(newest(&stage).answer.as_deref(), Some("opened"));
    let reply = AutoReply { on: true, ..AutoReply::defaults().remove(1) };
    stage.act(|client| client.reply(vec![reply]));
    order(&mut stage, Ask::Command);
    assert_eq!(newest(&stage).state, CallState::Answered(None), "by itself");
}

#[test]
fn the_suite_tells_what_an_image_should_be() {
    let mut stage = logged_in(Generation::Suite);
    order(&mut stage, Ask::Image);
    assert_eq!(stage.state().console.outcome, Some(OrderOutcome::Kept));
    let image = device(&stage).profile.unwrap().image.unwrap();
    assert_eq!(image.version, 1);
    assert_eq!(image.values, [("color".to_owned(), Some("\"green\"".to_owned()), None)]);
    assert!(stage.state().history.newest_first().next().unwrap().topic.ends_with("/delta"));
}

#[test]
fn the_platform_holds_devices_to_the_thing_model_that_was_imported() {
    let model = r#"{"properties":[{"identifier":"heat","accessMode":"rw","dataType":{"type":"int32"}}]}"#;
    let model = ThingModel::import(model.as_bytes()).unwrap();
    let mut stage = Stage::new();
    stage.act(|client| client.follow_model(Some(Rc::new(model))));
    log_in(&mut stage, Generation::Studio);
    order(&mut stage, Ask::PropertySet);
    let outcome = stage.state().console.outcome.clone();
    let Some(OrderOutcome::Refused(error)) = outcome else { panic!("{outcome:?}") };
    assert_eq!(error.code(), Some(Code::IDENTIFIER), "wendu is none of its properties");
    stage.act(|client| client.follow_model(None));
    order(&mut stage, Ask::PropertySet);
    assert_eq!(newest(&stage).state, CallState::Answered(Some(Code::SUCCESS)));
}

#[test]
fn the_console_speaks_to_the_device_that_came_last_unless_another_is_chosen() {
    let mut stage = logged_in(Generation::Studio);
    order(&mut stage, Ask::DesiredSet);
    log_in(&mut stage, Generation::Suite);
    assert_eq!(device(&stage).id, SUITE);
    let form = OrderForm { device: STUDIO.to_owned(), ..OrderForm::default() };
    stage.apply(onenet_web::state::Action::EditOrder(form));
    assert_eq!((device(&stage).id.as_str(), device(&stage).online), (STUDIO, false));
    log_in(&mut stage, Generation::Legacy);
    assert_eq!(device(&stage).id, "29455901");
}

#[test]
fn rates_count_when_they_are_switched_on() {
    let mut stage = logged_in(Generation::Studio);
    let refused = |stage: &Stage| {
        matches!(&stage.state().console.outcome, Some(OrderOutcome::Refused(CallError::Rate(_))))
    };
    order(&mut stage, Ask::PropertySet);
    order(&mut stage, Ask::PropertySet);
    assert!(!refused(&stage));
    stage.act(|client| client.enforce_rates(true));
    assert!(stage.state().console.snapshot.rates);
    order(&mut stage, Ask::PropertySet);
    assert!(!refused(&stage));
    order(&mut stage, Ask::PropertySet);
    assert!(refused(&stage), "once a second");
    stage.act(|client| client.enforce_rates(false));
    assert!(!stage.state().console.snapshot.rates);
}

#[test]
fn the_log_says_everything_in_both_languages() {
    let mut stage = logged_in(Generation::Studio);
    for ask in Ask::all(Generation::Studio) {
        order(&mut stage, *ask);
    }
    let topic = "$sys/OneNetDemo/demo-board/thing/property/post";
    let upload = Upload::bytes(topic, b"{\"id\":1}".to_vec(), Qos::AtMostOnce, "");
    stage.act(|client| client.upload(upload));
    for (language, up) in [(Language::English, "Up"), (Language::Chinese, "上行")] {
        let lines = log(&stage, language);
        assert!(lines[0].starts_with(&format!("{up} {topic}")), "{}", lines[0]);
        assert!(lines[0].contains("312 invalid msg id"), "{}", lines[0]);
        assert!(lines.len() > Ask::all(Generation::Studio).len(), "what was asked is told: {lines:?}");
        assert!(lines.iter().all(|line| !line.is_empty()));
    }
}

#[test]
fn the_log_names_no_secret_that_was_typed_into_another_field() {
    let mut stage = Stage::new();
    let (_, key) = demo_devices().next().unwrap();
    let typed = "YSBkZW1vIGtleSB0aGF0IG9wZW5zIG5vIGRldmljZS4=";
    assert_eq!(Key::parse(typed).unwrap().bytes(), key.bytes());
    stage.connect(|form| {
        form.choose(Generation::Suite);
        form.device_id = typed.to_owned();
        form.upload_first = false;
    });
    assert!(is_told(&stage, |event| matches!(event, SysEvent::LoginRefused { .. })), "the log is not silent");
    for language in LANGUAGES {
        let lines = log(&stage, language);
        assert!(lines.iter().any(|line| line.contains("600600")), "it names the product: {lines:?}");
        assert!(lines.iter().all(|line| !line.contains("YSBk")), "{lines:?}");
    }
}

// ── helpers ──

fn log_in(stage: &mut Stage, generation: Generation) {
    log_in_as(stage, generation, |_| {});
}

/// As a person does it: the upload form hears who sends.
fn log_in_as(stage: &mut Stage, generation: Generation, edit: impl FnOnce(&mut ConnectForm)) {
    let mut form = stage.state().connect.clone();
    form.choose(generation);
    edit(&mut form);
    stage.apply(onenet_web::state::Action::EditConnect(form.clone()));
    stage.connect(|typed| *typed = form);
}

fn logged_in(generation: Generation) -> Stage {
    let mut stage = Stage::new();
    log_in(&mut stage, generation);
    assert!(stage.state().status.is_online());
    stage
}

/// Does what the form begins with, as a person would.
fn order(stage: &mut Stage, ask: Ask) {
    let order: Order = OrderForm::default().parse(ask, None).unwrap();
    let id = match ask {
        Ask::Command | Ask::Image => SUITE,
        _ => STUDIO,
    };
    stage.act(|client| client.order(id.to_owned(), order));
}

fn device(stage: &Stage) -> DeviceView {
    stage.state().console.device().unwrap().clone()
}

fn newest(stage: &Stage) -> CallView {
    stage.state().console.snapshot.calls[0].clone()
}

/// The log as a person reads it, the newest line first.
fn log(stage: &Stage, language: Language) -> Vec<String> {
    stage.state().console.notes().map(|note| (language.words().happening)(&note.happening)).collect()
}

fn is_told(stage: &Stage, is: impl Fn(&SysEvent) -> bool) -> bool {
    stage.state().console.notes().any(|note| matches!(&note.happening, Happening::Sys(event) if is(event)))
}
