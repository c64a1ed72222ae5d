//! 登录检查，以及 Token 的计算过程。

mod problem;
mod remedy;

use onenet::doctor::Severity;

use self::problem::{mistake, problem};
use self::remedy::{remedy, treat};
use super::login::length;
use crate::doctor::{Mark, Verdict};
use crate::locale::words::DoctorWords;

pub(super) const DOCTOR: DoctorWords = DoctorWords {
    title: "登录检查",
    verdict: |verdict| {
        match verdict {
        Verdict::Unfilled => "还有字段没填，或者填得无法识别。填好之后，这里就会说明能不能登录成功。".to_owned(),
        Verdict::Refused(reasons) => {
            format!("这样登录会被拒绝，原因有 {reasons} 个，写在相应的字段下面。")
        }
        Verdict::Doubtful(reasons) => {
            format!("这样登录很可能被拒绝，可疑之处有 {reasons} 个，写在相应的字段下面。")
        }
        Verdict::HungUp(reasons) => {
            format!("登录本身可以成功，但随后的首次上传会让平台断开连接，原因有 {reasons} 个。")
        }
        Verdict::Unverified => "没有发现问题。签名对不对，只有设备密钥能核对：请把它也填上。".to_owned(),
        Verdict::Good => {
            "各字段相互一致，Token 的签名与密钥相符：只要设备存在，密钥也是它自己的，登录就会成功。如果平台仍返回 CONNACK 4，问题就在这两点。".to_owned()
        }
    }
    },
    severity: |severity| match severity {
        Severity::WillBeRefused => "会被拒绝",
        Severity::Probably => "很可能有误",
        Severity::Note => "提示",
    },
    problem,
    remedy,
    tried: "试过的常见错误，都不相符",
    mistake,
    log_code: |code| format!("OneNET Studio 的设备日志里，对应的错误码是 {code}。"),
    treat,

    clock: |time| {
        format!("本机时钟显示 {time}（北京时间）。Token 是否过期以平台的时钟为准；本机时钟不准时请先校准。")
    },
    will_expire: |time, seconds| {
        format!("此刻签名的 Token 到 {time}（北京时间）过期，还有 {}。", length(seconds))
    },
    left: |left| match left {
        Ok(seconds) => format!("还有 {}", length(seconds)),
        Err(seconds) => format!("已过期 {}", length(seconds)),
    },

    taken_apart: "Token 逐项对照",
    parameter: "参数",
    said: "Token 里的值",
    wanted: "应为",
    mark: |mark| match mark {
        Mark::Same => "正确",
        Mark::Different => "不对",
        Mark::Open => "还无法判断",
    },
    nothing: "没有",
    any_device: "上面填写的设备",
    later: "将来的时间",
    methods: "md5、sha1 或 sha256",
    signature: |mark, has_key| match (mark, has_key) {
        (Mark::Same, _) => "应与密钥相符，已核对",
        (Mark::Different, _) => "应与密钥相符，实际不符",
        (Mark::Open, true) => "应与密钥相符，其他值正确后才能核对",
        (Mark::Open, false) => "应与密钥相符，填写密钥后核对",
    },
    characters: |count| format!("{count} 个字符，不显示"),

    calculator: "Token 计算过程",
    calculator_empty: "填好设备名称、产品 ID 和设备密钥，这里就会列出每一步。",
    calculator_hint: "计算只在本页进行。过期时间按此刻登录来算。",
    right_token_hint: "这是与上面的字段和密钥相符的 Token。计算只在本页进行。",
    text_step: "1. 待签名的文本：四行，不转义",
    line_break: "换行（\\n）",
    no_line_break: "末尾没有换行",
    key_step: "2. 密钥：Base64 解码后的字节（十六进制）",
    digest_step: |method| format!("3. 用这些字节对文本做 HMAC-{method}（十六进制）"),
    base64_step: "4. 再做 Base64，得到 sign",
    escape_step: "5. 对每个值做 URL 编码：+ 空格 / ? % # & = 依次变成 %2B %20 %2F %3F %25 %23 %26 %3D",
    before: "编码前",
    after: "编码后",
    token_step: "6. Token，也就是密码",
    bytes: |count| format!("••••••••（{count} 字节）"),
    show_secrets: "显示密钥和签名",
    hide_secrets: "隐藏密钥和签名",
    copy: "复制 Token",
    copied: "已复制。过期之前，谁拿到它都能登录。",
    not_copied: "浏览器不允许复制。Token 已显示出来，请选中后按 Ctrl+C（Mac 上按 ⌘C）。",
};
