//! The form of combined shipping: sub-orders with their mode and their parcels.

use egui::{RichText, Ui};

use super::details::heading_ui;
use super::field::{Line, Painter, pair};
use super::model::{Model, SubShip};
use crate::domain::DeliveryMode;
use crate::domain::shopping::{ShoppingField, ShoppingParcelDraft, ShoppingPlace};
use crate::i18n::shopping_field_name;
use crate::ui::pane::Cx;
use crate::ui::ship_form::courier_field::Search;
use crate::ui::theme::{self, S, Tone};
use crate::ui::widgets::{self, icons, quiet, secondary};

/// What a person did to the tree in this frame.
#[derive(Clone, Copy, Debug)]
enum Act {
    RemoveSub(usize),
    AddParcel(usize),
    RemoveParcel(usize, usize),
}

/// Paints the sub-orders; `searches` are the courier fields of their parcels.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, model: &mut Model, searches: &mut Vec<Vec<Search>>) {
    let mut subs = std::mem::take(&mut model.ships);
    let many = subs.len() > 1;
    searches.resize_with(subs.len(), Vec::new);
    let mut changed = false;
    let mut act = None;
    for (index, (sub, searches)) in subs.iter_mut().zip(searches.iter_mut()).enumerate() {
        searches.resize_with(sub.draft.parcels.len(), Search::default);
        ui.push_id(("ship", index), |ui| {
            widgets::card(ui, |ui| {
                changed |= sub_ui(ui, cx, model, (index, many), (sub, searches), &mut act);
            });
        });
        ui.add_space(S);
    }
    model.ships = subs;
    if changed {
        model.touch();
    }
    match act {
        None => {}
        Some(Act::RemoveSub(sub)) => model.remove_sub(sub),
        Some(Act::AddParcel(sub)) => model.add_parcel(sub),
        Some(Act::RemoveParcel(sub, parcel)) => model.remove_parcel(sub, parcel),
    }
    let add = secondary(cx.t("shopping-sub-add")).icon(icons::ICON_ADD);
    if ui.add(add).clicked() {
        model.add_sub();
    }
    ui.add_space(S);
}

fn sub_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    model: &Model,
    (index, many): (usize, bool),
    (sub, searches): (&mut SubShip, &mut [Search]),
    act: &mut Option<Act>,
) -> bool {
    let number = ("number", index.saturating_add(1).into());
    let heading = cx.ta("shopping-sub", std::slice::from_ref(&number));
    if heading_ui(
        ui,
        &heading,
        many.then(|| cx.ta("shopping-sub-remove", std::slice::from_ref(&number))),
    ) {
        *act = Some(Act::RemoveSub(index));
    }
    let place = ShoppingPlace::sub(index);
    let painter = Painter::new(cx, model);
    let mut changed = painter.key(ui, &mut sub.draft.key, place, |field| {
        let field = ("field", shopping_field_name(cx.lang, field).into());
        cx.ta("shopping-sub-field", &[number.clone(), field])
    });
    let (unified, split) = (cx.t("shopping-mode-unified"), cx.t("shopping-mode-split"));
    let choices = [("unified", unified.as_str()), ("split", split.as_str())];
    let now = match sub.draft.mode {
        DeliveryMode::Unified => "unified",
        DeliveryMode::Split => "split",
    };
    let name = cx.t("shopping-mode");
    widgets::field(ui, &name, None, |ui| {
        if let Some(chosen) = widgets::choice(ui, &format!("{heading} {name}"), &choices, now) {
            sub.draft.mode = if chosen == "split" {
                DeliveryMode::Split
            } else {
                DeliveryMode::Unified
            };
            changed = true;
        }
    });
    if let Some(fault) = painter.fault(place, ShoppingField::Parcels) {
        let ink = theme::palette(ui).tone(Tone::Blocked).ink;
        ui.label(RichText::new(fault).small().color(ink));
    }
    let removable = sub.draft.parcels.len() > 1;
    let with_items = sub.draft.mode == DeliveryMode::Split;
    let parcels = sub.draft.parcels.iter_mut().zip(&mut sub.items).zip(searches);
    for (at, ((parcel, items), search)) in parcels.enumerate() {
        ui.push_id(("parcel", at), |ui| {
            let number = [("number", at.saturating_add(1).into())];
            let name = cx.ta("shopping-parcel", &number);
            let said = format!("{heading} {name}");
            let remove = removable.then(|| format!("{heading} {}", cx.ta("shopping-parcel-remove", &number)));
            if heading_ui(ui, &name, remove) {
                *act = Some(Act::RemoveParcel(index, at));
            }
            let of = Of {
                cx,
                painter: &painter,
                place: place.part(at),
                said: &said,
            };
            changed |= of.parcel(ui, parcel, with_items.then_some(items), search);
        });
    }
    let add = quiet(cx.t("shopping-parcel-add"))
        .icon(icons::ICON_ADD)
        .name(format!("{heading} {}", cx.t("shopping-parcel-add")));
    if ui.add(add).clicked() {
        *act = Some(Act::AddParcel(index));
    }
    changed
}

/// Where a parcel stands.
struct Of<'a, 'b> {
    cx: &'a Cx<'b>,
    painter: &'a Painter<'a, 'b>,
    place: ShoppingPlace,
    said: &'a str,
}

impl Of<'_, '_> {
    fn parcel(
        &self,
        ui: &mut Ui,
        parcel: &mut ShoppingParcelDraft,
        items: Option<&mut String>,
        search: &mut Search,
    ) -> bool {
        let mut changed = false;
        let ShoppingParcelDraft {
            courier,
            tracking_no,
            consignor_contact,
            receiver_contact,
            ..
        } = parcel;
        pair(ui, |ui, second| {
            changed |= if second {
                self.one(ui, ShoppingField::TrackingNo, String::new(), tracking_no)
            } else {
                self.courier(ui, courier, search)
            };
        });
        if let Some(items) = items {
            let name = self.cx.t("shopping-parcel-items");
            let note = self.cx.t("shopping-parcel-items-note");
            let line = Line::new(self.place, ShoppingField::ItemId, &name)
                .said(format!("{} {name}", self.said))
                .note(note);
            changed |= self.painter.line(ui, line, items);
        }
        pair(ui, |ui, second| {
            changed |= if second {
                self.one(
                    ui,
                    ShoppingField::ConsignorContact,
                    String::new(),
                    consignor_contact,
                )
            } else {
                self.one(
                    ui,
                    ShoppingField::ReceiverContact,
                    String::new(),
                    receiver_contact,
                )
            };
        });
        changed
    }

    fn one(&self, ui: &mut Ui, field: ShoppingField, note: String, value: &mut String) -> bool {
        let name = shopping_field_name(self.cx.lang, field);
        let line = Line::new(self.place, field, &name)
            .said(format!("{} {name}", self.said))
            .note(note);
        self.painter.line(ui, line, value)
    }

    fn courier(&self, ui: &mut Ui, courier: &mut String, search: &mut Search) -> bool {
        let field = ShoppingField::Courier;
        let name = shopping_field_name(self.cx.lang, field);
        let fault = self.painter.fault(self.place, field);
        let note = fault.as_ref().map(|fault| (Tone::Blocked, fault.as_str()));
        let before = courier.clone();
        widgets::field(ui, &name, note, |ui| {
            let width = ui.available_width().min(240.0);
            search.ui(ui, self.cx, courier, &format!("{} {name}", self.said), width, &[]);
        });
        *courier != before
    }
}
