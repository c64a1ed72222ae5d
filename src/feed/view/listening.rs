//! The topics to hear.

use onenet::rules::{Finding, Readings, legacy, sys};
use onenet::sys::{Platform, Tree};
use session::Qos;
use yew::{AttrValue, Callback, Html, Properties, SubmitEvent, component, html, use_state_eq};

use crate::browser;
use crate::feed::Subscriptions;
use crate::locale::Language;
use crate::upload::Sender;
use crate::widgets::{Choice, Field, Tick};

/// What the form shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct ListeningProps {
    pub(super) language: Language,
    pub(super) subscriptions: Subscriptions,
    pub(super) readings: Option<Readings>,
    pub(super) sender: Sender,
    pub(super) hears_all: bool,
    pub(super) online: bool,
    pub(super) on_hear_all: Callback<bool>,
    pub(super) on_subscribe: Callback<(String, Qos)>,
    pub(super) on_unsubscribe: Callback<String>,
}

/// The topics to hear.
#[component]
pub(super) fn Listening(props: &ListeningProps) -> Html {
    let filter = use_state_eq(String::new);
    let qos = use_state_eq(|| Qos::AtLeastOnce);
    let asked = use_state_eq(|| false);
    let ListeningProps { language, subscriptions, on_subscribe, on_unsubscribe, .. } = props;
    let words = language.words();
    let problem = session::check_filter(filter.as_str()).err();
    let error = problem.filter(|_| *asked).map(|problem| AttrValue::from((words.topic_problem)(problem)));
    let already = subscriptions.others_than(&filter);
    let findings = props.readings.filter(|_| !filter.is_empty());
    let findings = findings.map(|readings| check(&props.sender, &filter, qos.bits(), already, &readings));
    let finding = findings.and_then(|findings| findings.into_iter().next());
    let warning = finding.as_ref().map(|finding| AttrValue::from((words.finding)(finding)));
    let on_input = {
        let filter = filter.clone();
        Callback::from(move |text| filter.set(text))
    };
    let onsubmit = {
        let (filter, qos, on_subscribe) = (filter.clone(), qos.clone(), on_subscribe.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            asked.set(problem.is_some());
            if problem.is_none() {
                on_subscribe.emit(((*filter).clone(), *qos));
                filter.set(String::new());
            }
        })
    };
    let has_tokens = props.sender.generation.has_tokens();
    html! {
        <details class="listening">
            <summary id="listening">{ (words.subscriptions)(subscriptions.iter().len()) }</summary>
            if has_tokens {
                { hear_all(props) }
            }
            <form class="subscribe" {onsubmit} novalidate=true>
                <Field
                    id="subscribe-topic" label={words.subscribe_label} value={(*filter).clone()}
                    example={example(&props.sender)} {on_input} {error} {warning}
                    hint={if has_tokens { words.arrival.subscribe_hint } else { words.subscribe_hint }}
                />
                <Choice
                    id="subscribe-qos" label={words.sending.subscribe_qos} value={qos.bits().to_string()}
                    options={QOS.map(|qos| (qos.bits().to_string().into(), (words.front.qos_name)(qos).into())).to_vec()}
                    on_choose={{
                        let qos = qos.clone();
                        Callback::from(move |bits: String| {
                            qos.set(QOS.into_iter().find(|qos| qos.bits().to_string() == bits).unwrap_or(*qos));
                        })
                    }}
                />
                <button id="subscribe">
                    { if finding.is_some() && problem.is_none() { words.subscribe_anyway } else { words.subscribe } }
                </button>
            </form>
            <ul id="subscriptions">
                for subscription in subscriptions.iter() {
                    <li key={subscription.filter.clone()}>
                        <code>{ &subscription.filter }</code>
                        <span class="fate">{ (words.subscription)(subscription.state) }</span>
                        <button
                            type="button" class="quiet"
                            aria-label={(words.unsubscribe_from)(&subscription.filter)}
                            onclick={{
                                let filter = subscription.filter.clone();
                                on_unsubscribe.reform(move |_| {
                                    browser::focus("subscribe-topic");
                                    filter.clone()
                                })
                            }}
                        >
                            { words.unsubscribe }
                        </button>
                    </li>
                }
            </ul>
        </details>
    }
}

/// The switch for all that the platform tells the device, and a button for those who are logged in without.
fn hear_all(props: &ListeningProps) -> Html {
    let words = &props.language.words().arrival;
    let filter = props.sender.everything();
    let is_known = |filter: &String| props.subscriptions.iter().any(|known| known.filter == *filter);
    let missing = filter.clone().filter(|filter| props.online && !is_known(filter));
    html! {
        <div class="hear-all">
            <Tick id="hear-all" label={words.hear_all} checked={props.hears_all} on_tick={props.on_hear_all.clone()} />
            <p class="hint">
                { filter.map_or_else(|| words.hear_all_unknown.to_owned(), |filter| (words.hear_all_hint)(&filter)) }
            </p>
            if let Some(filter) = missing {
                <button
                    type="button" id="hear-all-now"
                    onclick={props.on_subscribe.reform(move |_| (filter.clone(), Qos::AtLeastOnce))}
                >
                    { words.hear_all_now }
                </button>
            }
        </div>
    }
}

/// A topic that this device may hear.
fn example(sender: &Sender) -> AttrValue {
    match sender.names() {
        Ok(device) if sender.platform() == Some(Platform::Suite) => {
            device.topic(Tree::Sys, "cmd/request/+").into()
        }
        Ok(device) if sender.platform() == Some(Platform::Studio) => {
            device.topic(Tree::Sys, "thing/property/set").into()
        }
        Ok(_) | Err(_) => "room/temperature".into(),
    }
}

/// The rules of the device's platform that a subscription breaks.
fn check(sender: &Sender, filter: &str, qos: u8, already: usize, readings: &Readings) -> Vec<Finding> {
    // How many topics the product has, only the platform knows: at least these.
    let Some(platform) = sender.platform() else {
        return legacy::check_subscribe(filter, already, already, readings);
    };
    let subscription = sys::Subscription { filter, qos, in_packet: 1, already };
    let device = sender.names();
    device.map(|device| sys::check_subscribe(&subscription, &device, platform, readings)).unwrap_or_default()
}

/// The most that a subscription may ask for.
const QOS: [Qos; 3] = [Qos::AtMostOnce, Qos::AtLeastOnce, Qos::ExactlyOnce];
