//! WeChat's own template: written here, it reads back to the same shipments.

use fahuo::domain::{Draft, Intent, LogisticsType, ParcelDraft, Rules};
use fahuo::import::{Form, TEMPLATE_HEADINGS, TEMPLATE_SHEET, Written, built_in_couriers, write_template};

use crate::Imported;

pub fn intents() -> Vec<Intent> {
    let couriers = built_in_couriers();
    let parcel = |courier: &str, number: &str, goods: &str| ParcelDraft {
        courier: courier.into(),
        tracking_no: number.into(),
        item_desc: goods.into(),
        ..ParcelDraft::default()
    };
    let number = |n: u32| format!("42000009252021012849977142{n:02}");
    let drafts = [
        Draft {
            transaction_id: number(1),
            parcels: vec![parcel("ZTO", "78768264502661", "=苹果*2")],
            ..Draft::default()
        },
        Draft {
            transaction_id: number(2),
            delivery_mode: fahuo::domain::DeliveryMode::Split,
            complete: true,
            parcels: vec![
                parcel("ZTO", "78768264502662", "苹果*2"),
                parcel("ZTO", "78768264502663", "梨*1"),
                parcel("YTO", "YT1234567890123", "茶叶"),
            ],
            ..Draft::default()
        },
        Draft {
            transaction_id: number(3),
            logistics_type: LogisticsType::Virtual,
            parcels: vec![parcel("", "", "会员卡")],
            ..Draft::default()
        },
    ];
    let rules = Rules {
        max_parcels: 10,
        couriers: Some(&couriers),
    };
    drafts
        .iter()
        .map(|draft| Intent::check(draft, &rules).unwrap().0)
        .collect()
}

pub fn written(form: Form) -> Written {
    let intents = intents();
    let shipments: Vec<_> = intents.iter().map(|intent| (intent, None)).collect();
    write_template(&shipments, &built_in_couriers(), form).unwrap()
}

/// What each row asks for.
pub fn asked(file: &fahuo::domain::ImportedFile) -> Vec<String> {
    assert_eq!(file.problems, []);
    file.rows
        .iter()
        .map(|row| {
            let parcels: Vec<String> = row
                .parcels
                .iter()
                .map(|p| format!("{}={}", p.courier.as_deref().unwrap_or("?"), p.tracking_no))
                .collect();
            let blocked = row.problems.iter().any(fahuo::domain::Problem::blocks);
            format!(
                "{} {:?} {} {} split={} more={} blocked={blocked}",
                row.order_number.as_deref().unwrap_or("?"),
                row.logistics_type,
                parcels.join(" "),
                row.item_desc.as_deref().unwrap_or(""),
                row.split,
                row.more_follows,
            )
        })
        .collect()
}

pub const EXPECTED: [&str; 4] = [
    "4200000925202101284997714201 Express ZTO=78768264502661 =苹果*2 split=false more=false blocked=false",
    "4200000925202101284997714202 Express ZTO=78768264502662 ZTO=78768264502663 苹果*2;梨*1 split=true more=true blocked=false",
    "4200000925202101284997714202 Express YTO=YT1234567890123 茶叶 split=true more=false blocked=false",
    "4200000925202101284997714203 Virtual  会员卡 split=false more=false blocked=false",
];

#[test]
fn the_template_reads_back_to_the_same_rows() {
    for (name, form) in [("模板.xlsx", Form::Workbook), ("模板.csv", Form::Text)] {
        let again = Imported::new(name, &written(form).bytes);
        assert_eq!(asked(&again.file), EXPECTED, "{name}");
        let headings: Vec<&str> = again.file.columns.iter().map(|c| c.heading.as_str()).collect();
        assert_eq!(headings, TEMPLATE_HEADINGS);
    }
}

#[test]
fn its_sheet_has_the_name_that_wechat_expects_and_its_numbers_are_text() {
    use calamine::{Data, Reader as _, Xlsx};
    let bytes = written(Form::Workbook).bytes;
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), [TEMPLATE_SHEET]);
    let sheet = book.worksheet_range(TEMPLATE_SHEET).unwrap();
    let texts = sheet
        .used_cells()
        .all(|(_, _, cell)| matches!(cell, Data::String(_)));
    assert!(texts, "{sheet:?}");
}
