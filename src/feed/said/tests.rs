use proptest::prelude::*;

use super::*;
use crate::feed::Reading;
use crate::locale::{LANGUAGES, Language};

const STUDIO: &str = "$sys/VRqhDHF2wL/my_tv/";
const SUITE: &str = "$sys/321016/ESP8266_01/";

fn read(topic: &str, payload: &str) -> (String, Vec<String>, Option<Ask>) {
    let reading = Reading::of(topic, payload.as_bytes());
    let said = reading.said.expect("the topic is known");
    let points = reading.points.iter().map(|point| format!("{}={}", point.stream, point.value)).collect();
    ((Language::English.words().arrival.said)(&said), points, reading.ask)
}

#[test]
fn replies_say_how_it_went() {
    let reply = format!("{STUDIO}thing/property/post/reply");
    let (said, _, ask) = read(&reply, r#"{"id":"123","code":200,"msg":"success"}"#);
    assert_eq!((said.as_str(), ask), ("Reply to property post 123: done, 200 success.", None));
    let (said, _, _) = read(&reply, r#"{"id":"123","code":309,"msg":"no such thing"}"#);
    assert_eq!(said, "Reply to property post 123: refused, 309 identifier not exist — no such thing.");
    let (said, _, _) = read(&format!("{SUITE}dp/post/json/accepted"), r#"{"id":7}"#);
    assert_eq!(said, "Data points 7 were accepted.");
    let rejected = r#"{"id":-1,"err_code":98,"err_msg":"illegal data"}"#;
    let (said, _, _) = read(&format!("{SUITE}dp/post/json/rejected"), rejected);
    assert_eq!(said, "Data points were rejected whose id could not be read: 98 illegal data.");
}

#[test]
fn requests_bring_values_and_want_an_answer() {
    let set = format!("{STUDIO}thing/property/set");
    let (_, points, ask) = read(&set, r#"{"id":"7","version":"1.0","params":{"heat":27.50}}"#);
    assert_eq!(points, ["heat=27.50"]);
    let ask = ask.unwrap();
    assert_eq!(ask.reply, format!("{set}_reply"));
    assert_eq!(ask.template, r#"{"id":"7","code":200,"msg":"success"}"#);
    assert!(ask.is_answered_by(&ask.reply, br#"{"id":"7","code":200}"#));
    assert!(!ask.is_answered_by(&ask.reply, br#"{"id":"8","code":200}"#), "that is another's");

    let (_, _, ask) = read(&format!("{STUDIO}thing/property/get"), r#"{"id":"8","params":["a"]}"#);
    assert_eq!(ask.unwrap().template, r#"{"id":"8","code":200,"msg":"success","data":{"a":null}}"#);
    let (_, _, ask) = read(&format!("{STUDIO}thing/service/dim/invoke"), r#"{"id":"9","params":{"to":3}}"#);
    assert_eq!(ask.unwrap().reply, format!("{STUDIO}thing/service/dim/invoke_reply"));
    let (_, _, ask) = read(&format!("{SUITE}cmd/request/4b97-72"), "open");
    let ask = ask.unwrap();
    assert_eq!((ask.reply, ask.template), (format!("{SUITE}cmd/response/4b97-72"), String::new()));
}

#[test]
fn what_the_device_says_itself_is_no_question() {
    assert_eq!(read(&format!("{STUDIO}thing/property/post"), r#"{"id":"1","params":{}}"#).2, None);
    assert_eq!(read(&format!("{STUDIO}thing/property/set"), "{").2, None);
}

#[test]
fn parameters_of_a_call_are_no_state() {
    let is_state = |rest: &str, payload: &str| {
        Said::of(&format!("{STUDIO}{rest}"), payload.as_bytes()).unwrap().is_state()
    };
    assert!(is_state("thing/property/set", r#"{"id":"7","params":{"heat":1}}"#));
    assert!(!is_state("thing/service/dim/invoke", r#"{"id":"7","params":{"to":1}}"#));
}

proptest! {
    #[test]
    fn any_payload_of_any_topic_is_told_in_both_languages(
        rest in "(thing/(property|event|pack|history|service/x|sub|sub/topo)/(post|set|get|invoke|login)(/reply|_reply)?)|(dp/post/json(/(accepted|rejected))?)|(cmd/(request|response)/x(/(accepted|rejected))?)|(image/(get|update|delta)(/(accepted|rejected|delta))?)",
        payload in "(\\PC{0,20})|(\\{\"id\":\"?[0-9]{0,3}\"?,\"(code|err_code|params|dp|state)\":(200|\\[\\]|\\{\\}|\\{\"a\":1\\}),\"err_msg\":\"\"\\})",
    ) {
        for prefix in [STUDIO, SUITE] {
            if let Some(said) = Said::of(&format!("{prefix}{rest}"), payload.as_bytes()) {
                for language in LANGUAGES {
                    let words = &language.words().arrival;
                    prop_assert!(!(words.badge)(&said).is_empty());
                    let _ = (words.said)(&said);
                }
            }
        }
    }
}
