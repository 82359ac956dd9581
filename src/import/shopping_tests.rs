//! Tables and JSON as staff and warehouses make them: what becomes of them, and what is told at which place.

use super::*;
use crate::domain::shopping::{
    FileFault, ShoppingContent, ShoppingFault, ShoppingField, ShoppingOrder, sample,
};
use crate::import::built_in_couriers;

const APPID: &str = "wx0123456789abcdef";

fn read(text: &str, call: ShoppingCall) -> ShoppingFile {
    let couriers = built_in_couriers();
    let rules = ShoppingRules {
        couriers: Some(&couriers),
        appid: APPID,
        max_parcels: 10,
    };
    read_shopping_text(text, call, &rules)
}

fn faults(file: &ShoppingFile) -> Vec<(FilePlace, FileFault)> {
    let all = file.orders.iter().flat_map(|order| &order.problems);
    all.map(|problem| (problem.at.clone(), problem.fault)).collect()
}

fn csv(headings: &[String], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| format!("\"{cell}\"")).collect();
        cells.join(",")
    };
    let lines: Vec<String> = std::iter::once(line(headings))
        .chain(rows.iter().map(|row| line(row)))
        .collect();
    lines.join("\r\n")
}

#[test]
fn each_sample_is_read_without_a_problem_in_both_languages() {
    for call in ShoppingCall::ALL {
        for chinese in [true, false] {
            let (headings, rows) = sample(call, chinese);
            let file = read(&csv(&headings, &rows), call);
            assert_eq!((file.trouble.clone(), faults(&file)), (None, vec![]), "{call:?}");
            assert_eq!((file.orders.len(), file.unknown.len()), (1, 0), "{call:?}");
        }
    }
}

#[test]
fn rows_of_one_order_stand_together_and_empty_cells_count_as_above() {
    let (headings, rows) = sample(ShoppingCall::Details, true);
    let file = read(&csv(&headings, &rows), ShoppingCall::Details);
    let ShoppingContent::Details(subs) = &file.orders[0].draft.content else {
        panic!("{file:?}");
    };
    assert_eq!(subs.iter().map(|sub| sub.items.len()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(subs[0].items[0].image_urls.len(), 2);
    assert_eq!(subs[0].link.appid, APPID);
    let order = file.orders[0].draft.check(&ShoppingRules::default());
    let Ok(ShoppingOrder::Details(details)) = order else {
        panic!("it is right");
    };
    assert_eq!(details.subs()[0].items[1].unit_price.0, 5_990);
}

#[test]
fn what_is_wrong_is_told_at_its_row() {
    let text = "合单微信支付单号,付款人openid,子单微信支付单号,店铺订单编号,订单页路径,商品编号,商品名称,单价,数量,商品图片,商品页网址,备注\n\
        4.2E+27,oA1,4201,D1,pages/a,S1,茶,12,1,https://a/1.png,https://a/1,x\n\
        4200,oA1,4201,D1,pages/a,S1,茶,12,1,https://a/1.png,https://a/1,\n\
        4200,oA2,4201,D2,pages/a,,茶,一,1,https://a/1.png https://a/2.png https://a/3.png https://a/4.png,https://a/1,\n";
    let file = read(text, ShoppingCall::Details);
    assert_eq!(file.unknown, ["备注"]);
    assert_eq!(file.orders.len(), 2);
    let field = |row, field, fault| (FilePlace::Row(row), FileFault::Field(field, fault));
    use ShoppingFault as Fault;
    use ShoppingField as Field;
    let found = faults(&file);
    for expected in [
        field(2, Field::TransactionId, Fault::Mangled),
        field(4, Field::Openid, Fault::RowsDiffer),
        field(4, Field::MerchantOrderNo, Fault::RowsDiffer),
        field(4, Field::ItemId, Fault::SomeIdsMissing),
        field(4, Field::UnitPrice, Fault::NotANumber),
        field(4, Field::Image, Fault::TooMany { most: 3 }),
    ] {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
    assert_eq!(found.len(), 6, "{found:?}");
}

#[test]
fn couriers_are_known_by_their_names_and_modes_follow_from_the_parcels() {
    let text = "合单号\topenid\t子单号\t快递公司\t快递单号\t商品编号\t收件人电话\n\
        4200\toA1\t4201\t中通快递\t7800001\tS1\t\n\
        \t\t\t顺丰\tSF1\tS2 S3\t138****1234\n\
        4200\toA1\t4202\t圆通\tYT2\t\t\n\
        4200\toA1\t4203\t大雁\tYT3\t\t\n";
    let file = read(text, ShoppingCall::Ship);
    let ShoppingContent::Ship(subs) = &file.orders[0].draft.content else {
        panic!("{file:?}");
    };
    use crate::domain::DeliveryMode::{Split, Unified};
    assert_eq!(
        subs.iter().map(|sub| sub.mode).collect::<Vec<_>>(),
        [Split, Unified, Unified]
    );
    assert_eq!(subs[0].parcels[0].courier, "ZTO");
    assert_eq!(subs[0].parcels[1].item_ids, ["S2", "S3"]);
    let unknown = FileFault::Field(ShoppingField::Courier, ShoppingFault::UnknownCourier);
    assert_eq!(faults(&file), [(FilePlace::Row(5), unknown)]);
}

#[test]
fn json_is_read_in_the_form_of_the_documents() {
    let key = |id: &str| format!(r#"{{"order_number_type":2,"transaction_id":"{id}"}}"#);
    let link = format!(r#"{{"type":"MINI_PROGRAM","appid":"{APPID}","path":"pages/a"}}"#);
    let order = format!(
        r#"{{"order_key":{},"payer":{{"openid":"oA1"}},"upload_time":"2021-05-20T13:29:35.120+08:00",
            "sub_orders":[{{"order_key":{},"merchant_order_no":"D1","order_detail_jump_link":{link},
            "logistics_type":"VIRTUAL_GOODS","item_list":[{{"name":"iPhoneX 256G","unit_price":828800,"quantity":2,
            "image_url":["https://qpic.cn/xxx"],"item_detail_jump_link":{link}}}]}}]}}"#,
        key("42"),
        key("421")
    );
    for text in [
        order.clone(),
        format!("[{order}]"),
        format!("{{\"orders\":[{order}]}}"),
    ] {
        let file = read(&text, ShoppingCall::Details);
        assert_eq!((faults(&file), file.orders.len()), (vec![], 1), "{text}");
    }
    let ShoppingContent::Details(subs) = &read(&order, ShoppingCall::Details).orders[0]
        .draft
        .content
        .clone()
    else {
        panic!("{order}");
    };
    assert_eq!(subs[0].items[0].unit_price, "8288.00");
    assert_eq!(subs[0].logistics.code(), 3);

    let misspelt = order
        .replace("unit_price", "unitPrice")
        .replace("\"https://qpic.cn/xxx\"", "7");
    let file = read(&format!("[{misspelt}]"), ShoppingCall::Details);
    let found = faults(&file);
    let path = |name: &str| FilePlace::Path(format!("[0].sub_orders[0].item_list[0].{name}"));
    let missing = FileFault::Field(ShoppingField::UnitPrice, ShoppingFault::Missing);
    for expected in [
        (path("unitPrice"), FileFault::UnknownName),
        (path("unit_price"), missing),
        (path("image_url[0]"), FileFault::WrongType),
    ] {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
}

#[test]
fn what_is_no_file_of_shopping_orders_says_so_and_never_panics() {
    for (text, trouble) in [
        ("", FileTrouble::NoHeadings),
        ("[]", FileTrouble::Empty),
        ("[\n{]", FileTrouble::NotJson { line: 2 }),
        ("订单号,快递单号\n1,2\n", FileTrouble::NoHeadings),
        ("合单号,openid\n", FileTrouble::Empty),
    ] {
        assert_eq!(read(text, ShoppingCall::Details).trouble, Some(trouble), "{text}");
    }
    for text in [
        "{}",
        "[1]",
        "[[]]",
        "{\"orders\":[null]}",
        "[{\"sub_orders\":{}}]",
    ] {
        for call in ShoppingCall::ALL {
            let file = read(text, call);
            assert!(file.ready().next().is_none(), "{text}");
        }
    }
    let mut bytes: Vec<u8> = (0..=255).collect();
    for step in 0..400_usize {
        bytes.rotate_left(step % 7);
        let text = String::from_utf8_lossy(&bytes).into_owned() + ",openid,合单号\n";
        for call in ShoppingCall::ALL {
            drop(read(&text, call));
        }
    }
}
