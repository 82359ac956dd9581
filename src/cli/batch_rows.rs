//! One row of a file with everything that is known about it, for both ways of printing.

use std::sync::Arc;

use serde::Serialize;

use super::{ahead, output};
use crate::domain::{
    CourierList, FileRow, PlannedRow, Problem, ProblemKind, RowResult, RowStatus, Severity, Shipment, State,
    Why,
};
use crate::engine::{BatchView, Outbox};
use crate::i18n::explain::Names;
use crate::i18n::{Explained, Lang, explain_problem};

/// A row with its verdict, its status and its shipment.
#[derive(Clone, Debug)]
pub struct RowView {
    /// As it was read.
    pub row: Arc<FileRow>,
    /// Its verdict; `None` when the file could not be checked.
    pub planned: Option<Arc<PlannedRow>>,
    /// Where it stands.
    pub status: RowStatus,
    /// Its shipment, once it has one.
    pub shipment: Option<Arc<Shipment>>,
}

/// Something to say about a row, a problem or the state of its shipment.
#[derive(Clone, Debug)]
pub struct Said {
    /// The stable word.
    pub kind: String,
    /// The heading of the column.
    pub column: Option<String>,
    /// The value in the file.
    pub value: Option<String>,
    /// How much it weighs.
    pub severity: Severity,
    /// The words.
    pub words: Explained,
    /// Since when, what happens next and how far it is; empty for problems of the file.
    pub lines: Vec<String>,
}

/// A parcel as the upload names it.
#[derive(Debug, Serialize)]
pub struct ParcelJson<'a> {
    /// The courier's id; `null` when none is known.
    pub express_company: Option<&'a str>,
    /// The tracking number.
    pub tracking_no: &'a str,
}

/// The rows of a file, in their order, one after the other.
pub fn rows(batch: &BatchView) -> impl Iterator<Item = RowView> + '_ {
    (0..batch.rows.len()).filter_map(|index| {
        let row = batch.rows.get(index)?;
        let planned = batch.plan.get(index);
        let unplanned = if row.ignored.is_some() {
            RowStatus::Ignored
        } else {
            RowStatus::Blocked
        };
        Some(RowView {
            row,
            status: batch
                .status_of(index)
                .or(planned.as_ref().map(|planned| planned.status))
                .unwrap_or(unplanned),
            planned,
            shipment: batch.shipment(index).cloned(),
        })
    })
}

impl RowView {
    /// Its problems: of the file alone while there is no verdict.
    pub fn problems(&self) -> &[Problem] {
        match &self.planned {
            Some(planned) => &planned.problems,
            None => &self.row.problems,
        }
    }

    /// Everything there is to say about it: its problems, then how its shipment stands.
    pub fn said(&self, lang: Lang, batch: &BatchView, couriers: &CourierList, outbox: &Outbox) -> Vec<Said> {
        let names = Names { couriers };
        let mut said: Vec<Said> = self
            .problems()
            .iter()
            .map(|problem| say_problem(lang, problem, batch, names))
            .collect();
        said.extend(self.say_state(lang, outbox));
        said
    }

    fn say_state(&self, lang: Lang, outbox: &Outbox) -> Option<Said> {
        let shipment = self.shipment.as_ref()?;
        let (kind, severity) = match &shipment.state {
            State::Rejected(_) => ("refused", Severity::Blocking),
            State::NeedsPerson(why) => (why_word(why), Severity::Blocking),
            State::Unclear(_) => ("unclear", Severity::Warning),
            State::Waiting => ("not_visible_yet", Severity::Warning),
            State::Queued if shipment.attempts > 0 => ("sent_again", Severity::Warning),
            State::Queued | State::Sending | State::Shipped { .. } | State::Cancelled => return None,
        };
        let told = ahead::told(lang, shipment, outbox, output::now());
        let lines = ahead::lines(lang, &told);
        let words = Explained {
            action: told.you,
            ..told.known
        };
        Some(Said {
            kind: kind.to_owned(),
            column: None,
            value: None,
            severity,
            words,
            lines,
        })
    }

    /// The row as it is told to everyone.
    pub fn result(&self) -> RowResult<'_> {
        RowResult {
            row: self.row.origin.unwrap_or(self.row.row),
            status: self.status,
            problems: self.problems(),
            state: self.shipment.as_ref().map(|shipment| &shipment.state),
        }
    }

    /// The order, once it is found.
    pub fn transaction_id(&self) -> Option<&str> {
        let planned = self.planned.as_ref()?;
        planned
            .transaction_id
            .as_ref()
            .map(crate::domain::TransactionId::as_str)
    }

    /// The parcels of the row; a courier that the file leaves out is the one that was sent, or that
    /// would be.
    pub fn parcels(&self) -> Vec<ParcelJson<'_>> {
        let sent = self
            .shipment
            .as_ref()
            .map_or(&[][..], |shipment| shipment.intent.parcels());
        let of_row = self.row.parcels.iter();
        of_row
            .map(|parcel| ParcelJson {
                express_company: parcel
                    .courier
                    .as_deref()
                    .or_else(|| {
                        let same = |sent: &&crate::domain::Parcel| {
                            sent.tracking_no.as_str() == parcel.tracking_no.as_str()
                        };
                        sent.iter().find(same).map(|sent| sent.courier.as_str())
                    })
                    .or_else(|| self.planned.as_ref()?.filled_courier()),
                tracking_no: &parcel.tracking_no,
            })
            .collect()
    }

    /// WeChat does not know its order: the checklist helps.
    pub fn order_unknown(&self) -> bool {
        let not_visible = |shipment: &Shipment| shipment.state == State::NeedsPerson(Why::NotVisible);
        self.shipment.as_deref().is_some_and(not_visible)
            || self
                .problems()
                .iter()
                .any(|problem| problem.what == ProblemKind::OrderNotFound)
    }

    /// The order was shipped with other parcels, and the correction is still there to be spent.
    pub fn could_be_reshipped(&self) -> bool {
        self.problems()
            .iter()
            .any(|problem| problem.what == ProblemKind::AlreadyShipped { corrections_left: 1 })
    }
}

/// A problem in words, at the column it stands in.
pub fn say_problem(lang: Lang, problem: &Problem, batch: &BatchView, names: Names<'_>) -> Said {
    let columns = &batch.file.columns;
    let column = problem.column.and_then(|index| columns.get(index)).or_else(|| {
        columns
            .iter()
            .find(|column| column.field.is_some() && column.field == problem.field)
    });
    Said {
        kind: problem.what.word(),
        column: column.map(|column| column.heading.clone()),
        value: problem.value.clone(),
        severity: problem.what.severity(),
        words: explain_problem(lang, problem, &names),
        lines: Vec::new(),
    }
}

fn why_word(why: &Why) -> &'static str {
    match why {
        Why::ShippedElsewhere => "shipped_elsewhere",
        Why::Ambiguous => "ambiguous",
        Why::Unproven => "unproven",
        Why::Race => "race",
        Why::ThreeAttempts => "three_attempts",
        Why::NotVisible => "not_visible",
        Why::TimeNotAccepted => "time_not_accepted",
        Why::StateUnknown => "state_unknown",
        Why::RecordDamaged => "record_damaged",
        Why::ClaimedElsewhere(_) => "claimed_elsewhere",
    }
}
