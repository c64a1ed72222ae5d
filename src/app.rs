//! The whole page: owns the state and the client, lays out the panels.

use std::rc::Rc;

use onenet::Timestamp;
use onenet::rules::Readings;
use onenet::studio::ThingModel;
use session::Qos;
use simulator::{Faults, Strike};
use yew::platform::spawn_local;
use yew::{Callback, Html, component, html, use_effect_with, use_memo, use_reducer};

use crate::browser;
use crate::client::{Client, Raw, use_client};
use crate::connect::{ConnectForm, ConnectPanel, Destination, Place, Target};
use crate::feed::{AutoReply, FeedPanel};
use crate::inspector::{Imported, Inspector};
use crate::locale::Language;
use crate::platform::{FaultForm, Order, OrderForm, PlatformPanel};
use crate::snippet::SnippetPanel;
use crate::state::{Action, State};
use crate::upload::{Picked, Upload, UploadForm, UploadPanel};
use crate::widgets::LanguageSwitch;

/// The page.
#[component]
pub fn App() -> Html {
    let store = use_reducer(|| State::new(browser::language(), browser::page_address()));
    let client = use_client(store.dispatcher());
    let on = use_memo(client, |client| Handlers::new(client, &store.dispatcher().into()));

    use_effect_with(store.language, |language| browser::set_language(*language));
    {
        let on_upstreams: Callback<Vec<String>> = on.upstreams.clone();
        use_effect_with((), |()| {
            spawn_local(async move {
                // A static host has no such file; then there is no relay to offer.
                let names = browser::fetch("upstreams").await;
                if let Some(names) = names.and_then(|names| serde_json::from_str(&names).ok()) {
                    on_upstreams.emit(names);
                }
            });
        });
    }

    let State { language, status, connect, upload, outbox, .. } = &*store;
    let words = language.words();
    let model = upload.studio.model.filled.as_ref().map(|filled| filled.model.clone());
    {
        // The platform in this page holds to the same thing model as the forms.
        let follow = on.follow_model.clone();
        use_effect_with(model.clone(), move |model| follow.emit(model.clone()));
    }
    let readings = connect.onenet().map(|_| store.readings);
    // Also while a device is still connected there and another place is being chosen.
    let in_page =
        connect.destination == Destination::InPage || store.console.snapshot.online_device().is_some();
    html! {
        <>
            <header class="masthead">
                <h1>{ words.title }</h1>
                <p>{ words.tagline }</p>
                <LanguageSwitch language={*language} on_speak={on.speak.clone()} />
            </header>
            <main class={if in_page { "zones" } else { "zones without-platform" }}>
                <ConnectPanel
                    language={*language}
                    page={store.page.clone()}
                    upstreams={store.upstreams.clone()}
                    form={connect.clone()}
                    readings={store.readings}
                    upload={upload.clone()}
                    status={status.clone()}
                    now={on.now.clone()}
                    unsent={outbox.progress().unsent}
                    oddities={store.oddities}
                    on_edit={on.edit_connect.clone()}
                    on_connect={on.connect.clone()}
                    on_try_now={on.try_now.clone()}
                    on_disconnect={on.disconnect.clone()}
                />
                <UploadPanel
                    language={*language}
                    form={upload.clone()}
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
                <Inspector
                    language={*language}
                    capture={store.capture.clone()}
                    imported={store.imported.clone()}
                    connect={connect.clone()}
                    upload={upload.clone()}
                    page={store.page.clone()}
                    aimed={store.aimed.clone()}
                    status={status.clone()}
                    probe={store.probe.clone()}
                    notes={if in_page { store.console.notes().take(16).cloned().collect() } else { Vec::new() }}
                    now={on.now.clone()}
                    on_clear={on.clear_capture.clone()}
                    on_import={on.import.clone()}
                    on_compose={on.compose.clone()}
                    on_probe={on.probe.clone()}
                />
                if in_page {
                    <PlatformPanel
                        language={*language}
                        console={store.console.clone()}
                        generation={connect.generation}
                        model={model.clone()}
                        readings={store.readings}
                        on_follow={on.follow.clone()}
                        on_edit={on.edit_command.clone()}
                        on_send={on.send_command.clone()}
                        on_edit_order={on.edit_order.clone()}
                        on_order={on.order.clone()}
                        on_enforce_rates={on.enforce_rates.clone()}
                        on_edit_faults={on.edit_faults.clone()}
                        on_set_faults={on.set_faults.clone()}
                        on_strike={on.strike.clone()}
                    />
                }
            </main>
            // Below the grid: the panels that stick to its top end where it ends.
            <SnippetPanel
                language={*language}
                login={connect.clone()}
                upload={upload.clone()}
                now={on.now.clone()}
            />
        </>
    }
}

/// What the panels call. Made once, so that a panel whose values stay the same is not drawn again.
struct Handlers {
    speak: Callback<Language>,
    upstreams: Callback<Vec<String>>,
    edit_connect: Callback<ConnectForm>,
    edit_upload: Callback<UploadForm>,
    pick_file: Callback<Option<Picked>>,
    edit_command: Callback<String>,
    edit_replies: Callback<Vec<AutoReply>>,
    hear_all: Callback<bool>,
    follow: Callback<Readings>,
    clear: Callback<()>,
    clear_capture: Callback<()>,
    import: Callback<Option<Imported>>,
    compose: Callback<Raw>,
    probe: Callback<(Place, Raw)>,
    connect: Callback<Target>,
    try_now: Callback<()>,
    disconnect: Callback<()>,
    upload: Callback<Upload>,
    give_up: Callback<(Option<String>, u16)>,
    keep: Callback<bool>,
    discard: Callback<String>,
    subscribe: Callback<(String, Qos)>,
    unsubscribe: Callback<String>,
    send_command: Callback<(String, String)>,
    edit_order: Callback<OrderForm>,
    order: Callback<(String, Order)>,
    enforce_rates: Callback<bool>,
    follow_model: Callback<Option<Rc<ThingModel>>>,
    edit_faults: Callback<FaultForm>,
    set_faults: Callback<Faults>,
    strike: Callback<Strike>,
    now: Callback<(), Timestamp>,
}

impl Handlers {
    fn new(client: &Client, dispatch: &Callback<Action>) -> Self {
        Self {
            speak: dispatch.reform(Action::Speak),
            upstreams: dispatch.reform(Action::UpstreamsFound),
            edit_connect: dispatch.reform(Action::EditConnect),
            edit_upload: dispatch.reform(Action::EditUpload),
            pick_file: dispatch.reform(Action::PickFile),
            edit_command: dispatch.reform(Action::EditCommand),
            edit_replies: {
                // The page shows them, the driver acts on them.
                let (client, dispatch) = (client.clone(), dispatch.clone());
                Callback::from(move |replies: Vec<AutoReply>| {
                    client.reply(replies.clone());
                    dispatch.emit(Action::EditReplies(replies));
                })
            },
            hear_all: {
                let (client, dispatch) = (client.clone(), dispatch.clone());
                Callback::from(move |hears| {
                    client.hear_all(hears);
                    dispatch.emit(Action::HearAll(hears));
                })
            },
            follow: {
                // The checks before sending and the platform in this page hold the same.
                let (client, dispatch) = (client.clone(), dispatch.clone());
                Callback::from(move |readings| {
                    client.follow(readings);
                    dispatch.emit(Action::Follow(readings));
                })
            },
            clear_capture: dispatch.reform(|()| Action::ClearCapture),
            import: dispatch.reform(Action::Import),
            compose: {
                let client = client.clone();
                Callback::from(move |raw| client.compose(raw))
            },
            probe: {
                let client = client.clone();
                Callback::from(move |(place, raw)| client.probe(place, raw))
            },
            clear: dispatch.reform(|()| Action::ClearHistory),
            connect: {
                // Another place may be chosen in the form while the device stays where it is.
                let (client, dispatch) = (client.clone(), dispatch.clone());
                Callback::from(move |target: Target| {
                    dispatch.emit(Action::Aim(target.destination.clone()));
                    client.connect(target);
                })
            },
            try_now: ask(client, |client, ()| client.try_now()),
            disconnect: ask(client, |client, ()| client.disconnect()),
            upload: ask(client, Client::upload),
            give_up: ask(client, |client, (left, packet_id)| client.give_up(left, packet_id)),
            keep: ask(client, |client, keeps| client.keep(keeps)),
            discard: ask(client, Client::discard),
            subscribe: ask(client, |client, (filter, qos)| client.subscribe_at(filter, qos)),
            unsubscribe: ask(client, Client::unsubscribe),
            send_command: ask(client, |client, (device, body)| client.send_command(device, body)),
            edit_order: dispatch.reform(Action::EditOrder),
            order: ask(client, |client, (device, order)| client.order(device, order)),
            enforce_rates: ask(client, |client, on| client.enforce_rates(on)),
            follow_model: ask(client, Client::follow_model),
            edit_faults: dispatch.reform(Action::EditFaults),
            set_faults: {
                // The form shows what was set, wherever that came from.
                let (client, dispatch) = (client.clone(), dispatch.clone());
                Callback::from(move |faults: Faults| {
                    dispatch.emit(Action::EditFaults(FaultForm::of(&faults)));
                    client.set_faults(faults);
                })
            },
            strike: ask(client, Client::strike),
            now: Callback::from(|()| browser::timestamp()),
        }
    }
}

fn ask<T: 'static>(client: &Client, command: fn(&Client, T)) -> Callback<T> {
    let client = client.clone();
    Callback::from(move |value| command(&client, value))
}
