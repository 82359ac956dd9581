//! The checks of single fields, with the limits of contract section 9, and the bag in which problems gather.

use super::super::problem::{ShoppingFault, ShoppingField, ShoppingPlace, ShoppingProblem};
use super::super::{
    KeyDraft, KeyKind, LinkDraft, LinkKind, MAX_APPID_BYTES, MAX_MERCHANT_BYTES, MAX_OPENID_BYTES,
    MAX_PATH_BYTES, MAX_URL_BYTES,
};
use super::JumpLink;
use crate::domain::{Fen, OpenId, OrderKey, TransactionId};

/// Longest merchant number, in bytes.
const MAX_MCHID_BYTES: usize = 32;
/// Largest price in fen and largest quantity that are taken for meant.
const MOST: i64 = 100_000_000_000;

/// The problems that were found.
#[derive(Debug, Default)]
pub(super) struct Bag(Vec<ShoppingProblem>);

impl Bag {
    pub(super) fn add(&mut self, place: ShoppingPlace, field: ShoppingField, fault: ShoppingFault) {
        self.0.push(ShoppingProblem { place, field, fault });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn into_problems(self) -> Vec<ShoppingProblem> {
        self.0
    }

    /// Text of 1 to `most` bytes; blanks at its ends are dropped.
    pub(super) fn text(
        &mut self,
        place: ShoppingPlace,
        field: ShoppingField,
        text: &str,
        most: usize,
    ) -> Option<String> {
        let too_long = (text.trim().len() > most).then_some(ShoppingFault::TooLong { most });
        self.sound(place, field, text, too_long)
    }

    /// The same for words that people read, counted in characters.
    pub(super) fn words(
        &mut self,
        place: ShoppingPlace,
        field: ShoppingField,
        text: &str,
        most: usize,
    ) -> Option<String> {
        let chars = text.trim().chars().count();
        let too_long = (chars > most).then_some(ShoppingFault::TooManyChars { most });
        self.sound(place, field, text, too_long)
    }

    /// Text that is there, not too long and without control signs.
    fn sound(
        &mut self,
        place: ShoppingPlace,
        field: ShoppingField,
        text: &str,
        too_long: Option<ShoppingFault>,
    ) -> Option<String> {
        let text = text.trim();
        let missing = text.is_empty().then_some(ShoppingFault::Missing);
        let has_bad_signs = text.chars().any(char::is_control);
        let fault = missing
            .or(too_long)
            .or(has_bad_signs.then_some(ShoppingFault::BadSigns));
        let Some(fault) = fault else {
            return Some(text.to_owned());
        };
        self.add(place, field, fault);
        None
    }

    /// A number of an order or a merchant: letters, digits and these signs.
    fn number(
        &mut self,
        place: ShoppingPlace,
        field: ShoppingField,
        text: &str,
        most: usize,
    ) -> Option<String> {
        let text = self.text(place, field, text, most)?;
        let sound = text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'*'));
        if !sound {
            self.add(place, field, ShoppingFault::BadSigns);
            return None;
        }
        Some(text)
    }
}

/// The number of an order; only the fields of its kind count.
pub(super) fn key(bag: &mut Bag, place: ShoppingPlace, key: &KeyDraft) -> Option<OrderKey> {
    match key.by {
        KeyKind::Transaction => {
            let field = ShoppingField::TransactionId;
            let number = bag.number(place, field, &key.transaction_id, MAX_MERCHANT_BYTES)?;
            TransactionId::parse(&number).map(OrderKey::Transaction)
        }
        KeyKind::Merchant => {
            let mchid = bag.number(place, ShoppingField::Mchid, &key.mchid, MAX_MCHID_BYTES);
            let field = ShoppingField::OutTradeNo;
            let out_trade_no = bag.number(place, field, &key.out_trade_no, MAX_MERCHANT_BYTES);
            Some(OrderKey::Merchant {
                mchid: mchid?,
                out_trade_no: out_trade_no?,
            })
        }
    }
}

/// The payer.
pub(super) fn openid(bag: &mut Bag, text: &str) -> Option<OpenId> {
    let (place, field) = (ShoppingPlace::default(), ShoppingField::Openid);
    let text = bag.text(place, field, text, MAX_OPENID_BYTES)?;
    if !text.bytes().all(|b| b.is_ascii_graphic()) {
        bag.add(place, field, ShoppingFault::BadSigns);
        return None;
    }
    Some(OpenId(text))
}

/// A link; `fields` are those of its AppID, its path and its address.
pub(super) fn link(
    bag: &mut Bag,
    place: ShoppingPlace,
    link: &LinkDraft,
    fields: [ShoppingField; 3],
    own_appid: &str,
) -> Option<JumpLink> {
    let [appid_field, path_field, url_field] = fields;
    match link.kind {
        LinkKind::MiniProgram => {
            let appid = bag.number(place, appid_field, &link.appid, MAX_APPID_BYTES);
            if let Some(appid) = &appid
                && !own_appid.is_empty()
                && appid != own_appid
            {
                bag.add(place, appid_field, ShoppingFault::OtherAppid);
            }
            let path = bag.text(place, path_field, &link.path, MAX_PATH_BYTES);
            let path = path.filter(|path| {
                let sound = !path.chars().any(char::is_whitespace) && !path.contains("://");
                if !sound {
                    bag.add(place, path_field, ShoppingFault::BadSigns);
                }
                sound
            });
            Some(JumpLink::MiniProgram {
                appid: appid?,
                path: path?,
            })
        }
        LinkKind::Url => url(bag, place, url_field, &link.url).map(JumpLink::Url),
    }
}

/// An address of the web.
pub(super) fn url(bag: &mut Bag, place: ShoppingPlace, field: ShoppingField, text: &str) -> Option<String> {
    let text = bag.text(place, field, text, MAX_URL_BYTES)?;
    let rest = text.strip_prefix("https://").or(text.strip_prefix("http://"));
    let sound = rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
        && !text.chars().any(char::is_whitespace);
    if !sound {
        bag.add(place, field, ShoppingFault::NotAnAddress);
        return None;
    }
    Some(text)
}

/// A price in yuan with at most two decimals; never through a float.
pub(super) fn price(bag: &mut Bag, place: ShoppingPlace, text: &str) -> Option<Fen> {
    let field = ShoppingField::UnitPrice;
    let text = bag.text(place, field, text, MAX_MERCHANT_BYTES)?;
    let bare = text.trim_start_matches(['¥', '￥']).trim_end_matches('元').trim();
    let fen = fen_of(bare).filter(|fen| *fen <= MOST);
    if fen.is_none() {
        bag.add(place, field, ShoppingFault::NotANumber);
    }
    fen.map(Fen)
}

fn fen_of(text: &str) -> Option<i64> {
    let (yuan, cents) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(yuan) || !digits(cents) || cents.len() > 2 {
        return None;
    }
    let cents: i64 = format!("{cents:0<2}").parse().ok()?;
    yuan.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)
}

/// How many, from 1.
pub(super) fn quantity(bag: &mut Bag, place: ShoppingPlace, text: &str) -> Option<i64> {
    let field = ShoppingField::Quantity;
    let text = bag.text(place, field, text, MAX_MERCHANT_BYTES)?;
    let count = text
        .parse::<i64>()
        .ok()
        .filter(|count| (1..=MOST).contains(count));
    if count.is_none() {
        bag.add(place, field, ShoppingFault::NotANumber);
    }
    count
}
