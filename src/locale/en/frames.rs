//! The list of frames, pasted bytes, and the composer.

use crate::locale::words::{FrameCounts, FramesWords, span};

pub(super) const FRAMES: FramesWords = FramesWords {
    tabs: "What to look at",
    tab_list: "Live",
    tab_paste: "Paste bytes",
    tab_compose: "Edit and send",

    counts,
    list: "Frames, oldest first",
    empty: "No frame yet. Connect, and every byte that goes out or comes in is listed here. What you type is taken apart already: see the frames about to be sent.",
    none_match: "No frame matches the filter. Clear a filter field to see more.",
    empty_file: "There is no frame in this file.",
    listed: |listed, kept| {
        if listed == kept { count(kept) } else { format!("{listed} of {}", count(kept)) }
    },
    column_number: "No.",
    column_time: "Time",
    column_type: "Type",
    column_summary: "What it says",
    column_id: "Packet ID",
    column_size: "Bytes",
    column_answer: "Answer",
    sent: "sent",
    received: "received",
    answered: |number, round_trip| format!("No. {number}, {}", span(round_trip)),
    composed: "composed by hand",
    hidden: "hidden: a password may be in it",
    connection: |number| format!("connection {number}"),
    pause: "Pause",
    resume: |behind| {
        if behind == 0 { "Go on".to_owned() } else { format!("Go on ({behind} new)") }
    },
    to_newest: |behind| format!("To the newest ({behind} below)"),
    clear: "Clear",

    filter_type: "Type",
    all_types: "All types",
    without_pings: "All but pings",
    filter_direction: "Direction",
    both_directions: "Both ways",
    filter_topic: "Topic",
    filter_topic_example: "$creq/#",
    filter_text: "Text",
    filter_text_example: "temperature",

    show_secrets: "Show passwords and tokens",

    drafts: "About to be sent",
    draft_login: "Login",
    draft_upload: "Upload",
    draft_broken: "The form has mistakes: see there. Its frame appears when they are mended.",
    draft_hint: "Not sent yet: this follows what you type in the form.",

    nothing_chosen: "Choose a frame to see what each of its bytes means.",
    frame_title: |number| format!("Frame {number}"),
    edit_bytes: "Edit and send",
    edit_secret: "Edit and send (shows the password)",
    copy_hex: "Copy as hex",
    copied: "Copied.",
    copy_by_hand: "The browser does not let this page copy. Select the hex and copy it by hand:",

    download: "Download",
    export_secrets_warning: "The file will hold passwords (auth info or tokens) in clear: whoever gets it can log in as this device.",
    exported: |frames, bytes| format!("{} written, {bytes} bytes.", count(frames)),
    importing: "Reading the file …",
    oldest_left_out: |frames| format!("The {frames} oldest do not fit and are left out."),
    import_unreadable: "The browser could not read the file. Pick it again; if it was moved, from where it is now.",

    paste_example: "10 25 00 04 4D 51 54 54 04 C2 00 78 …",
    paste_empty: "Paste the bytes that your device sends, and see the first wrong one.",
    paste_frames: "Frames found",
    more: |more| format!("… and {more} more"),
    compare_none: "The forms make CONNECT and PUBLISH frames: there is nothing to compare this one with.",
    compare_same: "Both are the same, byte for byte.",
    compare_field: "Field",
    compare_verdict: "Verdict",
    compare_only_differences: "Differences only",

    compose_label: "The bytes, as hex",
    compose_hint: "Any bytes can be sent, right or wrong: that is what this is for.",
    compose_from_login: "Begin with the login (shows the password)",
    compose_from_upload: "Begin with the upload",
    compose_bits: |offset| format!("Bits of byte {offset}"),
    compose_bits_hint: "Choose a byte in the hex to flip its bits.",
    flip_bit: |bit, set| {
        let state = if set { "1" } else { "0" };
        format!("Bit {bit} is {state}: flip it")
    },
    set_length: "Correct the remaining length",
    compose_way: "Send it",
    compose_here: "over the present connection",
    compose_alone: "over a connection of its own",
    compose_alone_hint: "A new connection to the place chosen above; these bytes are the first thing said on it. A CONNECT with the device's own client ID makes the platform drop the device's other connection.",
    compose_here_hint: "In the midst of the device's session, as if its firmware had sent it.",
    compose_real: "This does not go to a simulated platform. A real one may hang up on the device, log the mistake, or ban the device for some minutes.",
    compose_sure: "Send it to the real platform all the same",
    send: "Send these bytes",
    compose_happened: "What happened",
    compose_nothing_yet: "Sent. Nothing has come back yet.",
    probe_opening: "Opening a connection …",
    probe_open: "The connection is open.",
    probe_silent: "The platform said nothing for ten seconds; the connection was closed from here.",
    probe_replaced: "The next bytes were sent: this connection was closed from here.",
    probe_too_large: "The platform announced a frame larger than this page takes; the connection was closed from here.",
};

fn count(frames: usize) -> String {
    if frames == 1 { "1 frame".to_owned() } else { format!("{frames} frames") }
}

fn counts(counts: FrameCounts) -> String {
    let FrameCounts { captured, kept, evicted } = counts;
    if evicted == 0 {
        format!("{captured} captured")
    } else {
        format!("{captured} captured = {kept} kept + {evicted} dropped")
    }
}
