//! The days of payment: three ranges that are one click away, and a popup with the others, two fields and a month.

use egui::{Popup, PopupCloseBehavior, Ui, vec2};

use super::calendar;
use super::field_name;
use super::filter_bar::chip;
use super::model::filter::{Preset, day};
use super::model::{Filter, FilterField, Tone};
use crate::ui::pane::Cx;
use crate::ui::theme::{L, M, S, XS};
use crate::ui::widgets::{self, icons};

/// What is asked for most.
const AT_HAND: [Preset; 3] = [Preset::Today, Preset::Yesterday, Preset::Week];

/// Paints the ranges at hand and the button of the popup.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, filter: &mut Filter) {
    let chosen = filter.preset(cx.now);
    let between = ui.spacing().item_spacing.x;
    ui.spacing_mut().item_spacing.x = XS;
    for preset in AT_HAND {
        let pressed = chosen == Some(preset);
        if chip(ui, &cx.t(preset.name_id()), None, Tone::Ready, pressed).clicked() {
            filter.choose(if pressed { Preset::Always } else { preset }, cx.now);
        }
    }
    ui.spacing_mut().item_spacing.x = between;
    let word = match chosen {
        Some(Preset::Always) => cx.t("orders-days"),
        Some(preset) => cx.t(preset.name_id()),
        None => typed(cx, filter),
    };
    let button = widgets::secondary(word).icon(icons::ICON_CALENDAR_MONTH);
    let response = ui.add(button.name(cx.t("orders-days-name")));
    if response.clicked() {
        calendar::forget(ui);
    }
    Popup::from_toggle_button_response(&response)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = L;
                presets(ui, cx, filter);
                ui.vertical(|ui| range(ui, cx, filter));
            });
        });
}

/// The typed days in one word.
fn typed(cx: &Cx<'_>, filter: &Filter) -> String {
    let (from, to) = (filter.from.trim(), filter.to.trim());
    let args = [("from", from.into()), ("to", to.into())];
    match (from.is_empty(), to.is_empty()) {
        (_, true) => cx.ta("orders-days-from", &args),
        (true, false) => cx.ta("orders-days-to", &args),
        (false, false) if from == to => from.to_owned(),
        (false, false) => cx.ta("orders-days-range", &args),
    }
}

fn presets(ui: &mut Ui, cx: &Cx<'_>, filter: &mut Filter) {
    let chosen = filter.preset(cx.now);
    ui.vertical(|ui| {
        ui.set_width(116.0);
        ui.spacing_mut().item_spacing.y = XS;
        for preset in Preset::ALL {
            let word = cx.t(preset.name_id());
            let on = chosen == Some(preset);
            let response = ui.add_sized(vec2(116.0, 30.0), egui::Button::selectable(on, &word));
            let name = cx.ta("orders-days-preset", &[("name", word.into())]);
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, on, &name));
            if response.clicked() {
                filter.choose(preset, cx.now);
                ui.close();
            }
        }
    });
}

fn range(ui: &mut Ui, cx: &Cx<'_>, filter: &mut Filter) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = S;
        for (field, value) in [
            (FilterField::From, &mut filter.from),
            (FilterField::To, &mut filter.to),
        ] {
            let name = field_name(cx, field);
            widgets::text_field(ui, value, &name, &cx.t("orders-day-hint"), 96.0);
        }
    });
    ui.add_space(M);
    let range = (day(&filter.from).flatten(), day(&filter.to).flatten());
    if let Some(clicked) = calendar::ui(ui, cx, range) {
        filter.pick_day(clicked);
    }
    super::filter_bar::problems_ui(ui, cx, filter);
}
