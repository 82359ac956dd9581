//! Reads files of shopping orders: a table of any kind that the reader knows, or JSON in the form of the documents.
//! Apart from files of shipments because one order is many rows here, and the two must never be taken for each other.

mod gather;
mod json;
mod table;

use std::fs::File;
use std::io::Cursor;
use std::path::Path;

use super::ReadOptions;
use super::grid::Stop;
use super::source::{Source, Tally};
use super::{deliver, sniff};
use crate::domain::shopping::{FileOrder, FilePlace, FileProblem, FileTrouble, ShoppingFile, ShoppingRules};
use crate::domain::{CourierList, ShoppingCall, ShoppingProblem};

/// Largest file, in bytes.
pub const MAX_SHOPPING_BYTES: u64 = 16 * 1024 * 1024;

/// Reads and checks a file. What is wrong with an order stands with the order, what is wrong with the file in
/// [`ShoppingFile::trouble`].
pub fn read_shopping(path: &Path, call: ShoppingCall, rules: &ShoppingRules<'_>) -> ShoppingFile {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let trouble = |trouble| ShoppingFile::empty(&name, call, Some(trouble));
    let length = match std::fs::metadata(path) {
        Ok(about) if about.is_file() => about.len(),
        Ok(_) | Err(_) => return trouble(FileTrouble::Unreadable),
    };
    if length > MAX_SHOPPING_BYTES {
        return trouble(FileTrouble::TooLarge);
    }
    let is_json = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    if is_json {
        return match std::fs::read(path) {
            Ok(bytes) => read_json(&name, &bytes, call, rules),
            Err(_gone) => trouble(FileTrouble::Unreadable),
        };
    }
    match File::open(path) {
        Ok(file) => read_table(&name, Source::File(file), length, call, rules),
        Err(_held) => trouble(FileTrouble::Unreadable),
    }
}

/// Reads and checks what was pasted: JSON when it begins like JSON, else a table.
pub fn read_shopping_text(text: &str, call: ShoppingCall, rules: &ShoppingRules<'_>) -> ShoppingFile {
    let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
    if length > MAX_SHOPPING_BYTES {
        return ShoppingFile::empty("", call, Some(FileTrouble::TooLarge));
    }
    let bare = text.trim_start_matches('\u{feff}').trim_start();
    if bare.starts_with(['{', '[']) {
        return read_json("", bare.as_bytes(), call, rules);
    }
    let source = Source::Bytes(Cursor::new(text.as_bytes()));
    read_table("", source, length, call, rules)
}

fn read_json(name: &str, bytes: &[u8], call: ShoppingCall, rules: &ShoppingRules<'_>) -> ShoppingFile {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let value = match serde_json::from_slice(bytes) {
        Ok(value) => value,
        Err(error) => {
            let line = error.line();
            return ShoppingFile::empty(name, call, Some(FileTrouble::NotJson { line }));
        }
    };
    let mut file = ShoppingFile::empty(name, call, None);
    for mut order in json::orders(&value, call) {
        let base = match &order.at {
            FilePlace::Path(base) => base.clone(),
            FilePlace::Row(_) => String::new(),
        };
        let place = |problem: &ShoppingProblem| FilePlace::Path(json::path(&base, call, problem));
        check(&mut order, rules, place);
        file.orders.push(order);
    }
    if file.orders.is_empty() {
        file.trouble = Some(FileTrouble::Empty);
    }
    file
}

fn read_table(
    name: &str,
    mut source: Source<'_>,
    length: u64,
    call: ShoppingCall,
    rules: &ShoppingRules<'_>,
) -> ShoppingFile {
    let none = CourierList::default();
    let couriers = rules.couriers.unwrap_or(&none);
    let options = ReadOptions::new(couriers);
    let tally = Tally::new(&options, length.saturating_mul(2));
    let mut table = table::Table::default();
    let read = sniff::survey(&mut source, &tally).and_then(|survey| {
        let mut sink = |row| table.row(row);
        deliver(survey.format, &mut source, length, &tally, &mut sink)
    });
    match read {
        Ok(()) => {}
        Err(Stop::TooLarge { .. }) => return ShoppingFile::empty(name, call, Some(FileTrouble::TooLarge)),
        Err(Stop::Unsupported | Stop::Protected | Stop::Lost { .. } | Stop::Cancelled) => {
            return ShoppingFile::empty(name, call, Some(FileTrouble::Unreadable));
        }
    }
    let mut file = ShoppingFile::empty(name, call, None);
    let Some(columns) = table.columns else {
        file.trouble = Some(FileTrouble::NoHeadings);
        return file;
    };
    let mut gathered = gather::Gathered::new(call, couriers, rules.appid);
    for row in &table.rows {
        gathered.row(row, &columns);
    }
    for (mut order, rows) in gathered.into_orders() {
        let first = order.at.clone();
        let place = |problem: &ShoppingProblem| {
            let sub = problem.place.sub.and_then(|sub| rows.get(sub));
            let part = problem.place.part.unwrap_or_default();
            let row = sub.and_then(|rows| rows.get(part).or(rows.first()));
            row.map_or_else(|| first.clone(), |row| FilePlace::Row(*row))
        };
        check(&mut order, rules, place);
        file.orders.push(order);
    }
    file.unknown = table.unknown;
    if file.orders.is_empty() {
        file.trouble = Some(FileTrouble::Empty);
    }
    file
}

/// Adds what a check finds, but for what the reading has said already with more.
fn check(order: &mut FileOrder, rules: &ShoppingRules<'_>, at: impl Fn(&ShoppingProblem) -> FilePlace) {
    let problems = order.draft.check(rules).err().unwrap_or_default();
    for problem in problems {
        let found = FileProblem::of(at(&problem), &problem);
        if !order.problems.iter().any(|known| says_the_same(known, &found)) {
            order.problems.push(found);
        }
    }
    order.problems.sort();
}

/// A damaged cell was left empty: that it is empty then is not worth another word.
fn says_the_same(known: &FileProblem, found: &FileProblem) -> bool {
    use crate::domain::shopping::FileFault::Field;
    let of_one_field = match (known.fault, found.fault) {
        (Field(one, _), Field(other, _)) => one == other,
        (one, other) => one == other,
    };
    of_one_field && known.at == found.at
}

#[cfg(test)]
#[path = "shopping_tests.rs"]
mod tests;
