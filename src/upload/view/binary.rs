//! A data point of bytes from a file, for type 2.

use yew::{Event, Html, component, html, use_state_eq};

use super::editor::EditorProps;
use crate::browser;
use crate::upload::{Picked, UploadField};
use crate::widgets::Field;

/// Bytes read at most: what the platform takes (reference §1.7), and one more to see that it is too much.
const MAX_READ: u64 = 3 * 1024 * 1024 + 1;

/// The file, and what is said of it.
#[component]
pub(super) fn BinaryFields(props: &EditorProps) -> Html {
    let too_big = use_state_eq(|| None::<u64>);
    let words = props.language.words();
    let form = &props.form.binary;
    let on_pick = {
        let (too_big, picked) =
            (too_big.clone(), props.edit(|form, file: Picked| form.binary.file = Some(file)));
        move |event: Event| {
            let (too_big, picked) = (too_big.clone(), picked.clone());
            browser::read_file(&event, MAX_READ, move |read| match read {
                Ok((name, bytes)) => {
                    too_big.set(None);
                    picked.emit(Picked { name, bytes });
                }
                Err(size) => too_big.set(Some(size)),
            });
        }
    };
    let error = match *too_big {
        Some(size) => Some((words.file_too_big)(size).into()),
        None => props.error(UploadField::File),
    };
    html! {
        <>
            <div class="field">
                <label for="file">{ words.file }</label>
                <input id="file" type="file" onchange={on_pick} aria-describedby="file-state" />
                <p id="file-state" class={if error.is_some() { "error" } else { "hint" }}>
                    if let Some(error) = error {
                        { error }
                    } else if let Some(file) = &form.file {
                        { (words.file_picked)(&file.name, file.bytes.len()) }
                    } else {
                        { words.file_hint }
                    }
                </p>
            </div>
            <div class="row">
                <Field
                    id="binary-stream" label={words.stream} value={form.stream.clone()}
                    on_input={props.edit(|form, text| form.binary.stream = text)}
                    error={props.error(UploadField::BinaryStream)}
                />
                <Field
                    id="binary-at" label={words.at} value={form.at.clone()} example="2016-08-15T14:47:00"
                    on_input={props.edit(|form, text| form.binary.at = text)}
                    error={props.error(UploadField::BinaryAt)} hint={words.at_hint_text}
                />
            </div>
            <Field
                id="description" label={words.description} value={form.description.clone()}
                on_input={props.edit(|form, text| form.binary.description = text)}
                error={props.error(UploadField::Description)}
            />
        </>
    }
}
