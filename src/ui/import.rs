//! The import page: choose a file, read what was found, send what is ready, see what became of it. Nothing
//! is sent before the one button that carries the number.

pub mod arrived;
mod checked;
mod choose;
mod columns;
mod courier_pick;
mod detail;
pub mod model;
mod phases;
mod preset;
mod repair;
mod rows;
mod standing;

use std::sync::Arc;

use egui::{ScrollArea, Ui, vec2};

use super::confirm::{Answer, Confirm};
use super::pane::Cx;
use super::saving::Save;
use super::theme;
use crate::engine::command::{BatchId, Command};
use crate::engine::snapshot::{BatchPhase, BatchView};

/// The page.
#[derive(Debug, Default)]
pub struct Pane {
    /// The file dialog is wanted.
    pub wants_file: bool,
    /// Rows of the open file are to go into a file of their own.
    pub wants_save: Option<Save>,
    model: model::Model,
    path: String,
    preset: preset::Form,
    shown: Option<BatchId>,
    confirm: Option<(Confirm, Command)>,
    editing: repair::Editing,
    sheet: columns::Sheet,
}

impl Pane {
    /// Something stands beside the list.
    pub fn has_details(&self) -> bool {
        self.model.selected.is_some()
    }

    /// Paints the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let batch = cx.snapshot.batch.clone();
        let id = batch.as_ref().map(|batch| batch.id);
        if self.shown != id {
            // Another file: its filter and its chosen row are not ours.
            self.model.reset();
            self.shown = id;
            self.confirm = None;
        }
        match &batch {
            None => self.choose(ui, cx),
            Some(batch) if ui.available_height() < theme::PAGE_SCROLLS => {
                // A small or much enlarged window shows a page of full height, piece by piece.
                ScrollArea::vertical()
                    .id_salt(("import-page", batch.id.0))
                    .auto_shrink([false, false])
                    .show(ui, |ui| {
                        let size = vec2(ui.available_width(), theme::PAGE_HEIGHT);
                        ui.allocate_ui(size, |ui| self.batch(ui, cx, batch));
                    });
            }
            Some(batch) => self.batch(ui, cx, batch),
        }
        self.ask(ui, cx);
    }

    fn batch(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, batch: &Arc<BatchView>) {
        self.sheet.follow(batch);
        if self.sheet.is_open() && columns::may_decide(batch) {
            return self.sheet.page(ui, cx, batch);
        }
        match &batch.phase {
            // Checked before: its rows stay in sight while an order is looked up.
            BatchPhase::LookingUp { .. } | BatchPhase::Comparing { .. } if !batch.plan.is_empty() => {
                self.checked(ui, cx, batch);
            }
            BatchPhase::Reading { .. } | BatchPhase::LookingUp { .. } | BatchPhase::Comparing { .. } => {
                phases::working(ui, cx, batch);
            }
            BatchPhase::Failed(failure) => {
                self.wants_file |= phases::failed(ui, cx, batch, failure);
            }
            BatchPhase::Unusable => {
                self.wants_file |= phases::unusable(ui, cx, batch);
                if columns::may_decide(batch) {
                    self.sheet.below(ui, cx, batch);
                }
            }
            BatchPhase::Checked | BatchPhase::Sending | BatchPhase::Done => self.checked(ui, cx, batch),
        }
    }

    /// The dialog before something that costs, when one is open.
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
