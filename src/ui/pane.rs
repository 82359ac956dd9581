//! What a page gets to paint with, and where it puts what a person asked for. A page performs nothing:
//! it holds no channel, so a test can read what it collected.

use std::time::Duration;

use egui::Context;

use super::nav::Page;
use crate::domain::Timestamp;
use crate::engine::command::Command;
use crate::engine::snapshot::Snapshot;
use crate::i18n::{self, Arg, Lang};

/// The context of one frame of one page.
#[derive(Debug)]
pub struct Cx<'a> {
    /// What may be seen.
    pub snapshot: &'a Snapshot,
    /// The language of the window.
    pub lang: Lang,
    /// Now, for ages and countdowns.
    pub now: Timestamp,
    /// What a person asked for in this frame.
    pub commands: &'a mut Vec<Command>,
    /// The page to go to after this frame.
    pub go: &'a mut Option<Page>,
}

impl Cx<'_> {
    /// The words of a message.
    pub fn t(&self, id: &str) -> String {
        i18n::text(self.lang, id)
    }

    /// The words of a message with values in it.
    pub fn ta(&self, id: &str, args: &[(&str, Arg)]) -> String {
        i18n::text_with(self.lang, id, args)
    }

    /// Whole seconds until a moment, as a countdown shows them: 1 until it is over.
    pub fn secs_until(&self, moment: Timestamp) -> u64 {
        u64::try_from(moment.since(self.now).as_millis().div_ceil(1000)).unwrap_or(u64::MAX)
    }

    /// Paints again when a countdown shows something else, and not before.
    pub fn repaint_in(&self, ui: &egui::Ui, changes: Option<Duration>) {
        if let Some(changes) = changes {
            ui.ctx().request_repaint_after(changes);
        }
    }

    /// Asks the engine for something, after this frame.
    pub fn send(&mut self, command: Command) {
        self.commands.push(command);
    }
}

/// Keys that are bare letters may act: no text field, IME or dialog has the keyboard.
pub fn keys_free(ctx: &Context) -> bool {
    !ctx.text_edit_focused() && ctx.memory(|memory| memory.top_modal_layer().is_none())
}
