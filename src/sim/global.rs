//! The pretend WeChat Pay Global: payments of its own, requests checked by their signature, and answers signed with the
//! keys beside this file, which are public on purpose and open nothing else.
//!
//! Separate because its protocol, keys and faults have nothing in common with the rest.

use super::shared::Shared;
use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;

/// The merchant of the pretend WeChat Pay Global.
pub const MCHID: &str = "1900000109";
/// The institution that may ask for it.
pub const SP_MCHID: &str = "1900000100";
/// Number of the merchant's certificate.
pub const MERCHANT_SERIAL: &str = "1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C";
/// The merchant's private key.
pub const MERCHANT_KEY: &str = include_str!("global/merchant-key.pem");
/// The merchant's certificate.
pub const MERCHANT_CERTIFICATE: &str = include_str!("global/merchant-certificate.pem");
/// The APIv3 key.
pub const API_V3_KEY: &str = "demoAPIv3keyOpensNothingElse0000";
/// Number of the platform's certificate.
pub const PLATFORM_SERIAL: &str = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";
/// Id of the platform's public key.
pub const PUBLIC_KEY_ID: &str = "PUB_KEY_ID_0119000001092026112100000000000000";
/// The platform's public key.
pub const PUBLIC_KEY: &str = include_str!("global/platform-public.pem");

const PLATFORM_KEY: &[u8] = include_bytes!("global/platform-key.der");
const PLATFORM_CERTIFICATE: &str = include_str!("global/platform-certificate.pem");
const MERCHANT_PUBLIC: &[u8] = include_bytes!("global/merchant-public.der");

/// What is wrong with the answers from now on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing.
    #[default]
    None,
    /// One bit of the signature is another one.
    WrongSignature,
    /// Signed with a key of a number that nobody knows.
    UnknownSerial,
    /// Signed so many seconds away from the true time.
    Skew(i64),
    /// The deliberately wrong signature by which WeChat Pay tests its callers.
    Probe,
    /// No signature at all.
    Unsigned,
    /// This refusal instead, with its status.
    Refuse(u16, &'static str),
    /// One digit of the body is changed after it was signed.
    Tampered,
}

/// The payments and what was asked.
#[derive(Debug, Default)]
pub struct Global {
    payments: Vec<Value>,
    /// What is wrong.
    pub trouble: Trouble,
    /// Answers are signed under the id of the public key.
    pub with_public_key: bool,
    /// The certificates are sealed with another APIv3 key.
    pub other_api_v3_key: bool,
    /// Every request line, oldest first.
    pub asked: Vec<String>,
}

impl Global {
    /// Adds a payment as the answer shows it, without its merchant.
    pub fn put(&mut self, payment: Value) {
        self.payments.push(payment);
    }

    fn find(&self, field: &str, number: &str) -> Option<Value> {
        let is_it = |payment: &&Value| payment.get(field).and_then(Value::as_str) == Some(number);
        self.payments.iter().find(is_it).cloned()
    }
}

type Asked = HashMap<String, String>;

/// `GET /v3/global/transactions/id/{id}`.
pub async fn by_id(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    request: Request,
) -> Response {
    transaction(&shared, "id", &id, &asked, &request)
}

/// `GET /v3/global/transactions/out-trade-no/{out_trade_no}`.
pub async fn by_trade_no(
    State(shared): State<Arc<Shared>>,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
    request: Request,
) -> Response {
    transaction(&shared, "out_trade_no", &number, &asked, &request)
}

fn transaction(shared: &Shared, field: &str, number: &str, asked: &Asked, request: &Request) -> Response {
    let text = |name: &str| asked.get(name).map_or("", String::as_str);
    let signer = match (text("mchid"), text("sp_mchid"), text("sub_mchid")) {
        (MCHID, "", "") => MCHID,
        ("", SP_MCHID, MCHID) => SP_MCHID,
        _ => {
            let body = json!({"code": "PARAM_ERROR", "message": "Parameter error",
                "detail": {"field": "mchid", "value": text("mchid"), "issue": "is not the signer", "location": "query"}});
            return answer(shared, request, 400, &body);
        }
    };
    if let Some(refusal) = refused(shared, request, &[signer]) {
        return refusal;
    }
    let trouble = shared.with(|state| state.global.trouble);
    if let Trouble::Refuse(status, code) = trouble {
        return answer(
            shared,
            request,
            status,
            &json!({"code": code, "message": "simulated"}),
        );
    }
    let Some(mut found) = shared.with(|state| state.global.find(field, number)) else {
        let body = json!({"code": "ORDER_NOT_EXIST", "message": "Order does not exist"});
        return answer(shared, request, 404, &body);
    };
    if let Some(fields) = found.as_object_mut() {
        let merchants = if signer == SP_MCHID {
            vec![("sp_mchid", SP_MCHID), ("sub_mchid", MCHID)]
        } else {
            vec![("mchid", MCHID)]
        };
        for (name, value) in merchants {
            fields.insert(name.to_owned(), json!(value));
        }
    }
    answer(shared, request, 200, &found)
}

/// `GET /v3/global/certificates`.
pub async fn certificates(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    if let Some(refusal) = refused(&shared, &request, &[MCHID, SP_MCHID]) {
        return refusal;
    }
    let other = shared.with(|state| state.global.other_api_v3_key);
    let key = if other {
        "anotherAPIv3keyThatOpensNothing0"
    } else {
        API_V3_KEY
    };
    let ciphertext = sealed(key).unwrap_or_default();
    let body = json!({"data": [{
        "serial_no": PLATFORM_SERIAL,
        "effective_time": "2020-01-01T00:00:00+08:00",
        "expire_time": "2120-01-01T00:00:00+08:00",
        "encrypt_certificate": {"algorithm": "AEAD_AES_256_GCM", "nonce": "61f9c719728a",
            "associated_data": "certificate", "ciphertext": ciphertext},
    }]});
    answer(&shared, &request, 200, &body)
}

fn sealed(key: &str) -> Option<String> {
    let key = UnboundKey::new(&AES_256_GCM, key.as_bytes()).ok()?;
    let nonce = Nonce::try_assume_unique_for_key(b"61f9c719728a").ok()?;
    let mut bytes = PLATFORM_CERTIFICATE.as_bytes().to_vec();
    LessSafeKey::new(key)
        .seal_in_place_append_tag(nonce, Aad::from(b"certificate"), &mut bytes)
        .ok()?;
    Some(STANDARD.encode(bytes))
}

/// A refusal when the request is not signed by one of these merchants as the documents want it.
fn refused(shared: &Shared, request: &Request, signers: &[&str]) -> Option<Response> {
    let refuse = |why: &str| {
        let body = json!({"code": "SIGN_ERROR", "message": why});
        Some(answer(shared, request, 401, &body))
    };
    let header = |name: &str| request.headers().get(name)?.to_str().ok();
    let (Some(given), Some("application/json"), Some(_agent)) =
        (header("authorization"), header("accept"), header("user-agent"))
    else {
        return refuse("Authorization, Accept or User-Agent is missing");
    };
    let Some(parts) = given.strip_prefix("WECHATPAY2-SHA256-RSA2048 ") else {
        return refuse("unknown scheme");
    };
    let parts: HashMap<&str, &str> = parts
        .split(',')
        .filter_map(|part| part.split_once('='))
        .map(|(name, value)| (name.trim(), value.trim_matches('"')))
        .collect();
    let part = |name: &str| parts.get(name).copied().unwrap_or_default();
    if !signers.contains(&part("mchid")) || part("serial_no") != MERCHANT_SERIAL {
        return refuse("unknown merchant or certificate");
    }
    let now = shared.clock.now().as_second();
    let signed_at: i64 = part("timestamp").parse().unwrap_or_default();
    if now.abs_diff(signed_at) >= 300 || part("nonce_str").is_empty() {
        return refuse("stale");
    }
    let line = request.uri().path_and_query().map_or("", |line| line.as_str());
    let message = format!("GET\n{line}\n{signed_at}\n{}\n\n", part("nonce_str"));
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, MERCHANT_PUBLIC);
    // The signature's own padding signs were cut off at the first `=`: they are part of its value.
    let signature = given
        .rsplit_once("signature=\"")
        .map_or("", |(_, rest)| rest.trim_end_matches('"'));
    let signature = STANDARD.decode(signature).unwrap_or_default();
    match key.verify(message.as_bytes(), &signature) {
        Ok(()) => None,
        Err(_) => refuse("wrong signature"),
    }
}

/// A signed answer, with whatever is wrong with it at the moment.
fn answer(shared: &Shared, request: &Request, status: u16, body: &Value) -> Response {
    let line = request
        .uri()
        .path_and_query()
        .map_or("", |line| line.as_str())
        .to_owned();
    let is_certificates = line.ends_with("/certificates");
    let (trouble, with_public_key) = shared.with(|state| {
        state.global.asked.push(line);
        (state.global.trouble, state.global.with_public_key)
    });
    let trouble = if is_certificates { Trouble::None } else { trouble };
    let skew = if let Trouble::Skew(secs) = trouble {
        secs
    } else {
        0
    };
    let timestamp = shared.clock.now().as_second().saturating_add(skew);
    let mut text = body.to_string();
    let message = format!("{timestamp}\nsimulatednonce\n{text}\n");
    let mut signature = sign(message.as_bytes()).unwrap_or_default();
    if trouble == Trouble::WrongSignature
        && let Some(byte) = signature.last_mut()
    {
        *byte ^= 1;
    }
    if trouble == Trouble::Tampered {
        text = text.replacen("\"total\":", "\"total\":9", 1);
    }
    let mut signature = STANDARD.encode(signature);
    if trouble == Trouble::Probe {
        signature.insert_str(0, "WECHATPAY/SIGNTEST/");
    }
    let serial = if trouble == Trouble::UnknownSerial {
        "0000000000000000000000000000000000000000"
    } else if with_public_key && !is_certificates {
        PUBLIC_KEY_ID
    } else {
        PLATFORM_SERIAL
    };
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    let mut headers = vec![
        ("content-type", "application/json; charset=utf-8".to_owned()),
        ("request-id", "08F78AB1C90610D40218F6DBE05820C0B3".to_owned()),
    ];
    if trouble != Trouble::Unsigned {
        headers.extend([
            ("wechatpay-timestamp", timestamp.to_string()),
            ("wechatpay-nonce", "simulatednonce".to_owned()),
            ("wechatpay-serial", serial.to_owned()),
            ("wechatpay-signature", signature),
        ]);
    }
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn sign(message: &[u8]) -> Option<Vec<u8>> {
    let key = RsaKeyPair::from_pkcs8(PLATFORM_KEY).ok()?;
    let mut signature = vec![0; key.public().modulus_len()];
    let random = SystemRandom::new();
    key.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
        .ok()?;
    Some(signature)
}

/// The payment of the documents' example.
pub fn example() -> Value {
    json!({
        "id": "4200752501201407033233368018", "appid": "wx2421b1c4370ec43b", "out_trade_no": "20150806125346",
        "payer": {"openid": "oUpF8uN95-Ptaags6E_roPHg7AG0"},
        "amount": {"total": 528_800, "currency": "HKD", "payer_total": 518_799, "payer_currency": "CNY",
            "exchange_rate": {"type": "SETTLEMENT_RATE", "rate": 80_000_000}},
        "trade_type": "NATIVE", "trade_state": "SUCCESS", "trade_state_desc": "Payment successful",
        "bank_type": "CCB_DEBIT", "attach": "Payment test", "success_time": "2018-06-08T10:34:56+08:00",
        "promotion_detail": [{"promotion_id": "109519", "name": "Single-item discount-6", "scope": "SINGLE",
            "type": "DISCOUNT", "amount": 1, "currency": "HKD", "activity_id": "931386",
            "wechatpay_contribute_amount": 1, "merchant_contribute_amount": 0, "other_contribute_amount": 0,
            "goods_detail": [{"goods_id": "iphone6s_16G", "goods_remark": "Product remarks", "quantity": 1,
                "price": 528_800}]}]
    })
}
