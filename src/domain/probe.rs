//! The guided probe: what a merchant asks WeChat once with one small order of their own, because no document answers
//! it (contract section 12). What is sent, in which order, and what can be learnt; `probe_next` says when.
//!
//! It has a record of its own beside the journal of shipments: it sends the same twice on purpose, which a shipment
//! must never do, and its order is locked for shipments meanwhile.

use serde::{Deserialize, Serialize};

use super::probe_answer::{Finding, ProbeAnswer, Question};
use super::probe_shown::Shown;
use super::probe_step::ProbeStep;
use super::time::next_upload_time;
use super::{
    DeliveryMode, Draft, Intent, Now, Order, OrderState, ParcelDraft, Rules, Timestamp, TransactionId,
};

/// Only an order that cost so little may be used, in fen: nobody's real purchase.
pub const MAX_PROBE_FEN: i64 = 100;
/// Parcels of the one list that asks for the limit (C-20).
pub const MANY_PARCELS: usize = 15;
/// Parcels that every reading of the documents allows.
pub const FEW_PARCELS: usize = 10;
/// So many emoji are more than 120 units of UTF-16 and fewer than 120 characters (U-8).
const LONG_TEXT_EMOJI: usize = 61;
/// What stands on the parcels.
const TEXT: &str = "发货台接口实测";
/// The first upload is dated back so far, so that a reply shows whose clock it repeats.
const DATED_BACK_MS: i64 = 90_000;
/// So much later than the payment is the first upload at least, and the older one still is.
const AFTER_PAYMENT_MS: i64 = 20_000;
/// How much older the older upload is.
const OLDER_MS: i64 = 10_000;
/// Two clocks closer than this are not told apart.
const CLOCKS_MS: i64 = 30_000;

/// Why an order cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProbeRefusal {
    /// Another probe of this account has not ended.
    Running,
    /// It is not waiting for its first shipment.
    NotFresh,
    /// A dispute is open.
    InComplaint,
    /// It cost more than [`MAX_PROBE_FEN`].
    TooDear,
    /// It is too young: the first upload must be dated after the payment.
    TooYoung,
    /// Something was or is to be sent for it from here.
    HasShipments,
    /// No courier can be used.
    NoCourier,
    /// Nothing may be sent at the moment: paused, an account failure, a journal that cannot be written.
    Closed,
    /// WeChat does not know it.
    NotFound,
}

/// Why the probe ended before its last step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProbeStop {
    /// A person ended it.
    Person,
    /// WeChat accepted a step without which nothing can be asked, and never showed it.
    NeverShown,
    /// The order is refunded, in dispute, received or complete.
    Closed,
    /// A step without which nothing can be asked was refused with this code.
    Refused(i64),
}

/// What came of one upload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Accepted.
    Accepted,
    /// Refused with this code.
    Refused(i64),
    /// Certainly not executed.
    NotSent,
    /// Nobody knows.
    Doubtful,
}

/// One upload that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Which.
    pub step: ProbeStep,
    /// When.
    pub at: Timestamp,
    /// Its `upload_time`.
    pub upload_time: Timestamp,
    /// Hex SHA-256 of its body.
    pub body_sha256: String,
    /// What came of it; `None` while it is under way.
    pub outcome: Option<Outcome>,
    /// WeChat's request id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rid: Option<String>,
}

/// Where the probe stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProbeState {
    /// The step waits for a person.
    Ready,
    /// Bytes of the step may have left.
    Sending,
    /// The step was answered, or is in doubt; a look must show what it did.
    Looking {
        /// Not before this moment of this computer's clock.
        not_before: Timestamp,
        /// Looks that did not show it.
        looks: u8,
    },
    /// All steps are done or left out.
    Done,
    /// Ended before.
    Stopped(ProbeStop),
}

/// A probe as it stands; the whole of it is written down before anything depends on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Probe {
    /// The order while it is locked for shipments, else nothing; the store reads this field.
    pub locked: Option<TransactionId>,
    /// The order.
    pub order: TransactionId,
    /// The courier of all parcels.
    pub courier: String,
    /// The step that is next or under way.
    pub step: ProbeStep,
    /// Where it stands.
    pub state: ProbeState,
    /// What WeChat showed after the last step.
    pub shown: Shown,
    /// The last look before a step showed something else: nothing was sent, and a person decides.
    #[serde(default)]
    pub differs: bool,
    /// What was sent, oldest first.
    pub sent: Vec<Sent>,
    /// What was found with this order.
    pub answers: Vec<ProbeAnswer>,
    /// When it began.
    pub started_at: Timestamp,
}

impl Probe {
    /// A probe with an order that WeChat has just shown.
    ///
    /// # Errors
    /// Why it is not suitable.
    pub fn begin(order: &Order, courier: &str, now: Now) -> Result<Self, ProbeRefusal> {
        let shown = Shown::of(order);
        if order.state != OrderState::ToShip || !shown.parcels.is_empty() || shown.finish_count != 0 {
            return Err(ProbeRefusal::NotFresh);
        }
        if order.in_complaint {
            return Err(ProbeRefusal::InComplaint);
        }
        if order.paid_amount.0 > MAX_PROBE_FEN {
            return Err(ProbeRefusal::TooDear);
        }
        let earliest = DATED_BACK_MS.saturating_add(AFTER_PAYMENT_MS);
        if now.server.millis() < order.pay_time.millis().saturating_add(earliest) {
            return Err(ProbeRefusal::TooYoung);
        }
        // 顺丰 needs somebody's phone, which a probe has no reason to send.
        if courier.is_empty() || courier.eq_ignore_ascii_case("SF") {
            return Err(ProbeRefusal::NoCourier);
        }
        Ok(Self {
            locked: Some(order.transaction_id.clone()),
            order: order.transaction_id.clone(),
            courier: courier.to_owned(),
            step: ProbeStep::First,
            state: ProbeState::Ready,
            shown,
            differs: false,
            sent: Vec::new(),
            answers: Vec::new(),
            started_at: now.local,
        })
    }

    /// It has not ended, and its order is locked.
    pub fn is_open(&self) -> bool {
        !matches!(self.state, ProbeState::Done | ProbeState::Stopped(_))
    }

    /// The last upload of a step.
    pub fn last(&self, step: ProbeStep) -> Option<&Sent> {
        self.sent.iter().rev().find(|sent| sent.step == step)
    }

    /// The number of a parcel, from 1: made up, and of no courier.
    pub fn tracking_no(&self, parcel: usize) -> String {
        let digits: Vec<char> = self
            .order
            .as_str()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let tail: String = digits.iter().skip(digits.len().saturating_sub(10)).collect();
        format!("T{tail}{parcel:02}")
    }

    /// The `upload_time` of the step.
    pub fn upload_time(&self, now: Now) -> Timestamp {
        let back = now.server.millis().saturating_sub(DATED_BACK_MS);
        // Also a first upload that is sent again has the time of its first try.
        let first = self
            .last(ProbeStep::First)
            .map_or(next_upload_time(Timestamp::from_millis(back), None), |sent| {
                sent.upload_time
            });
        match self.step {
            ProbeStep::First | ProbeStep::SameTime => first,
            ProbeStep::OlderTime => {
                let older = first.millis().saturating_sub(OLDER_MS);
                next_upload_time(Timestamp::from_millis(older), None)
            }
            ProbeStep::NewerTime
            | ProbeStep::SecondList
            | ProbeStep::ManyParcels
            | ProbeStep::LongText
            | ProbeStep::Finish
            | ProbeStep::Identical => {
                let sent = self.sent.iter().map(|sent| sent.upload_time).max();
                next_upload_time(now.server, sent.max(self.shown.latest_upload))
            }
        }
    }

    /// What the step asks WeChat to hold; `None` when the parcels that WeChat shows cannot be sent again.
    pub fn intent(&self) -> Option<Intent> {
        let new = |parcel: usize| ParcelDraft {
            courier: self.courier.clone(),
            tracking_no: self.tracking_no(parcel),
            item_desc: TEXT.to_owned(),
            ..ParcelDraft::default()
        };
        let shown = |text: Option<&str>| {
            let parcels = self.shown.parcels.iter().map(|parcel| ParcelDraft {
                courier: parcel.courier.clone(),
                tracking_no: parcel.tracking_no.clone(),
                item_desc: text.unwrap_or(&parcel.item_desc).to_owned(),
                ..ParcelDraft::default()
            });
            parcels.collect::<Vec<_>>()
        };
        let parcels = match self.step {
            ProbeStep::First | ProbeStep::SameTime | ProbeStep::OlderTime | ProbeStep::NewerTime => {
                vec![new(1)]
            }
            ProbeStep::SecondList => vec![new(2)],
            ProbeStep::ManyParcels => (1..=MANY_PARCELS).map(new).collect(),
            ProbeStep::LongText => {
                let mut parcels = shown(Some(TEXT));
                if let Some(first) = parcels.first_mut() {
                    first.item_desc = long_text();
                }
                parcels
            }
            ProbeStep::Finish => shown(Some(TEXT)),
            ProbeStep::Identical => shown(None),
        };
        let draft = Draft {
            transaction_id: self.order.as_str().to_owned(),
            delivery_mode: DeliveryMode::Split,
            complete: matches!(self.step, ProbeStep::Finish | ProbeStep::Identical),
            parcels,
            ..Draft::default()
        };
        let rules = Rules {
            max_parcels: MANY_PARCELS,
            couriers: None,
        };
        Intent::check(&draft, &rules)
            .ok()
            .map(|(intent, _warnings)| intent)
    }

    /// What a step did, by what a look shows now: done, not done, or nothing that could be seen.
    pub(super) fn landed(&self, now: &Shown) -> Option<bool> {
        match self.step {
            ProbeStep::First => Some(now.has(&self.tracking_no(1))),
            ProbeStep::SecondList => Some(now.has(&self.tracking_no(2))),
            ProbeStep::ManyParcels => Some(now.has(&self.tracking_no(MANY_PARCELS))),
            ProbeStep::LongText => Some(now.parcels.iter().any(|parcel| parcel.item_desc == long_text())),
            ProbeStep::Finish => Some(now.finished || now.finish_count > 0),
            ProbeStep::NewerTime => (now.latest_upload != self.shown.latest_upload).then_some(true),
            ProbeStep::Identical => (now.finish_count > self.shown.finish_count).then_some(true),
            ProbeStep::SameTime | ProbeStep::OlderTime => None,
        }
    }

    /// What an upload that was accepted and looked at has shown.
    pub(super) fn accepted(&self, now: &Shown) -> Vec<(Question, Finding)> {
        match self.step {
            ProbeStep::First => vec![
                (Question::UnfinishedState, Finding::Number(now.state)),
                (Question::ShownTime, self.shown_time(now)),
            ],
            ProbeStep::SameTime => vec![(Question::SameTime, Finding::Accepted)],
            ProbeStep::OlderTime => vec![(Question::OlderTime, Finding::Accepted)],
            ProbeStep::NewerTime => vec![(Question::NewerTime, Finding::Accepted)],
            ProbeStep::SecondList => {
                let both = now.has(&self.tracking_no(1)) && now.has(&self.tracking_no(2));
                let finding = if both { Finding::Extends } else { Finding::Replaces };
                vec![(Question::SecondList, finding)]
            }
            ProbeStep::ManyParcels => {
                let most = i64::try_from(MANY_PARCELS).unwrap_or(i64::MAX);
                vec![(Question::ParcelLimit, Finding::Number(most))]
            }
            ProbeStep::LongText => vec![(Question::TextLength, Finding::Characters)],
            ProbeStep::Finish => Vec::new(),
            ProbeStep::Identical => {
                let spent = now.finish_count > self.shown.finish_count;
                let finding = if spent { Finding::Spends } else { Finding::Free };
                vec![(Question::Correction, finding)]
            }
        }
    }

    /// What a refusal says about the question of the step.
    pub(super) fn refused(&self, errcode: i64) -> Option<(Question, Finding)> {
        let few = i64::try_from(FEW_PARCELS).unwrap_or(0);
        let finding = match (self.step, errcode) {
            (ProbeStep::ManyParcels, 10_060_024) => Finding::Number(few),
            (ProbeStep::LongText, 10_060_009) => Finding::Utf16,
            // Nothing was taken, so nothing was spent.
            (ProbeStep::Identical, 10_060_023) => Finding::Free,
            _ => Finding::Refused(errcode),
        };
        Some((self.step.question()?, finding))
    }

    fn shown_time(&self, now: &Shown) -> Finding {
        let Some((sent, shown)) = self.last(ProbeStep::First).zip(now.latest_upload) else {
            return Finding::Unknown;
        };
        let apart = |a: Timestamp, b: Timestamp| a.millis().saturating_sub(b.millis()).saturating_abs();
        if apart(shown, sent.upload_time) < 2_000 {
            return Finding::OurTime;
        }
        // Our own time would have been so far away that it cannot be the one that is shown.
        if apart(shown, sent.upload_time) > CLOCKS_MS {
            return Finding::ServerTime;
        }
        Finding::Unknown
    }
}

pub(super) fn long_text() -> String {
    "🍵".repeat(LONG_TEXT_EMOJI)
}
