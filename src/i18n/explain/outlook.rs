//! A shipment's present and near future in words: what is known, since when, what happens next and when, how
//! far it is, and what a person can do. Both shells say it with these.

use std::time::Duration;

use super::{Explained, explain_doubt, explain_refusal, explain_why};
use crate::domain::{Obstacle, Outlook, Pause, Shipment, State, Step, Timestamp, Untouched};
use crate::i18n::{Arg, Lang, format, text, text_with};

/// Everything that can be said about where a shipment stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What is known; its `action` is left out where [`Self::you`] says it better.
    pub known: Explained,
    /// Since when, as a moment and an age.
    pub since: String,
    /// What happens next, with its moment; empty when nothing does.
    pub next: String,
    /// How far it is: which look, which try; may be empty.
    pub far: String,
    /// What follows from that; may be empty.
    pub then: String,
    /// What a person can do now; empty when it has ended.
    pub you: String,
}

impl Told {
    /// How far it is, what follows and what a person can do, as one text.
    pub fn course(&self, lang: Lang) -> String {
        let parts = [self.far.as_str(), self.then.as_str(), self.you.as_str()];
        let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        said.join(match lang {
            Lang::ZhCn => "",
            Lang::En => " ",
        })
    }
}

/// Where a queued shipment stands in the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// From 1.
    pub place: usize,
    /// How long it takes at the present pace until it is sent, in seconds.
    pub secs: Option<u64>,
}

/// What a shipment's state means.
pub fn explain_shipment(lang: Lang, state: &State) -> Explained {
    let plain = |title: &str, detail: &str| Explained {
        title: text(lang, title),
        detail: text(lang, detail),
        ..Explained::default()
    };
    match state {
        State::Queued => plain("outbox-queued", "outbox-queued-detail"),
        State::Waiting => plain("outbox-waiting", "outbox-waiting-detail"),
        State::Sending => plain("outbox-sending", "outbox-sending-detail"),
        State::Unclear(doubt) => explain_doubt(lang, doubt),
        State::Shipped { found: true } => plain("outbox-shipped", "outbox-found-detail"),
        State::Shipped { found: false } => plain("outbox-shipped", "outbox-shipped-detail"),
        State::Rejected(refusal) => explain_refusal(lang, refusal),
        State::NeedsPerson(why) => explain_why(lang, why),
        State::Cancelled => plain("outbox-cancelled", "outbox-cancelled-detail"),
    }
}

/// Says all of it.
pub fn tell(lang: Lang, shipment: &Shipment, ahead: &Outlook, place: Option<Place>, now: Timestamp) -> Told {
    let mut known = explain_shipment(lang, &shipment.state);
    if shipment.state == State::Queued && shipment.may_have_been_sent() {
        known.detail = String::new(); // "nothing was sent" would be untrue
    }
    let (far, then) = course(lang, ahead, now);
    let you = match (ahead.obstacle, &ahead.step) {
        (_, Step::Nothing) => String::new(),
        (_, Step::Decide) => std::mem::take(&mut known.action),
        (Some(Obstacle::Continue), _) => text(lang, "next-you-continue"),
        (Some(Obstacle::Account), _) => text(lang, "next-you-account"),
        (Some(Obstacle::Journal), _) => text(lang, "next-you-journal"),
        (_, Step::Send { .. } | Step::Ask { .. }) => text(lang, "next-you-take-back"),
        (_, Step::Answer { .. } | Step::Look { .. }) => text(lang, "next-you-nothing"),
    };
    if ahead.step != Step::Decide {
        known.action = String::new();
    }
    Told {
        known,
        since: since(lang, shipment, now),
        next: next_words(lang, ahead, place, now),
        far,
        then,
        you,
    }
}

/// Since when it stands so. The doubt about one that was sent long before is counted anew from each start of the
/// program, so both moments are named.
fn since(lang: Lang, shipment: &Shipment, now: Timestamp) -> String {
    let mut args = vec![
        ("at", format::clock(shipment.since, now).into()),
        ("span", format::duration(lang, now.since(shipment.since)).into()),
    ];
    let unclear = matches!(shipment.state, State::Unclear(_));
    let sent = shipment.upload_time.filter(|_| unclear);
    match sent.filter(|sent| shipment.since.since(*sent) >= MUCH_EARLIER) {
        Some(sent) => {
            args.push(("sent", format::clock(sent, now).into()));
            text_with(lang, "next-since-sent", &args)
        }
        None => text_with(lang, "next-since", &args),
    }
}

/// What happens next and when, on one line; empty when nothing does.
pub fn next_words(lang: Lang, ahead: &Outlook, place: Option<Place>, now: Timestamp) -> String {
    let moment = ahead.at.map(|at| {
        [
            ("in", Arg::from(format::countdown(lang, at, now))),
            ("at", format::clock(at, now).into()),
        ]
    });
    let held = ahead.obstacle.map(|obstacle| match obstacle {
        Obstacle::Continue => "next-held-continue",
        Obstacle::Account => "next-held-account",
        Obstacle::Journal => "next-held-journal",
        Obstacle::Until(_, Pause::NewFolder) => "next-held-folder",
        Obstacle::Until(_, Pause::DailyQuota) => "next-held-quota",
        Obstacle::Until(_, Pause::NoAnswer) => "next-held-answer",
        Obstacle::Until(_, Pause::TeamFolder) => "next-held-team",
    });
    if let Some(id) = held {
        return text_with(lang, id, moment.as_ref().map_or(&[], |moment| &moment[..]));
    }
    let (at_once, later) = match &ahead.step {
        Step::Send { attempt: 1 } => match (place, &moment) {
            (Some(place), None) => return in_line(lang, place),
            _ => ("next-send", "next-send-at"),
        },
        Step::Send { .. } => ("next-again", "next-again-at"),
        Step::Ask { .. } => ("next-ask", "next-ask-at"),
        Step::Answer { .. } => ("next-answer", "next-answer"),
        Step::Look { .. } => ("next-look", "next-look-at"),
        Step::Decide => ("next-decide", "next-decide"),
        Step::Nothing => return String::new(),
    };
    match moment {
        Some(moment) => text_with(lang, later, &moment),
        None => text(lang, at_once),
    }
}

/// A doubt that begins so long after the first send did not begin with it.
const MUCH_EARLIER: Duration = Duration::from_mins(2);

/// A shorter wait is over before it is read.
const WORTH_SAYING_SECS: u64 = 5;

fn in_line(lang: Lang, place: Place) -> String {
    let number = ("place", format::count(place.place).into());
    match place.secs.filter(|secs| *secs >= WORTH_SAYING_SECS) {
        Some(secs) => {
            let span = format::duration(lang, Duration::from_secs(secs));
            text_with(lang, "next-send-place-time", &[number, ("span", span.into())])
        }
        None => text_with(lang, "next-send-place", &[number]),
    }
}

/// How far it is, and what follows.
fn course(lang: Lang, ahead: &Outlook, now: Timestamp) -> (String, String) {
    let say = |id: &str, args: &[(&str, Arg)]| text_with(lang, id, args);
    let at = |moment: Timestamp| ("at", Arg::from(format::clock(moment, now)));
    let tries = ("tries", Arg::from(Outlook::TRIES));
    let attempt = |number: u8| ("attempt", Arg::from(number));
    match &ahead.step {
        Step::Send { attempt: 1 } => (String::new(), say("next-then-send", &[])),
        Step::Send { attempt: number } => (
            say("next-far-again", &[attempt(*number), tries]),
            say("next-then-send", &[]),
        ),
        Step::Ask { asked, gives_up_at } => {
            let last = gives_up_at.max(&ahead.at.unwrap_or(now)).to_owned();
            let far = say("next-far-asked", &[("asked", (*asked).into()), at(last)]);
            (far, say("next-then-ask", &[]))
        }
        Step::Answer { attempt: number } => (
            say("next-far-answer", &[attempt(*number), tries]),
            say("next-then-answer", &[]),
        ),
        Step::Look {
            quiet_until,
            counts,
            known_at,
            untouched,
        } => {
            let looks = ("looks", Arg::from(Outlook::LOOKS));
            let far = match counts {
                None => say("next-far-quiet", &[at(*quiet_until), looks]),
                Some(look) => say("next-far-look", &[("look", (*look).into()), looks]),
            };
            let then = match untouched {
                Untouched::SentAgain(number) => {
                    say("next-then-again", &[attempt(*number), tries, at(*known_at)])
                }
                Untouched::Person(why) => {
                    let why = explain_why(lang, why).title;
                    say("next-then-person", &[at(*known_at), ("why", why.into())])
                }
            };
            (far, then)
        }
        Step::Decide | Step::Nothing => (String::new(), String::new()),
    }
}

#[cfg(test)]
#[path = "outlook_tests.rs"]
mod tests;
