//! The rows of parcels, with what is wrong at each field.

use egui::{Align, Key, Layout, RichText, Ui};

use super::courier_field::{self, Search};
use super::fields::{Notes, contacts_ui, kept_ui, text_ui};
use super::model::paste::Pasted;
use super::model::presets::Presets;
use super::model::{Form, Way, words};
use super::{preset_menu, ways};
use crate::domain::{Field, ParcelDraft, Problem};
use crate::ui::orders::model::{Said, Tone};
use crate::ui::pane::Cx;
use crate::ui::said;
use crate::ui::theme::{self, L, M, S};
use crate::ui::widgets::{self, icon_button, icons};

/// Width of the courier's field.
const COURIER: f32 = 210.0;

/// What the editor itself remembers between frames.
#[derive(Debug, Default)]
pub(super) struct Editor {
    search: Search,
    /// The field that takes the keyboard next.
    focus: Option<(usize, Field)>,
    /// The parcel in whose courier or number the keyboard is.
    lines_into: Option<usize>,
    /// What became of lines that were pasted last.
    pasted: Option<Pasted>,
    /// What a menu has made of the presets.
    presets: Option<Presets>,
}

/// What a person wants of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RowWish {
    None,
    Remove,
    Up,
    Next,
}

impl Editor {
    /// An editor whose first empty field takes the keyboard.
    pub(super) fn of(form: &Form) -> Self {
        let first = form.kept();
        let has_courier = form
            .parcels
            .get(first)
            .is_some_and(|parcel| !parcel.courier.is_empty());
        let field = if has_courier {
            Field::TrackingNo
        } else {
            Field::Courier
        };
        Self {
            search: Search::default(),
            focus: form.way.is_express().then_some((first, field)),
            ..Self::default()
        }
    }

    /// Paints the parcels, or the one text of a delivery without a courier.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, form: &mut Form, presets: &Presets) {
        self.take_lines(ui, cx, form);
        let problems = match form.check(&cx.snapshot.couriers) {
            Ok((_, notes)) => notes,
            Err(problems) => problems,
        };
        if form.way.is_express() {
            self.parcels_ui(ui, cx, form, &problems, presets);
        } else {
            ways::plain_ui(ui, cx, form, &problems);
        }
        preset_menu::grant(cx, self.presets.take());
    }

    /// Rows that are pasted into a courier or a number become parcels, also a single one that names both; any other
    /// text is pasted as everywhere.
    fn take_lines(&mut self, ui: &Ui, cx: &Cx<'_>, form: &mut Form) {
        let Some(index) = self.lines_into.take().filter(|_| form.way.is_express()) else {
            return;
        };
        let mut text = None;
        ui.input_mut(|input| {
            input.events.retain(|event| {
                let egui::Event::Paste(pasted) = event else {
                    return true;
                };
                let rows = form.takes_rows(index, pasted, &cx.snapshot.couriers);
                if rows {
                    text = Some(pasted.clone());
                }
                !rows
            });
        });
        if let Some(text) = text {
            self.pasted = Some(form.paste(index, &text, &cx.snapshot.couriers));
        }
    }

    fn parcels_ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        form: &mut Form,
        problems: &[Problem],
        presets: &Presets,
    ) {
        let split = form.way == Way::Split;
        if split {
            ui.horizontal(|ui| {
                ui.label(RichText::new(cx.t("ship-parcels")).text_style(theme::section_style()));
                let count = words::parcel_count(form);
                ui.label(said::words(&count, ui));
            });
        }
        if let Some(pasted) = &self.pasted {
            said::note(ui, &words::pasted(cx.lang, *pasted, form.max_parcels()));
        }
        let count = form.sent_parcels().len();
        for index in 0..count {
            let wish = ui
                .push_id(("parcel", index), |ui| {
                    self.parcel_ui(ui, cx, form, problems, presets, index)
                })
                .inner;
            match wish {
                RowWish::None => {}
                RowWish::Remove => form.remove_parcel(index),
                RowWish::Up => form.move_up(index),
                RowWish::Next => self.go_on(form, index),
            }
        }
        for problem in words::at_field(problems, 0, Field::Parcels) {
            said::note(ui, &words::problem_line(cx.lang, problem, &cx.snapshot.couriers));
        }
        if split {
            self.below_ui(ui, cx, form);
        }
    }

    /// Below the rows: one more parcel.
    fn below_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, form: &mut Form) {
        ui.horizontal(|ui| {
            let add = widgets::secondary(cx.t("ship-add")).icon(icons::ICON_ADD);
            let too_many = cx.ta("ship-too-many", &[("max", form.max_parcels().into())]);
            let add = if form.may_add() {
                add
            } else {
                add.enabled(false).hint(too_many)
            };
            if ui.add(add).clicked() {
                form.add_parcel();
                self.focus = Some((form.parcels.len().saturating_sub(1), Field::TrackingNo));
            }
        });
    }

    /// Enter in a tracking number: the next parcel, and behind the last one a new one.
    fn go_on(&mut self, form: &mut Form, index: usize) {
        let next = index.saturating_add(1);
        if form.way != Way::Split {
            return;
        }
        if next == form.parcels.len() {
            form.add_parcel();
        }
        if next < form.parcels.len() {
            self.focus = Some((next, Field::TrackingNo));
        }
    }

    fn parcel_ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        form: &mut Form,
        problems: &[Problem],
        presets: &Presets,
        index: usize,
    ) -> RowWish {
        let mut wish = RowWish::None;
        widgets::card(ui, |ui| {
            if form.way == Way::Split {
                wish = head_ui(ui, cx, form, index);
            }
            let kept = index < form.kept();
            let mut notes = Notes {
                cx,
                problems,
                index,
                touched: Vec::new(),
                form: &*form,
                presets,
                wish: None,
            };
            let Some(mut parcel) = form.parcels.get(index).cloned() else {
                return;
            };
            if kept {
                kept_ui(ui, cx, &parcel);
            } else if self.fields_ui(ui, &mut notes, &mut parcel) {
                wish = RowWish::Next;
            }
            // What WeChat has of a reported parcel is sent along; it is asked for only when WeChat shows none.
            let held = form.order().shipping.parcels.get(index).filter(|_| kept);
            let known =
                held.is_some_and(|p| !p.receiver_contact.is_empty() || !p.consignor_contact.is_empty());
            if !known {
                contacts_ui(ui, &mut notes, &mut parcel);
            }
            let touched = notes.touched;
            self.presets = notes.wish.or(self.presets.take());
            for field in touched {
                form.touch(index, field);
            }
            if let Some(slot) = form.parcels.get_mut(index) {
                *slot = parcel;
            }
        });
        ui.add_space(L - S);
        wish
    }

    /// Courier, number and text of one parcel. `true` when Enter was pressed in the number.
    fn fields_ui(&mut self, ui: &mut Ui, notes: &mut Notes<'_, '_>, parcel: &mut ParcelDraft) -> bool {
        let (cx, index) = (notes.cx, notes.index);
        let of = |id: &str| cx.ta(id, &[("number", index.saturating_add(1).into())]);
        let mut entered = false;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = M;
            ui.vertical(|ui| {
                ui.set_width(COURIER);
                widgets::small(ui, cx.t("ship-courier"));
                let name = of("ship-courier-of");
                if self.focus == Some((index, Field::Courier)) {
                    self.search.wants_focus = true;
                    self.focus = None;
                }
                let recent = notes.presets.couriers();
                let event = self
                    .search
                    .ui(ui, cx, &mut parcel.courier, &name, COURIER, recent);
                if self.search.is_open_at(ui) {
                    self.lines_into = Some(index);
                }
                match event {
                    courier_field::Event::Nothing => {}
                    courier_field::Event::Left => notes.touch(Field::Courier),
                    courier_field::Event::Chosen => {
                        self.focus = Some((index, Field::TrackingNo));
                        ui.request_repaint();
                    }
                }
                notes.ui(ui, Field::Courier);
            });
            ui.vertical(|ui| {
                widgets::small(ui, cx.t("ship-tracking"));
                let width = ui.available_width();
                let name = of("ship-tracking-of");
                let hint = cx.t("ship-tracking-hint");
                let field = widgets::text_field(ui, &mut parcel.tracking_no, &name, &hint, width);
                if self.focus == Some((index, Field::TrackingNo)) {
                    field.request_focus();
                    self.focus = None;
                }
                if field.has_focus() {
                    self.lines_into = Some(index);
                    // A scanner types keys; an input method would take them for words.
                    ui.output_mut(|output| output.ime = None);
                }
                if field.lost_focus() {
                    notes.touch(Field::TrackingNo);
                    let typed = !parcel.tracking_no.trim().is_empty();
                    entered = typed && ui.input(|input| input.key_pressed(Key::Enter));
                }
                notes.ui(ui, Field::TrackingNo);
            });
        });
        text_ui(
            ui,
            notes,
            &mut parcel.item_desc,
            &cx.t("ship-item-desc"),
            &of("ship-item-desc-of"),
        );
        entered
    }
}

fn head_ui(ui: &mut Ui, cx: &Cx<'_>, form: &Form, index: usize) -> RowWish {
    let mut wish = RowWish::None;
    let number = index.saturating_add(1);
    ui.horizontal(|ui| {
        widgets::strong(ui, cx.ta("ship-parcel", &[("number", number.into())]));
        if index < form.kept() {
            let pill = Said::new(cx.t("ship-parcel-kept"), Tone::Busy);
            said::pill(ui, &pill);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let args = [("number", number.into())];
            if index >= form.kept() && form.parcels.len() > 1 {
                let remove = icon_button(icons::ICON_DELETE, cx.ta("ship-remove", &args));
                if ui.add(remove).clicked() {
                    wish = RowWish::Remove;
                }
            }
            if form.may_move_up(index) {
                let up = icon_button(icons::ICON_ARROW_UPWARD, cx.ta("ship-up", &args));
                if ui.add(up).clicked() {
                    wish = RowWish::Up;
                }
            }
        });
    });
    wish
}
