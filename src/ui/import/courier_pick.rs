//! A courier that the reader does not know: the nearest are offered in the details of the row, and above the table
//! stands what was said, to be remembered or taken back.

use egui::{ComboBox, Label, Role, ScrollArea, Ui, WidgetInfo};

use crate::domain::{FileRow, ProblemKind};
use crate::engine::command::Command;
use crate::engine::snapshot::{BatchPhase, BatchView, Pick};
use crate::ui::pane::Cx;
use crate::ui::theme::{self, S, Tone, XS};
use crate::ui::widgets::{self, icons, quiet, secondary};

/// Three of what was said and a half, so that one sees that there is more.
const MOST_HEIGHT: f32 = 3.5 * (theme::BUTTON + S);

/// Offers couriers for the row's unknown one; nothing when it is known, or when something was sent.
pub fn offer(ui: &mut Ui, cx: &mut Cx<'_>, batch: &BatchView, index: usize) {
    if batch.phase != BatchPhase::Checked {
        return;
    }
    let Some(row) = batch.rows.get(index) else {
        return;
    };
    let Some((nearest, spelling)) = unknown_of(&row) else {
        return;
    };
    let same = batch.unknown_couriers.get(spelling).copied().unwrap_or(1);
    let couriers = cx.snapshot.couriers.clone();
    let offered = nearest.iter().filter(|id| couriers.get(id).is_some());
    let mut chosen = None;
    ui.add_space(XS);
    widgets::strong(ui, cx.ta("pick-question", &[("spelling", spelling.into())]));
    let offered: Vec<&String> = offered.collect();
    for pair in offered.chunks(2) {
        ui.columns(2, |columns| {
            for (ui, id) in columns.iter_mut().zip(pair) {
                if ui.add(secondary(couriers.name(id)).wide()).clicked() {
                    chosen = Some((*id).clone());
                }
            }
        });
    }
    widgets::row(ui, theme::BUTTON, |ui| {
        let other = cx.t("pick-other");
        let combo = ComboBox::from_id_salt(("pick-courier", index))
            .selected_text(&other)
            .height(320.0)
            .show_ui(ui, |ui| {
                for (id, name) in couriers.iter() {
                    if ui.selectable_label(false, format!("{name} ({id})")).clicked() {
                        chosen = Some(id.to_owned());
                    }
                }
            });
        combo
            .response
            .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &other));
    });
    ui.add(Label::new(cx.ta("pick-rows", &[("count", same.into())])).wrap());
    if let Some(courier) = chosen {
        cx.send(Command::PickCourier {
            batch: batch.id,
            row: index,
            courier,
        });
    }
    ui.add_space(S);
}

/// The row's unknown courier: what is near, and the spelling.
fn unknown_of(row: &FileRow) -> Option<(&[String], &str)> {
    if !row.lacks_one_courier() {
        return None; // of several parcels it would be said for all
    }
    row.problems.iter().find_map(|problem| {
        let ProblemKind::UnknownCourier { nearest } = &problem.what else {
            return None;
        };
        let spelling = problem.value.as_deref().filter(|value| !value.is_empty())?;
        // Of several couriers in one cell nobody can say which one is meant.
        let cell = row.cells.get(problem.column?)?;
        (cell == spelling).then_some((nearest.as_slice(), spelling))
    })
}

/// What was said about the couriers of this file; of much that was said a part, so that the table keeps its place.
pub fn picked(ui: &mut Ui, cx: &mut Cx<'_>, batch: &BatchView) {
    if batch.picks.is_empty() {
        return;
    }
    ScrollArea::vertical()
        .id_salt("import-picks")
        .max_height(MOST_HEIGHT)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for pick in &batch.picks {
                line(ui, cx, batch, pick);
            }
        });
}

fn line(ui: &mut Ui, cx: &mut Cx<'_>, batch: &BatchView, pick: &Pick) {
    let spelling = || ("spelling", pick.spelling.as_str().into());
    let said = [
        spelling(),
        ("courier", cx.snapshot.couriers.name(&pick.id).into()),
        ("count", pick.rows.into()),
    ];
    let words = cx.ta("pick-said", &said);
    let paint = |ui: &mut Ui| {
        widgets::icon(ui, icons::ICON_LOCAL_SHIPPING, Tone::Info, 20.0);
        ui.label(words);
        if pick.remembered {
            widgets::badge(ui, Tone::Done, cx.t("pick-remembered"));
        } else if pick.can_remember {
            let name = cx.ta("pick-remember-name", &[spelling()]);
            if ui.add(secondary(cx.t("pick-remember")).name(name)).clicked() {
                cx.send(Command::TeachCourier {
                    spelling: pick.spelling.clone(),
                    courier: pick.id.clone(),
                });
            }
        }
        let name = cx.ta("pick-undo-name", &[spelling()]);
        if ui.add(quiet(cx.t("pick-undo")).name(name)).clicked() {
            cx.send(Command::UnpickCourier {
                batch: batch.id,
                spelling: pick.spelling.clone(),
            });
        }
    };
    if widgets::is_narrow(ui) {
        widgets::wrapped(ui, paint);
    } else {
        widgets::row(ui, theme::BUTTON, paint);
    }
}
