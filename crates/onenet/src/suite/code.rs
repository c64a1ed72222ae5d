//! The codes with which the suite rejects a message (reference §2.4).

/// A code and what the platform says with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// 98: a message that cannot be read.
    IllegalData,
    /// 99: an answer to a command that is too long.
    AnswerTooLong,
    /// 100: the platform's own fault.
    Internal,
    /// 112: an answer to a command that came too late.
    CommandTimeout,
    /// 113: an answer to no command, or the second one to it.
    CommandNotFound,
    /// 128: nothing more is said.
    Unspecified,
    /// 150: the image is updated too often.
    RateTooHigh,
    /// 160: an update of the image that is no JSON.
    IllegalJson,
    /// 161: an update of the image that is too long.
    JsonTooLong,
    /// 162: an update of the image that is nested too deeply.
    JsonTooDeep,
    /// 163: an update of the image without `state`.
    NoState,
    /// 164: an update of the image with neither `desired` nor `reported`.
    NoDesiredOrReported,
    /// 165: an update of the image with something of a wrong type.
    InvalidParameters,
    /// 166: there is an image already.
    ImageExists,
    /// 167: there is no image.
    NoImage,
    /// One that no document names.
    Other(u16),
}

/// Every code that a document names, its number and its text.
///
/// The text of 98 is lower case on the wire, although one page prints capitals. That of 162 ends in `bounds` on
/// another page.
const CODES: [(Code, u16, &str); 15] = [
    (Code::IllegalData, 98, "illegal data"),
    (Code::AnswerTooLong, 99, "maximum payload size exceeded"),
    (Code::Internal, 100, "internal error"),
    (Code::CommandTimeout, 112, "cmd response timeout"),
    (Code::CommandNotFound, 113, "cmd id not found"),
    (Code::Unspecified, 128, "unspecified error"),
    (Code::RateTooHigh, 150, "message rate too high"),
    (Code::IllegalJson, 160, "illegal json"),
    (Code::JsonTooLong, 161, "json out of bound"),
    (Code::JsonTooDeep, 162, "json depth out of bound"),
    (Code::NoState, 163, "state key not found"),
    (Code::NoDesiredOrReported, 164, "desired or reported key not found"),
    (Code::InvalidParameters, 165, "invalid parameters"),
    (Code::ImageExists, 166, "device image existed"),
    (Code::NoImage, 167, "device image not exists"),
];

impl Code {
    /// The code with that number.
    pub fn from_number(number: u16) -> Self {
        let found = CODES.iter().find(|(_, known, _)| *known == number);
        found.map_or(Self::Other(number), |(code, _, _)| *code)
    }

    /// Its number, `err_code`.
    pub fn number(self) -> u16 {
        match self {
            Self::Other(number) => number,
            known => known.row().map_or(0, |(_, number, _)| *number),
        }
    }

    /// What the platform says with it, `err_msg`; `None` for one that no document names.
    pub fn text(self) -> Option<&'static str> {
        self.row().map(|(_, _, text)| *text)
    }

    fn row(self) -> Option<&'static (Self, u16, &'static str)> {
        CODES.iter().find(|(code, _, _)| *code == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_every_code_by_its_number() {
        for (code, number, text) in CODES {
            assert_eq!((Code::from_number(number), code.number(), code.text()), (code, number, Some(text)));
        }
        assert_eq!(Code::from_number(7), Code::Other(7));
        assert_eq!((Code::Other(7).number(), Code::Other(7).text()), (7, None));
    }
}
