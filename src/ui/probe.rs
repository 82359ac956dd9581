//! The page of the guided probe, behind the settings: what it costs, the order, one step after the other, and what was
//! found. Every upload is a person's word on a button.

pub mod model;

use egui::{Label, Ui};

use self::model::Mark;
use super::confirm::{Answer, Confirm};
use super::pane::Cx;
use super::theme::{self, L, S, Tone, XS};
use super::widgets::{self, icons, primary, quiet, secondary};
use crate::domain::{Probe, ProbeState, ProbeStep, TransactionId};
use crate::engine::command::{Command, DiagnosticsAsk, ProbeAsk};

/// The page.
#[derive(Debug, Default)]
pub struct Pane {
    order: String,
    confirm: Option<(Confirm, ProbeAsk)>,
    /// A person wants another one after the last has ended.
    again: bool,
}

impl Pane {
    /// Paints the page; `false` when it is to be left.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let mut stay = true;
        widgets::page_header(ui, &cx.t("probe-title"), None, |ui| {
            let back = secondary(cx.t("probe-back")).icon(icons::ICON_ARROW_BACK);
            stay = !ui.add(back).clicked();
        });
        widgets::page(ui, "probe", |ui| {
            ui.set_max_width(theme::HEADER_STACKS);
            let probe = cx.snapshot.diagnostics.probe.probe.clone();
            let open = probe.as_deref().filter(|probe| probe.is_open());
            if cx.snapshot.session.sandbox {
                widgets::icon_line(ui, icons::ICON_INFO, Tone::Info, 20.0, |ui| {
                    widgets::weak(ui, cx.t("probe-practice"));
                });
                ui.add_space(S);
            }
            match (open, probe.as_deref()) {
                (Some(probe), _) => {
                    self.again = false;
                    self.step(ui, cx, probe);
                    overview(ui, cx, probe);
                }
                (None, Some(ended)) if !self.again => self.ended(ui, cx, ended),
                (None, _) => self.beginning(ui, cx),
            }
            widgets::section(ui, &cx.t("probe-answers"), |ui| answers(ui, cx));
        });
        self.ask(ui, cx);
        stay
    }

    fn beginning(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        widgets::section(ui, &cx.t("probe-what"), |ui| {
            let steps = ("steps", ProbeStep::ALL.len().into());
            bullet(ui, &cx.ta("probe-what-1", &[steps]));
            for id in ["probe-what-2", "probe-what-3", "probe-what-4"] {
                bullet(ui, &cx.t(id));
            }
            ui.add_space(S);
            let name = cx.t("probe-order");
            let note = cx.t("probe-order-note");
            widgets::field(ui, &name, Some((Tone::Neutral, &note)), |ui| {
                let width = ui.available_width().min(420.0);
                widgets::text_field(ui, &mut self.order, &name, "4200…", width);
            });
            obstacle(ui, cx);
            ui.add_space(S);
            widgets::row(ui, theme::BUTTON, |ui| {
                let busy = cx.snapshot.diagnostics.probe.busy;
                let order = TransactionId::parse(self.order.trim()).filter(|_| !busy);
                let start = primary(cx.t("probe-start")).icon(icons::ICON_SEARCH);
                if ui.add(start.enabled(order.is_some())).clicked()
                    && let Some(order) = order
                {
                    send(cx, ProbeAsk::Start(order));
                }
                if busy {
                    widgets::loading(ui, &cx.t("probe-looking"));
                }
            });
        });
    }

    fn step(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, probe: &Probe) {
        let place = [
            ("number", probe.step.number().into()),
            ("steps", ProbeStep::ALL.len().into()),
        ];
        let words = crate::i18n::probe_step_words(cx.lang, probe.step);
        widgets::section(ui, &cx.ta("probe-step", &place), |ui| {
            widgets::strong(ui, &words.title);
            widgets::weak(ui, &words.detail);
            let sends = model::sends(probe, &cx.snapshot.couriers, cx.lang);
            if !sends.is_empty() {
                widgets::small(ui, sends);
            }
            obstacle(ui, cx);
            ui.add_space(S);
            ui.horizontal_wrapped(|ui| self.buttons(ui, cx, probe));
        });
    }

    fn buttons(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, probe: &Probe) {
        let ready = probe.state == ProbeState::Ready && !cx.snapshot.diagnostics.probe.busy;
        let step = probe.step;
        let costly = step == ProbeStep::Identical;
        let go = if costly {
            widgets::danger(cx.t("probe-go-costly"))
        } else {
            primary(cx.t("probe-go")).icon(icons::ICON_SEND)
        };
        if ui.add(go.enabled(ready)).clicked() {
            if costly {
                self.confirm = Some((spend(cx, probe), ProbeAsk::Go(step)));
            } else {
                send(cx, ProbeAsk::Go(step));
            }
        }
        // The button that not every step has comes last, so that none stands where another one was.
        if ui.add(quiet(cx.t("probe-stop")).enabled(ready)).clicked() {
            self.confirm = Some((stop(cx, probe), ProbeAsk::Stop));
        }
        let skip = secondary(cx.t("probe-skip"));
        if step.may_be_skipped() && ui.add(skip.enabled(ready)).clicked() {
            send(cx, ProbeAsk::Skip(step));
        }
        if !ready {
            let id = match probe.state {
                ProbeState::Sending => "probe-sending",
                ProbeState::Looking { .. } => "probe-waiting",
                ProbeState::Ready | ProbeState::Done | ProbeState::Stopped(_) => "probe-looking",
            };
            widgets::loading(ui, &cx.t(id));
        }
    }

    fn ended(&mut self, ui: &mut Ui, cx: &Cx<'_>, probe: &Probe) {
        let done = probe.state == ProbeState::Done;
        let (tone, icon) = if done {
            (Tone::Done, icons::ICON_CHECK_CIRCLE)
        } else {
            (Tone::Warn, icons::ICON_WARNING)
        };
        widgets::card(ui, |ui| {
            widgets::icon_line(ui, icon, tone, 20.0, |ui| {
                let words = model::ending(probe, cx.lang).unwrap_or_default();
                ui.add(Label::new(words).wrap());
            });
            widgets::small(ui, probe.order.as_str());
            ui.add_space(S);
            let again = secondary(cx.t("probe-again")).icon(icons::ICON_REPLAY);
            self.again = widgets::row(ui, theme::BUTTON, |ui| ui.add(again).clicked());
        });
        ui.add_space(L);
    }

    fn ask(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some((confirm, ask)) = self.confirm.as_mut() else {
            return;
        };
        match confirm.show(ui.ctx(), |_| ()) {
            Answer::Open => {}
            Answer::No => self.confirm = None,
            Answer::Yes => {
                send(cx, ask.clone());
                self.confirm = None;
            }
        }
    }
}

fn send(cx: &mut Cx<'_>, ask: ProbeAsk) {
    cx.send(Command::Diagnose(DiagnosticsAsk::Probe(ask)));
}

fn spend(cx: &Cx<'_>, probe: &Probe) -> Confirm {
    let words = crate::i18n::probe_step_words(cx.lang, probe.step);
    Confirm {
        title: words.title,
        body: vec![words.detail],
        yes: cx.t("probe-go-costly"),
        no: cx.t("probe-go-no"),
        costly: true,
        ..Confirm::default()
    }
}

fn stop(cx: &Cx<'_>, probe: &Probe) -> Confirm {
    let state = [("state", model::left(probe, cx.lang).into())];
    Confirm {
        title: cx.t("probe-stop-ask"),
        body: vec![cx.ta("probe-stop-text", &state)],
        yes: cx.t("probe-stop-yes"),
        no: cx.t("probe-stop-no"),
        costly: true,
        ..Confirm::default()
    }
}

fn bullet(ui: &mut Ui, words: &str) {
    widgets::icon_line(ui, icons::ICON_CHEVRON_RIGHT, Tone::Neutral, 20.0, |ui| {
        ui.add(Label::new(words).wrap());
    });
}

fn obstacle(ui: &mut Ui, cx: &Cx<'_>) {
    if let Some(words) = model::obstacle(&cx.snapshot.diagnostics.probe, cx.lang) {
        ui.add_space(XS);
        widgets::icon_line(ui, icons::ICON_WARNING, Tone::Warn, 20.0, |ui| {
            ui.add(Label::new(words).wrap());
        });
    }
}

fn overview(ui: &mut Ui, cx: &Cx<'_>, probe: &Probe) {
    widgets::card(ui, |ui| {
        for (step, mark, words) in model::steps(probe, cx.lang) {
            let (tone, icon) = match mark {
                Mark::Done => (Tone::Done, icons::ICON_CHECK_CIRCLE),
                Mark::Skipped => (Tone::Neutral, icons::ICON_REMOVE),
                Mark::Now => (Tone::Info, icons::ICON_PLAY_CIRCLE),
                Mark::Later => (Tone::Neutral, icons::ICON_RADIO_BUTTON_UNCHECKED),
            };
            widgets::icon_line(ui, icon, tone, 20.0, |ui| {
                let words = format!("{}. {words}", step.number());
                if mark == Mark::Now {
                    widgets::strong(ui, words);
                } else {
                    widgets::weak(ui, words);
                }
            });
        }
    });
    ui.add_space(L);
}

/// What is known, for this page and for the settings.
pub fn answers(ui: &mut Ui, cx: &Cx<'_>) {
    let known = model::answers(&cx.snapshot.diagnostics.answers, cx.lang, cx.now);
    if known.is_empty() {
        widgets::weak(ui, cx.t("probe-answers-none"));
    }
    for answer in known {
        widgets::key_value(ui, &answer.question, &answer.finding);
        widgets::small(ui, format!("{} · {}", answer.at, answer.used));
        ui.add_space(XS);
    }
}
