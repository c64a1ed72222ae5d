//! The timelines of what is shown, kept up to date from drawing to drawing.

use std::cell::{Ref, RefCell};
use std::rc::Rc;
use std::time::Duration;

use time::OffsetDateTime;
use yew::{hook, use_mut_ref};

use super::panel::LanesProps;
use crate::connect::Status;
use crate::inspector::lanes::{MarkKind, Timeline};
use crate::inspector::{Capture, Probe, ProbeStage};

/// A timeline as it stands. Shared, since it can be long.
#[derive(Debug, Clone)]
pub(super) struct Followed {
    timeline: Rc<RefCell<Timeline>>,
    /// Counts what changed it besides frames.
    revision: u64,
}

impl PartialEq for Followed {
    /// What frames change follows from the capture, which whoever is given this is given too.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.timeline, &other.timeline) && self.revision == other.revision
    }
}

impl Followed {
    pub(super) fn get(&self) -> Ref<'_, Timeline> {
        self.timeline.borrow()
    }
}

/// What the timelines have seen so far.
struct Seen {
    live: Followed,
    status: Status,
    /// How many notes the platform in this page had made.
    noted: u64,
    /// The file that is shown, and its timeline.
    file: Option<(u32, Followed)>,
}

/// The timeline of the file where one is shown, otherwise that of the live frames.
#[hook]
pub(super) fn use_timeline(props: &LanesProps, now: impl Fn() -> OffsetDateTime) -> Followed {
    let seen = use_mut_ref(|| {
        let live = Followed { timeline: Rc::default(), revision: 0 };
        Seen { live, status: Status::Offline(None), noted: 0, file: None }
    });
    let mut seen = seen.borrow_mut();
    seen.follow(props, now);
    let Some(imported) = &props.imported else {
        seen.file = None;
        return seen.live.clone();
    };
    if let Some((opened, file)) = &seen.file
        && *opened == imported.opened
    {
        return file.clone();
    }
    let mut timeline = Timeline::default();
    timeline.update(&imported.capture, false, None);
    let file = Followed { timeline: Rc::new(RefCell::new(timeline)), revision: 0 };
    seen.file = Some((imported.opened, file.clone()));
    file
}

impl Seen {
    /// Follows the live frames, the device's connection and the platform in this page.
    fn follow(&mut self, props: &LanesProps, now: impl Fn() -> OffsetDateTime) {
        let LanesProps { capture, status, probe, notes, .. } = props;
        let open = probe.as_ref().filter(|probe| is_open(probe)).map(|probe| probe.connection);
        let mut timeline = self.live.timeline.borrow_mut();
        timeline.update(capture, is_talking(status), open);
        // Newest first.
        let new = notes.iter().take_while(|note| note.number > self.noted).count();
        for note in notes.iter().take(new).rev() {
            if let Some(kind) = MarkKind::told(&note.happening) {
                timeline.mark(note.at, kind, capture);
            }
        }
        self.noted = notes.first().map_or(self.noted, |note| note.number);
        if let Some(kind) = MarkKind::turned(&self.status, status) {
            timeline.mark(now(), kind, capture);
        }
        self.live.revision += u64::from(new > 0 || self.status != *status);
        self.status = status.clone();
    }
}

/// Whether frames can still go over the device's connection.
pub(super) fn is_talking(status: &Status) -> bool {
    match status {
        Status::LoggingIn | Status::Online { .. } => true,
        Status::Offline(_)
        | Status::Opening
        | Status::Waiting { .. }
        | Status::NoNetwork { .. }
        | Status::InAnotherTab => false,
    }
}

/// Whether frames can still go over the composer's own connection.
pub(super) fn is_open(probe: &Probe) -> bool {
    match probe.stage {
        ProbeStage::Opening | ProbeStage::Open => true,
        ProbeStage::Closed(_) => false,
    }
}

/// The time on the frames' clock, of which only frames know what it shows.
pub(super) fn moment(capture: &Capture, wall: OffsetDateTime) -> Duration {
    let newest = capture.get(capture.captured());
    newest.map_or(Duration::ZERO, |newest| {
        newest.moment + Duration::try_from(wall - newest.at).unwrap_or_default()
    })
}
