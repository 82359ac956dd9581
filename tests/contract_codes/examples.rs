//! The examples of the documents, call by call: what a person enters becomes exactly these bytes at exactly this path.
//!
//! Separate because here nothing is spoiled: the values are those of the vendor's own examples, the key of a combined order
//! apart, which goes by WeChat's numbers here (contract 3.0).

use std::sync::Arc;

use fahuo::domain::{
    CombinedDraft, DeliveryMode, Draft, ErrandKind, Intent, OpenId, OrderKey, OrderQuery, ParcelDraft, Rules,
    Timestamp, TransactionId,
};
use fahuo::wechat::{combined_body, errand_body, jump_path_body, upload_body};

use crate::wire::{APPID, Request, SECRET, Server, TOKEN_PATH, client, json};

const RULES: Rules<'_> = Rules {
    max_parcels: 10,
    couriers: None,
};

fn id(text: &str) -> TransactionId {
    TransactionId::parse(text).unwrap()
}

fn payer() -> OpenId {
    OpenId("ogqztkPsejM9MQAFfwCQSCi4oNg3".into())
}

/// 2022-12-15T13:29:35.120+08:00.
fn moment() -> Timestamp {
    Timestamp::from_millis(1_671_082_175_120)
}

fn parcel(tracking_no: &str, courier: &str, item_desc: &str) -> ParcelDraft {
    ParcelDraft {
        tracking_no: tracking_no.into(),
        courier: courier.into(),
        item_desc: item_desc.into(),
        ..ParcelDraft::default()
    }
}

fn upload() -> Vec<u8> {
    let draft = Draft {
        transaction_id: "fake-transid-20221214190427-1".into(),
        parcels: vec![ParcelDraft {
            consignor_contact: "+86-177****1234".into(),
            ..parcel("fake-trackingno-2022121419042711", "STO", "微信气泡狗集线器*1")
        }],
        ..Draft::default()
    };
    let (intent, _) = Intent::check(&draft, &RULES).unwrap();
    upload_body(&intent, &payer(), moment())
}

const UPLOAD: &str = concat!(
    r#"{"order_key":{"order_number_type":2,"transaction_id":"fake-transid-20221214190427-1"},"#,
    r#""logistics_type":1,"delivery_mode":1,"shipping_list":[{"tracking_no":"fake-trackingno-2022121419042711","#,
    r#""express_company":"STO","item_desc":"微信气泡狗集线器*1","contact":{"consignor_contact":"+86-177****1234"}}],"#,
    r#""upload_time":"2022-12-15T13:29:35.120+08:00","payer":{"openid":"ogqztkPsejM9MQAFfwCQSCi4oNg3"}}"#,
);

fn combined() -> Vec<u8> {
    let from = |parcel| ParcelDraft {
        consignor_contact: "021-****3412".into(),
        ..parcel
    };
    let first = Draft {
        transaction_id: "fake-transid-01".into(),
        delivery_mode: DeliveryMode::Split,
        complete: true,
        parcels: vec![
            from(parcel("fake-trackingno-1", "YD", "微信气泡狗零钱包*1")),
            from(parcel(
                "fake-trackingno-2",
                "DHL",
                "微信黄脸布艺胸针*1;微信气泡狗零钱包*1",
            )),
        ],
        ..Draft::default()
    };
    let second = Draft {
        transaction_id: "fake-transid-02".into(),
        parcels: vec![ParcelDraft {
            receiver_contact: "+86-123****4321".into(),
            ..parcel("fake-trackingno-3", "YTO", "微信气泡狗双面钥匙扣*1")
        }],
        ..Draft::default()
    };
    let draft = CombinedDraft {
        parent: "fake-transid-0".into(),
        subs: vec![first, second],
    };
    let intents: Vec<_> = draft.check(&RULES).unwrap().into_iter().map(Arc::new).collect();
    combined_body(&intents, &payer(), moment())
}

const COMBINED: &str = concat!(
    r#"{"order_key":{"order_number_type":2,"transaction_id":"fake-transid-0"},"sub_orders":["#,
    r#"{"order_key":{"order_number_type":2,"transaction_id":"fake-transid-01"},"logistics_type":1,"delivery_mode":2,"#,
    r#""is_all_delivered":true,"shipping_list":[{"tracking_no":"fake-trackingno-1","express_company":"YD","#,
    r#""item_desc":"微信气泡狗零钱包*1","contact":{"consignor_contact":"021-****3412"}},"#,
    r#"{"tracking_no":"fake-trackingno-2","express_company":"DHL","item_desc":"微信黄脸布艺胸针*1;微信气泡狗零钱包*1","#,
    r#""contact":{"consignor_contact":"021-****3412"}}]},"#,
    r#"{"order_key":{"order_number_type":2,"transaction_id":"fake-transid-02"},"logistics_type":1,"delivery_mode":1,"#,
    r#""shipping_list":[{"tracking_no":"fake-trackingno-3","express_company":"YTO","item_desc":"微信气泡狗双面钥匙扣*1","#,
    r#""contact":{"receiver_contact":"+86-123****4321"}}]}],"#,
    r#""upload_time":"2022-12-15T13:29:35.120+08:00","payer":{"openid":"ogqztkPsejM9MQAFfwCQSCi4oNg3"}}"#,
);

/// The one request besides the token call went there with these bytes.
#[track_caller]
fn assert_sent(server: &Server, path: &str, body: &str) {
    let Request {
        method,
        path: there,
        headers,
        ..
    } = server.only_call();
    assert_eq!((method.as_str(), there.as_str()), ("POST", path));
    assert_eq!(
        headers["content-type"], "application/json; charset=utf-8",
        "{path}"
    );
    assert_eq!(server.only_call().text(), body, "{path}");
}

fn server() -> Server {
    Server::answering(json(
        r#"{"errcode":0,"errmsg":"ok","order":{"transaction_id":"fake-transid-20221209132531-44"},"quota":{"daily_limit":1}}"#,
    ))
}

#[tokio::test]
async fn every_write_sends_its_documented_example() {
    let order = server();
    client(&order).upload_shipping_info(&upload()).await;
    assert_sent(&order, "/wxa/sec/order/upload_shipping_info", UPLOAD);
    let order = server();
    client(&order).upload_combined_shipping_info(&combined()).await;
    assert_sent(&order, "/wxa/sec/order/upload_combined_shipping_info", COMBINED);
    let remind = ErrandKind::Remind {
        received_at: Timestamp::from_secs(1_670_829_139),
    };
    let pre_sale = ErrandKind::PreSale {
        delay_to: Timestamp::from_secs(1_752_035_828),
    };
    for (kind, number, path, body) in [
        (
            remind,
            "fake-transid-20221209132531-44",
            "/wxa/sec/order/notify_confirm_receive",
            r#"{"transaction_id":"fake-transid-20221209132531-44","received_time":1670829139}"#,
        ),
        (
            pre_sale,
            "123456",
            "/wxa/sec/order/opspecialorder",
            r#"{"order_id":"123456","type":1,"delay_to":1752035828}"#,
        ),
        (
            ErrandKind::TestOrder,
            "123456",
            "/wxa/sec/order/opspecialorder",
            r#"{"order_id":"123456","type":2}"#,
        ),
    ] {
        let server = server();
        client(&server)
            .errand(kind, &errand_body(kind, &id(number)))
            .await;
        assert_sent(&server, path, body);
    }
    let path = server();
    client(&path)
        .set_msg_jump_path(&jump_path_body("pages/order/detail"))
        .await;
    assert_sent(
        &path,
        "/wxa/sec/order/set_msg_jump_path",
        r#"{"path":"pages/order/detail"}"#,
    );
}

#[tokio::test]
async fn every_question_sends_its_documented_example() {
    let one = server();
    let key = OrderKey::Transaction(id("fake-transid-20221209132531-44"));
    client(&one).get_order(&key).await.unwrap();
    assert_sent(
        &one,
        "/wxa/sec/order/get_order",
        r#"{"transaction_id":"fake-transid-20221209132531-44"}"#,
    );
    let list = server();
    let paid = Some(Timestamp::from_secs(1_670_563_531));
    let query = OrderQuery {
        paid_from: paid,
        paid_to: paid,
        ..OrderQuery::default()
    };
    client(&list).get_order_list(&query, None, 2).await.unwrap();
    assert_sent(
        &list,
        "/wxa/sec/order/get_order_list",
        r#"{"pay_time_range":{"begin_time":1670563531,"end_time":1670563531},"page_size":2}"#,
    );
    let managed = server();
    client(&managed).is_trade_managed().await.unwrap();
    let appid = format!(r#"{{"appid":"{APPID}"}}"#);
    assert_sent(&managed, "/wxa/sec/order/is_trade_managed", &appid);
    let confirmed = server();
    let asked = client(&confirmed)
        .is_trade_management_confirmation_completed()
        .await;
    asked.unwrap();
    let path = "/wxa/sec/order/is_trade_management_confirmation_completed";
    assert_sent(&confirmed, path, &appid);
    let couriers = server();
    client(&couriers).get_delivery_list().await.unwrap();
    let path = "/cgi-bin/express/delivery/open_msg/get_delivery_list";
    assert_sent(&couriers, path, "{}");
    let quota = server();
    let path = "/wxa/sec/order/upload_shipping_info";
    client(&quota).quota(path).await.unwrap();
    let body = r#"{"cgi_path":"/wxa/sec/order/upload_shipping_info"}"#;
    assert_sent(&quota, "/cgi-bin/openapi/quota/get", body);
    let token = quota.requests_to(TOKEN_PATH).remove(0);
    let body = format!(r#"{{"grant_type":"client_credential","appid":"{APPID}","secret":"{SECRET}"}}"#);
    assert_eq!((token.query.as_str(), token.text()), ("", body.as_str()));
}
