//! What holds for a session whatever happens to it. The same scripts are played by the fuzzer.

mod play;

use proptest::prelude::*;
use web_time::Instant;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    // MQTT-3.1.0-1, MQTT-3.1.0-2, MQTT-2.3.1-2, MQTT-3.3.1-1, MQTT-3.3.1-2, MQTT-3.3.4-1, MQTT-4.3.3-1, MQTT-4.4.0-1,
    // MQTT-4.6.0-1.
    #[test]
    fn any_script_keeps_identifiers_order_and_counts_whatever_the_cuts(
        script in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        #[expect(clippy::disallowed_methods, reason = "tests need some instant to count from")]
        let now = Instant::now();
        play::play(&script, now);
    }
}
