//! The headings that files carry and what each stands for. Apart, because it is data that grows with every new
//! warehouse, and nothing else should have to change for that.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::Field;

use super::clean::folded;

/// What a heading stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A field, and how specific the heading is: 0 says exactly this, more is vaguer.
    Is(Field, u8),
    /// A number of the system that wrote the file: no key that WeChat knows.
    Internal,
    /// Seen in such files, not used.
    Other,
}

impl Role {
    /// How much it says that a row is a header.
    pub(super) fn weight(self) -> u32 {
        match self {
            Self::Is(Field::TransactionId | Field::OutTradeNo | Field::TrackingNo | Field::Courier, _) => 3,
            Self::Is(..) => 2,
            Self::Internal | Self::Other => 1,
        }
    }
}

/// Every heading in the form that [`normal`] gives it.
const HEADINGS: &[(Role, &str)] = &[
    (
        Role::Is(Field::TransactionId, 0),
        "交易单号 微信交易单号 微信支付单号 微信支付订单号 微信支付交易单号 微信订单号 微信单号 \
         transaction_id transactionid",
    ),
    (
        // May be the number of another payment channel.
        Role::Is(Field::TransactionId, 1),
        "支付单号 支付号 支付流水号 支付交易号 原支付单号 交易流水号 交易号",
    ),
    (
        Role::Is(Field::OutTradeNo, 0),
        "商户单号 商户订单号 商户交易单号 out_trade_no outtradeno merchant_trade_no",
    ),
    (
        Role::Is(Field::OutTradeNo, 1),
        "线上订单号 线上单号 平台单号 平台订单号 平台订单编号 渠道订单号 渠道单号 原始单号 \
         原始订单号 外部单号 外部订单号 店铺订单号 店铺单号 商城订单号 来源单号 网店订单号",
    ),
    (
        Role::Is(Field::OutTradeNo, 2),
        "主订单号 主订单编号 主单号 父订单号",
    ),
    (
        Role::Is(Field::OutTradeNo, 3),
        "订单号 订单编号 订单号码 订单单号 訂單號 訂單編號 order_no order_sn orderno ordersn \
         order_number ordernumber orderno. order ordernum",
    ),
    (
        Role::Internal,
        "订单id 内部订单号 内部单号 编号 序号 子订单编号 子订单号 子订单id 订单商品id 拆单号 \
         发货单号 发货单编号 出库单号 包裹号 包裹编号 系统单号 系统订单号 order_id orderid id no. \
         no 行号 商品id 拣货单号 波次号 波次单号 售后单号 退款单号 微信退款单号 商户退款单号",
    ),
    (
        Role::Is(Field::Mchid, 0),
        "特约商户号 子商户号 二级商户号 sub_mchid",
    ),
    (
        Role::Is(Field::Mchid, 1),
        "商户号 微信商户号 微信支付商户号 收款商户号 mchid mch_id merchant_id",
    ),
    (
        Role::Is(Field::TrackingNo, 0),
        "快递单号 快递单号码 快递编号 快递运单号 运单号 运单号码 运单编号 物流单号 物流编号 \
         物流运单号 物流单号码 物流号 快递号 快递号码 快件号 快件单号 快件编号 快遞單號 運單號 \
         物流單號 tracking_number trackingnumber tracking_no trackingno tracking waybill \
         waybill_no waybillno express_no logistics_no trackingid trackingnum waybillnumber expressno \
         expressnumber logisticsno logisticsnumber shipmentno consignmentno awb",
    ),
    (
        Role::Is(Field::TrackingNo, 1),
        "面单号 电子面单号 母单号 主运单号 条形码 快递信息 物流信息",
    ),
    (
        Role::Is(Field::Courier, 0),
        "快递公司 快递公司名称 快递名称 快递 物流公司 物流公司名称 物流名称 物流 承运商 承运公司 \
         承运商名称 承运人 快递种类 快递类型 配送公司 快递商 快遞公司 物流公司名 快递公司名 \
         tracking_provider trackingprovider carrier courier express_company express \
         logistics_company expresscompany expressname logisticscompany logisticsname couriername \
         carriername couriercompany shippingcompany shippingcarrier",
    ),
    (
        Role::Is(Field::Courier, 1),
        "快递编码 快递公司编码 物流公司编码 物流编码 快递代码 快递公司代码 物流公司代码 \
         承运商编码 delivery_id express_code",
    ),
    (
        Role::Is(Field::ItemDesc, 0),
        "商品信息 商品明细 商品详情 货品信息 商品清单 item_desc 发货商品",
    ),
    (
        Role::Is(Field::ItemDesc, 1),
        "商品名称 商品 商品名 选购商品 宝贝标题 宝贝名称 货品名称 货品 品名 产品名称 产品 \
         物品名称 物品 托寄物 商品标题 goods_name goods product_name product",
    ),
    (Role::Is(Field::ItemDesc, 2), "sku 商品规格名称 内件品名 内件"),
    (
        Role::Is(Field::Quantity, 0),
        "实发数量 发货数量 可发货数量 数量 商品数量 购买数量 下单数量 件数 商品件数 宝贝数量 \
         quantity qty num",
    ),
    (
        Role::Is(Field::ReceiverContact, 0),
        "收件人手机 收件人手机号 收件人手机号码 收货人手机 收货人手机号 收货人手机号码 收货手机 \
         收货手机号 收货人电话 收货电话 收件人电话 收件电话 收件人联系方式 收货人联系方式 \
         收件人联系电话 收货人联系电话 收件手机 收件手机号 买家手机号 收件人手机/电话 \
         receiver_contact receiver_phone receiver_mobile receiverphone receiver'sphone receiver’sphone \
         receivermobile receiver'smobile receiver_tel receivertel recipientphone recipient_phone \
         consigneephone",
    ),
    (
        Role::Is(Field::ReceiverContact, 1),
        "联系手机 联系电话 联系方式 联系人电话 联系人手机 手机 手机号 手机号码 电话 电话号码 \
         会员手机 用户手机 用户手机号 phone mobile tel telephone",
    ),
    (
        Role::Is(Field::ConsignorContact, 0),
        "发件人手机号 发件人手机 发件人手机号码 发件人电话 发件电话 发件人联系方式 寄件人手机 \
         寄件人手机号 寄件人电话 寄件电话 发货人手机 发货人手机号 发货人电话 consignor_contact \
         sender_phone senderphone sender'sphone sender’sphone",
    ),
    (
        Role::Is(Field::ReceiverName, 0),
        "收件人 收货人 收货人姓名 收件人姓名 收货姓名 收件姓名 联系人 收货人名称 receiver_name \
         consignee",
    ),
    (
        Role::Is(Field::ReceiverAddress, 0),
        "收货地址 收件地址 收货人地址 收件人地址 收货人详细地址 收件人详细地址 详细地址 地址 \
         联系地址 address",
    ),
    (
        Role::Is(Field::ShipTime, 0),
        "发货时间 发货日期 寄件时间 寄件日期 揽收时间 出库时间 出库日期 date_shipped ship_time",
    ),
    (
        Role::Is(Field::LogisticsType, 0),
        "发货方式 配送方式 发货类型 物流类型 物流方式 运送方式 logistics_type",
    ),
    (Role::Is(Field::DeliveryMode, 0), "发货模式 delivery_mode"),
    (
        Role::Is(Field::AllDelivered, 0),
        "是否完成发货 是否全部发货 是否发货完成 发货完成 is_all_delivered",
    ),
    (Role::Is(Field::Reship, 0), "是否重新发货 重新发货"),
    (
        Role::Other,
        "备注 用户备注 买家备注 卖家备注 商家备注 买家留言 客户备注 订单备注 留言 订单日期 \
         下单时间 订单创建时间 订单付款时间 付款时间 支付时间 交易时间 创建时间 会员名称 \
         买家会员名 买家支付宝账号 用户名 昵称 买家昵称 实际支付 实付金额 订单金额 总金额 \
         应结订单金额 运费 金额 单价 价格 订单状态 交易状态 物流状态 发货状态 处理状态 状态 \
         异常原因 失败原因 原因 结果 规格 商品规格 商品编码 商品货号 货号 商家编码 重量 物流产品 \
         产品类型 省 市 区 省市区 邮编 发件人 发件人姓名 寄件人 发货人 发货地址 发件地址 寄件地址 \
         发件人地址 仓库 发货仓库 店铺 店铺名称 公众账号id 设备号 用户标识 openid 交易类型 \
         付款银行 货币种类 代金券金额 退款金额 充值券退款金额 退款类型 退款状态 商户数据包 手续费 \
         费率 申请退款金额 费率备注 宝贝种类 宝贝总数量 status_shipped remark note status",
    ),
];

/// A heading without notes in brackets, stars and blanks, ready to be compared.
pub(super) fn normal(heading: &str) -> String {
    let word = folded(heading);
    let mut out = String::with_capacity(word.len());
    let mut depth: u32 = 0;
    for c in word.chars() {
        match c {
            '(' | '[' | '【' | '<' | '〔' => depth = depth.saturating_add(1),
            ')' | ']' | '】' | '>' | '〕' => depth = depth.saturating_sub(1),
            '*' | ':' | '★' | '"' => {}
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// A heading of a column that we add to files of results, in either language.
pub(super) fn is_ours(heading: &str) -> bool {
    let word = folded(heading);
    word.starts_with("发货台") || word.starts_with("fahuo")
}

/// The heading of the column that we add with the number of the row.
pub(super) fn is_our_row(heading: &str) -> bool {
    ["发货台行号", "fahuorow"].contains(&folded(heading).as_str())
}

/// What a heading stands for; `None` when it was never seen before.
pub(super) fn role(heading: &str) -> Option<Role> {
    let word = normal(heading);
    if word.is_empty() {
        return None;
    }
    if is_ours(heading) {
        return Some(Role::Other);
    }
    exactly(&word)
        .or_else(|| word.split(['/', '|', '、']).find_map(exactly))
        .or_else(|| qualified(&word))
        .or_else(|| numbered(&word))
}

/// The first, second, third parcel of a row: `快递单号2`, `快递公司二`.
fn numbered(word: &str) -> Option<Role> {
    let (stem, _) = counted(word)?;
    match exactly(stem)? {
        Role::Is(field @ (Field::TrackingNo | Field::Courier), rank) => {
            Some(Role::Is(field, rank.saturating_add(2)))
        }
        Role::Is(..) | Role::Internal | Role::Other => None,
    }
}

/// What a heading counts, and which of them it is: `快递单号2`, `快递单号（2）`, `快递单号二`. Without a number it is
/// the first.
pub(super) fn nth(heading: &str) -> Option<(String, u32)> {
    let word = folded(heading);
    let word = word.trim_matches(['*', ':']);
    let inside = word.strip_suffix(')').and_then(|rest| {
        let (stem, number) = rest.rsplit_once('(')?;
        Some((normal(stem), number.parse().ok()?))
    });
    if let Some(found) = inside.filter(|(stem, _)| !stem.is_empty()) {
        return Some(found);
    }
    let word = normal(heading);
    if exactly(&word).is_none()
        && let Some((stem, number)) = counted(&word)
    {
        return Some((stem.to_owned(), number));
    }
    (!word.is_empty()).then_some((word, 1))
}

/// A word that ends in a number of one or two digits, or in a Chinese one.
fn counted(word: &str) -> Option<(&str, u32)> {
    const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let stem = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = word.get(stem.len()..).unwrap_or_default();
    if (1..=2).contains(&number.len()) {
        return Some((stem.trim_end_matches(['_', '-']), number.parse().ok()?));
    }
    (1u32..)
        .zip(NUMERALS)
        .find_map(|(number, numeral)| Some((word.strip_suffix(numeral)?, number)))
}

/// A known heading behind words that say whose it is or when it was made: `发货快递单号`, `小程序订单号`. Only for
/// what the file is read for, and less specific than any heading that is known as a whole.
fn qualified(word: &str) -> Option<Role> {
    let mut rest = word;
    for step in 1..=2u8 {
        rest = QUALIFIERS
            .split_ascii_whitespace()
            .find_map(|qualifier| rest.strip_prefix(qualifier))
            .filter(|rest| !rest.is_empty())?;
        match exactly(rest) {
            Some(Role::Is(
                field @ (Field::TransactionId
                | Field::OutTradeNo
                | Field::TrackingNo
                | Field::Courier
                | Field::ItemDesc
                | Field::Quantity),
                rank,
            )) => return Some(Role::Is(field, rank.saturating_add(step.saturating_mul(4)))),
            Some(Role::Is(..) | Role::Internal | Role::Other) => return None,
            None => {}
        }
    }
    None
}

/// Words before a heading that do not change what it is for. Those that do (退货, 原, 子, 内部, 采购) are not here.
const QUALIFIERS: &str = "发货 出库 寄件 实际 客户 顾客 买家 卖家 商家 平台 店铺 商城 小程序 微信 线上 电商 网店 \
     第三方 配送 承运 物流 快递 发运 派送 本次 对应 关联 填写 国内 仓库 店家 用户 会员 外部 来源";

fn exactly(word: &str) -> Option<Role> {
    static ROLES: LazyLock<HashMap<&str, Role>> = LazyLock::new(|| {
        let pairs = HEADINGS.iter();
        pairs
            .flat_map(|(role, words)| words.split_ascii_whitespace().map(|word| (word, *role)))
            .collect()
    });
    ROLES.get(word).copied().or_else(|| {
        // `Tracking-No.`, `order #`
        let plain: String = word
            .chars()
            .filter(|c| !matches!(c, '_' | '-' | '.' | '#'))
            .collect();
        let shorter = word.is_ascii() && plain.len() < word.len();
        shorter.then(|| ROLES.get(plain.as_str()).copied()).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_heading_stands_for_two_things() {
        let mut seen = HashSet::new();
        for (role, words) in HEADINGS {
            for word in words.split_ascii_whitespace() {
                assert!(seen.insert(word), "{word} {role:?}");
                assert_eq!(normal(word), word, "never found as it is written");
            }
        }
    }

    #[test]
    fn headings_are_compared_without_their_dress() {
        let tracking = Some(Role::Is(Field::TrackingNo, 0));
        for heading in [
            "快递单号",
            "\u{feff}快递单号",
            " *快递单号 ",
            "快递单号（必填）",
            "快递单号（多个快递单使用;分隔）",
            "【必填】快递单号",
            "快递单号:",
            "快递 单号",
            "运单号/面单号",
            "Tracking_Number",
        ] {
            assert_eq!(role(heading), tracking, "{heading}");
        }
        assert_eq!(role("商品数量(件)"), Some(Role::Is(Field::Quantity, 0)));
        assert_eq!(role("备注（选填）"), Some(Role::Other));
        assert_eq!(role("订单ID"), Some(Role::Internal));
        assert_eq!(role(""), None);
        assert_eq!(role("（必填）"), None);
        assert_eq!(role("SF1234567890123"), None);
        for heading in [
            "发货快递单号",
            "仓库物流单号",
            "Tracking-No.",
            "tracking #",
            "Tracking ID",
        ] {
            let found = role(heading);
            assert!(
                matches!(found, Some(Role::Is(Field::TrackingNo, _))),
                "{heading} {found:?}"
            );
        }
        for heading in [
            "退货快递单号",
            "原快递单号",
            "采购订单号",
            "卖家手机",
            "顺丰快递",
            "德邦物流公司",
        ] {
            assert_eq!(role(heading), None, "{heading}");
        }
        assert_eq!(role("快递单号2"), Some(Role::Is(Field::TrackingNo, 2)));
        assert_eq!(role("物流公司二"), Some(Role::Is(Field::Courier, 2)));
        assert_eq!(role("订单号2"), None);
        assert_eq!(role("微信小程序订单号"), Some(Role::Is(Field::OutTradeNo, 11)));
    }

    #[test]
    fn headings_that_are_counted_tell_their_number() {
        for (heading, expected) in [
            ("快递单号", Some(("快递单号", 1))),
            ("快递单号1", Some(("快递单号", 1))),
            ("快递单号 2（选填）", Some(("快递单号", 2))),
            ("快递单号（3）", Some(("快递单号", 3))),
            ("快递单号二", Some(("快递单号", 2))),
            ("tracking_number_2", Some(("tracking_number", 2))),
            ("SF1234567890123", Some(("sf1234567890123", 1))),
            ("", None),
        ] {
            let expected = expected.map(|(stem, number)| (stem.to_owned(), number));
            assert_eq!(nth(heading), expected, "{heading}");
        }
    }
}
