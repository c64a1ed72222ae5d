//! Messages of platforms with tokens, by what they say.

use onenet::rules::Place;
use onenet::sys::Tree;
use yew::{Html, component, html};

use super::editor::EditorProps;
use super::model::{ModelImport, event_fields, property_fields};
use super::points::PointFields;
use crate::upload::{Content, ENCODINGS, Encoding, Objection, UploadField};
use crate::widgets::{Choice, Field};

/// Objections drawn: one mistake may be in a hundred values, and nobody reads it a hundred times.
const MAX_OBJECTIONS: usize = 6;

/// The fields of a message, its id and its topic, and what the platform will object to.
#[component]
pub(super) fn ToldFields(props: &EditorProps) -> Html {
    let words = props.language.words();
    let said = &words.uploading;
    let form = &props.form;
    let content = form.content();
    let has_id = !matches!(content, Content::CommandAnswer | Content::ImageUpdate | Content::ImageGet);
    // What stands beside a field of the thing model is not said twice.
    let is_beside = |objection: &&Objection| {
        form.studio.model.filled.is_some()
            && matches!(content, Content::Properties | Content::Event)
            && objection.is_about_type()
    };
    // And neither is the first about any other field.
    let mut told = Vec::new();
    let mut is_first_of_field = |objection: &&Objection| {
        form.field_of(objection).is_some_and(|field| {
            let is_first = !told.contains(&field);
            told.push(field);
            is_first
        })
    };
    let objections = props.objections.iter();
    let objections: Vec<&Objection> = objections
        .filter(|objection| !is_beside(objection) && objection.at() != Place::Qos)
        .filter(|objection| !is_first_of_field(objection))
        .take(MAX_OBJECTIONS)
        .collect();
    html! {
        <>
            if matches!(content, Content::Properties | Content::Event) {
                <ModelImport ..props.clone() />
            }
            { fields(props) }
            if has_id {
                <Field
                    id="message-id" label={said.id} value={form.id.clone()} keyboard="numeric"
                    on_input={props.edit(|form, text| form.id = text)} error={props.error(UploadField::Id)}
                    warning={props.objection(UploadField::Id)} invalid={props.objection(UploadField::Id).is_some()}
                    hint={said.id_hint}
                />
            }
            if let (Some(rest), Ok(device)) = (content.rest(), form.sender.names()) {
                <p class="hint" id="goes-to">{ said.goes_to }{ " " }<code>{ device.topic(Tree::Sys, rest) }</code></p>
            } else if let Some(error) = props.error(UploadField::Device) {
                <p class="error" role="alert">{ error }</p>
            }
            if !objections.is_empty() {
                <div class="objections" role="status">
                    <p>{ said.objections }</p>
                    <ul>
                        for objection in objections {
                            <li class="warning">{ (said.objection)(objection) }</li>
                        }
                    </ul>
                </div>
            }
        </>
    }
}

fn fields(props: &EditorProps) -> Html {
    let said = &props.language.words().uploading;
    let form = &props.form;
    match (form.content(), &form.studio.model.filled) {
        (Content::Properties, Some(filled)) => html! {
            <>{ property_fields(props, filled) }{ time_of_all(props) }</>
        },
        (Content::Event, Some(filled)) if !filled.model.events.is_empty() => html! {
            <>{ event_fields(props, filled) }{ time_of_all(props) }</>
        },
        (Content::Event, filled) => html! {
            <>
                if filled.is_some() {
                    <p class="hint">{ said.no_event }</p>
                }
                { plain_event(props) }
            </>
        },
        (Content::CommandAnswer, _) => command_answer(props),
        (Content::ImageUpdate, _) => image_update(props),
        (Content::ImageGet, _) => html! { <p class="hint">{ said.image_get_hint }</p> },
        (Content::DesiredGet | Content::DesiredDelete, _) => html! {
            <Field
                id="names" label={said.names} value={form.studio.names.clone()} example="temperature, power"
                on_input={props.edit(|form, text| form.studio.names = text)}
                error={props.error(UploadField::Names)}
                warning={props.objection(UploadField::Names)} invalid={props.objection(UploadField::Names).is_some()}
                hint={(said.names_hint)(form.content() == Content::DesiredDelete)}
            />
        },
        (Content::Pack | Content::History, _) => params(props),
        (Content::Points | Content::Properties | Content::Body | Content::Message, _) => {
            html! { <PointFields ..props.clone() /> }
        }
    }
}

fn time_of_all(props: &EditorProps) -> Html {
    let said = &props.language.words().uploading;
    html! {
        <Field
            id="time" label={said.time_of_all} value={props.form.studio.at.clone()} example="2018-04-23 09:58:42"
            on_input={props.edit(|form, text| form.studio.at = text)} error={props.error(UploadField::Time)}
            warning={props.objection(UploadField::Time)} invalid={props.objection(UploadField::Time).is_some()}
            hint={(said.at_hint)(props.form.sender.generation)}
        />
    }
}

fn plain_event(props: &EditorProps) -> Html {
    let said = &props.language.words().uploading;
    let form = &props.form.studio;
    html! {
        <>
            <Field
                id="event" label={said.identifier} value={form.event.clone()}
                on_input={props.edit(|form, text| form.studio.event = text)} error={props.error(UploadField::Event)}
                warning={props.objection(UploadField::Event)} invalid={props.objection(UploadField::Event).is_some()}
            />
            <Field
                id="event-value" label={said.event_value} value={form.event_value.clone()} lines=2
                on_input={props.edit(|form, text| form.studio.event_value = text)}
                error={props.error(UploadField::EventValue)} warning={props.objection(UploadField::EventValue)}
                invalid={props.objection(UploadField::EventValue).is_some()} hint={said.event_value_hint}
            />
            { time_of_all(props) }
        </>
    }
}

fn command_answer(props: &EditorProps) -> Html {
    let words = props.language.words();
    let form = &props.form;
    html! {
        <>
            <Field
                id="command-id" label={words.uploading.command_id} value={form.suite.command_id.clone()}
                on_input={props.edit(|form, text| form.suite.command_id = text)}
                error={props.error(UploadField::CommandId)} hint={words.uploading.command_id_hint}
            />
            <Choice
                id="encoding" label={words.encoding} value={form.encoding.key()}
                options={ENCODINGS.map(|encoding| (encoding.key().into(), (words.encoding_name)(encoding).into())).to_vec()}
                on_choose={props.edit(|form, key: String| form.encoding = Encoding::from_key(&key))}
            />
            <Field
                id="text" label={words.uploading.answer} value={form.text.clone()} lines=2
                on_input={props.edit(|form, text| form.text = text)} error={props.error(UploadField::Text)}
            />
        </>
    }
}

fn image_update(props: &EditorProps) -> Html {
    let said = &props.language.words().uploading;
    let form = &props.form.suite;
    html! {
        <>
            <Field
                id="reported" label={said.reported} value={form.reported.clone()} lines=2
                on_input={props.edit(|form, text| form.suite.reported = text)}
                error={props.error(UploadField::Reported)} hint={said.state_hint}
            />
            <Field
                id="desired" label={said.desired} value={form.desired.clone()} lines=2
                on_input={props.edit(|form, text| form.suite.desired = text)}
                error={props.error(UploadField::Desired)}
            />
        </>
    }
}

fn params(props: &EditorProps) -> Html {
    let said = &props.language.words().uploading;
    let is_history = props.form.content() == Content::History;
    let form = &props.form.studio;
    html! {
        <>
            <Field
                id="params" label={said.params} lines=8
                value={if is_history { form.history.clone() } else { form.pack.clone() }}
                on_input={props.edit(move |form, text| match is_history {
                    true => form.studio.history = text,
                    false => form.studio.pack = text,
                })}
                error={props.error(UploadField::Params)} warning={props.objection(UploadField::Params)}
                invalid={props.objection(UploadField::Params).is_some()} hint={(said.params_hint)(is_history)}
            />
            if form.model.filled.is_some() {
                <button
                    type="button" class="quiet" id="fill-params"
                    onclick={props.edit(move |form, _| {
                        let Some(filled) = &form.studio.model.filled else { return };
                        let batch = filled.batch(is_history);
                        match is_history {
                            true => form.studio.history = batch,
                            false => form.studio.pack = batch,
                        }
                    })}
                >
                    { said.fill_params }
                </button>
            }
        </>
    }
}
