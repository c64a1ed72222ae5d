//! What a platform says that no rule forbids and no one waits for: told and counted, and nothing else.

use session::Acknowledgement;

/// Something that changed nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oddity {
    /// An acknowledgement that nothing waits for.
    Stray {
        /// Its kind.
        acknowledgement: Acknowledgement,
        /// The packet identifier that it names.
        packet_id: u16,
    },
    /// A message at QoS 2 came once more and was not shown again.
    Duplicate {
        /// The platform's packet identifier.
        packet_id: u16,
    },
}

/// How many there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Oddities {
    /// Acknowledgements that nothing waited for.
    pub strays: u64,
    /// Messages that came once more.
    pub duplicates: u64,
    /// The one that came last.
    pub last: Option<Oddity>,
}

impl Oddities {
    /// One more.
    pub fn count(&mut self, oddity: Oddity) {
        match oddity {
            Oddity::Stray { .. } => self.strays += 1,
            Oddity::Duplicate { .. } => self.duplicates += 1,
        }
        self.last = Some(oddity);
    }
}
