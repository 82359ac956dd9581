//! The journal in memory, with what a crash takes away apart from what it leaves, and with the guard of the
//! real store: an order has at most one open shipment. It also checks every state that is written (I9).

use std::collections::BTreeMap;
use std::sync::Arc;

use fahuo::domain::{
    Decision, Intent, Prior, RowStatus, Shipment, ShipmentId, State, Timestamp, TransactionId,
};
use fahuo::engine::quota::Api;
use fahuo::store::JournalEntry;

/// One line of what happened.
#[derive(Clone)]
pub struct Line {
    pub seq: u64,
    pub shipment: ShipmentId,
    pub entry: Arc<JournalEntry>,
}

/// What survives.
#[derive(Clone)]
pub struct Disk {
    /// Changes when a copy is put back: from then on the same numbers mean other things.
    pub lineage: u64,
    pub shipments: BTreeMap<ShipmentId, Arc<Shipment>>,
    pub open_order: BTreeMap<TransactionId, ShipmentId>,
    pub lines: Vec<Line>,
    pub pauses: BTreeMap<Api, Timestamp>,
    pub doubtful_since: Timestamp,
    /// The folder that it began in.
    root: u64,
    next_id: i64,
}

/// The disk and what was written but not yet synced.
pub struct Journal {
    pub disk: Disk,
    pending: Vec<(Arc<Shipment>, Arc<JournalEntry>)>,
    /// Until when calls must rest, by WeChat's clock: the program was told that their quota is used up.
    pub rests: BTreeMap<Api, i64>,
    /// A commit has failed: what the program knows is ahead of what it could write.
    pub behind: bool,
    /// The guard of `open_order` is taken away (mutants only).
    pub unguarded: bool,
}

/// Why a commit failed; nothing of it was written.
#[derive(Debug)]
pub enum Failed {
    OrderTaken,
    UnknownShipment,
    /// A change that is no path in the table (I9).
    Path(String),
}

impl Disk {
    pub fn new(lineage: u64, now: Timestamp) -> Self {
        Self {
            lineage,
            shipments: BTreeMap::new(),
            open_order: BTreeMap::new(),
            lines: Vec::new(),
            pauses: BTreeMap::new(),
            doubtful_since: now,
            root: lineage,
            next_id: 1,
        }
    }

    /// The second copy beside the database names its newest line, and whose it is: a database that does not hold
    /// that line is an older one, or another.
    pub fn holds_the_end_of(&self, other: &Self) -> bool {
        let Some(last) = other.lines.last() else {
            return self.root == other.root;
        };
        let same = self.lines.get(other.lines.len() - 1);
        same.is_some_and(|line| Arc::ptr_eq(&line.entry, &last.entry))
    }

    /// The newest line of a shipment.
    pub fn last_line(&self, id: ShipmentId) -> Option<&Line> {
        self.lines.iter().rev().find(|line| line.shipment == id)
    }

    /// Decisions to try again: each begins a new wish with a new stamp.
    pub fn epoch(&self, id: ShipmentId) -> usize {
        let again = |line: &&Line| {
            line.shipment == id
                && matches!(
                    &*line.entry,
                    JournalEntry::Decided {
                        decision: Decision::TryAgain | Decision::TakeOver
                    }
                )
        };
        self.lines.iter().filter(again).count()
    }

    /// What the plan of a file knows of the journal.
    pub fn prior(&self, order: &TransactionId) -> Option<Prior> {
        let newest = self
            .shipments
            .values()
            .rev()
            .find(|shipment| shipment.intent.transaction_id() == order)?;
        Some(Prior {
            shipment: newest.id,
            fingerprint: newest.intent.fingerprint(),
            status: RowStatus::from(&newest.state),
        })
    }
}

impl Journal {
    pub fn new(disk: Disk) -> Self {
        Self {
            disk,
            pending: Vec::new(),
            rests: BTreeMap::new(),
            behind: false,
            unguarded: false,
        }
    }

    /// Queues a shipment, unless the order is taken.
    pub fn enqueue(
        &mut self,
        intent: &Intent,
        deadline: Timestamp,
        now: Timestamp,
        not_before: Timestamp,
    ) -> Option<Shipment> {
        let order = intent.transaction_id();
        if self.disk.open_order.contains_key(order) && !self.unguarded {
            return None;
        }
        let disk = &mut self.disk;
        let id = ShipmentId(disk.next_id);
        disk.next_id += 1;
        let shipment = Shipment::queued(id, Arc::new(intent.clone()), deadline, now, not_before);
        disk.open_order.insert(order.clone(), id);
        disk.shipments.insert(id, Arc::new(shipment.clone()));
        disk.lines.push(Line {
            seq: disk.lines.len() as u64 + 1,
            shipment: id,
            entry: Arc::new(JournalEntry::Queued {
                intent_sha256: String::new(),
            }),
        });
        Some(shipment)
    }

    /// Writes changes, not yet durable.
    pub fn write(&mut self, changes: impl IntoIterator<Item = (Arc<Shipment>, JournalEntry)>) {
        let changes = changes
            .into_iter()
            .map(|(shipment, entry)| (shipment, Arc::new(entry)));
        self.pending.extend(changes);
    }

    /// Makes durable what was written, all of it or nothing.
    pub fn sync(&mut self) -> Result<(), Failed> {
        let changes = std::mem::take(&mut self.pending);
        let mut open_order = self.disk.open_order.clone();
        let mut after: BTreeMap<ShipmentId, &Arc<Shipment>> = BTreeMap::new();
        for (shipment, entry) in &changes {
            let before = after.get(&shipment.id).copied();
            let before = before.or_else(|| self.disk.shipments.get(&shipment.id));
            let before = before.ok_or(Failed::UnknownShipment)?;
            check_path(before, shipment, entry)
                .or_else(|path| if self.behind { Ok(()) } else { Err(path) })
                .map_err(Failed::Path)?;
            after.insert(shipment.id, shipment);
            let order = shipment.intent.transaction_id();
            match open_order.get(order).copied() {
                Some(other) if other != shipment.id => {
                    if shipment.state.is_open() && !self.unguarded {
                        return Err(Failed::OrderTaken);
                    }
                }
                Some(_) if !shipment.state.is_open() => {
                    open_order.remove(order);
                }
                None if shipment.state.is_open() => {
                    open_order.insert(order.clone(), shipment.id);
                }
                Some(_) | None => {}
            }
        }
        self.disk.open_order = open_order;
        for (shipment, entry) in changes {
            self.disk.lines.push(Line {
                seq: self.disk.lines.len() as u64 + 1,
                shipment: shipment.id,
                entry,
            });
            self.disk.shipments.insert(shipment.id, shipment);
        }
        Ok(())
    }

    /// What was not synced is gone; what is read back has been through the file.
    pub fn crash(&mut self) {
        self.pending.clear();
        self.behind = false;
        for shipment in self.disk.shipments.values_mut() {
            let mut read = Shipment::clone(shipment);
            if let Some(look) = &mut read.baseline {
                look.payer = fahuo::domain::OpenId::default();
            }
            *shipment = Arc::new(read);
        }
    }
}

/// The edges of reliability 2.2, in the names of the code, and the entry that must tell each of them.
fn check_path(before: &Shipment, after: &Shipment, entry: &JournalEntry) -> Result<(), String> {
    let (from, to) = (before.state.word(), after.state.word());
    let edges: &[&str] = match before.state {
        State::Queued | State::Waiting => &[
            "waiting",
            "sending",
            "shipped",
            "rejected",
            "needs_person",
            "cancelled",
        ],
        State::Sending => &["shipped", "rejected", "queued", "waiting", "unclear"],
        State::Unclear(_) => &["unclear", "shipped", "rejected", "needs_person", "queued"],
        State::NeedsPerson(_) => &["queued", "shipped", "cancelled"],
        State::Rejected(_) => &["queued", "cancelled"],
        State::Shipped { .. } => &["shipped", "needs_person"],
        State::Cancelled => &[],
    };
    let told = match entry {
        JournalEntry::Looked { verdict, .. } => verdict == to,
        JournalEntry::Answered { class, .. } => class == to && from == "sending",
        JournalEntry::Sending {
            attempt,
            body_sha256,
            upload_time,
        } => {
            to == "sending"
                && matches!(from, "queued" | "waiting")
                && *attempt == after.attempts
                && after.body_sha256.as_ref() == Some(body_sha256)
                && after.upload_time == Some(*upload_time)
        }
        JournalEntry::LookFailed { .. } => matches!(to, "waiting" | "needs_person"),
        JournalEntry::Restarted => to == "unclear" && matches!(from, "sending" | "unclear"),
        JournalEntry::Claimed { answer, .. } => match answer.as_str() {
            "theirs" => to == "needs_person",
            _ => {
                return (from == to)
                    .then_some(())
                    .ok_or_else(|| format!("{from} -> {to} by a claim"));
            }
        },
        JournalEntry::Cancelled => to == "cancelled" && matches!(from, "queued" | "waiting"),
        JournalEntry::Decided { decision } => match decision {
            Decision::AcceptAsItIs => to == "shipped",
            Decision::TryAgain | Decision::TakeOver => to == "queued",
            Decision::Drop => to == "cancelled",
        },
        JournalEntry::Queued { .. } | JournalEntry::Unclear { .. } => false,
    };
    if edges.contains(&to) && told && after.intent == before.intent {
        Ok(())
    } else {
        Err(format!("{from} -> {to} by {}", entry.word()))
    }
}
