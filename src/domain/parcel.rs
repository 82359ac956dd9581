//! One parcel and its parts, each valid by construction: limits of contract 3.0, masked contacts, parcel identity.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

/// Longest `tracking_no` and `express_company`, in bytes.
pub const MAX_ID_BYTES: usize = 128;
/// Longest `item_desc`, in Unicode scalar values (U-8).
pub const MAX_ITEM_DESC_CHARS: usize = 120;
/// Longest contact, in bytes.
pub const MAX_CONTACT_BYTES: usize = 1024;

/// A courier's `delivery_id`, 1 to 128 bytes of visible ASCII.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CourierId(String);

impl CourierId {
    /// The courier that wants a contact with every parcel.
    pub const SF: &'static str = "SF";

    /// Checks the shape only; whether the id is on WeChat's list is the list's to say.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=MAX_ID_BYTES).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        fits.then(|| Self(text.to_owned()))
    }

    /// The id as WeChat spells it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// 顺丰 needs one masked contact with every parcel (contract 3.0).
    pub fn needs_contact(&self) -> bool {
        self.0 == Self::SF
    }
}

/// A tracking number, 1 to 128 bytes, without blanks or control characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TrackingNo(String);

impl TrackingNo {
    /// `None` when it is empty, too long, or has characters that no tracking number has.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=MAX_ID_BYTES).contains(&text.len())
            && text
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '*' | '+'));
        fits.then(|| Self(text.to_owned()))
    }

    /// The number as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What is in a parcel, as the buyer reads it: 1 to 120 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemDesc(String);

impl ItemDesc {
    /// `None` when it is blank or longer than 120 characters. Blanks at the ends are dropped.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = !text.is_empty() && text.chars().count() <= MAX_ITEM_DESC_CHARS;
        fits.then(|| Self(text.to_owned()))
    }

    /// The text as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A phone number of which only the last four digits can be read. The full number never gets past this type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MaskedContact(String);

impl MaskedContact {
    /// Masks a phone number, or keeps one that is masked already. Mobile numbers keep their first three
    /// digits, land lines their area code, everything its last four. `None` when fewer than four trailing
    /// digits can be read or the text is no phone number.
    pub fn mask(raw: &str) -> Option<Self> {
        // A mobile number and nothing else, as most are: its first three and last four digits stay.
        if raw.len() == 11
            && raw.starts_with('1')
            && raw.bytes().all(|byte| byte.is_ascii_digit())
            && let (Some(first), Some(last)) = (raw.get(..3), raw.get(7..))
        {
            return Some(Self(format!("{first}****{last}")));
        }
        let text: String = raw.nfkc().filter(|c| !c.is_whitespace()).collect();
        let text = text.trim_start_matches('\'');
        if text.is_empty() || text.len() > MAX_CONTACT_BYTES {
            return None;
        }
        if !text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '*' | '-' | '+' | '(' | ')' | '#' | ',' | '转'))
        {
            return None;
        }
        let bare: Vec<char> = text.chars().filter(|c| c.is_ascii_digit() || *c == '*').collect();
        let tail_readable = bare.len() >= 5 && bare.iter().rev().take(4).all(char::is_ascii_digit);
        if !tail_readable {
            return None;
        }
        let digits = bare.iter().filter(|c| c.is_ascii_digit()).count();
        if bare.contains(&'*') {
            // Never masked twice; but a "mask" that hides almost nothing is masked properly.
            if digits <= 8 {
                return Some(Self(text.to_owned()));
            }
        }
        Some(Self(hide_middle(text, bare.len())))
    }

    /// The masked text as it is shown and sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Replaces by `*` every digit that belongs neither to the kept prefix nor to the last four.
fn hide_middle(text: &str, total: usize) -> String {
    let country: usize = if text.starts_with("+86") || text.starts_with("0086") {
        text.chars()
            .take_while(|c| *c == '+' || *c == '0' || *c == '8' || *c == '6')
            .filter(char::is_ascii_digit)
            .count()
            .min(4)
    } else {
        0
    };
    let local = total.saturating_sub(country);
    let area = text
        .chars()
        .position(|c| c == '-')
        .filter(|at| text.starts_with('0') && (3..=4).contains(at));
    let kept = match (country, area, local) {
        (_, Some(area), _) => area,
        (_, None, 11..) => country.saturating_add(3),
        (_, None, _) => country,
    };
    let hidden_until = total.saturating_sub(4);
    let mut seen: usize = 0;
    text.chars()
        .map(|c| {
            if !(c.is_ascii_digit() || c == '*') {
                return c;
            }
            seen = seen.saturating_add(1);
            if seen > kept && seen <= hidden_until {
                '*'
            } else {
                c
            }
        })
        .collect()
}

/// The contacts of a parcel; 顺丰 wants at least one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Contact {
    /// The sender's masked phone.
    pub consignor: Option<MaskedContact>,
    /// The receiver's masked phone.
    pub receiver: Option<MaskedContact>,
}

impl Contact {
    /// Neither contact is known.
    pub fn is_empty(&self) -> bool {
        self.consignor.is_none() && self.receiver.is_none()
    }
}

/// One express parcel, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// Who carries it.
    pub courier: CourierId,
    /// Its tracking number.
    pub tracking_no: TrackingNo,
    /// What the buyer reads.
    pub item_desc: ItemDesc,
    /// Masked contacts.
    pub contact: Contact,
}

impl Parcel {
    /// What makes two parcels the same one.
    pub fn id(&self) -> ParcelId {
        ParcelId::new(self.courier.as_str(), self.tracking_no.as_str())
    }
}

/// The identity of a parcel for comparisons: courier and number, NFKC, no blanks or hyphens, upper case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ParcelId {
    /// Courier id, normalised.
    pub courier: String,
    /// Tracking number, normalised.
    pub tracking_no: String,
}

impl ParcelId {
    /// Normalises both parts.
    pub fn new(courier: &str, tracking_no: &str) -> Self {
        let normal = |text: &str| -> String {
            text.nfkc()
                .filter(|c| !c.is_whitespace() && *c != '-')
                .flat_map(char::to_uppercase)
                .collect()
        };
        Self {
            courier: normal(courier),
            tracking_no: normal(tracking_no),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, masked: Option<&str>) {
        assert_eq!(
            MaskedContact::mask(raw).as_ref().map(MaskedContact::as_str),
            masked,
            "{raw}"
        );
    }

    #[test]
    fn phones_keep_their_last_four_digits_and_lose_the_middle() {
        check("13812341234", Some("138****1234"));
        check("138 1234 1234", Some("138****1234"));
        check("１３８１２３４１２３４", Some("138****1234"));
        check("+86-17712341234", Some("+86-177****1234"));
        check("021-12345678", Some("021-****5678"));
        check("0571-87654321", Some("0571-****4321"));
        check("12345678", Some("****5678"));
        check("0571-87654321-8008", Some("0571-********-8008"));
    }

    #[test]
    fn a_masked_phone_is_not_masked_twice() {
        for shape in [
            "189****1234",
            "021-****1234",
            "****1234",
            "0**2-***1234",
            "0**2-******23-10",
            "****123-8008",
            "+86-177****1234",
        ] {
            check(shape, Some(shape));
        }
    }

    #[test]
    fn a_pretended_mask_is_masked_properly() {
        check("138123*1234", Some("138****1234"));
    }

    #[test]
    fn what_is_no_phone_is_refused() {
        for raw in ["", "  ", "张三", "123", "138****", "1234*", "a13812341234"] {
            check(raw, None);
        }
    }

    #[test]
    fn parcels_are_equal_whatever_their_spelling() {
        assert_eq!(
            ParcelId::new("SF", " sf-123 456"),
            ParcelId::new("sf", "ＳＦ123456")
        );
        assert_ne!(ParcelId::new("SF", "1"), ParcelId::new("YTO", "1"));
    }

    #[test]
    fn parts_have_their_documented_limits() {
        assert!(TrackingNo::parse(&"A".repeat(128)).is_some());
        assert!(TrackingNo::parse(&"A".repeat(129)).is_none());
        assert!(TrackingNo::parse("SF 1").is_none());
        assert!(ItemDesc::parse(&"茶".repeat(120)).is_some());
        assert!(ItemDesc::parse(&"茶".repeat(121)).is_none());
        assert!(ItemDesc::parse("  ").is_none());
        assert!(CourierId::parse("顺丰").is_none());
    }
}
