//! What has arrived in the watched folder: each file with its state, and the button that checks it. Nothing is sent
//! from here.

use egui::{Label, RichText, Ui};

use crate::domain::{Timestamp, plain_text};
use crate::engine::command::Command;
use crate::engine::snapshot::{Arrived, ArrivedState, WatchTrouble};
use crate::i18n::{self, Lang, format};
use crate::ui::pane::Cx;
use crate::ui::theme::{self, Tone, XS};
use crate::ui::widgets::{self, Banner, icons, quiet, secondary};

/// One file in words.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Words {
    tone: Tone,
    state: String,
    /// When it came, and its size.
    about: String,
    /// There is something to check.
    can_open: bool,
}

/// Paints the list; nothing when no folder is watched and nothing has arrived.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>) {
    let watch = cx.snapshot.watch.clone();
    if let Some(trouble) = watch.trouble {
        let folder = watch.folder.to_string_lossy().into_owned();
        let (title, detail) = trouble_words(cx.lang, trouble, &folder);
        Banner::new(Tone::Warn, icons::ICON_FOLDER_OFF, &title)
            .detail(&detail)
            .show(ui, |_| ());
    }
    if watch.files.is_empty() {
        return;
    }
    widgets::section(ui, &cx.t("arrived-title"), |ui| {
        ui.add_space(-XS);
        widgets::row(ui, theme::BUTTON, |ui| {
            widgets::weak(ui, cx.t("arrived-note"));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.add(quiet(cx.t("arrived-clear"))).clicked() {
                    cx.send(Command::ClearArrived);
                }
            });
        });
        for file in &watch.files {
            if line(ui, cx, file) {
                cx.send(Command::OpenFile(watch.path_of(file)));
            }
        }
    });
}

/// One file; `true` when it is to be checked.
fn line(ui: &mut Ui, cx: &Cx<'_>, file: &Arrived) -> bool {
    let words = words(cx.lang, file, cx.now);
    ui.separator();
    let sides = egui::Sides::new().shrink_left().height(theme::BUTTON);
    let left = |ui: &mut Ui| {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = XS / 2.0;
            let name = RichText::new(plain_text::cell(&file.name)).text_style(theme::strong_style());
            ui.add(Label::new(name).truncate());
            widgets::small(ui, &words.about);
        });
    };
    let right = |ui: &mut Ui| {
        let name = cx.ta("arrived-check-name", &[("file", file.name.as_str().into())]);
        let check = secondary(cx.t("arrived-check"))
            .name(name)
            .enabled(words.can_open);
        let clicked = ui.add(check).clicked();
        widgets::badge(ui, words.tone, &words.state);
        clicked
    };
    sides.show(ui, left, right).1
}

fn words(lang: Lang, file: &Arrived, now: Timestamp) -> Words {
    let say = |id: &str| i18n::text(lang, id);
    let (tone, state) = match file.state {
        _ if file.gone => (Tone::Neutral, say("arrived-gone")),
        ArrivedState::New => (Tone::Info, say("arrived-new")),
        ArrivedState::Held => (Tone::Warn, say("arrived-held")),
        ArrivedState::Unusable => (Tone::Blocked, say("arrived-unusable")),
        ArrivedState::Handled => (Tone::Done, say("arrived-handled")),
        ArrivedState::Checked { ready, blocked } => {
            let counts = [
                ("ready", format::count(ready).into()),
                ("blocked", format::count(blocked).into()),
            ];
            let tone = if blocked > 0 { Tone::Warn } else { Tone::Ready };
            (tone, i18n::text_with(lang, "arrived-checked", &counts))
        }
    };
    let about = [
        ("when", format::moment(file.at, now).into()),
        ("size", format::size(file.stamp.bytes).into()),
    ];
    Words {
        tone,
        state,
        about: i18n::text_with(lang, "arrived-about", &about),
        can_open: !file.gone,
    }
}

/// Why the folder cannot be watched, and what that means.
pub fn trouble_words(lang: Lang, trouble: WatchTrouble, folder: &str) -> (String, String) {
    let id = match trouble {
        WatchTrouble::Missing => "watch-missing",
        WatchTrouble::Denied => "watch-denied",
        WatchTrouble::TooMany => "watch-too-many",
        WatchTrouble::Silent => "watch-silent",
    };
    let args = [("folder", folder.into())];
    let title = i18n::text_with(lang, id, &args);
    (title, i18n::text_with(lang, &format!("{id}.detail"), &args))
}
