//! Where a part of the page will be, until it is here.

use yew::platform::spawn_local;
use yew::{Callback, Html, Properties, component, hook, html, use_effect_with, use_state_eq};

use crate::locale::Language;
use crate::part::Part;

/// How a part stands.
pub enum Presence<T> {
    /// Here, with what it gives.
    Here(T),
    /// On its way, or not asked for.
    Coming,
    /// It could not be loaded; called to try again.
    Missing(Callback<()>),
}

/// Brings a part as soon as it is `wanted`, and says how it stands.
#[hook]
pub fn use_part<T: Copy + 'static>(part: &'static Part<T>, wanted: bool) -> Presence<T> {
    let tries = use_state_eq(|| 0_u32);
    let failures = use_state_eq(|| 0_u32);
    let came = use_state_eq(|| false);
    {
        let (failures, came) = (failures.clone(), came.clone());
        use_effect_with((wanted, *tries), move |(wanted, tries)| {
            let (wanted, tries) = (*wanted, *tries);
            if wanted && part.get().is_none() {
                spawn_local(async move {
                    match part.load().await {
                        Ok(_) => came.set(true),
                        Err(_) => failures.set(tries + 1),
                    }
                });
            }
        });
    }
    match part.get() {
        Some(here) => Presence::Here(here),
        None if *failures > *tries => Presence::Missing(Callback::from(move |()| tries.set(*tries + 1))),
        None => Presence::Coming,
    }
}

/// A zone of the page that is not here: that it is coming, or that it does not and what to do.
pub fn awaited<T>(language: Language, class: &'static str, title: &'static str, part: &Presence<T>) -> Html {
    let words = language.front();
    html! {
        <section {class} aria-label={title}>
            <h2>{ title }</h2>
            if let Presence::Missing(try_again) = part {
                <div class="missing" role="alert">
                    <p class="error">{ words.missing }</p>
                    <button type="button" onclick={try_again.reform(|_| ())}>{ words.load_again }</button>
                </div>
            } else {
                <p class="hint coming">{ words.coming }</p>
            }
        </section>
    }
}

/// A zone of the page, and what draws it once its part is here.
#[derive(PartialEq, Properties)]
pub struct LaterProps<P: Clone + PartialEq + 'static> {
    /// The language of its words.
    pub language: Language,
    /// The class of the zone.
    pub class: &'static str,
    /// What stands above it until then.
    pub title: &'static str,
    /// Draws it.
    pub part: &'static Part<fn(P) -> Html>,
    /// From these.
    pub props: P,
}

/// A zone whose part is fetched as soon as the zone is drawn.
#[component]
pub fn Later<P: Clone + PartialEq + 'static>(props: &LaterProps<P>) -> Html {
    match use_part(props.part, true) {
        Presence::Here(draw) => draw(props.props.clone()),
        presence => awaited(props.language, props.class, props.title, &presence),
    }
}
