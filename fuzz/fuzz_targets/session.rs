//! Any script for a session: bytes of a server cut anywhere, commands, time, lost links, crashes. What must hold stands
//! beside the tests of `session`, which play such scripts too.

#![no_main]

use libfuzzer_sys::fuzz_target;
use web_time::Instant;

#[path = "../../crates/session/tests/any_script/play.rs"]
mod play;

fuzz_target!(|script: &[u8]| play::play(script, Instant::now()));
