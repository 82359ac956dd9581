//! How the account comes by its tokens: the choice in plain words, folded away for the many who have an AppSecret, and
//! the fields of the chosen way.

use egui::{CollapsingHeader, Role, TextEdit, Ui, WidgetInfo, vec2};

use super::Pane;
use super::model::FormField;
use crate::domain::{AccessMode, SecretField, ServiceMethod};
use crate::ui::pane::Cx;
use crate::ui::theme::{S, Tone, XS};
use crate::ui::widgets;

impl Pane {
    /// The AppSecret, or what takes its place.
    pub(super) fn access(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        if self.form.access.mode == AccessMode::Secret {
            self.secret(ui, cx);
        }
        let is_other = self.form.access.mode != AccessMode::Secret;
        let more = CollapsingHeader::new(cx.t("settings-access-more"))
            .id_salt("settings-access")
            .default_open(is_other)
            .open(is_other.then_some(true));
        more.show(ui, |ui| {
            self.modes(ui, cx);
            ui.add_space(S);
            match self.form.access.mode {
                AccessMode::Secret => {}
                AccessMode::Platform => self.platform(ui, cx),
                AccessMode::Token => {
                    self.kept(
                        ui,
                        cx,
                        SecretField::AccessToken,
                        ["settings-token", "settings-token-note"],
                    );
                }
                AccessMode::Service => self.service(ui, cx),
                AccessMode::Command => self.command(ui, cx),
            }
        });
        ui.add_space(S);
    }

    fn modes(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let group = cx.t("settings-access");
        for mode in AccessMode::ALL {
            let id = mode_id(mode);
            let name = cx.t(id);
            let on = self.form.access.mode == mode;
            ui.spacing_mut().item_spacing.y = XS;
            let radio = ui.radio(on, &name);
            let said = format!("{group}: {name}");
            radio.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, &said));
            if radio.clicked() && !on {
                self.form.access.mode = mode;
                self.tried = false;
            }
            ui.indent(id, |ui| widgets::small(ui, cx.t(&format!("{id}.note"))));
        }
    }

    fn platform(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        self.line(
            ui,
            cx,
            FormField::ComponentAppid,
            "settings-component-appid",
            Some("settings-component-appid-note"),
        );
        for (field, ids) in [
            (
                SecretField::ComponentSecret,
                ["settings-component-secret", "settings-component-secret-note"],
            ),
            (SecretField::Ticket, ["settings-ticket", "settings-ticket-note"]),
            (
                SecretField::RefreshToken,
                ["settings-refresh-token", "settings-refresh-token-note"],
            ),
        ] {
            self.kept(ui, cx, field, ids);
        }
    }

    fn service(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        self.line(
            ui,
            cx,
            FormField::ServiceUrl,
            "settings-service-url",
            Some("settings-service-url-note"),
        );
        let name = cx.t("settings-service-method");
        let note = cx.t("settings-service-method-note");
        widgets::field(ui, &name, Some((Tone::Neutral, &note)), |ui| {
            let now = match self.form.access.method {
                ServiceMethod::Get => "GET",
                ServiceMethod::Post => "POST",
            };
            match widgets::choice(ui, &name, &[("GET", "GET"), ("POST", "POST")], now) {
                Some("POST") => self.form.access.method = ServiceMethod::Post,
                Some(_) => self.form.access.method = ServiceMethod::Get,
                None => {}
            }
        });
        self.kept(
            ui,
            cx,
            SecretField::Bearer,
            ["settings-bearer", "settings-bearer-note"],
        );
    }

    fn command(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        self.line(
            ui,
            cx,
            FormField::Program,
            "settings-program",
            Some("settings-program-note"),
        );
        let name = cx.t("settings-arguments");
        let note = cx.t("settings-arguments-note");
        widgets::field(ui, &name, Some((Tone::Neutral, &note)), |ui| {
            let typed = &mut self.form.access.arguments;
            let response = ui.add(
                TextEdit::multiline(typed)
                    .desired_rows(2)
                    .desired_width(ui.available_width())
                    .margin(vec2(10.0, 7.0)),
            );
            let shown = typed.clone();
            response.widget_info(|| {
                let mut info = WidgetInfo::text_edit(true, &shown, &shown, &name);
                info.label = Some(name.clone());
                info
            });
        });
    }

    /// A field for a secret.
    fn kept(&mut self, ui: &mut Ui, cx: &Cx<'_>, field: SecretField, [id, note]: [&str; 2]) {
        let name = cx.t(id);
        let ages = matches!(field, SecretField::Ticket | SecretField::AccessToken);
        let age = self.form.access.age(cx.lang, cx.now).filter(|_| ages);
        let note = self.note(cx, FormField::Kept(field), Some(note));
        let note = match (note, age) {
            (Some((Tone::Blocked, words)), _) => Some((Tone::Blocked, words)),
            (_, Some((words, old))) => Some((if old { Tone::Warn } else { Tone::Neutral }, words)),
            (note, None) => note,
        };
        let note = note.as_ref().map(|(tone, words)| (*tone, words.as_str()));
        let is_kept = self.has_kept(cx) && self.form.access.keeps_secrets();
        let hint = if is_kept && field.is_needed() {
            cx.t("settings-secret-kept")
        } else {
            String::new()
        };
        let Some(typed) = self.form.access.secret_mut(field) else {
            return;
        };
        widgets::field(ui, &name, note, |ui| {
            widgets::secret_field(ui, secret_id(field), typed, &name, hint);
        });
    }
}

/// The words of a way.
fn mode_id(mode: AccessMode) -> &'static str {
    match mode {
        AccessMode::Secret => "settings-access-secret",
        AccessMode::Platform => "settings-access-platform",
        AccessMode::Token => "settings-access-token",
        AccessMode::Service => "settings-access-service",
        AccessMode::Command => "settings-access-command",
    }
}

/// The field of a secret, so that its undo can be emptied.
pub(super) fn secret_id(field: SecretField) -> egui::Id {
    egui::Id::unique(("settings-secret", field.word()))
}
