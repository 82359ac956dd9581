//! How the rows of a file and their verdicts are written in few bytes, because a large file has a million of them and
//! each is written once and read several times. What nearly every row has is written plainly; what few have, as JSON.

use serde::de::value::{Error as NoText, StrDeserializer};
use serde::{Deserialize, Serialize};

use super::kept::Form;
use crate::domain::{
    FileRow, Ignored, LogisticsType, MaskedContact, PlannedRow, Problem, Repaired, RowParcel, RowStatus,
    ShipmentId, TransactionId,
};

/// Rows of a file.
pub(super) const ROWS: Form<FileRow> = Form {
    write: write_row,
    read: read_row,
    read_key: read_row_key,
};
/// Their verdicts.
pub(super) const VERDICTS: Form<PlannedRow> = Form {
    write: write_verdict,
    read: read_verdict,
    read_key: read_verdict,
};

/// What few rows have.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Rare {
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    doubtful: Vec<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repaired: Option<Box<Repaired>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ignored: Option<Ignored>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mchid: Option<String>,
    logistics_type: LogisticsType,
    split: bool,
    more_follows: bool,
}

/// Writes a row behind what stands there. `None` when it cannot be written.
fn write_row(row: &FileRow, out: &mut Vec<u8>) -> Option<()> {
    // Without `..`, so that a new field is written here too.
    let FileRow {
        row: number,
        origin,
        cells,
        doubtful,
        repaired,
        ignored,
        order_number,
        order_column,
        mchid,
        parcels,
        item_desc,
        receiver_contact,
        logistics_type,
        split,
        more_follows,
        problems,
    } = row;
    put(out, usize::try_from(*number).ok()?);
    put(out, cells.len());
    for cell in cells.iter() {
        put_text(out, cell);
    }
    put_option(out, *order_column);
    put_alike(out, cells, order_number.as_deref());
    put(out, parcels.len());
    for parcel in parcels {
        put_alike(out, cells, parcel.courier.as_deref());
        put_alike(out, cells, Some(&parcel.tracking_no));
    }
    let plain = origin.is_none()
        && doubtful.is_empty()
        && repaired.is_none()
        && ignored.is_none()
        && mchid.is_none()
        && *logistics_type == LogisticsType::default()
        && !split
        && !more_follows;
    if plain {
        put(out, 0);
    } else {
        let rare = Rare {
            origin: *origin,
            doubtful: doubtful.clone(),
            repaired: repaired.clone(),
            ignored: *ignored,
            mchid: mchid.clone(),
            logistics_type: *logistics_type,
            split: *split,
            more_follows: *more_follows,
        };
        put_json(out, &rare)?;
    }
    // Behind this stands what no key needs.
    put_alike(out, cells, item_desc.as_deref());
    put_alike(out, cells, receiver_contact.as_ref().map(MaskedContact::as_str));
    put_problems(out, problems)
}

/// Reads a row that [`write_row`] has written. `None` when it is damaged.
fn read_row(mut bytes: &[u8]) -> Option<FileRow> {
    let from = &mut bytes;
    let (row, cells) = take_key(from)?;
    Some(FileRow {
        item_desc: take_alike(from, &cells)?.map(str::to_owned),
        receiver_contact: take_alike(from, &cells)?.and_then(contact),
        problems: take_problems(from)?,
        cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        ..row
    })
}

/// Reads of a row what tells whose it is and what is to be sent for it: no cells, no goods, no phone and no problems.
fn read_row_key(mut bytes: &[u8]) -> Option<FileRow> {
    take_key(&mut bytes).map(|(row, _)| row)
}

fn take_key<'a>(from: &mut &'a [u8]) -> Option<(FileRow, Vec<&'a str>)> {
    let row = u32::try_from(take(from)?).ok()?;
    let count = take(from)?;
    let mut cells = Vec::with_capacity(count.min(from.len()));
    for _ in 0..count {
        cells.push(take_text(from)?);
    }
    let order_column = take_option(from)?;
    let order_number = take_alike(from, &cells)?.map(str::to_owned);
    let count = take(from)?;
    let mut parcels = Vec::with_capacity(count.min(from.len()));
    for _ in 0..count {
        parcels.push(RowParcel {
            courier: take_alike(from, &cells)?.map(str::to_owned),
            tracking_no: take_alike(from, &cells)?.unwrap_or_default().to_owned(),
        });
    }
    let rare: Rare = match take_text(from)? {
        "" => Rare::default(),
        text => serde_json::from_str(text).ok()?,
    };
    let row = FileRow {
        row,
        origin: rare.origin,
        doubtful: rare.doubtful,
        repaired: rare.repaired,
        ignored: rare.ignored,
        order_number,
        order_column,
        mchid: rare.mchid,
        parcels,
        logistics_type: rare.logistics_type,
        split: rare.split,
        more_follows: rare.more_follows,
        ..FileRow::default()
    };
    Some((row, cells))
}

/// Writes a verdict behind what stands there. `None` when it cannot be written.
fn write_verdict(planned: &PlannedRow, out: &mut Vec<u8>) -> Option<()> {
    let PlannedRow {
        status,
        transaction_id,
        problems,
        shipment,
    } = planned;
    let at = STATUSES.iter().position(|known| known == status)?;
    put(out, at);
    put_alike(out, &[], transaction_id.as_ref().map(TransactionId::as_str));
    put_problems(out, problems)?;
    match shipment {
        None => put(out, 0),
        Some(id) => put_text(out, &id.0.to_string()),
    }
    Some(())
}

/// Reads a verdict that [`write_verdict`] has written. `None` when it is damaged.
fn read_verdict(mut bytes: &[u8]) -> Option<PlannedRow> {
    let from = &mut bytes;
    let status = *STATUSES.get(take(from)?)?;
    let transaction_id = match take_alike(from, &[])? {
        None => None,
        Some(id) => Some(TransactionId::parse(id)?),
    };
    let problems = take_problems(from)?;
    let shipment = match take_text(from)? {
        "" => None,
        id => Some(ShipmentId(id.parse().ok()?)),
    };
    Some(PlannedRow {
        status,
        transaction_id,
        problems,
        shipment,
    })
}

/// Each is written as its place here.
const STATUSES: [RowStatus; 12] = [
    RowStatus::Ready,
    RowStatus::Blocked,
    RowStatus::Ignored,
    RowStatus::AlreadyDone,
    RowStatus::Queued,
    RowStatus::Waiting,
    RowStatus::Sending,
    RowStatus::Unclear,
    RowStatus::Shipped,
    RowStatus::Refused,
    RowStatus::NeedsPerson,
    RowStatus::Cancelled,
];

fn contact(text: &str) -> Option<MaskedContact> {
    MaskedContact::deserialize(StrDeserializer::<NoText>::new(text)).ok()
}

/// The kind and the field as JSON, of which there are few; the cell and its value plainly.
fn put_problems(out: &mut Vec<u8>, problems: &[Problem]) -> Option<()> {
    put(out, problems.len());
    for problem in problems {
        let Problem {
            what,
            field,
            column,
            value,
            parcel,
        } = problem;
        put_json(out, &(what, field))?;
        put_option(out, *column);
        put_option(out, *parcel);
        put_alike(out, &[], value.as_deref());
    }
    Some(())
}

fn take_problems(from: &mut &[u8]) -> Option<Vec<Problem>> {
    let count = take(from)?;
    let mut problems = Vec::with_capacity(count.min(from.len()));
    for _ in 0..count {
        let (what, field) = serde_json::from_str(take_text(from)?).ok()?;
        problems.push(Problem {
            what,
            field,
            column: take_option(from)?,
            parcel: take_option(from)?,
            value: take_alike(from, &[])?.map(str::to_owned),
        });
    }
    Some(problems)
}

/// Seven bits in each byte, the lowest first.
fn put(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push(u8::try_from(number & 0x7f).unwrap_or_default() | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).unwrap_or_default());
}

fn take(from: &mut &[u8]) -> Option<usize> {
    let mut number: usize = 0;
    for shift in (0..usize::BITS).step_by(7) {
        let (byte, rest) = from.split_first()?;
        *from = rest;
        number |= usize::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn put_option(out: &mut Vec<u8>, number: Option<usize>) {
    put(out, number.map_or(0, |number| number.saturating_add(1)));
}

#[expect(
    clippy::option_option,
    reason = "the outer one is for damage, the inner one for what is missing"
)]
fn take_option(from: &mut &[u8]) -> Option<Option<usize>> {
    Some(take(from)?.checked_sub(1))
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

fn take_text<'a>(from: &mut &'a [u8]) -> Option<&'a str> {
    let length = take(from)?;
    let (text, rest) = from.split_at_checked(length)?;
    *from = rest;
    std::str::from_utf8(text).ok()
}

fn put_json<T: Serialize>(out: &mut Vec<u8>, value: &T) -> Option<()> {
    let text = serde_json::to_string(value).ok()?;
    put_text(out, &text);
    Some(())
}

/// A text that may be missing; when it is the same as one of the cells, the place of that cell.
fn put_alike(out: &mut Vec<u8>, cells: &[String], text: Option<&str>) {
    let Some(text) = text else {
        return put(out, 0);
    };
    let cell = cells.iter().position(|cell| cell == text);
    put(out, cell.map_or(1, |at| at.saturating_add(2)));
    if cell.is_none() {
        put_text(out, text);
    }
}

#[expect(
    clippy::option_option,
    reason = "the outer one is for damage, the inner one for what is missing"
)]
fn take_alike<'a>(from: &mut &'a [u8], cells: &[&'a str]) -> Option<Option<&'a str>> {
    match take(from)? {
        0 => Some(None),
        1 => take_text(from).map(Some),
        cell => Some(Some(*cells.get(cell.checked_sub(2)?)?)),
    }
}

#[cfg(test)]
#[path = "packed_tests.rs"]
mod tests;
