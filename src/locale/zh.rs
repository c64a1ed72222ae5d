//! 简体中文。术语照 OneNET 文档：数据流、数据点、鉴权信息、命令。

use onenet::credentials::{CredentialsError, CredentialsProblem, Field};
use onenet::legacy::{DecodeError, DecodeProblem, PayloadType, TopicError};
use session::{CloseReason, CommandError, Granted, Qos, ReturnCode, TopicProblem};
use simulator::{CommandState, DropReason, RefusalCode};

use super::words::{Words, span};
use crate::connect::{AddressProblem, ConnectProblem, Destination, Ending, LinkEnd, RelayRefusal, Status};
use crate::feed::{SubscriptionState, Unreadable};
use crate::platform::Happening;
use crate::upload::{Content, Fate, UploadProblem};

pub(super) const WORDS: Words = Words {
    title: "OneNET 设备",
    tagline: "在浏览器里扮演一台 OneNET 设备：登录、上传、接收、应答。每个字节都由本页产生。",
    language: "语言",

    connect_title: "连接",
    destination: "连接到",
    destination_name,
    destination_hint,
    address: "WebSocket 地址",
    device_id: "设备 ID（客户端 ID）",
    product_id: "产品 ID（用户名）",
    auth_info: "鉴权信息（密码）",
    show: "显示",
    hide: "隐藏",
    keep_alive: "保活时间（秒）",
    clean_session: "清除会话",
    upload_first: "登录成功后立即上传下面的初始值",
    foreign_id: "OneNET 的 ID 只含数字，平台会拒绝这个。",
    connect_problem,
    connect: "连接",
    connect_again: "重新连接",
    disconnect: "断开",
    try_now: "立即重试",
    status,
    session_present: "平台说它保留着这台设备的会话。",
    ending,

    upload_title: "上传",
    content: "内容",
    content_name,
    stream: "数据流",
    value: "值",
    at: "时间",
    at_hint: "北京时间；留空表示现在。",
    payload_type: "数据类型",
    payload_type_name,
    qos_name,
    body: "JSON 正文（原样发送）",
    topic: "主题",
    topic_hint: "OneNET 只接受字母、数字、_ 和 /。",
    text: "消息文本",
    upload_problem,
    preview: |topic, bytes| format!("发往 {topic} 的 {bytes} 个字节"),
    preview_hint: "第 1 个字节是数据类型，随后 2 个字节是正文长度（高位在前）。",
    upload: "上传",
    connect_to_upload: "先连接，再上传。",
    outbox_title: |count, evicted| match evicted {
        0 => format!("已上传 {count} 次"),
        _ => format!("已上传 {count} 次（较早的 {evicted} 次不再列出）"),
    },
    outbox_empty: "每次上传及其结果会列在这里。",
    packet_id: |id| format!("报文标识 {id}"),
    fate,
    send_again: "重发",

    feed_title: "接收",
    counts: |received, shown, evicted| format!("收到 {received} = 显示 {shown} + 移出 {evicted}"),
    clear: "清空",
    feed_empty: "平台或其他设备发来的一切会即时出现在这里。连接后，用“模拟平台”面板发一条命令试试。",
    latest: "各数据流的最新值",
    command: "命令",
    retained: "保留",
    empty_payload: "（空载荷）",
    unreadable,
    answer_label: "对命令的应答",
    answer_example: "应答内容",
    answer: "应答",
    answered: |text| format!("已应答：{text}"),
    subscriptions: |count| match count {
        0 => "订阅主题".to_owned(),
        _ => format!("已订阅 {count} 个主题"),
    },
    subscribe_label: "主题",
    subscribe_hint: "命令（$creq）不用订阅就会收到。",
    subscribe: "订阅",
    unsubscribe: "取消订阅",
    unsubscribe_from: |filter| format!("取消订阅 {filter}"),
    subscription,
    topic_problem,

    platform_title: "模拟平台",
    platform_hint: "这个平台就运行在本页里。真实平台不会告诉设备它为什么断开连接，这里会。",
    command_label: "向设备下发命令",
    send_command: "下发",
    no_device: "没有设备在线，先在左边连接。",
    command_refused,
    command_state: |state| match state {
        CommandState::Created => "已创建",
        CommandState::Sent => "已下发，等待应答",
        CommandState::Answered => "已应答",
    },
    stored: "已存储的数据点",
    nothing_stored: "还没有。设备上传的数据点会出现在这里。",
    device: |id, online| format!("设备 {id}（{}）", if online { "在线" } else { "离线" }),
    stream_count: |id, count| format!("{id}（共 {count} 个）"),
    platform_log: "平台日志",
    happening,
};

fn destination_name(destination: &Destination) -> String {
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

fn destination_hint(destination: &Destination) -> String {
    match destination {
        Destination::InPage => "无需安装任何东西，也不经过网络。",
        Destination::Upstream(_) => "经由提供本页的中继，由它建立 TCP 连接。",
        Destination::Address => "中继，或任何支持 MQTT over WebSocket 的服务器。",
    }
    .to_owned()
}

fn connect_problem(problem: ConnectProblem) -> String {
    match problem {
        ConnectProblem::Credentials(error) => credentials_error(error),
        ConnectProblem::KeepAlive => "请填 1 到 65535 之间的整数；OneNET 建议 120。".to_owned(),
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

fn credentials_error(error: CredentialsError) -> String {
    let field = match error.field {
        Field::DeviceId => "设备 ID",
        Field::ProductId => "产品 ID",
        Field::AuthInfo => "鉴权信息",
    };
    match error.problem {
        CredentialsProblem::Empty => format!("请填写{field}；为空时平台会直接断开。"),
        CredentialsProblem::TooLong { length } => {
            format!("{field}有 {length} 字节，MQTT 最多允许 65535 字节。")
        }
        CredentialsProblem::Nul => format!("{field}含有空字符（U+0000），请删除。"),
    }
}

fn status(status: &Status) -> String {
    match status {
        Status::Offline(_) => "未连接".to_owned(),
        Status::Opening => "正在打开链路…".to_owned(),
        Status::LoggingIn => "已发送 CONNECT，等待 CONNACK…".to_owned(),
        Status::Online { round_trip, .. } => format!("登录成功（CONNACK 0，{}）", span(*round_trip)),
        Status::Waiting { seconds, tries, .. } => format!("连接断开，{seconds} 秒后第 {tries} 次重试"),
    }
}

fn ending(ending: &Ending) -> String {
    match ending {
        Ending::Session(reason) => close_reason(reason),
        Ending::Link(end) => link_end(end),
        Ending::Unsendable(error) => format!("这些登录信息写不成 CONNECT（{error}）。请检查各字段。"),
    }
}

fn close_reason(reason: &CloseReason) -> String {
    match reason {
        CloseReason::Disconnected => "已断开。".to_owned(),
        CloseReason::Refused(code) => {
            let meaning = match code {
                ReturnCode::ProtocolVersion => {
                    "平台不支持这个协议版本。本页使用 MQTT 3.1.1；请检查地址是不是 MQTT 服务器。"
                }
                ReturnCode::ClientId => "平台不认识这个设备。请检查设备 ID：它是平台分配的一串数字。",
                ReturnCode::Unavailable => "平台暂时不可用。请稍后重新连接。",
                ReturnCode::Credentials => {
                    "产品 ID 或鉴权信息不对。请检查这两个字段；鉴权信息也可以填 API key。"
                }
                ReturnCode::NotAuthorized => "非法连接。请检查鉴权信息，以及设备是否属于这个产品。",
            };
            format!("登录被拒绝：CONNACK {}。{meaning}", code.number())
        }
        CloseReason::LinkClosed => "链路断开了。".to_owned(),
        CloseReason::NoConnack => {
            "6 秒内没有收到 CONNACK。对方可能不是 MQTT 服务器，请检查“连接到”。".to_owned()
        }
        CloseReason::NoPingResponse => "10 秒内没有收到 PINGRESP，链路可能已经断开。".to_owned(),
        CloseReason::Violation(violation) => {
            format!("服务器违反了 MQTT 3.1.1（{violation}）。请检查地址是不是 MQTT 3.1.1 服务器。")
        }
    }
}

fn link_end(end: &LinkEnd) -> String {
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
                "平台断开了连接。OneNET 遇到不合规的报文时会直接断开，不说明原因。"
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
            "平台断开了连接，没有说明原因：真实的 OneNET 也是这样。原因见“平台日志”。".to_owned()
        }
        LinkEnd::Vanished => "链路消失了。请重新载入本页。".to_owned(),
    }
}

fn in_brackets(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!("，{reason}") }
}

fn content_name(content: Content) -> &'static str {
    match content {
        Content::Point => "数据点（$dp）",
        Content::Body => "JSON 正文（$dp）",
        Content::Message => "消息（自定义主题）",
    }
}

fn payload_type_name(payload_type: PayloadType) -> &'static str {
    match payload_type {
        PayloadType::FullJson => "JSON",
        PayloadType::SimpleJson => "简单 JSON，无时间",
    }
}

fn qos_name(qos: Qos) -> &'static str {
    match qos {
        Qos::AtMostOnce => "0 · 最多一次",
        Qos::AtLeastOnce => "1 · 至少一次",
    }
}

fn upload_problem(problem: UploadProblem) -> String {
    match problem {
        UploadProblem::Empty => "请填写。".to_owned(),
        UploadProblem::Time => "请按 2016-08-15T14:47:00 的形式填写，或留空表示现在。".to_owned(),
        UploadProblem::TooLong { length } => {
            format!("正文有 {length} 字节，两字节的长度最多表示 65535。请缩短。")
        }
        UploadProblem::Body(error) => decode_error(error),
        UploadProblem::Topic(problem) => topic_problem(problem),
    }
}

fn decode_error(error: DecodeError) -> String {
    let problem = match error.problem {
        DecodeProblem::Empty => "载荷是空的".to_owned(),
        DecodeProblem::ReservedBit(byte) => format!("类型字节 {byte:#04x} 的保留位（bit 6）被置位"),
        DecodeProblem::UnknownType(0x17) => {
            "类型 23（0x17）没有任何文档定义；流传的脚本称它为 float，真正的浮点类型是 7（0x07/0x87）"
                .to_owned()
        }
        DecodeProblem::UnknownType(number) => format!("没有类型 {number}"),
        DecodeProblem::UnreadType(number) => format!("本页还不能解读类型 {number}"),
        DecodeProblem::Truncated => "载荷在长度字段里就结束了".to_owned(),
        DecodeProblem::Length { announced, found } => {
            format!("长度字段写的是 {announced} 字节，实际是 {found} 字节")
        }
        DecodeProblem::TooLong { length } => format!("正文有 {length} 字节，最多 65535 字节"),
        DecodeProblem::NotUtf8 => "正文不是 UTF-8".to_owned(),
        DecodeProblem::NotJson { line, column } => {
            return format!("JSON 有误：第 {line} 行第 {column} 列（第 {} 字节）。", error.offset);
        }
        DecodeProblem::NotAnObject => "这里应当是 JSON 对象 {…}".to_owned(),
        DecodeProblem::MissingMember { member } => format!("缺少成员 \"{member}\""),
        DecodeProblem::NotAnArray { member } => format!("\"{member}\" 应当是数组 […]"),
        DecodeProblem::NotAString { member } => format!("\"{member}\" 应当是字符串"),
        DecodeProblem::EmptyStreamId => "数据流的名字是空的".to_owned(),
    };
    format!("{problem}（第 {} 字节）。", error.offset)
}

fn topic_problem(problem: TopicProblem) -> String {
    match problem {
        TopicProblem::Empty => "请填写主题。".to_owned(),
        TopicProblem::Wildcard => "发布用的主题不能含通配符 + 和 #。".to_owned(),
        TopicProblem::MisplacedWildcard => "通配符要独占一级，# 只能在最后。".to_owned(),
        TopicProblem::Nul => "主题含有空字符（U+0000），请删除。".to_owned(),
        TopicProblem::TooLong { length } => format!("主题有 {length} 字节，最多 65535 字节。"),
    }
}

fn topic_error(error: TopicError) -> String {
    match error {
        TopicError::Empty => "主题是空的".to_owned(),
        TopicError::Reserved => "以 $ 开头的主题属于平台".to_owned(),
        TopicError::Character { character, offset } => format!("主题第 {offset} 字节的 {character:?} 不允许"),
        TopicError::TooLong { length } => format!("主题有 {length} 个字符，最多 1024 个"),
    }
}

fn fate(fate: Fate) -> String {
    match fate {
        Fate::Waiting => "等待确认…".to_owned(),
        Fate::Sent => "已发送（QoS 0 不确认）".to_owned(),
        Fate::Acknowledged(round_trip) => format!("已确认 {}", span(round_trip)),
        Fate::Unknown => "连接断开前未获确认，可能到了也可能没到".to_owned(),
        Fate::Refused(CommandError::NotConnected) => "未发送：没有连接".to_owned(),
        Fate::Refused(CommandError::NoFreePacketId) => "未发送：65535 个报文标识都在等待确认".to_owned(),
        Fate::Refused(CommandError::Topic(problem)) => format!("未发送：{}", topic_problem(problem)),
        Fate::Refused(CommandError::NoFilter) => "未发送：没有主题".to_owned(),
        Fate::Refused(CommandError::Encode(error)) => format!("未发送：超出 MQTT 的上限（{error}）"),
    }
}

fn unreadable(unreadable: Unreadable) -> String {
    match unreadable {
        Unreadable::Payload(error) => format!("看起来是 $dp 载荷，但无法解读：{}", decode_error(error)),
        Unreadable::NotText { offset } => format!("不是文本：从第 {offset} 字节起不是 UTF-8。"),
    }
}

fn subscription(state: SubscriptionState) -> &'static str {
    match state {
        SubscriptionState::Wanted => "登录后订阅",
        SubscriptionState::Asked => "等待 SUBACK…",
        SubscriptionState::Answered(Granted::AtMostOnce) => "已订阅，QoS 0",
        SubscriptionState::Answered(Granted::AtLeastOnce) => "已订阅，QoS 1",
        SubscriptionState::Answered(Granted::ExactlyOnce) => "已订阅，QoS 2",
        SubscriptionState::Answered(Granted::Refused) => "平台拒绝了（0x80）",
    }
}

fn command_refused(error: &simulator::CommandError) -> String {
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

fn happening(happening: &Happening) -> String {
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

fn whose(device_id: Option<&str>) -> String {
    device_id.map_or_else(|| "未登录的连接".to_owned(), |id| format!("设备 {id} "))
}

fn drop_reason(reason: &DropReason) -> String {
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
