//! The settings of the window: what they may be, how they are kept and read again. The window applies a change with
//! the same function at once, so that what it shows and what the next start reads are equal.

use super::command::Preference;
use super::run::Engine;
use super::snapshot::Preferences;

/// Longest key of something that a part of the window remembers.
pub const UI_KEY_BYTES: usize = 64;
/// Most that a part of the window may remember under one key.
pub const UI_VALUE_BYTES: usize = 64 * 1024;
/// How many keys there may be, so that a mistake cannot fill the journal.
pub const UI_KEYS: usize = 256;
/// What stands before these keys among the settings of the store.
const UI: &str = "ui.";

impl Preferences {
    /// Takes one setting within its limits. Its key and value in the store; `None` when nothing changes or it is
    /// beyond what is kept.
    pub fn take(&mut self, preference: &Preference) -> Option<(String, String)> {
        let (key, value) = match preference {
            Preference::Language(tag) => {
                self.language.clone_from(tag);
                ("language", tag.clone())
            }
            Preference::Theme(theme) => {
                self.theme.clone_from(theme);
                ("theme", theme.clone())
            }
            Preference::HoldSecs(secs) => {
                self.hold_secs = (*secs).min(super::commands::MAX_HOLD_SECS);
                ("hold_secs", self.hold_secs.to_string())
            }
            Preference::PageSize(rows) => {
                self.page_size = (*rows).clamp(20, 1000);
                ("page_size", self.page_size.to_string())
            }
            Preference::ZoomPercent(percent) => {
                self.zoom_percent = (*percent).clamp(50, 300);
                ("zoom_percent", self.zoom_percent.to_string())
            }
            Preference::Notifications(on) => {
                self.notifications = *on;
                ("notifications", on.to_string())
            }
            Preference::Ui { key, value } => return self.take_ui(key, value),
        };
        Some((key.to_owned(), value))
    }

    fn take_ui(&mut self, key: &str, value: &str) -> Option<(String, String)> {
        let known = self.ui.get(key).map(String::as_str);
        let is_new = known.is_none();
        if known.unwrap_or_default() == value
            || !is_ui_key(key)
            || value.len() > UI_VALUE_BYTES
            || (is_new && self.ui.len() >= UI_KEYS)
        {
            return None;
        }
        if value.is_empty() {
            self.ui.remove(key);
        } else {
            self.ui.insert(key.to_owned(), value.to_owned());
        }
        Some((format!("{UI}{key}"), value.to_owned()))
    }
}

fn is_ui_key(key: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_');
    (1..=UI_KEY_BYTES).contains(&key.len()) && key.bytes().all(plain)
}

impl Engine {
    /// Keeps a setting of the window.
    pub(super) fn prefer(&mut self, preference: &Preference) {
        let Some((key, value)) = self.preferences.take(preference) else {
            return;
        };
        self.dirty.preferences = true;
        crate::step::at("before-preference-kept");
        self.tell_store(|store, _| store.set_setting(&key, &value));
        crate::step::at("after-preference-kept");
    }

    /// Reads what was kept.
    pub(super) fn load_preferences(&mut self) {
        let mut get = |key: &str| self.tell_store(|store, _| store.setting(key)).flatten();
        let usual = Preferences::default();
        let mut loaded = Preferences {
            language: get("language").unwrap_or_default(),
            theme: get("theme").unwrap_or_default(),
            hold_secs: get("hold_secs")
                .and_then(|text| text.parse().ok())
                .unwrap_or(usual.hold_secs),
            page_size: get("page_size")
                .and_then(|text| text.parse().ok())
                .unwrap_or(usual.page_size),
            zoom_percent: get("zoom_percent")
                .and_then(|text| text.parse().ok())
                .unwrap_or(usual.zoom_percent),
            notifications: get("notifications")
                .and_then(|text| text.parse().ok())
                .unwrap_or(usual.notifications),
            ui: usual.ui,
        };
        let kept = self.tell_store(|store, _| store.settings_under(UI));
        for (key, value) in kept.unwrap_or_default() {
            loaded.take_ui(key.strip_prefix(UI).unwrap_or_default(), &value);
        }
        self.preferences = loaded;
        self.dirty.all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ui(key: &str, value: &str) -> Preference {
        Preference::Ui {
            key: key.into(),
            value: value.into(),
        }
    }

    #[test]
    fn what_parts_of_the_window_remember_is_kept_within_its_limits() {
        let long = "x".repeat(UI_VALUE_BYTES);
        let longer = format!("{long}x");
        let long_key = "k".repeat(UI_KEY_BYTES);
        for (key, value, kept) in [
            ("orders.columns", "[1]", true),
            ("orders-beside_2", "x", true),
            ("orders.columns", &long, true),
            ("orders.columns", &longer, false),
            (&long_key, "x", true),
            (&format!("{long_key}k"), "x", false),
            ("", "x", false),
            ("Orders", "x", false),
            ("订单", "x", false),
            ("a b", "x", false),
            ("nothing-to-forget", "", false),
        ] {
            let mut preferences = Preferences::default();
            let stored = preferences.take(&ui(key, value));
            let expected = kept.then(|| (format!("ui.{key}"), value.to_owned()));
            assert!(stored == expected, "{key}");
            assert_eq!(preferences.ui.contains_key(key), kept, "{key}");
        }
    }

    #[test]
    fn the_same_again_writes_nothing_and_an_empty_value_forgets() {
        let mut preferences = Preferences::default();
        assert!(preferences.take(&ui("a", "1")).is_some());
        assert_eq!(preferences.take(&ui("a", "1")), None);
        assert_eq!(
            preferences.take(&ui("a", "")),
            Some(("ui.a".into(), String::new()))
        );
        assert!(preferences.ui.is_empty());
    }

    #[test]
    fn there_is_an_end_to_how_many_there_may_be() {
        let mut preferences = Preferences::default();
        for number in 0..UI_KEYS {
            assert!(preferences.take(&ui(&number.to_string(), "x")).is_some());
        }
        assert_eq!(preferences.take(&ui("one-more", "x")), None);
        assert!(
            preferences.take(&ui("0", "y")).is_some(),
            "what is there may change"
        );
    }
}
