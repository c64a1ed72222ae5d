//! The same message as code.

/// The words of the same message as code.
#[expect(missing_docs, reason = "the names say where the words stand; the words say the rest")]
pub struct SnippetWords {
    pub title: &'static str,
}
