//! The sets of headings that were seen in the wild, and what stands in each column. Behind the heading: `w` WeChat's
//! number, `s` the shop's, `n` the tracking number, `c` the courier's name, `k` its code, `g` goods, `q` quantity,
//! `p` the receiver's phone, `m` the merchant number, `i` a number of the system that wrote the file, `d` a date,
//! `a` an address, `t` another text, `-` nothing.

/// (where from, headings).
pub const SETS: &[(&str, &str)] = &[
    (
        "WeChat's back office",
        "交易单号=w 商户单号=s 商户号=m 发货方式=- 发货模式=- 快递公司=c 快递单号（多个快递单使用;分隔）=n 是否完成发货=- 是否重新发货=- 商品信息=g",
    ),
    (
        "CRMEB",
        "订单ID=i 订单号=s 快递名称=c 快递编码=k 快递单号=n 收货人姓名=t 收货人电话=p 收货地址=a 商品信息=g 实际支付=i 用户备注=t",
    ),
    ("likeshop", "订单编号=s 快递公司名称=c 快递单号=n"),
    (
        "likeshop failures",
        "订单编号=s 快递公司名称=c 快递单号=n 失败原因=t",
    ),
    (
        "mall4j with tracking",
        "订单编号=s 收件人=t 手机=p 收货地址=a 商品名称=g 数量=q 发件人姓名=t 发件人手机号=- 发货地址=a 备注=t 快递公司=c 快递单号=n",
    ),
    (
        "Taobao style",
        "订单编号=s 买家会员名=t 买家支付宝账号=t 收货人姓名=t 收货地址=a 运送方式=- 联系电话=- 联系手机=p 订单创建时间=d 订单付款时间=d 宝贝标题=g 宝贝种类=i 物流单号=n 物流公司=c 订单备注=t 宝贝总数量=i",
    ),
    (
        "distributor",
        "订单号=s 会员名称=t 商品名称=g 商品ID=i 订单商品ID=i 可发货数量=q 收货人姓名=t 收货人手机号=p 收货人地址=a 下单时间=d 物流状态=t 物流公司=c 物流单号=n",
    ),
    (
        "WMS",
        "序号=i 订单日期=d 订单号=s 快递公司=c 运单号=n 收件人=t 联系方式=p 联系地址=a",
    ),
    ("two columns", "订单号=s 物流单号=n"),
    ("two columns of WeChat's numbers", "订单号=w 物流单号=n"),
    ("three columns with codes", "订单编号=s 快递公司编码=k 快递单号=n"),
    (
        "template with a remark",
        "订单编号=s 快递公司=c 快递单号=n 备注（选填）=t",
    ),
    (
        "another tool's result",
        "商户订单号=s 物流公司=c 物流单号=n 处理状态=t 异常原因=t",
    ),
    (
        "WooCommerce",
        "order_no=s tracking_provider=c tracking_number=n date_shipped=d status_shipped=i sku=g qty=q",
    ),
    (
        "an ERP with three numbers",
        "内部订单号=i 线上订单号=s 快递公司=c 快递单号=n 商品编码=i 商品名称=g 数量=q",
    ),
    (
        "a store platform",
        "主订单编号=s 子订单编号=i 选购商品=g 商品数量=q 收件人=t 收件人手机号=p 快递公司=c 快递单号=n",
    ),
    (
        "a warehouse's own words",
        "原始单号=s 物流公司=c 物流单号=n 货品名称=g 实发数量=q 仓库=t",
    ),
    ("Taiwan", "訂單編號=s 快遞公司=c 快遞單號=n 備註=t"),
    ("starred", "*订单号=s *快递公司=c *快递单号=n 商品=g"),
    (
        "bracketed",
        "【必填】订单编号=s 【必填】物流公司=c 【必填】运单号码=n",
    ),
    (
        "English",
        "Order Number=s Carrier=c Tracking Number=n Product=g Quantity=q Phone=p",
    ),
    (
        "payment number only",
        "微信支付单号=w 承运商=c 运单编号=n 品名=g 件数=q",
    ),
    (
        "both numbers, courier last",
        "微信订单号=w 商户订单号=s 物流单号=n 物流公司=c",
    ),
    (
        "pay bill with parcels",
        "交易时间=d 商户号=m 微信订单号=w 商户订单号=s 商品名称=g 快递公司=c 快递单号=n",
    ),
    (
        "many phones",
        "平台订单号=s 收件人=t 收件人手机=p 收件人电话=- 寄件人手机=- 承运公司=c 面单号=n",
    ),
    (
        "a courier's own export",
        "客户订单号=s 运单号=n 寄件时间=d 收件人=t 收件人电话=p 托寄物=g 物流产品=t 快递公司=c",
    ),
    (
        "shipping prefix on every heading",
        "发货订单号=s 发货快递公司=c 发货快递单号=n 发货商品=g 发货数量=q",
    ),
];
