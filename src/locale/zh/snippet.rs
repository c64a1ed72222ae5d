//! 同一条消息的代码：面板里的话，和代码里的注释。

use session::Qos;

use crate::locale::words::{CodeWords, SnippetWords};
use crate::snippet::{Dialect, LONGEST, Part, ServerField};

pub(super) const SNIPPET: SnippetWords = SnippetWords {
    hint: "按上面两个表单生成的程序：登录，然后发出同样的字节；只有 Arduino 的 PubSubClient 例外，它总是以 QoS 0 发布。",
    dialect: "语言或工具",
    dialect_name: |dialect| match dialect {
        Dialect::Python => "Python（paho-mqtt）",
        Dialect::C => "C 字节数组",
        Dialect::Mosquitto => "mosquitto_pub 命令",
        Dialect::Arduino => "Arduino（PubSubClient）",
        Dialect::At => "ESP8266 AT 指令",
    },
    host: "服务器（TCP）",
    port: "端口",
    in_page_hint: "外面的程序连不到本页内的模拟平台；请运行 onenet-relay --simulate 127.0.0.1:6002。",
    server_problem: |field| match field {
        ServerField::Host => "请填主机名或 IP 地址，不带 tcp:// 和端口。",
        ServerField::Port => "请填 1 到 65535 之间的端口；OneNET 旧平台是 6002。",
    },
    include_password: "包含密码",
    password_included: "代码里有密码的明文。请勿发给别人，也不要提交到代码仓库。",
    copy: "复制代码",
    copied: "已复制。",
    not_copied: "浏览器不允许复制。代码已选中，请按 Ctrl+C（苹果电脑按 ⌘C）。",
    missing: "改正下面几处后，这里会出现代码：",
    too_long: |length| format!("报文共 {length} 字节，超过 {LONGEST} 字节就不再写成代码。请缩短消息。"),
    code: CodeWords {
        hidden_bytes: |length| {
            format!("密码的 {length} 个字节以 *（0x2A）代替，长度不变；请换成真正的密码字节。")
        },
        put_password: "换成密码（鉴权信息或 Token）",
        put_wifi: "换成你的 Wi-Fi 名称和密码",

        python_intro: "先安装：pip install paho-mqtt（1.x 和 2.x 都可以）",
        python_reason: "paho-mqtt 1.x 给出返回码，2.x 直接给出原因",
        python_version: "paho-mqtt 2.x 要求写明回调函数的版本",
        login_result: "登录结果：",
        published: |qos| match qos {
            Qos::AtMostOnce => "已发出，报文标识符：",
            Qos::AtLeastOnce => "已收到 PUBACK，报文标识符：",
            Qos::ExactlyOnce => "已收到 PUBCOMP，报文标识符：",
        },
        received: "收到：",
        until_stopped: "按 Ctrl-C 结束",

        c_intro: |host, port| format!("用 TCP 连接 {host} 的 {port} 端口，依次发送这两个数组。"),
        send_first: |length| format!("连接后首先发送，共 {length} 字节；收到 20 02 00 00 表示登录成功"),
        send_then: |length| format!("登录成功后发送，共 {length} 字节"),
        part: |part| match part {
            Part::FixedHeader => "固定报头：报文类型、剩余长度",
            Part::ProtocolName => "协议名 MQTT",
            Part::ProtocolLevel => "协议级别 4（MQTT 3.1.1）",
            Part::ConnectFlags => "连接标志",
            Part::KeepAlive => "保活时间（秒）",
            Part::ClientId => "客户端标识：设备 ID 或设备名称",
            Part::WillTopic => "遗嘱主题",
            Part::WillPayload => "遗嘱内容",
            Part::UserName => "用户名：产品 ID",
            Part::Password => "密码",
            Part::Topic => "主题",
            Part::PacketId => "报文标识符",
            Part::Payload => "有效载荷",
        },

        mosquitto_intro: "在 bash、zsh 或 Git Bash 里运行；Debian 和 Ubuntu 上由软件包 mosquitto-clients 提供",
        mosquitto_password: "先执行 export ONENET_AUTH_INFO='鉴权信息或 Token'",
        mosquitto_keep_alive: "mosquitto_pub 不接受小于 5 秒的保活时间：请先在表单里改大",
        will_cut: "遗嘱内容到第一个 U+0000 为止：请在表单里修改",
        mosquitto_control: "mosquitto_pub 不接受含有控制字符的 ID 或主题：请先在表单里改正",

        arduino_intro: "需要 PubSubClient 2.8（在库管理器里安装）",
        arduino_qos: "PubSubClient 只会以 QoS 0 发布：没有报文标识符，也没有 PUBACK",
        arduino_keep_alive: "保活时间为 0 时 PubSubClient 会不停地发 PINGREQ：请先在表单里改大",
        arduino_state: "4：产品 ID 或密码不对；负数：网络问题",

        at_intro: "逐行发送，每行以回车换行（CR LF）结束；# 开头的行是说明，不要发送",
        at_wait_wifi: "等到 WIFI GOT IP 和 OK",
        at_wait_tcp: "等到 CONNECT 和 OK，再发送登录报文",
        at_prompt: "等到 >，再以十六进制发送（不加回车换行），然后等到 SEND OK",
        at_connack: "收到 +IPD,4: 和字节 20 02 00 00 表示登录成功",
        at_puback: "收到 +IPD,4: 和字节 40 02 00 01 表示已确认",
        at_pubrec: "收到 +IPD,4: 和字节 50 02 00 01（PUBREC）表示服务器已收下这条消息",
        at_pubcomp: "收到 +IPD,4: 和字节 70 02 00 01（PUBCOMP）表示恰好送达一次",
        at_ping: |seconds| format!("{seconds} 秒内没有别的报文可发时就发一次；回应是 D0 00"),
        at_mqtt: "如果固件是 ESP-AT 2.x，连上 Wi-Fi 后也可以改用它自带的 MQTT 指令",
        at_mqtt_connected: "等到 +MQTTCONNECTED",
        at_mqtt_prompt: "等到 >，再以十六进制发送有效载荷（不加回车换行），然后等到 +MQTTPUB:OK",
    },
};
