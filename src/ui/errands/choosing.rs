//! Which orders are wished for: all, those whose numbers are pasted, those of the open file; and the button that asks.

use egui::{Align, Layout, Ui};

use super::model::{Filter, Wish};
use super::{Pane, options};
use crate::domain::ErrandKind;
use crate::engine::command::{Command, ErrandCommand};
use crate::i18n::format;
use crate::ui::pane::Cx;
use crate::ui::theme::{self, Tone, XS};
use crate::ui::widgets::{self, danger, icons, primary, secondary};

impl Pane {
    /// On one line, the button at its right end; in a narrow window on several, the button last.
    pub(super) fn choosing(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if widgets::is_narrow(ui) {
            widgets::wrapped(ui, |ui| self.ways(ui, cx));
            ui.add_space(XS);
            self.button(ui, cx);
            return;
        }
        widgets::row(ui, theme::BUTTON, |ui| {
            self.ways(ui, cx);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| self.button(ui, cx));
        });
    }

    /// The ways to choose.
    fn ways(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let ready = self.model.ready().len();
        let all = self.model.count(Filter::Can);
        let id = if ready == all && all > 0 {
            "errands-none"
        } else {
            "errands-all"
        };
        let count = ("count", format::count(all).into());
        if ui.add(secondary(cx.ta(id, &[count])).enabled(all > 0)).clicked() {
            self.model.toggle_all();
        }
        let name = cx.t("errands-paste");
        widgets::text_field(ui, &mut self.pasted, &name, &cx.t("errands-paste-hint"), 260.0);
        let can = !self.pasted.trim().is_empty();
        let choose = secondary(cx.t("errands-paste-choose")).enabled(can);
        if ui.add(choose).clicked() {
            let found = self.model.choose_numbers(&self.pasted);
            self.tell(cx, found);
            self.pasted.clear();
        }
        if let Some(file) = cx.snapshot.batch.clone().filter(|file| !file.plan.is_empty()) {
            let name = ("file", file.file.name.as_str().into());
            let button = secondary(cx.t("errands-from-file"))
                .icon(icons::ICON_UPLOAD_FILE)
                .hint(cx.ta("errands-from-file-hint", &[name]));
            if ui.add(button).clicked() {
                let found = self.model.choose_file(&file);
                self.tell(cx, found);
            }
        }
    }

    /// The button with the number of orders; it says what is missing while it cannot be pressed.
    fn button(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let kind = self.model.kind(cx.now);
        let ready = self.model.ready().len();
        let count = ("count", format::count(ready).into());
        let word = cx.ta(options::button_id(self.model.wish), &[count]);
        let button = if self.model.wish == Wish::TestOrder {
            danger(word)
        } else {
            primary(word)
        };
        let hint = match kind {
            Err(_) => cx.t("errands-say-when"),
            Ok(_) if ready == 0 => cx.t("errands-choose-first"),
            Ok(_) => String::new(),
        };
        let mut button = button.enabled(ready > 0 && kind.is_ok());
        if !hint.is_empty() {
            button = button.hint(hint);
        }
        if ui.add(button).clicked()
            && let Ok(kind) = kind
        {
            self.question(cx, kind);
        }
    }

    fn tell(&mut self, cx: &Cx<'_>, (found, missed): (usize, usize)) {
        let args = [
            ("found", format::count(found).into()),
            ("missed", format::count(missed).into()),
        ];
        self.told = Some(if missed == 0 {
            (Tone::Done, cx.ta("errands-found", &args))
        } else {
            (Tone::Warn, cx.ta("errands-found-missed", &args))
        });
    }

    fn question(&mut self, cx: &Cx<'_>, kind: ErrandKind) {
        let orders = self.model.ready().to_vec();
        let confirm = options::question(cx, kind, orders.len(), self.model.amount());
        self.confirm = Some((confirm, Command::Errands(ErrandCommand::Run { orders, kind })));
    }
}
