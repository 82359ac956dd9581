//! The courier list of the pretend WeChat: the carriers of the documents and made-up ones up to a live list's size.
//!
//! Separate because it is data; the live list has about 1,400 entries, and a client must cope with that many.

/// How many entries the list has.
pub const COUNT: usize = 1_400;

/// The carriers the documents name: `delivery_id` and `delivery_name`.
pub const KNOWN: &[(&str, &str)] = &[
    ("SF", "顺丰速运"),
    ("ZTO", "中通快递"),
    ("YTO", "圆通速递"),
    ("YD", "韵达速递"),
    ("STO", "申通快递"),
    ("JTSD", "极兔速递"),
    ("DHL", "DHL"),
    ("BDT", "八达通"),
    ("A4PX", "转运四方"),
    ("AAE", "AAE全球专递"),
    ("ACS", "ACS雅仕快递"),
    ("ABGJ", "澳邦国际"),
    ("007EX", "俄顺达"),
    ("138SD", "泰国138快递"),
    ("139EXPRESS", "139快递"),
    ("8DT", "永利八达通"),
    ("360ZEBRA", "斑马物联网"),
    ("360LION", "纬狮物联网"),
    ("EMS", "EMS"),
    ("YZPY", "邮政快递包裹"),
    ("JD", "京东快递"),
    ("DBL", "德邦快递"),
    ("HTKY", "百世快递"),
    ("ZJS", "宅急送"),
    ("ANE", "安能物流"),
    ("JDKY", "京东快运"),
    ("HHTT", "天天快递"),
    ("UC", "优速快递"),
    ("YZBK", "邮政国内标快"),
    ("EMSGJ", "EMS国际"),
    ("GJYZ", "国际邮政包裹"),
    ("GJEYB", "国际e邮宝"),
    ("ZTOKY", "中通快运"),
    ("YDKY", "韵达快运"),
    ("ANEKY", "安能快运"),
    ("DBLKY", "德邦快运"),
    ("BTWL", "百世快运"),
    ("KYSY", "跨越速运"),
    ("SXJD", "顺心捷达"),
    ("YMDD", "壹米滴答"),
    ("CND", "承诺达"),
    ("PJ", "品骏快递"),
    ("SNWL", "苏宁物流"),
    ("RRS", "日日顺物流"),
    ("SURE", "速尔快递"),
    ("GTO", "国通快递"),
    ("JGSD", "京广速递"),
    ("XFEX", "信丰物流"),
    ("JYM", "加运美"),
    ("JIUYE", "九曳供应链"),
    ("LB", "龙邦快递"),
    ("LHT", "联昊通速递"),
    ("HOAU", "天地华宇"),
    ("DSWL", "D速物流"),
    ("DTWL", "大田物流"),
    ("DEKUN", "德坤"),
    ("JYWL", "佳怡物流"),
    ("SFWL", "盛丰物流"),
    ("SBWL", "晟邦物流"),
    ("YCWL", "远成物流"),
    ("ZTKY", "中铁快运"),
    ("ZTWL", "中铁物流"),
    ("ZYKD", "中邮快递"),
    ("MHKD", "民航快递"),
    ("NEDA", "能达速递"),
    ("UAPEX", "全一快递"),
    ("RFD", "如风达"),
    ("QRT", "全日通快递"),
    ("QCKD", "全晨快递"),
    ("HYLSD", "好来运快递"),
    ("HFWL", "汇丰物流"),
    ("HGLL", "黑狗冷链"),
    ("AXD", "安鲜达"),
    ("WTP", "微特派"),
    ("COE", "COE东方快递"),
    ("CNPEX", "CNPEX中邮快递"),
    ("CITY100", "城市100"),
    ("CJKD", "城际快递"),
    ("EWE", "EWE"),
    ("UEQ", "UEQ Express"),
    ("JLDT", "嘉里国际"),
    ("LHKDS", "联合快递"),
    ("FEDEX", "FEDEX联邦(国内件)"),
    ("FEDEX_GJ", "FEDEX联邦(国际件)"),
    ("UPS", "UPS"),
    ("TNT", "TNT快递"),
    ("DPD", "DPD"),
    ("GLS", "GLS"),
    ("ARAMEX", "Aramex"),
    ("USPS", "USPS美国邮政"),
    ("XGYZ", "香港邮政"),
    ("AOMENYZ", "澳门邮政"),
    ("TAIWANYZ", "台湾邮政"),
    ("JP", "日本邮政"),
    ("YAMA", "日本大和运输"),
    ("OCS", "OCS"),
    ("CDEK", "CDEK"),
    ("AMAZON", "亚马逊物流"),
];

/// Places of made-up carriers, with the letters of their codes.
const PLACES: &[(&str, &str)] = &[
    ("北京", "BJ"),
    ("上海", "SH"),
    ("广州", "GZ"),
    ("深圳", "SZ"),
    ("杭州", "HZ"),
    ("南京", "NJ"),
    ("苏州", "SUZ"),
    ("宁波", "NB"),
    ("温州", "WZ"),
    ("义乌", "YW"),
    ("金华", "JH"),
    ("台州", "TZ"),
    ("嘉兴", "JX"),
    ("绍兴", "SX"),
    ("合肥", "HF"),
    ("武汉", "WH"),
    ("长沙", "CS"),
    ("南昌", "NC"),
    ("福州", "FZ"),
    ("厦门", "XM"),
    ("泉州", "QZ"),
    ("成都", "CD"),
    ("重庆", "CQ"),
    ("昆明", "KM"),
    ("贵阳", "GY"),
    ("南宁", "NN"),
    ("海口", "HK"),
    ("西安", "XA"),
    ("兰州", "LZ"),
    ("西宁", "XN"),
    ("银川", "YC"),
    ("乌鲁木齐", "WLMQ"),
    ("拉萨", "LS"),
    ("沈阳", "SY"),
    ("大连", "DL"),
    ("长春", "CC"),
    ("哈尔滨", "HEB"),
    ("天津", "TJ"),
    ("石家庄", "SJZ"),
    ("太原", "TY"),
    ("呼和浩特", "HHHT"),
    ("济南", "JN"),
    ("青岛", "QD"),
    ("烟台", "YT"),
    ("临沂", "LY"),
    ("郑州", "ZZ"),
    ("洛阳", "LUY"),
    ("无锡", "WX"),
    ("常州", "CZ"),
    ("徐州", "XZ"),
    ("佛山", "FS"),
    ("东莞", "DG"),
    ("中山", "ZS"),
    ("珠海", "ZH"),
    ("汕头", "ST"),
];

/// Kinds of made-up carriers, with the letters of their codes.
const KINDS: &[(&str, &str)] = &[
    ("速递", "SD"),
    ("快运", "KY"),
    ("物流", "WL"),
    ("货运", "HY"),
    ("专线", "ZX"),
    ("同城", "TC"),
    ("冷链", "LL"),
    ("供应链", "GYL"),
    ("国际", "GJ"),
    ("快线", "KX"),
    ("配送", "PS"),
    ("捷运", "JY"),
    ("通达", "TD"),
    ("顺达", "SHD"),
    ("飞马", "FM"),
    ("安迅", "AX"),
    ("联运", "LIY"),
    ("大件", "DJ"),
    ("跨境", "KJ"),
    ("宅配", "ZP"),
    ("城配", "CP"),
    ("驿站", "YZ"),
    ("万里", "WAL"),
    ("恒通", "HT"),
    ("远航", "YH"),
    ("鑫达", "XD"),
];

/// The whole list, the known carriers first.
pub fn all() -> Vec<(String, String)> {
    let known = KNOWN
        .iter()
        .map(|(id, name)| ((*id).to_owned(), (*name).to_owned()));
    let made_up = KINDS.iter().flat_map(|(kind, kind_id)| {
        PLACES
            .iter()
            .map(move |(place, place_id)| (format!("{place_id}_{kind_id}"), format!("{place}{kind}")))
    });
    known.chain(made_up).take(COUNT).collect()
}

/// Whether a `delivery_id` is in the list.
pub fn is_known(delivery_id: &str) -> bool {
    KNOWN.iter().any(|(id, _)| *id == delivery_id) || all().iter().any(|(id, _)| id == delivery_id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_list_has_a_live_lists_size_and_no_code_twice() {
        let list = all();
        assert_eq!(list.len(), COUNT);
        let ids: BTreeSet<&String> = list.iter().map(|(id, _)| id).collect();
        assert_eq!(ids.len(), COUNT);
        assert!(is_known("SF") && is_known("HZ_SD") && !is_known("YUNDA"));
    }
}
