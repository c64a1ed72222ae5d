//! The way to a thing model, and the forms that it makes.

use bytes::Bytes;
use yew::{Event, Html, component, html, use_state_eq};

use super::editor::EditorProps;
use super::typed::{Name, called, members, typed};
use crate::browser::{self, FileError};
use crate::upload::{Filled, ModelForm, UploadField};
use crate::widgets::{Choice, Field, Tick};

/// Bytes of a file that are read at most; the largest thing model known has a tenth of it.
const MAX_READ: u64 = 1024 * 1024;

/// Where a thing model is pasted or picked.
#[component]
pub(super) fn ModelImport(props: &EditorProps) -> Html {
    let unread = use_state_eq(|| None::<FileError>);
    let words = props.language.words();
    let said = &words.uploading;
    let ModelForm { pasted, error, filled } = &props.form.studio.model;
    let on_import = props.edit(|form, bytes: Bytes| form.studio.model.import(&bytes));
    let on_pick = {
        let (unread, on_import) = (unread.clone(), on_import.clone());
        move |event: Event| {
            let (unread, on_import) = (unread.clone(), on_import.clone());
            unread.set(None);
            browser::read_file(&event, MAX_READ, move |read| match read {
                Ok((_, bytes)) => on_import.emit(bytes),
                Err(error) => unread.set(Some(error)),
            });
            browser::forget_file(&event);
        }
    };
    let error = match *unread {
        Some(FileError::TooBig { size }) => Some((said.model_too_big)(size)),
        Some(FileError::Unreadable) => Some(words.file_unreadable.to_owned()),
        None => error.as_ref().map(|error| (said.model_problem)(error)),
    };
    let model = filled.as_ref().map(|filled| &*filled.model);
    let of_other = model
        .and_then(|model| model.product.as_deref())
        .filter(|product| !product.is_empty() && *product != props.form.sender.product);
    html! {
        <>
            <details class="model" open={error.is_some()}>
                <summary id="model">{ (said.model)(model) }</summary>
                <div class="model-import">
                    <p class="hint">{ said.model_hint }</p>
                    <Field
                        id="model-pasted" label={said.model_pasted} value={pasted.clone()} lines=3
                        on_input={on_import.reform(|text: String| text.into_bytes().into())}
                        error={error.map(yew::AttrValue::from)}
                    />
                    <div class="field">
                        <label for="model-file">{ said.model_file }</label>
                        <input id="model-file" type="file" accept=".json,application/json" onchange={on_pick} />
                    </div>
                    if filled.is_some() {
                        <button
                            type="button" class="quiet" id="forget-model"
                            onclick={props.edit(|form, _| {
                                browser::focus("model");
                                form.studio.model = ModelForm::default();
                            })}
                        >
                            { said.forget_model }
                        </button>
                    }
                </div>
            </details>
            if let Some(product) = of_other {
                <p class="warning" role="status">{ (said.model_of_other)(product) }</p>
            }
        </>
    }
}

/// A field for each property of the thing model.
pub(super) fn property_fields(props: &EditorProps, filled: &Filled) -> Html {
    let words = props.language.words();
    let said = &words.uploading;
    html! {
           <>
               if filled.properties.is_empty() {
                   <p class="hint">{ said.no_property }</p>
               }
               for (index, (property, entry)) in filled.entries().enumerate() {
                   <fieldset class="property" key={index}>
                       <Tick
                           id={format!("property-on-{index}")} label={(said.report)(&property.name)} checked={entry.on}
                           on_tick={props.edit(move |form, on| {
                               if let Some(entry) = form.studio.model.entry_mut(index) {
    entry.on = on;
    }
                           })}
                       />
                       if entry.on {
                           { typed(
                               words,
                               &Name {
                                   id: format!("property-{index}"),
                                   label: called(&property.name, property.identifier.as_str()),
                                   remark: &format!(" · {}", (said.access)(property.access)),
                               },
                               &property.data_type,
                               &entry.draft,
                               &props.edit(move |form, draft| {
                                   if let Some(entry) = form.studio.model.entry_mut(index) {
    entry.draft = draft;
    }
                               }),
                           ) }
                       }
                   </fieldset>
               }
               if let Some(error) = props.error(UploadField::Property(0)).filter(|_| filled.properties.iter().all(|entry| !entry.on)) {
                   <p class="error" role="alert">{ error }</p>
               }
           </>
       }
}

/// The choice of an event, and a field for each of its members.
pub(super) fn event_fields(props: &EditorProps, filled: &Filled) -> Html {
    let words = props.language.words();
    let options = filled.model.events.iter().enumerate();
    let options =
        options.map(|(index, event)| (index.to_string().into(), (words.uploading.event_name)(event).into()));
    html! {
        <>
            <Choice
                id="event" label={words.uploading.event} value={filled.event.to_string()}
                options={options.collect::<Vec<_>>()}
                on_choose={props.edit(|form, index: String| {
                    if let Some(filled) = &mut form.studio.model.filled {
                        filled.event = index.parse().unwrap_or(0);
                    }
                })}
            />
            if let Some((event, drafts)) = filled.chosen_event() {
                { members(words, "parameter", &event.output, drafts, &props.edit(|form, (index, draft)| {
                    if let Some(filled) = &mut form.studio.model.filled
                        && let Some(old) = filled.events.get_mut(filled.event).and_then(|drafts| drafts.get_mut(index))
                    {
                        *old = draft;
                    }
                })) }
            }
        </>
    }
}
