//! The diagnostics: quotas of today with their bars, and the ways to a request id, to the bundle for support and to the
//! guided probe.

use egui::Ui;

use crate::domain::{CallQuota, RESET_TYPED, ResetState};
use crate::engine::command::{Command, DiagnosticsAsk};
use crate::i18n::{call_name, explain_failure, format, reset_words};
use crate::ui::confirm::Confirm;
use crate::ui::diagnostics::{ask_bundle, ask_rid};
use crate::ui::pane::Cx;
use crate::ui::theme::{self, S, Tone, XS};
use crate::ui::widgets::{self, icons, quiet, secondary};

/// Paints the card; gives the question before the quotas are reset, and what *yes* means.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>) -> Option<(Confirm, Command)> {
    let mut ask = None;
    widgets::section(ui, &cx.t("diag-title"), |ui| {
        widgets::weak(ui, cx.t("diag-text"));
        ui.add_space(XS);
        ui.horizontal_wrapped(|ui| {
            let rid = secondary(cx.t("rid-open")).icon(icons::ICON_MANAGE_SEARCH);
            if ui.add(rid).clicked() {
                ask_rid(ui.ctx(), String::new());
            }
            let bundle = secondary(cx.t("bundle-open")).icon(icons::ICON_SAVE);
            if ui.add(bundle).clicked() {
                ask_bundle(ui.ctx());
            }
        });
        ui.add_space(S);
        widgets::strong(ui, cx.t("quota-title"));
        widgets::small(ui, cx.t("quota-text"));
        ask = quotas(ui, cx);
    });
    ask
}

fn quotas(ui: &mut Ui, cx: &mut Cx<'_>) -> Option<(Confirm, Command)> {
    let view = &cx.snapshot.diagnostics;
    for quota in view.quotas.iter() {
        one(ui, cx, quota);
        ui.add_space(XS);
    }
    let words = reset_words(cx.lang, &view.resets.state);
    if !words.is_empty() {
        let (tone, icon) = match view.resets.state {
            ResetState::Done => (Tone::Done, icons::ICON_CHECK_CIRCLE),
            ResetState::Failed(_) => (Tone::Blocked, icons::ICON_ERROR),
            ResetState::Never | ResetState::Sending | ResetState::Unclear => {
                (Tone::Unclear, icons::ICON_HELP)
            }
        };
        widgets::icon_line(ui, icon, tone, 20.0, |ui| {
            widgets::weak(ui, words);
        });
    }
    ui.add_space(XS);
    let mut ask = None;
    ui.horizontal_wrapped(|ui| {
        let has_account = cx.snapshot.session.current.is_some();
        let refresh = secondary(cx.t("quota-refresh")).icon(icons::ICON_REFRESH);
        if ui
            .add(refresh.enabled(has_account && !view.asking_quotas))
            .clicked()
        {
            cx.commands.push(Command::Diagnose(DiagnosticsAsk::Quotas));
        }
        let sending = view.resets.state == ResetState::Sending;
        let reset = quiet(cx.t("quota-reset")).enabled(has_account && !sending);
        if ui.add(reset).clicked() {
            ask = Some(question(cx));
        }
        if view.asking_quotas {
            widgets::loading(ui, &cx.t("quota-asking"));
        } else if let Some(at) = view.quotas_at {
            let time = format::moment(at, cx.now);
            widgets::small(ui, cx.ta("quota-at", &[("time", time.into())]));
        } else {
            widgets::small(ui, cx.t("quota-never"));
        }
    });
    ask
}

fn one(ui: &mut Ui, cx: &Cx<'_>, quota: &CallQuota) {
    let name = call_name(cx.lang, quota.path);
    match &quota.answer {
        Ok(day) => {
            let args = [
                ("used", format::count(to_count(day.used)).into()),
                ("limit", format::count(to_count(day.daily_limit)).into()),
                ("remain", format::count(to_count(day.remain)).into()),
            ];
            let words = cx.ta("quota-line", &args);
            widgets::row(ui, 20.0, |ui| {
                ui.label(&name);
                let ink = theme::palette(ui).weak;
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    ui.label(egui::RichText::new(&words).small().color(ink));
                });
            });
            let name = format!("{name}: {words}");
            widgets::progress(ui, to_count(day.used), to_count(day.daily_limit), &name);
            if let Some((calls, secs)) = day.rate {
                let args = [("calls", calls.into()), ("secs", secs.into())];
                widgets::small(ui, cx.ta("quota-rate", &args));
            }
        }
        Err(failure) => {
            ui.label(&name);
            widgets::small(ui, explain_failure(cx.lang, failure).title);
        }
    }
}

fn to_count(number: i64) -> usize {
    usize::try_from(number).unwrap_or(0)
}

fn question(cx: &Cx<'_>) -> (Confirm, Command) {
    let used = cx.snapshot.diagnostics.resets.this_month(cx.now);
    let confirm = Confirm {
        title: cx.t("quota-reset-ask"),
        body: vec![
            cx.ta("quota-reset-cost", &[("used", used.into())]),
            cx.t("quota-reset-when"),
        ],
        yes: cx.t("quota-reset-yes"),
        no: cx.t("quota-reset-no"),
        costly: true,
        typed: Some((cx.t("quota-reset-type"), RESET_TYPED.to_owned())),
        ..Confirm::default()
    };
    let command = Command::Diagnose(DiagnosticsAsk::ResetQuotas {
        typed: RESET_TYPED.to_owned(),
    });
    (confirm, command)
}
