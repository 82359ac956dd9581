//! The couriers that WeChat knows: ids to send, names to show.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::CourierId;

/// One entry of WeChat's list (contract section 5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Courier {
    /// `delivery_id`, what is sent as `express_company`.
    pub id: String,
    /// `delivery_name`, what people read.
    pub name: String,
}

/// A spelling of files and the courier that staff say it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taught {
    /// As it stands in files.
    pub spelling: String,
    /// The courier's id when it was taught; it counts only while it is on the list.
    pub id: String,
}

/// Characters of the longest spelling that can be taught.
pub const MAX_SPELLING_CHARS: usize = 40;

impl Taught {
    /// A word that may be taught: digits alone may be a number, and never decide.
    pub fn may_be(spelling: &str) -> bool {
        spelling.chars().count() <= MAX_SPELLING_CHARS && spelling.chars().any(char::is_alphabetic)
    }
}

/// The list that decides which ids may be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CourierList {
    by_id: BTreeMap<String, String>,
    taught: Vec<Taught>,
}

impl CourierList {
    /// Builds the list; a repeated id keeps its first name.
    pub fn new(couriers: impl IntoIterator<Item = Courier>) -> Self {
        let mut by_id = BTreeMap::new();
        for Courier { id, name } in couriers {
            if CourierId::parse(&id).is_some() {
                by_id.entry(id).or_insert(name);
            }
        }
        Self {
            by_id,
            taught: Vec::new(),
        }
    }

    /// The same list with the spellings that staff have taught.
    #[must_use]
    pub fn with_taught(mut self, taught: Vec<Taught>) -> Self {
        self.taught = taught;
        self
    }

    /// What staff have taught, also what means a courier that is not on the list now.
    pub fn taught(&self) -> &[Taught] {
        &self.taught
    }

    /// The id as WeChat spells it, when it is on the list.
    pub fn get(&self, id: &str) -> Option<CourierId> {
        self.by_id
            .get_key_value(id)
            .and_then(|(id, _)| CourierId::parse(id))
    }

    /// The name of an id; the id itself when it is not on the list.
    pub fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.by_id.get(id).map_or(id, String::as_str)
    }

    /// All couriers as (id, name), by id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.by_id.iter().map(|(id, name)| (id.as_str(), name.as_str()))
    }

    /// How many couriers are on the list.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// No list has been loaded.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ids_on_the_list_are_given_out() {
        let list = CourierList::new([Courier {
            id: "SF".into(),
            name: "顺丰速运".into(),
        }]);
        assert_eq!(list.get("SF").map(|id| id.as_str().to_owned()), Some("SF".into()));
        assert_eq!(list.get("YUNDA"), None);
        assert_eq!((list.name("SF"), list.name("X")), ("顺丰速运", "X"));
    }
}
