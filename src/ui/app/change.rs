//! Into practice mode and back: the engine is changed, and nothing of one shop stays on the screen of the other.

use std::sync::Arc;

use egui::Context;

use super::App;
use crate::engine::command::{Command, EventsAsk, Preference};
use crate::engine::snapshot::Snapshot;
use crate::i18n::{text, text_with};
use crate::ui::nav::Page;
use crate::ui::practice::{Changed, Mode, Running, Starter};
use crate::ui::theme::Tone;
use crate::ui::welcome;
use crate::ui::{
    board, combined, errands, events, history, import, orders, outbox, pay, scan, settings, ship_form, undo,
};

impl App {
    /// Changes between the shop and practice with this.
    #[must_use]
    pub fn with_starter(mut self, starter: Starter) -> Self {
        self.starter = Some(starter);
        self
    }

    /// Shows the first steps once, when nobody has worked in this folder yet.
    #[must_use]
    pub fn greeting(mut self) -> Self {
        self.change.greets = true;
        self
    }

    /// This window can leave practice mode.
    pub(super) fn can_change(&self) -> bool {
        self.starter.is_some() && !self.change.is_under_way()
    }

    /// Ends practice, or begins it.
    pub(super) fn change_mode(&mut self, ctx: &Context) {
        let lang = self.lang();
        let Some(starter) = self.starter.clone() else {
            self.toasts.push(Tone::Warn, text(lang, "practice-not-here"));
            return;
        };
        if self.change.is_under_way() {
            return;
        }
        let mode = if self.snapshot.session.sandbox {
            Mode::Work
        } else {
            Mode::Practice
        };
        let keeps = std::mem::take(&mut self.keeps);
        let old = self.handle.take();
        let old = old.map(|handle| Running {
            handle,
            keeps: Box::new(keeps),
        });
        self.change.begin(&starter, mode, old, ctx);
        self.forget();
        self.toasts.push(Tone::Info, text(lang, "practice-changing"));
    }

    /// Takes the engine that has been started.
    pub(super) fn take_changed(&mut self) {
        let Some(Changed { running, failed }) = self.change.poll() else {
            return;
        };
        let lang = self.lang();
        if let Some(why) = failed.filter(|why| !why.is_empty()) {
            let words = text_with(lang, "practice-failed", &[("why", why.into())]);
            self.toasts.push(Tone::Blocked, words);
        }
        let Some((mode, Running { handle, keeps })) = running else {
            self.change.is_stranded = true;
            self.toasts.push(Tone::Blocked, text(lang, "practice-none"));
            return;
        };
        self.forget();
        handle.send(Command::ShowArrived);
        handle.send(Command::Events(EventsAsk::Listen));
        if mode == Mode::Practice {
            // A made-up shop knows nothing of what this person prefers.
            let preferences = &self.snapshot.preferences;
            for preference in [
                Preference::Language(lang.tag().to_owned()),
                Preference::Theme(preferences.theme.clone()),
                Preference::ZoomPercent(preferences.zoom_percent),
            ] {
                handle.send(Command::Prefer(preference));
            }
        }
        self.handle = Some(handle);
        self.keeps = Some(keeps);
        self.change.tells = true;
        self.change.greets = true;
    }

    /// Once the engine has said what it knows: which mode this is, and the first steps where nobody has worked.
    pub(super) fn greet(&mut self) {
        if self.snapshot.session.data_dir.as_os_str().is_empty() {
            return;
        }
        if std::mem::take(&mut self.change.tells) {
            let practice = self.snapshot.session.sandbox;
            let (tone, id) = if practice {
                (Tone::Warn, "practice-begun")
            } else {
                (Tone::Done, "practice-ended")
            };
            self.toasts.push(tone, text(self.lang(), id));
        }
        if std::mem::take(&mut self.change.greets) && welcome::model::is_first_start(&self.snapshot) {
            self.page = Page::Welcome;
        }
    }

    /// Nothing of one shop may be seen or sent in the other.
    fn forget(&mut self) {
        // Language, theme and zoom stay; what parts of the window remember belongs to the shop that is left.
        let mut preferences = self.snapshot.preferences.clone();
        Arc::make_mut(&mut preferences).ui.clear();
        self.snapshot = Snapshot {
            preferences,
            ..Snapshot::default()
        };
        self.page = Page::Orders;
        self.orders = orders::Pane::default();
        self.ship_form = ship_form::Pane::default();
        self.scan = scan::Pane::default();
        self.import = import::Pane::default();
        self.outbox = outbox::Pane::default();
        self.history = history::Pane::default();
        self.board = board::Pane::default();
        self.events = events::Pane::default();
        self.pay = pay::Pane::default();
        self.reminders = errands::Pane::new(errands::Purpose::Remind);
        self.special = errands::Pane::new(errands::Purpose::Report);
        self.combined = combined::Pane::default();
        self.undo = undo::History::default();
        self.settings = settings::Pane::default();
        self.picker.forget();
        self.folder_picker.forget();
        self.palette = None;
        self.checklist = None;
        self.dialogs = crate::ui::diagnostics::Dialogs::default();
        self.keys_shown = false;
        self.saving = None;
    }
}
