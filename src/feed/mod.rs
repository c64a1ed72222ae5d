//! What arrives: every message with what could be read in it, and the latest value of every stream.

mod auto_reply;
mod budget;
mod history;
mod reading;
mod said;
mod subscription;
mod values;
mod view;
mod withheld;

pub use auto_reply::{AutoReply, ReplyField, ReplyProblem};
pub use budget::Budget;
pub use history::{Entry, History, Latest};
pub use reading::{Reading, Unreadable};
pub use said::{Ask, Said};
pub use subscription::{Subscription, SubscriptionState, Subscriptions};
pub use values::Values;
pub use view::{FeedPanel, FeedPanelProps};
pub(crate) use withheld::ends_connection;
pub use withheld::{Withheld, WithheldReason};
