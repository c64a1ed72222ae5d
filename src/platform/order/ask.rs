//! What the consoles of suite and studio offer, under their own words.

use onenet::Generation;

/// Something that a console offers. The legacy one has nothing but commands, and a form of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// 命令下发, on the suite.
    Command,
    /// 设备镜像: its desired state, on the suite.
    Image,
    /// 属性设置, on the studio.
    PropertySet,
    /// 属性获取, on the studio.
    PropertyGet,
    /// 期望值, set on the studio.
    DesiredSet,
    /// 期望值, cleared on the studio.
    DesiredClear,
    /// 服务调用, on the studio.
    Service,
}

impl Ask {
    /// What the console of a generation offers, the most usual first.
    pub fn all(generation: Generation) -> &'static [Self] {
        match generation {
            Generation::Legacy => &[],
            Generation::Suite => &[Self::Command, Self::Image],
            Generation::Studio => {
                &[Self::PropertySet, Self::PropertyGet, Self::DesiredSet, Self::DesiredClear, Self::Service]
            }
        }
    }

    /// A text that names it in a list of choices.
    pub fn key(self) -> &'static str {
        match self {
            Self::Command => "command",
            Self::Image => "image",
            Self::PropertySet => "property-set",
            Self::PropertyGet => "property-get",
            Self::DesiredSet => "desired-set",
            Self::DesiredClear => "desired-clear",
            Self::Service => "service",
        }
    }

    /// The one with that key; the first where none has it.
    pub fn from_key(generation: Generation, key: &str) -> Option<Self> {
        let all = Self::all(generation);
        all.iter().find(|ask| ask.key() == key).or(all.first()).copied()
    }
}
