//! The page as it opens: the login form, and a place for everything else, which comes with the [`WORKSHOP`].
//!
//! Both draw the same `layout`, so that what is being typed stays where it is when the rest arrives.

use std::rc::Rc;

use onenet::rules::Readings;
use yew::{Callback, Html, component, html, use_effect_with, use_force_update, use_state};

use crate::browser;
use crate::connect::{
    ConnectForm, ConnectPanel, ConnectPanelProps, Destination, Oddities, PageAddress, Status,
};
use crate::locale::Language;
use crate::upload::UploadForm;
use crate::widgets::{LanguageSwitch, Presence, awaited, use_part};
use crate::workshop::WORKSHOP;

/// What a person can have done before the rest of the page is here.
#[derive(Debug, Clone, PartialEq)]
pub struct Front {
    /// The language of the page's words.
    pub language: Language,
    /// Where the page was loaded from.
    pub page: PageAddress,
    /// What is typed to log in.
    pub connect: ConnectForm,
}

/// The page once everything is here.
pub trait Page {
    /// The whole page, in its `layout`.
    fn draw(&self) -> Html;
}

/// The page.
#[component]
pub fn App() -> Html {
    let front = use_state(|| Front {
        language: browser::language(),
        page: browser::page_address(),
        connect: ConnectForm::default(),
    });
    let page = use_state(|| None::<Rc<dyn Page>>);
    let again = use_force_update();
    // A first visit shows its form before it fetches anything else.
    let awake = use_state(|| false);
    {
        let awake = awake.clone();
        use_effect_with((), move |()| browser::at_first_sign(move || awake.set(true)));
    }
    use_effect_with(front.language, |language| browser::set_language(*language));

    let workshop = use_part(&WORKSHOP, *awake);
    {
        let (front, page) = (front.clone(), page.clone());
        let open = match &workshop {
            Presence::Here(open) => Some(*open),
            Presence::Coming | Presence::Missing(_) => None,
        };
        use_effect_with(open.is_some(), move |_| {
            if let Some(open) = open {
                page.set(Some(open((*front).clone(), Callback::from(move |()| again.force_update()))));
            }
        });
    }
    match &*page {
        Some(page) => page.draw(),
        None => draw(&front, &workshop),
    }
}

/// The page while only its login form is here.
fn draw<T>(front: &yew::UseStateHandle<Front>, workshop: &Presence<T>) -> Html {
    let Front { language, page, connect } = &**front;
    let words = language.front();
    let on_speak = {
        let front = front.clone();
        Callback::from(move |language| front.set(Front { language, ..(*front).clone() }))
    };
    let on_edit = {
        let front = front.clone();
        Callback::from(move |connect| front.set(Front { connect, ..(*front).clone() }))
    };
    // Told once, however many zones wait for it.
    let zone = |class, title| match workshop {
        Presence::Here(_) | Presence::Coming => awaited(*language, class, title, workshop),
        Presence::Missing(_) => html! { <section {class} aria-label={title}><h2>{ title }</h2></section> },
    };
    layout(Zones {
        language: *language,
        on_speak,
        in_page: connect.destination == Destination::InPage,
        connect: ConnectPanelProps {
            language: *language,
            page: page.clone(),
            upstreams: Vec::new(),
            form: connect.clone(),
            judge: None,
            readings: Readings::default(),
            upload: UploadForm::default(),
            status: Status::Offline(None),
            now: Callback::from(|()| browser::timestamp()),
            unsent: 0,
            oddities: Oddities::default(),
            on_edit,
            on_connect: Callback::noop(),
            on_try_now: Callback::noop(),
            on_disconnect: Callback::noop(),
        },
        upload: awaited(*language, "zone upload", words.upload_title, workshop),
        feed: zone("zone feed", words.feed_title),
        inspector: zone("zone inspector", words.inspector_title),
        platform: zone("zone platform", words.platform_title),
        programs: zone("zone snippet", words.programs_title),
    })
}

/// What stands where on the page.
pub(crate) struct Zones {
    /// The language of the page's words.
    pub(crate) language: Language,
    /// Called with another one.
    pub(crate) on_speak: Callback<Language>,
    /// Whether the platform inside this page has to do with it.
    pub(crate) in_page: bool,
    /// The login form. Given by value: it must be the same component whoever draws it.
    pub(crate) connect: ConnectPanelProps,
    pub(crate) upload: Html,
    pub(crate) feed: Html,
    pub(crate) inspector: Html,
    pub(crate) platform: Html,
    pub(crate) programs: Html,
}

/// The whole page. There is one: elements that stay are told by their place in it.
pub(crate) fn layout(zones: Zones) -> Html {
    let Zones { language, on_speak, in_page, connect, upload, feed, inspector, platform, programs } = zones;
    let words = language.front();
    html! {
        <>
            <header class="masthead">
                <h1>{ words.title }</h1>
                <p>{ words.tagline }</p>
                <LanguageSwitch {language} {on_speak} />
            </header>
            <main class={if in_page { "zones" } else { "zones without-platform" }}>
                <div class="forms">
                    <ConnectPanel ..connect />
                    { upload }
                </div>
                { feed }
                { inspector }
                { if in_page { platform } else { Html::default() } }
            </main>
            // Below the grid: the panels that stick to its top end where it ends.
            { programs }
        </>
    }
}
