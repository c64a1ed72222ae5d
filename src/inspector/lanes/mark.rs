//! What happened between frames: a connection that ended, something that the platform did.

use simulator::{SysEvent, Told};
use time::OffsetDateTime;

use crate::connect::{Ending, Status};
use crate::platform::Happening;

/// Something that happened between two frames.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// When, on the wall; of several in a row, the last.
    pub at: OffsetDateTime,
    /// What.
    pub kind: MarkKind,
    /// How often in a row.
    pub times: u32,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkKind {
    /// The device's connection was lost after its login had been accepted.
    Lost(Ending),
    /// A connection did not come about, or its login was refused.
    Failed(Ending),
    /// The person ended the connection, or the tries to get one.
    Left,
    /// The platform in this page did something that it does not tell the device.
    Platform(Happening),
}

impl MarkKind {
    /// What a change of the connection's status means; `None` where frames tell it.
    pub fn turned(before: &Status, after: &Status) -> Option<Self> {
        let ended = |ending: &Ending| match before.is_online() {
            true => Self::Lost(ending.clone()),
            false => Self::Failed(ending.clone()),
        };
        match (after, before) {
            (Status::Opening | Status::LoggingIn | Status::Online { .. } | Status::InAnotherTab, _)
            | (Status::Offline(_), Status::Offline(_)) => None,
            // It counts the seconds down.
            (Status::Waiting { tries, .. }, Status::Waiting { tries: before, .. }) if tries == before => None,
            // The same pause goes on.
            (Status::NoNetwork { .. }, Status::Waiting { .. } | Status::NoNetwork { .. })
            | (Status::Waiting { .. }, Status::NoNetwork { .. }) => None,
            (Status::Offline(None), _)
            | (Status::Offline(Some(_)), Status::Waiting { .. } | Status::NoNetwork { .. }) => {
                Some(Self::Left)
            }
            (
                Status::Offline(Some(ending))
                | Status::Waiting { ending, .. }
                | Status::NoNetwork { ending, .. },
                _,
            ) => Some(ended(ending)),
        }
    }

    /// What the platform in this page did, if a device that sees only frames would wonder.
    pub fn told(happening: &Happening) -> Option<Self> {
        match happening {
            Happening::Refused { .. }
            | Happening::SubscriptionRefused { .. }
            | Happening::Ignored(_)
            | Happening::HungUp { .. }
            | Happening::Struck { .. }
            | Happening::WillPublished { .. }
            | Happening::Repeated { .. }
            | Happening::Unmatched { .. }
            | Happening::MessagesLost { .. } => Some(Self::Platform(happening.clone())),
            Happening::Sys(event) => is_unseen(event).then(|| Self::Platform(happening.clone())),
            // The frames that follow show what is sent again.
            Happening::LoggedIn { .. } | Happening::Left { .. } | Happening::Resent { .. } => None,
        }
    }

    /// Whether another in the same place is told together with this one: tries to connect that fail, one after
    /// the other and for ever, must not fill the list.
    pub(super) fn folds(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Failed(_), Self::Failed(_))) || self == other
    }
}

/// Whether no frame tells what happened on a platform with tokens, though a device would wonder.
fn is_unseen(event: &SysEvent) -> bool {
    match event {
        SysEvent::LoginRefused { .. }
        | SysEvent::CallTimedOut { .. }
        | SysEvent::RateExceeded { .. }
        | SysEvent::Banned { .. } => true,
        // It waits for a reply that will not come.
        SysEvent::Uplink { told, .. } | SysEvent::ImageUpdated { delta: Some(told), .. } => {
            *told == Told::NotSubscribed
        }
        SysEvent::SignatureUnchecked { .. }
        | SysEvent::Subscribed { .. }
        | SysEvent::Unsubscribed { .. }
        | SysEvent::EventPosted { .. }
        | SysEvent::DesiredChanged { .. }
        | SysEvent::ImageUpdated { delta: None, .. }
        | SysEvent::SubDeviceLoggedIn { .. }
        | SysEvent::SubDeviceLoggedOut { .. }
        | SysEvent::CallSent { .. }
        | SysEvent::CallAnswered { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use session::Resumption;
    use simulator::{Outcome, Why};

    use super::*;
    use crate::connect::LinkEnd;

    fn waiting(seconds: u64, tries: u32) -> Status {
        Status::Waiting { seconds, tries, lost: true, ending: ending() }
    }

    fn ending() -> Ending {
        Ending::Link(LinkEnd::HungUp)
    }

    #[test]
    fn a_connection_is_lost_once_and_fails_at_every_try() {
        let online =
            Status::Online { resumption: Resumption::New, clean_session: true, round_trip: Duration::ZERO };
        let turned = MarkKind::turned;
        assert_eq!(turned(&online, &waiting(3, 1)), Some(MarkKind::Lost(ending())));
        assert_eq!(turned(&waiting(3, 1), &waiting(2, 1)), None);
        assert_eq!(turned(&waiting(1, 1), &Status::Opening), None);
        assert_eq!(turned(&Status::Opening, &waiting(6, 2)), Some(MarkKind::Failed(ending())));
        // The browser says that there is no network, and there is one again.
        let no_network = Status::NoNetwork { lost: true, ending: ending() };
        assert_eq!(turned(&online, &no_network), Some(MarkKind::Lost(ending())));
        assert_eq!(turned(&waiting(2, 1), &no_network), None);
        assert_eq!(turned(&no_network, &waiting(1, 1)), None);
        // The try between them was over before it could be seen.
        assert_eq!(turned(&waiting(1, 2), &waiting(9, 3)), Some(MarkKind::Failed(ending())));
        assert_eq!(turned(&waiting(9, 3), &Status::Offline(Some(ending()))), Some(MarkKind::Left));
        assert_eq!(turned(&online, &Status::Offline(None)), Some(MarkKind::Left));
        assert_eq!(turned(&Status::LoggingIn, &online), None);
        let refused = Status::Offline(Some(ending()));
        assert_eq!(turned(&Status::LoggingIn, &refused), Some(MarkKind::Failed(ending())));
    }

    #[test]
    fn what_a_device_waits_for_in_vain_is_marked_and_what_frames_tell_is_not() {
        let up = |outcome, told| SysEvent::Uplink {
            device_id: "p/d".to_owned(),
            topic: "$sys/p/d/dp/post/json".to_owned(),
            outcome,
            told,
        };
        let taken = || Outcome::Taken { problems: Vec::new() };
        let refused = Outcome::Refused { code: 98, why: Why::Code };
        let filters = vec!["$sys/p/d/#".to_owned()];
        for (event, is_marked) in [
            (up(taken(), Told::Sent), false),
            (up(taken(), Told::NotSubscribed), true),
            (up(refused.clone(), Told::Sent), false),
            (up(refused, Told::NotSubscribed), true),
            (SysEvent::Subscribed { device_id: "p/d".to_owned(), filters }, false),
        ] {
            let happening = Happening::Sys(Box::new(event));
            let expected = is_marked.then(|| MarkKind::Platform(happening.clone()));
            assert_eq!(MarkKind::told(&happening), expected);
        }
    }
}
