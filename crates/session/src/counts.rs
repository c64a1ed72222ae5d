//! How many messages went which way.

/// What became of this session's messages, exactly. For those at QoS 1 and 2
///
/// `restored + accepted = acknowledged + given_up + abandoned + waiting + in_flight + unsettled`
///
/// holds after every call. Whoever adds up sessions that go on where another ended leaves `restored` of the later
/// ones out, and takes the last three from the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Sent at QoS 0: nobody will say whether they arrived.
    pub unacknowledged: u64,
    /// Accepted at QoS 0, and the connection was over before they left: told by
    /// [`Event::NeverLeft`](crate::Event::NeverLeft).
    pub never_left: u64,
    /// Found in the store that the session began with.
    pub restored: u64,
    /// Accepted by [`publish`](crate::Session::publish) and [`enqueue`](crate::Session::enqueue).
    pub accepted: u64,
    /// The server answered with PUBACK or PUBCOMP.
    pub acknowledged: u64,
    /// Taken back by [`give_up`](crate::Session::give_up).
    pub given_up: u64,
    /// Unsettled when a clean session began: told by [`Event::Abandoned`](crate::Event::Abandoned).
    pub abandoned: u64,
    /// Held, and not on their way on this connection.
    pub waiting: u64,
    /// Sent on this connection, the answer awaited.
    pub in_flight: u64,
    /// Sent in a clean session that is over: see [`unsettled`](crate::Session::unsettled).
    pub unsettled: u64,
}
