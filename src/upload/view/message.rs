//! Any bytes to any topic.

use onenet::rules::Place;
use yew::{Html, component, html};

use super::editor::EditorProps;
use crate::upload::{ENCODINGS, Encoding, UploadField};
use crate::widgets::{Choice, Field};

/// A topic, a payload, and what the payload's text is.
#[component]
pub(super) fn MessageFields(props: &EditorProps) -> Html {
    let form = &props.form;
    let words = props.language.words();
    html! {
        <>
            <Field
                id="topic" label={words.topic} value={form.topic.clone()} example="room/temperature"
                on_input={props.edit(|form, text| form.topic = text)} error={props.error(UploadField::Topic)}
                warning={props.warning(Place::Topic)}
                hint={if form.sender.generation.has_tokens() { words.uploading.topic_hint } else { words.topic_hint }}
            />
            <Choice
                id="encoding" label={words.encoding} value={form.encoding.key()}
                options={ENCODINGS.map(|encoding| (encoding.key().into(), (words.encoding_name)(encoding).into())).to_vec()}
                on_choose={props.edit(|form, key: String| form.encoding = Encoding::from_key(&key))}
            />
            <Field
                id="text" label={words.text} value={form.text.clone()} lines=3
                on_input={props.edit(|form, text| form.text = text)} error={props.error(UploadField::Text)}
                warning={props.warning(Place::Payload)}
            />
        </>
    }
}
