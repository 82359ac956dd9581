//! Problems of rows and forms in words. The id of a message is the stable word of the problem's kind, so
//! that a new kind without words is found by the tests; the values of each kind are named here.

use super::{Explained, Names, explain_failure};
use crate::domain::{Problem, ProblemKind};
use crate::i18n::{Arg, Lang, field_name, format, text, text_with};

/// What is wrong with a value, what that means for sending, and how to repair it.
pub fn explain_problem(lang: Lang, problem: &Problem, names: &Names<'_>) -> Explained {
    let mut args = values(lang, &problem.what, *names);
    let value = problem.value.clone().unwrap_or_default();
    args.push(("value", shortened(&value).into()));
    let field = problem
        .field
        .map_or_else(|| text(lang, "field-of-row"), |field| field_name(lang, field));
    args.push(("field", field.into()));
    let id = format!("problem-{}", problem.what.word().replace('_', "-"));
    let explained = Explained::of(lang, &id, &args);
    if let ProblemKind::OrderUnchecked { failure } = &problem.what {
        let cause = explain_failure(lang, failure);
        return Explained {
            detail: text_with(
                lang,
                "problem-order-unchecked.detail",
                &[("cause", cause.title.into())],
            ),
            action: cause.action,
            code: cause.code,
            ..explained
        };
    }
    explained
}

/// A cell can hold a whole letter; a message cannot.
fn shortened(value: &str) -> String {
    const LONGEST: usize = 60;
    if value.chars().count() <= LONGEST {
        return value.to_owned();
    }
    value.chars().take(LONGEST).chain(['…']).collect()
}

/// The values that the words of a kind may use.
fn values(lang: Lang, kind: &ProblemKind, names: Names<'_>) -> Vec<(&'static str, Arg)> {
    let list = |items: Vec<String>| Arg::Text(items.join(&text(lang, "list-separator")));
    match kind {
        ProblemKind::OrderAmbiguous { count } => vec![("count", (*count).into())],
        ProblemKind::AlreadyShipped { corrections_left } => vec![("left", (*corrections_left).into())],
        ProblemKind::StateUnknown { code } => vec![("code", (*code).into())],
        ProblemKind::DuplicateConflict { rows } => {
            vec![("rows", list(rows.iter().map(u32::to_string).collect()))]
        }
        ProblemKind::SiblingBlocked { row }
        | ProblemKind::DuplicateRow { row }
        | ProblemKind::TrackingShared { row }
        | ProblemKind::TrackingTwoCouriers { row }
        | ProblemKind::FileTooLarge { row } => vec![("row", (*row).into())],
        ProblemKind::UnknownCourier { nearest } => {
            let offered = nearest.iter().map(|id| names.courier(id)).collect();
            vec![("nearest", list(offered)), ("found", nearest.len().into())]
        }
        ProblemKind::CourierTranslated { id } => vec![("courier", names.courier(id).into())],
        ProblemKind::TrackingShape { looks_like } => vec![("courier", names.courier(looks_like).into())],
        ProblemKind::TrackingTooLong { bytes } => vec![("bytes", (*bytes).into())],
        ProblemKind::TooManyParcels { count, max } => {
            vec![("count", (*count).into()), ("max", (*max).into())]
        }
        ProblemKind::ItemDescTooLong { chars } | ProblemKind::ItemDescNearLimit { chars } => {
            vec![("chars", (*chars).into())]
        }
        ProblemKind::Cleaned { now } => vec![("now", shortened(now).into())],
        ProblemKind::CellCount { found, expected } => {
            vec![("found", (*found).into()), ("expected", (*expected).into())]
        }
        ProblemKind::ColumnMissing { field } => vec![("missing", field_name(lang, *field).into())],
        ProblemKind::ColumnAmbiguous { headings } => vec![("headings", list(headings.clone()))],
        ProblemKind::FileUnreadable { locked } => vec![("locked", u8::from(*locked).into())],
        ProblemKind::SeenBefore { at } => vec![("at", format::moment_exact(*at).into())],
        ProblemKind::MangledId
        | ProblemKind::OrderMissing
        | ProblemKind::OrderNotFound
        | ProblemKind::OrderUnchecked { .. }
        | ProblemKind::PartlyShipped
        | ProblemKind::Refunded
        | ProblemKind::OrderClosed
        | ProblemKind::InDispute
        | ProblemKind::ShipmentOpen
        | ProblemKind::MissingCourier
        | ProblemKind::MissingTracking
        | ProblemKind::TrackingCharacters
        | ProblemKind::TrackingIsOrderNumber
        | ProblemKind::NoParcel
        | ProblemKind::ItemDescMissing
        | ProblemKind::ItemDescFilled
        | ProblemKind::ItemDescShortened
        | ProblemKind::SfContactMissing
        | ProblemKind::ContactUnusable
        | ProblemKind::Unreadable
        | ProblemKind::FormulaCell
        | ProblemKind::SplitNeedsExpress
        | ProblemKind::LogisticsTypeUnknown
        | ProblemKind::ReshipNeedsPerson
        | ProblemKind::NoHeader
        | ProblemKind::FileEmpty
        | ProblemKind::FileUnsupported
        | ProblemKind::BadTime
        | ProblemKind::RangeReversed => Vec::new(),
    }
}
