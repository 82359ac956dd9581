//! The page of WeChat's push messages: what came, what WeChat shows for its orders now, and the door for a relay. A
//! message is a hint; what counts stands in the column of the look.

mod detail;
pub mod model;
mod receiver;

use egui::{Label, Sides, Ui, vec2};

use self::model::Filter;
use super::pane::Cx;
use super::table::{Column, Table};
use super::theme::{self, L, S, Tone, XS};
use super::widgets::{self, icon_button, icons, primary, quiet, secondary};
use super::{Page, said};
use crate::domain::PushRefusal;
use crate::engine::command::{Command, EventsAsk};
use crate::engine::notice::{EventsSaid, Notice};
use crate::engine::snapshot::EventRecord;
use crate::i18n::{event_name, format};

/// Height of the list where the door stands below it.
const LIST: f32 = 420.0;

/// The page.
#[derive(Debug, Default)]
pub struct Pane {
    /// A file with messages is wanted.
    pub wants_file: bool,
    model: model::Model,
    receiver: receiver::Form,
    /// What is being pasted; `None` while nobody pastes.
    pasted: Option<String>,
    /// What was not taken and is put aside by a person: its reason, and how often it had happened by then.
    put_aside: Vec<(PushRefusal, u64)>,
}

impl Pane {
    /// Paints the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.header(ui, cx);
        self.model.follow(&cx.snapshot.events);
        if widgets::is_narrow(ui) {
            self.narrow(ui, cx);
        } else {
            self.side(ui, cx);
            self.list(ui, cx);
        }
    }

    /// One below the other: the chosen message in place of the list, else the list and then the door.
    fn narrow(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if self.pasted.is_some() {
            self.model.close();
        }
        widgets::page(ui, "events-narrow", |ui| {
            if let Some(record) = self.model.selected().cloned() {
                if detail::show(ui, cx, &record) {
                    self.model.close();
                }
                return;
            }
            if cx.snapshot.events.list.is_empty() {
                self.list(ui, cx);
            } else {
                let size = vec2(ui.available_width(), LIST);
                ui.allocate_ui(size, |ui| self.list(ui, cx));
            }
            ui.add_space(L);
            self.receiver.ui(ui, cx);
        });
    }

    /// What came, or what to do while nothing has.
    fn list(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.paste(ui, cx);
        self.refusals(ui, cx);
        if cx.snapshot.events.list.is_empty() {
            let (title, text) = (cx.t("events-empty"), cx.t("events-empty-text"));
            let button = (self.pasted.is_none())
                .then(|| primary(cx.t("events-paste")).icon(icons::ICON_CONTENT_PASTE));
            if widgets::empty_state(ui, icons::ICON_MARK_CHAT_UNREAD, &title, &text, button) {
                self.pasted = Some(String::new());
            }
            return;
        }
        self.counters(ui, cx);
        ui.add_space(XS);
        self.rows(ui, cx);
    }

    /// What the engine said.
    pub fn hear(&mut self, notice: &Notice) {
        self.receiver.hear(notice);
        // What could not be read stays, so that it can be repaired or looked at.
        if let Notice::Events(EventsSaid::Read {
            new,
            known,
            others,
            refused,
        }) = notice
            && refused.is_empty()
            && [new, known, others].into_iter().any(|count| *count > 0)
        {
            self.pasted = None;
        }
    }

    fn header(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let (title, subtitle) = (cx.t("events-title"), cx.t("events-subtitle"));
        widgets::page_header(ui, &title, Some(&subtitle), |ui| {
            let file = secondary(cx.t("events-file")).icon(icons::ICON_FOLDER_OPEN);
            self.wants_file |= ui.add(file).clicked();
            let paste = secondary(cx.t("events-paste")).icon(icons::ICON_CONTENT_PASTE);
            // The empty page has this button in its middle.
            let is_elsewhere = cx.snapshot.events.list.is_empty() || self.pasted.is_some();
            if !is_elsewhere && ui.add(paste).clicked() {
                self.pasted = Some(String::new());
            }
        });
    }

    /// The form for what a person pastes; closed again once all of it is read.
    fn paste(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some(text) = &mut self.pasted else {
            return;
        };
        let (name, note) = (cx.t("events-paste-name"), cx.t("events-paste-note"));
        let (mut read, mut close) = (false, false);
        widgets::section(ui, &name, |ui| {
            widgets::weak(ui, note);
            ui.add_space(S);
            widgets::paste_field(ui, text, &name, 180.0);
            ui.add_space(S);
            widgets::row(ui, theme::BUTTON, |ui| {
                let can = !text.trim().is_empty();
                let button = primary(cx.t("events-read")).icon(icons::ICON_CHECK);
                read = ui.add(button.enabled(can)).clicked();
                close = ui.add(quiet(cx.t("events-paste-close"))).clicked();
            });
        });
        if read {
            cx.send(Command::Events(EventsAsk::Paste(text.clone())));
        }
        if close {
            self.pasted = None;
        }
    }

    /// What was refused since it was last put aside, and why.
    fn refusals(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let mut done = None;
        for (refusal, words) in model::refusals(&cx.snapshot.events, &self.put_aside, cx.lang) {
            let close = cx.t("toast-close");
            let button = icon_button(icons::ICON_CLOSE, close.clone())
                .name(format!("{close} {words}"))
                .compact();
            Sides::new().shrink_left().show(
                ui,
                |ui| {
                    widgets::icon_line(ui, icons::ICON_SHIELD, Tone::Warn, 18.0, |ui| {
                        widgets::weak(ui, words);
                    });
                },
                |ui| {
                    if ui.add(button).clicked() {
                        done = Some(refusal);
                    }
                },
            );
        }
        if let Some(refusal) = done {
            let all = &cx.snapshot.events.refused;
            self.put_aside.retain(|(known, _)| *known != refusal);
            self.put_aside
                .extend(all.iter().filter(|(known, _)| *known == refusal));
        }
    }

    fn counters(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            for filter in Filter::ALL {
                let count = self.model.count(filter);
                let pressed = self.model.filter() == filter;
                if count == 0 && filter != Filter::All && !pressed {
                    continue;
                }
                let tone = match filter {
                    Filter::All => Tone::Neutral,
                    Filter::Overdue | Filter::Access => Tone::Warn,
                    Filter::Waiting => Tone::Info,
                    Filter::Settled => Tone::Done,
                };
                if widgets::counter(ui, tone, count, &cx.t(filter.word_id()), pressed).clicked() {
                    self.model.choose(if pressed { Filter::All } else { filter });
                }
            }
        });
    }

    fn rows(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let columns = [
            Column::of(cx.t("events-col-time"), 104.0),
            Column::of(cx.t("events-col-event"), 196.0),
            Column::of(cx.t("events-col-order"), 236.0),
            Column::rest(cx.t("events-col-look")),
        ];
        let model = &self.model;
        let table = Table {
            id: "events-rows",
            name: &cx.t("events-rows"),
            columns: &columns,
            rows: model.len(),
            selected: model.selected_position(),
            sorted: None,
        };
        let row_name = |position: usize| {
            model.at(position).map_or_else(String::new, |record| {
                let event = event_name(cx.lang, &record.event);
                let args = [("event", event.into()), ("order", record.event.number().into())];
                cx.ta("events-row-name", &args)
            })
        };
        let done = table.show(ui, row_name, |ui, position, column| {
            if let Some(record) = model.at(position) {
                cell(ui, cx, record, column);
            }
        });
        let opened = done.opened.and_then(|position| self.model.at(position)).cloned();
        if let Some(position) = done.selected {
            self.model.select(position);
        }
        if let Some(record) = opened {
            open(cx, &record);
        }
    }

    /// The chosen message, or the door.
    fn side(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let record = self.model.selected().cloned();
        let frame = egui::Frame::new().outer_margin(egui::Margin {
            left: 12,
            ..egui::Margin::ZERO
        });
        let mut close = false;
        egui::Panel::right("events-side")
            .frame(frame)
            .default_size(356.0)
            .size_range(300.0..=460.0)
            .show_separator_line(false)
            .show(ui, |ui| {
                widgets::page(ui, "events-side", |ui| {
                    if let Some(record) = &record {
                        close = detail::show(ui, cx, record);
                    } else {
                        self.receiver.ui(ui, cx);
                    }
                });
            });
        if close {
            self.model.close();
        }
    }
}

/// Opens the order of a message on the page of orders.
fn open(cx: &mut Cx<'_>, record: &EventRecord) {
    if let Some(id) = &record.event.transaction_id {
        cx.send(Command::OpenOrder(id.clone()));
        *cx.go = Some(Page::Orders);
    } else if !record.event.number().is_empty() {
        cx.send(Command::FindOrderOf {
            mchid: record.event.merchant_id.clone(),
            out_trade_no: record.event.merchant_trade_no.clone(),
        });
        *cx.go = Some(Page::Orders);
    }
}

fn cell(ui: &mut Ui, cx: &Cx<'_>, record: &EventRecord, column: usize) {
    match column {
        0 => {
            ui.add(Label::new(format::moment(record.event.create_time, cx.now)).truncate());
        }
        1 => {
            let tone = said::tone(model::tone(&record.event));
            widgets::badge(ui, tone, event_name(cx.lang, &record.event));
        }
        2 => {
            widgets::mono(ui, record.event.number());
        }
        _ => {
            said::line(ui, &model::look(&record.look, cx.lang));
        }
    }
}
