//! What is typed before a wish is sent, and the question before it costs something.

use egui::Ui;
use jiff::civil::Date;

use super::model::{Model, Purpose, Unsaid, Wish};
use crate::domain::{ErrandKind, ErrandWhy, Fen, Timestamp};
use crate::i18n::{explain_errand_why, format};
use crate::ui::confirm::Confirm;
use crate::ui::orders::calendar;
use crate::ui::pane::Cx;
use crate::ui::theme::{S, Tone};
use crate::ui::widgets::{self, Banner, icons};

/// The words on the button of a wish.
pub(super) fn button_id(wish: Wish) -> &'static str {
    match wish {
        Wish::Remind => "reminders-send",
        Wish::PreSale => "special-send-pre-sale",
        Wish::TestOrder => "special-send-test",
    }
}

/// Paints what can be typed.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, model: &mut Model) {
    if model.purpose() == Purpose::Remind {
        signing(ui, cx, model);
        return;
    }
    let (name, pre_sale, test) = (
        cx.t("special-kind"),
        cx.t("special-kind-pre-sale"),
        cx.t("special-kind-test"),
    );
    let now = if model.wish == Wish::TestOrder {
        "test"
    } else {
        "pre-sale"
    };
    let choices = [("pre-sale", pre_sale.as_str()), ("test", test.as_str())];
    if let Some(chosen) = widgets::choice(ui, &name, &choices, now) {
        model.wish = if chosen == "test" {
            Wish::TestOrder
        } else {
            Wish::PreSale
        };
    }
    if model.wish == Wish::TestOrder {
        let (title, detail) = (cx.t("special-test-warning"), cx.t("special-test-warning.detail"));
        Banner::new(Tone::Blocked, icons::ICON_WARNING, &title)
            .detail(&detail)
            .show(ui, |_| ());
    } else {
        day(ui, cx, model);
    }
}

fn signing(ui: &mut Ui, cx: &Cx<'_>, model: &mut Model) {
    let name = cx.t("reminders-signed-at");
    let unreadable = model.kind(cx.now) == Err(Unsaid::Unreadable);
    let barred = model.barred().filter(|_| !model.signed_at.trim().is_empty());
    let wrong = unreadable || barred.is_some();
    let note = match (unreadable, barred) {
        (true, _) => cx.t("reminders-signed-wrong"),
        (false, Some(why)) => {
            let range = model.signed_after().map_or_else(String::new, |after| {
                let after = format::moment_exact(Timestamp::from_secs(after.secs()));
                cx.ta("reminders-signed-range", &[("after", after.into())])
            });
            refused(cx, why, &range)
        }
        (false, None) => cx.t("reminders-signed-note"),
    };
    let tone = if wrong { Tone::Blocked } else { Tone::Neutral };
    widgets::field(ui, &name, Some((tone, &note)), |ui| {
        let now = format::moment_exact(Timestamp::from_secs(cx.now.secs()));
        let hint = cx.ta("reminders-signed-hint", &[("now", now.into())]);
        widgets::text_field(ui, &mut model.signed_at, &name, &hint, 260.0);
    });
}

fn day(ui: &mut Ui, cx: &Cx<'_>, model: &mut Model) {
    let name = cx.t("special-day");
    let days = model.days();
    let unreadable = model.kind(cx.now) == Err(Unsaid::Unreadable);
    let barred = model.barred();
    let wrong = unreadable || barred.is_some();
    let within = |id: &str, (first, last): (Date, Date)| {
        let args = [
            ("first", first.to_string().into()),
            ("last", last.to_string().into()),
        ];
        cx.ta(id, &args)
    };
    let note = match (barred, days, model.chosen_count()) {
        _ if unreadable => cx.t("special-day-wrong"),
        (_, None, 1..) => cx.t("special-day-none"),
        (Some(why), days, _) => {
            let days = days.or_else(|| model.possible_days());
            let range = days.map_or_else(String::new, |days| within("special-day-range", days));
            refused(cx, why, &range)
        }
        (None, Some(days), _) => within("special-day-within", days),
        (None, None, _) => cx.t("special-day-choose"),
    };
    let tone = if wrong { Tone::Blocked } else { Tone::Neutral };
    widgets::field(ui, &name, Some((tone, &note)), |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = S;
            widgets::text_field(ui, &mut model.day, &name, "2026-12-20", 140.0);
            calendar::button_within(ui, cx, &mut model.day, &name, days);
        });
    });
}

/// Why what is typed is refused, and what would not be.
fn refused(cx: &Cx<'_>, why: ErrandWhy, range: &str) -> String {
    let title = explain_errand_why(cx.lang, why).title;
    if range.is_empty() {
        title
    } else {
        format!("{title} · {range}")
    }
}

/// The question before a wish is sent.
pub(super) fn question(cx: &Cx<'_>, kind: ErrandKind, count: usize, amount: Fen) -> Confirm {
    let mut args = vec![("count", format::count(count).into())];
    let (title, body, yes) = match kind {
        ErrandKind::Remind { received_at } => {
            let at = format::moment_exact(Timestamp::from_secs(received_at.secs()));
            args.push(("at", at.into()));
            (
                "reminders-ask",
                vec!["reminders-ask-once", "reminders-ask-at"],
                "reminders-send",
            )
        }
        ErrandKind::PreSale { delay_to } => {
            args.push(("at", format::moment_exact(delay_to).into()));
            (
                "special-ask-pre-sale",
                vec!["special-ask-told"],
                "special-send-pre-sale",
            )
        }
        ErrandKind::TestOrder => {
            args.push(("amount", format::money(amount).into()));
            (
                "special-ask-test",
                vec!["special-ask-test-money", "special-ask-test-real"],
                "special-send-test",
            )
        }
    };
    let typed =
        (kind == ErrandKind::TestOrder).then(|| (cx.ta("special-ask-test-type", &args), count.to_string()));
    Confirm {
        title: cx.ta(title, &args),
        body: body.into_iter().map(|id| cx.ta(id, &args)).collect(),
        yes: cx.ta(yes, &args),
        no: cx.t("errands-no"),
        costly: true,
        typed,
        ..Confirm::default()
    }
}
