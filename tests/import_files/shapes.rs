//! The header sets of the wild, each in every form a file can have.

use crate::make::{encodings, text, workbook};
use crate::{read, verdicts};

/// The same verdicts in every encoding, with every delimiter and line end, and as a workbook. In the table `|` stands
/// between cells and `↵` for a line break inside one.
#[track_caller]
fn check(table: &str, expected: &[&str]) {
    let table: Vec<Vec<String>> = table
        .split('\n')
        .map(|line| line.split('|').map(|cell| cell.replace('↵', "\n")).collect())
        .collect();
    let table = table.as_slice();
    for delimiter in [',', '\t', ';'] {
        for end in ["\n", "\r\n", "\r"] {
            let text = text(table, delimiter, end);
            for (encoding, bytes) in encodings(&text) {
                let file = read(&bytes);
                let about = format!("{encoding} {delimiter:?} {end:?}\n{text}");
                assert_eq!(verdicts(&file), expected, "{about}");
                if !text.is_ascii() {
                    assert_eq!(file.encoding, encoding, "{about}");
                }
            }
        }
    }
    let file = read(&workbook(table));
    assert_eq!(verdicts(&file), expected, "as a workbook");
    assert_eq!(file.encoding, "xlsx");
}

#[test]
fn wechats_own_template() {
    check(
        "交易单号|商户单号|商户号|发货方式|发货模式|快递公司|快递单号（多个快递单使用;分隔）|是否完成发货|是否重新发货|商品信息\n\
         4200000925202101284997714292|S1|1601959334|物流快递|分拆发货|中通快递|78768264502666;78768264502667|是|否|苹果*2;梨*1\n\
         |S2|1601959334|物流快递|统一发货|顺丰速运|SF1234567890123|||茶叶\n\
         4.2E+27|S3|1601959334|物流快递|分拆发货|圆通速递|YT1234567890123|否|否|茶叶\n\
         4.2E+27|||物流快递||圆通速递|YT1234567890124|||茶叶\n\
         |S4||用户自提||||||茶叶\n\
         |S5||虚拟商品|||无|||会员卡\n\
         |S6||同城配送||||||蛋糕\n\
         |S7||飞鸽||顺丰|SF1234567890124|||信\n\
         |S8||物流快递||顺丰|SF1234567890125|也许||信\n\
         |S9||用户自提||顺丰|SF1234567890126|||信",
        &[
            "2 4200000925202101284997714292 ZTO=78768264502666 ZTO=78768264502667 split 苹果*2;梨*1 @1601959334",
            "3 S2 SF=SF1234567890123 茶叶 @1601959334",
            "4 S3 YTO=YT1234567890123 split more 茶叶 @1601959334 ~cleaned@0",
            "5 ? YTO=YT1234567890124 茶叶 !mangled_id@0",
            "6 S4 PickUp 茶叶",
            "7 S5 Virtual 会员卡",
            "8 S6 SameCity 蛋糕",
            "9 S7 SF=SF1234567890124 信 !logistics_type_unknown@3",
            "10 S8 SF=SF1234567890125 信 !logistics_type_unknown@7",
            "11 S9 PickUp 信 !logistics_type_unknown@3",
        ],
    );
}

#[test]
fn the_pay_trade_bill_has_no_tracking_numbers() {
    check(
        "交易时间|公众账号ID|商户号|特约商户号|设备号|微信订单号|商户订单号|用户标识|交易类型|交易状态|付款银行|货币种类|应结订单金额|代金券金额|\
         微信退款单号|商户退款单号|退款金额|充值券退款金额|退款类型|退款状态|商品名称|商户数据包|手续费|费率|订单金额|申请退款金额|费率备注\n\
         `2026-07-19 10:30:00|`wx0123456789abcdef|`1234567890|`0|`|`4200001234202607191234567890|`ORDER_TEST_001|\
         `oUpF8uMuAJO_M2pxb1Q9zNjWeS6o|`JSAPI|`SUCCESS|`OTHERS|`CNY|`0.01|`0.00|`0|`0|`0.00|`0.00|`|`|`茶叶|`|`0.00000|`0.60%|\
         `0.01|`0.00|`\n\
         总交易单数|应结订单总金额|退款总金额|充值券退款总金额|手续费总金额|订单总金额|申请退款总金额\n\
         `1|`0.01|`0.00|`0.00|`0.00000|`0.01|`0.00",
        &[
            "file: column_missing",
            "2 4200001234202607191234567890 茶叶 @1234567890",
            "3 totals",
            "4 totals",
        ],
    );
}

#[test]
fn crmeb() {
    check(
        "订单ID|订单号|快递名称|快递编码|快递单号|收货人姓名|收货人电话|收货地址|商品信息|实际支付|用户备注\n\
         17|wx123456789012345678|顺丰速运|SF|SF1234567890123|张三|13812341234|浙江省,杭州市|茶叶*1↵茶杯*2|12.50|请打13912341234\n\
         18|wx123456789012345679|韵达快递|YUNDA|464123456789012|李四|13812341235|x|茶叶*1|1|\n\
         19|wx123456789012345680||yunda|464123456789013||||茶叶*1|1|\n\
         20|wx123456789012345681|飞鸽速递|SF|SF1234567890124||||茶叶*1|1|\n\
         21|wx123456789012345682|中通快递|SF|78768264502666||||茶叶*1|1|\n\
         22|wx123456789012345683|飞鸽速递||78768264502667||||茶叶*1|1|",
        &[
            "2 wx123456789012345678 SF=SF1234567890123 茶叶*1；茶杯*2 138****1234",
            "3 wx123456789012345679 YD=464123456789012 茶叶*1 138****1235",
            "4 wx123456789012345680 YD=464123456789013 茶叶*1 ~courier_translated@3",
            "5 wx123456789012345681 SF=SF1234567890124 茶叶*1",
            "6 wx123456789012345682 ?=78768264502666 茶叶*1 !unknown_courier@3",
            "7 wx123456789012345683 ?=78768264502667 茶叶*1 !unknown_courier@2",
        ],
    );
}

#[test]
fn likeshop_with_its_sample_row() {
    check(
        "订单编号|快递公司名称|快递单号\n\
         例:202407190001|例:顺丰|例:SF1234567890123\n\
         202607190001|顺丰|SF1234567890123",
        &["2 sample", "3 202607190001 SF=SF1234567890123"],
    );
    check(
        "订单编号|快递公司名称|快递单号|失败原因\n\
         202607190001|顺丰|SF1234567890123|订单不存在",
        &["2 202607190001 SF=SF1234567890123"],
    );
}

#[test]
fn mall4j_before_it_is_shipped() {
    check(
        "发货信息整理|||||||||\n\
         订单编号|收件人|手机|收货地址|商品名称|数量|发件人姓名|发件人手机号|发货地址|备注\n\
         1787748538458427394|张三|13812341234|x|茶叶|2|仓库|13912341234|y|",
        &[
            "file: column_missing",
            "1 title",
            "3 1787748538458427394 茶叶*2 138****1234",
        ],
    );
}

#[test]
fn the_taobao_style_export() {
    check(
        "订单编号|买家会员名|买家支付宝账号|收货人姓名|收货地址|运送方式|联系电话|联系手机|订单创建时间|宝贝标题|宝贝种类|物流单号|物流公司|订单备注|宝贝总数量\n\
         '2026071900001|tb1|a@b.c|张三|浙江|快递||'13812341234|2026-07-19 10:00:00|茶叶|1|No:78768264502666|中通快递||1\n\
         =\"2026071900002\"|tb1|a@b.c|张三|浙江|EMS|'0571-87654321||2026-07-19|茶叶|1|EA123456785CN|EMS||1",
        &[
            "2 2026071900001 ZTO=NO78768264502666 茶叶 138****1234 ~cleaned@11",
            "3 2026071900002 EMS=EA123456785CN 茶叶 0571-****4321",
        ],
    );
}

#[test]
fn the_distributors_export() {
    check(
        "订单号|会员名称|商品名称|商品ID|订单商品ID|可发货数量|收货人姓名|收货人手机号|收货人地址|下单时间|物流状态|物流公司|物流单号\n\
         20260719102030000123|m|茶叶|7|8|3|张三|138****1234|x|t|待发货|极兔|JT1234567890123\n\
         20260719102030000124|m|茶叶|7|9|1|张三|138****1234|x|t|待发货|极兔|待发货\n\
         20260719102030000125|m|茶叶|7|9|1|张三|138****1234|x|t|待发货||",
        &[
            "2 20260719102030000123 JTSD=JT1234567890123 茶叶*3 138****1234",
            "3 not_shipped_yet",
            "4 20260719102030000125 茶叶*1 138****1234",
        ],
    );
}

#[test]
fn the_wms_export() {
    check(
        "序号|订单日期|订单号|快递公司|运单号|收件人|联系方式|联系地址\n\
         1|2026-07-19|S1|德邦快递|DPK1234567890|张三|13812341234|x\n\
         2|2026-07-19|S2|圆通|SF1234567890123|张三||x\n\
         合计||||2|||",
        &[
            "2 S1 DBL=DPK1234567890 138****1234",
            "3 S2 YTO=SF1234567890123 ~tracking_shape@4",
            "4 totals",
        ],
    );
}

#[test]
fn two_columns_and_three() {
    check(
        "订单号|物流单号\n\
         4200000925202101284997714292|78768264502666\n\
         S1|顺丰:SF1234567890123",
        &[
            "2 4200000925202101284997714292 ?=78768264502666",
            "3 S1 SF=SF1234567890123",
        ],
    );
    check(
        "订单编号|快递公司编码|快递单号\n\
         S1|SF|SF0000000001234",
        &["2 S1 SF=SF0000000001234"],
    );
    check(
        "订单编号|快递公司|快递单号|备注（选填）\n\
         S1|顺丰|SF1234567890123|",
        &["2 S1 SF=SF1234567890123"],
    );
}

#[test]
fn other_tools_and_woocommerce() {
    check(
        "订单ID|物流公司|物流单号|处理状态|异常原因\n\
         S1|顺丰|SF1234567890123|失败|x",
        &["file: column_missing", "2 ? SF=SF1234567890123"],
    );
    check(
        "order_no|tracking_provider|tracking_number|date_shipped|status_shipped|sku|qty\n\
         S1|SF Express|SF1234567890123|2026-07-19|1|茶叶|2",
        &["2 S1 SF=SF1234567890123 茶叶*2"],
    );
}

#[test]
fn what_stands_between_the_rows_is_told_apart() {
    check(
        "某某仓库发货表\n\
         \n\
         订单编号|快递公司|运单号|商品名称|数量\n\
         （必填）|（必填）|（必填）|（选填）|（选填）\n\
         \tS20260719001|顺丰| SF1234567890123\t|茶叶|1\n\
         ||||\n\
         S20260719001|顺丰|SF1234567890124|茶叶|1\n\
         小计||||2\n\
         订单编号|快递公司|运单号|商品名称|数量\n\
         4.2E+27|韵达快递|464123456789012|茶叶|1\n\
         合计||||3\n\
         共3条||||",
        &[
            "1 title",
            "2 blank",
            "4 sample",
            "5 S20260719001 SF=SF1234567890123 茶叶*1",
            "6 blank",
            "7 S20260719001 SF=SF1234567890124 茶叶*1",
            "8 totals",
            "9 repeated_header",
            "10 ? YD=464123456789012 茶叶*1 !mangled_id@0",
            "11 totals",
            "12 totals",
        ],
    );
}

#[test]
fn another_header_further_down_blocks_what_follows() {
    check(
        "订单号|快递公司|快递单号\n\
         S1|顺丰|SF1234567890123\n\
         订单号|快递单号|快递公司\n\
         S2|SF1234567890124|顺丰\n\
         订单号|快递公司|快递单号\n\
         S3|顺丰|SF1234567890125",
        &[
            "2 S1 SF=SF1234567890123",
            "3 repeated_header",
            "4 S2 !column_ambiguous !tracking_characters@2 !unknown_courier@1",
            "5 repeated_header",
            "6 S3 SF=SF1234567890125",
        ],
    );
}

#[test]
fn the_template_that_comes_with_the_program() {
    let bytes = include_bytes!("../../assets/import-template.csv");
    assert_eq!(verdicts(&read(bytes)), ["2 sample"]);
}

#[test]
fn more_columns_of_tracking_numbers_ask_and_drop_nothing() {
    check(
        "订单号|快递公司|快递单号|运单号\n\
         S1|顺丰|SF1234567890123|SF1234567890124",
        &["file: column_ambiguous", "2 S1"],
    );
    // A column that is counted and yet holds something else.
    check(
        "订单号|快递公司|快递单号1|快递单号2\n\
         S1|顺丰|SF1234567890123|请看备注\n\
         S2|顺丰|SF1234567890124|加急",
        &["2 S1 SF=SF1234567890123", "3 S2 SF=SF1234567890124"],
    );
    let rows: Vec<String> = (0..240).map(|n| format!("\nS{n}|顺丰|SF{n:013}|")).collect();
    let table = format!(
        "订单号|快递公司|快递单号|物流单号{}\nS9|顺丰|SF1234567890123|SF1234567890124",
        rows.concat()
    );
    let table: Vec<Vec<String>> = table
        .split('\n')
        .map(|line| line.split('|').map(str::to_owned).collect())
        .collect();
    let found = verdicts(&read(text(&table, ',', "\n").as_bytes()));
    assert_eq!(
        found.last().unwrap(),
        "242 S9 SF=SF1234567890123 !column_ambiguous@3"
    );
    assert_eq!(found.iter().filter(|line| line.contains('!')).count(), 1);
}

#[test]
fn counted_columns_are_the_parcels_of_one_order() {
    check(
        "订单号|快递公司|快递单号1|快递单号2|快递单号3\n\
         S1|顺丰|SF1234567890123|SF1234567890124|\n\
         S2|顺丰|SF1234567890125||\n\
         S3|顺丰|SF1234567890126|SF1234567890126|SF1234567890127\n\
         S4|顺丰|无|-|\n\
         S5|顺丰|SF1234567890128|4.2E+13|",
        &[
            "2 S1 SF=SF1234567890123 SF=SF1234567890124",
            "3 S2 SF=SF1234567890125",
            "4 S3 SF=SF1234567890126 SF=SF1234567890127",
            "5 not_shipped_yet",
            "6 S5 SF=SF1234567890128 !mangled_id@3",
        ],
    );
    check(
        "订单号|快递单号（2）|快递单号（1）|快递公司\n\
         S1|SF1234567890124|SF1234567890123|顺丰",
        &["2 S1 SF=SF1234567890123 SF=SF1234567890124"],
    );
}

#[test]
fn each_parcel_has_the_courier_that_is_counted_like_it() {
    let expected = [
        "2 S1 SF=SF1234567890123 ZTO=78768264502666",
        "3 S2 SF=SF1234567890124 ?=78768264502667",
        "4 S3 SF=SF1234567890125",
    ];
    check(
        "订单号|快递公司1|快递单号1|快递公司2|快递单号2\n\
         S1|顺丰|SF1234567890123|中通|78768264502666\n\
         S2|顺丰|SF1234567890124||78768264502667\n\
         S3|顺丰|SF1234567890125||",
        &expected,
    );
    check(
        "订单号|快递单号一|快递单号二|物流公司一|物流公司二\n\
         S1|SF1234567890123|78768264502666|顺丰|中通\n\
         S2|SF1234567890124|78768264502667|顺丰|\n\
         S3|SF1234567890125||顺丰|",
        &expected,
    );
}

#[test]
fn a_person_says_that_several_columns_are_parcels_of_one_order() {
    let text = "订单号,快递公司,快递单号,运单号\nS1,顺丰,SF1234567890123,SF1234567890124\n";
    let couriers = fahuo::import::built_in_couriers();
    let options = fahuo::import::ReadOptions::new(&couriers);
    let tracking = Some(fahuo::domain::Field::TrackingNo);
    let mapping = ["快递单号", "运单号"].map(|heading| (heading.to_owned(), tracking));
    let file = fahuo::import::read_bytes_mapped("file", text.as_bytes(), &options, &mapping);
    assert_eq!(verdicts(&file), ["2 S1 SF=SF1234567890123 SF=SF1234567890124"]);
    assert_eq!(file.columns[3].field, tracking);
}
