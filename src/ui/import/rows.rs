//! The table of a file's rows: which columns there are, what a cell shows, which row is chosen.

use std::sync::Arc;

use egui::Ui;

use super::model::{self, changes};
use super::{Pane, detail, repair, standing};
use crate::domain::{Field, RowStatus};
use crate::engine::snapshot::BatchView;
use crate::i18n::{format, row_status_name};
use crate::ui::pane::Cx;
use crate::ui::table::{Column, Table};
use crate::ui::theme::Tone;
use crate::ui::tones;
use crate::ui::widgets::{self, icons};

impl Pane {
    pub(super) fn rows(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, batch: &Arc<BatchView>) {
        let none = self.model.visible(batch).is_empty();
        if let Some((done, total)) = self.model.searching() {
            let args = [
                ("done", format::count(done).into()),
                ("total", format::count(total).into()),
            ];
            widgets::small(ui, cx.ta("import-searching", &args));
            ui.ctx().request_repaint();
        } else if none {
            let title = cx.t("import-none-title");
            widgets::empty_state(
                ui,
                icons::ICON_FILTER_LIST,
                &title,
                &cx.t("import-none-text"),
                None,
            );
            return;
        }
        if let Some(index) = self.model.selected {
            let shown = detail::show(ui, cx, batch, index, &mut self.editing);
            if shown.inner {
                self.model.selected = None;
            }
            if shown.alone {
                return;
            }
        }
        // Beside the details there is room for what the details do not say at once.
        let columns = match self.model.selected {
            Some(_) => Col::NARROW,
            None => Col::that_fit(ui.available_width()),
        };
        let headings: Vec<Column> = columns.iter().map(|column| column.heading(cx)).collect();
        let shown = self.model.visible(batch).len();
        let table = Table {
            id: match columns.len() {
                4 => "import-rows-narrow",
                5 => "import-rows-medium",
                6 => "import-rows-wide",
                _ => "import-rows",
            },
            name: &cx.t("import-rows"),
            columns: &headings,
            rows: shown,
            selected: self.model.selected_position(),
            sorted: None,
        };
        let model = &self.model;
        let row_name = |position: usize| {
            let index = model.index_at(position).unwrap_or_default();
            let row = batch.rows.get(index).map_or(0, |row| row.row);
            let status = row_status_name(cx.lang, model::status_of(batch, index));
            cx.ta(
                "import-row-name",
                &[("row", row.into()), ("status", status.into())],
            )
        };
        let done = table.show(ui, row_name, |ui, position, column| {
            if let (Some(index), Some(column)) = (model.index_at(position), columns.get(column)) {
                cell(ui, cx, batch, index, *column);
            }
        });
        if let Some(position) = done.selected {
            self.model.select(position);
        }
    }
}

/// The columns of the table.
#[derive(Clone, Copy, Debug)]
enum Col {
    Row,
    Status,
    Order,
    Courier,
    Tracking,
    Goods,
    Problem,
}

impl Col {
    const ALL: &[Self] = &[
        Self::Row,
        Self::Status,
        Self::Order,
        Self::Courier,
        Self::Tracking,
        Self::Goods,
        Self::Problem,
    ];

    /// What is left in a small window: which row, how it stands and why.
    const NARROW: &[Self] = &[Self::Row, Self::Status, Self::Order, Self::Problem];
    /// With the parcel's number.
    const MEDIUM: &[Self] = &[
        Self::Row,
        Self::Status,
        Self::Order,
        Self::Tracking,
        Self::Problem,
    ];
    /// With its courier.
    const WIDE: &[Self] = &[
        Self::Row,
        Self::Status,
        Self::Order,
        Self::Courier,
        Self::Tracking,
        Self::Problem,
    ];

    /// As many columns as fit; what is wrong with a row is never pushed out of sight.
    fn that_fit(width: f32) -> &'static [Self] {
        let fits = |columns: &&[Self]| {
            let all: f32 = columns.iter().map(|column| column.width()).sum();
            all <= width
        };
        [Self::ALL, Self::WIDE, Self::MEDIUM]
            .into_iter()
            .find(fits)
            .unwrap_or(Self::NARROW)
    }

    fn width(self) -> f32 {
        match self {
            Self::Row => 56.0,
            Self::Status => 104.0,
            // 28 digits and a mark before them.
            Self::Order => 266.0,
            Self::Courier => 112.0,
            Self::Tracking => 164.0,
            Self::Goods => 132.0,
            Self::Problem => 190.0,
        }
    }

    fn heading(self, cx: &Cx<'_>) -> Column {
        let id = match self {
            Self::Row => "import-col-row",
            Self::Status => "import-col-status",
            Self::Order => "import-col-order",
            Self::Courier => "import-col-courier",
            Self::Tracking => "import-col-tracking",
            Self::Goods => "import-col-goods",
            Self::Problem => "import-col-problem",
        };
        match self {
            Self::Row => Column::of(cx.t(id), self.width()).right(),
            Self::Problem => Column::rest(cx.t(id)),
            Self::Status | Self::Order | Self::Courier | Self::Tracking | Self::Goods => {
                Column::of(cx.t(id), self.width())
            }
        }
    }
}

fn cell(ui: &mut Ui, cx: &Cx<'_>, batch: &BatchView, index: usize, column: Col) {
    let cells = model::cells(batch, index, &cx.snapshot.couriers, cx.lang);
    let status = model::status_of(batch, index);
    let words = |ui: &mut Ui, text: &str| ui.add(egui::Label::new(text).truncate());
    match column {
        Col::Row => {
            widgets::small(ui, cells.row);
        }
        Col::Status => {
            widgets::badge(ui, tones::of_row(status), row_status_name(cx.lang, status));
        }
        Col::Order => {
            mark(ui, cx, batch, index, &[Field::TransactionId, Field::OutTradeNo]);
            widgets::mono(ui, cells.order);
        }
        Col::Courier => {
            mark(ui, cx, batch, index, &[Field::Courier]);
            words(ui, &cells.courier);
        }
        Col::Tracking => {
            mark(ui, cx, batch, index, &[Field::TrackingNo]);
            widgets::mono(ui, cells.tracking_no);
        }
        Col::Goods => {
            mark(ui, cx, batch, index, &[Field::ItemDesc, Field::Quantity]);
            words(ui, &cells.goods);
        }
        Col::Problem => {
            let colour = match status {
                RowStatus::Blocked | RowStatus::Refused => Tone::Blocked,
                RowStatus::Ready
                | RowStatus::Ignored
                | RowStatus::AlreadyDone
                | RowStatus::Queued
                | RowStatus::Waiting
                | RowStatus::Sending
                | RowStatus::Unclear
                | RowStatus::Shipped
                | RowStatus::NeedsPerson
                | RowStatus::Cancelled => Tone::Neutral,
            };
            let ink = crate::ui::theme::palette(ui).tone(colour).ink;
            let stands = standing::shipment_of(batch, index)
                .and_then(|shipment| standing::line(shipment, &cx.snapshot.outbox, cx.lang, cx.now));
            let (text, changes) = stands.unwrap_or((cells.first_problem, None));
            ui.add(egui::Label::new(egui::RichText::new(text).color(ink)).truncate());
            cx.repaint_in(ui, changes);
        }
    }
}

/// A mark before a cell that counts otherwise than it stands in the file; under the pointer it says how.
fn mark(ui: &mut Ui, cx: &Cx<'_>, batch: &BatchView, index: usize, fields: &[Field]) {
    let Some(row) = batch.rows.get(index).filter(|row| row.ignored.is_none()) else {
        return;
    };
    let all = changes::changes(&row, &batch.file.columns, &cx.snapshot.couriers);
    let Some(change) = all.iter().find(|change| fields.contains(&change.field)) else {
        return;
    };
    let (icon, tone) = if change.by_person {
        (icons::ICON_EDIT, Tone::Person)
    } else {
        (icons::ICON_AUTO_FIX_HIGH, Tone::Info)
    };
    widgets::icon(ui, icon, tone, 14.0).on_hover_ui(|ui| repair::change(ui, cx, change));
}
