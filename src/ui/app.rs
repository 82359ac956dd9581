//! The window as a whole: takes what is new from the engine, lays out the frame and the open page, and then
//! sends what the page collected.

use std::sync::Arc;

use egui::{CentralPanel, Context, Frame, Margin, ThemePreference, Ui};

use super::actions::{self, ActionId};
use super::file_picker::{self, FilePicker, Request};
use super::nav::{Nav, Page};
use super::palette::Palette;
use super::pane::Cx;
use super::saving::Save;
use super::theme;
use super::toasts::Toasts;
use super::{
    drop_zone, events, fonts, import, keys_help, orders, outbox, recovered, settings, ship_form, status_bar,
};
use crate::domain::Timestamp;
use crate::engine::Handle;
use crate::engine::command::{Command, EventsAsk, Preference};
use crate::engine::notice::Notice;
use crate::engine::snapshot::{Gate, Snapshot};
use crate::i18n::Lang;

/// The window.
#[derive(Debug)]
pub struct App {
    handle: Option<Handle>,
    collected: Vec<Command>,
    snapshot: Snapshot,
    system_lang: Lang,
    now: Option<Timestamp>,
    page: Page,
    nav: Nav,
    orders: orders::Pane,
    ship_form: ship_form::Pane,
    import: import::Pane,
    outbox: outbox::Pane,
    events: events::Pane,
    settings: settings::Pane,
    picker: FilePicker,
    folder_picker: FilePicker,
    event_picker: FilePicker,
    /// What the open dialog asks a place for; `None` when it asks for a file to read.
    saving: Option<Save>,
    toasts: Toasts,
    keys_shown: bool,
    palette: Option<Palette>,
    applied: Option<(String, u32)>,
}

impl App {
    /// A window on a running engine. `system_lang` is used until a language is chosen.
    pub fn new(handle: Handle, system_lang: Lang) -> Self {
        let mut app = Self::with_snapshot(Snapshot::default(), system_lang);
        handle.send(Command::ShowArrived);
        handle.send(Command::Events(EventsAsk::Listen));
        app.handle = Some(handle);
        app
    }

    /// A window without an engine: it shows this snapshot and keeps what is asked for, see
    /// [`Self::commands`].
    pub fn with_snapshot(snapshot: Snapshot, system_lang: Lang) -> Self {
        Self {
            handle: None,
            collected: Vec::new(),
            snapshot,
            system_lang,
            now: None,
            page: Page::default(),
            nav: Nav::default(),
            orders: orders::Pane::default(),
            ship_form: ship_form::Pane::default(),
            import: import::Pane::default(),
            outbox: outbox::Pane::default(),
            events: events::Pane::default(),
            settings: settings::Pane::default(),
            picker: FilePicker::default(),
            folder_picker: FilePicker::with(file_picker::folder_dialog),
            event_picker: FilePicker::with(file_picker::any_file_dialog),
            saving: None,
            toasts: Toasts::default(),
            keys_shown: false,
            palette: None,
            applied: None,
        }
    }

    /// Lets time stand still, so that pictures and ages are equal on every run.
    #[must_use]
    pub fn at(mut self, now: Timestamp) -> Self {
        self.now = Some(now);
        self
    }

    /// Opens on this page.
    #[must_use]
    pub fn on(mut self, page: Page) -> Self {
        self.page = page;
        self
    }

    /// Asks this picker for files.
    #[must_use]
    pub fn with_picker(mut self, picker: FilePicker) -> Self {
        self.picker = picker;
        self
    }

    /// Asks this picker for folders.
    #[must_use]
    pub fn with_folder_picker(mut self, picker: FilePicker) -> Self {
        self.folder_picker = picker;
        self
    }

    /// Gives the context its fonts and themes; once, before the first frame.
    pub fn install(ctx: &Context) {
        fonts::install(ctx);
        theme::install(ctx);
    }

    /// What was asked for since the start; empty when an engine takes it.
    pub fn commands(&self) -> &[Command] {
        &self.collected
    }

    /// The open page.
    pub fn page(&self) -> Page {
        self.page
    }

    /// The page of orders; for tests of what it keeps.
    pub fn orders(&self) -> &orders::Pane {
        &self.orders
    }

    /// Shows another snapshot, as an engine would.
    pub fn set_snapshot(&mut self, snapshot: Snapshot) {
        self.snapshot = snapshot;
    }

    /// Shows a notice, as an engine would.
    pub fn say(&mut self, notice: &Notice) {
        let lang = self.lang();
        self.hear(notice, lang);
    }

    /// The language that is shown now.
    pub fn lang(&self) -> Lang {
        Lang::from_tag(&self.snapshot.preferences.language).unwrap_or(self.system_lang)
    }

    fn drain(&mut self) {
        let lang = self.lang();
        let Some(handle) = self.handle.as_mut() else {
            return;
        };
        if handle.snapshot_changed() {
            self.snapshot = handle.snapshot();
        }
        for notice in handle.notices() {
            self.hear(&notice, lang);
        }
    }

    fn hear(&mut self, notice: &Notice, lang: Lang) {
        self.toasts.say(notice, lang);
        self.ship_form.hear(notice);
        self.settings.hear(notice);
        self.events.hear(notice);
    }

    fn perform(&mut self, commands: Vec<Command>) {
        for command in commands {
            if let Command::Prefer(preference) = &command {
                // Shown at once; the engine's next snapshot says the same.
                Arc::make_mut(&mut self.snapshot.preferences).take(preference);
            }
            match &self.handle {
                Some(handle) => handle.send(command),
                None => self.collected.push(command),
            }
        }
    }

    /// Theme and zoom follow the preferences; a zoom by Ctrl and plus becomes a preference.
    fn apply_preferences(&mut self, ctx: &Context, commands: &mut Vec<Command>) {
        let preferences = &self.snapshot.preferences;
        let wanted = (preferences.theme.clone(), preferences.zoom_percent);
        if self.applied.as_ref() != Some(&wanted) {
            ctx.set_theme(match preferences.theme.as_str() {
                "light" => ThemePreference::Light,
                "dark" => ThemePreference::Dark,
                _ => ThemePreference::System,
            });
            ctx.set_zoom_factor(preferences.zoom_percent.clamp(50, 300) as f32 / 100.0);
            self.applied = Some(wanted);
            return;
        }
        let zoom = theme::whole(ctx.zoom_factor() * 100.0).clamp(50, 300);
        if zoom != preferences.zoom_percent {
            commands.push(Command::Prefer(Preference::ZoomPercent(zoom)));
            self.applied = Some((wanted.0, zoom));
        }
    }

    fn keys(&mut self, ctx: &Context, cx: &mut Cx<'_>) {
        let page = self.page;
        let pressed = |id| actions::pressed(ctx, id, page, cx.snapshot);
        for target in Page::listed() {
            if pressed(ActionId::Go(target)) {
                *cx.go = Some(target);
            }
        }
        if pressed(ActionId::Import) {
            *cx.go = Some(Page::Import);
        }
        if pressed(ActionId::Palette) {
            self.palette = Some(Palette::default());
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

    fn files(&mut self, ctx: &Context, cx: &mut Cx<'_>) {
        let wants_file = std::mem::take(&mut self.import.wants_file);
        let wanted = self.import.wants_save.take().or(self.outbox.wants_save.take());
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
            self.saving = Some(save);
            self.picker.open(ctx, save.request(cx));
        }
        let mut to_read = drop_zone::dropped(ctx);
        if let Some(path) = self.picker.poll() {
            match self.saving.take() {
                Some(save) => {
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

    fn event_files(&mut self, ctx: &Context, cx: &mut Cx<'_>) {
        if std::mem::take(&mut self.events.wants_file) && !self.event_picker.is_open() {
            let request = Request {
                title: cx.t("events-file"),
                ..Request::default()
            };
            self.event_picker.open(ctx, request);
        }
        if let Some(path) = self.event_picker.poll() {
            cx.send(Command::Events(EventsAsk::File(path)));
        }
    }

    fn folders(&mut self, ctx: &Context, cx: &Cx<'_>) {
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

    fn page_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        match self.page {
            Page::Orders => self.orders.ui(ui, cx),
            Page::Ship => self.ship_form.ui(ui, cx),
            Page::Import => self.import.ui(ui, cx),
            Page::Outbox => self.outbox.ui(ui, cx),
            Page::Events => self.events.ui(ui, cx),
            Page::Settings => self.settings.ui(ui, cx),
        }
    }

    fn frame_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.keys(&ui.ctx().clone(), cx);
        status_bar::top(ui, cx);
        recovered::show(ui, cx);
        self.nav.ui(ui, cx, self.page);
        status_bar::bottom(ui, cx);
        let canvas = theme::palette(ui).canvas;
        let frame = Frame::new().fill(canvas).inner_margin(Margin {
            left: 24,
            right: 24,
            top: 20,
            bottom: 16,
        });
        CentralPanel::default()
            .frame(frame)
            .show(ui, |ui| self.page_ui(ui, cx));
        self.files(&ui.ctx().clone(), cx);
        self.folders(&ui.ctx().clone(), cx);
        self.event_files(&ui.ctx().clone(), cx);
        if let Some(palette) = &mut self.palette
            && !palette.show(ui.ctx(), cx.lang, self.page, cx.snapshot)
        {
            self.palette = None;
        }
        if self.keys_shown {
            self.keys_shown = keys_help::show(ui.ctx(), cx.lang, self.page);
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, _ctx: &Context, _frame: &mut eframe::Frame) {
        self.drain();
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let mut commands = Vec::new();
        let mut go = None;
        let ctx = ui.ctx().clone();
        self.apply_preferences(&ctx, &mut commands);
        let snapshot = self.snapshot.clone();
        let mut cx = Cx {
            snapshot: &snapshot,
            lang: self.lang(),
            now: self.now.unwrap_or_else(clock),
            commands: &mut commands,
            go: &mut go,
        };
        self.frame_ui(ui, &mut cx);
        let lang = cx.lang;
        self.toasts.ui(&ctx, lang);
        if let Some(page) = go {
            self.page = page;
            ctx.request_repaint();
        }
        if !commands.is_empty() {
            ctx.request_repaint();
        }
        self.perform(commands);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}

fn clock() -> Timestamp {
    Timestamp::from_millis(jiff::Timestamp::now().as_millisecond())
}
