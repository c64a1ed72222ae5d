//! The payload's bytes before they are sent.

use yew::{Html, Properties, component, html};

use crate::locale::Language;
use crate::upload::Upload;
use crate::widgets::{Bytes, beginning};

/// Characters of the payload that are drawn as text.
const MAX_TEXT: usize = 2_000;

/// What the preview shows.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct PreviewProps {
    pub(super) language: Language,
    pub(super) upload: Upload,
    /// Whether it is a payload of `$dp`.
    pub(super) is_upload: bool,
}

/// The payload's bytes as they would be sent.
#[component]
pub(super) fn Preview(props: &PreviewProps) -> Html {
    let PreviewProps { language, upload, is_upload } = props;
    let words = language.words();
    html! {
        <details class="preview" open=true>
            <summary>{ (words.preview)(&upload.topic, upload.payload.len()) }</summary>
            // What a device of a platform with tokens sends is read as JSON, not as bytes.
            if let (true, Ok(text)) = (upload.topic.starts_with("$sys/"), std::str::from_utf8(&upload.payload)) {
                <pre class="text" tabindex="0">{ beginning(text, MAX_TEXT) }</pre>
            }
            <Bytes bytes={upload.payload.clone()} is_upload={*is_upload} />
            if *is_upload {
                <p class="hint">{ (words.preview_hint)(upload.payload.first().copied().unwrap_or_default()) }</p>
            }
        </details>
    }
}
