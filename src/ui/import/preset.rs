//! What is taken where the rows of the open file leave something open: one line that says it, and a form to set it.

use egui::{ComboBox, Label, RichText, Role, Sides, Ui, WidgetInfo};

use super::model::needs;
use crate::domain::MaskedContact;
use crate::domain::Needs;
use crate::engine::command::{BatchId, Command, PresetEdit};
use crate::engine::snapshot::{BatchPhase, BatchView, PresetView};
use crate::i18n::format;
use crate::ui::pane::Cx;
use crate::ui::theme::{self, S, Tone};
use crate::ui::widgets::{self, Banner, icons, primary, quiet, secondary};

/// What is being set, and for which file.
#[derive(Debug, Default)]
pub struct Form {
    open: Option<(BatchId, PresetEdit)>,
}

impl Form {
    /// Paints the line, or the form below it; nothing when no row leaves anything open.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, batch: &BatchView) {
        // Once it is being sent, nothing is filled in any more.
        let asked = batch.preset.is_asked_for && batch.phase == BatchPhase::Checked;
        if !asked || self.open.as_ref().is_some_and(|(id, _)| *id != batch.id) {
            self.open = None;
        }
        if !asked {
            return;
        }
        let needs = &batch.needs;
        let Some((id, edit)) = self.open.as_mut() else {
            let wanted = if needs.is_none() {
                line(ui, cx, &batch.preset)
            } else {
                lacking(ui, cx, needs)
            };
            if wanted {
                self.open = Some((batch.id, edit_of(&batch.preset)));
            }
            return;
        };
        let done = widgets::section(ui, &cx.t("preset-title"), |ui| {
            fields(ui, cx, edit);
            ui.add_space(S);
            widgets::row(ui, theme::BUTTON, |ui| {
                let usable = can_use(edit);
                let save = ui.add(primary(cx.t("preset-save")).enabled(usable)).clicked();
                if save && usable {
                    cx.send(Command::PresetFile(*id, edit.clone()));
                }
                ui.add(quiet(cx.t("preset-cancel"))).clicked() || (save && usable)
            })
        });
        if done.inner {
            self.open = None;
        }
    }
}

fn edit_of(view: &PresetView) -> PresetEdit {
    let contact = view.preset.sender_contact.as_ref();
    PresetEdit {
        courier: view.preset.courier.clone(),
        item_desc: view.preset.item_desc.clone(),
        sender_contact: contact.map_or_else(String::new, |contact| contact.as_str().to_owned()),
        remember: view.remembered,
    }
}

fn can_use(edit: &PresetEdit) -> bool {
    let contact = edit.sender_contact.trim();
    contact.is_empty() || MaskedContact::mask(contact).is_some()
}

/// Rows wait for something that one entry gives them all; `true` when it is to be entered.
fn lacking(ui: &mut Ui, cx: &Cx<'_>, needs: &Needs) -> bool {
    let lacks: Vec<String> = needs::told(needs)
        .map(|(id, count)| cx.ta(id, &[("count", format::count(count).into())]))
        .collect();
    let title = lacks.join(&cx.t("list-separator"));
    Banner::new(Tone::Info, icons::ICON_EDIT_NOTE, &title)
        .detail(&cx.t("preset-lacks-detail"))
        .show(ui, |ui| ui.add(secondary(cx.t("preset-edit"))).clicked())
}

/// What is set, on one line; `true` when it is to be changed.
fn line(ui: &mut Ui, cx: &Cx<'_>, view: &PresetView) -> bool {
    let none = cx.t("preset-none");
    let or_none = |text: &str| {
        if text.is_empty() {
            none.clone()
        } else {
            text.to_owned()
        }
    };
    let preset = &view.preset;
    let contact = preset.sender_contact.as_ref().map_or("", MaskedContact::as_str);
    let args = [
        (
            "courier",
            or_none(cx.snapshot.couriers.name(&preset.courier)).into(),
        ),
        ("goods", or_none(&preset.item_desc).into()),
        ("sender", or_none(contact).into()),
    ];
    let left = |ui: &mut Ui| {
        widgets::icon(ui, icons::ICON_EDIT_NOTE, Tone::Info, 20.0);
        widgets::strong(ui, cx.t("preset-title"));
        let weak = theme::palette(ui).weak;
        let set = RichText::new(cx.ta("preset-note", &args)).color(weak);
        ui.add(Label::new(set).truncate());
    };
    let right = |ui: &mut Ui| {
        let clicked = ui.add(secondary(cx.t("preset-edit"))).clicked();
        if view.remembered {
            widgets::badge(ui, Tone::Done, cx.t("preset-remembered"));
        }
        clicked
    };
    let sides = Sides::new().shrink_left().height(theme::BUTTON);
    sides.show(ui, left, right).1
}

fn fields(ui: &mut Ui, cx: &Cx<'_>, edit: &mut PresetEdit) {
    let (courier, goods, sender) = (
        cx.t("preset-courier"),
        cx.t("preset-goods"),
        cx.t("preset-sender"),
    );
    let note = if can_use(edit) {
        (Tone::Neutral, cx.t("preset-sender-hint"))
    } else {
        (Tone::Blocked, cx.t("preset-sender-shape"))
    };
    ui.columns(3, |columns| {
        let [left, middle, right] = columns else { return };
        widgets::field(left, &courier, None, |ui| {
            choose(ui, cx, &courier, &mut edit.courier);
        });
        widgets::field(middle, &goods, None, |ui| {
            let width = ui.available_width();
            widgets::text_field(ui, &mut edit.item_desc, &goods, "", width);
        });
        widgets::field(right, &sender, Some((note.0, &note.1)), |ui| {
            let width = ui.available_width();
            widgets::text_field(ui, &mut edit.sender_contact, &sender, "", width);
        });
    });
    ui.checkbox(&mut edit.remember, cx.t("preset-remember"));
}

fn choose(ui: &mut Ui, cx: &Cx<'_>, name: &str, chosen: &mut String) {
    let couriers = &cx.snapshot.couriers;
    let none = cx.t("preset-courier-none");
    let shown = if chosen.is_empty() {
        none.as_str()
    } else {
        couriers.name(chosen)
    };
    let combo = ComboBox::from_id_salt("preset-courier")
        .selected_text(shown)
        .width(ui.available_width())
        .height(320.0)
        .show_ui(ui, |ui| {
            ui.selectable_value(chosen, String::new(), &none);
            for (id, name) in couriers.iter() {
                ui.selectable_value(chosen, id.to_owned(), format!("{name} ({id})"));
            }
        });
    combo
        .response
        .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, name));
}
