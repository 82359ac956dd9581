//! Rows and verdicts come back as they were written, whatever stands in them, and damage gives none.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::domain::{Field, ProblemKind};

fn text() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[a-z0-9茶叶：\u{200b}😀\"\\\\]{0,12}").unwrap()
}

fn problem() -> impl Strategy<Value = Problem> {
    let kinds = prop_oneof![
        Just(ProblemKind::MangledId),
        text().prop_map(|now| ProblemKind::Cleaned { now }),
        proptest::collection::vec(text(), 0..3).prop_map(|nearest| ProblemKind::UnknownCourier { nearest }),
        any::<u32>().prop_map(|row| ProblemKind::TrackingShared { row }),
    ];
    let field = proptest::option::of(prop_oneof![Just(Field::Courier), Just(Field::TrackingNo)]);
    let places = (
        proptest::option::of(0..300_usize),
        proptest::option::of(0..20_usize),
    );
    (kinds, field, places, proptest::option::of(text())).prop_map(|(what, field, (column, parcel), value)| {
        Problem {
            what,
            field,
            column,
            value,
            parcel,
        }
    })
}

fn problems() -> impl Strategy<Value = Vec<Problem>> {
    proptest::collection::vec(problem(), 0..3)
}

fn rare() -> impl Strategy<Value = Rare> {
    let known = prop_oneof![
        Just(Ignored::Blank),
        Just(Ignored::Totals),
        Just(Ignored::NotShippedYet)
    ];
    let carried = prop_oneof![
        Just(LogisticsType::default()),
        Just(LogisticsType::Virtual),
        Just(LogisticsType::PickUp)
    ];
    (
        proptest::option::of(any::<u32>()),
        proptest::collection::vec(0..300_usize, 0..3),
        proptest::option::of(known),
        proptest::option::of(text()),
        carried,
        any::<(bool, bool, bool)>(),
    )
        .prop_map(
            |(origin, doubtful, ignored, mchid, logistics_type, (split, more_follows, repaired))| Rare {
                origin,
                doubtful,
                repaired: repaired.then(Box::default),
                ignored,
                mchid,
                logistics_type,
                split,
                more_follows,
            },
        )
}

fn row() -> impl Strategy<Value = FileRow> {
    let parcel = (proptest::option::of(text()), text())
        .prop_map(|(courier, tracking_no)| RowParcel { courier, tracking_no });
    (
        (
            any::<u32>(),
            proptest::collection::vec(text(), 0..5),
            proptest::option::of(0..300_usize),
        ),
        (
            proptest::option::of(text()),
            proptest::option::of(text()),
            any::<bool>(),
        ),
        proptest::collection::vec(parcel, 0..3),
        problems(),
        rare(),
    )
        .prop_map(
            |((row, cells, order_column), (number, item_desc, alike), parcels, problems, rare)| FileRow {
                row,
                origin: rare.origin,
                order_number: number.or_else(|| cells.first().filter(|_| alike).cloned()),
                receiver_contact: MaskedContact::mask("13812341234").filter(|_| alike),
                cells: Arc::from(cells),
                doubtful: rare.doubtful,
                repaired: rare.repaired,
                ignored: rare.ignored,
                order_column,
                mchid: rare.mchid,
                parcels,
                item_desc,
                logistics_type: rare.logistics_type,
                split: rare.split,
                more_follows: rare.more_follows,
                problems,
            },
        )
}

fn written<T>(value: &T, write: fn(&T, &mut Vec<u8>) -> Option<()>) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(value, &mut bytes).unwrap();
    bytes
}

proptest! {
    #[test]
    fn rows_come_back_as_they_were(row in row(), cut in any::<proptest::sample::Index>()) {
        let bytes = written(&row, write_row);
        let key = FileRow {
            cells: Arc::from([]),
            item_desc: None,
            receiver_contact: None,
            problems: Vec::new(),
            ..row.clone()
        };
        prop_assert_eq!(read_row_key(&bytes), Some(key));
        prop_assert_eq!(read_row(&bytes), Some(row));
        prop_assert_eq!(read_row(&bytes[..cut.index(bytes.len())]), None);
    }

    #[test]
    fn verdicts_come_back_as_they_were(
        status in proptest::sample::select(STATUSES.to_vec()),
        id in proptest::option::of("[0-9A-Z]{1,64}"),
        problems in problems(),
        shipment in proptest::option::of(any::<i64>()),
        cut in any::<proptest::sample::Index>(),
    ) {
        let planned = PlannedRow {
            status,
            transaction_id: id.and_then(|id| TransactionId::parse(&id)),
            problems,
            shipment: shipment.map(ShipmentId),
        };
        let bytes = written(&planned, write_verdict);
        prop_assert_eq!(read_verdict(&bytes), Some(planned));
        prop_assert_eq!(read_verdict(&bytes[..cut.index(bytes.len())]), None);
    }

    #[test]
    fn no_bytes_make_the_reading_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        drop((read_row(&bytes), read_row_key(&bytes), read_verdict(&bytes)));
    }
}
