//! The inspector: every frame, and what every byte of it means.

/// The words of inspector.
#[expect(missing_docs, reason = "the names say where the words stand; the words say the rest")]
pub struct InspectorWords {
    pub title: &'static str,
}
