//! Reading orders: `get_order` (III) and `get_order_list` (IV) with its cursor.
//!
//! Separate because nothing here changes an order.

use super::fields::Fields;
use super::order::Order;
use super::reply::Refusal;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// Which order `get_order` and its relatives mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// By WeChat's number.
    Transaction(String),
    /// By the merchant's number.
    Merchant {
        /// The merchant that placed the payment.
        merchant_id: String,
        /// The sub-merchant of a service-provider payment; empty when not given.
        sub_merchant_id: String,
        /// The merchant's order number.
        merchant_trade_no: String,
    },
}

/// The names of the key in queries; they differ from those of uploads.
pub const KEY_NAMES: [&str; 4] = [
    "transaction_id",
    "merchant_id",
    "sub_merchant_id",
    "merchant_trade_no",
];

impl Wanted {
    /// Reads the key; 10060014 when no complete one is given.
    pub fn read(fields: Fields<'_>) -> Result<Self, Refusal> {
        let transaction_id = fields.filled("transaction_id")?;
        let merchant_id = fields.filled("merchant_id")?;
        let sub_merchant_id = fields.filled("sub_merchant_id")?;
        let merchant_trade_no = fields.filled("merchant_trade_no")?;
        match (transaction_id, merchant_id, merchant_trade_no) {
            (Some(id), _, _) => Ok(Self::Transaction(id.to_owned())),
            (None, Some(merchant_id), Some(merchant_trade_no)) => Ok(Self::Merchant {
                merchant_id: merchant_id.to_owned(),
                sub_merchant_id: sub_merchant_id.unwrap_or_default().to_owned(),
                merchant_trade_no: merchant_trade_no.to_owned(),
            }),
            (None, _, _) => Err(Refusal::new(
                10_060_014,
                "invalid parameter: no complete order key",
            )),
        }
    }

    /// Whether an order is the one that is wanted.
    pub fn fits(&self, order: &Order) -> bool {
        match self {
            Self::Transaction(id) => order.transaction_id == *id,
            Self::Merchant {
                merchant_id,
                sub_merchant_id,
                merchant_trade_no,
            } => {
                order.out_trade_no == *merchant_trade_no
                    && order.mchid == *merchant_id
                    && order.sub_mchid == *sub_merchant_id
            }
        }
    }
}

/// What `get_order_list` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRequest {
    begin_time: i64,
    end_time: i64,
    order_state: Option<i64>,
    openid: Option<String>,
    /// Where the last page ended: pay time and number.
    after: Option<(i64, String)>,
    page_size: usize,
}

impl ListRequest {
    /// Reads the body; 10060014 for bad values, 10060011 for a cursor that is not of this filter.
    pub fn read(body: &Value, max_page_size: usize, refuse_larger: bool) -> Result<Self, Refusal> {
        let known = [
            "pay_time_range",
            "order_state",
            "openid",
            "last_index",
            "page_size",
        ];
        let fields = Fields::of(body, &known)?;
        let range = fields.object("pay_time_range", &["begin_time", "end_time"])?;
        let bound = |name, default| match range {
            Some(range) => Ok(range.number(name)?.unwrap_or(default)),
            None => Ok(default),
        };
        let mut request = Self {
            begin_time: bound("begin_time", 0)?,
            end_time: bound("end_time", i64::from(u32::MAX))?,
            order_state: fields.number("order_state")?,
            openid: fields.filled("openid")?.map(str::to_owned),
            after: None,
            page_size: 0,
        };
        let cursor = fields.filled("last_index")?;
        let page_size = fields.number("page_size")?.unwrap_or(100);
        let bad = |what: &str| Refusal::new(10_060_014, format!("invalid parameter: {what}"));
        if request.begin_time < 0 || request.begin_time > request.end_time {
            return Err(bad("pay_time_range"));
        }
        if request.order_state.is_some_and(|state| !(1..=6).contains(&state)) {
            return Err(bad("order_state"));
        }
        request.page_size = match usize::try_from(page_size) {
            Ok(size) if size > max_page_size && refuse_larger => return Err(bad("page_size")),
            Ok(size) if size > 0 => size.min(max_page_size),
            Ok(_) | Err(_) => return Err(bad("page_size")),
        };
        if let Some(cursor) = cursor {
            let place = request.open_cursor(cursor);
            request.after = Some(place.ok_or_else(|| Refusal::new(10_060_011, "last_index is invalid"))?);
        }
        Ok(request)
    }

    /// One page in the order of pay time, then number; with the cursor of the next page and whether there is one.
    pub fn page<'a>(
        &self,
        orders: impl Iterator<Item = &'a Order>,
        partial_is_shipped: bool,
    ) -> (Vec<&'a Order>, String, bool) {
        let later = |order: &Order| match &self.after {
            Some((pay_time, id)) => (order.pay_time, &order.transaction_id) > (*pay_time, id),
            None => true,
        };
        let mut found: Vec<&Order> = orders
            .filter(|order| self.keeps(order, partial_is_shipped) && later(order))
            .collect();
        let more = found.len() > self.page_size;
        let earlier =
            |a: &&Order, b: &&Order| (a.pay_time, &a.transaction_id).cmp(&(b.pay_time, &b.transaction_id));
        if more {
            found.select_nth_unstable_by(self.page_size, earlier);
            found.truncate(self.page_size);
        }
        found.sort_unstable_by(earlier);
        let cursor = found
            .last()
            .map(|last| self.seal_cursor(last))
            .unwrap_or_default();
        (found, cursor, more)
    }

    fn keeps(&self, order: &Order, partial_is_shipped: bool) -> bool {
        (self.begin_time..=self.end_time).contains(&order.pay_time)
            && self
                .order_state
                .is_none_or(|state| state == order.shown_state(partial_is_shipped))
            && self.openid.as_ref().is_none_or(|openid| *openid == order.openid)
    }

    /// The place a page ended, tied to the filter, as one opaque word.
    fn seal_cursor(&self, last: &Order) -> String {
        let text = format!("{}|{}|{}", self.filter_mark(), last.pay_time, last.transaction_id);
        hex(text.as_bytes())
    }

    fn open_cursor(&self, cursor: &str) -> Option<(i64, String)> {
        let text = String::from_utf8(unhex(cursor)?).ok()?;
        let mut parts = text.splitn(3, '|');
        if parts.next()? != self.filter_mark() {
            return None;
        }
        let pay_time = parts.next()?.parse().ok()?;
        Some((pay_time, parts.next()?.to_owned()))
    }

    fn filter_mark(&self) -> String {
        let filter = format!(
            "{}|{}|{:?}|{:?}",
            self.begin_time, self.end_time, self.order_state, self.openid
        );
        let digest = Sha256::digest(filter.as_bytes());
        hex(digest.as_slice()).chars().take(16).collect()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        write!(text, "{byte:02x}").unwrap_or_default();
        text
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    let digits: Vec<char> = text.chars().collect();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn shop() -> Vec<Order> {
        // Two payments in the same second: the number decides.
        [(30, "c"), (10, "b"), (10, "a"), (20, "d"), (40, "e")]
            .into_iter()
            .map(|(pay_time, id)| Order {
                transaction_id: id.into(),
                pay_time,
                order_state: if id == "d" { 2 } else { 1 },
                openid: format!("o-{id}"),
                ..Order::default()
            })
            .collect()
    }

    fn ids(body: &Value, orders: &[Order]) -> Result<(Vec<String>, String, bool), i64> {
        let request = ListRequest::read(body, 100, false).map_err(|refusal| refusal.errcode)?;
        let (page, cursor, more) = request.page(orders.iter(), false);
        Ok((
            page.iter().map(|order| order.transaction_id.clone()).collect(),
            cursor,
            more,
        ))
    }

    #[test]
    fn pages_follow_pay_time_then_number_and_meet_every_order_once() {
        let orders = shop();
        let (mut all, mut cursor) = (Vec::new(), Value::Null);
        loop {
            let (page, next, more) = ids(&json!({"page_size": 2, "last_index": cursor}), &orders).unwrap();
            all.extend(page);
            if !more {
                break;
            }
            cursor = next.into();
        }
        assert_eq!(all, ["a", "b", "d", "c", "e"]);
    }

    #[test]
    fn filters_keep_what_they_say() {
        let orders = shop();
        for (body, wanted) in [
            (json!({"order_state": 2}), vec!["d"]),
            (json!({"openid": "o-c"}), vec!["c"]),
            (
                json!({"pay_time_range": {"begin_time": 20, "end_time": 30}}),
                vec!["d", "c"],
            ),
            (json!({"pay_time_range": {"begin_time": 40}}), vec!["e"]),
            (json!({"order_state": 4}), vec![]),
        ] {
            assert_eq!(ids(&body, &orders).unwrap().0, wanted, "{body}");
        }
    }

    #[test]
    fn a_cursor_of_another_filter_or_an_invented_one_is_10060011() {
        let orders = shop();
        let (_, cursor, more) = ids(&json!({"page_size": 1}), &orders).unwrap();
        assert!(more);
        for body in [
            json!({"page_size": 1, "order_state": 1, "last_index": cursor}),
            json!({"last_index": "zz"}),
            json!({"last_index": "茶茶"}),
            json!({"last_index": "6162"}),
        ] {
            assert_eq!(ids(&body, &orders).unwrap_err(), 10_060_011, "{body}");
        }
        // Another page size is not another filter.
        assert!(ids(&json!({"page_size": 3, "last_index": cursor}), &orders).is_ok());
    }

    #[test]
    fn bad_values_are_10060014() {
        for body in [
            json!({"page_size": 0}),
            json!({"order_state": 9}),
            json!({"pay_time_range": {"begin_time": 2, "end_time": 1}}),
        ] {
            assert_eq!(ids(&body, &[]).unwrap_err(), 10_060_014, "{body}");
        }
    }

    #[test]
    fn a_key_needs_the_names_of_queries_and_must_be_complete() {
        for (body, errcode) in [
            (json!({}), 10_060_014),
            (json!({"merchant_id": "1"}), 10_060_014),
            (
                json!({"merchant_trade_no": "1", "transaction_id": ""}),
                10_060_014,
            ),
            (json!({"mchid": "1", "out_trade_no": "2"}), 47001),
        ] {
            let read = Fields::of(&body, &KEY_NAMES).and_then(Wanted::read);
            assert_eq!(read.unwrap_err().errcode, errcode, "{body}");
        }
    }
}
