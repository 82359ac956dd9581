//! Short messages at the corner, made of real widgets so that they wrap, can be closed by keyboard and are
//! read by screen readers.

use std::time::Duration;

use egui::{Align2, Area, Context, Frame, Id, Label, Margin, Order, Sides, Stroke, Vec2, vec2};

use super::actions::{self, ActionId};
use super::desktop;
use super::theme::{self, S, Tone, XL};
use super::tones;
use super::widgets::{self, Icon, icons};
use crate::domain::{Alert, JumpState, PushRefusal, ResetState};
use crate::engine::notice::{DiagnosticsSaid, EventsSaid, Notice};
use crate::i18n::{self, Arg, Lang, format};

/// Width of a message without its margin.
const WIDTH: f32 = 352.0;
/// How many stand there at once; older ones give way.
const MOST: usize = 4;
/// In a window with less room than this, as at twice the size, one stands there at a time and says its first line.
const ROOMY: Vec2 = vec2(900.0, 520.0);
/// Width of a message there.
const NARROW: f32 = 252.0;

#[derive(Debug)]
struct Toast {
    tone: Tone,
    words: String,
    /// The word on the button that takes back what the message speaks of.
    undo: Option<String>,
    /// Whom it calls to what, so that a second call of its kind is said in the same place.
    alert: Option<Alert>,
    left_secs: f64,
    /// Not painted yet: the time before it does not count.
    new: bool,
}

/// The messages that are shown now.
#[derive(Debug, Default)]
pub struct Toasts {
    shown: Vec<Toast>,
    painted_at: f64,
}

impl Toasts {
    /// Shows what the engine said.
    pub fn say(&mut self, notice: &Notice, lang: Lang) {
        let Notice::Alert(alert) = notice else {
            let (tone, words) = words(notice, lang);
            return self.push(tone, words);
        };
        let alert = self.together(alert);
        let (tone, words) = words(&Notice::Alert(alert.clone()), lang);
        self.push(tone, words);
        if let Some(toast) = self.shown.last_mut() {
            toast.alert = Some(alert);
        }
    }

    /// A call with what an older one of its kind has said, which goes: a list that is read page by page finds late
    /// orders page by page.
    fn together(&mut self, alert: &Alert) -> Alert {
        let of_kind = |toast: &Toast| match (&toast.alert, alert) {
            (Some(Alert::Late(before)), Alert::Late(_)) | (Some(Alert::Soon(before)), Alert::Soon(_)) => {
                Some(*before)
            }
            _ => None,
        };
        let before = self.shown.iter().find_map(of_kind).unwrap_or_default();
        self.shown.retain(|toast| of_kind(toast).is_none());
        match alert {
            Alert::Late(count) => Alert::Late(count.saturating_add(before)),
            Alert::Soon(count) => Alert::Soon(count.saturating_add(before)),
            Alert::NeedPerson(_) | Alert::BatchDone(_) | Alert::AccountStopped(_) => alert.clone(),
        }
    }

    /// Shows words of the window itself.
    pub fn push(&mut self, tone: Tone, words: String) {
        // What went wrong stays long enough to be read twice.
        let calm = matches!(tone, Tone::Done | Tone::Ready | Tone::Info | Tone::Neutral);
        let left_secs = if calm { 5.0 } else { 14.0 };
        self.shown.retain(|toast| toast.words != words);
        self.shown.push(Toast {
            tone,
            words,
            undo: None,
            alert: None,
            left_secs,
            new: true,
        });
        let surplus = self.shown.len().saturating_sub(MOST);
        self.shown.drain(..surplus);
    }

    /// Says what was edited, with the button that takes it back; only the newest edit has one.
    pub fn offer_undo(&mut self, words: String, undo: String) {
        self.shown.retain(|toast| toast.undo.is_none());
        self.push(Tone::Neutral, words);
        if let Some(toast) = self.shown.last_mut() {
            toast.undo = Some(undo);
        }
    }

    /// Paints them at the corner. `true` when the newest edit is to be taken back.
    pub fn ui(&mut self, ctx: &Context, lang: Lang) -> bool {
        if self.shown.is_empty() {
            return false;
        }
        let mut undone = false;
        // Frames are rare while nothing moves, so the clock counts and not the frames.
        let now = ctx.input(|input| input.time);
        let elapsed = now - self.painted_at;
        self.painted_at = now;
        for toast in self.shown.iter_mut().filter(|toast| toast.new) {
            toast.left_secs += elapsed;
            toast.new = false;
        }
        let close = i18n::text(lang, "toast-close");
        let room = ctx.content_rect().size();
        let cramped = room.x < ROOMY.x || room.y < ROOMY.y;
        // Where one stands at a time the newest does; those behind it wait, and their time waits with them.
        let waiting = if cramped {
            self.shown.len().saturating_sub(1)
        } else {
            0
        };
        let mut at = 0_usize;
        // A dialog asks for a decision: nothing stands before its buttons.
        let asks = ctx.memory(|memory| memory.top_modal_layer().is_some());
        let order = if asks { Order::Middle } else { Order::Tooltip };
        let shown = Area::new(Id::unique("toasts"))
            .order(order)
            .anchor(Align2::RIGHT_BOTTOM, vec2(-XL, -44.0))
            .show(ctx, |ui| {
                ui.spacing_mut().item_spacing.y = S;
                self.shown.retain(|toast| {
                    at = at.saturating_add(1);
                    if at <= waiting {
                        return true;
                    }
                    let (closed, undo) = paint(ui, toast, &close, cramped);
                    undone |= undo;
                    !closed && !undo
                });
            });
        if !shown.response.contains_pointer() {
            for toast in self.shown.iter_mut().skip(waiting) {
                toast.left_secs -= elapsed;
            }
        }
        self.shown.retain(|toast| toast.left_secs > 0.0);
        ctx.request_repaint_after(Duration::from_millis(250));
        undone
    }
}

/// Whether it was closed, and whether what it speaks of is to be taken back.
fn paint(ui: &mut egui::Ui, toast: &Toast, close: &str, cramped: bool) -> (bool, bool) {
    let palette = theme::palette(ui);
    // What to do follows on the second line; in little room it waits under the pointer.
    let first = toast.words.lines().next().unwrap_or_default();
    Frame::new()
        .fill(palette.surface)
        .stroke(Stroke::new(1.0, palette.tone(toast.tone).ink))
        .shadow(ui.visuals().popup_shadow)
        .corner_radius(theme::ROUND)
        .inner_margin(Margin::symmetric(14, 8))
        .show(ui, |ui| {
            ui.set_width(if cramped { NARROW } else { WIDTH });
            let words = |ui: &mut egui::Ui| {
                widgets::icon_line(ui, icon_of(toast.tone), toast.tone, 20.0, |ui| {
                    if cramped && first.len() < toast.words.len() {
                        ui.add(Label::new(first).wrap()).on_hover_text(&toast.words);
                    } else {
                        ui.add(Label::new(&toast.words).wrap());
                    }
                });
            };
            let name = format!("{close} {}", toast.words);
            let button = widgets::icon_button(icons::ICON_CLOSE, close)
                .name(name)
                .compact();
            let sides = Sides::new().shrink_left();
            let buttons = |ui: &mut egui::Ui| {
                let closed = ui.add(button).clicked();
                let undo = toast.undo.as_ref().is_some_and(|word| {
                    let hint = actions::keys_of(ui.ctx(), ActionId::Undo);
                    ui.add(widgets::secondary(word).hint(hint).compact()).clicked()
                });
                (closed, undo)
            };
            let ((), done) = sides.show(ui, words, buttons);
            done
        })
        .inner
}

fn icon_of(tone: Tone) -> Icon {
    match tone {
        Tone::Neutral | Tone::Info => icons::ICON_INFO,
        Tone::Ready | Tone::Done => icons::ICON_CHECK_CIRCLE,
        Tone::Warn => icons::ICON_WARNING,
        Tone::Blocked => icons::ICON_ERROR,
        Tone::Unclear => icons::ICON_HELP,
        Tone::Person => icons::ICON_PERSON_ALERT,
    }
}

/// The words that take more than a line to choose.
fn more_words(notice: &Notice, lang: Lang) -> (Tone, String) {
    if let Notice::TeamNotSaved(trouble) = notice {
        let why = i18n::explain_claims_trouble(lang, *trouble).title;
        let words = i18n::text_with(lang, "notice-team-not-saved", &[("why", why.into())]);
        (Tone::Blocked, words)
    } else if let Notice::Alert(alert) = notice {
        // What was decided or is done has its own message in the window.
        let (tone, message) = desktop::words(alert, lang);
        (tone, format!("{}\n{}", message.title, message.body))
    } else if let Notice::ErrandsQueued {
        kind,
        queued,
        refused,
    } = notice
    {
        let all = refused.is_empty() && *queued > 0;
        let tone = if all { Tone::Info } else { Tone::Warn };
        (tone, i18n::errands_queued(lang, *kind, *queued, refused))
    } else if let Notice::ErrandsDone { done, stopped } = notice {
        let tone = if *stopped == 0 { Tone::Done } else { Tone::Person };
        (tone, i18n::errands_done(lang, *done, *stopped))
    } else if let Notice::Purged(purged) = notice {
        let args = [
            ("orders", format::count(purged.orders).into()),
            ("others", format::count(purged.others()).into()),
        ];
        (Tone::Done, i18n::text_with(lang, "notice-purged", &args))
    } else if let Notice::JumpPath(state) = notice {
        let tone = match state {
            JumpState::Set => Tone::Done,
            JumpState::Never | JumpState::Sending | JumpState::Unclear => Tone::Unclear,
            JumpState::Failed(_) => Tone::Blocked,
        };
        (tone, i18n::jump_path_words(lang, state))
    } else if let Notice::Diagnostics(DiagnosticsSaid::BundleSaved(name)) = notice {
        let saved = i18n::text_with(lang, "bundle-saved", &[("name", name.into())]);
        (Tone::Done, saved)
    } else if let Notice::Diagnostics(DiagnosticsSaid::Reset(state)) = notice {
        let done = *state == ResetState::Done;
        let tone = if done { Tone::Done } else { Tone::Unclear };
        (tone, i18n::reset_words(lang, state))
    } else {
        (Tone::Info, String::new())
    }
}

#[allow(clippy::too_many_lines, reason = "one arm for each notice")]
fn words(notice: &Notice, lang: Lang) -> (Tone, String) {
    let say = |id: &str, args: &[(&str, Arg)]| i18n::text_with(lang, id, args);
    let order = |id: &str, number: &str| say(id, &[("order", number.into())]);
    let file = |id: &str, name: &str| say(id, &[("file", name.into())]);
    match notice {
        Notice::Shipped(id) => (Tone::Done, order("notice-shipped", id.as_str())),
        Notice::Queued(id) => (Tone::Info, order("notice-queued", id.as_str())),
        Notice::NotQueued { transaction_id, .. } => {
            (Tone::Blocked, order("notice-not-queued", transaction_id))
        }
        Notice::NeedsPerson(id) => (Tone::Person, order("notice-needs-person", id.as_str())),
        Notice::Unclear(id) => (Tone::Unclear, order("notice-unclear", id.as_str())),
        Notice::BatchDone(counts) => {
            let shipped = ("shipped", format::count(counts.shipped).into());
            let left = [counts.refused, counts.unclear, counts.needs_person]
                .into_iter()
                .fold(0, usize::saturating_add);
            if left == 0 {
                (Tone::Done, say("notice-batch-done", &[shipped]))
            } else {
                let left = ("left", format::count(left).into());
                (Tone::Person, say("notice-batch-left", &[shipped, left]))
            }
        }
        Notice::BatchChanged(count) => (
            Tone::Warn,
            say("notice-batch-changed", &[("count", format::count(*count).into())]),
        ),
        Notice::BatchNotKept => (Tone::Blocked, say("notice-batch-not-kept", &[])),
        Notice::Cancelled(count) => (
            Tone::Info,
            say("notice-cancelled", &[("count", format::count(*count).into())]),
        ),
        Notice::NotCancelled(count) => (
            Tone::Warn,
            say("notice-not-cancelled", &[("count", format::count(*count).into())]),
        ),
        Notice::TooLate(_) => (Tone::Warn, say("notice-too-late", &[])),
        Notice::OrderNotFound(number) => (Tone::Warn, order("notice-order-not-found", number)),
        Notice::FetchFailed(_) => (Tone::Warn, say("notice-fetch-failed", &[])),
        Notice::Reread { read, orders } => reread(lang, *read, *orders),
        Notice::FileSaved(saved) => {
            let tone = if saved.masked || saved.encoding.is_some() {
                Tone::Warn
            } else {
                Tone::Done
            };
            (tone, i18n::explain_saved(lang, saved))
        }
        Notice::FileNotSaved { name, why } => (Tone::Blocked, i18n::explain_not_saved(lang, name, why)),
        Notice::Saved => (Tone::Done, say("notice-saved", &[])),
        Notice::NotSaved(_) => (Tone::Blocked, say("notice-not-saved", &[])),
        Notice::SecretNotKept => (Tone::Warn, say("notice-secret-not-kept", &[])),
        Notice::TeamSaved { first: true } => (Tone::Done, say("notice-team-first", &[])),
        Notice::TeamSaved { first: false } => (Tone::Done, say("notice-team-joined", &[])),
        Notice::TeamKeyNotKept => (Tone::Warn, say("notice-team-key-not-kept", &[])),
        Notice::FileArrived(name) => (Tone::Info, file("notice-file-arrived", name)),
        Notice::FileHeld(name) => (Tone::Warn, file("notice-file-held", name)),
        Notice::FileGone(name) => (Tone::Warn, file("notice-file-gone", name)),
        Notice::TeamNotSaved(_)
        | Notice::Alert(_)
        | Notice::Purged(_)
        | Notice::ErrandsQueued { .. }
        | Notice::ErrandsDone { .. }
        | Notice::JumpPath(_)
        | Notice::Diagnostics(_) => more_words(notice, lang),
        Notice::Events(said) => events_words(said, lang),
        Notice::Shopping(said) => (tones::of_shopping_notice(said), i18n::shopping_notice(lang, said)),
        Notice::PayNotSaved(_) => (Tone::Blocked, say("notice-pay-not-saved", &[])),
        Notice::StoreFailed => (Tone::Blocked, say("notice-store-failed", &[])),
        Notice::Dropped(count) => (
            Tone::Info,
            say("notice-dropped", &[("count", format::count(*count).into())]),
        ),
    }
}

fn events_words(said: &EventsSaid, lang: Lang) -> (Tone, String) {
    match said {
        EventsSaid::Read {
            new,
            known,
            others,
            refused,
        } => events_read(lang, (*new, *known, *others), refused),
        EventsSaid::Came(event) if event.number().is_empty() => {
            (Tone::Warn, i18n::text(lang, "notice-event-access"))
        }
        EventsSaid::Came(event) => {
            let args = [("order", event.number().into())];
            (Tone::Warn, i18n::text_with(lang, "notice-event-overdue", &args))
        }
        EventsSaid::ReceiverNotSaved(_) => (Tone::Blocked, i18n::text(lang, "notice-receiver-not-saved")),
    }
}

/// How many messages were read; when there was none at all, why.
fn events_read(
    lang: Lang,
    (new, known, others): (usize, usize, usize),
    refused: &[PushRefusal],
) -> (Tone, String) {
    if let (0, [why, ..]) = (new.saturating_add(known).saturating_add(others), refused) {
        let words = i18n::explain_push_refusal(lang, *why);
        let args = [("why", words.title.into()), ("action", words.action.into())];
        return (
            Tone::Blocked,
            i18n::text_with(lang, "notice-events-refused", &args),
        );
    }
    let count = |count: usize| Arg::from(format::count(count));
    let args = [
        ("new", count(new)),
        ("known", count(known)),
        ("others", count(others)),
        ("refused", count(refused.len())),
    ];
    let id = if new == 0 {
        "notice-events-none"
    } else {
        "notice-events-read"
    };
    let tone = if refused.is_empty() {
        Tone::Info
    } else {
        Tone::Warn
    };
    (tone, i18n::text_with(lang, id, &args))
}

fn reread(lang: Lang, read: usize, orders: usize) -> (Tone, String) {
    let (tone, id) = if read < orders {
        (Tone::Warn, "notice-reread-part")
    } else {
        (Tone::Done, "notice-reread")
    };
    let args = [
        ("read", format::count(read).into()),
        ("orders", format::count(orders).into()),
    ];
    (tone, i18n::text_with(lang, id, &args))
}
