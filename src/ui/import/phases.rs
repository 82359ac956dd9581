//! A file that is being read, could not be checked, or cannot be used.

use egui::Ui;

use super::model::{self, ProblemWords};
use crate::domain::CallFailure;
use crate::engine::command::Command;
use crate::engine::snapshot::{BatchPhase, BatchView};
use crate::i18n::{explain_failure, format};
use crate::ui::pane::Cx;
use crate::ui::theme::{S, Tone};
use crate::ui::tones;
use crate::ui::widgets::{self, Banner, icons, primary, quiet, secondary};

/// What is being done with the file, and how far it is.
pub fn words(cx: &Cx<'_>, phase: &BatchPhase) -> String {
    let far = |id: &str, done: usize, total: usize| {
        let done = ("done", format::count(done).into());
        cx.ta(id, &[done, ("total", format::count(total).into())])
    };
    match phase {
        BatchPhase::Reading { rows } if *rows > 0 => {
            cx.ta("import-reading-rows", &[("rows", format::count(*rows).into())])
        }
        BatchPhase::LookingUp { done, total } => far("import-looking-up", *done, *total),
        BatchPhase::Comparing { done, total } => far("import-comparing", *done, *total),
        BatchPhase::Reading { .. }
        | BatchPhase::Checked
        | BatchPhase::Failed(_)
        | BatchPhase::Unusable
        | BatchPhase::Sending
        | BatchPhase::Done => cx.t("import-reading"),
    }
}

/// The page while a file is read, or compared, or its orders are looked up.
pub fn working(ui: &mut Ui, cx: &mut Cx<'_>, batch: &BatchView) {
    let progress = match batch.phase {
        BatchPhase::LookingUp { done, total } | BatchPhase::Comparing { done, total } => Some((done, total)),
        BatchPhase::Reading { .. }
        | BatchPhase::Checked
        | BatchPhase::Failed(_)
        | BatchPhase::Unusable
        | BatchPhase::Sending
        | BatchPhase::Done => None,
    };
    widgets::page_header(ui, &cx.t("import-title"), Some(&batch.file.name), |_| ());
    widgets::card(ui, |ui| {
        let words = words(cx, &batch.phase);
        widgets::loading(ui, &words);
        ui.add_space(S);
        if let Some((done, total)) = progress {
            widgets::progress(ui, done, total, &words);
            ui.add_space(S);
        }
        widgets::weak(ui, cx.t("import-working-note"));
        ui.add_space(S);
        if ui
            .add(secondary(cx.t("import-stop")).icon(icons::ICON_STOP))
            .clicked()
        {
            cx.send(Command::StopBatch);
        }
    });
}

/// The look-up failed; `true` when another file is wanted.
pub fn failed(ui: &mut Ui, cx: &mut Cx<'_>, batch: &BatchView, failure: &CallFailure) -> bool {
    let wants_file = header(ui, cx, batch);
    let words = explain_failure(cx.lang, failure);
    let nothing_sent = cx.t("import-failed-nothing-sent");
    let detail = format!("{} {nothing_sent}", words.detail);
    let again = Banner::new(Tone::Blocked, icons::ICON_ERROR, &words.title)
        .detail(detail.trim())
        .advice(&words.action)
        .code(&words.code)
        .show(ui, |ui| {
            ui.add(primary(cx.t("import-check-again")).icon(icons::ICON_REPLAY))
                .clicked()
        });
    if again {
        cx.send(Command::RecheckBatch);
    }
    wants_file
}

/// The file cannot be used; `true` when another one is wanted.
pub fn unusable(ui: &mut Ui, cx: &mut Cx<'_>, batch: &BatchView) -> bool {
    let wants_file = header(ui, cx, batch);
    let problems = model::file_problems(batch, &cx.snapshot.couriers, cx.lang);
    if problems.is_empty() {
        let title = cx.t("import-unusable");
        Banner::new(Tone::Blocked, icons::ICON_ERROR, &title).show(ui, |_| ());
    }
    // A question about the columns is answered below; it is no fault of the file.
    let asks = super::columns::may_decide(batch);
    for problem in &problems {
        if asks {
            Banner::new(Tone::Warn, icons::ICON_INFO, &problem.title)
                .detail(&problem.detail)
                .advice(&problem.action)
                .show(ui, |_| ());
        } else {
            banner(ui, problem);
        }
    }
    if !asks {
        widgets::weak(ui, cx.t("import-unusable-note"));
    }
    wants_file
}

/// A problem of the file as a whole.
pub fn banner(ui: &mut Ui, problem: &ProblemWords) {
    let (tone, icon) = tones::of_problem(problem.severity);
    Banner::new(tone, icon, &problem.title)
        .detail(&problem.detail)
        .advice(&problem.action)
        .show(ui, |_| ());
}

fn header(ui: &mut Ui, cx: &mut Cx<'_>, batch: &BatchView) -> bool {
    let (title, name) = (cx.t("import-title"), batch.file.name.clone());
    let (another, close) = widgets::page_header(ui, &title, Some(&name), |ui| {
        let another = ui
            .add(secondary(cx.t("import-another")).icon(icons::ICON_FOLDER_OPEN))
            .clicked();
        let close = ui.add(quiet(cx.t("import-close"))).clicked();
        (another, close)
    });
    if close {
        cx.send(Command::CloseBatch);
    }
    another
}
