//! What every byte of a frame means.
//!
//! [`dissect`] turns the bytes of one MQTT 3.1.1 frame into a tree of named spans, on into the topics, payloads and
//! tokens of all generations of OneNET. Every byte belongs to exactly one leaf of the tree. Bytes that break a rule are dissected up to
//! the first wrong one; the rest is one undecoded leaf, and the [`Fault`] says what was expected.
//!
//! Whether a frame is good is not decided here: `frame` and `onenet` judge, so that what the inspector calls
//! wrong is what session and simulated platform refuse.
//!
//! Reading order: [`Field`] (what there is) and [`About`] (what can be said of it), [`Node`] (a piece of the
//! tree), [`Dissection`], [`Head`] (the few words a list needs), [`RemainingLength`] (where a frame ends), [`split()`]
//! (bytes into frames). Behind
//! [`dissect`]: `packet`, `topic` and `payload` walk with a `cursor`, `verdict` asks the judges, `cut` ends the tree
//! where the fault is.
//!
//! Knows single frames, no conversation. Looks at bytes when asked to and keeps none.

mod about;
mod cursor;
mod cut;
mod dissection;
mod field;
mod head;
mod node;
mod packet;
mod payload;
mod remaining_length;
mod split;
mod topic;
mod verdict;

pub use about::{About, Text};
pub use dissection::{Dissection, Fault, Problem, dissect};
pub use field::Field;
pub use head::{Head, PacketType};
pub use node::{Bits, Node, Value};
pub use remaining_length::RemainingLength;
pub use split::{Split, split};
