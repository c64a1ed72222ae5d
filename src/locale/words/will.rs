//! The last will.

/// The words of the last will.
#[expect(missing_docs, reason = "the names say where the words stand; the words say the rest")]
pub struct WillWords {
    pub title: &'static str,
    pub hint: &'static str,
    pub on: &'static str,
    pub topic: &'static str,
    pub text: &'static str,
    pub qos: &'static str,
    pub retain: &'static str,
}
