//! The pager at the foot of the list.

use egui::{Id, Panel, Ui};

use super::at_right;
use super::model::{Model, PAGE_SIZES};
use crate::engine::command::{Command, Preference};
use crate::ui::pane::Cx;
use crate::ui::theme::XS;
use crate::ui::widgets::{icon_button, icons};

/// The pager at the foot of the list. `true` when the page was turned.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, model: &mut Model) -> bool {
    let before = model.page();
    Panel::bottom(Id::unique("orders-pager"))
        .resizable(false)
        .exact_size(44.0)
        .show_separator_line(false)
        .frame(egui::Frame::NONE)
        .show(ui, |ui| {
            ui.horizontal_centered(|ui| {
                ui.spacing_mut().item_spacing.x = XS;
                let (page, last) = (model.page(), model.last_page());
                let steps = [
                    (icons::ICON_FIRST_PAGE, "orders-page-first", page > 0, 0),
                    (
                        icons::ICON_CHEVRON_LEFT,
                        "orders-page-before",
                        page > 0,
                        page.saturating_sub(1),
                    ),
                    (
                        icons::ICON_CHEVRON_RIGHT,
                        "orders-page-after",
                        page < last,
                        page.saturating_add(1),
                    ),
                    (icons::ICON_LAST_PAGE, "orders-page-last", page < last, last),
                ];
                for (icon, name, enabled, target) in steps {
                    if ui.add(icon_button(icon, cx.t(name)).enabled(enabled)).clicked() {
                        model.turn_to(target);
                    }
                }
                ui.add_space(XS);
                ui.label(model.pager(cx.lang));
                at_right(ui, |ui| page_size_ui(ui, cx));
            });
        });
    model.page() != before
}

fn page_size_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let size = cx.snapshot.preferences.page_size;
    let words = |size: usize| cx.ta("orders-page-size", &[("count", size.into())]);
    let mut chosen = size;
    let combo = egui::ComboBox::from_id_salt("orders-page-size")
        .width(110.0)
        .selected_text(words(size))
        .show_ui(ui, |ui| {
            for offered in PAGE_SIZES {
                ui.selectable_value(&mut chosen, offered, words(offered));
            }
        });
    let name = cx.t("orders-page-size-name");
    combo
        .response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &name));
    if chosen != size {
        cx.send(Command::Prefer(Preference::PageSize(chosen)));
    }
}
