//! What people have decided about the columns of files: listed, named, forgotten.

use std::sync::Arc;

use egui::{Label, RichText, Ui};

use crate::engine::command::Command;
use crate::engine::snapshot::RememberedMapping;
use crate::i18n::field_name;
use crate::ui::pane::Cx;
use crate::ui::theme::{S, XS};
use crate::ui::widgets::{self, icons, quiet};

/// Headings that name a set of them.
const NAMED: usize = 6;

/// The names while they are typed.
#[derive(Debug, Default)]
pub struct Names {
    of: Option<Arc<[RememberedMapping]>>,
    /// Each with the name that was last asked for.
    typed: Vec<(String, String)>,
}

impl Names {
    /// Paints the card.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let known = Arc::clone(&cx.snapshot.mappings);
        if self.of.as_ref().is_none_or(|of| !Arc::ptr_eq(of, &known)) {
            self.typed = known
                .iter()
                .map(|mapping| (mapping.name.clone(), mapping.name.clone()))
                .collect();
            self.of = Some(Arc::clone(&known));
        }
        widgets::section(ui, &cx.t("settings-columns"), |ui| {
            if known.is_empty() {
                ui.add(Label::new(RichText::new(cx.t("settings-columns-none")).small()).wrap());
                return;
            }
            ui.add(Label::new(RichText::new(cx.t("settings-columns-note")).small()).wrap());
            for (mapping, typed) in known.iter().zip(&mut self.typed) {
                ui.add_space(S);
                one(ui, cx, mapping, typed);
            }
        });
    }
}

fn one(ui: &mut Ui, cx: &mut Cx<'_>, mapping: &RememberedMapping, (typed, asked): &mut (String, String)) {
    let headings = headings(mapping);
    ui.push_id(&mapping.key, |ui| {
        let args = [("headings", headings.as_str().into())];
        let name = cx.ta("settings-columns-name", &args);
        let hint = cx.t("settings-columns-name-hint");
        let field = widgets::text_field(ui, typed, &name, &hint, ui.available_width());
        if field.lost_focus() && typed.trim() != asked {
            typed.trim().clone_into(asked);
            cx.send(Command::RenameMapping {
                key: mapping.key.clone(),
                name: asked.clone(),
            });
        }
        ui.spacing_mut().item_spacing.y = XS;
        for line in [headings.as_str(), &uses(mapping, cx)] {
            ui.add(Label::new(RichText::new(line).small()).wrap());
        }
        let forget = quiet(cx.t("settings-columns-forget"))
            .icon(icons::ICON_DELETE)
            .name(cx.ta("settings-columns-forget-name", &args))
            .compact();
        if ui.add(forget).clicked() {
            cx.send(Command::ForgetMapping(mapping.key.clone()));
        }
    });
}

/// The first headings of the file.
fn headings(mapping: &RememberedMapping) -> String {
    let all = mapping.headings.iter().filter(|heading| !heading.is_empty());
    let first: Vec<&str> = all.clone().take(NAMED).map(String::as_str).collect();
    let more = if all.count() > NAMED { "…" } else { "" };
    format!("{}{more}", first.join(" · "))
}

/// What the headings are used for.
fn uses(mapping: &RememberedMapping, cx: &Cx<'_>) -> String {
    let used = mapping.mapping.iter().filter_map(|(heading, field)| {
        let field = field_name(cx.lang, (*field)?);
        Some(format!("{heading} → {field}"))
    });
    used.collect::<Vec<_>>().join(" · ")
}
