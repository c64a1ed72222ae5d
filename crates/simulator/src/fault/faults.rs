//! Which faults are set: plain data, as a console or an HTTP API gives it.

use std::time::Duration;

use crate::reason::RefusalCode;

/// What goes wrong on purpose with what the platform sends. The default is nothing.
///
/// Frames are counted from when the faults were set, each kind for itself. What strikes once, such as
/// [`When::Nth`] and `refuse_login`, is unset when it has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Faults {
    /// What chance is drawn from: with the same seed the same conversation meets the same faults.
    pub seed: u64,
    /// How much later every frame arrives, an hour at most.
    pub delay: Duration,
    /// How much later still at most, by chance. Frames do not overtake each other.
    pub jitter: Duration,
    /// Whether frames arrive in pieces, or several at once.
    pub chunks: Chunks,
    /// The connection is cut inside a frame of any kind.
    pub cut: Option<When>,
    /// How many bytes of that frame arrive, never all of them. `None`: by chance.
    pub cut_after: Option<usize>,
    /// A frame of any kind is the first that does not arrive: from it on nothing goes out, nothing is read and
    /// nobody is told. The connection stays so, whatever is set later.
    pub half_open: Option<When>,
    /// A PUBACK is not sent.
    pub lose_puback: Option<When>,
    /// A PUBREC is not sent.
    pub lose_pubrec: Option<When>,
    /// A PUBREL is not sent.
    pub lose_pubrel: Option<When>,
    /// A PUBCOMP is not sent.
    pub lose_pubcomp: Option<When>,
    /// A PINGRESP is not sent. `When::Each(1)` is a platform that answers no PINGREQ.
    pub lose_pingresp: Option<When>,
    /// A PUBLISH at QoS 1 or 2 is sent twice, the second time with DUP.
    pub duplicate: Option<When>,
    /// The next login that would be accepted is refused with this code.
    pub refuse_login: Option<RefusalCode>,
}

/// Which frames a fault strikes, of those that it may strike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The one with this number, counted from 1, and then none. 0: none.
    Nth(u32),
    /// Those whose number is a multiple of this. 0: none.
    Each(u32),
    /// So many of a thousand, by chance.
    PerMille(u16),
}

/// How frames become chunks of bytes. MQTT does not care; whoever reads it must not either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Chunks {
    /// A frame is a chunk.
    #[default]
    Whole,
    /// Chunks of a frame have 1 to this many bytes, by chance; after 64 of them the rest is one.
    Split(usize),
    /// Frames are one chunk if they follow within this time on one that waits, which is an hour at most.
    Merge(Duration),
}

impl Faults {
    /// Whether nothing goes wrong.
    pub fn is_off(&self) -> bool {
        *self == Self { seed: self.seed, cut_after: self.cut_after, ..Self::default() }
    }
}
