//! A payment out of a body that was vouched for. What is missing is empty: a payment that was never made has neither time
//! nor bank nor payer.

use serde_json::Value;

use super::super::lenient;
use super::GlobalMode;
use crate::domain::{OpenId, PayAmount, PayPromotion, PayRate, PayState, Payment, Timestamp};

/// The payment; `None` when the answer is about none, or about another merchant's.
pub(super) fn payment(body: &[u8], mode: &GlobalMode) -> Option<Payment> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let text = |name: &str| lenient::text(&body, name);
    let first = |names: [&str; 2]| {
        let found = names.into_iter().map(text).find(|text| !text.is_empty());
        found.unwrap_or_default()
    };
    let state = text("trade_state");
    let id = first(["id", "transaction_id"]);
    if state.is_empty() || (id.is_empty() && text("out_trade_no").is_empty()) {
        return None;
    }
    let (mchid, sp_mchid) = (first(["sub_mchid", "mchid"]), text("sp_mchid"));
    let is_ours = match mode {
        GlobalMode::Common { mchid: own } => mchid.is_empty() || mchid == *own,
        GlobalMode::Institution {
            sp_mchid: own,
            sub_mchid,
        } => (sp_mchid.is_empty() || sp_mchid == *own) && (mchid.is_empty() || mchid == *sub_mchid),
    };
    if !is_ours {
        return None;
    }
    let amount = lenient::object(&body, "amount");
    let rate = lenient::object(amount, "exchange_rate");
    let payer = lenient::object(&body, "payer");
    let openid = ["openid", "sp_openid", "sub_openid"].map(|name| lenient::text(payer, name));
    let openid = openid.into_iter().find(|openid| !openid.is_empty());
    Some(Payment {
        id,
        out_trade_no: text("out_trade_no"),
        mchid,
        sp_mchid,
        appid: [text("sub_appid"), text("appid"), text("sp_appid")]
            .into_iter()
            .find(|appid| !appid.is_empty())
            .unwrap_or_default(),
        state: PayState::of_word(&state),
        state_desc: text("trade_state_desc"),
        trade_type: text("trade_type"),
        bank_type: text("bank_type"),
        attach: text("attach"),
        success_time: Timestamp::parse(&text("success_time")),
        payer: openid.map(|openid| OpenId(openid).short()).unwrap_or_default(),
        total: money(amount, "total", "currency"),
        payer_total: money(amount, "payer_total", "payer_currency"),
        rate: number(rate, "rate").map(PayRate),
        promotions: lenient::list(&body, "promotion_detail")
            .iter()
            .map(promotion)
            .collect(),
    })
}

fn number(object: &Value, name: &str) -> Option<i64> {
    object.get(name).and_then(lenient::whole)
}

/// An amount without its currency is none.
fn money(object: &Value, name: &str, currency: &str) -> Option<PayAmount> {
    let minor = number(object, name)?;
    let currency = lenient::text(object, currency).to_ascii_uppercase();
    (!currency.is_empty()).then_some(PayAmount { minor, currency })
}

fn promotion(entry: &Value) -> PayPromotion {
    let text = |name| lenient::text(entry, name);
    // Two spellings of one field are in the documents (C-48).
    let wechat = number(entry, "wechatpay_contribute_amount").or(number(entry, "wxpay_contribute_amount"));
    PayPromotion {
        promotion_id: text("promotion_id"),
        name: text("name"),
        scope: text("scope"),
        kind: text("type"),
        amount: money(entry, "amount", "currency").unwrap_or_default(),
        activity_id: text("activity_id"),
        contributed: [
            wechat,
            number(entry, "merchant_contribute_amount"),
            number(entry, "other_contribute_amount"),
        ],
        goods: lenient::list(entry, "goods_detail").iter().map(goods).collect(),
    }
}

fn goods(entry: &Value) -> (String, i64, Option<i64>) {
    let id = lenient::text(entry, "goods_id");
    (
        id,
        number(entry, "quantity").unwrap_or_default(),
        number(entry, "discount_amount"),
    )
}
