//! 模拟平台。

use simulator::{DropReason, RefusalCode};

use super::payload::{decode_error, topic_error};
use crate::platform::Happening;

pub(super) fn command_refused(error: &simulator::CommandError) -> String {
    match error {
        simulator::CommandError::UnknownDevice(id) => format!("没有设备 {id}。"),
        simulator::CommandError::NotOnline(id) => format!("设备 {id} 不在线，请先连接。"),
        simulator::CommandError::Id(error) => format!("命令标识不能用：{}。", topic_error(*error)),
        simulator::CommandError::IdUsed => "命令标识重复，请再试一次。".to_owned(),
        simulator::CommandError::BodyTooLong { length } => {
            format!("命令有 {length} 字节，必须小于 64 KB。请缩短。")
        }
    }
}

pub(super) fn happening(happening: &Happening) -> String {
    match happening {
        Happening::LoggedIn { device_id } => format!("设备 {device_id} 登录"),
        Happening::Refused(code) => {
            let reason = match code {
                RefusalCode::ProtocolVersion => "协议版本不支持",
                RefusalCode::ClientId => "设备 ID 不是平台分配的",
                RefusalCode::Unavailable => "没有空位",
                RefusalCode::BadLogin => "产品 ID 或鉴权信息不对",
            };
            format!("拒绝登录：CONNACK {}，{reason}", code.number())
        }
        Happening::HungUp { device_id, reason } => {
            format!("断开{}：{}", whose(device_id.as_deref()), drop_reason(reason))
        }
        Happening::Left { device_id } => format!("{}离开", whose(device_id.as_deref())),
    }
}

pub(super) fn whose(device_id: Option<&str>) -> String {
    device_id.map_or_else(|| "未登录的连接".to_owned(), |id| format!("设备 {id} "))
}

pub(super) fn drop_reason(reason: &DropReason) -> String {
    match reason {
        DropReason::TooManyConnections => "连接太多".to_owned(),
        DropReason::ConnectTimeout => "迟迟没有发来 CONNECT".to_owned(),
        DropReason::BeforeConnect => "第一个报文不是 CONNECT".to_owned(),
        DropReason::Malformed(error) => format!("报文不合 MQTT 3.1.1（{error}）"),
        DropReason::LoginMissing => "CONNECT 缺少用户名或密码".to_owned(),
        DropReason::KeepAliveZero => "保活时间为 0".to_owned(),
        DropReason::SecondConnect => "同一连接上第二次 CONNECT".to_owned(),
        DropReason::TakenOver => "同一设备在别处登录".to_owned(),
        DropReason::KeepAlive => "超过保活时间的 1.5 倍没有任何报文".to_owned(),
        DropReason::Undecodable(error) => format!("$dp 上传无法解读：{}", decode_error(*error)),
        DropReason::RetainedUpload => "上传到 $dp 时设置了 RETAIN".to_owned(),
        DropReason::Qos2 => "模拟平台不支持 QoS 2".to_owned(),
        DropReason::CommandByDevice => "设备发布到了 $creq，只有平台可以".to_owned(),
        DropReason::Topic(error) => topic_error(*error),
        DropReason::ServerPacket => "发来了只有服务器才能发的报文".to_owned(),
        DropReason::TooSlow => "设备读得太慢，积压太多".to_owned(),
    }
}
