//! The settings page: the account and its checks, where secrets are kept, the window, and about.

mod about;
mod access;
mod account;
mod columns;
mod couriers;
mod data;
mod diagnostics;
pub(super) mod doctor;
mod jump_path;
pub mod model;
mod preferences;
mod team;
mod watch;

use egui::Ui;

use self::model::{Form, FormField};
use super::confirm::{Answer, Confirm};
use super::pane::Cx;
use super::probe;
use super::saving::Save;
use super::theme::{self, L, S};
use super::widgets;
use crate::domain::Problem;
use crate::engine::command::Command;
use crate::engine::notice::Notice;
use crate::engine::snapshot::Account;

/// The page.
#[derive(Debug, Default)]
pub struct Pane {
    form: Form,
    /// The form was filled at least once.
    filled: bool,
    /// The account as it was when the form was filled from it; `None` for an empty form.
    filled_from: Option<Account>,
    /// A person asked for an empty form.
    adding: bool,
    /// The problems are shown since the first try to save.
    tried: bool,
    confirm: Option<(Confirm, Command)>,
    team: team::Form,
    columns: columns::Names,
    jump_path: jump_path::Form,
    /// The folder in which files arrive.
    pub watch: watch::Form,
    /// The guided probe, while it is open instead of the settings.
    pub probe: Option<probe::Pane>,
    /// A file that is wanted.
    pub wants_save: Option<Save>,
    /// What was last asked to be saved, without its secret, and whether it was a new account.
    asked: Option<(Form, bool)>,
    /// Why it was not saved.
    refused: Vec<Problem>,
    /// The first wrong field after a try to save, until it is painted: it comes into sight and takes the keyboard.
    reveal: Option<FormField>,
    /// What the window says beside the page.
    pub told: Option<String>,
}

impl Pane {
    /// Paints the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.follow(cx);
        if let Some(probe) = &mut self.probe {
            if !probe.ui(ui, cx) {
                self.probe = None;
            }
            return;
        }
        widgets::page_header(ui, &cx.t("settings-title"), None, |_| ());
        widgets::page(ui, "settings", |ui| {
            ui.spacing_mut().item_spacing.x = L;
            // One below the other where there is no room for two columns.
            let count = if ui.available_width() < theme::HEADER_STACKS {
                1
            } else {
                2
            };
            ui.columns(count, |columns| {
                for column in columns.iter_mut() {
                    column.spacing_mut().item_spacing.x = S;
                }
                match columns {
                    [left, right] => {
                        self.shop_ui(left, cx);
                        self.computer_ui(right, cx);
                    }
                    [only] => {
                        self.shop_ui(only, cx);
                        self.computer_ui(only, cx);
                    }
                    _ => {}
                }
            });
        });
        self.ask(ui, cx);
    }

    fn shop_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.account(ui, cx);
        self.columns.ui(ui, cx);
        couriers::ui(ui, cx);
        let delete = data::ui(ui, cx, &mut self.wants_save);
        self.confirm = delete.or(self.confirm.take());
        about::ui(ui, cx);
    }

    fn computer_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        doctor::checks(ui, cx);
        doctor::key_store(ui, cx);
        let reset = diagnostics::ui(ui, cx);
        self.confirm = reset.or(self.confirm.take());
        widgets::section(ui, &cx.t("probe-title"), |ui| {
            widgets::weak(ui, cx.t("probe-card"));
            ui.add_space(S);
            let open = widgets::secondary(cx.t("probe-open")).icon(widgets::icons::ICON_LABS);
            if widgets::row(ui, theme::BUTTON, |ui| ui.add(open).clicked()) {
                self.probe = Some(probe::Pane::default());
            }
            ui.add_space(S);
            probe::answers(ui, cx);
        });
        self.watch.ui(ui, cx);
        self.team.ui(ui, cx);
        let set = self.jump_path.ui(ui, cx);
        self.confirm = set.or(self.confirm.take());
        preferences::ui(ui, cx);
    }

    /// What the engine said: a form that was not saved comes back with the reasons at its fields.
    pub fn hear(&mut self, notice: &Notice) {
        if let Notice::NotSaved(problems) = notice {
            self.refused.clone_from(problems);
            self.reveal = problems.first().map(model::place_of);
            if let Some((form, adding)) = self.asked.take() {
                if adding {
                    self.adding = true;
                    self.filled_from = None;
                }
                self.form = form;
            }
        } else if matches!(notice, Notice::Saved | Notice::SecretNotKept) {
            self.refused.clear();
            self.asked = None;
        }
    }

    /// Fills the form from the account in use, whenever that is another one or was saved; what is being
    /// typed is not overwritten by anything else.
    fn follow(&mut self, cx: &Cx<'_>) {
        let account = if self.adding {
            None
        } else {
            cx.snapshot.session.account().cloned()
        };
        if !self.filled || self.filled_from != account {
            self.form = Form::of(account.as_ref());
            self.tried = false;
            self.refused.clear();
            self.filled = true;
            self.filled_from = account;
        }
    }

    fn ask(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some((confirm, command)) = self.confirm.as_mut() else {
            return;
        };
        match confirm.show(ui.ctx(), |_| ()) {
            Answer::Open => {}
            Answer::No => self.confirm = None,
            Answer::Yes => {
                cx.send(command.clone());
                self.confirm = None;
            }
        }
    }
}
