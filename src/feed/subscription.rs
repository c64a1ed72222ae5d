//! The topics this page wants to hear.

use session::Granted;

/// Topic filters and how each stands, in the order of asking.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subscriptions(Vec<Subscription>);

/// A topic filter and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The filter.
    pub filter: String,
    /// How it stands.
    pub state: SubscriptionState,
}

/// How a subscription stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubscriptionState {
    /// Will be asked for after the next login.
    Wanted,
    /// SUBSCRIBE is sent.
    Asked,
    /// SUBACK has come.
    Answered(Granted),
}

impl Subscriptions {
    /// Notes how `filter` stands.
    pub fn set(&mut self, filter: String, state: SubscriptionState) {
        match self.0.iter_mut().find(|known| known.filter == filter) {
            Some(known) => known.state = state,
            None => self.0.push(Subscription { filter, state }),
        }
    }

    /// It is wanted no longer.
    pub fn remove(&mut self, filter: &str) {
        self.0.retain(|known| known.filter != filter);
    }

    /// The connection is gone: all have to be asked for again.
    pub fn lose(&mut self) {
        for subscription in &mut self.0 {
            subscription.state = SubscriptionState::Wanted;
        }
    }

    /// Whether the platform has been asked for anything since the login that it did not refuse.
    pub fn hears(&self) -> bool {
        self.0.iter().any(|known| match known.state {
            SubscriptionState::Wanted | SubscriptionState::Answered(Granted::Refused) => false,
            SubscriptionState::Asked
            | SubscriptionState::Answered(
                Granted::AtMostOnce | Granted::AtLeastOnce | Granted::ExactlyOnce,
            ) => true,
        })
    }

    /// How many there are besides `filter`, those that were refused left out.
    pub fn others_than(&self, filter: &str) -> usize {
        let refused = SubscriptionState::Answered(Granted::Refused);
        self.0.iter().filter(|known| known.filter != filter && known.state != refused).count()
    }

    /// All of them.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Subscription> {
        self.0.iter()
    }
}
