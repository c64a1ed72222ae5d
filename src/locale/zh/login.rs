//! 登录的每个字段填什么，平台的应答是什么意思。

use onenet::Generation;
use onenet::credentials::Field;
use onenet::doctor::{Answer, Meaning, meaning};
use onenet::token::{KeyError, KeyProblem, Version};

use super::connect::destination_name;
use crate::connect::{Lifetime, TokenSource};
use crate::locale::words::LoginWords;

pub(super) const LOGIN: LoginWords = LoginWords {
    generation: "接入方式",
    generation_name,
    generation_hint: |generation| match generation {
        Generation::Legacy => "填数字的设备 ID、数字的产品 ID 和鉴权信息，数据点发到 $dp。",
        Generation::Suite => "填设备名称、产品 ID 和签名 Token，用于数据流产品（mqtts.heclouds.com）。",
        Generation::Studio => "填设备名称、产品 ID 和签名 Token，用于物模型（OneJSON）产品。",
    },
    misdirected: |destination| {
        let there = destination.generations().iter().map(|generation| generation_name(*generation));
        format!(
            "“{}”的接入方式是{}。请改选接入方式，或更换“连接到”的目标。",
            destination_name(destination),
            there.collect::<Vec<_>>().join("或")
        )
    },

    client_id: |generation| match generation {
        Generation::Legacy => "设备 ID（客户端 ID）",
        Generation::Suite | Generation::Studio => "设备名称（客户端 ID）",
    },
    client_id_hint: |generation| match generation {
        Generation::Legacy => None,
        Generation::Suite | Generation::Studio => Some("填设备名称，不是数字的设备 ID。"),
    },
    product_id: "产品 ID（用户名）",
    product_id_hint: |generation| match generation {
        Generation::Legacy => None,
        Generation::Suite => Some("一串数字；较新的产品是 10 位字母和数字。"),
        Generation::Studio => Some("10 位字母和数字。"),
    },
    secret: |generation| match generation {
        Generation::Legacy => "鉴权信息（密码）",
        Generation::Suite | Generation::Studio => "Token（密码）",
    },

    source: "Token 的来源",
    source_name: |source| match source {
        TokenSource::Key => "用密钥在本页计算",
        TokenSource::Pasted => "粘贴已有的 Token",
    },
    key: "设备密钥",
    key_hint: "设备详情页显示的 Base64 文本，包括末尾的 =。每次登录用它重新计算 Token，它不会离开本页。",
    token_hint: "version=…&res=…&et=…&method=…&sign=…",
    key_to_check: "设备密钥（选填，用来核对签名）",
    key_to_check_hint: "填了它，本页就能找出签名错在哪一步。它不会被发送。",
    method: "签名方法",
    version: "版本",
    version_name: |version| match version {
        version if *version == Version::DEVICE => format!("{version}（设备）"),
        version if *version == Version::APPLICATION => format!("{version}（应用）"),
        version => version.to_string(),
    },
    lifetime: "有效期",
    lifetime_name: |lifetime| match lifetime {
        Lifetime::Hour => "1 小时",
        Lifetime::Day => "1 天",
        Lifetime::Month => "30 天",
        Lifetime::Year => "365 天",
        Lifetime::Until => "到指定时间…",
    },
    expiry: "过期时间",
    expiry_hint: "北京时间，如 2030-01-01 12:00；或 1970 年以来的秒数。",
};

pub(super) const UNNAMEABLE: &str = "Token 里写不下这个名字：请去掉斜杠和看不见的字符。";

pub(super) const EXPIRY_PROBLEM: &str =
    "请填日期和时间，如 2030-01-01 12:00；或 1970 年以来的秒数，如 1893470400。";

pub(super) fn generation_name(generation: Generation) -> &'static str {
    match generation {
        Generation::Legacy => "旧版多协议接入（$dp）",
        Generation::Suite => "MQTT 套件（数据流）",
        Generation::Studio => "OneNET Studio（物模型）",
    }
}

/// 句子里的字段名。
pub(super) fn field(generation: Generation, field: Field) -> &'static str {
    match (field, generation.has_tokens()) {
        (Field::DeviceId, false) => "设备 ID",
        (Field::DeviceId, true) => "设备名称",
        (Field::ProductId, _) => "产品 ID",
        (Field::AuthInfo, false) => "鉴权信息",
        (Field::AuthInfo, true) => "Token",
    }
}

/// 一个字符；看不见的用名称表示。
pub(super) fn unseen(character: char) -> String {
    match character {
        ' ' => "空格".to_owned(),
        '\n' | '\r' => "换行".to_owned(),
        '\t' => "制表符".to_owned(),
        character
            if character.is_control()
                || character.is_whitespace()
                || !character.is_alphanumeric() && !character.is_ascii() =>
        {
            format!("字符 {character}（U+{:04X}）", u32::from(character))
        }
        character => format!("“{character}”"),
    }
}

/// 无法签名的密钥。
pub(super) fn key_error(error: KeyError) -> String {
    match error.problem {
        KeyProblem::Empty => "请填写设备密钥；没有它就无法计算 Token。".to_owned(),
        KeyProblem::Character(_)
        | KeyProblem::BehindPadding
        | KeyProblem::Digits { .. }
        | KeyProblem::Padding { .. } => format!("{}请从设备详情页重新复制。", key_problem(error)),
    }
}

/// 密钥有什么问题。
pub(super) fn key_problem(error: KeyError) -> String {
    let KeyError { offset, problem } = error;
    match problem {
        KeyProblem::Empty => "密钥是空的。".to_owned(),
        KeyProblem::Character(character) => {
            format!("密钥偏移 {offset} 处是{}，不是 Base64 字符。", unseen(character))
        }
        KeyProblem::BehindPadding => {
            format!("密钥在 = 之后（偏移 {offset} 处）还有内容，可能是两段文本连在了一起。")
        }
        KeyProblem::Digits { digits } => {
            format!("密钥有 {digits} 个 Base64 字符，凑不成整数个字节：少了一个，或多了一个。")
        }
        KeyProblem::Padding { expected, found } => {
            format!("密钥末尾有 {found} 个 =，按长度应有 {expected} 个。")
        }
    }
}

/// 被返回码拒绝的登录。
pub(super) fn refused(generation: Generation, code: u8) -> String {
    let meaning = meaning(generation, Answer::Code(code));
    let mqtt = match (meaning, code) {
        (Meaning::Undocumented, 1) => "它在 MQTT 3.1.1 里的意思是：不支持的协议版本。",
        (Meaning::Undocumented, 2) => "它在 MQTT 3.1.1 里的意思是：不接受的客户端 ID。",
        (Meaning::Undocumented, 3) => "它在 MQTT 3.1.1 里的意思是：服务不可用。",
        (Meaning::Undocumented, 5) => "它在 MQTT 3.1.1 里的意思是：未授权。",
        _ => "",
    };
    format!("登录被拒绝：CONNACK {code}。{}{mqtt}", meant(meaning))
}

/// 登录时被断开：先说已知的，再说可能的原因。
pub(super) fn hung_up(generation: Generation, known: &str) -> String {
    format!("{known}{}", meant(meaning(generation, Answer::Closed)))
}

fn meant(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Accepted => "登录成功。",
        Meaning::ProtocolLevel => {
            "平台不支持这个协议版本。本页使用 MQTT 3.1.1；请检查地址是不是 MQTT 服务器。"
        }
        Meaning::DeviceId => "平台不认识这个设备。请检查设备 ID：它是平台分配的一串数字。",
        Meaning::Unavailable => "平台暂时不可用。请稍后重新连接。",
        Meaning::AuthInfo => "产品 ID 或鉴权信息不对。请检查这两个字段；鉴权信息也可以填 API key。",
        Meaning::NotAllowed => "非法连接。请检查鉴权信息，以及设备是否属于这个产品。",
        Meaning::Token => {
            "使用 Token 的平台只会这样回答：可能是设备不存在，Token 属于别的设备或已过期，也可能是签名不对。请逐条查看“登录检查”；填上设备密钥还可以核对签名。"
        }
        Meaning::Undocumented => "文档里没有提到这个平台会返回这个代码。请检查“连接到”选对了没有。",
        Meaning::Reserved => "MQTT 3.1.1 没有这个返回码。请检查地址是不是 MQTT 服务器。",
        Meaning::MalformedLegacy => {
            "登录时，CONNECT 不合规（例如缺少产品 ID 或鉴权信息）会被直接断开。请检查各字段。"
        }
        Meaning::MalformedOrBanned => {
            "登录时，字段为空、带遗嘱、不清理会话、保活时间不在 10 到 1800 秒之内，都会被直接断开；登录过于频繁，5 分钟内也会一直被断开。请逐项检查，并稍等再试。"
        }
    }
}

/// 一段时间：`59 秒`、`23 小时 59 分 58 秒`、`364 天 23 小时`。
pub(super) fn length(seconds: u64) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} 秒"),
        (0, 0, _) => format!("{minutes} 分 {} 秒", seconds % 60),
        (0, _, _) => format!("{hours} 小时 {minutes} 分 {} 秒", seconds % 60),
        (1..=3_650, 0, _) => format!("{days} 天"),
        (1..=3_650, _, _) => format!("{days} 天 {hours} 小时"),
        _ => format!("{} 年", days / 365),
    }
}
