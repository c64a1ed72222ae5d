//! The panel that sends values.

use onenet::Timestamp;
use onenet::legacy::{PayloadType, READABLE_TYPES};
use session::Qos;
use yew::{AttrValue, Callback, Html, Properties, SubmitEvent, component, html, use_state_eq};

use super::{Content, Fate, Item, Outbox, Upload, UploadField, UploadForm};
use crate::locale::Language;
use crate::widgets::{Bytes, Choice, Field};

/// What the panel shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub struct UploadPanelProps {
    /// The language of its words.
    pub language: Language,
    /// What is typed.
    pub form: UploadForm,
    /// What was uploaded.
    pub outbox: Outbox,
    /// Whether an upload can be sent now.
    pub online: bool,
    /// Tells the time, for uploads without one.
    pub now: Callback<(), Timestamp>,
    /// Called with every edit.
    pub on_edit: Callback<UploadForm>,
    /// Called with a complete upload; half-filled forms never leave the panel.
    pub on_upload: Callback<Upload>,
}

/// The upload form, its bytes, and what became of every upload.
#[component]
pub fn UploadPanel(props: &UploadPanelProps) -> Html {
    let asked = use_state_eq(|| false);
    let UploadPanelProps { language, form, outbox, online, .. } = props;
    let words = language.words();
    let parsed = form.parse(props.now.emit(()));
    let error = |field: UploadField| -> Option<AttrValue> {
        let problems = parsed.as_ref().err()?;
        let (_, problem) = problems.iter().find(|(at, _)| *at == field)?;
        // Broken JSON is worth pointing at while it is typed, an empty field only once it was sent.
        let at_once = field == UploadField::Body;
        (*asked || at_once).then(|| (words.upload_problem)(*problem).into())
    };
    let edit = |set: fn(&mut UploadForm, String)| {
        let form = form.clone();
        props.on_edit.reform(move |text| {
            let mut form = form.clone();
            set(&mut form, text);
            form
        })
    };
    let onsubmit = {
        let (asked, form) = (asked.clone(), form.clone());
        let (now, on_upload) = (props.now.clone(), props.on_upload.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            // Read again: "now" is the moment of sending.
            let parsed = form.parse(now.emit(()));
            asked.set(parsed.is_err());
            if let Ok(upload) = parsed {
                on_upload.emit(upload);
            }
        })
    };
    html! {
        <section class="zone upload" aria-labelledby="upload-title">
            <h2 id="upload-title">{ words.upload_title }</h2>
            <form id="upload-form" {onsubmit} novalidate=true>
                <Choice
                    id="content" label={words.content} value={form.content.key()}
                    options={CONTENTS.map(|content| (content.key().into(), (words.content_name)(content).into())).to_vec()}
                    on_choose={edit(|form, key| form.content = Content::from_key(&key))}
                />
                { fields(*language, form, &error, &edit) }
                <div class="row">
                    if form.content != Content::Message {
                        <Choice
                            id="payload-type" label={words.payload_type} value={form.payload_type.number().to_string()}
                            options={payload_types(*language)}
                            on_choose={edit(|form, number| form.payload_type = payload_type(&number))}
                        />
                    }
                    <Choice
                        id="qos" label="QoS" value={form.qos.bits().to_string()}
                        options={[Qos::AtMostOnce, Qos::AtLeastOnce].map(|qos| (qos.bits().to_string().into(), (words.qos_name)(qos).into())).to_vec()}
                        on_choose={edit(|form, bits| form.qos = if bits == "0" { Qos::AtMostOnce } else { Qos::AtLeastOnce })}
                    />
                </div>
                if let Ok(upload) = &parsed {
                    <Preview language={*language} upload={upload.clone()} framed={form.content != Content::Message} />
                }
                <div class="actions">
                    <button id="upload" class="primary" disabled={!online}>{ words.upload }</button>
                    if !online {
                        <p class="hint">{ words.connect_to_upload }</p>
                    }
                </div>
            </form>
            <OutboxList language={*language} outbox={outbox.clone()} {online} on_upload={props.on_upload.clone()} />
        </section>
    }
}

const CONTENTS: [Content; 3] = [Content::Point, Content::Body, Content::Message];

fn fields(
    language: Language,
    form: &UploadForm,
    error: &impl Fn(UploadField) -> Option<AttrValue>,
    edit: &impl Fn(fn(&mut UploadForm, String)) -> Callback<String>,
) -> Html {
    let words = language.words();
    match form.content {
        Content::Point => html! {
            <>
                <div class="row">
                    <Field
                        id="stream" label={words.stream} value={form.stream.clone()}
                        on_input={edit(|form, text| form.stream = text)} error={error(UploadField::Stream)}
                    />
                    <Field
                        id="value" label={words.value} value={form.value.clone()}
                        on_input={edit(|form, text| form.value = text)} error={error(UploadField::Value)}
                    />
                </div>
                if form.payload_type == PayloadType::FullJson {
                    <Field
                        id="at" label={words.at} value={form.at.clone()} example="2016-08-15T14:47:00"
                        on_input={edit(|form, text| form.at = text)} error={error(UploadField::At)}
                        hint={words.at_hint}
                    />
                }
            </>
        },
        Content::Body => html! {
            <Field
                id="raw-body" label={words.body} value={form.body.clone()} lines=5
                on_input={edit(|form, text| form.body = text)} error={error(UploadField::Body)}
            />
        },
        Content::Message => html! {
            <>
                <Field
                    id="topic" label={words.topic} value={form.topic.clone()} example="room/temperature"
                    on_input={edit(|form, text| form.topic = text)} error={error(UploadField::Topic)}
                    hint={words.topic_hint}
                />
                <Field
                    id="text" label={words.text} value={form.text.clone()} lines=3
                    on_input={edit(|form, text| form.text = text)}
                />
            </>
        },
    }
}

fn payload_types(language: Language) -> Vec<(AttrValue, AttrValue)> {
    let words = language.words();
    READABLE_TYPES
        .map(|payload_type| {
            let number = payload_type.number();
            (
                number.to_string().into(),
                format!("{number} · {}", (words.payload_type_name)(payload_type)).into(),
            )
        })
        .to_vec()
}

fn payload_type(number: &str) -> PayloadType {
    let named = READABLE_TYPES.into_iter().find(|payload_type| payload_type.number().to_string() == number);
    named.unwrap_or(PayloadType::FullJson)
}

/// What the preview shows.
#[derive(Debug, PartialEq, Properties)]
struct PreviewProps {
    language: Language,
    upload: Upload,
    /// Whether the payload begins with a type byte and a length.
    framed: bool,
}

/// The payload's bytes as they would be sent.
#[component]
fn Preview(props: &PreviewProps) -> Html {
    let PreviewProps { language, upload, framed } = props;
    let words = language.words();
    html! {
        <details class="preview">
            <summary>{ (words.preview)(&upload.topic, upload.payload.len()) }</summary>
            <Bytes bytes={upload.payload.clone()} framed={*framed} />
            if *framed {
                <p class="hint">{ words.preview_hint }</p>
            }
        </details>
    }
}

/// What the list shows and gives.
#[derive(Debug, PartialEq, Properties)]
struct OutboxListProps {
    language: Language,
    outbox: Outbox,
    online: bool,
    on_upload: Callback<Upload>,
}

/// What became of every upload, newest first.
#[component]
fn OutboxList(props: &OutboxListProps) -> Html {
    let OutboxListProps { language, outbox, online, on_upload } = props;
    let words = language.words();
    html! {
        <div class="outbox">
            <h3>{ (words.outbox_title)(outbox.count(), outbox.evicted()) }</h3>
            if outbox.count() == 0 {
                <p class="empty">{ words.outbox_empty }</p>
            }
            <ol id="outbox" reversed=true aria-live="polite">
                for item in outbox.newest_first() {
                    <li key={item.number} data-state={item.fate.key()}>
                        <span class="summary" title={item.upload.summary.clone()}>{ &item.upload.summary }</span>
                        <code>{ &item.upload.topic }</code>
                        if let Some(id) = item.packet_id {
                            <span class="packet-id">{ (words.packet_id)(id) }</span>
                        }
                        <span class="fate">{ (words.fate)(item.fate) }</span>
                        if item.may_be_sent_again() {
                            <button
                                type="button" class="quiet" disabled={!online}
                                onclick={{ let upload = item.upload.clone(); on_upload.reform(move |_| upload.clone()) }}
                            >
                                { words.send_again }
                            </button>
                        }
                    </li>
                }
            </ol>
        </div>
    }
}

impl Item {
    fn may_be_sent_again(&self) -> bool {
        matches!(self.fate, Fate::Unknown | Fate::Refused(_))
    }
}
