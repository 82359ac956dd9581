//! What the rows of a sub-order become: its items or its parcels. Apart from `gather`, which says what stands together.

use super::{Cells, Order, Sub, problem, text};
use crate::domain::shopping::{
    Column, ItemDraft, LinkDraft, LinkKind, ShoppingFault, ShoppingLogistics, ShoppingParcelDraft,
    ShoppingPlace, SubDetailsDraft, SubShipDraft,
};
use crate::domain::{DeliveryMode, Fen};
use crate::import::clean::folded;
use crate::import::couriers::Spellings;

pub(super) fn details(sub: &Sub, appid: &str, order: &mut Order) -> SubDetailsDraft {
    let row = sub.rows.first().copied().unwrap_or_default();
    let logistics = logistics_of(&text(&sub.head, Column::Logistics)).unwrap_or_else(|| {
        let top = ShoppingPlace::default();
        let unknown = problem(row, top, Column::Logistics, ShoppingFault::UnknownWord);
        order.problems.push(unknown);
        ShoppingLogistics::default()
    });
    let order_link = [Column::OrderPath, Column::OrderUrl, Column::OrderAppid];
    SubDetailsDraft {
        key: sub.key.clone(),
        merchant_order_no: text(&sub.head, Column::MerchantOrderNo),
        link: link(&sub.head, order_link, appid),
        items: sub.parts.iter().map(|cells| item(cells, appid)).collect(),
        logistics,
    }
}

/// A link to an address where one stands, else to a page of the Mini Program, the account's when none is named.
fn link(cells: &Cells, [path, url, appid]: [Column; 3], own: &str) -> LinkDraft {
    let (path, url, appid) = (text(cells, path), text(cells, url), text(cells, appid));
    let kind = if path.is_empty() && !url.is_empty() {
        LinkKind::Url
    } else {
        LinkKind::MiniProgram
    };
    LinkDraft {
        kind,
        appid: if appid.is_empty() { own.to_owned() } else { appid },
        path,
        url,
    }
}

fn item(cells: &Cells, appid: &str) -> ItemDraft {
    let fen = text(cells, Column::PriceFen);
    let yuan = text(cells, Column::PriceYuan);
    let unit_price = match fen.parse::<i64>() {
        Ok(fen) if yuan.is_empty() => yuan_of(Fen(fen)),
        Err(_) if yuan.is_empty() => fen,
        Ok(_) | Err(_) => yuan,
    };
    ItemDraft {
        merchant_item_id: text(cells, Column::ItemId),
        name: text(cells, Column::Name),
        description: text(cells, Column::Description),
        unit_price,
        quantity: text(cells, Column::Quantity),
        image_urls: list(&text(cells, Column::Images)),
        link: link(
            cells,
            [Column::ItemPath, Column::ItemUrl, Column::ItemAppid],
            appid,
        ),
    }
}

/// A price as people type it.
pub(in crate::import::shopping) fn yuan_of(fen: Fen) -> String {
    fen.to_string().replace(['¥', ','], "")
}

/// Several in one cell, with blanks or lines between them.
fn list(cell: &str) -> Vec<String> {
    let parts = cell.split(|c: char| c.is_whitespace() || matches!(c, '|' | '，' | '、' | '；'));
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

pub(super) fn shipment(sub: &Sub, spellings: &Spellings<'_>, order: &mut Order) -> SubShipDraft {
    let row = sub.rows.first().copied().unwrap_or_default();
    let with_items = sub.parts.iter().any(|cells| cells.contains_key(&Column::ItemId));
    let mode = match mode_of(&text(&sub.head, Column::Mode)) {
        Ok(Some(mode)) => mode,
        // Nothing is said: one parcel without items is unified, anything else is split.
        Ok(None) if sub.parts.len() == 1 && !with_items => DeliveryMode::Unified,
        Ok(None) => DeliveryMode::Split,
        Err(UnknownWord) => {
            let unknown = problem(
                row,
                ShoppingPlace::default(),
                Column::Mode,
                ShoppingFault::UnknownWord,
            );
            order.problems.push(unknown);
            DeliveryMode::Split
        }
    };
    let parcels = sub.parts.iter().map(|cells| {
        let typed = text(cells, Column::Courier);
        let ids = text(cells, Column::ItemId);
        let ids = ids.split(|c: char| c.is_whitespace() || matches!(c, '|' | ',' | '，' | '、' | ';' | '；'));
        ShoppingParcelDraft {
            courier: spellings.find(&typed).map_or(typed, |(id, _)| id),
            tracking_no: text(cells, Column::TrackingNo),
            item_ids: ids.filter(|id| !id.is_empty()).map(str::to_owned).collect(),
            consignor_contact: text(cells, Column::Consignor),
            receiver_contact: text(cells, Column::Receiver),
        }
    });
    SubShipDraft {
        key: sub.key.clone(),
        mode,
        parcels: parcels.collect(),
    }
}

/// Nothing said is by a courier; `None` for a word that is not known.
pub(in crate::import::shopping) fn logistics_of(word: &str) -> Option<ShoppingLogistics> {
    match folded(word).as_str() {
        "" | "1" | "快递" | "物流" | "物流配送" | "快递物流" | "实体物流" | "express" => {
            Some(ShoppingLogistics::Express)
        }
        "2" | "同城" | "同城配送" | "samecity" => Some(ShoppingLogistics::SameCity),
        "3" | "虚拟" | "虚拟商品" | "virtual" | "virtualgoods" | "virtual_goods" => {
            Some(ShoppingLogistics::Virtual)
        }
        _ => None,
    }
}

/// A word that means nothing where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import::shopping) struct UnknownWord;

/// `None` when nothing is said.
pub(in crate::import::shopping) fn mode_of(word: &str) -> Result<Option<DeliveryMode>, UnknownWord> {
    match folded(word).as_str() {
        "" => Ok(None),
        "1" | "统一" | "统一发货" | "unified" | "unifieddelivery" | "unified_delivery" => {
            Ok(Some(DeliveryMode::Unified))
        }
        "2" | "分拆" | "分拆发货" | "拆分" | "拆单" | "split" | "splitdelivery" | "split_delivery" => {
            Ok(Some(DeliveryMode::Split))
        }
        _ => Err(UnknownWord),
    }
}
