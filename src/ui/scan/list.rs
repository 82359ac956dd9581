//! What was scanned in this session, newest first, and where each order stands now.

use std::time::Duration;

use egui::{Align, Label, Layout, RichText, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::Wish;
use super::model::{Scan, Session, words};
use crate::domain::{State, plain_text};
use crate::i18n::format;
use crate::ui::pane::Cx;
use crate::ui::said;
use crate::ui::theme::{self, S, Tone, XS};
use crate::ui::widgets::{self, icon_button, icons};

/// Height of one order.
const HEIGHT: f32 = 64.0;

/// Height of one of its two lines.
const LINE: f32 = 24.0;

/// Orders in sight where the list does not have a column of its own.
const IN_SIGHT: f32 = 4.0;

/// How much of the page the list may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    /// All that is left below it.
    All,
    /// Some rows, because other things stand below.
    Some,
}

/// Paints the list.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, session: &Session, wish: &mut Wish, room: Room) {
    let tally = session.tally();
    ui.horizontal(|ui| {
        for (tone, count, id) in [
            (Tone::Info, tally.scanned, "scan-tally-scanned"),
            (Tone::Done, tally.shipped, "scan-tally-shipped"),
            (Tone::Blocked, tally.troubled, "scan-tally-troubled"),
        ] {
            figure(ui, tone, count, &cx.t(id));
        }
    });
    ui.add_space(XS);
    let scans = session.scans();
    if scans.is_empty() {
        widgets::weak(ui, cx.t("scan-list-empty"));
        return;
    }
    let height = match room {
        Room::All => f32::INFINITY,
        Room::Some => HEIGHT * IN_SIGHT,
    };
    ScrollArea::vertical()
        .id_salt("scan-list")
        .max_height(height)
        .auto_shrink([false, room == Room::Some])
        .show_rows(ui, HEIGHT, scans.len(), |ui, range| {
            for at in range {
                let index = scans.len().saturating_sub(at).saturating_sub(1);
                if let Some(scan) = scans.get(index)
                    && row_ui(ui, cx, scan)
                {
                    wish.undo = Some(index);
                }
            }
        });
    let is_held = |scan: &Scan| {
        let held =
            |s: &std::sync::Arc<crate::domain::Shipment>| s.state == State::Queued && s.not_before > cx.now;
        scan.shipment.as_ref().is_some_and(held)
    };
    // A countdown shows something else every second.
    let counting = scans.iter().rev().take(100).any(is_held);
    cx.repaint_in(ui, counting.then_some(Duration::from_millis(500)));
}

/// A number with its word.
fn figure(ui: &mut Ui, tone: Tone, count: usize, word: &str) {
    let ink = if count == 0 {
        theme::palette(ui).weak
    } else {
        theme::palette(ui).tone(tone).ink
    };
    let number = format::count(count);
    let shown = ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.set_min_width(84.0);
        ui.label(
            RichText::new(&number)
                .text_style(theme::figure_style())
                .color(ink),
        );
        widgets::small(ui, word);
    });
    drop(shown);
}

/// One order; `true` when it is to be taken back.
fn row_ui(ui: &mut Ui, cx: &Cx<'_>, scan: &Scan) -> bool {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let palette = theme::palette(ui);
    let card = rect.shrink2(vec2(0.0, 2.0));
    ui.painter()
        .rect_filled(card, f32::from(theme::ROUND_SMALL), palette.surface);
    let inside = card.shrink2(vec2(10.0, 6.0));
    let mut undo = false;
    ui.scope_builder(UiBuilder::new().max_rect(inside), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.spacing_mut().interact_size.y = LINE;
        let line = vec2(inside.width(), LINE);
        ui.allocate_ui_with_layout(line, Layout::right_to_left(Align::Center), |ui| {
            said::pill(ui, &words::standing(cx.lang, scan, cx.now));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let number =
                    RichText::new(&*plain_text::cell(&scan.number)).text_style(theme::strong_style());
                ui.add(Label::new(number).truncate());
            });
        });
        ui.allocate_ui_with_layout(line, Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = S;
            if scan.can_take_back() {
                let name = cx.ta("scan-undo", &[("number", (&scan.number).into())]);
                undo = ui.add(icon_button(icons::ICON_UNDO, name).compact()).clicked();
            }
            let time = format::time_of_day(scan.at);
            ui.label(RichText::new(time).small().color(palette.weak));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let words = parcels_words(cx, scan);
                ui.add(Label::new(RichText::new(words).small().color(palette.weak)).truncate());
            });
        });
    });
    undo
}

fn parcels_words(cx: &Cx<'_>, scan: &Scan) -> String {
    match scan.parcels.as_slice() {
        [] => cx.t("scan-finished-short"),
        [parcel] => words::parcel_words(cx.lang, parcel, &cx.snapshot.couriers),
        several => cx.ta("scan-parcels-count", &[("count", several.len().into())]),
    }
}
