//! Tables of edits and what changes them back.

use std::collections::HashMap;
use std::sync::Arc;

use super::*;
use crate::domain::{Column, Counts, Field, FileRow, ImportedFile, Needs, Repaired};
use crate::engine::command::BatchId;
use crate::engine::snapshot::{BatchPhase, PresetView};

fn snapshot() -> Snapshot {
    let cells = |cells: [&str; 2]| cells.map(String::from).to_vec().into();
    let unknown = Problem::of(
        ProblemKind::UnknownCourier { nearest: Vec::new() },
        Field::Courier,
    );
    let plain = FileRow {
        cells: cells(["4200", "鸽鸽 "]),
        // Of another column than the first courier's.
        problems: vec![unknown.at(2, "鸽鸽")],
        ..FileRow::default()
    };
    let repaired = |text: &str| FileRow {
        cells: cells([text, "顺丰"]),
        repaired: Some(Box::new(Repaired {
            columns: vec![0],
            before: plain.clone(),
        })),
        ..FileRow::default()
    };
    let column = |heading: &str, field| Column {
        heading: heading.into(),
        field,
    };
    let file = ImportedFile {
        name: "a.csv".into(),
        sha256: String::new(),
        encoding: "utf-8".into(),
        header_row: 1,
        columns: vec![column("订单号", None), column("快递", None)],
        rows: Vec::new(),
        problems: Vec::new(),
    };
    let rows = vec![plain.clone(), repaired("4201"), repaired("138****1234")];
    Snapshot {
        batch: Some(Arc::new(BatchView {
            id: BatchId(7),
            file: Arc::new(file),
            rows: rows.into(),
            plan: Vec::new().into(),
            status: [].into(),
            marks: [].into(),
            changed: 0,
            repaired: 2,
            needs: Needs::default(),
            unknown_couriers: Arc::default(),
            row_shipments: Arc::default(),
            shipments: Arc::new(HashMap::new()),
            counts: Counts::default(),
            orders_to_send: 0,
            readable: true,
            phase: BatchPhase::Checked,
            picks: Vec::new(),
            preset: PresetView::default(),
        })),
        ..Snapshot::default()
    }
}

fn repair(batch: i64, row: usize, text: Option<&str>) -> Command {
    Command::RepairCell {
        batch: BatchId(batch),
        row,
        column: 0,
        text: text.map(str::to_owned),
    }
}

#[test]
fn every_edit_goes_back_to_what_stood_there() {
    for (edit, back) in [
        (repair(7, 0, Some("new")), Some(repair(7, 0, None))),
        (repair(7, 1, Some("new")), Some(repair(7, 1, Some("4201")))),
        (repair(7, 1, None), Some(repair(7, 1, Some("4201")))),
        (repair(7, 2, Some("13800001234")), None),
        (repair(7, 99, Some("no such row")), None),
        (repair(8, 0, Some("another file")), None),
        (
            Command::PickCourier {
                batch: BatchId(7),
                row: 0,
                courier: "YTO".into(),
            },
            Some(Command::UnpickCourier {
                batch: BatchId(7),
                spelling: "鸽鸽".into(),
            }),
        ),
        (teach("鸽鸽", "YTO"), Some(Command::ForgetCourier("鸽鸽".into()))),
        (
            Command::RememberMapping {
                headings: vec!["甲".into()],
                mapping: vec![("甲".into(), None)],
            },
            Some(Command::RememberMapping {
                headings: vec!["甲".into()],
                mapping: Vec::new(),
            }),
        ),
        (Command::Pause, None),
    ] {
        let undo = inverse(&edit, &snapshot()).map(|undo| undo.command);
        assert_eq!(undo, back, "{edit:?}");
    }
}

#[test]
fn edits_are_taken_back_one_by_one_and_an_undo_is_no_edit() {
    let (mut history, snapshot) = (History::default(), snapshot());
    assert!(history.see(&repair(7, 0, Some("a")), &snapshot).is_some());
    assert!(history.see(&repair(7, 1, Some("b")), &snapshot).is_some());
    let back = history.take().unwrap();
    assert_eq!(back, repair(7, 1, Some("4201")));
    assert!(history.see(&back, &snapshot).is_none());
    assert_eq!(history.take(), Some(repair(7, 0, None)));
    assert_eq!(history.take(), None);
}

#[test]
fn what_was_sent_is_not_taken_back() {
    let (mut history, snapshot) = (History::default(), snapshot());
    history.see(&repair(7, 0, Some("a")), &snapshot);
    let send = Command::SendBatch {
        batch: BatchId(7),
        hold_secs: 0,
        reship: false,
    };
    assert!(history.see(&send, &snapshot).is_none());
    assert_eq!(history.take(), None);
}
