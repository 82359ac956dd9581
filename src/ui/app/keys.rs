//! What every page answers to: the actions of the window.

use egui::Context;

use super::App;
use crate::engine::command::Command;
use crate::engine::snapshot::Gate;
use crate::ui::actions::{self, ActionId};
use crate::ui::nav::Page;
use crate::ui::palette::Palette;
use crate::ui::pane::Cx;
use crate::ui::theme::Tone;

impl App {
    /// The actions that were asked for in this frame, by keys or by name.
    pub(super) fn keys(&mut self, ctx: &Context, cx: &mut Cx<'_>) {
        let page = self.page;
        let pressed = |id| actions::pressed(ctx, id, page, cx.snapshot);
        for target in Page::listed() {
            if pressed(ActionId::Go(target)) {
                *cx.go = Some(target);
            }
        }
        if actions::wants_view(ctx) {
            *cx.go = Some(Page::Orders);
        }
        if pressed(ActionId::Import) {
            *cx.go = Some(Page::Import);
        }
        if pressed(ActionId::Palette) {
            self.palette = Some(Palette::default());
        }
        if pressed(ActionId::Welcome) {
            *cx.go = Some(Page::Welcome);
        }
        if pressed(ActionId::Practice) {
            // At the end of the frame: what was asked for in it still belongs to this shop.
            self.change.wanted = true;
        }
        if pressed(ActionId::Undo) {
            match self.undo.take() {
                Some(command) => cx.send(command),
                None => self.toasts.push(Tone::Info, cx.t("undo-nothing")),
            }
        }
        if pressed(ActionId::ShowKeys) {
            self.keys_shown = true;
        }
        if pressed(ActionId::OpenFile) {
            *cx.go = Some(Page::Import);
            self.import.wants_file = true;
        }
        if pressed(ActionId::PauseOrResume) {
            let go_on = matches!(cx.snapshot.outbox.gate, Gate::Paused | Gate::Interrupted);
            cx.send(if go_on { Command::Resume } else { Command::Pause });
        }
    }
}
