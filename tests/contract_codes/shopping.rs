//! The codes of shopping orders (contract 4), each given to the call whose paragraph names it. Their rules have a program
//! of their own; here is what the client makes of each and what people read.
//!
//! Separate because that family has paths, bodies and a client of its own.

use fahuo::domain::Timestamp;
use fahuo::sim::{Fault, SANDBOX_APPID, What, When};
use fahuo::wechat::ShoppingUpload;

use super::assert_told;
use super::calls::AT_THE_DOOR;
use super::scene::{read, written};
use super::table::row_of;
use crate::wire::simulated;

#[allow(dead_code, reason = "the tests of shopping orders use the rest of it")]
#[path = "../shopping/make.rs"]
mod make;

/// Number, payer, time and product: any of the three calls.
const ANY: &[i64] = &[
    268_435_461,
    268_457_013,
    268_457_014,
    268_485_184,
    268_485_192,
    268_485_194,
    268_485_195,
    268_485_196,
    268_485_197,
    268_485_217,
    268_485_275,
];
/// 4.1.
const DETAILS: &[i64] = &[
    268_485_201,
    268_485_202,
    268_485_204,
    268_485_205,
    268_485_206,
    268_485_207,
    268_485_208,
    268_485_209,
    268_485_210,
    268_485_211,
    268_485_213,
    268_485_214,
    268_485_216,
    268_485_253,
    268_485_272,
];
/// 4.2.
const SHIPPING: &[i64] = &[
    268_485_214,
    268_485_216,
    268_485_224,
    268_485_226,
    268_485_227,
    268_485_228,
    268_485_229,
    268_485_230,
    268_485_231,
    268_485_232,
    268_485_253,
];

#[tokio::test]
async fn every_documented_code_of_a_shopping_order_has_a_class_and_words() {
    let at = Timestamp::from_secs(1_763_704_800);
    let drafts = [
        (
            "/user-order/combine-orders",
            make::details("42", SANDBOX_APPID),
            DETAILS,
        ),
        (
            "/user-order/combine-orders/shippings",
            make::shipping("42"),
            SHIPPING,
        ),
        ("/user-order/shoppinginfo/verify", make::question("42"), &[]),
    ];
    for (path, draft, own) in drafts {
        let order = make::checked(&draft);
        let upload = ShoppingUpload::of(&order, at);
        for &code in ANY.iter().chain(own).chain(AT_THE_DOOR) {
            let (simulator, client) = simulated::start(1);
            simulator.push_fault(Fault::new(path, When::Always, What::errcode(code)));
            let shopping = client.shopping();
            let (seen, expected) = match &upload {
                Some(upload) => (written(&shopping.upload(upload).await), row_of(code).on_write),
                None => (read(shopping.verify(order.of()).await), row_of(code).on_read),
            };
            let what = format!("{path} {code}");
            assert_eq!((seen.code, seen.word), (Some(code), expected), "{what}");
            if upload.is_some() {
                assert_eq!(simulator.ledger().requests(path), 1, "{what} was sent again");
            }
            if let Some(told) = &seen.told {
                assert_told(&what, &code.to_string(), told);
            }
        }
    }
}
