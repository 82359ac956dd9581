//! The dialog with the seven reasons why WeChat may not know an order. Every place that shows this error opens it
//! with [`request`]; the window shows it.

pub mod model;

use egui::{Context, Frame, Id, Label, Layout, Margin, Modal, ScrollArea, Ui};

use self::model::{POINTS, Point, Subject, Tested};
use super::Page;
use super::pane::Cx;
use super::theme::{self, L, M, S, XS};
use super::widgets::{self, icons, quiet, secondary};
use crate::domain::{FailureKind, State, TransactionId, Why};
use crate::engine::command::Command;

/// The open dialog.
#[derive(Clone, Debug, Default)]
pub struct Checklist {
    subject: Subject,
    ticked: [bool; POINTS],
}

/// WeChat does not know the order, or has not shown it for a day.
pub fn is_about(state: &State) -> bool {
    matches!(state, State::Waiting | State::NeedsPerson(Why::NotVisible))
}

/// The failure says that WeChat does not know the order.
pub fn is_failure(kind: &FailureKind) -> bool {
    *kind == FailureKind::OrderNotVisible
}

/// The button that opens it.
pub fn button(ui: &mut Ui, cx: &Cx<'_>, subject: impl FnOnce() -> Subject) {
    let open = secondary(cx.t("checklist-open")).icon(icons::ICON_CHECKLIST);
    if ui.add(open).clicked() {
        request(ui.ctx(), subject());
    }
}

/// Opens it in the next frame.
pub fn request(ctx: &Context, subject: Subject) {
    ctx.data_mut(|data| data.insert_temp(id(), subject));
    ctx.request_repaint();
}

fn id() -> Id {
    Id::unique("checklist-asked")
}

/// Shows it when it is open or was asked for.
pub fn show(ctx: &Context, cx: &mut Cx<'_>, open: &mut Option<Checklist>) {
    if let Some(subject) = ctx.data_mut(|data| data.remove_temp::<Subject>(id())) {
        *open = Some(Checklist {
            subject,
            ..Checklist::default()
        });
    }
    let Some(list) = open else { return };
    let frame = Frame::window(&ctx.global_style()).inner_margin(Margin::same(24));
    let shown = Modal::new(Id::unique("checklist")).frame(frame).show(ctx, |ui| {
        ui.set_width(560.0);
        list.ui(ui, cx)
    });
    if shown.inner || shown.should_close() {
        *open = None;
    }
}

impl Checklist {
    /// Paints it; `true` when it is to be closed.
    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        ui.label(egui::RichText::new(cx.t("checklist-title")).heading());
        ui.add_space(XS);
        let number = ("number", self.subject.number.as_str().into());
        ui.add(Label::new(cx.ta("checklist-intro", &[number])).wrap());
        ui.add_space(S);
        let points = model::points(cx.lang, cx.snapshot, &self.subject, cx.now);
        let room = ui.ctx().content_rect().height() - 360.0;
        ScrollArea::vertical().max_height(room.max(160.0)).show(ui, |ui| {
            for (point, ticked) in points.iter().zip(&mut self.ticked) {
                point_ui(ui, cx, point, ticked);
                ui.add_space(S);
            }
        });
        ui.add_space(M);
        self.buttons(ui, cx)
    }

    fn buttons(&self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let mut close = false;
        ui.horizontal_wrapped(|ui| {
            let order = TransactionId::parse(&self.subject.number);
            let again = secondary(cx.t("checklist-ask-again")).icon(icons::ICON_REFRESH);
            if ui.add(again).clicked() {
                cx.send(match order {
                    Some(order) if model::is_by_wechats_number(order.as_str()) => Command::OpenOrder(order),
                    Some(_) | None => Command::FindOrder(self.subject.number.clone()),
                });
            }
            let test = quiet(cx.t("checklist-test")).icon(icons::ICON_STETHOSCOPE);
            if ui
                .add(test.enabled(!cx.snapshot.session.doctor.running))
                .clicked()
            {
                cx.send(Command::TestAccount);
            }
            let settings = quiet(cx.t("checklist-settings")).icon(icons::ICON_SETTINGS);
            if ui.add(settings).clicked() {
                *cx.go = Some(Page::Settings);
                close = true;
            }
        });
        ui.add_space(L);
        ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
            close |= ui.add(secondary(cx.t("checklist-close"))).clicked();
        });
        close
    }
}

fn point_ui(ui: &mut Ui, cx: &mut Cx<'_>, point: &Point, ticked: &mut bool) {
    let (tone, icon) = match point.tested {
        Tested::Fine => (theme::Tone::Done, icons::ICON_CHECK_CIRCLE),
        Tested::Reason => (theme::Tone::Warn, icons::ICON_WARNING),
        Tested::Ask => (theme::Tone::Neutral, icons::ICON_HELP),
    };
    if point.tested == Tested::Ask {
        ui.horizontal_top(|ui| {
            ui.checkbox(ticked, "").on_hover_text(&point.words);
            ui.vertical(|ui| {
                ui.add(Label::new(&point.words).wrap());
                found(ui, cx, point);
            });
        });
        return;
    }
    widgets::icon_line(ui, icon, tone, 20.0, |ui| {
        ui.add(Label::new(&point.words).wrap());
        found(ui, cx, point);
    });
}

fn found(ui: &mut Ui, cx: &mut Cx<'_>, point: &Point) {
    if !point.found.is_empty() {
        widgets::small(ui, &point.found);
    }
    if point.in_settings && ui.link(cx.t("checklist-settings")).clicked() {
        *cx.go = Some(Page::Settings);
    }
}
