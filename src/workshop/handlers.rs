//! What the panels call: actions for the state, commands for the client.

use onenet::Timestamp;
use onenet::rules::Readings;
use session::Qos;
use simulator::{Faults, Strike};
use yew::Callback;

use crate::browser;
use crate::client::{Client, Raw};
use crate::connect::{ConnectForm, Place, Target};
use crate::feed::AutoReply;
use crate::inspector::Imported;
use crate::locale::Language;
use crate::platform::{FaultForm, Order, OrderForm};
use crate::state::Action;
use crate::store::Store;
use crate::upload::{Picked, Upload, UploadForm};

/// What the panels call. Made once, so that a panel whose values stay the same is not drawn again.
pub(super) struct Handlers {
    pub(super) speak: Callback<Language>,
    pub(super) edit_connect: Callback<ConnectForm>,
    pub(super) edit_upload: Callback<UploadForm>,
    pub(super) pick_file: Callback<Option<Picked>>,
    pub(super) edit_command: Callback<String>,
    pub(super) edit_replies: Callback<Vec<AutoReply>>,
    pub(super) hear_all: Callback<bool>,
    pub(super) follow: Callback<Readings>,
    pub(super) clear: Callback<()>,
    pub(super) clear_capture: Callback<()>,
    pub(super) import: Callback<Option<Imported>>,
    pub(super) compose: Callback<Raw>,
    pub(super) probe: Callback<(Place, Raw)>,
    pub(super) connect: Callback<Target>,
    pub(super) try_now: Callback<()>,
    pub(super) disconnect: Callback<()>,
    pub(super) upload: Callback<Upload>,
    pub(super) give_up: Callback<(Option<String>, u16)>,
    pub(super) keep: Callback<bool>,
    pub(super) discard: Callback<String>,
    pub(super) subscribe: Callback<(String, Qos)>,
    pub(super) unsubscribe: Callback<String>,
    pub(super) send_command: Callback<(String, String)>,
    pub(super) edit_order: Callback<OrderForm>,
    pub(super) order: Callback<(String, Order)>,
    pub(super) enforce_rates: Callback<bool>,
    pub(super) edit_faults: Callback<FaultForm>,
    pub(super) set_faults: Callback<Faults>,
    pub(super) strike: Callback<Strike>,
    pub(super) now: Callback<(), Timestamp>,
}

impl Handlers {
    pub(super) fn new(client: &Client, store: &Store) -> Self {
        let dispatch = store.dispatch();
        Self {
            speak: dispatch.reform(Action::Speak),
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
            connect: ask(client, Client::connect),
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
