//! The small writes: exact bytes of the documented examples (contract 3.5, 3.6, 3.10); what each code of them means is in
//! `contract_codes.rs`. Apart from the uploads because each is a body of its own.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod wire;

use std::sync::Arc;

use fahuo::domain::{
    Answer, CombinedDraft, DeliveryMode, Doubt, Draft, ErrandKind, OpenId, ParcelDraft, Rules, Timestamp,
    TransactionId,
};
use fahuo::sim::endpoint;
use fahuo::wechat::{combined_body, errand_body, errand_write, jump_path_body};
use wire::{Server, TOKEN, client, json};

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn the_bodies_are_those_of_the_documents() {
    let order = TransactionId::parse("fake-transid-20221209132531-44").unwrap();
    let remind = ErrandKind::Remind {
        received_at: Timestamp::from_millis(1_670_829_139_999),
    };
    assert_eq!(
        text(errand_body(remind, &order)),
        r#"{"transaction_id":"fake-transid-20221209132531-44","received_time":1670829139}"#
    );
    let order = TransactionId::parse("123456").unwrap();
    let pre_sale = ErrandKind::PreSale {
        delay_to: Timestamp::from_secs(1_752_035_828),
    };
    assert_eq!(
        text(errand_body(pre_sale, &order)),
        r#"{"order_id":"123456","type":1,"delay_to":1752035828}"#
    );
    assert_eq!(
        text(errand_body(ErrandKind::TestOrder, &order)),
        r#"{"order_id":"123456","type":2}"#
    );
    assert_eq!(
        text(jump_path_body("pages/订单/detail?a=1&b=\"2\"")),
        r#"{"path":"pages/订单/detail?a=1&b=\"2\""}"#
    );
}

#[test]
fn a_combined_upload_names_its_parent_and_each_sub_order_with_its_parcels() {
    let sub = |order: &str, parcels: &[&str]| Draft {
        transaction_id: order.into(),
        delivery_mode: if parcels.len() > 1 {
            DeliveryMode::Split
        } else {
            DeliveryMode::Unified
        },
        complete: true,
        parcels: parcels
            .iter()
            .map(|tracking_no| ParcelDraft {
                courier: "ZTO".into(),
                tracking_no: (*tracking_no).into(),
                item_desc: "茶".into(),
                ..ParcelDraft::default()
            })
            .collect(),
        ..Draft::default()
    };
    let draft = CombinedDraft {
        parent: "42".into(),
        subs: vec![sub("421", &["Z1"]), sub("422", &["Z2", "Z3"])],
    };
    let rules = Rules {
        max_parcels: 10,
        couriers: None,
    };
    let intents: Vec<_> = draft.check(&rules).unwrap().into_iter().map(Arc::new).collect();
    let payer = OpenId("o1".into());
    let body = combined_body(&intents, &payer, Timestamp::from_millis(1_763_654_400_120));
    assert_eq!(
        text(body),
        concat!(
            r#"{"order_key":{"order_number_type":2,"transaction_id":"42"},"sub_orders":["#,
            r#"{"order_key":{"order_number_type":2,"transaction_id":"421"},"logistics_type":1,"delivery_mode":1,"#,
            r#""shipping_list":[{"tracking_no":"Z1","express_company":"ZTO","item_desc":"茶"}]},"#,
            r#"{"order_key":{"order_number_type":2,"transaction_id":"422"},"logistics_type":1,"delivery_mode":2,"#,
            r#""is_all_delivered":true,"shipping_list":[{"tracking_no":"Z2","express_company":"ZTO","item_desc":"茶"},"#,
            r#"{"tracking_no":"Z3","express_company":"ZTO","item_desc":"茶"}]}],"#,
            r#""upload_time":"2025-11-21T00:00:00.120+08:00","payer":{"openid":"o1"}}"#,
        )
    );
}

#[tokio::test]
async fn each_write_goes_to_its_path_once() {
    let order = TransactionId::parse("4200000925202101284997714292").unwrap();
    let remind = ErrandKind::Remind {
        received_at: Timestamp::from_secs(1_670_829_139),
    };
    for (kind, path) in [
        (remind, endpoint::NOTIFY_CONFIRM_RECEIVE),
        (ErrandKind::TestOrder, endpoint::SPECIAL_ORDER),
    ] {
        let server = Server::answering(json(r#"{"errcode":0,"errmsg":"ok rid: 65f1-1"}"#));
        let sent = client(&server).errand(kind, &errand_body(kind, &order)).await;
        assert_eq!(
            (sent.answer, sent.rid.as_deref()),
            (Answer::Accepted, Some("65f1-1"))
        );
        let call = server.only_call();
        assert_eq!((call.path.as_str(), errand_write(kind).path()), (path, path));
        assert_eq!(call.query, format!("access_token={TOKEN}"));
        assert_eq!(call.body, errand_body(kind, &order));
    }
    let server = Server::answering(json(r#"{"errcode":-1,"errmsg":"busy"}"#));
    let sent = client(&server)
        .set_msg_jump_path(&jump_path_body("pages/a"))
        .await;
    assert!(matches!(sent.answer, Answer::Unclear(Doubt::Failure(_))));
    assert_eq!(server.only_call().path, endpoint::SET_MSG_JUMP_PATH);
    let server = Server::answering(json(r#"{"errcode":10060013,"errmsg":"duplicate"}"#));
    let sent = client(&server).upload_combined_shipping_info(b"{}").await;
    assert!(matches!(sent.answer, Answer::Refused(_)));
    assert_eq!(server.only_call().path, endpoint::UPLOAD_COMBINED);
}
