//! scratch
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
use egui_kittest::kittest::Queryable as _;
use fahuo::engine::snapshot::*;
use fahuo::i18n::Lang;
use fahuo::ui::Page;
use fixtures::*;
use std::sync::Arc;

fn take(
    name: &str,
    snapshot: &Snapshot,
    page: Page,
    act: impl Fn(&mut egui_kittest::Harness<'static, fahuo::ui::App>),
) {
    let only = std::env::var("LOOK").unwrap_or_default();
    if !only.is_empty() && !name.contains(&only) {
        return;
    }
    for (lang, theme) in [(Lang::ZhCn, "light"), (Lang::En, "dark")] {
        let mut h = themed(snapshot.clone(), lang, page, theme);
        h.run_steps(4);
        act(&mut h);
        h.run_steps(4);
        h.render()
            .unwrap()
            .save(format!("/tmp/look/{name}-{}-{theme}.png", lang.tag()))
            .unwrap();
    }
}

#[test]
fn look() {
    std::fs::create_dir_all("/tmp/look").unwrap();
    let mut s = shop();
    take("import-choose", &s, Page::Import, |_| ());
    s.batch = Some(Arc::new(file(500, BatchPhase::Checked)));
    take("import-checked", &s, Page::Import, |_| ());
    take("import-detail", &s, Page::Import, |h| {
        let rows: Vec<_> = h
            .get_all_by_role(egui::accesskit::Role::Row)
            .map(|n| n.rect())
            .collect();
        let c = rows[3].center();
        h.hover_at(c);
        h.drag_at(c);
        h.drop_at(c);
    });
}
