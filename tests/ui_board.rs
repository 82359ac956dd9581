//! Drives the deadline board by labels: what it counts, where a click leads, and that time moves it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "ui/fixtures.rs"]
mod fixtures;

use std::sync::Arc;
use std::time::Duration;

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use fahuo::domain::{
    CallFailure, Doubt, Errand, ErrandEnd, ErrandId, ErrandKind, ErrandState, FailureKind, Fen, OrderState,
    ShippedParcel, Shipping, State, Why,
};
use fahuo::engine::Snapshot;
use fahuo::engine::command::Command;
use fahuo::engine::snapshot::{ErrandsView, Outbox};
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};
use fixtures::{ago, now, order, order_id, shipment, shop, window};

/// Orders in every group, and shipments that wait for something.
fn busy() -> Snapshot {
    let mut snapshot = shop();
    let mut orders: Vec<_> = (0..26).map(order).collect();
    for (number, hours) in [(0, 37), (1, 40), (4, 50), (5, 90), (8, 300)] {
        orders[number].pay_time = ago(hours * 3600);
    }
    orders[9].shipping = Shipping {
        parcels: vec![ShippedParcel::default()],
        ..Shipping::default()
    };
    orders[2].in_complaint = true;
    orders[3].state = OrderState::Complete;
    orders[7].state = OrderState::Refunded;
    orders.sort_by_key(|order| std::cmp::Reverse(order.pay_time));
    Arc::make_mut(&mut snapshot.orders).rows = orders.into_iter().map(Arc::new).collect();
    let doubt = Doubt::Failure(CallFailure::of(FailureKind::NoAnswer));
    let states = [
        State::Unclear(doubt),
        State::NeedsPerson(Why::Ambiguous),
        State::Waiting,
    ];
    let rows = (1..)
        .zip(states)
        .map(|(n, state)| Arc::new(shipment(n, state, ago(60))));
    snapshot.outbox = Arc::new(Outbox {
        unclear: 1,
        needs_person: 1,
        waiting: 1,
        rows: rows.collect::<Vec<_>>().into(),
        ..Outbox::default()
    });
    snapshot
}

/// The number at the end of the counter that begins with this word.
fn figure(h: &Harness<'static, App>, word: &str) -> String {
    let counters: Vec<String> = h
        .query_all_by_role(Role::Button)
        .filter_map(|node| node.accesskit_node().label())
        .filter(|label| label.starts_with(&format!("{word} ")))
        .collect();
    assert_eq!(counters.len(), 1, "{word}: {counters:?}");
    counters[0].replacen(&format!("{word} "), "", 1)
}

#[test]
fn every_counter_opens_exactly_the_list_that_it_counts() {
    for (word, count, page) in [
        ("Due within 12 h", 2, Page::Orders),
        ("Over 36 h", 5, Page::Orders),
        ("Over 48 h", 3, Page::Orders),
        ("Partly shipped", 1, Page::Orders),
        ("In dispute", 1, Page::Orders),
        ("Need you", 1, Page::Outbox),
        ("Unclear", 1, Page::Outbox),
        ("Waiting for the order", 1, Page::Outbox),
    ] {
        let mut h = window(busy(), Lang::En, Page::Board);
        h.run();
        assert_eq!(figure(&h, word), count.to_string(), "{word}");
        h.get_by_role_and_label(Role::Button, &format!("{word} {count}"))
            .click();
        h.run_steps(4);
        assert_eq!(h.state().page(), page, "{word}");
        assert_eq!(h.query_all_by_role(Role::Row).count(), count, "{word}");
    }
}

/// Two buyers who can be reminded, one who was; two pre-sales with a date, one of them in two days, one shipped since.
fn with_errands() -> Snapshot {
    let mut snapshot = shop();
    let mut orders: Vec<_> = (0..8).map(order).collect();
    for waiting in [3, 4, 5] {
        orders[waiting].state = OrderState::ToShip;
    }
    for sent in [0, 1, 2, 6] {
        orders[sent].state = OrderState::Shipped;
        orders[sent].shipping = Shipping {
            logistics_type: 1,
            finish_shipping: true,
            parcels: vec![ShippedParcel {
                upload_time: Some(ago(86_400)),
                ..ShippedParcel::default()
            }],
            ..Shipping::default()
        };
    }
    let asked = |number: i64, order: usize, kind: ErrandKind| {
        let mut errand = Errand::queued(
            ErrandId(number),
            order_id(u32::try_from(order).unwrap()),
            kind,
            ago(600),
        );
        errand.state = ErrandState::Done(ErrandEnd::Accepted);
        Arc::new(errand)
    };
    let by = |days: u64| ErrandKind::PreSale {
        delay_to: now().plus(Duration::from_hours(24 * days)),
    };
    let remind = ErrandKind::Remind {
        received_at: ago(900),
    };
    snapshot.errands = Arc::new(ErrandsView {
        rows: vec![
            asked(6, 6, by(5)),
            asked(5, 5, ErrandKind::TestOrder),
            asked(4, 5, by(20)),
            asked(3, 4, by(2)),
            asked(2, 3, by(20)),
            asked(1, 2, remind),
        ]
        .into(),
        reminded: Arc::new([order_id(2)].into()),
        ..ErrandsView::default()
    });
    Arc::make_mut(&mut snapshot.orders).rows = orders.into_iter().map(Arc::new).collect();
    snapshot
}

#[test]
fn reminders_and_pre_sale_dates_open_exactly_the_list_that_they_count() {
    for (word, count, page) in [
        ("Can be reminded", 3, Page::Reminders),
        ("Pre-sale dates", 2, Page::Special),
    ] {
        let mut h = window(with_errands(), Lang::En, Page::Board);
        h.run();
        h.get_by_role_and_label(Role::Button, &format!("{word} {count}"))
            .click();
        h.run_steps(4);
        assert_eq!(h.state().page(), page, "{word}");
        assert_eq!(h.query_all_by_role(Role::Row).count(), count, "{word}");
        h.get_by_role_and_label(Role::Button, &format!("{word} {count}"));
    }
    let mut h = window(with_errands(), Lang::ZhCn, Page::Board);
    h.run();
    h.get_by_role_and_label(Role::Button, "预售日期 2").click();
    h.run_steps(4);
    h.get_by_label_contains("还剩 2 天");
    h.get_by_label_contains("还剩 20 天");
}

#[test]
fn the_money_that_waits_is_the_sum_of_its_list() {
    let snapshot = busy();
    let rows = snapshot.orders.rows.iter().filter(|order| order.unsettled());
    let (count, sum) = rows.fold((0, 0), |(count, sum), order| {
        (count + 1, sum + order.paid_amount.0)
    });
    let mut h = window(snapshot, Lang::En, Page::Board);
    h.run();
    let amount = Fen(sum).to_string();
    assert_eq!(figure(&h, "Money waiting"), amount);
    h.get_by_role_and_label(Role::Button, &format!("Money waiting {amount}"))
        .click();
    h.run_steps(4);
    h.get_by_label_contains(&format!("{count} orders"));
    h.get_by_role_and_label(Role::Button, &format!("Money waiting {count}"));
}

#[test]
fn an_order_that_passes_36_and_48_hours_moves_without_a_restart() {
    let mut snapshot = shop();
    let mut only = order(1);
    only.pay_time = now();
    Arc::make_mut(&mut snapshot.orders).rows = [Arc::new(only)].into();
    let mut h = window(snapshot, Lang::En, Page::Board);
    let hour = |hours: u64| now().plus(Duration::from_hours(hours));
    for (at, numbers) in [
        (hour(35), ["0", "0", "0"]),
        (hour(36), ["1", "1", "0"]),
        (hour(48), ["0", "1", "1"]),
    ] {
        h.state_mut().set_now(at);
        h.run();
        let seen = ["Due within 12 h", "Over 36 h", "Over 48 h"].map(|word| figure(&h, word));
        assert_eq!(seen, numbers, "{at:?}");
    }
    let counted = h.state().board().rebuilds();
    h.run_steps(5);
    assert_eq!(
        h.state().board().rebuilds(),
        counted,
        "nothing is counted anew in one minute"
    );
}

#[test]
fn the_charts_have_names_and_tables_that_say_the_same() {
    let mut h = window(busy(), Lang::En, Page::Board);
    h.run();
    let named = h
        .query_all_by_role(Role::Image)
        .filter_map(|node| node.accesskit_node().label());
    let named: Vec<String> = named.collect();
    for part in [
        "Orders by state: 26 orders",
        "2 at 36 to 48 hours, 3 over 48 hours",
        "Shipped per day",
    ] {
        assert!(named.iter().any(|name| name.contains(part)), "{part}: {named:?}");
    }
    h.get_by_role_and_label(Role::RadioButton, "Shown as: Tables")
        .click();
    h.run();
    assert!(h.query_by_role(Role::Image).is_none());
    h.get_by_label("36–42 h");
    h.get_by_label("72 h and more");
}

#[test]
fn the_most_urgent_order_is_opened_by_a_click() {
    let mut h = window(busy(), Lang::En, Page::Board);
    h.run();
    h.get_by_label_contains("Order SY202611200008").click();
    h.run();
    assert_eq!(h.state().page(), Page::Orders);
    assert_eq!(h.state().commands(), [Command::OpenOrder(order_id(8))]);
}

#[test]
fn an_empty_board_says_what_will_stand_there() {
    for lang in Lang::ALL {
        let mut h = window(Snapshot::default(), lang, Page::Board);
        h.run();
        let name = if lang == Lang::En { "Orders" } else { "订单" };
        h.get_by_role_and_label(Role::Button, name).click();
        h.run();
        assert_eq!(h.state().page(), Page::Orders);
    }
}
