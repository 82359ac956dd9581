//! Shopping orders in words: the calls, their states, what is wrong with an order and where.

use super::explain::{Explained, explain_doubt, explain_failure, explain_refusal};
use super::{Arg, Lang, format, text, text_with};
use crate::domain::shopping::{
    FileFault, FilePlace, FileProblem, FileTrouble, ShoppingFault, ShoppingField, ShoppingNotice,
    ShoppingPlace, ShoppingVerdict,
};
use crate::domain::{Doubt, ShoppingCall, ShoppingRecord, ShoppingState};

/// The name of a call.
pub fn shopping_call_name(lang: Lang, call: ShoppingCall) -> String {
    let id = match call {
        ShoppingCall::Details => "shopping-call-details",
        ShoppingCall::Ship => "shopping-call-ship",
        ShoppingCall::Verify => "shopping-call-verify",
    };
    text(lang, id)
}

/// The name of a state.
pub fn shopping_state_name(lang: Lang, state: &ShoppingState) -> String {
    let id = match state {
        ShoppingState::Queued => "shopping-state-queued",
        ShoppingState::Sending => "shopping-state-sending",
        ShoppingState::Accepted => "shopping-state-accepted",
        ShoppingState::Said(_) => match state.verdict() {
            Some(ShoppingVerdict::Well) => "shopping-state-said-well",
            Some(ShoppingVerdict::Other) => "shopping-state-said-other",
            Some(ShoppingVerdict::Nothing) | None => "shopping-state-said",
        },
        ShoppingState::Refused(_) => "shopping-state-refused",
        ShoppingState::NotSent(_) => "shopping-state-not-sent",
        ShoppingState::Left => "shopping-state-left",
        ShoppingState::Unclear(_) => "shopping-state-unclear",
        ShoppingState::Settled => "shopping-state-settled",
    };
    text(lang, id)
}

/// What a state means and what to do.
pub fn explain_shopping(lang: Lang, record: &ShoppingRecord) -> Explained {
    let plain = |id: &str| Explained::of(lang, id, &[]);
    match &record.state {
        ShoppingState::Queued => plain("shopping-queued"),
        ShoppingState::Sending => plain("shopping-sending"),
        ShoppingState::Accepted if record.draft.call() == ShoppingCall::Details => {
            plain("shopping-accepted-details")
        }
        ShoppingState::Accepted => plain("shopping-accepted-ship"),
        ShoppingState::Said(said) if said.trim().is_empty() => plain("shopping-said-nothing"),
        ShoppingState::Said(said) => {
            let id = if record.state.verdict() == Some(ShoppingVerdict::Well) {
                "shopping-said-well"
            } else {
                "shopping-said-other"
            };
            Explained::of(lang, id, &[("said", said.trim().into())])
        }
        ShoppingState::Refused(refusal) => explain_refusal(lang, refusal),
        ShoppingState::NotSent(failure) => {
            let why = explain_failure(lang, failure);
            Explained {
                action: why.action,
                code: why.code,
                ..Explained::of(lang, "shopping-not-sent", &[("why", why.title.into())])
            }
        }
        ShoppingState::Left => plain("shopping-left"),
        ShoppingState::Unclear(doubt) => {
            let compare = matches!(doubt, Doubt::Compare { .. });
            let id = match (record.draft.call(), compare) {
                (ShoppingCall::Ship, false) => "shopping-unclear-ship",
                (_, false) => "shopping-unclear-details",
                (_, true) => "shopping-unclear-compare",
            };
            Explained {
                code: explain_doubt(lang, doubt).code,
                ..plain(id)
            }
        }
        ShoppingState::Settled => plain("shopping-settled"),
    }
}

/// The name of a field.
pub fn shopping_field_name(lang: Lang, field: ShoppingField) -> String {
    use ShoppingField as F;
    let id = match field {
        F::TransactionId => "field-transaction-id",
        F::Mchid => "field-mchid",
        F::OutTradeNo => "field-out-trade-no",
        F::Openid => "shopping-openid",
        F::SubOrders => "shopping-subs",
        F::MerchantOrderNo => "shopping-merchant-order-no",
        F::OrderLinkAppid | F::ItemLinkAppid => "field-appid",
        F::OrderLinkPath => "shopping-order-path",
        F::OrderLinkUrl => "shopping-order-url",
        F::LogisticsType => "shopping-logistics",
        F::Items => "shopping-items",
        F::ItemId => "shopping-item-id",
        F::Name => "shopping-item-name",
        F::Description => "shopping-item-description",
        F::UnitPrice => "shopping-item-price",
        F::Quantity => "field-quantity",
        F::Image => "shopping-image",
        F::ItemLinkPath => "shopping-item-path",
        F::ItemLinkUrl => "shopping-item-url",
        F::DeliveryMode => "shopping-mode",
        F::Parcels => "shopping-parcels",
        F::Courier => "field-courier",
        F::TrackingNo => "field-tracking-no",
        F::ConsignorContact => "field-consignor-contact",
        F::ReceiverContact => "field-receiver-contact",
    };
    text(lang, id)
}

/// What is wrong with a field, without its name: `最多 64 字节`.
pub fn shopping_fault(lang: Lang, fault: ShoppingFault) -> String {
    use ShoppingFault as W;
    let most = |id: &str, most: usize| text_with(lang, id, &[("most", format::count(most).into())]);
    match fault {
        W::Missing => text(lang, "shopping-fault-missing"),
        W::TooLong { most: bytes } => most("shopping-fault-long", bytes),
        W::TooManyChars { most: chars } => most("shopping-fault-chars", chars),
        W::TooMany { most: count } => most("shopping-fault-many", count),
        W::NotANumber => text(lang, "shopping-fault-number"),
        W::BadSigns => text(lang, "shopping-fault-signs"),
        W::NotAnAddress => text(lang, "shopping-fault-address"),
        W::Mangled => text(lang, "shopping-fault-mangled"),
        W::UnknownWord => text(lang, "shopping-fault-word"),
        W::SomeIdsMissing => text(lang, "shopping-fault-ids"),
        W::KindsDiffer => text(lang, "shopping-fault-kinds"),
        W::Repeated => text(lang, "shopping-fault-repeated"),
        W::RowsDiffer => text(lang, "shopping-fault-rows"),
        W::OtherAppid => text(lang, "shopping-fault-appid"),
        W::UnknownCourier => text(lang, "shopping-fault-courier"),
        W::ContactNeeded => text(lang, "shopping-fault-contact-needed"),
        W::ContactUnusable => text(lang, "shopping-fault-contact"),
        W::UnifiedIsOne => text(lang, "shopping-fault-unified-one"),
        W::UnifiedWithoutItems => text(lang, "shopping-fault-unified-items"),
        W::SplitNeedsItems => text(lang, "shopping-fault-split-items"),
    }
}

/// Where in an order: `子单 1 · 商品 2`; empty for the order as a whole.
pub fn shopping_place(lang: Lang, call: ShoppingCall, place: ShoppingPlace) -> String {
    let number = |id: &str, index: Option<usize>| {
        let number = index?.saturating_add(1);
        Some(text_with(lang, id, &[("number", number.into())]))
    };
    let part = if call == ShoppingCall::Ship {
        "shopping-place-parcel"
    } else {
        "shopping-place-item"
    };
    let parts = [
        number("shopping-place-sub", place.sub),
        number(part, place.part),
        number("shopping-place-nth", place.nth),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

/// Where in a file: `第 3 行`, or the path of a JSON file.
pub fn shopping_file_place(lang: Lang, at: &FilePlace) -> String {
    match at {
        FilePlace::Row(row) => text_with(lang, "shopping-place-row", &[("row", i64::from(*row).into())]),
        FilePlace::Path(path) if path.is_empty() => text(lang, "shopping-place-file"),
        FilePlace::Path(path) => path.clone(),
    }
}

/// What is wrong at a place of a file, in one line without the place.
pub fn shopping_file_problem(lang: Lang, problem: &FileProblem) -> String {
    match problem.fault {
        FileFault::Field(field, fault) => {
            let args: [(&str, Arg); 2] = [
                ("field", shopping_field_name(lang, field).into()),
                ("fault", shopping_fault(lang, fault).into()),
            ];
            text_with(lang, "shopping-field-fault", &args)
        }
        FileFault::UnknownName => text(lang, "shopping-fault-name"),
        FileFault::WrongType => text(lang, "shopping-fault-type"),
    }
}

/// Why nothing of a file can be used.
pub fn explain_shopping_trouble(lang: Lang, trouble: &FileTrouble) -> Explained {
    let plain = |id: &str| Explained::of(lang, id, &[]);
    match trouble {
        FileTrouble::Unreadable => plain("shopping-trouble-unreadable"),
        FileTrouble::TooLarge => plain("shopping-trouble-large"),
        FileTrouble::NotJson { line } => {
            Explained::of(lang, "shopping-trouble-json", &[("line", (*line).into())])
        }
        FileTrouble::NoHeadings => plain("shopping-trouble-headings"),
        FileTrouble::Empty => plain("shopping-trouble-empty"),
    }
}

/// What is said once.
pub fn shopping_notice(lang: Lang, notice: &ShoppingNotice) -> String {
    let count = |name: &'static str, value: usize| -> (&str, Arg) { (name, format::count(value).into()) };
    match *notice {
        ShoppingNotice::Queued {
            queued,
            already: 0,
            wrong: 0,
        } => text_with(lang, "shopping-notice-queued", &[count("queued", queued)]),
        ShoppingNotice::Queued {
            queued,
            already,
            wrong,
        } => {
            let args = [
                count("queued", queued),
                count("already", already),
                count("wrong", wrong),
            ];
            text_with(lang, "shopping-notice-queued-some", &args)
        }
        ShoppingNotice::Done {
            done,
            stopped: 0,
            unclear: 0,
        } => text_with(lang, "shopping-notice-done", &[count("done", done)]),
        ShoppingNotice::Done {
            done,
            stopped,
            unclear,
        } => {
            let args = [
                count("done", done),
                count("stopped", stopped),
                count("unclear", unclear),
            ];
            text_with(lang, "shopping-notice-done-some", &args)
        }
    }
}

#[cfg(test)]
#[path = "shopping_tests.rs"]
mod tests;
