//! What a capture can be written as.

/// How frames are written into a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For Wireshark: every frame in an IPv4 packet that was never on a wire.
    Pcapng,
    /// For programs: one JSON object a frame.
    JsonLines,
    /// For people and small tools: a comment and the bytes in hex.
    Hex,
}

impl Format {
    /// Every format, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Pcapng, Self::JsonLines, Self::Hex];

    /// What the names of such files end in, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pcapng => "pcapng",
            Self::JsonLines => "jsonl",
            Self::Hex => "txt",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pcapng => "application/x-pcapng",
            Self::JsonLines => "application/jsonl",
            Self::Hex => "text/plain",
        }
    }
}

/// What becomes of passwords in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Secrets {
    /// Each of their bytes is written as `*`; lengths stay.
    #[default]
    Masked,
    /// They are written as they are: the person asked for it.
    Shown,
}
