//! The inspector: every frame, and what every byte of it means.

use dissect::Fault;

use crate::inspector::Part;

/// The words of inspector.
#[expect(missing_docs, reason = "the names say where the words stand; the words say the rest")]
pub struct InspectorWords {
    // One frame: its fields
    pub fields: &'static str,
    pub more_fields: fn(usize) -> String,

    // One frame: its bytes
    pub hex: &'static str,
    pub hex_hint: &'static str,
    /// The name of a part of the frame.
    pub part: fn(Part) -> &'static str,
    /// What a screen reader says of a byte: its offset, its hex or [`InspectorWords::hidden`], its field.
    pub byte_label: fn(usize, &str, &str) -> String,
    pub wrong_byte: &'static str,
    pub marked_byte: &'static str,

    // One frame: what the field means
    pub explanation: &'static str,
    pub explanation_hint: &'static str,
    pub release: &'static str,
    pub value: &'static str,
    pub bytes: &'static str,
    pub offset: fn(usize) -> String,
    pub place: &'static str,
    /// Offset and length of a field.
    pub offset_and_length: fn(usize, usize) -> String,
    pub this_byte: &'static str,
    pub bits: &'static str,
    pub clause: &'static str,
    /// What clauses call *reference*: the documents of OneNET, brought together under numbers.
    pub reference: &'static str,

    // What bytes say
    pub empty: &'static str,
    pub hidden: &'static str,
    pub flag: fn(bool) -> &'static str,
    pub byte_count: fn(u64) -> String,
    pub seconds: fn(u64) -> String,
    /// A moment, as the number that stands there and as a clock in Beijing shows it.
    pub moment: fn(u64, &str) -> String,
    pub connack_code: fn(u8) -> String,
    pub suback_code: fn(u8) -> String,
    pub qos: fn(u8) -> String,
    /// A payload type of `$dp`, by its number.
    pub payload_type: fn(u64) -> Option<&'static str>,

    // A frame in one line
    pub login: fn(&str, u16) -> String,
    pub session_present: &'static str,
    pub more_filters: fn(usize) -> String,
    pub no_frame: &'static str,
    pub incomplete: fn(Option<usize>) -> String,
    pub surplus: fn(usize) -> String,
    pub unreadable: &'static str,

    // What is wrong with it
    pub wrong: &'static str,
    pub show_wrong: &'static str,
    pub hides: &'static str,
    /// What was found, what was expected and where; then what to do.
    pub fault: fn(&Fault) -> String,
}
