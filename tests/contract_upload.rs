//! The upload: its exact bytes, and what is sent when an answer or a token is odd (contract 3.1, reliability 2.3); what each
//! code means is in `contract_codes.rs`.
//!
//! Separate because a wrong byte here ships an order wrongly.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod wire;

use fahuo::domain::{
    Answer, DeliveryMode, Doubt, Draft, FailureKind, Hold, Intent, LogisticsType, OpenId, ParcelDraft, Rules,
    Timestamp,
};
use fahuo::wechat::{UPLOAD_PATH, Upload, upload_body};
use wire::{Server, TOKEN, client, json};

fn parcel(courier: &str, tracking_no: &str, item_desc: &str) -> ParcelDraft {
    ParcelDraft {
        courier: courier.into(),
        tracking_no: tracking_no.into(),
        item_desc: item_desc.into(),
        ..ParcelDraft::default()
    }
}

fn body(draft: Draft, millis: i64) -> String {
    let draft = Draft {
        transaction_id: "4200000925202101284997714292".into(),
        ..draft
    };
    let rules = Rules {
        max_parcels: 10,
        couriers: None,
    };
    let (intent, _) = Intent::check(&draft, &rules).unwrap();
    let payer = OpenId("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o".into());
    let bytes = upload_body(&intent, &payer, Timestamp::from_millis(millis));
    assert_eq!(
        bytes,
        upload_body(&intent, &payer, Timestamp::from_millis(millis))
    );
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_unified_express_shipment_has_one_parcel_and_no_completion_flag() {
    let draft = Draft {
        parcels: vec![parcel("YTO", "YT1234567890", "茶叶\"大\"*1")],
        ..Draft::default()
    };
    assert_eq!(
        body(draft, 1_763_654_400_120),
        concat!(
            r#"{"order_key":{"order_number_type":2,"transaction_id":"4200000925202101284997714292"},"#,
            r#""logistics_type":1,"delivery_mode":1,"#,
            r#""shipping_list":[{"tracking_no":"YT1234567890","express_company":"YTO","item_desc":"茶叶\"大\"*1"}],"#,
            r#""upload_time":"2025-11-21T00:00:00.120+08:00","payer":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}}"#,
        )
    );
}

#[test]
fn a_split_shipment_lists_every_parcel_in_order_and_says_whether_it_is_complete() {
    for (complete, flag) in [(false, "false"), (true, "true")] {
        let draft = Draft {
            delivery_mode: DeliveryMode::Split,
            complete,
            parcels: vec![
                ParcelDraft {
                    receiver_contact: "13812341234".into(),
                    ..parcel("SF", "SF2", "茶杯")
                },
                ParcelDraft {
                    consignor_contact: "021-12345678".into(),
                    receiver_contact: "189****1234".into(),
                    ..parcel("SF", "SF1", "茶叶")
                },
                parcel("ZTO", "ZT1", "茶壶"),
            ],
            ..Draft::default()
        };
        let expected = [
            r#"{"order_key":{"order_number_type":2,"transaction_id":"4200000925202101284997714292"},"#,
            r#""logistics_type":1,"delivery_mode":2,"is_all_delivered":"#,
            flag,
            r#","shipping_list":[{"tracking_no":"SF2","express_company":"SF","item_desc":"茶杯","#,
            r#""contact":{"receiver_contact":"138****1234"}},"#,
            r#"{"tracking_no":"SF1","express_company":"SF","item_desc":"茶叶","#,
            r#""contact":{"consignor_contact":"021-****5678","receiver_contact":"189****1234"}},"#,
            r#"{"tracking_no":"ZT1","express_company":"ZTO","item_desc":"茶壶"}],"#,
            r#""upload_time":"2025-11-21T00:00:00+08:00","payer":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}}"#,
        ];
        assert_eq!(body(draft, 1_763_654_400_000), expected.concat());
    }
}

#[test]
fn without_a_courier_only_the_text_is_sent() {
    for (logistics_type, code) in [
        (LogisticsType::SameCity, "2"),
        (LogisticsType::Virtual, "3"),
        (LogisticsType::PickUp, "4"),
    ] {
        let draft = Draft {
            logistics_type,
            parcels: vec![ParcelDraft {
                receiver_contact: "13812341234".into(),
                ..parcel("SF", "SF1", "会员卡")
            }],
            ..Draft::default()
        };
        let expected = [
            r#"{"order_key":{"order_number_type":2,"transaction_id":"4200000925202101284997714292"},"#,
            r#""logistics_type":"#,
            code,
            r#","delivery_mode":1,"shipping_list":[{"item_desc":"会员卡"}],"#,
            r#""upload_time":"2025-11-21T00:00:00.001+08:00","payer":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}}"#,
        ];
        assert_eq!(body(draft, 1_763_654_400_001), expected.concat());
    }
}

async fn upload(server: &Server) -> Upload {
    client(server)
        .upload_shipping_info(b"{\"any\":\"bytes \xe8\x8c\xb6\"}")
        .await
}

#[tokio::test]
async fn an_upload_sends_the_bytes_it_was_given() {
    let server = Server::answering(json(
        r#"{"errcode":0,"errmsg":"ok rid: 65f1a2b3-0a1b2c3d-4e5f6071"}"#,
    ));
    let upload = upload(&server).await;
    assert_eq!(upload.answer, Answer::Accepted);
    assert_eq!((upload.errcode, upload.http_status), (Some(0), Some(200)));
    assert_eq!(upload.rid.as_deref(), Some("65f1a2b3-0a1b2c3d-4e5f6071"));
    let call = server.only_call();
    assert_eq!(call.path, UPLOAD_PATH);
    assert_eq!(call.query, format!("access_token={TOKEN}"));
    assert_eq!(call.headers["content-type"], "application/json; charset=utf-8");
    assert_eq!(call.text(), "{\"any\":\"bytes 茶\"}");
}

/// The classes of reliability 2.3 in the words of the state machine.
fn class(answer: &Answer) -> &'static str {
    match answer {
        Answer::Accepted => "accepted",
        Answer::Refused(refusal) => {
            assert!(!refusal.refunded);
            "refused"
        }
        Answer::NotVisible => "wait",
        Answer::Unclear(Doubt::Compare { .. }) => "compare",
        Answer::Unclear(Doubt::Failure(failure)) if failure.kind == FailureKind::Busy => "busy",
        Answer::Unclear(Doubt::Failure(_)) => "unclear",
        Answer::Unclear(Doubt::Restart) => "restart",
        Answer::NotProcessed(hold) => match hold {
            Hold::Connection => "connection",
            Hold::Token => "token",
            Hold::Second => "second",
            Hold::Minute => "minute",
            Hold::Day => "day",
            Hold::Account(failure) => match failure.kind {
                FailureKind::WrongAppId => "appid",
                FailureKind::WrongSecret | FailureKind::SecretFrozen => "secret",
                FailureKind::IpNotAllowed { .. } => "ip",
                FailureKind::IpNeedsConfirmation => "ip confirmation",
                FailureKind::TokenRefused => "token missing",
                FailureKind::ServiceNotOpened => "service",
                FailureKind::NotAuthorised => "not authorised",
                FailureKind::PlatformCredentials => "platform",
                FailureKind::AccountLimited => "limited",
                FailureKind::Refused => "shape",
                FailureKind::NotForPlatforms
                | FailureKind::NoToken(_)
                | FailureKind::Offline
                | FailureKind::NoAnswer
                | FailureKind::Tls
                | FailureKind::NotWeChat
                | FailureKind::Garbled
                | FailureKind::Busy
                | FailureKind::TooFast
                | FailureKind::DailyQuota
                | FailureKind::OrderNotVisible
                | FailureKind::BadCursor
                | FailureKind::ClockOff { .. }
                | FailureKind::NoCredentials => "no class",
            },
        },
    }
}

#[tokio::test]
async fn the_words_of_an_answer_decide_nothing() {
    for errmsg in ["ok", "invalid ip 203.0.113.7", ""] {
        let server = Server::answering(json(format!(r#"{{"errcode":-1,"errmsg":"{errmsg}"}}"#)));
        assert_eq!(class(&upload(&server).await.answer), "busy");
    }
    let server = Server::answering(json(r#"{"errcode":0,"errmsg":"system error"}"#));
    assert_eq!(upload(&server).await.answer, Answer::Accepted);
}

#[tokio::test]
async fn the_address_that_wechat_saw_is_told() {
    for (errmsg, expected) in [
        (
            "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 65f1",
            Some("203.0.113.7"),
        ),
        ("invalid ip <script>203.0.113.7</script>", None),
    ] {
        let server = Server::answering(json(format!(r#"{{"errcode":40164,"errmsg":"{errmsg}"}}"#)));
        let Answer::NotProcessed(Hold::Account(failure)) = upload(&server).await.answer else {
            panic!("not a hold of the account");
        };
        let ip = expected.map(str::to_owned);
        assert_eq!(failure.kind, FailureKind::IpNotAllowed { ip });
    }
}

#[tokio::test]
async fn without_a_token_nothing_is_uploaded() {
    for (code, expected) in [
        (40_001, "secret"),
        (40_125, "secret"),
        (40_243, "secret"),
        (40_013, "appid"),
        (40_164, "ip"),
        (89_503, "ip confirmation"),
        (50_007, "limited"),
        (45_011, "minute"),
        (45_009, "day"),
        (-1, "connection"),
    ] {
        let server = Server::start(move |_, _| json(format!(r#"{{"errcode":{code},"errmsg":"x"}}"#)));
        let upload = upload(&server).await;
        assert_eq!(class(&upload.answer), expected, "{code}");
        assert_eq!((upload.errcode, upload.http_status), (None, None), "{code}");
        assert!(server.requests_to(UPLOAD_PATH).is_empty());
    }
}
