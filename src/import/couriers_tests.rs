//! What staff write and have taught, and what it may never lead to.

use super::*;
use crate::domain::Taught;

fn check(list: &CourierList, cases: &[(&str, Option<&str>)]) {
    let spellings = Spellings::new(list);
    for (raw, expected) in cases {
        let found = spellings.find(raw).map(|(id, _)| id);
        assert_eq!(found.as_deref(), *expected, "{raw}");
    }
}

#[test]
fn what_staff_write_is_understood() {
    check(
        &built_in_couriers(),
        &[
            ("SF", Some("SF")),
            ("sf", Some("SF")),
            (" ＳＦ ", Some("SF")),
            ("顺丰", Some("SF")),
            ("顺丰速运", Some("SF")),
            ("顺丰快递", Some("SF")),
            ("顺丰速运有限公司", Some("SF")),
            ("顺丰速运（深圳）", Some("SF")),
            ("中通速运", Some("ZTO")),
            ("中通快递-杭州分部", Some("ZTO")),
            ("圆通速递", Some("YTO")),
            ("圆通快递", Some("YTO")),
            ("韵达", Some("YD")),
            ("韵达快递", Some("YD")),
            ("YUNDA", Some("YD")),
            ("yunda", Some("YD")),
            ("J&T", Some("JTSD")),
            ("极兔速递", Some("JTSD")),
            ("德邦快运", Some("DBLKY")),
            ("德邦物流", Some("DBL")),
            ("邮政快递包裹", Some("YZPY")),
            ("EMS", Some("EMS")),
            ("百世快递", Some("HTKY")),
        ],
    );
}

#[test]
fn what_could_mean_two_couriers_means_none() {
    check(
        &built_in_couriers(),
        &[
            ("邮政", None),
            ("邮政快递", None),
            ("中国邮政", None),
            ("百世", None),
            ("安能", None),
            ("安能快递", None),
            ("中通物流", None),
            ("联邦快递", None),
            ("国际快递", None),
            ("快递", None),
            ("张三快递", None),
            ("", None),
            ("有限公司", None),
        ],
    );
}

#[test]
fn another_systems_code_is_told_and_an_id_of_the_list_is_not() {
    let list = built_in_couriers();
    let mut spellings = Spellings::new(&list);
    let known = |id: &str, translated| Meaning::Known {
        id: id.into(),
        translated,
    };
    assert_eq!(spellings.meaning("YUNDA"), known("YD", true));
    assert_eq!(spellings.meaning("shunfeng"), known("SF", true));
    assert_eq!(spellings.meaning("YD"), known("YD", false));
    assert_eq!(spellings.meaning("韵达速递"), known("YD", false));
}

#[test]
fn nothing_outside_the_list_is_given_out() {
    let list = CourierList::new([
        Courier {
            id: "YUNDA".into(),
            name: "韵达速递".into(),
        },
        Courier {
            id: "SF".into(),
            name: "顺丰速运".into(),
        },
    ]);
    check(
        &list,
        &[
            ("韵达速递", Some("YUNDA")),
            ("YUNDA", Some("YUNDA")),
            ("韵达快递", Some("YUNDA")),
            ("YD", None),
            ("中通快递", None),
        ],
    );
    let mut spellings = Spellings::new(&list);
    let Meaning::Unknown { nearest } = spellings.meaning("中通快递") else {
        panic!("中通 is not on this list")
    };
    assert!(nearest.iter().all(|id| list.get(id).is_some()), "{nearest:?}");
    let none = CourierList::default();
    assert_eq!(
        Spellings::new(&none).meaning("顺丰"),
        Meaning::Unknown { nearest: vec![] }
    );
}

#[test]
fn the_nearest_five_are_offered() {
    let list = built_in_couriers();
    let mut spellings = Spellings::new(&list);
    for (typed, meant) in [
        ("顺封速运", "SF"),
        ("圆同快递", "YTO"),
        ("邮政", "YZPY"),
        ("安能", "ANE"),
        ("百世", "HTKY"),
        ("中痛快递", "ZTO"),
        ("鸽鸽", "SF"),
    ] {
        let Meaning::Unknown { nearest } = spellings.meaning(typed) else {
            panic!("{typed} is known")
        };
        assert_eq!(nearest.len(), 5, "{typed}");
        assert!(nearest.iter().any(|id| id == meant), "{typed}: {nearest:?}");
    }
}

#[test]
fn a_file_full_of_unknown_couriers_does_not_take_for_ever() {
    let list = built_in_couriers();
    let mut spellings = Spellings::new(&list);
    for n in 0..20_000 {
        assert!(matches!(
            spellings.meaning(&format!("无名{n}")),
            Meaning::Unknown { .. }
        ));
    }
    assert!(spellings.seen.len() <= 4_000);
}

fn taught(pairs: &[(&str, &str)]) -> CourierList {
    let taught = pairs.iter().map(|(spelling, id)| Taught {
        spelling: (*spelling).into(),
        id: (*id).into(),
    });
    built_in_couriers().with_taught(taught.collect())
}

#[test]
fn what_staff_have_taught_comes_before_the_aliases_and_after_the_list() {
    let list = taught(&[
        ("鸽鸽", "SF"),
        ("安能", "ANE"),
        ("YUNDA", "STO"),
        ("中通快递", "YTO"),
        ("ZTO", "YTO"),
        ("外星", "UFO"),
    ]);
    check(
        &list,
        &[
            ("鸽鸽", Some("SF")),
            (" 鸽 鸽 ", Some("SF")),
            ("安能", Some("ANE")),
            ("YUNDA", Some("STO")),
            ("中通快递", Some("ZTO")),
            ("ZTO", Some("ZTO")),
            ("外星", None),
            // Only the whole spelling: what stands beside it may mean another company.
            ("鸽鸽（上海）", None),
            ("鸽鸽快运", None),
        ],
    );
    assert!(knows_spelling(&list, "鸽鸽") && !knows_spelling(&list, "外星"));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        failure_persistence: None, ..proptest::prelude::ProptestConfig::default()
    })]

    /// Whatever was taught, for whichever list: no id outside the list is given out, and the list's own words
    /// keep their meaning.
    #[test]
    fn nothing_taught_leads_to_an_id_outside_the_list(
        pairs in proptest::collection::vec(("[a-zA-Z顺丰中通鸽 ]{0,4}", "[A-Z]{2,4}|SF|ZTO"), 0..12),
        own in proptest::collection::vec(("SF|ZTO|[A-Z]{2,4}", "[顺丰中通鸽]{1,3}"), 0..4),
        asked in "[a-zA-Z顺丰中通鸽 ]{0,4}",
    ) {
        let taught: Vec<Taught> = pairs.iter().map(|(spelling, id)| Taught {
            spelling: spelling.clone(),
            id: id.clone(),
        }).collect();
        let plain = CourierList::new(own.into_iter().map(|(id, name)| Courier { id, name }));
        let list = plain.clone().with_taught(taught.clone());
        let spellings = Spellings::new(&list);
        let words = taught.iter().map(|taught| taught.spelling.as_str()).chain([asked.as_str()]);
        for word in words {
            if let Some((id, _)) = spellings.find(word) {
                proptest::prop_assert!(list.get(&id).is_some(), "{word} {id}");
            }
        }
        for (id, _) in plain.iter() {
            proptest::prop_assert_eq!(spellings.find(id).map(|(found, _)| found), Some(id.to_owned()));
        }
    }
}
