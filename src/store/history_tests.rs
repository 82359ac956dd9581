//! What happened is found again, by whoever looks for it in whatever way, and nothing personal is in it.

use serde_json::json;

use super::super::history_find::READ_AT_ONCE;
use super::super::test_support::{APPID, OTHER_APPID, at, folder, intent_with, new_shipment, open, order};
use super::super::{Change, Enqueued, Store};
use super::*;
use crate::domain::{Changed, Facts, HistoryKind, Intent, JournalEntry, NumberKind, Order, Shipment, State};

fn queue(store: &mut Store, number: usize, tracking_no: &str) -> Shipment {
    let wish = intent_with(number, tracking_no);
    let moment = at(i64::try_from(number).unwrap());
    let answers = store.enqueue(APPID, &[new_shipment(&wish)], moment).unwrap();
    let [Enqueued::New(id)] = answers[..] else {
        panic!("not queued: {answers:?}")
    };
    store.shipment(APPID, id).unwrap().unwrap()
}

fn answer(store: &mut Store, shipment: &Shipment, rid: &str, raw: &str) {
    let shipped = Shipment {
        state: State::Shipped { found: false },
        ..shipment.clone()
    };
    let entry = JournalEntry::Answered {
        class: "shipped".into(),
        errcode: Some(0),
        http_status: Some(200),
        rid: Some(rid.into()),
        millis: 20,
    };
    let change = Change {
        shipment: &shipped,
        entry: &entry,
        at: at(500),
    };
    store
        .record_answers(APPID, &[change], &[Some(raw.to_owned())])
        .unwrap();
}

fn found(store: &Store, query: &HistoryQuery) -> Vec<String> {
    let page = store.history(APPID, query, &Meant::default(), None, 100).unwrap();
    let order = |line: &HistoryLine| line.order.as_ref().map(ToString::to_string).unwrap_or_default();
    page.lines.iter().map(order).collect()
}

fn text(text: &str) -> HistoryQuery {
    HistoryQuery {
        text: text.into(),
        ..HistoryQuery::default()
    }
}

#[test]
fn a_parcel_is_found_by_its_order_its_number_either_end_of_them_its_rid_and_its_words() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    store.set_person("小王");
    let one = queue(&mut store, 7, "YT7001234567");
    let other = queue(&mut store, 8, "SF9009998887");
    answer(&mut store, &one, "65f1a2b3-0a1b2c3d", r#"{"errcode":0}"#);
    answer(&mut store, &other, "77aa-88bb", "{}");
    let mine = order(7).as_str().to_owned();
    for words in [
        mine.as_str(),
        "YT7001234567",
        "yt7001",
        "234567",
        "00007",
        "65f1a2b3-0a1b2c3d",
        "龙井 YT7001234567",
        "小王 00007",
    ] {
        let lines = found(&store, &text(words));
        assert!(!lines.is_empty(), "{words}");
        assert!(lines.iter().all(|order| *order == mine), "{words}: {lines:?}");
    }
    assert!(found(&store, &text("小李")).is_empty());
    for (kind, number, lines) in [
        (NumberKind::Order, mine.as_str(), 2),
        (NumberKind::Parcel, "yt7001234567", 2),
        (NumberKind::Parcel, "yt7001", 0),
        (NumberKind::Rid, "65f1a2b3-0a1b2c3d", 1),
        (NumberKind::Rid, mine.as_str(), 0),
    ] {
        let query = HistoryQuery {
            number: Some((kind, number.into())),
            ..HistoryQuery::default()
        };
        assert_eq!(found(&store, &query).len(), lines, "{kind:?} {number}");
    }
    let line = &store
        .history(APPID, &text("65f1a2b3"), &Meant::default(), None, 10)
        .unwrap()
        .lines[0];
    assert_eq!(line.raw, r#"{"errcode":0}"#);
    assert_eq!(line.intent.as_deref(), Some(&*one.intent));
    assert!(
        store
            .history(OTHER_APPID, &text(""), &Meant::default(), None, 10)
            .unwrap()
            .lines
            .is_empty()
    );
}

#[test]
fn pages_follow_each_other_without_gap_or_overlap_and_say_how_far_they_searched() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    let count = READ_AT_ONCE * 2 + 5;
    for number in 0..count {
        queue(&mut store, number, &format!("YT5{number:07}"));
    }
    for (words, size) in [("", 7), ("yt5", 9), ("龙井", 11), ("yto", 100)] {
        let mut all = Vec::new();
        let mut from = None;
        let mut stopped = false;
        loop {
            let page = store
                .history(APPID, &text(words), &Meant::default(), from, size)
                .unwrap();
            assert!(page.lines.len() <= size);
            stopped |= page.searched_to.is_some();
            all.extend(page.lines.iter().map(|line| line.order.clone().unwrap()));
            from = page.next;
            if from.is_none() {
                break;
            }
        }
        let mut expected: Vec<TransactionId> = (0..count).map(order).collect();
        expected.reverse();
        assert_eq!(all.len(), expected.len(), "{words}");
        assert_eq!(all, expected, "{words}");
        assert_eq!(stopped, size == 100, "{words}: read {READ_AT_ONCE} lines at once");
    }
}

#[test]
fn kind_and_time_narrow_what_is_found() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    queue(&mut store, 7, "YT7");
    queue(&mut store, 9, "YT9");
    store
        .append_audit(
            APPID,
            at(8),
            "results_saved",
            &json!({"file": "失败.csv", "rows": 3}),
        )
        .unwrap();
    store.append_audit("", at(10), "language", &json!({})).unwrap();
    let mut query = HistoryQuery {
        kind: Some(HistoryKind::File),
        ..HistoryQuery::default()
    };
    assert_eq!(found(&store, &query), [""]);
    query.kind = Some(HistoryKind::Program);
    assert_eq!(
        found(&store, &query),
        [""],
        "what is about no account is everybody's"
    );
    query.kind = None;
    query.since = Some(at(8));
    query.until = Some(at(10));
    assert_eq!(found(&store, &query), [order(9).as_str(), ""]);
    assert_eq!(found(&store, &text("失败.csv")), [""]);
}

fn shown(number: usize, state: i64) -> Order {
    serde_json::from_value(json!({
        "transaction_id": order(number), "mchid": "1900000109", "out_trade_no": "S-778899", "sub_mchid": "",
        "description": "", "paid_amount": 1, "openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", "pay_time": at(0),
        "state": state, "in_complaint": false, "shipping": crate::domain::Shipping::default(),
    }))
    .unwrap()
}

#[test]
fn a_timeline_has_what_was_sent_what_came_back_and_what_changed_in_their_order() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    store.upsert_orders(APPID, &[shown(7, 1)], at(1)).unwrap();
    let shipment = queue(&mut store, 7, "YT7001234567");
    answer(&mut store, &shipment, "aa-11", "{}");
    let changed = Changed {
        before: Facts::of(&shown(7, 2)),
        now: Facts::of(&shown(7, 5)),
    };
    let change = (order(7), changed.clone(), Some(String::from("raw")));
    store.keep_changes(APPID, &[change], at(600)).unwrap();
    let lines = store.timeline(APPID, &order(7)).unwrap();
    assert_eq!(lines.len(), 3);
    assert!(matches!(
        &lines[0].happened,
        Happened::Record {
            entry: JournalEntry::Queued { .. },
            ..
        }
    ));
    assert_eq!(lines[2].happened, Happened::Changed(changed));
    assert_eq!(lines[2].raw, "raw");
    assert_eq!(found(&store, &text("S-778899")).len(), 3, "by the shop's number");
    assert!(store.timeline(APPID, &order(8)).unwrap().is_empty());
}

#[test]
fn answers_of_an_order_are_bounded_and_their_lines_go_with_them() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    for round in 0..60 {
        let changed = Changed {
            before: Facts::of(&shown(7, 1)),
            now: Facts::of(&shown(7, 2)),
        };
        let change = (order(7), changed, Some(format!("raw {round}")));
        store.keep_changes(APPID, &[change], at(round)).unwrap();
    }
    let lines = store.timeline(APPID, &order(7)).unwrap();
    assert_eq!(lines.len(), super::super::answers::KEPT_OF_AN_ORDER);
    assert_eq!(lines.last().unwrap().raw, "raw 59");
    assert_eq!(found(&store, &text("")).len(), lines.len());
}

#[test]
fn the_index_is_made_again_as_it_was() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    store.set_person("小王");
    for number in 0..5 {
        let shipment = queue(&mut store, number, &format!("YT7{number}"));
        answer(&mut store, &shipment, &format!("aa-{number}{number}"), "{}");
    }
    store
        .append_audit(APPID, at(8), "batch_sent", &json!({"batch": 1, "rows": 3}))
        .unwrap();
    let read = |store: &Store| -> (Vec<String>, Vec<String>) {
        let rows = |query: &str| -> Vec<String> {
            let mut statement = store.conn.prepare(query).unwrap();
            let rows = statement.query_map([], |row| row.get(0)).unwrap();
            rows.map(Result::unwrap).collect()
        };
        (
            rows(
                "SELECT at || kind || source || source_id || transaction_id || text FROM history ORDER BY 1",
            ),
            rows("SELECT number || transaction_id || kind FROM history_number ORDER BY 1"),
        )
    };
    let before = read(&store);
    store.empty_caches().unwrap();
    assert_eq!(read(&store), before);
    store.close(at(900)).unwrap();
    let (store, opened) = open(&dir);
    assert!(opened.recovered.is_none());
    assert_eq!(read(&store), before);
}

#[test]
fn nothing_personal_is_in_any_line() {
    let (phone, payer) = ("13812345678", "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o");
    let token = "98_".to_owned() + &"aZ3".repeat(40);
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    store.set_person(&format!("小王 {phone}"));
    let draft = crate::domain::Draft {
        transaction_id: order(1).as_str().to_owned(),
        complete: true,
        parcels: vec![crate::domain::ParcelDraft {
            courier: "YTO".into(),
            tracking_no: "YT1".into(),
            item_desc: format!("茶 {phone}"),
            receiver_contact: phone.into(),
            ..crate::domain::ParcelDraft::default()
        }],
        ..crate::domain::Draft::default()
    };
    let rules = crate::domain::Rules {
        max_parcels: 10,
        couriers: None,
    };
    let wish = Intent::check(&draft, &rules).unwrap().0;
    store.enqueue(APPID, &[new_shipment(&wish)], at(1)).unwrap();
    let details = json!({"file": format!("{phone}.csv"), "note": [payer, token, {"tel": phone}]});
    store
        .append_audit(APPID, at(2), "results_saved", &details)
        .unwrap();
    for table in ["history", "history_number", "audit", "answer", "journal"] {
        let mut statement = store.conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let width = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..width {
                let value = row.get_ref(column).unwrap();
                let value = value.as_str().unwrap_or_default();
                for secret in [phone, payer, token.as_str()] {
                    let found = value.to_lowercase().contains(&secret.to_lowercase());
                    assert!(!found, "{table}: {value}");
                }
            }
        }
    }
}

#[test]
fn a_line_that_cannot_be_read_hides_no_other_and_names_of_files_are_hidden() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    let shipment = queue(&mut store, 7, "YT7001234567");
    answer(&mut store, &shipment, "65f1a2b3-0a1b2c3d", "{}");
    store
        .conn
        .execute_batch(
            "DROP TRIGGER IF EXISTS journal_no_update;
             UPDATE journal SET payload = '{' WHERE seq = (SELECT max(seq) FROM journal)",
        )
        .unwrap();
    let page = store
        .history(APPID, &text(""), &Meant::default(), None, 100)
        .unwrap();
    assert_eq!((page.lines.len(), page.unreadable), (1, 1));
    assert_eq!(store.timeline(APPID, &order(7)).unwrap().len(), 1);
}

#[test]
fn the_answer_to_an_upload_outlives_any_number_of_looks() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    let shipment = queue(&mut store, 7, "YT7001234567");
    answer(&mut store, &shipment, "65f1a2b3-0a1b2c3d", "the upload's");
    for round in 0..60 {
        let entry = JournalEntry::LookFailed {
            failure: crate::domain::CallFailure::of(crate::domain::FailureKind::WrongSecret),
        };
        let change = Change {
            shipment: &shipment,
            entry: &entry,
            at: at(600 + round),
        };
        let raw = Some(format!("look {round}"));
        store.record_answers(APPID, &[change], &[raw]).unwrap();
    }
    let lines = store.timeline(APPID, &order(7)).unwrap();
    assert!(lines.iter().any(|line| line.raw == "the upload's"));
    assert!(lines.iter().any(|line| line.raw == "look 59"));
    let kept = lines.iter().filter(|line| !line.raw.is_empty()).count();
    assert_eq!(kept, super::super::answers::KEPT_OF_AN_ORDER);
}
