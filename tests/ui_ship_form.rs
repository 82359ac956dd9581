//! Drives the shipping form by names: three parcels to an exact command, problems at their fields, the
//! question before the only correction, and what the form says after it was sent.
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
#[path = "ui/ship_typing.rs"]
mod typing;

use std::sync::Arc;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use fahuo::domain::{
    CallFailure, DeliveryMode, Doubt, FailureKind, LogisticsType, Order, ProblemKind, Refusal, Shipment,
    State,
};
use fahuo::engine::Notice;
use fahuo::engine::snapshot::Snapshot;
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};
use shop::{focus, form, press, says, sent, type_text};

fn choose(h: &mut Harness<'static, App>, name: &str) {
    h.get_by_role_and_label(Role::RadioButton, name).click();
    h.run();
}

/// Finds a courier by a few letters and takes the first offer with Enter.
fn courier(h: &mut Harness<'static, App>, parcel: usize, typed: &str) {
    focus(h, &format!("快递公司，包裹 {parcel}"));
    type_text(h, typed);
    h.key_press(Key::Enter);
    h.run();
}

fn button<'a>(h: &'a Harness<'static, App>, name: &'a str) -> egui_kittest::Node<'a> {
    h.get_by_role_and_label(Role::Button, name)
}

#[test]
fn three_parcels_are_typed_without_the_mouse_and_sent_as_one_command() {
    let order = shop::order(2);
    let mut h = form(&order, Lang::ZhCn);
    choose(&mut h, "快递，多个包裹");
    courier(&mut h, 1, "zto");
    type_text(&mut h, "75312345678901");
    h.key_press(Key::Enter);
    h.run();
    type_text(&mut h, "75312345678902");
    h.key_press(Key::Enter);
    h.run();
    courier(&mut h, 3, "圆通");
    type_text(&mut h, "YT8812345678901");
    assert!(says(&h, "3 个包裹一起发出，买家会收到全部发货的通知。"));
    assert!(says(&h, "3 / 10"));
    press(&mut h, "发出 3 个包裹");
    let expected = shop::draft(
        &order,
        &[
            ("ZTO", "75312345678901"),
            ("ZTO", "75312345678902"),
            ("YTO", "YT8812345678901"),
        ],
    );
    assert_eq!(sent(&h), [expected]);
    assert!(
        h.query_by_label("发出 3 个包裹").is_none(),
        "nobody can press it again"
    );
}

#[test]
fn nothing_is_blamed_before_it_was_visited_and_the_button_rests_meanwhile() {
    let mut h = form(&shop::order(2), Lang::ZhCn);
    assert!(button(&h, "发出 1 个包裹").accesskit_node().is_disabled());
    assert!(says(&h, "还有 2 处没填"));
    assert!(!says(&h, "处要改"));
    focus(&mut h, "物流单号，包裹 1");
    focus(&mut h, "商品说明，包裹 1");
    assert!(says(&h, "有 1 处要改"));
    h.key_press_modifiers(egui::Modifiers::COMMAND, Key::Enter);
    h.run();
    assert!(sent(&h).is_empty());
}

#[test]
fn what_is_wrong_stands_at_its_field_in_both_languages() {
    for (lang, tracking, words) in [
        (Lang::ZhCn, "物流单号，包裹 1", "有 1 处要改"),
        (Lang::En, "Tracking number, parcel 1", "1 field needs a repair"),
    ] {
        let order = shop::order(2);
        let mut h = form(&order, lang);
        focus(&mut h, tracking);
        type_text(&mut h, order.transaction_id.as_str());
        assert!(says(&h, words));
        let problem = fahuo::domain::Problem::of(
            fahuo::domain::ProblemKind::TrackingIsOrderNumber,
            fahuo::domain::Field::TrackingNo,
        );
        let couriers = shop::couriers();
        let names = fahuo::i18n::explain::Names { couriers: &couriers };
        let title = fahuo::i18n::explain_problem(lang, &problem, &names).title;
        assert!(says(&h, &title), "{title}");
    }
}

#[test]
fn a_courier_that_is_on_no_list_is_kept_as_typed_and_refused() {
    let mut h = form(&shop::order(2), Lang::ZhCn);
    focus(&mut h, "快递公司，包裹 1");
    type_text(&mut h, "飞毛腿");
    assert!(says(&h, "列表里没有"));
    focus(&mut h, "物流单号，包裹 1");
    type_text(&mut h, "75312345678901");
    let field = h.get_by_role_and_label(Role::TextInput, "快递公司，包裹 1");
    assert_eq!(field.accesskit_node().value().as_deref(), Some("飞毛腿"));
    assert!(button(&h, "发出 1 个包裹").accesskit_node().is_disabled());
}

#[test]
fn a_courier_is_chosen_by_click_too() {
    let mut h = form(&shop::order(2), Lang::ZhCn);
    focus(&mut h, "快递公司，包裹 1");
    type_text(&mut h, "中通");
    h.get_by_role_and_label(Role::ListBoxOption, "中通快运 ZTOKY")
        .click();
    h.run();
    type_text(&mut h, "75312345678901");
    press(&mut h, "发出 1 个包裹");
    assert_eq!(sent(&h)[0].parcels[0].courier, "ZTOKY");
}

#[test]
fn sf_asks_for_a_phone_and_shows_how_it_will_be_sent() {
    let mut h = form(&shop::order(2), Lang::ZhCn);
    courier(&mut h, 1, "sf");
    type_text(&mut h, "SF1424780001234");
    focus(&mut h, "收件人电话，包裹 1");
    type_text(&mut h, "13812341234");
    assert!(says(&h, "将发送 138****1234"));
    press(&mut h, "发出 1 个包裹");
    let intent = fahuo::domain::Intent::check(
        &sent(&h)[0],
        &fahuo::domain::Rules {
            max_parcels: 10,
            couriers: None,
        },
    );
    let (intent, _) = intent.unwrap();
    let receiver = intent.parcels()[0].contact.receiver.clone().unwrap();
    assert_eq!(receiver.as_str(), "138****1234");
}

#[test]
fn ways_without_a_courier_send_their_text() {
    for (name, button, logistics_type) in [
        ("同城配送", "确认同城配送", LogisticsType::SameCity),
        ("虚拟商品", "确认虚拟发货", LogisticsType::Virtual),
        ("用户自提", "确认自提", LogisticsType::PickUp),
    ] {
        let order = shop::order(2);
        let mut h = form(&order, Lang::ZhCn);
        choose(&mut h, name);
        press(&mut h, button);
        let draft = &sent(&h)[0];
        assert_eq!(draft.logistics_type, logistics_type);
        assert_eq!(draft.delivery_mode, DeliveryMode::Unified);
        assert_eq!(draft.parcels.len(), 1);
        assert_eq!(draft.parcels[0].item_desc, order.description);
    }
}

#[test]
fn a_partly_shipped_order_is_sent_with_all_its_parcels() {
    let held = shop::held("ZTO", "75300000000001", "陶瓷壶", 20);
    let order = shop::partly(shop::order(6), vec![held]);
    let mut h = form(&order, Lang::ZhCn);
    let unified = h.get_by_role_and_label(Role::RadioButton, "快递，一个包裹");
    assert!(unified.accesskit_node().is_disabled());
    courier(&mut h, 2, "yto");
    type_text(&mut h, "YT8812345678901");
    choose(&mut h, "还有没发的");
    press(&mut h, "发出 1 个包裹");
    let draft = &sent(&h)[0];
    let numbers: Vec<&str> = draft.parcels.iter().map(|p| p.tracking_no.as_str()).collect();
    assert_eq!(numbers, ["75300000000001", "YT8812345678901"]);
    assert!(!draft.complete && draft.reship.is_none());
}

#[test]
fn parcels_are_added_moved_and_taken_out() {
    let mut h = form(&shop::order(2), Lang::ZhCn);
    choose(&mut h, "快递，多个包裹");
    assert!(h.query_by_label("去掉包裹 1").is_none());
    press(&mut h, "再加一个包裹");
    focus(&mut h, "物流单号，包裹 2");
    type_text(&mut h, "B2");
    press(&mut h, "上移包裹 2");
    let first = h.get_by_role_and_label(Role::TextInput, "物流单号，包裹 1");
    assert_eq!(first.accesskit_node().value().as_deref(), Some("B2"));
    press(&mut h, "去掉包裹 2");
    assert!(h.query_by_label("物流单号，包裹 2").is_none());
}

#[test]
fn an_order_that_changed_meanwhile_is_not_sent_until_it_was_seen() {
    let order = shop::order(2);
    let mut h = form(&order, Lang::ZhCn);
    courier(&mut h, 1, "zto");
    type_text(&mut h, "75312345678901");
    let held = shop::held("SF", "SF9", "别人发的", 1);
    let changed = shop::partly(order, vec![held]);
    h.state_mut()
        .set_snapshot(shop::with_open(shop::shop(20), changed, vec![]));
    h.run();
    assert!(button(&h, "发出 1 个包裹").accesskit_node().is_disabled());
    press(&mut h, "按最新的订单重新填写");
    assert!(says(&h, "继续发货"));
    assert!(sent(&h).is_empty());
}

/// Sends one parcel and then shows what the journal makes of it.
fn after(state: State) -> Harness<'static, App> {
    let order = shop::order(2);
    let mut h = form(&order, Lang::ZhCn);
    courier(&mut h, 1, "zto");
    type_text(&mut h, "75312345678901");
    h.key_press_modifiers(egui::Modifiers::COMMAND, Key::Enter);
    h.run_ok();
    let draft = sent(&h)[0].clone();
    let shipments: Vec<Arc<Shipment>> = vec![shop::shipment(1, &draft, state)];
    let snapshot: Snapshot = shop::with_open(shop::shop(20), order, shipments);
    h.state_mut().set_snapshot(snapshot);
    h.run_ok();
    h
}

#[test]
fn after_sending_the_form_follows_the_shipment() {
    let lost = Doubt::Failure(CallFailure::of(FailureKind::NoAnswer));
    let refusal = Refusal {
        errcode: 10_060_004,
        rid: None,
        refunded: false,
    };
    for (state, words) in [
        (State::Queued, "查询并发送"),
        (State::Sending, "等待微信应答"),
        (
            State::Unclear(lost),
            "但这一单仍可能已送达微信。查清之前不会再次发送。",
        ),
        (State::Shipped { found: false }, "微信已确认收到发货信息"),
        (State::Rejected(refusal), "微信没有接受这次发货"),
    ] {
        let h = after(state);
        assert!(says(&h, words), "{words}");
        assert!(h.query_by_label("发出 1 个包裹").is_none());
    }
}

#[test]
fn after_sending_the_card_of_the_order_follows_wechat() {
    let mut h = after(State::Shipped { found: false });
    let shown = |h: &Harness<'static, App>, words: &str| h.query_all_by_label(words).count();
    let before = (shown(&h, "待发货"), shown(&h, "已发货"));
    let held = shop::held("ZTO", "75312345678901", "陶瓷壶", 20);
    let order = shop::shipped(shop::order(2), vec![held], 0);
    let shipments = vec![shop::shipment(1, &sent(&h)[0], State::Shipped { found: false })];
    h.state_mut()
        .set_snapshot(shop::with_open(shop::shop(20), order, shipments));
    h.run_ok();
    assert_eq!(
        (shown(&h, "待发货") + 1, shown(&h, "已发货")),
        (before.0, before.1 + 1)
    );
}

#[test]
fn a_part_that_was_shipped_is_called_a_part_at_both_places() {
    let order = shop::order(2);
    let mut h = form(&order, Lang::ZhCn);
    choose(&mut h, "快递，多个包裹");
    courier(&mut h, 1, "zto");
    type_text(&mut h, "75312345678901");
    choose(&mut h, "还有没发的");
    press(&mut h, "发出 1 个包裹");
    let held = shop::held("ZTO", "75312345678901", "陶瓷壶", 20);
    let order = shop::partly(shop::order(2), vec![held]);
    let shipments = vec![shop::shipment(1, &sent(&h)[0], State::Shipped { found: false })];
    h.state_mut()
        .set_snapshot(shop::with_open(shop::shop(20), order, shipments));
    h.run_ok();
    assert!(says(&h, "微信已确认收到发货信息"));
    assert_eq!(h.query_all_by_label("部分发货").count(), 2);
    assert_eq!(h.query_all_by_label("已发货").count(), 0);
}

#[test]
fn what_the_outbox_did_not_take_says_why_in_the_place_of_the_form() {
    let order = shop::order(2);
    let mut h = form(&order, Lang::ZhCn);
    courier(&mut h, 1, "zto");
    type_text(&mut h, "75312345678901");
    h.key_press_modifiers(egui::Modifiers::COMMAND, Key::Enter);
    h.run_ok();
    h.state_mut().say(&Notice::NotQueued {
        transaction_id: order.transaction_id.as_str().to_owned(),
        problems: vec![ProblemKind::Refunded.into()],
    });
    h.run_ok();
    assert!(says(&h, "没有进入发件箱，没有发送任何内容"));
    assert!(says(&h, &explain_problem_title(&ProblemKind::Refunded.into())));
    press(&mut h, "返回修改");
    let field = h.get_by_role_and_label(Role::TextInput, "物流单号，包裹 1");
    assert_eq!(field.accesskit_node().value().as_deref(), Some("75312345678901"));
}

fn explain_problem_title(problem: &fahuo::domain::Problem) -> String {
    let couriers = fahuo::domain::CourierList::default();
    let names = fahuo::i18n::explain::Names { couriers: &couriers };
    fahuo::i18n::explain_problem(Lang::ZhCn, problem, &names).title
}

#[test]
fn done_leads_back_to_the_orders_and_a_cancelled_one_can_be_edited() {
    let mut h = after(State::Shipped { found: false });
    press(&mut h, "完成");
    assert_eq!(h.state().page(), Page::Orders);
    let mut h = after(State::Cancelled);
    press(&mut h, "返回修改");
    let field = h.get_by_role_and_label(Role::TextInput, "物流单号，包裹 1");
    assert_eq!(field.accesskit_node().value().as_deref(), Some("75312345678901"));
}

#[test]
fn escape_leads_back_and_what_was_typed_is_still_there() {
    let mut h = form(&shop::order(2), Lang::ZhCn);
    courier(&mut h, 1, "zto");
    type_text(&mut h, "75312345678901");
    h.key_press(Key::Escape);
    h.run();
    assert_eq!(h.state().page(), Page::Ship, "the first one leaves the field");
    h.key_press(Key::Escape);
    h.run();
    assert_eq!(h.state().page(), Page::Orders);
    h.key_press(Key::S);
    h.run();
    let field = h.get_by_role_and_label(Role::TextInput, "物流单号，包裹 1");
    assert_eq!(field.accesskit_node().value().as_deref(), Some("75312345678901"));
}

#[test]
fn a_form_rests_while_another_shipment_of_the_order_is_on_its_way() {
    let order = shop::order(2);
    let mut h = form(&order, Lang::ZhCn);
    courier(&mut h, 1, "zto");
    type_text(&mut h, "75312345678901");
    let other = shop::draft(&order, &[("YTO", "YT1")]);
    let shipments = vec![shop::shipment(9, &other, State::Queued)];
    h.state_mut()
        .set_snapshot(shop::with_open(shop::shop(20), order, shipments));
    h.run();
    assert!(says(&h, "这笔订单有一次发货正在进行"));
    h.key_press_modifiers(egui::Modifiers::COMMAND, Key::Enter);
    h.run();
    assert!(sent(&h).is_empty());
}

#[test]
fn an_order_that_cannot_be_shipped_says_why() {
    let order = Order {
        state: fahuo::domain::OrderState::Refunded,
        ..shop::order(2)
    };
    let mut h = form(&order, Lang::ZhCn);
    assert!(says(&h, "已退款，不能发货"));
    press(&mut h, "返回订单");
    assert_eq!(h.state().page(), Page::Orders);
}
