//! Orders as WeChat shows them, and the numbers by which they are known.

use serde::{Deserialize, Serialize};

use super::{Fen, Timestamp};

/// WeChat's own number of a payment (`transaction_id`): the identity of an order in this program.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TransactionId(String);

impl TransactionId {
    /// Accepts 1 to 64 visible ASCII characters; 28 digits is the usual shape but not a promise.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        fits.then(|| Self(text.to_owned()))
    }

    /// The number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Found in a map by its text.
impl std::borrow::Borrow<str> for TransactionId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for TransactionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for TransactionId {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a transaction_id")
    }
}

impl From<TransactionId> for String {
    fn from(id: TransactionId) -> Self {
        id.0
    }
}

/// The payer under the Mini Program's appid. Personal data: printed shortened.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OpenId(pub String);

impl OpenId {
    /// First and last four characters, for the screen and for logs.
    pub fn short(&self) -> String {
        let chars: Vec<char> = self.0.chars().collect();
        if chars.len() <= 8 {
            return "*".repeat(chars.len());
        }
        let head: String = chars.iter().take(4).collect();
        let tail: String = chars.iter().skip(chars.len().saturating_sub(4)).collect();
        format!("{head}…{tail}")
    }
}

impl OpenId {
    /// For filters: this may be the payer that somebody named whole, whatever the case of the letters. An
    /// openid from the local list was kept shortened; then the ends that are left decide.
    pub fn may_be(&self, whole: &str) -> bool {
        let same = |text: &str| self.0.eq_ignore_ascii_case(text);
        same(whole) || (self.0.contains('…') && same(&Self(whole.to_owned()).short()))
    }
}

impl std::fmt::Debug for OpenId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OpenId({})", self.short())
    }
}

/// One of the two ways to name an order in a request (contract 3.0 `order_key`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum OrderKey {
    /// By WeChat's number; preferred, because no merchant number can be wrong.
    Transaction(TransactionId),
    /// By the merchant's number together with the merchant that took the payment.
    Merchant {
        /// The merchant number; with service-provider payments the sub-merchant's.
        mchid: String,
        /// The shop's own order number.
        out_trade_no: String,
    },
}

/// `order_state` (contract 3.0). Numeric order is not progress order: 1, 2, 3, 6, 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "i64", into = "i64")]
pub enum OrderState {
    /// 1: paid, to be shipped (also while a split shipment is unfinished).
    ToShip,
    /// 2: shipped.
    Shipped,
    /// 3: the buyer confirmed the receipt.
    Received,
    /// 4: complete, money settled.
    Complete,
    /// 5: refunded.
    Refunded,
    /// 6: funds await settlement.
    AwaitingSettlement,
    /// A number that this program does not know; kept and shown, risky actions are blocked.
    Unknown(i64),
}

impl OrderState {
    /// The six known states in the order of progress.
    pub const KNOWN: [Self; 6] = [
        Self::ToShip,
        Self::Shipped,
        Self::Received,
        Self::AwaitingSettlement,
        Self::Complete,
        Self::Refunded,
    ];
}

impl From<i64> for OrderState {
    fn from(code: i64) -> Self {
        match code {
            1 => Self::ToShip,
            2 => Self::Shipped,
            3 => Self::Received,
            4 => Self::Complete,
            5 => Self::Refunded,
            6 => Self::AwaitingSettlement,
            other => Self::Unknown(other),
        }
    }
}

impl From<OrderState> for i64 {
    fn from(state: OrderState) -> Self {
        match state {
            OrderState::ToShip => 1,
            OrderState::Shipped => 2,
            OrderState::Received => 3,
            OrderState::Complete => 4,
            OrderState::Refunded => 5,
            OrderState::AwaitingSettlement => 6,
            OrderState::Unknown(code) => code,
        }
    }
}

/// One parcel as WeChat reports it back.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ShippedParcel {
    /// Tracking number; empty for deliveries without a courier.
    pub tracking_no: String,
    /// Courier id, or free text for same-city deliveries.
    pub express_company: String,
    /// The uploaded `item_desc` (called `goods_desc` in replies, ruling C-28).
    pub goods_desc: String,
    /// When it was uploaded; whole seconds.
    pub upload_time: Option<Timestamp>,
    /// The masked contacts as WeChat returns them; either may be empty.
    pub consignor_contact: String,
    /// See `consignor_contact`.
    pub receiver_contact: String,
}

/// The shipping part of an order; empty before the first upload.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Shipping {
    /// `delivery_mode`: 1 unified, 2 split; 0 when absent.
    pub delivery_mode: i64,
    /// `logistics_type`: 1..4; 0 when absent.
    pub logistics_type: i64,
    /// All parcels are reported.
    pub finish_shipping: bool,
    /// 0 not finished, 1 finished, 2 re-shipped and finished.
    pub finish_shipping_count: i64,
    /// Text typed in WeChat's web console.
    pub goods_desc: String,
    /// What has been reported.
    pub parcels: Vec<ShippedParcel>,
}

/// One payment order as WeChat shows it (contract 3.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// WeChat's number.
    pub transaction_id: TransactionId,
    /// `merchant_id`: the merchant that took the payment.
    pub mchid: String,
    /// `merchant_trade_no`: the shop's number.
    pub out_trade_no: String,
    /// `sub_merchant_id`; empty when there is none.
    pub sub_mchid: String,
    /// All goods in one text, cut at 120 characters by WeChat; may be empty.
    pub description: String,
    /// What was paid.
    pub paid_amount: Fen,
    /// Who paid.
    pub openid: OpenId,
    /// When it was paid.
    pub pay_time: Timestamp,
    /// Where it stands.
    pub state: OrderState,
    /// A dispute is open.
    pub in_complaint: bool,
    /// What has been shipped.
    pub shipping: Shipping,
}

impl Order {
    /// Parcels were reported but not all of them: decided by `finish_shipping`, never by the state (U-2).
    pub fn partly_shipped(&self) -> bool {
        !self.shipping.finish_shipping
            && self.shipping.finish_shipping_count == 0
            && !self.shipping.parcels.is_empty()
            && matches!(self.state, OrderState::ToShip | OrderState::Shipped)
    }

    /// Shipping can be reported for the first time or continued.
    pub fn can_ship(&self) -> bool {
        !self.shipping.finish_shipping
            && self.shipping.finish_shipping_count == 0
            && (self.state == OrderState::ToShip || self.partly_shipped())
    }

    /// How many corrections WeChat still accepts: 1 before the single re-shipment, 0 after it or once the
    /// receipt is confirmed (contract 3.1).
    pub fn corrections_left(&self) -> u8 {
        let open = matches!(self.state, OrderState::ToShip | OrderState::Shipped);
        u8::from(open && self.shipping.finish_shipping_count < 2)
    }

    /// When the newest parcel was reported, in whole seconds; `None` before the first.
    pub fn shipped_at(&self) -> Option<Timestamp> {
        let parcels = self.shipping.parcels.iter();
        parcels.filter_map(|parcel| parcel.upload_time).max()
    }

    /// The money is neither the merchant's yet nor back with the buyer. A state that is not known counts as
    /// settled, because nothing can be promised about it.
    pub fn unsettled(&self) -> bool {
        match self.state {
            OrderState::ToShip
            | OrderState::Shipped
            | OrderState::Received
            | OrderState::AwaitingSettlement => true,
            OrderState::Complete | OrderState::Refunded | OrderState::Unknown(_) => false,
        }
    }

    /// It is still to be shipped, so many hours after its payment.
    pub fn late_by(&self, hours: u64, now: Timestamp) -> bool {
        self.can_ship() && self.pay_time.plus(std::time::Duration::from_hours(hours)) <= now
    }

    /// The moment 48 hours after the payment, when WeChat starts to count the order as late.
    pub fn deadline(&self) -> Timestamp {
        self.pay_time.plus(std::time::Duration::from_hours(48))
    }
}

/// What a list of orders is asked for (contract 3.4). `None` means no filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderQuery {
    /// Only this state.
    pub state: Option<OrderState>,
    /// Only this payer.
    pub openid: Option<OpenId>,
    /// Paid at or after.
    pub paid_from: Option<Timestamp>,
    /// Paid at or before.
    pub paid_to: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_keep_their_numbers_even_unknown_ones() {
        for code in [1, 2, 3, 4, 5, 6, 7, 99, -1] {
            assert_eq!(i64::from(OrderState::from(code)), code);
        }
    }

    #[test]
    fn a_payer_is_never_printed_whole() {
        let payer = OpenId("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o".into());
        assert_eq!(payer.short(), "oUpF…eS6o");
        assert!(!format!("{payer:?}").contains("uMuAJO"));
        assert_eq!(OpenId("abc".into()).short(), "***");
        let kept = OpenId(payer.short());
        assert_eq!(kept.short(), kept.0, "shortened once");
        assert!(payer.may_be(&payer.0) && kept.may_be(&payer.0.to_lowercase()));
        assert!(!payer.may_be("oUpF") && !kept.may_be("oUpF8uMuAJO_M2pxb1Q9zNjWeS6x"));
    }

    #[test]
    fn a_transaction_id_is_visible_ascii_of_bounded_length() {
        for (text, fits) in [
            ("4200000925202101284997714292", true),
            ("", false),
            ("42 00", false),
            ("单号", false),
        ] {
            assert_eq!(TransactionId::parse(text).is_some(), fits, "{text}");
        }
        assert!(TransactionId::parse(&"4".repeat(65)).is_none());
    }
}
