//! A rule that something breaks.

use std::fmt;

use super::id::RuleId;
use super::rule::{Consequence, Place};
use crate::legacy::{DecodeError, TopicError};
use crate::{studio, suite, sys};

/// A broken rule, with what was found where that says more than the rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: RuleId,
    /// What was found.
    pub detail: Option<Detail>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    /// Where and why a payload cannot be read.
    Payload(DecodeError),
    /// Where and why a topic is none.
    Topic(TopicError),
    /// Where and why a topic or a filter of a platform with tokens is none.
    Sys(sys::TopicError),
    /// Where and why the name of a product or a device is none.
    Name(sys::NameError),
    /// Where and why a message of the suite cannot be read.
    Suite(suite::DecodeError),
    /// Where and why a topic is none of the studio. Offsets count from the beginning of the topic.
    StudioTopic(studio::TopicError),
    /// Where and why a message of the studio cannot be read.
    Studio(studio::DecodeError),
    /// What a message of the studio says that it may not, and where.
    StudioValue(studio::Problem),
    /// A number outside its range, such as a length or a count.
    Number(u64),
    /// Bits that contradict the rule.
    Bits(u8),
}

impl Finding {
    /// Where in a form it shows.
    pub fn at(&self) -> Place {
        self.rule.place()
    }

    /// What the real platform does about it. Where that has a code for the very mistake, this one.
    pub fn consequence(&self) -> Consequence {
        match (self.code(), self.rule.consequence()) {
            (Some(code), Consequence::Reject(_)) => Consequence::Reject(code),
            (_, consequence) => consequence,
        }
    }

    /// The code that the platform has for the very mistake, whoever is told it.
    pub fn code(&self) -> Option<u16> {
        match self.detail.as_ref()? {
            Detail::Suite(error) => error.code.map(suite::Code::number),
            Detail::Studio(error) => u16::try_from(error.code().0).ok(),
            Detail::StudioValue(problem) => problem.code().and_then(|code| u16::try_from(code.0).ok()),
            Detail::Payload(_)
            | Detail::Topic(_)
            | Detail::Sys(_)
            | Detail::Name(_)
            | Detail::StudioTopic(_)
            | Detail::Number(_)
            | Detail::Bits(_) => None,
        }
    }

    /// A broken rule that says everything itself.
    pub fn new(rule: RuleId) -> Self {
        Self { rule, detail: None }
    }

    /// A broken rule and the number that breaks it.
    pub fn number(rule: RuleId, number: usize) -> Self {
        Self { rule, detail: Some(Detail::Number(number as u64)) }
    }

    /// A broken rule and the bits that break it.
    pub fn bits(rule: RuleId, bits: u8) -> Self {
        Self { rule, detail: Some(Detail::Bits(bits)) }
    }
}

impl Detail {
    /// Bytes before what is wrong in the topic, the name or the payload, where there is one such place.
    pub fn offset(&self) -> Option<usize> {
        match self {
            Self::Payload(error) => Some(error.offset),
            Self::Topic(TopicError::Character { offset, .. }) => Some(*offset),
            Self::Topic(TopicError::Empty | TopicError::Reserved | TopicError::TooLong { .. }) => None,
            Self::Sys(error) => Some(error.offset()),
            Self::Name(error) => Some(error.offset()),
            Self::Suite(error) => Some(error.offset),
            Self::StudioTopic(studio::TopicError::ReplySpelling { .. }) | Self::StudioValue(_) => None,
            Self::StudioTopic(
                studio::TopicError::Level { offset, .. } | studio::TopicError::Unknown { offset },
            ) => Some(*offset),
            Self::Studio(error) => Some(error.offset),
            Self::Number(_) | Self::Bits(_) => None,
        }
    }
}

impl fmt::Display for Finding {
    /// `payload: member "value" is missing at byte 59`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.detail {
            Some(detail) => write!(f, "{}: {detail}", self.rule),
            None => self.rule.fmt(f),
        }
    }
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Payload(error) => error.fmt(f),
            Self::Topic(error) => error.fmt(f),
            Self::Sys(error) => error.fmt(f),
            Self::Name(error) => error.fmt(f),
            Self::Suite(error) => error.fmt(f),
            Self::StudioTopic(error) => error.fmt(f),
            Self::Studio(error) => error.fmt(f),
            Self::StudioValue(problem) => problem.fmt(f),
            Self::Number(number) => write!(f, "found {number}"),
            Self::Bits(bits) => write!(f, "found {bits:#010b}"),
        }
    }
}
