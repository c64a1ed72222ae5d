//! What is chosen as the place to connect to, and what speaks there.

use onenet::Generation;

/// What is chosen as the place to connect to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// The simulated platform in this page.
    InPage,
    /// An upstream of the relay that served this page, by name.
    Upstream(String),
    /// Any WebSocket address.
    Address,
}

const UPSTREAM_KEY: &str = "relay/";

impl Destination {
    /// A text that names it in a list of choices.
    pub fn key(&self) -> String {
        match self {
            Self::InPage => "page".to_owned(),
            Self::Address => "address".to_owned(),
            Self::Upstream(name) => format!("{UPSTREAM_KEY}{name}"),
        }
    }

    /// The destination that a text names; the page where it names none.
    pub fn from_key(key: &str) -> Self {
        match (key, key.strip_prefix(UPSTREAM_KEY)) {
            (_, Some(name)) => Self::Upstream(name.to_owned()),
            ("address", None) => Self::Address,
            (_, None) => Self::InPage,
        }
    }

    /// Whether a platform is there that is simulated for sure: nothing real can come to harm.
    pub fn is_simulated(&self) -> bool {
        match self {
            Self::InPage => true,
            Self::Upstream(name) => name == "simulator",
            Self::Address => false,
        }
    }

    /// The generations that log in there, the usual one first; all of them where anything may be. The suite's address
    /// takes products with a thing model, too, since both became one platform (reference §3.1).
    pub fn generations(&self) -> &'static [Generation] {
        match self {
            Self::Upstream(name) => match name.as_str() {
                "onenet" => &[Generation::Legacy],
                "onenet-suite" => &[Generation::Suite, Generation::Studio],
                "onenet-studio" => &[Generation::Studio],
                _ => &Generation::ALL,
            },
            Self::InPage | Self::Address => &Generation::ALL,
        }
    }

    /// Whose rules hold for a device of this generation that logs in there; `None` where nobody knows, or where none
    /// such can.
    pub fn rules(&self, generation: Generation) -> Option<Generation> {
        // A device that has a token speaks to no other platform, whichever way it takes.
        let is_onenet = self.is_onenet() || generation.has_tokens();
        (is_onenet && self.generations().contains(&generation)).then_some(generation)
    }

    /// Whether OneNET or its simulation is there for sure, whatever the login says.
    fn is_onenet(&self) -> bool {
        self.is_simulated() || self.generations().len() < Generation::ALL.len()
    }
}
