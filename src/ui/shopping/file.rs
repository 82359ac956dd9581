//! Files and pasted text: how they come in, what is wrong in them at which place, and the button that sends the rest.

use egui::{Label, RichText, Ui, vec2};

use super::Pane;
use crate::domain::ShoppingCall;
use crate::domain::shopping::FileProblem;
use crate::engine::command::{Command, ShoppingAsk, ShoppingSource};
use crate::engine::snapshot::ShoppingFileView;
use crate::i18n::{
    explain_shopping_trouble, format, shopping_call_name, shopping_file_place, shopping_file_problem,
    shopping_place,
};
use crate::ui::confirm::Confirm;
use crate::ui::pane::Cx;
use crate::ui::saving::Save;
use crate::ui::theme::{self, S, Tone};
use crate::ui::widgets::{self, Banner, icons, primary, quiet, secondary};

/// Height of the list of problems.
const PROBLEMS: f32 = 220.0;
/// Height of a line of it.
const LINE: f32 = 40.0;

impl Pane {
    /// Paints the card.
    pub(super) fn file_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        widgets::section(ui, &cx.t("shopping-file"), |ui| {
            widgets::weak(ui, cx.t("shopping-file-text"));
            ui.add_space(S);
            ui.horizontal_wrapped(|ui| {
                let choose = secondary(cx.t("shopping-file-choose")).icon(icons::ICON_FOLDER_OPEN);
                self.wants_file |= ui.add(choose).clicked();
                let paste = secondary(cx.t("shopping-paste")).icon(icons::ICON_CONTENT_PASTE);
                if self.pasted.is_none() && ui.add(paste).clicked() {
                    self.pasted = Some(String::new());
                }
                let sample = quiet(cx.t("shopping-file-sample")).icon(icons::ICON_DOWNLOAD);
                if ui.add(sample).clicked() {
                    self.wants_save = Some(Save::ShoppingSample(self.model.call));
                }
            });
            self.paste_ui(ui, cx);
            let view = &cx.snapshot.shopping;
            if view.is_reading {
                ui.add_space(S);
                widgets::loading(ui, &cx.t("shopping-reading"));
            } else if let Some(file) = view.file.clone() {
                ui.add_space(S);
                self.read_ui(ui, cx, &file);
            }
        });
    }

    fn paste_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some(text) = &mut self.pasted else { return };
        let name = cx.t("shopping-paste-name");
        let (mut read, mut close) = (false, false);
        widgets::field(ui, &name, None, |ui| {
            widgets::paste_field(ui, text, &name, 160.0);
        });
        ui.horizontal_wrapped(|ui| {
            let can = !text.trim().is_empty();
            let button = primary(cx.t("shopping-paste-read")).icon(icons::ICON_CHECK);
            read = ui.add(button.enabled(can)).clicked();
            close = ui.add(quiet(cx.t("shopping-paste-close"))).clicked();
        });
        if read {
            let from = ShoppingSource::Text(std::mem::take(text));
            let call = self.model.call;
            cx.send(Command::Shopping(ShoppingAsk::Read { call, from }));
        }
        if read || close {
            self.pasted = None;
        }
    }

    /// What was read.
    fn read_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, view: &ShoppingFileView) {
        let file = &view.file;
        let name = if file.name.is_empty() {
            cx.t("shopping-pasted")
        } else {
            file.name.clone()
        };
        let call = shopping_call_name(cx.lang, file.call);
        widgets::strong(ui, format!("{name} · {call}"));
        if let Some(trouble) = &file.trouble {
            let words = explain_shopping_trouble(cx.lang, trouble);
            Banner::new(Tone::Blocked, icons::ICON_ERROR, &words.title)
                .detail(&words.detail)
                .advice(&words.action)
                .show(ui, |_| ());
        }
        for (id, name, count, tone) in [
            ("shopping-file-ready", "ready", view.ready, Tone::Ready),
            ("shopping-file-already", "already", view.already, Tone::Done),
            ("shopping-file-wrong", "wrong", view.wrong, Tone::Blocked),
        ] {
            // What was sent can be sent no more.
            let is_over = view.sent && tone == Tone::Ready;
            if count > 0 && !is_over {
                widgets::badge(ui, tone, cx.ta(id, &[(name, format::count(count).into())]));
            }
        }
        if !file.unknown.is_empty() {
            let columns = file.unknown.join("、");
            widgets::small(ui, cx.ta("shopping-file-unknown", &[("columns", columns.into())]));
        }
        problems(ui, cx, view);
        if view.sent {
            widgets::weak(ui, cx.t("shopping-file-sent"));
        }
        ui.horizontal_wrapped(|ui| {
            if view.ready > 0 && !view.sent {
                let count = ("count", format::count(view.ready).into());
                let words = cx.ta("shopping-file-send", std::slice::from_ref(&count));
                if ui.add(primary(&words).icon(icons::ICON_CLOUD_UPLOAD)).clicked() {
                    self.ask_file(cx, view, &name, words);
                }
            }
            if ui.add(quiet(cx.t("shopping-file-close"))).clicked() {
                cx.send(Command::Shopping(ShoppingAsk::CloseFile));
            }
        });
    }

    fn ask_file(&mut self, cx: &mut Cx<'_>, view: &ShoppingFileView, name: &str, yes: String) {
        self.model.remember_file(view);
        let ask = ShoppingAsk::SendFile(view.serial);
        if view.file.call == ShoppingCall::Verify {
            cx.send(Command::Shopping(ask));
            return;
        }
        let args = [
            ("file", name.to_owned().into()),
            ("count", format::count(view.ready).into()),
        ];
        let confirm = Confirm {
            title: cx.ta("shopping-ask-file", &args),
            body: vec![cx.t("shopping-ask-seen")],
            yes,
            no: cx.t("shopping-no"),
            ..Confirm::default()
        };
        self.confirm = Some((confirm, ask));
    }
}

/// What is wrong, each with its place; only what is seen is laid out.
fn problems(ui: &mut Ui, cx: &Cx<'_>, view: &ShoppingFileView) {
    let count: usize = view.file.orders.iter().map(|order| order.problems.len()).sum();
    if count == 0 {
        return;
    }
    let ink = theme::palette(ui).tone(Tone::Blocked).ink;
    egui::ScrollArea::vertical()
        .id_salt("shopping-problems")
        .max_height(PROBLEMS)
        .show_rows(ui, LINE, count, |ui, rows| {
            let all = view.file.orders.iter().flat_map(|order| &order.problems);
            for problem in all.skip(rows.start).take(rows.len()) {
                line(ui, cx, view.file.call, problem, ink);
            }
        });
}

fn line(ui: &mut Ui, cx: &Cx<'_>, call: ShoppingCall, problem: &FileProblem, ink: egui::Color32) {
    let place = shopping_place(cx.lang, call, problem.place);
    let at = shopping_file_place(cx.lang, &problem.at);
    let head = [at, place].into_iter().filter(|part| !part.is_empty());
    let head = head.collect::<Vec<_>>().join(" · ");
    let words = shopping_file_problem(cx.lang, problem);
    ui.allocate_ui(vec2(ui.available_width(), LINE), |ui| {
        ui.set_min_height(LINE);
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.vertical(|ui| {
            ui.add(Label::new(RichText::new(crate::domain::plain_text::cell(&head)).small()).truncate());
            ui.add(Label::new(RichText::new(&words).color(ink)).truncate())
                .on_hover_text(&words);
        });
    });
}
