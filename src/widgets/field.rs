//! A labelled field with its hint and its error.

use yew::{AttrValue, Callback, Classes, Event, Html, InputEvent, Properties, classes, component, html};

use crate::browser;

/// What a [`Field`] shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub struct FieldProps {
    /// Unique on the page; the label and the messages refer to it.
    pub id: AttrValue,
    /// What the field is called.
    pub label: AttrValue,
    /// What is typed.
    pub value: AttrValue,
    /// Called with every edit.
    pub on_input: Callback<String>,
    /// What is wrong with it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What helps to fill it.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// An example, shown while it is empty.
    #[prop_or_default]
    pub example: Option<AttrValue>,
    /// The keyboard that phones show: `numeric`, `url` …
    #[prop_or_default]
    pub keyboard: Option<AttrValue>,
    /// Lines of text; more than one makes it a text area.
    #[prop_or(1)]
    pub lines: u8,
    /// How it stands among its neighbours.
    #[prop_or_default]
    pub class: Classes,
}

/// A line or an area of text.
#[component]
pub fn Field(props: &FieldProps) -> Html {
    let FieldProps { id, label, value, error, hint, example, keyboard, .. } = props;
    let oninput = props.on_input.reform(|event: InputEvent| browser::typed(&event));
    let described = described_by(id, error.is_some(), hint.is_some());
    let invalid = error.as_ref().map(|_| "true");
    html! {
        <div class={classes!("field", props.class.clone())}>
            <label for={id}>{ label }</label>
            if props.lines > 1 {
                <textarea
                    {id} value={value} {oninput} placeholder={example} rows={props.lines.to_string()}
                    spellcheck="false" aria-describedby={described} aria-invalid={invalid}
                />
            } else {
                <input
                    {id} {value} {oninput} placeholder={example} inputmode={keyboard}
                    autocomplete="off" autocapitalize="off" spellcheck="false"
                    aria-describedby={described} aria-invalid={invalid}
                />
            }
            { messages(id, error.as_ref(), hint.as_ref()) }
        </div>
    }
}

/// What a [`Choice`] shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub struct ChoiceProps {
    /// Unique on the page.
    pub id: AttrValue,
    /// What is being chosen.
    pub label: AttrValue,
    /// The value that is chosen.
    pub value: AttrValue,
    /// Everything to choose from, as (value, what it is called).
    pub options: Vec<(AttrValue, AttrValue)>,
    /// Called with the value of another choice.
    pub on_choose: Callback<String>,
    /// What helps to choose.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// How it stands among its neighbours.
    #[prop_or_default]
    pub class: Classes,
}

/// One of several.
#[component]
pub fn Choice(props: &ChoiceProps) -> Html {
    let ChoiceProps { id, label, value, hint, .. } = props;
    let onchange = props.on_choose.reform(|event: Event| browser::chosen(&event));
    html! {
        <div class={classes!("field", props.class.clone())}>
            <label for={id}>{ label }</label>
            <select {id} {onchange} aria-describedby={described_by(id, false, hint.is_some())}>
                for (option, name) in &props.options {
                    <option value={option} selected={option == value}>{ name }</option>
                }
            </select>
            { messages(id, None, hint.as_ref()) }
        </div>
    }
}

/// What a [`Tick`] shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub struct TickProps {
    /// Unique on the page.
    pub id: AttrValue,
    /// What it means when ticked.
    pub label: AttrValue,
    /// Whether it is.
    pub checked: bool,
    /// Called with every change.
    pub on_tick: Callback<bool>,
}

/// A box to tick.
#[component]
pub fn Tick(props: &TickProps) -> Html {
    let TickProps { id, label, checked, on_tick } = props;
    let onchange = on_tick.reform(|event: Event| browser::ticked(&event));
    html! {
        <label class="tick" for={id}>
            <input {id} type="checkbox" checked={*checked} {onchange} />
            <span>{ label }</span>
        </label>
    }
}

/// The ids of the messages below a field.
pub(super) fn described_by(id: &AttrValue, error: bool, hint: bool) -> Option<AttrValue> {
    if error { Some(format!("{id}-error").into()) } else { hint.then(|| format!("{id}-hint").into()) }
}

/// The messages below a field: what is wrong, otherwise what helps.
pub(super) fn messages(id: &AttrValue, error: Option<&AttrValue>, hint: Option<&AttrValue>) -> Html {
    match (error, hint) {
        (Some(error), _) => html! { <p class="error" id={format!("{id}-error")} role="alert">{ error }</p> },
        (None, Some(hint)) => html! { <p class="hint" id={format!("{id}-hint")}>{ hint }</p> },
        (None, None) => Html::default(),
    }
}
