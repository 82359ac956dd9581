//! The field in which a person types a cell of a row anew, with what stands in the file beside it.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Key, Label, RichText, Ui};

use super::model::{self, changes, meant};
use crate::domain::Candidate;
use crate::engine::command::Command;
use crate::engine::snapshot::{BatchView, Orders, Rows};
use crate::ui::pane::Cx;
use crate::ui::theme::{S, XS};
use crate::ui::widgets::{self, icons, quiet, secondary};

/// The column of a damaged order number and the orders that may be meant.
type Meant = Option<(usize, Vec<Candidate>)>;

/// What is being typed, for one row of one reading of the file.
#[derive(Debug, Default)]
pub struct Editing {
    of: Option<(Rows, usize)>,
    /// By column; a field is open while it stands here.
    typed: BTreeMap<usize, String>,
    /// Orders that may be meant, for the list of orders in which they were looked for.
    meant: Option<(Arc<Orders>, Meant)>,
}

impl Editing {
    /// Follows the chosen row; what was typed for another row or before a repair is gone.
    pub fn follow(&mut self, batch: &BatchView, index: usize, orders: &Arc<Orders>) {
        let same = self
            .of
            .as_ref()
            .is_some_and(|(rows, row)| rows.is_same(&batch.rows) && *row == index);
        let known = self.meant.as_ref().is_some_and(|(of, _)| Arc::ptr_eq(of, orders));
        if !same || !known {
            let found = meant::meant(batch, index, &orders.rows);
            self.meant = Some((Arc::clone(orders), found));
        }
        if same {
            return;
        }
        self.of = Some((batch.rows.clone(), index));
        self.typed.clear();
        for column in changes::to_repair(batch, index) {
            self.open(batch, index, column);
            // What a spreadsheet has left of a number is nothing to go on typing from; it stands above the field.
            if changes::is_lost(batch, index, column) {
                self.typed.insert(column, String::new());
            }
        }
    }

    /// Opens the field of a cell.
    pub fn open(&mut self, batch: &BatchView, index: usize, column: usize) {
        let row = batch.rows.get(index);
        let text = row.and_then(|row| row.cells.get(column).cloned());
        self.typed.insert(column, text.unwrap_or_default());
    }

    /// The field of a cell is open.
    pub fn is_open(&self, column: usize) -> bool {
        self.typed.contains_key(&column)
    }

    /// Paints the field.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, batch: &BatchView, index: usize, column: usize) {
        let (Some(row), Some(typed)) = (batch.rows.get(index), self.typed.get_mut(&column)) else {
            return;
        };
        let repair = |text: Option<String>| Command::RepairCell {
            batch: batch.id,
            row: index,
            column,
            text,
        };
        let heading = batch
            .file
            .columns
            .get(column)
            .map_or("", |column| column.heading.as_str());
        let place = model::place(column, heading);
        let name = cx.ta("import-repair-field", &[("place", place.trim().into())]);
        let mut wanted = None;
        ui.push_id(("import-repair", column), |ui| {
            let hint = cx.t("import-repair-hint");
            let width = ui.available_width();
            let field = widgets::text_field(ui, typed, &name, &hint, width);
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            let now = row.cells.get(column).map_or("", String::as_str);
            // A number that only looks damaged may be typed as it stands; an empty field beside it says nothing.
            let says = if changes::is_lost(batch, index, column) {
                !typed.trim().is_empty()
            } else {
                typed.trim() != now.trim()
            };
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = S;
                let use_it = secondary(cx.t("import-repair-use"))
                    .name(format!("{}: {}", cx.t("import-repair-use"), place.trim()))
                    .icon(icons::ICON_CHECK)
                    .enabled(says)
                    .compact();
                if ui.add(use_it).clicked() || (entered && says) {
                    wanted = Some(repair(Some(typed.trim().to_owned())));
                }
                if row.repaired_columns().contains(&column) {
                    let undo = quiet(cx.t("import-repair-undo")).icon(icons::ICON_UNDO).compact();
                    if ui.add(undo).clicked() {
                        wanted = Some(repair(None));
                    }
                }
            });
        });
        let found = self.meant.as_ref().and_then(|(_, found)| found.as_ref());
        if let Some((_, orders)) = found.filter(|(of, _)| *of == column) {
            wanted = offers(ui, cx, orders)
                .map(|number| repair(Some(number)))
                .or(wanted);
        }
        if let Some(command) = wanted {
            cx.send(command);
        }
    }
}

/// Orders that may be meant, with what speaks for each; the number of the one that a person picks.
fn offers(ui: &mut Ui, cx: &Cx<'_>, orders: &[Candidate]) -> Option<String> {
    let mut picked = None;
    ui.add_space(S);
    widgets::strong(ui, cx.t("import-meant-title"));
    ui.add(Label::new(RichText::new(cx.t("import-meant-note")).small()).wrap());
    for order in orders {
        let words = meant::in_words(order, cx.lang);
        widgets::card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = XS;
            widgets::mono(ui, words.number.as_str());
            for line in [&words.about, &words.because] {
                ui.add(Label::new(RichText::new(line).small()).wrap());
            }
            let name = format!("{}: {}", cx.t("import-meant-pick"), words.number);
            let pick = secondary(cx.t("import-meant-pick")).name(name).compact();
            if ui.add(pick).clicked() {
                picked = Some(words.number);
            }
        });
    }
    picked
}

/// A cell that counts otherwise than it stands in the file: both, one below the other.
pub fn change(ui: &mut Ui, cx: &Cx<'_>, change: &changes::Change) {
    ui.spacing_mut().item_spacing.y = XS;
    for (id, text) in [
        ("import-change-file", &change.original),
        (word(change), &change.now),
    ] {
        let line = cx.ta(id, &[("value", visible(text).into())]);
        ui.add(Label::new(RichText::new(line).small()).wrap());
    }
}

fn word(change: &changes::Change) -> &'static str {
    if change.by_person {
        "import-change-person"
    } else {
        "import-change-tidied"
    }
}

/// With the blanks and marks that are otherwise not seen.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => shown.push('⇥'),
            '\n' | '\r' => shown.push('↵'),
            ' ' | '\u{a0}' | '\u{3000}' => shown.push('·'),
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
                shown.push('¦');
            }
            other => shown.push(other),
        }
    }
    shown
}
