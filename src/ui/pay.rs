//! The page that looks up one payment of WeChat Pay Global: the number, what WeChat Pay has signed about it, and the
//! merchant's numbers and keys. Nothing here is sent as shipping.

pub mod model;
mod setup;

use egui::{Key, Label, Ui};

use self::model::By;
use super::pane::Cx;
use super::said;
use super::theme::{self, S, Tone};
use super::widgets::{self, Banner, icons, primary};
use crate::domain::{PayPromotion, Payment, Timestamp, plain_text};
use crate::engine::command::{Command, PayAsk};
use crate::engine::notice::Notice;
use crate::engine::snapshot::PayAnswer;
use crate::i18n::{explain_pay_failure, format, pay_state_name};

pub use setup::File;

/// The page.
#[derive(Debug, Default)]
pub struct Pane {
    /// The file that is wanted for the merchant's settings.
    pub wants_file: Option<File>,
    /// The file that is being chosen.
    pub choosing: Option<File>,
    number: String,
    by: By,
    setup: setup::Form,
}

impl Pane {
    /// Paints the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let (title, subtitle) = (cx.t("pay-title"), cx.t("pay-subtitle"));
        widgets::page_header(ui, &title, Some(&subtitle), |_| ());
        let is_narrow = widgets::is_narrow(ui);
        if !is_narrow {
            self.side(ui, cx);
        }
        widgets::page(ui, "pay", |ui| {
            self.question(ui, cx);
            answer(ui, cx);
            if is_narrow {
                ui.add_space(S);
                self.setup(ui, cx);
            }
        });
    }

    /// What the engine said.
    pub fn hear(&mut self, notice: &Notice) {
        self.setup.hear(notice);
    }

    /// A file was chosen; it counts when the settings are saved.
    pub fn chosen(&mut self, file: File, path: &std::path::Path) {
        self.setup.chosen(file, path);
    }

    fn question(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        widgets::card(ui, |ui| {
            let (id, trade_no) = (cx.t("pay-by-id"), cx.t("pay-by-trade-no"));
            let choices = [
                (By::Id.word(), id.as_str()),
                (By::OutTradeNo.word(), trade_no.as_str()),
            ];
            if let Some(chosen) = widgets::choice(ui, &cx.t("pay-by"), &choices, self.by.word()) {
                self.by = By::of_word(chosen);
            }
            ui.add_space(S);
            let number = model::number(self.by, &self.number);
            let wrong = cx.t("pay-number-wrong");
            let note = (number.is_none() && !self.number.trim().is_empty())
                .then_some((Tone::Blocked, wrong.as_str()));
            let name = cx.t("pay-number");
            let mut entered = false;
            widgets::field(ui, &name, note, |ui| {
                let width = ui.available_width().min(420.0);
                let response = widgets::text_field(ui, &mut self.number, &name, "", width);
                entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            });
            let pay = &cx.snapshot.pay;
            let is_asking = matches!(pay.answer, PayAnswer::Asking(_));
            let can = number.is_some() && pay.has_key && !is_asking;
            let button = primary(cx.t("pay-query")).icon(icons::ICON_SEARCH).enabled(can);
            let asked = ui.add(button).clicked() || (entered && can);
            if let Some(number) = number.filter(|_| asked) {
                cx.send(Command::Pay(PayAsk::Query(number)));
            }
        });
        ui.add_space(S);
    }

    fn side(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let frame = egui::Frame::new().outer_margin(egui::Margin {
            left: 12,
            ..egui::Margin::ZERO
        });
        egui::Panel::right("pay-side")
            .frame(frame)
            .default_size(372.0)
            .size_range(300.0..=460.0)
            .show_separator_line(false)
            .show(ui, |ui| {
                widgets::page(ui, "pay-side", |ui| self.setup(ui, cx));
            });
    }

    fn setup(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if let Some(file) = self.setup.ui(ui, cx) {
            self.wants_file = Some(file);
        }
    }
}

fn answer(ui: &mut Ui, cx: &Cx<'_>) {
    let pay = &cx.snapshot.pay;
    match &pay.answer {
        PayAnswer::Nothing => {
            let (title, text) = if pay.has_key {
                ("pay-empty", "pay-empty-text")
            } else {
                ("pay-empty-setup", "pay-empty-setup-text")
            };
            widgets::empty_state(ui, icons::ICON_PAYMENTS, &cx.t(title), &cx.t(text), None);
        }
        PayAnswer::Asking(number) => {
            let args = [("number", number.as_str().into())];
            widgets::loading(ui, &cx.ta("pay-asking", &args));
        }
        PayAnswer::Found { payment, at } => found(ui, cx, payment, *at),
        PayAnswer::Failed { number, failure } => {
            let words = explain_pay_failure(cx.lang, failure);
            let tone = if failure.may_work_later() {
                Tone::Warn
            } else {
                Tone::Blocked
            };
            let detail = [number.as_str(), words.detail.as_str()].join("  ");
            Banner::new(tone, icons::ICON_ERROR, &words.title)
                .detail(detail.trim_end())
                .advice(&words.action)
                .code(&words.code)
                .show(ui, |_| ());
        }
    }
}

fn found(ui: &mut Ui, cx: &Cx<'_>, payment: &Payment, at: Timestamp) {
    Banner::new(Tone::Info, icons::ICON_PUBLIC, &cx.t("pay-not-managed"))
        .detail(&cx.t("pay-not-managed-text"))
        .show(ui, |_| ());
    widgets::card(ui, |ui| {
        widgets::row(ui, theme::BUTTON, |ui| {
            let tone = said::tone(model::tone(&payment.state));
            widgets::badge(ui, tone, pay_state_name(cx.lang, &payment.state));
            if let Some(total) = &payment.total {
                widgets::strong(ui, total.to_string());
            }
        });
        ui.add_space(S);
        let copy = cx.t("copy");
        for (name, number) in [
            ("pay-by-id", &payment.id),
            ("pay-by-trade-no", &payment.out_trade_no),
        ] {
            if !number.is_empty() {
                widgets::key_value_ui(ui, &cx.t(name), |ui| widgets::copyable(ui, number, &copy));
            }
        }
        for (name, value) in model::facts(payment, at) {
            widgets::key_value(ui, &cx.t(name), &value);
        }
        if !payment.promotions.is_empty() {
            ui.add_space(S);
            widgets::strong(ui, cx.t("pay-promotions"));
            for promotion in &payment.promotions {
                discount(ui, cx, promotion);
            }
        }
    });
}

fn discount(ui: &mut Ui, cx: &Cx<'_>, promotion: &PayPromotion) {
    let words = model::discount(promotion);
    ui.add(Label::new(&*plain_text::line(&words)).wrap());
    if promotion.contributed.iter().any(Option::is_some) {
        let [wechat, merchant, other] = model::contributed(promotion);
        let args = [
            ("wechat", wechat.into()),
            ("merchant", merchant.into()),
            ("other", other.into()),
        ];
        widgets::small(ui, cx.ta("pay-promotion-parts", &args));
    }
    for (id, quantity, _off) in &promotion.goods {
        let quantity = format::count(usize::try_from(*quantity).unwrap_or_default());
        let args = [("id", id.as_str().into()), ("quantity", quantity.into())];
        widgets::small(ui, cx.ta("pay-goods", &args));
    }
}
