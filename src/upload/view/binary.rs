//! A data point of bytes from a file, for type 2.

use yew::{Event, Html, component, html, use_mut_ref, use_state_eq};

use super::editor::EditorProps;
use crate::browser::{self, FileError};
use crate::upload::{Picked, UploadField};
use crate::widgets::Field;

/// Bytes read at most: what the platform takes (reference §1.7), and one more to see that it is too much.
const MAX_READ: u64 = 3 * 1024 * 1024 + 1;

/// The file, and what is said of it.
#[component]
pub(super) fn BinaryFields(props: &EditorProps) -> Html {
    let unread = use_state_eq(|| None::<FileError>);
    // Counts picks: of two that are being read at once, the later one counts.
    let picks = use_mut_ref(|| 0u32);
    let words = props.language.words();
    let form = &props.form.binary;
    let on_pick = {
        let (unread, on_pick) = (unread.clone(), props.on_pick.clone());
        move |event: Event| {
            let (unread, on_pick, picks) = (unread.clone(), on_pick.clone(), picks.clone());
            on_pick.emit(None);
            unread.set(None);
            *picks.borrow_mut() += 1;
            let pick = *picks.borrow();
            browser::read_file(&event, MAX_READ, move |read| {
                if *picks.borrow() != pick {
                    return;
                }
                match read {
                    Ok((name, bytes)) => on_pick.emit(Some(Picked { name, bytes })),
                    Err(error) => unread.set(Some(error)),
                }
            });
        }
    };
    let error = match *unread {
        Some(FileError::TooBig { size }) => Some((words.file_too_big)(size).into()),
        Some(FileError::Unreadable) => Some(words.file_unreadable.into()),
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
