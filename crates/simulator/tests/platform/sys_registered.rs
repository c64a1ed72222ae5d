//! Who may log in with a token: what is known of products and devices beforehand, and what is not.

use expect_test::expect;
use onenet::Generation;
use onenet::sys::{Platform, ProductId};
use simulator::{CreateDeviceError, NewDevice, Options, RegisterError, SysProduct};

use crate::script::*;
use crate::tokens::*;

#[test]
fn a_platform_with_known_devices_refuses_others() {
    check_with(
        two_devices(),
        [
            today(),
            open(),
            send(1, log_in("321016", "ESP8266_02")),
            open(),
            send(2, log_in("998", "a")),
            open(),
            send(3, connect("29455901", "12555524")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 4 session present false
            1 ← close
              event  LoginRefused 1 1107 there is no such device: 
              event  Refused 1 4: bad user name or password, rule sys-token
              event  Opened 2
            2 ← CONNACK 4 session present false
            2 ← close
              event  LoginRefused 2 1107 there is no such device: 
              event  Refused 2 4: bad user name or password, rule sys-token
              event  Opened 3
            3 ← CONNACK 2 session present false
            3 ← close
              event  Refused 3 2: illegal client id, rule device-known
        "#]],
    );
}

#[test]
fn an_open_platform_takes_what_nobody_can_check_and_says_so() {
    let platform = check(
        [
            today(),
            open(),
            send(1, log_in("321016", "lamp")),
            open(),
            send(2, log_in("Ck2AF9QD2K", "lamp")),
            open(),
            send(3, log_in_with("321016", "lamp", &token("321016", "door"))),
            open(),
            send(4, connect("29455901", "321016")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  SignatureUnchecked 1 321016/lamp
              event  LoggedIn 1 321016/lamp
              event  Opened 2
            2 ← CONNACK 0 session present false
              event  SignatureUnchecked 2 Ck2AF9QD2K/lamp
              event  LoggedIn 2 Ck2AF9QD2K/lamp
              event  Opened 3
            3 ← CONNACK 4 session present false
            3 ← close
              event  LoginRefused 3 1114 res of the token is not this device: password: res names another device: "door" in the token, "lamp" in the form, different from byte 0 on (will be refused)
              event  Refused 3 4: bad user name or password, rule sys-token
              event  Opened 4
            4 ← CONNACK 0 session present false
              event  LoggedIn 4 29455901
        "#]],
    );
    assert_eq!(platform.device("29455901").unwrap().generation(), Generation::Legacy);
    assert_eq!(platform.device("Ck2AF9QD2K/lamp").unwrap().generation(), Generation::Studio);
}

#[test]
fn a_registered_product_says_which_generation_its_logins_are_of() {
    let product =
        SysProduct { platform: Platform::Studio, ..SysProduct::new(ProductId::parse("321016").unwrap()) };
    let options = Options { sys_products: vec![product], ..Options::default() };
    let platform = check_with(
        options,
        [today(), open(), send(1, log_in("321016", "lamp")), open(), send(2, connect("29455901", "321016"))],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  SignatureUnchecked 1 321016/lamp
              event  LoggedIn 1 321016/lamp
              event  Opened 2
            2 ← CONNACK 4 session present false
            2 ← close
              event  LoginRefused 2 1103 the password is no token: password: is no token: 14 bytes without version, res, et, method, sign (will be refused); generation: the login is one to the legacy platform (probably)
              event  Refused 2 4: bad user name or password, rule sys-token
        "#]],
    );
    assert_eq!(platform.generation_of("321016"), Some(Generation::Studio));
    assert_eq!(platform.device("321016/lamp").unwrap().generation(), Generation::Studio);
}

#[test]
fn products_and_devices_are_registered_while_the_platform_runs() {
    check(
        [
            today(),
            act(|platform, now| told(platform.register_device(registered("321016", "lamp"), now))),
            open(),
            send(1, log_in_with("321016", "lamp", &token_with("321016", "lamp", ET, "AAAA"))),
            open(),
            send(2, log_in("321016", "lamp")),
            act(|platform, _| {
                let studio = SysProduct {
                    platform: Platform::Studio,
                    ..SysProduct::new(ProductId::parse("321016").unwrap())
                };
                assert_eq!(platform.set_product(studio), Err(RegisterError::InUse("321016".to_owned())));
                String::new()
            }),
        ],
        expect![[r#"
              gives  321016/lamp
              event  Opened 1
            1 ← CONNACK 4 session present false
            1 ← close
              event  LoginRefused 1 1106 the signature is not that of the device's key: password: sign is not of this key, nor with the text of the key instead of its bytes, res with its escapes, a line break behind the last line, carriage returns, backslash and n for line breaks, no line breaks, the values in the order of the token, the method name "MD5", the product alone as res, et in seconds, et in milliseconds, the version 2020-05-29, the version 2022-05-01 (probably)
              event  Refused 1 4: bad user name or password, rule sys-token
              event  Opened 2
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 321016/lamp
        "#]],
    );
    let options = Options { devices: vec![known("1", "12555524", "k")], ..Options::default() };
    let mut stage = Stage::new(options);
    let refused = stage.platform.register_device(registered("12555524", "a"), stage.now);
    assert_eq!(refused, Err(RegisterError::LegacyProduct("12555524".to_owned())));
    let mut stage = Stage::new(two_devices());
    let new = NewDevice { product_id: "321016".to_owned(), ..NewDevice::default() };
    let refused = stage.platform.create_device(new, stage.now);
    assert_eq!(refused, Err(CreateDeviceError::TokenProduct("321016".to_owned())));
}
