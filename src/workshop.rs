//! Everything of the page but its login form: state, client and panels. A part of its own.

mod handlers;

use std::rc::Rc;

use yew::platform::spawn_local;
use yew::{Callback, Html, html};

use self::handlers::Handlers;
use crate::app::{Front, Page, Zones, layout};
use crate::browser;
use crate::client::Client;
use crate::connect::{ConnectPanelProps, Destination, JUDGE};
use crate::feed::FeedPanel;
use crate::inspector::{Inspector, InspectorProps};
use crate::part::part;
use crate::platform::{PlatformPanel, PlatformPanelProps};
use crate::snippet::{SnippetPanel, SnippetPanelProps};
use crate::state::{Action, State};
use crate::store::Store;
use crate::upload::UploadPanel;
use crate::widgets::Later;

/// Opens the page from what stands in its form; the callback draws it again.
pub type Open = fn(Front, Callback<()>) -> Rc<dyn Page>;

part!(
    /// Everything but the login form.
    pub static WORKSHOP: Open = workshop(|front, again| Workshop::open(front, again))
);
part!(
    /// Every frame, byte by byte.
    static INSPECTOR: fn(InspectorProps) -> Html = inspector(|props| html! { <Inspector ..props /> })
);
part!(
    /// The console of the platform in this page.
    static CONSOLE: fn(PlatformPanelProps) -> Html = platform(|props| html! { <PlatformPanel ..props /> })
);
part!(
    /// The same message as code.
    static PROGRAMS: fn(SnippetPanelProps) -> Html = programs(|props| html! { <SnippetPanel ..props /> })
);

/// The page and everything that it does.
struct Workshop {
    store: Store,
    on: Handlers,
}

impl Workshop {
    fn open(front: Front, again: Callback<()>) -> Rc<dyn Page> {
        let Front { language, page, connect } = front;
        let mut state = State::new(language, page);
        state.apply(Action::EditConnect(connect));
        let store = Store::new(state, again);
        let client = Client::start(store.emit());
        let on = Handlers::new(&client, &store);
        let dispatch = store.dispatch();
        spawn_local(async move {
            // A static host has no such file; then there is no relay to offer.
            let names = browser::fetch("upstreams").await;
            if let Some(names) = names.and_then(|names| serde_json::from_str(&names).ok()) {
                dispatch.emit(Action::UpstreamsFound(names));
            }
        });
        store.on_model(Callback::from(move |model| client.follow_model(model)));
        Rc::new(Self { store, on })
    }
}

impl Page for Workshop {
    fn draw(&self) -> Html {
        let (store, on) = (self.store.state(), &self.on);
        let State { language, status, connect, upload, outbox, .. } = &*store;
        let model = store.model();
        let readings = store.onenet().map(|_| store.readings);
        // Also while a device is still connected there and another place is being chosen.
        let in_page =
            connect.destination == Destination::InPage || store.console.snapshot.online_device().is_some();
        let front = language.front();
        layout(Zones {
            language: *language,
            on_speak: on.speak.clone(),
            in_page,
            connect: ConnectPanelProps {
                language: *language,
                page: store.page.clone(),
                upstreams: store.upstreams.clone(),
                form: connect.clone(),
                readings: store.readings,
                upload: upload.clone(),
                status: status.clone(),
                now: on.now.clone(),
                unsent: outbox.progress().unsent,
                oddities: store.oddities,
                on_edit: on.edit_connect.clone(),
                on_connect: on.connect.clone(),
                on_try_now: on.try_now.clone(),
                on_disconnect: on.disconnect.clone(),
                judge: Some(&JUDGE),
            },
            upload: html! {
                <UploadPanel
                    language={*language}
                    form={upload.clone()}
                    outlasts_form={store.outlasts_form()}
                    {readings}
                    outbox={outbox.clone()}
                    keeping={store.keeping.clone()}
                    online={status.is_online()}
                    waits={status.holds_uploads()}
                    clean_session={connect.clean_session}
                    now={on.now.clone()}
                    on_pick={on.pick_file.clone()}
                    on_edit={on.edit_upload.clone()}
                    on_upload={on.upload.clone()}
                    on_give_up={on.give_up.clone()}
                    on_keep={on.keep.clone()}
                    on_discard={on.discard.clone()}
                />
            },
            feed: html! {
                <FeedPanel
                    language={*language}
                    history={store.history.clone()}
                    subscriptions={store.subscriptions.clone()}
                    sender={upload.sender.clone()}
                    hears_all={store.hears_all}
                    model={model.clone()}
                    {in_page}
                    {readings}
                    replies={store.replies.clone()}
                    replies_stopped={store.replies_stopped}
                    outbox={outbox.clone()}
                    online={status.is_online()}
                    on_clear={on.clear.clone()}
                    on_answer={on.upload.clone()}
                    on_edit_replies={on.edit_replies.clone()}
                    on_hear_all={on.hear_all.clone()}
                    on_subscribe={on.subscribe.clone()}
                    on_unsubscribe={on.unsubscribe.clone()}
                />
            },
            inspector: {
                let props = InspectorProps {
                    language: *language,
                    capture: store.capture.clone(),
                    imported: store.imported.clone(),
                    connect: connect.clone(),
                    upload: upload.clone(),
                    page: store.page.clone(),
                    aimed: store.aimed.as_ref().map(|aimed| aimed.destination.clone()),
                    status: status.clone(),
                    probe: store.probe.clone(),
                    notes: if in_page {
                        store.console.notes().take(16).cloned().collect()
                    } else {
                        Vec::new()
                    },
                    now: on.now.clone(),
                    on_clear: on.clear_capture.clone(),
                    on_import: on.import.clone(),
                    on_compose: on.compose.clone(),
                    on_probe: on.probe.clone(),
                };
                html! {
                    <Later<InspectorProps>
                        language={*language} class="zone inspector" title={front.inspector_title} part={&INSPECTOR} {props}
                    />
                }
            },
            platform: {
                let props = PlatformPanelProps {
                    language: *language,
                    console: store.console.clone(),
                    generation: connect.generation,
                    model: model.clone(),
                    readings: store.readings,
                    on_follow: on.follow.clone(),
                    on_edit: on.edit_command.clone(),
                    on_send: on.send_command.clone(),
                    on_edit_order: on.edit_order.clone(),
                    on_order: on.order.clone(),
                    on_enforce_rates: on.enforce_rates.clone(),
                    on_edit_faults: on.edit_faults.clone(),
                    on_set_faults: on.set_faults.clone(),
                    on_strike: on.strike.clone(),
                };
                html! {
                    <Later<PlatformPanelProps>
                        language={*language} class="zone platform" title={front.platform_title} part={&CONSOLE} {props}
                    />
                }
            },
            programs: {
                let props = SnippetPanelProps {
                    language: *language,
                    login: connect.clone(),
                    upload: upload.clone(),
                    now: on.now.clone(),
                };
                html! {
                    <Later<SnippetPanelProps>
                        language={*language} class="zone snippet" title={front.programs_title} part={&PROGRAMS} {props}
                    />
                }
            },
        })
    }
}
