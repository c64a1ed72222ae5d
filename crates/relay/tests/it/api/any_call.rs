//! Whatever is asked, an answer comes, and it is never the server that failed.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use tokio::runtime::Runtime;

use crate::platform::*;

const METHODS: [&str; 5] = ["GET", "POST", "PUT", "DELETE", "HEAD"];

/// Parts that calls are made of, so that most of what is put together means something.
const SEGMENTS: &str = "devices register_de status datapoints datastreams cmds history resp mqtt topic device_topic \
    topic_device faults strike application thingmodel set-device-property query-device-property call-service v1 \
    synccmds datapoint 1 %FF";
const NAMES: &str = "device_id qos timeout start end duration limit cursor sort type topic page per_page devIds \
    datastream_id register_code product_id device_name action";
const VALUES: &str = "1 0 -1 99999999999999999999 9999-12-31T23:59:59 0000-01-01T00:00:00 ASC 5 a/b 1_1_1 %00%FF k \
    SetDeviceProperty QueryDeviceProperty";
const BODIES: &str = r#"{ {"title":"t","location":{"lon":1,"lat":1e999}} {"name":"a"} {"sn":"s"} ,;a,1 null
    {"datastreams":[{"id":"a","datapoints":[{"value":1}]}]} {"a":{"2016-08-15T14:47:00":1}}
    {"cut":{"nth":1},"half_open":null} {"chunks":{"split":1},"delay_ms":1} {"strike":"cut"} {"strike":"take-over"}
    {"product_id":"1","device_name":"a","params":{"a":1},"identifier":"b"}"#;

fn word(words: &'static str) -> impl Strategy<Value = String> {
    let words: Vec<&str> = words.split_whitespace().collect();
    prop::sample::select(words).prop_map(str::to_owned)
}

fn request() -> impl Strategy<Value = (String, Vec<u8>)> {
    let segment = prop_oneof![8 => word(SEGMENTS), 1 => "[!-~&&[^/?# ]]{0,9}"];
    let value = prop_oneof![8 => word(VALUES), 1 => "[!-~&&[^# ]]{0,9}"];
    let parameter = (word(NAMES), value).prop_map(|(name, value)| format!("{name}={value}"));
    let body = prop_oneof![
        4 => word(BODIES).prop_map(String::into_bytes),
        1 => prop::collection::vec(any::<u8>(), 0..300),
        1 => Just(vec![b'x'; 65_536]),
    ];
    let method = prop::sample::select(&METHODS[..]);
    let path = prop::collection::vec(segment, 0..5);
    let query = prop::collection::vec(parameter, 0..5);
    (method, path, query, body).prop_map(|(method, path, query, body)| {
        (format!("{method} /{}?{}", path.join("/"), query.join("&")), body)
    })
}

#[test]
fn every_call_is_answered() {
    let runtime = Runtime::new().unwrap();
    for flags in [&[][..], &["--device", "1:2:k"]] {
        let relay = runtime.block_on(start_all(flags));
        let device = runtime.block_on(Device::online(&relay, "1", "2", "k"));
        let mut runner = TestRunner::new(Config { cases: 300, ..Config::default() });
        let outcome = runner.run(&request(), |(request, body)| {
            let head = format!("{request} HTTP/1.1\r\nhost: localhost");
            let (status, _) = runtime.block_on(raw_call(&relay, &head, &body));
            // 400 is for what is no HTTP at all.
            prop_assert!(matches!(status, 200 | 400), "{} was answered {}", request, status);
            Ok(())
        });
        drop(device);
        outcome.unwrap();
    }
}

#[tokio::test]
async fn a_body_at_its_limit_is_taken_and_a_larger_one_is_answered() {
    let relay = start_all(&["--device", "1:2:k"]).await;
    let body = "x".repeat(65_535);
    let kept = call_with_key(&relay, "k", "POST /cmds?device_id=1&timeout=60", &body).await;
    assert_eq!(kept["errno"], 0, "{kept}");
    for length in [65_536, 1_000_000] {
        // Not a word of the answer is lost, whoever calls what.
        check_refusal(&call(&relay, "POST /nothing", &"x".repeat(length)).await, 5, "65535", "large");
    }
}
