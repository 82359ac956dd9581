//! Old workbooks and web pages that are called so.

use crate::{read, verdicts};

#[test]
fn an_old_workbook_is_read_like_a_new_one() {
    let file = read(include_bytes!("../fixtures/warehouse.xls"));
    let found = verdicts(&file);
    assert_eq!(
        found[..8],
        [
            "1 title",
            "3 4200000925202101284997714292 SF=SF1234567890123 茶叶*1",
            "4 4200000925202101284997714292 SF=SF1234567890124 茶杯*2",
            "5 464123456789012 ZTO=78768264502666 茶叶*3",
            "6 ? ZTO=78768264502667 !mangled_id@0",
            "7 S6",
            "8 blank",
            "9 blank",
        ]
    );
    assert_eq!(found[8], "10 S0000000 YTO=YT0000000000000 tea no 0*1");
    assert_eq!(
        found[9],
        "11 S0000001 YTO=YT0000000000001 第1种茶叶，产地与年份各不相同*2"
    );
    assert_eq!(
        found.last().unwrap(),
        "409 S0000399 YTO=YT0000000000399 第399种茶叶，产地与年份各不相同*1"
    );
    assert_eq!((found.len(), file.encoding.as_str()), (408, "xls"));
    assert_eq!(&*file.rows[1].cells[5], "2026-07-19");
}

#[test]
fn no_old_workbook_makes_the_reader_panic() {
    let whole = include_bytes!("../fixtures/warehouse.xls");
    for at in (0..whole.len()).step_by(509) {
        let mut bad = whole.to_vec();
        for slot in bad.iter_mut().skip(at).take(3) {
            *slot ^= 0xff;
        }
        let _damaged = read(&bad);
        let _cut = read(&whole[..at]);
    }
}

#[test]
fn a_web_page_that_is_called_a_workbook_is_read() {
    let page = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta charset=\"gbk\"></head><body>\
        <table><tr><td colspan=\"4\">发货表</td></tr><tr><th>订单号</th><th>快递公司</th><th>快递单号</th><th>手机</th></tr>\n\
        <tr><td style=\"vnd.ms-excel.numberformat:@\" rowspan=\"2\">4200000925202101284997714292</td><td>顺丰</td>\
        <td>SF1234567890123</td><td>13812341234</td></tr><tr><td>中通&nbsp;</td><td>78768264502666</td><td></td></tr>\
        <tr><td>4.2E+27</td><td>顺丰</td><td>SF1234567890125</td><td></td></tr></table></body></html>";
    let gb = encoding_rs::GB18030.encode(page).0;
    for bytes in [page.as_bytes(), gb.as_ref()] {
        assert_eq!(
            verdicts(&read(bytes)),
            [
                "1 title",
                "3 4200000925202101284997714292 SF=SF1234567890123 138****1234",
                "4 4200000925202101284997714292 ZTO=78768264502666",
                "5 ? SF=SF1234567890125 !mangled_id@0",
            ]
        );
    }
}
