//! Everything that is known to have happened to the open order, newest first, in words; and where WeChat shows
//! something else than was sent from here.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::{CourierList, Happened, ParcelId, State, Timestamp};
use crate::engine::{OpenOrder, Remote};
use crate::i18n::{Lang, format, parcels_of, support_text, tell_happened, text, text_with};
use crate::ui::history::model::{from, tone};
use crate::ui::orders::model::{Said, Tone};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: String,
    /// What, in the tone of how it is meant.
    pub what: Said,
    /// What is to be known about it; may be empty.
    pub detail: String,
    /// Who, and from which file and row; may be empty.
    pub from: String,
    /// WeChat's code and request id; may be empty.
    pub code: String,
    /// What is copied for support; empty where there is no code.
    pub support: String,
    /// WeChat's answer as it came, masked; may be empty.
    pub raw: String,
}

/// The steps of the order that is open, built once for each reading of it.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    of: Option<(Arc<Remote<OpenOrder>>, Lang)>,
    /// The steps, newest first.
    pub steps: Arc<[Step]>,
    /// All of them are shown, also where there are many.
    pub all: bool,
    /// The steps whose answer is shown, counted from the oldest.
    pub raw_shown: BTreeSet<usize>,
}

impl Timeline {
    /// Steps that are shown before all of them are asked for.
    pub const FIRST: usize = 12;

    /// Follows the open order.
    pub fn follow(
        &mut self,
        open: &Arc<Remote<OpenOrder>>,
        couriers: &CourierList,
        lang: Lang,
        now: Timestamp,
    ) {
        let same = |(of, spoken): &(Arc<Remote<OpenOrder>>, Lang)| Arc::ptr_eq(of, open) && *spoken == lang;
        if self.of.as_ref().is_some_and(same) {
            return;
        }
        let order = |open: &Remote<OpenOrder>| open.value().map(|open| open.order.transaction_id.clone());
        let before = self.of.as_ref().and_then(|(of, _)| order(of));
        if before != order(open) {
            self.all = false;
            self.raw_shown.clear();
        }
        let steps = open.value().map(|open| steps(lang, open, couriers, now));
        self.steps = steps.unwrap_or_default().into();
        self.of = Some((Arc::clone(open), lang));
    }
}

/// The steps of an order, newest first: the payment is the last.
pub fn steps(lang: Lang, open: &OpenOrder, couriers: &CourierList, now: Timestamp) -> Vec<Step> {
    let order = open.order.transaction_id.as_str();
    let mut steps: Vec<Step> = open
        .timeline
        .iter()
        .rev()
        .map(|line| {
            let told = tell_happened(lang, line, couriers);
            let is_queued = matches!(
                &line.happened,
                Happened::Record { entry, .. } if entry.word() == "queued"
            );
            let parcels = line.intent.as_deref().filter(|_| is_queued);
            let parcels = parcels.map(|intent| parcels_of(lang, intent, couriers));
            let details = [parcels.unwrap_or_default(), told.detail];
            let details: Vec<String> = details.into_iter().filter(|part| !part.is_empty()).collect();
            let by = line.by.clone();
            let file = if is_queued {
                from(lang, line)
            } else {
                String::new()
            };
            let from: Vec<String> = [by, file].into_iter().filter(|part| !part.is_empty()).collect();
            Step {
                at: format::moment(line.at, now),
                detail: details.join(" · "),
                from: from.join(" · "),
                support: if told.code.is_empty() {
                    String::new()
                } else {
                    support_text(lang, &told.title, Some(order), &told.code, line.at)
                },
                what: Said::new(told.title, tone(told.mood)),
                code: told.code,
                raw: line.raw.clone(),
            }
        })
        .collect();
    steps.push(Step {
        at: format::moment(open.order.pay_time, now),
        what: Said::new(text(lang, "happened-paid"), Tone::Quiet),
        detail: format::money(open.order.paid_amount),
        from: String::new(),
        code: String::new(),
        support: String::new(),
        raw: String::new(),
    });
    steps
}

/// What was sent from here and accepted last; `None` when nothing was.
fn sent(open: &OpenOrder) -> Option<BTreeSet<ParcelId>> {
    let newest = open.shipments.iter().max_by_key(|shipment| shipment.id)?;
    let shipped = matches!(newest.state, State::Shipped { .. } | State::NeedsPerson(_));
    let ids = newest.intent.parcel_ids();
    (shipped && !ids.is_empty()).then_some(ids)
}

/// Whether a parcel at WeChat is one that was sent from here; `None` when nothing was.
pub fn mark(lang: Lang, open: &OpenOrder, courier: &str, number: &str) -> Option<Said> {
    let sent = sent(open)?;
    Some(if sent.contains(&ParcelId::new(courier, number)) {
        Said::new(text(lang, "outbox-same"), Tone::Good)
    } else {
        Said::new(text(lang, "outbox-different"), Tone::Warn)
    })
}

/// Parcels that were sent from here and that WeChat does not show.
pub fn missing(lang: Lang, open: &OpenOrder, couriers: &CourierList) -> Vec<Said> {
    let shown: BTreeSet<ParcelId> = open
        .order
        .shipping
        .parcels
        .iter()
        .map(|parcel| ParcelId::new(&parcel.express_company, &parcel.tracking_no))
        .collect();
    let sent = sent(open).unwrap_or_default();
    sent.difference(&shown)
        .map(|parcel| {
            let courier = couriers.name(&parcel.courier).to_owned();
            let args = [
                ("courier", courier.into()),
                ("number", parcel.tracking_no.as_str().into()),
            ];
            Said::new(text_with(lang, "detail-not-at-wechat", &args), Tone::Warn)
        })
        .collect()
}
