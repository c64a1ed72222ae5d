//! A value of the thing model: fields of its type, with its unit and range, and what is wrong with each beside it.

use onenet::studio::{DataType, Parameter};
use yew::{AttrValue, Callback, Html, MouseEvent, html};

use crate::locale::Words;
use crate::upload::{Draft, DraftFault};
use crate::widgets::{Choice, Field};

/// What a value is called, and what is said about it besides its type.
pub(crate) struct Name<'a> {
    /// Unique on the page.
    pub(crate) id: String,
    pub(crate) label: String,
    /// Behind what its type says.
    pub(crate) remark: &'a str,
}

/// Fields for a value of `data_type`.
pub(crate) fn typed(
    words: &'static Words,
    name: &Name<'_>,
    data_type: &DataType,
    draft: &Draft,
    on_edit: &Callback<Draft>,
) -> Html {
    let said = &words.uploading;
    let (error, warning) = match draft.fault(data_type) {
        None => (None, None),
        Some(DraftFault::Unreadable(fault)) => (Some(AttrValue::from((said.fault)(&fault))), None),
        Some(DraftFault::Refused(fault)) => (None, Some(AttrValue::from((said.fault)(&fault)))),
    };
    let hint = AttrValue::from(format!("{}{}", (said.type_hint)(data_type), name.remark));
    let (id, label) = (AttrValue::from(name.id.clone()), AttrValue::from(name.label.clone()));
    let on_text = on_edit.reform(Draft::Text);
    let value = AttrValue::from(draft.text().to_owned());
    match data_type {
        DataType::Bool(switch) => {
            let option = |on: bool| (on.to_string().into(), (said.switch)(switch, on).into());
            html! {
                <Choice {id} {label} {value} options={[false, true].map(option).to_vec()} on_choose={on_text} {hint} />
            }
        }
        DataType::Enum(choices) if !choices.is_empty() => {
            let options = choices.iter().map(|choice| {
                let name = if choice.label.is_empty() {
                    choice.number.to_string()
                } else {
                    format!("{} · {}", choice.number, choice.label)
                };
                (choice.number.to_string().into(), name.into())
            });
            html! { <Choice {id} {label} {value} options={options.collect::<Vec<_>>()} on_choose={on_text} {hint} /> }
        }
        DataType::Struct(parameters) => group(words, name, hint, parameters, draft, on_edit),
        DataType::Array { max, element } => {
            let is_full = max.is_some_and(|max| draft.parts().len() >= max);
            list(words, name, hint, (element, is_full), draft, on_edit)
        }
        DataType::Int32(_)
        | DataType::Int64(_)
        | DataType::Float(_)
        | DataType::Double(_)
        | DataType::Enum(_)
        | DataType::BitMap { .. }
        | DataType::Date
        | DataType::String { .. }
        | DataType::Other(_) => html! {
            <Field {id} {label} {value} on_input={on_text} {error} {warning} {hint} />
        },
    }
}

/// Fields for the members of an object, each with what it is called.
pub(crate) fn members(
    words: &'static Words,
    id: &str,
    parameters: &[Parameter],
    drafts: &[Draft],
    on_edit: &Callback<(usize, Draft)>,
) -> Html {
    html! {
        for (index, (parameter, draft)) in parameters.iter().zip(drafts).enumerate() {
            { typed(
                words,
                &Name { id: format!("{id}-{index}"), label: called(&parameter.name, parameter.identifier.as_str()), remark: "" },
                &parameter.data_type,
                draft,
                &on_edit.reform(move |draft| (index, draft)),
            ) }
        }
    }
}

/// A name for people with the identifier beside it, once where they are the same.
pub(crate) fn called(name: &str, identifier: &str) -> String {
    if name == identifier || name.is_empty() {
        identifier.to_owned()
    } else {
        format!("{name} · {identifier}")
    }
}

fn group(
    words: &'static Words,
    name: &Name<'_>,
    hint: AttrValue,
    parameters: &[Parameter],
    draft: &Draft,
    on_edit: &Callback<Draft>,
) -> Html {
    let on_member = part_edited(draft, on_edit);
    html! {
        <fieldset class="group">
            <legend>{ &name.label }</legend>
            <p class="hint">{ hint }</p>
            { members(words, &name.id, parameters, draft.parts(), &on_member) }
        </fieldset>
    }
}

fn list(
    words: &'static Words,
    name: &Name<'_>,
    hint: AttrValue,
    (element, is_full): (&DataType, bool),
    draft: &Draft,
    on_edit: &Callback<Draft>,
) -> Html {
    let said = &words.uploading;
    let on_element = part_edited(draft, on_edit);
    let another = Draft::new(element);
    html! {
        <fieldset class="group">
            <legend>{ &name.label }</legend>
            <p class="hint">{ hint }</p>
            for (index, part) in draft.parts().iter().enumerate() {
                { typed(
                    words,
                    &Name { id: format!("{}-{index}", name.id), label: (said.element)(index + 1), remark: "" },
                    element,
                    part,
                    &on_element.reform(move |draft| (index, draft)),
                ) }
                <button
                    type="button" class="quiet" aria-label={(said.remove_element)(index + 1)}
                    onclick={changed(draft, on_edit, move |parts| drop(parts.remove(index)))}
                >
                    { words.remove }
                </button>
            }
            <button
                type="button" class="quiet" disabled={is_full}
                onclick={changed(draft, on_edit, move |parts| parts.push(another.clone()))}
            >
                { said.add_element }
            </button>
        </fieldset>
    }
}

/// Called with one part, gives the whole.
fn part_edited(draft: &Draft, on_edit: &Callback<Draft>) -> Callback<(usize, Draft)> {
    let whole = draft.clone();
    on_edit.reform(move |(index, part): (usize, Draft)| whole.with(index, part))
}

/// Changes the elements of an array.
fn changed(
    draft: &Draft,
    on_edit: &Callback<Draft>,
    change: impl Fn(&mut Vec<Draft>) + 'static,
) -> Callback<MouseEvent> {
    let parts = draft.parts().to_vec();
    on_edit.reform(move |_| {
        let mut parts = parts.clone();
        change(&mut parts);
        Draft::Elements(parts)
    })
}
