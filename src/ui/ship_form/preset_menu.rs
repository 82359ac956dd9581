//! The menu beside a field from which kept texts and senders are chosen, and in which what is typed is kept.

use egui::{Popup, PopupCloseBehavior, Ui};

use super::model::presets::{Kind, Presets};
use crate::engine::command::Command;
use crate::ui::pane::Cx;
use crate::ui::widgets::{self, icon_button, icons};

/// Paints the button with its menu. `name` names the button; a choice is put into `value`. What is to be kept or
/// forgotten is put into `wish`.
pub(super) fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    presets: &Presets,
    kind: Kind,
    value: &mut String,
    name: String,
    wish: &mut Option<Presets>,
) {
    let button = ui.add(icon_button(icons::ICON_BOOKMARK, name).compact());
    Popup::from_toggle_button_response(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .width(320.0)
        .show(|ui| {
            let entries = presets.entries(kind);
            if entries.is_empty() {
                widgets::small(ui, cx.t("ship-presets-none"));
            }
            for entry in entries {
                entry_ui(ui, cx, presets, kind, entry, value, wish);
            }
            if let Some(entry) = presets.keepable(kind, value) {
                let words = cx.ta("ship-presets-keep", &[("entry", entry.clone().into())]);
                ui.separator();
                let keep = widgets::secondary(words).icon(icons::ICON_ADD);
                if ui.add(keep.wide()).clicked() {
                    let mut presets = presets.clone();
                    presets.keep(kind, &entry);
                    *wish = Some(presets);
                    ui.close();
                }
            }
        });
}

fn entry_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    presets: &Presets,
    kind: Kind,
    entry: &str,
    value: &mut String,
    wish: &mut Option<Presets>,
) {
    ui.horizontal(|ui| {
        let args = [("entry", entry.into())];
        let forget = icon_button(icons::ICON_CLOSE, cx.ta("ship-presets-forget", &args));
        if ui.add(forget.compact()).clicked() {
            let mut presets = presets.clone();
            presets.forget(kind, entry);
            *wish = Some(presets);
        }
        let choose = ui.selectable_label(value == entry, entry);
        if choose.clicked() {
            entry.clone_into(value);
            ui.close();
        }
    });
}

/// Keeps what a menu has changed.
pub(super) fn grant(cx: &mut Cx<'_>, wish: Option<Presets>) {
    if let Some(presets) = wish {
        cx.send(Command::Prefer(presets.preference()));
    }
}
