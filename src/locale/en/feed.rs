//! What arrives.

use session::Granted;

use super::payload::decode_error;
use crate::feed::{SubscriptionState, Unreadable};

pub(super) fn unreadable(unreadable: Unreadable) -> String {
    match unreadable {
        Unreadable::Payload(error) => {
            format!("Looks like a $dp payload, but cannot be read: {}", decode_error(error))
        }
        Unreadable::NotText { offset } => format!("Not text: no UTF-8 from byte {offset} on."),
    }
}

pub(super) fn subscription(state: SubscriptionState) -> &'static str {
    match state {
        SubscriptionState::Wanted => "after the next login",
        SubscriptionState::Asked => "waiting for SUBACK …",
        SubscriptionState::Answered(Granted::AtMostOnce) => "subscribed, QoS 0",
        SubscriptionState::Answered(Granted::AtLeastOnce) => "subscribed, QoS 1",
        SubscriptionState::Answered(Granted::ExactlyOnce) => "subscribed, QoS 2",
        SubscriptionState::Answered(Granted::Refused) => "refused by the platform (0x80)",
    }
}
