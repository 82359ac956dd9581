//! The sheet on which a person decides what each column of a file is for: the columns with a value of each at the
//! left, and at the right the first rows as they would be read.

use std::sync::Arc;

use egui::{
    ComboBox, CornerRadius, Frame, Label, Margin, Panel, RichText, Role, ScrollArea, Stroke, Ui, WidgetInfo,
};

use super::model;
use super::model::columns::{Choices, OFFERED, Objection, preview, previewed_cell, sample};
use crate::domain::{self, Field, FileRow, ImportedFile, plain_text};
use crate::engine::command::Command;
use crate::engine::snapshot::{BatchPhase, BatchView};
use crate::i18n::field_name;
use crate::ui::pane::Cx;
use crate::ui::table::{Column, Table};
use crate::ui::theme::{self, ROUND, S, Tone, XS};
use crate::ui::widgets::{self, Banner, icons, primary, quiet};

/// Height of one column in the list.
const LINE: f32 = 48.0;
/// Width of what a column is used for.
const CHOICE: f32 = 168.0;
/// Height in which all that is offered has room.
const OFFERS: f32 = 520.0;
/// Width of the list of columns.
const LIST: f32 = 388.0;

/// What is being decided.
#[derive(Debug, Default)]
pub struct Sheet {
    shown: bool,
    of: Option<Arc<ImportedFile>>,
    /// The first rows, as they were read.
    rows: Vec<Arc<FileRow>>,
    choices: Choices,
}

/// A person may decide about the columns now: the file can be read again, and nothing of it is on its way.
pub fn may_decide(batch: &BatchView) -> bool {
    let idle = matches!(
        batch.phase,
        BatchPhase::Checked | BatchPhase::Done | BatchPhase::Unusable | BatchPhase::Failed(_)
    );
    let named = batch.file.columns.iter().any(|column| !column.heading.is_empty());
    idle && batch.readable && named
}

impl Sheet {
    /// Follows the open file: another reading of it begins with what was read.
    pub fn follow(&mut self, batch: &BatchView) {
        let same = self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, &batch.file));
        if !same {
            self.of = Some(Arc::clone(&batch.file));
            self.rows = preview(&batch.rows);
            self.choices = Choices::of(&batch.file, &batch.rows);
            self.shown = false;
        }
    }

    /// Shows it.
    pub fn open(&mut self) {
        self.shown = true;
    }

    /// It is shown instead of the rows.
    pub fn is_open(&self) -> bool {
        self.shown
    }

    /// The page with a heading of its own.
    pub fn page(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, batch: &BatchView) {
        let title = cx.t("import-columns-of-file");
        widgets::page_header(ui, &title, Some(&batch.file.name), |ui| {
            self.apply(ui, cx, batch);
            if ui.add(quiet(cx.t("import-columns-cancel"))).clicked() {
                self.choices = Choices::of(&batch.file, &batch.rows);
                self.shown = false;
            }
        });
        self.body(ui, cx, batch);
    }

    /// Below a file that cannot be used because of its columns.
    pub fn below(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, batch: &BatchView) {
        ui.add_space(S);
        ui.horizontal(|ui| {
            widgets::strong(ui, cx.t("import-columns-of-file"));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                self.apply(ui, cx, batch);
            });
        });
        ui.add_space(XS);
        self.body(ui, cx, batch);
    }

    fn apply(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, batch: &BatchView) {
        let blocked = self.choices.objections().iter().any(Objection::blocks);
        let differ = self.choices.differ_from(&batch.file);
        let hint = if blocked {
            "import-columns-blocked"
        } else if differ {
            "import-columns-use-hint"
        } else {
            "import-columns-same"
        };
        let button = primary(cx.t("import-columns-use"))
            .icon(icons::ICON_CHECK)
            .enabled(differ && !blocked)
            .hint(cx.t(hint));
        if ui.add(button).clicked() {
            cx.send(Command::RememberMapping {
                headings: self.choices.headings(),
                mapping: self.choices.mapping(),
            });
        }
    }

    fn body(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, batch: &BatchView) {
        // A question that stands open says what is missing already.
        let asks = self
            .choices
            .columns()
            .iter()
            .any(|column| self.choices.is_open(column));
        let objections = self.choices.objections();
        let told = |objection: &&Objection| {
            !asks || matches!(objection, Objection::Twice(..) | Objection::SideBySide(_))
        };
        for objection in objections.iter().filter(told) {
            object(ui, cx, objection);
        }
        if ui.available_width() < theme::HEADER_STACKS {
            // No room for a preview beside it.
            widgets::card(ui, |ui| self.list(ui, cx, batch));
            return;
        }
        let palette = theme::palette(ui);
        let frame = Frame::new()
            .fill(palette.surface)
            .stroke(Stroke::new(1.0, palette.line))
            .corner_radius(CornerRadius::same(ROUND))
            .outer_margin(Margin {
                right: 12,
                ..Margin::ZERO
            })
            .inner_margin(Margin::symmetric(14, 10));
        Panel::left("import-columns")
            .frame(frame)
            .exact_size(LIST)
            .resizable(false)
            .show_separator_line(false)
            .show(ui, |ui| self.list(ui, cx, batch));
        self.preview(ui, cx);
    }

    fn list(&mut self, ui: &mut Ui, cx: &Cx<'_>, batch: &BatchView) {
        let note = if batch.file.header_row == 0 {
            "import-columns-note-headless"
        } else {
            "import-columns-note"
        };
        widgets::small(ui, cx.t(note));
        ui.add_space(XS);
        let count = self.choices.columns().len();
        let mut chosen = None;
        ScrollArea::vertical()
            .id_salt("import-columns-list")
            .auto_shrink([false, false])
            .show_rows(ui, LINE, count, |ui, seen| {
                for (index, column) in self.choices.columns().iter().enumerate() {
                    if !seen.contains(&index) {
                        continue;
                    }
                    let open = self.choices.is_open(column);
                    let value = sample(&self.rows, index);
                    line(ui, cx, (index, column), value, open, &mut chosen);
                }
            });
        if let Some((column, field)) = chosen {
            self.choices.choose(column, field);
        }
    }

    /// The first rows, each cell in the column of the field that it would be read for.
    fn preview(&self, ui: &mut Ui, cx: &Cx<'_>) {
        let fields = self.choices.previewed();
        let mut headings = vec![Column::of(cx.t("import-col-row"), 52.0).right()];
        let last = fields.len().saturating_sub(1);
        headings.extend(fields.iter().enumerate().map(|(at, (field, _))| {
            let name = field_name(cx.lang, *field);
            if at == last {
                Column::rest(name)
            } else {
                Column::of(name, width_of(*field))
            }
        }));
        let rows = &self.rows;
        let table = Table {
            id: "import-columns-preview",
            name: &cx.t("import-columns-preview"),
            columns: &headings,
            rows: rows.len(),
            selected: None,
            sorted: None,
        };
        let number = |position: usize| rows.get(position).map_or(0, |row| row.row);
        let name = |position: usize| cx.ta("import-row", &[("row", number(position).into())]);
        table.show(ui, name, |ui, position, column| {
            let field = column.checked_sub(1).and_then(|at| fields.get(at));
            match (rows.get(position), field) {
                (Some(row), Some((field, columns))) => {
                    let text = previewed_cell(row, columns);
                    if matches!(
                        field,
                        Field::TransactionId | Field::OutTradeNo | Field::TrackingNo
                    ) {
                        widgets::mono(ui, text);
                    } else {
                        ui.add(Label::new(&*plain_text::cell(&text)).truncate());
                    }
                }
                (Some(row), None) => {
                    widgets::small(ui, row.row.to_string());
                }
                (None, _) => {}
            }
        });
    }
}

/// Says what speaks against the choices.
fn object(ui: &mut Ui, cx: &Cx<'_>, objection: &Objection) {
    let (title, detail) = match objection {
        Objection::Twice(field, headings) => {
            let field = ("field", field_name(cx.lang, *field).into());
            let headings = ("headings", headings.join(" · ").into());
            (
                cx.ta("import-columns-twice", &[field]),
                cx.ta("import-columns-twice-detail", &[headings]),
            )
        }
        Objection::NoOrder => (
            cx.t("import-columns-no-order"),
            cx.t("import-columns-no-order-detail"),
        ),
        Objection::NoTracking => (
            cx.t("import-columns-no-tracking"),
            cx.t("import-columns-no-tracking-detail"),
        ),
        Objection::SideBySide(headings) => {
            let headings = ("headings", headings.join(" · ").into());
            (
                cx.t("import-columns-side-by-side"),
                cx.ta("import-columns-side-by-side-detail", &[headings]),
            )
        }
    };
    let (tone, icon) = match objection {
        Objection::Twice(..) | Objection::NoOrder => (Tone::Blocked, icons::ICON_ERROR),
        Objection::NoTracking => (Tone::Warn, icons::ICON_INFO),
        Objection::SideBySide(_) => (Tone::Info, icons::ICON_INFO),
    };
    Banner::new(tone, icon, &title).detail(&detail).show(ui, |_| ());
}

fn width_of(field: Field) -> f32 {
    match field {
        Field::TransactionId | Field::OutTradeNo => 236.0,
        Field::TrackingNo | Field::ItemDesc => 140.0,
        Field::Mchid
        | Field::Courier
        | Field::Quantity
        | Field::ReceiverContact
        | Field::ConsignorContact
        | Field::ReceiverName
        | Field::ReceiverAddress
        | Field::ShipTime
        | Field::LogisticsType
        | Field::DeliveryMode
        | Field::AllDelivered
        | Field::Reship
        | Field::AppId
        | Field::PayTime
        | Field::Parcels => 92.0,
    }
}

/// One column: its heading, a value, and what it is used for.
fn line(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (index, column): (usize, &domain::Column),
    value: &str,
    open: bool,
    chosen: &mut Option<(usize, Option<Field>)>,
) {
    let (heading, field) = (column.heading.as_str(), column.field);
    let name = model::place(index, &plain_text::cell(heading));
    let name = name.as_str();
    widgets::row(ui, LINE - ui.spacing().item_spacing.y, |ui| {
        let words = (ui.available_width() - CHOICE - S).max(80.0);
        ui.allocate_ui(egui::vec2(words, LINE), |ui| {
            ui.vertical(|ui| {
                ui.set_width(words);
                ui.spacing_mut().item_spacing.y = 0.0;
                let title = RichText::new(name).text_style(theme::strong_style());
                ui.add(Label::new(title).truncate());
                let value = if value.is_empty() { "—" } else { value };
                let value = &*plain_text::cell(value);
                let weak = theme::palette(ui).weak;
                ui.add(Label::new(RichText::new(value).small().color(weak)).truncate());
            });
        });
        let word = match field {
            Some(field) => field_name(cx.lang, field),
            None if open => cx.t("import-columns-open"),
            None => cx.t("import-columns-unused"),
        };
        let mut shown = RichText::new(word.clone());
        if open {
            shown = shown.color(theme::palette(ui).tone(Tone::Warn).ink);
        } else if field.is_none() {
            shown = shown.color(theme::palette(ui).weak);
        }
        // Without a heading there is nothing by which it could be known again.
        ui.add_enabled_ui(!heading.is_empty(), |ui| {
            let combo = ComboBox::from_id_salt(("import-column", index))
                .selected_text(shown)
                .width(CHOICE)
                .height(OFFERS)
                .truncate()
                .show_ui(ui, |ui| {
                    let unused = cx.t("import-columns-unused");
                    let offered = OFFERED.map(|field| (Some(field), field_name(cx.lang, field)));
                    for (offer, word) in std::iter::once((None, unused)).chain(offered) {
                        if ui.selectable_label(field == offer, word).clicked() && (open || field != offer) {
                            *chosen = Some((index, offer));
                        }
                    }
                });
            let said = cx.ta(
                "import-columns-choice",
                &[("column", name.into()), ("use", word.as_str().into())],
            );
            let response = combo.response;
            response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &said));
        });
    });
}
