//! `docs/http-api.md` holds: every command line in it is run, and gets the errno it says.

use std::collections::BTreeMap;

use relay::Relay;
use serde_json::Value;

use crate::platform::*;
use crate::setting::*;

const DOCUMENT: &str = include_str!("../../../../../docs/http-api.md");

/// A line such as `curl -X POST 'http://…' -d '…'   # errno 10`.
struct Line {
    words: Vec<String>,
    expected: Expected,
}

/// What an answer says about how it went.
#[derive(Clone, Copy)]
enum Expected {
    /// It is done, in any envelope.
    Done,
    /// `errno`.
    Errno(i64),
    /// `code` of the studio's envelope, a text, or of the newer one, a number.
    Code(i64),
}

impl Expected {
    fn is_met(self, answer: &Value) -> bool {
        match self {
            Self::Done => answer["errno"] == 0 || answer["code"] == 0 || answer["success"] == true,
            Self::Errno(errno) => answer["errno"] == errno,
            Self::Code(code) => {
                let text = answer["code"].as_str().and_then(|text| text.parse().ok());
                answer["code"].as_i64().or(text) == Some(code)
            }
        }
    }
}

impl Line {
    /// Reads words as a shell does, as far as this document needs it.
    fn parse(text: &str) -> Self {
        let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
        let mut rest = text.chars();
        let mut comment = String::new();
        while let Some(next) = rest.next() {
            match (next, quote) {
                (_, Some(end)) if next == end => quote = None,
                (_, Some(_)) => word.get_or_insert_default().push(next),
                ('\'' | '"', None) => {
                    word.get_or_insert_default();
                    quote = Some(next);
                }
                ('#', None) if word.is_none() => comment = rest.by_ref().collect(),
                (' ', None) => words.extend(word.take()),
                (_, None) => word.get_or_insert_default().push(next),
            }
        }
        words.extend(word);
        let expected = match comment.trim().split_once(' ') {
            Some(("errno", number)) => Expected::Errno(number.parse().unwrap()),
            Some(("code", number)) => Expected::Code(number.parse().unwrap()),
            _ => Expected::Done,
        };
        Self { words, expected }
    }

    /// The program's arguments as method, URL, headers, body.
    fn call(&self) -> (&str, &str, Vec<&str>, &str) {
        let (mut method, mut url, mut headers, mut body) = (None, "", Vec::new(), "");
        let mut words = self.words[1..].iter().map(String::as_str);
        while let Some(word) = words.next() {
            match word {
                "-X" => method = words.next(),
                "-H" => headers.extend(words.next()),
                "-d" | "--data-binary" => body = words.next().unwrap(),
                _ => url = word,
            }
        }
        (method.unwrap_or("GET"), url, headers, body)
    }
}

/// The lines of the document's blocks of commands, each with the heading above it.
fn lines() -> Vec<(&'static str, Line)> {
    let (mut heading, mut in_block, mut lines) = ("", false, Vec::new());
    for text in DOCUMENT.lines() {
        match text {
            "```sh" => in_block = true,
            "```" => in_block = false,
            _ if in_block => lines.push((heading, Line::parse(text))),
            _ => heading = text.strip_prefix("## ").unwrap_or(heading),
        }
    }
    lines
}

/// Starts what a line says, on a free port; `None` for the demo, which all lines share.
async fn start_as_written(line: &Line) -> Option<Relay> {
    let words: Vec<&str> = line.words.iter().map(String::as_str).collect();
    match words[..] {
        ["cargo", "xtask", "demo"] => None,
        ["onenet-relay", "--simulate-api", _, ref flags @ ..] => Some(start_all(flags).await),
        _ => panic!("{words:?}"),
    }
}

/// Runs a line, with what earlier answers said filled in.
async fn run(relay: &Relay, line: &Line, known: &BTreeMap<&str, String>) -> Value {
    let (method, url, headers, body) = line.call();
    let mut url = url.to_owned();
    for (name, text) in known {
        url = url.replace(name, text);
    }
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut head = format!("{method} /{path} HTTP/1.1\r\nhost: {host}");
    for header in headers {
        head.push_str(&format!("\r\n{header}"));
    }
    let (head, answer) = http(relay.simulator_api().unwrap(), &head, body).await;
    assert!(head.starts_with("HTTP/1.1 200 "), "{url}: {head}");
    serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{url}: {error}: {answer}"))
}

#[tokio::test]
async fn every_line_of_the_document_works() {
    let demo = start_all(&[]).await;
    let (mut section, mut own, mut known, mut calls) = ("", None, BTreeMap::new(), 0);
    for (heading, line) in lines() {
        if heading != section {
            (section, own) = (heading, None);
        }
        if line.words[0] != "curl" {
            own = start_as_written(&line).await;
            continue;
        }
        let answer = run(own.as_ref().unwrap_or(&demo), &line, &known).await;
        assert!(line.expected.is_met(&answer), "{:?}: {answer}", line.words);
        for (name, member) in [("CMD_UUID", "cmd_uuid"), ("CURSOR", "cursor")] {
            if let Some(text) = answer["data"][member].as_str() {
                known.insert(name, text.to_owned());
            }
        }
        calls += 1;
    }
    assert!(calls > 30, "{calls}");
}

#[test]
fn every_call_has_a_line() {
    let calls: Vec<&str> =
        DOCUMENT.lines().filter_map(|line| line.strip_prefix("## `")?.strip_suffix('`')).collect();
    assert_eq!(calls.len(), 27);
    for call in calls {
        let shows_it = |(heading, line): &(&str, Line)| {
            let (method, url, ..) = line.call();
            let path = url.splitn(4, '/').nth(3).unwrap_or_default();
            let path = path.split('?').next().unwrap_or_default();
            *heading == format!("`{call}`") && matches(call, &format!("{method} /{path}"))
        };
        assert!(lines().iter().any(|line| line.1.words[0] == "curl" && shows_it(line)), "{call}");
    }
}

/// Whether `request` is of the form `call`, where `{…}` stands for any one name.
fn matches(call: &str, request: &str) -> bool {
    let (call, request): (Vec<&str>, Vec<&str>) = (call.split('/').collect(), request.split('/').collect());
    let same = |(form, name): (&&str, &&str)| form == name || form.starts_with('{');
    call.len() == request.len() && call.iter().zip(&request).all(same)
}
