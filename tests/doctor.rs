//! The login form with its check drawn to HTML without a browser, and the check's words.

use futures::executor::block_on;
use onenet::doctor::{Diagnosis, Difference, Field, Mistake, Problem, Severity};
use onenet::rules::Readings;
use onenet::token::{
    EscapeError, KeyError, KeyProblem, Method, Parameter, ResourceProblem, TokenProblem, Version,
};
use onenet::{Generation, Timestamp};
use onenet_web::connect::{
    ConnectForm, ConnectPanel, ConnectPanelProps, Destination, Ending, JUDGE, LinkEnd, Oddities, PageAddress,
    Status, TokenSource,
};
use onenet_web::doctor::{Broken, Checkup, DoctorPanel, DoctorPanelProps, Spot, calculate};
use onenet_web::locale::{LANGUAGES, Language};
use onenet_web::upload::{Sender, UploadForm};
use session::ReturnCode;
use yew::{BaseComponent, Callback, LocalServerRenderer};

/// 2023-11-14.
const NOW: u64 = 1_700_000_000;

// ── The form ──

#[test]
fn every_generation_says_which_value_goes_where() {
    for (language, legacy, token) in [
        (
            Language::English,
            ["Device ID (client ID)", "Auth info (password)"],
            ["Device name (client ID)", "Device key"],
        ),
        (
            Language::Chinese,
            ["设备 ID（客户端 ID）", "鉴权信息（密码）"],
            ["设备名称（客户端 ID）", "设备密钥"],
        ),
    ] {
        assert_shows(&connect(language, &ConnectForm::default()), &legacy);
        for generation in [Generation::Suite, Generation::Studio] {
            assert_shows(&connect(language, &form(generation)), &token);
        }
    }
}

#[test]
fn a_demo_should_be_accepted_and_says_until_when_its_token_is_good() {
    for generation in [Generation::Suite, Generation::Studio] {
        let html = connect(Language::English, &form(generation));
        assert_shows(
            &html,
            &[
                r#"data-verdict="good""#,
                "the login is accepted if the device exists and the key is its own",
                ">Connect</button>",
            ],
        );
        assert_shows(&html, &["until 2023-11-16 06:13:20 (Beijing time), for 1 day."]);
        assert_shows(&html, &["clock shows 2023-11-15 06:13:20 (Beijing time)"]);
        let html = connect(Language::Chinese, &form(generation));
        assert_shows(
            &html,
            &["Token 的签名与密钥相符", "到 2023-11-16 06:13:20（北京时间）过期，还有 1 天。"],
        );
    }
}

#[test]
fn what_makes_the_platform_hang_up_is_told_in_the_check_too() {
    let mut form = form(Generation::Studio);
    form.keep_alive = "5".to_owned();
    form.will.on = true;
    let html = connect(Language::English, &form);
    let told = html.split(r#"id="broken-rules""#).nth(1).and_then(|rest| rest.split("</ul>").next());
    let told = told.expect("a list of rules");
    assert_shows(told, &["10 to 1,800 seconds", "leaves no will"]);
    assert_shows(&html, &[r#"data-verdict="refused""#, "for 2 reasons"]);
    assert_shows(&connect(Language::Chinese, &form), &["原因有 2 个"]);
    form.will.on = false;
    form.keep_alive.clear();
    assert_shows(&connect(Language::English, &form), &[r#"data-verdict="unfilled""#]);
}

#[test]
fn a_legacy_login_needs_no_doctor() {
    let html = connect(Language::English, &ConnectForm::default());
    assert!(!html.contains("doctor-title"), "{html}");
}

#[test]
fn a_token_among_legacy_fields_is_told_beside_the_choice_with_a_way_out() {
    let auth_info = calculate(&form(Generation::Studio), NOW).unwrap().token;
    let html = connect(Language::English, &ConnectForm { auth_info, ..ConnectForm::default() });
    assert_shows(
        &html,
        &[
            r#"aria-describedby="generation-hint generation-notes""#,
            "which the legacy platform does not read",
            r#"id="generation-treat-0""#,
            "Connect anyway",
        ],
    );
}

#[test]
fn what_is_wrong_stands_below_its_field_with_the_exact_difference_and_what_to_do() {
    let mut form = pasted();
    form.device_id = "demo-bored".to_owned();
    form.product_id.push(' ');
    // Its topic could not be written with such a name.
    form.upload_first = false;
    let html = connect(Language::English, &form);
    assert_shows(
        &html,
        &[
            r#"data-verdict="refused""#,
            "for 2 reasons. Each stands at its field.",
            r#"aria-describedby="token-hint token-notes""#,
            r#"The token has "demo-board""#,
            "they differ from byte 7 on.",
            "Sign a new one with the device key.",
            r#"id="token-treat-0""#,
            "A space at byte 10 of the product ID does not belong to it.",
            r#"id="product-id-treat-0""#,
            "device log has code 1114",
            "Connect anyway",
        ],
    );
    let html = connect(Language::Chinese, &form);
    assert_shows(
        &html,
        &["原因有 2 个", "从偏移 7 处起不同。", "产品 ID 偏移 10 处多了空格。", "在本页计算"],
    );
}

#[test]
fn a_pasted_token_is_taken_apart_beside_what_it_should_say() {
    let mut form = pasted();
    form.token.token = form.token.token.replace("sha256", "SHA256").replace("demo-board", "demo-bored");
    let html = connect(Language::English, &form);
    assert_shows(
        &html,
        &[
            "The token, taken apart",
            "products/OneNetDemo/devices/demo-bored",
            "products/OneNetDemo/devices/demo-board",
            r#"data-mark="different""#,
            "✗",
            "SHA256",
            "1 day left",
            "44 characters, not shown",
        ],
    );
    assert_shows(&connect(Language::Chinese, &form), &["Token 逐项对照", "还有 1 天", "不对"]);
}

#[test]
fn without_the_key_the_signature_stays_open() {
    let mut form = pasted();
    form.token.key.clear();
    let html = connect(Language::English, &form);
    assert_shows(
        &html,
        &[r#"data-verdict="unverified""#, "only the device key can tell", "give the key to check it"],
    );
    assert_shows(&html, &["every step appears here", ">Connect</button>"]);
}

#[test]
fn the_way_to_the_token_is_shown_and_its_secrets_are_masked() {
    for form in [form(Generation::Studio), pasted()] {
        let steps = calculate(&form, NOW).unwrap();
        for language in LANGUAGES {
            let html = doctor(language, &form);
            assert_shows(&html, &["<code>1700086400</code>", "⏎", "2018-10-31", "HMAC-sha256", "••••••••"]);
            assert_shows(&html, &["products%2FOneNetDemo%2Fdevices%2Fdemo-board"]);
            let hex: String = steps.digest.iter().map(|byte| format!("{byte:02x}")).collect();
            for secret in [&form.token.key, &steps.base64, &steps.values[4].after, &steps.token, &hex] {
                assert!(!html.contains(secret.as_str()), "{html}");
            }
            // "a demo", the beginning of the key's bytes.
            assert!(!html.contains("612064656d6f"), "{html}");
        }
    }
}

#[test]
fn a_place_where_another_generation_is_spoken_is_told() {
    let mut form = form(Generation::Suite);
    form.destination = Destination::Upstream("onenet".to_owned());
    let html = connect(Language::English, &form);
    assert_shows(&html, &[r#"id="generation-warning""#, "speaks Legacy OneNET ($dp)", "Connect anyway"]);
    assert_shows(&connect(Language::Chinese, &form), &["接入方式是旧版多协议接入"]);
}

#[test]
fn every_field_has_a_label() {
    let mut until = form(Generation::Studio);
    until.token.lifetime = onenet_web::connect::Lifetime::Until;
    for form in [ConnectForm::default(), until, pasted()] {
        let html = connect(Language::Chinese, &form);
        let ids = html
            .split("<input id=\"")
            .chain(html.split("<select id=\""))
            .filter(|rest| !rest.starts_with('<'));
        for id in ids.filter_map(|rest| rest.split('"').next()) {
            assert!(html.contains(&format!(r#"for="{id}""#)), "{id} has no label in {html}");
        }
    }
}

// ── Words ──

#[test]
fn each_answer_to_a_login_is_told_in_the_words_of_its_generation() {
    let codes = [
        ReturnCode::ProtocolVersion,
        ReturnCode::ClientId,
        ReturnCode::Unavailable,
        ReturnCode::Credentials,
        ReturnCode::NotAuthorized,
    ];
    for language in LANGUAGES {
        for generation in Generation::ALL {
            let told: Vec<String> = codes
                .map(|code| Ending::Refused(generation, code))
                .into_iter()
                .chain([Ending::HungUpAtLogin(generation, LinkEnd::HungUp)])
                .map(|ending| (language.front().ending)(&ending))
                .collect();
            told.iter().for_each(|told| assert_sentence(told));
            let mut distinct = told.clone();
            distinct.dedup();
            assert_eq!(told, distinct, "each says something of its own");
        }
    }
    let told = |generation| {
        (Language::English.front().ending)(&Ending::Refused(generation, ReturnCode::Credentials))
    };
    assert!(told(Generation::Legacy).contains("auth info"));
    assert!(told(Generation::Studio).contains("expired"));
    let closed = Ending::HungUpAtLogin(Generation::Suite, LinkEnd::HungUp);
    assert!((Language::English.front().ending)(&closed).contains("10 to 1800 s"));
}

#[test]
fn every_diagnosis_is_told_in_complete_sentences() {
    for problem in problems() {
        for (field, spot) in [
            (Field::ClientId, Spot::ClientId),
            (Field::Username, Spot::Username),
            (Field::Password, Spot::Token),
            (Field::Key, Spot::Key),
        ] {
            let diagnosis = Diagnosis { severity: Severity::Note, field, problem: problem.clone() };
            for language in LANGUAGES {
                let words = &language.words().doctor;
                for generation in Generation::ALL {
                    assert_sentence(&(words.problem)(&diagnosis, spot, generation));
                }
                assert_sentence(&(words.remedy)(&diagnosis, spot));
                if let Some(button) = (words.treat)(&diagnosis.remedy()) {
                    assert!(!button.is_empty() && !button.ends_with(['.', '。']), "{button}");
                }
            }
        }
    }
}

#[test]
fn names_with_characters_that_cannot_be_seen_are_told_by_their_number() {
    let told = |character| {
        let problem = Problem::Surrounded { character, offset: 3 };
        let diagnosis = Diagnosis { severity: Severity::WillBeRefused, field: Field::Key, problem };
        (Language::English.words().doctor.problem)(&diagnosis, Spot::Key, Generation::Suite)
    };
    assert!(told('\u{200B}').contains("U+200B"));
    assert!(told('\n').starts_with("A line break at byte 3 of the key"));
}

/// A complete sentence or several: it begins as one, ends as one and has no gap.
#[track_caller]
fn assert_sentence(text: &str) {
    let first = text.chars().next().unwrap_or_default();
    assert!(text.ends_with(['.', '。']), "{text}");
    assert!(!first.is_whitespace() && !text.contains("  ") && !text.contains(['{', '}']), "{text}");
    assert!(!text.contains(" ,") && !text.contains(" 。") && !text.contains(".."), "{text}");
}

/// One of each.
fn problems() -> Vec<Problem> {
    let difference =
        |token: &str| Difference { token: token.to_owned(), form: "board".to_owned(), offset: 1 };
    let text = || "one".to_owned();
    let key = |problem| Problem::KeyForm(KeyError { offset: 4, problem });
    let structure = |problem| Problem::Structure { offset: 4, problem };
    let parameter = Parameter::Res;
    let mistakes = vec![
        Mistake::KeyText,
        Mistake::Hash(Method::Md5),
        Mistake::MethodName(text()),
        Mistake::EscapedRes,
        Mistake::ResOfForm,
        Mistake::ResOfProduct,
        Mistake::OtherVersion(Version::LATER),
        Mistake::EtSeconds,
        Mistake::EtMillis,
        Mistake::LastLineBreak,
        Mistake::CarriageReturns,
        Mistake::WrittenLineBreaks,
        Mistake::NoLineBreaks,
        Mistake::TokenOrder,
    ];
    vec![
        Problem::Empty,
        Problem::Surrounded { character: ' ', offset: 0 },
        Problem::Quoted { character: '“', offset: 0 },
        Problem::TokenHere,
        Problem::Joined { product: text(), device: text() },
        Problem::ResourceHere { product: text(), device: text() },
        Problem::Swapped,
        Problem::ProductHere { device: text() },
        Problem::DeviceHere { product: text() },
        Problem::SameIds,
        Problem::Character { character: '/', offset: 3 },
        Problem::TooLong { length: 65, limit: 64 },
        Problem::LegacyLogin,
        Problem::TokenForLegacy { likely: Generation::Suite },
        Problem::OtherGeneration { likely: Generation::Suite },
        Problem::KeyHere { length: 44, same: true },
        Problem::KeyHere { length: 44, same: false },
        Problem::NoToken { length: 8 },
        structure(TokenProblem::NoToken),
        structure(TokenProblem::Unknown { name: text() }),
        structure(TokenProblem::Doubled(parameter)),
        structure(TokenProblem::NoValue(parameter)),
        structure(TokenProblem::Missing(parameter)),
        structure(TokenProblem::Escape(parameter, EscapeError::Digits { offset: 4 })),
        Problem::EscapedWhole,
        Problem::EscapedTwice { parameter, offset: 8 },
        Problem::NotEscaped { parameter, offset: 8, character: '+' },
        Problem::SmallEscape { parameter, offset: 8 },
        Problem::BrokenEscape { parameter, offset: 8 },
        Problem::VersionOfApplications,
        Problem::VersionLater,
        Problem::VersionUnknown { found: text() },
        Problem::ResForm { offset: 2, problem: ResourceProblem::Level },
        Problem::ResForm { offset: 2, problem: ResourceProblem::Ends },
        Problem::ResForm { offset: 2, problem: ResourceProblem::EmptyName },
        Problem::ResForm { offset: 2, problem: ResourceProblem::Character('\n') },
        Problem::ResProduct(difference("bored")),
        Problem::ResDevice(difference("Board")),
        Problem::ResSwapped,
        Problem::ResOfProduct,
        Problem::ResOfApplication,
        Problem::EtNotNumber { offset: 4 },
        Problem::EtMillis { seconds: NOW },
        Problem::Expired { seconds: 1 },
        Problem::Expired { seconds: 4_000 },
        Problem::EtFar { seconds: 20 * 365 * 86_400 },
        Problem::ClockEarly,
        Problem::MethodCase { found: "SHA1".to_owned(), right: Method::Sha1 },
        Problem::MethodUnknown { found: text(), nearest: None },
        Problem::MethodUnknown { found: text(), nearest: Some(Method::Md5) },
        Problem::Placeholder,
        Problem::SignHex,
        Problem::SignHexInBase64,
        Problem::SignUrlSafe { offset: 2 },
        Problem::SignSpaces { offset: 2 },
        Problem::SignPadding { expected: 1, found: 0 },
        Problem::SignNotBase64 { offset: 2 },
        Problem::SignLength { found: 20, method: Method::Md5, fitting: Some(Method::Sha1) },
        Problem::SignLength { found: 21, method: Method::Md5, fitting: None },
        Problem::SignedWith(mistakes.clone()),
        Problem::SignUnknown { tried: mistakes },
        key(KeyProblem::Empty),
        key(KeyProblem::Character('*')),
        key(KeyProblem::BehindPadding),
        key(KeyProblem::Digits { digits: 5 }),
        key(KeyProblem::Padding { expected: 1, found: 0 }),
        Problem::KeyUrlSafe { offset: 2 },
    ]
}

// ── Helpers ──

fn form(generation: Generation) -> ConnectForm {
    let mut form = ConnectForm::default();
    form.choose(generation);
    form
}

/// A good studio login with a pasted token.
fn pasted() -> ConnectForm {
    let mut form = form(Generation::Studio);
    form.token.token = calculate(&form, NOW).expect("the demo has a key").token;
    form.token.source = TokenSource::Pasted;
    form
}

fn connect(language: Language, form: &ConnectForm) -> String {
    draw::<ConnectPanel>(ConnectPanelProps {
        judge: Some(&JUDGE),
        language,
        page: PageAddress::default(),
        upstreams: ["simulator", "onenet"].map(str::to_owned).to_vec(),
        form: form.clone(),
        readings: Readings::default(),
        upload: UploadForm { sender: Sender::of(form), ..UploadForm::default() },
        status: Status::Offline(None),
        unsent: 0,
        oddities: Oddities::default(),
        now: Callback::from(|()| Timestamp::from_unix_seconds(NOW)),
        on_edit: Callback::noop(),
        on_connect: Callback::noop(),
        on_try_now: Callback::noop(),
        on_disconnect: Callback::noop(),
    })
}

fn doctor(language: Language, form: &ConnectForm) -> String {
    draw::<DoctorPanel>(DoctorPanelProps {
        language,
        form: form.clone(),
        checkup: Checkup::of(form, &Broken::default(), NOW).expect("a login with a token"),
        now: Timestamp::from_unix_seconds(NOW),
        on_edit: Callback::noop(),
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
    for text in texts {
        assert!(html.contains(text), "{text} is not in {html}");
    }
}
