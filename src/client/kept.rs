//! A device's session beyond its links: what it holds, where that is written, and this tab's right to it.

use std::mem;

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
        let (retried, resent) = (Vec::new(), Vec::new());
        let mut kept = Self { key, session, recorder, retried, resent, _claim: claim };
        kept.decide();
        Ok(kept)
    }

    /// A session that holds `store` and that nobody logs in with.
    ///
    /// # Errors
    ///
    /// None that a store can be the cause of.
    pub(super) fn unused(
        key: String,
        store: Store,
        recorder: Recorder,
        claim: Claim,
    ) -> Result<Self, OptionsError> {
        let session = resume(&nobody(&store), store)?;
        let (retried, resent) = (Vec::new(), Vec::new());
        Ok(Self { key, session, recorder, retried, resent, _claim: Some(claim) })
    }

    /// Makes it ready for the next link. Whatever has changed must be recorded before.
    ///
    /// # Errors
    ///
    /// The options cannot be written as a CONNECT; nothing has changed.
    pub(super) fn renew(&mut self, options: &Options) -> Result<(), OptionsError> {
        // First, so that what the old one holds is not lost with it.
        let fresh = Session::new(options)?;
        let store = mem::replace(&mut self.session, fresh).into_store();
        self.session = resume(options, store)?;
        self.decide();
        Ok(())
    }

    /// Takes a message back while nobody is logged in. Gives whether it could be: what the platform may know in a
    /// session that goes on has to stay.
    pub(super) fn give_up(&mut self, packet_id: u16) -> bool {
        let options = nobody(self.session.store());
        let Ok(fresh) = Session::new(&options) else { return false };
        let store = mem::replace(&mut self.session, fresh).into_store();
        if let Ok(session) = resume(&options, store) {
            self.session = session;
        }
        self.session.give_up(packet_id).is_ok()
    }

    /// Packet identifiers of the uploads that it holds.
    pub(super) fn uploads(&self) -> impl Iterator<Item = u16> {
        let store = self.session.store();
        store.released.iter().copied().chain(store.outbound.iter().map(|outbound| outbound.packet_id))
    }

    /// Messages that were sent in a clean session which is over: they are sent again as new.
    pub(super) fn repeated(&self) -> Vec<u16> {
        let store = self.session.store();
        let sent = store.outbound.iter().filter(|outbound| outbound.sent && store.clean_session);
        sent.map(|outbound| outbound.packet_id).collect()
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

    /// Begins to write everything, in the place of what is there.
    pub(super) fn record_anew(&mut self) {
        // What has changed until now is in the store already.
        self.record();
        self.recorder.begin_anew(self.session.store());
    }

    /// Writes everything that has changed, as far as it can be written.
    pub(super) async fn flush(&mut self) {
        self.record();
        self.recorder.flush().await;
    }
}

/// Options that nobody logs in with: they say of which kind the session was, and any name will do.
fn nobody(store: &Store) -> Options {
    Options { client_id: "1".to_owned(), clean_session: store.clean_session, ..Options::default() }
}

fn resume(options: &Options, store: Store) -> Result<Session, OptionsError> {
    match Session::resume(options, store) {
        Ok(session) => Ok(session),
        Err(ResumeError::Options(error)) => Err(error),
        // What is read from rows and what a session leaves behind contradicts nothing.
        Err(ResumeError::Store(_)) => Session::new(options),
    }
}
