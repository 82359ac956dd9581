//! The page of shopping orders: a form for each of the three calls, files, and what came of all of them. It says that none
//! of it releases money, because that is what people come for elsewhere.

mod details;
mod field;
mod file;
pub mod model;
mod results;
mod ship;

use egui::{Frame, Margin, Ui};

use self::field::Painter;
use self::model::Model;
use super::confirm::{Answer, Confirm};
use super::pane::Cx;
use super::saving::Save;
use super::ship_form::courier_field::Search;
use super::theme::{self, S, Tone};
use super::widgets::{self, Banner, icons, primary, quiet};
use crate::domain::ShoppingCall;
use crate::domain::shopping::{KeyKind, ShoppingField, ShoppingPlace};
use crate::engine::command::{Command, ShoppingAsk};
use crate::i18n::{format, shopping_call_name, shopping_fault, shopping_field_name, shopping_place};

/// From this width on, files and results stand beside the form.
const BESIDE: f32 = 960.0;
/// Problems that are listed above the button.
const LISTED: usize = 5;

/// The page.
#[derive(Debug, Default)]
pub struct Pane {
    /// A file that a person wants to write.
    pub wants_save: Option<Save>,
    /// What the orders of the file that is being chosen ask for.
    pub choosing: Option<ShoppingCall>,
    wants_file: bool,
    model: Model,
    searches: Vec<Vec<Search>>,
    /// What is being pasted; `None` while nobody pastes.
    pasted: Option<String>,
    confirm: Option<(Confirm, ShoppingAsk)>,
}

impl Pane {
    /// A file is wanted; asked once.
    pub fn wants_file(&mut self) -> bool {
        let wants = std::mem::take(&mut self.wants_file);
        if wants {
            self.choosing = Some(self.model.call);
        }
        wants
    }

    /// Paints the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.model.follow(cx.snapshot);
        let (title, subtitle) = (cx.t("shopping-title"), cx.t("shopping-subtitle"));
        widgets::page_header(ui, &title, Some(&subtitle), |_| ());
        let beside = ui.available_width() >= BESIDE;
        if beside {
            self.side(ui, cx);
        }
        widgets::page(ui, "shopping", |ui| {
            let (title, text) = (cx.t("shopping-purpose"), cx.t("shopping-purpose-text"));
            Banner::new(Tone::Info, icons::ICON_INFO, &title)
                .detail(&text)
                .show(ui, |_| ());
            self.calls(ui, cx);
            self.form(ui, cx);
            if !beside {
                ui.add_space(S);
                self.file_and_results(ui, cx);
            }
        });
        self.ask(ui, cx);
    }

    fn side(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let frame = Frame::new().outer_margin(Margin {
            left: 12,
            ..Margin::ZERO
        });
        egui::Panel::right("shopping-side")
            .frame(frame)
            .default_size(380.0)
            .size_range(320.0..=520.0)
            .show_separator_line(false)
            .show(ui, |ui| {
                widgets::page(ui, "shopping-side", |ui| self.file_and_results(ui, cx));
            });
    }

    fn file_and_results(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.file_ui(ui, cx);
        self.results_ui(ui, cx);
    }

    /// Which of the three calls, and what it is for.
    fn calls(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let names = ShoppingCall::ALL.map(|call| (call.word(), shopping_call_name(cx.lang, call)));
        let choices = names.each_ref().map(|(word, name)| (*word, name.as_str()));
        let chosen = widgets::choice(ui, &cx.t("shopping-call"), &choices, self.model.call.word());
        if let Some(call) = chosen.and_then(ShoppingCall::of_word) {
            self.model.open(call);
            self.model.follow(cx.snapshot);
        }
        let about = match self.model.call {
            ShoppingCall::Details => "shopping-about-details",
            ShoppingCall::Ship => "shopping-about-ship",
            ShoppingCall::Verify => "shopping-about-verify",
        };
        widgets::prose(ui, &cx.t(about));
        ui.add_space(S);
    }

    fn form(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.order(ui, cx);
        match self.model.call {
            ShoppingCall::Details => details::ui(ui, cx, &mut self.model),
            ShoppingCall::Ship => ship::ui(ui, cx, &mut self.model, &mut self.searches),
            ShoppingCall::Verify => {}
        }
        if self.model.call != ShoppingCall::Verify {
            self.problems(ui, cx);
        }
        self.buttons(ui, cx);
    }

    /// The combined order and who paid.
    fn order(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        widgets::section(ui, &cx.t("shopping-order"), |ui| {
            let (id, merchant) = (cx.t("shopping-kind-transaction"), cx.t("shopping-kind-merchant"));
            let choices = [
                (KeyKind::Transaction.word(), id.as_str()),
                (KeyKind::Merchant.word(), merchant.as_str()),
            ];
            let chosen = widgets::choice(ui, &cx.t("shopping-kind"), &choices, self.model.kind.word());
            if let Some(kind) = chosen {
                self.model.kind = KeyKind::of_word(kind);
                self.model.touch();
            }
            ui.add_space(S);
            let top = ShoppingPlace::default();
            let mut parent = std::mem::take(&mut self.model.parent);
            let mut openid = std::mem::take(&mut self.model.openid);
            let painter = Painter::new(cx, &self.model);
            let of_parent = |field: ShoppingField| {
                let field = shopping_field_name(cx.lang, field);
                cx.ta("shopping-parent", &[("field", field.into())])
            };
            let mut changed = painter.key(ui, &mut parent, top, of_parent);
            let name = shopping_field_name(cx.lang, ShoppingField::Openid);
            let line = field::Line::new(top, ShoppingField::Openid, &name).note(cx.t("shopping-openid-note"));
            changed |= painter.line(ui, line, &mut openid);
            (self.model.parent, self.model.openid) = (parent, openid);
            if changed {
                self.model.touch();
            }
        });
    }

    /// What is wrong, since the first try.
    fn problems(&self, ui: &mut Ui, cx: &Cx<'_>) {
        let problems = self.model.problems();
        if !self.model.tried || problems.is_empty() {
            return;
        }
        let mut lines = vec![cx.t("shopping-wrong-text")];
        for problem in problems.iter().take(LISTED) {
            let field = shopping_field_name(cx.lang, problem.field);
            let fault = shopping_fault(cx.lang, problem.fault);
            let args = [("field", field.into()), ("fault", fault.into())];
            let words = cx.ta("shopping-field-fault", &args);
            let place = shopping_place(cx.lang, self.model.call, problem.place);
            lines.push([place, words].join(" · ").trim_start_matches(" · ").to_owned());
        }
        if let Some(more @ 1..) = problems.len().checked_sub(LISTED) {
            lines.push(cx.ta("shopping-more-wrong", &[("count", format::count(more).into())]));
        }
        let title = cx.ta(
            "shopping-wrong",
            &[("count", format::count(problems.len()).into())],
        );
        Banner::new(Tone::Blocked, icons::ICON_ERROR, &title)
            .detail(&lines.join("\n"))
            .show(ui, |_| ());
    }

    fn buttons(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let words = self.send_words(cx);
        let icon = if self.model.call == ShoppingCall::Verify {
            icons::ICON_FACT_CHECK
        } else {
            icons::ICON_CLOUD_UPLOAD
        };
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = theme::M;
            if ui.add(primary(words).icon(icon)).clicked() {
                self.send(cx);
            }
            if ui.add(quiet(cx.t("shopping-clear"))).clicked() {
                self.model.clear();
                self.model.follow(cx.snapshot);
            }
        });
    }

    /// The words of the button; what it costs stands on it.
    fn send_words(&self, cx: &Cx<'_>) -> String {
        let parts: usize = match self.model.call {
            ShoppingCall::Details => self.model.details.iter().map(|sub| sub.items.len()).sum(),
            ShoppingCall::Ship => self.model.ships.iter().map(|sub| sub.items.len()).sum(),
            ShoppingCall::Verify => return cx.t("shopping-send-verify"),
        };
        let id = if self.model.call == ShoppingCall::Details {
            "shopping-send-details"
        } else {
            "shopping-send-ship"
        };
        cx.ta(id, &[("count", format::count(parts).into())])
    }

    fn send(&mut self, cx: &mut Cx<'_>) {
        self.model.tried = true;
        self.model.touch();
        self.model.follow(cx.snapshot);
        if !self.model.problems().is_empty() {
            return;
        }
        let draft = self.model.draft();
        self.model.remember(&draft);
        let order = ("order", draft.key.number().into());
        let (title, last) = match self.model.call {
            ShoppingCall::Details => ("shopping-ask-details", "shopping-ask-details-once"),
            ShoppingCall::Ship => ("shopping-ask-ship", "shopping-ask-ship-again"),
            ShoppingCall::Verify => {
                cx.send(Command::Shopping(ShoppingAsk::Send(vec![draft])));
                return;
            }
        };
        let confirm = Confirm {
            title: cx.ta(title, &[order]),
            body: vec![cx.t("shopping-ask-seen"), cx.t(last)],
            yes: self.send_words(cx),
            no: cx.t("shopping-no"),
            ..Confirm::default()
        };
        self.confirm = Some((confirm, ShoppingAsk::Send(vec![draft])));
    }

    fn ask(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some((confirm, ask)) = self.confirm.as_mut() else {
            return;
        };
        match confirm.show(ui.ctx(), |_| ()) {
            Answer::Open => {}
            Answer::No => self.confirm = None,
            Answer::Yes => {
                cx.send(Command::Shopping(ask.clone()));
                self.confirm = None;
            }
        }
    }
}
