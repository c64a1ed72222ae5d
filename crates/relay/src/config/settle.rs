//! From the command line to one settled configuration: defaults, built-ins, and what cannot go together.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use onenet::rules::{Readings, RuleId};
use onenet::sys;
use simulator::{KnownDevice, SysDevice, SysProduct};

use super::arguments::Secret;
use super::{
    Arguments, Choice, ModelFile, ModelFileError, Origin, ParseDeviceError, ParseTokenDeviceError,
    ProductPlatform, Upstream, parse_device, parse_token_device,
};

/// Everything the relay runs with.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where page and WebSocket are served.
    pub listen: SocketAddr,
    /// The places to connect to, built-ins included; each name once.
    pub upstreams: Vec<Upstream>,
    /// Where the simulated platform takes devices over TCP.
    pub simulate: Option<SocketAddr>,
    /// Where the simulated platform's HTTP API is served.
    pub simulate_api: Option<SocketAddr>,
    /// The devices of the legacy platform that the simulated platform knows.
    pub devices: Vec<KnownDevice>,
    /// The devices of the suite and the studio that it knows. None here and none before: all.
    pub sys_devices: Vec<SysDevice>,
    /// What is said of products of the suite and the studio.
    pub sys_products: Vec<SysProduct>,
    /// Whether the simulated suite and studio count what devices do.
    pub rates: bool,
    /// Which sources the simulated platform follows.
    pub readings: Readings,
    /// Origins let in besides the relay's own.
    pub allow_origins: Vec<Origin>,
    /// Whether clients without an origin are let in.
    pub allow_no_origin: bool,
    /// Host names the relay is reached by, besides its loopback ones; lower case, without port.
    pub public_hosts: Vec<String>,
    /// The folder with the page.
    pub page: Option<PathBuf>,
    /// How long to wait for what.
    pub timing: Timing,
}

/// How long the relay waits for what.
#[derive(Debug, Clone)]
pub struct Timing {
    /// For the head of an HTTP request.
    pub request_head: Duration,
    /// For a client's first byte.
    pub first_byte: Duration,
    /// For a name to be resolved and a connection to be made, together.
    pub dial: Duration,
    /// Between two pings to a client; one that leaves two of them unanswered is gone.
    pub ping: Duration,
    /// For a peer to take what is still on its way to it when its connection ends.
    pub farewell: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            request_head: Duration::from_secs(5),
            first_byte: Duration::from_secs(10),
            dial: Duration::from_secs(5),
            ping: Duration::from_secs(25),
            farewell: Duration::from_secs(1),
        }
    }
}

/// Flags that are wrong by themselves or together. Messages name the flag and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// A `--device` cannot be read.
    #[error("--device number {position}: {error}")]
    Device {
        /// Which `--device` it is, counted from 1; its text is not shown, because a key is in it.
        position: usize,
        /// What is wrong with it.
        error: ParseDeviceError,
    },
    /// Two `--device` have the same id.
    #[error("--device {0} is given twice; give every device id once")]
    DeviceTwice(String),
    /// A `--token-device` cannot be read.
    #[error("--token-device number {position}: {error}")]
    TokenDevice {
        /// Which `--token-device` it is, counted from 1; its text is not shown, because a key is in it.
        position: usize,
        /// What is wrong with it.
        error: ParseTokenDeviceError,
    },
    /// Two `--token-device` have the same name and product.
    #[error("--token-device {0} is given twice; give every device once")]
    TokenDeviceTwice(String),
    /// A product is of the legacy platform by a `--device`, and of another by something else.
    #[error("--device says that product {0} is of the legacy platform; give its other flags another product")]
    LegacyProduct(String),
    /// Two flags say of a product that it is of different platforms.
    #[error(
        "product {0} cannot be of two platforms; give one --product for it, and --thing-model with studio alone"
    )]
    ProductTwice(String),
    /// A `--thing-model` cannot be read.
    #[error("--thing-model {0}")]
    ThingModel(ModelFileError),
    /// Two `--upstream` have the same name.
    #[error("--upstream {0} is given twice; give every name once")]
    UpstreamTwice(String),
    /// Two `--reading` contradict each other.
    #[error("--reading {} is contradicted by another; give one for what they are about", .0.as_str())]
    ReadingContradicted(RuleId),
    /// A `--public-host` is not a bare host name.
    #[error(
        "--public-host number {0} is no host name; write it without scheme, user, port and path, for example \
         relay.example.org"
    )]
    PublicHost(usize),
    /// The folder for `--page` has no page in it.
    #[error("--page {}: there is no index.html; give the folder that `cargo xtask dist` wrote", .0.display())]
    Page(PathBuf),
}

impl Config {
    /// Settles `arguments`.
    ///
    /// # Errors
    ///
    /// The first flag that is wrong.
    pub fn settle(arguments: Arguments) -> Result<Self, ConfigError> {
        let mut devices: Vec<KnownDevice> = Vec::new();
        for (index, secret) in arguments.devices.iter().enumerate() {
            let device = parse_device(secret.expose())
                .map_err(|error| ConfigError::Device { position: index + 1, error })?;
            if devices.iter().any(|known| known.device_id == device.device_id) {
                return Err(ConfigError::DeviceTwice(device.device_id));
            }
            devices.push(device);
        }

        let sys_devices = token_devices(&arguments.token_devices)?;
        let sys_products = token_products(&arguments.products, &arguments.thing_models)?;
        let products = sys_devices.iter().map(|device| &device.device.product);
        let is_legacy = |id: &str| devices.iter().any(|device| device.product_id == id);
        if let Some(id) =
            products.chain(sys_products.iter().map(|product| &product.id)).find(|id| is_legacy(id.as_str()))
        {
            return Err(ConfigError::LegacyProduct(id.as_str().to_owned()));
        }

        let page = match arguments.page {
            Some(page) if !page.join("index.html").is_file() => return Err(ConfigError::Page(page)),
            page => page,
        };

        Ok(Self {
            listen: arguments.listen,
            upstreams: merge(Upstream::built_in(), arguments.upstreams)?,
            simulate: arguments.simulate,
            simulate_api: arguments.simulate_api,
            devices,
            sys_devices,
            sys_products,
            rates: arguments.rates,
            readings: Choice::settle(&arguments.readings).map_err(ConfigError::ReadingContradicted)?,
            allow_origins: arguments.allow_origins,
            allow_no_origin: arguments.allow_no_origin.unwrap_or(arguments.listen.ip().is_loopback()),
            public_hosts: host_names(&arguments.public_hosts)?,
            page,
            timing: Timing::default(),
        })
    }
}

/// The devices of the suite and the studio.
fn token_devices(secrets: &[Secret]) -> Result<Vec<SysDevice>, ConfigError> {
    let mut devices: Vec<SysDevice> = Vec::new();
    for (index, secret) in secrets.iter().enumerate() {
        let device = parse_token_device(secret.expose())
            .map_err(|error| ConfigError::TokenDevice { position: index + 1, error })?;
        if devices.iter().any(|known| known.device == device.device) {
            return Err(ConfigError::TokenDeviceTwice(device.id()));
        }
        devices.push(device);
    }
    Ok(devices)
}

/// Their products, as far as flags say more of them than their ids. A thing model makes a product one of the studio.
fn token_products(
    platforms: &[ProductPlatform],
    models: &[ModelFile],
) -> Result<Vec<SysProduct>, ConfigError> {
    let mut products: Vec<SysProduct> = Vec::new();
    for ProductPlatform { product, platform } in platforms {
        let twice = products.iter().any(|known| known.id == *product && known.platform != *platform);
        if twice {
            return Err(ConfigError::ProductTwice(product.as_str().to_owned()));
        }
        products.push(SysProduct { platform: *platform, ..SysProduct::new(product.clone()) });
    }
    for file in models {
        let model = file.read().map_err(ConfigError::ThingModel)?;
        let platform = sys::Platform::Studio;
        match products.iter_mut().find(|known| known.id == file.product) {
            Some(known) if known.platform == platform && known.model.is_none() => known.model = Some(model),
            Some(_) => return Err(ConfigError::ProductTwice(file.product.as_str().to_owned())),
            None => products.push(SysProduct {
                platform,
                model: Some(model),
                ..SysProduct::new(file.product.clone())
            }),
        }
    }
    Ok(products)
}

/// Given upstreams replace built-ins of their name.
fn merge(built_in: Vec<Upstream>, given: Vec<Upstream>) -> Result<Vec<Upstream>, ConfigError> {
    for (index, upstream) in given.iter().enumerate() {
        if given[..index].iter().any(|earlier| earlier.name == upstream.name) {
            return Err(ConfigError::UpstreamTwice(upstream.name.as_str().to_owned()));
        }
    }
    let mut upstreams = built_in;
    upstreams.retain(|upstream| given.iter().all(|other| other.name != upstream.name));
    upstreams.extend(given);
    Ok(upstreams)
}

fn host_names(texts: &[String]) -> Result<Vec<String>, ConfigError> {
    let is_host_byte = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let is_host_name = |text: &str| !text.is_empty() && text.bytes().all(is_host_byte);
    match texts.iter().position(|text| !is_host_name(text)) {
        Some(index) => Err(ConfigError::PublicHost(index + 1)),
        None => Ok(texts.iter().map(|text| text.to_ascii_lowercase()).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settle(flags: &[&str]) -> Result<Config, ConfigError> {
        Config::settle(Arguments::read([&["onenet-relay"], flags].concat()).unwrap())
    }

    fn refusal(flags: &[&str]) -> String {
        match Arguments::read([&["onenet-relay"], flags].concat()) {
            Ok(arguments) => Config::settle(arguments).unwrap_err().to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn listens_on_loopback_with_the_built_in_upstreams_by_default() {
        let config = settle(&[]).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        let names: Vec<&str> = config.upstreams.iter().map(|upstream| upstream.name.as_str()).collect();
        assert_eq!(names, ["onenet", "onenet-suite", "onenet-studio"]);
        assert!(config.allow_no_origin);
    }

    #[test]
    fn wants_an_origin_of_everybody_when_not_on_loopback() {
        assert!(!settle(&["--listen", "0.0.0.0:80"]).unwrap().allow_no_origin);
        assert!(settle(&["--listen", "0.0.0.0:80", "--allow-no-origin"]).unwrap().allow_no_origin);
        assert!(!settle(&["--allow-no-origin=false"]).unwrap().allow_no_origin);
        assert!(!settle(&["--allow-no-origin", "false"]).unwrap().allow_no_origin);
        assert!(settle(&["--listen", "0.0.0.0:80", "--allow-no-origin", "--simulate", "0.0.0.0:1"]).is_ok());
    }

    #[test]
    fn replaces_a_built_in_upstream_of_the_same_name() {
        let config = settle(&["--upstream", "onenet=tcp://127.0.0.1:6002"]).unwrap();
        let addresses: Vec<String> =
            config.upstreams.iter().map(|upstream| upstream.address.to_string()).collect();
        assert_eq!(addresses.len(), 3);
        assert_eq!(addresses[2], "tcp://127.0.0.1:6002");
    }

    #[test]
    fn refusals_name_the_flag_and_what_to_write_instead() {
        for (flags, flag, advice) in [
            (&["--upstream", "a=tls://h:8883"][..], "--upstream", "not available in this version"),
            (&["--upstream", "h:1883"], "--upstream", "write name=tcp://host:port"),
            (&["--upstream", "a=tcp://h:1", "--upstream", "a=tcp://h:2"], "--upstream a", "once"),
            (&["--allow-origin", "https://example.org/"], "--allow-origin", "without a slash"),
            (&["--device", "29455901:12555524"], "--device number 1", "write id:product:key"),
            (&["--device", "1:2:k", "--device", "1:2:l"], "--device 1", "once"),
            (&["--token-device", "a:b"], "--token-device number 1", "write name:product:key"),
            (&["--token-device", "a:1:AAAA", "--token-device", "a:1:BBBB"], "--token-device 1/a", "once"),
            (&["--device", "1:2:k", "--token-device", "a:2:AAAA"], "--device", "another product"),
            (&["--product", "2=mqtt"], "--product", "product=suite or product=studio"),
            (&["--product", "2=suite", "--product", "2=studio"], "product 2", "one --product"),
            (&["--thing-model", "2=/nowhere"], "--thing-model /nowhere", "cannot be read"),
            (&["--reading", "will=no"], "--reading", "write will=taken or will=refused"),
            (&["--reading", "wills=taken"], "--reading", "the rule is will, keep-alive-range"),
            (&["--reading", "will=taken", "--reading", "will=refused"], "--reading will", "give one"),
            (&["--allow-origin", "*"], "--allow-origin", "https://example.org"),
            (&["--allow-no-origin", "no"], "--allow-no-origin", "true, false"),
            (&["--listen", "8080"], "--listen", "write 127.0.0.1:8080"),
            (&["--listen", "localhost:8080"], "--listen", "write 127.0.0.1:8080"),
            (&["--simulate", "6002"], "--simulate", "write 127.0.0.1:6002"),
            (&["--simulate-api="], "--simulate-api", "write an IP address and a port"),
            (&["--device", "1:2:k", "2:2:k"], "--device A", "flag before every value"),
            (&["--devise", "1:2:k"], "--devise", "--help"),
            (
                &["--public-host", "a", "--public-host", "https://b"],
                "--public-host number 2",
                "without scheme",
            ),
            (&["--page", "/nowhere"], "--page", "cargo xtask dist"),
        ] {
            let message = refusal(flags);
            assert!(message.contains(flag) && message.contains(advice), "{flags:?}: {message}");
        }
    }

    #[test]
    fn never_shows_a_key() {
        for flags in [
            &["--device", "x29455901:12555524:JHFDJF55586jhk"][..],
            &["--device", "1:2:k", "29455901:12555524:JHFDJF55586jhk"],
            &["--devise", "29455901:12555524:JHFDJF55586jhk"],
            &["--devise=29455901:12555524:JHFDJF55586jhk"],
            &["-d29455901:12555524:JHFDJF55586jhk"],
            &["29455901:12555524:JHFDJF55586jhk"],
            &["--", "29455901:12555524:JHFDJF55586jhk"],
            &["--token-device", "my tv:VRqhDHF2wL:JHFDJF55586jhk"],
            &["--token-device", "my_tv:JHFDJF55586jhk_:AAAA"],
            &["--token-device", "my_tv:VRqhDHF2wL:JHFDJF55586jhk-"],
            &["--product", "JHFDJF55586jhk"],
            &["--upstream", "29455901:12555524:JHFDJF55586jhk"],
            &["--upstream", "a=tcp://user:JHFDJF55586jhk@host:1"],
            &["--upstream", "JHFDJF55586jhk@a=tcp://host:1"],
            &["--listen", "29455901:12555524:JHFDJF55586jhk"],
            &["--allow-origin", "https://user:JHFDJF55586jhk@example.org"],
            &["--allow-no-origin=JHFDJF55586jhk"],
            &["--allow-no-origin", "JHFDJF55586jhk"],
            &["--reading", "will=JHFDJF55586jhk"],
            &["--reading", "29455901:12555524:JHFDJF55586jhk"],
            &["--public-host", "user:JHFDJF55586jhk@example.org"],
        ] {
            let message = refusal(flags);
            assert!(!message.contains("JHFDJF55586jhk"), "{flags:?}: {message}");
        }
        let flags = ["onenet-relay", "--device", "29455901:12555524:JHFDJF55586jhk"];
        let arguments = Arguments::read(flags).unwrap();
        assert!(!format!("{arguments:?}").contains("JHFDJF55586jhk"));
        assert!(!format!("{:?}", Config::settle(arguments).unwrap()).contains("JHFDJF55586jhk"));
    }
}
