//! Any bytes to any topic.

use onenet::rules::Place;
use onenet::sys::Tree;
use yew::{AttrValue, Html, component, html};

use super::editor::EditorProps;
use crate::upload::{Content, ENCODINGS, Encoding, UploadField, UploadForm};
use crate::widgets::{Choice, Field};

/// A topic, a payload, and what the payload's text is.
#[component]
pub(super) fn MessageFields(props: &EditorProps) -> Html {
    let form = &props.form;
    let words = props.language.words();
    html! {
        <>
            <Field
                id="topic" label={words.topic} value={form.topic.clone()} example={example(form)}
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

/// A topic that the device may publish to.
fn example(form: &UploadForm) -> AttrValue {
    let rest = Content::all(form.sender.generation)[0].rest().filter(|_| form.sender.generation.has_tokens());
    match (form.sender.names(), rest) {
        (Ok(device), Some(rest)) => device.topic(Tree::Sys, rest).into(),
        (_, _) => "room/temperature".into(),
    }
}
