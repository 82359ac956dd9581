//! The form that ships the open order: what is typed at the left, what it means and costs at the right.

pub(in crate::ui) mod courier_field;
mod fields;
mod keeping;
pub mod model;
mod parcels;
mod preset_menu;
mod result;
mod summary;
mod ways;

use egui::{Key, Modifiers, RichText, ScrollArea, Ui};

use super::confirm::{Answer, Confirm};
use super::nav::Page;
use super::order_detail::model::{Purpose, purpose};
use super::pane::Cx;
use super::theme::{self, L, M, S, XL};
use super::widgets::{self, Banner, icon_button, icons};
use crate::domain::plain_text;
use crate::engine::command::Command;
use crate::engine::notice::Notice;
use crate::engine::snapshot::OpenOrder;
use model::Form;

/// Width of the right column.
const SIDE: f32 = 332.0;

/// The page.
#[derive(Debug, Default)]
pub struct Pane {
    form: Option<Form>,
    editor: parcels::Editor,
    question: Option<Confirm>,
    keeping: keeping::Keeping,
    /// The frame in which the page was painted last, so that coming back is noticed.
    painted: Option<u64>,
    /// A field had the keyboard in the frame before: Esc leaves the field and not the page.
    typing: bool,
}

/// What a person wants of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    None,
    Send,
    Back,
    Finish,
    EditAgain,
    Reload,
    Correct,
    /// Without the draft that was kept.
    Anew,
}

impl Pane {
    /// Paints the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let remote = std::sync::Arc::clone(&cx.snapshot.open_order);
        let Some(open) = remote.value() else {
            nothing_ui(ui, cx);
            return;
        };
        self.prepare(ui, open, cx);
        let Some(mut form) = self.form.take() else {
            cannot_ui(ui, cx, open);
            return;
        };
        let mut wish = self.header_ui(ui, cx, &mut form);
        wish = later(wish, self.columns_ui(ui, cx, open, &mut form));
        if self.question.is_none() {
            wish = later(wish, keys(ui, &form, self.typing));
        }
        self.typing = ui.ctx().text_edit_focused();
        self.keeping.observe(ui, cx, &form);
        self.form = Some(form);
        self.grant(wish, cx, open);
        self.ask(ui, cx, open);
    }

    /// What the engine said; a form that was not taken says why in its own place.
    pub fn hear(&mut self, notice: &Notice) {
        if let (
            Notice::NotQueued {
                transaction_id,
                problems,
            },
            Some(form),
        ) = (notice, &mut self.form)
            && form.order().transaction_id.as_str() == transaction_id
        {
            form.refuse(problems);
        }
    }

    /// A form for the open order: the one that is there, while it still fits.
    fn prepare(&mut self, ui: &Ui, open: &OpenOrder, cx: &mut Cx<'_>) {
        let frame = ui.cumulative_frame_nr();
        let came_back = self.painted.is_none_or(|last| frame.saturating_sub(last) > 1);
        self.painted = Some(frame);
        let possible = purpose(open);
        let fits = self.form.as_ref().is_some_and(|form| {
            let same = form.order().transaction_id == open.order.transaction_id;
            let ended = form.is_sent() && !form.shipment(open).is_some_and(|s| s.state.is_open());
            let outdated = form.is_stale(open) || ended;
            same && !(came_back && outdated)
        });
        if !fits {
            self.begin(possible.ok(), open, cx);
        }
    }

    /// A new form for the open order; none when nothing can be done with it.
    fn begin(&mut self, purpose: Option<Purpose>, open: &OpenOrder, cx: &mut Cx<'_>) {
        // What was typed a moment ago for the order before has not come to rest yet.
        if let Some(old) = self.form.take() {
            self.keeping.keep(cx, &old);
        }
        let account = cx.snapshot.session.account();
        self.question = None;
        self.form = purpose.map(|purpose| Form::new(open, purpose, account));
        self.keeping.begin(self.form.as_mut(), cx);
        self.editor = self.form.as_ref().map(parcels::Editor::of).unwrap_or_default();
    }

    fn header_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, form: &mut Form) -> Wish {
        let paint = |ui: &mut Ui| {
            let back = ui.add(icon_button(icons::ICON_ARROW_BACK, cx.t("ship-back")));
            let title = model::words::title(cx.lang, form.purpose);
            ui.label(RichText::new(title).text_style(theme::title_style()));
            let order = form.order();
            let number = match order.out_trade_no.as_str() {
                "" => order.transaction_id.as_str(),
                number => number,
            };
            ui.add_space(S);
            let weak = theme::palette(ui).weak;
            ui.label(RichText::new(plain_text::cell(number)).monospace().color(weak));
            if !form.is_sent() && self.question.is_none() {
                ui.add_space(S);
                self.keeping.steps_ui(ui, cx, form, self.typing);
            }
            if back.clicked() { Wish::Back } else { Wish::None }
        };
        let wish = if widgets::is_narrow(ui) {
            widgets::wrapped(ui, paint)
        } else {
            ui.horizontal(paint).inner
        };
        ui.add_space(M);
        wish
    }

    fn columns_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, open: &OpenOrder, form: &mut Form) -> Wish {
        if widgets::is_narrow(ui) {
            return widgets::page(ui, "ship-narrow", |ui| {
                let wish = self.left_ui(ui, cx, open, form);
                later(wish, summary::ui(ui, cx, open, form))
            });
        }
        let left = (ui.available_width() - SIDE - L).max(320.0);
        let height = ui.available_height();
        let down = egui::Layout::top_down(egui::Align::Min);
        let mut wish = Wish::None;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = L;
            ui.allocate_ui_with_layout(egui::vec2(left, height), down, |ui| {
                ScrollArea::vertical()
                    .id_salt("ship-form")
                    .auto_shrink([false, false])
                    .show(ui, |ui| {
                        ui.spacing_mut().item_spacing.x = S;
                        ui.set_width(left - S);
                        wish = self.left_ui(ui, cx, open, form);
                        ui.add_space(XL);
                    });
            });
            ui.allocate_ui_with_layout(egui::vec2(SIDE, height), down, |ui| {
                ScrollArea::vertical().id_salt("ship-side").show(ui, |ui| {
                    ui.spacing_mut().item_spacing.x = S;
                    ui.set_width(SIDE);
                    wish = later(wish, summary::ui(ui, cx, open, form));
                });
            });
        });
        wish
    }

    fn left_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, open: &OpenOrder, form: &mut Form) -> Wish {
        if form.is_sent() {
            return result::ui(ui, cx, open, form);
        }
        let mut wish = Wish::None;
        if form.is_stale(open) {
            let reload = widgets::secondary(cx.t("ship-stale-reload"));
            let (title, detail) = (cx.t("ship-stale-title"), cx.t("ship-stale-detail"));
            let pressed = Banner::new(theme::Tone::Warn, icons::ICON_SYNC, &title)
                .detail(&detail)
                .show(ui, |ui| ui.add(reload).clicked());
            if pressed {
                wish = Wish::Reload;
            }
        }
        ways::ui(ui, cx, form);
        if self.keeping.restored {
            let anew = widgets::secondary(cx.t("ship-restored-clear"));
            let title = cx.t("ship-restored");
            let pressed = Banner::new(theme::Tone::Info, icons::ICON_HISTORY, &title)
                .show(ui, |ui| ui.add(anew).clicked());
            if pressed {
                wish = Wish::Anew;
            }
        }
        let presets = self.keeping.presets(cx).clone();
        self.editor.ui(ui, cx, form, &presets);
        if form.purpose == Purpose::Continue && form.order().corrections_left() > 0 {
            ui.add_space(S);
            let correct = widgets::quiet(cx.t("ship-correct-begin")).icon(icons::ICON_EDIT);
            if ui.add(correct).clicked() {
                wish = Wish::Correct;
            }
        }
        wish
    }

    fn grant(&mut self, wish: Wish, cx: &mut Cx<'_>, open: &OpenOrder) {
        match wish {
            Wish::None => {}
            Wish::Back => {
                if let Some(form) = &self.form {
                    self.keeping.keep(cx, form);
                }
                *cx.go = Some(Page::Orders);
            }
            Wish::Anew => {
                if let Some(form) = self.form.take() {
                    self.keeping.forget(cx, &form);
                    let account = cx.snapshot.session.account();
                    self.form = Some(Form::new(open, form.purpose, account));
                    self.keeping.begin_anew();
                    self.editor = self.form.as_ref().map(parcels::Editor::of).unwrap_or_default();
                }
            }
            Wish::Finish => {
                self.form = None;
                *cx.go = Some(Page::Orders);
            }
            Wish::EditAgain => {
                if let Some(form) = &mut self.form {
                    form.edit_again();
                }
            }
            Wish::Reload => {
                let account = cx.snapshot.session.account();
                self.form = purpose(open)
                    .ok()
                    .map(|purpose| Form::new(open, purpose, account));
                self.keeping.begin_anew();
            }
            Wish::Correct => {
                let account = cx.snapshot.session.account();
                self.form = Some(Form::new(open, Purpose::Correct, account));
                self.keeping.begin_anew();
            }
            Wish::Send => self.send(cx, open),
        }
    }

    /// A correction is asked about first; anything else goes at once.
    fn send(&mut self, cx: &mut Cx<'_>, open: &OpenOrder) {
        let Some(form) = &mut self.form else { return };
        if form.purpose == Purpose::Correct {
            self.question = Some(Confirm {
                title: cx.t("ship-correct-question"),
                body: vec![
                    cx.t("ship-will-correct"),
                    cx.t("ship-correct-left"),
                    cx.t("ship-correct-text"),
                    // Whose last digits are typed, also where the dialog covers the page.
                    format!(
                        "{} {}",
                        cx.t("detail-transaction-id"),
                        open.order.transaction_id.as_str()
                    ),
                ],
                wide: true,
                yes: cx.t("ship-correct-send"),
                no: cx.t("ship-correct-no"),
                costly: true,
                typed: Some((cx.t("ship-correct-type"), form.confirm_code())),
                ..Confirm::default()
            });
        } else if let Some(draft) = form.send(open, &cx.snapshot.couriers, cx.now) {
            self.keeping.sent(cx, form);
            cx.send(Command::Ship(draft));
        }
    }

    /// The question before the only correction; closing it in any way means No.
    fn ask(&mut self, ui: &Ui, cx: &mut Cx<'_>, open: &OpenOrder) {
        let (Some(question), Some(form)) = (&mut self.question, &mut self.form) else {
            return;
        };
        let sides = model::compare(cx.lang, form, &cx.snapshot.couriers);
        let answer = question.show(ui.ctx(), |ui| summary::comparison_ui(ui, cx, &sides));
        match answer {
            Answer::Open => return,
            Answer::No => {}
            Answer::Yes => {
                form.confirming = Some(form.confirm_code());
                if let Some(draft) = form.send(open, &cx.snapshot.couriers, cx.now) {
                    self.keeping.sent(cx, form);
                    cx.send(Command::Ship(draft));
                }
            }
        }
        self.question = None;
    }
}

/// The wish that came last, when there is one.
fn later(first: Wish, second: Wish) -> Wish {
    if second == Wish::None { first } else { second }
}

fn keys(ui: &Ui, form: &Form, typing: bool) -> Wish {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    if !form.is_sent() && pressed(Modifiers::COMMAND, Key::Enter) {
        return Wish::Send;
    }
    if !typing && pressed(Modifiers::NONE, Key::Escape) {
        return Wish::Back;
    }
    Wish::None
}

/// No order is open: the way back.
fn nothing_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let action = widgets::primary(cx.t("orders-back"));
    let (title, text) = (cx.t("detail-nothing-title"), cx.t("detail-nothing-text"));
    if widgets::empty_state(ui, icons::ICON_RECEIPT_LONG, &title, &text, Some(action)) {
        *cx.go = Some(Page::Orders);
    }
}

/// The open order cannot be shipped: why, and the way back.
fn cannot_ui(ui: &mut Ui, cx: &mut Cx<'_>, open: &OpenOrder) {
    let why = purpose(open)
        .err()
        .map(|cannot| super::order_detail::model::cannot_words(cx.lang, cannot).text)
        .unwrap_or_default();
    let action = widgets::primary(cx.t("ship-back"));
    if widgets::empty_state(ui, icons::ICON_LOCK, &cx.t("ship-cannot"), &why, Some(action)) {
        *cx.go = Some(Page::Orders);
    }
}
