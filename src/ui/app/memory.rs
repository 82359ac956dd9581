//! What the window as a whole remembers over restarts: where it stood, the open page, the widths of columns.

use std::time::Duration;

use egui::Context;

use super::App;
use crate::engine::command::{Command, Preference};
use crate::ui::Page;
use crate::ui::place::Place;
use crate::ui::table;

impl App {
    /// Where the window stood, once the engine has read it or the patience is over.
    pub fn place(&mut self, patience: Duration) -> Option<Place> {
        let handle = self.handle.as_mut()?;
        handle.wait(patience);
        // Taking it marks it as seen, and where nothing happens there is no second one.
        self.snapshot = handle.snapshot();
        Place::of(&self.snapshot.preferences)
    }

    /// Takes over what was remembered, once: the page, the widths of columns, where the window stood.
    pub(super) fn recall(&mut self, ctx: &Context) {
        let preferences = &self.snapshot.preferences;
        if self.keeper.recalled || preferences.ui.is_empty() {
            return;
        }
        self.keeper.recalled = true;
        table::load_widths(ctx, &preferences.ui);
        self.keeper.start(preferences);
        if self.handle.is_some()
            && self.page == Page::default()
            && let Some(place) = Place::of(preferences)
        {
            self.page = place.page();
        }
    }

    /// Keeps what has changed and come to rest.
    pub(super) fn remember(&mut self, ctx: &Context, commands: &mut Vec<Command>) {
        for (key, value) in table::take_changed_widths(ctx) {
            self.keeper.recalled = true;
            commands.push(Command::Prefer(Preference::Ui { key, value }));
        }
        if self.handle.is_some() {
            commands.extend(self.keeper.watch(ctx, self.page));
        }
    }
}

/// What has not come to rest yet is kept when the window closes; the engine takes it before it ends.
impl Drop for App {
    fn drop(&mut self) {
        let left = self.keeper.leave();
        self.perform(left.into_iter().collect());
    }
}
