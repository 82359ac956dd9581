//! What became of a shipment that was sent from the form, as the journal shows it from moment to moment.

use egui::{Label, RichText, Ui};

use super::Wish;
use super::model::Form;
use crate::domain::State;
use crate::engine::command::Command;
use crate::engine::snapshot::OpenOrder;
use crate::i18n::explain::{Names, explain_problem};
use crate::ui::order_detail::{model::entry, told_ui};
use crate::ui::orders::model::{Said, Tone};
use crate::ui::pane::Cx;
use crate::ui::said;
use crate::ui::theme::{self, M, S};
use crate::ui::widgets::{self, icons};

/// Paints the state in the place of the form.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, open: &OpenOrder, form: &Form) -> Wish {
    let Some(shipment) = form.shipment(open) else {
        return waiting_ui(ui, cx, form);
    };
    let entry = entry(
        cx.lang,
        shipment,
        &cx.snapshot.outbox,
        &cx.snapshot.couriers,
        cx.now,
    );
    let title = cx.t(match shipment.state {
        State::Queued | State::Waiting | State::Sending => "ship-sent-title",
        State::Unclear(_) => "ship-sent-unclear",
        State::Shipped { found: false } => "ship-sent-shipped",
        State::Shipped { found: true } => "ship-sent-found",
        State::Rejected(_) => "ship-sent-rejected",
        State::NeedsPerson(_) => "ship-sent-person",
        State::Cancelled => "ship-sent-cancelled",
    });
    let mut wish = Wish::None;
    widgets::card(ui, |ui| {
        ui.horizontal(|ui| {
            if matches!(shipment.state, State::Shipped { .. }) {
                widgets::icon(ui, icons::ICON_CHECK_CIRCLE, theme::Tone::Done, 28.0);
            }
            ui.label(RichText::new(title).heading());
            // As the order says it: more is to follow.
            if matches!(shipment.state, State::Shipped { .. }) && !shipment.intent.completes() {
                said::pill(ui, &Said::new(cx.t("orders-partly-shipped"), Tone::Warn));
            } else {
                said::pill(ui, &entry.state);
            }
        });
        ui.add_space(S);
        ui.add(Label::new(&entry.what).wrap());
        told_ui(ui, cx, &entry);
        ui.add_space(M);
        ui.horizontal(|ui| {
            if ui.add(widgets::primary(cx.t("ship-sent-done"))).clicked() {
                wish = Wish::Finish;
            }
            if entry.can_cancel && ui.add(widgets::secondary(cx.t("detail-cancel"))).clicked() {
                cx.send(Command::CancelShipment(entry.id));
            }
            let again = matches!(shipment.state, State::Cancelled | State::Rejected(_));
            if again && ui.add(widgets::secondary(cx.t("ship-sent-edit"))).clicked() {
                wish = Wish::EditAgain;
            }
        });
    });
    wish
}

/// Asked for, but not in the journal yet; or it was not taken, and why.
fn waiting_ui(ui: &mut Ui, cx: &Cx<'_>, form: &Form) -> Wish {
    let mut wish = Wish::None;
    let names = Names {
        couriers: &cx.snapshot.couriers,
    };
    widgets::card(ui, |ui| {
        if form.refused().is_empty() {
            widgets::loading(ui, &cx.t("ship-sent-waiting"));
        } else {
            ui.label(RichText::new(cx.t("ship-not-queued")).heading());
        }
        for problem in form.refused() {
            let why = explain_problem(cx.lang, problem, &names);
            let rest = why.rest();
            widgets::icon_line(ui, icons::ICON_ERROR, theme::Tone::Blocked, 20.0, |ui| {
                widgets::strong(ui, &why.title);
            });
            if !rest.is_empty() {
                ui.add(Label::new(rest).wrap());
            }
        }
        ui.add_space(S);
        if ui.add(widgets::secondary(cx.t("ship-sent-edit"))).clicked() {
            wish = Wish::EditAgain;
        }
    });
    wish
}
