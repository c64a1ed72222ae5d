//! What narrows the list of frames down.

use dissect::PacketType;
use yew::{AttrValue, Callback, Html, Properties, component, html};

use crate::inspector::{Direction, Filter, PacketTypes};
use crate::locale::Language;
use crate::widgets::{Choice, Field};

/// What the fields show and give.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct FiltersProps {
    pub(super) language: Language,
    pub(super) filter: Filter,
    pub(super) on_filter: Callback<Filter>,
}

/// The keys of the choices that are no packet type.
const ALL: &str = "all";
const WITHOUT_PINGS: &str = "without-pings";
const SENT: &str = "sent";
const RECEIVED: &str = "received";

/// Type, direction, topic and text.
#[component]
pub(super) fn Filters(props: &FiltersProps) -> Html {
    let FiltersProps { language, filter, on_filter } = props;
    let words = &language.words().frames;
    let edit = |change: fn(&mut Filter, String)| {
        let (filter, on_filter) = (filter.clone(), on_filter.clone());
        Callback::from(move |text: String| {
            let mut changed = filter.clone();
            change(&mut changed, text);
            on_filter.emit(changed);
        })
    };
    let mut types: Vec<(AttrValue, AttrValue)> =
        vec![(ALL.into(), words.all_types.into()), (WITHOUT_PINGS.into(), words.without_pings.into())];
    types.extend(PacketType::ALL.map(|kind| (kind.name().into(), kind.name().into())));
    let directions = vec![
        (ALL.into(), words.both_directions.into()),
        (SENT.into(), words.sent.into()),
        (RECEIVED.into(), words.received.into()),
    ];
    html! {
        <div class="row filters">
            <Choice
                id="filter-type" label={words.filter_type} value={types_key(filter.types)} options={types}
                on_choose={edit(|filter, key| filter.types = types_of(&key))}
            />
            <Choice
                id="filter-direction" label={words.filter_direction} value={direction_key(filter.direction)}
                options={directions} on_choose={edit(|filter, key| filter.direction = direction_of(&key))}
            />
            <Field
                id="filter-topic" label={words.filter_topic} value={filter.topic.clone()}
                example={words.filter_topic_example} on_input={edit(|filter, text| filter.topic = text)}
            />
            <Field
                id="filter-text" label={words.filter_text} value={filter.text.clone()}
                example={words.filter_text_example} on_input={edit(|filter, text| filter.text = text)}
            />
        </div>
    }
}

fn without_pings() -> PacketTypes {
    let is_ping = |kind: &PacketType| matches!(kind, PacketType::Pingreq | PacketType::Pingresp);
    PacketType::ALL.into_iter().filter(|kind| !is_ping(kind)).collect()
}

fn types_of(key: &str) -> PacketTypes {
    match key {
        WITHOUT_PINGS => without_pings(),
        key => PacketType::ALL.into_iter().filter(|kind| kind.name() == key).collect(),
    }
}

fn types_key(types: PacketTypes) -> &'static str {
    let one = PacketType::ALL.into_iter().find(|kind| types == PacketTypes::from_iter([*kind]));
    match one {
        Some(kind) => kind.name(),
        None if types == without_pings() => WITHOUT_PINGS,
        None => ALL,
    }
}

fn direction_of(key: &str) -> Option<Direction> {
    match key {
        SENT => Some(Direction::Sent),
        RECEIVED => Some(Direction::Received),
        _ => None,
    }
}

fn direction_key(direction: Option<Direction>) -> &'static str {
    match direction {
        Some(Direction::Sent) => SENT,
        Some(Direction::Received) => RECEIVED,
        None => ALL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_name_what_they_stand_for() {
        for key in [ALL, WITHOUT_PINGS, "CONNECT", "PUBLISH", "DISCONNECT"] {
            assert_eq!(types_key(types_of(key)), key);
        }
        for key in [ALL, SENT, RECEIVED] {
            assert_eq!(direction_key(direction_of(key)), key);
        }
        assert!(types_of(ALL).is_empty());
    }
}
