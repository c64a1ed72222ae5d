//! A web page that is a OneNET device.
//!
//! The page logs a device in, uploads data points, shows what arrives and answers commands. Every frame
//! is made and read here, in Rust compiled to wasm; what leaves the page are bytes.
//!
//! ```text
//! view ──calls──► Client ──commands──► driver ──bytes──► Link ──► relay or the platform in this page
//!  ▲                                     │
//!  └─────────── State ◄──actions─────────┘
//! ```
//!
//! A panel is a folder: what it thinks and its view side by side. What thinks names neither Yew nor the
//! browser; the browser itself is named in [`browser`] and in the WebSocket of [`client`] alone.

pub mod app;
pub mod state;
pub mod store;
pub mod workshop;

pub mod connect;
pub mod doctor;
pub mod feed;
pub mod inspector;
pub mod platform;
pub mod snippet;
pub mod upload;

pub mod client;
pub mod locale;
pub mod part;
pub mod widgets;

pub mod browser;
