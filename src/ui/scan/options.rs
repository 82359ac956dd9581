//! The presets of the station: which couriers the shop uses, how many parcels an order has, and how long an order
//! waits before it is sent.

use egui::Ui;

use super::Wish;
use super::model::Settings;
use super::model::settings::MOST_COURIERS;
use crate::ui::pane::Cx;
use crate::ui::ship_form::courier_field::{self, Search};
use crate::ui::theme::{M, S, Tone, XS};
use crate::ui::widgets::{self, icon_button, icons};

/// What is being typed.
#[derive(Debug, Default)]
pub(super) struct Options {
    search: Search,
    adding: bool,
    typed: String,
}

impl Options {
    /// Paints them; `proposed` is the courier that the last number looked like.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        settings: &Settings,
        proposed: Option<&str>,
        wish: &mut Wish,
    ) {
        widgets::section(ui, &cx.t("scan-options"), |ui| {
            self.couriers_ui(ui, cx, settings, proposed, wish);
            let (one, several) = (cx.t("scan-parcels-one"), cx.t("scan-parcels-several"));
            let name = cx.t("scan-parcels");
            let choices = [("one", one.as_str()), ("several", several.as_str())];
            let now = if settings.several { "several" } else { "one" };
            let chosen = widgets::field(ui, &name, None, |ui| widgets::choice(ui, &name, &choices, now));
            if let Some(chosen) = chosen {
                wish.settings = Some(Settings {
                    several: chosen == "several",
                    ..settings.clone()
                });
            }
            let secs = cx.snapshot.preferences.hold_secs;
            let hold = if secs == 0 { "scan-hold-none" } else { "scan-hold" };
            widgets::small(ui, cx.ta(hold, &[("secs", i64::from(secs).into())]));
        });
    }

    fn couriers_ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        settings: &Settings,
        proposed: Option<&str>,
        wish: &mut Wish,
    ) {
        let mut wanted = settings.clone();
        let (tone, about) = if settings.couriers.is_empty() {
            (Tone::Blocked, cx.t("scan-couriers-none"))
        } else {
            (Tone::Neutral, cx.t("scan-couriers-text"))
        };
        let note = (tone, about.as_str());
        widgets::field(ui, &cx.t("scan-couriers"), Some(note), |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = egui::vec2(XS, S);
                for (index, id) in settings.couriers.iter().enumerate() {
                    courier_ui(ui, cx, id, index == 0, &mut wanted);
                    ui.add_space(M);
                }
                if let Some(id) = proposed.filter(|id| !settings.couriers.iter().any(|known| known == id)) {
                    let courier = cx.snapshot.couriers.name(id).to_owned();
                    let words = cx.ta("scan-courier-take", &[("courier", courier.into())]);
                    if ui.add(widgets::primary(words).icon(icons::ICON_ADD)).clicked() {
                        wanted.add(id);
                    }
                }
                let room = settings.couriers.len() < MOST_COURIERS;
                let add = widgets::secondary(cx.t("scan-courier-add")).icon(icons::ICON_ADD);
                if room && !self.adding && ui.add(add).clicked() {
                    self.adding = true;
                    self.search.wants_focus = true;
                }
            });
            if self.adding {
                self.add_ui(ui, cx, &mut wanted);
            }
        });
        if wanted != *settings {
            wish.settings = Some(wanted);
        }
    }

    fn add_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, wanted: &mut Settings) {
        ui.add_space(XS);
        let name = cx.t("scan-courier-add");
        let event = self.search.ui(ui, cx, &mut self.typed, &name, 220.0, &[]);
        if event == courier_field::Event::Nothing && self.search.is_open_or_waits() {
            return;
        }
        if event == courier_field::Event::Chosen || cx.snapshot.couriers.get(&self.typed).is_some() {
            wanted.add(&self.typed);
        }
        self.typed.clear();
        self.adding = false;
    }
}

fn courier_ui(ui: &mut Ui, cx: &Cx<'_>, id: &str, first: bool, wanted: &mut Settings) {
    let courier = cx.snapshot.couriers.name(id).to_owned();
    let args = [("courier", courier.clone().into())];
    if first {
        widgets::badge(ui, Tone::Ready, &courier).on_hover_text(cx.t("scan-courier-first"));
    } else {
        let prefer = widgets::quiet(courier).hint(cx.ta("scan-courier-prefer", &args));
        if ui.add(prefer.compact()).clicked() {
            wanted.prefer(id);
        }
    }
    let remove = icon_button(icons::ICON_CLOSE, cx.ta("scan-courier-remove", &args));
    if ui.add(remove.compact()).clicked() {
        wanted.remove(id);
    }
}
