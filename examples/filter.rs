//! How long it takes to filter 100,000 captured frames: `cargo xtask bench filter` runs this in wasm, as the page
//! is built.

use std::time::Duration;

use bytes::Bytes;
use dissect::PacketType;
use onenet_web::inspector::{Capture, Captured, Direction, Filter, Selection};
use time::OffsetDateTime;
use web_time::Instant;

const FRAMES: usize = 100_000;
const RUNS: usize = 20;

fn main() {
    let capture = capture();
    let acknowledgements = [PacketType::Puback].into_iter().collect();
    let filters = [
        ("by type", Filter { types: acknowledgements, ..Filter::default() }),
        ("by topic, wildcards", Filter { topic: "$creq/#".to_owned(), ..Filter::default() }),
        ("by topic, a part", Filter { topic: "room".to_owned(), ..Filter::default() }),
        ("by text, here and there", Filter { text: "\"value\":777".to_owned(), ..Filter::default() }),
        ("by text, nowhere", Filter { text: "nowhere".to_owned(), ..Filter::default() }),
        ("by text, in Chinese", Filter { text: "温度".to_owned(), ..Filter::default() }),
    ];
    say(&format!("{} frames, milliseconds of {RUNS} runs:", capture.len()));
    say("     min  median     max  found");
    for (name, filter) in filters {
        say(&measure(&capture, name, &filter));
    }
}

fn measure(capture: &Capture, name: &str, filter: &Filter) -> String {
    let mut found = 0;
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            found = Selection::new(filter.clone(), capture).len();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    let [min, median, max] = [times[0], times[RUNS / 2], times[RUNS - 1]].map(millis);
    format!("{min:>8}{median:>8}{max:>8}{found:>7}  {name}")
}

/// Uploads, their acknowledgements, commands and answers, messages of a room: about 120 bytes of JSON in most.
fn capture() -> Capture {
    let mut capture = Capture::default();
    for index in 0..FRAMES {
        let id = ((index / 6) % 65_535 + 1) as u16;
        let (direction, bytes) = match index % 6 {
            0 => (Direction::Sent, publish("$dp", Some(id), &data_points(index))),
            1 => (Direction::Received, acknowledgement(id)),
            2 => (Direction::Received, publish(&format!("$creq/{index:036}"), None, r#"{"led":1}"#)),
            3 => (Direction::Sent, publish(&format!("$crsp/{index:036}"), None, &data_points(index))),
            4 => (Direction::Received, publish("room/heat", None, &data_points(index))),
            _ => (Direction::Sent, publish("room/light", None, &data_points(index))),
        };
        let moment = Duration::from_millis(index as u64);
        let at = OffsetDateTime::UNIX_EPOCH + moment;
        capture.push(Captured::new(at, moment, direction, 1, bytes));
    }
    capture
}

fn data_points(index: usize) -> String {
    let value = index % 1_000;
    format!(
        r#"{{"datastreams":[{{"id":"temperature","datapoints":[{{"at":"2016-08-15T14:47:00","value":{value}}}]}},{{"id":"humidity"}}]}}"#
    )
}

fn publish(topic: &str, id: Option<u16>, payload: &str) -> Bytes {
    let qos = if id.is_some() { session::Qos::AtLeastOnce } else { session::Qos::AtMostOnce };
    let payload = Bytes::from(payload.to_owned());
    let message = session::Message { topic: topic.to_owned(), payload, qos, retain: false };
    message.frame(id).expect("a topic without wildcards and a short payload")
}

fn acknowledgement(id: u16) -> Bytes {
    let [high, low] = id.to_be_bytes();
    Bytes::copy_from_slice(&[0x40, 2, high, low])
}

/// Tenths of milliseconds are what can be trusted.
fn millis(time: Duration) -> String {
    let tenths = time.as_micros() / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(target_arch = "wasm32")]
fn say(line: &str) {
    gloo::console::log!(line);
}

#[cfg(not(target_arch = "wasm32"))]
fn say(line: &str) {
    println!("{line}");
}
