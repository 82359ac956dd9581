//! The rows of one order become one shipment, or say why not; apart from `plan`, which finds the groups.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::parcel::MAX_ITEM_DESC_CHARS;
use super::plan::{Known, PlannedRow, PlannedShipment, Standing, add, standing};
use super::{
    CourierId, DeliveryMode, Draft, Field, FileRow, Grant, Intent, LogisticsType, Look, MaskedContact, Order,
    ParcelDraft, ParcelId, PlanOptions, Problem, ProblemKind, RowParcel, RowStatus, Rules,
};

/// The rows of one order.
pub(super) struct Group {
    pub(super) order: Arc<Order>,
    /// Their indices in the file.
    pub(super) indices: Vec<usize>,
    pub(super) rows: Vec<Arc<FileRow>>,
    /// Before which of them another row stands that is not ignored, so that it is no neighbour of the one before.
    pub(super) apart: Vec<bool>,
}

/// Gives every row of the group its verdict, in `planned` at the place of the row in the group; `Some` when there is
/// something to send.
pub(super) fn plan_group(
    group: &Group,
    planned: &mut [PlannedRow],
    known: &Known<'_>,
) -> Option<PlannedShipment> {
    let members: Vec<(usize, &FileRow)> = group.rows.iter().map(|row| &**row).enumerate().collect();
    if let Some(blocked) = blocked_row(&members, planned) {
        hold_siblings(&members, planned, blocked);
        return None;
    }
    if conflicts(&members, &group.apart) {
        for (index, row) in &members {
            let others = members
                .iter()
                .filter(|(_, other)| other.row != row.row)
                .map(|(_, r)| r.row)
                .collect();
            let problem = Problem::of(ProblemKind::DuplicateConflict { rows: others }, Field::TrackingNo);
            let value = row
                .parcels
                .first()
                .map_or("", |parcel| parcel.tracking_no.as_str());
            add(planned, *index, problem, value);
        }
        return None;
    }
    let (draft, sources) = draft_of(group, &members, planned, known);
    let rules = Rules {
        max_parcels: known.options.max_parcels,
        couriers: Some(known.couriers),
    };
    let (intent, notes) = match Intent::check(&draft, &rules) {
        Ok(checked) => checked,
        Err(mut problems) => {
            problems.retain(|problem| !names_its_courier(problem, &sources, &members, known));
            tell(&problems, &sources, &members, planned);
            if let Some(blocked) = blocked_row(&members, planned) {
                hold_siblings(&members, planned, blocked);
            }
            return None;
        }
    };
    tell(&notes, &sources, &members, planned);
    if group.order.in_complaint {
        add_to_all(&members, planned, &ProblemKind::InDispute);
    }
    judge(group, &members, planned, known, intent, &draft)
}

/// The verdict by the journal and by the order's state.
fn judge(
    group: &Group,
    members: &[(usize, &FileRow)],
    planned: &mut [PlannedRow],
    known: &Known<'_>,
    intent: Intent,
    draft: &Draft,
) -> Option<PlannedShipment> {
    let set_all = |planned: &mut [PlannedRow], status: RowStatus, shipment| {
        for (index, _) in members {
            if let Some(row) = planned.get_mut(*index) {
                row.status = status;
                row.shipment = shipment;
            }
        }
    };
    if let Some(prior) = known.journal.get(intent.transaction_id()) {
        let same = prior.fingerprint == intent.fingerprint();
        let open = matches!(
            prior.status,
            RowStatus::Queued | RowStatus::Waiting | RowStatus::Sending | RowStatus::Unclear
        );
        if same && prior.status == RowStatus::Shipped {
            set_all(planned, RowStatus::AlreadyDone, Some(prior.shipment));
            return None;
        }
        if same && open {
            set_all(planned, prior.status, Some(prior.shipment));
            return None;
        }
        if open {
            add_to_all(members, planned, &ProblemKind::ShipmentOpen);
            return None;
        }
    }
    match standing(&intent, &group.order, known.now) {
        Standing::Free => {}
        Standing::Done => {
            set_all(planned, RowStatus::AlreadyDone, None);
            return None;
        }
        Standing::Refuse(ProblemKind::AlreadyShipped { corrections_left: 1 }) if known.options.reship => {
            return reship(group, known, draft);
        }
        Standing::Refuse(kind) => {
            add_to_all(members, planned, &kind);
            return None;
        }
    }
    Some(PlannedShipment {
        intent,
        rows: group.indices.clone(),
        deadline: group.order.deadline(),
    })
}

/// The same shipment as a correction, with the permission that was given for the whole file.
fn reship(group: &Group, known: &Known<'_>, draft: &Draft) -> Option<PlannedShipment> {
    let look = Look::of(&group.order, known.now);
    let grant = Grant {
        at: known.now,
        seen: look.parcels,
        seen_finish_count: look.finish_count,
    };
    let draft = Draft {
        reship: Some(grant),
        ..draft.clone()
    };
    let rules = Rules {
        max_parcels: known.options.max_parcels,
        couriers: Some(known.couriers),
    };
    let (intent, _) = Intent::check(&draft, &rules).ok()?;
    Some(PlannedShipment {
        intent,
        rows: group.indices.clone(),
        deadline: group.order.deadline(),
    })
}

/// A row without a tracking number has no parcel that its courier could belong to, so the draft has none either. That
/// the courier is missing is told only where its cell is empty.
fn names_its_courier(
    problem: &Problem,
    sources: &[usize],
    members: &[(usize, &FileRow)],
    known: &Known<'_>,
) -> bool {
    let source = problem.parcel.and_then(|parcel| sources.get(parcel));
    let is_named = |row: &FileRow| {
        let mut cells = known.columns.iter().zip(row.cells.iter());
        cells.any(|(column, cell)| column.field == Some(Field::Courier) && !cell.trim().is_empty())
    };
    problem.what == ProblemKind::MissingCourier
        && members
            .iter()
            .any(|(index, row)| Some(index) == source && row.parcels.is_empty() && is_named(row))
}

fn blocked_row(members: &[(usize, &FileRow)], planned: &[PlannedRow]) -> Option<u32> {
    members
        .iter()
        .find(|(index, _)| {
            planned
                .get(*index)
                .is_some_and(|row| row.status == RowStatus::Blocked)
        })
        .map(|(_, row)| row.row)
}

/// An order is shipped whole or not at all: a blocked row holds the others of its order back.
fn hold_siblings(members: &[(usize, &FileRow)], planned: &mut [PlannedRow], blocked: u32) {
    for (index, _) in members {
        if planned
            .get(*index)
            .is_some_and(|row| row.status == RowStatus::Ready)
        {
            add(
                planned,
                *index,
                ProblemKind::SiblingBlocked { row: blocked }.into(),
                "",
            );
        }
    }
}

/// Rows of one order that stand together are its parcels. Rows that stand apart, here or in the file that these were
/// written from, with different tracking numbers contradict each other, unless the file says that the order is split:
/// nothing is picked by itself.
fn conflicts(members: &[(usize, &FileRow)], apart: &[bool]) -> bool {
    if members.iter().any(|(_, row)| row.split) {
        return false;
    }
    let parcels = |row: &FileRow| -> Vec<ParcelId> {
        row.parcels
            .iter()
            .map(|p| ParcelId::new(p.courier.as_deref().unwrap_or_default(), &p.tracking_no))
            .collect()
    };
    members.windows(2).any(|pair| {
        let [(_, first), (after, second)] = pair else {
            return false;
        };
        let apart = apart.get(*after).copied().unwrap_or(true);
        (apart || !second.follows(first)) && parcels(first) != parcels(second)
    })
}

/// One parcel of the draft while its rows are read: its texts, and the row it first stood in.
struct Slot {
    parcel: ParcelDraft,
    descs: Vec<String>,
    row: usize,
}

/// The draft of the group, and for each of its parcels the row it comes from.
fn draft_of(
    group: &Group,
    members: &[(usize, &FileRow)],
    planned: &mut [PlannedRow],
    known: &Known<'_>,
) -> (Draft, Vec<usize>) {
    let logistics_type = members
        .first()
        .map_or(LogisticsType::Express, |(_, row)| row.logistics_type);
    let slots = slots_of(members, planned, known.options);
    let sources = slots.iter().map(|slot| slot.row).collect();
    let fallback = fallback_desc(group, known.options.default_item_desc.as_deref());
    let mut parcels = Vec::with_capacity(slots.len());
    for Slot {
        mut parcel,
        descs,
        row,
    } in slots
    {
        parcel.item_desc = descs.join("；");
        if parcel.item_desc.trim().is_empty() && !fallback.is_empty() {
            parcel.item_desc.clone_from(&fallback);
            add(
                planned,
                row,
                Problem::of(ProblemKind::ItemDescFilled, Field::ItemDesc),
                &fallback,
            );
        }
        parcels.push(parcel);
    }
    let more_follows = members.iter().any(|(_, row)| row.more_follows);
    let split = parcels.len() > 1 || more_follows || group.order.partly_shipped();
    let draft = Draft {
        transaction_id: group.order.transaction_id.as_str().to_owned(),
        logistics_type,
        delivery_mode: if split && logistics_type == LogisticsType::Express {
            DeliveryMode::Split
        } else {
            DeliveryMode::Unified
        },
        complete: !more_follows,
        parcels,
        reship: None,
        combined: None,
    };
    (draft, sources)
}

/// One slot for each different parcel, in the order of the rows.
fn slots_of(members: &[(usize, &FileRow)], planned: &mut [PlannedRow], options: &PlanOptions) -> Vec<Slot> {
    let text = |c: Option<&MaskedContact>| c.map_or_else(String::new, |c| c.as_str().to_owned());
    let mut slots: Vec<Slot> = Vec::new();
    let mut place: BTreeMap<ParcelId, usize> = BTreeMap::new();
    for (index, row) in members {
        let listed = if row.parcels.is_empty() {
            vec![RowParcel::default()]
        } else {
            row.parcels.clone()
        };
        for parcel in listed {
            let filled = options
                .default_courier
                .as_ref()
                .filter(|_| parcel.courier.is_none());
            if let Some(id) = filled.filter(|_| !parcel.tracking_no.is_empty()) {
                let kind = ProblemKind::CourierFilled { id: id.clone() };
                add(planned, *index, Problem::of(kind, Field::Courier), "");
            }
            let filled = filled.cloned();
            let courier = parcel.courier.or(filled).unwrap_or_default();
            let id = ParcelId::new(&courier, &parcel.tracking_no);
            if let Some(slot) = place.get(&id).and_then(|at| slots.get_mut(*at)) {
                // One parcel on several rows: a row for each article, or the same row twice.
                match &row.item_desc {
                    Some(desc) if !slot.descs.contains(desc) => slot.descs.push(desc.clone()),
                    _ => {
                        let first = members
                            .iter()
                            .find(|(i, _)| *i == slot.row)
                            .map_or(0, |(_, r)| r.row);
                        add(
                            planned,
                            *index,
                            ProblemKind::DuplicateRow { row: first }.into(),
                            "",
                        );
                    }
                }
                continue;
            }
            place.insert(id, slots.len());
            let is_sf = courier == CourierId::SF;
            let parcel = ParcelDraft {
                consignor_contact: text(options.sender_contact.as_ref().filter(|_| is_sf)),
                receiver_contact: text(row.receiver_contact.as_ref().filter(|_| is_sf)),
                courier,
                tracking_no: parcel.tracking_no,
                item_desc: String::new(),
            };
            slots.push(Slot {
                parcel,
                descs: row.item_desc.iter().cloned().collect(),
                row: *index,
            });
        }
    }
    slots
}

/// The order's own text, else the account's; cut where WeChat would refuse it.
fn fallback_desc(group: &Group, default: Option<&str>) -> String {
    let text = match group.order.description.trim() {
        "" => default.unwrap_or_default().trim(),
        text => text,
    };
    if text.chars().count() <= MAX_ITEM_DESC_CHARS {
        return text.to_owned();
    }
    text.chars()
        .take(MAX_ITEM_DESC_CHARS.saturating_sub(1))
        .chain(['…'])
        .collect()
}

/// Brings the problems of a draft to the rows and columns they come from.
fn tell(problems: &[Problem], sources: &[usize], members: &[(usize, &FileRow)], planned: &mut [PlannedRow]) {
    let first = members.first().map_or(0, |(index, _)| *index);
    for problem in problems {
        let index = problem
            .parcel
            .and_then(|parcel| sources.get(parcel))
            .copied()
            .unwrap_or(first);
        let told = Problem {
            parcel: None,
            ..problem.clone()
        };
        add(planned, index, told, "");
    }
}

fn add_to_all(members: &[(usize, &FileRow)], planned: &mut [PlannedRow], kind: &ProblemKind) {
    for (index, row) in members {
        let mut problem = Problem::of(kind.clone(), Field::OutTradeNo);
        problem.column = row.order_column;
        let value = row.order_number.clone().unwrap_or_default();
        add(planned, *index, problem, &value);
    }
}
