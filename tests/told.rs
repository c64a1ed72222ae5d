//! Forms and messages of platforms with tokens drawn to HTML without a browser: what a person sees.

use bytes::Bytes;
use futures::executor::block_on;
use onenet::rules::Readings;
use onenet::{Generation, Timestamp};
use onenet_web::feed::{AutoReply, FeedPanel, FeedPanelProps, History, Subscriptions};
use onenet_web::locale::{LANGUAGES, Language};
use onenet_web::upload::{
    Answer, Content, Draft, Encoding, Keeping, Outbox, Row, Sender, Upload, UploadForm, UploadPanel,
    UploadPanelProps,
};
use session::{Message, Qos};
use time::OffsetDateTime;
use yew::{BaseComponent, Callback, LocalServerRenderer};

const LAMP: &str = r#"{
    "profile": {"productId": "anotherOne"},
    "properties": [
        {"identifier": "switch", "name": "开关", "accessMode": "rw",
         "dataType": {"type": "bool", "specs": {"true": "开", "false": "关"}}},
        {"identifier": "mode", "name": "模式", "accessMode": "rw",
         "dataType": {"type": "enum", "specs": {"1": "cool", "2": "heat"}}},
        {"identifier": "heat", "name": "温度", "accessMode": "r",
         "dataType": {"type": "float", "specs": {"min": "-20", "max": "60", "step": "0.1", "unit": "℃"}}},
        {"identifier": "place", "name": "位置", "accessMode": "r",
         "dataType": {"type": "struct", "specs": [{"identifier": "lat", "name": "纬度", "dataType": {"type": "double"}}]}},
        {"identifier": "list", "name": "列表", "accessMode": "r",
         "dataType": {"type": "array", "specs": {"length": "2", "type": "int32"}}}
    ],
    "events": [{"identifier": "hot", "name": "过热", "eventType": "alert",
                "outputData": [{"identifier": "level", "name": "等级", "dataType": {"type": "int32"}}]}],
    "services": [{"identifier": "dim", "name": "调光", "output": []}]
}"#;

#[test]
fn the_topic_is_made_from_the_names_of_the_login() {
    let html = upload(Language::English, &form(Generation::Suite, Content::Points));
    assert_shows(&html, &["$sys/VRqhDHF2wL/my_tv/dp/post/json", "Message id", "Unix seconds"]);
    assert_shows(&html, &[r#"{"id":1,"dp":{"wendu":[{"v":55}]}}"#, "Any message", "Answer to a command"]);
    assert!(!html.contains("Payload type"), "only $dp has payload types");
    let html = upload(Language::Chinese, &form(Generation::Studio, Content::Properties));
    assert_shows(
        &html,
        &["发往", "$sys/VRqhDHF2wL/my_tv/thing/property/post", "标识符", "消息 id", "属性上报"],
    );
}

#[test]
fn a_wrong_name_is_told_where_the_topic_would_be() {
    let mut nameless = form(Generation::Suite, Content::ImageGet);
    nameless.sender.device = "my tv".to_owned();
    assert_shows(&upload(Language::English, &nameless), &["device name of the login has ' '"]);
    assert_shows(&upload(Language::Chinese, &nameless), &["登录所填的设备名称含有空格"]);
}

#[test]
fn a_thing_model_becomes_a_form() {
    let html = upload(Language::Chinese, &lamp(Content::Properties));
    assert_shows(&html, &["物模型：5 个属性，1 个事件，1 个服务", "属于产品 anotherOne"]);
    assert_shows(&html, &["上报开关", "开关 · switch", "false · 关", "true · 开", "1 · cool", "2 · heat"]);
    assert_shows(
        &html,
        &["float，-20 到 60，步长 0.1，单位 ℃ · 只读", "<legend>位置 · place</legend>", "纬度 · lat"],
    );
    assert_shows(&html, &["array，元素为 int32，最多 2 个", "元素 1", "添加元素"]);
    let html = upload(Language::English, &lamp(Content::Event));
    assert_shows(&html, &["过热 · hot (alert)", "等级 · level"]);
}

#[test]
fn a_value_out_of_range_is_pointed_at_with_the_platforms_code() {
    let mut lamp = lamp(Content::Properties);
    lamp.studio.model.filled.as_mut().expect("imported").properties[2].draft = Draft::Text("61".to_owned());
    let html = upload(Language::English, &lamp);
    assert_shows(
        &html,
        &[r#"id="property-2-warning""#, "More than 60", "302 data type error", "Upload anyway"],
    );
    let html = upload(Language::Chinese, &lamp);
    assert_shows(&html, &["大于允许的最大值 60。平台错误码：302 data type error（数据类型错误）。"]);
}

#[test]
fn a_wrong_thing_model_is_told_beside_it() {
    let mut wrong = form(Generation::Studio, Content::Properties);
    wrong.studio.model.import(b"{\"a\": 1}");
    let html = upload(Language::English, &wrong);
    assert_shows(
        &html,
        &[r#"id="model-pasted-error""#, "neither properties nor events nor services", "At byte 0"],
    );
    wrong.studio.model.import(b"{\"properties\": [}");
    assert_shows(&upload(Language::Chinese, &wrong), &["JSON 有误：第 1 行第 17 列。（第 16 字节处。）"]);
}

#[test]
fn a_wrong_name_of_a_stream_shows_what_the_platform_would_say() {
    let rows = vec![Row { stream: "a-b".to_owned(), at: String::new(), value: "1".to_owned() }];
    let wrong = UploadForm { rows, ..form(Generation::Suite, Content::Points) };
    let html = upload(Language::English, &wrong);
    assert_shows(&html, &[r#"id="stream-error""#, "The platform rejects it with 98 illegal data."]);
    assert_shows(&upload(Language::Chinese, &wrong), &["平台错误码：98 illegal data（数据非法）。"]);
}

#[test]
fn ids_that_the_suite_does_not_take_have_its_code_beside_the_field() {
    for id in ["-1", "2147483648", "12345678901234", "abc", ""] {
        let wrong = UploadForm { id: id.to_owned(), ..form(Generation::Suite, Content::Points) };
        let html = upload(Language::English, &wrong);
        let said = "1 to 2147483647. The platform rejects it with 98 illegal data.";
        assert_shows(&html, &[r#"id="message-id-error""#, said]);
        assert_shows(&upload(Language::Chinese, &wrong), &["平台错误码：98 illegal data（数据非法）。"]);
    }
    let zero = UploadForm { id: "0".to_owned(), ..form(Generation::Suite, Content::Points) };
    let html = upload(Language::English, &zero);
    assert_shows(&html, &["with 98 illegal data", "Upload anyway"]);
    assert_marked(&html, "message-id");
    assert!(!html.contains(r#"class="objections""#), "it is said once");
    let html = upload(Language::Chinese, &zero);
    assert_shows(&html, &["OneNET 会以错误码 98 illegal data（数据非法）拒绝"]);
}

#[test]
fn malformed_json_has_the_platforms_code() {
    let suite = form(Generation::Suite, Content::ImageUpdate);
    let mut image = suite.clone();
    image.suite.desired = "{".to_owned();
    let html = upload(Language::English, &image);
    assert_shows(
        &html,
        &[r#"id="desired-error""#, "line 1, column 2. The platform rejects it with 160 illegal json."],
    );
    image.suite = onenet_web::upload::SuiteForm { reported: String::new(), ..suite.suite };
    image.suite.desired = String::new();
    let html = upload(Language::English, &image);
    assert_shows(&html, &[r#"id="reported-error""#, "164 desired or reported key not found"]);
    for (content, id) in
        [(Content::Event, "event-value"), (Content::Pack, "params"), (Content::History, "params")]
    {
        let mut typed = form(Generation::Studio, content);
        for text in [&mut typed.studio.event_value, &mut typed.studio.pack, &mut typed.studio.history] {
            "}".clone_into(text);
        }
        let html = upload(Language::English, &typed);
        let said = "Not JSON at line 1, column 1. The platform calls it 301 json format error.<";
        assert_shows(&html, &[&format!(r#"id="{id}-error""#), said]);
        let said = "JSON 有误：第 1 行第 1 列。平台错误码：301 json format error（JSON 格式错误）。";
        assert_shows(&upload(Language::Chinese, &typed), &[said]);
    }
    let message = UploadForm {
        topic: "$sys/VRqhDHF2wL/my_tv/dp/post/json".to_owned(),
        text: "}".to_owned(),
        encoding: Encoding::Json,
        ..form(Generation::Suite, Content::Message)
    };
    let html = upload(Language::English, &message);
    assert_shows(&html, &[r#"id="text-error""#, "column 1. The platform rejects it with 98 illegal data."]);
}

#[test]
fn what_the_platform_objects_to_stands_at_the_field_that_it_is_about() {
    let mut event = form(Generation::Studio, Content::Event);
    event.studio.event_value = "1".to_owned();
    let html = upload(Language::English, &event);
    assert_shows(&html, &["302 data type error"]);
    assert_marked(&html, "event-value");
    event.studio.event_value = "{}".to_owned();
    event.studio.at = "1524448722".to_owned();
    assert_marked(&upload(Language::English, &event), "time");
    let row =
        |stream: &str, at: &str| Row { stream: stream.to_owned(), at: at.to_owned(), value: "1".to_owned() };
    let rows = vec![row("a", ""), row("b", "1524448722"), row("a", "")];
    let twice = UploadForm { rows, ..form(Generation::Studio, Content::Properties) };
    let html = upload(Language::English, &twice);
    assert_marked(&html, "stream-3");
    assert_marked(&html, "at-2");
    let mut names = lamp(Content::DesiredGet);
    names.studio.names = "heat, nothing".to_owned();
    let html = upload(Language::English, &names);
    assert_shows(&html, &["309 identifier not exist"]);
    assert_marked(&html, "names");
}

#[test]
fn every_field_has_a_label_in_every_content() {
    for language in LANGUAGES {
        for generation in Generation::ALL {
            for content in Content::all(generation) {
                let html = upload(language, &form(generation, *content));
                check_labels(&html);
                let html = upload(language, &UploadForm { sender: sender(generation), ..lamp(*content) });
                check_labels(&html);
            }
        }
        check_labels(&feed(language, &[("thing/property/set", r#"{"id":"7","params":{"heat":1}}"#)]));
    }
}

#[test]
fn what_arrives_is_told_in_words_with_its_values() {
    let messages = [
        ("thing/property/set", r#"{"id":"7","version":"1.0","params":{"heat":27.50}}"#),
        ("thing/property/post/reply", r#"{"id":"123","code":309,"msg":"identifier not exist"}"#),
        ("thing/service/dim/invoke", r#"{"id":"8","params":{"to":3}}"#),
    ];
    let html = feed(Language::Chinese, &messages);
    assert_shows(
        &html,
        &["属性设置", "平台要求设置下列属性（id 7）。", "27.50", "服务调用", "平台调用服务 dim（id 8）。"],
    );
    assert_shows(
        &html,
        &["对属性上报（id 123）的应答：309 identifier not exist（标识符不存在）。", "sentence error"],
    );
    assert_shows(&html, &[r#"value="{"id":"7","code":200,"msg":"success"}""#]);
    let html = feed(
        Language::English,
        &[("dp/post/json/rejected", r#"{"id":-1,"err_code":98,"err_msg":"illegal data"}"#)],
    );
    assert_shows(&html, &["data points", "98 illegal data"]);
}

#[test]
fn the_subscription_that_replies_need_is_a_setting_and_a_button() {
    let html = feed(Language::English, &[]);
    assert_shows(
        &html,
        &[
            "Subscribe to everything that the platform sends, right after the login",
            "$sys/VRqhDHF2wL/my_tv/#",
            r#"id="hear-all-now""#,
        ],
    );
    assert_shows(&html, &["thing/property/set", "{{reply}}", r#"id="service-replies""#]);
    assert!(!html.contains("$creq"), "answers of other protocols are not shown");
    assert_shows(
        &feed(Language::Chinese, &[]),
        &["登录后立即订阅平台下发的全部消息", "现在订阅平台下发的全部消息"],
    );
}

#[test]
fn a_rejected_upload_is_marked_and_counted() {
    let form = form(Generation::Suite, Content::Points);
    let upload = form.parse(Timestamp::default()).expect("it is filled in");
    let mut outbox = Outbox::default();
    outbox.push(upload.clone(), Ok(Some(1)));
    outbox.acknowledge(1, std::time::Duration::ZERO);
    let payload = Bytes::from_static(br#"{"id":1,"err_code":98,"err_msg":"illegal data"}"#);
    let topic = format!("{}/rejected", upload.topic);
    let rejected = Message { topic, payload, qos: Qos::AtMostOnce, retain: false };
    outbox.judge(Answer::of(&rejected).expect("a verdict"));
    let html = upload_after(Language::English, &form, outbox.clone());
    assert_shows(&html, &[r#"data-state="acknowledged" data-verdict="rejected""#]);
    assert_shows(&html, &["; rejected by the platform: 98 illegal data", "rejected by the platform: 1."]);
    let html = upload_after(Language::Chinese, &form, outbox);
    assert_shows(&html, &["；被平台拒绝：98 illegal data（数据非法）", "其中被平台拒绝 1 条"]);
}

// ── helpers ──

fn sender(generation: Generation) -> Sender {
    Sender { generation, product: "VRqhDHF2wL".to_owned(), device: "my_tv".to_owned() }
}

fn form(generation: Generation, content: Content) -> UploadForm {
    UploadForm { sender: sender(generation), content, ..UploadForm::default() }
}

fn lamp(content: Content) -> UploadForm {
    let mut form = form(Generation::Studio, content);
    form.studio.model.import(LAMP.as_bytes());
    assert_eq!(form.studio.model.error, None);
    form
}

fn upload(language: Language, form: &UploadForm) -> String {
    upload_after(language, form, Outbox::default())
}

fn upload_after(language: Language, form: &UploadForm, outbox: Outbox) -> String {
    draw::<UploadPanel>(UploadPanelProps {
        language,
        form: form.clone(),
        outlasts_form: false,
        readings: Some(Readings::default()),
        outbox,
        keeping: Keeping::default(),
        online: true,
        waits: true,
        clean_session: true,
        now: Callback::from(|()| Timestamp::default()),
        on_pick: Callback::noop(),
        on_edit: Callback::noop(),
        on_upload: Callback::noop(),
        on_give_up: Callback::noop(),
        on_keep: Callback::noop(),
        on_discard: Callback::noop(),
    })
}

fn feed(language: Language, messages: &[(&str, &'static str)]) -> String {
    let mut history = History::default();
    for (rest, payload) in messages {
        let topic = format!("$sys/VRqhDHF2wL/my_tv/{rest}");
        let payload = Bytes::from_static(payload.as_bytes());
        let message = Message { topic, payload, qos: Qos::AtMostOnce, retain: false };
        history.push(OffsetDateTime::UNIX_EPOCH, message, false);
    }
    let mut outbox = Outbox::default();
    outbox.push(Upload::answer("7", "another's"), Ok(Some(1)));
    let model = lamp(Content::Properties).studio.model.filled.map(|filled| filled.model);
    draw::<FeedPanel>(FeedPanelProps {
        language,
        history,
        subscriptions: Subscriptions::default(),
        in_page: true,
        readings: Some(Readings::default()),
        sender: sender(Generation::Studio),
        hears_all: true,
        model,
        replies: AutoReply::defaults(),
        replies_stopped: false,
        outbox,
        online: true,
        on_clear: Callback::noop(),
        on_answer: Callback::noop(),
        on_edit_replies: Callback::noop(),
        on_hear_all: Callback::noop(),
        on_subscribe: Callback::noop(),
        on_unsubscribe: Callback::noop(),
    })
}

fn draw<C: BaseComponent>(props: C::Properties) -> String
where
    C::Properties: 'static,
{
    block_on(LocalServerRenderer::<C>::with_props(props).hydratable(false).render())
}

#[track_caller]
fn assert_shows(html: &str, texts: &[&str]) {
    let html = html.replace("&quot;", "\"").replace("&#x27;", "'").replace("&amp;", "&").replace("&gt;", ">");
    for text in texts {
        assert!(html.contains(text), "{text:?} is not in {html}");
    }
}

/// A field that has a warning of its own, and says that it is wrong.
#[track_caller]
fn assert_marked(html: &str, id: &str) {
    let field =
        html.split('<').find(|tag| tag.contains(&format!("id=\"{id}\"")) && !tag.starts_with("label"));
    let field = field.unwrap_or_else(|| panic!("no {id} in {html}"));
    assert!(field.contains(r#"aria-invalid="true""#), "{field}");
    assert!(html.contains(&format!("id=\"{id}-warning\"")), "no warning at {id}: {html}");
}

#[track_caller]
fn check_labels(html: &str) {
    let mut ids = std::collections::BTreeSet::new();
    for tag in ["<input ", "<select ", "<textarea "] {
        for field in html.split(tag).skip(1) {
            let id = field.split("id=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id");
            assert!(html.contains(&format!("for=\"{id}\"")), "no label for {id}");
            assert!(ids.insert(id), "two fields are called {id}");
        }
    }
}
