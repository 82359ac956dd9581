//! What was asked for from here: one line each, and the chosen one with what it means and what can be done.

use egui::{Label, RichText, Ui};

use super::model::verdict::ship_by;
use super::model::{Filter, Model, decisions};
use crate::domain::{Decision, Errand, ErrandKind, ErrandState, Timestamp};
use crate::engine::command::{Command, ErrandCommand};
use crate::i18n::{Lang, errand_name, errand_state_name, explain_errand, format};
use crate::ui::confirm::Confirm;
use crate::ui::pane::Cx;
use crate::ui::table::{Column, Table};
use crate::ui::theme::{self, Tone};
use crate::ui::tones;
use crate::ui::widgets::{self, Banner, danger, icons, quiet, secondary};

/// Paints it; gives a question that is to be asked first, and what *yes* means.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, model: &mut Model) -> Option<(Confirm, Command)> {
    let count = model.count(model.filter);
    if count == 0 {
        let [title, text] = if model.filter == Filter::Dated {
            ["special-dated-empty", "special-dated-empty-text"]
        } else {
            ["errands-history-empty", "errands-history-empty-text"]
        }
        .map(|id| cx.t(id));
        widgets::empty_state(ui, icons::ICON_HISTORY, &title, &text, None);
        return None;
    }
    let mut ask = None;
    if let Some(errand) = model.shown_errand().map(|(_, errand)| errand.clone()) {
        let (asked, close) = detail(ui, cx, &errand);
        ask = asked;
        if close {
            model.errand = None;
        }
    }
    let dated = model.filter == Filter::Dated;
    let [since, why] = if dated {
        ["errands-col-ship-by", "errands-col-left"]
    } else {
        ["errands-col-since", "errands-col-why"]
    };
    let columns = [
        Column::of(cx.t("errands-col-state"), 130.0),
        Column::of(cx.t("errands-col-what"), 130.0),
        Column::of(cx.t("errands-col-order"), 250.0),
        Column::of(cx.t(since), 130.0),
        Column::rest(cx.t(why)),
    ];
    let name = if dated { "special-dated" } else { "errands-history" };
    let table = Table {
        id: "errand-history",
        name: &cx.t(name),
        columns: &columns,
        rows: count,
        selected: model.shown_errand().map(|(position, _)| position),
        sorted: None,
    };
    let shown = &*model;
    let row_name = |position: usize| {
        shown.past(position).map_or_else(String::new, |errand| {
            let args = [
                ("order", errand.transaction_id.as_str().into()),
                ("what", errand_name(cx.lang, errand.kind).into()),
                ("state", errand_state_name(cx.lang, &errand.state).into()),
            ];
            cx.ta("errands-past-name", &args)
        })
    };
    let done = table.show(ui, row_name, |ui, position, column| {
        if let Some(errand) = shown.past(position) {
            match ship_by(errand).filter(|_| dated && column > 2) {
                Some(by) => date_cell(ui, cx, by, column),
                None => cell(ui, cx, errand, column),
            }
        }
    });
    if let Some(position) = done.selected {
        model.errand = model.past(position).map(|errand| errand.id);
    }
    ask
}

fn cell(ui: &mut Ui, cx: &Cx<'_>, errand: &Errand, column: usize) {
    match column {
        0 => {
            let tone = tones::of_errand(&errand.state);
            widgets::badge(ui, tone, errand_state_name(cx.lang, &errand.state));
        }
        1 => {
            ui.add(Label::new(errand_name(cx.lang, errand.kind)).truncate());
        }
        2 => {
            widgets::mono(ui, errand.transaction_id.as_str());
        }
        3 => {
            ui.add(Label::new(format::age(cx.lang, errand.since, cx.now)).truncate());
        }
        _ => {
            ui.add(Label::new(explain_errand(cx.lang, errand).title).truncate());
        }
    }
}

/// The date of a pre-sale, and what is left until then.
fn date_cell(ui: &mut Ui, cx: &Cx<'_>, by: Timestamp, column: usize) {
    if column == 3 {
        ui.add(Label::new(format::moment(by, cx.now)).truncate());
        return;
    }
    let (id, span, tone) = if by > cx.now {
        ("errands-left", by.since(cx.now), Tone::Neutral)
    } else {
        ("errands-over", cx.now.since(by), Tone::Blocked)
    };
    let words = cx.ta(id, &[("span", format::duration(cx.lang, span).into())]);
    let ink = theme::palette(ui).tone(tone).ink;
    ui.add(Label::new(RichText::new(words).color(ink)).truncate());
}

/// The chosen one, with its buttons.
fn detail(ui: &mut Ui, cx: &mut Cx<'_>, errand: &Errand) -> (Option<(Confirm, Command)>, bool) {
    let words = explain_errand(cx.lang, errand);
    let title = format!("{} · {}", errand.transaction_id.as_str(), words.title);
    let said = match errand.kind {
        ErrandKind::Remind { received_at } => ("errands-said-remind", Some(received_at)),
        ErrandKind::PreSale { delay_to } => ("errands-said-pre-sale", Some(delay_to)),
        ErrandKind::TestOrder => ("errands-said-test", None),
    };
    let at = said.1.map(format::moment_exact).unwrap_or_default();
    let asked_at = format::moment_exact(errand.queued_at);
    let args = [("at", at.into()), ("asked", asked_at.into())];
    let between = match cx.lang {
        Lang::ZhCn => "",
        Lang::En => " ",
    };
    let detail = format!("{}{between}{}", cx.ta(said.0, &args), words.detail);
    let (mut ask, mut close) = (None, false);
    Banner::new(tones::of_errand(&errand.state), icons::ICON_INFO, &title)
        .detail(&detail)
        .advice(&words.action)
        .code(&words.code)
        .show(ui, |ui| {
            for decision in decisions(&errand.state) {
                let id = match decision {
                    Decision::AcceptAsItIs => "errands-decide-accept",
                    Decision::TryAgain | Decision::TakeOver => "errands-decide-again",
                    Decision::Drop => "errands-decide-drop",
                };
                let costly = *decision == Decision::TryAgain && errand.kind == ErrandKind::TestOrder;
                let button = if costly {
                    danger(cx.t(id))
                } else {
                    secondary(cx.t(id))
                };
                if ui.add(button).clicked() {
                    let command = Command::Errands(ErrandCommand::Decide(errand.id, *decision));
                    if *decision == Decision::TryAgain {
                        ask = Some((again(cx, errand), command));
                    } else {
                        cx.send(command);
                    }
                }
            }
            if errand.state == ErrandState::Queued {
                let button = secondary(cx.t("errands-cancel")).icon(icons::ICON_UNDO);
                if ui.add(button).clicked() {
                    cx.send(Command::Errands(ErrandCommand::Cancel(errand.id)));
                }
            }
            close = ui.add(quiet(cx.t("errands-detail-close"))).clicked();
        });
    (ask, close)
}

/// The question before something is sent again.
fn again(cx: &Cx<'_>, errand: &Errand) -> Confirm {
    let order = ("order", errand.transaction_id.as_str().into());
    let body = match errand.kind {
        ErrandKind::Remind { .. } => "errands-again-remind",
        ErrandKind::PreSale { .. } => "errands-again-pre-sale",
        ErrandKind::TestOrder => "errands-again-test",
    };
    let typed = (errand.kind == ErrandKind::TestOrder).then(|| {
        let count = [("count", "1".into())];
        (cx.ta("special-ask-test-type", &count), String::from("1"))
    });
    Confirm {
        title: cx.ta("errands-again-title", &[order]),
        body: vec![cx.t(body)],
        yes: cx.t("errands-decide-again"),
        no: cx.t("errands-no"),
        costly: true,
        typed,
        ..Confirm::default()
    }
}
