//! 登录有什么问题，用完整的句子说明。

use onenet::Generation;
use onenet::doctor::{Diagnosis, Difference, Mistake, Problem};
use onenet::token::{ResourceProblem, TokenProblem, escape};

use crate::doctor::Spot;
use crate::locale::zh::login::{generation_name, key_problem, length, unseen};

/// 有什么问题，一两句话。
pub(super) fn problem(diagnosis: &Diagnosis, spot: Spot, generation: Generation) -> String {
    let name = spot_name(spot, generation);
    match &diagnosis.problem {
        Problem::Empty => format!("{name}是空的。"),
        Problem::Surrounded { character, offset } => {
            format!("{name}偏移 {offset} 处多了{}。", unseen(*character))
        }
        Problem::Quoted { character, offset } => format!("{name}偏移 {offset} 处多了引号 {character}。"),
        Problem::TokenHere => format!("{}栏里填的是 Token。", name.trim_end()),
        Problem::Joined { product, device } => {
            format!(
                "{}栏里把产品 ID {product} 和设备名称 {device} 连在了一起；OneNET 要求分开填写。",
                name.trim_end()
            )
        }
        Problem::ResourceHere { product, device } => {
            format!(
                "{}栏里填的是 Token 的 res（产品 {product}，设备 {device}）；OneNET 要求分开填写。",
                name.trim_end()
            )
        }
        Problem::Swapped => format!("{}和产品 ID 填反了。", first_id(generation)),
        Problem::ProductHere { device } => {
            format!("{}栏里填的是产品 ID；Token 对应的设备是 {device}。", name.trim_end())
        }
        Problem::DeviceHere { product } => {
            format!("{}栏里填的是设备名称；Token 对应的产品是 {product}。", name.trim_end())
        }
        Problem::SameIds => format!("{}和产品 ID 相同。", first_id(generation)),
        Problem::Character { character, offset } => {
            format!("{name}偏移 {offset} 处的{}不能出现：{}。", unseen(*character), allowed(spot, generation))
        }
        Problem::TooLong { length, limit } => format!("{name}有 {length} 字节，最多 {limit} 字节。"),

        Problem::LegacyLogin => "两个数字、没有 Token：这是旧版多协议接入（$dp）的登录信息。".to_owned(),
        Problem::TokenForLegacy { likely } => format!(
            "鉴权信息里填的是 Token，旧版平台不认。从产品 ID 看，它属于{}。",
            generation_name(*likely)
        ),
        Problem::OtherGeneration { likely } => {
            format!("这样的产品 ID 属于{}。", generation_name(*likely))
        }

        Problem::KeyHere { length, same } => {
            let which = if *same { "（与密钥栏里的相同）" } else { "" };
            format!("{}栏里的 {length} 个字符是密钥{which}。密钥只用来签名，不会发给平台。", name.trim_end())
        }
        Problem::NoToken { length } => {
            format!("这 {length} 字节不是 Token：Token 由 version、res、et、method、sign 组成。")
        }
        Problem::Structure { offset, problem } => structure(*offset, problem),

        Problem::EscapedWhole => {
            "整个 Token 被做了 URL 编码：= 和 & 变成了 %3D 和 %26。只有各个值才需要编码。".to_owned()
        }
        Problem::EscapedTwice { parameter, offset } => {
            format!("{parameter} 的值编码了两次：偏移 {offset} 处的 %25 应当只是 %。")
        }
        Problem::NotEscaped { parameter, offset, character } => format!(
            "{parameter} 里的 {character}（偏移 {offset}）没有做 URL 编码，应写成 {}。",
            escape(&character.to_string())
        ),
        Problem::SmallEscape { parameter, offset } => {
            format!("{parameter} 里的编码（偏移 {offset}）用了小写字母；文档里都是大写，如 %2F。")
        }
        Problem::BrokenEscape { parameter, offset } => {
            format!(
                "{parameter} 里偏移 {offset} 处的编码不成立：% 后面要跟两个十六进制数字，合起来是 UTF-8。"
            )
        }

        Problem::VersionOfApplications => "version 是 2020-05-29，用于应用；设备用 2018-10-31。".to_owned(),
        Problem::VersionLater => "version 是 2022-05-01：有人在用，但文档里没有。".to_owned(),
        Problem::VersionUnknown { found } => {
            format!("version 以 {found:?} 开头，没有这个版本；设备用 2018-10-31。")
        }

        Problem::ResForm { offset, problem } => {
            format!("res 不是 products/…/devices/… 的形式：其中偏移 {offset} 处{}。", resource(*problem))
        }
        Problem::ResProduct(difference) => format!("res 写的是另一个产品。{}", differs(difference)),
        Problem::ResDevice(difference) => format!("res 写的是另一台设备。{}", differs(difference)),
        Problem::ResSwapped => "res 里产品和设备写反了：产品在前，设备在后。表单里填的没有问题。".to_owned(),
        Problem::ResOfProduct => "res 只有产品、没有设备：这是调用 HTTP API 用的 Token。".to_owned(),
        Problem::ResOfApplication => "res 是用户或分组：这是应用用的 Token。".to_owned(),

        Problem::EtNotNumber { offset } => {
            format!("et 不是整数秒：其中偏移 {offset} 处的字符不应出现。")
        }
        Problem::EtMillis { seconds } => format!("et 的单位是毫秒；换算成秒是 {seconds}。"),
        Problem::Expired { seconds } => format!("Token 已过期 {}。", length(*seconds)),
        Problem::EtFar { seconds } => {
            format!("Token 还有 {} 才过期：如果不是有意为之，就是本机时钟不准。", length(*seconds))
        }
        Problem::ClockEarly => "本机时钟显示的时间早于 Token 机制的出现。".to_owned(),

        Problem::MethodCase { found, right } => {
            format!("method 写成了 {found:?}，必须写成 {right}：方法名会原样参与签名。")
        }
        Problem::MethodUnknown { found, nearest } => {
            let nearest = nearest.map_or_else(String::new, |nearest| format!("很可能是指 {nearest}。"));
            format!("method 以 {found:?} 开头，不是 md5、sha1、sha256 之一。{nearest}")
        }

        Problem::Placeholder => "sign 是官方示例里的占位符（ZjA1NzZl…），它不是任何内容的签名。".to_owned(),
        Problem::SignHex => "sign 是十六进制的摘要；应当是摘要字节的 Base64。".to_owned(),
        Problem::SignHexInBase64 => "sign 是十六进制文本的 Base64；应当是摘要字节的 Base64。".to_owned(),
        Problem::SignUrlSafe { offset } => {
            format!("sign 用了 URL 安全的 Base64：其中偏移 {offset} 处的 - 或 _ 应为 + 或 /。")
        }
        Problem::SignSpaces { offset } => {
            format!("sign 里偏移 {offset} 处的 + 变成了空格：Token 被当成网页表单解码过。")
        }
        Problem::SignPadding { expected, found } => {
            format!("sign 末尾有 {found} 个 =，按长度应有 {expected} 个。")
        }
        Problem::SignNotBase64 { offset } => format!("sign 从偏移 {offset} 处起不是 Base64。"),
        Problem::SignLength { found, method, fitting } => {
            let fitting = fitting.map_or_else(String::new, |fitting| format!("{found} 字节的是 {fitting}。"));
            format!("sign 有 {found} 字节，而 {method} 的结果是 {} 字节。{fitting}", method.length())
        }
        Problem::SignedWith(mistakes) => {
            format!("sign 是用这个密钥算的，但算法有误：{}。", listed(mistakes))
        }
        Problem::SignUnknown { .. } => "sign 不是用这个密钥对这些值算的。".to_owned(),

        Problem::KeyForm(error) => key_problem(*error),
        Problem::KeyUrlSafe { offset } => {
            format!("密钥用了 URL 安全的 Base64：偏移 {offset} 处的 - 或 _ 应为 + 或 /。")
        }
    }
}

fn structure(offset: usize, problem: &TokenProblem) -> String {
    match problem {
        TokenProblem::Unknown { name } => {
            format!("Token 偏移 {offset} 处有参数 {name:?}，Token 没有这个参数。")
        }
        TokenProblem::Doubled(parameter) => format!("Token 偏移 {offset} 处又出现了一次 {parameter}。"),
        TokenProblem::NoValue(parameter) => format!("Token 偏移 {offset} 处的 {parameter} 没有值。"),
        TokenProblem::Missing(parameter) => format!("Token 里缺少 {parameter}。"),
        TokenProblem::NoToken
        | TokenProblem::Escape(..)
        | TokenProblem::Version
        | TokenProblem::Res(_)
        | TokenProblem::Et
        | TokenProblem::Method
        | TokenProblem::Sign => format!("Token 从偏移 {offset} 处起无法解析。"),
    }
}

fn resource(problem: ResourceProblem) -> String {
    match problem {
        ResourceProblem::Level => "是别的内容".to_owned(),
        ResourceProblem::Ends => "就结束了".to_owned(),
        ResourceProblem::EmptyName => "的名称是空的".to_owned(),
        ResourceProblem::Character(character) => format!("有{}，名称里不允许", unseen(character)),
    }
}

fn differs(difference: &Difference) -> String {
    let Difference { token, form, offset } = difference;
    let how = if difference.is_case_only() {
        "只有大小写不同".to_owned()
    } else {
        format!("从偏移 {offset} 处起不同")
    };
    format!("Token 里是 {token:?}，表单里是 {form:?}：{how}。")
}

fn listed(mistakes: &[Mistake]) -> String {
    mistakes.iter().map(mistake).collect::<Vec<_>>().join("；")
}

/// 签名时可能犯的一个错误。
pub(super) fn mistake(mistake: &Mistake) -> String {
    match mistake {
        Mistake::KeyText => "直接用了密钥的文本，没有先做 Base64 解码".to_owned(),
        Mistake::Hash(method) => format!("用 {method} 签名"),
        Mistake::MethodName(name) => format!("文本里的方法名写成了 {name:?}"),
        Mistake::EscapedRes => "文本里的 res 做了 URL 编码".to_owned(),
        Mistake::ResOfForm => "签的是表单里的设备，不是 res 里的".to_owned(),
        Mistake::ResOfProduct => "文本里的 res 只有产品".to_owned(),
        Mistake::OtherVersion(version) => format!("文本里的 version 是 {version}"),
        Mistake::EtSeconds => "文本里的 et 以秒为单位".to_owned(),
        Mistake::EtMillis => "文本里的 et 以毫秒为单位".to_owned(),
        Mistake::LastLineBreak => "末行之后多了换行".to_owned(),
        Mistake::CarriageReturns => "换行用了 \\r\\n".to_owned(),
        Mistake::WrittenLineBreaks => "换行写成了反斜杠加 n 两个字符".to_owned(),
        Mistake::NoLineBreaks => "没有换行".to_owned(),
        Mistake::TokenOrder => "各值按 Token 里的顺序排列".to_owned(),
    }
}

fn allowed(spot: Spot, generation: Generation) -> &'static str {
    match (generation.has_tokens(), spot) {
        (false, _) => "只能有数字",
        (true, Spot::ClientId) => "只能有字母、数字、_ 和 -",
        (true, _) => "只能有字母和数字",
    }
}

/// 两个 ID 中的前一个。
fn first_id(generation: Generation) -> &'static str {
    if generation.has_tokens() { "设备名称" } else { "设备 ID " }
}

fn spot_name(spot: Spot, generation: Generation) -> &'static str {
    match spot {
        Spot::Generation => "接入方式",
        Spot::ClientId if generation.has_tokens() => "设备名称",
        Spot::ClientId => "设备 ID ",
        Spot::Username => "产品 ID ",
        Spot::AuthInfo => "鉴权信息",
        Spot::Token => "Token ",
        Spot::Key => "密钥",
        Spot::Expiry => "过期时间",
        Spot::Version => "版本",
        Spot::Clock => "时钟",
    }
}
