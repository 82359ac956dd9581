//! What this program is, where it keeps its data, and the licence of the font it carries.

use egui::{CollapsingHeader, Label, RichText, ScrollArea, Ui};

use crate::ui::fonts;
use crate::ui::pane::Cx;
use crate::ui::theme::XS;
use crate::ui::widgets;

/// Paints the card.
pub fn ui(ui: &mut Ui, cx: &Cx<'_>) {
    widgets::section(ui, &cx.t("settings-about"), |ui| {
        widgets::key_value(ui, &cx.t("settings-version"), env!("CARGO_PKG_VERSION"));
        let folder = cx.snapshot.session.data_dir.display().to_string();
        widgets::key_value_ui(ui, &cx.t("settings-folder"), |ui| {
            ui.spacing_mut().item_spacing.y = XS;
            if folder.is_empty() {
                ui.label("—");
            } else {
                widgets::copyable(ui, &folder, &cx.t("copy"));
            }
        });
        widgets::weak(ui, cx.t("settings-private"));
        CollapsingHeader::new(cx.t("settings-font-licence"))
            .id_salt("font-licence")
            .show(ui, |ui| {
                ScrollArea::vertical()
                    .id_salt("font-licence-text")
                    .max_height(240.0)
                    .show(ui, |ui| {
                        ui.add(Label::new(RichText::new(fonts::LICENCE).small()).wrap());
                    });
            });
    });
}
