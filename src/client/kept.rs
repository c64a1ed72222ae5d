//! A device's session beyond its links: what it holds, where that is written, and this tab's right to it.

use session::{Options, OptionsError, ResumeError, Session, Store};

use crate::client::recorder::Recorder;
use crate::client::shelf::Claim;

/// A device's session beyond its links.
pub(super) struct Kept {
    /// Names it: upstream and client id.
    pub(super) key: String,
    /// Of the link that stands, or of the next one.
    pub(super) session: Session,
    pub(super) recorder: Recorder,
    /// Messages of a clean session that is over, which this one sends as new.
    pub(super) retried: Vec<u16>,
    /// Messages that an earlier link has carried and that this session sends again as what they are.
    pub(super) resent: Vec<u16>,
    /// `None` where the browser cannot say whether another tab has it.
    _claim: Option<Claim>,
}

impl Kept {
    /// A session that goes on with `store`.
    ///
    /// # Errors
    ///
    /// The options cannot be written as a CONNECT.
    pub(super) fn new(
        key: String,
        options: &Options,
        store: Store,
        recorder: Recorder,
        claim: Option<Claim>,
    ) -> Result<Self, OptionsError> {
        let session = resume(options, store)?;
        let mut kept =
            Self { key, session, recorder, retried: Vec::new(), resent: Vec::new(), _claim: claim };
        kept.decide();
        Ok(kept)
    }

    /// The same for the next link. Whatever has changed must be recorded before.
    ///
    /// # Errors
    ///
    /// The options cannot be written as a CONNECT.
    pub(super) fn renew(self, options: &Options) -> Result<Self, OptionsError> {
        let Self { key, session, recorder, _claim, .. } = self;
        Self::new(key, options, session.into_store(), recorder, _claim)
    }

    /// Messages of a clean session whose answers will never come are sent again: to arrive twice is better than
    /// not at all. Those that the server has taken are left to the login: they cannot be sent again.
    fn decide(&mut self) {
        let unsettled: Vec<u16> = self.session.unsettled().map(|(packet_id, _)| packet_id).collect();
        // Those that cannot be tried again: only the identifier is left.
        self.retried = unsettled;
        self.retried.retain(|packet_id| self.session.retry(*packet_id).is_ok());
        let sent = self.session.store().outbound.iter().filter(|outbound| outbound.sent);
        self.resent = sent.map(|outbound| outbound.packet_id).collect();
    }

    /// Begins to write what has changed.
    pub(super) fn record(&mut self) {
        while let Some(change) = self.session.poll_change() {
            self.recorder.note(&change);
        }
        self.recorder.begin();
    }

    /// Writes everything that has changed, as far as it can be written.
    pub(super) async fn flush(&mut self) {
        self.record();
        self.recorder.flush().await;
    }
}

fn resume(options: &Options, store: Store) -> Result<Session, OptionsError> {
    match Session::resume(options, store) {
        Ok(session) => Ok(session),
        Err(ResumeError::Options(error)) => Err(error),
        // What is read from rows and what a session leaves behind contradicts nothing.
        Err(ResumeError::Store(_)) => Session::new(options),
    }
}
