//! The command line as typed.

use std::ffi::OsString;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser};

use super::{Choice, ModelFile, Origin, ProductPlatform, Upstream, parse_listen};

/// Carries MQTT between a web page and TCP, and hosts a simulated OneNET platform.
///
/// Without a flag it listens on this machine only and reaches the simulated platform (`simulator`) and the
/// real OneNET (`onenet`, `onenet-suite`, `onenet-studio`).
#[derive(Debug, Clone, Parser)]
#[command(name = "onenet-relay", version)]
pub struct Arguments {
    /// Where the page (/), its WebSocket (/mqtt/{upstream}) and /upstreams are served
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080", value_parser = parse_listen)]
    pub listen: SocketAddr,

    /// A place to connect to, as name=tcp://host:port; repeatable, and replaces a built-in of the same name
    #[arg(long = "upstream", value_name = "NAME=URL", value_parser = Upstream::parse)]
    pub upstreams: Vec<Upstream>,

    /// Serve the simulated platform to real devices on this TCP address too, for example 127.0.0.1:6002
    #[arg(long, value_name = "ADDRESS", value_parser = parse_listen)]
    pub simulate: Option<SocketAddr>,

    /// Serve the simulated platform's HTTP API on this address, for example 127.0.0.1:6080
    #[arg(long, value_name = "ADDRESS", value_parser = parse_listen)]
    pub simulate_api: Option<SocketAddr>,

    /// A device the simulated platform knows, as id:product:key; repeatable; without any it knows all
    #[arg(long = "device", value_name = "ID:PRODUCT:KEY")]
    pub devices: Vec<Secret>,

    /// A device of the suite or the studio that the simulated platform knows, as name:product:key; repeatable
    #[arg(long = "token-device", value_name = "NAME:PRODUCT:KEY")]
    pub token_devices: Vec<Secret>,

    /// The platform of a product with tokens, as product=suite or product=studio; repeatable [default: suite for
    /// decimal ids, else studio]
    #[arg(long = "product", value_name = "PRODUCT=PLATFORM", value_parser = ProductPlatform::parse)]
    pub products: Vec<ProductPlatform>,

    /// The thing model that a product of the studio has, as product=file; repeatable
    #[arg(long = "thing-model", value_name = "PRODUCT=FILE", value_parser = ModelFile::parse)]
    pub thing_models: Vec<ModelFile>,

    /// Let the simulated suite and studio count what devices do, and ban or delay those that do too much
    #[arg(long)]
    pub rates: bool,

    /// A source for the simulated platform to follow where sources disagree, as rule=name; repeatable
    #[arg(long = "reading", value_name = "RULE=NAME", value_parser = Choice::parse, long_help = Choice::help())]
    pub readings: Vec<Choice>,

    /// A web page's origin to let in besides the relay's own, as https://host or http://host:port; repeatable
    #[arg(long = "allow-origin", value_name = "ORIGIN", value_parser = Origin::parse)]
    pub allow_origins: Vec<Origin>,

    /// Let in clients that send no Origin, as programs do and web pages never [default: only on loopback]
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    pub allow_no_origin: Option<bool>,

    /// A host name this relay is reached by, besides localhost; repeatable
    #[arg(long = "public-host", value_name = "NAME")]
    pub public_hosts: Vec<String>,

    /// A folder to serve the page from
    #[arg(long, value_name = "DIR")]
    pub page: Option<PathBuf>,
}

impl Arguments {
    /// Reads a command line, the program's name first.
    ///
    /// # Errors
    ///
    /// What is wrong and what to write instead, or the help that was asked for. It repeats no value, because
    /// a key may be in it: behind a wrong flag too.
    pub fn read<T: Into<OsString> + Clone>(words: impl IntoIterator<Item = T>) -> Result<Self, clap::Error> {
        Self::try_parse_from(words).map_err(without_values)
    }
}

fn without_values(mut error: clap::Error) -> clap::Error {
    let shown = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.as_str(),
        Some(_) | None => "",
    };
    if error.kind() == ErrorKind::UnknownArgument && !shown(ContextKind::InvalidArg).starts_with('-') {
        return Arguments::command().error(
            ErrorKind::UnknownArgument,
            "a value stands without its flag (it is not repeated here: a key may be in it); \
             write the flag before every value, for example --device A --device B",
        );
    }
    // An empty value has a message of its own.
    if !shown(ContextKind::InvalidValue).is_empty() {
        error.insert(ContextKind::InvalidValue, ContextValue::String("…".to_owned()));
    }
    error
}

/// Text that must not be shown. It is parsed after clap is done, because clap repeats a value it refuses.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// The text, for parsing.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
