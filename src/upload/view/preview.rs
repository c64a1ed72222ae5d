//! The payload's bytes before they are sent.

use yew::{Html, Properties, component, html};

use crate::locale::Language;
use crate::upload::Upload;
use crate::widgets::Bytes;

/// What the preview shows.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct PreviewProps {
    pub(super) language: Language,
    pub(super) upload: Upload,
    /// Whether the payload begins with a type byte and a length.
    pub(super) framed: bool,
}

/// The payload's bytes as they would be sent.
#[component]
pub(super) fn Preview(props: &PreviewProps) -> Html {
    let PreviewProps { language, upload, framed } = props;
    let words = language.words();
    html! {
        <details class="preview" open=true>
            <summary>{ (words.preview)(&upload.topic, upload.payload.len()) }</summary>
            <Bytes bytes={upload.payload.clone()} framed={*framed} />
            if *framed {
                <p class="hint">{ words.preview_hint }</p>
            }
        </details>
    }
}
