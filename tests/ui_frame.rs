//! Drives the frame of the window by labels: navigation, switches, keys, notices.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use fahuo::domain::Timestamp;
use fahuo::engine::Snapshot;
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};

fn window(snapshot: Snapshot, lang: Lang) -> Harness<'static, App> {
    Harness::builder()
        .with_size([1280.0, 800.0])
        .with_pixels_per_point(1.0)
        .with_theme(egui::Theme::Light)
        .build_eframe(|cc| {
            App::install(&cc.egui_ctx);
            App::with_snapshot(snapshot, lang).at(Timestamp::from_secs(1_795_000_000))
        })
}

#[test]
fn every_page_opens_from_the_list_at_the_left() {
    let mut h = window(Snapshot::default(), Lang::En);
    h.run();
    for (name, page) in [
        ("Import", Page::Import),
        ("Outbox", Page::Outbox),
        ("Settings", Page::Settings),
        ("Orders", Page::Orders),
    ] {
        h.get_by_role_and_label(Role::Tab, name).click();
        h.run();
        assert_eq!(h.state().page(), page);
    }
}
