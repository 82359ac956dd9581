//! What the page remembers of its form: steps that can be taken back, the draft over leaving and restarts, and the
//! presets. Apart from the page, because none of it decides what is sent.

use std::sync::Arc;
use std::time::Duration;

use egui::{Key, Modifiers, Ui};

use super::model::Form;
use super::model::content::{self, Drafts, Edits};
use super::model::presets::Presets;
use crate::engine::command::{Command, Preference};
use crate::engine::snapshot::Preferences;
use crate::ui::pane::Cx;
use crate::ui::widgets::{icon_button, icons};

/// Seconds after the last key until a draft is kept.
const REST_SECS: f64 = 1.0;

/// What is remembered.
#[derive(Debug, Default)]
pub(super) struct Keeping {
    edits: Edits,
    /// When something was typed that is not kept yet, by the window's clock.
    typed_at: Option<f64>,
    /// The form began with a kept draft.
    pub(super) restored: bool,
    presets: Option<(Arc<Preferences>, Presets)>,
}

impl Keeping {
    /// A new form: its kept draft is put into it.
    pub(super) fn begin(&mut self, form: Option<&mut Form>, cx: &Cx<'_>) {
        self.begin_anew();
        let Some(form) = form else { return };
        let kept = drafts(cx);
        if let Some(content) = kept.find(form).filter(|kept| **kept != form.content()) {
            // The empty form is the step before it.
            self.edits.observe(form);
            form.restore(content);
            self.restored = true;
        }
    }

    /// A form that begins without any draft.
    pub(super) fn begin_anew(&mut self) {
        self.edits = Edits::default();
        self.typed_at = None;
        self.restored = false;
    }

    /// The presets; read again only when the settings have changed.
    pub(super) fn presets(&mut self, cx: &Cx<'_>) -> &Presets {
        let preferences = &cx.snapshot.preferences;
        let same = |(from, _): &(Arc<Preferences>, Presets)| Arc::ptr_eq(from, preferences);
        if !self.presets.as_ref().is_some_and(same) {
            self.presets = None;
        }
        &self
            .presets
            .get_or_insert_with(|| (Arc::clone(preferences), Presets::of(preferences)))
            .1
    }

    /// Notices what was typed, and keeps it when nobody has typed for a moment.
    pub(super) fn observe(&mut self, ui: &Ui, cx: &mut Cx<'_>, form: &Form) {
        if form.is_sent() {
            return;
        }
        let now = ui.input(|input| input.time);
        if self.edits.observe(form) {
            self.typed_at = Some(now);
        }
        let Some(typed_at) = self.typed_at else { return };
        let left = REST_SECS - (now - typed_at);
        if left > 0.0 {
            ui.ctx().request_repaint_after(Duration::from_secs_f64(left));
        } else {
            self.keep(cx, form);
        }
    }

    /// Keeps the draft now, if anything was typed.
    pub(super) fn keep(&mut self, cx: &mut Cx<'_>, form: &Form) {
        if self.typed_at.take().is_some() && !form.is_sent() {
            let mut drafts = drafts(cx);
            drafts.keep(form);
            send(cx, &drafts);
        }
    }

    /// Forgets the draft: it was sent, or is typed anew.
    pub(super) fn forget(&mut self, cx: &mut Cx<'_>, form: &Form) {
        self.typed_at = None;
        self.restored = false;
        let mut drafts = drafts(cx);
        let before = drafts.clone();
        drafts.forget(form);
        if drafts != before {
            send(cx, &drafts);
        }
    }

    /// Remembers the couriers of what was sent.
    pub(super) fn sent(&mut self, cx: &mut Cx<'_>, form: &Form) {
        self.forget(cx, form);
        let mut presets = self.presets(cx).clone();
        if presets.used(&form.draft()) {
            cx.send(Command::Prefer(presets.preference()));
        }
    }

    /// The buttons that take a step back or make it again, and their keys while no field has the keyboard.
    pub(super) fn steps_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, form: &mut Form, typing: bool) {
        let (can_undo, can_redo) = (self.edits.can_undo(), self.edits.can_redo());
        let undo = ui.add(icon_button(icons::ICON_UNDO, cx.t("ship-undo")).enabled(can_undo));
        let redo = ui.add(icon_button(icons::ICON_REDO, cx.t("ship-redo")).enabled(can_redo));
        let again = Modifiers::COMMAND | Modifiers::SHIFT;
        let pressed = |modifiers, key| !typing && ui.input_mut(|input| input.consume_key(modifiers, key));
        let redo_key = pressed(again, Key::Z) || pressed(Modifiers::COMMAND, Key::Y);
        let undo_key = pressed(Modifiers::COMMAND, Key::Z);
        if redo.clicked() || redo_key {
            self.edits.redo(form);
        } else if undo.clicked() || undo_key {
            self.edits.undo(form);
        } else {
            return;
        }
        self.typed_at = Some(ui.input(|input| input.time));
    }
}

fn drafts(cx: &Cx<'_>) -> Drafts {
    let kept = cx.snapshot.preferences.ui.get(content::KEY);
    kept.map(|text| Drafts::read(text)).unwrap_or_default()
}

fn send(cx: &mut Cx<'_>, drafts: &Drafts) {
    cx.send(Command::Prefer(Preference::Ui {
        key: content::KEY.to_owned(),
        value: drafts.text(),
    }));
}
