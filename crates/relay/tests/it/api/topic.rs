//! `/mqtt`: publishing and topics.

use serde_json::json;

use crate::platform::*;

#[tokio::test]
async fn publishes_to_the_subscribers() {
    let relay = start_all(&[]).await;
    let mut device = Device::online(&relay, "39587277", "2", "k").await;
    let mut other = Device::online(&relay, "39587272", "2", "k").await;
    device.subscribe("topic/test/01").await;
    other.subscribe("topic/test/01").await;
    other.subscribe("another").await;

    assert_eq!(succeed(&relay, "POST /mqtt?topic=topic/test/01", "\0hello").await, json!(null));
    for device in [&mut device, &mut other] {
        assert_eq!(device.message().await, ("topic/test/01".to_owned(), b"\0hello".to_vec()));
    }

    succeed(&relay, "POST /mqtt/topic", r#"{"name":"made_here"}"#).await;
    let topics = succeed(&relay, "GET /mqtt/topic", "").await;
    assert_eq!(topics, json!(["another", "made_here", "topic/test/01"]));
    let of_device = succeed(&relay, "GET /mqtt/device_topic/39587272", "").await;
    assert_eq!(of_device, json!(["another", "topic/test/01"]));

    let page = async |query: &str| {
        succeed(&relay, &format!("GET /mqtt/topic_device?topic=topic/test/01{query}"), "").await
    };
    let devices = json!([39_587_272, 39_587_277]);
    assert_eq!(page("").await, json!({ "total_count": 2, "page": 1, "per_page": 30, "devices": devices }));
    assert_eq!(page("&page=2&per_page=1").await["devices"], json!([39_587_277]));
    assert_eq!(page("&page=3&per_page=1").await["devices"], json!([]));
    assert_eq!(page("&per_page=1000").await["devices"], devices);
}

#[tokio::test]
async fn says_what_is_wrong_with_a_topic() {
    let relay = start_all(&[]).await;
    let name = r#"{"name":"news"}"#;
    check_refusals(&relay, &[("POST /mqtt/topic", name, 8, "product not found")]).await;
    let _online = Device::online(&relay, "1", "2", "k").await;
    succeed(&relay, "POST /mqtt/topic", name).await;
    let large = "x".repeat(65_536);
    let long = format!("POST /mqtt?topic={}", "a".repeat(1_025));
    let refusals = [
        ("POST /mqtt", "x", 7, "topic"),
        ("POST /mqtt?topic=a", "", 9, "the message"),
        ("POST /mqtt?topic=a", &large, 5, "65535"),
        ("POST /mqtt?topic=$dp", "x", 6, "belong to the platform"),
        ("POST /mqtt?topic=a/%23", "x", 6, r#"topic is "a/#""#),
        ("POST /mqtt?topic=%E6%B8%A9", "x", 6, "letters, digits, _ and /"),
        (&long, "x", 6, "1025"),
        ("POST /mqtt/topic", name, 12, "topic news"),
        ("POST /mqtt/topic", "{}", 7, "name"),
        ("POST /mqtt/topic", r#"{"name":7}"#, 6, "expected a JSON object"),
        ("POST /mqtt/topic", "name", 4, "line 1"),
        ("POST /mqtt/topic", "", 9, "JSON object"),
        ("GET /mqtt/device_topic/9", "", 8, "device 9"),
        ("GET /mqtt/topic_device", "", 7, "topic"),
        ("GET /mqtt/topic_device?topic=a&per_page=1001", "", 6, "expected 1 to 1000"),
        ("GET /mqtt/topic_device?topic=a&page=10001", "", 6, "expected 1 to 10000"),
    ];
    check_refusals(&relay, &refusals).await;

    for number in 1..100 {
        succeed(&relay, "POST /mqtt/topic", &format!(r#"{{"name":"t{number}"}}"#)).await;
    }
    check_refusals(&relay, &[("POST /mqtt/topic", r#"{"name":"one_more"}"#, 13, "100 topics")]).await;
}
