//! The page of the Mini Program that messages open: one for the whole account, and set by a person alone.

use egui::Ui;

use crate::domain::{JumpPath, JumpState, PathProblem, opened_page, path_problems};
use crate::engine::command::{Command, ErrandCommand};
use crate::i18n::{format, jump_path_words};
use crate::ui::confirm::Confirm;
use crate::ui::pane::Cx;
use crate::ui::theme::{self, S, Tone, XS};
use crate::ui::widgets::{self, icons, primary};

/// What is typed about the page.
#[derive(Debug, Default)]
pub struct Form {
    path: String,
    filled_from: Option<String>,
}

impl Form {
    /// Paints the card; gives the question before the page is set, and what *yes* means.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Option<(Confirm, Command)> {
        let known = &cx.snapshot.errands.jump_path;
        if self.filled_from.as_ref() != Some(&known.path) {
            self.path.clone_from(&known.path);
            self.filled_from = Some(known.path.clone());
        }
        let mut ask = None;
        widgets::section(ui, &cx.t("jump-title"), |ui| {
            standing(ui, cx, known);
            ui.add_space(S);
            let path = self.path.trim().to_owned();
            let problems = path_problems(&path);
            let blocked = problems.iter().any(PathProblem::blocks);
            let name = cx.t("jump-field");
            let note = note(cx, &path, &problems);
            widgets::field(ui, &name, Some((note.0, &note.1)), |ui| {
                let width = ui.available_width();
                widgets::text_field(ui, &mut self.path, &name, "pages/order/detail", width);
            });
            ui.add_space(S);
            widgets::row(ui, theme::BUTTON, |ui| {
                let sending = known.state == JumpState::Sending;
                let button = primary(cx.t("jump-set-button")).enabled(!blocked && !sending);
                if ui.add(button).clicked() {
                    ask = Some(question(cx, &path));
                }
            });
        });
        ask
    }
}

/// What is wrong, or what a message will open.
fn note(cx: &Cx<'_>, path: &str, problems: &[PathProblem]) -> (Tone, String) {
    if let Some(problem) = problems.first() {
        let tone = if problem.blocks() {
            Tone::Blocked
        } else {
            Tone::Warn
        };
        let words = match problem {
            PathProblem::TooLong => cx.t("jump-problem-long"),
            PathProblem::Blank => cx.t("jump-problem-blank"),
            PathProblem::Address => cx.t("jump-problem-address"),
            PathProblem::LeadingSlash => cx.t("jump-problem-slash"),
            PathProblem::Collision(key) => cx.ta("jump-problem-collision", &[("key", key.into())]),
        };
        return (tone, words);
    }
    if path.is_empty() {
        return (Tone::Neutral, cx.t("jump-note-empty"));
    }
    let page = ("page", opened_page(path).into());
    (Tone::Neutral, cx.ta("jump-note", &[page]))
}

fn question(cx: &Cx<'_>, path: &str) -> (Confirm, Command) {
    let opens = if path.is_empty() {
        cx.t("jump-note-empty")
    } else {
        cx.ta("jump-note", &[("page", opened_page(path).into())])
    };
    let confirm = Confirm {
        title: cx.t("jump-ask"),
        body: vec![cx.t("jump-ask-account"), opens],
        yes: cx.t("jump-ask-yes"),
        no: cx.t("errands-no"),
        costly: true,
        ..Confirm::default()
    };
    let command = Command::Errands(ErrandCommand::SetJumpPath(path.to_owned()));
    (confirm, command)
}

/// What is known of the page in force, in plain words.
fn standing(ui: &mut Ui, cx: &Cx<'_>, known: &JumpPath) {
    let (tone, icon) = match known.state {
        JumpState::Never => (Tone::Neutral, icons::ICON_INFO),
        JumpState::Sending => (Tone::Info, icons::ICON_SCHEDULE),
        JumpState::Set => (Tone::Done, icons::ICON_CHECK_CIRCLE),
        JumpState::Unclear => (Tone::Unclear, icons::ICON_HELP),
        JumpState::Failed(_) => (Tone::Blocked, icons::ICON_ERROR),
    };
    widgets::icon_line(ui, icon, tone, 20.0, |ui| {
        ui.spacing_mut().item_spacing.y = XS;
        match known.state {
            JumpState::Never => {
                widgets::weak(ui, cx.t("jump-never"));
            }
            JumpState::Sending => {
                widgets::strong(ui, cx.t("jump-sending"));
            }
            JumpState::Set | JumpState::Unclear | JumpState::Failed(_) => {
                widgets::strong(ui, jump_path_words(cx.lang, &known.state));
                let path = if known.path.is_empty() {
                    cx.t("jump-empty")
                } else {
                    known.path.clone()
                };
                let args = [
                    ("path", path.into()),
                    ("at", format::moment_exact(known.at).into()),
                ];
                widgets::weak(ui, cx.ta("jump-known", &args));
            }
        }
    });
}
