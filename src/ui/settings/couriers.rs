//! The spellings of couriers that staff have taught: seen, changed and forgotten.

use egui::{ComboBox, Role, Ui, WidgetInfo};

use crate::engine::command::Command;
use crate::ui::pane::Cx;
use crate::ui::theme::{self, XS};
use crate::ui::widgets::{self, icons, quiet};

/// Paints the card.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let couriers = cx.snapshot.couriers.clone();
    widgets::section(ui, &cx.t("settings-taught"), |ui| {
        if couriers.taught().is_empty() {
            widgets::weak(ui, cx.t("settings-taught-none"));
            return;
        }
        widgets::weak(ui, cx.t("settings-taught-note"));
        for taught in couriers.taught() {
            let spelling = || [("spelling", taught.spelling.as_str().into())];
            let left = |ui: &mut Ui| {
                if couriers.get(&taught.id).is_some() {
                    widgets::strong(ui, &taught.spelling);
                    return;
                }
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = XS / 2.0;
                    widgets::strong(ui, &taught.spelling);
                    widgets::small(ui, cx.t("settings-taught-off"));
                });
            };
            let (name, forget_name) = (
                cx.ta("settings-taught-courier", &spelling()),
                cx.ta("settings-taught-forget-name", &spelling()),
            );
            let forget = quiet(cx.t("settings-taught-forget"))
                .icon(icons::ICON_DELETE)
                .name(forget_name);
            let mut command = None;
            let right = |ui: &mut Ui| {
                if ui.add(forget).clicked() {
                    command = Some(Command::ForgetCourier(taught.spelling.clone()));
                }
                let combo = ComboBox::from_id_salt(("taught", &taught.spelling))
                    .selected_text(couriers.name(&taught.id))
                    .height(320.0)
                    .show_ui(ui, |ui| {
                        for (id, name) in couriers.iter() {
                            let now = id == taught.id;
                            if ui.selectable_label(now, format!("{name} ({id})")).clicked() && !now {
                                command = Some(Command::TeachCourier {
                                    spelling: taught.spelling.clone(),
                                    courier: id.to_owned(),
                                });
                            }
                        }
                    });
                combo
                    .response
                    .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &name));
            };
            ui.separator();
            egui::Sides::new()
                .shrink_left()
                .height(theme::BUTTON)
                .show(ui, left, right);
            if let Some(command) = command {
                cx.send(command);
            }
        }
    });
}
