//! Packets into bytes, refusing what MQTT 3.1.1 cannot say.

use bytes::{Bytes, BytesMut};
use mqttbytes::v4::Packet;

use crate::error::EncodeError;

/// The frame that carries `packet`.
///
/// # Errors
///
/// A string over 65,535 bytes (`mqttbytes` would cut its length short), a packet over 268,435,455 bytes,
/// or a packet identifier of zero where one is needed.
pub fn encode(packet: &Packet) -> Result<Bytes, EncodeError> {
    check(packet)?;
    let mut buffer = BytesMut::new();
    let written = match packet {
        Packet::Connect(connect) => connect.write(&mut buffer),
        Packet::ConnAck(connack) => connack.write(&mut buffer),
        Packet::Publish(publish) => publish.write(&mut buffer),
        Packet::PubAck(puback) => puback.write(&mut buffer),
        Packet::PubRec(pubrec) => pubrec.write(&mut buffer),
        Packet::PubRel(pubrel) => pubrel.write(&mut buffer),
        Packet::PubComp(pubcomp) => pubcomp.write(&mut buffer),
        Packet::Subscribe(subscribe) => subscribe.write(&mut buffer),
        Packet::SubAck(suback) => suback.write(&mut buffer),
        Packet::Unsubscribe(unsubscribe) => unsubscribe.write(&mut buffer),
        Packet::UnsubAck(unsuback) => unsuback.write(&mut buffer),
        Packet::PingReq => return Ok(Bytes::from_static(&[0xC0, 0x00])),
        Packet::PingResp => return Ok(Bytes::from_static(&[0xD0, 0x00])),
        Packet::Disconnect => return Ok(Bytes::from_static(&[0xE0, 0x00])),
    };
    match written {
        Ok(_) => Ok(buffer.freeze()),
        Err(mqttbytes::Error::PacketIdZero) => Err(EncodeError::PacketIdZero),
        Err(_) => Err(EncodeError::PacketTooLong),
    }
}

fn check(packet: &Packet) -> Result<(), EncodeError> {
    let fits = |length: usize| {
        if length > usize::from(u16::MAX) { Err(EncodeError::StringTooLong(length)) } else { Ok(()) }
    };
    match packet {
        Packet::Connect(connect) => {
            fits(connect.client_id.len())?;
            if let Some(login) = &connect.login {
                fits(login.username.len())?;
                fits(login.password.len())?;
            }
            if let Some(will) = &connect.last_will {
                fits(will.topic.len())?;
                fits(will.message.len())?;
            }
            Ok(())
        }
        Packet::Publish(publish) => fits(publish.topic.len()),
        Packet::Subscribe(subscribe) => {
            subscribe.filters.iter().try_for_each(|filter| fits(filter.path.len()))
        }
        Packet::Unsubscribe(unsubscribe) => unsubscribe.topics.iter().try_for_each(|topic| fits(topic.len())),
        Packet::ConnAck(_)
        | Packet::PubAck(_)
        | Packet::PubRec(_)
        | Packet::PubRel(_)
        | Packet::PubComp(_)
        | Packet::SubAck(_)
        | Packet::UnsubAck(_)
        | Packet::PingReq
        | Packet::PingResp
        | Packet::Disconnect => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use mqttbytes::QoS;
    use mqttbytes::v4::{Connect, Publish};

    use crate::Frames;

    use super::*;

    #[test]
    fn reads_back_what_it_writes() {
        let mut connect = Connect::new("29455901");
        connect.set_login("12555524", "JHFDJF55586jhk");
        let mut publish = Publish::new("$dp", QoS::AtLeastOnce, *b"\x01\x00\x02{}");
        publish.pkid = 1;
        for packet in [Packet::Connect(connect), Packet::Publish(publish), Packet::PingResp] {
            let bytes = encode(&packet).unwrap();
            let mut frames = Frames::new(1_000);
            frames.push(&bytes);
            let frame = frames.poll_frame().unwrap().unwrap();
            assert_eq!((frame.bytes, frame.packet), (bytes, packet));
        }
    }

    #[test]
    fn refuses_a_string_that_two_bytes_cannot_measure() {
        let publish = Publish::new("a".repeat(65_536), QoS::AtMostOnce, *b"");
        assert_eq!(encode(&Packet::Publish(publish)), Err(EncodeError::StringTooLong(65_536)));
    }
}
