//! What WeChat pushes about orders (contract 6.2). A push is a hint and never a fact: it says that an order is worth
//! a look, and nothing of it is shown as the state of the order.

use serde::{Deserialize, Serialize};

use super::{OrderKey, Timestamp, TransactionId};

/// Which message it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EventKind {
    /// The service is opened and nothing was ever shipped.
    #[serde(rename = "trade_manage_remind_access_api")]
    RemindAccess,
    /// An order is unshipped for more than 48 hours.
    #[serde(rename = "trade_manage_remind_shipping")]
    RemindShipping,
    /// Shipping of an order is complete, or its money was settled.
    #[serde(rename = "trade_manage_order_settlement")]
    Settlement,
}

impl EventKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::RemindAccess, Self::RemindShipping, Self::Settlement];

    /// Its name in WeChat's documents.
    pub fn word(self) -> &'static str {
        match self {
            Self::RemindAccess => "trade_manage_remind_access_api",
            Self::RemindShipping => "trade_manage_remind_shipping",
            Self::Settlement => "trade_manage_order_settlement",
        }
    }

    /// The message of this name; case counts, as WeChat writes them in small letters.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// How far the order of a settlement message is. Which one it is only the times tell, and a time that is absent, empty
/// or 0 belongs to another phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PushPhase {
    /// Shipping is complete; the money follows.
    Shipped,
    /// Receipt was confirmed.
    Received,
    /// The money was settled.
    Settled,
}

/// One message, without its text and without the names of sender and receiver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushEvent {
    /// Which message it is.
    pub event: EventKind,
    /// When WeChat made it (`CreateTime`).
    pub create_time: Timestamp,
    /// WeChat's number of the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transaction_id: Option<TransactionId>,
    /// The merchant number; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub merchant_id: String,
    /// The sub-merchant number; empty when there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sub_merchant_id: String,
    /// The shop's number; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub merchant_trade_no: String,
    /// When it was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_time: Option<Timestamp>,
    /// When it was shipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipped_time: Option<Timestamp>,
    /// When the money is expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimated_settlement_time: Option<Timestamp>,
    /// 1: confirmed by the buyer; 2: confirmed automatically (contract C-24).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirm_receive_method: Option<i64>,
    /// When receipt was confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirm_receive_time: Option<Timestamp>,
    /// When the money was settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement_time: Option<Timestamp>,
}

/// What two deliveries of one message share: WeChat repeats a message that was not answered in five seconds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventKey {
    event: EventKind,
    order: String,
    create_time: Timestamp,
}

impl PushEvent {
    /// What its repetitions share: name, order and time.
    pub fn key(&self) -> EventKey {
        let order = match &self.transaction_id {
            Some(id) => id.as_str().to_owned(),
            None => [self.merchant_id.as_str(), &self.merchant_trade_no].join("/"),
        };
        EventKey {
            event: self.event,
            order,
            create_time: self.create_time,
        }
    }

    /// The phase of a settlement message; `None` for the others.
    pub fn phase(&self) -> Option<PushPhase> {
        if self.event != EventKind::Settlement {
            return None;
        }
        Some(if self.settlement_time.is_some() {
            PushPhase::Settled
        } else if self.confirm_receive_time.is_some() || self.confirm_receive_method.is_some() {
            PushPhase::Received
        } else {
            PushPhase::Shipped
        })
    }

    /// By which number the order can be looked at; `None` when the message is about no order.
    pub fn order_key(&self) -> Option<OrderKey> {
        if let Some(id) = &self.transaction_id {
            return Some(OrderKey::Transaction(id.clone()));
        }
        let mchid = if self.sub_merchant_id.is_empty() {
            &self.merchant_id
        } else {
            &self.sub_merchant_id
        };
        let is_whole = !mchid.is_empty() && !self.merchant_trade_no.is_empty();
        is_whole.then(|| OrderKey::Merchant {
            mchid: mchid.clone(),
            out_trade_no: self.merchant_trade_no.clone(),
        })
    }

    /// The order's number for the screen, WeChat's before the shop's; empty when the message is about no order.
    pub fn number(&self) -> &str {
        self.transaction_id
            .as_ref()
            .map_or(self.merchant_trade_no.as_str(), TransactionId::as_str)
    }
}

/// Why a delivery was not taken. Never anything of what was delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PushRefusal {
    /// The signature is missing or was not made with the Token.
    Signature,
    /// It is encrypted, and the EncodingAESKey is not at hand.
    NoKey,
    /// It is in clear text although an EncodingAESKey is set.
    NotEncrypted,
    /// The EncodingAESKey does not open it.
    Undecryptable,
    /// It is for another AppID.
    OtherAppId,
    /// It is larger than any message of WeChat.
    TooLarge,
    /// It is neither XML nor JSON, or lacks what every message has.
    Malformed,
    /// It declares a DOCTYPE or an entity: no message of WeChat does.
    Doctype,
}

impl PushRefusal {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Signature,
        Self::NoKey,
        Self::NotEncrypted,
        Self::Undecryptable,
        Self::OtherAppId,
        Self::TooLarge,
        Self::Malformed,
        Self::Doctype,
    ];

    /// A stable word, for records and scripts.
    pub fn word(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::NoKey => "no_key",
            Self::NotEncrypted => "not_encrypted",
            Self::Undecryptable => "undecryptable",
            Self::OtherAppId => "other_appid",
            Self::TooLarge => "too_large",
            Self::Malformed => "malformed",
            Self::Doctype => "doctype",
        }
    }
}

#[cfg(test)]
#[path = "push_tests.rs"]
mod tests;
