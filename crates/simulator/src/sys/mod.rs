//! What the two platforms with tokens share (reference §2.2, §2.3, §3.1): products and their devices, logins, one
//! tree of topics for each device, calls that await an answer.
//!
//! A device here is `{product id}/{device name}`: since no name holds a slash and ids of the legacy platform are
//! decimal, one string names a device of any generation. What the messages of the suite and of the studio are about
//! is in `suite` and `studio`.
//!
//! Which generation a login is of, is settled by itself: by its product, where that is registered; otherwise it is
//! one with a token if its password looks like one, of the suite if its product ID is a decimal number, else of the
//! studio.
//!
//! Reading order: `product`, `profile` (what is kept of a device), `registration` · `login` with `refusal` · `request`,
//! `publication`, `subscription` · `downlink`, `sub_device` · `call` with `calls` · `rate` with `pause` ·
//! `event`.

mod product;
mod profile;
mod registration;

mod login;
mod refusal;

mod publication;
mod request;
mod subscription;

mod downlink;
mod sub_device;

mod call;
mod calls;

mod pause;
mod rate;

mod event;

pub use call::{Call, CallError, CallId, CallKind, CallState};
pub use event::{Outcome, SysEvent, Told, Why};
pub use product::{RegisterError, SysDevice, SysProduct};
pub use profile::{DesiredValue, Image, ImageValue, Profile};
pub use refusal::{LoginFault, LoginRefusal};

pub(crate) use calls::{Calls, Matched, Question};
pub(crate) use downlink::{Carrier, tree_of};
pub(crate) use login::{SysLogin, read};
pub(crate) use pause::Pause;
pub(crate) use product::Products;
pub(crate) use publication::Uplink;
pub(crate) use rate::{Counted, Rates};
pub(crate) use sub_device::SubRefused;
