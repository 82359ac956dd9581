//! The kinds of problem and how much each weighs; apart from the places where they occur.

use serde::{Deserialize, Serialize};

use super::problem::{Field, Severity};
use super::{AccessProblem, CallFailure, Timestamp};

/// What is wrong. The serialised tag is the stable word of the command line's JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ProblemKind {
    /// A long number that a spreadsheet has damaged: `4.2E+27`, zeros after 15 digits, a float.
    MangledId,
    /// The order's number is missing.
    OrderMissing,
    /// WeChat does not know this number.
    OrderNotFound,
    /// Several orders carry this shop number.
    OrderAmbiguous {
        /// How many.
        count: usize,
    },
    /// The order could not be looked up.
    OrderUnchecked {
        /// Why.
        failure: CallFailure,
    },
    /// The order was not looked up: the file has more unknown orders than one check asks for.
    OrderNotAsked,
    /// The order was shipped with other parcels.
    AlreadyShipped {
        /// Corrections that WeChat still accepts, 0 or 1.
        corrections_left: u8,
    },
    /// Some parcels of the order were reported elsewhere, and they are not in this file.
    PartlyShipped,
    /// The order is refunded.
    Refunded,
    /// The receipt is confirmed or the order complete: shipping can no longer be changed.
    OrderClosed,
    /// A state number that this program does not know.
    StateUnknown {
        /// The number.
        code: i64,
    },
    /// A dispute is open on this order.
    InDispute,
    /// A combined order without a number, or with that of one of its sub-orders.
    CombinedParent,
    /// A combined order with one sub-order twice, or with fewer than two.
    CombinedOrders,
    /// The sub-orders of a combined order were paid by different buyers.
    CombinedBuyers {
        /// Those that another buyer paid than the first one.
        orders: Vec<String>,
    },
    /// Another shipment of this order waits here or is not decided yet.
    ShipmentOpen,
    /// Rows of the file contradict each other for this order.
    DuplicateConflict {
        /// The other rows, as the spreadsheet numbers them.
        rows: Vec<u32>,
    },
    /// Another row of the same order is blocked, so this one waits for its repair.
    SiblingBlocked {
        /// That row, as the spreadsheet numbers it.
        row: u32,
    },
    /// The same order with the same parcel stands in another row; counted once.
    DuplicateRow {
        /// The row that counts.
        row: u32,
    },
    /// The courier is not on WeChat's list.
    UnknownCourier {
        /// The nearest couriers of the list, by id, best first.
        nearest: Vec<String>,
    },
    /// No courier is given.
    MissingCourier,
    /// The courier was translated from another system's code.
    CourierTranslated {
        /// The id that will be sent.
        id: String,
    },
    /// The spelling was read as staff have taught it, or as a person said for this file.
    CourierTaught {
        /// The id that will be sent.
        id: String,
    },
    /// The row names no courier: the one that is set for such rows was taken.
    CourierFilled {
        /// The id that will be sent.
        id: String,
    },
    /// The shape of the number belongs to another courier.
    TrackingShape {
        /// The courier whose numbers look so, by id.
        looks_like: String,
    },
    /// No tracking number is given.
    MissingTracking,
    /// Longer than 128 bytes.
    TrackingTooLong {
        /// Its length in bytes.
        bytes: usize,
    },
    /// Characters that no tracking number has.
    TrackingCharacters,
    /// The tracking number is an order number.
    TrackingIsOrderNumber,
    /// The same tracking number stands on other orders too; legal.
    TrackingShared {
        /// One other row.
        row: u32,
    },
    /// The same tracking number with two couriers.
    TrackingTwoCouriers {
        /// The other row.
        row: u32,
    },
    /// More parcels than WeChat takes for one order.
    TooManyParcels {
        /// How many there are.
        count: usize,
        /// How many are allowed.
        max: usize,
    },
    /// An earlier parcel of the same order has the same courier and tracking number.
    ParcelTwice {
        /// The number of that parcel, from 1.
        earlier: usize,
    },
    /// No parcel at all.
    NoParcel,
    /// Nothing says what is in the parcel.
    ItemDescMissing,
    /// Longer than 120 characters.
    ItemDescTooLong {
        /// Its length in characters.
        chars: usize,
    },
    /// Near the limit of 120 characters.
    ItemDescNearLimit {
        /// Its length in characters.
        chars: usize,
    },
    /// The text was taken from the order.
    ItemDescFilled,
    /// The text was cut to 120 characters.
    ItemDescShortened,
    /// 顺丰 without a contact.
    SfContactMissing,
    /// The contact is no phone number of which the last four digits can be read.
    ContactUnusable,
    /// A cell was cleaned (wrappers, blanks, full-width characters); the original is kept.
    Cleaned {
        /// What the cell counts as now.
        now: String,
    },
    /// Bytes that are no text in the file's encoding.
    Unreadable,
    /// A formula instead of a value.
    FormulaCell,
    /// The row has more or fewer cells than the header.
    CellCount {
        /// Cells in this row.
        found: usize,
        /// Cells in the header.
        expected: usize,
    },
    /// Only express parcels can be split.
    SplitNeedsExpress,
    /// A word that is none of the known ways to deliver.
    LogisticsTypeUnknown,
    /// The correction must be confirmed by a person for this order.
    ReshipNeedsPerson,
    /// No row of the file looks like a header.
    NoHeader,
    /// No column could be found for a field that is needed.
    ColumnMissing {
        /// The field.
        field: Field,
    },
    /// Several columns could be meant.
    ColumnAmbiguous {
        /// Their headings.
        headings: Vec<String>,
    },
    /// The file has no rows.
    FileEmpty,
    /// The file cannot be opened.
    FileUnreadable {
        /// It is locked by another program.
        locked: bool,
    },
    /// Not a kind of file that is read here.
    FileUnsupported,
    /// It opens with a password only.
    FileProtected,
    /// A limit of size was met.
    FileTooLarge {
        /// The row at which reading stopped; 0 when it is the whole file.
        row: u32,
    },
    /// An AppID is letters and digits.
    AppIdInvalid,
    /// Another account of this folder has this AppID.
    AppIdTaken,
    /// The way to an access token cannot be gone.
    AccessUnusable {
        /// What is wrong with it.
        problem: AccessProblem,
    },
    /// The paid time or date cannot be read.
    BadTime,
    /// A date range that ends before it begins.
    RangeReversed,
    /// Nothing was sent: the same rows were imported at this time and are done.
    SeenBefore {
        /// When.
        at: Timestamp,
    },
}

impl ProblemKind {
    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            Self::DuplicateRow { .. }
            | Self::CourierTranslated { .. }
            | Self::CourierTaught { .. }
            | Self::CourierFilled { .. }
            | Self::TrackingShared { .. }
            | Self::ItemDescFilled
            | Self::ItemDescShortened
            | Self::Cleaned { .. }
            | Self::SeenBefore { .. } => Severity::Note,
            Self::InDispute
            | Self::TrackingShape { .. }
            | Self::TrackingTwoCouriers { .. }
            | Self::ItemDescNearLimit { .. }
            | Self::CellCount { .. } => Severity::Warning,
            Self::MangledId
            | Self::OrderMissing
            | Self::OrderNotFound
            | Self::OrderAmbiguous { .. }
            | Self::OrderUnchecked { .. }
            | Self::OrderNotAsked
            | Self::AlreadyShipped { .. }
            | Self::PartlyShipped
            | Self::Refunded
            | Self::OrderClosed
            | Self::StateUnknown { .. }
            | Self::ShipmentOpen
            | Self::CombinedParent
            | Self::CombinedOrders
            | Self::CombinedBuyers { .. }
            | Self::DuplicateConflict { .. }
            | Self::SiblingBlocked { .. }
            | Self::UnknownCourier { .. }
            | Self::MissingCourier
            | Self::MissingTracking
            | Self::TrackingTooLong { .. }
            | Self::TrackingCharacters
            | Self::TrackingIsOrderNumber
            | Self::TooManyParcels { .. }
            | Self::ParcelTwice { .. }
            | Self::NoParcel
            | Self::ItemDescMissing
            | Self::ItemDescTooLong { .. }
            | Self::SfContactMissing
            | Self::ContactUnusable
            | Self::Unreadable
            | Self::FormulaCell
            | Self::SplitNeedsExpress
            | Self::LogisticsTypeUnknown
            | Self::ReshipNeedsPerson
            | Self::NoHeader
            | Self::ColumnMissing { .. }
            | Self::ColumnAmbiguous { .. }
            | Self::FileEmpty
            | Self::FileUnreadable { .. }
            | Self::FileUnsupported
            | Self::FileProtected
            | Self::FileTooLarge { .. }
            | Self::AppIdInvalid
            | Self::AppIdTaken
            | Self::AccessUnusable { .. }
            | Self::BadTime
            | Self::RangeReversed => Severity::Blocking,
        }
    }

    /// The stable word of this kind, as scripts see it: the serialised tag.
    pub fn word(&self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|value| {
                value
                    .get("kind")
                    .and_then(|kind| kind.as_str().map(str::to_owned))
            })
            .unwrap_or_default()
    }
}
