//! Faults that teachers show, each at one press.

use simulator::{Faults, When};

/// A scenario for a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// The next PUBACK gets lost: the upload is sent again after the next login, and arrives twice.
    LostPuback,
    /// The next PUBREC gets lost: the upload is sent again, and arrives once.
    LostPubrec,
    /// The link is cut inside the next frame.
    CutInside,
    /// From the next frame on the platform says nothing and hears nothing.
    Silence,
    /// Every third delivery at QoS 1 or 2 comes twice.
    Twice,
}

impl Preset {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 5] =
        [Self::LostPuback, Self::LostPubrec, Self::CutInside, Self::Silence, Self::Twice];

    /// Its name in kebab case.
    pub fn key(self) -> &'static str {
        match self {
            Self::LostPuback => "lost-puback",
            Self::LostPubrec => "lost-pubrec",
            Self::CutInside => "cut-inside",
            Self::Silence => "silence",
            Self::Twice => "twice",
        }
    }

    /// What goes wrong, and nothing else.
    pub fn faults(self) -> Faults {
        let next = Some(When::Nth(1));
        let none = Faults::default();
        match self {
            Self::LostPuback => Faults { lose_puback: next, ..none },
            Self::LostPubrec => Faults { lose_pubrec: next, ..none },
            // Behind the type and the length, where every frame still lacks something.
            Self::CutInside => Faults { cut: next, cut_after: Some(2), ..none },
            Self::Silence => Faults { half_open: next, ..none },
            Self::Twice => Faults { duplicate: Some(When::Each(3)), ..none },
        }
    }
}
