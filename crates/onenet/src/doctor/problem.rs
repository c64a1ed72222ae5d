//! Everything that is known to be wrong with logins.

use super::diagnosis::Difference;
use super::mistake::{Listed, Mistake};
use crate::Generation;
use crate::token::{KeyError, Method, Parameter, ResourceProblem, TokenProblem};

/// What is wrong. Secrets show as a length or an offset at most.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    // ── Any field ──
    /// Nothing is there.
    #[error("is empty")]
    Empty,
    /// White space or an invisible character stands at an end.
    #[error("{character:?} at byte {offset} does not belong to it")]
    Surrounded {
        /// The first such character.
        character: char,
        /// Where.
        offset: usize,
    },
    /// Quotation marks stand at an end.
    #[error("{character} at byte {offset} is a quotation mark from elsewhere")]
    Quoted {
        /// The first such character.
        character: char,
        /// Where.
        offset: usize,
    },
    /// A token stands in another field than the password's.
    #[error("is a token")]
    TokenHere,

    // ── Client id and user name ──
    /// `product&device` in one field, as other clouds want it.
    #[error("joins product {product:?} and device {device:?}")]
    Joined {
        /// 产品 ID.
        product: String,
        /// 设备名称.
        device: String,
    },
    /// `products/…/devices/…`: what a token is for, in a field that wants a part of it.
    #[error("is the resource of product {product:?} and device {device:?}")]
    ResourceHere {
        /// 产品 ID.
        product: String,
        /// 设备名称.
        device: String,
    },
    /// The device stands where the product should and the other way round.
    #[error("client id and user name are exchanged")]
    Swapped,
    /// The product ID in the field of the device.
    #[error("is the product ID, not the device {device:?}")]
    ProductHere {
        /// What should stand there.
        device: String,
    },
    /// The device name in the field of the product.
    #[error("is the device name, not the product {product:?}")]
    DeviceHere {
        /// What should stand there.
        product: String,
    },
    /// Client id and user name are equal.
    #[error("is the same as the user name")]
    SameIds,
    /// A character that no such id has.
    #[error("{character:?} at byte {offset} is in no such id")]
    Character {
        /// The character.
        character: char,
        /// Where.
        offset: usize,
    },
    /// Longer than any device name.
    #[error("has {length} bytes, the limit is {limit}")]
    TooLong {
        /// Its length in bytes.
        length: usize,
        /// The most that it may have.
        limit: usize,
    },

    // ── Generation ──
    /// Two numbers and no token: a login to the legacy platform.
    #[error("the login is one to the legacy platform")]
    LegacyLogin,
    /// A token, which the legacy platform is not known to read.
    #[error("the password is a token: the platform is {likely}")]
    TokenForLegacy {
        /// The generation that product IDs of this form belong to.
        likely: Generation,
    },
    /// Product IDs of this form belong to another generation.
    #[error("the product ID looks like one of {likely}")]
    OtherGeneration {
        /// That generation.
        likely: Generation,
    },

    // ── Password ──
    /// A key, which signs tokens but is none.
    #[error("is a key of {length} characters, not a token")]
    KeyHere {
        /// How long it is, in bytes.
        length: usize,
        /// Whether it is the key that was given.
        same: bool,
    },
    /// Neither a token nor a key.
    #[error("is no token: {length} bytes without version, res, et, method, sign")]
    NoToken {
        /// How long it is, in bytes.
        length: usize,
    },
    /// A parameter is unknown, doubled, missing or without a value.
    #[error("{problem} at byte {offset}")]
    Structure {
        /// Where.
        offset: usize,
        /// Which.
        problem: TokenProblem,
    },

    // ── Escapes ──
    /// The token was escaped as a whole. Offsets in other diagnoses count in the text that was meant.
    #[error("is escaped as a whole")]
    EscapedWhole,
    /// A value was escaped two times: `%252F`.
    #[error("{parameter} is escaped twice, first at byte {offset}")]
    EscapedTwice {
        /// Of which parameter.
        parameter: Parameter,
        /// Where the first such escape is.
        offset: usize,
    },
    /// A character that should be escaped is not. The first of the worst kind.
    #[error("{character:?} of {parameter} at byte {offset} is not escaped")]
    NotEscaped {
        /// Of which parameter.
        parameter: Parameter,
        /// Where.
        offset: usize,
        /// The character.
        character: char,
    },
    /// An escape with small letters: `%2f`.
    #[error("escape of {parameter} with small letters at byte {offset}")]
    SmallEscape {
        /// Of which parameter.
        parameter: Parameter,
        /// Where the first is.
        offset: usize,
    },
    /// An escape that is none.
    #[error("escape of {parameter} at byte {offset} is none")]
    BrokenEscape {
        /// Of which parameter.
        parameter: Parameter,
        /// Where.
        offset: usize,
    },

    // ── version ──
    /// `2020-05-29`: of the API for applications.
    #[error("version is the one for applications")]
    VersionOfApplications,
    /// `2022-05-01`: in use, but in no document.
    #[error("version is one that no document names")]
    VersionLater,
    /// Any other.
    #[error("version {found:?} is unknown")]
    VersionUnknown {
        /// What it says.
        found: String,
    },

    // ── res ──
    /// None of the forms that a resource has.
    #[error("res {problem} at byte {offset} of it")]
    ResForm {
        /// Where, in bytes from the beginning of the value without its escapes.
        offset: usize,
        /// What is wrong there.
        problem: ResourceProblem,
    },
    /// Another product than the user name.
    #[error("res names another product: {0}")]
    ResProduct(Difference),
    /// Another device than the client id.
    #[error("res names another device: {0}")]
    ResDevice(Difference),
    /// The device stands where the product should, and the other way round.
    #[error("res has product and device exchanged")]
    ResSwapped,
    /// A product without a device: a token for the HTTP API.
    #[error("res is that of a product")]
    ResOfProduct,
    /// A user or a group: a token for applications.
    #[error("res is that of an application")]
    ResOfApplication,

    // ── et ──
    /// No number of seconds.
    #[error("et is no number of seconds from byte {offset} of it on")]
    EtNotNumber {
        /// Where, in bytes from the beginning of the value without its escapes.
        offset: usize,
    },
    /// Milliseconds.
    #[error("et is in milliseconds; in seconds it is {seconds}")]
    EtMillis {
        /// The same moment in seconds.
        seconds: u64,
    },
    /// The time is over.
    #[error("expired {seconds} s ago")]
    Expired {
        /// For how many seconds.
        seconds: u64,
    },
    /// More than ten years ahead: either meant so, or the clock of the computer is wrong.
    #[error("expires only in {seconds} s")]
    EtFar {
        /// In how many seconds.
        seconds: u64,
    },
    /// The computer's clock shows a time before there were tokens.
    #[error("shows a time before there were tokens")]
    ClockEarly,

    // ── method ──
    /// The right name with capitals.
    #[error("method {found:?} must be written {right}")]
    MethodCase {
        /// What it says.
        found: String,
        /// What is meant.
        right: Method,
    },
    /// None of the three.
    #[error("method {found:?} is none of md5, sha1 and sha256")]
    MethodUnknown {
        /// What it says.
        found: String,
        /// What is probably meant.
        nearest: Option<Method>,
    },

    // ── sign ──
    /// The sign that all official examples show: it signs nothing.
    #[error("sign is the placeholder of the official examples")]
    Placeholder,
    /// The digest is written in hex.
    #[error("sign is hex, not Base64")]
    SignHex,
    /// The digest was written in hex, and the hex as Base64.
    #[error("sign is the Base64 of a hex text, not of the digest")]
    SignHexInBase64,
    /// `-` and `_` stand for `+` and `/`.
    #[error("sign is url-safe Base64, first at byte {offset} of it")]
    SignUrlSafe {
        /// Where, in bytes from the beginning of the value without its escapes.
        offset: usize,
    },
    /// A space stands where `+` was: someone read the token as a web form.
    #[error("sign has a space for a + at byte {offset} of it")]
    SignSpaces {
        /// Where, in bytes from the beginning of the value without its escapes.
        offset: usize,
    },
    /// `=` is missing at the end, or there is too much of it.
    #[error("sign has {found} of {expected} padding characters")]
    SignPadding {
        /// How many `=` its digits ask for.
        expected: usize,
        /// How many it has.
        found: usize,
    },
    /// No Base64 at all.
    #[error("sign is no Base64 at byte {offset} of it")]
    SignNotBase64 {
        /// Where, in bytes from the beginning of the value without its escapes.
        offset: usize,
    },
    /// Not as long as the method makes it.
    #[error("sign has {found} bytes, {method} makes {}", method.length())]
    SignLength {
        /// How many bytes it has.
        found: usize,
        /// The method that the token names.
        method: Method,
        /// The method that makes so many.
        fitting: Option<Method>,
    },
    /// The given key signs it, if these mistakes are made.
    #[error("sign was made with {}", Listed(.0))]
    SignedWith(Vec<Mistake>),
    /// The given key does not sign it, and not with one or two of these mistakes either.
    #[error("sign is not of this key, nor with {}", Listed(tried))]
    SignUnknown {
        /// What was tried.
        tried: Vec<Mistake>,
    },

    // ── Key ──
    /// No Base64.
    #[error(transparent)]
    KeyForm(KeyError),
    /// `-` and `_` stand for `+` and `/`.
    #[error("is url-safe Base64, first at byte {offset}")]
    KeyUrlSafe {
        /// Where.
        offset: usize,
    },
}
