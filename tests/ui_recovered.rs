//! What was recovered stands above every page until a person says that they have read it.
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

use std::sync::Arc;

use egui_kittest::kittest::Queryable as _;
use fahuo::engine::command::Command;
use fahuo::engine::snapshot::{Damage, Recovered};
use fahuo::i18n::Lang;
use fahuo::ui::Page;
use fixtures::{shop, window};

fn recovered(damage: Damage) -> Recovered {
    Recovered {
        damage,
        kept_in: Some("damaged-20261120-140200".into()),
        backup: Some(7),
        shipments: 31,
        under_way: 4,
        lost_changes: 0,
    }
}

#[test]
fn it_stands_above_every_page_and_goes_when_it_was_read() {
    for page in [
        Page::Orders,
        Page::Ship,
        Page::Import,
        Page::Outbox,
        Page::Settings,
    ] {
        let mut snapshot = shop();
        Arc::make_mut(&mut snapshot.session).recovered = Some(recovered(Damage::Unreadable));
        let mut h = window(snapshot, Lang::En, page);
        h.get_by_label("The journal was damaged and has been recovered");
        h.get_by_label_contains("31 shipments, 4 of them still under way");
        h.get_by_label_contains("damaged-20261120-140200");
        h.get_by_label("I have read this").click();
        h.run();
        assert!(h.state().commands().contains(&Command::CloseRecovered));
        h.state_mut().set_snapshot(shop());
        h.run();
        assert!(h.query_by_label("I have read this").is_none());
    }
}

#[test]
fn a_folder_of_a_sync_program_is_named() {
    let mut snapshot = shop();
    Arc::make_mut(&mut snapshot.session).synced_by = Some("OneDrive");
    let h = window(snapshot, Lang::ZhCn, Page::Orders);
    h.get_by_label_contains("OneDrive");
}
