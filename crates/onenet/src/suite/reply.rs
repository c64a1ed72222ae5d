//! What the platform says to what came up: taken or not.

use super::code::Code;
use super::data_points::MessageId;
use super::document::Document;
use super::error::{DecodeError, Problem};
use crate::data_point::Value;

/// `{"id":1600930685}`: the data points with this id were taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    body: String,
    id: MessageId,
}

impl Accepted {
    /// Writes it in compact JSON.
    pub fn new(id: MessageId) -> Self {
        Self { body: format!(r#"{{"id":{id}}}"#), id }
    }

    /// Reads the payload of `dp/post/json/accepted`.
    ///
    /// # Errors
    ///
    /// It is no object with an id and nothing else.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let document = Document::decode(bytes)?;
        let id = document.required(document.root, "id")?;
        let id = MessageId::read(&document, id)?;
        let members = document.members(document.root)?;
        if let Some((_, other)) = members.iter().find(|(name, _)| *name != "id") {
            return Err(document.wrong(other, Problem::OtherMember { member: "id" }));
        }
        Ok(Self { body: document.source.to_owned(), id })
    }

    /// The bytes to publish.
    pub fn encode(&self) -> Vec<u8> {
        self.body.clone().into_bytes()
    }

    /// Which data points.
    pub fn id(&self) -> MessageId {
        self.id
    }
}

/// `{"id":-1,"err_code":98,"err_msg":"illegal data"}`: something was not taken, and why. Answers to commands
/// and images have no id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    body: String,
    id: Option<MessageId>,
    code: Code,
    text: String,
}

/// Stands for the id of data points that have none which can be read.
const NO_ID: i64 = -1;

impl Rejected {
    /// Writes the rejection of data points, whose id could be read or not.
    pub fn data_points(id: Option<MessageId>, code: Code) -> Self {
        let number = id.map_or(NO_ID, |id| id.number().into());
        Self::write(&format!(r#""id":{number},"#), id, code)
    }

    /// Writes the rejection of an answer to a command or of an image.
    pub fn plain(code: Code) -> Self {
        Self::write("", None, code)
    }

    fn write(head: &str, id: Option<MessageId>, code: Code) -> Self {
        let text = code.text().unwrap_or_default().to_owned();
        let body = format!(r#"{{{head}"err_code":{},"err_msg":{}}}"#, code.number(), Value::string(&text));
        Self { body, id, code, text }
    }

    /// Reads the payload of a topic that ends in `rejected`.
    ///
    /// # Errors
    ///
    /// It is no object with a code and a text.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let document = Document::decode(bytes)?;
        let code = document.required(document.root, "err_code")?;
        let number = document.number(code, "err_code", (0, u16::MAX.into()))?;
        let number = u16::try_from(number).expect("the range of u16 was asked for");
        let text = document.string(document.required(document.root, "err_msg")?, "err_msg")?;
        let id = match document.members(document.root)?.get("id") {
            Some(id) if id.get() == "-1" => None,
            Some(id) => Some(MessageId::read(&document, id)?),
            None => None,
        };
        Ok(Self { body: document.source.to_owned(), id, code: Code::from_number(number), text })
    }

    /// The bytes to publish.
    pub fn encode(&self) -> Vec<u8> {
        self.body.clone().into_bytes()
    }

    /// Which data points; `None` where the platform could read no id, and for everything else.
    pub fn id(&self) -> Option<MessageId> {
        self.id
    }

    /// Why.
    pub fn code(&self) -> Code {
        self.code
    }

    /// Why, in the platform's words.
    pub fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_rejections_as_the_platform_does() {
        let rejected = Rejected::data_points(None, Code::IllegalData);
        assert_eq!(rejected.encode(), br#"{"id":-1,"err_code":98,"err_msg":"illegal data"}"#);
        assert_eq!(Rejected::decode(&rejected.encode()), Ok(rejected));
        let rejected = Rejected::plain(Code::AnswerTooLong);
        assert_eq!(rejected.encode(), br#"{"err_code":99,"err_msg":"maximum payload size exceeded"}"#);
    }

    #[test]
    fn keeps_texts_and_codes_that_are_in_no_list() {
        let rejected = Rejected::decode(br#"{"id":7,"err_code":98,"err_msg":"Illegal Data"}"#).unwrap();
        assert_eq!((rejected.code(), rejected.text()), (Code::IllegalData, "Illegal Data"));
        assert_eq!(rejected.id().map(MessageId::number), Some(7));
        let rejected = Rejected::decode(br#"{"err_code":999,"err_msg":""}"#).unwrap();
        assert_eq!((rejected.code(), rejected.id()), (Code::Other(999), None));
    }

    #[test]
    fn says_where_a_reply_is_wrong() {
        let problem = |bytes: &[u8]| Accepted::decode(bytes).unwrap_err().to_string();
        assert_eq!(problem(br#"{"id":1,"x":2}"#), "expected no member but \"id\" at byte 12");
        assert_eq!(problem(br#"{"id":-1}"#), "\"id\" is no whole number from 0 to 2147483647 at byte 6");
        let problem = |bytes: &[u8]| Rejected::decode(bytes).unwrap_err().to_string();
        assert_eq!(problem(br#"{"err_code":98}"#), "member \"err_msg\" is missing at byte 0");
        assert_eq!(
            problem(br#"{"err_code":65536,"err_msg":""}"#),
            "\"err_code\" is no whole number from 0 to 65535 at byte 12"
        );
        assert_eq!(
            problem(br#"{"err_code":98,"err_msg":1}"#),
            "expected a string as \"err_msg\", found a number at byte 25"
        );
    }
}
