//! What the loops need from outside: time, chance, links and a memory.

use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use futures::future::LocalBoxFuture;
use futures::stream::LocalBoxStream;
use time::OffsetDateTime;
use web_time::Instant;

use crate::client::link::Link;
use crate::client::shelf::{Claim, Row, ShelfError, Write};
use crate::state::Action;

/// Takes what happened, in the order in which it happened.
pub type Emit = Rc<dyn Fn(Action)>;

/// The clocks, the chance, the sockets and the storage of the place where the page runs.
#[derive(Clone)]
#[expect(clippy::type_complexity, reason = "each of these types is used once, by the field that names it")]
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
    /// The rows of one session on this computer, in the order of their names. `key` names the session: upstream and
    /// client id.
    pub load: Rc<dyn Fn(&str) -> LocalBoxFuture<'static, Result<Vec<Row>, ShelfError>>>,
    /// Writes to the rows of one session, all or none. The call itself takes its turn: what is called later takes
    /// effect later, whichever future is looked at first, and a dropped future takes nothing back.
    pub save: Rc<dyn Fn(&str, Vec<Write>) -> LocalBoxFuture<'static, Result<(), ShelfError>>>,
    /// Takes a session for this tab alone until the claim is dropped; `None` while another tab has it.
    pub claim: Rc<dyn Fn(&str) -> LocalBoxFuture<'static, Option<Claim>>>,
    /// Whether the browser says that there is a network: now, and at every change. *Yes* says nothing about how far
    /// it reaches, and after *no* a relay on this machine is still reached.
    pub network: Rc<dyn Fn() -> LocalBoxStream<'static, bool>>,
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
