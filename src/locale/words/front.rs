//! The page as it opens: the login form, how the connection stands, and what each zone is called. Kept apart from
//! the other words, so that a first visit need not wait for them.

use session::{Qos, Resumption};

use super::{LoginWords, WillWords};
use crate::connect::{Destination, Ending, Oddities, Status};

/// The words of the page as it opens.
#[expect(missing_docs, reason = "the names say where the words stand; the words say the rest")]
pub struct FrontWords {
    pub title: &'static str,
    pub tagline: &'static str,
    pub language: &'static str,

    pub upload_title: &'static str,
    pub feed_title: &'static str,
    pub inspector_title: &'static str,
    pub platform_title: &'static str,
    pub programs_title: &'static str,
    /// Stands where something is still on its way.
    pub coming: &'static str,
    /// Stands where it does not come.
    pub missing: &'static str,
    pub load_again: &'static str,

    pub connect_title: &'static str,
    pub destination: &'static str,
    pub destination_name: fn(&Destination) -> String,
    pub destination_hint: fn(&Destination) -> String,
    pub address: &'static str,
    pub login: LoginWords,
    pub show: &'static str,
    pub hide: &'static str,
    pub keep_alive: &'static str,
    pub clean_session: &'static str,
    pub will: WillWords,
    pub qos_name: fn(Qos) -> &'static str,
    pub upload_first: &'static str,
    pub connect: &'static str,
    pub connect_again: &'static str,
    pub connect_anyway: &'static str,
    pub disconnect: &'static str,

    pub status: fn(&Status) -> String,
    pub ending: fn(&Ending) -> String,
    /// `None` where there is nothing to say.
    pub resumption: fn(Resumption, bool) -> Option<&'static str>,
    pub unsent: fn(usize) -> String,
    pub oddities: fn(&Oddities) -> String,
    pub countdown: fn(u64) -> String,
    pub try_now: &'static str,
}
