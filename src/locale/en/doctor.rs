//! The check of a login, and how a token comes about.

mod problem;
mod remedy;

use onenet::doctor::Severity;

use self::problem::{mistake, problem};
use self::remedy::{remedy, treat};
use super::login::length;
use crate::doctor::{Mark, Verdict};
use crate::locale::words::DoctorWords;

pub(super) const DOCTOR: DoctorWords = DoctorWords {
    title: "Login check",
    verdict: |verdict| {
        match verdict {
        Verdict::Unfilled => {
            "A field is empty or cannot be read. Fill it in, and this says whether the login can be accepted."
                .to_owned()
        }
        Verdict::Refused(1) => "This login will be refused, for one reason. It stands at its field.".to_owned(),
        Verdict::Refused(reasons) => {
            format!("This login will be refused, for {reasons} reasons. Each stands at its field.")
        }
        Verdict::Doubtful(1) => {
            "This login will probably be refused, for one reason. It stands at its field.".to_owned()
        }
        Verdict::Doubtful(reasons) => {
            format!("This login will probably be refused, for {reasons} reasons. Each stands at its field.")
        }
        Verdict::HungUp(1) => {
            "This login can be accepted, but then the platform hangs up because of the first upload.".to_owned()
        }
        Verdict::HungUp(reasons) => format!(
            "This login can be accepted, but then the platform hangs up because of the first upload, for {reasons} reasons."
        ),
        Verdict::Unverified => {
            "Nothing speaks against this login. Whether the signature is right, only the device key can tell: give it, too.".to_owned()
        }
        Verdict::Good => {
            "The fields fit together, and the key signs the token: the login is accepted if the device exists and the key is its own. Should the platform still answer CONNACK 4, one of these two is not so.".to_owned()
        }
    }
    },
    severity: |severity| match severity {
        Severity::WillBeRefused => "Will be refused",
        Severity::Probably => "Probably wrong",
        Severity::Note => "Note",
    },
    problem,
    remedy,
    tried: "Common mistakes that were tried, in vain",
    mistake,
    log_code: |code| format!("OneNET Studio's device log has code {code} for it."),
    treat,

    clock: |time| {
        format!(
            "This computer's clock shows {time} (Beijing time). Whether a token has expired, the platform's clock decides: set this one if it is wrong."
        )
    },
    will_expire: |time, seconds| {
        format!("A token signed now is good until {time} (Beijing time), for {}.", length(seconds))
    },
    left: |left| match left {
        Ok(seconds) => format!("{} left", length(seconds)),
        Err(seconds) => format!("expired {} ago", length(seconds)),
    },

    taken_apart: "The token, taken apart",
    parameter: "Parameter",
    said: "In the token",
    wanted: "Should be",
    mark: |mark| match mark {
        Mark::Same => "right",
        Mark::Different => "wrong",
        Mark::Open => "cannot be said yet",
    },
    nothing: "nothing",
    any_device: "the device above, once it is named",
    later: "a time to come",
    methods: "md5, sha1 or sha256",
    signature: |mark, has_key| match (mark, has_key) {
        (Mark::Same, _) => "what the key signs: it is",
        (Mark::Different, _) => "what the key signs: it is not",
        (Mark::Open, true) => "what the key signs: checked when the rest can be read",
        (Mark::Open, false) => "what the key signs: give the key to check it",
    },
    characters: |count| format!("{count} characters, not shown"),

    calculator: "How the token comes about, step by step",
    calculator_empty: "Give device name, product ID and a good device key: every step appears here.",
    calculator_hint: "Nothing of this leaves the page. The expiry is the one of a login just now.",
    right_token_hint: "This is the token that fits the fields and the key above. Nothing of it leaves the page.",
    text_step: "1. Text to sign: four lines, nothing escaped",
    line_break: "line break (\\n)",
    no_line_break: "no line break at the end",
    key_step: "2. Key: the bytes that its Base64 means, as hex",
    digest_step: |method| format!("3. HMAC-{method} of the text with these bytes, as hex"),
    base64_step: "4. The same as Base64: the sign",
    escape_step: "5. Each value escaped: + space / ? % # & = become %2B %20 %2F %3F %25 %23 %26 %3D",
    before: "Before",
    after: "Escaped",
    token_step: "6. Token: the password",
    bytes: |count| format!("•••••••• ({count} bytes)"),
    show_secrets: "Show key and signature",
    hide_secrets: "Hide key and signature",
    copy: "Copy the token",
    copied: "Copied. Whoever has it can log in until it expires.",
    not_copied: "The browser does not allow it. The token is shown: select it and press Ctrl+C, on a Mac ⌘C.",
};
