//! From what a warehouse writes to an id of WeChat's list. Apart, because a wrong guess here sends buyers to the
//! wrong courier: spellings are data, nothing outside the list is ever given out, and digits never decide.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::{Courier, CourierList};

use super::clean::folded;
use super::similar::likeness;

const COURIERS: &str = include_str!("../../assets/couriers.csv");
const ALIASES: &str = include_str!("../../assets/courier-aliases.csv");

/// Endings that couriers of the same name share; 快运 and 物流 are other companies and stay.
const PARCEL_ENDINGS: [&str; 5] = ["快递", "速递", "速运", "快遞", "速運"];
/// Endings of company names.
const COMPANY_ENDINGS: [&str; 6] = ["股份有限公司", "有限责任公司", "有限公司", "集团", "公司", "总部"];
/// Offered first among the equally alike, and after them, so that there are always some to choose from.
const USUAL: [&str; 10] = [
    "SF", "ZTO", "YTO", "YD", "STO", "JTSD", "JD", "YZPY", "EMS", "DBL",
];
/// How many couriers are offered for an unknown one.
const OFFERED: usize = 5;
/// Unknown spellings for which the nearest couriers are worked out; a file with more is no courier's file.
const MAX_UNKNOWN: usize = 1_000;

/// The list of a fresh installation, until WeChat's own has been fetched.
pub fn built_in_couriers() -> CourierList {
    CourierList::new(table(COURIERS).filter_map(|row| match row.as_slice() {
        [id, name, ..] => Some(Courier {
            id: id.clone(),
            name: name.clone(),
        }),
        _ => None,
    }))
}

fn table(text: &'static str) -> impl Iterator<Item = Vec<String>> {
    csv::Reader::from_reader(text.as_bytes())
        .into_records()
        .filter_map(Result::ok)
        .map(|record| record.iter().map(str::to_owned).collect())
}

/// The known spellings as (folded spelling, id, of another system), made once.
fn aliases() -> &'static [(String, String, bool)] {
    static ALL: LazyLock<Vec<(String, String, bool)>> = LazyLock::new(|| {
        let rows = table(ALIASES).filter_map(|row| match row.as_slice() {
            [alias, id, kind, ..] => Some((folded(alias), id.clone(), kind != "name")),
            _ => None,
        });
        rows.collect()
    });
    &ALL
}

/// Two spellings are the same word to the reader.
pub fn same_spelling(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

/// The reader knows what a spelling means, by the list itself or by what it was taught.
pub fn knows_spelling(list: &CourierList, spelling: &str) -> bool {
    Spellings::new(list).find(spelling).is_some()
}

/// What a spelling means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A courier of the list.
    Known {
        /// Its id.
        id: String,
        /// It was the code of another system.
        translated: bool,
    },
    /// None of the list.
    Unknown {
        /// The nearest of the list, best first.
        nearest: Vec<String>,
    },
}

/// Knows every spelling of the couriers of one list.
#[derive(Debug)]
pub(super) struct Spellings<'a> {
    list: &'a CourierList,
    by_spelling: HashMap<String, (String, bool)>,
    /// What staff have taught: whole spellings only, and never one of the list's own.
    taught: HashMap<String, String>,
    /// Names without their parcel ending; `None` when two couriers share one.
    by_stem: HashMap<String, Option<String>>,
    seen: HashMap<String, Meaning>,
    unknown: usize,
}

impl<'a> Spellings<'a> {
    /// Prepares the spellings for a list.
    pub(super) fn new(list: &'a CourierList) -> Self {
        let mut by_spelling: HashMap<String, (String, bool)> = HashMap::new();
        let mut by_stem: HashMap<String, Option<String>> = HashMap::new();
        // The list's own ids and names first: they win over every alias.
        for (id, _) in list.iter() {
            by_spelling.insert(folded(id), (id.to_owned(), false));
        }
        for (id, name) in list.iter() {
            by_spelling
                .entry(folded(name))
                .or_insert_with(|| (id.to_owned(), false));
            if let Some(stem) = stem(&folded(name)) {
                by_stem
                    .entry(stem.to_owned())
                    .and_modify(|known| *known = None)
                    .or_insert_with(|| Some(id.to_owned()));
            }
        }
        let mut taught = HashMap::new();
        for known in list.taught() {
            let spelling = folded(&known.spelling);
            if list.get(&known.id).is_some() && !by_spelling.contains_key(&spelling) && !spelling.is_empty() {
                taught.insert(spelling, known.id.clone());
            }
        }
        for (alias, id, foreign) in aliases() {
            if list.get(id).is_some() {
                by_spelling
                    .entry(alias.clone())
                    .or_insert_with(|| (id.clone(), *foreign));
            }
        }
        Self {
            list,
            by_spelling,
            taught,
            by_stem,
            seen: HashMap::new(),
            unknown: 0,
        }
    }

    /// What a spelling means; remembered, because a file says the same few a thousand times.
    pub(super) fn meaning(&mut self, raw: &str) -> Meaning {
        if let Some(known) = self.seen.get(raw) {
            return known.clone();
        }
        let meaning = match self.find(raw) {
            Some((id, translated)) => Meaning::Known { id, translated },
            None if self.unknown >= MAX_UNKNOWN => return Meaning::Unknown { nearest: Vec::new() },
            None => {
                self.unknown = self.unknown.saturating_add(1);
                Meaning::Unknown {
                    nearest: self.nearest(&folded(raw)),
                }
            }
        };
        if self.seen.len() < MAX_UNKNOWN.saturating_mul(4) {
            self.seen.insert(raw.to_owned(), meaning.clone());
        }
        meaning
    }

    /// The id that a spelling means, without a word about unknown ones.
    pub(super) fn find(&self, raw: &str) -> Option<(String, bool)> {
        let whole = folded(raw);
        if whole.is_empty() {
            return None;
        }
        if let Some(id) = self.taught.get(&whole) {
            return Some((id.clone(), false));
        }
        self.exactly(&whole).or_else(|| {
            let plain = without_notes(&whole);
            let company = strip_any(&plain, &COMPANY_ENDINGS);
            self.exactly(&plain)
                .or_else(|| self.exactly(company))
                .or_else(|| {
                    let id = self.by_stem.get(stem(company)?)?.clone()?;
                    Some((id, false))
                })
        })
    }

    /// Staff have taught this spelling.
    pub(super) fn is_taught(&self, raw: &str) -> bool {
        !self.taught.is_empty() && self.taught.contains_key(&folded(raw))
    }

    fn exactly(&self, spelling: &str) -> Option<(String, bool)> {
        self.by_spelling.get(spelling).cloned()
    }

    fn nearest(&self, word: &str) -> Vec<String> {
        let mut best: HashMap<&str, u32> = HashMap::new();
        for (spelling, (id, _)) in &self.by_spelling {
            let alike = likeness(word, spelling);
            let slot = best.entry(id.as_str()).or_default();
            *slot = (*slot).max(alike);
        }
        let mut ranked: Vec<(&str, u32)> = best.into_iter().filter(|(_, alike)| *alike > 0).collect();
        let usual = |id: &str| USUAL.iter().position(|u| *u == id).unwrap_or(USUAL.len());
        ranked.sort_by(|a, b| {
            b.1.cmp(&a.1)
                .then_with(|| usual(a.0).cmp(&usual(b.0)))
                .then_with(|| a.0.cmp(b.0))
        });
        let mut nearest: Vec<String> = ranked
            .into_iter()
            .take(OFFERED)
            .map(|(id, _)| id.to_owned())
            .collect();
        for id in USUAL {
            if nearest.len() < OFFERED && self.list.get(id).is_some() && !nearest.iter().any(|n| n == id) {
                nearest.push(id.to_owned());
            }
        }
        nearest
    }
}

/// The name without its parcel ending, when it has one and something is left.
fn stem(name: &str) -> Option<&str> {
    PARCEL_ENDINGS
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .filter(|stem| !stem.is_empty())
}

fn strip_any<'t>(text: &'t str, endings: &[&str]) -> &'t str {
    let mut text = text;
    while let Some(shorter) = endings
        .iter()
        .find_map(|ending| text.strip_suffix(ending))
        .filter(|shorter| !shorter.is_empty())
    {
        text = shorter;
    }
    text
}

/// Without what stands in brackets or behind a hyphen, such as a branch.
fn without_notes(word: &str) -> String {
    let mut out = String::new();
    let mut depth: u32 = 0;
    for c in word.chars() {
        match c {
            '(' | '[' | '【' => depth = depth.saturating_add(1),
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    match out.split_once(['-', '—', '_']) {
        Some((before, _)) if !before.is_ascii() => before.to_owned(),
        _ => out,
    }
}

#[cfg(test)]
#[path = "couriers_tests.rs"]
mod tests;
