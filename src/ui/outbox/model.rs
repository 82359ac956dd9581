//! What the outbox knows: which shipments pass the filter, what each of them waits for, what a person may
//! decide. Apart from the painting, so that it is tested without a window.

use std::sync::Arc;

use crate::domain::{ClaimsTrouble, CourierList, Decision, Shipment, ShipmentId, State, Timestamp, Why};
use crate::engine::snapshot::{Gate, Outbox};
use crate::i18n::{
    Explained, Lang, explain_claims_trouble, explain_doubt, explain_failure, explain_refusal, explain_why,
    format, text, text_with,
};

/// The counters that are filters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Filter {
    /// Everything that is shown.
    #[default]
    All,
    /// For a person: undecided or refused.
    NeedsPerson,
    /// Not known whether it arrived.
    Unclear,
    /// Being sent.
    Sending,
    /// Waiting in line.
    Queued,
    /// Waiting until WeChat shows the order.
    Waiting,
    /// Shipped since the program was started.
    Shipped,
}

impl Filter {
    /// All of them, the urgent ones first.
    pub const ALL: [Self; 7] = [
        Self::All,
        Self::NeedsPerson,
        Self::Unclear,
        Self::Sending,
        Self::Queued,
        Self::Waiting,
        Self::Shipped,
    ];

    /// The message with its word.
    pub fn word_id(self) -> &'static str {
        match self {
            Self::All => "outbox-count-all",
            Self::NeedsPerson => "outbox-count-needs-person",
            Self::Unclear => "outbox-count-unclear",
            Self::Sending => "outbox-count-sending",
            Self::Queued => "outbox-count-queued",
            Self::Waiting => "outbox-count-waiting",
            Self::Shipped => "outbox-count-shipped",
        }
    }

    /// How many it counts; the rows that are shown may be fewer.
    pub fn count(self, outbox: &Outbox) -> usize {
        let parts: &[usize] = match self {
            Self::All => &[
                outbox.needs_person,
                outbox.rejected,
                outbox.unclear,
                outbox.sending,
                outbox.queued,
                outbox.waiting,
                outbox.shipped,
            ],
            Self::NeedsPerson => &[outbox.needs_person, outbox.rejected],
            Self::Unclear => &[outbox.unclear],
            Self::Sending => &[outbox.sending],
            Self::Queued => &[outbox.queued],
            Self::Waiting => &[outbox.waiting],
            Self::Shipped => &[outbox.shipped],
        };
        parts.iter().copied().fold(0, usize::saturating_add)
    }

    fn passes(self, state: &State) -> bool {
        match self {
            Self::All => true,
            Self::NeedsPerson => matches!(state, State::NeedsPerson(_) | State::Rejected(_)),
            Self::Unclear => matches!(state, State::Unclear(_)),
            Self::Sending => *state == State::Sending,
            Self::Queued => *state == State::Queued,
            Self::Waiting => *state == State::Waiting,
            Self::Shipped => matches!(state, State::Shipped { .. }),
        }
    }
}

/// The shipments that pass the filter, and the chosen one.
#[derive(Debug, Default)]
pub struct Model {
    /// The counter that is pressed.
    pub filter: Filter,
    /// The chosen shipment.
    pub selected: Option<ShipmentId>,
    built: Option<(Arc<Outbox>, Filter)>,
    visible: Vec<Arc<Shipment>>,
}

impl Model {
    /// The shipments that pass; built again only when the outbox or the filter changed. What needs a person
    /// comes first.
    pub fn visible(&mut self, outbox: &Arc<Outbox>) -> &[Arc<Shipment>] {
        let fresh = self
            .built
            .as_ref()
            .is_some_and(|(built, filter)| Arc::ptr_eq(built, outbox) && *filter == self.filter);
        if !fresh {
            self.visible = outbox
                .rows
                .iter()
                .filter(|shipment| self.filter.passes(&shipment.state))
                .cloned()
                .collect();
            self.visible.sort_by_key(|shipment| urgency(&shipment.state));
            self.built = Some((Arc::clone(outbox), self.filter));
        }
        &self.visible
    }

    /// Where the chosen shipment stands among the visible ones.
    pub fn selected_position(&self) -> Option<usize> {
        let id = self.selected?;
        self.visible.iter().position(|shipment| shipment.id == id)
    }

    /// How many are visible.
    pub fn built_len(&self) -> usize {
        self.visible.len()
    }

    /// The visible shipment at a position.
    pub fn at(&self, position: usize) -> Option<&Arc<Shipment>> {
        self.visible.get(position)
    }
}

fn urgency(state: &State) -> u8 {
    match state {
        State::NeedsPerson(_) | State::Rejected(_) => 0,
        State::Unclear(_) => 1,
        State::Sending => 2,
        State::Queued | State::Waiting => 3,
        State::Shipped { .. } | State::Cancelled => 4,
    }
}

/// The parcels of a shipment: `中通快递 7850…`, several apart by a comma; the text for deliveries without a
/// courier.
pub fn parcels(shipment: &Shipment, couriers: &CourierList) -> String {
    let parcels = shipment.intent.parcels();
    if parcels.is_empty() {
        return shipment.intent.first_item_desc().to_owned();
    }
    let words = parcels.iter().map(|parcel| {
        let courier = couriers.name(parcel.courier.as_str());
        format!("{courier} {}", parcel.tracking_no.as_str())
    });
    words.collect::<Vec<_>>().join(", ")
}

/// What happens next with a shipment, and when.
pub fn next_step(shipment: &Shipment, gate: &Gate, lang: Lang, now: Timestamp) -> String {
    let at = ("time", format::time_of_day(shipment.not_before).into());
    let later = shipment.not_before > now;
    match &shipment.state {
        State::Queued if *gate != Gate::Open => text(lang, "outbox-next-stopped"),
        State::Queued if later => text_with(lang, "outbox-next-not-before", &[at]),
        State::Queued => text(lang, "outbox-next-in-line"),
        State::Waiting if later => text_with(lang, "outbox-next-ask-again", &[at]),
        State::Waiting => text(lang, "outbox-next-asking"),
        State::Sending => text(lang, "outbox-next-answer"),
        State::Unclear(_) if later => text_with(lang, "outbox-next-look", &[at]),
        State::Unclear(_) => text(lang, "outbox-next-looking"),
        State::NeedsPerson(_) | State::Rejected(_) => text(lang, "outbox-next-you"),
        State::Shipped { .. } | State::Cancelled => String::new(),
    }
}

/// What a shipment's state means, in words.
pub fn explain(shipment: &Shipment, lang: Lang) -> Explained {
    let plain = |title: &str, detail: &str| Explained {
        title: text(lang, title),
        detail: text(lang, detail),
        ..Explained::default()
    };
    match &shipment.state {
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

/// What a person may decide about a shipment, the safest first.
pub fn decisions(state: &State) -> &'static [Decision] {
    match state {
        // What is damaged must not be sent as it is.
        State::NeedsPerson(Why::RecordDamaged) => &[Decision::Drop],
        // Nothing was sent from here; whether a colleague's shipment is right is theirs to say.
        State::NeedsPerson(Why::ClaimedElsewhere(_)) => {
            &[Decision::TryAgain, Decision::TakeOver, Decision::Drop]
        }
        // Nothing stands there that could be accepted.
        State::NeedsPerson(Why::NotVisible) | State::Rejected(_) => &[Decision::TryAgain, Decision::Drop],
        State::NeedsPerson(
            Why::ShippedElsewhere
            | Why::Ambiguous
            | Why::Unproven
            | Why::Race
            | Why::ThreeAttempts
            | Why::TimeNotAccepted
            | Why::StateUnknown,
        ) => &[Decision::AcceptAsItIs, Decision::TryAgain, Decision::Drop],
        State::Queued
        | State::Waiting
        | State::Sending
        | State::Unclear(_)
        | State::Shipped { .. }
        | State::Cancelled => &[],
    }
}

/// It was not sent and can be taken back.
pub fn can_cancel(state: &State) -> bool {
    matches!(state, State::Queued | State::Waiting)
}

/// What the gate says when it is not open.
pub fn gate(outbox: &Outbox, lang: Lang, now: Timestamp) -> Option<Explained> {
    let left = [outbox.queued, outbox.waiting, outbox.unclear, outbox.sending]
        .into_iter()
        .fold(0, usize::saturating_add);
    let left = || ("left", format::count(left).into());
    let until = |at: Timestamp| ("time", format::time_of_day(at).into());
    let say = |id: &str, args: &[(&str, crate::i18n::Arg)]| Explained {
        title: text_with(lang, id, args),
        detail: text_with(lang, &format!("{id}.detail"), args),
        ..Explained::default()
    };
    Some(match &outbox.gate {
        Gate::Open => return None,
        Gate::Paused => say("outbox-gate-paused", &[left()]),
        Gate::Interrupted => say(
            "outbox-gate-interrupted",
            &[left(), ("unclear", format::count(outbox.unclear).into())],
        ),
        Gate::Holding { until: at } => {
            let secs = at.since(now).as_millis().div_ceil(1000);
            let secs = u64::try_from(secs).unwrap_or(u64::MAX);
            say("outbox-gate-holding", &[("secs", secs.into()), left()])
        }
        Gate::Quarantine { until: at } => say("outbox-gate-quarantine", &[until(*at)]),
        Gate::Account(failure) => {
            let mut words = explain_failure(lang, failure);
            let stopped = text_with(lang, "outbox-gate-account-detail", &[left()]);
            words.detail = stopped;
            words
        }
        Gate::DailyQuota { until: at } => {
            say("outbox-gate-quota", &[("time", format::moment(*at, now).into())])
        }
        Gate::Recovering { until: at } => say("outbox-gate-recovering", &[until(*at)]),
        Gate::Claims {
            trouble, until: at, ..
        } => {
            let mut words = explain_claims_trouble(lang, *trouble);
            if *trouble == ClaimsTrouble::Unreachable && *at > now {
                words.detail = text_with(lang, "outbox-gate-claims-detail", &[left(), until(*at)]);
            }
            words
        }
        Gate::StoreFailed => say("outbox-gate-store", &[]),
    })
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
