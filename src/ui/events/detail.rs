//! One push message beside the list: what it says, what that means, and what WeChat shows for its order now.

use egui::{Align, Layout, Ui};

use super::model;
use crate::engine::snapshot::{EventLook, EventRecord, EventWay};
use crate::i18n::{event_name, explain_event, format};
use crate::ui::pane::Cx;
use crate::ui::said;
use crate::ui::theme::{self, S};
use crate::ui::widgets::{self, icon_button, icons, secondary};

/// Paints it; `true` when it is to be closed.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, record: &EventRecord) -> bool {
    let mut close = false;
    let mut opens = false;
    widgets::card(ui, |ui| {
        widgets::row(ui, theme::BUTTON, |ui| {
            let tone = said::tone(model::tone(&record.event));
            widgets::badge(ui, tone, event_name(cx.lang, &record.event));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let button = icon_button(icons::ICON_CLOSE, cx.t("events-detail-close"));
                close = ui.add(button).clicked();
            });
        });
        let words = explain_event(cx.lang, &record.event);
        widgets::weak(ui, words.detail);
        widgets::strong(ui, words.action);
        ui.add_space(S);
        facts(ui, cx, record);
        ui.add_space(S);
        widgets::strong(ui, cx.t("events-now"));
        said::note(ui, &model::look(&record.look, cx.lang));
        if let EventLook::Seen { at, .. } = &record.look {
            let time = format::moment_exact(*at);
            widgets::small(ui, cx.ta("events-looked-at", &[("time", time.into())]));
        }
        ui.add_space(S);
        if !record.event.number().is_empty() {
            let button = secondary(cx.t("events-open-order")).icon(icons::ICON_RECEIPT_LONG);
            opens = ui.add(button).clicked();
        }
        ui.add_space(S);
        widgets::small(ui, record.event.event.word());
    });
    if opens {
        super::open(cx, record);
    }
    close
}

fn facts(ui: &mut Ui, cx: &Cx<'_>, record: &EventRecord) {
    let event = &record.event;
    let copy = cx.t("copy");
    if let Some(id) = &event.transaction_id {
        widgets::small(ui, cx.t("field-transaction-id"));
        widgets::copyable(ui, id.as_str(), &copy);
    }
    if !event.merchant_trade_no.is_empty() {
        widgets::small(ui, cx.t("field-out-trade-no"));
        widgets::copyable(ui, &event.merchant_trade_no, &copy);
    }
    for (id, value) in [
        ("field-mchid", &event.merchant_id),
        ("events-sub-mchid", &event.sub_merchant_id),
    ] {
        if !value.is_empty() {
            widgets::key_value(ui, &cx.t(id), value);
        }
    }
    for (id, time) in [
        ("events-made", Some(event.create_time)),
        ("field-pay-time", event.pay_time),
        ("events-shipped-time", event.shipped_time),
        ("events-estimated", event.estimated_settlement_time),
        ("events-confirmed", event.confirm_receive_time),
        ("events-settled-time", event.settlement_time),
        ("events-received-at", Some(record.received_at)),
    ] {
        if let Some(time) = time {
            widgets::key_value(ui, &cx.t(id), &format::moment_exact(time));
        }
    }
    let method = match event.confirm_receive_method {
        Some(1) => Some(cx.t("events-method-manual")),
        Some(2) => Some(cx.t("events-method-automatic")),
        Some(other) => Some(other.to_string()),
        None => None,
    };
    if let Some(method) = method {
        widgets::key_value(ui, &cx.t("events-method"), &method);
    }
    let way = match record.way {
        EventWay::Pushed => "events-way-pushed",
        EventWay::Pasted => "events-way-pasted",
        EventWay::File => "events-way-file",
    };
    widgets::key_value(ui, &cx.t("events-way"), &cx.t(way));
}
