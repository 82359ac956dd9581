//! The dialogs of the system and dropped files: what a page wants is asked for, and what was chosen becomes a command.

use egui::Context;

use super::App;
use crate::engine::command::{Command, EventsAsk, ShoppingAsk, ShoppingSource};
use crate::ui::drop_zone;
use crate::ui::file_picker::{FilePicker, Request};
use crate::ui::nav::Page;
use crate::ui::pane::Cx;
use crate::ui::saving::Save;
use crate::ui::theme::Tone;

impl App {
    /// A file to read or to write: asked for, chosen, or dropped.
    pub(super) fn files(&mut self, ctx: &Context, cx: &mut Cx<'_>) {
        let wants_file = std::mem::take(&mut self.import.wants_file);
        let wanted = self
            .import
            .wants_save
            .take()
            .or(self.outbox.wants_save.take())
            .or(self.scan.wants_save.take())
            .or(self.orders.wants_save.take())
            .or(self.history.wants_save.take())
            .or(self.settings.wants_save.take())
            .or(self.shopping.wants_save.take())
            .or(self.dialogs.wants_save.take());
        if self.picker.is_open() {
            // One dialog at a time.
        } else if wants_file {
            self.saving = None;
            let request = Request {
                title: cx.t("picker-title"),
                kind: cx.t("picker-kind"),
                save_as: None,
            };
            self.picker.open(ctx, request);
        } else if let Some(save) = wanted {
            self.picker.open(ctx, save.request(cx));
            self.saving = Some(save);
        }
        let mut to_read = drop_zone::dropped(ctx);
        if let Some(path) = self.picker.poll() {
            match self.saving.take() {
                Some(Save::Outbox) => cx.send(self.outbox.table(cx, path)),
                Some(save) => {
                    if save == Save::History {
                        self.history.is_saving();
                    }
                    if let Some(command) = save.command(cx.snapshot, cx.lang, path) {
                        cx.send(command);
                    }
                }
                None => to_read = Some(path),
            }
        }
        if let Some(path) = to_read {
            cx.send(Command::OpenFile(path));
            *cx.go = Some(Page::Import);
        }
        drop_zone::overlay(ctx, cx);
    }

    /// A file with push messages, with shopping orders, or one of a merchant's: asked for, and chosen.
    pub(super) fn event_files(&mut self, ctx: &Context, cx: &mut Cx<'_>) {
        let is_free = !self.event_picker.is_open();
        let ask = |app: &mut Self, title: &str| {
            let request = Request {
                title: cx.t(title),
                ..Request::default()
            };
            app.event_picker.open(ctx, request);
        };
        if std::mem::take(&mut self.events.wants_file) && is_free {
            self.pay.choosing = None;
            ask(self, "events-file");
        } else if let Some(file) = self.pay.wants_file.take().filter(|_| is_free) {
            self.pay.choosing = Some(file);
            ask(self, "pay-choose");
        } else if self.shopping.wants_file() && is_free {
            self.pay.choosing = None;
            ask(self, "shopping-file-title");
        }
        let Some(path) = self.event_picker.poll() else {
            return;
        };
        if let Some(file) = self.pay.choosing.take() {
            self.pay.chosen(file, &path);
        } else if let Some(call) = self.shopping.choosing.take() {
            let from = ShoppingSource::File(path);
            cx.send(Command::Shopping(ShoppingAsk::Read { call, from }));
        } else {
            cx.send(Command::Events(EventsAsk::File(path)));
        }
    }

    /// A dialog of the system that does not come is no answer: what to do instead is said.
    pub(super) fn say_missing_dialogs(&mut self, cx: &Cx<'_>) {
        let pickers = [&mut self.picker, &mut self.event_picker, &mut self.folder_picker];
        let missing = pickers.map(FilePicker::take_missing).contains(&true);
        if missing {
            self.toasts.push(Tone::Warn, cx.t("picker-missing"));
        }
        if let Some(words) = self.settings.told.take() {
            self.toasts.push(Tone::Blocked, words);
        }
    }

    /// A folder to watch.
    pub(super) fn folders(&mut self, ctx: &Context, cx: &Cx<'_>) {
        if std::mem::take(&mut self.settings.watch.wants_folder) {
            let request = Request {
                title: cx.t("picker-folder"),
                ..Request::default()
            };
            self.folder_picker.open(ctx, request);
        }
        if let Some(folder) = self.folder_picker.poll() {
            self.settings.watch.chosen(&folder);
        }
    }
}
