//! `/datapoints`, `/datastreams`: uploading and reading.

use relay::Relay;
use serde_json::{Value, json};

use crate::platform::*;
use crate::setting::*;

async fn start_with_device() -> (Relay, Device) {
    let relay = start_all(&[]).await;
    let device = Device::online(&relay, "1", "2", "k").await;
    (relay, device)
}

/// Stream `a` with the values 0 to 9, one a second from 2016-08-15 14:47:00; stream `b` with one value.
async fn start_with_points() -> (Relay, Device) {
    let (relay, device) = start_with_device().await;
    let points: Vec<String> =
        (0..10).map(|n| format!(r#"{{"at":"2016-08-15T14:47:0{n}","value":{n}}}"#)).collect();
    let b = r#"{"id":"b","datapoints":[{"at":"2017-01-01T00:00:00","value":"last"}]}"#;
    let a = format!(r#"{{"id":"a","datapoints":[{}]}}"#, points.join(","));
    succeed(&relay, "POST /devices/1/datapoints", &format!(r#"{{"datastreams":[{a},{b}]}}"#)).await;
    (relay, device)
}

fn values(data: &Value) -> Vec<Value> {
    let streams = data["datastreams"].as_array().unwrap();
    let points = streams.iter().flat_map(|stream| stream["datapoints"].as_array().unwrap());
    points.map(|point| point["value"].clone()).collect()
}

#[tokio::test]
async fn takes_the_four_types_of_text_as_the_platform_does() {
    let (relay, _device) = start_with_device().await;
    for (kind, body) in [
        ("", r#"{"datastreams":[{"id":"full","datapoints":[{"at":"2016-08-15T14:47:00","value":55.10}]}]}"#),
        ("?type=3", r#"{"simple":1e3}"#),
        ("?type=4", r#"{"timed":{"2016-08-15 14:47:00":-0}}"#),
        ("?type=5", ",;text,2016-08-15 14:47:00,22.50"),
    ] {
        assert_eq!(succeed(&relay, &format!("POST /devices/1/datapoints{kind}"), body).await, json!(null));
    }
    let (_, streams) = get(relay.simulator_api().unwrap(), "/devices/1/datastreams").await;
    for value in ["55.10", "1e3", "-0", r#""22.50""#] {
        assert!(streams.contains(&format!(r#""current_value":{value}"#)), "{streams}");
    }
    assert!(streams.contains(r#"{"id":"full","update_at":"2016-08-15 14:47:00","current_value":55.10}"#));
}

#[tokio::test]
async fn an_upload_over_http_reaches_those_who_subscribed_to_it() {
    let (relay, _device) = start_with_device().await;
    let mut watcher = Device::online(&relay, "3", "2", "k").await;
    watcher.subscribe("/1/a").await;
    succeed(&relay, "POST /devices/1/datapoints?type=3", r#"{"a":1.50}"#).await;
    assert_eq!(watcher.message().await, ("/1/a".to_owned(), b"1.50".to_vec()));
}

#[tokio::test]
async fn gives_the_newest_of_every_stream() {
    let (relay, _device) = start_with_points().await;
    let latest = succeed(&relay, "GET /devices/datapoints?devIds=1,9", "").await;
    let a = json!({ "id": "a", "at": "2016-08-15 14:47:09", "value": 9 });
    let b = json!({ "id": "b", "at": "2017-01-01 00:00:00", "value": "last" });
    assert_eq!(latest, json!({ "devices": [{ "id": "1", "title": "1", "datastreams": [a, b] }] }));
    let streams = succeed(&relay, "GET /devices/1/datastreams?datastream_ids=b,absent", "").await;
    assert_eq!(streams, json!([{ "id": "b", "update_at": "2017-01-01 00:00:00", "current_value": "last" }]));
}

#[tokio::test]
async fn reads_a_span_of_time() {
    let (relay, _device) = start_with_points().await;
    let read = async |query: &str| {
        let request = format!("GET /devices/1/datapoints?datastream_id=a&{query}");
        values(&succeed(&relay, &request, "").await)
    };
    assert_eq!(read("limit=2").await, [9, 8], "without a time, the newest first");
    assert_eq!(read("limit=2&sort=ASC").await, [0, 1]);
    assert_eq!(read("start=2016-08-15T14:47:08").await, [8, 9], "with one, ascending");
    assert_eq!(read("start=2016-08-15T14:47:08&sort=DESC").await, [9, 8]);
    assert_eq!(read("end=2016-08-15T14:47:01").await, [0, 1]);
    assert_eq!(read("start=2016-08-15T14:47:03&end=2016-08-15T14:47:03").await, [3]);
    assert_eq!(read("start=2016-08-15T14:47:03&duration=2").await, [3, 4, 5]);
    assert_eq!(read("end=2016-08-15T14:47:03&duration=2").await, [1, 2, 3]);
    assert_eq!(read("duration=60").await, [0; 0], "the last minute");
    succeed(&relay, "POST /devices/1/datapoints?type=3", r#"{"a":"now"}"#).await;
    assert_eq!(read("duration=60").await, ["now"]);
}

#[tokio::test]
async fn goes_on_at_the_cursor() {
    let (relay, _device) = start_with_points().await;
    for (query, expected) in [
        ("sort=ASC&limit=3", json!([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, "last"])),
        ("sort=DESC&limit=5", json!([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, "last"])),
        ("sort=ASC&limit=10", json!([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, "last"])),
        ("sort=ASC&limit=11", json!([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, "last"])),
        ("start=2016-08-15T14:47:02&datastream_id=b,a&limit=4", json!(["last", 2, 3, 4, 5, 6, 7, 8, 9])),
    ] {
        let request = format!("GET /devices/1/datapoints?{query}");
        let (mut read, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = succeed(&relay, &format!("{request}{cursor}"), "").await;
            let found = values(&page);
            assert_eq!(page["count"], found.len(), "{query}");
            assert_ne!(found.len(), 0, "{query}: no page is empty");
            read.extend(found);
            let Some(next) = page.get("cursor") else { break };
            cursor = format!("&cursor={}", next.as_str().unwrap());
        }
        assert_eq!(json!(read), expected, "{query}");
    }
}

#[tokio::test]
async fn says_when_a_cursor_has_become_stale() {
    let (relay, _device) = start_with_points().await;
    let page = succeed(&relay, "GET /devices/1/datapoints?sort=ASC&limit=1", "").await;
    let cursor = page["cursor"].as_str().unwrap();
    for _ in 0..4 {
        let points = vec![r#"{"value":0}"#; 250].join(",");
        let body = format!(r#"{{"datastreams":[{{"id":"a","datapoints":[{points}]}}]}}"#);
        succeed(&relay, "POST /devices/1/datapoints", &body).await;
    }
    let request = format!("GET /devices/1/datapoints?sort=ASC&cursor={cursor}");
    check_refusals(&relay, &[(&request, "", 6, "start again without cursor")]).await;
}

#[tokio::test]
async fn says_what_is_wrong_with_data_points() {
    let (relay, _device) = start_with_points().await;
    let large = "x".repeat(65_536);
    let late = r#"{"datastreams":[{"id":"a","datapoints":[{"at":"noon","value":1}]}]}"#;
    let upload = "POST /devices/1/datapoints";
    let refusals = [
        (upload, "", 9, "the data points"),
        (upload, "{", 4, "line 1"),
        (upload, "[]", 6, "expected a JSON object, found an array"),
        (upload, r#"{"datastreams":[{"id":"a"}]}"#, 6, r#"member "datapoints" is missing at byte 16"#),
        (upload, late, 6, r#"at of data stream a is "noon""#),
        (upload, &large, 5, "65535"),
        ("POST /devices/1/datapoints?type=2", "x", 6, "expected 1, 3, 4 or 5"),
        ("POST /devices/1/datapoints?type=4", r#"{"a":1}"#, 6, "expected a JSON object"),
        ("POST /devices/1/datapoints?type=5", "##a", 6, "both separators"),
        ("POST /devices/9/datapoints?type=3", r#"{"a":1}"#, 8, "device 9"),
        ("GET /devices/9/datapoints", "", 8, "device 9"),
        ("GET /devices/9/datastreams", "", 8, "device 9"),
        ("GET /devices/1/datapoints?limit=0", "", 6, "expected 1 to 6000"),
        ("GET /devices/1/datapoints?limit=6001", "", 6, "limit"),
        ("GET /devices/1/datapoints?sort=asc", "", 6, "sort"),
        ("GET /devices/1/datapoints?start=2017-01-01", "", 6, "start"),
        ("GET /devices/1/datapoints?start=2017-01-02T00:00:00&end=2017-01-01T00:00:00", "", 6, "later"),
        ("GET /devices/1/datapoints?duration=0", "", 6, "duration"),
        (
            "GET /devices/1/datapoints?start=2017-01-01T00:00:00&end=2017-01-02T00:00:00&duration=1",
            "",
            6,
            "at most two",
        ),
        ("GET /devices/1/datapoints?cursor=next", "", 6, "cursor"),
        ("GET /devices/1/datapoints?cursor=1_1_1", "", 6, "start again without cursor"),
        ("GET /nothing", "", 8, "GET /nothing"),
    ];
    check_refusals(&relay, &refusals).await;
    let none = succeed(&relay, "GET /devices/1/datapoints?datastream_id=absent", "").await;
    assert_eq!(none, json!({ "count": 0, "datastreams": [] }));
}
