//! 抓包文件和粘贴的字节。

use crate::inspector::Direction;
use crate::inspector::compare::Verdict;
use crate::inspector::file::{Format, ImportProblem, LineProblem, SIZE_LIMIT};
use crate::inspector::paste::{Costume, PasteProblem, PasteProblemKind};
use crate::locale::words::CaptureFileWords;

pub(super) const CAPTURE_FILE: CaptureFileWords = CaptureFileWords {
    save: "保存抓到的报文",
    format: "格式",
    format_name,
    format_hint,
    with_secrets: "包含密码和 Token",
    with_secrets_hint: "不勾选时，密码（鉴权信息或 Token）的每个字节都写成 *，长度不变。",
    nothing_to_save: "还没有报文，请先连接。",

    open: "打开抓包文件",
    open_hint: "Wireshark 或 tcpdump 的 pcapng、pcap，本页面保存的 JSON Lines，或十六进制文本；最大 256 MB。文件不会离开本页面。",
    opened: |name, frames| format!("{name}：{frames} 个报文"),
    close: "关闭文件",
    import_problem,

    paste_label: "从别处复制来的字节",
    paste_hint: "各种写法的十六进制、C 数组、Python 字符串、AT 指令记录、串口或网络调试助手的日志、带偏移的十六进制转储、Base64 都可以。",
    costume,
    pasted: |kind, frames, bytes| format!("识别为「{}」：{bytes} 字节，{frames} 个报文", costume(kind)),
    rest: |bytes| format!("末尾 {bytes} 字节不是完整的报文。"),
    paste_problem,

    compare_title: "对照",
    compare_hint: "把按表单应当发出的报文和你的报文放在一起，按字节顺序逐个字段对照。由别处差异引起的差异会另行标明。",
    expected: "应当是",
    mine: "你的",
    verdict,
    mistakes: |count| match count {
        0 => "没有错误：两个报文意思相同。".to_owned(),
        1 => "1 处错误".to_owned(),
        _ => format!("{count} 处错误。先改第一处，其余的可能由它引起。"),
    },
};

fn format_name(format: Format) -> &'static str {
    match format {
        Format::Pcapng => "pcapng（Wireshark）",
        Format::JsonLines => "JSON Lines",
        Format::Hex => "十六进制文本",
    }
}

fn format_hint(format: Format) -> &'static str {
    match format {
        Format::Pcapng => {
            "Wireshark 打开就能看到 MQTT，不用设置。报文外面的 IP 和 TCP 是补上的，文件里已注明。"
        }
        Format::JsonLines => "每个报文一个 JSON 对象，便于程序处理，也能再用本页面打开。",
        Format::Hex => "每个报文一行注释加若干行字节；用 grep -v '^#' 文件 | xxd -r -p 可得到原始字节。",
    }
}

fn import_problem(problem: &ImportProblem) -> String {
    match problem {
        ImportProblem::TooBig { size } => {
            let (size, limit) = (size >> 20, SIZE_LIMIT >> 20);
            format!("文件有 {size} MB，最大 {limit} MB。请在 Wireshark 里按 mqtt 过滤后另存，再打开。")
        }
        ImportProblem::Compressed => "文件是压缩过的，请先解压，再打开里面的文件。".to_owned(),
        ImportProblem::UnknownFormat => {
            "这不是 pcapng 或 pcap，也不是文本。请打开 Wireshark、tcpdump 的抓包文件，或本页面保存的文件。"
                .to_owned()
        }
        ImportProblem::Cut { block, offset } => format!(
            "文件在第 {block} 块中间就结束了（该块从偏移 {offset} 开始）。前面的内容已读出；如果应当还有内容，请重新复制文件。"
        ),
        ImportProblem::Damaged { block, offset } => format!(
            "文件第 {block} 块（偏移 {offset}）已损坏。能读的内容已读出；如果应当还有内容，请重新复制文件。"
        ),
        ImportProblem::LinkType { number } => format!(
            "这些数据包来自这里不支持的接口类型（链路类型 {number}）。请在以太网、普通模式的无线网卡或本机回环上抓包。"
        ),
        ImportProblem::Gap { connection, direction, missing } => {
            let side = match direction {
                Direction::Sent => "设备",
                Direction::Received => "平台",
            };
            format!(
                "第 {connection} 个连接：{side}发出的 {missing} 字节没有抓到。之前的报文已列出，之后的无法解析。"
            )
        }
        ImportProblem::NoMqtt { packets } => {
            format!("{packets} 个数据包里没有不加密的 MQTT。请在设备登录之前开始抓包，端口是 1883 或 6002。")
        }
        ImportProblem::Line { line, problem: LineProblem::NotJson { column } } => {
            format!("第 {line} 行第 {column} 列不是 JSON。前面的行已读出；请改正后重新打开。")
        }
        ImportProblem::Line { line, problem: LineProblem::Member { name } } => {
            format!("第 {line} 行缺少有效的 \"{name}\"。前面的行已读出；请改正后重新打开。")
        }
        ImportProblem::Text(problem) => paste_problem(problem),
    }
}

fn costume(costume: Costume) -> &'static str {
    match costume {
        Costume::Hex => "十六进制",
        Costume::Log => "带十六进制的日志",
        Costume::Dump => "十六进制转储",
        Costume::Array => "数组",
        Costume::Escapes => "带转义的字符串",
        Costume::Serial => "AT 指令记录",
        Costume::Base64 => "Base64",
    }
}

fn paste_problem(problem: &PasteProblem) -> String {
    let PasteProblem { line, column, kind } = problem;
    let sentence = match kind {
        PasteProblemKind::NoBytes => "没有找到字节，请粘贴类似 C0 00 的十六进制".to_owned(),
        PasteProblemKind::NotHex { found } => format!("{found:?} 不是十六进制数字，请改正或删除"),
        PasteProblemKind::OddDigits { digits } => {
            format!("{digits} 个十六进制数字连在一起，而一个字节是两个，请补上缺的数字或空格")
        }
        PasteProblemKind::NotAByte { found } => {
            format!("{found:?} 不是一个字节，数组元素应在 0 到 255 之间，如 0x10、16、'M'")
        }
        PasteProblemKind::UnknownEscape { found: Some(found) } => {
            format!("\\{found} 不是转义，字节请写成 \\x10，后面两位数字")
        }
        PasteProblemKind::UnknownEscape { found: None } => {
            "反斜杠后面没有内容，请复制完整的字符串".to_owned()
        }
        PasteProblemKind::Unclosed { open } => format!("{open} 没有闭合，请复制完整的文本"),
        PasteProblemKind::Offset { expected, found } => {
            format!("偏移是 {found:04X}，而下一行应从 {expected:04X} 开始，可能缺了一行或被改过")
        }
        PasteProblemKind::Count { announced, found } => {
            format!("声明了 {announced} 字节，实际有 {found} 字节；少了模块会一直等，多了会被当成指令")
        }
        PasteProblemKind::Lost => {
            "这些字节是按文本复制的，已经丢失，请让工具以十六进制显示后重新复制".to_owned()
        }
        PasteProblemKind::ShownAsText => {
            "工具在这里按文本（ASCII）收发，请改为十六进制收发和显示，再重新复制".to_owned()
        }
        PasteProblemKind::NotBase64 { found } => format!("{found:?} 不是 Base64 字符，请删除"),
        PasteProblemKind::Base64Length => "Base64 不完整，缺少字符，请复制完整".to_owned(),
        PasteProblemKind::TooLong { limit } => format!("转储超过 {limit} 字节，请只粘贴报文所在的部分"),
    };
    format!("第 {line} 行第 {column} 列：{sentence}。")
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Same => "相同",
        Verdict::Free => "可以不同",
        Verdict::Follows => "由别处的差异引起",
        Verdict::OnlyExpected => "你的报文缺少",
        Verdict::OnlyMine => "多余",
        Verdict::Different => "不同",
    }
}
