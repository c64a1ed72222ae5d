//! A field for a secret, hidden until asked for.

use std::fmt;

use yew::{AttrValue, Callback, Html, InputEvent, Properties, component, html, use_state_eq};

use crate::browser;
use crate::locale::Language;
use crate::widgets::field::{Message, describe};

/// What a [`SecretField`] shows and gives.
#[derive(PartialEq, Properties)]
pub struct SecretFieldProps {
    /// The language of its button.
    pub language: Language,
    /// Unique on the page.
    pub id: AttrValue,
    /// What the field is called.
    pub label: AttrValue,
    /// What is typed.
    pub value: AttrValue,
    /// Called with every edit.
    pub on_input: Callback<String>,
    /// What is wrong with it.
    pub error: Option<AttrValue>,
    /// What the platform will object to, though it can be sent.
    pub warning: Option<AttrValue>,
    /// What helps to fill it.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// The id of what else says something about it.
    #[prop_or_default]
    pub described: Option<AttrValue>,
    /// Whether what is said there is an error.
    #[prop_or_default]
    pub invalid: bool,
}

impl fmt::Debug for SecretFieldProps {
    /// Leaves the secret out, so that no log can hold it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecretFieldProps").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A line of text shown as dots, with a button that shows it.
#[component]
pub fn SecretField(props: &SecretFieldProps) -> Html {
    let shown = use_state_eq(|| false);
    let SecretFieldProps { id, label, value, error, .. } = props;
    let words = props.language.front();
    let message = Message::of(error.as_ref(), props.warning.as_ref(), props.hint.as_ref());
    let oninput = props.on_input.reform(|event: InputEvent| browser::typed(&event));
    let onclick = {
        let shown = shown.clone();
        Callback::from(move |_| shown.set(!*shown))
    };
    html! {
        <div class="field">
            <label for={id}>{ label }</label>
            <div class="joined">
                <input
                    {id} {value} {oninput} type={if *shown { "text" } else { "password" }}
                    autocomplete="off" autocapitalize="off" spellcheck="false"
                    aria-describedby={describe(message.as_ref(), id, props.described.as_ref())}
                    aria-invalid={(error.is_some() || props.invalid).then_some("true")}
                />
                <button type="button" class="quiet" aria-pressed={shown.to_string()} {onclick}>
                    { if *shown { words.hide } else { words.show } }
                </button>
            </div>
            if let Some(message) = message {
                { message.draw(id) }
            }
        </div>
    }
}
