//! Paints every page and dialog in both languages and themes. Where `FAHUO_PICTURES` names a folder, the pictures are
//! kept there for people to look at, at twice the size when `FAHUO_PICTURES_ZOOM` is 200; where no renderer is
//! installed, the test says so and counts as passed.
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
#[path = "ui/picture_pages.rs"]
mod pages;
#[path = "ui/picture_scenes.rs"]
mod scenes;

use std::collections::BTreeSet;
use std::path::PathBuf;

use egui_kittest::Harness;
use fahuo::engine::Snapshot;
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};
use fixtures::themed;
use scenes::{Act, Scene, scenes};

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
    for (name, snapshot, page, act) in all() {
        for &(lang, theme) in combinations() {
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

/// The pages as staff see them every day, each with something on it.
const MAIN: [&str; 16] = [
    "orders-open",
    "ship",
    "import-checked",
    "outbox",
    "board",
    "special",
    "reminders",
    "combined",
    "pay",
    "shopping",
    "events",
    "history",
    "scan",
    "settings",
    "welcome",
    "help",
];

const DIALOGS: [&str; 6] = [
    "ship-correct",
    "reminders-ask",
    "special-ask-test",
    "checklist",
    "palette",
    "scan-sheet",
];

#[test]
fn the_main_pages_look_the_same_on_every_run() {
    equal_on_every_run(&MAIN);
}

#[test]
fn dialogs_look_the_same_on_every_run() {
    equal_on_every_run(&DIALOGS);
}

/// Paints each scene in two windows in every language and theme.
fn equal_on_every_run(names: &[&str]) {
    if !renderer_is_installed() {
        eprintln!("skipped: no renderer is installed here");
        return;
    }
    for (name, snapshot, page, act) in named(names) {
        for (lang, theme) in COMBINATIONS {
            let paint = || staged(&snapshot, lang, page, theme, act).render().unwrap();
            let (first, second) = (paint(), paint());
            assert!(first == second, "{name} {lang:?} {theme}");
        }
    }
}

/// Every scene.
fn all() -> impl Iterator<Item = Scene> {
    scenes().into_iter().chain(pages::scenes())
}

/// The scenes of these names, each of which there is.
fn named(names: &[&str]) -> Vec<Scene> {
    let found: Vec<_> = all().filter(|scene| names.contains(&scene.0)).collect();
    assert_eq!(found.len(), names.len());
    found
}

/// The scene after what is done in it, small enough to be painted quickly.
fn staged(snapshot: &Snapshot, lang: Lang, page: Page, theme: &str, act: Act) -> Harness<'static, App> {
    let mut h = themed(snapshot.clone(), lang, page, theme);
    if std::env::var_os("FAHUO_PICTURES").is_none() {
        h.set_size(egui::vec2(1024.0, 700.0));
    } else if std::env::var("FAHUO_PICTURES_ZOOM").is_ok_and(|zoom| zoom == "200") {
        h.set_size(egui::vec2(640.0, 400.0));
        h.set_pixels_per_point(2.0);
    }
    // A cursor that blinks would be there in one picture and not in the next.
    h.ctx
        .all_styles_mut(|style| style.visuals.text_cursor.blink = false);
    h.run_steps(3);
    act(&mut h);
    h.run_steps(6);
    h
}

const COMBINATIONS: [(Lang, &str); 4] = [
    (Lang::ZhCn, "light"),
    (Lang::En, "dark"),
    (Lang::ZhCn, "dark"),
    (Lang::En, "light"),
];

/// Every language and theme for people who look; two of the four where only the painting itself is tried.
fn combinations() -> &'static [(Lang, &'static str)] {
    if std::env::var_os("FAHUO_PICTURES").is_some() {
        &COMBINATIONS
    } else {
        &COMBINATIONS[..2]
    }
}
