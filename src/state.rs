//! Everything the page shows, and the only place where it changes.
//!
//! `apply` is total and pure: it decides nothing about sockets or time, it only notes. Everything that
//! grows is bounded where it lives.

use std::rc::Rc;
use std::time::Duration;

use onenet::Generation;
use onenet::rules::Readings;
use onenet::studio::ThingModel;
use session::{CommandError, Message};
use time::OffsetDateTime;

use crate::connect::{Aimed, ConnectForm, Destination, Oddities, PageAddress, Status};
use crate::feed::{AutoReply, History, SubscriptionState, Subscriptions, Withheld};
use crate::inspector::{Capture, Captured, Imported, Probe, Remark};
use crate::locale::Language;
use crate::platform::{Console, FaultForm, Happening, OrderForm, OrderOutcome, Snapshot};
use crate::upload::{
    Answer, Keeping, Outbox, Picked, Progress, Recording, Sender, Shelved, Upload, UploadForm,
};

/// Everything the page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// The language of the page's words.
    pub language: Language,
    /// Where the page was loaded from.
    pub page: PageAddress,
    /// Upstreams of the relay that served the page; none on a static host.
    pub upstreams: Vec<String>,
    /// What is typed to log in.
    pub connect: ConnectForm,
    /// Where the device is connected, or was last; none before the first time.
    pub aimed: Option<Aimed>,
    /// How the connection stands.
    pub status: Status,
    /// What is typed to upload.
    pub upload: UploadForm,
    /// What was uploaded.
    pub outbox: Outbox,
    /// What of it is kept on this computer.
    pub keeping: Keeping,
    /// What the platform said that nobody waited for.
    pub oddities: Oddities,
    /// What was received.
    pub history: History,
    /// What the page wants to hear.
    pub subscriptions: Subscriptions,
    /// Whether all that a platform with tokens tells the device is subscribed to right after the login.
    pub hears_all: bool,
    /// What the page answers by itself.
    pub replies: Vec<AutoReply>,
    /// Whether those answers were switched off because they were too many.
    pub replies_stopped: bool,
    /// Which rules the platform follows where sources disagree.
    pub readings: Readings,
    /// The simulated platform in this page.
    pub console: Console,
    /// Every frame, both ways.
    pub capture: Capture,
    /// The frames of a file, shown in place of the live ones.
    pub imported: Option<Imported>,
    /// How many files were opened.
    pub opened: u32,
    /// The bytes that were tried out last; none before any.
    pub probe: Option<Probe>,
}

/// Everything that changes it.
#[derive(Debug, Clone)]
pub enum Action {
    /// Use this language.
    Speak(Language),
    /// The login form was edited.
    EditConnect(ConnectForm),
    /// The upload form was edited.
    EditUpload(UploadForm),
    /// A file was picked to upload, or none that can be.
    PickFile(Option<Picked>),
    /// What the page answers by itself was edited.
    EditReplies(Vec<AutoReply>),
    /// Subscribe right after the login to all that the platform tells the device, or do not.
    HearAll(bool),
    /// Too many answers were given by themselves: they are switched off.
    RepliesStopped(Vec<AutoReply>),
    /// The platform follows these readings where sources disagree.
    Follow(Readings),
    /// The console's command form was edited.
    EditCommand(String),
    /// The console's form for devices with tokens was edited.
    EditOrder(OrderForm),
    /// The console's form of faults was edited.
    EditFaults(FaultForm),
    /// Forget what was received.
    ClearHistory,
    /// The relay that served the page has these upstreams.
    UpstreamsFound(Vec<String>),
    /// From now on the page tries to be connected there.
    Aim(Aimed),
    /// The connection stands differently.
    Changed(Status),
    /// An upload was accepted with its packet identifier, or refused.
    Uploaded {
        /// The upload.
        upload: Upload,
        /// Its packet identifier at QoS 1 and 2, or why it will not be sent.
        outcome: Result<Option<u16>, CommandError>,
    },
    /// An upload is acknowledged.
    Acknowledged {
        /// Its packet identifier.
        packet_id: u16,
        /// From PUBLISH to PUBACK or PUBCOMP.
        round_trip: Duration,
    },
    /// Sending has come so far.
    Sending {
        /// When.
        at: OffsetDateTime,
        /// How far.
        progress: Progress,
    },
    /// Uploads of an earlier page or login go on: each with its packet identifier, and without the message where
    /// the platform has taken it.
    Restored {
        /// Names their device and place.
        key: String,
        /// What goes on.
        uploads: Vec<(u16, Option<Message>)>,
    },
    /// What was left for this device and does not go on is not there any longer.
    TakenOver {
        /// Names the device and place.
        key: String,
    },
    /// The person had what was left for this device deleted.
    Discarded {
        /// Names the device and place.
        key: String,
    },
    /// These are sent again to a platform that may have them and does not know.
    Repeated(Vec<u16>),
    /// Nobody will say what became of an upload.
    Abandoned {
        /// Its packet identifier.
        packet_id: u16,
    },
    /// The connection ended before the newest uploads at QoS 0 left this computer.
    NeverLeft {
        /// How many.
        uploads: u64,
    },
    /// The person took an upload back.
    GivenUp {
        /// Names the device that it was left with, if it was.
        left: Option<String>,
        /// Its packet identifier.
        packet_id: u16,
    },
    /// The person left the device: what waits goes on when they come back.
    SetAside {
        /// Names the device and place.
        key: String,
    },
    /// Uploads are kept on this computer, or not any longer.
    Recording(Recording),
    /// The person wants them to be kept, or not.
    KeepingWanted(bool),
    /// These uploads wait on this computer for other devices.
    Shelved(Vec<Shelved>),
    /// So many rows of a device make no sense.
    Damaged {
        /// Names the device and place.
        key: String,
        /// How many, in all.
        rows: usize,
    },
    /// The session did not expect the frame that arrived last on a connection.
    Remarked {
        /// The number of the connection.
        connection: u32,
        /// What it made of it.
        remark: Remark,
    },
    /// A message arrived.
    Received {
        /// When.
        at: OffsetDateTime,
        /// The message.
        message: Message,
        /// The server may have sent it before.
        dup: bool,
    },
    /// What arrived last was to be answered automatically, and was not.
    Withheld(Withheld),
    /// A subscription stands differently.
    Subscribed {
        /// Its filter.
        filter: String,
        /// How it stands.
        state: SubscriptionState,
    },
    /// A subscription was taken back.
    Unsubscribed {
        /// Its filter.
        filter: String,
    },
    /// The platform in this page stands differently.
    PlatformChanged(Snapshot),
    /// The platform in this page did something.
    PlatformTold {
        /// When.
        at: OffsetDateTime,
        /// What.
        happening: Happening,
    },
    /// The platform in this page did not make a command.
    CommandRefused(simulator::CommandError),
    /// The platform in this page said this to what it was asked to do.
    Ordered(OrderOutcome),
    /// A frame was sent or received.
    Captured(Captured),
    /// Forget the frames.
    ClearCapture,
    /// Bytes that are tried out stand differently.
    Probed(Probe),
    /// Show the frames of a file, or the live ones again.
    Import(Option<Imported>),
}

impl State {
    /// The page as it opens.
    pub fn new(language: Language, page: PageAddress) -> Self {
        let connect = ConnectForm::default();
        let upload = UploadForm { sender: Sender::of(&connect), ..UploadForm::default() };
        Self {
            language,
            page,
            upstreams: Vec::new(),
            connect,
            aimed: None,
            status: Status::Offline(None),
            upload,
            outbox: Outbox::default(),
            keeping: Keeping::default(),
            oddities: Oddities::default(),
            history: History::default(),
            subscriptions: Subscriptions::default(),
            hears_all: true,
            replies: AutoReply::defaults(),
            replies_stopped: false,
            readings: Readings::default(),
            console: Console::default(),
            capture: Capture::default(),
            imported: None,
            opened: 0,
            probe: None,
        }
    }

    /// The thing model that was imported, if one was.
    pub fn model(&self) -> Option<Rc<ThingModel>> {
        self.upload.studio.model.filled.as_ref().map(|filled| filled.model.clone())
    }

    /// Notes what happened.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Speak(language) => self.language = language,
            Action::EditConnect(form) => {
                self.connect = form;
                self.address();
            }
            Action::EditUpload(form) => {
                self.upload = form;
                self.address();
            }
            // Reading a file takes time: whatever was typed meanwhile stays.
            Action::PickFile(file) => self.upload.binary.file = file,
            Action::EditReplies(replies) => {
                self.replies = replies;
                self.replies_stopped = false;
            }
            Action::HearAll(hears) => self.hears_all = hears,
            Action::RepliesStopped(replies) => {
                self.replies = replies;
                self.replies_stopped = true;
            }
            Action::Follow(readings) => self.readings = readings,
            Action::EditCommand(text) => {
                self.console.command = text;
                self.console.refused = None;
            }
            Action::EditOrder(form) => {
                self.console.order = form;
                self.console.outcome = None;
            }
            Action::EditFaults(form) => self.console.faults = form,
            Action::ClearHistory => self.history.clear(),
            Action::UpstreamsFound(names) => self.offer(names),
            Action::Aim(aimed) => {
                self.aimed = Some(aimed);
                self.address();
            }
            Action::Changed(status) => self.change(status),
            Action::Uploaded { upload, outcome } => {
                self.upload.count(&upload);
                self.outbox.push(upload, outcome);
            }
            Action::Acknowledged { packet_id, round_trip } => self.outbox.acknowledge(packet_id, round_trip),
            Action::Sending { at, progress } => self.outbox.follow(at, progress),
            Action::Restored { key, uploads } => {
                for (packet_id, message) in uploads {
                    self.outbox.restore(&key, packet_id, message.as_ref());
                }
            }
            Action::TakenOver { key } => self.outbox.take_over(&key),
            Action::Discarded { key } => self.outbox.delete(&key),
            Action::Repeated(packet_ids) => {
                packet_ids.into_iter().for_each(|packet_id| self.outbox.repeat(packet_id));
            }
            Action::NeverLeft { uploads } => self.outbox.never_left(uploads),
            Action::Abandoned { packet_id } => self.outbox.abandon(packet_id),
            Action::GivenUp { left, packet_id } => self.outbox.give_up(left.as_deref(), packet_id),
            Action::SetAside { key } => self.outbox.set_aside(&key),
            Action::Recording(recording) => self.keeping.recording = recording,
            Action::KeepingWanted(wanted) => self.keeping.wanted = wanted,
            Action::Shelved(shelved) => self.keeping.shelved = shelved,
            Action::Damaged { key, rows } => self.keeping.note_damaged(key, rows),
            Action::Remarked { connection, remark } => {
                if let Remark::Odd(oddity) = remark {
                    self.oddities.count(oddity);
                }
                self.capture.remark(connection, remark);
            }
            Action::Received { at, message, dup } => {
                if let Some(answer) = Answer::of(&message) {
                    self.outbox.judge(answer);
                }
                self.history.push(at, message, dup);
            }
            Action::Withheld(withheld) => self.history.withhold(withheld),
            Action::Subscribed { filter, state } => {
                if state == SubscriptionState::Asked && !self.subscriptions.hears() {
                    self.outbox.miss_verdicts();
                }
                self.subscriptions.set(filter, state);
            }
            Action::Unsubscribed { filter } => self.subscriptions.remove(&filter),
            Action::PlatformChanged(snapshot) => self.console.snapshot = snapshot,
            Action::PlatformTold { at, happening } => self.console.note(at, happening),
            Action::CommandRefused(error) => self.console.refused = Some(error),
            Action::Ordered(outcome) => self.console.outcome = Some(outcome),
            Action::Captured(frame) => {
                self.capture.push(frame);
            }
            Action::ClearCapture => self.capture.clear(),
            Action::Import(imported) => {
                self.opened += u32::from(imported.is_some());
                self.imported = imported.map(|imported| Imported { opened: self.opened, ..imported });
            }
            Action::Probed(probe) => self.probe = Some(probe),
        }
    }

    /// The login that takes uploads now; `None` where that is the next one.
    fn session(&self) -> Option<&Aimed> {
        self.aimed.as_ref().filter(|_| self.status.holds_uploads())
    }

    /// Whose rules hold where uploads go to; `None` where nobody knows.
    pub fn onenet(&self) -> Option<Generation> {
        self.session().map_or_else(|| self.connect.onenet(), Aimed::onenet)
    }

    /// Whether uploads go on in the name of who is connected, though the login form names another device by now.
    pub fn outlasts_form(&self) -> bool {
        self.session().is_some_and(|aimed| aimed.sender != Sender::of(&self.connect))
    }

    /// Uploads go out in the name of the device that is connected, or else of the one that the login form names.
    fn address(&mut self) {
        let typed = || Sender::of(&self.connect);
        self.upload.sender = self.session().map_or_else(typed, |aimed| aimed.sender.clone());
    }

    /// The relay's simulated platform becomes the choice, unless the person has chosen or is connected.
    fn offer(&mut self, names: Vec<String>) {
        let untouched = self.connect == ConnectForm::default() && self.status == Status::Offline(None);
        if let (true, Some(first)) = (untouched, names.first()) {
            self.connect.destination = Destination::Upstream(first.clone());
            self.address();
        }
        self.upstreams = names;
    }

    fn change(&mut self, status: Status) {
        if self.status.is_online() && !status.is_online() {
            self.subscriptions.lose();
            self.outbox.miss_verdicts();
        }
        self.status = status;
        self.address();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> State {
        State::new(Language::English, PageAddress::default())
    }

    fn online() -> Status {
        Status::Online {
            resumption: session::Resumption::New,
            clean_session: true,
            round_trip: Duration::ZERO,
        }
    }

    #[test]
    fn a_lost_connection_asks_for_its_subscriptions_again() {
        let mut state = state();
        state.apply(Action::Changed(online()));
        state.apply(Action::Subscribed { filter: "a".to_owned(), state: SubscriptionState::Asked });
        state.apply(Action::Changed(Status::Opening));
        assert_eq!(state.subscriptions.iter().next().unwrap().state, SubscriptionState::Wanted);
    }

    #[test]
    fn a_relay_offers_its_simulator_first_and_overrides_no_choice() {
        let names = vec!["simulator".to_owned(), "onenet".to_owned()];
        let mut fresh = state();
        fresh.apply(Action::UpstreamsFound(names.clone()));
        assert_eq!(fresh.connect.destination, Destination::Upstream("simulator".to_owned()));

        let mut chosen = state();
        let form = ConnectForm { destination: Destination::Address, ..ConnectForm::default() };
        chosen.apply(Action::EditConnect(form.clone()));
        chosen.apply(Action::UpstreamsFound(names));
        assert_eq!(chosen.connect, form);
    }
}
