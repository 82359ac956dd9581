//! Couriers from what a file says to what is sent: spellings of the wild, and whatever else a cell may hold.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::format_push_string,
    missing_docs,
    reason = "tests say it by failing"
)]

use std::collections::HashMap;
use std::sync::Arc;

use fahuo::domain::{
    CourierList, Fen, FileRow, ImportedFile, Known, OpenId, Order, OrderAnswer, OrderState, PlanOptions,
    PlannedShipment, ProblemKind, Shipping, Timestamp, TransactionId, plan,
};
use fahuo::import::{ReadOptions, built_in_couriers, read_bytes};
use proptest::prelude::*;

/// Ids, and how people, programs and other lists write them; `|` stands between spellings.
const SPELLINGS: &[(&str, &str)] = &[
    (
        "SF",
        "顺丰|顺丰速运|顺丰快递|顺丰标快|顺丰特快|SF|sf|ＳＦ|顺丰 速运|顺丰速运有限公司|顺丰速运（杭州）|順豐速運|SF Express|SF顺丰|顺丰速递|顺风快递|'顺丰|顺丰\u{200b}速运",
    ),
    (
        "ZTO",
        "中通|中通快递|中通速递|ZTO|zto|中通快递股份有限公司|中通快递-西湖店|中通速运|中通快遞|ZTO Express|中通 快递|\u{3000}中通快递",
    ),
    (
        "YTO",
        "圆通|圆通速递|圆通快递|YTO|圆通速递有限公司|圓通速遞|园通快递|圆通速运|Yto|圆通（杭州）",
    ),
    (
        "STO",
        "申通|申通快递|申通E物流|STO|申通e物流|申通速递|申通快递有限公司|申通快遞|STO Express",
    ),
    (
        "YD",
        "韵达|韵达速递|韵达快递|YD|韻達快遞|韵达速运|韵达快递【杭州】|yd",
    ),
    (
        "JTSD",
        "极兔|极兔速递|极兔快递|J&T|JTSD|J&T Express|极兔速运|極兔速遞|j&t|J＆T",
    ),
    (
        "JD",
        "京东|京东快递|京东物流|JD|京东配送|京東快遞|jd|京东快递（自营）",
    ),
    (
        "YZPY",
        "邮政快递包裹|邮政包裹|邮政小包|YZPY|中国邮政快递包裹|邮政快包|邮政国内小包",
    ),
    (
        "EMS",
        "EMS|邮政EMS|中国邮政速递物流|ems|EMS速递|邮政特快专递|中国邮政EMS|ＥＭＳ",
    ),
    ("YZBK", "邮政标准快递|YZBK|邮政国内标快"),
    (
        "DBL",
        "德邦|德邦快递|德邦物流|DBL|德邦快递有限公司|德邦大件快递|德邦快遞",
    ),
    ("DBLKY", "德邦快运|DBLKY"),
    ("HTKY", "百世快递|百世汇通|HTKY|汇通快递|百世快遞"),
    ("BTWL", "百世快运|BTWL|百世物流"),
    ("HHTT", "天天快递|天天|HHTT|天天速递"),
    ("UC", "优速快递|优速|UC|优速物流"),
    ("ZJS", "宅急送|宅急送快递|ZJS"),
    ("KYSY", "跨越速运|跨越|KYSY|跨越速运集团有限公司|跨越物流"),
    ("ZTOKY", "中通快运|ZTOKY"),
    ("YDKY", "韵达快运|YDKY"),
    ("ANEKY", "安能快运|ANEKY"),
    ("SXJD", "顺心捷达|SXJD|顺心捷达快运"),
    ("YMDD", "壹米滴答|一米滴答|YMDD"),
    ("DHL", "DHL|DHL快递|敦豪|中外运敦豪"),
    ("UPS", "UPS|UPS快递"),
    ("SNWL", "苏宁物流|苏宁快递"),
    ("RRS", "日日顺|日日顺物流"),
    ("JGSD", "京广速递|京广"),
    ("CND", "承诺达|圆通承诺达"),
    ("FEDEX", "联邦快递(国内件)"),
    ("XGYZ", "香港邮政"),
];

/// Codes of other systems, which are translated with a note.
const CODES: &[(&str, &str)] = &[
    ("YUNDA", "YD"),
    ("yunda", "YD"),
    ("DBKD", "DBL"),
    ("JT", "JTSD"),
    ("jtexpress", "JTSD"),
    ("BEST", "HTKY"),
    ("shunfeng", "SF"),
    ("zhongtong", "ZTO"),
    ("yuantong", "YTO"),
    ("shentong", "STO"),
    ("youzhengguonei", "YZPY"),
    ("youzhengbk", "YZBK"),
    ("debangkuaidi", "DBL"),
];

fn read(cells: &[String], couriers: &CourierList) -> ImportedFile {
    let mut text = String::from("订单号,快递公司,快递单号,商品,手机\n");
    for (row, cell) in cells.iter().enumerate() {
        let cell = cell.replace('"', "\"\"");
        text += &format!("S{row},\"{cell}\",9876543210{row:04},茶叶,13812341234\n");
    }
    read_bytes("x.csv", text.as_bytes(), &ReadOptions::new(couriers))
}

#[test]
fn every_spelling_means_its_courier() {
    let list = built_in_couriers();
    let table: Vec<(String, &str)> = SPELLINGS
        .iter()
        .flat_map(|(id, words)| words.split('|').map(|word| (word.to_owned(), *id)))
        .collect();
    assert!(table.len() >= 120, "{}", table.len());
    let words: Vec<String> = table.iter().map(|(word, _)| word.clone()).collect();
    let file = read(&words, &list);
    for (row, (word, id)) in file.rows.iter().zip(&table) {
        assert_eq!(row.parcels[0].courier.as_deref(), Some(*id), "{word} {row:?}");
        assert!(row.problems.is_empty(), "{word} {row:?}");
    }
}

#[test]
fn a_code_of_another_system_is_translated_and_told() {
    let words: Vec<String> = CODES.iter().map(|(code, _)| (*code).to_owned()).collect();
    let file = read(&words, &built_in_couriers());
    for (row, (code, id)) in file.rows.iter().zip(CODES) {
        assert_eq!(row.parcels[0].courier.as_deref(), Some(*id), "{code}");
        let told = ProblemKind::CourierTranslated { id: (*id).to_owned() };
        assert_eq!((row.problems.len(), &row.problems[0].what), (1, &told), "{code}");
        assert!(!row.problems[0].blocks());
    }
}

#[test]
fn an_unknown_courier_blocks_and_five_of_the_list_are_offered() {
    let list = built_in_couriers();
    let words = [
        "飞鸽传书",
        "顺疯",
        "菜鸟",
        "丹鸟",
        "中国邮政",
        "快递",
        "物流",
        "顺丰/中通",
        "自提",
        "123",
        "X",
        "中通的快递",
        "圆通或者韵达",
    ];
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let file = read(&words, &list);
    for (row, word) in file.rows.iter().zip(&words) {
        assert_eq!(row.parcels[0].courier, None, "{word}");
        let problem = row.problems.iter().find(|p| p.blocks()).unwrap();
        let ProblemKind::UnknownCourier { nearest } = &problem.what else {
            panic!("{word} {problem:?}")
        };
        assert_eq!(nearest.len(), 5, "{word}");
        assert!(
            nearest.iter().all(|id| list.get(id).is_some()),
            "{word} {nearest:?}"
        );
        assert_eq!(
            (problem.column, problem.value.as_deref()),
            (Some(1), Some(word.as_str()))
        );
    }
}

/// What would be sent when every order is known.
fn shipments(rows: &[FileRow], couriers: &CourierList) -> Vec<PlannedShipment> {
    let keys: Vec<_> = rows.iter().filter_map(FileRow::lookup_key).collect();
    let answers: HashMap<_, _> = keys
        .into_iter()
        .enumerate()
        .map(|(n, key)| {
            let order = Order {
                transaction_id: TransactionId::parse(&format!("42000009252021012849977{n:05}")).unwrap(),
                mchid: "1".into(),
                out_trade_no: key.number.clone(),
                sub_mchid: String::new(),
                description: "茶叶".into(),
                paid_amount: Fen(1),
                openid: OpenId::default(),
                pay_time: Timestamp::from_secs(1_784_000_000),
                state: OrderState::ToShip,
                in_complaint: false,
                shipping: Shipping::default(),
            };
            (key, OrderAnswer::Found(Arc::new(order)))
        })
        .collect();
    let known = Known {
        orders: &|number| answers.get(number).cloned(),
        names_an_order: &|_| false,
        journal: &HashMap::new(),
        columns: &[],
        couriers,
        options: &PlanOptions::default(),
        now: Timestamp::from_secs(1_784_000_100),
    };
    plan(rows, &known).shipments
}

#[test]
fn what_is_understood_is_what_would_be_sent() {
    let list = built_in_couriers();
    let words = ["顺丰".to_owned(), "YUNDA".to_owned(), "飞鸽".to_owned()];
    let file = read(&words, &list);
    let sent = shipments(&file.rows, &list);
    let ids: Vec<&str> = sent
        .iter()
        .map(|s| s.intent.parcels()[0].courier.as_str())
        .collect();
    assert_eq!(ids, ["SF", "YD"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_id_outside_the_list_is_ever_sent(
        cells in prop::collection::vec(
            prop_oneof![
                "\\PC{0,12}",
                "(顺丰|中通|圆通|韵达|极兔|京东|邮政|EMS|德邦|SF|YUNDA|DBKD|快递|速运|物流|公司|（|）|-|;|/| ){1,5}",
                "[A-Z0-9_&]{1,8}",
            ],
            1..60,
        ),
        kept in prop::collection::vec(any::<bool>(), 200),
    ) {
        // The live list of an account may have any part of the built-in one.
        let all = built_in_couriers();
        let live = CourierList::new(all.iter().zip(&kept).filter(|(_, kept)| **kept).map(|((id, name), _)| {
            fahuo::domain::Courier { id: id.to_owned(), name: name.to_owned() }
        }));
        let file = read(&cells, &live);
        for row in &file.rows {
            for parcel in &row.parcels {
                let known = parcel.courier.as_ref().is_none_or(|id| live.get(id).is_some());
                prop_assert!(known, "{row:?}");
            }
        }
        for shipment in shipments(&file.rows, &live) {
            for parcel in shipment.intent.parcels() {
                prop_assert!(live.get(parcel.courier.as_str()).is_some(), "{shipment:?}");
            }
        }
    }
}
