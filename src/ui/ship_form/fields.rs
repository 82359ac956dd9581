//! The fields of one parcel beside courier and number, and what is said at each field.

use egui::{Align, Label, Layout, Ui};

use super::model::presets::{Kind, Presets};
use super::model::{Form, words};
use super::{courier_field, preset_menu};
use crate::domain::{CourierId, Field, ParcelDraft, Problem, plain_text};
use crate::ui::pane::Cx;
use crate::ui::said;
use crate::ui::theme::XS;
use crate::ui::widgets;

/// What is said at the fields of one parcel, and which of them were visited in this frame.
pub(super) struct Notes<'a, 'c> {
    pub(super) cx: &'a Cx<'c>,
    pub(super) problems: &'a [Problem],
    pub(super) index: usize,
    pub(super) touched: Vec<Field>,
    pub(super) form: &'a Form,
    pub(super) presets: &'a Presets,
    /// The presets are to be these.
    pub(super) wish: Option<Presets>,
}

impl Notes<'_, '_> {
    pub(super) fn touch(&mut self, field: Field) {
        self.touched.push(field);
    }

    /// The problems of a field, below it.
    pub(super) fn ui(&self, ui: &mut Ui, field: Field) {
        let couriers = &self.cx.snapshot.couriers;
        for problem in words::at_field(self.problems, self.index, field) {
            if self.form.says(problem) {
                said::note(ui, &words::problem_line(self.cx.lang, problem, couriers));
            }
        }
    }
}

/// A parcel that WeChat holds: it is sent along and cannot be changed.
pub(super) fn kept_ui(ui: &mut Ui, cx: &Cx<'_>, parcel: &ParcelDraft) {
    let courier = courier_field::label(&cx.snapshot.couriers, &parcel.courier);
    ui.horizontal(|ui| {
        ui.label(&*plain_text::cell(&courier));
        widgets::mono(ui, parcel.tracking_no.as_str());
    });
    let parts = [
        &parcel.item_desc,
        &parcel.receiver_contact,
        &parcel.consignor_contact,
    ];
    let parts: Vec<&str> = parts
        .iter()
        .map(|part| part.as_str())
        .filter(|part| !part.is_empty())
        .collect();
    widgets::small(ui, parts.join("　"));
    widgets::small(ui, cx.t("ship-parcel-kept-hint"));
}

/// A text of at most 120 characters with its count.
pub(super) fn text_ui(ui: &mut Ui, notes: &mut Notes<'_, '_>, value: &mut String, title: &str, name: &str) {
    ui.add_space(XS);
    ui.horizontal(|ui| {
        widgets::small(ui, title);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let length = words::length(value);
            ui.add(Label::new(said::words(&length, ui).small()));
            let number = notes.index.saturating_add(1);
            let menu = notes.cx.ta("ship-presets-text", &[("number", number.into())]);
            let (cx, presets) = (notes.cx, notes.presets);
            preset_menu::ui(ui, cx, presets, Kind::Text, value, menu, &mut notes.wish);
        });
    });
    let hint = notes.cx.t("ship-item-desc-hint");
    let width = ui.available_width();
    let field = widgets::text_field(ui, value, name, &hint, width);
    if field.lost_focus() {
        notes.touch(Field::ItemDesc);
    }
    notes.ui(ui, Field::ItemDesc);
}

/// The phones, where 顺丰 wants one or something was typed.
pub(super) fn contacts_ui(ui: &mut Ui, notes: &mut Notes<'_, '_>, parcel: &mut ParcelDraft) {
    let typed = !parcel.receiver_contact.is_empty() || !parcel.consignor_contact.is_empty();
    if parcel.courier.trim() != CourierId::SF && !typed {
        return;
    }
    let cx = notes.cx;
    let number = notes.index.saturating_add(1);
    ui.add_space(XS);
    ui.columns_const(|[left, right]| {
        let fields = [
            (
                left,
                Field::ReceiverContact,
                "ship-receiver",
                "ship-receiver-of",
                &mut parcel.receiver_contact,
            ),
            (
                right,
                Field::ConsignorContact,
                "ship-consignor",
                "ship-consignor-of",
                &mut parcel.consignor_contact,
            ),
        ];
        for (ui, field, title, of, value) in fields {
            widgets::row(ui, 24.0, |ui| {
                widgets::small(ui, cx.t(title));
                if field == Field::ConsignorContact {
                    let menu = cx.ta("ship-presets-sender", &[("number", number.into())]);
                    preset_menu::ui(ui, cx, notes.presets, Kind::Sender, value, menu, &mut notes.wish);
                }
            });
            let name = cx.ta(of, &[("number", number.into())]);
            let width = ui.available_width();
            let usual = notes.form.usual_sender();
            let hint = if field == Field::ConsignorContact && !usual.is_empty() {
                cx.ta("ship-contact-usual", &[("masked", usual.into())])
            } else {
                cx.t("ship-contact-hint")
            };
            let response = widgets::text_field(ui, value, &name, &hint, width);
            if response.has_focus() {
                ui.output_mut(|output| output.ime = None);
            }
            if response.lost_focus() {
                notes.touch(field);
            }
            if let Some(preview) = words::contact_preview(cx.lang, value) {
                widgets::small(ui, preview);
            }
            notes.ui(ui, field);
        }
    });
}
