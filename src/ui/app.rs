//! The window as a whole: takes what is new from the engine, lays out the frame and the open page, and then
//! sends what the page collected.

mod calls;
mod change;
mod files;
mod keys;
mod memory;
mod pages;
mod preferences;

use std::any::Any;
use std::sync::Arc;

use egui::{CentralPanel, Context, Frame, Margin, Ui};

use super::actions::{self, ActionId};
use super::desktop::Desktop;
use super::file_picker::{self, FilePicker};
use super::nav::{Nav, Page};
use super::palette::Palette;
use super::pane::Cx;
use super::place::Keeper;
use super::practice::{Change, Starter};
use super::saving::Save;
use super::theme;
use super::toasts::Toasts;
use super::{
    board, checklist, combined, diagnostics, errands, events, fonts, help, history, import, keys_help,
    orders, outbox, pay, recovered, scan, settings, ship_form, shopping, status_bar, undo,
};
use crate::domain::Timestamp;
use crate::engine::Handle;
use crate::engine::command::{Command, EventsAsk};
use crate::engine::notice::Notice;
use crate::engine::snapshot::Snapshot;
use crate::i18n::{Lang, text};
use crate::sound::Speaker;

/// Narrower than this, a page has less space around it.
const CLOSE: f32 = 768.0;
/// The least width of a list with nothing beside it.
const LEAST_LIST: f32 = 540.0;

/// The window.
#[derive(Debug)]
pub struct App {
    handle: Option<Handle>,
    /// What must live as long as the engine.
    keeps: Option<Box<dyn Any + Send>>,
    starter: Option<Starter>,
    change: Change,
    collected: Vec<Command>,
    snapshot: Snapshot,
    system_lang: Lang,
    now: Option<Timestamp>,
    page: Page,
    nav: Nav,
    orders: orders::Pane,
    ship_form: ship_form::Pane,
    scan: scan::Pane,
    import: import::Pane,
    outbox: outbox::Pane,
    reminders: errands::Pane,
    special: errands::Pane,
    combined: combined::Pane,
    events: events::Pane,
    pay: pay::Pane,
    shopping: shopping::Pane,
    history: history::Pane,
    board: board::Pane,
    help: help::Pane,
    settings: settings::Pane,
    picker: FilePicker,
    folder_picker: FilePicker,
    event_picker: FilePicker,
    /// What the open dialog asks a place for; `None` when it asks for a file to read.
    saving: Option<Save>,
    toasts: Toasts,
    desktop: Desktop,
    keys_shown: bool,
    palette: Option<Palette>,
    checklist: Option<checklist::Checklist>,
    dialogs: diagnostics::Dialogs,
    undo: undo::History,
    applied: Option<(String, u32)>,
    speaker: Speaker,
    keeper: Keeper,
}

impl App {
    /// A window on a running engine. `system_lang` is used until a language is chosen.
    pub fn new(handle: Handle, system_lang: Lang) -> Self {
        let mut app = Self::with_snapshot(Snapshot::default(), system_lang);
        handle.send(Command::ShowArrived);
        handle.send(Command::Events(EventsAsk::Listen));
        app.handle = Some(handle);
        app.greeting()
    }

    /// A window without an engine: it shows this snapshot and keeps what is asked for, see
    /// [`Self::commands`].
    pub fn with_snapshot(snapshot: Snapshot, system_lang: Lang) -> Self {
        Self {
            handle: None,
            keeps: None,
            starter: None,
            change: Change::default(),
            collected: Vec::new(),
            snapshot,
            system_lang,
            now: None,
            page: Page::default(),
            nav: Nav::default(),
            orders: orders::Pane::default(),
            ship_form: ship_form::Pane::default(),
            scan: scan::Pane::default(),
            import: import::Pane::default(),
            outbox: outbox::Pane::default(),
            reminders: errands::Pane::new(errands::Purpose::Remind),
            special: errands::Pane::new(errands::Purpose::Report),
            combined: combined::Pane::default(),
            events: events::Pane::default(),
            pay: pay::Pane::default(),
            shopping: shopping::Pane::default(),
            history: history::Pane::default(),
            board: board::Pane::default(),
            help: help::Pane::default(),
            settings: settings::Pane::default(),
            picker: FilePicker::default(),
            folder_picker: FilePicker::with(file_picker::folder_dialog),
            event_picker: FilePicker::with(file_picker::any_file_dialog),
            saving: None,
            toasts: Toasts::default(),
            desktop: Desktop::default(),
            keys_shown: false,
            palette: None,
            checklist: None,
            dialogs: diagnostics::Dialogs::default(),
            undo: undo::History::default(),
            applied: None,
            speaker: Speaker::default(),
            keeper: Keeper::default(),
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

    /// Shows messages outside of the window with this.
    #[must_use]
    pub fn with_desktop(mut self, desktop: Desktop) -> Self {
        self.desktop = desktop;
        self
    }

    /// Plays its sounds here; without this it is silent.
    #[must_use]
    pub fn with_speaker(mut self, speaker: Speaker) -> Self {
        self.speaker = speaker;
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

    /// Lets another moment stand still.
    pub fn set_now(&mut self, now: Timestamp) {
        self.now = Some(now);
    }

    /// The page of the board; for tests of what it keeps.
    pub fn board(&self) -> &board::Pane {
        &self.board
    }

    /// The scanner station; for tests of what it keeps.
    pub fn scan(&self) -> &scan::Pane {
        &self.scan
    }

    /// Shows another snapshot, as an engine would.
    pub fn set_snapshot(&mut self, snapshot: Snapshot) {
        self.snapshot = snapshot;
    }

    /// Opens a page.
    pub fn open_page(&mut self, page: Page) {
        self.page = page;
    }

    /// Performs a command, as a page would ask for it.
    pub fn ask(&mut self, command: Command) {
        self.perform(vec![command]);
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
        if let Notice::Alert(alert) = notice {
            self.call_person(alert, notice, lang);
            return;
        }
        self.toasts.say(notice, lang);
        self.ship_form.hear(notice);
        self.scan.hear(notice);
        self.settings.hear(notice);
        self.events.hear(notice);
        self.pay.hear(notice);
    }

    fn perform(&mut self, commands: Vec<Command>) {
        for command in commands {
            if let Command::Prefer(preference) = &command {
                // Shown at once; the engine's next snapshot says the same.
                Arc::make_mut(&mut self.snapshot.preferences).take(preference);
            }
            self.orders.see(&command);
            if let Some(edited) = self.undo.see(&command, &self.snapshot) {
                let lang = self.lang();
                self.toasts.offer_undo(text(lang, edited), text(lang, "undo"));
            }
            match &self.handle {
                // What was meant for one shop must not reach the other.
                None if self.change.is_under_way() || self.change.is_stranded => {}
                Some(handle) => handle.send(command),
                None => self.collected.push(command),
            }
        }
    }

    fn frame_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.scan.follow(cx);
        if self.page == Page::Scan {
            self.scan.listen(ui, cx);
        }
        self.keys(&ui.ctx().clone(), cx);
        status_bar::top(ui, cx, self.can_change());
        recovered::show(ui, cx);
        self.nav.ui(ui, cx, self.page);
        status_bar::bottom(ui, cx);
        let canvas = theme::palette(ui).canvas;
        let room = ui.available_size();
        let margin = if room.x < CLOSE {
            Margin::symmetric(12, 12)
        } else {
            Margin {
                left: 24,
                right: 24,
                top: 20,
                bottom: 16,
            }
        };
        let frame = Frame::new().fill(canvas).inner_margin(margin);
        CentralPanel::default()
            .frame(frame)
            .show(ui, |ui| self.page_in_its_place(ui, cx));
        self.history.export(cx);
        for sound in self.scan.take_sounds() {
            self.speaker.play(sound);
        }
        self.files(&ui.ctx().clone(), cx);
        self.folders(&ui.ctx().clone(), cx);
        self.event_files(&ui.ctx().clone(), cx);
        self.say_missing_dialogs(cx);
        if let Some(palette) = &mut self.palette
            && !palette.show(ui.ctx(), cx, self.page)
        {
            self.palette = None;
        }
        checklist::show(&ui.ctx().clone(), cx, &mut self.checklist);
        diagnostics::show(&ui.ctx().clone(), cx, &mut self.dialogs);
        if self.keys_shown {
            self.keys_shown = keys_help::show(ui.ctx(), cx.lang, self.page);
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.desktop.in_front = ctx.input(|input| input.viewport().focused == Some(true));
        self.take_changed();
        self.drain();
        self.greet();
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let mut commands = Vec::new();
        let mut go = None;
        let ctx = ui.ctx().clone();
        self.recall(&ctx);
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
        if self.toasts.ui(&ctx, lang) {
            actions::request(&ctx, ActionId::Undo);
        }
        if let Some(page) = go {
            self.page = page;
            ctx.request_repaint();
        }
        self.remember(&ctx, &mut commands);
        if !commands.is_empty() {
            ctx.request_repaint();
        }
        self.perform(commands);
        if std::mem::take(&mut self.change.wanted) {
            self.change_mode(&ctx);
        }
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}

fn clock() -> Timestamp {
    Timestamp::from_millis(jiff::Timestamp::now().as_millisecond())
}
