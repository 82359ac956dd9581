//! The client against the documents (contract section 4): exact bytes, one request each, and what every code means.

use fahuo::domain::{Answer, Doubt, FailureKind, Hold, Timestamp};
use fahuo::sim::endpoint;
use fahuo::wechat::{ShoppingUpload, Upload, Write};

use super::make::{checked, details, item, question, shipping, web};
use super::wire::{Server, TOKEN, client, json};
use fahuo::domain::ShoppingDraft;
use fahuo::domain::shopping::{KeyDraft, KeyKind, ShoppingContent};

const APPID: &str = "wxd678efh567hg6787";
const AT: Timestamp = Timestamp::from_millis(1_621_488_575_120);

fn body(draft: &ShoppingDraft) -> (String, &'static str) {
    let upload = ShoppingUpload::of(&checked(draft), AT).unwrap();
    (upload.text().to_owned(), upload.path())
}

#[test]
fn the_details_are_those_of_the_documents_byte_for_byte() {
    let mut draft = details("9876d", APPID);
    if let ShoppingContent::Details(subs) = &mut draft.content {
        subs[0].items.truncate(1);
        subs[0].items[0].link = web("https://www.weixin.qq.com/wxpay/pay.php");
        subs[1].items[0].merchant_item_id = String::new();
        subs[1].items[0].description = String::new();
    }
    let link = r#"{"appid":"wxd678efh567hg6787","path":"/path/index/index","type":"MINI_PROGRAM"}"#;
    let expected = [
        r#"{"order_key":{"order_number_type":2,"transaction_id":"9876d"},"sub_orders":["#,
        r#"{"order_key":{"order_number_type":2,"transaction_id":"9876da"},"merchant_order_no":"2343454667633","#,
        r#""order_detail_jump_link":"#,
        link,
        r#","item_list":[{"merchant_item_id":"1","name":"iPhoneX 256G","description":"Image形象店-深圳腾大-QQ公仔","#,
        r#""unit_price":828800,"quantity":2,"image_url":["https://qpic.cn/xxx","https://qpic.cn/yyy"],"#,
        r#""item_detail_jump_link":{"url":"https://www.weixin.qq.com/wxpay/pay.php","type":"URL"}}],"logistics_type":3},"#,
        r#"{"order_key":{"order_number_type":2,"transaction_id":"9876db"},"merchant_order_no":"2343454667633","#,
        r#""order_detail_jump_link":"#,
        link,
        r#","item_list":[{"name":"iPhoneX 256G","unit_price":828800,"quantity":2,"#,
        r#""image_url":["https://qpic.cn/xxx","https://qpic.cn/yyy"],"item_detail_jump_link":"#,
        link,
        r#"}],"logistics_type":1}],"payer":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},"#,
        r#""upload_time":"2021-05-20T13:29:35.120+08:00"}"#,
    ];
    assert_eq!(body(&draft), (expected.concat(), "/user-order/combine-orders"));
}

#[test]
fn the_shipping_is_that_of_the_documents_byte_for_byte() {
    let expected = [
        r#"{"order_key":{"order_number_type":2,"transaction_id":"o9a3q"},"sub_orders":["#,
        r#"{"order_key":{"order_number_type":2,"transaction_id":"o9a3qa"},"delivery_mode":2,"shipping_list":["#,
        r#"{"tracking_no":"SF1000000001","express_company":"SF","item_list":[{"merchant_item_id":"1"}],"#,
        r#""contact":{"receiver_contact":"189****1234"}},"#,
        r#"{"tracking_no":"78000000001","express_company":"ZTO","#,
        r#""item_list":[{"merchant_item_id":"2"},{"merchant_item_id":"1"}]}]},"#,
        r#"{"order_key":{"order_number_type":2,"transaction_id":"o9a3qb"},"delivery_mode":1,"shipping_list":["#,
        r#"{"tracking_no":"78000000002","express_company":"ZTO"}]}],"#,
        r#""upload_time":"2021-05-20T13:29:35.120+08:00","payer":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}}"#,
    ];
    assert_eq!(
        body(&shipping("o9a3q")),
        (expected.concat(), "/user-order/combine-orders/shippings")
    );
}

#[test]
fn the_numbers_of_the_other_kind_do_not_leave() {
    let mut draft = details("9876d", APPID);
    let other = |key: &mut KeyDraft| {
        key.by = KeyKind::Merchant;
        (key.mchid, key.out_trade_no) = ("1230000109".into(), format!("T{}", key.transaction_id));
    };
    other(&mut draft.key);
    if let ShoppingContent::Details(subs) = &mut draft.content {
        subs.truncate(1);
        other(&mut subs[0].key);
        subs[0].items = vec![item("1", APPID)];
    }
    let (body, _) = body(&draft);
    let start = r#"{"order_key":{"order_number_type":1,"mchid":"1230000109","out_trade_no":"T9876d"},"#;
    assert!(body.starts_with(start), "{body}");
    assert!(!body.contains("transaction_id"), "{body}");
}

#[tokio::test]
async fn each_upload_goes_to_its_path_once_and_a_question_asks_by_number_and_payer() {
    for (draft, path) in [
        (details("42", APPID), endpoint::COMBINE_ORDERS),
        (shipping("42"), endpoint::COMBINE_SHIPPINGS),
    ] {
        let server = Server::answering(json(r#"{"errcode":0,"errmsg":"ok rid: 65f1-1"}"#));
        let upload = ShoppingUpload::of(&checked(&draft), AT).unwrap();
        let sent = client(&server).shopping().upload(&upload).await;
        assert_eq!(
            (sent.answer, sent.rid.as_deref()),
            (Answer::Accepted, Some("65f1-1"))
        );
        let call = server.only_call();
        assert_eq!((call.path.as_str(), upload.path()), (path, path));
        assert_eq!(call.query, format!("access_token={TOKEN}"));
        assert_eq!(call.text(), upload.text());
        assert!(!format!("{upload:?}").contains("oUpF8u"), "{upload:?}");
    }
    let order = checked(&question("g2frh"));
    assert!(ShoppingUpload::of(&order, AT).is_none());
    let said = r#"{"errcode":0,"errmsg":"ok","verify_result":"订单未支付"}"#;
    let server = Server::answering(json(said));
    let answer = client(&server).shopping().verify(order.of()).await.unwrap();
    assert_eq!(answer.result, "订单未支付");
    let call = server.only_call();
    assert_eq!(call.path, endpoint::SHOPPING_VERIFY);
    assert_eq!(
        call.text(),
        r#"{"order_key":{"order_number_type":2,"transaction_id":"g2frh"},"payer":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}}"#
    );
}

#[tokio::test]
async fn an_answer_to_a_question_may_have_no_words_and_is_no_success_with_a_code() {
    let order = checked(&question("g2frh"));
    let server = Server::answering(json(r#"{"errcode":0,"errmsg":"ok"}"#));
    let answer = client(&server).shopping().verify(order.of()).await.unwrap();
    assert_eq!(answer.result, "");
    for (code, kind) in [
        (268_485_184, FailureKind::Refused),
        (268_457_013, FailureKind::Refused),
        (48_001, FailureKind::ServiceNotOpened),
        (45_009, FailureKind::DailyQuota),
    ] {
        let server = Server::answering(json(format!(r#"{{"errcode":{code},"errmsg":"x rid: 65f1"}}"#)));
        let failure = client(&server).shopping().verify(order.of()).await.unwrap_err();
        assert_eq!((failure.kind, failure.errcode), (kind, Some(code)));
    }
}

fn class(write: Write, errcode: i64) -> &'static str {
    let body = format!(r#"{{"errcode":{errcode},"errmsg":"x rid: 65f1"}}"#);
    match Upload::of_answer_to(write, 200, body.as_bytes()).answer {
        Answer::Accepted => "accepted",
        Answer::Refused(_) => "refused",
        Answer::NotVisible => "wait",
        Answer::NotProcessed(Hold::Account(_)) => "account",
        Answer::NotProcessed(_) => "later",
        Answer::Unclear(Doubt::Compare { .. }) => "compare",
        Answer::Unclear(_) => "unclear",
    }
}

#[test]
fn every_documented_code_of_both_uploads_has_a_class_and_an_unlisted_one_is_unclear() {
    let both = [
        268_435_461,
        268_457_013,
        268_457_014,
        268_485_184,
        268_485_192,
        268_485_194,
        268_485_195,
        268_485_196,
        268_485_197,
        268_485_214,
        268_485_217,
        268_485_253,
        268_485_275,
    ];
    let details = [
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
        268_485_272,
    ];
    let ship = [
        268_485_224,
        268_485_226,
        268_485_227,
        268_485_228,
        268_485_229,
        268_485_230,
        268_485_231,
        268_485_232,
    ];
    for write in [Write::ShoppingDetails, Write::ShoppingShip] {
        for code in both {
            assert_eq!(class(write, code), "refused", "{write:?} {code}");
        }
        // The codes of shipments say nothing here, and those of the other upload neither.
        for (code, expected) in [
            (0, "accepted"),
            (268_485_216, "compare"),
            (-1, "unclear"),
            (10_060_001, "unclear"),
            (10_060_023, "unclear"),
            (12_345, "unclear"),
            (48_001, "account"),
            (45_009, "later"),
        ] {
            assert_eq!(class(write, code), expected, "{write:?} {code}");
        }
    }
    for code in details {
        assert_eq!(class(Write::ShoppingDetails, code), "refused", "{code}");
        assert_eq!(class(Write::ShoppingShip, code), "unclear", "{code}");
    }
    for code in ship {
        assert_eq!(class(Write::ShoppingShip, code), "refused", "{code}");
        assert_eq!(class(Write::ShoppingDetails, code), "unclear", "{code}");
    }
}
