//! Signed tokens: the password of a device of the suite and of studio, and what the HTTP API takes (reference §4).
//!
//! ```text
//! text  = et "\n" method "\n" res "\n" version          values as they are, nothing behind the last
//! sign  = HMAC-method( key, text )                      the key's bytes, not its Base64
//! token = version=…&res=…&et=…&method=…&sign=…          each value escaped, sign as Base64
//! ```
//!
//! [`Claims`] is what is signed, with a [`Key`]; the result is a [`Token`]. [`Steps`] shows everything in between.
//! [`Token::parse`] is strict; [`Reading`] takes any text apart and says where each parameter stands, for those who
//! have to tell a person what is wrong with it.
//!
//! Reading order: `claims`, `method`, `key`, `resource`, `version` · `steps` · `signed` · `reading` · `escape` ·
//! `error`.

mod claims;
mod key;
mod method;
mod resource;
mod version;

mod steps;

mod signed;

mod reading;

mod escape;

mod error;

pub use claims::Claims;
pub use error::{Parameter, TokenError, TokenProblem};
pub use escape::{EscapeError, Oddity, escape};
pub use key::{Key, KeyError, KeyProblem};
pub use method::{Method, MethodError};
pub use reading::{Part, Reading, is_token};
pub use resource::{Name, Resource, ResourceError, ResourceProblem};
pub(crate) use signed::parse_et;
pub use signed::{Parsed, Token};
pub use steps::{Step, Steps};
pub use version::{Version, VersionError};
