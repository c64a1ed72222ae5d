//! The panel with the same message as code, drawn to HTML without a browser.

use futures::executor::block_on;
use onenet::Timestamp;
use onenet_web::connect::{ConnectForm, Destination};
use onenet_web::locale::{LANGUAGES, Language};
use onenet_web::snippet::{SnippetPanel, SnippetPanelProps};
use onenet_web::upload::{Content, UploadForm};
use yew::{Callback, LocalServerRenderer};

#[test]
fn shows_a_program_for_both_forms_and_hides_the_password() {
    for language in LANGUAGES {
        let html = draw(language, ConnectForm::default(), UploadForm::default());
        assert_shows(
            &html,
            &[
                r#"HOST = "127.0.0.1""#,
                r#"CLIENT_ID = "29455901""#,
                "4:47:00",
                r#"tabindex="0""#,
                "onenet-relay --simulate 127.0.0.1:6002",
                language.words().snippet.copy,
            ],
        );
        assert!(!html.contains("JHFDJF55586jhk"), "{html}");
    }
}

#[test]
fn follows_the_destination() {
    let login =
        ConnectForm { destination: Destination::Upstream("onenet".to_owned()), ..ConnectForm::default() };
    let html = draw(Language::Chinese, login, UploadForm::default());
    assert_shows(&html, &[r#"value="183.230.40.39""#, r#"HOST = "183.230.40.39""#, "PORT = 6002"]);
    assert!(!html.contains("--simulate"), "{html}");
}

#[test]
fn says_what_is_missing_in_place_of_a_program() {
    let login =
        ConnectForm { product_id: String::new(), keep_alive: "soon".to_owned(), ..ConnectForm::default() };
    let upload = UploadForm { content: Content::Message, topic: "a/#".to_owned(), ..UploadForm::default() };
    let html = draw(Language::English, login, upload);
    assert_shows(&html, &["once these are put right", "product ID", "Keep alive", "Upload · "]);
    assert!(!html.contains("snippet-code") && !html.contains("copy-code"), "{html}");
}

#[test]
fn markup_in_a_message_stays_text() {
    let upload = UploadForm {
        content: Content::Message,
        topic: "a".to_owned(),
        text: "<script>alert(1)</script>".to_owned(),
        ..UploadForm::default()
    };
    let html = draw(Language::English, ConnectForm::default(), upload);
    assert!(!html.contains("<script>"), "{html}");
}

#[test]
fn every_field_has_a_label() {
    let html = draw(Language::Chinese, ConnectForm::default(), UploadForm::default());
    for id in ["dialect", "snippet-host", "snippet-port", "include-password"] {
        assert_shows(&html, &[&format!("for=\"{id}\""), &format!("id=\"{id}\"")]);
    }
}

fn draw(language: Language, login: ConnectForm, upload: UploadForm) -> String {
    let now = Callback::from(|()| Timestamp::parse("2016-08-15T14:47:00").expect("a time"));
    let props = SnippetPanelProps { language, login, upload, now };
    block_on(LocalServerRenderer::<SnippetPanel>::with_props(props).hydratable(false).render())
}

#[track_caller]
fn assert_shows(html: &str, texts: &[&str]) {
    let html = html.replace("&quot;", "\"").replace("&#x27;", "'").replace("&amp;", "&");
    for text in texts {
        assert!(html.contains(text), "{text:?} is not in {html}");
    }
}
