//! The parcels of a row: its tracking numbers and the courier of each. Apart from `rows`, because here two columns
//! decide together, and what they contradict in must be told and never guessed.

use crate::domain::parcel::MAX_ID_BYTES;
use crate::domain::{
    CourierList, Field, FileRow, Ignored, LogisticsType, Problem, ProblemKind, RowParcel, TrackingNo,
};

use super::cells::{Id, read_id};
use super::columns::Columns;
use super::couriers::{Meaning, Spellings};
use super::grid::{Cell, RawRow};
use super::numbers::is_mangled;
use super::parcels::{self, Part};
use super::phones;
use super::words;
use crate::domain::shapes;

/// The numbers of one cell and where it stands.
struct Numbers<'a> {
    column: usize,
    cell: &'a Cell,
    parts: Vec<Part>,
}

/// Reads the parcels into the row, with every problem at its cell.
pub(super) fn read(columns: &Columns, spellings: &mut Spellings<'_>, raw: &RawRow, row: &mut FileRow) {
    let numbers = numbers(columns, spellings, raw, row);
    let count = numbers.iter().map(|numbers| numbers.parts.len()).sum();
    if row.logistics_type != LogisticsType::Express {
        let parts: Vec<Part> = numbers.into_iter().flat_map(|numbers| numbers.parts).collect();
        contradict(columns, spellings, raw, &parts, row);
        return;
    }
    let is_word = |numbers: &Numbers<'_>| words::is_not_shipped(&numbers.cell.text);
    let number_is_word = count == 0 && numbers.iter().any(is_word);
    let before = row.problems.len();
    let own = |column: &usize| columns.courier_of.iter().any(|(_, courier)| courier == column);
    let of_row: Vec<usize> = columns
        .couriers
        .iter()
        .copied()
        .filter(|column| !own(column))
        .collect();
    let given = couriers(&of_row, spellings, raw, count, row);
    if number_is_word && row.problems.len() == before {
        row.ignored = Some(Ignored::NotShippedYet);
        return;
    }
    let mut index: usize = 0;
    for Numbers { column, cell, parts } in numbers {
        let beside = columns.courier_of.iter().find(|(number, _)| *number == column);
        let beside = beside
            .filter(|_| !parts.is_empty())
            .map_or(Vec::new(), |(_, courier)| {
                couriers(&[*courier], spellings, raw, parts.len(), row)
            });
        for (at, part) in parts.into_iter().enumerate() {
            let own = beside.get(at).or(beside.first());
            let courier = own.or(given.get(index)).or(given.first()).cloned().flatten();
            index = index.saturating_add(1);
            add(spellings, part, courier, (column, cell), row);
        }
    }
}

/// The numbers of every cell that may hold some; one that stands in two cells is one parcel.
fn numbers<'a>(
    columns: &Columns,
    spellings: &Spellings<'_>,
    raw: &'a RawRow,
    row: &mut FileRow,
) -> Vec<Numbers<'a>> {
    let mut found: Vec<Numbers<'a>> = Vec::new();
    for column in columns.all_tracking() {
        let Some(cell) = raw.cells.get(column) else {
            continue;
        };
        let mut parts = parts(columns, spellings, column, cell, row);
        parts.retain(|part| {
            let mut known = found.iter().flat_map(|numbers| &numbers.parts);
            !known.any(|known| known.number == part.number)
        });
        found.push(Numbers { column, cell, parts });
    }
    found
}

/// Adds a parcel, and says so when its number looks like another courier's.
fn add(
    spellings: &Spellings<'_>,
    part: Part,
    courier: Option<String>,
    (column, cell): (usize, &Cell),
    row: &mut FileRow,
) {
    let looks_like = match (&courier, &part.courier) {
        (Some(given), Some(beside)) if given != beside => Some(beside.clone()),
        (given, beside) => given
            .as_ref()
            .or(beside.as_ref())
            .and_then(|id| shapes::disagrees(&part.number, id))
            .filter(|id| spellings.find(id).is_some())
            .map(str::to_owned),
    };
    if let Some(looks_like) = looks_like {
        let problem = Problem::of(ProblemKind::TrackingShape { looks_like }, Field::TrackingNo);
        row.problems.push(problem.at(column, phones::hide(&cell.text)));
    }
    row.parcels.push(RowParcel {
        courier: courier.or(part.courier),
        tracking_no: part.number,
    });
}

/// The sound numbers of the tracking cell.
fn parts(
    columns: &Columns,
    spellings: &Spellings<'_>,
    column: usize,
    cell: &Cell,
    row: &mut FileRow,
) -> Vec<Part> {
    let express = row.logistics_type == LogisticsType::Express;
    let mut tell = |kind: ProblemKind| {
        let problem = Problem::of(kind, Field::TrackingNo).at(column, phones::hide(&cell.text));
        let told = row
            .problems
            .iter()
            .any(|p| p.column == problem.column && p.what == problem.what);
        if express && !told {
            row.problems.push(problem);
        }
    };
    match read_id(cell, true) {
        Id::None => return Vec::new(),
        Id::Bad(kind) => {
            tell(kind);
            return Vec::new();
        }
        Id::Sound { .. } => {}
    }
    let find = |word: &str| spellings.find(word).map(|(id, _)| id);
    let (sound, unsound): (Vec<Part>, Vec<Part>) = parcels::split(&cell.text, &find)
        .into_iter()
        .partition(|part| wrong(columns, column, &part.number).is_none());
    for part in &unsound {
        wrong(columns, column, &part.number).map(&mut tell);
    }
    if unsound.is_empty() && sound.iter().any(|part| part.changed) {
        let numbers: Vec<&str> = sound.iter().map(|part| part.number.as_str()).collect();
        tell(ProblemKind::Cleaned {
            now: numbers.join(";"),
        });
    }
    sound
}

fn wrong(columns: &Columns, column: usize, number: &str) -> Option<ProblemKind> {
    if is_mangled(number) || columns.doubts(column, number) {
        Some(ProblemKind::MangledId)
    } else if number.len() > MAX_ID_BYTES {
        Some(ProblemKind::TrackingTooLong { bytes: number.len() })
    } else if !number.is_ascii()
        || TrackingNo::parse(number).is_none()
        || shapes::has_letter_for_digit(number)
        || number.contains('*') // a phone number that was hidden
        || shapes::is_mobile(number)
    {
        Some(ProblemKind::TrackingCharacters)
    } else {
        None
    }
}

/// The couriers that these cells of the row name: one for all its numbers, or one for each.
fn couriers(
    columns: &[usize],
    spellings: &mut Spellings<'_>,
    raw: &RawRow,
    count: usize,
    row: &mut FileRow,
) -> Vec<Option<String>> {
    let mut known: Vec<(usize, Vec<(String, bool)>)> = Vec::new();
    let mut unknown: Option<Problem> = None;
    for column in columns {
        let Some(cell) = raw
            .cells
            .get(*column)
            .filter(|cell| !words::is_no_courier(&cell.text))
        else {
            continue;
        };
        let mut ids = Vec::new();
        for name in parcels::couriers(&cell.text, count) {
            match spellings.meaning(name) {
                Meaning::Known { id, translated } => ids.push((id, translated)),
                Meaning::Unknown { nearest } => {
                    let problem = Problem::of(ProblemKind::UnknownCourier { nearest }, Field::Courier);
                    unknown.get_or_insert(problem.at(*column, phones::hide(name)));
                    ids.clear();
                    break;
                }
            }
        }
        if !ids.is_empty() {
            known.push((*column, ids));
        }
    }
    let Some((column, ids)) = known
        .iter()
        .min_by_key(|(_, ids)| ids.iter().any(|(_, translated)| *translated))
    else {
        row.problems.extend(unknown);
        return Vec::new();
    };
    let plain = |ids: &[(String, bool)]| -> Vec<String> { ids.iter().map(|(id, _)| id.clone()).collect() };
    let differ = |others: &[(String, bool)]| {
        let same = |((one, _), (other, _)): (&(String, bool), &(String, bool))| one == other;
        others.len() != ids.len() || !others.iter().zip(ids).all(same)
    };
    let text = |column: usize| {
        raw.cells
            .get(column)
            .map_or(String::new(), |cell| phones::hide(&cell.text))
    };
    if let Some((other, others)) = known.iter().find(|(_, others)| differ(others)) {
        // Name and code contradict each other: neither is taken.
        let nearest = plain(ids).into_iter().chain(plain(others)).collect();
        let problem = Problem::of(ProblemKind::UnknownCourier { nearest }, Field::Courier);
        row.problems.push(problem.at(*other, text(*other)));
        return Vec::new();
    }
    for (id, translated) in ids {
        if *translated {
            let problem = Problem::of(ProblemKind::CourierTranslated { id: id.clone() }, Field::Courier);
            row.problems.push(problem.at(*column, text(*column)));
        }
    }
    if let Some(cell) = raw.cells.get(*column) {
        let names = parcels::couriers(&cell.text, count);
        for (name, (id, _)) in names
            .into_iter()
            .zip(ids)
            .filter(|(name, _)| spellings.is_taught(name))
        {
            let problem = Problem::of(ProblemKind::CourierTaught { id: id.clone() }, Field::Courier);
            row.problems.push(problem.at(*column, phones::hide(name)));
        }
    }
    ids.iter().map(|(id, _)| Some(id.clone())).collect()
}

/// The courier of the list whose numbers look like this one, when that is not the one that is meant; it only warns.
pub fn looks_like(number: &str, id: &str, list: &CourierList) -> Option<String> {
    let other = shapes::disagrees(number, id)?;
    list.get(other).map(|_| other.to_owned())
}

/// A person says which courier is meant in a row whose courier is not known, or `None` when the row says something
/// else by now or has several parcels that it could be meant for: the row as it reads then, with a word about it.
pub fn with_courier(row: &FileRow, unknown: &Problem, id: &str, list: &CourierList) -> Option<FileRow> {
    let at = row.problems.iter().position(|problem| problem == unknown)?;
    let cell = unknown.column.and_then(|column| row.cells.get(column));
    if !matches!(unknown.what, ProblemKind::UnknownCourier { .. }) || cell != unknown.value.as_ref() {
        return None;
    }
    if !row.lacks_one_courier() {
        return None; // typing the cell anew reads the row again, each number with its own courier
    }
    let mut row = row.clone();
    let told = ProblemKind::CourierTaught { id: id.to_owned() };
    *row.problems.get_mut(at)? = Problem {
        what: told,
        ..unknown.clone()
    };
    for parcel in row.parcels.iter_mut().filter(|parcel| parcel.courier.is_none()) {
        parcel.courier = Some(id.to_owned());
        let other = shapes::disagrees(&parcel.tracking_no, id);
        if let Some(looks_like) = other.filter(|other| list.get(other).is_some()) {
            let looks_like = looks_like.to_owned();
            let problem = Problem::of(ProblemKind::TrackingShape { looks_like }, Field::TrackingNo);
            row.problems.push(problem);
        }
    }
    Some(row)
}

/// A row that says it has no courier and yet names a parcel of one: nothing is dropped by itself.
fn contradict(columns: &Columns, spellings: &Spellings<'_>, raw: &RawRow, parts: &[Part], row: &mut FileRow) {
    let named = columns.couriers.iter().any(|column| {
        let text = raw.cells.get(*column).map_or("", |cell| cell.text.as_str());
        spellings.find(text).is_some()
    });
    let parcel = parts
        .iter()
        .any(|part| part.courier.is_some() || (named && shapes::may_be_tracking(&part.number)));
    if !parcel {
        return;
    }
    let problem = Problem::of(ProblemKind::LogisticsTypeUnknown, Field::LogisticsType);
    let place = columns
        .manner
        .iter()
        .find(|column| raw.cells.get(**column).is_some_and(|cell| !cell.is_blank()));
    row.problems.push(
        match place.and_then(|column| Some((*column, raw.cells.get(*column)?))) {
            Some((column, cell)) => problem.at(column, phones::hide(&cell.text)),
            None => problem,
        },
    );
}
