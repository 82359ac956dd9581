//! Everything beside the journal and the files: the order cache, accounts, settings, pauses, audit.

use serde_json::json;

use super::orders::BY_NUMBER;
use super::test_support::{APPID, at, folder, open, order};
use super::{AccountRow, FetchPosition, Pause, StoreError};
use crate::domain::{Courier, Fen, MaskedContact, OpenId, Order, OrderState, ShippedParcel, Shipping};

const PAYER: &str = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o";

fn paid_order(number: usize, paid_at: i64) -> Order {
    Order {
        transaction_id: order(number),
        mchid: "1900000109".into(),
        out_trade_no: format!("shop-{}", number / 2),
        sub_mchid: String::new(),
        description: "茶".into(),
        paid_amount: Fen(12_345),
        openid: OpenId(PAYER.into()),
        pay_time: at(paid_at),
        state: OrderState::Unknown(8),
        in_complaint: false,
        shipping: Shipping {
            delivery_mode: 1,
            parcels: vec![ShippedParcel {
                tracking_no: "YT1".into(),
                upload_time: Some(at(4)),
                ..ShippedParcel::default()
            }],
            ..Shipping::default()
        },
    }
}

fn kept(number: usize, paid_at: i64) -> Order {
    let order = paid_order(number, paid_at);
    Order {
        openid: OpenId(order.openid.short()),
        ..order
    }
}

#[test]
fn orders_are_listed_newest_payment_first_and_found_by_both_numbers() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    let orders = [paid_order(2, 10), paid_order(3, 30), paid_order(4, 20)];
    store.upsert_orders(APPID, &orders, at(100)).unwrap();
    store.upsert_orders("wx-other", &orders[..1], at(100)).unwrap();
    let listed = store.all_orders(APPID).unwrap();
    let expected = [
        (kept(3, 30), at(100)),
        (kept(4, 20), at(100)),
        (kept(2, 10), at(100)),
    ];
    assert_eq!(listed, expected);
    assert_eq!(
        store.order(APPID, &order(4)).unwrap(),
        Some((kept(4, 20), at(100)))
    );
    assert_eq!(store.order("wx-other", &order(4)).unwrap(), None);
    assert_eq!(
        store.orders_by_number(APPID, "shop-1").unwrap(),
        [kept(3, 30), kept(2, 10)]
    );
    assert_eq!(
        store.orders_by_number(APPID, order(4).as_str()).unwrap(),
        [kept(4, 20)]
    );
    assert_eq!(store.orders_by_number(APPID, "shop-9").unwrap(), []);
}

#[test]
fn an_order_that_is_found_by_both_numbers_is_found_once() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    let same = Order {
        out_trade_no: order(1).as_str().to_owned(),
        ..paid_order(1, 1)
    };
    store.upsert_orders(APPID, &[same], at(1)).unwrap();
    assert_eq!(store.orders_by_number(APPID, order(1).as_str()).unwrap().len(), 1);
}

#[test]
fn a_number_is_searched_for_and_never_scanned_for() {
    let (_guard, dir) = folder();
    let (store, _) = open(&dir);
    let mut statement = store
        .conn
        .prepare(&format!("EXPLAIN QUERY PLAN {BY_NUMBER}"))
        .unwrap();
    let steps: Vec<String> = statement
        .query_map([APPID, "1"], |row| row.get(3))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let searched = |column: &str| steps.iter().any(|step| step.contains(&format!("AND {column}=?")));
    assert!(
        searched("transaction_id") && searched("out_trade_no"),
        "{steps:?}"
    );
    assert!(
        !steps.iter().any(|step| step.contains("SCAN order_cache")),
        "{steps:?}"
    );
}

#[test]
fn an_older_reading_never_replaces_a_newer_one() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    let shipped = Order {
        state: OrderState::Shipped,
        ..paid_order(1, 1)
    };
    store.upsert_orders(APPID, &[shipped], at(50)).unwrap();
    store.upsert_orders(APPID, &[paid_order(1, 1)], at(49)).unwrap();
    let (order_now, read_at) = store.order(APPID, &order(1)).unwrap().unwrap();
    assert_eq!((order_now.state, read_at), (OrderState::Shipped, at(50)));
    store.upsert_orders(APPID, &[paid_order(1, 1)], at(51)).unwrap();
    assert_eq!(
        store.order(APPID, &order(1)).unwrap().unwrap().0.state,
        OrderState::Unknown(8)
    );
}

#[test]
fn a_cached_order_that_cannot_be_read_counts_as_not_there() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    store
        .upsert_orders(APPID, &[paid_order(1, 1), paid_order(2, 2)], at(5))
        .unwrap();
    store
        .conn
        .execute("UPDATE order_cache SET doc = '{}' WHERE id = 1", [])
        .unwrap();
    assert_eq!(store.all_orders(APPID).unwrap().len(), 1);
    assert_eq!(store.order(APPID, &order(1)).unwrap(), None);
}

#[test]
fn no_file_of_the_folder_holds_a_payer() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    store.upsert_orders(APPID, &[paid_order(1, 1)], at(5)).unwrap();
    let position = FetchPosition {
        cursor: "c".into(),
        pages: 1,
        orders: 100,
    };
    store
        .set_fetch_position(APPID, &format!("payer={PAYER}"), &position)
        .unwrap();
    drop(store); // the log as it is, then the file after a clean end
    scan(&dir);
    open(&dir).0.close(at(6)).unwrap();
    scan(&dir);
}

#[track_caller]
fn scan(dir: &std::path::Path) {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        bytes.extend(std::fs::read(entry.unwrap().path()).unwrap());
    }
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds("shop-0"), "the scan must be able to find what is there");
    assert!(!holds(PAYER));
    assert!(!holds("uMuAJO"));
}

#[test]
fn a_fetch_goes_on_where_it_stopped_and_begins_anew_when_cleared() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    let position = |pages| FetchPosition {
        cursor: format!("cursor-{pages}"),
        pages,
        orders: pages * 100,
    };
    assert_eq!(store.fetch_position(APPID, "q").unwrap(), None);
    store.set_fetch_position(APPID, "q", &position(1)).unwrap();
    store.set_fetch_position(APPID, "q", &position(2)).unwrap();
    store.set_fetch_position(APPID, "r", &position(7)).unwrap();
    assert_eq!(store.fetch_position(APPID, "q").unwrap(), Some(position(2)));
    store.clear_fetch_position(APPID, "q").unwrap();
    assert_eq!(store.fetch_position(APPID, "q").unwrap(), None);
    assert_eq!(store.fetch_position(APPID, "r").unwrap(), Some(position(7)));
}

fn account(appid: &str) -> AccountRow {
    AccountRow {
        id: 0,
        name: "茶店".into(),
        appid: appid.into(),
        access: crate::domain::Access::default(),
        mchid: "1900000109".into(),
        max_parcels: 12,
        sender_contact: MaskedContact::mask("13812341234"),
        default_courier: "SF".into(),
        default_item_desc: "茶叶".into(),
    }
}

#[test]
fn accounts_are_added_changed_and_forgotten_with_their_secrets() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    let first = store.save_account(&account("wx1")).unwrap();
    let second = store.save_account(&account("wx2")).unwrap();
    let with_id = |id, appid| AccountRow { id, ..account(appid) };
    assert_eq!(
        store.accounts().unwrap(),
        [with_id(first, "wx1"), with_id(second, "wx2")]
    );

    assert!(matches!(
        store.save_account(&account("wx2")),
        Err(StoreError::AppIdTaken)
    ));
    assert!(matches!(
        store.save_account(&with_id(first, "wx2")),
        Err(StoreError::AppIdTaken)
    ));
    assert!(matches!(
        store.save_account(&with_id(99, "wx9")),
        Err(StoreError::Unknown(_))
    ));

    store.set_sealed("wx1", "secret", b"one").unwrap();
    store.set_sealed("wx1", "secret", b"two").unwrap();
    store.set_sealed("wx2", "secret", b"three").unwrap();
    assert_eq!(
        store.sealed("wx1", "secret").unwrap().as_deref(),
        Some(&b"two"[..])
    );

    // The same AppID keeps the secret, another one does not.
    store.save_account(&with_id(first, "wx1")).unwrap();
    assert!(store.sealed("wx1", "secret").unwrap().is_some());
    store.save_account(&with_id(first, "wx3")).unwrap();
    assert_eq!(store.sealed("wx1", "secret").unwrap(), None);

    store.remove_account(second).unwrap();
    store.remove_account(second).unwrap();
    assert_eq!(store.sealed("wx2", "secret").unwrap(), None);
    assert_eq!(store.accounts().unwrap(), [with_id(first, "wx3")]);
    let third = store.save_account(&account("wx4")).unwrap();
    assert!(third > second, "a number is never used twice");

    store.set_sealed("wx4", "secret", b"x").unwrap();
    store.remove_sealed("wx4", "secret").unwrap();
    assert_eq!(store.sealed("wx4", "secret").unwrap(), None);
}

#[test]
fn settings_couriers_pauses_and_audit_survive_a_restart() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    let couriers = vec![Courier {
        id: "SF".into(),
        name: "顺丰速运".into(),
    }];
    assert_eq!(store.setting("language").unwrap(), None);
    store.set_setting("language", "en").unwrap();
    store.set_setting("language", "zh-CN").unwrap();
    store.save_couriers(APPID, &[], at(1)).unwrap();
    store.save_couriers(APPID, &couriers, at(2)).unwrap();
    store.set_pause(APPID, "upload", at(100), "daily_quota").unwrap();
    store.set_pause(APPID, "upload", at(200), "daily_quota").unwrap();
    store.set_pause(APPID, "get_order", at(300), "minute").unwrap();
    store
        .append_audit(APPID, at(3), "batch_sent", &json!({"rows": 2}))
        .unwrap();
    store
        .append_audit("", at(4), "language", &json!("zh-CN"))
        .unwrap();
    drop(store);

    let (mut store, _) = open(&dir);
    assert_eq!(store.setting("language").unwrap().as_deref(), Some("zh-CN"));
    assert_eq!(store.couriers(APPID).unwrap(), Some((couriers, at(2))));
    assert_eq!(store.couriers("wx-other").unwrap(), None);
    let pause = |api: &str, secs, reason: &str| Pause {
        api: api.into(),
        until: at(secs),
        reason: reason.into(),
    };
    assert_eq!(
        store.pauses(APPID).unwrap(),
        [
            pause("get_order", 300, "minute"),
            pause("upload", 200, "daily_quota")
        ]
    );
    store.clear_pauses("wx-other").unwrap();
    assert_eq!(store.pauses(APPID).unwrap().len(), 2);
    store.clear_pauses(APPID).unwrap();
    assert_eq!(store.pauses(APPID).unwrap(), []);

    let audit = store.audit(10).unwrap();
    let words: Vec<_> = audit
        .iter()
        .map(|entry| (entry.what.as_str(), entry.at))
        .collect();
    assert_eq!(words, [("language", at(4)), ("batch_sent", at(3))]);
    assert_eq!(audit[1].details, json!({"rows": 2}));
    assert_eq!(store.audit(1).unwrap().len(), 1);
}
