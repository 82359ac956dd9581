//! The chosen shipment beside the list: what its state means, what WeChat shows, and the decisions with
//! their consequences.

use egui::{CornerRadius, Frame, Label, Margin, RichText, ScrollArea, Ui};

use super::model;
use crate::domain::{Decision, Order, ParcelId, Shipment, plain_text};
use crate::engine::command::Command;
use crate::i18n::{Place, Told, format, shipment_state_name, support_text};
use crate::ui::Page;
use crate::ui::checklist::{self, model::Subject};
use crate::ui::confirm::Confirm;
use crate::ui::diagnostics;
use crate::ui::pane::Cx;
use crate::ui::theme::{self, M, ROUND, S, Tone, XS};
use crate::ui::widgets::{self, icon_button, icons, quiet, secondary};
use crate::ui::{told, tones};

/// What a person did with the details.
#[derive(Debug, Default)]
pub struct Shown {
    /// They are to be closed.
    pub close: bool,
    /// A question is to be asked, and what *yes* means.
    pub ask: Option<(Confirm, Command)>,
    /// They stand in place of the list.
    pub alone: bool,
}

/// Paints it at the right, or in a narrow window in place of the list.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, shipment: &Shipment, place: Option<Place>) -> Shown {
    let (told, changes) = model::told(shipment, &cx.snapshot.outbox, place, cx.lang, cx.now);
    cx.repaint_in(ui, changes);
    let mut shown = Shown::default();
    let (frame, sizes) = (widgets::beside(ui), (400.0, 320.0..=520.0));
    let painted = widgets::details(ui, "outbox-detail", frame, sizes, |ui| {
        ui.horizontal(|ui| {
            let tone = tones::of_shipment(&shipment.state);
            widgets::badge(ui, tone, shipment_state_name(cx.lang, &shipment.state));
            widgets::small(ui, &told.since);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let button = icon_button(icons::ICON_CLOSE, cx.t("outbox-detail-close"));
                shown.close = ui.add(button).clicked();
            });
        });
        ScrollArea::vertical()
            .id_salt(("outbox-detail-scroll", shipment.id))
            .auto_shrink([false, false])
            .show(ui, |ui| shown.ask = body(ui, cx, shipment, &told));
    });
    shown.alone = painted.alone;
    shown
}

fn body(ui: &mut Ui, cx: &mut Cx<'_>, shipment: &Shipment, told: &Told) -> Option<(Confirm, Command)> {
    ui.spacing_mut().item_spacing.y = 6.0;
    let order = shipment.intent.transaction_id();
    widgets::small(ui, cx.t("outbox-detail-order"));
    ui.add_space(-XS);
    widgets::copyable(ui, order.as_str(), &cx.t("copy"));
    widgets::strong(ui, &told.known.title);
    if !told.known.detail.is_empty() {
        ui.add(Label::new(&told.known.detail).wrap());
    }
    told::card(ui, tones::of_shipment(&shipment.state), told);
    if !told.known.code.is_empty() {
        let code = RichText::new(&told.known.code).small();
        ui.add(Label::new(code).selectable(true).wrap());
        let copy = quiet(cx.t("history-copy-support")).icon(icons::ICON_CONTENT_COPY);
        if ui.add(copy.hint(cx.t("history-copied-note"))).clicked() {
            let order = Some(order.as_str());
            let text = support_text(
                cx.lang,
                &told.known.title,
                order,
                &told.known.code,
                shipment.since,
            );
            ui.copy_text(text);
        }
        diagnostics::rid_button(ui, cx, &told.known.code);
    }
    let cancel = cancel(ui, cx, shipment);
    if checklist::is_about(&shipment.state) {
        ui.add_space(XS);
        widgets::small(ui, cx.t("outbox-checklist"));
        checklist::button(ui, cx, || Subject {
            number: order.as_str().to_owned(),
            since: Some(shipment.queued_at),
        });
    }
    ui.add_space(S);
    parcels(ui, cx, shipment);
    ui.add_space(S);
    decide(ui, cx, shipment).or(cancel)
}

/// The button that takes back what was not sent, right below what it would prevent.
fn cancel(ui: &mut Ui, cx: &Cx<'_>, shipment: &Shipment) -> Option<(Confirm, Command)> {
    let mut ask = None;
    if model::can_cancel(&shipment.state) {
        // "It was not sent" would be untrue of one that was tried and not found at WeChat.
        let means = if shipment.may_have_been_sent() {
            cx.t("outbox-cancel-tried")
        } else {
            cx.t("outbox-cancel-body")
        };
        let cancel = secondary(cx.t("outbox-cancel")).icon(icons::ICON_UNDO);
        if ui.add(cancel).clicked() {
            let confirm = Confirm {
                title: cx.t("outbox-cancel-one-title"),
                body: vec![means.clone()],
                yes: cx.t("outbox-cancel"),
                no: cx.t("outbox-cancel-no"),
                ..Confirm::default()
            };
            ask = Some((confirm, Command::CancelShipment(shipment.id)));
        }
        widgets::small(ui, means);
    }
    ask
}

/// Ours, and beside them what WeChat shows once it was read.
fn parcels(ui: &mut Ui, cx: &mut Cx<'_>, shipment: &Shipment) {
    widgets::strong(ui, cx.t("outbox-ours"));
    for parcel in shipment.intent.parcels() {
        let courier = cx.snapshot.couriers.name(parcel.courier.as_str());
        line(
            ui,
            courier,
            parcel.tracking_no.as_str(),
            parcel.item_desc.as_str(),
            None,
        );
    }
    if shipment.intent.parcels().is_empty() {
        ui.add(Label::new(&*plain_text::line(shipment.intent.first_item_desc())).wrap());
    }
    ui.add_space(XS);
    ui.horizontal(|ui| {
        widgets::strong(ui, cx.t("outbox-theirs"));
        let read = quiet(cx.t("outbox-read-now")).icon(icons::ICON_REFRESH);
        if ui.add(read).clicked() {
            cx.send(Command::OpenOrder(shipment.intent.transaction_id().clone()));
        }
    });
    let open = cx.snapshot.open_order.value();
    let same =
        |order: &&crate::engine::OpenOrder| order.order.transaction_id == *shipment.intent.transaction_id();
    let Some(open) = open.filter(same) else {
        widgets::weak(ui, cx.t("outbox-theirs-unknown"));
        return;
    };
    let at = format::moment(open.read_at, cx.now);
    widgets::small(ui, cx.ta("outbox-theirs-read", &[("time", at.into())]));
    theirs(ui, cx, shipment, &open.order);
    if ui
        .add(quiet(cx.t("outbox-open-order")).icon(icons::ICON_RECEIPT_LONG))
        .clicked()
    {
        *cx.go = Some(Page::Orders);
    }
}

fn theirs(ui: &mut Ui, cx: &Cx<'_>, shipment: &Shipment, order: &Order) {
    let ours = shipment.intent.parcel_ids();
    if order.shipping.parcels.is_empty() {
        widgets::weak(ui, cx.t("outbox-theirs-none"));
    }
    for parcel in &order.shipping.parcels {
        let id = ParcelId::new(&parcel.express_company, &parcel.tracking_no);
        let courier = cx.snapshot.couriers.name(&parcel.express_company);
        let (tone, word) = if ours.contains(&id) {
            (Tone::Done, "outbox-same")
        } else {
            (Tone::Warn, "outbox-different")
        };
        let mark = Some((tone, cx.t(word)));
        line(ui, courier, &parcel.tracking_no, &parcel.goods_desc, mark);
    }
}

fn line(ui: &mut Ui, courier: &str, number: &str, goods: &str, mark: Option<(Tone, String)>) {
    let subtle = theme::palette(ui).subtle;
    Frame::new()
        .fill(subtle)
        .corner_radius(CornerRadius::same(ROUND))
        .inner_margin(Margin::symmetric(10, 6))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 2.0;
            widgets::row(ui, 20.0, |ui| {
                ui.label(&*plain_text::cell(courier));
                widgets::mono(ui, number);
                if let Some((tone, word)) = mark {
                    widgets::badge(ui, tone, word);
                }
            });
            widgets::small(ui, goods);
        });
}

/// The buttons, each with what follows from it.
fn decide(ui: &mut Ui, cx: &Cx<'_>, shipment: &Shipment) -> Option<(Confirm, Command)> {
    let mut ask = None;
    let decisions = model::decisions(&shipment.state);
    if !decisions.is_empty() {
        widgets::strong(ui, cx.t("outbox-decide"));
    }
    for decision in decisions {
        let (word, consequence, icon) = match decision {
            Decision::AcceptAsItIs => ("outbox-accept", "outbox-accept-means", icons::ICON_CHECK_CIRCLE),
            Decision::TryAgain => ("outbox-again", "outbox-again-means", icons::ICON_REPLAY),
            Decision::TakeOver => (
                "outbox-take-over",
                "outbox-take-over-means",
                icons::ICON_BACK_HAND,
            ),
            Decision::Drop => ("outbox-drop", "outbox-drop-means", icons::ICON_DELETE),
        };
        let (word, consequence) = (cx.t(word), cx.t(consequence));
        if ui.add(secondary(&word).icon(icon).wide()).clicked() {
            let spends = *decision == Decision::TryAgain && shipment.intent.reship().is_some();
            let confirm = Confirm {
                title: word.clone(),
                body: vec![consequence.clone()],
                yes: word,
                no: cx.t("outbox-decide-no"),
                costly: spends || matches!(decision, Decision::Drop | Decision::TakeOver),
                ..Confirm::default()
            };
            ask = Some((confirm, Command::Decide(shipment.id, *decision)));
        }
        ui.add_space(-XS);
        widgets::small(ui, consequence);
        ui.add_space(M - S);
    }
    ask
}
