//! The manual in the window: every chapter is reached by its name, in both languages, with its pictures.
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

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use fahuo::i18n::Lang;
use fahuo::ui::help::chapters::{CHAPTERS, PICTURES};
use fahuo::ui::{App, Page};
use fixtures::{now, shop};

fn manual(lang: Lang, width: f32) -> Harness<'static, App> {
    let mut snapshot = shop();
    lang.tag()
        .clone_into(&mut Arc::make_mut(&mut snapshot.preferences).language);
    let mut h = Harness::builder()
        .with_size(egui::vec2(width, 800.0))
        .build_eframe(|cc| {
            App::install(&cc.egui_ctx);
            App::with_snapshot(snapshot, lang).at(now()).on(Page::Help)
        });
    h.run_steps(4);
    h
}

#[test]
fn every_chapter_opens_by_its_name_in_both_languages() {
    for lang in [Lang::ZhCn, Lang::En] {
        for width in [1280.0, 640.0] {
            let mut h = manual(lang, width);
            for chapter in CHAPTERS {
                h.get_by_role_and_label(Role::Button, chapter.title(lang)).click();
                h.run_steps(3);
                // Its heading, above its text.
                h.get_by_role_and_label(Role::Label, chapter.title(lang));
            }
        }
    }
}

#[test]
fn both_languages_have_the_same_chapters_and_pictures() {
    let pictures = |lang: Lang| {
        let texts = CHAPTERS.iter().map(|chapter| chapter.text(lang));
        let used = texts.map(|text| text.matches("](bytes://manual/").count());
        used.collect::<Vec<_>>()
    };
    assert_eq!(pictures(Lang::ZhCn), pictures(Lang::En));
    let mut used = 0;
    for lang in [Lang::ZhCn, Lang::En] {
        for chapter in CHAPTERS {
            let headings = |text: &str| text.lines().filter(|line| line.starts_with("## ")).count();
            assert_eq!(headings(chapter.text(lang)), headings(chapter.text(Lang::En)));
            for name in chapter.text(lang).split("](").skip(1) {
                let name = name.split(')').next().unwrap();
                assert!(PICTURES.iter().any(|(known, _)| *known == name), "{name}");
                used += 1;
            }
        }
    }
    assert_eq!(used, PICTURES.len());
}
