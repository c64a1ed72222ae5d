//! The panel as a whole.

use std::cell::RefCell;
use std::rc::Rc;

use onenet::legacy::{PayloadType, READABLE_TYPES};
use onenet::rules::{Place, Readings};
use onenet::{Generation, Timestamp};
use session::Qos;
use yew::{
    AttrValue, Callback, Html, Properties, SubmitEvent, component, hook, html, use_mut_ref, use_state_eq,
};

use super::binary::BinaryFields;
use super::editor::{Edit, EditorProps};
use super::floats::FloatFields;
use super::keeping::KeepingPart;
use super::message::MessageFields;
use super::outbox_list::OutboxList;
use super::points::PointFields;
use super::preview::Preview;
use super::told::ToldFields;
use crate::browser;
use crate::locale::Language;
use crate::upload::{Content, Keeping, Outbox, Picked, Upload, UploadField, UploadForm, UploadProblem};
use crate::widgets::{Choice, Field};

/// What the panel shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub struct UploadPanelProps {
    /// The language of its words.
    pub language: Language,
    /// What is typed.
    pub form: UploadForm,
    /// Whether who sends it is connected, though the login form names another device by now.
    pub outlasts_form: bool,
    /// Which rules hold where it is sent to; none where that is not OneNET.
    pub readings: Option<Readings>,
    /// What was uploaded.
    pub outbox: Outbox,
    /// What of it is kept on this computer.
    pub keeping: Keeping,
    /// Whether an upload can be sent now.
    pub online: bool,
    /// Whether one at QoS 1 or 2 waits for the login until it can.
    pub waits: bool,
    /// Whether the platform forgets the device when it leaves.
    pub clean_session: bool,
    /// Tells the time, for uploads without one.
    pub now: Callback<(), Timestamp>,
    /// Called with every edit.
    pub on_edit: Callback<UploadForm>,
    /// Called with a file that was picked, and with none while it is read or where it cannot be.
    pub on_pick: Callback<Option<Picked>>,
    /// Called with a complete upload; half-filled forms never leave the panel.
    pub on_upload: Callback<Upload>,
    /// Called with the packet identifier of an upload that shall not be sent.
    pub on_give_up: Callback<(Option<String>, u16)>,
    /// Called with whether unsent uploads shall be kept on this computer.
    pub on_keep: Callback<bool>,
    /// Called with the key of uploads that shall not be kept any longer.
    pub on_discard: Callback<String>,
}

/// The upload form, its bytes, and what became of every upload.
#[component]
pub fn UploadPanel(props: &UploadPanelProps) -> Html {
    let asked = use_state_eq(|| false);
    let UploadPanelProps { language, form, outbox, online, .. } = props;
    let newest = use_newest(form);
    let words = language.words();
    let can_send = *online || props.waits && form.qos != Qos::AtMostOnce;
    let parsed = form.parse(props.now.emit(()));
    let problems = parsed.as_ref().err().cloned().unwrap_or_default();
    let objections = match (&parsed, &props.readings) {
        (Ok(upload), Some(readings)) => form.objections(upload, readings),
        (Ok(_) | Err(_), _) => Vec::new(),
    };
    let generation = form.sender.generation;
    let contents = Content::all(generation).iter();
    let contents: Vec<(AttrValue, AttrValue)> = contents
        .map(|content| (content.key().into(), (words.uploading.content_name)(generation, *content).into()))
        .collect();
    let editor = EditorProps {
        objections: objections.clone(),
        language: *language,
        form: form.clone(),
        problems: problems.into_iter().filter(|problem| *asked || is_urgent(problem)).collect(),
        on_pick: {
            let (newest, on_pick) = (newest.clone(), props.on_pick.clone());
            Callback::from(move |file: Option<Picked>| {
                newest.borrow_mut().binary.file = file.clone();
                on_pick.emit(file);
            })
        },
        on_edit: {
            let (newest, on_edit) = (newest.clone(), props.on_edit.clone());
            Callback::from(move |edit: Edit| {
                let mut form = newest.borrow().clone();
                edit(&mut form);
                newest.replace(form.clone());
                on_edit.emit(form);
            })
        },
    };
    let onsubmit = {
        let asked = asked.clone();
        let (now, on_upload) = (props.now.clone(), props.on_upload.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            // Read again: "now" is the moment of sending, and what was typed last may not be drawn yet.
            let parsed = newest.borrow().parse(now.emit(()));
            asked.set(parsed.is_err());
            match parsed {
                Ok(upload) => on_upload.emit(upload),
                Err(_) => browser::focus_first_invalid("upload-form"),
            }
        })
    };
    html! {
        <section class="zone upload" aria-labelledby="upload-title">
            <h2 id="upload-title">{ words.front.upload_title }</h2>
            if props.outlasts_form {
                <p class="hint" id="outlasts-form" role="status">{ (words.uploading.outlasts_form)(&form.sender) }</p>
            }
            <form id="upload-form" {onsubmit} novalidate=true>
                <Choice
                    id="content" label={words.content} value={form.content().key()} options={contents}
                    on_choose={editor.edit(move |form, key: String| {
                        form.content = Content::from_key(generation, &key);
                    })}
                />
                <div class="row">
                    { payload_type(&editor) }
                    <Choice
                        id="qos" label="QoS" value={form.qos.bits().to_string()}
                        options={QOS.map(|qos| (qos.bits().to_string().into(), (words.front.qos_name)(qos).into())).to_vec()}
                        on_choose={editor.edit(|form, bits: String| {
                            let named = QOS.into_iter().find(|known| known.bits().to_string() == bits);
                            form.qos = named.unwrap_or(form.qos);
                        })}
                        hint={(words.sending.qos_hint)(form.qos, props.clean_session)}
                    />
                </div>
                if let Some(warning) = editor.warning(Place::Qos) {
                    <p class="warning" id="qos-warning" role="status">{ warning }</p>
                }
                { fields(&editor) }
                <div class="actions">
                    <button id="upload" class="primary" disabled={!can_send}>
                        { if objections.is_empty() { words.upload } else { words.upload_anyway } }
                    </button>
                    if !online && props.waits {
                        <p class="hint">{ words.sending.waits_for_login }</p>
                    } else if !online {
                        <p class="hint">{ words.connect_to_upload }</p>
                    }
                </div>
                if let Ok(upload) = &parsed {
                    <Preview language={*language} upload={upload.clone()} is_upload={upload.topic == "$dp"} />
                }
            </form>
            <OutboxList
                language={*language} outbox={outbox.clone()} {can_send}
                on_upload={props.on_upload.clone()} on_give_up={props.on_give_up.clone()}
            />
            <KeepingPart
                language={*language} keeping={props.keeping.clone()}
                on_keep={props.on_keep.clone()} on_discard={props.on_discard.clone()}
            />
        </section>
    }
}

/// The form with every edit, also those that came since the page was drawn: while much arrives, a person types and
/// sends faster than that. Edits of what is drawn would undo each other.
#[hook]
fn use_newest(form: &UploadForm) -> Rc<RefCell<UploadForm>> {
    let newest = use_mut_ref(|| form.clone());
    let drawn = use_mut_ref(|| form.clone());
    // Drawn again for another reason, it may still be the one before the edits.
    if *drawn.borrow() != *form {
        drawn.replace(form.clone());
        newest.replace(form.clone());
    }
    newest
}

/// Every quality of service that an upload may have.
const QOS: [Qos; 3] = [Qos::AtMostOnce, Qos::AtLeastOnce, Qos::ExactlyOnce];

/// Whether a problem is worth pointing at while it is typed; an empty field only once it was sent.
fn is_urgent((field, problem): &(UploadField, UploadProblem)) -> bool {
    *field == UploadField::Body
        || *problem != UploadProblem::Empty && !matches!(problem, UploadProblem::Topic(_))
}

fn payload_type(editor: &EditorProps) -> Html {
    let words = editor.language.words();
    let types: Vec<PayloadType> = match editor.form.content() {
        _ if editor.form.sender.generation.has_tokens() => return Html::default(),
        Content::Points => READABLE_TYPES.to_vec(),
        Content::Body => READABLE_TYPES.into_iter().filter(|payload_type| payload_type.has_body()).collect(),
        _ => return Html::default(),
    };
    let chosen = match editor.form.content() {
        Content::Body => editor.form.body_type(),
        _ => editor.form.payload_type,
    };
    let options: Vec<(AttrValue, AttrValue)> = types
        .iter()
        .map(|payload_type| {
            let number = payload_type.number();
            let name = format!("{number} · {}", (words.payload_type_name)(*payload_type));
            (number.to_string().into(), name.into())
        })
        .collect();
    html! {
        <Choice
            id="payload-type" label={words.payload_type} value={chosen.number().to_string()} {options}
            on_choose={editor.edit(|form, number: String| {
                let named = READABLE_TYPES.into_iter().find(|known| known.number().to_string() == number);
                form.payload_type = named.unwrap_or(form.payload_type);
            })}
        />
    }
}

fn fields(editor: &EditorProps) -> Html {
    let words = editor.language.words();
    match (editor.form.content(), editor.form.payload_type) {
        (Content::Message, _) => html! { <MessageFields ..editor.clone() /> },
        (_, _) if editor.form.sender.generation != Generation::Legacy => {
            html! { <ToldFields ..editor.clone() /> }
        }
        (Content::Points, PayloadType::Binary) => html! { <BinaryFields ..editor.clone() /> },
        (Content::Points, PayloadType::Floats) => html! { <FloatFields ..editor.clone() /> },
        (Content::Points, _) => html! { <PointFields ..editor.clone() /> },
        (_, _) => html! {
            <Field
                id="raw-body" label={words.body} value={editor.form.body.clone()} lines=5
                on_input={editor.edit(|form, text| form.body = text)} error={editor.error(UploadField::Body)}
            />
        },
    }
}
