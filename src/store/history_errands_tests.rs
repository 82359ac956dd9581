//! Reminders, reports and messages stand in the order's timeline with their answers, and are found like shipments.

use serde_json::json;

use super::super::answers::KEPT_OF_AN_ORDER;
use super::super::history::Meant;
use super::super::test_support::{APPID, at, folder, open, order};
use super::*;
use crate::domain::{
    Changed, Errand, ErrandEnd, Facts, HistoryKind, HistoryQuery, Order, Refusal, TransactionId,
};

const REMIND: ErrandKind = ErrandKind::Remind {
    received_at: Timestamp::from_secs(1_700_000_100),
};

/// The newest errand comes into this state.
fn comes(store: &mut Store, state: ErrandState, secs: i64, raw: Option<&str>) {
    let mut errand: Errand = store.errands(APPID, 10).unwrap().remove(0);
    errand.trail.push((at(secs), state.clone()));
    errand.state = state;
    errand.since = at(secs);
    store.record_errands(APPID, &[&errand], raw).unwrap();
}

fn found(store: &Store, query: &HistoryQuery) -> Vec<(HistoryKind, TransactionId)> {
    let page = store.history(APPID, query, &Meant::default(), None, 100).unwrap();
    let lines = page.lines.into_iter();
    lines.filter_map(|line| Some((line.kind, line.order?))).collect()
}

fn index(store: &Store) -> Vec<String> {
    let mut statement = store
        .conn
        .prepare("SELECT at || kind || source || source_id || transaction_id || text FROM history ORDER BY 1")
        .unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn a_day(store: &mut Store) {
    store.queue_errands(APPID, &[order(1)], REMIND, at(1)).unwrap();
    comes(store, ErrandState::Sending, 2, None);
    let refusal = Refusal {
        errcode: 10_060_029,
        rid: Some("65f1a2b3-0a1b2c3d".into()),
        refunded: false,
    };
    comes(
        store,
        ErrandState::Refused(refusal),
        3,
        Some(r#"{"errcode":10060029}"#),
    );
    let event =
        json!({"event": "trade_manage_remind_shipping", "transaction_id": order(1), "create_time": at(2)});
    store.append_audit(APPID, at(4), "event", &event).unwrap();
    store
        .queue_errands(APPID, &[order(1)], ErrandKind::TestOrder, at(5))
        .unwrap();
    comes(store, ErrandState::Done(ErrandEnd::ByPerson), 6, None);
}

#[test]
fn steps_and_messages_stand_in_the_timeline_in_their_order_with_the_answer() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    a_day(&mut store);
    let lines = store.timeline(APPID, &order(1)).unwrap();
    let said: Vec<(i64, String, &str)> = lines
        .iter()
        .map(|line| {
            let what = match &line.happened {
                Happened::Errand { errand, state } => format!("{} {}", errand.word(), state.word()),
                Happened::Did { what, .. } => what.clone(),
                Happened::Record { .. } | Happened::Changed(_) => String::new(),
            };
            (
                line.at.since(at(0)).as_secs().try_into().unwrap(),
                what,
                line.raw.as_str(),
            )
        })
        .collect();
    let said: Vec<(i64, &str, &str)> = said
        .iter()
        .map(|(at, what, raw)| (*at, what.as_str(), *raw))
        .collect();
    assert_eq!(
        said,
        [
            (1, "remind queued", ""),
            (2, "remind sending", ""),
            (3, "remind refused", r#"{"errcode":10060029}"#),
            (4, "event", ""),
            (5, "test_order queued", ""),
            (6, "test_order done", ""),
        ]
    );
    assert!(store.timeline(APPID, &order(2)).unwrap().is_empty());
}

#[test]
fn they_are_found_by_order_rid_code_and_kind_and_again_after_the_index_was_lost() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    a_day(&mut store);
    let text = |text: &str| HistoryQuery {
        text: text.into(),
        ..HistoryQuery::default()
    };
    let errands = HistoryQuery {
        kind: Some(HistoryKind::Errand),
        ..HistoryQuery::default()
    };
    for round in 0..2 {
        assert_eq!(
            found(&store, &text(order(1).as_str())).len(),
            5,
            "all but the sending"
        );
        for words in ["65f1a2b3-0a1b2c3d", "remind 10060029"] {
            let lines = found(&store, &text(words));
            assert!(
                lines.contains(&(HistoryKind::Errand, order(1))),
                "{words} {round}"
            );
        }
        assert_eq!(found(&store, &errands).len(), 4);
        let before = index(&store);
        store.empty_caches().unwrap();
        assert_eq!(index(&store), before);
    }
}

#[test]
fn the_answer_to_an_errand_outlives_any_number_of_looks() {
    let (_guard, dir) = folder();
    let (mut store, _) = open(&dir);
    a_day(&mut store);
    let shown = |state: i64| -> Facts {
        let order: Order = serde_json::from_value(json!({
            "transaction_id": order(1), "mchid": "", "out_trade_no": "", "sub_mchid": "", "description": "",
            "paid_amount": 1, "openid": "o", "pay_time": at(0), "state": state, "in_complaint": false,
            "shipping": crate::domain::Shipping::default(),
        }))
        .unwrap();
        Facts::of(&order)
    };
    for round in 0..i64::try_from(KEPT_OF_AN_ORDER).unwrap() * 2 {
        let changed = Changed {
            before: shown(1),
            now: shown(2),
        };
        let change = (order(1), changed, Some(String::from("{}")));
        store.keep_changes(APPID, &[change], at(10 + round)).unwrap();
    }
    let lines = store.timeline(APPID, &order(1)).unwrap();
    assert!(lines.iter().any(|line| line.raw.contains("10060029")));
}
