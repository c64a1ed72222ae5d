//! What an answer to a CONNECT means, generation by generation (reference §1.3, §2.2, §3.1).

use crate::Generation;

/// What came back after a CONNECT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// CONNACK with this return code.
    Code(u8),
    /// Nothing: the platform closed the connection.
    Closed,
}

/// What an answer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// 0: logged in.
    Accepted,
    /// 1: a protocol level other than 4.
    ProtocolLevel,
    /// 2 of the legacy platform: no such device ID, or none of its product.
    DeviceId,
    /// 3 of the legacy platform: it cannot serve at present.
    Unavailable,
    /// 4 of the legacy platform: product ID or auth info is wrong.
    AuthInfo,
    /// 5 of the legacy platform: not allowed to log in; its text also names a bad token.
    NotAllowed,
    /// 4 of the platforms with tokens, and the only refusal they are known to send: anything about the three fields,
    /// from an unknown device to an expired token.
    Token,
    /// A code of MQTT 3.1.1 §3.2.2.3 that this generation is not documented to send.
    Undocumented,
    /// A code that MQTT 3.1.1 does not have.
    Reserved,
    /// Closed by the legacy platform: the CONNECT breaks a rule, such as a flag without user name or password.
    MalformedLegacy,
    /// Closed by a platform with tokens: a field is empty, flags other than `C2` (a will, no clean session), keep alive
    /// outside of 10 to 1800 s, or a ban of five minutes after too many logins.
    MalformedOrBanned,
}

/// What this answer of this generation means.
pub fn meaning(generation: Generation, answer: Answer) -> Meaning {
    match (generation, answer) {
        (_, Answer::Code(0)) => Meaning::Accepted,
        (_, Answer::Code(6..)) => Meaning::Reserved,
        (Generation::Legacy, Answer::Code(1)) => Meaning::ProtocolLevel,
        (Generation::Legacy, Answer::Code(2)) => Meaning::DeviceId,
        (Generation::Legacy, Answer::Code(3)) => Meaning::Unavailable,
        (Generation::Legacy, Answer::Code(4)) => Meaning::AuthInfo,
        (Generation::Legacy, Answer::Code(5)) => Meaning::NotAllowed,
        (Generation::Legacy, Answer::Closed) => Meaning::MalformedLegacy,
        (Generation::Suite | Generation::Studio, Answer::Code(4)) => Meaning::Token,
        (Generation::Suite | Generation::Studio, Answer::Code(1..=3 | 5)) => Meaning::Undocumented,
        (Generation::Suite | Generation::Studio, Answer::Closed) => Meaning::MalformedOrBanned,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_4_blames_the_auth_info_or_anything_about_a_token() {
        assert_eq!(meaning(Generation::Legacy, Answer::Code(4)), Meaning::AuthInfo);
        for generation in [Generation::Suite, Generation::Studio] {
            assert_eq!(meaning(generation, Answer::Code(4)), Meaning::Token);
            assert_eq!(meaning(generation, Answer::Closed), Meaning::MalformedOrBanned);
        }
    }

    #[test]
    fn every_code_has_a_meaning_in_every_generation() {
        for generation in Generation::ALL {
            let meanings: Vec<Meaning> =
                (0..=5).map(|code| meaning(generation, Answer::Code(code))).collect();
            let documented = meanings.iter().filter(|meaning| **meaning != Meaning::Undocumented).count();
            assert_eq!(documented, if generation.has_tokens() { 2 } else { 6 });
            assert_eq!(meaning(generation, Answer::Code(6)), Meaning::Reserved);
        }
    }
}
