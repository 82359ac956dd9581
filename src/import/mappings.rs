//! What people have decided about columns, remembered by the set of headings: the name of the file and the order of
//! its columns do not matter. Apart from `columns`, which knows only the file before it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::aliases::{Role, is_ours, normal, role};
use crate::domain::{Column, Field};

/// Sets of headings that are remembered; the ones used longest ago are forgotten first.
const MOST: usize = 500;

/// What each heading of a file is for.
type Decided = Vec<(String, Option<Field>)>;

/// Remembered decisions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mappings {
    by_set: BTreeMap<String, Remembered>,
    /// Counts up with each decision.
    newest: u64,
}

/// What a person has decided about the files with one set of headings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RememberedMapping {
    /// Names the set.
    pub key: String,
    /// The name that a person gave it; may be empty.
    pub name: String,
    /// The headings of the file for which it was decided.
    pub headings: Vec<String>,
    /// What was decided; other headings are decided as usual.
    pub mapping: Decided,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Remembered {
    #[serde(default)]
    name: String,
    #[serde(default)]
    headings: Vec<String>,
    mapping: Decided,
    /// A person has said so; otherwise it only holds for our own result files of such a file.
    confirmed: bool,
    at: u64,
}

impl Mappings {
    /// Remembers what a person has decided about the columns of a file with these headings.
    pub fn remember(&mut self, headings: &[String], mapping: Decided) {
        self.keep(headings, mapping, true);
    }

    /// Remembers for the result files of a file how its columns were understood, as far as the headings alone do not
    /// tell: a file of the failing rows may lack the values that told it.
    pub fn remember_read(&mut self, columns: &[Column]) {
        let headings: Vec<String> = columns.iter().map(|column| column.heading.clone()).collect();
        let known = self
            .by_set
            .get(&key(&headings))
            .is_some_and(|known| known.confirmed);
        let told_by_value = |column: &&Column| match (role(&column.heading), column.field) {
            (Some(Role::Is(of_heading, _)), Some(field)) => of_heading != field,
            (Some(Role::Is(..)), None) | (None | Some(Role::Internal | Role::Other), Some(_)) => true,
            (None | Some(Role::Internal | Role::Other), None) => false,
        };
        let mapping: Decided = columns
            .iter()
            .filter(told_by_value)
            .map(|column| (column.heading.clone(), column.field))
            .collect();
        if !known && !mapping.is_empty() {
            self.keep(&headings, mapping, false);
        }
    }

    /// What people have decided, the newest first.
    pub fn list(&self) -> Vec<RememberedMapping> {
        let mut told: Vec<_> = self.by_set.iter().filter(|(_, known)| known.confirmed).collect();
        told.sort_by_key(|(_, known)| std::cmp::Reverse(known.at));
        told.into_iter()
            .map(|(key, known)| RememberedMapping {
                key: key.clone(),
                name: known.name.clone(),
                headings: known.headings.clone(),
                mapping: known.mapping.clone(),
            })
            .collect()
    }

    /// Gives a set of headings a name.
    pub fn rename(&mut self, key: &str, name: String) {
        if let Some(known) = self.by_set.get_mut(key) {
            known.name = name;
        }
    }

    /// Forgets what was decided about a set of headings; the result is the headings.
    pub fn forget(&mut self, key: &str) -> Option<Vec<String>> {
        self.by_set.remove(key).map(|known| known.headings)
    }

    /// What is remembered for a file with these headings.
    pub(super) fn find<'a>(&self, headings: impl Iterator<Item = &'a str>) -> &[(String, Option<Field>)] {
        let headings: Vec<String> = headings.map(str::to_owned).collect();
        let ours = headings.iter().any(|heading| is_ours(heading));
        self.by_set
            .get(&key(&headings))
            .filter(|known| known.confirmed || ours)
            .map_or(&[], |known| &known.mapping)
    }

    fn keep(&mut self, headings: &[String], mapping: Decided, confirmed: bool) {
        self.newest = self.newest.saturating_add(1);
        let at = self.newest;
        let key = key(headings);
        let remembered = Remembered {
            name: self
                .by_set
                .get(&key)
                .map(|known| known.name.clone())
                .unwrap_or_default(),
            headings: headings.to_vec(),
            mapping,
            confirmed,
            at,
        };
        self.by_set.insert(key, remembered);
        while self.by_set.len() > MOST {
            let oldest = self.by_set.iter().min_by_key(|(_, known)| known.at);
            let Some(oldest) = oldest.map(|(key, _)| key.clone()) else {
                return;
            };
            self.by_set.remove(&oldest);
        }
    }
}

/// The set of headings, without the ones that we add to result files.
fn key(headings: &[String]) -> String {
    let set: BTreeSet<String> = headings
        .iter()
        .filter(|heading| !is_ours(heading))
        .map(|heading| normal(heading))
        .filter(|heading| !heading.is_empty())
        .collect();
    let lines: Vec<String> = set.into_iter().collect();
    super::sniff::hex(&Sha256::digest(lines.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn column(heading: &str, field: Option<Field>) -> Column {
        Column {
            heading: heading.to_owned(),
            field,
        }
    }

    #[test]
    fn a_set_of_headings_is_known_in_any_order_and_dress() {
        let mut known = Mappings::default();
        let mapping = vec![("单子甲".to_owned(), Some(Field::OutTradeNo))];
        known.remember(&words(&["单子甲", "号码乙", ""]), mapping.clone());
        assert_eq!(known.find(["号码乙（必填）", " 单子甲"].into_iter()), mapping);
        assert_eq!(
            known.find(["号码乙", "单子甲", "发货台结果"].into_iter()),
            mapping
        );
        assert_eq!(known.find(["号码乙", "单子丙"].into_iter()), []);
    }

    #[test]
    fn what_a_person_decided_is_listed_named_and_forgotten() {
        let mut known = Mappings::default();
        let mapping = vec![("单子甲".to_owned(), Some(Field::OutTradeNo))];
        known.remember(&words(&["单子甲"]), mapping.clone());
        known.remember(&words(&["号码乙"]), Vec::new());
        known.remember_read(&[column("订单号", Some(Field::TransactionId))]);
        let [newest, first] = &known.list()[..] else {
            panic!()
        };
        assert_eq!(
            (&newest.headings, &first.mapping),
            (&words(&["号码乙"]), &mapping)
        );
        let key = first.key.clone();
        known.rename(&key, "东仓".into());
        known.remember(&words(&["单子甲"]), Vec::new());
        assert_eq!(known.list()[0].name, "东仓");
        assert_eq!(known.forget(&key), Some(words(&["单子甲"])));
        assert_eq!(known.forget(&key), None);
        assert_eq!(known.list().len(), 1);
    }

    #[test]
    fn what_values_told_is_used_for_our_own_files_only() {
        let mut known = Mappings::default();
        known.remember_read(&[
            column("订单号", Some(Field::TransactionId)),
            column("快递单号", Some(Field::TrackingNo)),
            column("备注", None),
        ]);
        let told = vec![("订单号".to_owned(), Some(Field::TransactionId))];
        assert_eq!(known.find(["订单号", "快递单号", "备注"].into_iter()), []);
        assert_eq!(
            known.find(["订单号", "快递单号", "备注", "发货台结果"].into_iter()),
            told
        );
    }

    #[test]
    fn a_confirmed_mapping_is_not_replaced_and_the_oldest_is_forgotten() {
        let mut known = Mappings::default();
        let mapping = vec![("订单号".to_owned(), None)];
        known.remember(&words(&["订单号"]), mapping.clone());
        known.remember_read(&[column("订单号", Some(Field::TransactionId))]);
        assert_eq!(known.find(["订单号"].into_iter()), mapping);
        for n in 0..MOST {
            known.remember(&words(&[&format!("列{n}")]), mapping.clone());
        }
        assert_eq!(known.find(["订单号"].into_iter()), []);
        assert_eq!(known.by_set.len(), MOST);
    }
}
