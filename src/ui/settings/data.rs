//! How long personal data is kept, deleting it now, and everything as one file.

use egui::Ui;

use crate::engine::command::{Command, DataAsk};
use crate::i18n::format;
use crate::ui::confirm::Confirm;
use crate::ui::pane::Cx;
use crate::ui::saving::Save;
use crate::ui::theme::{self, S, Tone};
use crate::ui::widgets::{self, icons, quiet, secondary};

/// The days that are offered, for ever last.
const OFFERED: [u32; 6] = [30, 90, 180, 365, 730, 0];
/// What *delete now* means where everything is kept for ever.
const USUAL: u32 = 180;

/// Paints the card; gives the question before something is deleted, and what *yes* means.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, wants_save: &mut Option<Save>) -> Option<(Confirm, Command)> {
    let mut ask = None;
    widgets::section(ui, &cx.t("settings-data"), |ui| {
        keep(ui, cx);
        ui.add_space(S);
        let data = cx.snapshot.session.data;
        widgets::row(ui, theme::BUTTON, |ui| {
            let export = secondary(cx.t("settings-data-export")).icon(icons::ICON_DOWNLOAD);
            if ui.add(export).clicked() {
                *wants_save = Some(Save::Everything);
            }
            let can = cx.snapshot.session.current.is_some() && !data.purging;
            let delete = quiet(cx.t("settings-data-delete")).enabled(can);
            if ui.add(delete).clicked() {
                ask = Some(question(cx, data.keep_days));
            }
        });
        let last = if data.purging {
            Some(cx.t("settings-data-deleting"))
        } else {
            let at = |(at, _)| [("at", format::moment_exact(at).into())];
            data.last.map(at).map(|args| cx.ta("settings-data-last", &args))
        };
        if let Some(words) = last {
            widgets::weak(ui, words);
        }
    });
    ask
}

fn keep(ui: &mut Ui, cx: &mut Cx<'_>) {
    let now = cx.snapshot.session.data.keep_days;
    let mut days = OFFERED.to_vec();
    if !days.contains(&now) {
        days.insert(0, now); // set on the command line
    }
    let words: Vec<(String, String)> = days
        .iter()
        .map(|days| (days.to_string(), days_words(cx, *days)))
        .collect();
    let choices: Vec<(&str, &str)> = words.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let (name, note) = (cx.t("settings-keep"), cx.t("settings-keep-note"));
    let chosen = widgets::field(ui, &name, Some((Tone::Neutral, &note)), |ui| {
        widgets::choice(ui, &name, &choices, &now.to_string()).map(str::to_owned)
    });
    if let Some(days) = chosen.and_then(|days| days.parse().ok()) {
        cx.send(Command::Data(DataAsk::KeepDays(days)));
    }
}

fn days_words(cx: &Cx<'_>, days: u32) -> String {
    if days == 0 {
        cx.t("settings-keep-forever")
    } else {
        cx.ta("settings-keep-days", &[("days", days.into())])
    }
}

fn question(cx: &Cx<'_>, keep_days: u32) -> (Confirm, Command) {
    let days = if keep_days == 0 { USUAL } else { keep_days };
    let args = [("days", days.into())];
    let confirm = Confirm {
        title: cx.ta("settings-delete-title", &args),
        body: vec![cx.t("settings-delete-body"), cx.t("settings-delete-first")],
        yes: cx.t("settings-delete-yes"),
        no: cx.t("settings-delete-no"),
        costly: true,
        ..Confirm::default()
    };
    let ask = DataAsk::Purge {
        older_than_days: days,
    };
    (confirm, Command::Data(ask))
}
