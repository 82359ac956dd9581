//! The settings of the window: language, theme, size, and how long a batch waits before it is sent.

use egui::{Checkbox, DragValue, Role, Ui, WidgetInfo};

use crate::engine::command::{Command, Preference};
use crate::ui::pane::Cx;
use crate::ui::theme::{S, Tone};
use crate::ui::widgets::{self, icon_button, icons, quiet};

/// Paints the card.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    widgets::section(ui, &cx.t("settings-window"), |ui| {
        language(ui, cx);
        theme(ui, cx);
        zoom(ui, cx);
        hold(ui, cx);
        notifications(ui, cx);
    });
}

fn language(ui: &mut Ui, cx: &mut Cx<'_>) {
    let system = cx.t("settings-system");
    let choices = [("", system.as_str()), ("zh-CN", "中文"), ("en", "English")];
    let now = cx.snapshot.preferences.language.clone();
    let name = cx.t("settings-language");
    let chosen = widgets::field(ui, &name, None, |ui| widgets::choice(ui, &name, &choices, &now));
    if let Some(tag) = chosen {
        cx.send(Command::Prefer(Preference::Language(tag.to_owned())));
    }
}

fn theme(ui: &mut Ui, cx: &mut Cx<'_>) {
    let words = ["settings-system", "settings-light", "settings-dark"].map(|id| cx.t(id));
    let [system, light, dark] = &words;
    let choices = [("", system.as_str()), ("light", light), ("dark", dark)];
    let now = cx.snapshot.preferences.theme.clone();
    let name = cx.t("settings-theme");
    let chosen = widgets::field(ui, &name, None, |ui| widgets::choice(ui, &name, &choices, &now));
    if let Some(theme) = chosen {
        cx.send(Command::Prefer(Preference::Theme(theme.to_owned())));
    }
}

fn zoom(ui: &mut Ui, cx: &mut Cx<'_>) {
    let percent = cx.snapshot.preferences.zoom_percent;
    widgets::field(ui, &cx.t("settings-zoom"), None, |ui| {
        widgets::row(ui, 32.0, |ui| {
            let mut wanted = percent;
            let smaller = icon_button(icons::ICON_REMOVE, cx.t("settings-zoom-out"));
            if ui.add(smaller).clicked() {
                wanted = percent.saturating_sub(10).max(50);
            }
            ui.label(format!("{percent}%"));
            if ui
                .add(icon_button(icons::ICON_ADD, cx.t("settings-zoom-in")))
                .clicked()
            {
                wanted = percent.saturating_add(10).min(300);
            }
            if percent != 100 && ui.add(quiet(cx.t("settings-zoom-reset"))).clicked() {
                wanted = 100;
            }
            if wanted != percent {
                cx.send(Command::Prefer(Preference::ZoomPercent(wanted)));
            }
        });
    });
}

fn hold(ui: &mut Ui, cx: &mut Cx<'_>) {
    let name = cx.t("settings-hold");
    let note = cx.t("settings-hold-note");
    widgets::field(ui, &name, Some((Tone::Neutral, &note)), |ui| {
        widgets::row(ui, 32.0, |ui| {
            let mut secs = cx.snapshot.preferences.hold_secs;
            let drag = DragValue::new(&mut secs).range(0..=600).speed(1);
            let response = ui.add(drag);
            response.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, &name));
            ui.add_space(S);
            ui.label(cx.t("settings-seconds"));
            if secs != cx.snapshot.preferences.hold_secs {
                cx.send(Command::Prefer(Preference::HoldSecs(secs)));
            }
        });
    });
}

fn notifications(ui: &mut Ui, cx: &mut Cx<'_>) {
    let mut on = cx.snapshot.preferences.notifications;
    let note = cx.t("settings-notifications-note");
    widgets::field(
        ui,
        &cx.t("settings-notifications"),
        Some((Tone::Neutral, &note)),
        |ui| {
            let words = cx.t("settings-notifications-on");
            if ui.add(Checkbox::new(&mut on, words)).changed() {
                cx.send(Command::Prefer(Preference::Notifications(on)));
            }
        },
    );
}
