//! Cases of the import page's model; beside it, because it is long enough without them.

use super::search::SEARCHED_AT_ONCE;
use super::*;
use crate::domain::{
    Column, Field, FileRow, ImportedFile, PlannedRow, ProblemKind, RowParcel, Severity, TransactionId,
};
use crate::engine::command::BatchId;
use crate::engine::snapshot::marks;
use std::collections::HashMap;

fn batch(rows: &[(RowStatus, Vec<Problem>)]) -> Arc<BatchView> {
    let file = ImportedFile {
        columns: vec![Column {
            heading: "订单号".into(),
            field: Some(Field::TransactionId),
        }],
        ..ImportedFile::default()
    };
    let read: Vec<FileRow> = (0_u32..)
        .zip(rows)
        .map(|(at, _)| FileRow {
            row: at + 2,
            cells: Arc::from([format!("cell-{at}")]),
            order_number: Some(format!("T{at}")),
            parcels: vec![RowParcel {
                courier: Some("SF".into()),
                tracking_no: format!("SF00{at}"),
            }],
            ..FileRow::default()
        })
        .collect();
    let plan: Vec<PlannedRow> = rows
        .iter()
        .enumerate()
        .map(|(at, (status, problems))| PlannedRow {
            status: *status,
            transaction_id: TransactionId::parse(&format!("420000{at}")),
            problems: problems.clone(),
            shipment: None,
        })
        .collect();
    let status: Vec<RowStatus> = rows.iter().map(|(status, _)| *status).collect();
    Arc::new(BatchView {
        id: BatchId(1),
        marks: marks(&read, &plan, &file.columns),
        rows: read.into(),
        changed: 0,
        repaired: 0,
        needs: crate::domain::Needs::default(),
        unknown_couriers: Arc::default(),
        file: Arc::new(file),
        counts: Counts::of(status.iter().copied()),
        status: status.into(),
        row_shipments: Arc::default(),
        shipments: Arc::new(HashMap::new()),
        plan: plan.into(),
        orders_to_send: 0,
        readable: true,
        phase: BatchPhase::Checked,
        picks: Vec::new(),
        preset: crate::engine::snapshot::PresetView::default(),
    })
}

fn problem(kind: ProblemKind) -> Problem {
    Problem::of(kind, Field::TrackingNo)
}

#[track_caller]
fn check(filter: Filter, search: &str, expected: &[u32]) {
    let batch = batch(&[
        (RowStatus::Ready, vec![]),
        (RowStatus::Ready, vec![problem(ProblemKind::InDispute)]),
        (
            RowStatus::Blocked,
            vec![
                problem(ProblemKind::MissingTracking),
                problem(ProblemKind::InDispute),
            ],
        ),
        (RowStatus::Ignored, vec![]),
        (RowStatus::AlreadyDone, vec![]),
    ]);
    let mut model = Model {
        filter,
        search: search.into(),
        ..Model::default()
    };
    assert_eq!(model.visible(&batch), expected, "{filter:?} {search:?}");
}

#[test]
fn a_counter_shows_the_rows_that_it_counts() {
    check(Filter::All, "", &[0, 1, 2, 3, 4]);
    check(Filter::Ready, "", &[0, 1]);
    check(Filter::Warned, "", &[1]);
    check(Filter::Blocked, "", &[2]);
    check(Filter::Ignored, "", &[3]);
    check(Filter::AlreadyDone, "", &[4]);
    check(Filter::Shipped, "", &[]);
}

#[test]
fn the_search_reads_orders_cells_and_tracking_numbers() {
    check(Filter::All, "4200003", &[3]);
    check(Filter::All, " CELL-1 ", &[1]);
    check(Filter::All, "sf004", &[4]);
    check(Filter::Blocked, "sf004", &[]);
}

#[test]
fn the_status_of_now_counts_and_not_the_one_of_the_check() {
    let mut view = (*batch(&[(RowStatus::Ready, vec![]), (RowStatus::Ready, vec![])])).clone();
    view.status = Arc::from([RowStatus::Shipped, RowStatus::Ready]);
    let mut model = Model {
        filter: Filter::Shipped,
        ..Model::default()
    };
    assert_eq!(model.visible(&Arc::new(view)), [0]);
}

#[test]
fn the_first_of_the_heaviest_problems_stands_in_the_table() {
    let rows = [(
        RowStatus::Blocked,
        vec![
            problem(ProblemKind::InDispute),
            problem(ProblemKind::MissingTracking),
            problem(ProblemKind::MissingCourier),
        ],
    )];
    let batch = batch(&rows);
    let couriers = CourierList::default();
    let shown = cells(&batch, 0, &couriers, Lang::En);
    let names = Names { couriers: &couriers };
    let expected = explain_problem(Lang::En, &rows[0].1[1], &names).title;
    assert_eq!(shown.first_problem, expected);
    let sorted: Vec<Severity> = problems(&batch, 0, &couriers, Lang::En)
        .iter()
        .map(|problem| problem.severity)
        .collect();
    assert_eq!(
        sorted,
        [Severity::Blocking, Severity::Blocking, Severity::Warning]
    );
}

#[test]
fn the_chosen_row_keeps_its_place_when_the_filter_changes() {
    let batch = batch(&[
        (RowStatus::Blocked, vec![]),
        (RowStatus::Ready, vec![]),
        (RowStatus::Ready, vec![]),
    ]);
    let mut model = Model::default();
    model.visible(&batch);
    model.select(2);
    assert_eq!((model.selected, model.selected_position()), (Some(2), Some(2)));
    model.filter = Filter::Ready;
    model.visible(&batch);
    assert_eq!((model.selected, model.selected_position()), (Some(2), Some(1)));
}

#[test]
fn columns_are_named_as_a_spreadsheet_names_them() {
    for (column, name) in [
        (0, "A"),
        (25, "Z"),
        (26, "AA"),
        (51, "AZ"),
        (52, "BA"),
        (701, "ZZ"),
        (702, "AAA"),
    ] {
        assert_eq!(place(column, ""), name);
        assert_eq!(place(column, name), name);
    }
}

#[test]
fn progress_counts_rows_with_an_end_against_rows_that_were_sent() {
    let counts = Counts {
        rows: 20,
        shipped: 5,
        refused: 1,
        needs_person: 1,
        unclear: 2,
        waiting: 3,
        blocked: 8,
        ..Counts::default()
    };
    assert_eq!(progress(&counts), (7, 12));
}

#[test]
fn a_file_of_which_the_rest_only_waits_can_be_put_away() {
    let until = Gate::Holding {
        until: crate::domain::Timestamp::from_secs(9),
    };
    let with = |queued, sending, gate: &Gate| Outbox {
        queued,
        sending,
        waiting: 1,
        unclear: 1,
        gate: gate.clone(),
        ..Outbox::default()
    };
    for (phase, outbox, expected) in [
        (BatchPhase::Sending, with(0, 0, &Gate::Open), true),
        (BatchPhase::Sending, with(1, 0, &Gate::Open), false),
        (BatchPhase::Sending, with(0, 1, &Gate::Open), false),
        (BatchPhase::Sending, with(0, 0, &until), false),
        (BatchPhase::Done, with(3, 1, &Gate::Open), true),
        (BatchPhase::Checked, with(3, 1, &Gate::Open), true),
    ] {
        let mut view = batch(&[(RowStatus::Ready, Vec::new())]);
        Arc::make_mut(&mut view).phase = phase;
        assert_eq!(may_leave(&view, &outbox), expected, "{:?} {outbox:?}", view.phase);
    }
}

#[test]
fn changed_rows_are_counted_by_reading_and_filtered() {
    let mut view = batch(&[(RowStatus::Ready, Vec::new()), (RowStatus::Ready, Vec::new())]);
    // Each row is read from its own cell, and the second had a quote before its number.
    let changed = Arc::make_mut(&mut view);
    let mut read = changed.rows.to_vec();
    for row in &mut read {
        row.cells = Arc::from(["'42".to_owned()]);
        row.order_column = Some(0);
        row.order_number = Some("'42".into());
        row.parcels.clear();
        row.item_desc = None;
    }
    read[1].order_number = Some("42".into());
    changed.marks = marks(&read, &changed.plan.to_vec(), &changed.file.columns);
    changed.rows = read.into();
    let mut model = Model {
        filter: Filter::Changed,
        ..Model::default()
    };
    assert_eq!(model.visible(&view), [1]);
    let all = changes::changes(
        &view.rows.get(1).unwrap(),
        &view.file.columns,
        &CourierList::default(),
    );
    let told: Vec<_> = all
        .iter()
        .map(|c| (c.original.as_str(), c.now.as_str()))
        .collect();
    assert_eq!(told, [("'42", "42")]);
}

#[test]
fn a_search_through_a_large_file_goes_on_from_frame_to_frame() {
    let rows: Vec<_> = (0..=SEARCHED_AT_ONCE * 2)
        .map(|_| (RowStatus::Ready, Vec::new()))
        .collect();
    let view = batch(&rows);
    let last = u32::try_from(SEARCHED_AT_ONCE * 2).unwrap();
    let mut model = Model {
        search: format!("cell-{last}"),
        ..Model::default()
    };
    assert_eq!(model.visible(&view), [] as [u32; 0]);
    assert_eq!(model.searching(), Some((SEARCHED_AT_ONCE, rows.len())));
    assert_eq!(model.visible(&view), [] as [u32; 0]);
    // Another state of the same rows does not begin it again.
    let view = Arc::new(BatchView::clone(&view));
    assert_eq!(model.visible(&view), [last]);
    assert_eq!(model.searching(), None);
    model.search.clear();
    assert_eq!(model.visible(&view).len(), rows.len());
}
