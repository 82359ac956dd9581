//! What the results say about shipments that have not ended: since when, what happens next, when at the
//! earliest and how far they are. Results are printed when the program is about to end, and nothing goes on by
//! itself after that: whatever is open then waits for `resume`.

use serde::Serialize;

use crate::domain::{ClaimsTrouble, Obstacle, Outlook, Shipment, Step, Timestamp};
use crate::engine::{Gate, Outbox};
use crate::i18n::{Lang, Told, tell, text};

/// The fields for scripts; all of them are always there, and `null` where they say nothing.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NextJson {
    /// When it entered its state; an unclear one is counted anew from each start of the program.
    since: Option<String>,
    /// When it was sent first; all its tries carry this moment.
    first_sent: Option<String>,
    /// Sends so far that may have reached WeChat.
    attempt: Option<u8>,
    /// Sends before a person is asked.
    attempts_max: Option<u8>,
    /// What happens next: `send`, `send_again`, `ask_again`, `answer`, `look`, `decide`, `nothing`.
    next: Option<&'static str>,
    /// Not before this moment.
    next_at: Option<String>,
    /// What it waits for: `continue`, `account`, `team_key`, `journal`, `new_folder`, `daily_quota`, `no_answer`,
    /// `team_folder`.
    held_by: Option<&'static str>,
    /// Which of the looks that count is next.
    look: Option<u8>,
    /// How many looks count.
    looks_max: Option<u8>,
    /// The earliest moment at which an unclear one is known.
    known_at: Option<String>,
    /// From then on an order that WeChat does not show is for a person.
    gives_up_at: Option<String>,
}

impl NextJson {
    /// Of a shipment.
    pub fn of(shipment: &Shipment, outbox: &Outbox, now: Timestamp) -> Self {
        let ahead = outlook(shipment, outbox, now);
        let lacks_key = ahead.obstacle.is_some() && lacks_team_key(outbox);
        let later = (shipment.not_before > now).then_some(shipment.not_before);
        let waits = ahead.at.or(later).filter(|_| ahead.obstacle.is_some());
        let mut json = Self {
            since: Some(shipment.since.rfc3339()),
            first_sent: shipment.upload_time.map(Timestamp::rfc3339),
            attempt: Some(shipment.attempts),
            attempts_max: Some(Outlook::TRIES),
            next: Some(ahead.step.word()),
            next_at: waits.map(Timestamp::rfc3339),
            held_by: ahead
                .obstacle
                .map(|obstacle| if lacks_key { "team_key" } else { obstacle.word() }),
            ..Self::default()
        };
        match ahead.step {
            Step::Look { counts, known_at, .. } => {
                json.look = counts;
                json.looks_max = Some(Outlook::LOOKS);
                json.known_at = Some(known_at.rfc3339());
            }
            Step::Ask { gives_up_at, .. } => json.gives_up_at = Some(gives_up_at.rfc3339()),
            Step::Send { .. } | Step::Answer { .. } | Step::Decide | Step::Nothing => {}
        }
        json
    }
}

/// The same in words.
pub fn told(lang: Lang, shipment: &Shipment, outbox: &Outbox, now: Timestamp) -> Told {
    let ahead = outlook(shipment, outbox, now);
    let mut told = tell(lang, shipment, &ahead, None, now);
    if ahead.obstacle.is_some() && lacks_team_key(outbox) {
        told.next = text(lang, "cli-held-team-key");
        told.you = text(lang, "cli-you-team-key");
    }
    told
}

/// What keeps shipments from being sent is the team key, which only a person can bring.
fn lacks_team_key(outbox: &Outbox) -> bool {
    let key = |trouble: &ClaimsTrouble| *trouble != ClaimsTrouble::Unreachable;
    matches!(&outbox.gate, Gate::Claims { trouble, .. } if key(trouble))
}

/// What happens next once somebody goes on.
fn outlook(shipment: &Shipment, outbox: &Outbox, now: Timestamp) -> Outlook {
    let stops = |sends| outbox.obstacle(sends).or(Some(Obstacle::Continue));
    Outlook::of(shipment, &outbox.ahead.policy, stops, now)
}

/// The lines below a shipment's title: since when and what next, then how far it is and what can be done.
pub fn lines(lang: Lang, told: &Told) -> Vec<String> {
    let first: Vec<&str> = [told.since.as_str(), told.next.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    [first.join(" · "), told.course(lang)]
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect()
}
