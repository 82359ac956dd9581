//! The checks of the account in their order, and where the AppSecret is kept.

use egui::{Label, RichText, Ui};

use super::model::{self, CheckWords, Standing};
use crate::engine::command::Command;
use crate::engine::snapshot::KeyStore;
use crate::i18n::format;
use crate::ui::pane::Cx;
use crate::ui::theme::{self, S, Tone, XS};
use crate::ui::widgets::{self, Icon, icons, primary, secondary};

/// The checks and the button that makes them.
pub fn checks(ui: &mut Ui, cx: &mut Cx<'_>) {
    widgets::section(ui, &cx.t("settings-doctor"), |ui| list(ui, cx));
}

/// The checks alone, for a card of another page.
pub fn list(ui: &mut Ui, cx: &mut Cx<'_>) {
    let doctor = &cx.snapshot.session.doctor;
    for check in model::checks(&cx.snapshot.session, cx.lang) {
        one(ui, cx, &check);
        ui.add_space(XS);
    }
    ui.add_space(XS);
    widgets::row(ui, 36.0, |ui| {
        let can = !doctor.running && cx.snapshot.session.current.is_some();
        let mut test = primary(cx.t("settings-test"))
            .icon(icons::ICON_STETHOSCOPE)
            .enabled(can);
        if cx.snapshot.session.current.is_none() {
            test = test.hint(cx.t("settings-test-no-account"));
        }
        if ui.add(test).clicked() {
            cx.send(Command::TestAccount);
        }
        if doctor.running {
            widgets::loading(ui, &cx.t("settings-testing"));
        } else if let Some(at) = doctor.at {
            let time = format::moment(at, cx.now);
            widgets::small(ui, cx.ta("settings-tested", &[("time", time.into())]));
        }
    });
}

fn one(ui: &mut Ui, cx: &Cx<'_>, check: &CheckWords) {
    let (tone, icon): (Tone, Icon) = match check.standing {
        Standing::Open => (Tone::Neutral, icons::ICON_RADIO_BUTTON_UNCHECKED),
        Standing::Running => (Tone::Info, icons::ICON_PENDING),
        Standing::Passed => (Tone::Done, icons::ICON_CHECK_CIRCLE),
        Standing::Failed => (Tone::Blocked, icons::ICON_ERROR),
    };
    widgets::icon_line(ui, icon, tone, 20.0, |ui| {
        ui.spacing_mut().item_spacing.y = XS;
        widgets::row(ui, 20.0, |ui| {
            ui.label(&check.name);
            widgets::badge(ui, tone, &check.result);
        });
        if !check.words.title.is_empty() {
            widgets::strong(ui, &check.words.title);
        }
        for line in [&check.words.detail, &check.words.action] {
            if !line.is_empty() {
                widgets::weak(ui, line);
            }
        }
        if let Some(ip) = &check.ip {
            widgets::copyable(ui, ip, &cx.t("copy"));
        }
        if !check.words.code.is_empty() {
            let ink = theme::palette(ui).weak;
            let code = RichText::new(&check.words.code).small().color(ink);
            ui.add(Label::new(code).selectable(true).wrap());
        }
    });
}

/// Where the AppSecret is kept, in plain words.
pub fn key_store(ui: &mut Ui, cx: &mut Cx<'_>) {
    widgets::section(ui, &cx.t("settings-keys"), |ui| {
        let (words, retry) = model::key_store(&cx.snapshot.session.key_store, cx.lang);
        let (tone, icon) = match &cx.snapshot.session.key_store {
            KeyStore::Unknown => (Tone::Neutral, icons::ICON_KEY),
            KeyStore::Available => (Tone::Done, icons::ICON_LOCK),
            KeyStore::SessionOnly { .. } => (Tone::Warn, icons::ICON_WARNING),
        };
        widgets::icon_line(ui, icon, tone, 20.0, |ui| {
            ui.spacing_mut().item_spacing.y = XS;
            widgets::strong(ui, &words.title);
            widgets::weak(ui, &words.detail);
        });
        if retry {
            ui.add_space(S);
            let again = secondary(cx.t("settings-keys-retry")).icon(icons::ICON_REPLAY);
            if widgets::row(ui, theme::BUTTON, |ui| ui.add(again).clicked()) {
                cx.send(Command::RetryKeyStore);
            }
        }
    });
}
