//! What the QoS levels promise, whatever happens to the links: at QoS 1 at least once, at QoS 2 exactly once, in
//! order, both ways.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use session::Qos;

use crate::step::{Step, any_break, step};
use crate::world::World;

/// The messages of a world, counted once everything is settled.
#[derive(Debug, PartialEq, Eq)]
struct Tally {
    /// Different ones, and copies of those.
    arrived: usize,
    copies: usize,
}

fn check(world: &mut World) -> [Tally; 4] {
    world.heal();
    world.settle();
    let all = [Qos::AtLeastOnce, Qos::ExactlyOnce];
    let (listener, speaker) = (&world.listener, &world.speaker);
    let up = all.map(|qos| tally(&only(&listener.sent, qos), &world.stored(qos), qos, &BTreeSet::new()));
    let down =
        all.map(|qos| tally(&only(&speaker.sent, qos), &only(&listener.heard, qos), qos, &world.may_be_late));
    for device in [listener, speaker] {
        assert_eq!(device.acknowledged, device.sent.len() as u64);
        assert_eq!(device.held(), 0);
    }
    let ([up_1, up_2], [down_1, down_2]) = (up, down);
    [up_1, up_2, down_1, down_2]
}

/// Counts what arrived of what was sent, which holds what the QoS promises. Those that may be late may have been
/// overtaken.
fn tally(sent: &[u32], arrived: &[u32], qos: Qos, may_be_late: &BTreeSet<u32>) -> Tally {
    let mut seen = BTreeSet::new();
    let firsts: Vec<u32> = arrived.iter().copied().filter(|number| seen.insert(*number)).collect();
    let lost: Vec<&u32> = sent.iter().filter(|number| !seen.contains(*number)).take(9).collect();
    assert!(lost.is_empty(), "{qos:?}: {lost:?} are lost");
    let copies = arrived.len() - firsts.len();
    assert!(qos != Qos::ExactlyOnce || copies == 0, "{copies} arrived more than once");
    let in_time = firsts.iter().filter(|number| !may_be_late.contains(*number));
    let swapped = in_time.clone().zip(in_time.skip(1)).find(|(one, next)| one > next);
    assert_eq!(swapped, None, "{qos:?}: in order");
    Tally { arrived: firsts.len(), copies }
}

/// The messages at this QoS.
fn only(messages: &[(Qos, u32)], wanted: Qos) -> Vec<u32> {
    messages.iter().filter(|(qos, _)| *qos == wanted).map(|(_, number)| *number).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn qos_1_arrives_and_qos_2_once_under_any_faults(steps in prop::collection::vec(step(), 0..60)) {
        let mut world = World::new(20);
        steps.iter().for_each(|step| world.run(step));
        check(&mut world);
    }

    #[test]
    fn with_one_message_at_a_time_none_passes_another(steps in prop::collection::vec(step(), 0..40)) {
        let mut world = World::new(1);
        steps.iter().for_each(|step| world.run(step));
        world.may_be_late.clear();
        check(&mut world);
    }
}

#[test]
fn ten_thousand_messages_each_way_and_at_each_qos_survive_a_thousand_faults() {
    const EACH: usize = 10_000;
    const FAULTS: usize = 1_000;

    let mut world = World::new(20);
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), random);
    let any_break = any_break();
    for number in 0..EACH {
        for qos in [Qos::AtLeastOnce, Qos::ExactlyOnce] {
            world.run(&Step::Upload(qos));
            world.run(&Step::Say(qos));
        }
        if number % (EACH / FAULTS) == 3 {
            let what = any_break.new_tree(&mut runner).unwrap().current();
            // The listener is busy both ways: it is struck twice as often.
            world.run(&if number % 3 == 0 { Step::Speaker(what) } else { Step::Listener(what) });
        }
    }
    let [up_1, up_2, down_1, down_2] = check(&mut world);
    println!("{FAULTS} faults were set, struck with or links lost; the platform's struck so often:");
    for (fault, times) in &world.struck {
        println!("{times:>8} {fault}");
    }
    for (what, tally) in [
        ("uploads at QoS 1", &up_1),
        ("uploads at QoS 2", &up_2),
        ("messages at QoS 1", &down_1),
        ("messages at QoS 2", &down_2),
    ] {
        println!("{what}: {} arrived, in order, and {} copies of them", tally.arrived, tally.copies);
    }
    for device in [&world.listener, &world.speaker] {
        println!(
            "device {}: {} logins, {} to a session that was kept",
            device.id, device.logins, device.resumed
        );
    }
    for tally in [&up_1, &up_2, &down_1, &down_2] {
        assert_eq!(tally.arrived, EACH);
    }
    assert_eq!((up_2.copies, down_2.copies), (0, 0));
    assert!(up_1.copies > 0 && down_1.copies > 0, "the links were bad enough");
}
