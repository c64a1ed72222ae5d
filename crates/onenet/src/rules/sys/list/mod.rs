//! The rules themselves. Sources are pages of the official site: *design* is device-develop/mqtts-design, the
//! suite's design document; *limits* its page of limits; *protocol*, *manual*, *dp-topics*, *cmd-topics*,
//! *image-topics*, *synccmds* and *registDevice* its pages of those names; *mqtt-limit* and *use_limits* the
//! studio's pages of limits; *OneJSON* those on its messages and *logging-type* that on its device log.

mod shared;
mod studio;
mod suite;

use super::super::rule::Rule;

/// The rules of both platforms, then those of the suite, then those of the studio: the order of
/// [`RuleId`](super::super::RuleId).
pub const RULES: [&[Rule]; 3] = [&shared::RULES, &suite::RULES, &studio::RULES];
