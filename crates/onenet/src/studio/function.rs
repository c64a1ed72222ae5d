//! What can be asked for, by whom, and on which topics (reference §3.2).

use super::identifier::Identifier;

/// What a request asks for. Each has one topic for requests and one for replies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Function {
    /// `thing/property/post`: a device reports properties (属性上报).
    PropertyPost,
    /// `thing/property/set`: the platform sets properties (属性设置).
    PropertySet,
    /// `thing/property/get`: the platform reads properties (属性获取).
    PropertyGet,
    /// `thing/property/desired/get`: a device reads desired values (期望值).
    DesiredGet,
    /// `thing/property/desired/delete`: a device clears desired values.
    DesiredDelete,
    /// `thing/event/post`: a device reports events (事件上报).
    EventPost,
    /// `thing/service/{identifier}/invoke`: the platform calls a service (服务调用).
    Service(Identifier),
    /// `thing/pack/post`: a gateway or device reports many properties and events at once (批量上报).
    PackPost,
    /// `thing/history/post`: the same of the past, several values of each (历史数据).
    HistoryPost,
    /// `thing/sub/login`: a gateway logs a sub-device in (子设备上线).
    SubLogin,
    /// `thing/sub/logout`: a gateway logs a sub-device out.
    SubLogout,
    /// `thing/sub/topo/add`: a gateway binds a sub-device.
    TopoAdd,
    /// `thing/sub/topo/delete`: a gateway unbinds a sub-device.
    TopoDelete,
    /// `thing/sub/topo/get`: a gateway asks for its sub-devices, then says on `…/result` whether it took them.
    TopoGet,
    /// `thing/sub/topo/change`: the platform gives the gateway its changed list of sub-devices.
    TopoChange,
    /// `thing/sub/property/get`: the platform reads properties of a sub-device.
    SubPropertyGet,
    /// `thing/sub/property/set`: the platform sets properties of a sub-device.
    SubPropertySet,
    /// `thing/sub/service/invoke`: the platform calls a service of a sub-device.
    SubService,
    /// `ota/inform`: the platform announces an upgrade (升级通知).
    OtaInform,
    /// `custome/up`, spelt so: a device of a product with a script sends bytes of its own format.
    CustomUp,
    /// `custome/down/{id}`: the platform sends such bytes; the reply goes to `custome/down_reply/{id}`.
    CustomDown(Identifier),
}

/// Which way a message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// From the device to the platform.
    Up,
    /// From the platform to the device.
    Down,
}

impl Function {
    /// Every function whose topic has no variable level.
    pub const FIXED: [Self; 19] = [
        Self::PropertyPost,
        Self::PropertySet,
        Self::PropertyGet,
        Self::DesiredGet,
        Self::DesiredDelete,
        Self::EventPost,
        Self::PackPost,
        Self::HistoryPost,
        Self::SubLogin,
        Self::SubLogout,
        Self::TopoAdd,
        Self::TopoDelete,
        Self::TopoGet,
        Self::TopoChange,
        Self::SubPropertyGet,
        Self::SubPropertySet,
        Self::SubService,
        Self::OtaInform,
        Self::CustomUp,
    ];

    /// Which way its request goes; the reply goes the other way.
    pub fn direction(&self) -> Direction {
        match self {
            Self::PropertyPost
            | Self::DesiredGet
            | Self::DesiredDelete
            | Self::EventPost
            | Self::PackPost
            | Self::HistoryPost
            | Self::SubLogin
            | Self::SubLogout
            | Self::TopoAdd
            | Self::TopoDelete
            | Self::TopoGet
            | Self::CustomUp => Direction::Up,
            Self::PropertySet
            | Self::PropertyGet
            | Self::Service(_)
            | Self::TopoChange
            | Self::SubPropertyGet
            | Self::SubPropertySet
            | Self::SubService
            | Self::OtaInform
            | Self::CustomDown(_) => Direction::Down,
        }
    }

    /// The topics of its request and its reply. `{}` stands for the variable level.
    pub(super) fn patterns(&self) -> (&'static str, &'static str) {
        match self {
            Self::PropertyPost => ("thing/property/post", "thing/property/post/reply"),
            Self::PropertySet => ("thing/property/set", "thing/property/set_reply"),
            Self::PropertyGet => ("thing/property/get", "thing/property/get_reply"),
            Self::DesiredGet => ("thing/property/desired/get", "thing/property/desired/get/reply"),
            Self::DesiredDelete => ("thing/property/desired/delete", "thing/property/desired/delete/reply"),
            Self::EventPost => ("thing/event/post", "thing/event/post/reply"),
            Self::Service(_) => SERVICE,
            Self::PackPost => ("thing/pack/post", "thing/pack/post/reply"),
            Self::HistoryPost => ("thing/history/post", "thing/history/post/reply"),
            Self::SubLogin => ("thing/sub/login", "thing/sub/login/reply"),
            Self::SubLogout => ("thing/sub/logout", "thing/sub/logout/reply"),
            Self::TopoAdd => ("thing/sub/topo/add", "thing/sub/topo/add/reply"),
            Self::TopoDelete => ("thing/sub/topo/delete", "thing/sub/topo/delete/reply"),
            Self::TopoGet => ("thing/sub/topo/get", "thing/sub/topo/get/reply"),
            Self::TopoChange => ("thing/sub/topo/change", "thing/sub/topo/change_reply"),
            Self::SubPropertyGet => ("thing/sub/property/get", "thing/sub/property/get_reply"),
            Self::SubPropertySet => ("thing/sub/property/set", "thing/sub/property/set_reply"),
            Self::SubService => ("thing/sub/service/invoke", "thing/sub/service/invoke_reply"),
            Self::OtaInform => ("ota/inform", "ota/inform_reply"),
            Self::CustomUp => ("custome/up", "custome/up_reply"),
            Self::CustomDown(_) => CUSTOM_DOWN,
        }
    }

    /// What stands in the variable level of its topics.
    pub(super) fn level(&self) -> &str {
        match self {
            Self::Service(identifier) | Self::CustomDown(identifier) => identifier.as_str(),
            Self::PropertyPost
            | Self::PropertySet
            | Self::PropertyGet
            | Self::DesiredGet
            | Self::DesiredDelete
            | Self::EventPost
            | Self::PackPost
            | Self::HistoryPost
            | Self::SubLogin
            | Self::SubLogout
            | Self::TopoAdd
            | Self::TopoDelete
            | Self::TopoGet
            | Self::TopoChange
            | Self::SubPropertyGet
            | Self::SubPropertySet
            | Self::SubService
            | Self::OtaInform
            | Self::CustomUp => "",
        }
    }
}

pub(super) const SERVICE: (&str, &str) = ("thing/service/{}/invoke", "thing/service/{}/invoke_reply");
pub(super) const CUSTOM_DOWN: (&str, &str) = ("custome/down/{}", "custome/down_reply/{}");
pub(super) const TOPO_RESULT: &str = "thing/sub/topo/get/result";
