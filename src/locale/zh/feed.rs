//! 收到的内容。

use session::Granted;

use super::payload::decode_error;
use crate::feed::{SubscriptionState, Unreadable};

pub(super) fn unreadable(unreadable: Unreadable) -> String {
    match unreadable {
        Unreadable::Payload(error) => format!("看起来是 $dp 载荷，但无法解读：{}", decode_error(error)),
        Unreadable::NotText { offset } => format!("不是文本：从偏移 {offset} 起不是 UTF-8。"),
    }
}

pub(super) fn subscription(state: SubscriptionState) -> &'static str {
    match state {
        SubscriptionState::Wanted => "登录后订阅",
        SubscriptionState::Asked => "等待 SUBACK…",
        SubscriptionState::Answered(Granted::AtMostOnce) => "已订阅，QoS 0",
        SubscriptionState::Answered(Granted::AtLeastOnce) => "已订阅，QoS 1",
        SubscriptionState::Answered(Granted::ExactlyOnce) => "已订阅，QoS 2",
        SubscriptionState::Answered(Granted::Refused) => "平台拒绝了（0x80）",
    }
}
