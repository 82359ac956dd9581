//! Shopping orders (contract section 4): what a buyer sees of an order in the bills of the wallet. A family of calls of
//! its own; its types share nothing with shipments, so that nothing can be sent to the wrong one of the two.

mod check;
mod file;
mod problem;
mod record;

use serde::{Deserialize, Serialize};

pub use check::{
    JumpLink, ShoppingCheck, ShoppingDetails, ShoppingItem, ShoppingOrder, ShoppingParcel, ShoppingRules,
    ShoppingShipment, SubDetails, SubShipment,
};
pub use file::{Column, FileFault, FileOrder, FilePlace, FileProblem, FileTrouble, ShoppingFile, sample};
pub use problem::{ShoppingFault, ShoppingField, ShoppingPlace, ShoppingProblem};
pub use record::{
    ShoppingEvent, ShoppingId, ShoppingNotice, ShoppingRecord, ShoppingState, ShoppingVerdict, next_shopping,
};

use super::{DeliveryMode, MaskedContact};

/// Items of one sub-order.
pub const MAX_ITEMS: usize = 50;
/// Images of one item.
pub const MAX_IMAGES: usize = 3;
/// Longest name of an item, in Unicode scalar values.
pub const MAX_NAME_CHARS: usize = 256;
/// Longest description of an item, in Unicode scalar values.
pub const MAX_DESCRIPTION_CHARS: usize = 512;
/// Longest address of an image or a page, in bytes.
pub const MAX_URL_BYTES: usize = 1024;
/// Longest path of a page of a Mini Program, in bytes.
pub const MAX_PATH_BYTES: usize = 512;
/// Longest AppID, in bytes.
pub const MAX_APPID_BYTES: usize = 32;
/// Longest `merchant_order_no` and `merchant_item_id`, in bytes.
pub const MAX_MERCHANT_BYTES: usize = 64;
/// Longest openid, in bytes.
pub const MAX_OPENID_BYTES: usize = 128;

/// The three calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShoppingCall {
    /// Combined shopping details (contract 4.1).
    #[default]
    Details,
    /// Combined shipping (contract 4.2).
    Ship,
    /// How an upload of details came out (contract 4.3). It changes nothing.
    Verify,
}

impl ShoppingCall {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Details, Self::Ship, Self::Verify];

    /// The stable word for the journal and for scripts.
    pub fn word(self) -> &'static str {
        match self {
            Self::Details => "details",
            Self::Ship => "ship",
            Self::Verify => "verify",
        }
    }

    /// The call of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|call| call.word() == word)
    }

    /// It changes what buyers see.
    pub fn is_write(self) -> bool {
        match self {
            Self::Details | Self::Ship => true,
            Self::Verify => false,
        }
    }
}

/// By which number an order is named; the combined order and all of its sub-orders by the same kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyKind {
    /// WeChat's.
    #[default]
    Transaction,
    /// The merchant's number together with the shop's.
    Merchant,
}

impl KeyKind {
    /// A stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Transaction => "transaction",
            Self::Merchant => "merchant",
        }
    }

    /// The one of a word.
    pub fn of_word(word: &str) -> Self {
        if word == Self::Merchant.word() {
            Self::Merchant
        } else {
            Self::Transaction
        }
    }
}

/// The numbers of an order as they were typed. Only those of its kind are sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyDraft {
    /// By which number it is named.
    pub by: KeyKind,
    /// WeChat's number.
    pub transaction_id: String,
    /// The merchant number; with service-provider payments the sub-merchant's.
    pub mchid: String,
    /// The shop's number.
    pub out_trade_no: String,
}

impl KeyDraft {
    /// The number that people know it by; may be empty.
    pub fn number(&self) -> &str {
        match self.by {
            KeyKind::Transaction => self.transaction_id.trim(),
            KeyKind::Merchant => self.out_trade_no.trim(),
        }
    }

    /// Nothing was typed.
    pub fn is_empty(&self) -> bool {
        [&self.transaction_id, &self.mchid, &self.out_trade_no]
            .iter()
            .all(|text| text.trim().is_empty())
    }
}

/// Where a link leads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// To a page of the Mini Program.
    #[default]
    MiniProgram,
    /// To an address of the web.
    Url,
}

impl LinkKind {
    /// A stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::MiniProgram => "mini_program",
            Self::Url => "url",
        }
    }
}

/// A link as it was typed. Only what belongs to its kind is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct LinkDraft {
    /// Where it leads.
    pub kind: LinkKind,
    /// AppID of the Mini Program.
    pub appid: String,
    /// Path of the page.
    pub path: String,
    /// Address of the web.
    pub url: String,
}

/// How the goods of a sub-order reach the buyer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShoppingLogistics {
    /// 1: by a courier.
    #[default]
    Express,
    /// 2: within the city.
    SameCity,
    /// 3: nothing is moved.
    Virtual,
}

impl ShoppingLogistics {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Express, Self::SameCity, Self::Virtual];

    /// `logistics_type`.
    pub fn code(self) -> i64 {
        match self {
            Self::Express => 1,
            Self::SameCity => 2,
            Self::Virtual => 3,
        }
    }

    /// A stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Express => "express",
            Self::SameCity => "same_city",
            Self::Virtual => "virtual",
        }
    }
}

/// An item as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct ItemDraft {
    /// The shop's number of it; all items of a sub-order have one, or none has.
    pub merchant_item_id: String,
    /// Its name.
    pub name: String,
    /// More words; may be empty.
    pub description: String,
    /// Price of one in yuan, at most two decimals.
    pub unit_price: String,
    /// How many.
    pub quantity: String,
    /// Addresses of its images.
    pub image_urls: Vec<String>,
    /// Its page.
    pub link: LinkDraft,
}

/// The details of one sub-order as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct SubDetailsDraft {
    /// Its numbers.
    pub key: KeyDraft,
    /// The number under which the shop shows it to the buyer.
    pub merchant_order_no: String,
    /// The page of the order.
    pub link: LinkDraft,
    /// What was bought.
    pub items: Vec<ItemDraft>,
    /// How it reaches the buyer.
    pub logistics: ShoppingLogistics,
}

/// One parcel as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct ShoppingParcelDraft {
    /// Courier id of WeChat's list.
    pub courier: String,
    /// Tracking number.
    pub tracking_no: String,
    /// The items in it, by the shop's numbers of the details; empty when all is in one parcel.
    pub item_ids: Vec<String>,
    /// The sender's phone; masked before it is kept or sent.
    pub consignor_contact: String,
    /// The receiver's phone; as above.
    pub receiver_contact: String,
}

/// The parcels of one sub-order as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SubShipDraft {
    /// Its numbers.
    pub key: KeyDraft,
    /// One parcel without items, or any number of them each with its items.
    pub mode: DeliveryMode,
    /// The parcels.
    pub parcels: Vec<ShoppingParcelDraft>,
}

/// What is told about a combined order, as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "call", content = "sub_orders", rename_all = "snake_case")]
pub enum ShoppingContent {
    /// What was bought.
    Details(Vec<SubDetailsDraft>),
    /// How it is shipped.
    Ship(Vec<SubShipDraft>),
    /// Nothing: it is asked how the upload came out.
    Verify,
}

/// One call about one combined order, as it was typed or read from a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShoppingDraft {
    /// The numbers of the combined order.
    pub key: KeyDraft,
    /// The payer. Never kept.
    #[serde(skip)]
    pub openid: String,
    /// What is told.
    #[serde(flatten)]
    pub content: ShoppingContent,
}

impl ShoppingDraft {
    /// Which call it is.
    pub fn call(&self) -> ShoppingCall {
        match self.content {
            ShoppingContent::Details(_) => ShoppingCall::Details,
            ShoppingContent::Ship(_) => ShoppingCall::Ship,
            ShoppingContent::Verify => ShoppingCall::Verify,
        }
    }

    /// Sub-orders.
    pub fn subs(&self) -> usize {
        match &self.content {
            ShoppingContent::Details(subs) => subs.len(),
            ShoppingContent::Ship(subs) => subs.len(),
            ShoppingContent::Verify => 0,
        }
    }

    /// Items of details, parcels of shipping.
    pub fn parts(&self) -> usize {
        match &self.content {
            ShoppingContent::Details(subs) => subs.iter().map(|sub| sub.items.len()).sum(),
            ShoppingContent::Ship(subs) => subs.iter().map(|sub| sub.parcels.len()).sum(),
            ShoppingContent::Verify => 0,
        }
    }

    /// The numbers of the combined order and of its sub-orders.
    pub fn keys(&self) -> Vec<&KeyDraft> {
        let mut keys = vec![&self.key];
        match &self.content {
            ShoppingContent::Details(subs) => keys.extend(subs.iter().map(|sub| &sub.key)),
            ShoppingContent::Ship(subs) => keys.extend(subs.iter().map(|sub| &sub.key)),
            ShoppingContent::Verify => {}
        }
        keys
    }

    /// What may be kept of it: no payer, and phones masked.
    #[must_use]
    pub fn kept(&self) -> Self {
        let mut kept = self.clone();
        kept.openid = String::new();
        if let ShoppingContent::Ship(subs) = &mut kept.content {
            for parcel in subs.iter_mut().flat_map(|sub| sub.parcels.iter_mut()) {
                for contact in [&mut parcel.consignor_contact, &mut parcel.receiver_contact] {
                    let masked = MaskedContact::mask(contact.trim());
                    *contact = masked.map_or_else(String::new, |masked| masked.as_str().to_owned());
                }
            }
        }
        kept
    }
}
