//! The pages of the window, one line each: what they are, their icon, their name, where they stand in the list at
//! the left and by which key they open. Everything else that names pages (the list, the keys, the search for
//! actions, the pictures) reads this table.

use egui::Key;

use crate::ui::widgets::{Icon, icons};

/// Where a page stands in the list at the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Among what is used every day, with the key that opens it together with Ctrl.
    Work(Option<Key>),
    /// Below a line, among what is used now and then.
    More(Option<Key>),
    /// Last.
    Foot(Option<Key>),
    /// Not in the list: it belongs to this page, which is marked instead.
    Under(Page),
}

macro_rules! pages {
    ($($(#[$about:meta])* $page:ident: $icon:ident, $name:literal, $place:expr;)+) => {
        /// The pages of the window.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum Page {
            $($(#[$about])* $page,)+
        }

        impl Page {
            /// All pages in the order of the list at the left, also those that do not stand in it.
            pub const ALL: &'static [Self] = &[$(Self::$page),+];

            /// Its icon.
            pub fn icon(self) -> Icon {
                match self {
                    $(Self::$page => icons::$icon,)+
                }
            }

            /// The message with its name.
            pub fn name_id(self) -> &'static str {
                match self {
                    $(Self::$page => $name,)+
                }
            }

            /// Its name for scripts: small letters.
            pub fn word(self) -> String {
                match self {
                    $(Self::$page => stringify!($page).to_ascii_lowercase(),)+
                }
            }

            /// Where it stands.
            pub fn place(self) -> Place {
                match self {
                    $(Self::$page => $place,)+
                }
            }
        }
    };
}

// A new page is a line here, its words, and its arm in `App::page_ui`. The keys 1 to 9 and 0 are given away by hand,
// so that a new page never moves the key of another one.
pages! {
    /// The list of orders and the open one beside it.
    #[default]
    Orders: ICON_RECEIPT_LONG, "nav-orders", Place::Work(Some(Key::Num1));
    /// The form that ships the open order; reached from the orders.
    Ship: ICON_LOCAL_SHIPPING, "nav-ship", Place::Under(Page::Orders);
    /// A file: check, send, result.
    Import: ICON_UPLOAD_FILE, "nav-import", Place::Work(Some(Key::Num2));
    /// The scanner station: an order, its parcels, done.
    Scan: ICON_BARCODE_SCANNER, "nav-scan", Place::Work(Some(Key::Num5));
    /// What is on its way and what needs a person.
    Outbox: ICON_OUTBOX, "nav-outbox", Place::Work(Some(Key::Num3));
    /// Buyers are reminded to confirm receipt.
    Reminders: ICON_NOTIFICATIONS, "nav-reminders", Place::More(None);
    /// Pre-sales and test orders are reported.
    Special: ICON_EVENT, "nav-special", Place::More(None);
    /// One payment of WeChat Pay Global.
    Pay: ICON_PAYMENTS, "nav-pay", Place::More(None);
    /// Details and shipping of shopping orders.
    Shopping: ICON_SHOPPING_BAG, "nav-shopping", Place::More(None);
    /// What WeChat has pushed.
    Events: ICON_MARK_CHAT_UNREAD, "nav-events", Place::More(None);
    /// What is due, and where the orders stand.
    Board: ICON_MONITORING, "nav-board", Place::Work(Some(Key::Num4));
    /// The first start: three steps to a working account.
    Welcome: ICON_WAVING_HAND, "nav-welcome", Place::Under(Page::Settings);
    /// The form of combined shipping; reached from the special orders.
    Combined: ICON_ACCOUNT_TREE, "nav-combined", Place::Under(Page::Special);
    /// Everything that happened.
    History: ICON_HISTORY, "nav-history", Place::More(Some(Key::H));
    /// The manual.
    Help: ICON_MENU_BOOK, "nav-help", Place::Foot(None);
    /// Account, checks, window.
    Settings: ICON_SETTINGS, "nav-settings", Place::Foot(Some(Key::Comma));
}

impl Page {
    /// The pages of the list at the left, from top to bottom.
    pub fn listed() -> impl Iterator<Item = Self> {
        let place = |rank: usize| {
            let all = Self::ALL.iter().copied();
            all.filter(move |page| page.place().rank() == Some(rank))
        };
        place(0).chain(place(1)).chain(place(2))
    }

    /// The page that is marked in the list while this one is open.
    #[must_use]
    pub fn marked(self) -> Self {
        match self.place() {
            Place::Under(page) => page,
            Place::Work(_) | Place::More(_) | Place::Foot(_) => self,
        }
    }

    /// The key that opens it together with Ctrl.
    pub fn key(self) -> Option<Key> {
        match self.place() {
            Place::Work(key) | Place::More(key) | Place::Foot(key) => key,
            Place::Under(_) => None,
        }
    }
}

impl Place {
    /// The group in the list, from the top; `None` for a page that does not stand in it.
    pub fn rank(self) -> Option<usize> {
        match self {
            Self::Work(_) => Some(0),
            Self::More(_) => Some(1),
            Self::Foot(_) => Some(2),
            Self::Under(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_pages_have_one_key_and_every_page_is_reached() {
        let mut keys: Vec<Key> = Page::listed().filter_map(Page::key).collect();
        let all = keys.len();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), all);
        for page in Page::ALL {
            assert!(Page::listed().any(|listed| listed == page.marked()), "{page:?}");
        }
    }
}
