//! The whole page but for its pixels: state, driver, session, link and the platform inside, on virtual time.

#![expect(clippy::unwrap_used, reason = "also in helpers a panic is a failed test")]

mod conversation {
    mod captured;
    mod computer;
    mod console;
    mod faults;
    mod hung_up;
    mod in_page;
    mod kept;
    mod left;
    mod losses;
    mod probes;
    mod server;
    mod stage;
    mod token_platforms;
    mod tokens;
    mod told;
    mod unsent;
    mod withheld;
}
