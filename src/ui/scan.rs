//! The scanner station: scan an order, scan its parcel, done. Staff look at parcels and not at the screen, so the
//! state stands large, in colour and in sound, and the scan field takes every key.

mod code128;
mod field;
mod list;
pub mod model;
mod options;
mod panel;
pub mod sheet;

use std::sync::Arc;

use egui::{Align, Layout, ScrollArea, Ui, vec2};

use super::pane::Cx;
use super::saving::Save;
use super::theme::{L, S};
use super::widgets::{self, icon_button, icons, secondary};
use crate::domain::{CourierList, ScanCode};
use crate::engine::command::Command;
use crate::engine::notice::Notice;
use crate::engine::snapshot::{Preferences, Session};
use crate::sound::Sound;
use model::{Seen, Settings, Signal, Station};

/// Width of the list at the right, at least and at most.
const SIDE: std::ops::RangeInclusive<f32> = 300.0..=420.0;

/// The page.
#[derive(Debug, Default)]
pub struct Pane {
    station: Station,
    field: field::Field,
    options: options::Options,
    sheet_shown: bool,
    kept: Option<Kept>,
    /// The sheet of commands is wanted as a file.
    pub wants_save: Option<Save>,
}

/// The settings with what they were read from.
#[derive(Debug)]
struct Kept {
    from: (Arc<Preferences>, Arc<Session>, Arc<CourierList>),
    settings: Settings,
}

/// What a person asked for beside scanning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wish {
    /// A command of the sheet was pressed.
    code: Option<ScanCode>,
    /// A scanned order is to be taken back.
    undo: Option<usize>,
    /// The settings are to be these.
    settings: Option<Settings>,
}

impl Pane {
    /// The station; for tests of what it keeps.
    pub fn station(&self) -> &Station {
        &self.station
    }

    /// What the engine said.
    pub fn hear(&mut self, notice: &Notice) {
        self.station.hear(notice);
    }

    /// Follows the engine, also while another page is open: what was scanned goes on meanwhile.
    pub fn follow(&mut self, cx: &mut Cx<'_>) {
        self.read_settings(cx);
        let settings = self.settings();
        let commands = self.station.follow(&seen(cx, &settings));
        cx.commands.extend(commands);
    }

    /// What there is to hear, when sounds are wanted.
    pub fn take_sounds(&mut self) -> Vec<Sound> {
        let signals = self.station.take_signals();
        if !self.settings().sound {
            return Vec::new();
        }
        let sound = |signal| match signal {
            Signal::Taken => Sound::Taken,
            Signal::Done => Sound::Done,
            Signal::Warning => Sound::Warning,
            Signal::Refused => Sound::Refusal,
        };
        signals.into_iter().map(sound).collect()
    }

    fn settings(&self) -> Settings {
        self.kept
            .as_ref()
            .map(|kept| kept.settings.clone())
            .unwrap_or_default()
    }

    fn read_settings(&mut self, cx: &Cx<'_>) {
        let snapshot = cx.snapshot;
        let fresh = self.kept.as_ref().is_some_and(|kept| {
            let (preferences, session, couriers) = &kept.from;
            Arc::ptr_eq(preferences, &snapshot.preferences)
                && Arc::ptr_eq(session, &snapshot.session)
                && Arc::ptr_eq(couriers, &snapshot.couriers)
        });
        if !fresh {
            self.kept = Some(Kept {
                from: (
                    Arc::clone(&snapshot.preferences),
                    Arc::clone(&snapshot.session),
                    Arc::clone(&snapshot.couriers),
                ),
                settings: Settings::of(snapshot),
            });
        }
    }

    /// Takes the keys of this frame, before anything is painted.
    pub fn listen(&mut self, ui: &Ui, cx: &mut Cx<'_>) {
        self.field.listen(ui.ctx(), self.sheet_shown);
        let settings = self.settings();
        for scan in self.field.take_finished() {
            let commands = self
                .station
                .scan(&scan.text, &scan.left_out, scan.millis, &seen(cx, &settings));
            cx.commands.extend(commands);
        }
    }

    /// Paints the page. `silent`: the system plays no sounds.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, silent: bool) {
        let settings = self.settings();
        let mut wish = self.header_ui(ui, cx, &settings);
        if widgets::is_narrow(ui) {
            widgets::page(ui, "scan-narrow", |ui| {
                panel::ui(ui, cx, &self.station, &mut self.field, &settings, &mut wish);
                ui.add_space(L);
                list::ui(ui, cx, self.station.session(), &mut wish, list::Room::Some);
                ui.add_space(L);
                self.options_ui(ui, cx, &settings, silent, &mut wish);
            });
        } else {
            self.columns_ui(ui, cx, &settings, silent, &mut wish);
        }
        if self.sheet_shown {
            self.sheet_ui(ui, cx);
        }
        self.grant(wish, cx, &settings);
    }

    /// What is scanned at the left, what was scanned at the right.
    fn columns_ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        settings: &Settings,
        silent: bool,
        wish: &mut Wish,
    ) {
        let width = ui.available_width();
        let side = (width * 0.38).clamp(*SIDE.start(), *SIDE.end());
        let (left, height) = (width - side - L, ui.available_height());
        let down = Layout::top_down(Align::Min);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = L;
            ui.allocate_ui_with_layout(vec2(left, height), down, |ui| {
                ScrollArea::vertical()
                    .id_salt("scan-left")
                    .auto_shrink([false, false])
                    .show(ui, |ui| {
                        ui.spacing_mut().item_spacing.x = S;
                        ui.set_width(left - S);
                        panel::ui(ui, cx, &self.station, &mut self.field, settings, wish);
                        ui.add_space(L);
                        self.options_ui(ui, cx, settings, silent, wish);
                    });
            });
            ui.allocate_ui_with_layout(vec2(side, height), down, |ui| {
                ui.spacing_mut().item_spacing.x = S;
                list::ui(ui, cx, self.station.session(), wish, list::Room::All);
            });
        });
    }

    fn header_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, settings: &Settings) -> Wish {
        let mut wish = Wish::default();
        let (title, about) = (cx.t("nav-scan"), cx.t("scan-about"));
        widgets::page_header(ui, &title, Some(&about), |ui| {
            let sheet = secondary(cx.t("scan-sheet")).icon(icons::ICON_BARCODE);
            if ui.add(sheet).clicked() {
                self.sheet_shown = true;
            }
            let (icon, name) = if settings.sound {
                (icons::ICON_VOLUME_UP, "scan-sound-off")
            } else {
                (icons::ICON_VOLUME_OFF, "scan-sound-on")
            };
            if ui.add(icon_button(icon, cx.t(name))).clicked() {
                wish.settings = Some(Settings {
                    sound: !settings.sound,
                    ..settings.clone()
                });
            }
        });
        wish
    }

    fn options_ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        settings: &Settings,
        silent: bool,
        wish: &mut Wish,
    ) {
        let proposed = self.station.last().and_then(|last| last.outcome.proposed());
        self.options.ui(ui, cx, settings, proposed, wish);
        if silent && settings.sound {
            widgets::small(ui, cx.t("scan-silent"));
        }
    }

    fn sheet_ui(&mut self, ui: &Ui, cx: &Cx<'_>) {
        match sheet::dialog(ui.ctx(), cx) {
            sheet::Answer::Open => {}
            sheet::Answer::Close => self.sheet_shown = false,
            sheet::Answer::Save => {
                self.sheet_shown = false;
                self.wants_save = Some(Save::ScanSheet);
            }
        }
    }

    fn grant(&mut self, wish: Wish, cx: &mut Cx<'_>, settings: &Settings) {
        if let Some(code) = wish.code {
            let commands = self.station.press(code, &seen(cx, settings));
            cx.commands.extend(commands);
        }
        if let Some(index) = wish.undo {
            let commands = self.station.undo(Some(index));
            cx.commands.extend(commands);
        }
        if let Some(settings) = wish.settings {
            cx.send(Command::Prefer(settings.preference()));
        }
    }
}

fn seen<'a>(cx: &Cx<'a>, settings: &'a Settings) -> Seen<'a> {
    Seen {
        snapshot: cx.snapshot,
        settings,
        now: cx.now,
    }
}
