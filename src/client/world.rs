//! What the loops need from outside: time, chance and links.

use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use futures::future::LocalBoxFuture;
use time::OffsetDateTime;
use web_time::Instant;

use crate::client::link::Link;
use crate::state::Action;

/// Takes what happened, in the order in which it happened.
pub type Emit = Rc<dyn Fn(Action)>;

/// The clocks, the chance and the sockets of the place where the page runs.
#[derive(Clone)]
pub struct World {
    /// The clock that never jumps: deadlines and round trips.
    pub now: Rc<dyn Fn() -> Instant>,
    /// The clock on the wall, in the person's zone: what is shown.
    pub wall: Rc<dyn Fn() -> OffsetDateTime>,
    /// Ends after a duration.
    pub sleep: Rc<dyn Fn(Duration) -> LocalBoxFuture<'static, ()>>,
    /// Bytes nobody can foresee.
    pub random: Rc<dyn Fn() -> [u8; 16]>,
    /// A link to a WebSocket address.
    pub open: Rc<dyn Fn(&str) -> Link>,
}

impl World {
    /// Ends at `deadline`, never without one.
    pub(crate) async fn sleep_until(&self, deadline: Option<Instant>) {
        match deadline {
            Some(deadline) => (self.sleep)(deadline.saturating_duration_since((self.now)())).await,
            None => futures::future::pending().await,
        }
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World").finish_non_exhaustive()
    }
}
