//! The pages of reminders and special orders: what is wished, the orders that allow it, and what became of earlier
//! wishes. One file for both, because they differ in their words and in what is typed, and in nothing else.

mod choosing;
mod history;
pub mod model;
mod options;

use egui::{Key, Label, Modifiers, Role, Ui, WidgetInfo};

use self::model::{Filter, Model, Row};
use super::Page;
use super::confirm::{Answer, Confirm};
use super::outbox::model::gate;
use super::pane::{self, Cx};
use super::table::{Column, Table};
use super::theme::{self, S, Tone, XS};
use super::widgets::{self, Banner, icons, primary, quiet, secondary};
use crate::domain::{OrderQuery, OrderState};
use crate::engine::command::Command;
use crate::engine::snapshot::{Fetch, Gate};
use crate::i18n::{errand_name, errand_state_name, explain_errand_why, format};

pub use self::model::Purpose;

/// One of the two pages.
#[derive(Debug)]
pub struct Pane {
    model: Model,
    pasted: String,
    /// What came of the numbers that were pasted.
    told: Option<(Tone, String)>,
    confirm: Option<(Confirm, Command)>,
}

impl Pane {
    /// An empty page.
    pub fn new(purpose: Purpose) -> Self {
        Self {
            model: Model::new(purpose),
            pasted: String::new(),
            told: None,
            confirm: None,
        }
    }

    /// Paints the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.model
            .follow(&cx.snapshot.orders, &cx.snapshot.errands, cx.now);
        let id = if self.is_remind() { "reminders" } else { "special" };
        widgets::filling(ui, id, |ui| self.page(ui, cx));
        self.ask(ui, cx);
    }

    fn page(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.header(ui, cx);
        stopped(ui, cx);
        self.counters(ui, cx);
        ui.add_space(XS);
        if self.model.filter.is_past() {
            if let Some(ask) = history::ui(ui, cx, &mut self.model) {
                self.confirm = Some(ask);
            }
        } else {
            self.wish(ui, cx);
            self.rows(ui, cx);
        }
    }

    /// Shows the list that a counter elsewhere has counted.
    pub fn show(&mut self, filter: Filter) {
        self.model.show(filter);
    }

    fn is_remind(&self) -> bool {
        self.model.purpose() == Purpose::Remind
    }

    fn header(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let (title, subtitle, state) = if self.is_remind() {
            ("reminders-title", "reminders-subtitle", OrderState::Shipped)
        } else {
            ("special-title", "special-subtitle", OrderState::ToShip)
        };
        let fetching = matches!(cx.snapshot.orders.fetch, Fetch::Running { .. });
        let read = cx.snapshot.orders.read_at;
        let age = match read.map(|at| format::age(cx.lang, at, cx.now)) {
            Some(age) => cx.ta("errands-read", &[("age", age.into())]),
            None => cx.t("errands-never-read"),
        };
        widgets::page_header(ui, &cx.t(title), Some(&cx.t(subtitle)), |ui| {
            let word = if fetching {
                "errands-reading"
            } else {
                "errands-refresh"
            };
            let button = secondary(cx.t(word)).icon(icons::ICON_REFRESH).enabled(!fetching);
            if ui.add(button).clicked() {
                let state = Some(state);
                cx.send(Command::RefreshOrders(OrderQuery {
                    state,
                    ..OrderQuery::default()
                }));
            }
            if !self.is_remind() {
                let combined = quiet(cx.t("special-combined")).icon(icons::ICON_ACCOUNT_TREE);
                if ui.add(combined).clicked() {
                    *cx.go = Some(Page::Combined);
                }
            }
            widgets::small(ui, age);
        });
    }

    fn counters(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            for &filter in Filter::of(self.model.purpose()) {
                let (id, tone) = match filter {
                    Filter::Dated => ("special-dated", Tone::Warn),
                    Filter::Can if self.is_remind() => ("reminders-can", Tone::Ready),
                    Filter::Can => ("special-can", Tone::Ready),
                    Filter::Cannot => ("errands-cannot", Tone::Neutral),
                    Filter::History if self.model.needs_person() => ("errands-history", Tone::Person),
                    Filter::History => ("errands-history", Tone::Info),
                };
                let pressed = self.model.filter == filter;
                let count = self.model.count(filter);
                if widgets::counter(ui, tone, count, &cx.t(id), pressed).clicked() {
                    self.model.filter = filter;
                    self.model.selected = None;
                }
            }
        });
    }

    /// What is typed, how the orders are chosen, and the button.
    fn wish(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        widgets::card(ui, |ui| {
            options::ui(ui, cx, &mut self.model);
            ui.add_space(XS);
            self.choosing(ui, cx);
            if let Some((tone, words)) = &self.told {
                let ink = theme::palette(ui).tone(*tone).ink;
                ui.label(egui::RichText::new(words).small().color(ink));
            }
        });
        ui.add_space(S);
    }

    fn rows(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let remind = self.is_remind();
        let can = self.model.filter == Filter::Can;
        let count = self.model.count(self.model.filter);
        if count == 0 {
            if can && self.model.barred().is_some() {
                self.no_such_day(ui, cx);
                return;
            }
            let (title, text) = match (can, remind) {
                (true, true) => ("reminders-empty", "reminders-empty-text"),
                (true, false) => ("special-empty", "special-empty-text"),
                (false, _) => ("errands-cannot-empty", "errands-cannot-empty-text"),
            };
            widgets::empty_state(ui, icons::ICON_CHECK_CIRCLE, &cx.t(title), &cx.t(text), None);
            return;
        }
        let when = if remind {
            "errands-col-shipped"
        } else {
            "errands-col-paid"
        };
        let last = if can {
            "errands-col-last"
        } else {
            "errands-col-why"
        };
        let columns = [
            Column::of(cx.t("errands-col-choose"), 72.0),
            Column::of(cx.t("errands-col-order"), 250.0),
            Column::of(cx.t("errands-col-goods"), 220.0),
            Column::of(cx.t(when), 130.0),
            Column::rest(cx.t(last)),
        ];
        let table = Table {
            id: if remind { "reminder-rows" } else { "special-rows" },
            name: &cx.t("errands-rows"),
            columns: &columns,
            rows: count,
            selected: self.model.selected,
            sorted: None,
        };
        let model = &self.model;
        let mut toggled = None;
        let row_name = |position: usize| {
            let row = model.row(position);
            row.map_or_else(String::new, |row| {
                let order = ("order", row.order.transaction_id.as_str().into());
                cx.ta("errands-row-name", &[order])
            })
        };
        let done = table.show(ui, row_name, |ui, position, column| {
            let Some(row) = model.row(position) else { return };
            if column == 0 {
                let chosen = model.is_chosen(&row.order.transaction_id);
                if choose_box(ui, cx, row, chosen) {
                    toggled = Some(row.order.transaction_id.clone());
                }
            } else {
                cell(ui, cx, row, column, remind);
            }
        });
        if let Some(position) = done.selected {
            self.model.selected = Some(position);
        }
        let space =
            pane::keys_free(ui.ctx()) && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Space));
        if space && can {
            let row = self.model.selected.and_then(|position| self.model.row(position));
            toggled = toggled.or(row.map(|row| row.order.transaction_id.clone()));
        }
        if let Some(order) = toggled {
            self.model.toggle(&order);
        }
        if let Some(row) = done.opened.and_then(|position| self.model.row(position)) {
            cx.send(Command::OpenOrder(row.order.transaction_id.clone()));
            *cx.go = Some(Page::Orders);
        }
    }

    /// The list is empty because of the time that is typed, and says so.
    fn no_such_day(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let (title, text) = (cx.t("errands-day-empty"), cx.t("errands-day-empty-text"));
        let clear = secondary(cx.t("errands-day-clear"));
        if widgets::empty_state(ui, icons::ICON_CALENDAR_MONTH, &title, &text, Some(clear)) {
            self.model.forget_time();
        }
    }

    fn ask(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some((confirm, command)) = self.confirm.as_mut() else {
            return;
        };
        match confirm.show(ui.ctx(), |_| ()) {
            Answer::Open => {}
            Answer::No => self.confirm = None,
            Answer::Yes => {
                if matches!(command, Command::Errands(_)) {
                    self.model.clear();
                    self.model.filter = Filter::History;
                    self.told = None;
                }
                cx.send(command.clone());
                self.confirm = None;
            }
        }
    }
}

/// Why nothing of what waits here is sent, and the one thing to do about it.
fn stopped(ui: &mut Ui, cx: &mut Cx<'_>) {
    if cx.snapshot.errands.open == 0 {
        return;
    }
    let Some(words) = gate(&cx.snapshot.outbox, cx.lang, cx.now) else {
        return;
    };
    let go_on = match cx.snapshot.outbox.gate {
        Gate::Paused | Gate::Interrupted | Gate::Account(_) => true,
        Gate::Open
        | Gate::Holding { .. }
        | Gate::Quarantine { .. }
        | Gate::DailyQuota { .. }
        | Gate::Recovering { .. }
        | Gate::Claims { .. }
        | Gate::StoreFailed => false,
    };
    let mut clicked = false;
    Banner::new(Tone::Warn, icons::ICON_PAUSE, &words.title)
        .detail(&words.detail)
        .advice(&words.action)
        .code(&words.code)
        .show(ui, |ui| {
            if go_on {
                let button = primary(cx.t("outbox-continue")).icon(icons::ICON_PLAY_ARROW);
                clicked = ui.add(button).clicked();
            }
        });
    if clicked {
        cx.send(Command::Resume);
    }
}

/// The box that chooses an order; it cannot be ticked where the order does not allow it.
fn choose_box(ui: &mut Ui, cx: &Cx<'_>, row: &Row, chosen: bool) -> bool {
    let mut ticked = chosen;
    let enabled = row.why.is_none();
    let response = ui.add_enabled(enabled, egui::Checkbox::without_text(&mut ticked));
    let order = ("order", row.order.transaction_id.as_str().into());
    let name = cx.ta("errands-choose", &[order]);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, chosen, &name));
    ticked != chosen
}

fn cell(ui: &mut Ui, cx: &Cx<'_>, row: &Row, column: usize, remind: bool) {
    let order = &row.order;
    match column {
        1 => {
            widgets::mono(ui, order.transaction_id.as_str());
        }
        2 => {
            ui.add(Label::new(crate::domain::plain_text::cell(&order.description)).truncate());
        }
        3 => {
            let at = if remind {
                order.shipped_at()
            } else {
                Some(order.pay_time)
            };
            let words = at.map_or_else(String::new, |at| format::age(cx.lang, at, cx.now));
            ui.add(Label::new(words).truncate());
        }
        _ => {
            if let Some(why) = row.why {
                let words = explain_errand_why(cx.lang, why);
                ui.add(Label::new(&words.title).truncate())
                    .on_hover_text(words.rest());
            } else if let Some(errand) = &row.newest {
                widgets::badge(
                    ui,
                    super::tones::of_errand(&errand.state),
                    errand_state_name(cx.lang, &errand.state),
                );
                widgets::small(ui, errand_name(cx.lang, errand.kind));
            }
        }
    }
}
