//! The list of keys of the open page (F1), made from the same table that the keys act by.

use egui::{Context, Frame, Id, Layout, Margin, Modal, RichText};

use super::actions;
use super::nav::Page;
use super::theme::{self, L, S};
use super::widgets::{badge, secondary};
use crate::i18n::{self, Lang};

/// Keys that work inside tables, which have no action of their own.
const IN_TABLES: [(&str, &str); 4] = [
    ("↑ ↓", "keys-rows"),
    ("Home End PgUp PgDn", "keys-far"),
    ("Enter", "keys-open"),
    ("Esc", "keys-close"),
];

/// Shows the list; `false` once it is closed.
pub fn show(ctx: &Context, lang: Lang, page: Page) -> bool {
    let say = |id: &str| i18n::text(lang, id);
    let frame = Frame::window(&ctx.global_style()).inner_margin(Margin::same(24));
    let modal = Modal::new(Id::unique("keys")).frame(frame).show(ctx, |ui| {
        ui.set_width(420.0);
        ui.label(RichText::new(say("keys-title")).heading());
        ui.add_space(S);
        let here = |action: &actions::Action| action.page.is_none_or(|its| its == page);
        let own = actions::all()
            .filter(here)
            .map(|action| (action.keys_text(ui.ctx()), say(action.label)))
            .filter(|(keys, _)| !keys.is_empty());
        let in_tables = IN_TABLES.map(|(keys, id)| (keys.to_owned(), say(id)));
        for (keys, words) in own.chain(in_tables).collect::<Vec<_>>() {
            ui.horizontal(|ui| {
                ui.label(words);
                ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
                    badge(ui, theme::Tone::Neutral, keys);
                });
            });
        }
        ui.add_space(L);
        ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add(secondary(say("keys-done"))).clicked()
        })
        .inner
    });
    !(modal.inner || modal.should_close())
}
