//! The frames that the forms would make as they stand, before anything is sent.

use bytes::Bytes;
use onenet::Timestamp;
use session::Message;

use crate::connect::ConnectForm;
use crate::upload::UploadForm;

/// The CONNECT that the login form makes at the time `now`; `None` while a part of the login has mistakes. Where it goes and what
/// is uploaded afterwards does not matter for it.
pub fn login(form: &ConnectForm, now: Timestamp) -> Option<Bytes> {
    form.options(now.to_unix_seconds())?.frame().ok()
}

/// The PUBLISH that the upload form makes at the time `now`; `None` while the form has mistakes. The packet
/// identifier is left out at QoS 0: see [`Capture::next_packet_id`](crate::inspector::Capture::next_packet_id).
pub fn upload(form: &UploadForm, now: Timestamp, packet_id: u16) -> Option<Bytes> {
    let upload = form.parse(now).ok()?;
    Message::from(&upload).frame(Some(packet_id)).ok()
}

#[cfg(test)]
mod tests {
    use onenet::Generation;

    use super::*;
    use crate::connect::Destination;
    use crate::upload::Content;

    #[test]
    fn a_wrong_address_does_not_hide_the_login() {
        let form = ConnectForm { destination: Destination::Address, ..ConnectForm::default() };
        let login = |form: &ConnectForm| login(form, Timestamp::default());
        let frame = login(&form).unwrap();
        assert_eq!(frame[..14], *b"\x10\x2E\x00\x04MQTT\x04\xC2\x00\x78\x00\x08");
        assert_eq!(login(&ConnectForm { keep_alive: "soon".to_owned(), ..form.clone() }), None);
        assert_eq!(login(&ConnectForm { device_id: String::new(), ..form }), None);
    }

    #[test]
    fn a_token_is_signed_when_it_is_looked_at() {
        let mut form = ConnectForm::default();
        form.choose(Generation::Suite);
        let now = Timestamp::from_unix_seconds(1_700_000_000);
        let frame = login(&form, now).unwrap();
        let text = String::from_utf8_lossy(&frame);
        assert!(text.contains("res=products%2F600600%2Fdevices%2Fdemo-board&et=1700086400&"), "{text}");
    }

    #[test]
    fn an_upload_is_there_while_its_form_is_good() {
        let form = UploadForm {
            content: Content::Message,
            topic: "a".to_owned(),
            text: "hi".to_owned(),
            ..UploadForm::default()
        };
        assert_eq!(upload(&form, Timestamp::default(), 7).unwrap()[..], *b"\x32\x07\x00\x01a\x00\x07hi");
        let wrong = UploadForm { topic: "a/#".to_owned(), ..form };
        assert_eq!(upload(&wrong, Timestamp::default(), 7), None);
    }
}
