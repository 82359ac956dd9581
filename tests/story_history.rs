//! What happened is kept and found again: by order, number, file and rid, with the answers as they came, and nothing
//! personal in it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;

use std::fs;
use std::sync::Arc;

use common::{Shop, config, draft};
use fahuo::domain::{
    CombinedDraft, ErrandKind, ErrandState, Happened, HistoryKind, HistoryLine, HistoryQuery, NumberKind,
    Order, State, TransactionId,
};
use fahuo::engine::{self, BatchPhase, Command, ErrandCommand, EventsAsk, HistoryWish, Remote, TableFile};
use fahuo::i18n::{Lang, history_cells, history_headings, tell_happened};
use fahuo::sim::{Fault, Happening, What};

fn search(shop: &mut Shop, query: &HistoryQuery) -> Vec<Arc<HistoryLine>> {
    shop.engine
        .send(Command::History(HistoryWish::Search(query.clone())));
    shop.until("the history", |s| {
        let history = &s.history;
        (history.asked && history.query == *query).then(|| history.lines.to_vec())
    })
}

fn words(text: &str) -> HistoryQuery {
    HistoryQuery {
        text: text.into(),
        ..HistoryQuery::default()
    }
}

fn shippable(shop: &mut Shop) -> Vec<Arc<Order>> {
    let mut orders = shop.fetched();
    orders.retain(|order| order.can_ship() && !order.in_complaint);
    orders
}

fn verdicts(lines: &[HistoryLine]) -> Vec<&'static str> {
    lines
        .iter()
        .map(|line| match &line.happened {
            Happened::Record { entry, .. } => entry.word(),
            Happened::Did { .. } => "did",
            Happened::Changed(_) => "changed",
            Happened::Errand { state, .. } => state.word(),
        })
        .collect()
}

#[test]
fn the_timeline_of_an_order_has_every_step_with_its_answer() {
    let mut shop = Shop::open();
    let order = shippable(&mut shop).remove(0);
    let id = order.transaction_id.clone();
    shop.engine
        .send(Command::Ship(draft(&id, "YTO", "YT7000000000001")));
    shop.settled(1);
    shop.engine.send(Command::OpenOrder(id.clone()));
    let open = shop.until("the open order", |s| match &*s.open_order {
        Remote::Ready(open) => (open.order.transaction_id == id).then(|| open.clone()),
        Remote::Nothing | Remote::Waiting { .. } | Remote::Failed { .. } => None,
    });
    assert_eq!(verdicts(&open.timeline)[..3], ["queued", "sending", "answered"]);
    let answered = &open.timeline[2];
    assert!(answered.raw.contains("\"errcode\":0"), "{}", answered.raw);
    assert!(open.timeline[0].by.len() > 1, "who it was");
    // What WeChat does afterwards is seen and kept too.
    let confirms = Fault::next("get_order", What::Happen(Happening::BuyerConfirms));
    shop.wechat
        .push_fault(confirms.for_orders([id.as_str().to_owned()]));
    shop.engine.send(Command::OpenOrder(id.clone()));
    let open = shop.until("the change", |s| match &*s.open_order {
        Remote::Ready(open) => (open.timeline.len() > 3).then(|| open.clone()),
        Remote::Nothing | Remote::Waiting { .. } | Remote::Failed { .. } => None,
    });
    let last = open.timeline.last().unwrap();
    let Happened::Changed(changed) = &last.happened else {
        panic!("{last:?}")
    };
    assert_ne!(changed.before.state, changed.now.state);
    assert!(last.raw.contains(id.as_str()) && !last.raw.contains(&order.openid.0));
}

#[track_caller]
fn timeline_of(shop: &mut Shop, id: &TransactionId, steps: usize) -> Vec<HistoryLine> {
    shop.engine.send(Command::OpenOrder(id.clone()));
    shop.until("the timeline", |s| {
        let open = s.open_order.value()?;
        let is_it = open.order.transaction_id == *id && open.timeline.len() >= steps;
        is_it.then(|| open.timeline.to_vec())
    })
}

#[test]
fn reminders_reports_and_messages_stand_in_the_timeline_and_in_the_history() {
    let mut shop = Shop::open();
    let orders = shippable(&mut shop);
    let id = orders[0].transaction_id.clone();
    shop.engine.send(Command::OpenOrder(id.clone()));
    let report = ErrandCommand::Run {
        orders: vec![id.clone()],
        kind: ErrandKind::TestOrder,
    };
    shop.engine.send(Command::Errands(report));
    shop.until("the report", |s| {
        (s.errands.rows.iter())
            .find(|errand| matches!(errand.state, ErrandState::Done(_)))
            .map(|_| ())
    });
    let message = serde_json::json!({"MsgType": "event", "Event": "trade_manage_remind_shipping",
        "CreateTime": 1_714_036_504, "transaction_id": id});
    shop.engine
        .send(Command::Events(EventsAsk::Paste(message.to_string())));
    let lines = timeline_of(&mut shop, &id, 4);
    assert_eq!(verdicts(&lines)[..4], ["queued", "sending", "done", "did"]);
    assert!(lines[2].raw.contains("\"errcode\":0"), "{}", lines[2].raw);
    let told = tell_happened(Lang::ZhCn, &lines[3], &fahuo::domain::CourierList::default());
    assert_eq!(told.title, "微信事件：超过 48 小时未发货");
    for text in [id.as_str(), &orders[0].out_trade_no] {
        let found = search(&mut shop, &words(text));
        let kinds: Vec<HistoryKind> = found.iter().map(|line| line.kind).collect();
        assert!(kinds.contains(&HistoryKind::Errand), "{text}: {kinds:?}");
        assert!(kinds.contains(&HistoryKind::WeChat), "{text}: {kinds:?}");
    }
}

#[test]
fn the_parts_of_a_combined_order_say_so_and_are_found_by_its_number() {
    let mut shop = Shop::open();
    let mut orders = shop.wechat.orders();
    let now = shop.wechat.clock().now().as_second();
    orders.retain(|o| o.order_state == 1 && o.shipping.is_none() && o.visible_at <= now);
    let payer = orders[0].openid.clone();
    orders[1].openid = payer;
    shop.wechat.add_order(orders[1].clone());
    let parent = "4200009999202600000000000001";
    let ids: Vec<TransactionId> = orders[..2]
        .iter()
        .map(|order| TransactionId::parse(&order.transaction_id).unwrap())
        .collect();
    shop.engine.send(Command::ShipCombined(CombinedDraft {
        parent: parent.into(),
        subs: vec![
            draft(&ids[0], "YTO", "YT8000000000001"),
            draft(&ids[1], "ZTO", "ZT8000000000002"),
        ],
    }));
    shop.settled(2);
    for id in &ids {
        let lines = timeline_of(&mut shop, id, 3);
        let told = tell_happened(Lang::En, &lines[0], &fahuo::domain::CourierList::default());
        assert_eq!(
            told.detail,
            format!("Together with the 2 sub-orders of combined order {parent}")
        );
        let found = search(&mut shop, &words(parent));
        assert!(found.iter().any(|line| line.order.as_ref() == Some(id)), "{id}");
    }
}

#[test]
fn every_sent_parcel_is_found_by_order_number_file_and_rid() {
    let mut shop = Shop::open();
    let rows = shipped_file(&mut shop);
    for (id, trade_no, tracking_no) in &rows {
        let tail: String = tracking_no.chars().skip(8).collect();
        let head: String = id.chars().take(20).collect();
        for text in [id, trade_no, tracking_no, &tail, &head] {
            let found = search(&mut shop, &words(text));
            let has = found.iter().any(|line| {
                line.order.as_ref().is_some_and(|order| order.as_str() == id) && line.intent.is_some()
            });
            assert!(has, "{text} finds {id}");
        }
        let exact = HistoryQuery {
            number: Some((NumberKind::Parcel, tracking_no.clone())),
            ..HistoryQuery::default()
        };
        let found = search(&mut shop, &exact);
        assert!(!found.is_empty());
        assert!(
            found
                .iter()
                .all(|line| line.order.as_ref().unwrap().as_str() == id)
        );
        let rid = found
            .iter()
            .find_map(|line| match &line.happened {
                Happened::Record { entry, .. } => entry.code().1.map(str::to_owned),
                Happened::Did { .. } | Happened::Changed(_) | Happened::Errand { .. } => None,
            })
            .expect("an answer with its rid");
        let by_rid = HistoryQuery {
            number: Some((NumberKind::Rid, rid)),
            ..HistoryQuery::default()
        };
        assert_eq!(search(&mut shop, &by_rid).len(), 1);
    }
    let of_file = HistoryQuery {
        file: "周一".into(),
        ..HistoryQuery::default()
    };
    let found = search(&mut shop, &of_file);
    for (row, (id, ..)) in rows.iter().enumerate() {
        let line = found
            .iter()
            .find(|line| line.order.as_ref().is_some_and(|order| order.as_str() == id))
            .expect("a line of the file");
        let row = u32::try_from(row).unwrap() + 2;
        assert_eq!(
            line.file.as_ref().unwrap().rows,
            [row],
            "the row as Excel numbers it"
        );
    }
    assert!(
        !search(&mut shop, &words("圆通")).is_empty(),
        "by the courier's name"
    );
    export(&mut shop, rows.len(), &rows[0].0);
}

/// Ships a file of five orders; number, shop number and parcel of each.
fn shipped_file(shop: &mut Shop) -> Vec<(String, String, String)> {
    let orders = shippable(shop);
    let mut text = String::from("订单号,快递公司,物流单号,商品信息,收件人电话\n");
    let rows: Vec<(String, String, String)> = orders
        .iter()
        .take(5)
        .enumerate()
        .map(|(n, order)| {
            let tracking_no = format!("YT88000000{n:05}");
            (
                order.transaction_id.as_str().to_owned(),
                order.out_trade_no.clone(),
                tracking_no,
            )
        })
        .collect();
    for (id, _, tracking_no) in &rows {
        let cells = [
            id.as_str(),
            "\t,圆通速递,",
            tracking_no,
            ",茶 13812345678,13912345678\n",
        ];
        text.extend(cells);
    }
    let path = shop.dir.path().join("周一 发货.csv");
    fs::write(&path, text).unwrap();
    shop.engine.send(Command::OpenFile(path));
    let batch = shop.batch(|phase| *phase == BatchPhase::Checked);
    shop.engine.send(Command::SendBatch {
        batch: batch.id,
        hold_secs: 0,
        reship: false,
    });
    shop.batch(|phase| *phase == BatchPhase::Done);
    rows
}

/// The file that goes out opens with whole numbers and nothing personal.
fn export(shop: &mut Shop, parcels: usize, order: &str) {
    let query = HistoryQuery {
        kind: Some(HistoryKind::Shipment),
        ..HistoryQuery::default()
    };
    let path = shop.dir.path().join("历史.csv");
    shop.engine.send(Command::History(HistoryWish::Collect {
        query,
        most: usize::MAX,
        to: Some(path.clone()),
    }));
    // Another table that is saved meanwhile takes nothing of it away.
    shop.until("the lines", |s| s.history.collected.clone());
    let other = shop.dir.path().join("别的.csv");
    shop.engine.send(Command::SaveTable(TableFile {
        sheet: "别的".into(),
        path: other.clone(),
        replace: false,
        headings: vec!["一".into()],
        rows: vec![vec!["1".into()]],
    }));
    shop.until("the other file", |_| other.exists().then_some(()));
    let (lines, couriers) = shop.until("the lines", |s| {
        let collected = s.history.collected.as_ref()?;
        (!collected.cut).then(|| (Arc::clone(&collected.lines), Arc::clone(&s.couriers)))
    });
    shop.engine.send(Command::SaveTable(TableFile {
        sheet: "历史".into(),
        path: path.clone(),
        replace: false,
        headings: history_headings(Lang::ZhCn),
        rows: lines
            .iter()
            .map(|line| history_cells(Lang::ZhCn, line, &couriers))
            .collect(),
    }));
    let text = shop.until("the file", |_| {
        fs::read_to_string(&path).ok().filter(|text| !text.is_empty())
    });
    assert!(
        text.contains(&format!("{order}\t")),
        "a number that Excel leaves alone: {text}"
    );
    assert!(text.lines().count() > 2 * parcels);
    for personal in ["13812345678", "13912345678"] {
        assert!(!text.contains(personal));
    }
}

#[test]
fn no_phone_token_or_openid_gets_into_any_line() {
    let mut shop = Shop::open();
    let orders = shippable(&mut shop);
    for (n, order) in orders.iter().take(4).enumerate() {
        let mut wish = draft(&order.transaction_id, "SF", &format!("SF100000000000{n}"));
        wish.parcels[0].receiver_contact = "13812345678".into();
        wish.parcels[0].item_desc = "茶叶，电话13812345678".into();
        shop.engine.send(Command::Ship(wish));
    }
    shop.settled(4);
    let lines = search(&mut shop, &HistoryQuery::default());
    assert!(lines.len() >= 8);
    let couriers = shop.engine.snapshot().couriers;
    for line in &lines {
        let mut text = format!("{:?} {:?} {} {}", line.happened, line.file, line.by, line.raw);
        for lang in Lang::ALL {
            text.push_str(&history_cells(lang, line, &couriers).join("|"));
        }
        assert!(!text.contains("13812345678"), "{text}");
        for order in &orders {
            assert!(!text.contains(&order.openid.0), "{text}");
        }
        assert!(!text.contains("access_token"), "{text}");
    }
}

#[test]
fn what_a_person_decided_is_named_and_survives_a_restart() {
    let mut shop = Shop::open();
    let order = shippable(&mut shop).remove(0);
    shop.engine.send(Command::Pause);
    shop.engine.send(Command::Ship(draft(
        &order.transaction_id,
        "YTO",
        "YT7000000000009",
    )));
    let id = shop.until("the queue", |s| {
        let waiting = s.outbox.rows.iter().find(|row| row.state == State::Queued)?;
        Some(waiting.id)
    });
    shop.engine.send(Command::CancelShipment(id));
    shop.until("the end", |s| {
        let ended = s.outbox.rows.iter().any(|row| row.state == State::Cancelled);
        ended.then_some(())
    });
    let query = HistoryQuery {
        kind: Some(HistoryKind::Person),
        ..HistoryQuery::default()
    };
    let before = search(&mut shop, &query);
    assert!(
        before
            .iter()
            .any(|line| line.order.as_ref() == Some(&order.transaction_id))
    );
    assert!(before.iter().all(|line| !line.by.is_empty()), "who it was");
    let config = config(&shop.wechat, shop.dir.path());
    let Shop { wechat, dir, engine } = shop;
    drop(engine);
    let engine = engine::start(config, || {}).unwrap();
    let mut shop = Shop { wechat, dir, engine };
    shop.until("the account", |s| s.session.current);
    assert_eq!(search(&mut shop, &query), before);
}
