//! The five ways to deliver, as the form offers them. Apart from the form, because WeChat has two numbers
//! where people have one choice.

use serde::{Deserialize, Serialize};

use crate::domain::{DeliveryMode, LogisticsType, Order};

/// How the order is delivered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// One parcel by courier.
    #[default]
    Unified,
    /// Several parcels by courier.
    Split,
    /// Same-city delivery.
    SameCity,
    /// Virtual goods.
    Virtual,
    /// The buyer picks it up.
    PickUp,
}

impl Way {
    /// All ways in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Unified,
        Self::Split,
        Self::SameCity,
        Self::Virtual,
        Self::PickUp,
    ];

    /// By courier, with tracking numbers.
    pub fn is_express(self) -> bool {
        matches!(self, Self::Unified | Self::Split)
    }

    /// The way that WeChat shows for an order.
    pub fn of(order: &Order) -> Self {
        match (order.shipping.logistics_type, order.shipping.delivery_mode) {
            (2, _) => Self::SameCity,
            (3, _) => Self::Virtual,
            (4, _) => Self::PickUp,
            (_, 2) => Self::Split,
            _ => Self::Unified,
        }
    }

    /// `logistics_type`.
    pub fn logistics_type(self) -> LogisticsType {
        match self {
            Self::Unified | Self::Split => LogisticsType::Express,
            Self::SameCity => LogisticsType::SameCity,
            Self::Virtual => LogisticsType::Virtual,
            Self::PickUp => LogisticsType::PickUp,
        }
    }

    /// `delivery_mode`.
    pub fn delivery_mode(self) -> DeliveryMode {
        if self == Self::Split {
            DeliveryMode::Split
        } else {
            DeliveryMode::Unified
        }
    }
}
