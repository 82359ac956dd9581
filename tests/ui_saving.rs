//! Files that go out from the window: which buttons are there, what the dialog proposes, and what the engine is asked.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "ui/fixtures.rs"]
mod fixtures;

use std::path::PathBuf;
use std::sync::Arc;

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use fahuo::domain::{FileNotSaved, FileSaved, Refusal, RowStatus, RowsOut, State};
use fahuo::engine::command::{Command, DataAsk, ResultFile};
use fahuo::engine::notice::Notice;
use fahuo::engine::snapshot::{BatchPhase, Outbox, Snapshot};
use fahuo::i18n::{Lang, result_headings};
use fahuo::ui::file_picker::FilePicker;
use fahuo::ui::{App, Page};
use fixtures::{ago, file, shipment, shop};

const FAILURES: &str = "Save rows to repair…";
const SUCCESSES: &str = "Save shipped rows…";
const TEMPLATE: &str = "Write WeChat template…";

fn window(snapshot: Snapshot, page: Page, picker: FilePicker) -> Harness<'static, App> {
    let mut h = Harness::builder().with_size([1280.0, 800.0]).build_eframe(|cc| {
        App::install(&cc.egui_ctx);
        App::with_snapshot(snapshot, Lang::En)
            .on(page)
            .with_picker(picker)
    });
    h.run_steps(3);
    h
}

fn with_file(phase: BatchPhase, change: fn(&mut [RowStatus])) -> Snapshot {
    let mut batch = file(60, phase);
    let mut status = batch.status.to_vec();
    change(&mut status);
    batch.counts = fahuo::domain::Counts::of(status.iter().copied());
    batch.status = status.into();
    Snapshot {
        batch: Some(Arc::new(batch)),
        ..shop()
    }
}

/// Presses the button and gives what the engine is asked once the dialog has been answered.
fn asked(h: &mut Harness<'static, App>, button: &str) -> Command {
    h.get_by_role_and_label(Role::Button, button).click();
    h.run_steps(3);
    for _ in 0..500 {
        if !h.state().commands().is_empty() {
            break;
        }
        std::thread::yield_now();
        h.run_steps(1);
    }
    let [command] = h.state().commands() else {
        panic!("{:?}", h.state().commands());
    };
    command.clone()
}

#[test]
fn rows_to_repair_are_saved_in_the_form_of_the_file() {
    let picker = FilePicker::with(|request| {
        assert_eq!(request.save_as.as_deref(), Some("仓库发货 11-21-to repair.xlsx"));
        Some(PathBuf::from("mine.xlsx"))
    });
    let snapshot = with_file(BatchPhase::Checked, |_| ());
    let batch = snapshot.batch.clone().unwrap();
    let couriers = Arc::clone(&snapshot.couriers);
    let mut h = window(snapshot, Page::Import, picker);
    let Command::SaveResults(ResultFile {
        path,
        replace,
        out,
        words,
        ..
    }) = asked(&mut h, FAILURES)
    else {
        panic!("something else is asked");
    };
    assert_eq!((path, replace), (PathBuf::from("mine.xlsx"), true));
    assert_eq!(words.headings, result_headings(Lang::En));
    assert_eq!(out, RowsOut::Failures);
    let rows: Vec<_> = batch.results(out).collect();
    assert!(batch.counts.blocked > 0);
    assert_eq!(rows.len(), batch.counts.blocked);
    let (index, row) = &rows[0];
    let notes = (words.of_row)(&row.result(), &couriers);
    assert_eq!(notes[0], (index + 2).to_string());
    assert_eq!(notes[1], "To repair");
    assert!(notes[2..5].iter().all(|note| !note.is_empty()), "{notes:?}");
}

#[test]
fn what_cannot_be_saved_has_no_button() {
    let none = |_: &FilePicker| FilePicker::with(|_| None);
    let picker = || none(&FilePicker::default());
    for (phase, change, failures, successes) in [
        (BatchPhase::Checked, (|_| ()) as fn(&mut [RowStatus]), true, true),
        (BatchPhase::Sending, |_| (), false, false),
        (BatchPhase::Done, |all| all.fill(RowStatus::Shipped), false, true),
        (
            BatchPhase::Done,
            |all| all.fill(RowStatus::Cancelled),
            true,
            false,
        ),
        (
            BatchPhase::Checked,
            |all| all.fill(RowStatus::Ready),
            false,
            false,
        ),
    ] {
        let h = window(with_file(phase.clone(), change), Page::Import, picker());
        for (button, there) in [(FAILURES, failures), (SUCCESSES, successes)] {
            let found = h.query_by_role_and_label(Role::Button, button).is_some();
            assert_eq!(found, there, "{phase:?} {button}");
        }
    }
}

#[test]
fn a_dialog_that_is_closed_asks_for_nothing() {
    let picker = FilePicker::with(|_| None);
    let mut h = window(with_file(BatchPhase::Checked, |_| ()), Page::Import, picker);
    h.get_by_role_and_label(Role::Button, FAILURES).click();
    for _ in 0..50 {
        std::thread::yield_now();
        h.run_steps(1);
    }
    assert_eq!(h.state().commands(), []);
}

#[test]
fn refused_orders_go_into_the_template() {
    let refusal = Refusal {
        errcode: 10_060_009,
        rid: None,
        refunded: false,
    };
    let refused = shipment(1, State::Rejected(refusal), ago(60));
    let id = refused.id;
    let rows = [refused, shipment(2, State::Queued, ago(60))].map(Arc::new);
    let snapshot = Snapshot {
        outbox: Arc::new(Outbox {
            rows: rows.into(),
            rejected: 1,
            ..Outbox::default()
        }),
        ..shop()
    };
    let picker = FilePicker::with(|request| {
        assert_eq!(request.save_as.as_deref(), Some("发货单模板.xlsx"));
        Some(PathBuf::from("t.xlsx"))
    });
    let mut h = window(snapshot, Page::Outbox, picker);
    let template = Command::SaveTemplate {
        path: PathBuf::from("t.xlsx"),
        replace: true,
        shipments: vec![id],
    };
    assert_eq!(asked(&mut h, TEMPLATE), template);
}

#[test]
fn the_end_of_it_is_said() {
    let mut h = window(shop(), Page::Import, FilePicker::with(|_| None));
    h.state_mut().say(&Notice::FileSaved(FileSaved {
        name: "mine.csv".into(),
        rows: 4,
        encoding: Some("utf-8"),
        masked: false,
    }));
    h.state_mut().say(&Notice::FileNotSaved {
        name: "other.csv".into(),
        why: FileNotSaved::IsTheSource,
    });
    h.run_steps(3);
    for words in ["this one is in UTF-8", "it is the imported file itself"] {
        assert!(h.query_all_by_label_contains(words).next().is_some(), "{words}");
    }
}

#[test]
fn everything_is_exported_to_the_place_that_was_chosen() {
    let picker = FilePicker::with(|request| {
        assert_eq!(request.save_as.as_deref(), Some("fahuo-everything.zip"));
        Some(PathBuf::from("all.zip"))
    });
    let mut h = window(shop(), Page::Settings, picker);
    let button = "Export everything…";
    h.get_by_role_and_label(Role::Button, button).scroll_to_me();
    h.run_steps(3);
    let export = Command::Data(DataAsk::Export {
        path: PathBuf::from("all.zip"),
        replace: true,
    });
    assert_eq!(asked(&mut h, button), export);
}
