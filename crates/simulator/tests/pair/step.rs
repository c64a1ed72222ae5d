//! What may happen in a world of broken links, as data that shrinks.

use std::time::Duration;

use proptest::prelude::*;
use session::Qos;
use simulator::{Chunks, Faults, RefusalCode, Strike, When};

/// One thing that happens.
#[derive(Debug, Clone)]
pub enum Step {
    /// The listener uploads a number.
    Upload(Qos),
    /// The speaker says a number.
    Say(Qos),
    /// So many milliseconds pass.
    Pass(u16),
    /// Something goes wrong with the listener.
    Listener(Break),
    /// Something goes wrong with the speaker.
    Speaker(Break),
}

/// Something that goes wrong.
#[derive(Debug, Clone)]
pub enum Break {
    /// The platform has these faults from now on.
    Faults(Faults),
    /// The platform strikes.
    Strike(Strike),
    /// The link is lost, and both are told; so many bytes still arrive at the platform, and at the device.
    Lose { up: usize, down: usize },
    /// The link is lost, and the platform is not told.
    LoseSilently,
}

pub fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => qos().prop_map(Step::Upload),
        5 => qos().prop_map(Step::Say),
        3 => (0u16..2_000).prop_map(Step::Pass),
        2 => any_break().prop_map(Step::Listener),
        1 => any_break().prop_map(Step::Speaker),
    ]
}

pub fn any_break() -> impl Strategy<Value = Break> {
    let bytes = prop_oneof![Just(0usize), 0usize..60, Just(usize::MAX)];
    prop_oneof![
        6 => faults().prop_map(Break::Faults),
        2 => prop::sample::select(&Strike::ALL[..]).prop_map(Break::Strike),
        2 => (bytes.clone(), bytes).prop_map(|(up, down)| Break::Lose { up, down }),
        1 => Just(Break::LoseSilently),
    ]
}

/// One kind of fault each.
fn faults() -> impl Strategy<Value = Faults> {
    let set = |set: fn(&mut Faults, When)| {
        when().prop_map(move |when| {
            let mut faults = Faults::default();
            set(&mut faults, when);
            faults
        })
    };
    // What ends connections strikes once: nothing would ever get through otherwise.
    let frame = || (1u32..25).prop_map(When::Nth);
    let cut = (frame(), prop::option::of(0usize..20)).prop_map(|(when, cut_after)| Faults {
        cut: Some(when),
        cut_after,
        ..Faults::default()
    });
    let half_open = frame().prop_map(|when| Faults { half_open: Some(when), ..Faults::default() });
    let chunks = prop_oneof![
        (1usize..9).prop_map(Chunks::Split),
        (0u64..200).prop_map(|millis| Chunks::Merge(Duration::from_millis(millis))),
    ];
    let late = (0u64..200, 0u64..200).prop_map(|(delay, jitter)| Faults {
        delay: Duration::from_millis(delay),
        jitter: Duration::from_millis(jitter),
        ..Faults::default()
    });
    let refused = prop::sample::select(&RefusalCode::ALL[..])
        .prop_map(|code| Faults { refuse_login: Some(code), ..Faults::default() });
    let faults = prop_oneof![
        3 => cut,
        1 => half_open,
        1 => set(|faults, when| faults.lose_puback = Some(when)),
        1 => set(|faults, when| faults.lose_pubrec = Some(when)),
        1 => set(|faults, when| faults.lose_pubrel = Some(when)),
        1 => set(|faults, when| faults.lose_pubcomp = Some(when)),
        1 => set(|faults, when| faults.lose_pingresp = Some(when)),
        1 => set(|faults, when| faults.duplicate = Some(when)),
        1 => chunks.prop_map(|chunks| Faults { chunks, ..Faults::default() }),
        1 => late,
        1 => refused,
    ];
    (faults, any::<u64>()).prop_map(|(faults, seed)| Faults { seed, ..faults })
}

fn when() -> impl Strategy<Value = When> {
    prop_oneof![
        3 => (1u32..4).prop_map(When::Nth),
        1 => (2u32..6).prop_map(When::Each),
        1 => (0u16..300).prop_map(When::PerMille),
    ]
}

fn qos() -> impl Strategy<Value = Qos> {
    prop_oneof![Just(Qos::AtLeastOnce), Just(Qos::ExactlyOnce)]
}
