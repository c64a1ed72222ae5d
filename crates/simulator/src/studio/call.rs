//! What the studio asks of a device: to set properties (属性设置), to tell them (属性获取), to do something (服务调用).

use std::time::Duration;

use onenet::rules::sys::{Activity, MAX_PAYLOAD};
use onenet::studio::{Device, Identifier, Message, MessageId, Named, Params, Request};
use onenet::sys::{self, Tree};
use web_time::Instant;

use super::desired::refuse_problems;
use crate::platform::Platform;
use crate::sys::{CallError, CallId, CallKind, Counted, Question};

/// How long a device may take to answer (reference §3.3). That also those calls of services wait so long that the
/// thing model calls asynchronous is settled here.
pub const STUDIO_TIMEOUT: Duration = Duration::from_secs(5);

impl Platform {
    /// Sets properties of a device of the studio, or of a sub-device by its gateway (属性设置).
    ///
    /// # Errors
    ///
    /// What keeps it from being sent; nothing has changed then.
    pub fn set_properties(
        &mut self,
        device_id: &str,
        values: Vec<Named>,
        now: Instant,
    ) -> Result<CallId, CallError> {
        self.call_studio(device_id, CallKind::PropertySet, Params::PropertySet(values), now)
    }

    /// Asks for properties of a device of the studio, or of a sub-device by its gateway (属性获取).
    ///
    /// # Errors
    ///
    /// What keeps it from being sent; nothing has changed then.
    pub fn get_properties(
        &mut self,
        device_id: &str,
        names: Vec<Identifier>,
        now: Instant,
    ) -> Result<CallId, CallError> {
        self.call_studio(device_id, CallKind::PropertyGet, Params::PropertyGet(names), now)
    }

    /// Calls a service of a device of the studio, or of a sub-device by its gateway (服务调用).
    ///
    /// # Errors
    ///
    /// What keeps it from being sent; nothing has changed then.
    pub fn invoke_service(
        &mut self,
        device_id: &str,
        service: Identifier,
        input: Vec<Named>,
        now: Instant,
    ) -> Result<CallId, CallError> {
        let params = Params::Service { identifier: service.clone(), input };
        self.call_studio(device_id, CallKind::Service(service), params, now)
    }

    fn call_studio(
        &mut self,
        device_id: &str,
        kind: CallKind,
        params: Params,
        now: Instant,
    ) -> Result<CallId, CallError> {
        self.now = now;
        let carrier = self.callee(device_id, sys::Platform::Studio)?;
        let message_id = MessageId::from_number(self.calls.next());
        let mut request = Request::new(message_id.clone(), params);
        let product_id = self.devices.get(device_id).map_or("", |device| device.product_id());
        refuse_problems(self.problems_of(product_id, &request))?;
        if carrier.is_gateway {
            let (product, name) = device_id.split_once('/').unwrap_or_default();
            request.params =
                for_sub(request.params, Device { product: product.to_owned(), name: name.to_owned() });
            refuse_problems(request.check_limits())?;
        }
        let topic = carrier.device.topic(Tree::Sys, &request.topic().to_string());
        let body = Message::Request(request).encode();
        if body.len() > MAX_PAYLOAD {
            return Err(CallError::TooLong { length: body.len(), limit: MAX_PAYLOAD });
        }
        // What is not sent does not count.
        if kind == CallKind::PropertySet && self.is_subscribed(&carrier.id, &topic) {
            let what = (sys::Platform::Studio, Activity::PropertySet);
            let counted = self.count(carrier.connection, device_id, what, 1, now);
            if let Counted::Exceeded { finding, .. } = counted {
                return Err(CallError::Rate(finding));
            }
        }
        let question = Question {
            device_id: device_id.to_owned(),
            kind,
            message_id: message_id.as_str().to_owned(),
            topic,
            body: body.into(),
            timeout: STUDIO_TIMEOUT,
        };
        self.ask(&carrier, question, now)
    }
}

/// The same, asked of a gateway about a sub-device.
fn for_sub(params: Params, device: Device) -> Params {
    match params {
        Params::PropertySet(values) => Params::SubPropertySet { device, values },
        Params::PropertyGet(names) => Params::SubPropertyGet { device, names },
        Params::Service { identifier, input } => Params::SubService { device, identifier, input },
        // Nothing else is asked of a device.
        other @ (Params::PropertyPost(_)
        | Params::DesiredGet(_)
        | Params::DesiredDelete(_)
        | Params::EventPost(_)
        | Params::PackPost(_)
        | Params::HistoryPost(_)
        | Params::SubLogin(_)
        | Params::SubLogout(_)
        | Params::TopoAdd(..)
        | Params::TopoDelete(..)
        | Params::TopoGet
        | Params::TopoChange(_)
        | Params::SubPropertyGet { .. }
        | Params::SubPropertySet { .. }
        | Params::SubService { .. }
        | Params::OtaInform(_)) => other,
    }
}
