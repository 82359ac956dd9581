//! Where a shipment stands and what happens next, painted the same on every page, and the lines that sum it up
//! for all of them.

use std::time::Duration;

use egui::{CornerRadius, Frame, Label, Margin, RichText, Ui};

use super::pane::Cx;
use super::theme::{self, ROUND, Tone, XS};
use super::widgets::{self, icons};
use crate::domain::{Obstacle, Timestamp};
use crate::engine::snapshot::Outbox;
use crate::i18n::{Lang, Told, format, text_with};

/// What happens next and when, how far it is, and what a person can do.
pub fn card(ui: &mut Ui, tone: Tone, told: &Told) {
    if told.next.is_empty() {
        return;
    }
    let pair = theme::palette(ui).tone(tone);
    let frame = Frame::new()
        .fill(pair.ground)
        .corner_radius(CornerRadius::same(ROUND))
        .inner_margin(Margin::same(10));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = XS;
        widgets::icon_line(ui, icons::ICON_SCHEDULE, tone, 18.0, |ui| {
            let words = RichText::new(&told.next)
                .text_style(theme::strong_style())
                .color(pair.ink);
            ui.add(Label::new(words).wrap());
        });
        for line in [&told.far, &told.then, &told.you] {
            if !line.is_empty() {
                ui.add(Label::new(line).wrap());
            }
        }
    });
}

/// How many shipments are unclear and when the next of them is looked at, with how long that stays true.
pub fn unclear(outbox: &Outbox, lang: Lang, now: Timestamp) -> Option<(String, Option<Duration>)> {
    if outbox.unclear == 0 {
        return None;
    }
    let count = ("count", format::count(outbox.unclear).into());
    let stopped = matches!(
        outbox.obstacle(false),
        Some(Obstacle::Continue | Obstacle::Account | Obstacle::Journal)
    );
    Some(match outbox.next_look(now) {
        _ if stopped => (text_with(lang, "bar-unclear-stopped", &[count]), None),
        Some(at) => {
            let clock = ("at", format::clock(at, now).into());
            let words = text_with(lang, "bar-unclear-next", &[count, clock]);
            (words, Some(at.since(now)))
        }
        None => (text_with(lang, "bar-unclear-now", &[count]), None),
    })
}

/// How many shipments wait until WeChat shows their order and when it is asked again.
pub fn waiting(outbox: &Outbox, lang: Lang, now: Timestamp) -> Option<(String, Option<Duration>)> {
    let at = outbox.next_ask(now).filter(|_| outbox.waiting > 0)?;
    let args = [
        ("count", format::count(outbox.waiting).into()),
        ("at", format::clock(at, now).into()),
    ];
    Some((text_with(lang, "bar-waiting-next", &args), Some(at.since(now))))
}

/// A small line, painted again when it is no longer true.
pub fn line(ui: &mut Ui, cx: &Cx<'_>, said: Option<(String, Option<Duration>)>) {
    if let Some((words, changes)) = said {
        widgets::small(ui, words);
        cx.repaint_in(ui, changes);
    }
}
