//! WeChat's own batch template, which a merchant uploads in WeChat's back office: the way out for orders that the
//! interface refuses. Read like every other file; written here.

use super::results::{Form, Written};
use super::sheet_out::{self, Dialect, OutCell};
use crate::domain::{CourierList, DeliveryMode, Intent, LogisticsType, Order};

/// The name of the sheet.
pub const TEMPLATE_SHEET: &str = "发货单模板";
/// Its headings in their order.
pub const TEMPLATE_HEADINGS: [&str; 10] = [
    "交易单号",
    "商户单号",
    "商户号",
    "发货方式",
    "发货模式",
    "快递公司",
    "快递单号（多个快递单使用;分隔）",
    "是否完成发货",
    "是否重新发货",
    "商品信息",
];

/// Shipments as rows of the template: one row for each courier of an order, several numbers in one cell. `orders`
/// gives what WeChat shows about each, where it is known.
///
/// # Errors
/// When they do not fit into a workbook.
pub fn write_template(
    shipments: &[(&Intent, Option<&Order>)],
    couriers: &CourierList,
    form: Form,
) -> std::io::Result<Written> {
    let row = |cells: &[&str]| -> Vec<OutCell> { cells.iter().map(|cell| text(cell)).collect() };
    let mut table = vec![row(&TEMPLATE_HEADINGS)];
    for (intent, order) in shipments {
        let by_courier = parcels_by_courier(intent);
        let last = by_courier.len().saturating_sub(1);
        for (index, (courier, numbers, goods)) in by_courier.iter().enumerate() {
            table.push(row(&[
                intent.transaction_id().as_str(),
                order.map_or("", |order| &order.out_trade_no),
                order.map_or("", |order| &order.mchid),
                manner(intent.logistics_type()),
                match intent.delivery_mode() {
                    DeliveryMode::Split => "分拆发货",
                    DeliveryMode::Unified => "统一发货",
                },
                couriers.name(courier),
                &numbers.join(";"),
                yes_or_no(intent.completes() && index == last),
                yes_or_no(intent.reship().is_some()),
                goods,
            ]));
        }
    }
    let (bytes, encoding) = match form {
        Form::Text => sheet_out::text(&table, &Dialect::default())?,
        Form::Workbook => (sheet_out::workbook(&table, TEMPLATE_SHEET)?, "xlsx"),
    };
    Ok(Written { bytes, encoding })
}

fn text(cell: &str) -> OutCell {
    OutCell::Text(cell.to_owned())
}

fn yes_or_no(yes: bool) -> &'static str {
    if yes { "是" } else { "否" }
}

fn manner(kind: LogisticsType) -> &'static str {
    match kind {
        LogisticsType::Express => "物流快递",
        LogisticsType::SameCity => "同城配送",
        LogisticsType::Virtual => "虚拟发货",
        LogisticsType::PickUp => "用户自提",
    }
}

/// Courier, numbers and goods; one entry without a number when nothing is carried.
fn parcels_by_courier(intent: &Intent) -> Vec<(String, Vec<String>, String)> {
    let mut all: Vec<(String, Vec<String>, Vec<&str>)> = Vec::new();
    for parcel in intent.parcels() {
        let courier = parcel.courier.as_str();
        let number = parcel.tracking_no.as_str().to_owned();
        let goods = parcel.item_desc.as_str();
        match all.iter_mut().find(|(known, ..)| known == courier) {
            Some((_, numbers, texts)) => {
                numbers.push(number);
                if !texts.contains(&goods) {
                    texts.push(goods);
                }
            }
            None => all.push((courier.to_owned(), vec![number], vec![goods])),
        }
    }
    if all.is_empty() {
        all.push((String::new(), Vec::new(), vec![intent.first_item_desc()]));
    }
    all.into_iter()
        .map(|(courier, numbers, goods)| (courier, numbers, goods.join(";")))
        .collect()
}
