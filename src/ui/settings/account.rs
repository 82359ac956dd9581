//! The account form. The AppSecret leaves the form the moment it is saved, and cannot be brought back by
//! undo.

use egui::{ComboBox, Role, Ui, WidgetInfo};

use super::Pane;
use super::model::{self, FormField, MAX_PARCELS, MIN_PARCELS};
use crate::domain::SecretField;
use crate::engine::command::Command;
use crate::i18n::explain::{Names, explain_problem};
use crate::ui::confirm::Confirm;
use crate::ui::pane::Cx;
use crate::ui::theme::{L, M, S, Tone};
use crate::ui::widgets::{self, icons, primary, quiet, secondary};

impl Pane {
    pub(super) fn account(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let heading = if self.adding || cx.snapshot.session.current.is_none() {
            "settings-account-new"
        } else {
            "settings-account"
        };
        widgets::section(ui, &cx.t(heading), |ui| {
            self.choose_account(ui, cx);
            let temporary = cx
                .snapshot
                .session
                .account()
                .is_some_and(|account| account.temporary && !self.adding);
            if temporary {
                widgets::weak(ui, cx.t("settings-account-temporary"));
                ui.add_space(S);
            }
            ui.add_enabled_ui(!temporary, |ui| self.fields(ui, cx));
            self.buttons(ui, cx, temporary);
        });
    }

    /// What is needed to begin: a name, AppID and AppSecret.
    pub fn first_account(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.follow(cx);
        self.identity(ui, cx);
        ui.add_space(S);
        let save = primary(cx.t("settings-save"));
        if widgets::row(ui, 36.0, |ui| ui.add(save).clicked()) {
            self.save(ui, cx);
        }
    }

    fn choose_account(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let session = &cx.snapshot.session;
        if session.accounts.len() < 2 || self.adding {
            return;
        }
        let shown = session.account().map_or("", |account| account.name.as_str());
        let name = cx.t("settings-account-choose");
        let mut chosen = None;
        widgets::field(ui, &name, None, |ui| {
            let combo = ComboBox::from_id_salt("account")
                .selected_text(shown)
                .width(ui.available_width())
                .show_ui(ui, |ui| {
                    for account in &session.accounts {
                        let current = session.current == Some(account.id);
                        if ui.selectable_label(current, &account.name).clicked() && !current {
                            chosen = Some(account.id);
                        }
                    }
                });
            combo
                .response
                .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &name));
        });
        if let Some(id) = chosen {
            cx.send(Command::SelectAccount(id));
        }
    }

    /// Name, AppID and AppSecret.
    fn identity(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        self.line(
            ui,
            cx,
            FormField::Name,
            "settings-name",
            Some("settings-name-note"),
        );
        self.line(
            ui,
            cx,
            FormField::AppId,
            "settings-appid",
            Some("settings-appid-note"),
        );
        self.access(ui, cx);
    }

    fn fields(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        self.identity(ui, cx);
        self.line(
            ui,
            cx,
            FormField::Mchid,
            "settings-mchid",
            Some("settings-mchid-note"),
        );
        self.parcels(ui, cx);
        let contact = Some("settings-contact-note");
        self.line(ui, cx, FormField::SenderContact, "settings-contact", contact);
        self.courier(ui, cx);
        let name = cx.t("settings-item-desc");
        let note = cx.t("settings-item-desc-note");
        widgets::field(ui, &name, Some((Tone::Neutral, &note)), |ui| {
            let width = ui.available_width();
            widgets::text_field(ui, &mut self.form.default_item_desc, &name, "", width);
        });
    }

    /// The note below a field: what is wrong once saving was tried, else what it is for.
    pub(super) fn note(&self, cx: &Cx<'_>, field: FormField, note: Option<&str>) -> Option<(Tone, String)> {
        let problems = self.form.problems(self.has_kept(cx), &cx.snapshot.couriers);
        let wrong = problems
            .iter()
            .find(|(at, _)| *at == field)
            .filter(|_| self.tried);
        let refused = self
            .refused
            .iter()
            .find(|problem| model::place_of(problem) == field);
        if let Some(problem) = refused.filter(|_| wrong.is_none()) {
            let names = Names {
                couriers: &cx.snapshot.couriers,
            };
            let why = explain_problem(cx.lang, problem, &names);
            return Some((Tone::Blocked, [why.title, why.action].join(" · ")));
        }
        match (wrong, note) {
            (Some((_, id)), _) => Some((Tone::Blocked, cx.t(id))),
            (None, Some(id)) => Some((Tone::Neutral, cx.t(id))),
            (None, None) => None,
        }
    }

    /// The account has all its secrets at hand.
    pub(super) fn has_kept(&self, cx: &Cx<'_>) -> bool {
        cx.snapshot.session.has_secret && !self.adding
    }

    pub(super) fn line(&mut self, ui: &mut Ui, cx: &Cx<'_>, field: FormField, id: &str, note: Option<&str>) {
        let name = cx.t(id);
        let note = self.note(cx, field, note);
        let note = note.as_ref().map(|(tone, words)| (*tone, words.as_str()));
        let value = match field {
            FormField::Name => &mut self.form.name,
            FormField::AppId => &mut self.form.appid,
            FormField::Mchid => &mut self.form.mchid,
            FormField::ComponentAppid => &mut self.form.access.component_appid,
            FormField::ServiceUrl => &mut self.form.access.service_url,
            FormField::Program => &mut self.form.access.program,
            FormField::Secret | FormField::Kept(_) => &mut self.form.secret,
            FormField::SenderContact => &mut self.form.sender_contact,
            FormField::DefaultCourier => &mut self.form.default_courier,
        };
        widgets::field(ui, &name, note, |ui| {
            let width = ui.available_width();
            let response = widgets::text_field(ui, value, &name, "", width);
            let is_name = matches!(field, FormField::Name | FormField::Program);
            if !is_name && response.has_focus() {
                // Letters and digits only: an input method would take them away.
                ui.output_mut(|output| output.ime = None);
            }
        });
    }

    pub(super) fn secret(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let name = cx.t("settings-secret");
        let note = self.note(cx, FormField::Secret, Some("settings-secret-note"));
        let note = note.as_ref().map(|(tone, words)| (*tone, words.as_str()));
        let hint = if self.has_kept(cx) && self.form.access.keeps_secrets() {
            cx.t("settings-secret-kept")
        } else {
            String::new()
        };
        widgets::field(ui, &name, note, |ui| {
            widgets::secret_field(ui, secret_id(), &mut self.form.secret, &name, hint);
        });
    }

    fn parcels(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let name = cx.t("settings-parcels");
        let note = cx.t("settings-parcels-note");
        widgets::field(ui, &name, Some((Tone::Neutral, &note)), |ui| {
            let numbers: Vec<String> = (MIN_PARCELS..=MAX_PARCELS).map(|n| n.to_string()).collect();
            let choices: Vec<(&str, &str)> = numbers.iter().map(|n| (n.as_str(), n.as_str())).collect();
            let now = self.form.max_parcels.to_string();
            if let Some(Ok(chosen)) = widgets::choice(ui, &name, &choices, &now).map(str::parse) {
                self.form.max_parcels = chosen;
            }
        });
    }

    fn courier(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let name = cx.t("settings-courier");
        let nobody = cx.t("settings-courier-none");
        let note = self.note(cx, FormField::DefaultCourier, Some("settings-courier-note"));
        let note = note.as_ref().map(|(tone, words)| (*tone, words.as_str()));
        let couriers = &cx.snapshot.couriers;
        let shown = match self.form.default_courier.as_str() {
            "" => nobody.clone(),
            id => format!("{} ({id})", couriers.name(id)),
        };
        widgets::field(ui, &name, note, |ui| {
            let combo = ComboBox::from_id_salt("default-courier")
                .selected_text(shown)
                .width(ui.available_width())
                .height(320.0)
                .show_ui(ui, |ui| {
                    let chosen = &mut self.form.default_courier;
                    ui.selectable_value(chosen, String::new(), &nobody);
                    for (id, name) in couriers.iter() {
                        ui.selectable_value(chosen, id.to_owned(), format!("{name} ({id})"));
                    }
                });
            combo
                .response
                .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &name));
        });
    }

    fn buttons(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, temporary: bool) {
        ui.add_space(S);
        widgets::row(ui, 36.0, |ui| {
            if !temporary && ui.add(primary(cx.t("settings-save"))).clicked() {
                self.save(ui, cx);
            }
            if self.adding {
                if ui.add(quiet(cx.t("settings-add-cancel"))).clicked() {
                    self.adding = false;
                }
                return;
            }
            if cx.snapshot.session.current.is_some() {
                let add = secondary(cx.t("settings-add")).icon(icons::ICON_ADD);
                if ui.add(add).clicked() {
                    self.adding = true;
                }
            }
            if let Some(account) = cx.snapshot.session.account().filter(|_| !temporary) {
                let remove = quiet(cx.t("settings-remove")).icon(icons::ICON_DELETE);
                if ui.add(remove).clicked() {
                    let confirm = Confirm {
                        title: cx.ta("settings-remove-title", &[("name", account.name.as_str().into())]),
                        body: vec![cx.t("settings-remove-body")],
                        yes: cx.t("settings-remove"),
                        no: cx.t("settings-remove-no"),
                        costly: true,
                        ..Confirm::default()
                    };
                    self.confirm = Some((confirm, Command::RemoveAccount(account.id)));
                }
            }
        });
        ui.add_space(L - M);
    }

    fn save(&mut self, ui: &Ui, cx: &mut Cx<'_>) {
        let problems = self.form.problems(self.has_kept(cx), &cx.snapshot.couriers);
        self.tried = !problems.is_empty();
        if self.tried {
            return;
        }
        let edit = self.form.take_edit();
        self.asked = Some((self.form.clone(), self.adding));
        self.refused.clear();
        cx.send(Command::SaveAccount(edit));
        self.adding = false;
        let others = SecretField::ALL.map(super::access::secret_id);
        widgets::forget_typed(ui.ctx(), others.into_iter().chain([secret_id()]));
    }
}

fn secret_id() -> egui::Id {
    egui::Id::unique("settings-secret")
}
