//! The folder in which files arrive: chosen or typed, and off until then.

use std::path::PathBuf;

use egui::Ui;

use crate::engine::command::Command;
use crate::engine::snapshot::WatchView;
use crate::ui::import::arrived::trouble_words;
use crate::ui::pane::Cx;
use crate::ui::theme::{self, S, Tone, XS};
use crate::ui::widgets::{self, icons, primary, quiet, secondary};

/// What is typed about the folder.
#[derive(Debug, Default)]
pub struct Form {
    /// The folder dialog is wanted.
    pub wants_folder: bool,
    folder: String,
    filled_from: Option<PathBuf>,
}

impl Form {
    /// A folder was chosen in the dialog; it counts when it is saved.
    pub fn chosen(&mut self, folder: &std::path::Path) {
        self.folder = folder.to_string_lossy().into_owned();
    }

    /// Paints the card.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let watch = cx.snapshot.watch.clone();
        if self.filled_from.as_ref() != Some(&watch.folder) {
            self.folder = watch.folder.to_string_lossy().into_owned();
            self.filled_from = Some(watch.folder.clone());
        }
        widgets::section(ui, &cx.t("settings-watch"), |ui| {
            standing(ui, cx, &watch);
            ui.add_space(S);
            let (name, note) = (cx.t("settings-watch-folder"), cx.t("settings-watch-note"));
            widgets::field(ui, &name, Some((Tone::Neutral, &note)), |ui| {
                let width = ui.available_width();
                widgets::text_field(ui, &mut self.folder, &name, "", width);
            });
            ui.add_space(S);
            widgets::row(ui, theme::BUTTON, |ui| self.buttons(ui, cx, &watch));
        });
    }

    fn buttons(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, watch: &WatchView) {
        let typed = PathBuf::from(self.folder.trim().trim_matches('"'));
        let can = !typed.as_os_str().is_empty() && typed != watch.folder;
        let save = primary(cx.t("settings-watch-save")).enabled(can);
        if ui.add(save).clicked() {
            cx.send(Command::WatchFolder(typed));
        }
        let choose = secondary(cx.t("settings-watch-choose")).icon(icons::ICON_FOLDER_OPEN);
        self.wants_folder |= ui.add(choose).clicked();
        let is_on = !watch.folder.as_os_str().is_empty();
        if is_on && ui.add(quiet(cx.t("settings-watch-end"))).clicked() {
            cx.send(Command::WatchFolder(PathBuf::new()));
        }
    }
}

/// Whether a folder is watched, in plain words.
fn standing(ui: &mut Ui, cx: &Cx<'_>, watch: &WatchView) {
    let folder = watch.folder.to_string_lossy();
    let said = |id: &str| (cx.t(id), cx.t(&format!("{id}.detail")));
    let (tone, icon, (title, detail)) = match watch.trouble {
        _ if folder.is_empty() => (Tone::Neutral, icons::ICON_FOLDER_OFF, said("settings-watch-off")),
        Some(trouble) => (
            Tone::Warn,
            icons::ICON_WARNING,
            trouble_words(cx.lang, trouble, &folder),
        ),
        None => (Tone::Done, icons::ICON_FOLDER_EYE, said("settings-watch-on")),
    };
    widgets::icon_line(ui, icon, tone, 20.0, |ui| {
        ui.spacing_mut().item_spacing.y = XS;
        widgets::strong(ui, title);
        widgets::weak(ui, detail);
    });
}
