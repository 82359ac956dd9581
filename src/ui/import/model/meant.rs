//! Orders that a damaged order number may have meant, with what speaks for each, to be offered to a person.

use std::sync::Arc;

use crate::domain::{Candidate, Field, Order, ProblemKind, Reason, candidates};
use crate::engine::snapshot::BatchView;
use crate::i18n::{Lang, format, text, text_with};

/// An order that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant {
    /// WeChat's number, which the cell would hold.
    pub number: String,
    /// What was bought, for how much and when, on one line.
    pub about: String,
    /// What speaks for it.
    pub because: String,
}

/// The column whose order number is damaged or leads nowhere, when the row has one.
fn doubtful_column(batch: &BatchView, index: usize) -> Option<usize> {
    let planned = batch.plan.get(index)?;
    let problems = &planned.problems;
    let leads_nowhere = |what: &ProblemKind| {
        matches!(
            what,
            ProblemKind::MangledId
                | ProblemKind::Unreadable
                | ProblemKind::FormulaCell
                | ProblemKind::OrderNotFound
                | ProblemKind::OrderMissing
        )
    };
    let of_order = |field| matches!(field, Some(Field::TransactionId | Field::OutTradeNo));
    let problem = problems
        .iter()
        .find(|problem| of_order(problem.field) && leads_nowhere(&problem.what))?;
    let column = problem.column?;
    let field = batch.file.columns.get(column)?.field;
    of_order(field).then_some(column)
}

/// The orders that may be meant by a row whose number is damaged, the likeliest first, and the column for which they
/// are offered. Looks through all known orders, so it is asked once for each row that is chosen.
pub fn meant(batch: &BatchView, index: usize, orders: &[Arc<Order>]) -> Option<(usize, Vec<Candidate>)> {
    if !super::changes::may_repair(batch, index) {
        return None;
    }
    let column = doubtful_column(batch, index)?;
    let row = batch.rows.get(index)?;
    let cell = row.as_read().cells.get(column).map_or("", String::as_str);
    let found = candidates(cell, &row, orders);
    (!found.is_empty()).then_some((column, found))
}

/// An order in words.
pub fn in_words(candidate: &Candidate, lang: Lang) -> Meant {
    let order = &candidate.order;
    let paid = text_with(
        lang,
        "import-meant-paid",
        &[("at", format::moment_exact(order.pay_time).into())],
    );
    let about = [order.description.clone(), format::money(order.paid_amount), paid];
    let because: Vec<String> = candidate
        .reasons
        .iter()
        .map(|reason| word(*reason, lang))
        .collect();
    Meant {
        number: order.transaction_id.as_str().to_owned(),
        about: about.join(" · "),
        because: because.join(" · "),
    }
}

fn word(reason: Reason, lang: Lang) -> String {
    match reason {
        Reason::Number { digits } => {
            let digits = format::count(digits);
            text_with(lang, "import-meant-number", &[("digits", digits.into())])
        }
        Reason::PaidMinute => text(lang, "import-meant-minute"),
        Reason::PaidDay => text(lang, "import-meant-day"),
        Reason::Amount => text(lang, "import-meant-amount"),
        Reason::Goods => text(lang, "import-meant-goods"),
        Reason::Phone => text(lang, "import-meant-phone"),
    }
}
