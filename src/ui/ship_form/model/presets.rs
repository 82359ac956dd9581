//! What staff type again and again: texts about the goods and senders to choose from, and the couriers that were
//! used last, which are offered first.

use serde::{Deserialize, Serialize};

use crate::domain::parcel::MAX_ITEM_DESC_CHARS;
use crate::domain::{Draft, MaskedContact, private};
use crate::engine::command::Preference;
use crate::engine::snapshot::Preferences;

/// The key under which they are kept.
pub const KEY: &str = "ship.presets";
/// Texts and senders that are kept of each.
pub const MOST: usize = 20;
/// Couriers that are remembered.
const MOST_COURIERS: usize = 5;

/// Which of them is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// What is in a parcel.
    Text,
    /// The sender's phone.
    Sender,
}

/// The presets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Presets {
    texts: Vec<String>,
    /// Masked.
    senders: Vec<String>,
    /// By id, the newest first.
    couriers: Vec<String>,
}

impl Presets {
    /// What was kept.
    pub fn of(preferences: &Preferences) -> Self {
        let kept = preferences.ui.get(KEY);
        kept.and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default()
    }

    /// The setting that keeps them.
    pub fn preference(&self) -> Preference {
        Preference::Ui {
            key: KEY.to_owned(),
            value: serde_json::to_string(self).unwrap_or_default(),
        }
    }

    /// The kept entries of a kind, in the order in which they were kept.
    pub fn entries(&self, kind: Kind) -> &[String] {
        match kind {
            Kind::Text => &self.texts,
            Kind::Sender => &self.senders,
        }
    }

    /// The couriers that were used last.
    pub fn couriers(&self) -> &[String] {
        &self.couriers
    }

    /// What is typed, as it would be kept; `None` when it cannot be, or is kept already.
    pub fn keepable(&self, kind: Kind, typed: &str) -> Option<String> {
        let typed = typed.trim();
        let entry = match kind {
            // It would lie on the disk as it is.
            Kind::Text if private::is_private(typed) => return None,
            Kind::Text if typed.chars().count() <= MAX_ITEM_DESC_CHARS => typed.to_owned(),
            Kind::Text => return None,
            Kind::Sender => MaskedContact::mask(typed)?.as_str().to_owned(),
        };
        let entries = self.entries(kind);
        let fits = !entry.is_empty() && entries.len() < MOST && !entries.contains(&entry);
        fits.then_some(entry)
    }

    /// Keeps what is typed.
    pub fn keep(&mut self, kind: Kind, typed: &str) {
        if let Some(entry) = self.keepable(kind, typed) {
            match kind {
                Kind::Text => self.texts.push(entry),
                Kind::Sender => self.senders.push(entry),
            }
        }
    }

    /// Forgets one.
    pub fn forget(&mut self, kind: Kind, entry: &str) {
        match kind {
            Kind::Text => self.texts.retain(|kept| kept != entry),
            Kind::Sender => self.senders.retain(|kept| kept != entry),
        }
    }

    /// Remembers the couriers of a draft that was sent; `true` when something has changed.
    pub fn used(&mut self, draft: &Draft) -> bool {
        let before = self.couriers.clone();
        for parcel in draft.parcels.iter().filter(|parcel| !parcel.courier.is_empty()) {
            self.couriers.retain(|id| *id != parcel.courier);
            self.couriers.insert(0, parcel.courier.clone());
        }
        self.couriers.truncate(MOST_COURIERS);
        self.couriers != before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_kept_once_masked_and_within_their_limits() {
        let mut presets = Presets::default();
        for (kind, typed, kept) in [
            (Kind::Text, " 茶叶 ", Some("茶叶")),
            (Kind::Text, "茶叶", None),
            (Kind::Text, "茶叶，送前打 13812341234", None),
            (Kind::Text, "", None),
            (Kind::Sender, "13812341234", Some("138****1234")),
            (Kind::Sender, "138****1234", None),
            (Kind::Sender, "张三", None),
        ] {
            assert_eq!(presets.keepable(kind, typed).as_deref(), kept, "{typed}");
            presets.keep(kind, typed);
        }
        assert_eq!(presets.keepable(Kind::Text, &"茶".repeat(121)), None);
        let Preference::Ui { value, .. } = presets.preference() else {
            panic!("kept elsewhere");
        };
        assert!(!value.contains("13812341234"));
        let mut preferences = Preferences::default();
        preferences.ui.insert(KEY.to_owned(), value);
        assert_eq!(Presets::of(&preferences), presets);
        presets.forget(Kind::Text, "茶叶");
        assert!(presets.entries(Kind::Text).is_empty());
        for number in 0..30 {
            presets.keep(Kind::Text, &number.to_string());
        }
        assert_eq!(presets.entries(Kind::Text).len(), MOST);
    }

    #[test]
    fn the_courier_that_was_used_last_comes_first() {
        let mut presets = Presets::default();
        let draft = |courier: &str| Draft {
            parcels: vec![crate::domain::ParcelDraft {
                courier: courier.into(),
                ..Default::default()
            }],
            ..Draft::default()
        };
        for courier in ["ZTO", "SF", "ZTO"] {
            presets.used(&draft(courier));
        }
        assert_eq!(presets.couriers(), ["ZTO", "SF"]);
        assert!(!presets.used(&draft("ZTO")) && !presets.used(&draft("")));
    }
}
