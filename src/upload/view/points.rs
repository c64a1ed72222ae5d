//! Data points in rows, for types 1, 3, 4, 5 and 6.

use onenet::legacy::PayloadType;
use onenet::{Generation, Value};
use yew::{AttrValue, Callback, Html, component, html};

use super::editor::{EditorProps, id, time_field};
use crate::browser;
use crate::upload::{Row, UploadField};
use crate::widgets::Field;

/// A row for each data point, and what the delimited types need besides.
#[component]
pub(super) fn PointFields(props: &EditorProps) -> Html {
    let form = &props.form;
    let words = props.language.words();
    let is_legacy = form.sender.generation == Generation::Legacy;
    let is_text = is_legacy && matches!(form.payload_type, PayloadType::Text | PayloadType::TimedText);
    html! {
        <>
            for (index, row) in form.rows.iter().enumerate() {
                { row_fields(props, index, row) }
            }
            if is_text {
                <p class="hint">{ words.text_hint }</p>
            }
            <button
                type="button" class="quiet" id="add-row"
                onclick={props.edit(|form, _| form.rows.push(Row::default()))}
            >
                { words.add_row }
            </button>
            if is_text {
                <div class="row">
                    <Field
                        id="inside" label={words.inside} value={form.inside.clone()}
                        on_input={props.edit(|form, text| form.inside = text)}
                        error={props.error(UploadField::Inside)}
                    />
                    <Field
                        id="between" label={words.between} value={form.between.clone()}
                        on_input={props.edit(|form, text| form.between = text)}
                        error={props.error(UploadField::Between)}
                    />
                </div>
            }
            if is_legacy && form.payload_type == PayloadType::TimedText {
                { time_field(props) }
            }
        </>
    }
}

fn row_fields(props: &EditorProps, index: usize, row: &Row) -> Html {
    let words = props.language.words();
    let generation = props.form.sender.generation;
    let hint = match props.form.payload_type {
        _ if generation.has_tokens() => Some((words.uploading.at_hint)(generation)),
        PayloadType::FullJson | PayloadType::TimedSimpleJson => Some(words.at_hint),
        PayloadType::Text | PayloadType::TimedText => Some(words.at_hint_text),
        PayloadType::SimpleJson | PayloadType::Binary | PayloadType::Floats => None,
    };
    html! {
        <fieldset class="data-point" key={index}>
            <div class="row">
                <Field
                    id={id("stream", index)} label={if generation == Generation::Studio { words.uploading.identifier } else { words.stream }}
                    value={row.stream.clone()}
                    on_input={edit_row(props, index, |row, text| row.stream = text)}
                    error={props.error(UploadField::Stream(index))}
                    warning={props.objection(UploadField::Stream(index))}
                    invalid={props.objection(UploadField::Stream(index)).is_some()}
                />
                <Field
                    id={id("value", index)} label={words.value} value={row.value.clone()}
                    on_input={edit_row(props, index, |row, text| row.value = text)}
                    error={props.error(UploadField::Value(index))}
                    warning={value_warning(props, index, row)}
                    invalid={props.objection(UploadField::Value(index)).is_some()}
                />
            </div>
            if let Some(hint) = hint {
                <Field
                    id={id("at", index)} label={words.at} value={row.at.clone()} example="2016-08-15T14:47:00"
                    on_input={edit_row(props, index, |row, text| row.at = text)}
                    error={props.error(UploadField::At(index))} warning={props.objection(UploadField::At(index))}
                    invalid={props.objection(UploadField::At(index)).is_some()} hint={AttrValue::from(hint)}
                />
            }
            if props.form.rows.len() > 1 {
                <button
                    type="button" class="quiet" aria-label={(words.remove_row)(index + 1)}
                    onclick={props.edit(move |form, _| {
                        browser::focus("add-row");
                        if index < form.rows.len() {
                            form.rows.remove(index);
                        }
                    })}
                >
                    { words.remove }
                </button>
            }
        </fieldset>
    }
}

/// Changes a row, if it is still there.
fn edit_row(props: &EditorProps, index: usize, set: fn(&mut Row, String)) -> Callback<String> {
    props.edit(move |form, text| {
        if let Some(row) = form.rows.get_mut(index) {
            set(row, text);
        }
    })
}

/// What is to be said of a value that can be sent.
fn value_warning(props: &EditorProps, index: usize, row: &Row) -> Option<AttrValue> {
    let not_json = || looks_like_json(props, row).then_some(props.language.words().value_not_json.into());
    props.objection(UploadField::Value(index)).or_else(not_json)
}

/// Whether a value begins as JSON and is none: it becomes a text, which may not be what was meant.
fn looks_like_json(props: &EditorProps, row: &Row) -> bool {
    let is_text = props.form.sender.generation == Generation::Legacy
        && matches!(props.form.payload_type, PayloadType::Text | PayloadType::TimedText);
    let begins = row.value.trim_start().starts_with(['{', '[', '"']);
    !is_text && begins && Value::parse(&row.value).is_err()
}
