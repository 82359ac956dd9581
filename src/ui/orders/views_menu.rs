//! The popup of saved views: choose one, keep what is on the screen as one, give it another name, forget it.

use egui::{Key, Popup, PopupCloseBehavior, ScrollArea, Ui};

use super::at_right;
use super::model::Model;
use super::model::views::{NAME_CHARS, SavedView, VIEWS, Views, name_of};
use crate::ui::pane::Cx;
use crate::ui::theme::{S, XS};
use crate::ui::widgets::{self, icon_button, icons};

/// Width of the popup.
const WIDTH: f32 = 320.0;
/// Height of the list before it scrolls.
const HEIGHT: f32 = 340.0;

/// What the popup itself remembers.
#[derive(Debug, Default)]
pub(super) struct Menu {
    /// The name that is typed for a new view.
    name: String,
    /// The view that is being renamed, and its new name as it is typed.
    renaming: Option<(String, String)>,
}

impl Menu {
    /// The button and its popup; the name of the view that was chosen. `open`: the keys ask for it.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        model: &Model,
        views: &mut Views,
        open: bool,
    ) -> Option<String> {
        let shown = views.shown(&model.filter, model.sort, &model.columns, cx.now);
        let shown = shown.map(str::to_owned);
        let word = shown.clone().unwrap_or_else(|| cx.t("orders-views"));
        let button = widgets::quiet(word).icon(icons::ICON_BOOKMARK);
        let response = ui.add(button.name(cx.t("orders-views")).hint(cx.t("orders-views-hint")));
        let popup = Popup::from_toggle_button_response(&response);
        let popup = if open {
            popup.open_memory(Some(egui::SetOpenCommand::Toggle))
        } else {
            popup
        };
        let chosen = popup
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .show(|ui| {
                ui.set_width(WIDTH);
                widgets::strong(ui, cx.t("orders-views"));
                ui.add_space(XS);
                let chosen = self.list(ui, cx, views, shown.as_deref());
                ui.separator();
                self.save(ui, cx, model, views);
                if chosen.is_some() {
                    ui.close();
                }
                chosen
            });
        chosen.and_then(|chosen| chosen.inner)
    }

    fn list(&mut self, ui: &mut Ui, cx: &Cx<'_>, views: &mut Views, shown: Option<&str>) -> Option<String> {
        if views.all().is_empty() {
            widgets::weak(ui, cx.t("orders-views-none"));
            return None;
        }
        let mut chosen = None;
        let names: Vec<String> = views.all().iter().map(|view| view.name.clone()).collect();
        ScrollArea::vertical().max_height(HEIGHT).show(ui, |ui| {
            for (index, name) in names.iter().enumerate() {
                if self.renaming.as_ref().is_some_and(|(renamed, _)| renamed == name) {
                    self.rename(ui, cx, views);
                    continue;
                }
                widgets::row(ui, 32.0, |ui| {
                    ui.spacing_mut().item_spacing.x = XS;
                    let on = shown == Some(name.as_str());
                    let key = match index {
                        0..9 => format!("Alt+{}", index.saturating_add(1)),
                        _ => String::new(),
                    };
                    let width = (ui.available_width() - 72.0).max(80.0);
                    let word = egui::Button::selectable(on, name.as_str())
                        .right_text(key)
                        .truncate();
                    let response = ui.add_sized([width, 28.0], word);
                    response.widget_info(|| {
                        egui::WidgetInfo::selected(
                            egui::Role::Button,
                            true,
                            on,
                            cx.ta("orders-view-choose", &[("name", name.into())]),
                        )
                    });
                    if response.clicked() {
                        chosen = Some(name.clone());
                    }
                    at_right(ui, |ui| self.edit(ui, cx, views, name));
                });
            }
        });
        chosen
    }

    fn edit(&mut self, ui: &mut Ui, cx: &Cx<'_>, views: &mut Views, name: &str) {
        let args = [("name", name.into())];
        let delete = icon_button(icons::ICON_DELETE, cx.ta("orders-view-delete", &args));
        if ui.add(delete.compact()).clicked() {
            views.delete(name);
        }
        let rename = icon_button(icons::ICON_EDIT, cx.ta("orders-view-rename", &args));
        if ui.add(rename.compact()).clicked() {
            self.renaming = Some((name.to_owned(), name.to_owned()));
        }
    }

    fn rename(&mut self, ui: &mut Ui, cx: &Cx<'_>, views: &mut Views) {
        let Some((from, to)) = &mut self.renaming else {
            return;
        };
        let label = cx.ta("orders-view-rename", &[("name", from.as_str().into())]);
        let mut done = false;
        widgets::row(ui, 36.0, |ui| {
            let field = widgets::text_field(ui, to, &label, "", 200.0);
            limit(to);
            if !field.has_focus() && !field.lost_focus() {
                field.request_focus();
            }
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            let keep = widgets::secondary(cx.t("orders-view-keep"));
            if ui.add(keep).clicked() || entered {
                done = views.rename(from, to);
            }
            done |= field.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
        });
        if done {
            self.renaming = None;
        }
    }

    fn save(&mut self, ui: &mut Ui, cx: &Cx<'_>, model: &Model, views: &mut Views) {
        widgets::small(ui, cx.t("orders-view-save-note"));
        ui.add_space(XS);
        let known = views.get(&name_of(&self.name)).is_some();
        let full = views.all().len() >= VIEWS && !known;
        widgets::row(ui, 36.0, |ui| {
            ui.spacing_mut().item_spacing.x = S;
            let field = widgets::text_field(
                ui,
                &mut self.name,
                &cx.t("orders-view-name"),
                &cx.t("orders-view-name"),
                180.0,
            );
            limit(&mut self.name);
            let word = if known {
                "orders-view-replace"
            } else {
                "orders-view-save"
            };
            let ready = !name_of(&self.name).is_empty() && !full;
            let save = widgets::primary(cx.t(word))
                .enabled(ready)
                .name(cx.t("orders-view-save"));
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if (ui.add(save).clicked() || entered) && ready {
                let view = SavedView::of(&self.name, &model.filter, model.sort, &model.columns, cx.now);
                if views.save(view) {
                    self.name.clear();
                }
            }
        });
        if full {
            widgets::small(ui, cx.ta("orders-views-full", &[("count", VIEWS.into())]));
        }
    }
}

fn limit(name: &mut String) {
    if let Some((at, _)) = name.char_indices().nth(NAME_CHARS) {
        name.truncate(at);
    }
}
