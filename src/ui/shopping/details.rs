//! The form of shopping details as a tree: sub-orders, their items, and the fields of the item that is open.

use egui::{RichText, Ui};

use super::field::{Line, Painter, pair};
use super::model::Model;
use crate::domain::plain_text;
use crate::domain::shopping::{
    ItemDraft, MAX_DESCRIPTION_CHARS, MAX_IMAGES, MAX_ITEMS, MAX_NAME_CHARS, ShoppingField,
    ShoppingLogistics, ShoppingPlace, SubDetailsDraft,
};
use crate::i18n::{format, shopping_field_name};
use crate::ui::pane::Cx;
use crate::ui::theme::{self, S, Tone, XS};
use crate::ui::widgets::{self, icon_button, icons, quiet, secondary};

const ORDER_LINK: [ShoppingField; 3] = [
    ShoppingField::OrderLinkAppid,
    ShoppingField::OrderLinkPath,
    ShoppingField::OrderLinkUrl,
];
const ITEM_LINK: [ShoppingField; 3] = [
    ShoppingField::ItemLinkAppid,
    ShoppingField::ItemLinkPath,
    ShoppingField::ItemLinkUrl,
];

/// What a person did to the tree in this frame.
#[derive(Clone, Copy, Debug)]
enum Act {
    RemoveSub(usize),
    AddItem(usize),
    RemoveItem(usize, usize),
    AddImage(usize, usize),
    Open(Option<(usize, usize)>),
}

/// Paints the sub-orders.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, model: &mut Model) {
    let mut subs = std::mem::take(&mut model.details);
    let many = subs.len() > 1;
    let mut changed = false;
    let mut act = None;
    for (index, sub) in subs.iter_mut().enumerate() {
        ui.push_id(("details", index), |ui| {
            widgets::card(ui, |ui| {
                changed |= sub_ui(ui, cx, model, (index, many), sub, &mut act);
            });
        });
        ui.add_space(S);
    }
    model.details = subs;
    if changed {
        model.touch();
    }
    match act {
        None => {}
        Some(Act::RemoveSub(sub)) => model.remove_sub(sub),
        Some(Act::AddItem(sub)) => model.add_item(sub),
        Some(Act::RemoveItem(sub, item)) => model.remove_item(sub, item),
        Some(Act::AddImage(sub, item)) => model.add_image(sub, item),
        Some(Act::Open(open)) => model.open_item = open,
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
    sub: &mut SubDetailsDraft,
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
    let mut changed = painter.key(ui, &mut sub.key, place, |field| {
        let field = ("field", shopping_field_name(cx.lang, field).into());
        cx.ta("shopping-sub-field", &[number.clone(), field])
    });
    let name = shopping_field_name(cx.lang, ShoppingField::MerchantOrderNo);
    let line = Line::new(place, ShoppingField::MerchantOrderNo, &name).said(format!("{heading} {name}"));
    changed |= painter.line(ui, line, &mut sub.merchant_order_no);
    changed |= logistics(ui, cx, &heading, &mut sub.logistics);
    let page = cx.t("shopping-order-link");
    widgets::strong(ui, &page);
    changed |= painter.link(ui, &mut sub.link, place, ORDER_LINK, &format!("{heading} {page}"));

    let count = [
        ("count", format::count(sub.items.len()).into()),
        ("most", format::count(MAX_ITEMS).into()),
    ];
    widgets::strong(ui, cx.ta("shopping-items-count", &count));
    if let Some(fault) = painter.fault(place, ShoppingField::Items) {
        let ink = theme::palette(ui).tone(Tone::Blocked).ink;
        ui.label(RichText::new(fault).small().color(ink));
    }
    let removable = sub.items.len() > 1;
    for (at, item) in sub.items.iter_mut().enumerate() {
        ui.push_id(("item", at), |ui| {
            changed |= item_ui(ui, cx, model, (index, at, removable), item, act);
        });
    }
    let add = quiet(cx.t("shopping-item-add"))
        .icon(icons::ICON_ADD)
        .name(format!("{heading} {}", cx.t("shopping-item-add")))
        .enabled(sub.items.len() < MAX_ITEMS);
    if ui.add(add).clicked() {
        *act = Some(Act::AddItem(index));
    }
    changed
}

/// A heading with the button that removes what stands below it; `true` when that was pressed.
pub(super) fn heading_ui(ui: &mut Ui, heading: &str, remove: Option<String>) -> bool {
    widgets::row(ui, theme::BUTTON, |ui| {
        ui.label(RichText::new(heading).text_style(theme::section_style()));
        remove.is_some_and(|name| ui.add(icon_button(icons::ICON_DELETE, name)).clicked())
    })
}

fn logistics(ui: &mut Ui, cx: &Cx<'_>, heading: &str, now: &mut ShoppingLogistics) -> bool {
    let names = ShoppingLogistics::ALL.map(|each| {
        let id = match each {
            ShoppingLogistics::Express => "shopping-logistics-express",
            ShoppingLogistics::SameCity => "shopping-logistics-same-city",
            ShoppingLogistics::Virtual => "shopping-logistics-virtual",
        };
        (each.word(), cx.t(id))
    });
    let choices = names.each_ref().map(|(word, name)| (*word, name.as_str()));
    let name = cx.t("shopping-logistics");
    widgets::field(ui, &name, None, |ui| {
        let chosen = widgets::choice(ui, &format!("{heading} {name}"), &choices, now.word());
        let found = chosen.and_then(|word| {
            ShoppingLogistics::ALL
                .into_iter()
                .find(|each| each.word() == word)
        });
        if let Some(found) = found {
            *now = found;
        }
        found.is_some()
    })
}

fn item_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    model: &Model,
    (sub, at, removable): (usize, usize, bool),
    item: &mut ItemDraft,
    act: &mut Option<Act>,
) -> bool {
    let number = [("number", at.saturating_add(1).into())];
    let is_open = model.open_item == Some((sub, at));
    let place = ShoppingPlace::sub(sub).part(at);
    widgets::row(ui, theme::BUTTON, |ui| {
        ui.spacing_mut().item_spacing.x = XS;
        let (icon, id) = if is_open {
            (icons::ICON_KEYBOARD_ARROW_DOWN, "shopping-item-close")
        } else {
            (icons::ICON_KEYBOARD_ARROW_RIGHT, "shopping-item-open")
        };
        let sub_name = cx.ta("shopping-sub", &[("number", sub.saturating_add(1).into())]);
        let said = format!("{sub_name} {}", cx.ta(id, &number));
        if ui.add(icon_button(icon, said)).clicked() {
            *act = Some(Act::Open((!is_open).then_some((sub, at))));
        }
        if removable {
            let said = format!("{sub_name} {}", cx.ta("shopping-item-remove", &number));
            if ui.add(icon_button(icons::ICON_DELETE, said)).clicked() {
                *act = Some(Act::RemoveItem(sub, at));
            }
        }
        let wrong = model.tried
            && model
                .problems()
                .iter()
                .any(|p| (p.place.sub, p.place.part) == (place.sub, place.part));
        let words = summary(cx, item, at);
        let palette = theme::palette(ui);
        let ink = if wrong {
            palette.tone(Tone::Blocked).ink
        } else {
            palette.text
        };
        ui.add(egui::Label::new(RichText::new(words).color(ink)).truncate());
    });
    if !is_open {
        return false;
    }
    egui::Frame::new()
        .inner_margin(egui::Margin {
            left: 24,
            ..egui::Margin::ZERO
        })
        .show(ui, |ui| item_fields(ui, cx, model, (sub, at), item, act))
        .inner
}

/// An item in one line.
fn summary(cx: &Cx<'_>, item: &ItemDraft, at: usize) -> String {
    let number = cx.ta("shopping-item", &[("number", at.saturating_add(1).into())]);
    let name = if item.name.trim().is_empty() {
        cx.t("shopping-item-unnamed")
    } else {
        plain_text::cell(item.name.trim()).into_owned()
    };
    let mut parts = vec![number, name];
    if !item.unit_price.trim().is_empty() {
        parts.push(format!("¥{} × {}", item.unit_price.trim(), item.quantity.trim()));
    }
    if !item.merchant_item_id.trim().is_empty() {
        parts.push(plain_text::cell(item.merchant_item_id.trim()).into_owned());
    }
    parts.join(" · ")
}

fn item_fields(
    ui: &mut Ui,
    cx: &Cx<'_>,
    model: &Model,
    (sub, at): (usize, usize),
    item: &mut ItemDraft,
    act: &mut Option<Act>,
) -> bool {
    let place = ShoppingPlace::sub(sub).part(at);
    let painter = Painter::new(cx, model);
    let said_place = format!(
        "{} {}",
        cx.ta("shopping-sub", &[("number", sub.saturating_add(1).into())]),
        cx.ta("shopping-item", &[("number", at.saturating_add(1).into())])
    );
    let mut changed = false;
    {
        let name_of = |field| shopping_field_name(cx.lang, field);
        let mut one =
            |ui: &mut Ui, field: ShoppingField, most: Option<usize>, note: String, value: &mut String| {
                let name = name_of(field);
                let mut line = Line::new(place, field, &name)
                    .said(format!("{said_place} {name}"))
                    .note(note);
                if let Some(most) = most {
                    line = line.most(most);
                }
                changed |= painter.line(ui, line, value);
            };
        one(
            ui,
            ShoppingField::Name,
            Some(MAX_NAME_CHARS),
            String::new(),
            &mut item.name,
        );
        let (price, quantity) = (&mut item.unit_price, &mut item.quantity);
        pair(ui, |ui, second| {
            if second {
                one(ui, ShoppingField::Quantity, None, String::new(), quantity);
            } else {
                one(ui, ShoppingField::UnitPrice, None, String::new(), price);
            }
        });
        let note = cx.t("shopping-item-id-note");
        one(ui, ShoppingField::ItemId, None, note, &mut item.merchant_item_id);
        let most = Some(MAX_DESCRIPTION_CHARS);
        one(
            ui,
            ShoppingField::Description,
            most,
            String::new(),
            &mut item.description,
        );
    }
    changed |= images(ui, cx, &painter, (sub, at), &said_place, item, act);
    let link = cx.t("shopping-item-link");
    widgets::strong(ui, &link);
    changed |= painter.link(
        ui,
        &mut item.link,
        place,
        ITEM_LINK,
        &format!("{said_place} {link}"),
    );
    changed
}

fn images(
    ui: &mut Ui,
    cx: &Cx<'_>,
    painter: &Painter<'_, '_>,
    (sub, at): (usize, usize),
    said_place: &str,
    item: &mut ItemDraft,
    act: &mut Option<Act>,
) -> bool {
    let place = ShoppingPlace::sub(sub).part(at);
    let count = [
        ("count", format::count(item.image_urls.len()).into()),
        ("most", format::count(MAX_IMAGES).into()),
    ];
    widgets::strong(ui, cx.ta("shopping-images-count", &count));
    if let Some(fault) = painter.fault(place, ShoppingField::Image) {
        let ink = theme::palette(ui).tone(Tone::Blocked).ink;
        ui.label(RichText::new(fault).small().color(ink));
    }
    let mut changed = false;
    let mut removed = None;
    let many = item.image_urls.len() > 1;
    for (nth, url) in item.image_urls.iter_mut().enumerate() {
        ui.push_id(("image", nth), |ui| {
            let number = [("number", nth.saturating_add(1).into())];
            let name = cx.ta("shopping-image-number", &number);
            let line = Line::new(place.nth(nth), ShoppingField::Image, &name)
                .said(format!("{said_place} {name}"))
                .hint("https://…");
            changed |= painter.line(ui, line, url);
            if many {
                let name = cx.ta("shopping-image-remove", &number);
                let said = format!("{said_place} {name}");
                let button = quiet(name).icon(icons::ICON_DELETE).name(said).compact();
                if ui.add(button).clicked() {
                    removed = Some(nth);
                }
            }
        });
    }
    if let Some(nth) = removed.filter(|nth| *nth < item.image_urls.len()) {
        item.image_urls.remove(nth);
        changed = true;
    }
    if item.image_urls.len() < MAX_IMAGES {
        let add = quiet(cx.t("shopping-image-add"))
            .icon(icons::ICON_ADD)
            .name(format!("{said_place} {}", cx.t("shopping-image-add")));
        if ui.add(add).clicked() {
            *act = Some(Act::AddImage(sub, at));
        }
    }
    ui.add_space(S);
    changed
}
