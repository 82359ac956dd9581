//! The right column: which order it is, what will happen, and the button that does it. Also the two sides
//! of a correction, as the question before it shows them.

use egui::{CornerRadius, Frame, Label, Margin, RichText, Ui};

use super::Wish;
use super::model::compare::{Change, Line, change_name};
use super::model::{Comparison, Form, Way, words};
use super::ways::{self, Choice};
use crate::domain::{Order, plain_text};
use crate::engine::snapshot::OpenOrder;
use crate::i18n::{correction_hint, format, second_list_hint};
use crate::ui::order_detail::model::{Purpose, cannot_words};
use crate::ui::orders::model::cells;
use crate::ui::pane::Cx;
use crate::ui::said;
use crate::ui::theme::{self, M, ROUND_SMALL, S, Tone, XS};
use crate::ui::widgets::{self, icons};

/// Paints the column.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, open: &OpenOrder, form: &mut Form) -> Wish {
    // After it was sent the card follows WeChat; before, it shows what the form was opened for.
    let order = if form.is_sent() {
        open.order.as_ref()
    } else {
        form.order()
    };
    order_ui(ui, cx, order);
    if form.is_sent() {
        return Wish::None;
    }
    let mut wish = Wish::None;
    widgets::section(ui, &cx.t("ship-what-happens"), |ui| {
        if form.way == Way::Split {
            complete_ui(ui, cx, form);
        }
        ui.add(Label::new(words::consequence(cx.lang, form)).wrap());
        if let Some(afterwards) = words::afterwards(cx.lang, form) {
            widgets::small(ui, afterwards);
        }
        if form.purpose == Purpose::Correct {
            ui.add_space(XS);
            let ink = theme::palette(ui).tone(Tone::Blocked).ink;
            let warning = RichText::new(cx.t("ship-will-correct")).color(ink);
            ui.add(Label::new(warning).wrap());
            probed(ui, &correction_hint(cx.lang, &cx.snapshot.diagnostics.answers));
        }
        ui.add_space(M);
        wish = send_ui(ui, cx, open, form);
    });
    buyer_ui(ui, cx, form);
    wish
}

/// What the buyer reads in WeChat, as far as it is typed.
fn buyer_ui(ui: &mut Ui, cx: &Cx<'_>, form: &Form) {
    widgets::section(ui, &cx.t("ship-buyer"), |ui| {
        for (goods, way) in words::buyer_lines(form, &cx.snapshot.couriers) {
            let goods = if goods.is_empty() {
                cx.t("ship-buyer-nothing")
            } else {
                goods
            };
            ui.add(Label::new(&*plain_text::line(&goods)).wrap());
            if !way.is_empty() {
                widgets::small(ui, &*plain_text::line(&way));
            }
            ui.add_space(XS);
        }
        widgets::small(ui, cx.t("ship-buyer-note"));
    });
}

fn order_ui(ui: &mut Ui, cx: &Cx<'_>, order: &Order) {
    widgets::section(ui, &cx.t("ship-order"), |ui| {
        ui.horizontal(|ui| {
            let amount = format::money(order.paid_amount);
            ui.label(RichText::new(amount).text_style(theme::figure_style()));
            said::pill(ui, &cells::state(cx.lang, order));
        });
        ui.add(Label::new(&*plain_text::line(&order.description)).wrap());
        ui.add_space(XS);
        ui.add(
            Label::new(
                RichText::new(order.transaction_id.as_str())
                    .monospace()
                    .size(12.0),
            )
            .truncate(),
        );
        said::note(ui, &cells::deadline(cx.lang, order, cx.now));
        if order.in_complaint {
            said::note(
                ui,
                &crate::ui::orders::model::Said::new(
                    cx.t("detail-in-complaint"),
                    crate::ui::orders::model::Tone::Bad,
                ),
            );
        }
    });
}

/// Whether that is everything: it decides what the buyer is told.
fn complete_ui(ui: &mut Ui, cx: &Cx<'_>, form: &mut Form) {
    widgets::small(ui, cx.t("ship-complete"));
    ui.horizontal_wrapped(|ui| {
        for (complete, id) in [(true, "ship-complete-yes"), (false, "ship-complete-no")] {
            let choice = Choice {
                chosen: form.complete == complete,
                enabled: true,
            };
            if ways::choice(ui, &cx.t(id), choice).clicked() {
                form.complete = complete;
            }
        }
    });
    probed(ui, &second_list_hint(cx.lang, &cx.snapshot.diagnostics.answers));
    ui.add_space(S);
}

/// What the guided probe has found about it, if anything.
fn probed(ui: &mut Ui, words: &str) {
    if !words.is_empty() {
        widgets::small(ui, words);
    }
}

fn send_ui(ui: &mut Ui, cx: &Cx<'_>, open: &OpenOrder, form: &Form) -> Wish {
    let checked = form.check(&cx.snapshot.couriers);
    let problems = checked.as_ref().err().map_or(&[][..], Vec::as_slice);
    let held_back = form
        .held_back(open)
        .map(|cannot| cannot_words(cx.lang, cannot).text);
    let blocked = held_back.or_else(|| words::blocked_because(cx.lang, form, problems));
    let enabled = checked.is_ok() && blocked.is_none() && !form.is_stale(open);
    let label = words::send_label(cx.lang, form);
    let button = match form.purpose {
        Purpose::First | Purpose::Continue => widgets::primary(label).icon(icons::ICON_SEND),
        Purpose::Correct => widgets::danger(label),
    };
    let button = button.wide().enabled(enabled).hint(cx.t("ship-send-hint"));
    let pressed = ui
        .vertical_centered_justified(|ui| ui.add(button).clicked())
        .inner;
    widgets::small(ui, blocked.unwrap_or_else(|| cx.t("ship-once")));
    if pressed { Wish::Send } else { Wish::None }
}

/// Both sides of a correction beside each other.
pub(super) fn comparison_ui(ui: &mut Ui, cx: &Cx<'_>, sides: &Comparison) {
    ui.add_space(S);
    ui.columns_const(|[old, new]| {
        side_ui(old, cx, &cx.t("ship-correct-old"), &sides.old);
        side_ui(new, cx, &cx.t("ship-correct-new"), &sides.new);
    });
}

fn side_ui(ui: &mut Ui, cx: &Cx<'_>, title: &str, lines: &[Line]) {
    widgets::small(ui, title);
    for line in lines {
        let tone = match line.change {
            Change::Stays => Tone::Neutral,
            Change::Goes => Tone::Blocked,
            Change::Comes => Tone::Ready,
        };
        let pair = theme::palette(ui).tone(tone);
        Frame::new()
            .fill(pair.ground)
            .corner_radius(CornerRadius::same(ROUND_SMALL))
            .inner_margin(Margin::symmetric(10, 8))
            .show(ui, |ui| {
                ui.set_width(ui.available_width().max(0.0));
                ui.spacing_mut().item_spacing.y = 2.0;
                let change = RichText::new(change_name(cx.lang, line.change)).small();
                ui.label(change.color(pair.ink));
                ui.add(Label::new(&line.title).wrap());
                widgets::small(ui, &line.goods);
            });
    }
}
