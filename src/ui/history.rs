//! The history page: everything that happened, found again by any of its numbers or words, and put into a file.

mod detail;
pub mod model;

use std::sync::Arc;

use egui::{Event, ImeEvent, Label, Panel, RichText, Ui};

use self::model::{Model, When};
use super::orders::model::Said;
use super::pane::Cx;
use super::said;
use super::saving::Save;
use super::table::{Column, Table};
use super::theme::{self, S, Tone, XS};
use super::widgets::{self, icons, primary, quiet, secondary};
use crate::domain::HistoryKind;
use crate::engine::command::{Command, HistoryWish, TableFile};
use crate::i18n::{format, history_cells, history_headings, history_kind_name};

pub use self::detail::raw as raw_ui;

/// So close to the end of the list more of it is fetched.
const NEAR_THE_END: usize = 10;
/// A search waits until nobody has typed for so long, in seconds.
const TYPING_SECS: f64 = 0.25;

/// The page.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is about another part of the page"
)]
pub struct Pane {
    /// The lines are to go into a file.
    pub wants_save: Option<Save>,
    /// The cursor is to go into the search.
    pub wants_focus: bool,
    model: Model,
    typed: String,
    typed_at: f64,
    composing: bool,
    raw_shown: bool,
    /// The last snapshot had an answer.
    answered: bool,
    /// The page was painted in this pass last.
    painted_in: u64,
    /// So many lines were shown when more were asked for.
    more_at: Option<usize>,
    /// What was gathered for a file and is written already.
    written: u64,
    saving: bool,
}

impl Pane {
    /// Something stands beside the list.
    pub fn has_details(&self) -> bool {
        self.model.selected.is_some()
    }

    /// Paints the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.follow(ui, cx);
        self.header(ui, cx);
        if self.details(ui, cx) {
            return;
        }
        self.filters(ui, cx);
        ui.add_space(XS);
        let history = Arc::clone(&cx.snapshot.history);
        self.model.rows(&history, &cx.snapshot.couriers, cx.lang, cx.now);
        if self.model.is_empty() {
            self.nothing(ui, cx);
        } else {
            Self::foot(ui, cx);
            self.rows(ui, cx);
        }
    }

    /// Writes what was gathered for a file; also while another page is open.
    pub fn export(&mut self, cx: &mut Cx<'_>) {
        let Some(collected) = cx.snapshot.history.collected.clone() else {
            return;
        };
        if collected.serial <= self.written {
            return;
        }
        self.written = collected.serial;
        self.saving = false;
        let Some(path) = collected.to.clone() else { return };
        let couriers = &cx.snapshot.couriers;
        let rows = collected.lines.iter();
        let table = TableFile {
            path,
            replace: true, // the dialog of the system has asked
            sheet: cx.t("history-title"),
            headings: history_headings(cx.lang),
            rows: rows.map(|line| history_cells(cx.lang, line, couriers)).collect(),
        };
        cx.send(Command::SaveTable(table));
    }

    /// Asks when the page is opened, when what is wanted has changed, and when new lines came while it was away.
    fn follow(&mut self, ui: &Ui, cx: &mut Cx<'_>) {
        let pass = ui.ctx().cumulative_pass_nr();
        let away = pass > self.painted_in.saturating_add(2);
        self.painted_in = pass;
        let history = &cx.snapshot.history;
        // Another account has another history, and nobody has asked for that yet.
        let forgotten = self.answered && !history.asked;
        self.answered = history.asked;
        if forgotten {
            self.saving = false; // what was gathered is not gathered any more
        }
        if forgotten || (away && history.stale) {
            self.model.ask_again();
        }
        let time = ui.input(|input| input.time);
        let waited = time - self.typed_at;
        if self.typed != self.model.text && !self.composing {
            if waited >= TYPING_SECS || self.typed.is_empty() {
                self.model.text.clone_from(&self.typed);
            } else {
                let left = std::time::Duration::from_secs_f64((TYPING_SECS - waited).max(0.01));
                ui.ctx().request_repaint_after(left);
            }
        }
        if let Some(query) = self.model.to_ask(cx.now) {
            self.more_at = None;
            cx.send(Command::History(HistoryWish::Search(query)));
        }
    }

    fn header(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let (title, subtitle) = (cx.t("history-title"), cx.t("history-subtitle"));
        let lines = cx.snapshot.history.lines.len();
        widgets::page_header(ui, &title, Some(&subtitle), |ui| {
            let save = secondary(cx.t("history-save")).icon(icons::ICON_DOWNLOAD);
            if ui.add(save.enabled(lines > 0 && !self.saving)).clicked() {
                self.wants_save = Some(Save::History);
            }
        });
        if self.saving {
            widgets::loading(ui, &cx.t("history-saving"));
        }
    }

    /// A place was chosen for the file: its lines are being gathered.
    pub fn is_saving(&mut self) {
        self.saving = true;
    }

    fn filters(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = S;
            let name = cx.t("history-search");
            let field = widgets::search_field(ui, &mut self.typed, &name, 340.0);
            if std::mem::take(&mut self.wants_focus) {
                field.request_focus();
            }
            if field.changed() {
                self.typed_at = ui.input(|input| input.time);
            }
            self.follow_ime(ui, field.has_focus());
            let words = When::ALL.map(|when| (when, cx.t(when.word_id())));
            ui.spacing_mut().item_spacing.x = XS;
            for (when, word) in words {
                let on = self.model.when == when;
                if ui.selectable_label(on, word).clicked() {
                    self.model.when = when;
                }
            }
            if !self.model.is_wide() || !self.typed.is_empty() {
                let clear = widgets::icon_button(icons::ICON_FILTER_ALT_OFF, cx.t("history-clear"));
                if ui.add(clear).clicked() {
                    self.typed.clear();
                    self.model.clear();
                }
            }
        });
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = XS;
            let all = [None].into_iter().chain(HistoryKind::ALL.map(Some));
            for kind in all {
                let word = kind.map_or_else(|| cx.t("history-all"), |kind| history_kind_name(cx.lang, kind));
                if ui.selectable_label(self.model.kind == kind, word).clicked() {
                    self.model.kind = kind;
                }
            }
            if !self.model.file.is_empty() {
                let file = self.model.file.clone();
                if ui.add(quiet(file).icon(icons::ICON_CLOSE).compact()).clicked() {
                    self.model.file.clear();
                }
            }
            if cx.snapshot.history.stale {
                said::line(
                    ui,
                    &Said::new(cx.t("history-stale"), super::orders::model::Tone::Busy),
                );
                let again = quiet(cx.t("history-refresh")).icon(icons::ICON_REFRESH).compact();
                if ui.add(again).clicked() {
                    self.model.ask_again();
                }
            }
        });
    }

    fn follow_ime(&mut self, ui: &Ui, focused: bool) {
        ui.input(|input| {
            for event in &input.events {
                if let Event::Ime(ime) = event {
                    self.composing = matches!(ime, ImeEvent::Preedit { text, .. } if !text.is_empty());
                }
            }
        });
        if !focused {
            self.composing = false;
        }
    }

    fn nothing(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let history = &cx.snapshot.history;
        if !history.asked {
            return;
        }
        if let Some(at) = history.searched_to {
            let at = ("at", format::moment(at, cx.now).into());
            let title = cx.ta("history-nothing-yet", &[at]);
            let text = cx.t("history-nothing-text");
            let further = primary(cx.t("history-further")).icon(icons::ICON_HISTORY);
            if widgets::empty_state(ui, icons::ICON_SEARCH, &title, &text, Some(further)) {
                cx.send(Command::History(HistoryWish::More));
            }
        } else if self.model.is_wide() {
            let (title, text) = (cx.t("history-empty"), cx.t("history-empty-text"));
            widgets::empty_state(ui, icons::ICON_HISTORY, &title, &text, None);
        } else {
            let (title, text) = (cx.t("history-nothing"), cx.t("history-nothing-text"));
            let clear = secondary(cx.t("history-clear")).icon(icons::ICON_FILTER_ALT_OFF);
            if widgets::empty_state(ui, icons::ICON_SEARCH, &title, &text, Some(clear)) {
                self.typed.clear();
                self.model.clear();
            }
        }
    }

    /// How far it goes, below the list.
    fn foot(ui: &mut Ui, cx: &mut Cx<'_>) {
        let history = Arc::clone(&cx.snapshot.history);
        let mut more = false;
        Panel::bottom("history-foot")
            .frame(egui::Frame::new())
            .exact_size(40.0)
            .show_separator_line(false)
            .show(ui, |ui| {
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let words = match (history.searched_to, history.more) {
                        (Some(at), _) => {
                            let at = ("at", format::moment(at, cx.now).into());
                            cx.ta("history-searched-to", &[at])
                        }
                        (None, true) => String::new(),
                        (None, false) => cx.t("history-end"),
                    };
                    if history.more {
                        let id = if history.searched_to.is_some() {
                            "history-further"
                        } else {
                            "history-more"
                        };
                        more = ui.add(secondary(cx.t(id)).icon(icons::ICON_HISTORY)).clicked();
                    }
                    widgets::small(ui, words);
                });
            });
        if more {
            cx.send(Command::History(HistoryWish::More));
        }
    }

    fn rows(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let narrow = self.model.selected.is_some();
        let mut columns = vec![
            Column::of(cx.t("history-col-at"), 118.0),
            Column::of(cx.t("history-col-what"), 250.0),
        ];
        if narrow {
            columns.push(Column::rest(cx.t("history-col-order")));
        } else {
            columns.push(Column::of(cx.t("history-col-order"), 240.0));
            columns.push(Column::of(cx.t("history-col-parcels"), 210.0));
            columns.push(Column::of(cx.t("history-col-who"), 80.0));
            columns.push(Column::rest(cx.t("history-col-from")));
        }
        let model = &self.model;
        let table = Table {
            id: if narrow {
                "history-rows-narrow"
            } else {
                "history-rows"
            },
            name: &cx.t("history-rows"),
            columns: &columns,
            rows: model.len(),
            selected: model.selected,
            sorted: None,
        };
        let row_name = |position: usize| {
            model.row(position).map_or_else(String::new, |row| {
                cx.ta(
                    "history-row-name",
                    &[
                        ("at", row.at.as_str().into()),
                        ("what", row.told.title.as_str().into()),
                        ("order", row.order.as_str().into()),
                    ],
                )
            })
        };
        let mut last_seen = 0;
        let done = table.show(ui, row_name, |ui, position, column| {
            last_seen = last_seen.max(position);
            if let Some(row) = model.row(position) {
                cell(ui, row, column);
            }
        });
        if done.selected.is_some() {
            self.model.selected = done.selected;
            self.raw_shown = false;
        }
        if let Some(position) = done.opened
            && let Some(line) = cx.snapshot.history.lines.get(position).cloned()
        {
            detail::open(cx, &line, &mut self.model);
        }
        self.more(cx, last_seen);
    }

    /// The next page, before the end of this one is reached. A search that has stopped goes on only when asked.
    fn more(&mut self, cx: &mut Cx<'_>, last_seen: usize) {
        let history = &cx.snapshot.history;
        let shown = self.model.len();
        let near = last_seen.saturating_add(NEAR_THE_END) >= shown;
        if near && history.more && history.searched_to.is_none() && self.more_at != Some(shown) {
            self.more_at = Some(shown);
            cx.send(Command::History(HistoryWish::More));
        }
    }

    /// The chosen line; `true` when it stands in place of the list.
    fn details(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let history = Arc::clone(&cx.snapshot.history);
        let Some(line) = self.model.chosen(&history).cloned() else {
            return false;
        };
        let shown = detail::show(ui, cx, &line, &mut self.model, &mut self.raw_shown);
        if shown.inner {
            self.model.selected = None;
        }
        shown.alone
    }
}

fn cell(ui: &mut Ui, row: &model::Row, column: usize) {
    match column {
        0 => {
            let weak = theme::palette(ui).weak;
            ui.add(Label::new(RichText::new(&row.at).color(weak)).truncate());
        }
        1 => {
            let tone = said::tone(model::tone(row.told.mood));
            if tone != Tone::Neutral {
                widgets::dot(ui, tone);
            }
            ui.add(Label::new(&row.told.title).truncate());
        }
        2 => {
            widgets::mono(ui, &row.order);
        }
        3 => {
            ui.add(Label::new(&row.parcels).truncate());
        }
        4 => {
            ui.add(Label::new(&row.by).truncate());
        }
        _ => {
            ui.add(Label::new(&row.from).truncate());
        }
    }
}
