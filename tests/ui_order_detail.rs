//! Drives the open order beside the list: opening, closing, its journal, and what can be done with it.
#![allow(
    clippy::wildcard_enum_match_arm,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "ui/sample_shop.rs"]
mod shop;

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use fahuo::domain::{CallFailure, Doubt, FailureKind, OrderState, State};
use fahuo::engine::command::Command;
use fahuo::engine::snapshot::Remote;
use fahuo::i18n::{Lang, explain_failure};
use fahuo::ui::{App, Page};
use shop::{press, says};

fn button(pos: egui::Pos2, pressed: bool) -> Event {
    Event::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: egui::Modifiers::NONE,
    }
}

fn click_third_row(h: &mut Harness<'static, App>) {
    let third = h.query_all_by_role(Role::Row).nth(2).unwrap().rect().center();
    for event in [
        Event::PointerMoved(third),
        button(third, true),
        button(third, false),
    ] {
        h.event(event);
    }
    h.run_ok();
}

#[test]
fn a_click_opens_the_order_and_the_panel_waits_for_it() {
    let mut h = shop::window(shop::shop(40), Lang::ZhCn, Page::Orders);
    h.run();
    click_third_row(&mut h);
    let order = shop::order(2);
    assert_eq!(
        h.state().commands(),
        [Command::OpenOrder(order.transaction_id.clone())]
    );
    assert!(says(&h, &format!("正在读取订单 {}", order.transaction_id)));
    h.state_mut()
        .set_snapshot(shop::with_open(shop::shop(40), order.clone(), vec![]));
    h.run();
    assert!(says(&h, order.transaction_id.as_str()));
    h.get_by_role_and_label(Role::Button, "发货…");
}

#[test]
fn the_panel_closes_and_says_so() {
    let snapshot = shop::with_open(shop::shop(40), shop::order(2), vec![]);
    let mut h = shop::window(snapshot, Lang::En, Page::Orders);
    h.run();
    press(&mut h, "Close the order");
    assert_eq!(h.state().commands(), [Command::CloseOrder]);
    assert!(h.query_by_label("Close the order").is_none());
}

#[test]
fn s_opens_the_form_only_when_the_order_can_be_shipped() {
    let refunded = fahuo::domain::Order {
        state: OrderState::Refunded,
        ..shop::order(2)
    };
    for (order, page) in [(refunded, Page::Orders), (shop::order(2), Page::Ship)] {
        let snapshot = shop::with_open(shop::shop(40), order, vec![]);
        let mut h = shop::window(snapshot, Lang::ZhCn, Page::Orders);
        h.run();
        h.key_press(Key::S);
        h.run();
        assert_eq!(h.state().page(), page);
    }
}

/// The palette stands for every place that opens an order: the board, the outbox, the history, the events.
#[test]
fn an_order_opened_elsewhere_takes_the_place_of_the_one_from_the_list() {
    let mut h = shop::window(shop::shop(40), Lang::ZhCn, Page::Orders);
    h.run();
    click_third_row(&mut h);
    let (first, second) = (shop::order(2), shop::order(5));
    h.state_mut()
        .set_snapshot(shop::with_open(shop::shop(40), first.clone(), vec![]));
    h.run();
    let by_number = |h: &mut Harness<'static, App>| {
        h.key_press_modifiers(egui::Modifiers::COMMAND, Key::K);
        h.run_ok();
        shop::type_text(h, second.transaction_id.as_str());
        h.run_ok();
        h.key_press(Key::Enter);
        h.run_ok();
        let wanted = Command::OpenOrder(second.transaction_id.clone());
        assert_eq!(h.state().commands().last(), Some(&wanted));
    };
    by_number(&mut h);
    assert!(says(&h, &format!("正在读取订单 {}", second.transaction_id)));
    h.key_press(Key::S);
    h.run_ok();
    assert_eq!(
        h.state().page(),
        Page::Orders,
        "what was open is not shown any more"
    );
    h.state_mut()
        .set_snapshot(shop::with_open(shop::shop(40), second.clone(), vec![]));
    h.run();
    assert!(!says(&h, "正在读取订单"));
    // Closed and asked for once more, it comes back.
    press(&mut h, "关闭订单");
    assert!(h.query_by_label("关闭订单").is_none());
    by_number(&mut h);
    h.get_by_role_and_label(Role::Button, "关闭订单");
}

#[test]
fn an_order_that_could_not_be_read_again_stays_and_says_so() {
    let order = shop::order(2);
    let mut snapshot = shop::with_open(shop::shop(40), order.clone(), vec![]);
    let previous = snapshot.open_order.value().cloned();
    let failure = CallFailure::of(FailureKind::Offline);
    snapshot.open_order = Arc::new(Remote::Failed {
        previous,
        failure: failure.clone(),
    });
    let mut h = shop::window(snapshot, Lang::ZhCn, Page::Orders);
    h.run();
    assert!(says(&h, &explain_failure(Lang::ZhCn, &failure).title));
    assert!(says(&h, order.transaction_id.as_str()));
}

#[test]
fn the_journal_of_the_open_order_is_there_with_what_can_be_decided() {
    let order = shop::order(2);
    let draft = shop::draft(&order, &[("ZTO", "75312345678901")]);
    let shipments = vec![
        shop::shipment(2, &draft, State::Unclear(Doubt::Restart)),
        shop::shipment(1, &draft, State::Queued),
    ];
    let snapshot = shop::with_open(shop::shop(40), order, shipments);
    let mut h = shop::window(snapshot, Lang::ZhCn, Page::Orders);
    h.run();
    assert!(says(&h, "尚不确定是否已送达微信。查清之前不会再次发送。"));
    assert!(says(&h, "这笔订单有一次发货正在进行"));
    assert!(h.query_by_label("发货…").is_none(), "a second one is not offered");
    h.get_by_role_and_label(Role::Button, "撤回").scroll_to_me();
    h.run();
    press(&mut h, "撤回");
    assert_eq!(
        h.state().commands(),
        [Command::CancelShipment(fahuo::domain::ShipmentId(1))]
    );
}
