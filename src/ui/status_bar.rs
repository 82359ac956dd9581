//! The two strips that every page keeps: where calls go when it is not WeChat, and what is under way.

use std::time::Duration;

use egui::{Align, Frame, Label, Layout, Margin, Panel, RichText, ScrollArea, Ui};

use super::actions::{self, ActionId};
use super::nav::Page;
use super::pane::Cx;
use super::theme::{self, S, Tone};
use super::told;
use super::widgets::{self, icons, quiet};
use crate::domain::Obstacle;
use crate::engine::command::Command;
use crate::engine::snapshot::{BatchPhase, Fetch, Gate, Outbox};
use crate::i18n::format;

/// From this width of the window on there is room for bars of progress.
const WIDE: f32 = 1000.0;
/// Below this width of the bar not everything stands side by side.
const NARROW: f32 = 760.0;
/// The width of one.
const PROGRESS: f32 = 90.0;

/// The strip that says that this is not WeChat; nothing when it is.
pub fn top(ui: &mut Ui, cx: &Cx<'_>, can_leave: bool) {
    let session = &cx.snapshot.session;
    let words = match (&session.other_server, session.sandbox) {
        (_, true) => cx.t("top-sandbox"),
        (Some(server), false) => cx.ta("top-other-server", &[("server", server.as_str().into())]),
        (None, false) => return,
    };
    let pair = theme::palette(ui).tone(Tone::Warn);
    let frame = Frame::new()
        .fill(pair.ground)
        .inner_margin(Margin::symmetric(16, 5));
    Panel::top("not-wechat")
        .frame(frame)
        .show_separator_line(false)
        .show(ui, |ui| {
            widgets::row(ui, 20.0, |ui| {
                widgets::icon(ui, icons::ICON_SCIENCE, Tone::Warn, 16.0);
                let words = RichText::new(words).size(13.0).color(pair.ink);
                if !(can_leave && session.sandbox) {
                    ui.add(egui::Label::new(words).truncate());
                    return;
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let mut leave = widgets::secondary(cx.t("practice-leave")).compact();
                    if !actions::nothing_under_way(cx.snapshot) {
                        leave = leave.enabled(false).hint(cx.t("practice-busy"));
                    }
                    if ui.add(leave).clicked() {
                        actions::request(ui.ctx(), ActionId::Practice);
                    }
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        ui.add(egui::Label::new(words).truncate());
                    });
                });
            });
        });
}

/// The strip at the bottom.
pub fn bottom(ui: &mut Ui, cx: &mut Cx<'_>) {
    let surface = theme::palette(ui).surface;
    let frame = Frame::new().fill(surface).inner_margin(Margin::symmetric(16, 2));
    Panel::bottom("status").frame(frame).show(ui, |ui| {
        if ui.available_width() < NARROW {
            // What sends comes first; the rest can be moved into sight.
            ScrollArea::horizontal().id_salt("status-narrow").show(ui, |ui| {
                widgets::row(ui, theme::BUTTON, |ui| {
                    outbox(ui, cx);
                    batch(ui, cx);
                    orders(ui, cx);
                });
            });
            return;
        }
        widgets::row(ui, theme::BUTTON, |ui| {
            orders(ui, cx);
            batch(ui, cx);
            outbox(ui, cx);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let words = cx.t("bar-keys");
                say(ui, words);
            });
        });
    });
}

fn orders(ui: &mut Ui, cx: &mut Cx<'_>) {
    let orders = &cx.snapshot.orders;
    match &orders.fetch {
        Fetch::Running { orders, .. } => {
            widgets::dot(ui, Tone::Info);
            say(
                ui,
                cx.ta("bar-fetching", &[("orders", format::count(*orders).into())]),
            );
            if ui.add(quiet(cx.t("bar-stop"))).clicked() {
                cx.send(Command::StopRefresh);
            }
        }
        Fetch::Idle | Fetch::Failed { .. } | Fetch::Complete { .. } => {
            let failed = matches!(orders.fetch, Fetch::Failed { .. });
            let (tone, words) = match orders.read_at {
                Some(at) => {
                    let time = format::moment(at, cx.now);
                    let tone = if failed { Tone::Warn } else { Tone::Done };
                    (tone, cx.ta("bar-orders-read", &[("time", time.into())]))
                }
                None => (Tone::Neutral, cx.t("bar-orders-never")),
            };
            widgets::dot(ui, tone);
            say(ui, words);
        }
    }
}

fn batch(ui: &mut Ui, cx: &mut Cx<'_>) {
    let Some(batch) = cx.snapshot.batch.as_ref() else {
        return;
    };
    let words = match &batch.phase {
        BatchPhase::Reading { .. } => cx.t("bar-reading-file"),
        BatchPhase::Comparing { done, total } => cx.ta(
            "bar-comparing",
            &[
                ("done", format::count(*done).into()),
                ("total", format::count(*total).into()),
            ],
        ),
        BatchPhase::LookingUp { done, total } => cx.ta(
            "bar-looking-up",
            &[
                ("done", format::count(*done).into()),
                ("total", format::count(*total).into()),
            ],
        ),
        BatchPhase::Checked
        | BatchPhase::Failed(_)
        | BatchPhase::Unusable
        | BatchPhase::Sending
        | BatchPhase::Done => return,
    };
    divider(ui);
    widgets::dot(ui, Tone::Info);
    if let BatchPhase::LookingUp { done, total } = batch.phase {
        progress(ui, done, total, &words);
    }
    say(ui, words);
    if ui.add(quiet(cx.t("bar-stop"))).clicked() {
        cx.send(Command::StopBatch);
    }
}

/// How much of something is done, where the window is wide enough for it.
fn progress(ui: &mut Ui, done: usize, total: usize, name: &str) {
    if ui.ctx().content_rect().width() < WIDE {
        return;
    }
    ui.scope(|ui| {
        ui.set_max_width(PROGRESS);
        widgets::progress(ui, done, total, name);
    });
}

/// How many rows of the file that is being sent have their ends, and how many there are.
fn of_the_file(cx: &Cx<'_>) -> Option<(usize, usize)> {
    let batch = cx.snapshot.batch.as_ref()?;
    if batch.phase != BatchPhase::Sending {
        return None;
    }
    let counts = &batch.counts;
    let ended = [counts.shipped, counts.refused, counts.needs_person];
    let ended = ended.into_iter().fold(0, usize::saturating_add);
    let total = ended
        .saturating_add(counts.waiting)
        .saturating_add(counts.unclear);
    Some((ended, total))
}

fn outbox(ui: &mut Ui, cx: &mut Cx<'_>) {
    let outbox = &cx.snapshot.outbox;
    let left = [outbox.queued, outbox.waiting, outbox.sending, outbox.unclear]
        .into_iter()
        .fold(0, usize::saturating_add);
    if left == 0 {
        return;
    }
    let left = ("left", format::count(left).into());
    divider(ui);
    gate(ui, cx, left);
    unclear(ui, cx);
}

/// How many are unclear, and when the next of them is looked at.
fn unclear(ui: &mut Ui, cx: &Cx<'_>) {
    let said = told::unclear(&cx.snapshot.outbox, cx.lang, cx.now);
    if said.is_some() {
        divider(ui);
        widgets::dot(ui, Tone::Unclear);
        told::line(ui, cx, said);
    }
}

fn gate(ui: &mut Ui, cx: &mut Cx<'_>, left: (&str, crate::i18n::Arg)) {
    let outbox = &cx.snapshot.outbox;
    match &outbox.gate {
        Gate::Open => {
            widgets::dot(ui, Tone::Ready);
            let words = match outbox.remaining_secs {
                Some(secs) => {
                    let time = (
                        "time",
                        format::duration(cx.lang, Duration::from_secs(secs)).into(),
                    );
                    cx.ta("bar-sending-time", &[left, time])
                }
                // What is only looked at or asked for is not being sent.
                None if outbox.queued == 0 && outbox.sending == 0 => cx.ta("bar-open", &[left]),
                None => cx.ta("bar-sending", &[left]),
            };
            if let Some((ended, total)) = of_the_file(cx) {
                let args = [
                    ("done", format::count(ended).into()),
                    ("total", format::count(total).into()),
                ];
                progress(ui, ended, total, &cx.ta("bar-of-the-file", &args));
            }
            say(ui, words);
            if ui.add(quiet(cx.t("bar-pause"))).clicked() {
                cx.send(Command::Pause);
            }
        }
        Gate::Holding { until } => {
            let secs = cx.secs_until(*until);
            ui.request_repaint_after(Duration::from_secs(1));
            widgets::dot(ui, Tone::Warn);
            say(ui, cx.ta("bar-holding", &[("secs", secs.into())]));
            if ui.add(quiet(cx.t("bar-cancel-all"))).clicked() {
                cx.send(Command::CancelAll);
            }
        }
        Gate::Paused => stopped(ui, cx, "bar-paused", left),
        Gate::Interrupted => stopped(ui, cx, "bar-interrupted", left),
        Gate::Quarantine { .. }
        | Gate::Account(_)
        | Gate::DailyQuota { .. }
        | Gate::Recovering { .. }
        | Gate::Claims { .. }
        | Gate::StoreFailed => {
            widgets::dot(ui, gate_tone(outbox));
            let words = match outbox.obstacle(true) {
                Some(Obstacle::Until(until, _)) if until > cx.now => {
                    let at = ("at", format::clock(until, cx.now).into());
                    cx.ta("bar-gate-until", &[left, at])
                }
                _ => cx.ta("bar-gate", &[left]),
            };
            say(ui, words);
            if ui.add(quiet(cx.t("bar-why"))).clicked() {
                *cx.go = Some(Page::Outbox);
            }
        }
    }
}

fn stopped(ui: &mut Ui, cx: &mut Cx<'_>, id: &str, left: (&str, crate::i18n::Arg)) {
    widgets::dot(ui, Tone::Warn);
    say(ui, cx.ta(id, &[left]));
    if ui.add(quiet(cx.t("bar-resume"))).clicked() {
        cx.send(Command::Resume);
    }
}

fn gate_tone(outbox: &Outbox) -> Tone {
    match outbox.gate {
        Gate::Account(_) | Gate::Claims { .. } | Gate::StoreFailed => Tone::Blocked,
        Gate::Open
        | Gate::Paused
        | Gate::Interrupted
        | Gate::Holding { .. }
        | Gate::Quarantine { .. }
        | Gate::DailyQuota { .. }
        | Gate::Recovering { .. } => Tone::Warn,
    }
}

fn divider(ui: &mut Ui) {
    ui.add_space(S);
    ui.separator();
    ui.add_space(S);
}

/// Small words on one line.
fn say(ui: &mut Ui, words: impl Into<String>) {
    let colour = theme::palette(ui).weak;
    ui.add(Label::new(RichText::new(words).small().color(colour)).extend());
}
