//! What can be wrong with a shopping order, and where, as data. Apart from the problems of shipments because places here
//! are deeper: sub-order, item, image.

use serde::{Deserialize, Serialize};

/// Where something is wrong, from 0; what is absent says "the level above".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShoppingPlace {
    /// The sub-order.
    pub sub: Option<usize>,
    /// Its item, or its parcel.
    pub part: Option<usize>,
    /// The image of the item, or the item of the parcel.
    pub nth: Option<usize>,
}

impl ShoppingPlace {
    /// A sub-order.
    pub fn sub(sub: usize) -> Self {
        Self {
            sub: Some(sub),
            ..Self::default()
        }
    }

    /// A part of it.
    #[must_use]
    pub fn part(self, part: usize) -> Self {
        Self {
            part: Some(part),
            ..self
        }
    }

    /// Something of that part.
    #[must_use]
    pub fn nth(self, nth: usize) -> Self {
        Self {
            nth: Some(nth),
            ..self
        }
    }
}

/// Which field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShoppingField {
    /// WeChat's number of an order.
    TransactionId,
    /// The merchant number.
    Mchid,
    /// The shop's number of an order.
    OutTradeNo,
    /// The payer.
    Openid,
    /// The sub-orders as a whole.
    SubOrders,
    /// The number under which the shop shows the order.
    MerchantOrderNo,
    /// AppID of the order's page.
    OrderLinkAppid,
    /// Path of the order's page.
    OrderLinkPath,
    /// Address of the order's page.
    OrderLinkUrl,
    /// `logistics_type`.
    LogisticsType,
    /// The items as a whole.
    Items,
    /// The shop's number of an item.
    ItemId,
    /// Name of an item.
    Name,
    /// Description of an item.
    Description,
    /// Price of an item.
    UnitPrice,
    /// How many of an item.
    Quantity,
    /// An image of an item.
    Image,
    /// AppID of the item's page.
    ItemLinkAppid,
    /// Path of the item's page.
    ItemLinkPath,
    /// Address of the item's page.
    ItemLinkUrl,
    /// Unified or split.
    DeliveryMode,
    /// The parcels as a whole.
    Parcels,
    /// Courier of a parcel.
    Courier,
    /// Tracking number of a parcel.
    TrackingNo,
    /// The sender's phone.
    ConsignorContact,
    /// The receiver's phone.
    ReceiverContact,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShoppingFault {
    /// Nothing is there.
    Missing,
    /// More bytes than WeChat takes.
    TooLong {
        /// The most bytes.
        most: usize,
    },
    /// More characters than WeChat takes.
    TooManyChars {
        /// The most characters.
        most: usize,
    },
    /// More of them than WeChat takes.
    TooMany {
        /// The most.
        most: usize,
    },
    /// No number of this kind.
    NotANumber,
    /// Signs that do not belong there.
    BadSigns,
    /// Not an address of the web.
    NotAnAddress,
    /// A spreadsheet has damaged it.
    Mangled,
    /// A word that is not known there.
    UnknownWord,
    /// Some items have a number and this one has none.
    SomeIdsMissing,
    /// A sub-order is named by another kind of number than the combined order.
    KindsDiffer,
    /// The same sub-order twice.
    Repeated,
    /// Two rows of one order say different things.
    RowsDiffer,
    /// Another Mini Program than the account's.
    OtherAppid,
    /// Not on WeChat's list of couriers.
    UnknownCourier,
    /// 顺丰 needs a phone.
    ContactNeeded,
    /// Not a phone of which the last four digits can be read.
    ContactUnusable,
    /// Unified is one parcel.
    UnifiedIsOne,
    /// Unified names no items.
    UnifiedWithoutItems,
    /// Split names the items of each parcel.
    SplitNeedsItems,
}

impl ShoppingFault {
    /// The stable word for scripts.
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::TooLong { .. } => "too_long",
            Self::TooManyChars { .. } => "too_many_chars",
            Self::TooMany { .. } => "too_many",
            Self::NotANumber => "not_a_number",
            Self::BadSigns => "bad_signs",
            Self::NotAnAddress => "not_an_address",
            Self::Mangled => "mangled_id",
            Self::UnknownWord => "unknown_word",
            Self::SomeIdsMissing => "some_ids_missing",
            Self::KindsDiffer => "kinds_differ",
            Self::Repeated => "repeated",
            Self::RowsDiffer => "rows_differ",
            Self::OtherAppid => "other_appid",
            Self::UnknownCourier => "unknown_courier",
            Self::ContactNeeded => "contact_needed",
            Self::ContactUnusable => "contact_unusable",
            Self::UnifiedIsOne => "unified_is_one",
            Self::UnifiedWithoutItems => "unified_without_items",
            Self::SplitNeedsItems => "split_needs_items",
        }
    }
}

/// Something wrong at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShoppingProblem {
    /// Where.
    pub place: ShoppingPlace,
    /// With what.
    pub field: ShoppingField,
    /// What.
    pub fault: ShoppingFault,
}
