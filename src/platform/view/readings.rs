//! What the sources disagree on, and which of them the platform follows.

use onenet::rules::{Readings, Rule, all};
use yew::{AttrValue, Callback, Html, Properties, component, html};

use crate::locale::Language;
use crate::widgets::Choice;

/// What the list shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct ReadingListProps {
    pub(super) language: Language,
    pub(super) readings: Readings,
    /// Called with other readings.
    pub(super) on_follow: Callback<Readings>,
}

/// A choice for every dispute.
#[component]
pub(super) fn ReadingList(props: &ReadingListProps) -> Html {
    let words = props.language.words();
    html! {
        <details class="readings">
            <summary id="readings">{ words.readings }</summary>
            <p class="hint">{ words.readings_hint }</p>
            for rule in disputed() {
                { choice(props, rule) }
            }
        </details>
    }
}

/// A rule for every dispute of every generation; where several rules share one, the first of them.
fn disputed() -> impl Iterator<Item = &'static Rule> {
    let repeats =
        |index: usize, rule: &Rule| all().take(index).any(|earlier| earlier.disputed == rule.disputed);
    let rules = all().enumerate();
    rules.filter(move |(index, rule)| rule.disputed.is_some() && !repeats(*index, rule)).map(|(_, rule)| rule)
}

fn choice(props: &ReadingListProps, rule: &'static Rule) -> Html {
    let ReadingListProps { language, readings, on_follow } = props;
    let text = |english: &'static str, chinese: &'static str| match language {
        Language::Chinese => chinese,
        Language::English => english,
    };
    let options: Vec<(AttrValue, AttrValue)> = rule
        .disputed
        .iter()
        .flat_map(|dispute| dispute.readings)
        .map(|reading| (reading.name.into(), text(reading.english, reading.chinese).into()))
        .collect();
    let chosen = readings.name(rule.id).unwrap_or_default();
    let all = rule.disputed.iter().flat_map(|dispute| dispute.readings);
    let source = all.clone().find(|reading| reading.name == chosen).map(|reading| reading.source);
    let readings = *readings;
    let on_choose = on_follow.reform(move |name: String| {
        let mut readings = readings;
        // A name that is none changes nothing.
        readings.follow(rule.id, &name);
        readings
    });
    html! {
        <Choice
            key={rule.id.as_str()} id={format!("reading-{}", rule.id.as_str())}
            label={text(rule.english, rule.chinese)} value={chosen}
            {options} {on_choose} hint={source.map(AttrValue::from)}
        />
    }
}
