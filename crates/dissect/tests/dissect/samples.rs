//! Topics, messages, filters and tokens of the platforms with tokens: every kind, and broken ones.

/// Everything that has members of its own, and every kind of topic.
pub const MESSAGES: &[(&str, &str)] = &[
    (
        "$sys/321016/lamp/dp/post/json",
        r#"{"id":1,"dp":{"temperature":[{"v":30.10,"t":1552289676}],"$p":[]},"x":0}"#,
    ),
    ("$sys/321016/lamp/dp/post/json/accepted", r#"{"id":1}"#),
    ("$sys/321016/lamp/dp/post/json/rejected", r#"{"id":1,"err_code":98,"err_msg":"illegal data"}"#),
    ("$sys/321016/lamp/cmd/request/4b97", r#"{"on":true}"#),
    ("$sys/321016/lamp/cmd/response/4b97", "\u{1}done"),
    ("$sys/321016/lamp/cmd/response/4b97/accepted", ""),
    ("$sys/321016/lamp/cmd/response/4b97/rejected", r#"{"err_code":113,"err_msg":"cmd id not found"}"#),
    ("$sys/321016/lamp/image/update", r#"{"state":{"desired":{"a":1},"reported":{}}}"#),
    ("$sys/321016/lamp/image/update/accepted", r#"{"version":2,"timestamp":5}"#),
    ("$sys/321016/lamp/image/update/rejected", r#"{"err_code":160,"err_msg":"illegal json"}"#),
    (
        "$sys/321016/lamp/image/update/delta",
        r#"{"state":{"a":1},"metadata":{"a":{"timestamp":5}},"version":2,"timestamp":5}"#,
    ),
    ("$sys/321016/lamp/image/delta", r#"{"state":{"a":1}}"#),
    ("$sys/321016/lamp/image/get", ""),
    ("$sys/321016/lamp/image/get/accepted", r#"{"state":{"desired":{"a":1}}}"#),
    ("$sys/321016/lamp/image/get/rejected", r#"{"err_code":98,"err_msg":"illegal data"}"#),
    ("$subdev/321016/lamp/login", ""),
    ("$subdev/321016/lamp/login/accepted", ""),
    ("$subdev/321016/lamp/login/rejected", r#"{"err_code":128,"err_msg":"unspecified error"}"#),
    ("$subdev/321016/lamp/logout", ""),
    ("$subdev/321016/lamp/logout/accepted", ""),
    ("$subdev/321016/lamp/logout/rejected", r#"{"err_code":98,"err_msg":"illegal data"}"#),
    ("$subdev/321016/lamp/logout/notify", "?"),
    ("$sys/321016/lamp/thing/tlv/up", "\u{1}\u{2}"),
    ("$sys/321016/lamp/thing/json/down_reply/7", "[]"),
    ("$sys/VRqhDHF2wL/my_tv/thing/property/set", r#"{"id":"7","version":"1.0","params":{"switch":1}}"#),
    ("$sys/VRqhDHF2wL/my_tv/thing/property/set_reply", r#"{"id":"7","code":200,"msg":"success"}"#),
    ("$sys/VRqhDHF2wL/my_tv/thing/property/get", r#"{"id":"7","params":["a","b"]}"#),
    ("$sys/VRqhDHF2wL/my_tv/thing/property/get_reply", r#"{"id":"7","code":200,"data":{"a":1}}"#),
    ("$sys/VRqhDHF2wL/my_tv/thing/property/desired/get", r#"{"id":"7","params":["power"]}"#),
    (
        "$sys/VRqhDHF2wL/my_tv/thing/property/desired/get/reply",
        r#"{"id":"7","code":200,"data":{"power":{"value":"on","version":2}}}"#,
    ),
    (
        "$sys/VRqhDHF2wL/my_tv/thing/property/desired/delete",
        r#"{"id":"7","params":{"power":{"version":1},"b":{}}}"#,
    ),
    (
        "$sys/VRqhDHF2wL/my_tv/thing/event/post",
        r#"{"id":"7","params":{"alarm":{"value":{"level":2},"time":1}}}"#,
    ),
    ("$sys/VRqhDHF2wL/my_tv/thing/service/reboot/invoke", r#"{"id":"7","params":{"delay":5}}"#),
    (
        "$sys/VRqhDHF2wL/my_tv/thing/service/reboot/invoke_reply",
        r#"{"id":"7","code":200,"data":{"ok":true}}"#,
    ),
    (
        "$sys/VRqhDHF2wL/my_tv/thing/pack/post",
        r#"{"id":"7","params":[{"identity":{"productID":"p","deviceName":"d"},"properties":{"a":{"value":1}},"events":{"e":{"value":{}}}}]}"#,
    ),
    (
        "$sys/VRqhDHF2wL/my_tv/thing/history/post",
        r#"{"id":"7","params":[{"properties":{"a":[{"value":1,"time":2}]},"events":{"e":[{"value":{"x":1}}]}}]}"#,
    ),
    ("$sys/VRqhDHF2wL/my_tv/thing/sub/logout", r#"{"id":"7","params":{"productID":"p","deviceName":"d"}}"#),
    (
        "$sys/VRqhDHF2wL/my_tv/thing/sub/topo/add",
        r#"{"id":"7","params":{"productID":"p","deviceName":"d","sasToken":"et=1"}}"#,
    ),
    ("$sys/VRqhDHF2wL/my_tv/thing/sub/topo/get", r#"{"id":"7","params":{}}"#),
    (
        "$sys/VRqhDHF2wL/my_tv/thing/sub/topo/delete",
        r#"{"id":"7","params":{"productID":"p","deviceName":"d","sasToken":"et=1"}}"#,
    ),
    (
        "$sys/VRqhDHF2wL/my_tv/thing/sub/topo/get/reply",
        r#"{"id":"7","code":200,"data":[{"productID":"p","deviceName":"d"}]}"#,
    ),
    ("$sys/VRqhDHF2wL/my_tv/thing/sub/topo/get/result", r#"{"id":"7","code":200}"#),
    (
        "$sys/VRqhDHF2wL/my_tv/thing/sub/topo/change",
        r#"{"id":"7","params":{"subList":[{"productID":"p","deviceName":"d"}]}}"#,
    ),
    (
        "$sys/VRqhDHF2wL/my_tv/thing/sub/property/get",
        r#"{"id":"7","params":{"productID":"p","deviceName":"d","params":["a"]}}"#,
    ),
    (
        "$sys/VRqhDHF2wL/my_tv/thing/sub/property/set",
        r#"{"id":"7","params":{"productID":"p","deviceName":"d","params":{"a":1}}}"#,
    ),
    (
        "$sys/VRqhDHF2wL/my_tv/thing/sub/service/invoke",
        r#"{"id":"7","params":{"productID":"p","deviceName":"d","identifier":"s","input":{"x":1}}}"#,
    ),
    (
        "$sys/VRqhDHF2wL/my_tv/thing/sub/service/invoke_reply",
        r#"{"id":"7","code":200,"data":{"productID":"p","deviceName":"d","identifier":"s","output":{"x":1}}}"#,
    ),
    ("$sys/VRqhDHF2wL/my_tv/ota/inform", r#"{"id":"7"}"#),
    ("$sys/VRqhDHF2wL/my_tv/custome/up", "\u{1}"),
    ("$sys/VRqhDHF2wL/my_tv/custome/down/7", "\u{2}"),
    ("$sys/VRqhDHF2wL/my_tv/custome/down_reply/7", "\u{1}"),
];

/// A sample of what the platforms do not take.
pub const BROKEN_MESSAGES: &[(&str, &str)] = &[
    ("$sys/321016", ""),
    ("$sys/321016/客厅/dp/post/json", "{}"),
    ("$sys/321016/lamp/dp/post/xml", "{}"),
    ("$sys/321016/lamp/dp/post", "{}"),
    ("$sys/321016/lamp/cmd/request", "on"),
    ("$sys/321016/lamp/a/b/c/d/e/f", "{}"),
    ("$subdev/321016/lamp/thing/property/post", "{}"),
    ("$sys/VRqhDHF2wL/my_tv/thing/property/pos", "{}"),
    ("$sys/VRqhDHF2wL/my_tv/thing/property/post_reply", "{}"),
    ("$sys/VRqhDHF2wL/my_tv/thing/property/set/reply", "{}"),
    ("$sys/321016/lamp/dp/post/json", ""),
    ("$sys/321016/lamp/dp/post/json", "hello"),
    ("$sys/321016/lamp/dp/post/json", "{'id':1}"),
    ("$sys/321016/lamp/dp/post/json", r#"{"id":"1","dp":{}}"#),
    ("$sys/321016/lamp/dp/post/json", r#"{"id":1,"dp":{"a":[{"v":1,"t":"now"}]}}"#),
    ("$sys/321016/lamp/dp/post/json", r#"{"id":1,"dp":{"温度":[]}}"#),
    ("$sys/321016/lamp/image/get", "{}"),
    ("$sys/321016/lamp/image/update", r#"{"status":{}}"#),
    ("$subdev/321016/lamp/login", "1"),
    ("$sys/VRqhDHF2wL/my_tv/thing/property/post", r#"{"id":1,"params":{}}"#),
    ("$sys/VRqhDHF2wL/my_tv/thing/property/post", r#"{"id":"12345678901234","params":{}}"#),
    ("$sys/VRqhDHF2wL/my_tv/thing/property/post", r#"{"id":"1","params":{"t":22.5}}"#),
    ("$sys/VRqhDHF2wL/my_tv/thing/property/post", r#"{"id":"1","params":{"t":{"value":1,"time":1.5}}}"#),
    ("$sys/VRqhDHF2wL/my_tv/thing/property/post", r#"{"id":"1","params":{"t":{"value":1,}}}"#),
    ("$sys/VRqhDHF2wL/my_tv/thing/property/set_reply", r#"{"id":"1","code":"200"}"#),
    ("$sys/VRqhDHF2wL/my_tv/thing/sub/login", r#"{"id":"1","params":{"deviceName":"d"}}"#),
    ("$sys/VRqhDHF2wL/my_tv/thing/property/post", r#"{"id":"1","params":{"label":{"value":"half \ud83d"}}}"#),
    ("$sys/321016/ESP8266_01/dp/post/json", r#"{"id":1,"dp":{"$":[{"v":1}]}}"#),
];

/// What is subscribed to, good and bad.
pub const FILTERS: &[&str] = &[
    "$sys/321016/lamp/#",
    "$sys/321016/lamp/cmd/request/+",
    "$sys/321016/lamp/cmd/response/+/accepted",
    "$sys/321016/lamp/dp/post/json/+",
    "$subdev/321016/+/login/accepted",
    "$sys/VRqhDHF2wL/my_tv/thing/service/+/invoke",
    "$sys/VRqhDHF2wL/my_tv/thing/property/post/reply",
    "$sys/VRqhDHF2wL/my_tv/thing/property/#",
    "$sys/321016/#",
    "$sys/321016/lamp/cmd+",
    "$sys/321016/lamp",
    "$sys/321016/lamp/no/such/topic",
    "#",
];

/// Passwords that are meant as tokens.
pub const TOKENS: &[&str] = &[
    "version=2018-10-31&res=products%2F321016%2Fdevices%2Flamp&et=1597706627&method=md5&sign=Iab67w%3D%3D",
    "et=1&res=products/p/devices/d%2fx&foo=1&&sign&version=",
    "sign=100%&res=userid%2F%E6%B8%A9",
    "res=products%2Fdevices%2Fdevices",
];
