//! What the outbox knows: which shipments pass the filter, what each of them waits for, what a person may
//! decide. Apart from the painting, so that it is tested without a window.

use std::sync::Arc;
use std::time::Duration;

use crate::domain::{
    ClaimsTrouble, CourierList, Decision, Doubt, Shipment, ShipmentId, State, Timestamp, Why, hide_private,
    plain_text,
};
use crate::engine::snapshot::{Gate, Outbox};
use crate::i18n::{
    Explained, Lang, Place, Told, explain_claims_trouble, explain_failure, explain_shipment, format,
    next_words, shipment_state_name, tell, text, text_with,
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
                outbox.shipped_held,
                outbox.cancelled,
            ],
            Self::NeedsPerson => &[outbox.needs_person, outbox.rejected],
            Self::Unclear => &[outbox.unclear],
            Self::Sending => &[outbox.sending],
            Self::Queued => &[outbox.queued],
            Self::Waiting => &[outbox.waiting],
            Self::Shipped => &[outbox.shipped_held],
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
    /// Words that must all occur in a shipment.
    pub search: String,
    /// The chosen shipment.
    pub selected: Option<ShipmentId>,
    built: Option<(Arc<Outbox>, Filter, String)>,
    visible: Vec<Arc<Shipment>>,
    /// The queued shipments in the order of sending, when all of them are known.
    line: Vec<(Timestamp, ShipmentId)>,
}

impl Model {
    /// The shipments that pass; built again only when the outbox or the filter changed. What needs a person
    /// comes first.
    pub fn visible(&mut self, outbox: &Arc<Outbox>, couriers: &CourierList) -> &[Arc<Shipment>] {
        let fresh = self.built.as_ref().is_some_and(|(built, filter, search)| {
            Arc::ptr_eq(built, outbox) && *filter == self.filter && *search == self.search
        });
        if !fresh {
            let words: Vec<String> = self
                .search
                .to_lowercase()
                .split_whitespace()
                .map(String::from)
                .collect();
            self.visible = outbox
                .rows
                .iter()
                .filter(|shipment| self.filter.passes(&shipment.state))
                .filter(|shipment| words.is_empty() || has_all(shipment, &words, couriers))
                .cloned()
                .collect();
            self.visible.sort_by_key(|shipment| urgency(&shipment.state));
            self.line = line(outbox);
            self.built = Some((Arc::clone(outbox), self.filter, self.search.clone()));
        }
        &self.visible
    }

    /// Where the chosen shipment stands among the visible ones.
    pub fn selected_position(&self) -> Option<usize> {
        let id = self.selected?;
        self.visible.iter().position(|shipment| shipment.id == id)
    }

    /// Where a queued shipment stands in the line; `None` for others, and when not all of the line is shown.
    pub fn place(&self, shipment: &Shipment) -> Option<Place> {
        let (outbox, ..) = self.built.as_ref()?;
        let index = self.line.binary_search(&(shipment.deadline, shipment.id)).ok()?;
        let place = index.saturating_add(1);
        Some(Place {
            place,
            secs: outbox.secs_for(place),
        })
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

/// Every word occurs in the order's number, a tracking number, a courier, the goods, or what WeChat answered.
fn has_all(shipment: &Shipment, words: &[String], couriers: &CourierList) -> bool {
    let intent = &shipment.intent;
    let mut text = String::from(intent.transaction_id().as_str());
    for parcel in intent.parcels() {
        let courier = parcel.courier.as_str();
        for part in [
            parcel.tracking_no.as_str(),
            courier,
            couriers.name(courier),
            parcel.item_desc.as_str(),
        ] {
            text.push(' ');
            text.push_str(part);
        }
    }
    text.push(' ');
    text.push_str(intent.first_item_desc());
    if let (Some(errcode), rid) = code(&shipment.state) {
        text.push_str(&format_args!(" {errcode} {}", rid.unwrap_or_default()).to_string());
    }
    let text = text.to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}

/// WeChat's code and request id behind a state.
pub fn code(state: &State) -> (Option<i64>, Option<&str>) {
    match state {
        State::Rejected(refusal) => (Some(refusal.errcode), refusal.rid.as_deref()),
        State::Unclear(Doubt::Compare { errcode, rid }) => (Some(*errcode), rid.as_deref()),
        State::Unclear(Doubt::Failure(failure)) => (failure.errcode, failure.rid.as_deref()),
        State::Unclear(Doubt::Restart)
        | State::Queued
        | State::Waiting
        | State::Sending
        | State::Shipped { .. }
        | State::NeedsPerson(_)
        | State::Cancelled => (None, None),
    }
}

/// The visible shipments as a table of words: headings and rows.
pub fn table(model: &Model, couriers: &CourierList, lang: Lang) -> (Vec<String>, Vec<Vec<String>>) {
    let headings = [
        "outbox-col-state",
        "field-transaction-id",
        "field-courier",
        "field-tracking-no",
        "field-item-desc",
        "result-code",
        "result-reason",
        "result-action",
        "result-rid",
    ];
    let row = |shipment: &Arc<Shipment>| {
        let intent = &shipment.intent;
        let joined = |cells: Vec<&str>| cells.join("; ");
        let parcels = intent.parcels();
        let explained = explain_shipment(lang, &shipment.state);
        let (errcode, rid) = code(&shipment.state);
        vec![
            shipment_state_name(lang, &shipment.state),
            intent.transaction_id().as_str().to_owned(),
            joined(
                parcels
                    .iter()
                    .map(|p| couriers.name(p.courier.as_str()))
                    .collect(),
            ),
            joined(parcels.iter().map(|p| p.tracking_no.as_str()).collect()),
            hide_private(intent.first_item_desc()),
            errcode.map(|code| code.to_string()).unwrap_or_default(),
            explained.title,
            explained.action,
            rid.unwrap_or_default().to_owned(),
        ]
    };
    let rows = model.visible.iter().map(row).collect();
    (headings.map(|id| text(lang, id)).to_vec(), rows)
}

fn line(outbox: &Outbox) -> Vec<(Timestamp, ShipmentId)> {
    let queued = outbox
        .rows
        .iter()
        .filter(|shipment| shipment.state == State::Queued);
    let mut line: Vec<_> = queued.map(|shipment| (shipment.deadline, shipment.id)).collect();
    if line.len() != outbox.queued {
        return Vec::new();
    }
    line.sort_unstable();
    line
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
        return plain_text::cell(shipment.intent.first_item_desc()).into_owned();
    }
    let words = parcels.iter().map(|parcel| {
        let courier = couriers.name(parcel.courier.as_str());
        format!("{courier} {}", parcel.tracking_no.as_str())
    });
    plain_text::cell(&words.collect::<Vec<_>>().join(", ")).into_owned()
}

/// What happens next with a shipment and when, on one line, and how long that line stays true; `None`: until
/// the snapshot changes.
pub fn next_step(
    shipment: &Shipment,
    outbox: &Outbox,
    place: Option<Place>,
    lang: Lang,
    now: Timestamp,
) -> (String, Option<Duration>) {
    let ahead = outbox.outlook(shipment, now);
    (next_words(lang, &ahead, place, now), ahead.changes_in(now))
}

/// Everything about where a shipment stands, and how long that stays true. The age in it changes by itself.
pub fn told(
    shipment: &Shipment,
    outbox: &Outbox,
    place: Option<Place>,
    lang: Lang,
    now: Timestamp,
) -> (Told, Option<Duration>) {
    let ahead = outbox.outlook(shipment, now);
    (tell(lang, shipment, &ahead, place, now), ahead.changes_in(now))
}

/// What a person may decide about a shipment, the safest first.
pub fn decisions(state: &State) -> &'static [Decision] {
    match state {
        // What is damaged must not be sent as it is.
        // The same for a part of a combined order that cannot go out as it was meant: what is left is shipped anew.
        State::NeedsPerson(Why::RecordDamaged | Why::CombinedInPart) => &[Decision::Drop],
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
