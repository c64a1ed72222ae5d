//! Signed tokens, parameter by parameter.

use super::table::{Entry, entry};
use crate::field::Field;

pub(super) static TABLE: &[Entry] = &[
    entry(
        Field::Token,
        "reference §4",
        [
            "Token",
            "The password of today's OneNET: five parameters in any order, of which the last signs the others with the \
             device key. Whoever has it can log in until it expires, so all of it is a secret.",
        ],
        [
            "Token",
            "新版 OneNET 的登录密码：五个参数，顺序不限，其中 sign 是用设备密钥对其他参数做的签名。在过期之前，谁拿到它都能登录，所以整个都要保密。",
        ],
    ),
    entry(
        Field::TokenName,
        "reference §4",
        ["Parameter name", "version, res, et, method or sign, in small letters."],
        ["参数名", "version、res、et、method、sign 之一，必须小写。"],
    ),
    entry(
        Field::TokenVersion,
        "reference §4",
        [
            "Token version",
            "Which rules the token follows: 2018-10-31 for devices. It is signed with the rest.",
        ],
        ["Token 版本", "签名规则的版本，设备用 2018-10-31。它也参与签名。"],
    ),
    entry(
        Field::TokenResource,
        "reference §4",
        [
            "Resource (res)",
            "What the token gives access to: for a device products/{product ID}/devices/{device name}, with %2F for each \
             slash. Product ID and device name must be those of user name and client identifier, or the login is refused \
             with code 4.",
        ],
        [
            "访问资源（res）",
            "token 可以访问什么。设备写成 products/{产品 ID}/devices/{设备名称}，其中的斜杠要转义成 %2F。产品 ID 和设备名称必须与用户名、客户端标识符一致，否则登录返回 4。",
        ],
    ),
    entry(
        Field::TokenExpiry,
        "reference §4",
        [
            "Expiry (et)",
            "Until when the token is good, in seconds since 1970 in UTC: ten digits. Once it is past, every login is \
             refused with code 4. A board without a set clock computes one that is long past.",
        ],
        [
            "过期时间（et）",
            "token 的有效期截止时间，从 1970 年起算的 UTC 秒数，十位数字。过期后登录一律返回 4。开发板没有对时，算出来的往往早就过期了。",
        ],
    ),
    entry(
        Field::TokenMethod,
        "reference §4",
        ["Method", "How it is signed: md5, sha1 or sha256, in small letters. The word itself is signed too."],
        ["签名方法（method）", "签名算法：md5、sha1 或 sha256，必须小写。这个词本身也参与签名。"],
    ),
    entry(
        Field::TokenSign,
        "reference §4",
        [
            "Signature (sign)",
            "The HMAC over et, method, res and version, each on a line of its own, with the key decoded from Base64. \
             Written in Base64, in which +, / and = must be escaped.",
        ],
        [
            "签名（sign）",
            "先把密钥做 Base64 解码，再对 et、method、res、version 四行文本计算 HMAC。结果用 Base64 书写，其中的 +、/、= 必须转义。",
        ],
    ),
    entry(
        Field::TokenUnknown,
        "reference §4",
        [
            "Unknown parameter",
            "A token has five parameters, and this is none of them. Check how it is spelt.",
        ],
        ["未知参数", "token 只有五个参数，这不是其中之一，请检查拼写。"],
    ),
    entry(
        Field::TokenEscape,
        "reference §4",
        [
            "Escape",
            "A character as % and two hex digits, because it means something else in a token: %2F is /, %2B is +, %3D is =. \
             The signature is made over the text before escaping.",
        ],
        [
            "URL 转义",
            "用 % 加两位十六进制表示在 token 里另有含义的字符：%2F 是 /，%2B 是 +，%3D 是 =。签名是对转义前的文本计算的。",
        ],
    ),
];
