//! Problems of rows and forms in words. The id of a message is the stable word of the problem's kind, so
//! that a new kind without words is found by the tests; the values of each kind are named here.

use super::{Explained, Names, explain_failure};
use crate::domain::{Field, Problem, ProblemKind};
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
    let parcels = problem.field == Some(Field::TrackingNo);
    args.push(("parcels", if parcels { "yes" } else { "no" }.into()));
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

/// A cell can hold a whole letter; a message cannot. Tabs and line ends are part of the cell, not of the words.
fn shortened(value: &str) -> String {
    const LONGEST: usize = 60;
    let clean: String = value
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let clean = clean.trim();
    if clean.chars().count() <= LONGEST {
        return clean.to_owned();
    }
    clean.chars().take(LONGEST).chain(['…']).collect()
}

/// The values that the words of a kind may use.
fn values(lang: Lang, kind: &ProblemKind, names: Names<'_>) -> Vec<(&'static str, Arg)> {
    let list = |items: Vec<String>| Arg::Text(items.join(&text(lang, "list-separator")));
    match kind {
        ProblemKind::OrderAmbiguous { count } => vec![("count", (*count).into())],
        ProblemKind::AlreadyShipped { corrections_left } => vec![("left", (*corrections_left).into())],
        ProblemKind::StateUnknown { code } => vec![("code", (*code).into())],
        ProblemKind::CombinedBuyers { orders } => vec![("orders", list(orders.clone()))],
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
        ProblemKind::CourierTranslated { id }
        | ProblemKind::CourierTaught { id }
        | ProblemKind::CourierFilled { id } => vec![("courier", names.courier(id).into())],
        ProblemKind::TrackingShape { looks_like } => vec![("courier", names.courier(looks_like).into())],
        ProblemKind::TrackingTooLong { bytes } => vec![("bytes", (*bytes).into())],
        ProblemKind::TooManyParcels { count, max } => {
            vec![("count", (*count).into()), ("max", (*max).into())]
        }
        ProblemKind::ParcelTwice { earlier } => vec![("earlier", (*earlier).into())],
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
        ProblemKind::AccessUnusable { problem } => {
            vec![("problem", problem.word().into())]
        }
        ProblemKind::SeenBefore { at } => vec![("at", format::moment_exact(*at).into())],
        ProblemKind::MangledId
        | ProblemKind::OrderMissing
        | ProblemKind::OrderNotFound
        | ProblemKind::OrderUnchecked { .. }
        | ProblemKind::OrderNotAsked
        | ProblemKind::PartlyShipped
        | ProblemKind::Refunded
        | ProblemKind::OrderClosed
        | ProblemKind::InDispute
        | ProblemKind::ShipmentOpen
        | ProblemKind::CombinedParent
        | ProblemKind::CombinedOrders
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
        | ProblemKind::FileProtected
        | ProblemKind::BadTime
        | ProblemKind::RangeReversed
        | ProblemKind::AppIdInvalid
        | ProblemKind::AppIdTaken => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::tests::{check, words_of};
    use super::*;
    use crate::domain::{AccessProblem, CallFailure, Courier, CourierList, FailureKind, Field, Timestamp};

    fn couriers() -> CourierList {
        CourierList::new([Courier {
            id: "SF".into(),
            name: "顺丰速运".into(),
        }])
    }

    #[expect(clippy::too_many_lines, reason = "one line for each kind")]
    fn kinds() -> Vec<ProblemKind> {
        use ProblemKind as K;
        let failure = CallFailure::of(FailureKind::NoAnswer);
        vec![
            K::MangledId,
            K::OrderMissing,
            K::OrderNotFound,
            K::OrderAmbiguous { count: 2 },
            K::OrderUnchecked { failure },
            K::OrderNotAsked,
            K::AlreadyShipped { corrections_left: 1 },
            K::AlreadyShipped { corrections_left: 0 },
            K::PartlyShipped,
            K::Refunded,
            K::OrderClosed,
            K::StateUnknown { code: 7 },
            K::InDispute,
            K::ShipmentOpen,
            K::CombinedParent,
            K::CombinedOrders,
            K::CombinedBuyers {
                orders: vec!["422".into()],
            },
            K::DuplicateConflict { rows: vec![3, 4] },
            K::SiblingBlocked { row: 3 },
            K::DuplicateRow { row: 3 },
            K::UnknownCourier {
                nearest: vec!["SF".into()],
            },
            K::UnknownCourier { nearest: vec![] },
            K::MissingCourier,
            K::CourierTranslated { id: "SF".into() },
            K::CourierTaught { id: "SF".into() },
            K::CourierFilled { id: "SF".into() },
            K::TrackingShape {
                looks_like: "SF".into(),
            },
            K::MissingTracking,
            K::TrackingTooLong { bytes: 200 },
            K::TrackingCharacters,
            K::TrackingIsOrderNumber,
            K::TrackingShared { row: 3 },
            K::TrackingTwoCouriers { row: 3 },
            K::TooManyParcels { count: 11, max: 10 },
            K::ParcelTwice { earlier: 1 },
            K::NoParcel,
            K::ItemDescMissing,
            K::ItemDescTooLong { chars: 121 },
            K::ItemDescNearLimit { chars: 115 },
            K::ItemDescFilled,
            K::ItemDescShortened,
            K::SfContactMissing,
            K::ContactUnusable,
            K::Cleaned { now: "1".into() },
            K::Unreadable,
            K::FormulaCell,
            K::CellCount {
                found: 3,
                expected: 4,
            },
            K::SplitNeedsExpress,
            K::LogisticsTypeUnknown,
            K::ReshipNeedsPerson,
            K::NoHeader,
            K::ColumnMissing {
                field: Field::TrackingNo,
            },
            K::ColumnAmbiguous {
                headings: vec!["a".into(), "b".into()],
            },
            K::FileEmpty,
            K::FileUnreadable { locked: true },
            K::FileUnreadable { locked: false },
            K::FileUnsupported,
            K::FileProtected,
            K::FileTooLarge { row: 0 },
            K::FileTooLarge { row: 9 },
            K::BadTime,
            K::RangeReversed,
            K::AppIdInvalid,
            K::AppIdTaken,
            K::AccessUnusable {
                problem: AccessProblem::Program,
            },
            K::AccessUnusable {
                problem: AccessProblem::ServiceNotHttps,
            },
            K::SeenBefore {
                at: Timestamp::default(),
            },
        ]
    }

    #[test]
    fn every_problem_is_explained_and_what_blocks_says_what_to_do() {
        let listed: BTreeSet<String> = kinds().iter().map(ProblemKind::word).collect();
        assert_eq!(listed, words_of::<ProblemKind>(true));
        let couriers = couriers();
        let names = Names { couriers: &couriers };
        for kind in kinds() {
            let problem = Problem::of(kind, Field::TrackingNo).at(1, "x1");
            check(
                &problem.what.word(),
                |lang| explain_problem(lang, &problem, &names),
                problem.blocks(),
            );
        }
    }

    #[test]
    fn couriers_are_named_and_an_empty_offer_is_worded_differently() {
        let couriers = couriers();
        let names = Names { couriers: &couriers };
        let explain = |nearest| {
            explain_problem(
                Lang::ZhCn,
                &ProblemKind::UnknownCourier { nearest }.into(),
                &names,
            )
            .action
        };
        assert!(explain(vec!["SF".into(), "ZTO".into()]).contains("顺丰速运 (SF)、ZTO"));
        assert!(!explain(vec![]).contains("是否为"));
    }

    #[test]
    fn a_long_cell_does_not_flood_the_message() {
        let couriers = couriers();
        let problem =
            Problem::of(ProblemKind::TrackingCharacters, Field::TrackingNo).at(0, "长".repeat(5000));
        let detail = explain_problem(Lang::ZhCn, &problem, &Names { couriers: &couriers }).detail;
        assert!(detail.chars().count() < 120 && detail.contains('…'));
    }
}
