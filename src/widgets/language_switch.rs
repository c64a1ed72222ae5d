//! Chinese or English.

use yew::{Callback, Html, Properties, component, html};

use crate::locale::{LANGUAGES, Language};

/// What a [`LanguageSwitch`] shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub struct LanguageSwitchProps {
    /// The language in use.
    pub language: Language,
    /// Called with another one.
    pub on_speak: Callback<Language>,
}

/// A button for each language, named in that language.
#[component]
pub fn LanguageSwitch(props: &LanguageSwitchProps) -> Html {
    html! {
        <div class="switch" role="group" aria-label={props.language.front().language}>
            for language in LANGUAGES {
                <button
                    type="button"
                    lang={language.tag()}
                    aria-pressed={(language == props.language).to_string()}
                    onclick={props.on_speak.reform(move |_| language)}
                >
                    { language.name() }
                </button>
            }
        </div>
    }
}
