//! 连接：去处、问题、结局。

use onenet::Generation;
use onenet::credentials::{CredentialsError, CredentialsProblem};
use session::CloseReason;

use super::payload::topic_problem;
use crate::connect::{
    AddressProblem, ConnectProblem, Destination, Ending, LinkEnd, RelayRefusal, Status, WillProblem,
};
use crate::locale::words::span;

pub(super) fn destination_name(destination: &Destination) -> String {
    match destination {
        Destination::InPage => "本页内的模拟平台".to_owned(),
        Destination::Upstream(name) => match name.as_str() {
            "simulator" => "中继：模拟平台".to_owned(),
            "onenet" => "中继：OneNET（$dp 旧平台）".to_owned(),
            "onenet-suite" => "中继：OneNET MQTT 套件".to_owned(),
            "onenet-studio" => "中继：OneNET Studio".to_owned(),
            name => format!("中继：{name}"),
        },
        Destination::Address => "其他 WebSocket 地址…".to_owned(),
    }
}

pub(super) fn destination_hint(destination: &Destination) -> String {
    match destination {
        Destination::InPage => "无需安装任何东西，也不经过网络。",
        Destination::Upstream(_) => "经由提供本页的中继，由它建立 TCP 连接。",
        Destination::Address => "中继，或任何支持 MQTT over WebSocket 的服务器。",
    }
    .to_owned()
}

pub(super) fn connect_problem(problem: ConnectProblem) -> String {
    match problem {
        ConnectProblem::Credentials(generation, error) => credentials_error(generation, error),
        ConnectProblem::Unnameable => super::login::UNNAMEABLE.to_owned(),
        ConnectProblem::Key(error) => super::login::key_error(error),
        ConnectProblem::DemoKey => {
            "这是演示设备的密钥。请换成这台设备自己的密钥，在设备详情页可以复制。".to_owned()
        }
        ConnectProblem::Expiry => super::login::EXPIRY_PROBLEM.to_owned(),
        ConnectProblem::KeepAlive => "请填 0 到 65535 之间的整数；OneNET 建议 120。".to_owned(),
        ConnectProblem::Will(problem) => will_problem(problem),
        ConnectProblem::UploadFirst => "下面的上传内容有误。请改正，或取消登录后立即上传。".to_owned(),
        ConnectProblem::Address(problem) => match problem {
            AddressProblem::Scheme => "请填以 ws:// 或 wss:// 开头的地址。",
            AddressProblem::Character => "地址里不能有空格或 #。",
            AddressProblem::Secret => "地址里不要写用户名和密码，请填到下面的字段。",
            AddressProblem::Host => "请填主机名，端口为 1 到 65535。",
            AddressProblem::Insecure => {
                "本页经 https 打开，浏览器会禁止 ws://。请改用 wss:// 地址，或经 http 打开本页。"
            }
        }
        .to_owned(),
    }
}

fn will_problem(problem: WillProblem) -> String {
    match problem {
        WillProblem::Topic(problem) => topic_problem(problem),
        WillProblem::TooLong { length } => format!("内容有 {length} 字节，遗嘱最多 65535 字节。请缩短。"),
    }
}

pub(super) fn credentials_error(generation: Generation, error: CredentialsError) -> String {
    let field = super::login::field(generation, error.field);
    match error.problem {
        CredentialsProblem::Empty => format!("请填写{field}；缺少它无法登录。"),
        CredentialsProblem::TooLong { length } => {
            format!("{field}有 {length} 字节，MQTT 最多允许 65535 字节。")
        }
        CredentialsProblem::Nul => format!("{field}含有空字符（U+0000），请删除。"),
    }
}

pub(super) fn status(status: &Status) -> String {
    match status {
        Status::Offline(_) => "未连接".to_owned(),
        Status::Opening => "正在打开链路…".to_owned(),
        Status::LoggingIn => "已发送 CONNECT，等待 CONNACK…".to_owned(),
        Status::Online { round_trip, .. } => format!("登录成功（CONNACK 0，{}）", span(*round_trip)),
        Status::NoNetwork { lost: true, .. } => "连接断开，本机没有网络；恢复后立即重连".to_owned(),
        Status::NoNetwork { lost: false, .. } => "本机没有网络；恢复后立即连接".to_owned(),
        Status::InAnotherTab => {
            "另一个标签页正在使用这台设备。请在那边断开，或在这里换一台设备；本页会自动再试。".to_owned()
        }
        Status::Waiting { tries, lost: true, .. } => format!("连接断开，等待第 {tries} 次重试"),
        Status::Waiting { tries, lost: false, .. } => format!("没有连上，等待第 {tries} 次重试"),
    }
}

pub(super) fn ending(ending: &Ending) -> String {
    match ending {
        Ending::Session(reason) => close_reason(reason),
        Ending::Refused(generation, code) => super::login::refused(*generation, code.number()),
        Ending::HungUpAtLogin(generation, end) => super::login::hung_up(*generation, &link_end(end)),
        Ending::Link(end) => link_end(end),
        Ending::PushedOut => {
            "连续三次登录成功后都在几秒内被断开：可能有别人在以同一台设备登录，双方会互相挤掉。请停掉另一方，或换一台设备，再重新连接。".to_owned()
        }
        Ending::HungUpOnUpload => {
            "平台连续三次在收到最早那条待确认的上传后断开：它很可能违反了平台的规则。请点它旁边的“不再发送”，再重新连接。如果没有这个按钮，说明平台保留的会话可能已经记下它：请先勾选“清理会话”连接一次，之后就能撤回它。".to_owned()
        }
        Ending::Unsendable(error) => format!("这些登录信息写不成 CONNECT（{error}）。请检查各字段。"),
    }
}

pub(super) fn close_reason(reason: &CloseReason) -> String {
    match reason {
        CloseReason::Disconnected => "已断开。".to_owned(),
        CloseReason::Refused(code) => format!("登录被拒绝：CONNACK {}。", code.number()),
        CloseReason::LinkClosed => "链路断开了。".to_owned(),
        CloseReason::NoConnack => {
            "6 秒内没有收到 CONNACK。对方可能不是 MQTT 服务器，请检查“连接到”。".to_owned()
        }
        CloseReason::NoPingResponse => "5 秒内没有收到 PINGRESP，链路可能已经断开。".to_owned(),
        CloseReason::Violation(violation) => {
            format!("服务器违反了 MQTT 3.1.1（{violation}）。请检查地址是不是 MQTT 3.1.1 服务器。")
        }
    }
}

pub(super) fn link_end(end: &LinkEnd) -> String {
    if let Some(refusal) = end.refusal() {
        return match refusal {
            RelayRefusal::UnknownUpstream => "中继没有这个名字的上游。请另选一个，或用 --upstream 启动中继。",
            RelayRefusal::OriginRefused => {
                "中继不接受来自本页地址的连接。请用 --allow-origin 加上本页的地址后重启中继。"
            }
            RelayRefusal::HostRefused => {
                "中继不接受这个主机名。请用 --public-host 加上它后重启中继，或改用 IP 地址。"
            }
            RelayRefusal::ClientSilent => "中继太久没有收到本页的任何消息。",
            RelayRefusal::NotMqtt => "中继说收到的第一个报文不是 CONNECT。",
            RelayRefusal::OverCapacity => "中继已满。请稍后再试。",
            RelayRefusal::DialRefused => "中继连不上上游：对方拒绝了连接。请检查上游的地址和端口。",
            RelayRefusal::NameNotResolved => "中继找不到上游的主机名。请检查拼写和中继的网络。",
            RelayRefusal::DialTimedOut => "中继连接上游超时。请检查中继的网络和防火墙。",
            RelayRefusal::UpstreamEnded => {
                "平台断开了连接。报文不合规，或同一设备在别处登录时，OneNET 会直接断开，不说明原因。"
            }
            RelayRefusal::UpstreamError => "中继与上游之间的连接出错。",
            RelayRefusal::TooBig => "这个报文太大，中继不转发。",
            RelayRefusal::Draining => "中继正在关闭或重启。",
        }
        .to_owned();
    }
    match end {
        LinkEnd::OpenTimedOut => "4 秒内没有连上。请检查地址，以及中继是否在运行。".to_owned(),
        LinkEnd::Forbidden => "浏览器不允许本页使用这个地址。https 页面只能用 wss://。".to_owned(),
        LinkEnd::Closed { code: 1006, .. } => {
            "连不上，或连接中断了。请检查中继或服务器是否在运行，地址是否正确。".to_owned()
        }
        LinkEnd::Closed { code, reason } => format!("链路被对方关闭（代码 {code}{}）。", in_brackets(reason)),
        LinkEnd::HungUp => {
            "平台断开了连接，没有说明原因：真实的 OneNET 也是这样。原因见“调试日志”。".to_owned()
        }
        LinkEnd::Vanished => "链路消失了。请重新载入本页。".to_owned(),
    }
}

pub(super) fn in_brackets(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!("，{reason}") }
}
