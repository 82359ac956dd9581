//! What came of all calls: the list, newest first, and the one that is open with what can be done about it.

use egui::{Button, Sides, Ui};

use super::Pane;
use crate::domain::plain_text;
use crate::domain::shopping::ShoppingContent;
use crate::domain::{ShoppingCall, ShoppingRecord, ShoppingState};
use crate::engine::command::{Command, ShoppingAsk};
use crate::i18n::{explain_shopping, format, shopping_call_name, shopping_state_name};
use crate::ui::confirm::Confirm;
use crate::ui::pane::Cx;
use crate::ui::theme::{self, S, Tone};
use crate::ui::tones;
use crate::ui::widgets::{self, Banner, icons, quiet, secondary};

/// Height of the list.
const LIST: f32 = 300.0;

impl Pane {
    /// Paints the card.
    pub(super) fn results_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        widgets::section(ui, &cx.t("shopping-results"), |ui| {
            let view = &cx.snapshot.shopping;
            if view.rows.is_empty() {
                widgets::strong(ui, cx.t("shopping-results-empty"));
                widgets::weak(ui, cx.t("shopping-results-empty-text"));
                return;
            }
            let queued = view
                .rows
                .iter()
                .filter(|row| row.state == ShoppingState::Queued)
                .count();
            if queued > 0 {
                let words = cx.ta(
                    "shopping-result-cancel",
                    &[("count", format::count(queued).into())],
                );
                if ui.add(secondary(words)).clicked() {
                    cx.send(Command::Shopping(ShoppingAsk::CancelAll));
                }
            }
            self.list(ui, cx);
            let open = self.model.selected;
            let rows = &cx.snapshot.shopping.rows;
            let record = rows.iter().find(|row| Some(row.id) == open).cloned();
            if let Some(record) = record {
                ui.add_space(S);
                self.one(ui, cx, &record);
            }
        });
    }

    fn list(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let rows = &cx.snapshot.shopping.rows;
        egui::ScrollArea::vertical()
            .id_salt("shopping-results")
            .max_height(LIST)
            .auto_shrink([false, true])
            .show_rows(ui, theme::ROW, rows.len(), |ui, shown| {
                for record in rows.iter().skip(shown.start).take(shown.len()) {
                    let number = plain_text::cell(record.draft.key.number()).into_owned();
                    let args = [
                        ("call", shopping_call_name(cx.lang, record.draft.call()).into()),
                        ("order", number.into()),
                    ];
                    let words = cx.ta("shopping-result-line", &args);
                    let selected = self.model.selected == Some(record.id);
                    let name = |ui: &mut Ui| ui.add(Button::selectable(selected, &words).truncate());
                    let state = |ui: &mut Ui| {
                        let tone = tones::of_shopping(&record.state);
                        widgets::badge(ui, tone, shopping_state_name(cx.lang, &record.state));
                    };
                    let sides = Sides::new().height(theme::ROW).shrink_left();
                    let (response, ()) = sides.show(ui, name, state);
                    if response.clicked() {
                        self.model.selected = (!selected).then_some(record.id);
                    }
                    response.on_hover_text(format::moment_exact(record.since));
                }
            });
    }

    /// The call that is open.
    fn one(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, record: &ShoppingRecord) {
        let words = explain_shopping(cx.lang, record);
        let tone = tones::of_shopping(&record.state);
        let icon = if tone == Tone::Done {
            icons::ICON_CHECK_CIRCLE
        } else if [Tone::Warn, Tone::Blocked].contains(&tone) {
            icons::ICON_WARNING
        } else {
            icons::ICON_INFO
        };
        Banner::new(tone, icon, &words.title)
            .detail(&words.detail)
            .advice(&words.action)
            .code(&words.code)
            .show(ui, |_| ());
        let copy = cx.t("copy");
        let number = record.draft.key.number();
        if !number.is_empty() {
            widgets::copyable(ui, number, &copy);
        }
        for line in facts(cx, record) {
            widgets::small(ui, line);
        }
        ui.horizontal_wrapped(|ui| self.actions(ui, cx, record));
    }

    fn actions(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, record: &ShoppingRecord) {
        if matches!(record.state, ShoppingState::Unclear(_)) {
            let settle = secondary(cx.t("shopping-result-settle")).icon(icons::ICON_CHECK);
            if ui.add(settle).clicked() {
                let order = [("order", record.draft.key.number().into())];
                let confirm = Confirm {
                    title: cx.ta("shopping-ask-settle", &order),
                    body: vec![cx.t("shopping-ask-settle-text")],
                    yes: cx.t("shopping-result-settle"),
                    no: cx.t("shopping-no"),
                    ..Confirm::default()
                };
                self.confirm = Some((confirm, ShoppingAsk::Settle(record.id)));
            }
        }
        if record.draft.call() != ShoppingCall::Ship && !record.state.is_open() {
            let verify = secondary(cx.t("shopping-result-verify")).icon(icons::ICON_FACT_CHECK);
            if ui.add(verify).clicked() {
                self.model.verify(record);
                self.model.follow(cx.snapshot);
            }
        }
        if record.draft.call().is_write() && !record.state.is_open() {
            let form = quiet(cx.t("shopping-result-form")).icon(icons::ICON_EDIT);
            if ui.add(form).clicked() {
                self.model.take(record);
                self.model.follow(cx.snapshot);
            }
        }
    }
}

/// What is worth knowing about a call besides its state.
fn facts(cx: &Cx<'_>, record: &ShoppingRecord) -> Vec<String> {
    let mut lines = vec![format::moment_exact(record.since)];
    let id = match record.draft.content {
        ShoppingContent::Details(_) => Some("shopping-result-parts-details"),
        ShoppingContent::Ship(_) => Some("shopping-result-parts-ship"),
        ShoppingContent::Verify => None,
    };
    if let Some(id) = id {
        let args = [
            ("subs", format::count(record.draft.subs()).into()),
            ("parts", format::count(record.draft.parts()).into()),
        ];
        lines.push(cx.ta(id, &args));
    }
    if !record.payer.is_empty() {
        lines.push(cx.ta(
            "shopping-result-payer",
            &[("payer", record.payer.as_str().into())],
        ));
    }
    if !record.source.is_empty() {
        lines.push(cx.ta("shopping-result-from", &[("file", record.source.as_str().into())]));
    }
    lines
}
