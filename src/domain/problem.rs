//! Every way an input can be wrong, as data: the kind, the field, the cell. The words are in `i18n`.

use serde::{Deserialize, Serialize};

use super::ProblemKind;

/// What a value is for; a column of a file or a field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// WeChat's order number.
    TransactionId,
    /// The shop's order number.
    OutTradeNo,
    /// The merchant number.
    Mchid,
    /// Tracking number.
    TrackingNo,
    /// Courier.
    Courier,
    /// What is in the parcel.
    ItemDesc,
    /// How many pieces.
    Quantity,
    /// The receiver's phone.
    ReceiverContact,
    /// The sender's phone.
    ConsignorContact,
    /// The receiver's name.
    ReceiverName,
    /// The receiver's address.
    ReceiverAddress,
    /// When the warehouse shipped.
    ShipTime,
    /// Express, same-city, virtual or pick-up.
    LogisticsType,
    /// Unified or split.
    DeliveryMode,
    /// Whether everything is shipped now.
    AllDelivered,
    /// Whether this is a correction.
    Reship,
    /// The account's AppID.
    AppId,
    /// The time of payment.
    PayTime,
    /// The list of parcels as a whole.
    Parcels,
}

impl Field {
    /// A cell of this field takes part in what is sent, so that typing it anew can change a row's verdict.
    pub fn is_repairable(self) -> bool {
        match self {
            Self::TransactionId
            | Self::OutTradeNo
            | Self::Mchid
            | Self::TrackingNo
            | Self::Courier
            | Self::ItemDesc
            | Self::Quantity
            | Self::ReceiverContact
            | Self::LogisticsType
            | Self::DeliveryMode
            | Self::AllDelivered => true,
            Self::ConsignorContact
            | Self::ReceiverName
            | Self::ReceiverAddress
            | Self::ShipTime
            | Self::Reship
            | Self::AppId
            | Self::PayTime
            | Self::Parcels => false,
        }
    }
}

/// How much a problem weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was changed or filled in; nothing to do.
    Note,
    /// Worth a look, but it can be sent.
    Warning,
    /// Cannot be sent.
    Blocking,
}

/// Something wrong at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What is wrong.
    #[serde(flatten)]
    pub what: ProblemKind,
    /// The field it is about, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
    /// The column of the file, by its index from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// The value as it stood in the file or form; phones masked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Which parcel of a form, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parcel: Option<usize>,
}

impl From<ProblemKind> for Problem {
    fn from(what: ProblemKind) -> Self {
        Self {
            what,
            field: None,
            column: None,
            value: None,
            parcel: None,
        }
    }
}

impl Problem {
    /// A problem of one field.
    pub fn of(what: ProblemKind, field: Field) -> Self {
        Self {
            field: Some(field),
            ..what.into()
        }
    }

    /// The same problem at a cell of a file.
    #[must_use]
    pub fn at(mut self, column: usize, value: impl Into<String>) -> Self {
        self.column = Some(column);
        self.value = Some(value.into());
        self
    }

    /// The same problem at a parcel of a form, from 0.
    #[must_use]
    pub fn of_parcel(mut self, parcel: usize) -> Self {
        self.parcel = Some(parcel);
        self
    }

    /// The shipment cannot be sent because of it.
    pub fn blocks(&self) -> bool {
        self.what.severity() == Severity::Blocking
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_stable_and_survive_a_round_trip() {
        for (kind, word) in [
            (ProblemKind::MangledId, "mangled_id"),
            (ProblemKind::UnknownCourier { nearest: vec![] }, "unknown_courier"),
            (ProblemKind::MissingCourier, "missing_courier"),
            (ProblemKind::MissingTracking, "missing_tracking"),
            (ProblemKind::OrderNotFound, "order_not_found"),
            (
                ProblemKind::AlreadyShipped { corrections_left: 1 },
                "already_shipped",
            ),
            (ProblemKind::Refunded, "refunded"),
            (ProblemKind::InDispute, "in_dispute"),
            (
                ProblemKind::DuplicateConflict { rows: vec![3] },
                "duplicate_conflict",
            ),
            (
                ProblemKind::TooManyParcels { count: 11, max: 10 },
                "too_many_parcels",
            ),
            (ProblemKind::ParcelTwice { earlier: 1 }, "parcel_twice"),
            (ProblemKind::ItemDescMissing, "item_desc_missing"),
            (ProblemKind::ItemDescTooLong { chars: 121 }, "item_desc_too_long"),
            (ProblemKind::SfContactMissing, "sf_contact_missing"),
            (ProblemKind::TrackingIsOrderNumber, "tracking_is_order_number"),
            (ProblemKind::Unreadable, "unreadable"),
        ] {
            assert_eq!(kind.word(), word);
            let problem = Problem::of(kind, Field::Courier).at(2, "x");
            let text = serde_json::to_string(&problem).unwrap();
            assert_eq!(serde_json::from_str::<Problem>(&text).unwrap(), problem);
        }
    }
}
