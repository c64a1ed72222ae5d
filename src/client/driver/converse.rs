//! One link, from opening it to its end.

use futures::{FutureExt, StreamExt, select_biased};
use onenet::Timestamp;
use session::{CloseReason, Event, Resumption};

use super::{Abandoned, Command, Driver};
use crate::client::backoff::Backoff;
use crate::client::conversation::{Conversation, Ended};
use crate::client::kept::Kept;
use crate::client::link::LinkEvent;
use crate::connect::{Oddity, Status, Target};
use crate::feed::{AutoReply, SubscriptionState, Withheld};
use crate::inspector::Remark;
use crate::state::Action;

impl Driver {
    /// One link, from opening it to its end.
    pub(super) async fn converse(
        &mut self,
        target: &Target,
        kept: &mut Kept,
        backoff: &mut Backoff,
    ) -> Result<Ended, Abandoned> {
        let (link, tape) = self.dialer.open(&target.place);
        let mut conversation = Conversation::new(link, tape, (self.world.now)());
        kept.recorder.retry(kept.session.store());
        loop {
            // 1. Everything the session has to tell. What came is told before what is said to it.
            while let Some(event) = kept.session.poll_event() {
                if let Event::Closed(reason) = event {
                    if matches!(reason, CloseReason::Violation(_)) {
                        self.remark(&conversation, Remark::Ended(reason.clone()));
                    }
                    kept.flush().await;
                    self.tell_recording(kept);
                    // After any other end nobody hears anything.
                    if reason == CloseReason::Disconnected {
                        conversation.transmit_last(&mut kept.session);
                    }
                    let never_left = conversation.never_left();
                    kept.session.never_left(never_left);
                    self.tell(Action::NeverLeft { uploads: never_left });
                    let now = (self.world.now)();
                    if conversation.has_held(now) {
                        backoff.reset();
                    }
                    return Ok(conversation.ended(reason, &kept.session, now));
                }
                self.handle_event(kept, &mut conversation, target, event);
            }
            // 2. Everything that must be remembered, then everything it wants to say.
            conversation.transmit(kept);
            // 3. How far that has come.
            self.tell_progress(Some(kept), conversation.unsent);
            // 4. One thing that happens.
            let happened = self.wait(kept, &mut conversation).await?;
            // 5. Hand it over.
            self.handle(kept, &mut conversation, target, happened).await;
        }
    }

    async fn wait(
        &mut self,
        kept: &mut Kept,
        conversation: &mut Conversation,
    ) -> Result<Happened, Abandoned> {
        let deadline = conversation.deadline(kept, (self.world.now)());
        let deadline = self.world.sleep_until(deadline).fuse();
        let written = kept.recorder.done().fuse();
        futures::pin_mut!(deadline, written);
        Ok(select_biased! {
            () = written => Happened::Written,
            command = self.commands.next() => Happened::Asked(command.ok_or(Abandoned)?),
            network = self.network.select_next_some() => Happened::Network(network),
            event = conversation.link.next().fuse() => Happened::Linked(event),
            () = deadline => Happened::Timeout,
        })
    }

    async fn handle(
        &mut self,
        kept: &mut Kept,
        conversation: &mut Conversation,
        target: &Target,
        happened: Happened,
    ) {
        let now = (self.world.now)();
        match happened {
            Happened::Linked(LinkEvent::Opened) => {
                self.tell(Action::Changed(Status::LoggingIn));
                conversation.opened = true;
                // However long the link was waited for, the token is fresh. One that cannot be written was refused
                // before there was a link.
                let _ = kept.session.log_in_as(&target.options(self.seconds()));
                kept.session.handle_open(now);
            }
            Happened::Linked(LinkEvent::Bytes(bytes)) => kept.session.handle_input(&bytes, now),
            Happened::Linked(LinkEvent::Closed(end)) => conversation.close(&mut kept.session, end),
            Happened::Timeout => conversation.handle_timeout(&mut kept.session, now),
            Happened::Written => self.tell_recording(kept),
            // A link that stands may be to a place that needs none.
            Happened::Network(network) => self.has_network = network,
            Happened::Asked(command) => self.ask_online(kept, conversation, command).await,
        }
    }

    fn handle_event(
        &mut self,
        kept: &mut Kept,
        conversation: &mut Conversation,
        target: &Target,
        event: Event,
    ) {
        let now = (self.world.now)();
        match event {
            Event::Connected { resumption, round_trip, .. } => {
                self.was_online = true;
                conversation.online_since = Some(now);
                let clean_session = target.clean_session;
                self.tell(Action::Changed(Status::Online { resumption, clean_session, round_trip }));
                let mut repeated = std::mem::take(&mut kept.retried);
                if resumption == Resumption::Lost {
                    repeated.append(&mut kept.resent);
                }
                self.tell(Action::Repeated(repeated));
                self.hear_all(kept, conversation, target);
                for (filter, qos) in self.subscriptions.clone() {
                    self.subscribe(kept, conversation, &filter, qos, now);
                }
                // The one of the last login may still be held, and says the same.
                let is_held = |first| kept.session.store().message(first).is_some();
                if !self.first.is_some_and(is_held)
                    && let Some(upload) = target.first_upload((self.world.wall)())
                {
                    self.first = self.upload(Some(kept), upload);
                }
            }
            Event::Acknowledged { packet_id, round_trip } => {
                conversation.acknowledged = true;
                self.settle_first(packet_id);
                self.tell(Action::Acknowledged { packet_id, round_trip });
            }
            Event::Abandoned { packet_id, .. } => {
                self.settle_first(packet_id);
                self.tell(Action::Abandoned { packet_id });
            }
            Event::Subscribed { packet_id, granted } => {
                let filter = conversation.subscribing.remove(&packet_id);
                if let (Some(filter), [granted]) = (filter, &granted[..]) {
                    self.tell_subscription(filter, SubscriptionState::Answered(*granted));
                }
            }
            Event::Message { message, dup } => {
                let at = (self.world.wall)();
                let arrived = Timestamp::from_utc(at.to_utc());
                self.values.hear(&message.topic, &message.payload);
                let answer =
                    |reply: &AutoReply| reply.answer(&message.topic, &message.payload, arrived, &self.values);
                let answer = self.replies.iter().find_map(answer);
                self.tell(Action::Received { at, message, dup });
                let withheld = answer.as_ref().and_then(|answer| Withheld::of(answer, target));
                match (answer, withheld) {
                    (Some(_), Some(withheld)) => self.tell(Action::Withheld(withheld)),
                    (Some(answer), None) if self.budget.spend(now) => {
                        self.upload(Some(kept), answer);
                    }
                    (Some(_), None) => self.stop_replying(),
                    (None, _) => {}
                }
            }
            Event::NeverLeft { messages } => self.tell(Action::NeverLeft { uploads: messages }),
            Event::Duplicate { packet_id } => {
                self.remark(conversation, Remark::Odd(Oddity::Duplicate { packet_id }));
            }
            Event::Stray { acknowledgement, packet_id } => {
                self.remark(conversation, Remark::Odd(Oddity::Stray { acknowledgement, packet_id }));
            }
            Event::Received(frame) => conversation.tape.received(frame),
            Event::Unread(bytes) => conversation.tape.unread(&bytes),
            // The end is told by who called, and progress tells how far each upload is.
            Event::Released { .. } => conversation.acknowledged = true,
            Event::Unsettled { .. }
            | Event::Unsubscribed { .. }
            | Event::Pinged { .. }
            | Event::Closed(_) => {}
        }
    }

    /// Says what was made of the frame that arrived last.
    fn remark(&self, conversation: &Conversation, remark: Remark) {
        self.tell(Action::Remarked { connection: conversation.tape.connection(), remark });
    }

    /// Too many answers by themselves: something goes round in circles. The person is told, and decides.
    fn stop_replying(&mut self) {
        for reply in &mut self.replies {
            reply.on = false;
        }
        self.tell(Action::RepliesStopped(self.replies.clone()));
    }
}

enum Happened {
    Written,
    Asked(Command),
    Linked(LinkEvent),
    Network(bool),
    Timeout,
}
