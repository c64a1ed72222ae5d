//! What the person asks for, with and without a connection.

use session::{CommandError, Message, Qos};
use web_time::Instant;

use super::{Command, Driver};
use crate::client::conversation::{Author, Conversation, Left};
use crate::client::kept::Kept;
use crate::client::raw::Raw;
use crate::connect::Target;
use crate::feed::SubscriptionState;
use crate::state::Action;
use crate::upload::{Progress, Sender, Upload};

impl Driver {
    /// Over a link, on which the login may be accepted or not.
    pub(super) async fn ask_online(
        &mut self,
        kept: &mut Kept,
        conversation: &mut Conversation,
        command: Command,
    ) {
        let now = (self.world.now)();
        match command {
            Command::Connect(target) => conversation.leave(&mut kept.session, Left::For(target), now),
            Command::Disconnect => conversation.leave(&mut kept.session, Left::ByWish, now),
            Command::Subscribe(filter, qos) => {
                self.want(&filter, qos);
                self.subscribe(kept, conversation, &filter, qos, now);
            }
            Command::Unsubscribe(filter) => {
                self.forget(&filter);
                conversation.subscribing.retain(|_, asked| *asked != filter);
                // Not connected: there is nothing to take back.
                let _ = kept.session.unsubscribe(&[&filter], now);
            }
            Command::Compose(Raw { bytes, secret }) => {
                conversation.hear(&mut kept.session, Author::Session);
                // Nothing is sent while the device is not logged in.
                let _ = kept.session.send_raw(bytes, now);
                conversation.hear(&mut kept.session, Author::Person { secret });
            }
            other => self.ask(Some(kept), other).await,
        }
    }

    /// Without a link: `kept` is what waits for the next one, if one is wanted.
    pub(super) async fn ask(&mut self, kept: Option<&mut Kept>, command: Command) {
        let has_session = kept.is_some();
        match command {
            Command::Upload(upload) => {
                self.upload(kept, upload);
            }
            Command::GiveUp { left, packet_id } => match (kept, left) {
                // Its device has come back.
                (Some(kept), left) if left.as_ref().is_none_or(|left| *left == kept.key) => {
                    if kept.session.give_up(packet_id).is_ok() {
                        self.settle_first(packet_id);
                        self.tell(Action::GivenUp { left: None, packet_id });
                    }
                }
                (_, Some(left)) => self.give_up_left(&left, packet_id).await,
                (_, None) => {}
            },
            Command::Subscribe(filter, qos) => self.want(&filter, qos),
            Command::Unsubscribe(filter) => self.forget(&filter),
            Command::Reply(replies) => self.replies = replies,
            Command::HearAll(hears) => self.hears_all = hears,
            Command::Keep(keeps) => self.keep(kept, keeps).await,
            // What waits for the device that is logged in waits for nobody else.
            Command::Discard(key) if kept.is_some_and(|kept| kept.key == key) => {}
            Command::Discard(key) => self.discard(&key).await,
            // There is no connection to send anything over; the others are whoever waits's.
            Command::Compose(_) | Command::Connect(_) | Command::TryNow | Command::Disconnect => {}
        }
        // Otherwise the loop that has the session tells it.
        if !has_session {
            self.tell_progress(None, 0);
        }
    }

    /// At QoS 1 and 2 it waits for a login where one is wanted. Gives its packet identifier.
    pub(super) fn upload(&mut self, kept: Option<&mut Kept>, upload: Upload) -> Option<u16> {
        let now = (self.world.now)();
        let message = Message::from(&upload);
        let outcome = match kept {
            Some(kept) => kept.session.enqueue(message, now),
            None => Err(CommandError::NotConnected),
        };
        if outcome.is_ok() {
            self.values.say(&upload.topic, &upload.payload);
        }
        self.past.asked += 1;
        self.past.failed += u64::from(outcome.is_err());
        self.tell(Action::Uploaded { upload, outcome });
        outcome.ok().flatten()
    }

    /// If it was the first upload of the login, nothing of that is held any longer.
    pub(super) fn settle_first(&mut self, packet_id: u16) {
        self.first = self.first.filter(|first| *first != packet_id);
    }

    pub(super) fn subscribe(
        &mut self,
        kept: &mut Kept,
        conversation: &mut Conversation,
        filter: &str,
        qos: Qos,
        now: Instant,
    ) {
        // Not connected: it is asked for after the login.
        if let Ok(packet_id) = kept.session.subscribe(&[filter], qos, now) {
            conversation.subscribing.insert(packet_id, filter.to_owned());
            self.tell_subscription(filter.to_owned(), SubscriptionState::Asked);
        }
    }

    /// On platforms with tokens, all that they tell this device: replies come to those alone who asked for them.
    /// Asked for after each login, whoever the device is.
    pub(super) fn hear_all(&mut self, kept: &mut Kept, conversation: &mut Conversation, target: &Target) {
        let filter = Sender::at(target).everything().filter(|_| self.hears_all);
        if let Some(other) = self.heard.take_if(|heard| filter.as_ref() != Some(heard))
            && !self.subscriptions.iter().any(|(wanted, _)| *wanted == other)
        {
            self.tell(Action::Unsubscribed { filter: other });
        }
        if let Some(filter) = filter {
            let is_wanted = self.subscriptions.iter().any(|(wanted, _)| *wanted == filter);
            if !is_wanted {
                self.subscribe(kept, conversation, &filter, Qos::AtLeastOnce, (self.world.now)());
            }
            self.heard = Some(filter);
        }
    }

    fn want(&mut self, filter: &str, qos: Qos) {
        if let Some((_, known)) = self.subscriptions.iter_mut().find(|(known, _)| known == filter) {
            *known = qos;
        } else {
            self.subscriptions.push((filter.to_owned(), qos));
            self.tell_subscription(filter.to_owned(), SubscriptionState::Wanted);
        }
    }

    fn forget(&mut self, filter: &str) {
        self.subscriptions.retain(|(known, _)| known != filter);
        self.tell(Action::Unsubscribed { filter: filter.to_owned() });
    }

    pub(super) fn tell_subscription(&self, filter: String, state: SubscriptionState) {
        self.tell(Action::Subscribed { filter, state });
    }

    /// Tells how far sending has come, if that is news.
    pub(super) fn tell_progress(&mut self, kept: Option<&Kept>, unsent: usize) {
        let progress = match kept {
            Some(kept) => Progress {
                tally: self.past.with(&kept.session.counts()),
                awaiting: kept.session.awaiting().collect(),
                unsent,
            },
            None => Progress { tally: self.past, ..Progress::default() },
        };
        if progress != self.told {
            self.told = progress.clone();
            self.tell(Action::Sending { at: (self.world.wall)(), progress });
        }
    }
}
