//! The page as it opens.

use super::connect::{destination_hint, destination_name, ending, status};
use super::login;
use super::sending::{oddities, resumption};
use super::upload::qos_name;
use crate::locale::words::{FrontWords, WillWords};

pub(in crate::locale) static FRONT: FrontWords = FrontWords {
    title: "OneNET device",
    tagline: "Be a OneNET device in the browser: log in, upload, receive, answer. Every byte is made in this page.",
    language: "Language",

    upload_title: "Upload",
    feed_title: "Received",
    inspector_title: "Frames",
    platform_title: "Simulated platform",
    programs_title: "The same message as code",
    coming: "On its way …",
    missing: "This part of the page could not be loaded. Check the network, then try again; if the page was renewed meanwhile, reload it.",
    load_again: "Try again",

    connect_title: "Connect",
    destination: "Connect to",
    destination_name,
    destination_hint,
    address: "WebSocket address",
    login: login::LOGIN,
    show: "Show",
    hide: "Hide",
    keep_alive: "Keep alive (seconds)",
    clean_session: "Clean session",
    will: WILL,
    qos_name,
    upload_first: "Upload the values below as soon as the login is accepted",
    connect: "Connect",
    connect_again: "Connect again",
    connect_anyway: "Connect anyway",
    disconnect: "Disconnect",

    status,
    ending,
    resumption,
    unsent: |bytes| format!("{bytes} bytes have not left this computer yet."),
    oddities,
    countdown: |seconds| format!("in {seconds} s"),
    try_now: "Try now",
};

const WILL: WillWords = WillWords {
    title: "Last will",
    hint: "The platform publishes it in the device's name when the connection ends without a DISCONNECT.",
    on: "Leave a last will",
    topic: "Topic of the will",
    text: "Its text",
    qos: "Its QoS",
    retain: "Retain it",
};
