//! What platforms with tokens say to an upload, beyond having received it (reference §2.4, §3.3). It comes as a message
//! of its own: the acknowledgement of MQTT tells nothing of it.

use onenet::sys::{Address, Direction};
use onenet::{studio, suite};
use session::Message;

use crate::feed::Said;

/// What the platform said to an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it took it.
    pub accepted: bool,
    /// Its code, where there is one: the suite has none for what it takes.
    pub code: Option<PlatformCode>,
    /// What it says besides the text that belongs to the code; mostly nothing. Cut where it is long.
    pub text: String,
}

/// A code, by the platform that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlatformCode {
    /// Of the suite.
    Suite(suite::Code),
    /// Of a thing model.
    Studio(studio::Code),
}

/// A verdict, and on which upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The topic of the upload.
    pub topic: String,
    /// The id in it; `None` where such messages have none, or where the platform could read none.
    pub id: Option<String>,
    /// What is said to it.
    pub verdict: Verdict,
}

/// Characters of the platform's words that are kept.
const TEXT: usize = 200;

impl Answer {
    /// Reads a message from the platform; `None` where it is no verdict on anything.
    pub fn of(message: &Message) -> Option<Self> {
        let topic = ["/accepted", "/rejected", "/reply"]
            .into_iter()
            .find_map(|level| message.topic.strip_suffix(level))
            .filter(|topic| goes_up(topic))?;
        let (id, verdict) = match Said::of(&message.topic, &message.payload)? {
            Said::Suite(_, Ok(suite::Message::Accepted(accepted))) => {
                (Some(accepted.id().to_string()), Verdict::new(true, None, None))
            }
            Said::Suite(_, Ok(suite::Message::Rejected(rejected))) => {
                let code = PlatformCode::Suite(rejected.code());
                let id = rejected.id().map(|id| id.to_string());
                (id, Verdict::new(false, Some(code), Some(rejected.text())))
            }
            // The topic says it.
            Said::Suite(..) => (None, Verdict::new(message.topic.ends_with("/accepted"), None, None)),
            Said::Studio(_, Ok(studio::Message::Reply(reply))) => {
                let code = PlatformCode::Studio(reply.code);
                let verdict = Verdict::new(reply.code.is_success(), Some(code), reply.msg.as_deref());
                (Some(reply.id.to_string()), verdict)
            }
            Said::Studio(..) => return None,
        };
        Some(Self { topic: topic.to_owned(), id, verdict })
    }
}

impl Verdict {
    fn new(accepted: bool, code: Option<PlatformCode>, text: Option<&str>) -> Self {
        let own = text.filter(|text| Some(*text) != code.and_then(PlatformCode::text));
        let text = own.map(|own| own.chars().take(TEXT).collect()).unwrap_or_default();
        Self { accepted, code, text }
    }

    /// A word that style sheets and tests know it by.
    pub fn key(&self) -> &'static str {
        if self.accepted { "accepted" } else { "rejected" }
    }
}

impl PlatformCode {
    fn text(self) -> Option<&'static str> {
        match self {
            Self::Suite(code) => code.text(),
            Self::Studio(code) => code.text(),
        }
    }
}

/// Whether devices publish there what the platform answers.
fn goes_up(topic: &str) -> bool {
    Address::parse(topic).is_ok_and(|address| match studio::Topic::parse(address.rest()) {
        Ok(topic) => topic.reply().is_some() && topic.direction() == studio::Direction::Up,
        Err(_) => suite::Topic::of(&address).is_ok_and(|topic| topic.direction() == Direction::Up),
    })
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use session::Qos;

    use super::*;

    fn answer(rest: &str, payload: &'static str) -> Option<Answer> {
        let (topic, payload) = (format!("$sys/321016/lamp/{rest}"), Bytes::from(payload));
        Answer::of(&Message { topic, payload, qos: Qos::AtMostOnce, retain: false })
    }

    /// Which upload, whether it was taken, the number of the code, and what else is said.
    fn said(rest: &str, payload: &'static str) -> String {
        let Answer { topic, id, verdict } = answer(rest, payload).expect("a verdict");
        let code = verdict.code.map(|code| match code {
            PlatformCode::Suite(code) => code.number().into(),
            PlatformCode::Studio(code) => code.0,
        });
        let rest = topic.strip_prefix("$sys/321016/lamp/").expect("its own topic");
        format!("{rest} {id:?} {} {code:?} {:?}", verdict.key(), verdict.text)
    }

    #[test]
    fn says_what_the_platforms_say() {
        for (rest, payload, expected) in [
            ("dp/post/json/accepted", r#"{"id":7}"#, r#"dp/post/json Some("7") accepted None """#),
            (
                "dp/post/json/rejected",
                r#"{"id":7,"err_code":98,"err_msg":"illegal data"}"#,
                r#"dp/post/json Some("7") rejected Some(98) """#,
            ),
            (
                "dp/post/json/rejected",
                r#"{"id":-1,"err_code":98,"err_msg":"Illegal Data"}"#,
                r#"dp/post/json None rejected Some(98) "Illegal Data""#,
            ),
            (
                "cmd/response/4b97-72/rejected",
                r#"{"err_code":112,"err_msg":"cmd response timeout"}"#,
                r#"cmd/response/4b97-72 None rejected Some(112) """#,
            ),
            ("cmd/response/4b97-72/accepted", "", r#"cmd/response/4b97-72 None accepted None """#),
            ("image/get/accepted", "{}", r#"image/get None accepted None """#),
            (
                "thing/property/post/reply",
                r#"{"id":"123","code":200,"msg":"success"}"#,
                r#"thing/property/post Some("123") accepted Some(200) """#,
            ),
            (
                "thing/property/post/reply",
                r#"{"id":"123","code":309}"#,
                r#"thing/property/post Some("123") rejected Some(309) """#,
            ),
        ] {
            assert_eq!(said(rest, payload), expected);
        }
    }

    #[test]
    fn what_is_said_to_nothing_is_no_verdict() {
        for (rest, payload) in [
            ("cmd/request/4b97-72", "accepted"),
            ("image/update/delta", "{}"),
            ("thing/property/set", r#"{"id":"1","params":{"a":1}}"#),
            ("thing/property/post/reply", "no JSON"),
            ("thing/property/set/reply", r#"{"id":"1","code":200}"#),
            ("user/accepted", "{}"),
        ] {
            assert_eq!(answer(rest, payload), None, "{rest}");
        }
    }
}
