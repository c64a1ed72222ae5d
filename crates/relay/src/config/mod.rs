//! What the relay is told: the command line, parsed once into types that cannot be wrong.
//!
//! Nothing here opens anything. [`Arguments`] are the texts as typed, [`Config`] is what they mean.

mod arguments;
mod device;
mod listen;
mod origin;
mod reading;
mod settle;
mod token_device;
mod upstream;

pub use arguments::Arguments;
pub use device::{ParseDeviceError, parse_device};
pub use listen::{ParseListenError, parse_listen};
pub use origin::{Origin, ParseOriginError};
pub use reading::{Choice, ParseChoiceError};
pub use settle::{Config, ConfigError, Timing};
pub use token_device::{
    ModelFile, ModelFileError, ParseProductError, ParseTokenDeviceError, ProductPlatform, parse_token_device,
};
pub use upstream::{Address, ParseUpstreamError, SIMULATOR, Upstream, UpstreamName};
