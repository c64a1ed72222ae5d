//! A labelled field with its hint and its error.

use yew::{
    AttrValue, Callback, Classes, Event, Html, InputEvent, Properties, classes, component, html, use_effect,
    use_node_ref,
};

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
    /// What the platform will object to, though it can be sent.
    #[prop_or_default]
    pub warning: Option<AttrValue>,
    /// What helps to fill it.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// An example, shown while it is empty.
    #[prop_or_default]
    pub example: Option<AttrValue>,
    /// The id of what else says something about it.
    #[prop_or_default]
    pub described: Option<AttrValue>,
    /// Whether what is said there is an error.
    #[prop_or_default]
    pub invalid: bool,
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
    let FieldProps { id, label, value, error, warning, hint, example, keyboard, .. } = props;
    let oninput = props.on_input.reform(|event: InputEvent| browser::typed(&event));
    let message = Message::of(error.as_ref(), warning.as_ref(), hint.as_ref());
    let described = describe(message.as_ref(), id, props.described.as_ref());
    let invalid = (error.is_some() || props.invalid).then_some("true");
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
            if let Some(message) = message {
                { message.draw(id) }
            }
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
    /// The id of what else says something about it.
    #[prop_or_default]
    pub described: Option<AttrValue>,
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
    let message = Message::of(None, None, hint.as_ref());
    let described = describe(message.as_ref(), id, props.described.as_ref());
    let onchange = props.on_choose.reform(|event: Event| browser::chosen(&event));
    let list = use_node_ref();
    {
        let (list, value) = (list.clone(), value.clone());
        use_effect(move || browser::choose(&list, &value));
    }
    html! {
        <div class={classes!("field", props.class.clone())}>
            <label for={id}>{ label }</label>
            <select ref={list} {id} {onchange} aria-describedby={described}>
                for (option, name) in &props.options {
                    <option value={option} selected={option == value}>{ name }</option>
                }
            </select>
            if let Some(message) = message {
                { message.draw(id) }
            }
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

/// What stands below a field: the worst of what there is to say.
#[derive(Debug, Clone, Copy)]
pub(super) enum Message<'a> {
    /// It cannot be sent so.
    Error(&'a AttrValue),
    /// It can be sent, and the platform will object.
    Warning(&'a AttrValue),
    /// What helps.
    Hint(&'a AttrValue),
}

/// The ids of everything that says something about a field.
pub(super) fn describe(
    message: Option<&Message<'_>>,
    field: &AttrValue,
    other: Option<&AttrValue>,
) -> Option<String> {
    match (message.map(|message| message.id(field)), other) {
        (Some(message), Some(other)) => Some(format!("{message} {other}")),
        (message, other) => message.or(other.map(ToString::to_string)),
    }
}

impl<'a> Message<'a> {
    pub(super) fn of(
        error: Option<&'a AttrValue>,
        warning: Option<&'a AttrValue>,
        hint: Option<&'a AttrValue>,
    ) -> Option<Self> {
        error.map(Self::Error).or(warning.map(Self::Warning)).or(hint.map(Self::Hint))
    }

    /// The id by which a field refers to it.
    pub(super) fn id(&self, field: &AttrValue) -> String {
        let kind = match self {
            Self::Error(_) => "error",
            Self::Warning(_) => "warning",
            Self::Hint(_) => "hint",
        };
        format!("{field}-{kind}")
    }

    pub(super) fn draw(&self, field: &AttrValue) -> Html {
        let id = self.id(field);
        match *self {
            Self::Error(text) => html! { <p class="error" {id} role="alert">{ text }</p> },
            Self::Warning(text) => html! { <p class="warning" {id} role="status">{ text }</p> },
            Self::Hint(text) => html! { <p class="hint" {id}>{ text }</p> },
        }
    }
}
