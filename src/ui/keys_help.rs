//! The list of keys of the open page (F1), made from the same table that the keys act by.

use egui::{Align, Context, Frame, Id, Layout, Margin, Modal, RichText, ScrollArea, Ui};

use super::actions;
use super::nav::Page;
use super::theme::{self, L, M, S, Tone};
use super::widgets::{badge, secondary};
use crate::i18n::{self, Lang};

/// Keys that work inside tables, which have no action of their own.
const IN_TABLES: [(&str, &str); 4] = [
    ("↑ ↓", "keys-rows"),
    ("Home End PgUp PgDn", "keys-far"),
    ("Enter", "keys-open"),
    ("Esc", "keys-close"),
];
/// Keys of the whole window, which the toolkit acts by.
const OF_THE_WINDOW: [(&str, &str); 3] = [
    ("Tab", "keys-next"),
    ("Ctrl +", "keys-larger"),
    ("Ctrl −", "keys-smaller"),
];

/// Keys of a page that have no action of their own.
fn of_page(page: Page) -> &'static [(&'static str, &'static str)] {
    if page == Page::Orders {
        &[("0 1 2 3 4 5 6", "keys-groups"), ("Ctrl+C", "keys-copy")]
    } else if page == Page::Ship {
        &[("Ctrl+Enter", "keys-send"), ("Esc", "keys-back")]
    } else {
        &[]
    }
}

/// Shows the list; `false` once it is closed.
pub fn show(ctx: &Context, lang: Lang, page: Page) -> bool {
    let say = |id: &str| i18n::text(lang, id);
    let frame = Frame::window(&ctx.global_style()).inner_margin(Margin::same(24));
    let room = ctx.content_rect().size();
    let modal = Modal::new(Id::unique("keys")).frame(frame).show(ctx, |ui| {
        ui.set_width(460.0_f32.min(room.x - 96.0));
        ui.label(RichText::new(say("keys-title")).heading());
        ui.add_space(S);
        let own = |of: fn(&actions::Action) -> bool| {
            let all = actions::all().filter(of);
            let all = all.map(|action| (action.keys_text(ctx), say(action.label)));
            all.filter(|(keys, _)| !keys.is_empty()).collect::<Vec<_>>()
        };
        let fixed = |keys: &[(&str, &str)]| {
            let all = keys.iter().map(|(keys, id)| ((*keys).to_owned(), say(id)));
            all.collect::<Vec<_>>()
        };
        let mut here = fixed(of_page(page));
        let of_here = actions::all().filter(|action| action.page == Some(page));
        here.extend(of_here.map(|action| (action.keys_text(ctx), say(action.label))));
        let mut everywhere = own(|action| action.page.is_none());
        everywhere.extend(fixed(&OF_THE_WINDOW));
        let groups = [
            (say(page.name_id()), here),
            (say("keys-in-tables"), fixed(&IN_TABLES)),
            (say("keys-everywhere"), everywhere),
        ];
        ScrollArea::vertical()
            .max_height((room.y - 200.0).max(120.0))
            .show(ui, |ui| {
                for (title, keys) in groups.iter().filter(|(_, keys)| !keys.is_empty()) {
                    group(ui, title, keys);
                }
            });
        ui.add_space(L);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add(secondary(say("keys-done"))).clicked()
        })
        .inner
    });
    !(modal.inner || modal.should_close())
}

fn group(ui: &mut Ui, title: &str, keys: &[(String, String)]) {
    let weak = theme::palette(ui).weak;
    ui.label(RichText::new(title).small().color(weak));
    for (keys, words) in keys {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(M);
                badge(ui, Tone::Neutral, keys);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(egui::Label::new(words).truncate());
                });
            });
        });
    }
    ui.add_space(S);
}
