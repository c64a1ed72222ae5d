//! Messages down: at QoS 0, to devices that are subscribed (reference §2.3, §2.4).

use bytes::Bytes;
use frame::{Packet, Publish, QoS};
use onenet::sys::{Device, Tree};

use super::event::Told;
use crate::connection::ConnectionId;
use crate::platform::Platform;

/// The longest topic that MQTT's two-byte length can measure (MQTT 3.1.1 §1.5.3).
const MAX_TOPIC: usize = 65_535;

/// Who carries messages to a device: itself, or its gateway.
#[derive(Debug, Clone)]
pub(crate) struct Carrier {
    pub(crate) id: String,
    pub(crate) device: Device,
    pub(crate) connection: ConnectionId,
    /// Whether it is a gateway.
    pub(crate) is_gateway: bool,
}

/// In which tree of the suite a carrier hears of the device.
pub(crate) fn tree_of(carrier: &Carrier) -> Tree {
    if carrier.is_gateway { Tree::Subdev } else { Tree::Sys }
}

impl Platform {
    /// Who carries messages to a device, `None` while it is not online.
    pub(crate) fn carrier(&self, device_id: &str) -> Option<Carrier> {
        let device = self.devices.get(device_id)?;
        let profile = device.profile.as_ref()?;
        if let Some(connection) = device.connection {
            let (id, device) = (device_id.to_owned(), profile.device.clone());
            return Some(Carrier { id, device, connection, is_gateway: false });
        }
        let id = profile.gateway.clone()?;
        let gateway = self.devices.get(&id)?;
        let device = gateway.profile.as_ref()?.device.clone();
        Some(Carrier { device, connection: gateway.connection?, id, is_gateway: true })
    }

    /// Sends a message to a device that is subscribed to it, with `rest` behind its names.
    pub(crate) fn tell(&mut self, carrier: &Carrier, device: &Device, rest: &str, payload: Vec<u8>) -> Told {
        self.tell_on(carrier, device.topic(tree_of(carrier), rest), payload.into())
    }

    /// Sends a message on a topic to who is subscribed to it.
    pub(crate) fn tell_on(&mut self, carrier: &Carrier, topic: String, payload: Bytes) -> Told {
        if topic.len() > MAX_TOPIC || !self.is_subscribed(&carrier.id, &topic) {
            return Told::NotSubscribed;
        }
        let publish = Publish::from_bytes(topic, QoS::AtMostOnce, payload);
        if self.send(carrier.connection, &Packet::Publish(publish)) { Told::Sent } else { Told::NotOnline }
    }
}
