//! A payment as WeChat Pay Global shows it (contract 7). A family of its own: its amounts are in the smallest unit of their
//! currency and not in fen, its states are words, and nothing of it can stand where an [`Order`](super::Order) does.

use serde::{Deserialize, Serialize};

use super::Timestamp;

/// By which number a payment is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PayNumber {
    /// WeChat's number.
    Id(String),
    /// The shop's number.
    OutTradeNo(String),
}

impl PayNumber {
    /// Accepts 1 to 32 visible ASCII characters without those that mean something in an address.
    pub fn id(text: &str) -> Option<Self> {
        fits(text).then(|| Self::Id(text.trim().to_owned()))
    }

    /// The same for the shop's number.
    pub fn out_trade_no(text: &str) -> Option<Self> {
        fits(text).then(|| Self::OutTradeNo(text.trim().to_owned()))
    }

    /// The number as text.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Id(text) | Self::OutTradeNo(text) => text,
        }
    }
}

fn fits(text: &str) -> bool {
    let text = text.trim();
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'*' | b'|' | b'@');
    (1..=32).contains(&text.len()) && text.bytes().all(plain)
}

/// Where a payment stands. A word that is not known is kept as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayState {
    /// Paid.
    Success,
    /// Refunded, wholly or in part.
    Refund,
    /// Not paid.
    NotPay,
    /// Closed.
    Closed,
    /// Revoked (Quick Pay).
    Revoked,
    /// Being paid.
    UserPaying,
    /// The payment failed.
    PayError,
    /// Another word.
    Unknown(String),
}

impl PayState {
    /// The seven words of the documents.
    pub const KNOWN: [Self; 7] = [
        Self::Success,
        Self::Refund,
        Self::NotPay,
        Self::Closed,
        Self::Revoked,
        Self::UserPaying,
        Self::PayError,
    ];

    /// The word of the documents.
    pub fn word(&self) -> &str {
        match self {
            Self::Success => "SUCCESS",
            Self::Refund => "REFUND",
            Self::NotPay => "NOTPAY",
            Self::Closed => "CLOSED",
            Self::Revoked => "REVOKED",
            Self::UserPaying => "USERPAYING",
            Self::PayError => "PAYERROR",
            Self::Unknown(word) => word,
        }
    }

    /// The state of this word.
    pub fn of_word(word: &str) -> Self {
        let known = Self::KNOWN.into_iter().find(|state| state.word() == word);
        known.unwrap_or_else(|| Self::Unknown(word.to_owned()))
    }
}

/// An amount in the smallest unit of its currency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PayAmount {
    /// How many of the smallest unit.
    pub minor: i64,
    /// ISO 4217.
    pub currency: String,
}

impl std::fmt::Display for PayAmount {
    /// `JPY 1,280`, `HKD 5,288.00`; for a currency that is not known the number of smallest units, which is said.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = self.minor.unsigned_abs().to_string();
        let Some(exponent) = super::currency::exponent(&self.currency) else {
            return write!(f, "{} {sign}{digits} (minor units)", self.currency);
        };
        let width = exponent.saturating_add(1);
        let padded = format!("{digits:0>width$}");
        let (whole, part) = padded
            .split_at_checked(padded.len().saturating_sub(exponent))
            .unwrap_or((&padded, ""));
        let mut grouped = String::new();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && whole.len().abs_diff(index) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let point = if part.is_empty() { "" } else { "." };
        write!(f, "{} {sign}{grouped}{point}{part}", self.currency)
    }
}

/// A rate between two currencies, multiplied by 10^8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PayRate(pub i64);

impl std::fmt::Display for PayRate {
    /// `6.5`, `0.8`; the zeros at the end are left out.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const UNIT: u64 = 100_000_000;
        let rate = self.0.unsigned_abs();
        let part = format!("{:08}", rate % UNIT);
        let part = part.trim_end_matches('0');
        let point = if part.is_empty() { "" } else { "." };
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}{point}{part}", rate / UNIT)
    }
}

/// One discount of a payment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PayPromotion {
    /// Its number.
    pub promotion_id: String,
    /// Its name; may be empty.
    pub name: String,
    /// `GLOBAL` or `SINGLE`; may be empty.
    pub scope: String,
    /// `COUPON` or `DISCOUNT`; may be empty.
    pub kind: String,
    /// How much.
    pub amount: PayAmount,
    /// Its campaign; may be empty.
    pub activity_id: String,
    /// What WeChat gave, the merchant gave, and others gave, in the smallest unit.
    pub contributed: [Option<i64>; 3],
    /// To which goods it belongs: number, quantity, and what was taken off in the smallest unit.
    pub goods: Vec<(String, i64, Option<i64>)>,
}

/// One payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// WeChat's number (`id`; some answers call it `transaction_id`).
    pub id: String,
    /// The shop's number.
    pub out_trade_no: String,
    /// The merchant, or in institution mode the sub-merchant.
    pub mchid: String,
    /// The institution; empty in common mode.
    pub sp_mchid: String,
    /// The app for which it was paid; may be empty.
    pub appid: String,
    /// Where it stands.
    pub state: PayState,
    /// WeChat's words for that.
    pub state_desc: String,
    /// `JSAPI`, `APP`, `NATIVE`, `MICROPAY` …; may be empty.
    pub trade_type: String,
    /// The bank; may be empty.
    pub bank_type: String,
    /// The merchant's own note; may be empty.
    pub attach: String,
    /// When it was paid.
    pub success_time: Option<Timestamp>,
    /// The payer, shortened; may be empty.
    pub payer: String,
    /// What the goods cost.
    pub total: Option<PayAmount>,
    /// What the payer paid.
    pub payer_total: Option<PayAmount>,
    /// From the currency of the price to the one of the settlement.
    pub rate: Option<PayRate>,
    /// Discounts.
    pub promotions: Vec<PayPromotion>,
}

/// Why a payment could not be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayFailureKind {
    /// Merchant number, certificate number, key or APIv3 key is missing.
    NoCredentials,
    /// The merchant's private key cannot be used.
    BadKey,
    /// No connection could be made.
    Offline,
    /// No complete answer came.
    NoAnswer,
    /// The server's certificate was not accepted.
    Tls,
    /// Somebody else answered.
    NotWeChat,
    /// The answer cannot be read.
    Garbled,
    /// The answer is not signed by WeChat Pay, or with a key that is not known.
    NotSigned,
    /// The answer was signed five minutes or more away from this computer's time.
    Stale,
    /// WeChat Pay refused, with its word (`ORDER_NOT_EXIST` …).
    Refused(String),
}

/// A failed query, with what support needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayFailure {
    /// What it means.
    pub kind: PayFailureKind,
    /// WeChat Pay's own words; may be empty.
    pub message: String,
    /// Which field, and what is wrong with it; may be empty.
    pub detail: String,
    /// HTTP status, when there was an answer.
    pub http_status: Option<u16>,
    /// `Request-Id`, for support.
    pub request_id: Option<String>,
}

impl PayFailure {
    /// A failure without an answer.
    pub fn of(kind: PayFailureKind) -> Self {
        Self {
            kind,
            message: String::new(),
            detail: String::new(),
            http_status: None,
            request_id: None,
        }
    }

    /// The same query may work in a moment.
    pub fn may_work_later(&self) -> bool {
        match &self.kind {
            PayFailureKind::Offline | PayFailureKind::NoAnswer | PayFailureKind::Garbled => true,
            PayFailureKind::Refused(code) => {
                matches!(
                    code.as_str(),
                    "SYSTEM_ERROR" | "FREQUENCY_LIMIT" | "RATELIMIT_EXCEEDED"
                )
            }
            PayFailureKind::NoCredentials
            | PayFailureKind::BadKey
            | PayFailureKind::Tls
            | PayFailureKind::NotWeChat
            | PayFailureKind::NotSigned
            | PayFailureKind::Stale => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_the_places_of_their_currency() {
        for (minor, currency, text) in [
            (528_800, "HKD", "HKD 5,288.00"),
            (518_799, "CNY", "CNY 5,187.99"),
            (1_280, "JPY", "JPY 1,280"),
            (50_000, "KRW", "KRW 50,000"),
            (1_234_567, "KWD", "KWD 1,234.567"),
            (5, "USD", "USD 0.05"),
            (0, "JPY", "JPY 0"),
            (-99, "CNY", "CNY -0.99"),
            (i64::MIN, "CNY", "CNY -92,233,720,368,547,758.08"),
            (888, "ZZZ", "ZZZ 888 (minor units)"),
        ] {
            let currency = currency.to_owned();
            assert_eq!(PayAmount { minor, currency }.to_string(), text);
        }
    }

    #[test]
    fn rates_are_written_as_people_read_them() {
        for (rate, text) in [
            (100_000_000, "1"),
            (650_000_000, "6.5"),
            (80_000_000, "0.8"),
            (8_000_000, "0.08"),
            (1, "0.00000001"),
            (0, "0"),
        ] {
            assert_eq!(PayRate(rate).to_string(), text);
        }
    }

    #[test]
    fn words_of_states_are_kept_also_when_they_are_new() {
        for state in PayState::KNOWN {
            assert_eq!(PayState::of_word(state.word()), state);
        }
        assert_eq!(PayState::of_word("ACCEPT").word(), "ACCEPT");
    }

    #[test]
    fn a_number_cannot_change_the_address_that_is_asked() {
        for (text, fits) in [
            ("4200000000002106108200370006", true),
            (" 20150806125346 ", true),
            ("a-b_c*|@", true),
            ("", false),
            ("a/../b", false),
            ("a?mchid=1", false),
            ("a%2f", false),
            ("a b", false),
            ("订单", false),
            ("123456789012345678901234567890123", false),
        ] {
            assert_eq!(PayNumber::id(text).is_some(), fits, "{text}");
            assert_eq!(PayNumber::out_trade_no(text).is_some(), fits, "{text}");
        }
    }
}
