//! The outbox page: what is on its way, why something waits, and what only a person can decide.

mod detail;
pub mod model;

use std::path::PathBuf;
use std::time::Duration;

use egui::{Label, Ui};

use self::model::Filter;
use super::confirm::{Answer, Confirm};
use super::pane::Cx;
use super::saving::Save;
use super::table::{Column, Table};
use super::theme::{Tone, XS};
use super::widgets::{self, Banner, Icon, icons, primary, quiet, secondary};
use super::{Page, tones};
use crate::domain::Shipment;
use crate::engine::command::{Command, TableFile};
use crate::engine::snapshot::Gate;
use crate::i18n::{Place, format, shipment_state_name};

/// The page.
#[derive(Debug, Default)]
pub struct Pane {
    /// The refused orders are to go into WeChat's own template.
    pub wants_save: Option<Save>,
    model: model::Model,
    confirm: Option<(Confirm, Command)>,
}

impl Pane {
    /// Something stands beside the list.
    pub fn has_details(&self) -> bool {
        self.model.selected_position().is_some()
    }

    /// Paints the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.header(ui, cx);
        if !self.details(ui, cx) {
            self.list(ui, cx);
        }
        self.ask(ui, cx);
    }

    fn list(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.gate(ui, cx);
        let empty = cx.snapshot.outbox.rows.is_empty();
        if empty {
            let (title, text) = (cx.t("outbox-empty"), cx.t("outbox-empty-text"));
            let button = primary(cx.t("outbox-empty-import")).icon(icons::ICON_UPLOAD_FILE);
            if widgets::empty_state(ui, icons::ICON_OUTBOX, &title, &text, Some(button)) {
                *cx.go = Some(Page::Import);
            }
        } else {
            self.counters(ui, cx);
            ui.add_space(XS);
            self.search(ui, cx);
            ui.add_space(XS);
            if self.model.built_len() > 0 {
                self.rows(ui, cx);
            } else {
                self.nothing(ui, cx);
            }
        }
    }

    /// Shows exactly these.
    pub fn show_filter(&mut self, filter: Filter) {
        self.model.filter = filter;
    }

    /// Why nothing is sent, and the one thing to do about it.
    fn gate(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if cx.snapshot.session.team.without_claims {
            let title = cx.t("outbox-without-on");
            Banner::new(Tone::Warn, icons::ICON_WARNING, &title)
                .detail(&cx.t("outbox-without-on.detail"))
                .show(ui, |_| ());
        }
        let outbox = &cx.snapshot.outbox;
        let Some(words) = model::gate(outbox, cx.lang, cx.now) else {
            return;
        };
        let (tone, icon) = look_of(&outbox.gate);
        let mut command = None;
        let mut go = None;
        let mut ask = false;
        Banner::new(tone, icon, &words.title)
            .detail(&words.detail)
            .advice(&words.action)
            .code(&words.code)
            .show(ui, |ui| match &outbox.gate {
                Gate::Paused | Gate::Interrupted => {
                    let button = primary(cx.t("outbox-continue")).icon(icons::ICON_PLAY_ARROW);
                    command = ui.add(button).clicked().then_some(Command::Resume);
                }
                Gate::Holding { .. } => {
                    ui.request_repaint_after(Duration::from_secs(1));
                    let button = secondary(cx.t("bar-cancel-all")).icon(icons::ICON_UNDO);
                    command = ui.add(button).clicked().then_some(Command::CancelAll);
                }
                Gate::Account(_) => {
                    let again = primary(cx.t("outbox-try-again")).icon(icons::ICON_REPLAY);
                    command = ui.add(again).clicked().then_some(Command::Resume);
                    let settings = secondary(cx.t("outbox-open-settings")).icon(icons::ICON_STETHOSCOPE);
                    go = ui.add(settings).clicked().then_some(Page::Settings);
                }
                Gate::Claims { .. } => {
                    ui.request_repaint_after(Duration::from_secs(1));
                    let settings = primary(cx.t("outbox-open-team")).icon(icons::ICON_SETTINGS);
                    go = ui.add(settings).clicked().then_some(Page::Settings);
                    let without = quiet(cx.t("outbox-without-claims")).icon(icons::ICON_WARNING);
                    ask = ui.add(without).clicked();
                }
                Gate::Recovering { .. } | Gate::Quarantine { .. } => {
                    ui.request_repaint_after(Duration::from_secs(1));
                }
                Gate::Open | Gate::DailyQuota { .. } | Gate::StoreFailed => {}
            });
        if let Some(command) = command {
            cx.send(command);
        }
        if ask {
            let confirm = Confirm {
                title: cx.t("outbox-without-title"),
                body: vec![cx.t("outbox-without-body")],
                yes: cx.t("outbox-without-claims"),
                no: cx.t("outbox-without-no"),
                costly: true,
                ..Confirm::default()
            };
            self.confirm = Some((confirm, Command::SendWithoutClaims));
        }
        if go.is_some() {
            *cx.go = go;
        }
    }

    fn header(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let outbox = &cx.snapshot.outbox;
        let waiting = outbox.queued.saturating_add(outbox.waiting);
        let title = cx.t("outbox-title");
        let pace = (outbox.gate == Gate::Open && outbox.sending > 0).then(|| {
            cx.ta(
                "outbox-pace",
                &[("pace", format!("{:.1}", outbox.calls_per_sec).into())],
            )
        });
        let subtitle = pace.unwrap_or_else(|| cx.t("outbox-subtitle"));
        let mut cancel = false;
        widgets::page_header(ui, &title, Some(&subtitle), |ui| {
            if outbox.gate == Gate::Open && waiting > 0 {
                let pause = secondary(cx.t("bar-pause")).icon(icons::ICON_PAUSE);
                if ui.add(pause).clicked() {
                    cx.send(Command::Pause);
                }
            }
            if outbox.rejected > 0 {
                let hint = cx.t("outbox-save-template-hint");
                let button = secondary(cx.t("outbox-save-template"))
                    .icon(icons::ICON_DOWNLOAD)
                    .hint(hint);
                if ui.add(button).clicked() {
                    self.wants_save = Some(Save::Template);
                }
            }
            if waiting > 0 {
                let count = ("count", format::count(waiting).into());
                let button = quiet(cx.ta("outbox-cancel-all", &[count])).icon(icons::ICON_UNDO);
                cancel = ui.add(button).clicked();
            }
        });
        if cancel {
            let count = ("count", format::count(waiting).into());
            let confirm = Confirm {
                title: cx.ta("outbox-cancel-title", std::slice::from_ref(&count)),
                body: vec![cx.t("outbox-cancel-body")],
                yes: cx.ta("outbox-cancel-all", &[count]),
                no: cx.t("outbox-cancel-no"),
                costly: true,
                ..Confirm::default()
            };
            self.confirm = Some((confirm, Command::CancelAll));
        }
    }

    fn counters(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            for filter in Filter::ALL {
                let count = filter.count(&cx.snapshot.outbox);
                let pressed = self.model.filter == filter;
                if count == 0 && filter != Filter::All && !pressed {
                    continue;
                }
                let word = cx.t(filter.word_id());
                if widgets::counter(ui, tone_of(filter), count, &word, pressed).clicked() {
                    self.model.filter = if pressed { Filter::All } else { filter };
                }
            }
        });
    }

    fn search(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.horizontal(|ui| {
            let name = cx.t("outbox-search");
            widgets::search_field(ui, &mut self.model.search, &name, 340.0);
            if !self.model.search.is_empty() {
                let clear = widgets::icon_button(icons::ICON_CLOSE, cx.t("outbox-search-clear"));
                if ui.add(clear).clicked() {
                    self.model.search.clear();
                }
            }
            let save = quiet(cx.t("outbox-save")).icon(icons::ICON_DOWNLOAD);
            if ui.add(save.enabled(self.model.built_len() > 0)).clicked() {
                self.wants_save = Some(Save::Outbox);
            }
        });
    }

    /// The filter or the search leaves nothing.
    fn nothing(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let (title, text) = (cx.t("outbox-nothing"), cx.t("outbox-nothing-text"));
        let button = secondary(cx.t("outbox-show-all")).icon(icons::ICON_FILTER_ALT_OFF);
        if widgets::empty_state(ui, icons::ICON_SEARCH, &title, &text, Some(button)) {
            self.model.search.clear();
            self.model.filter = Filter::All;
        }
    }

    /// What is shown, as a file for this place.
    pub fn table(&self, cx: &Cx<'_>, path: PathBuf) -> Command {
        let (headings, rows) = model::table(&self.model, &cx.snapshot.couriers, cx.lang);
        Command::SaveTable(TableFile {
            path,
            replace: true, // the dialog of the system has asked
            sheet: cx.t("nav-outbox"),
            headings,
            rows,
        })
    }

    fn rows(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let narrow = self.model.selected_position().is_some();
        let mut columns = vec![
            Column::of(cx.t("outbox-col-state"), 156.0),
            Column::of(cx.t("outbox-col-order"), 250.0),
        ];
        if !narrow {
            columns.push(Column::of(cx.t("outbox-col-parcels"), 250.0));
            columns.push(Column::of(cx.t("outbox-col-since"), 126.0));
        }
        columns.push(Column::rest(cx.t("outbox-col-next")));
        let model = &self.model;
        let table = Table {
            id: if narrow {
                "outbox-rows-narrow"
            } else {
                "outbox-rows"
            },
            name: &cx.t("outbox-rows"),
            columns: &columns,
            rows: self.model.built_len(),
            selected: self.model.selected_position(),
            sorted: None,
        };
        let row_name = |position: usize| {
            model.at(position).map_or_else(String::new, |shipment| {
                let order = shipment.intent.transaction_id().as_str();
                let state = shipment_state_name(cx.lang, &shipment.state);
                cx.ta(
                    "outbox-row-name",
                    &[("order", order.into()), ("state", state.into())],
                )
            })
        };
        let done = table.show(ui, row_name, |ui, position, column| {
            if let Some(shipment) = model.at(position) {
                let column = if narrow && column >= 2 { 4 } else { column };
                cell(ui, cx, shipment, model.place(shipment), column);
            }
        });
        if let Some(position) = done.selected {
            self.model.selected = self.model.at(position).map(|shipment| shipment.id);
        }
    }

    /// The chosen shipment, at the right from the top to the bottom of the page.
    /// The chosen shipment; `true` when it stands in place of the list.
    fn details(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        self.model.visible(&cx.snapshot.outbox, &cx.snapshot.couriers);
        let position = self.model.selected_position();
        let Some(shipment) = position.and_then(|position| self.model.at(position)).cloned() else {
            return false;
        };
        let place = self.model.place(&shipment);
        let shown = detail::show(ui, cx, &shipment, place);
        if shown.close {
            self.model.selected = None;
        }
        if let Some(ask) = shown.ask {
            self.confirm = Some(ask);
        }
        shown.alone
    }

    fn ask(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some((confirm, command)) = self.confirm.as_mut() else {
            return;
        };
        match confirm.show(ui.ctx(), |_| ()) {
            Answer::Open => {}
            Answer::No => self.confirm = None,
            Answer::Yes => {
                cx.send(command.clone());
                self.confirm = None;
            }
        }
    }
}

fn cell(ui: &mut Ui, cx: &Cx<'_>, shipment: &Shipment, place: Option<Place>, column: usize) {
    match column {
        0 => {
            let tone = tones::of_shipment(&shipment.state);
            widgets::badge(ui, tone, shipment_state_name(cx.lang, &shipment.state));
        }
        1 => {
            widgets::mono(ui, shipment.intent.transaction_id().as_str());
        }
        2 => {
            let words = model::parcels(shipment, &cx.snapshot.couriers);
            ui.add(Label::new(words).truncate());
        }
        3 => {
            ui.add(Label::new(format::age(cx.lang, shipment.since, cx.now)).truncate());
        }
        _ => {
            let outbox = &cx.snapshot.outbox;
            let (words, changes) = model::next_step(shipment, outbox, place, cx.lang, cx.now);
            ui.add(Label::new(words).truncate());
            cx.repaint_in(ui, changes);
        }
    }
}

fn tone_of(filter: Filter) -> Tone {
    match filter {
        Filter::All => Tone::Neutral,
        Filter::NeedsPerson => Tone::Person,
        Filter::Unclear => Tone::Unclear,
        Filter::Sending | Filter::Queued | Filter::Waiting => Tone::Info,
        Filter::Shipped => Tone::Done,
    }
}

fn look_of(gate: &Gate) -> (Tone, Icon) {
    match gate {
        Gate::Open => (Tone::Ready, icons::ICON_CHECK_CIRCLE),
        Gate::Paused => (Tone::Warn, icons::ICON_PAUSE),
        Gate::Interrupted => (Tone::Warn, icons::ICON_HISTORY),
        Gate::Holding { .. } => (Tone::Warn, icons::ICON_HOURGLASS_TOP),
        Gate::Quarantine { .. } => (Tone::Info, icons::ICON_SHIELD),
        Gate::Account(_) => (Tone::Blocked, icons::ICON_KEY),
        Gate::DailyQuota { .. } => (Tone::Info, icons::ICON_SCHEDULE),
        Gate::Recovering { .. } => (Tone::Warn, icons::ICON_CLOUD_OFF),
        Gate::Claims { .. } => (Tone::Blocked, icons::ICON_GROUP),
        Gate::StoreFailed => (Tone::Blocked, icons::ICON_ERROR),
    }
}
