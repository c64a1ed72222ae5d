//! What a device wants to be said when its connection ends without a DISCONNECT (reference §1.2).

use bytes::Bytes;
use frame::QoS;
use onenet::legacy::UserTopic;

use crate::event::Event;
use crate::forward::Message;
use crate::platform::Platform;

/// The last will of a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Will {
    pub(crate) topic: UserTopic,
    pub(crate) payload: Bytes,
    pub(crate) qos: QoS,
    pub(crate) retain: bool,
}

/// A will whose time has come.
#[derive(Debug)]
pub(crate) struct DueWill {
    pub(crate) device_id: String,
    /// Of the connection that ended: the device may have logged in with another since.
    pub(crate) product_id: String,
    pub(crate) will: Will,
}

impl Platform {
    /// Publishes the wills whose time has come, to subscribers that are online: it is never kept for the
    /// others (reference §1.2).
    pub(crate) fn publish_wills(&mut self) {
        // Publishing one may end connections, whose wills then stand in line: however many end that way, they
        // do not nest.
        if self.publishing_wills {
            return;
        }
        self.publishing_wills = true;
        while let Some(DueWill { device_id, product_id, will }) = self.due_wills.pop_front() {
            let Will { topic, payload, qos, retain } = will;
            if retain {
                let product = self.products.entry(product_id.clone()).or_default();
                product.retain_will(&topic, payload.clone(), &device_id, &self.limits);
            }
            let message = Message { topic, payload, qos, keep: None };
            let reach = self.forward(&product_id, &message);
            let topic = message.topic.as_str().to_owned();
            self.events.push(Event::WillPublished { device_id, topic, reach });
        }
        self.publishing_wills = false;
    }

    /// A device logs in: the will that it left behind, and that was retained, is none any more (reference
    /// §1.2).
    pub(crate) fn clear_will(&mut self, device_id: &str, product_id: &str) {
        if let Some(product) = self.products.get_mut(product_id) {
            product.clear_will(device_id);
        }
    }
}
