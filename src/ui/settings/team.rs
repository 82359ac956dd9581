//! The team: the folder that several computers of one account share, so that no order is sent from two of them.
//! The key leaves the form the moment it is saved, and cannot be brought back by undo.

use egui::Ui;

use crate::engine::command::{Command, TeamEdit};
use crate::engine::snapshot::TeamView;
use crate::ui::pane::Cx;
use crate::ui::theme::{self, S, Tone, XS};
use crate::ui::widgets::{self, icons, primary, quiet};

/// What is typed about the team.
#[derive(Default)]
pub struct Form {
    folder: String,
    key: String,
    operator: String,
    filled_from: Option<TeamView>,
}

impl std::fmt::Debug for Form {
    /// Without the key that is being typed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Form")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

impl Form {
    /// Paints the card.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.follow(cx);
        widgets::section(ui, &cx.t("settings-team"), |ui| {
            standing(ui, cx);
            ui.add_space(S);
            line(
                ui,
                cx,
                &mut self.folder,
                "settings-team-folder",
                "settings-team-folder-note",
            );
            self.key(ui, cx);
            line(
                ui,
                cx,
                &mut self.operator,
                "settings-team-operator",
                "settings-team-operator-note",
            );
            ui.add_space(S);
            widgets::row(ui, theme::BUTTON, |ui| self.buttons(ui, cx));
        });
    }

    /// What is being typed is not overwritten by anything but a change of what is kept.
    fn follow(&mut self, cx: &Cx<'_>) {
        let team = &cx.snapshot.session.team;
        if self.filled_from.as_ref() != Some(team) {
            self.folder.clone_from(&team.folder);
            self.operator.clone_from(&team.operator);
            self.filled_from = Some(team.clone());
        }
    }

    fn key(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let name = cx.t("settings-team-key");
        let note = cx.t("settings-team-key-note");
        let hint = if cx.snapshot.session.team.has_key {
            cx.t("settings-secret-kept")
        } else {
            String::new()
        };
        widgets::field(ui, &name, Some((Tone::Neutral, &note)), |ui| {
            widgets::secret_field(ui, key_id(), &mut self.key, &name, hint);
        });
    }

    fn buttons(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let has_key = cx.snapshot.session.team.has_key || !self.key.trim().is_empty();
        let can = has_key && !self.folder.trim().is_empty();
        let save = primary(cx.t("settings-team-save"))
            .icon(icons::ICON_GROUP)
            .enabled(can);
        if ui.add(save).clicked() {
            cx.send(Command::SaveTeam(TeamEdit {
                folder: self.folder.trim().to_owned(),
                key: widgets::take_secret(&mut self.key),
                operator: self.operator.trim().to_owned(),
            }));
            widgets::forget_typed(ui.ctx(), [key_id()]);
        }
        let on = !cx.snapshot.session.team.folder.is_empty();
        if on && ui.add(quiet(cx.t("settings-team-leave"))).clicked() {
            cx.send(Command::SaveTeam(TeamEdit::default()));
        }
    }
}

/// Whether orders are claimed, in plain words.
fn standing(ui: &mut Ui, cx: &Cx<'_>) {
    let team = &cx.snapshot.session.team;
    let (tone, icon, id) = match (team.folder.is_empty(), team.without_claims, team.has_key) {
        (true, ..) => (Tone::Neutral, icons::ICON_PERSON, "settings-team-off"),
        (false, true, _) => (Tone::Warn, icons::ICON_WARNING, "outbox-without-on"),
        (false, false, true) => (Tone::Done, icons::ICON_GROUP, "settings-team-on"),
        (false, false, false) => (Tone::Blocked, icons::ICON_KEY, "claims-key-missing"),
    };
    widgets::icon_line(ui, icon, tone, 20.0, |ui| {
        ui.spacing_mut().item_spacing.y = XS;
        widgets::strong(ui, cx.t(id));
        let pc = [("pc", team.pc.as_str().into())];
        widgets::weak(ui, cx.ta(&format!("{id}.detail"), &pc));
    });
}

fn line(ui: &mut Ui, cx: &Cx<'_>, value: &mut String, id: &str, note: &str) {
    let (name, note) = (cx.t(id), cx.t(note));
    widgets::field(ui, &name, Some((Tone::Neutral, &note)), |ui| {
        let width = ui.available_width();
        widgets::text_field(ui, value, &name, "", width);
    });
}

fn key_id() -> egui::Id {
    egui::Id::unique("settings-team-key")
}
