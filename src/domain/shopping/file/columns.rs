//! The columns of a table of shopping orders: the heading in both languages, the name of the documents, and what else
//! people write. One row is an item, a parcel, or for a question an order.

use super::super::ShoppingCall;

macro_rules! columns {
    ($($(#[$about:meta])* $column:ident: $zh:literal, $en:literal, [$($other:literal),* $(,)?];)+) => {
        /// What a column is for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Column {
            $($(#[$about])* $column,)+
        }

        impl Column {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$column),+];

            /// Its heading, Chinese and English.
            pub fn headings(self) -> [&'static str; 2] {
                match self {
                    $(Self::$column => [$zh, $en],)+
                }
            }

            /// What else people write.
            pub fn others(self) -> &'static [&'static str] {
                match self {
                    $(Self::$column => &[$($other),*],)+
                }
            }
        }
    };
}

columns! {
    /// WeChat's number of the combined order.
    ParentId: "合单微信支付单号", "combined transaction_id",
        ["合单订单号", "合单支付单号", "合单号", "主单微信支付单号", "parent_transaction_id"];
    /// The merchant number of the combined order.
    ParentMchid: "合单商户号", "combined mchid", ["主单商户号", "parent_mchid"];
    /// The shop's number of the combined order.
    ParentTradeNo: "合单商户订单号", "combined out_trade_no", ["合单商户单号", "主单商户订单号", "parent_out_trade_no"];
    /// The payer.
    Openid: "付款人openid", "payer openid", ["openid", "支付者openid", "买家openid", "payer_openid"];
    /// WeChat's number of the sub-order.
    SubId: "子单微信支付单号", "transaction_id", ["子单订单号", "子单号", "微信支付单号", "sub_transaction_id"];
    /// The merchant number of the sub-order.
    SubMchid: "子单商户号", "mchid", ["商户号", "sub_mchid"];
    /// The shop's number of the sub-order.
    SubTradeNo: "子单商户订单号", "out_trade_no", ["子单商户单号", "商户订单号", "sub_out_trade_no"];
    /// The number under which the shop shows the order.
    MerchantOrderNo: "店铺订单编号", "merchant_order_no", ["商家订单编号", "商户交易订单号", "店铺订单号"];
    /// Path of the order's page.
    OrderPath: "订单页路径", "order page path", ["订单详情页路径", "order_path"];
    /// Address of the order's page.
    OrderUrl: "订单页网址", "order page url", ["订单详情页网址", "order_url"];
    /// AppID of the order's page.
    OrderAppid: "订单页AppID", "order page appid", ["订单页小程序appid", "order_appid"];
    /// How it reaches the buyer.
    Logistics: "物流形式", "logistics_type", ["配送方式", "物流类型"];
    /// The shop's number of an item; in shipping the items of a parcel.
    ItemId: "商品编号", "merchant_item_id", ["商品id", "商户侧商品id", "包裹内商品编号", "item_id"];
    /// Name of an item.
    Name: "商品名称", "name", ["品名", "商品"];
    /// Description of an item.
    Description: "商品描述", "description", ["商品规格", "描述"];
    /// Price of an item in yuan.
    PriceYuan: "单价(元)", "unit_price (yuan)", ["单价", "商品单价", "unit_price_yuan"];
    /// Price of an item in fen.
    PriceFen: "单价(分)", "unit_price (fen)", ["unit_price", "unit_price_fen"];
    /// How many.
    Quantity: "数量", "quantity", ["商品数量", "件数"];
    /// Images of an item.
    Images: "商品图片网址", "image_url", ["商品图片", "图片网址", "图片", "image_urls"];
    /// Path of an item's page.
    ItemPath: "商品页路径", "item page path", ["商品详情页路径", "item_path"];
    /// Address of an item's page.
    ItemUrl: "商品页网址", "item page url", ["商品详情页网址", "item_url"];
    /// AppID of an item's page.
    ItemAppid: "商品页AppID", "item page appid", ["商品页小程序appid", "item_appid"];
    /// Unified or split.
    Mode: "发货模式", "delivery_mode", ["发货方式"];
    /// The courier.
    Courier: "快递公司", "express_company", ["物流公司", "承运商"];
    /// The tracking number.
    TrackingNo: "快递单号", "tracking_no", ["物流单号", "运单号"];
    /// The receiver's phone.
    Receiver: "收件人电话", "receiver_contact", ["收件人手机", "收件电话", "收货人电话", "收货人手机"];
    /// The sender's phone.
    Consignor: "寄件人电话", "consignor_contact", ["发件人电话", "寄件人手机", "发货人电话"];
}

/// A sample: its columns, and its rows with a bar between two cells.
type Sample = (&'static [Column], &'static [&'static str]);

const DETAILS: Sample = (
    &[
        Column::ParentId,
        Column::Openid,
        Column::SubId,
        Column::MerchantOrderNo,
        Column::OrderPath,
        Column::Logistics,
        Column::ItemId,
        Column::Name,
        Column::Description,
        Column::PriceYuan,
        Column::Quantity,
        Column::Images,
        Column::ItemPath,
    ],
    &[
        "4200000000202611210000000001|oUpF8uMuAJO_M2pxb1Q9zNjWeS6o|4200000000202611210000000011|DD20261121001|\
         pages/order/detail?id=1|1|SKU-001|明前龙井 250g|2026 春茶|128.00|2|\
         https://example.com/tea-1.png https://example.com/tea-2.png|pages/item/detail?id=1",
        "||||||SKU-002|白瓷盖碗||59.90|1|https://example.com/cup.png|pages/item/detail?id=2",
        "4200000000202611210000000001||4200000000202611210000000012|DD20261121002|pages/order/detail?id=2|1|SKU-003|\
         茶点礼盒||88|1|https://example.com/box.png|pages/item/detail?id=3",
    ],
);

const SHIP: Sample = (
    &[
        Column::ParentId,
        Column::Openid,
        Column::SubId,
        Column::Mode,
        Column::Courier,
        Column::TrackingNo,
        Column::ItemId,
        Column::Receiver,
    ],
    &[
        "4200000000202611210000000001|oUpF8uMuAJO_M2pxb1Q9zNjWeS6o|4200000000202611210000000011|2|ZTO|78000000000001|\
         SKU-001|",
        "||||SF|SF1000000000001|SKU-002|138****1234",
        "4200000000202611210000000001||4200000000202611210000000012|1|ZTO|78000000000002||",
    ],
);

const VERIFY: Sample = (
    &[Column::ParentId, Column::Openid],
    &["4200000000202611210000000001|oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"],
);

/// Headings and rows of a sample, in one of the two languages.
pub fn sample(call: ShoppingCall, chinese: bool) -> (Vec<String>, Vec<Vec<String>>) {
    let (columns, rows) = match call {
        ShoppingCall::Details => DETAILS,
        ShoppingCall::Ship => SHIP,
        ShoppingCall::Verify => VERIFY,
    };
    let heading = |column: &Column| {
        let [zh, en] = column.headings();
        String::from(if chinese { zh } else { en })
    };
    let rows = rows.iter().map(|row| row.split('|').map(str::to_owned).collect());
    (columns.iter().map(heading).collect(), rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_heading_means_two_columns_and_samples_are_tables() {
        let mut all: Vec<String> = Column::ALL
            .iter()
            .flat_map(|column| {
                column
                    .headings()
                    .into_iter()
                    .chain(column.others().iter().copied())
            })
            .map(str::to_lowercase)
            .collect();
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
        for call in ShoppingCall::ALL {
            for chinese in [true, false] {
                let (headings, rows) = sample(call, chinese);
                assert!(!rows.is_empty() && rows.iter().all(|row| row.len() == headings.len()));
            }
        }
    }
}
