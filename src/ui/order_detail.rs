//! The open order beside the list: what it is, what WeChat shows as shipped, what was sent from here, and
//! the one thing to do about it.

pub mod model;
mod timeline;

use egui::{Align, CornerRadius, Frame, Label, Layout, Margin, RichText, ScrollArea, Stroke, Ui};

use super::checklist::{self, model::Subject};
use super::pane::Cx;
use super::theme::{self, M, ROUND, S, XS};
use super::widgets::{Banner, icon_button, icons};
use super::{said, widgets};
use crate::domain::{Decision, ShipmentId};
use crate::engine::command::Command;
use crate::i18n::Explained;
use model::{Detail, Entry, ParcelCard, Shown};

/// What a person wants of the open order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Nothing now.
    None,
    /// Close it.
    Close,
    /// Open the shipping form.
    Ship,
    /// Read it from WeChat again.
    ReadAgain,
}

/// Paints the open order.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, shown: &Shown<'_>) -> Wish {
    let palette = theme::palette(ui);
    Frame::new()
        .fill(palette.surface)
        .stroke(Stroke::new(1.0, palette.line))
        .corner_radius(CornerRadius::same(ROUND))
        .inner_margin(Margin::same(16))
        .show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            match shown {
                Shown::Nothing => Wish::None,
                Shown::Loading(number) => {
                    let wish = close_ui(ui, cx);
                    let words = cx.ta("detail-loading", &[("number", number.into())]);
                    widgets::loading(ui, &words);
                    wish
                }
                Shown::Failed {
                    why,
                    number,
                    not_visible,
                } => failed_ui(ui, cx, why, number, *not_visible),
                Shown::Order {
                    open,
                    fetching,
                    failure,
                } => {
                    let detail =
                        model::detail(cx.lang, open, &cx.snapshot.outbox, &cx.snapshot.couriers, cx.now);
                    // Each order begins at its top.
                    ui.push_id(open.order.transaction_id.as_str(), |ui| {
                        order_ui(ui, cx, &detail, *fetching, failure.as_ref())
                    })
                    .inner
                }
            }
        })
        .inner
}

fn close_ui(ui: &mut Ui, cx: &Cx<'_>) -> Wish {
    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
        let close = icon_button(icons::ICON_CLOSE, cx.t("orders-close-detail"));
        if ui.add(close).clicked() {
            Wish::Close
        } else {
            Wish::None
        }
    })
    .inner
}

fn failed_ui(ui: &mut Ui, cx: &Cx<'_>, why: &Explained, number: &str, not_visible: bool) -> Wish {
    let wish = close_ui(ui, cx);
    Banner::new(theme::Tone::Blocked, icons::ICON_ERROR, &why.title)
        .detail(&why.detail)
        .advice(&why.action)
        .code(&why.code)
        .show(ui, |_| ());
    if not_visible {
        checklist::button(ui, cx, || Subject {
            number: number.to_owned(),
            since: None,
        });
    }
    if ui.add(widgets::secondary(cx.t("detail-failed-retry"))).clicked() {
        return Wish::ReadAgain;
    }
    wish
}

fn order_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    detail: &Detail,
    fetching: bool,
    failure: Option<&Explained>,
) -> Wish {
    let mut wish = head_ui(ui, cx, detail, fetching);
    ScrollArea::vertical()
        .id_salt("order-detail")
        .auto_shrink([false, false])
        .show(ui, |ui| {
            if let Some(why) = failure {
                Banner::new(theme::Tone::Warn, icons::ICON_ERROR, &why.title)
                    .advice(&why.action)
                    .code(&why.code)
                    .show(ui, |_| ());
            }
            for warning in &detail.warnings {
                let icon = icons::ICON_WARNING;
                Banner::new(said::tone(warning.tone), icon, &warning.text).show(ui, |_| ());
            }
            if action_ui(ui, cx, detail) {
                wish = Wish::Ship;
            }
            ui.add_space(S);
            facts_ui(ui, cx, detail);
            heading(ui, &cx.t("detail-parcels"));
            if detail.parcels.is_empty() {
                widgets::weak(ui, cx.t("detail-no-parcels"));
            }
            for parcel in &detail.parcels {
                parcel_ui(ui, cx, parcel);
            }
            for missing in &detail.missing {
                said::note(ui, missing);
            }
            if !detail.journal.is_empty() {
                heading(ui, &cx.t("detail-undecided"));
            }
            for entry in &detail.journal {
                entry_ui(ui, cx, entry);
            }
            heading(ui, &cx.t("detail-timeline"));
            timeline::ui(ui, cx);
            ui.add_space(M);
        });
    wish
}

/// Amount, state, age, and the buttons of the panel itself.
fn head_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail, fetching: bool) -> Wish {
    let mut wish = Wish::None;
    ui.horizontal(|ui| {
        let amount = RichText::new(&detail.amount).text_style(theme::figure_style());
        ui.label(amount);
        said::pill(ui, &detail.state);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            if ui
                .add(icon_button(icons::ICON_CLOSE, cx.t("orders-close-detail")))
                .clicked()
            {
                wish = Wish::Close;
            }
            let again = icon_button(icons::ICON_REFRESH, cx.t("detail-refresh"));
            if ui.add(again.enabled(!fetching)).clicked() {
                wish = Wish::ReadAgain;
            }
        });
    });
    ui.add(Label::new(&detail.goods).wrap());
    if fetching {
        widgets::small(ui, cx.t("detail-fetching"));
    } else {
        widgets::small(ui, &detail.age);
    }
    ui.add_space(XS);
    wish
}

/// The one thing to do, or why it cannot be done.
fn action_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail) -> bool {
    match detail.purpose {
        Ok(purpose) => {
            let words = model::purpose_name(cx.lang, purpose);
            let button = match purpose {
                model::Purpose::First | model::Purpose::Continue => widgets::primary(words),
                model::Purpose::Correct => widgets::secondary(words),
            };
            let button = button.icon(icons::ICON_LOCAL_SHIPPING).wide().hint("S");
            ui.vertical_centered_justified(|ui| ui.add(button).clicked())
                .inner
        }
        Err(cannot) => {
            let words = model::cannot_words(cx.lang, cannot);
            let icon = icons::ICON_INFO;
            Banner::new(said::tone(words.tone), icon, &words.text).show(ui, |_| ());
            false
        }
    }
}

fn facts_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let row = |ui: &mut Ui, name: &str, add: &mut dyn FnMut(&mut Ui)| {
        let size = egui::vec2(ui.available_width(), 32.0);
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            let weak = theme::palette(ui).weak;
            let name = Label::new(RichText::new(name).small().color(weak)).truncate();
            ui.allocate_ui_with_layout(
                egui::vec2(90.0, 32.0),
                Layout::left_to_right(Align::Center),
                |ui| {
                    ui.set_min_width(90.0);
                    ui.add(name);
                },
            );
            add(ui);
        });
    };
    if !detail.deadline.text.is_empty() {
        row(ui, &detail.deadline_name, &mut |ui| {
            said::line(ui, &detail.deadline);
        });
    }
    if !detail.corrections.text.is_empty() {
        row(ui, &cx.t("detail-corrections"), &mut |ui| {
            said::line(ui, &detail.corrections);
        });
    }
    for fact in &detail.facts {
        row(ui, &fact.name, &mut |ui| match &fact.copy {
            None => {
                ui.add(Label::new(&fact.value).truncate());
            }
            Some(copy) => copy_ui(ui, cx, &fact.name, &fact.value, copy),
        });
    }
}

/// A value with the button that copies it.
fn copy_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str, value: &str, copy: &str) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = XS;
        let button = icon_button(
            icons::ICON_CONTENT_COPY,
            cx.ta("detail-copy", &[("name", name.into())]),
        );
        if ui.add(button).clicked() {
            ui.copy_text(copy.to_owned());
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add(Label::new(RichText::new(value).monospace().size(12.0)).truncate());
        });
    });
}

fn heading(ui: &mut Ui, words: &str) {
    ui.add_space(M);
    ui.label(RichText::new(words).text_style(theme::section_style()));
}

/// A quiet box for one parcel or one shipment.
fn tile<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let palette = theme::palette(ui);
    let shown = Frame::new()
        .fill(palette.canvas)
        .stroke(Stroke::new(1.0, palette.line))
        .corner_radius(CornerRadius::same(ROUND))
        .inner_margin(Margin::symmetric(12, 10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width().max(0.0));
            ui.spacing_mut().item_spacing.y = XS;
            add(ui)
        });
    ui.add_space(XS);
    shown.inner
}

fn parcel_ui(ui: &mut Ui, cx: &Cx<'_>, parcel: &ParcelCard) {
    tile(ui, |ui| {
        ui.horizontal(|ui| {
            widgets::strong(ui, &parcel.carrier);
            if let Some(mark) = &parcel.mark {
                said::pill(ui, mark);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let weak = theme::palette(ui).weak;
                ui.label(RichText::new(&parcel.reported).small().color(weak));
            });
        });
        if !parcel.tracking_no.is_empty() {
            let number = &parcel.tracking_no;
            ui.horizontal(|ui| copy_ui(ui, cx, number, number, number));
        }
        widgets::small(ui, &parcel.goods);
        if !parcel.contact.is_empty() {
            widgets::small(ui, &parcel.contact);
        }
    });
}

fn entry_ui(ui: &mut Ui, cx: &mut Cx<'_>, entry: &Entry) {
    tile(ui, |ui| {
        ui.horizontal(|ui| {
            said::pill(ui, &entry.state);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let weak = theme::palette(ui).weak;
                ui.label(RichText::new(&entry.since).small().color(weak));
            });
        });
        ui.add(Label::new(&entry.what).wrap());
        told_ui(ui, cx, entry);
        if entry.not_visible {
            checklist::button(ui, cx, || Subject {
                number: entry.order.clone(),
                since: Some(entry.queued_at),
            });
        }
        entry_buttons(ui, cx, entry);
    });
}

/// What is known of a shipment, what happens next and when, and what a person can do.
pub fn told_ui(ui: &mut Ui, cx: &Cx<'_>, entry: &Entry) {
    if !entry.detail.is_empty() {
        widgets::weak(ui, &entry.detail);
    }
    if !entry.next.is_empty() {
        let tone = said::tone(entry.state.tone);
        let ink = theme::palette(ui).tone(tone).ink;
        widgets::icon_line(ui, icons::ICON_SCHEDULE, tone, 18.0, |ui| {
            ui.add(Label::new(RichText::new(&entry.next).color(ink)).wrap());
        });
        cx.repaint_in(ui, entry.changes);
    }
    if !entry.course.is_empty() {
        widgets::weak(ui, &entry.course);
    }
    if !entry.small.is_empty() {
        widgets::small(ui, &entry.small);
    }
}

fn entry_buttons(ui: &mut Ui, cx: &mut Cx<'_>, entry: &Entry) {
    if !entry.can_cancel && entry.decisions.is_empty() {
        return;
    }
    ui.add_space(XS);
    let mut command = None;
    ui.horizontal_wrapped(|ui| {
        if entry.can_cancel && ui.add(widgets::secondary(cx.t("detail-cancel"))).clicked() {
            command = Some(Command::CancelShipment(entry.id));
        }
        for decision in entry.decisions {
            command = decision_ui(ui, cx, entry.id, *decision).or(command.take());
        }
    });
    if let Some(command) = command {
        cx.send(command);
    }
}

fn decision_ui(ui: &mut Ui, cx: &Cx<'_>, id: ShipmentId, decision: Decision) -> Option<Command> {
    let words = model::journal::decision_name(cx.lang, decision);
    let pressed = ui.add(widgets::secondary(words)).clicked();
    pressed.then_some(Command::Decide(id, decision))
}
