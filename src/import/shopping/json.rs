//! JSON in the form of the documents: one order, a list of them, or `{"orders": […]}`. Every name that no document knows
//! is told: a misspelt field would be lost without a word.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::gather::{UnknownWord, logistics_of, mode_of, yuan_of};
use crate::domain::shopping::{
    FileFault, FileOrder, FilePlace, FileProblem, ItemDraft, KeyDraft, KeyKind, LinkDraft, LinkKind,
    ShoppingContent, ShoppingFault, ShoppingField, ShoppingParcelDraft, ShoppingPlace, SubDetailsDraft,
    SubShipDraft,
};
use crate::domain::{DeliveryMode, Fen, ShoppingCall, ShoppingDraft, ShoppingProblem};

/// The orders of a file.
pub(super) fn orders(value: &Value, call: ShoppingCall) -> Vec<FileOrder> {
    let one = |(index, value): (usize, &Value), base: &str| order(value, call, &format!("{base}[{index}]"));
    let many = |list: &[Value], base: &str| list.iter().enumerate().map(|each| one(each, base)).collect();
    match (value, value.get("orders")) {
        (Value::Array(list), _) => many(list, ""),
        (Value::Object(_), Some(Value::Array(list))) => many(list, "orders"),
        _ => vec![order(value, call, "")],
    }
}

/// The path of a problem below an order.
pub(super) fn path(base: &str, call: ShoppingCall, problem: &ShoppingProblem) -> String {
    use ShoppingField as F;
    let mut path = base.to_owned();
    let mut push = |name: &str, index: Option<usize>| {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(name);
        path.extend(index.map(|index| format!("[{index}]")));
    };
    let ShoppingPlace { sub, part, nth } = problem.place;
    if sub.is_some() {
        push("sub_orders", sub);
    }
    if part.is_some() {
        let parts = if call == ShoppingCall::Ship {
            "shipping_list"
        } else {
            "item_list"
        };
        push(parts, part);
    }
    let (name, index) = match problem.field {
        F::TransactionId => ("order_key.transaction_id", None),
        F::Mchid => ("order_key.mchid", None),
        F::OutTradeNo => ("order_key.out_trade_no", None),
        F::Openid => ("payer.openid", None),
        F::SubOrders => ("sub_orders", None),
        F::MerchantOrderNo => ("merchant_order_no", None),
        F::OrderLinkAppid => ("order_detail_jump_link.appid", None),
        F::OrderLinkPath => ("order_detail_jump_link.path", None),
        F::OrderLinkUrl => ("order_detail_jump_link.url", None),
        F::LogisticsType => ("logistics_type", None),
        F::Items => ("item_list", None),
        F::ItemId if call == ShoppingCall::Ship => ("item_list", nth),
        F::ItemId => ("merchant_item_id", None),
        F::Name => ("name", None),
        F::Description => ("description", None),
        F::UnitPrice => ("unit_price", None),
        F::Quantity => ("quantity", None),
        F::Image => ("image_url", nth),
        F::ItemLinkAppid => ("item_detail_jump_link.appid", None),
        F::ItemLinkPath => ("item_detail_jump_link.path", None),
        F::ItemLinkUrl => ("item_detail_jump_link.url", None),
        F::DeliveryMode => ("delivery_mode", None),
        F::Parcels => ("shipping_list", None),
        F::Courier => ("express_company", None),
        F::TrackingNo => ("tracking_no", None),
        F::ConsignorContact => ("contact.consignor_contact", None),
        F::ReceiverContact => ("contact.receiver_contact", None),
    };
    push(name, index);
    path
}

/// An object of the file, and what was found wrong so far.
struct At<'a, 'b> {
    path: String,
    fields: Option<&'a Map<String, Value>>,
    problems: &'b mut Vec<FileProblem>,
}

impl<'a> At<'a, '_> {
    fn tell(&mut self, name: &str, fault: FileFault) {
        let at = FilePlace::Path(join(&self.path, name));
        self.problems.push(FileProblem {
            at,
            place: ShoppingPlace::default(),
            fault,
        });
    }

    /// Names outside of these are told.
    fn only(&mut self, known: &[&str]) {
        let others = self.fields.into_iter().flat_map(Map::keys);
        let others: Vec<&String> = others.filter(|name| !known.contains(&name.as_str())).collect();
        for name in others {
            self.tell(name, FileFault::UnknownName);
        }
    }

    fn present(&self, name: &str) -> Option<&'a Value> {
        self.fields?.get(name).filter(|value| !value.is_null())
    }

    /// Text; a number counts as its digits.
    fn text(&mut self, name: &str) -> String {
        match self.present(name) {
            None => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Bool(_) | Value::Array(_) | Value::Object(_) | Value::Null) => {
                self.tell(name, FileFault::WrongType);
                String::new()
            }
        }
    }

    fn list(&mut self, name: &str) -> &'a [Value] {
        match self.present(name) {
            None => &[],
            Some(Value::Array(list)) => list,
            Some(_) => {
                self.tell(name, FileFault::WrongType);
                &[]
            }
        }
    }

    /// Does something with an object below this one; absent is empty.
    fn inner<T>(&mut self, name: &str, known: &[&str], read: impl FnOnce(&mut At<'a, '_>) -> T) -> T {
        let fields = match self.present(name) {
            None => None,
            Some(Value::Object(fields)) => Some(fields),
            Some(_) => {
                self.tell(name, FileFault::WrongType);
                None
            }
        };
        let mut inner = At {
            path: join(&self.path, name),
            fields,
            problems: &mut *self.problems,
        };
        inner.only(known);
        read(&mut inner)
    }

    /// The same for each element of a list.
    fn each<T>(&mut self, name: &str, known: &[&str], read: impl Fn(&mut At<'a, '_>) -> T) -> Vec<T> {
        let list = self.list(name);
        let mut found = Vec::with_capacity(list.len());
        for (index, value) in list.iter().enumerate() {
            let path = format!("{}[{index}]", join(&self.path, name));
            if !value.is_object() {
                self.problems.push(FileProblem {
                    at: FilePlace::Path(path.clone()),
                    place: ShoppingPlace::default(),
                    fault: FileFault::WrongType,
                });
            }
            let mut inner = At {
                path,
                fields: value.as_object(),
                problems: &mut *self.problems,
            };
            inner.only(known);
            found.push(read(&mut inner));
        }
        found
    }

    fn unknown_word(&mut self, name: &str, field: ShoppingField) {
        self.tell(name, FileFault::Field(field, ShoppingFault::UnknownWord));
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

const KEY: [&str; 4] = ["order_number_type", "transaction_id", "mchid", "out_trade_no"];

fn order(value: &Value, call: ShoppingCall, base: &str) -> FileOrder {
    let mut problems = Vec::new();
    if !value.is_object() {
        problems.push(FileProblem {
            at: FilePlace::Path(base.to_owned()),
            place: ShoppingPlace::default(),
            fault: FileFault::WrongType,
        });
    }
    let mut top = At {
        path: base.to_owned(),
        fields: value.as_object(),
        problems: &mut problems,
    };
    // The time in a file is old when it is sent: the program sets its own.
    top.only(&["order_key", "sub_orders", "payer", "upload_time"]);
    let key = key(&mut top);
    let openid = top.inner("payer", &["openid"], |payer| payer.text("openid"));
    let content = match call {
        ShoppingCall::Details => {
            let known = [
                "order_key",
                "merchant_order_no",
                "order_detail_jump_link",
                "item_list",
                "logistics_type",
            ];
            ShoppingContent::Details(top.each("sub_orders", &known, details))
        }
        ShoppingCall::Ship => {
            let known = ["order_key", "delivery_mode", "shipping_list"];
            ShoppingContent::Ship(top.each("sub_orders", &known, shipment))
        }
        ShoppingCall::Verify => ShoppingContent::Verify,
    };
    FileOrder {
        draft: Arc::new(ShoppingDraft { key, openid, content }),
        at: FilePlace::Path(base.to_owned()),
        problems,
    }
}

/// The kind of number as a number or by its name; when it is not said, the number that is there decides.
fn key(of: &mut At<'_, '_>) -> KeyDraft {
    of.inner("order_key", &KEY, |key| {
        let transaction_id = key.text("transaction_id");
        let by = match key.text("order_number_type").as_str() {
            "1" | "MERCHANT_TRADE_NUMBER" => KeyKind::Merchant,
            "" if transaction_id.is_empty() => KeyKind::Merchant,
            "2" | "WXPAY_TRADE_NUMBER" | "" => KeyKind::Transaction,
            _ => {
                key.unknown_word("order_number_type", ShoppingField::TransactionId);
                KeyKind::Transaction
            }
        };
        KeyDraft {
            by,
            transaction_id,
            mchid: key.text("mchid"),
            out_trade_no: key.text("out_trade_no"),
        }
    })
}

/// A link to a Mini Program is 1 or 2 by different sources (C-11), so only its name counts.
fn link(of: &mut At<'_, '_>, name: &str, field: ShoppingField) -> LinkDraft {
    of.inner(name, &["type", "appid", "path", "url"], |link| {
        let (appid, path, url) = (link.text("appid"), link.text("path"), link.text("url"));
        let kind = match link.text("type").as_str() {
            "URL" => LinkKind::Url,
            "" if path.is_empty() && !url.is_empty() => LinkKind::Url,
            "MINI_PROGRAM" | "" => LinkKind::MiniProgram,
            _ => {
                link.unknown_word("type", field);
                LinkKind::MiniProgram
            }
        };
        LinkDraft {
            kind,
            appid,
            path,
            url,
        }
    })
}

fn details(sub: &mut At<'_, '_>) -> SubDetailsDraft {
    let logistics = logistics_of(&sub.text("logistics_type")).unwrap_or_else(|| {
        sub.unknown_word("logistics_type", ShoppingField::LogisticsType);
        crate::domain::shopping::ShoppingLogistics::default()
    });
    let known = [
        "merchant_item_id",
        "name",
        "description",
        "unit_price",
        "quantity",
        "image_url",
        "item_detail_jump_link",
    ];
    SubDetailsDraft {
        key: key(sub),
        merchant_order_no: sub.text("merchant_order_no"),
        link: link(sub, "order_detail_jump_link", ShoppingField::OrderLinkPath),
        items: sub.each("item_list", &known, item),
        logistics,
    }
}

fn item(item: &mut At<'_, '_>) -> ItemDraft {
    // On the wire a price is whole fen.
    let fen = item.text("unit_price");
    let unit_price = match fen.parse::<i64>() {
        Ok(price) => yuan_of(Fen(price)),
        Err(_) if fen.is_empty() => fen,
        Err(_) => {
            let fault = FileFault::Field(ShoppingField::UnitPrice, ShoppingFault::NotANumber);
            item.tell("unit_price", fault);
            String::new()
        }
    };
    let mut image_urls = Vec::new();
    for (index, url) in item.list("image_url").iter().enumerate() {
        match url.as_str() {
            Some(url) => image_urls.push(url.to_owned()),
            None => item.tell(&format!("image_url[{index}]"), FileFault::WrongType),
        }
    }
    ItemDraft {
        merchant_item_id: item.text("merchant_item_id"),
        name: item.text("name"),
        description: item.text("description"),
        unit_price,
        quantity: item.text("quantity"),
        image_urls,
        link: link(item, "item_detail_jump_link", ShoppingField::ItemLinkPath),
    }
}

fn shipment(sub: &mut At<'_, '_>) -> SubShipDraft {
    let known = ["tracking_no", "express_company", "item_list", "contact"];
    let parcels: Vec<ShoppingParcelDraft> = sub.each("shipping_list", &known, parcel);
    let mode = match mode_of(&sub.text("delivery_mode")) {
        Ok(Some(mode)) => mode,
        Ok(None) if parcels.len() == 1 && parcels.iter().all(|parcel| parcel.item_ids.is_empty()) => {
            DeliveryMode::Unified
        }
        Ok(None) => DeliveryMode::Split,
        Err(UnknownWord) => {
            sub.unknown_word("delivery_mode", ShoppingField::DeliveryMode);
            DeliveryMode::Split
        }
    };
    SubShipDraft {
        key: key(sub),
        mode,
        parcels,
    }
}

fn parcel(parcel: &mut At<'_, '_>) -> ShoppingParcelDraft {
    let contacts = ["consignor_contact", "receiver_contact"];
    let [consignor_contact, receiver_contact] = parcel.inner("contact", &contacts, |contact| {
        contacts.map(|name| contact.text(name))
    });
    ShoppingParcelDraft {
        courier: parcel.text("express_company"),
        tracking_no: parcel.text("tracking_no"),
        item_ids: parcel.each("item_list", &["merchant_item_id"], |item| {
            item.text("merchant_item_id")
        }),
        consignor_contact,
        receiver_contact,
    }
}
