//! WeChat Pay Global against a server of its own: the documented bytes and example, every state and refusal, and every way
//! in which an answer may not be WeChat Pay's.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

use fahuo::domain::{PayFailure, PayFailureKind, PayNumber, PayState, Payment};
use fahuo::sim::global::{
    API_V3_KEY, MCHID, MERCHANT_CERTIFICATE, MERCHANT_KEY, MERCHANT_SERIAL, PUBLIC_KEY, PUBLIC_KEY_ID,
    SP_MCHID, Trouble, example,
};
use fahuo::sim::{SimConfig, Simulator};
use fahuo::wechat::Timing;
use fahuo::wechat::global::{
    GlobalClient, GlobalConfig, GlobalMode, is_private_key, is_public_key, serial_of_certificate,
};
use serde_json::{Value, json};

const ID: &str = "4200752501201407033233368018";

fn server() -> Simulator {
    Simulator::start(SimConfig {
        orders: 1,
        ..SimConfig::default()
    })
    .unwrap()
}

fn common() -> GlobalMode {
    GlobalMode::Common { mchid: MCHID.into() }
}

fn config(server: &Simulator) -> GlobalConfig {
    GlobalConfig {
        base_url: format!("{}/v3/global", server.base_url()),
        mode: common(),
        serial_no: MERCHANT_SERIAL.into(),
        key_pem: MERCHANT_KEY.to_owned().into(),
        api_v3_key: Some(API_V3_KEY.to_owned().into()),
        public_key: None,
    }
}

fn ask(config: GlobalConfig, numbers: &[PayNumber]) -> Vec<Result<Payment, PayFailure>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let client = GlobalClient::new(config, Timing::default()).unwrap();
        let mut answers = Vec::new();
        for number in numbers {
            answers.push(client.query(number).await);
        }
        answers
    })
}

fn one(config: GlobalConfig) -> Result<Payment, PayFailure> {
    ask(config, &[PayNumber::id(ID).unwrap()]).remove(0)
}

fn asked(server: &Simulator) -> Vec<String> {
    server.with_global(|global| std::mem::take(&mut global.asked))
}

#[test]
fn the_documented_example_is_read_and_asked_for_with_the_documented_line() {
    let server = server();
    let payment = one(config(&server)).unwrap();
    assert_eq!(payment.id, ID);
    assert_eq!(payment.state, PayState::Success);
    assert_eq!(payment.total.unwrap().to_string(), "HKD 5,288.00");
    assert_eq!(payment.payer_total.unwrap().to_string(), "CNY 5,187.99");
    assert_eq!(payment.rate.unwrap().to_string(), "0.8");
    assert_eq!(
        payment.success_time.unwrap().rfc3339(),
        "2018-06-08T10:34:56+08:00"
    );
    assert_eq!(payment.payer, "oUpF…7AG0", "a payer is never kept whole");
    let promotion = &payment.promotions[0];
    assert_eq!(promotion.amount.to_string(), "HKD 0.01");
    assert_eq!(promotion.contributed, [Some(1), Some(0), Some(0)]);
    assert_eq!(promotion.goods, [("iphone6s_16G".to_owned(), 1, None)]);
    let lines = asked(&server);
    let line = format!("/v3/global/transactions/id/{ID}?mchid=1900000109");
    assert_eq!(lines, [line.as_str(), "/v3/global/certificates"]);
}

#[test]
fn both_numbers_and_both_modes_ask_with_their_own_line_and_keys_are_fetched_once() {
    let server = server();
    let number = PayNumber::out_trade_no("20150806125346").unwrap();
    let institution = GlobalConfig {
        mode: GlobalMode::Institution {
            sp_mchid: SP_MCHID.into(),
            sub_mchid: MCHID.into(),
        },
        ..config(&server)
    };
    let answers = ask(institution, &[number.clone(), number]);
    for answer in answers {
        let payment = answer.unwrap();
        assert_eq!(
            (payment.sp_mchid.as_str(), payment.mchid.as_str()),
            (SP_MCHID, MCHID)
        );
    }
    let line = "/v3/global/transactions/out-trade-no/20150806125346?sp_mchid=1900000100&sub_mchid=1900000109";
    assert_eq!(asked(&server), [line, "/v3/global/certificates", line]);
}

#[test]
fn an_answer_that_wechat_pay_did_not_sign_says_nothing() {
    for (trouble, kind, certificates) in [
        (Trouble::WrongSignature, PayFailureKind::NotSigned, 1),
        (Trouble::Tampered, PayFailureKind::NotSigned, 1),
        (Trouble::UnknownSerial, PayFailureKind::NotSigned, 1),
        (Trouble::Probe, PayFailureKind::NotSigned, 0),
        (Trouble::Unsigned, PayFailureKind::NotSigned, 0),
        (Trouble::Skew(302), PayFailureKind::Stale, 0),
        (Trouble::Skew(-301), PayFailureKind::Stale, 0),
    ] {
        let server = server();
        server.with_global(|global| global.trouble = trouble);
        let failure = one(config(&server)).unwrap_err();
        assert_eq!(failure.kind, kind, "{trouble:?}");
        assert_eq!(
            failure.request_id.as_deref(),
            Some("08F78AB1C90610D40218F6DBE05820C0B3")
        );
        let fetched = asked(&server)
            .iter()
            .filter(|line| line.ends_with("certificates"))
            .count();
        assert_eq!(fetched, certificates, "{trouble:?}");
    }
    let server = server();
    server.with_global(|global| global.trouble = Trouble::Skew(-290));
    assert!(one(config(&server)).is_ok(), "less than five minutes");
}

#[test]
fn certificates_that_the_api_v3_key_does_not_open_vouch_for_nothing() {
    let server = server();
    server.with_global(|global| global.other_api_v3_key = true);
    assert_eq!(one(config(&server)).unwrap_err().kind, PayFailureKind::NotSigned);
    let wrong = GlobalConfig {
        api_v3_key: Some("short".to_owned().into()),
        ..config(&server)
    };
    server.with_global(|global| global.other_api_v3_key = false);
    assert_eq!(one(wrong).unwrap_err().kind, PayFailureKind::NotSigned);
}

#[test]
fn the_platforms_public_key_vouches_without_certificates() {
    let server = server();
    server.with_global(|global| global.with_public_key = true);
    let by_key = GlobalConfig {
        api_v3_key: None,
        public_key: Some((PUBLIC_KEY_ID.into(), PUBLIC_KEY.into())),
        ..config(&server)
    };
    assert!(one(by_key.clone()).is_ok());
    assert_eq!(asked(&server).len(), 1, "no certificates are fetched");
    let other = GlobalConfig {
        public_key: Some(("PUB_KEY_ID_0".into(), PUBLIC_KEY.into())),
        ..by_key
    };
    assert_eq!(one(other).unwrap_err().kind, PayFailureKind::NotSigned);
}

#[test]
fn every_refusal_is_kept_with_its_word_and_whether_it_may_pass() {
    for (status, code, later) in [
        (404, "ORDER_NOT_EXIST", false),
        (500, "SYSTEM_ERROR", true),
        (400, "PARAM_ERROR", false),
        (400, "INVALID_REQUEST", false),
        (401, "SIGN_ERROR", false),
        (429, "FREQUENCY_LIMIT", true),
        (429, "RATELIMIT_EXCEEDED", true),
        (403, "SOMETHING_NEW", false),
    ] {
        let server = server();
        server.with_global(|global| global.trouble = Trouble::Refuse(status, code));
        let failure = one(config(&server)).unwrap_err();
        assert_eq!(failure.kind, PayFailureKind::Refused(code.into()));
        assert_eq!(failure.may_work_later(), later, "{code}");
        assert_eq!(
            (failure.http_status, failure.message.as_str()),
            (Some(status), "simulated")
        );
    }
    let server = server();
    let lost = ask(config(&server), &[PayNumber::id("42").unwrap()])
        .remove(0)
        .unwrap_err();
    assert_eq!(lost.kind, PayFailureKind::Refused("ORDER_NOT_EXIST".into()));
    let other = GlobalConfig {
        mode: GlobalMode::Common { mchid: "1".into() },
        ..config(&server)
    };
    let failure = one(other).unwrap_err();
    assert_eq!(failure.kind, PayFailureKind::Refused("PARAM_ERROR".into()));
    assert_eq!(failure.detail, "mchid · is not the signer · query");
}

#[test]
fn every_state_is_read_and_what_is_missing_is_empty() {
    let words = [
        "SUCCESS",
        "REFUND",
        "NOTPAY",
        "CLOSED",
        "REVOKED",
        "USERPAYING",
        "PAYERROR",
        "ACCEPT",
    ];
    let server = server();
    for (index, word) in words.into_iter().enumerate() {
        server.with_global(|global| {
            global.put(
                json!({"transaction_id": format!("70{index}"), "id": format!("70{index}"),
                "out_trade_no": "x", "trade_state": word}),
            );
        });
    }
    let numbers: Vec<PayNumber> = (0..words.len())
        .map(|n| PayNumber::id(&format!("70{n}")).unwrap())
        .collect();
    for (answer, word) in ask(config(&server), &numbers).into_iter().zip(words) {
        let payment = answer.unwrap();
        assert_eq!(payment.state.word(), word);
        assert_eq!(
            (payment.total, payment.success_time, payment.payer.as_str()),
            (None, None, "")
        );
    }
}

#[test]
fn yen_have_no_cents_and_rates_may_be_text() {
    let mut yen: Value = example();
    yen["id"] = json!("81");
    yen["amount"] = json!({"total": 1280, "currency": "JPY", "payer_total": "6144", "payer_currency": "CNY",
        "exchange_rate": {"type": "SETTLEMENT_RATE", "rate": "650000000"}});
    yen["promotion_detail"][0]["wechatpay_contribute_amount"] = Value::Null;
    yen["promotion_detail"][0]["wxpay_contribute_amount"] = json!(7);
    let server = server();
    server.with_global(|global| global.put(yen));
    let payment = ask(config(&server), &[PayNumber::id("81").unwrap()])
        .remove(0)
        .unwrap();
    assert_eq!(payment.total.unwrap().to_string(), "JPY 1,280");
    assert_eq!(payment.payer_total.unwrap().to_string(), "CNY 61.44");
    assert_eq!(payment.rate.unwrap().to_string(), "6.5");
    assert_eq!(payment.promotions[0].contributed[0], Some(7));
}

#[test]
fn what_cannot_sign_is_told_before_anything_is_asked() {
    let server = server();
    let new = |config| {
        GlobalClient::new(config, Timing::default())
            .map(drop)
            .unwrap_err()
            .kind
    };
    let without = |change: fn(&mut GlobalConfig)| {
        let mut config = config(&server);
        change(&mut config);
        new(config)
    };
    assert_eq!(
        without(|c| c.key_pem = PUBLIC_KEY.to_owned().into()),
        PayFailureKind::BadKey
    );
    assert_eq!(
        without(|c| c.serial_no = String::new()),
        PayFailureKind::NoCredentials
    );
    assert_eq!(without(|c| c.api_v3_key = None), PayFailureKind::NoCredentials);
    assert_eq!(
        without(|c| c.base_url = "http://example.com".into()),
        PayFailureKind::NotWeChat
    );
    assert!(asked(&server).is_empty());
    assert!(is_private_key(MERCHANT_KEY) && !is_private_key(PUBLIC_KEY) && !is_private_key(""));
    assert!(is_public_key(PUBLIC_KEY) && !is_public_key(MERCHANT_KEY));
    assert_eq!(
        serial_of_certificate(MERCHANT_CERTIFICATE).as_deref(),
        Some(MERCHANT_SERIAL)
    );
    let printed = format!("{:?}", config(&server));
    assert!(
        !printed.contains("PRIVATE") && !printed.contains(API_V3_KEY),
        "{printed}"
    );
}
