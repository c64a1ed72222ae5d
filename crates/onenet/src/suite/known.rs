//! Every topic of the suite as a pattern, for saying where something leaves them all.

use crate::sys::{TopicError, TopicPart};

/// Where a rest leaves the topics that there are.
pub(super) fn unknown(rest: &str) -> TopicError {
    let levels: Vec<&str> = rest.split('/').collect();
    let shared = |known: &&str| {
        let same =
            known.split('/').zip(&levels).take_while(|(known, level)| known == *level || *known == "+");
        same.count()
    };
    let deepest = KNOWN.iter().map(shared).max().unwrap_or(0);
    if deepest == levels.len() {
        let next = KNOWN
            .iter()
            .find(|known| shared(known) == deepest)
            .and_then(|known| known.split('/').nth(deepest));
        let missing = if next == Some("+") { TopicPart::CommandId } else { TopicPart::Rest };
        return TopicError::Incomplete { missing, offset: rest.len() };
    }
    TopicError::Unknown { offset: levels[..deepest].iter().map(|level| level.len() + 1).sum() }
}

/// Every topic behind the names, `+` for an id.
pub(super) const KNOWN: [&str; 36] = [
    "dp/post/json",
    "dp/post/json/accepted",
    "dp/post/json/rejected",
    "cmd/request/+",
    "cmd/response/+",
    "cmd/response/+/accepted",
    "cmd/response/+/rejected",
    "image/update",
    "image/update/accepted",
    "image/update/rejected",
    "image/update/delta",
    "image/delta",
    "image/get",
    "image/get/accepted",
    "image/get/rejected",
    "login",
    "login/accepted",
    "login/rejected",
    "logout",
    "logout/accepted",
    "logout/rejected",
    "logout/notify",
    "thing/json/up",
    "thing/json/up/accepted",
    "thing/json/up/rejected",
    "thing/json/down/+",
    "thing/json/down_reply/+",
    "thing/json/down_reply/+/accepted",
    "thing/json/down_reply/+/rejected",
    "thing/tlv/up",
    "thing/tlv/up/accepted",
    "thing/tlv/up/rejected",
    "thing/tlv/down/+",
    "thing/tlv/down_reply/+",
    "thing/tlv/down_reply/+/accepted",
    "thing/tlv/down_reply/+/rejected",
];
