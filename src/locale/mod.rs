//! The page's words.
//!
//! Each language is one [`Words`]; a word that one of them lacks fails the build. Sentences with something
//! in them are functions, and every error gets one that says what to do next.

mod en;
mod words;
mod zh;

pub use words::{
    ArrivalWords, CaptureFileWords, CodeWords, ConsoleWords, DoctorWords, FaultWords, FrameCounts,
    FramesWords, FrontWords, InspectorWords, LanesWords, LoginWords, SendingWords, SnippetWords,
    UploadingWords, WillWords, Words,
};

/// A language that the page speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// 简体中文.
    Chinese,
    /// English.
    English,
}

/// Every language, in the order in which they are offered.
pub const LANGUAGES: [Language; 2] = [Language::Chinese, Language::English];

impl Language {
    /// The language for a tag such as `zh-CN` (BCP 47): Chinese for Chinese ones, otherwise English.
    pub fn from_tag(tag: &str) -> Self {
        let primary = tag.split('-').next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("zh") { Self::Chinese } else { Self::English }
    }

    /// Its tag (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// What it calls itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chinese => "中文",
            Self::English => "English",
        }
    }

    /// The words of the page as it opens.
    pub fn front(self) -> &'static FrontWords {
        match self {
            Self::Chinese => &zh::FRONT,
            Self::English => &en::FRONT,
        }
    }

    /// Its words.
    pub fn words(self) -> &'static Words {
        match self {
            Self::Chinese => &zh::WORDS,
            Self::English => &en::WORDS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_the_browsers_language() {
        for tag in ["zh", "zh-CN", "zh-Hant-TW", "ZH-hk"] {
            assert_eq!(Language::from_tag(tag), Language::Chinese, "{tag}");
        }
        for tag in ["en-US", "de", "", "zha"] {
            assert_eq!(Language::from_tag(tag), Language::English, "{tag}");
        }
    }
}
