//! The topics to hear.

use onenet::rules::{Readings, legacy};
use session::Qos;
use yew::{AttrValue, Callback, Html, Properties, SubmitEvent, component, html, use_state_eq};

use crate::browser;
use crate::feed::Subscriptions;
use crate::locale::Language;
use crate::widgets::{Choice, Field};

/// What the form shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct ListeningProps {
    pub(super) language: Language,
    pub(super) subscriptions: Subscriptions,
    pub(super) readings: Option<Readings>,
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
    // How many topics the product has, only the platform knows: at least these.
    let findings = findings.map(|readings| legacy::check_subscribe(&filter, already, already, &readings));
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
    html! {
        <details class="listening">
            <summary id="listening">{ (words.subscriptions)(subscriptions.iter().len()) }</summary>
            <form class="subscribe" {onsubmit} novalidate=true>
                <Field
                    id="subscribe-topic" label={words.subscribe_label} value={(*filter).clone()}
                    example="room/temperature" {on_input} {error} {warning} hint={words.subscribe_hint}
                />
                <Choice
                    id="subscribe-qos" label={words.sending.subscribe_qos} value={qos.bits().to_string()}
                    options={QOS.map(|qos| (qos.bits().to_string().into(), (words.qos_name)(qos).into())).to_vec()}
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

/// The most that a subscription may ask for.
const QOS: [Qos; 3] = [Qos::AtMostOnce, Qos::AtLeastOnce, Qos::ExactlyOnce];
