//! Paints every page in both languages and themes. Where `FAHUO_PICTURES` names a folder, the pictures are
//! kept there for people to look at; where no renderer is installed, the test says so and counts as passed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "ui/first.rs"]
mod first;
#[path = "ui/fixtures.rs"]
mod fixtures;
#[path = "ui/picture_scenes.rs"]
mod scenes;

use std::collections::BTreeSet;
use std::path::PathBuf;

use egui_kittest::Harness;
use fahuo::engine::Snapshot;
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};
use fixtures::themed;
use scenes::{Act, scenes};

/// An empty window is tried first, because without a renderer the harness panics instead of saying so.
fn renderer_is_installed() -> bool {
    let picture = std::panic::catch_unwind(|| Harness::new_ui(|_| ()).render());
    picture.is_ok_and(|picture| picture.is_ok())
}

#[test]
fn every_page_is_painted_in_both_languages_and_themes() {
    let paints = renderer_is_installed();
    if !paints {
        eprintln!("not painted: no renderer is installed here");
    }
    let folder = std::env::var_os("FAHUO_PICTURES").map(PathBuf::from);
    for (name, snapshot, page, act) in scenes() {
        for (lang, theme) in combinations() {
            // The harness fails on a character that no embedded font has, and on a control without a name.
            let mut h = staged(&snapshot, lang, page, theme, act);
            if !paints {
                continue;
            }
            let picture = h.render().unwrap();
            let colours: BTreeSet<[u8; 4]> = picture.pixels().map(|pixel| pixel.0).collect();
            assert!(colours.len() > 50, "{name} is almost empty");
            if let Some(folder) = &folder {
                let file = folder.join(format!("{name}-{}-{theme}.png", lang.tag()));
                picture.save(file).unwrap();
            }
        }
    }
}

#[test]
fn the_main_pages_look_the_same_on_every_run() {
    if !renderer_is_installed() {
        eprintln!("skipped: no renderer is installed here");
        return;
    }
    let main = [
        "orders",
        "import-checked",
        "outbox",
        "board",
        "history",
        "scan",
        "settings",
    ];
    for (name, snapshot, page, act) in scenes().into_iter().filter(|scene| main.contains(&scene.0)) {
        for (lang, theme) in combinations() {
            let paint = || staged(&snapshot, lang, page, theme, act).render().unwrap();
            let (first, second) = (paint(), paint());
            assert!(first == second, "{name} {lang:?} {theme}");
        }
    }
}

/// The scene after what is done in it.
fn staged(snapshot: &Snapshot, lang: Lang, page: Page, theme: &str, act: Act) -> Harness<'static, App> {
    let mut h = themed(snapshot.clone(), lang, page, theme);
    h.run_steps(3);
    act(&mut h);
    h.run_steps(6);
    h
}

/// Every language and theme for people who look; two of the four where only the painting itself is tried.
fn combinations() -> Vec<(Lang, &'static str)> {
    let all = [
        (Lang::ZhCn, "light"),
        (Lang::En, "dark"),
        (Lang::ZhCn, "dark"),
        (Lang::En, "light"),
    ];
    let tried = if std::env::var_os("FAHUO_PICTURES").is_some() {
        all.len()
    } else {
        2
    };
    all.into_iter().take(tried).collect()
}
