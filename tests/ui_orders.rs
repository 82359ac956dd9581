//! Drives the page of orders by names: filter, groups, pages, keys, the open order, and every state that a
//! fetch can be in.
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
use egui::{Event, ImeEvent, Key};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use fahuo::domain::{CallFailure, FailureKind, OrderQuery, OrderState, Timestamp};
use fahuo::engine::command::{Command, Preference};
use fahuo::engine::snapshot::{Fetch, Snapshot};
use fahuo::i18n::{Lang, explain_failure};
use fahuo::ui::{App, Page};
use shop::{focus, press, says, type_text};

fn window(count: u32) -> Harness<'static, App> {
    let mut h = shop::window(shop::shop(count), Lang::ZhCn, Page::Orders);
    h.run();
    h
}

fn with_fetch(count: u32, fetch: Fetch) -> Snapshot {
    let mut snapshot = shop::shop(count);
    Arc::make_mut(&mut snapshot.orders).fetch = fetch;
    snapshot
}

/// The rows that are painted now.
fn rows(h: &Harness<'static, App>) -> Vec<String> {
    h.query_all_by_role(Role::Row)
        .filter_map(|row| row.accesskit_node().label())
        .collect()
}

#[test]
fn a_search_narrows_the_list_and_its_counts() {
    let mut h = window(400);
    let before = rows(&h).len();
    assert!(before > 10);
    focus(&mut h, "搜索单号、商品、快递单号");
    let number = shop::order(7).out_trade_no;
    type_text(&mut h, &number);
    assert_eq!(rows(&h).len(), 1);
    assert!(rows(&h)[0].contains(&number));
    h.get_by_role_and_label(Role::Button, "全部 1");
    press(&mut h, "清除条件");
    assert_eq!(rows(&h).len(), before);
}

#[test]
fn a_word_that_is_still_being_composed_does_not_filter() {
    let mut h = window(60);
    focus(&mut h, "搜索单号、商品、快递单号");
    h.event(Event::Ime(ImeEvent::Preedit {
        text: "long jing".into(),
        active_range_chars: None,
    }));
    h.run();
    assert!(rows(&h).len() > 10, "the list waits for the word");
    h.event(Event::Ime(ImeEvent::Commit("龙井".into())));
    h.run();
    assert!(rows(&h).iter().all(|row| row.contains("龙井")), "{:?}", rows(&h));
}

#[test]
fn a_counter_is_a_filter_and_a_second_press_takes_it_back() {
    let mut h = window(400);
    let all = rows(&h);
    let partly = "部分发货 2";
    press(&mut h, partly);
    assert_eq!(rows(&h).len(), 2);
    assert!(rows(&h).iter().all(|row| row.contains("部分发货")));
    press(&mut h, partly);
    assert_eq!(rows(&h), all);
}

#[test]
fn digits_choose_a_state_unless_a_field_has_the_keyboard() {
    let mut h = window(400);
    h.key_press(Key::Num6);
    h.run();
    assert!(
        rows(&h).iter().all(|row| row.contains("已退款")),
        "{:?}",
        rows(&h)
    );
    h.key_press(Key::Num0);
    h.run();
    let all = rows(&h);
    assert!(all.iter().any(|row| row.contains("待发货")));
    focus(&mut h, "搜索单号、商品、快递单号");
    h.key_press(Key::Num6);
    h.run();
    assert_eq!(rows(&h), all);
}

#[test]
fn the_slash_puts_the_cursor_into_the_search() {
    let mut h = window(40);
    h.key_press(Key::Slash);
    h.run();
    type_text(&mut h, "保温杯");
    assert!(!rows(&h).is_empty());
    assert!(rows(&h).iter().all(|row| row.contains("保温杯")));
}

#[test]
fn pages_are_turned_and_say_where_they_are() {
    let mut h = window(1372);
    assert!(says(&h, "第 1 页，共 14 页，1,372 笔"));
    let first = rows(&h);
    press(&mut h, "下一页");
    assert!(says(&h, "第 2 页，共 14 页，1,372 笔"));
    assert_ne!(rows(&h), first);
    press(&mut h, "最后一页");
    assert!(says(&h, "第 14 页，共 14 页"));
    let next = h.get_by_role_and_label(Role::Button, "下一页");
    assert!(next.accesskit_node().is_disabled());
    press(&mut h, "第一页");
    assert_eq!(rows(&h), first);
}

#[test]
fn the_arrows_walk_through_the_rows_and_on_to_the_next_page() {
    let mut snapshot = shop::shop(120);
    Arc::make_mut(&mut snapshot.preferences).page_size = 50;
    let mut h = shop::window(snapshot, Lang::ZhCn, Page::Orders);
    h.run();
    h.key_press(Key::ArrowDown);
    h.run();
    h.key_press(Key::End);
    h.run();
    assert!(says(&h, "第 1 页，共 3 页"));
    h.key_press(Key::ArrowDown);
    h.run();
    assert!(says(&h, "第 2 页，共 3 页"));
    h.key_press(Key::Enter);
    h.run();
    let expected = shop::rows(120)[50].transaction_id.clone();
    assert_eq!(h.state().commands(), [Command::OpenOrder(expected)]);
}

#[test]
fn r_fetches_exactly_what_the_filter_asks_for() {
    let mut h = window(40);
    press(&mut h, "今天");
    h.key_press(Key::Num1);
    h.run();
    h.key_press(Key::R);
    h.run();
    let query = OrderQuery {
        state: Some(OrderState::ToShip),
        openid: None,
        paid_from: Timestamp::parse("2026-11-21T00:00:00+08:00"),
        paid_to: Timestamp::parse("2026-11-21T23:59:59+08:00"),
    };
    assert_eq!(h.state().commands(), [Command::RefreshOrders(query)]);
}

#[test]
fn a_day_that_cannot_be_read_says_so_and_fetches_nothing() {
    let mut h = window(40);
    press(&mut h, "选择付款日期");
    focus(&mut h, "付款日期从");
    type_text(&mut h, "2026-13-45");
    assert!(says(&h, "付款日期从："));
    h.key_press(Key::Escape);
    h.run();
    assert!(says(&h, "付款日期从："), "it is said above the list too");
    press(&mut h, "从微信刷新");
    assert!(h.state().commands().is_empty());
}

#[test]
fn days_are_chosen_from_the_month_by_two_clicks_in_either_order() {
    for (first, last) in [("2026-10-15", "2026-10-20"), ("2026-10-20", "2026-10-15")] {
        let mut h = window(40);
        press(&mut h, "选择付款日期");
        press(&mut h, "上个月");
        press(&mut h, first);
        press(&mut h, last);
        h.key_press(Key::Escape);
        h.run();
        press(&mut h, "从微信刷新");
        let Command::RefreshOrders(query) = &h.state().commands()[0] else {
            panic!("nothing was fetched");
        };
        assert_eq!(query.paid_from, Timestamp::parse("2026-10-15"));
        assert_eq!(query.paid_to, Timestamp::parse("2026-10-20T23:59:59+08:00"));
    }
}

#[test]
fn every_range_of_days_is_there_in_both_languages_and_asks_for_its_days() {
    let days = |from: &str, to: &str| {
        let last = format!("{to}T23:59:59+08:00");
        (Timestamp::parse(from), Timestamp::parse(&last))
    };
    for (lang, button, names) in [
        (
            Lang::ZhCn,
            ("选择付款日期", "从微信刷新", "付款日期："),
            ["今天", "昨天", "近 7 天", "近 30 天", "本月", "上月", "全部"],
        ),
        (
            Lang::En,
            ("Choose the days of payment", "Refresh from WeChat", "Paid: "),
            [
                "Today",
                "Yesterday",
                "7 days",
                "30 days",
                "This month",
                "Last month",
                "All",
            ],
        ),
    ] {
        let expected = [
            days("2026-11-21", "2026-11-21"),
            days("2026-11-20", "2026-11-20"),
            days("2026-11-15", "2026-11-21"),
            days("2026-10-23", "2026-11-21"),
            days("2026-11-01", "2026-11-21"),
            days("2026-10-01", "2026-10-31"),
            (None, None),
        ];
        for (name, expected) in names.into_iter().zip(expected) {
            let mut h = shop::window(shop::shop(40), lang, Page::Orders);
            h.run();
            press(&mut h, button.0);
            h.get_by_role_and_label(Role::RadioButton, &format!("{}{name}", button.2))
                .click();
            h.run();
            press(&mut h, button.1);
            let Command::RefreshOrders(query) = &h.state().commands()[0] else {
                panic!("nothing was fetched");
            };
            assert_eq!((query.paid_from, query.paid_to), expected, "{name}");
        }
    }
}

#[test]
fn an_unknown_number_is_looked_up_by_enter_or_by_the_button() {
    for by_key in [true, false] {
        let mut h = window(40);
        focus(&mut h, "搜索单号、商品、快递单号");
        type_text(&mut h, "4200000925202101284997714292");
        if by_key {
            h.key_press(Key::Enter);
            h.run();
        } else {
            press(&mut h, "查单号 4200000925202101284997714292");
        }
        assert_eq!(
            h.state().commands(),
            [Command::FindOrder("4200000925202101284997714292".into())]
        );
    }
}

#[test]
fn a_fetch_that_broke_off_keeps_the_list_and_goes_on_with_the_same_query() {
    let query = OrderQuery {
        state: Some(OrderState::Shipped),
        ..OrderQuery::default()
    };
    let failure = CallFailure::of(FailureKind::NoAnswer);
    let snapshot = with_fetch(
        40,
        Fetch::Failed {
            query: query.clone(),
            pages: 3,
            orders: 150,
            failure: failure.clone(),
        },
    );
    let mut h = shop::window(snapshot, Lang::ZhCn, Page::Orders);
    h.run();
    let why = explain_failure(Lang::ZhCn, &failure).title;
    assert!(says(&h, &format!("第 4 页没取到：{why}")));
    assert!(rows(&h).len() > 5, "what is known stays");
    press(&mut h, "从这里继续");
    assert_eq!(h.state().commands(), [Command::RefreshOrders(query)]);
}

#[test]
fn a_running_fetch_says_how_far_it_is_and_can_be_stopped() {
    let running = Fetch::Running {
        query: OrderQuery::default(),
        pages: 3,
        orders: 150,
    };
    let mut h = shop::window(with_fetch(40, running), Lang::ZhCn, Page::Orders);
    h.run_ok();
    assert!(says(&h, "已取 3 页，150 笔"));
    assert!(rows(&h).len() > 5, "the list does not blink");
    h.get_by_role_and_label(Role::Button, "停止读取").click();
    h.run_ok();
    assert_eq!(h.state().commands(), [Command::StopRefresh]);
}

#[test]
fn an_empty_shop_says_what_to_do_first() {
    let mut bare = Snapshot::default();
    let mut h = shop::window(bare.clone(), Lang::ZhCn, Page::Orders);
    h.run();
    press(&mut h, "去设置");
    assert_eq!(h.state().page(), Page::Settings);
    bare.session = shop::shop(0).session;
    let mut h = shop::window(bare, Lang::ZhCn, Page::Orders);
    h.run();
    press(&mut h, "从微信读取订单");
    assert_eq!(
        h.state().commands(),
        [Command::RefreshOrders(OrderQuery::default())]
    );
}

#[test]
fn where_wechat_gives_no_list_a_number_is_looked_up() {
    let failure = CallFailure {
        errcode: Some(48_001),
        ..CallFailure::of(FailureKind::NotForPlatforms)
    };
    let barred = Fetch::Failed {
        query: OrderQuery::default(),
        pages: 0,
        orders: 0,
        failure,
    };
    let mut h = shop::window(with_fetch(0, barred), Lang::ZhCn, Page::Orders);
    h.run_ok();
    assert!(says(&h, "微信不给第三方平台读取订单列表"));
    assert!(says(&h, "还没有查询过订单"));
    press(&mut h, "按单号查询");
    type_text(&mut h, "4200002026112100000000000042");
    h.run_ok();
    press(&mut h, "查单号 4200002026112100000000000042");
    let asked = Command::FindOrder("4200002026112100000000000042".into());
    assert_eq!(h.state().commands(), [asked]);
}

#[test]
fn the_page_size_is_a_preference() {
    let mut h = window(400);
    h.get_by_role_and_label(Role::ComboBox, "每页笔数").click();
    h.run();
    press(&mut h, "每页 50 笔");
    assert_eq!(h.state().commands(), [Command::Prefer(Preference::PageSize(50))]);
    assert!(says(&h, "第 1 页，共 8 页，400 笔"));
}

#[test]
fn the_words_follow_the_language() {
    for (lang, words) in [(Lang::ZhCn, "商户订单号"), (Lang::En, "Shop's number")] {
        let mut h = shop::window(shop::shop(40), lang, Page::Orders);
        h.run();
        assert!(says(&h, words));
    }
    let missed = fahuo::i18n::misses();
    let ours = |id: &String| id.contains(" orders-") || id.contains(" detail-") || id.contains(" ship-");
    assert!(!missed.iter().any(ours), "{missed:?}");
}

#[test]
fn twenty_thousand_orders_are_filtered_once_and_not_in_every_frame() {
    let mut h = window(20_000);
    assert_eq!(h.state().orders().rebuilds(), 1);
    h.run_steps(30);
    assert_eq!(h.state().orders().rebuilds(), 1, "frames cost nothing");
    focus(&mut h, "搜索单号、商品、快递单号");
    type_text(&mut h, "大红袍");
    h.run_steps(10);
    assert_eq!(h.state().orders().rebuilds(), 2, "once for the new word");
    assert!(rows(&h).len() < 40, "only what is seen is painted");
}
