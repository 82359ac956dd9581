//! A working day by keyboard alone, through the real window on a real engine: every control is reached by Tab or by
//! its key, and known by its accessible name. The pointer is never used. And the next morning: how the window was left
//! is how it comes back.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

mod common;
#[path = "ui/keyboard.rs"]
mod keyboard;

use std::path::Path;
use std::time::Duration;

use egui::Key;
use egui::accesskit::Role;
use fahuo::engine;
use fahuo::engine::command::{Command, Preference};
use fahuo::i18n::Lang;
use fahuo::sim::{Order, SimConfig, Simulator};
use fahuo::ui::{App, Page};
use keyboard::Keyboard;

/// Orders that can be shipped and are long enough old, oldest payment first.
fn free(wechat: &Simulator) -> Vec<Order> {
    let now = wechat.clock().now().as_second();
    let mut orders = wechat.orders();
    orders.retain(|o| {
        o.order_state == 1
            && o.shipping.is_none()
            && o.in_complaint != Some(true)
            && o.sub_mchid.is_empty()
            && o.visible_at <= now
            && o.pay_time < now - 600
    });
    orders.sort_by_key(|order| order.pay_time);
    orders
}

/// What WeChat holds of an order.
fn held(wechat: &Simulator, order: &str) -> Vec<(String, String)> {
    let fate = wechat.ledger().order(order).unwrap();
    let parcels = fate.parcels.iter();
    parcels
        .map(|parcel| (parcel.express_company.clone(), parcel.tracking_no.clone()))
        .collect()
}

fn shop() -> (Simulator, tempfile::TempDir) {
    let wechat = Simulator::start(SimConfig::default()).unwrap();
    wechat.with_world(|world| world.limits.per_second = None);
    (wechat, tempfile::tempdir().unwrap())
}

/// Where the window stood: its corner, its size and its page.
type Stood = Option<(Option<(i32, i32)>, (f32, f32), Page)>;

fn open(wechat: &Simulator, dir: &Path) -> (Keyboard, Stood) {
    let mut place = None;
    let desk = Keyboard::open(|wake| {
        let handle = engine::start(common::config(wechat, &dir.join("data")), wake).unwrap();
        let mut app = App::new(handle, Lang::ZhCn).on(Page::Orders);
        let stood = app.place(Duration::from_mins(1));
        place = stood.map(|place| (place.corner, place.size, place.page()));
        // A person who does nothing lets the hold window pass; here it is short.
        app.ask(Command::Prefer(Preference::HoldSecs(1)));
        app
    });
    (desk, place)
}

/// Finds the order of a payer and opens it.
fn find_by_payer(desk: &mut Keyboard, order: &Order) {
    desk.key(Key::R);
    let row = format!("订单 {}", order.out_trade_no);
    desk.until(Role::Label, "订单更新于");
    desk.tab_to(Role::TextInput, "付款人 OpenID");
    desk.text(&order.openid);
    desk.until(Role::Row, &row);
    assert_eq!(desk.count(Role::Row), 1, "the filter leaves this payer's order");
    desk.tab_to(Role::Grid, "订单列表");
    desk.key(Key::Home);
    desk.key(Key::Enter);
    desk.until(Role::Button, "发货…");
}

/// Ships the open order in three parcels.
fn ship_three(desk: &mut Keyboard, numbers: [&str; 3]) {
    desk.key(Key::S);
    desk.until(Role::RadioButton, "快递，多个包裹");
    desk.tab_to(Role::RadioButton, "快递，多个包裹");
    desk.key(Key::Space);
    desk.tab_to(Role::TextInput, "快递公司，包裹 1");
    desk.text("zto");
    desk.key(Key::Enter);
    for (at, number) in numbers.into_iter().enumerate() {
        desk.focused(Role::TextInput, &format!("物流单号，包裹 {}", at + 1));
        desk.text(number);
        if at < 2 {
            desk.key(Key::Enter);
        }
    }
    desk.until(Role::Button, "发出 3 个包裹");
    desk.command(Key::Enter);
    desk.until(Role::Label, "微信已确认收到发货信息");
    desk.tab_to(Role::Button, "完成");
    desk.key(Key::Enter);
}

/// Corrects the first parcel through the dialog.
fn correct_once(desk: &mut Keyboard, order: &Order, number: &str) {
    desk.until(Role::Button, "使用唯一一次更正…");
    desk.tab_to(Role::Button, "使用唯一一次更正…");
    desk.key(Key::Enter);
    desk.tab_to(Role::TextInput, "物流单号，包裹 1");
    desk.command(Key::A);
    desk.text(number);
    desk.until(Role::Button, "用掉唯一一次更正…");
    desk.command(Key::Enter);
    desk.until(Role::Label, "用掉唯一一次更正？");
    // The keyboard is in the field that asks for the last four digits.
    desk.focused(Role::TextInput, "输入微信支付单号的后四位以确认");
    desk.text(&order.transaction_id[order.transaction_id.len() - 4..]);
    desk.tab_to(Role::Button, "更正并用掉机会");
    desk.key(Key::Enter);
    desk.until(Role::Label, "微信已确认收到发货信息");
    desk.tab_to(Role::Button, "完成");
    desk.key(Key::Enter);
}

/// Checks a file whose second row names a courier that nobody knows, repairs that cell and sends both rows.
fn import_repair_send(desk: &mut Keyboard, path: &Path) {
    desk.command(Key::Num2);
    desk.tab_to(Role::TextInput, "文件路径");
    desk.text(path.to_str().unwrap());
    desk.key(Key::Enter);
    desk.until(Role::Button, "发送 1 单");
    desk.tab_to(Role::Button, "需修改 1");
    desk.key(Key::Space);
    desk.tab_to(Role::Grid, "文件各行");
    desk.key(Key::ArrowDown);
    desk.tab_to(Role::TextInput, "修改单元格 B 快递公司");
    desk.command(Key::A);
    desk.text("中通快递");
    desk.key(Key::Enter);
    desk.until(Role::Button, "发送 2 单");
    desk.tab_to(Role::Button, "发送 2 单");
    desk.key(Key::Enter);
    desk.until(Role::Label, "2 行已发货");
}

/// Finds a parcel in the history.
fn find_in_history(desk: &mut Keyboard, number: &str, order: &str) {
    desk.command(Key::H);
    desk.tab_to(Role::TextInput, "订单号、物流单号、文件名、rid、快递公司、人名");
    desk.text(number);
    desk.until_where(Role::Row, &|name| name.contains(order));
    desk.tab_to(Role::Grid, "历史记录列表");
    desk.key(Key::Home);
    desk.until_where(Role::Label, &|name| name.contains(number));
}

/// To English, and from light to dark or back.
fn switch_language_and_theme(desk: &mut Keyboard) {
    desk.tab_to(Role::Button, "Switch to English");
    desk.key(Key::Space);
    desk.until(Role::Tab, "History");
    let dark = desk.is_dark();
    let other = if dark { "light" } else { "dark" };
    desk.tab_to(Role::Button, &format!("Switch to the {other} theme"));
    desk.key(Key::Space);
    assert_ne!(desk.is_dark(), dark);
}

#[test]
fn a_working_day_is_done_by_keyboard_alone() {
    let (wechat, dir) = shop();
    let orders = free(&wechat);
    let mine = &orders[0];
    let path = dir.path().join("周一.csv");
    let file = format!(
        "订单号,快递公司,物流单号,商品信息\n{},中通快递,78000000000001,茶叶\n{},火箭快递,78000000000002,茶叶\n",
        orders[1].transaction_id, orders[2].transaction_id
    );
    std::fs::write(&path, file).unwrap();
    let (mut desk, _) = open(&wechat, dir.path());

    find_by_payer(&mut desk, mine);
    ship_three(&mut desk, ["75312345678901", "75312345678902", "75312345678903"]);
    correct_once(&mut desk, mine, "75312345678911");
    let zto = |number: &str| ("ZTO".to_owned(), number.to_owned());
    let expected = ["75312345678911", "75312345678902", "75312345678903"].map(zto);
    assert_eq!(held(&wechat, &mine.transaction_id), expected);
    assert_eq!(wechat.ledger().committed_uploads(&mine.transaction_id), 2);

    import_repair_send(&mut desk, &path);
    for (order, number) in [(1, "78000000000001"), (2, "78000000000002")] {
        assert_eq!(held(&wechat, &orders[order].transaction_id), [zto(number)]);
    }
    find_in_history(&mut desk, "75312345678911", &mine.transaction_id);

    switch_language_and_theme(&mut desk);
    let ledger = wechat.ledger();
    assert_eq!(ledger.all_committed_uploads(), 4, "two for the corrected order");
    assert_eq!(desk.nameless(), [] as [String; 0], "every stop of Tab has a name");
}

/// Sorts by the amount, hides the payers, keeps that as a view, and enlarges and darkens an English window.
fn arrange(desk: &mut Keyboard) {
    desk.key(Key::R);
    desk.until(Role::Label, "订单更新于");
    desk.tab_to(Role::Button, "金额");
    desk.key(Key::Space);
    desk.key(Key::C);
    desk.focused(Role::CheckBox, "付款时间");
    desk.tab_to(Role::CheckBox, "付款人");
    desk.key(Key::Space);
    desk.key(Key::Escape);
    desk.key(Key::V);
    desk.focused(Role::TextInput, "视图名称");
    desk.text("贵的");
    desk.key(Key::Enter);
    desk.key(Key::Escape);
    switch_language_and_theme(desk);
    desk.command(Key::Plus);
}

/// What the page of orders looks like: its controls and its rows.
fn looks(desk: &mut Keyboard) -> Vec<String> {
    desk.command(Key::Num1);
    desk.until(Role::Row, "Order ");
    let mut all = desk.names(Role::Button);
    all.extend(desk.names(Role::Row));
    all
}

#[test]
fn a_restart_keeps_columns_views_sort_zoom_language_theme_page_and_the_windows_place() {
    let (wechat, dir) = shop();
    let (mut desk, place) = open(&wechat, dir.path());
    assert_eq!(place, None, "a window that was never open here");
    arrange(&mut desk);
    desk.place_window(120.0, 80.0, 1_180.0, 760.0);
    let (before, zoom, dark) = (looks(&mut desk), desk.zoom(), desk.is_dark());
    assert!(before.iter().any(|name| name == "Amount"), "{before:?}");
    assert!(!before.iter().any(|name| name == "Payer"), "{before:?}");
    desk.command(Key::Num3);
    drop(desk);

    let (mut desk, place) = open(&wechat, dir.path());
    assert_eq!(place, Some((Some((120, 80)), (1_180.0, 760.0), Page::Outbox)));
    desk.until(
        Role::Label,
        "Every shipment is looked at just before it is sent, and nothing unclear is sent twice.",
    );
    assert_eq!((desk.zoom(), desk.is_dark()), (zoom, dark));
    assert_eq!(looks(&mut desk), before);
    desk.key(Key::V);
    desk.until(Role::Button, "Open view: 贵的");
}
