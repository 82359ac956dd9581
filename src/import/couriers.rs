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
mod tests {
    use super::*;

    fn check(list: &CourierList, cases: &[(&str, Option<&str>)]) {
        let spellings = Spellings::new(list);
        for (raw, expected) in cases {
            let found = spellings.find(raw).map(|(id, _)| id);
            assert_eq!(found.as_deref(), *expected, "{raw}");
        }
    }

    #[test]
    fn what_staff_write_is_understood() {
        check(
            &built_in_couriers(),
            &[
                ("SF", Some("SF")),
                ("sf", Some("SF")),
                (" ＳＦ ", Some("SF")),
                ("顺丰", Some("SF")),
                ("顺丰速运", Some("SF")),
                ("顺丰快递", Some("SF")),
                ("顺丰速运有限公司", Some("SF")),
                ("顺丰速运（深圳）", Some("SF")),
                ("中通速运", Some("ZTO")),
                ("中通快递-杭州分部", Some("ZTO")),
                ("圆通速递", Some("YTO")),
                ("圆通快递", Some("YTO")),
                ("韵达", Some("YD")),
                ("韵达快递", Some("YD")),
                ("YUNDA", Some("YD")),
                ("yunda", Some("YD")),
                ("J&T", Some("JTSD")),
                ("极兔速递", Some("JTSD")),
                ("德邦快运", Some("DBLKY")),
                ("德邦物流", Some("DBL")),
                ("邮政快递包裹", Some("YZPY")),
                ("EMS", Some("EMS")),
                ("百世快递", Some("HTKY")),
            ],
        );
    }

    #[test]
    fn what_could_mean_two_couriers_means_none() {
        check(
            &built_in_couriers(),
            &[
                ("邮政", None),
                ("邮政快递", None),
                ("中国邮政", None),
                ("百世", None),
                ("安能", None),
                ("安能快递", None),
                ("中通物流", None),
                ("联邦快递", None),
                ("国际快递", None),
                ("快递", None),
                ("张三快递", None),
                ("", None),
                ("有限公司", None),
            ],
        );
    }

    #[test]
    fn another_systems_code_is_told_and_an_id_of_the_list_is_not() {
        let list = built_in_couriers();
        let mut spellings = Spellings::new(&list);
        let known = |id: &str, translated| Meaning::Known {
            id: id.into(),
            translated,
        };
        assert_eq!(spellings.meaning("YUNDA"), known("YD", true));
        assert_eq!(spellings.meaning("shunfeng"), known("SF", true));
        assert_eq!(spellings.meaning("YD"), known("YD", false));
        assert_eq!(spellings.meaning("韵达速递"), known("YD", false));
    }

    #[test]
    fn nothing_outside_the_list_is_given_out() {
        let list = CourierList::new([
            Courier {
                id: "YUNDA".into(),
                name: "韵达速递".into(),
            },
            Courier {
                id: "SF".into(),
                name: "顺丰速运".into(),
            },
        ]);
        check(
            &list,
            &[
                ("韵达速递", Some("YUNDA")),
                ("YUNDA", Some("YUNDA")),
                ("韵达快递", Some("YUNDA")),
                ("YD", None),
                ("中通快递", None),
            ],
        );
        let mut spellings = Spellings::new(&list);
        let Meaning::Unknown { nearest } = spellings.meaning("中通快递") else {
            panic!("中通 is not on this list")
        };
        assert!(nearest.iter().all(|id| list.get(id).is_some()), "{nearest:?}");
        let none = CourierList::default();
        assert_eq!(
            Spellings::new(&none).meaning("顺丰"),
            Meaning::Unknown { nearest: vec![] }
        );
    }

    #[test]
    fn the_nearest_five_are_offered() {
        let list = built_in_couriers();
        let mut spellings = Spellings::new(&list);
        for (typed, meant) in [
            ("顺封速运", "SF"),
            ("圆同快递", "YTO"),
            ("邮政", "YZPY"),
            ("安能", "ANE"),
            ("百世", "HTKY"),
            ("中痛快递", "ZTO"),
            ("鸽鸽", "SF"),
        ] {
            let Meaning::Unknown { nearest } = spellings.meaning(typed) else {
                panic!("{typed} is known")
            };
            assert_eq!(nearest.len(), 5, "{typed}");
            assert!(nearest.iter().any(|id| id == meant), "{typed}: {nearest:?}");
        }
    }

    #[test]
    fn a_file_full_of_unknown_couriers_does_not_take_for_ever() {
        let list = built_in_couriers();
        let mut spellings = Spellings::new(&list);
        for n in 0..20_000 {
            assert!(matches!(
                spellings.meaning(&format!("无名{n}")),
                Meaning::Unknown { .. }
            ));
        }
        assert!(spellings.seen.len() <= 4_000);
    }
}
