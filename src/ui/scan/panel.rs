//! What stands large: what is awaited or was refused, the scan field, the open order with its parcels, and the
//! commands that mean something now.

use egui::{CornerRadius, Frame, Label, Margin, RichText, Ui, WidgetInfo};

use super::field::Field;
use super::model::{Settings, Signal, Station, words};
use super::{Wish, seen};
use crate::domain::{ScanCode, plain_text};
use crate::ui::orders::model::{Said, Tone, cells};
use crate::ui::pane::Cx;
use crate::ui::said;
use crate::ui::theme::{self, M, ROUND, S, XS};
use crate::ui::widgets::{self, icons};

/// Paints it.
pub(super) fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    station: &Station,
    field: &mut Field,
    settings: &Settings,
    wish: &mut Wish,
) {
    let prompt = words::prompt(cx.lang, station, &seen(cx, settings));
    let pair = theme::palette(ui).tone(said::tone(prompt.title.tone));
    let frame = Frame::new()
        .fill(pair.ground)
        .stroke(egui::Stroke::new(1.5, pair.ink))
        .corner_radius(CornerRadius::same(ROUND))
        .inner_margin(Margin::same(18));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.set_min_height(96.0);
        widgets::icon_line(
            ui,
            icon(station, &prompt.title),
            said::tone(prompt.title.tone),
            40.0,
            |ui| {
                ui.spacing_mut().item_spacing.y = XS;
                let title = RichText::new(&prompt.title.text).text_style(theme::figure_style());
                let title = ui.add(Label::new(title.color(pair.ink)).wrap());
                // Screen readers say it as soon as it changes.
                title.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &prompt.title.text));
                ui.add(Label::new(&prompt.detail).wrap());
                if let Some(read) = station.last().and_then(|last| words::read_line(cx.lang, last)) {
                    widgets::small(ui, read);
                }
            },
        );
        ui.add_space(S);
        field.ui(ui, &cx.t("scan-field"), &cx.t("scan-field-hint"));
    });
    last_ui(ui, cx, station);
    order_ui(ui, cx, station);
    codes_ui(ui, cx, station, wish);
}

fn icon(station: &Station, title: &Said) -> widgets::Icon {
    if title.tone == Tone::Bad {
        icons::ICON_BLOCK
    } else if title.tone == Tone::Warn {
        icons::ICON_HELP
    } else if station.desk().open().is_some() {
        icons::ICON_PACKAGE_2
    } else {
        icons::ICON_RECEIPT_LONG
    }
}

/// What the last scan came to.
fn last_ui(ui: &mut Ui, cx: &Cx<'_>, station: &Station) {
    let Some(last) = station.last() else { return };
    ui.add_space(XS);
    let couriers = &cx.snapshot.couriers;
    if let Some(said) = words::last_line(cx.lang, last, couriers) {
        let (icon, tone) = match last.signal {
            Signal::Done => (icons::ICON_CHECK_CIRCLE, theme::Tone::Done),
            Signal::Taken => (icons::ICON_CHECK, theme::Tone::Neutral),
            Signal::Warning | Signal::Refused => (icons::ICON_INFO, theme::Tone::Warn),
        };
        widgets::icon_line(ui, icon, tone, 20.0, |ui| {
            let words = said::words(&said, ui);
            ui.add(Label::new(words).wrap());
        });
    }
    if let Some(said) = words::left_out(cx.lang, last) {
        said::note(ui, &said);
    }
}

/// The open order: what it is, and what was scanned for it.
fn order_ui(ui: &mut Ui, cx: &Cx<'_>, station: &Station) {
    let (Some(open), Some(order)) = (station.desk().open(), station.order()) else {
        return;
    };
    ui.add_space(S);
    widgets::card(ui, |ui| {
        ui.horizontal(|ui| {
            let number = super::model::known::shop_number(order);
            ui.label(RichText::new(&*plain_text::cell(&number)).text_style(theme::section_style()));
            said::pill(ui, &cells::state(cx.lang, order));
            if order.in_complaint {
                let words = Said::new(cx.t("orders-in-complaint"), Tone::Warn);
                said::pill(ui, &words);
            }
        });
        ui.add(Label::new(&*plain_text::line(&order.description)).wrap());
        widgets::small(ui, order.transaction_id.as_str());
        if open.order.held > 0 {
            let held = cx.ta("scan-held", &[("count", open.order.held.into())]);
            widgets::small(ui, held);
        }
        for (index, parcel) in open.parcels.iter().enumerate() {
            let number = open.order.held.saturating_add(index).saturating_add(1);
            ui.add_space(XS);
            ui.horizontal(|ui| {
                widgets::icon(ui, icons::ICON_CHECK, theme::Tone::Done, 18.0);
                widgets::small(ui, cx.ta("ship-parcel", &[("number", number.into())]));
                ui.label(words::parcel_words(cx.lang, parcel, &cx.snapshot.couriers));
            });
        }
    });
}

/// The commands that mean something now, for people without the sheet.
fn codes_ui(ui: &mut Ui, cx: &Cx<'_>, station: &Station, wish: &mut Wish) {
    let codes = words::codes_now(station);
    if codes.is_empty() {
        return;
    }
    ui.add_space(S);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(M, S);
        for code in codes {
            let (name, what) = words::code_words(cx.lang, code);
            let button = if code == ScanCode::Finish {
                widgets::primary(name)
            } else {
                widgets::secondary(name)
            };
            if ui.add(button.hint(what)).clicked() {
                wish.code = Some(code);
            }
        }
    });
}
