//! A checked or sent file for people: how many rows stand where, then every row somebody should look at.

use std::io::{self, Write};

use super::batch_rows::{RowView, rows, say_problem};
use super::failures;
use super::orders;
use super::output::{self, Console, Tone};
use super::table::{Cell, Table};
use crate::domain::{Counts, Ignored, RowStatus, Severity};
use crate::engine::{BatchPhase, BatchView, Snapshot};
use crate::i18n::explain::Names;
use crate::i18n::{format, ignored_name, row_status_name};

/// More rows than this do not help anybody on a terminal.
const MOST_ROWS: usize = 200;

/// Which rows are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// After the check: everything that is not simply ready or done.
    Check,
    /// After sending: what came of it; what was blocked was shown before.
    Result,
}

/// Writes the report of one file.
///
/// # Errors
/// When it cannot be written.
pub fn write(
    out: &mut dyn Write,
    console: Console,
    batch: &BatchView,
    seen: &Snapshot,
    show: Show,
) -> io::Result<()> {
    writeln!(out, "{}", batch.file.name)?;
    let couriers = &seen.couriers;
    let names = Names { couriers };
    if show == Show::Check {
        for problem in &batch.file.problems {
            let said = say_problem(console.lang, problem, batch, names);
            writeln!(out, "  {}", output::lines(&said.words))?;
        }
        if let BatchPhase::Failed(failure) = &batch.phase {
            let words = failures::explain(console.lang, failure);
            writeln!(out, "  {}", output::lines(&words))?;
        }
    }
    if batch.rows.is_empty() {
        return Ok(());
    }
    if !matches!(batch.phase, BatchPhase::Failed(_)) {
        writeln!(out, "  {}", counts_line(console, &batch.counts))?;
    }
    let mut table = Table::new(
        [
            "cli-column-row",
            "cli-column-status",
            "cli-column-cell",
            "cli-column-what",
        ]
        .map(|id| console.text(id, &[])),
    );
    let mut left_out = 0_usize;
    let mut shown = 0_usize;
    let mut order_unknown = false;
    for row in rows(batch).filter(|row| is_shown(row, show)) {
        if shown >= MOST_ROWS {
            left_out = left_out.saturating_add(1);
            continue;
        }
        shown = shown.saturating_add(1);
        order_unknown |= row.order_unknown();
        add_row(&mut table, console, &row, batch, seen);
    }
    if !table.is_empty() {
        writeln!(out)?;
        table.write(out, console)?;
    }
    if left_out > 0 {
        writeln!(
            out,
            "{}",
            console.text("cli-more-rows", &[("count", left_out.into())])
        )?;
    }
    if order_unknown {
        writeln!(out, "\n{}", console.text("cli-checklist", &[]))?;
        for point in orders::checklist(console) {
            writeln!(out, "{point}")?;
        }
    }
    writeln!(out)
}

fn is_shown(row: &RowView, show: Show) -> bool {
    let worst = row.problems().iter().map(|problem| problem.what.severity()).max();
    let has = |severity| worst.is_some_and(|worst| worst >= severity);
    match row.status {
        RowStatus::Shipped | RowStatus::AlreadyDone => false,
        // Without a verdict every row is blocked; only those with a problem of their own are worth a line.
        RowStatus::Blocked => show == Show::Check && has(Severity::Blocking),
        RowStatus::Ready => show == Show::Check && has(Severity::Warning),
        RowStatus::Ignored => show == Show::Check && row.row.ignored != Some(Ignored::Blank),
        RowStatus::Queued
        | RowStatus::Waiting
        | RowStatus::Sending
        | RowStatus::Unclear
        | RowStatus::Refused
        | RowStatus::NeedsPerson
        | RowStatus::Cancelled => true,
    }
}

fn add_row(table: &mut Table, console: Console, row: &RowView, batch: &BatchView, seen: &Snapshot) {
    let lang = console.lang;
    let number = row.row.row.to_string();
    let status = Cell::new(&row_status_name(lang, row.status), tone(row.status));
    let mut said = row.said(lang, batch, &seen.couriers, &seen.outbox);
    said.retain(|said| said.severity > Severity::Note);
    if said.is_empty() {
        let what = row.row.ignored.map_or_else(
            || row.transaction_id().unwrap_or_default().to_owned(),
            |ignored| ignored_name(lang, ignored),
        );
        table.push(vec![number.into(), status, "".into(), what.into()]);
        return;
    }
    let mut first = Some((Cell::from(number), status));
    for said in said {
        let (number, status) = first.take().unwrap_or_else(|| ("".into(), "".into()));
        let cell = match (&said.column, &said.value) {
            (Some(column), Some(value)) if !value.is_empty() => format!("{column}: {}", shortened(value)),
            (Some(column), _) => column.clone(),
            (None, Some(value)) => shortened(value),
            (None, None) => row.transaction_id().unwrap_or_default().to_owned(),
        };
        table.push(vec![number, status, cell.into(), said.words.title.into()]);
        let code = Some(said.words.code).filter(|code| !code.is_empty());
        let lines = if said.lines.is_empty() {
            vec![said.words.action]
        } else {
            said.lines
        };
        for line in lines.into_iter().chain(code) {
            if !line.is_empty() {
                let line = Cell::new(&line, Tone::Faint);
                table.push(vec!["".into(), "".into(), "".into(), line]);
            }
        }
    }
}

fn shortened(value: &str) -> String {
    const LONGEST: usize = 32;
    if value.chars().count() <= LONGEST {
        return value.to_owned();
    }
    value.chars().take(LONGEST).chain(['…']).collect()
}

fn tone(status: RowStatus) -> Tone {
    match status {
        RowStatus::Shipped | RowStatus::AlreadyDone | RowStatus::Ready => Tone::Good,
        RowStatus::Blocked | RowStatus::Refused | RowStatus::NeedsPerson => Tone::Bad,
        RowStatus::Unclear | RowStatus::Waiting | RowStatus::Cancelled => Tone::Warning,
        RowStatus::Ignored | RowStatus::Queued | RowStatus::Sending => Tone::Faint,
    }
}

/// `500 行：可发送 460，需修改 40`; only what is not zero.
pub fn counts_line(console: Console, counts: &Counts) -> String {
    // Once they are sent nobody has to think about a warning any more.
    let warned = if counts.ready > 0 { counts.warned } else { 0 };
    let parts: Vec<String> = [
        (counts.ready, "cli-count-ready", Tone::Good),
        (warned, "cli-count-warned", Tone::Warning),
        (counts.shipped, "cli-count-shipped", Tone::Good),
        (counts.already_done, "cli-count-already-done", Tone::Good),
        (counts.waiting, "cli-count-waiting", Tone::Warning),
        (counts.unclear, "cli-count-unclear", Tone::Warning),
        (counts.blocked, "cli-count-blocked", Tone::Bad),
        (counts.refused, "cli-count-refused", Tone::Bad),
        (counts.needs_person, "cli-count-needs-person", Tone::Bad),
        (counts.ignored, "cli-count-ignored", Tone::Faint),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, id, tone)| {
        let words = console.text(id, &[("count", format::count(count).into())]);
        console.paint(tone, &words)
    })
    .collect();
    let separator = console.text("list-separator", &[]);
    let args = [
        ("rows", format::count(counts.rows).into()),
        ("parts", parts.join(&separator).into()),
    ];
    console.text("cli-counts", &args)
}
