//! What WeChat should hold for an order afterwards. An [`Intent`] can only be built valid: forms, files and
//! the journal all pass through [`Intent::check`].

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::intent_check::{check_express, check_plain};
use super::{
    Combined, CourierList, Field, ItemDesc, MaskedContact, Parcel, ParcelId, Problem, ProblemKind, Timestamp,
    TransactionId,
};

/// `logistics_type` (contract 3.0).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogisticsType {
    /// 1: a courier with a tracking number.
    #[default]
    Express,
    /// 2: same-city delivery.
    SameCity,
    /// 3: virtual goods, nothing is carried.
    Virtual,
    /// 4: the buyer picks it up.
    PickUp,
}

impl LogisticsType {
    /// All four, in the order of their codes.
    pub const ALL: [Self; 4] = [Self::Express, Self::SameCity, Self::Virtual, Self::PickUp];

    /// The number on the wire.
    pub const fn code(self) -> i64 {
        match self {
            Self::Express => 1,
            Self::SameCity => 2,
            Self::Virtual => 3,
            Self::PickUp => 4,
        }
    }
}

/// `delivery_mode` (contract 3.0).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryMode {
    /// 1: exactly one parcel.
    #[default]
    Unified,
    /// 2: several parcels, express only.
    Split,
}

impl DeliveryMode {
    /// The number on the wire.
    pub const fn code(self) -> i64 {
        match self {
            Self::Unified => 1,
            Self::Split => 2,
        }
    }
}

/// How the order is delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// One express parcel.
    Unified(Parcel),
    /// Several express parcels: always the full, cumulative list in a stable order (U-1).
    Split {
        /// The parcels, 1 to the account's limit.
        parcels: Vec<Parcel>,
        /// `is_all_delivered`: nothing more will follow.
        complete: bool,
    },
    /// Without a courier: same-city, virtual or pick-up. Only a text is sent.
    Plain {
        /// Which of the three; never `Express`.
        logistics_type: LogisticsType,
        /// What the buyer reads.
        item_desc: ItemDesc,
    },
}

/// A person's permission to spend the single re-shipment of one order, for exactly what they saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// When it was given.
    pub at: Timestamp,
    /// The parcels that WeChat showed at that moment.
    pub seen: BTreeSet<ParcelId>,
    /// `finish_shipping_count` at that moment.
    pub seen_finish_count: i64,
}

/// What can be typed or imported, before it is checked. Texts are raw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// WeChat's order number.
    pub transaction_id: String,
    /// How it is carried.
    pub logistics_type: LogisticsType,
    /// Unified or split.
    pub delivery_mode: DeliveryMode,
    /// Nothing more will follow; only read in split mode.
    pub complete: bool,
    /// The parcels; deliveries without a courier have one with only `item_desc`.
    pub parcels: Vec<ParcelDraft>,
    /// Set when a person spends the re-shipment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reship: Option<Grant>,
    /// Set when it goes out together with the other sub-orders of a combined order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub combined: Option<Combined>,
}

/// One parcel before it is checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParcelDraft {
    /// Courier id.
    pub courier: String,
    /// Tracking number.
    pub tracking_no: String,
    /// What is in it.
    pub item_desc: String,
    /// The sender's phone, masked or not.
    pub consignor_contact: String,
    /// The receiver's phone, masked or not.
    pub receiver_contact: String,
}

/// What the account allows.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// Parcels per payment, 10 to 15 (C-20).
    pub max_parcels: usize,
    /// The couriers that may be sent; `None` when an intent is read back from the journal, where the list
    /// of today must not make the record of yesterday unreadable.
    pub couriers: Option<&'a CourierList>,
}

/// A valid wish to ship one order. Never edited once queued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Draft", into = "Draft")]
pub struct Intent {
    transaction_id: TransactionId,
    delivery: Delivery,
    reship: Option<Grant>,
    combined: Option<Combined>,
}

impl Intent {
    /// Checks a draft. `Ok` carries the problems that do not block (warnings and notes).
    ///
    /// # Errors
    /// All problems that were found, at least one of them blocking.
    pub fn check(draft: &Draft, rules: &Rules<'_>) -> Result<(Self, Vec<Problem>), Vec<Problem>> {
        let mut problems = Vec::new();
        let transaction_id = TransactionId::parse(draft.transaction_id.trim());
        if transaction_id.is_none() {
            problems.push(Problem::of(ProblemKind::OrderMissing, Field::TransactionId));
        }
        let delivery = if draft.logistics_type == LogisticsType::Express {
            check_express(draft, rules, &mut problems)
        } else {
            check_plain(draft, &mut problems)
        };
        match (transaction_id, delivery) {
            (Some(transaction_id), Some(delivery)) if !problems.iter().any(Problem::blocks) => Ok((
                Self {
                    transaction_id,
                    delivery,
                    reship: draft.reship.clone(),
                    combined: draft.combined.clone(),
                },
                problems,
            )),
            _ => Err(problems),
        }
    }

    /// The order.
    pub fn transaction_id(&self) -> &TransactionId {
        &self.transaction_id
    }

    /// How it is delivered.
    pub fn delivery(&self) -> &Delivery {
        &self.delivery
    }

    /// The permission to spend the re-shipment, when a person gave it.
    pub fn reship(&self) -> Option<&Grant> {
        self.reship.as_ref()
    }

    /// The combined order that it is a part of.
    pub fn combined(&self) -> Option<&Combined> {
        self.combined.as_ref()
    }

    /// `logistics_type`.
    pub fn logistics_type(&self) -> LogisticsType {
        match &self.delivery {
            Delivery::Unified(_) | Delivery::Split { .. } => LogisticsType::Express,
            Delivery::Plain { logistics_type, .. } => *logistics_type,
        }
    }

    /// `delivery_mode`.
    pub fn delivery_mode(&self) -> DeliveryMode {
        match &self.delivery {
            Delivery::Split { .. } => DeliveryMode::Split,
            Delivery::Unified(_) | Delivery::Plain { .. } => DeliveryMode::Unified,
        }
    }

    /// After this nothing more is to follow.
    pub fn completes(&self) -> bool {
        !matches!(self.delivery, Delivery::Split { complete: false, .. })
    }

    /// The express parcels; empty for deliveries without a courier.
    pub fn parcels(&self) -> &[Parcel] {
        match &self.delivery {
            Delivery::Unified(parcel) => std::slice::from_ref(parcel),
            Delivery::Split { parcels, .. } => parcels,
            Delivery::Plain { .. } => &[],
        }
    }

    /// The identities of its parcels, for comparisons with a look.
    pub fn parcel_ids(&self) -> BTreeSet<ParcelId> {
        self.parcels().iter().map(Parcel::id).collect()
    }

    /// The text of the first parcel.
    pub fn first_item_desc(&self) -> &str {
        match &self.delivery {
            Delivery::Unified(parcel) => parcel.item_desc.as_str(),
            Delivery::Split { parcels, .. } => parcels.first().map_or("", |p| p.item_desc.as_str()),
            Delivery::Plain { item_desc, .. } => item_desc.as_str(),
        }
    }

    /// Two intents with the same fingerprint ask WeChat for the same shipment (reliability 2.5
    /// `shipment_fp`): hex SHA-256 over order, mode, type and the sorted parcels, each length-prefixed.
    pub fn fingerprint(&self) -> String {
        use sha2::Digest as _;
        let mut hash = sha2::Sha256::new();
        let mut feed = |text: &str| {
            hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_le_bytes());
            hash.update(text.as_bytes());
        };
        feed("ship/1");
        feed(self.transaction_id.as_str());
        feed(&self.logistics_type().code().to_string());
        feed(&self.delivery_mode().code().to_string());
        feed(if self.completes() { "all" } else { "part" });
        feed(if self.reship.is_some() { "reship" } else { "first" });
        for parcel in self.parcel_ids() {
            feed(&parcel.courier);
            feed(&parcel.tracking_no);
        }
        if let Delivery::Plain { item_desc, .. } = &self.delivery {
            feed(item_desc.as_str());
        }
        hash.finalize().iter().fold(String::new(), |mut hex, byte| {
            use std::fmt::Write as _;
            if write!(hex, "{byte:02x}").is_err() {
                hex.clear(); // writing to a String cannot fail
            }
            hex
        })
    }
}

impl TryFrom<Draft> for Intent {
    type Error = String;
    /// For reading the journal: the same checks, with the widest limit that an account may have.
    fn try_from(draft: Draft) -> Result<Self, Self::Error> {
        let rules = Rules {
            max_parcels: 15,
            couriers: None,
        };
        Self::check(&draft, &rules)
            .map(|(intent, _)| intent)
            .map_err(|problems| {
                let words: Vec<String> = problems.iter().map(|problem| problem.what.word()).collect();
                words.join(", ")
            })
    }
}

impl From<Intent> for Draft {
    fn from(intent: Intent) -> Self {
        let (logistics_type, delivery_mode, complete) = (
            intent.logistics_type(),
            intent.delivery_mode(),
            intent.completes(),
        );
        let parcels = match intent.delivery {
            Delivery::Unified(parcel) => vec![parcel.into()],
            Delivery::Split { parcels, .. } => parcels.into_iter().map(ParcelDraft::from).collect(),
            Delivery::Plain { item_desc, .. } => {
                vec![ParcelDraft {
                    item_desc: item_desc.as_str().to_owned(),
                    ..ParcelDraft::default()
                }]
            }
        };
        Self {
            transaction_id: intent.transaction_id.into(),
            logistics_type,
            delivery_mode,
            complete,
            parcels,
            reship: intent.reship,
            combined: intent.combined,
        }
    }
}

impl From<Parcel> for ParcelDraft {
    fn from(parcel: Parcel) -> Self {
        let text =
            |contact: Option<MaskedContact>| contact.map_or_else(String::new, |c| c.as_str().to_owned());
        Self {
            courier: parcel.courier.as_str().to_owned(),
            tracking_no: parcel.tracking_no.as_str().to_owned(),
            item_desc: parcel.item_desc.as_str().to_owned(),
            consignor_contact: text(parcel.contact.consignor),
            receiver_contact: text(parcel.contact.receiver),
        }
    }
}

#[cfg(test)]
#[path = "intent_tests.rs"]
mod tests;
