//! What the payment lookup knows: which number is meant, and a payment as names and values. Apart from the painting, so
//! that it is tested without a window.

use crate::domain::{PayAmount, PayNumber, PayPromotion, PayState, Payment, Timestamp};
use crate::i18n::format;
use crate::ui::orders::model::Tone;

/// By which number is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// WeChat's.
    #[default]
    Id,
    /// The shop's.
    OutTradeNo,
}

impl By {
    /// A stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::OutTradeNo => "out-trade-no",
        }
    }

    /// The one of this word.
    pub fn of_word(word: &str) -> Self {
        if word == Self::OutTradeNo.word() {
            Self::OutTradeNo
        } else {
            Self::Id
        }
    }
}

/// What was typed as a number; `None` when it is none.
pub fn number(by: By, typed: &str) -> Option<PayNumber> {
    match by {
        By::Id => PayNumber::id(typed),
        By::OutTradeNo => PayNumber::out_trade_no(typed),
    }
}

/// The tone of a state.
pub fn tone(state: &PayState) -> Tone {
    match state {
        PayState::Success => Tone::Good,
        PayState::NotPay | PayState::UserPaying => Tone::Busy,
        PayState::Refund | PayState::Closed | PayState::Revoked => Tone::Quiet,
        PayState::PayError => Tone::Bad,
        PayState::Unknown(_) => Tone::Unclear,
    }
}

/// A payment as ids of names and values, without what is empty.
pub fn facts(payment: &Payment, at: Timestamp) -> Vec<(&'static str, String)> {
    let amount = |amount: &Option<PayAmount>| amount.as_ref().map(ToString::to_string).unwrap_or_default();
    let all = [
        ("pay-desc", payment.state_desc.clone()),
        ("pay-total", amount(&payment.total)),
        ("pay-payer-total", amount(&payment.payer_total)),
        (
            "pay-rate",
            payment.rate.map(|rate| rate.to_string()).unwrap_or_default(),
        ),
        (
            "pay-paid-at",
            payment.success_time.map(format::moment_exact).unwrap_or_default(),
        ),
        ("pay-type", payment.trade_type.clone()),
        ("pay-bank", payment.bank_type.clone()),
        ("pay-payer", payment.payer.clone()),
        ("pay-attach", payment.attach.clone()),
        ("pay-mchid", payment.mchid.clone()),
        ("pay-sp-mchid", payment.sp_mchid.clone()),
        ("field-appid", payment.appid.clone()),
        ("pay-asked-at", format::moment_exact(at)),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// A discount in one line.
pub fn discount(promotion: &PayPromotion) -> String {
    let parts = [
        promotion.name.clone(),
        promotion.amount.to_string(),
        promotion.kind.clone(),
        promotion.scope.clone(),
        promotion.promotion_id.clone(),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
    parts.join(" · ")
}

/// Who gave how much of it.
pub fn contributed(promotion: &PayPromotion) -> [String; 3] {
    promotion.contributed.map(|minor| {
        let currency = promotion.amount.currency.clone();
        minor.map_or_else(
            || String::from("—"),
            |minor| PayAmount { minor, currency }.to_string(),
        )
    })
}
