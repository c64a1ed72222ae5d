//! Everything that a language must have a word for.

mod arrival;
mod capture_file;
mod console;
mod doctor;
mod fault;
mod frames;
mod front;
mod inspector;
mod lanes;
mod login;
mod sending;
mod snippet;
mod uploading;
mod will;

use std::time::Duration;

use onenet::legacy::PayloadType;
use onenet::rules::Finding;
use session::TopicProblem;
use simulator::{CommandError, CommandState};

use crate::connect::ConnectProblem;
use crate::feed::{SubscriptionState, Unreadable};
use crate::platform::Happening;
use crate::upload::{Encoding, Fate, UploadProblem};

pub use self::arrival::ArrivalWords;
pub use self::capture_file::CaptureFileWords;
pub use self::console::ConsoleWords;
pub use self::doctor::DoctorWords;
pub use self::fault::FaultWords;
pub use self::frames::{FrameCounts, FramesWords};
pub use self::front::FrontWords;
pub use self::inspector::InspectorWords;
pub use self::lanes::LanesWords;
pub(super) use self::lanes::tenths;
pub use self::login::LoginWords;
pub use self::sending::SendingWords;
pub use self::snippet::{CodeWords, SnippetWords};
pub use self::uploading::UploadingWords;
pub use self::will::WillWords;

/// The words of one language, in the order of the page.
#[expect(missing_docs, reason = "the names say where the words stand; the words say the rest")]
pub struct Words {
    /// Those of the page as it opens.
    pub front: &'static FrontWords,

    // Connect
    pub doctor: DoctorWords,
    pub finding: fn(&Finding) -> String,
    pub connect_problem: fn(ConnectProblem) -> String,

    // Upload
    pub content: &'static str,
    pub stream: &'static str,
    pub value: &'static str,
    pub at: &'static str,
    pub at_hint: &'static str,
    pub at_hint_text: &'static str,
    pub value_not_json: &'static str,
    pub text_hint: &'static str,
    pub inside: &'static str,
    pub between: &'static str,
    pub short_time: &'static str,
    pub short_time_hint: &'static str,
    pub add_row: &'static str,
    pub remove_row: fn(usize) -> String,
    pub run_number: &'static str,
    pub floats: &'static str,
    pub floats_hint: &'static str,
    pub file: &'static str,
    pub file_hint: &'static str,
    pub file_picked: fn(&str, usize) -> String,
    pub file_too_big: fn(u64) -> String,
    pub file_unreadable: &'static str,
    pub description: &'static str,
    pub payload_type: &'static str,
    pub payload_type_name: fn(PayloadType) -> &'static str,
    pub body: &'static str,
    pub topic: &'static str,
    pub topic_hint: &'static str,
    pub encoding: &'static str,
    pub encoding_name: fn(Encoding) -> &'static str,
    pub text: &'static str,
    pub upload_problem: fn(&UploadProblem) -> String,
    pub preview: fn(&str, usize) -> String,
    pub preview_hint: fn(u8) -> String,
    pub upload: &'static str,
    pub upload_anyway: &'static str,
    pub connect_to_upload: &'static str,
    pub outbox_title: fn(u64, u64) -> String,
    pub outbox_empty: &'static str,
    pub packet_id: fn(u16) -> String,
    pub fate: fn(Fate) -> String,
    pub send_again: &'static str,
    pub sending: SendingWords,
    pub uploading: UploadingWords,

    // Feed
    pub counts: fn(u64, u64, u64) -> String,
    pub clear: &'static str,
    pub feed_empty: &'static str,
    pub feed_empty_elsewhere: &'static str,
    pub latest: &'static str,
    pub command: &'static str,
    pub retained: &'static str,
    pub more_points: fn(usize) -> String,
    pub empty_payload: &'static str,
    pub unreadable: fn(Unreadable) -> String,
    pub answer_label: fn(&str) -> String,
    pub answer_example: &'static str,
    pub answer: &'static str,
    pub answered: fn(&str) -> String,
    pub auto_replies: fn(usize) -> String,
    pub auto_reply_hint: &'static str,
    pub replies_stopped: &'static str,
    pub auto_reply_on: &'static str,
    pub reply_filter: &'static str,
    pub reply_topic: &'static str,
    pub reply_text: &'static str,
    pub add: &'static str,
    pub remove: &'static str,
    pub subscriptions: fn(usize) -> String,
    pub subscribe_label: &'static str,
    pub subscribe_hint: &'static str,
    pub subscribe: &'static str,
    pub subscribe_anyway: &'static str,
    pub unsubscribe: &'static str,
    pub unsubscribe_from: fn(&str) -> String,
    pub subscription: fn(SubscriptionState) -> &'static str,
    pub topic_problem: fn(TopicProblem) -> String,
    pub arrival: ArrivalWords,

    // Platform
    pub platform_hint: &'static str,
    pub command_label: &'static str,
    pub send_command: &'static str,
    pub no_device: &'static str,
    pub command_refused: fn(&CommandError) -> String,
    pub command_state: fn(CommandState) -> &'static str,
    pub stored: &'static str,
    pub stored_at: &'static str,
    pub nothing_stored: &'static str,
    pub device: fn(&str, bool) -> String,
    pub stream_count: fn(&str, u64) -> String,
    pub readings: &'static str,
    pub readings_hint: &'static str,
    pub platform_log: &'static str,
    pub happening: fn(&Happening) -> String,
    pub fault: FaultWords,
    pub console: ConsoleWords,

    pub inspector: InspectorWords,

    pub capture_file: CaptureFileWords,

    pub snippet: SnippetWords,
    pub frames: FramesWords,
    pub lanes: LanesWords,
}

/// A duration as people read it: `0.4 ms`, `42 ms`, `1.20 s`. Its units are the same in every language.
pub(super) fn span(duration: Duration) -> String {
    // In whole numbers: printing fractions would add kilobytes to the page.
    match duration.as_micros() {
        micros @ ..10_000 => format!("{}.{} ms", micros / 1_000, micros / 100 % 10),
        micros @ 10_000..1_000_000 => format!("{} ms", micros / 1_000),
        micros => format!("{}.{:02} s", micros / 1_000_000, micros / 10_000 % 100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_durations_as_people_read_them() {
        let written = [400, 9_940, 42_000, 1_200_000].map(|micros| span(Duration::from_micros(micros)));
        assert_eq!(written, ["0.4 ms", "9.9 ms", "42 ms", "1.20 s"]);
    }
}
