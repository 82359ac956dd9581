//! The first start: three steps to a working account, or straight to practice with made-up orders.

pub mod model;

use egui::{CornerRadius, Frame, Margin, RichText, Stroke, Ui};

use self::model::{Standing, Step};
use super::actions::{self, ActionId};
use super::nav::Page;
use super::pane::Cx;
use super::settings;
use super::theme::{self, L, M, S, Tone, XS};
use super::widgets::{self, icons, primary, quiet, secondary};
use crate::domain::OrderQuery;
use crate::engine::command::Command;

/// Where AppID, AppSecret and the list of addresses stand.
const CONSOLE: &str = "https://mp.weixin.qq.com";
/// Below this width practice stands below the steps.
const SIDE_BY_SIDE: f32 = 820.0;
/// The width of the card about practice.
const BESIDE: f32 = 280.0;

/// Paints the page. The form of the account is the one of the settings, so that both say the same.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, settings: &mut settings::Pane) {
    let title = cx.t("welcome-title");
    let close = widgets::page_header(ui, &title, Some(&cx.t("welcome-subtitle")), |ui| {
        ui.add(quiet(cx.t("welcome-close"))).clicked()
    });
    if close {
        *cx.go = Some(Page::Orders);
    }
    widgets::page(ui, "welcome", |ui| {
        if ui.available_width() < SIDE_BY_SIDE {
            practice(ui, cx);
            ui.add_space(M);
            steps(ui, cx, settings);
            return;
        }
        let width = ui.available_width() - BESIDE - L;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = L;
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.x = S;
                steps(ui, cx, settings);
            });
            ui.vertical(|ui| {
                ui.set_width(BESIDE);
                ui.spacing_mut().item_spacing.x = S;
                practice(ui, cx);
            });
        });
    });
}

fn steps(ui: &mut Ui, cx: &mut Cx<'_>, settings: &mut settings::Pane) {
    for (number, step) in (1..).zip(Step::ALL) {
        let standing = model::standing(step, &cx.snapshot.session);
        let id = match step {
            Step::Account => "welcome-account",
            Step::Address => "welcome-address",
            Step::Test => "welcome-test",
        };
        widgets::card(ui, |ui| {
            heading(ui, cx, number, id, standing);
            if standing == Standing::Later {
                return;
            }
            match step {
                Step::Account => account(ui, cx, settings, standing),
                Step::Address => address(ui, cx, standing),
                Step::Test => test(ui, cx),
            }
        });
        ui.add_space(XS);
    }
}

/// The number of a step, or its tick, with its name.
fn heading(ui: &mut Ui, cx: &Cx<'_>, number: usize, id: &str, standing: Standing) {
    let tone = match standing {
        Standing::Later => Tone::Neutral,
        Standing::Now => Tone::Ready,
        Standing::Done => Tone::Done,
    };
    widgets::row(ui, 28.0, |ui| {
        ui.spacing_mut().item_spacing.x = S;
        if standing == Standing::Done {
            widgets::icon(ui, icons::ICON_CHECK_CIRCLE, tone, 24.0);
        } else {
            let pair = theme::palette(ui).tone(tone);
            Frame::new()
                .fill(pair.ground)
                .stroke(Stroke::new(1.0, pair.ink))
                .corner_radius(CornerRadius::same(255))
                .inner_margin(Margin::symmetric(8, 2))
                .show(ui, |ui| {
                    ui.label(RichText::new(number.to_string()).color(pair.ink))
                });
        }
        ui.label(RichText::new(cx.t(id)).text_style(theme::section_style()));
        if standing == Standing::Done {
            widgets::badge(ui, tone, cx.t("welcome-done"));
        }
    });
}

fn account(ui: &mut Ui, cx: &mut Cx<'_>, settings: &mut settings::Pane, standing: Standing) {
    if standing == Standing::Done {
        let name = cx.snapshot.session.account().map(|account| account.name.clone());
        widgets::weak(ui, name.unwrap_or_default());
        return;
    }
    widgets::weak(ui, cx.t("welcome-account-where"));
    widgets::copyable(ui, CONSOLE, &cx.t("copy"));
    ui.add_space(XS);
    settings.first_account(ui, cx);
}

fn address(ui: &mut Ui, cx: &Cx<'_>, standing: Standing) {
    if standing == Standing::Done {
        widgets::weak(ui, cx.t("welcome-address-done"));
        return;
    }
    widgets::weak(ui, cx.t("welcome-address-why"));
    match model::refused_address(&cx.snapshot.session) {
        Some(address) => {
            widgets::strong(ui, cx.t("welcome-address-yours"));
            widgets::copyable(ui, address, &cx.t("copy"));
            widgets::weak(ui, cx.t("welcome-address-where"));
        }
        None => {
            widgets::weak(ui, cx.t("welcome-address-unknown"));
        }
    }
}

fn test(ui: &mut Ui, cx: &mut Cx<'_>) {
    if model::all_passed(&cx.snapshot.session) {
        widgets::weak(ui, cx.t("welcome-ready"));
        ui.add_space(S);
        let begin = primary(cx.t("welcome-begin")).icon(icons::ICON_ARROW_FORWARD);
        if widgets::row(ui, theme::BUTTON, |ui| ui.add(begin).clicked()) {
            cx.send(Command::RefreshOrders(OrderQuery::default()));
            *cx.go = Some(Page::Orders);
        }
        return;
    }
    settings::doctor::list(ui, cx);
}

/// Made-up orders to learn with.
fn practice(ui: &mut Ui, cx: &Cx<'_>) {
    widgets::card(ui, |ui| {
        ui.label(RichText::new(cx.t("welcome-practice")).text_style(theme::section_style()));
        widgets::weak(ui, cx.t("welcome-practice-text"));
        ui.add_space(S);
        let mut begin = secondary(cx.t("welcome-practice-begin")).icon(icons::ICON_SCHOOL);
        let idle = actions::nothing_under_way(cx.snapshot);
        if !idle {
            begin = begin.hint(cx.t("practice-busy"));
        }
        let possible = idle && !cx.snapshot.session.sandbox;
        if ui.add(begin.enabled(possible)).clicked() {
            actions::request(ui.ctx(), ActionId::Practice);
        }
    });
}
