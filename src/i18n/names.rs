//! Short names of states, fields and kinds, one word or two each, as they stand in tables and filters.

use super::{Lang, text, text_with};
use crate::domain::{DeliveryMode, Field, Ignored, LogisticsType, OrderState, RowStatus, State};

/// The name of an order's state.
pub fn state_name(lang: Lang, state: OrderState) -> String {
    let id = match state {
        OrderState::ToShip => "order-state-to-ship",
        OrderState::Shipped => "order-state-shipped",
        OrderState::Received => "order-state-received",
        OrderState::Complete => "order-state-complete",
        OrderState::Refunded => "order-state-refunded",
        OrderState::AwaitingSettlement => "order-state-awaiting-settlement",
        OrderState::Unknown(code) => {
            return text_with(lang, "order-state-unknown", &[("code", code.into())]);
        }
    };
    text(lang, id)
}

/// The name of what has become of a row.
pub fn row_status_name(lang: Lang, status: RowStatus) -> String {
    let id = match status {
        RowStatus::Ready => "row-status-ready",
        RowStatus::Blocked => "row-status-blocked",
        RowStatus::Ignored => "row-status-ignored",
        RowStatus::AlreadyDone => "row-status-already-done",
        RowStatus::Queued => "row-status-queued",
        RowStatus::Waiting => "row-status-waiting",
        RowStatus::Sending => "row-status-sending",
        RowStatus::Unclear => "row-status-unclear",
        RowStatus::Shipped => "row-status-shipped",
        RowStatus::Refused => "row-status-refused",
        RowStatus::NeedsPerson => "row-status-needs-person",
        RowStatus::Cancelled => "row-status-cancelled",
    };
    text(lang, id)
}

/// The name of a shipment's state.
pub fn shipment_state_name(lang: Lang, state: &State) -> String {
    let id = match state {
        State::Queued => "shipment-state-queued",
        State::Waiting => "shipment-state-waiting",
        State::Sending => "shipment-state-sending",
        State::Unclear(_) => "shipment-state-unclear",
        State::Shipped { found: false } => "shipment-state-shipped",
        State::Shipped { found: true } => "shipment-state-found",
        State::Rejected(_) => "shipment-state-rejected",
        State::NeedsPerson(_) => "shipment-state-needs-person",
        State::Cancelled => "shipment-state-cancelled",
    };
    text(lang, id)
}

/// The name of a field, as a form or a column calls it.
pub fn field_name(lang: Lang, field: Field) -> String {
    let id = match field {
        Field::TransactionId => "field-transaction-id",
        Field::OutTradeNo => "field-out-trade-no",
        Field::Mchid => "field-mchid",
        Field::TrackingNo => "field-tracking-no",
        Field::Courier => "field-courier",
        Field::ItemDesc => "field-item-desc",
        Field::Quantity => "field-quantity",
        Field::ReceiverContact => "field-receiver-contact",
        Field::ConsignorContact => "field-consignor-contact",
        Field::ReceiverName => "field-receiver-name",
        Field::ReceiverAddress => "field-receiver-address",
        Field::ShipTime => "field-ship-time",
        Field::LogisticsType => "field-logistics-type",
        Field::DeliveryMode => "field-delivery-mode",
        Field::AllDelivered => "field-all-delivered",
        Field::Reship => "field-reship",
        Field::Parcels => "field-parcels",
        Field::AppId => "field-appid",
        Field::PayTime => "field-pay-time",
    };
    text(lang, id)
}

/// The name of a way to deliver.
pub fn logistics_type_name(lang: Lang, logistics_type: LogisticsType) -> String {
    let id = match logistics_type {
        LogisticsType::Express => "logistics-type-express",
        LogisticsType::SameCity => "logistics-type-same-city",
        LogisticsType::Virtual => "logistics-type-virtual",
        LogisticsType::PickUp => "logistics-type-pick-up",
    };
    text(lang, id)
}

/// Unified or split.
pub fn delivery_mode_name(lang: Lang, mode: DeliveryMode) -> String {
    let id = match mode {
        DeliveryMode::Unified => "delivery-mode-unified",
        DeliveryMode::Split => "delivery-mode-split",
    };
    text(lang, id)
}

/// Why a row is no shipment.
pub fn ignored_name(lang: Lang, ignored: Ignored) -> String {
    let id = match ignored {
        Ignored::Blank => "ignored-blank",
        Ignored::Title => "ignored-title",
        Ignored::RepeatedHeader => "ignored-repeated-header",
        Ignored::Totals => "ignored-totals",
        Ignored::Sample => "ignored-sample",
        Ignored::NotShippedYet => "ignored-not-shipped-yet",
    };
    text(lang, id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check<T: Copy + std::fmt::Debug>(values: &[T], name: impl Fn(Lang, T) -> String) {
        for value in values {
            let (chinese, english) = (name(Lang::ZhCn, *value), name(Lang::En, *value));
            assert!(!chinese.is_empty() && !chinese.is_ascii(), "{value:?}: {chinese}");
            assert!(
                english.starts_with(char::is_uppercase),
                "{value:?}: {english} is an id"
            );
        }
    }

    #[test]
    fn what_stands_in_tables_and_filters_has_a_name_in_both_languages() {
        check(&OrderState::KNOWN, state_name);
        check(&LogisticsType::ALL, logistics_type_name);
        check(&[DeliveryMode::Unified, DeliveryMode::Split], delivery_mode_name);
        check(
            &[RowStatus::Ready, RowStatus::NeedsPerson, RowStatus::Cancelled],
            row_status_name,
        );
        check(&[Field::TransactionId, Field::Parcels], field_name);
        check(&[Ignored::Blank, Ignored::NotShippedYet], ignored_name);
    }

    #[test]
    fn an_unknown_state_shows_its_number() {
        assert_eq!(state_name(Lang::ZhCn, OrderState::Unknown(7)), "未知状态（7）");
    }

    #[test]
    fn found_by_a_look_reads_differently_from_confirmed() {
        let name = |found| shipment_state_name(Lang::ZhCn, &State::Shipped { found });
        assert_ne!(name(true), name(false));
    }
}
