//! A checked file: counters that are filters, the rows, and the button that sends; later the same page
//! shows the countdown, the progress and the result.

use std::sync::Arc;
use std::time::Duration;

use egui::Ui;

use super::model::{self, Filter};
use super::{Pane, columns, phases};
use crate::domain::RowsOut;
use crate::engine::command::Command;
use crate::engine::snapshot::{BatchPhase, BatchView, Gate};
use crate::i18n::format;
use crate::ui::Page;
use crate::ui::confirm::Confirm;
use crate::ui::pane::Cx;
use crate::ui::saving::Save;
use crate::ui::theme::{self, S, Tone, XS};
use crate::ui::told;
use crate::ui::widgets::{self, Banner, Btn, icons, primary, quiet, secondary};

impl Pane {
    pub(super) fn checked(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, batch: &Arc<BatchView>) {
        self.header(ui, cx, batch);
        if self.has_details() && widgets::is_narrow(ui) {
            // The chosen row stands alone; what is said of all rows comes back with the list.
            self.rows(ui, cx, batch);
            return;
        }
        match batch.phase {
            BatchPhase::Sending => sending(ui, cx, batch),
            BatchPhase::Done => result(ui, cx, batch),
            BatchPhase::LookingUp { .. } | BatchPhase::Comparing { .. } | BatchPhase::Reading { .. } => {
                working(ui, cx, &batch.phase);
            }
            BatchPhase::Checked | BatchPhase::Failed(_) | BatchPhase::Unusable => {
                promise(ui, cx, batch);
            }
        }
        for problem in model::file_problems(batch, &cx.snapshot.couriers, cx.lang) {
            phases::banner(ui, &problem);
        }
        repaired(ui, cx, batch.repaired);
        super::courier_pick::picked(ui, cx, batch);
        self.preset.ui(ui, cx, batch);
        self.counters(ui, cx, batch);
        ui.add_space(XS);
        self.rows(ui, cx, batch);
    }

    fn header(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, batch: &BatchView) {
        let facts = model::facts(batch).map(|(name, value)| (name, value.into()));
        let facts = cx.ta("import-facts", &facts);
        let checked = batch.phase == BatchPhase::Checked;
        widgets::page_header(ui, &batch.file.name, Some(&facts), |ui| {
            if checked && ui.add(send_button(cx, batch)).clicked() {
                self.send(cx, batch);
            }
            // Not while it is sent: the button would move under a pointer that has just pressed *Send*.
            let may_leave = model::may_leave(batch, &cx.snapshot.outbox);
            if may_leave {
                let another = secondary(cx.t("import-another")).icon(icons::ICON_FOLDER_OPEN);
                self.wants_file |= ui.add(another).clicked();
            }
            if checked {
                let again = quiet(cx.t("import-check-again")).icon(icons::ICON_REPLAY);
                if ui.add(again).clicked() {
                    cx.send(Command::RecheckBatch);
                }
            }
            if columns::may_decide(batch) {
                let button = quiet(cx.t("import-columns-of-file")).icon(icons::ICON_VIEW_COLUMN);
                if ui.add(button).clicked() {
                    self.sheet.open();
                }
            }
            if may_leave && ui.add(quiet(cx.t("import-close"))).clicked() {
                cx.send(Command::CloseBatch);
            }
        });
    }

    /// Without a hold window there is no second thought, so the dialog asks instead.
    fn send(&mut self, cx: &mut Cx<'_>, batch: &BatchView) {
        let hold_secs = cx.snapshot.preferences.hold_secs;
        let command = Command::SendBatch {
            batch: batch.id,
            hold_secs,
            reship: false,
        };
        if hold_secs > 0 {
            cx.send(command);
            return;
        }
        let count = ("count", format::count(batch.orders_to_send).into());
        let confirm = Confirm {
            title: cx.ta("import-confirm-title", std::slice::from_ref(&count)),
            body: [Some(cx.t("import-confirm-body")), estimate(cx, batch)]
                .into_iter()
                .flatten()
                .collect(),
            yes: cx.ta("import-send", &[count]),
            no: cx.t("import-confirm-no"),
            ..Confirm::default()
        };
        self.confirm = Some((confirm, command));
    }

    fn counters(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, batch: &BatchView) {
        ui.horizontal_wrapped(|ui| {
            for filter in Filter::of_phase(&batch.phase) {
                let count = filter.count(batch);
                let always = matches!(
                    filter,
                    Filter::All | Filter::Ready | Filter::Blocked | Filter::Shipped
                );
                if count == 0 && !always && self.model.filter != *filter {
                    continue;
                }
                let pressed = self.model.filter == *filter;
                if widgets::counter(ui, tone_of(*filter), count, &cx.t(filter.word_id()), pressed).clicked() {
                    self.model.filter = if pressed { Filter::All } else { *filter };
                }
            }
        });
        ui.add_space(XS);
        widgets::row(ui, theme::BUTTON, |ui| {
            self.files_out(ui, cx, batch);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let width = ui.available_width().min(260.0);
                widgets::search_field(ui, &mut self.model.search, &cx.t("import-search"), width);
            });
        });
    }
}

impl Pane {
    /// The rows that have ended, as files of their own.
    fn files_out(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, batch: &BatchView) {
        for out in model::rows_out(batch) {
            let (id, hint) = match out {
                RowsOut::Failures => ("import-save-failures", "import-save-failures-hint"),
                RowsOut::Successes => ("import-save-successes", "import-save-successes-hint"),
            };
            let button = secondary(cx.t(id)).icon(icons::ICON_DOWNLOAD).hint(cx.t(hint));
            if ui.add(button).clicked() {
                self.wants_save = Some(Save::Rows(batch.id, out));
            }
        }
    }
}

fn tone_of(filter: Filter) -> Tone {
    match filter {
        Filter::All | Filter::Ignored => Tone::Neutral,
        Filter::Ready => Tone::Ready,
        Filter::Warned => Tone::Warn,
        Filter::Blocked | Filter::Refused => Tone::Blocked,
        Filter::AlreadyDone | Filter::Shipped => Tone::Done,
        Filter::Waiting | Filter::Changed => Tone::Info,
        Filter::Unclear => Tone::Unclear,
        Filter::NeedsPerson => Tone::Person,
    }
}

fn send_button(cx: &Cx<'_>, batch: &BatchView) -> Btn {
    let count = batch.orders_to_send;
    let button = primary(cx.ta("import-send", &[("count", format::count(count).into())]))
        .icon(icons::ICON_SEND)
        .enabled(count > 0);
    if count == 0 {
        button.hint(cx.t("import-send-none"))
    } else {
        button.hint(cx.ta(
            "import-send-hint",
            &[("secs", cx.snapshot.preferences.hold_secs.into())],
        ))
    }
}

/// The guarantee of the check: nothing was sent.
fn promise(ui: &mut Ui, cx: &Cx<'_>, batch: &BatchView) {
    let rows = ("count", format::count(batch.counts.rows).into());
    let done = batch.counts.already_done.saturating_add(batch.counts.shipped);
    let title = if done == 0 {
        cx.ta("import-checked", &[rows])
    } else {
        let done = ("done", format::count(done).into());
        cx.ta("import-checked-again", &[rows, done])
    };
    let detail = match (batch.orders_to_send, batch.counts.blocked) {
        (0, _) => cx.t("import-checked-none"),
        (_, 0) => cx.t("import-checked-all"),
        (_, blocked) => {
            let blocked = [("blocked", format::count(blocked).into())];
            cx.ta("import-checked-ready", &blocked)
        }
    };
    Banner::new(Tone::Ready, icons::ICON_VERIFIED_USER, &title)
        .detail(&detail)
        .advice(&estimate(cx, batch).unwrap_or_default())
        .show(ui, |_| ());
}

/// What a person has repaired stays in sight: the file itself says something else.
fn repaired(ui: &mut Ui, cx: &Cx<'_>, rows: usize) {
    if rows > 0 {
        let words = cx.ta("import-repaired", &[("count", format::count(rows).into())]);
        ui.horizontal(|ui| {
            widgets::icon(ui, icons::ICON_EDIT, Tone::Person, 16.0);
            widgets::weak(ui, words).on_hover_text(cx.t("import-repaired-detail"));
        });
    }
}

/// Orders are looked up again; the rows stay in sight meanwhile.
fn working(ui: &mut Ui, cx: &mut Cx<'_>, phase: &BatchPhase) {
    let words = phases::words(cx, phase);
    let note = cx.t("import-working-note");
    let stop = Banner::new(Tone::Info, icons::ICON_HOURGLASS_TOP, &words)
        .detail(&note)
        .show(ui, |ui| {
            ui.add(secondary(cx.t("import-stop")).icon(icons::ICON_STOP))
                .clicked()
        });
    if stop {
        cx.send(Command::StopBatch);
    }
}

/// How many calls sending takes and about how long; `None` when there is nothing to send.
fn estimate(cx: &Cx<'_>, batch: &BatchView) -> Option<String> {
    /// Shorter than this is no time to wait.
    const WORTH_SAYING_SECS: u64 = 30;
    let (calls, secs) = cx.snapshot.outbox.estimate(batch.orders_to_send)?;
    if secs < WORTH_SAYING_SECS {
        return None;
    }
    let args = [
        ("calls", format::count(calls).into()),
        (
            "time",
            format::duration(cx.lang, Duration::from_secs(secs)).into(),
        ),
    ];
    Some(cx.ta("import-estimate", &args))
}

/// Countdown, then progress, with what stops them.
fn sending(ui: &mut Ui, cx: &mut Cx<'_>, batch: &BatchView) {
    let (done, total) = model::progress(&batch.counts);
    if let Gate::Holding { until } = cx.snapshot.outbox.gate {
        ui.request_repaint_after(Duration::from_secs(1));
        let secs = cx.secs_until(until);
        let title = cx.ta("import-holding", &[("secs", secs.into())]);
        let detail = cx.t("import-holding-detail");
        let cancel = Banner::new(Tone::Warn, icons::ICON_HOURGLASS_TOP, &title)
            .detail(&detail)
            .show(ui, |ui| {
                let waiting = ("count", format::count(batch.counts.waiting).into());
                let cancel = secondary(cx.ta("import-cancel-all", &[waiting])).icon(icons::ICON_UNDO);
                ui.add(cancel).clicked()
            });
        if cancel {
            cx.send(Command::CancelAll);
        }
        return;
    }
    widgets::card(ui, |ui| {
        let words = cx.ta(
            "import-sending",
            &[
                ("done", format::count(done).into()),
                ("total", format::count(total).into()),
            ],
        );
        ui.horizontal(|ui| {
            widgets::strong(ui, &words);
            if let Some(secs) = cx.snapshot.outbox.remaining_secs {
                let time = format::duration(cx.lang, Duration::from_secs(secs));
                widgets::weak(ui, cx.ta("import-sending-time", &[("time", time.into())]));
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                stop_buttons(ui, cx);
            });
        });
        widgets::progress(ui, done, total, &words);
        ui.add_space(XS);
        told::line(ui, cx, told::unclear(&cx.snapshot.outbox, cx.lang, cx.now));
        told::line(ui, cx, told::waiting(&cx.snapshot.outbox, cx.lang, cx.now));
        widgets::small(ui, cx.t("import-sending-note"));
    });
    ui.add_space(XS);
}

fn stop_buttons(ui: &mut Ui, cx: &mut Cx<'_>) {
    if ui
        .add(quiet(cx.t("import-stop-rest")).icon(icons::ICON_STOP))
        .clicked()
    {
        cx.send(Command::StopBatch);
    }
    match cx.snapshot.outbox.gate {
        Gate::Open => {
            if ui
                .add(secondary(cx.t("bar-pause")).icon(icons::ICON_PAUSE))
                .clicked()
            {
                cx.send(Command::Pause);
            }
        }
        Gate::Paused | Gate::Interrupted => {
            if ui
                .add(primary(cx.t("bar-resume")).icon(icons::ICON_PLAY_ARROW))
                .clicked()
            {
                cx.send(Command::Resume);
            }
        }
        Gate::Holding { .. }
        | Gate::Quarantine { .. }
        | Gate::Account(_)
        | Gate::DailyQuota { .. }
        | Gate::Recovering { .. }
        | Gate::Claims { .. }
        | Gate::StoreFailed => {
            if ui.add(secondary(cx.t("bar-why"))).clicked() {
                *cx.go = Some(Page::Outbox);
            }
        }
    }
}

/// What became of the file, and what to do now.
fn result(ui: &mut Ui, cx: &mut Cx<'_>, batch: &BatchView) {
    let counts = &batch.counts;
    let shipped = format::count(counts.shipped);
    let title = cx.ta("import-done", &[("count", shipped.into())]);
    let for_person = counts.needs_person.saturating_add(counts.refused);
    let mut todo = Vec::new();
    if for_person > 0 {
        todo.push(cx.ta(
            "import-done-person",
            &[("count", format::count(for_person).into())],
        ));
    }
    if counts.unclear > 0 {
        todo.push(cx.ta(
            "import-done-unclear",
            &[("count", format::count(counts.unclear).into())],
        ));
    }
    if counts.blocked > 0 {
        todo.push(cx.ta(
            "import-done-blocked",
            &[("count", format::count(counts.blocked).into())],
        ));
    }
    if counts.ready > 0 {
        todo.push(cx.ta(
            "import-done-ready",
            &[("count", format::count(counts.ready).into())],
        ));
    }
    let (tone, icon) = if for_person > 0 {
        (Tone::Person, icons::ICON_PERSON_ALERT)
    } else if todo.is_empty() {
        (Tone::Done, icons::ICON_CHECK_CIRCLE)
    } else {
        (Tone::Warn, icons::ICON_INFO)
    };
    let todo = if todo.is_empty() {
        cx.t("import-done-all")
    } else {
        todo.join("\n")
    };
    Banner::new(tone, icon, &title).advice(&todo).show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = S;
        if for_person > 0 && ui.add(secondary(cx.t("import-open-outbox"))).clicked() {
            *cx.go = Some(Page::Outbox);
        }
    });
}
