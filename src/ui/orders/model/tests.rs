//! Tables for the page, the choice and the words above the list.

use super::samples::{couriers, held, now, order, partly, shipped};
use super::*;
use crate::domain::{CallFailure, FailureKind, OrderQuery};
use crate::engine::Fetch;
use crate::i18n::text;

fn list(count: u32) -> Orders {
    Orders {
        rows: (1..=count).map(|n| Arc::new(order(n, u64::from(n)))).collect(),
        read_at: Some(now()),
        fetch: Fetch::Idle,
        rereading: 0,
    }
}

fn model(count: u32, page_size: usize) -> Model {
    let mut model = Model::default();
    model.refresh(&list(count), page_size, now());
    model
}

#[test]
fn the_pager_says_where_it_is_in_both_languages() {
    let mut model = model(1372, 100);
    model.turn_to(1);
    assert_eq!(model.pager(Lang::ZhCn), "第 2 页，共 14 页，1,372 笔");
    assert_eq!(model.pager(Lang::En), "Page 2 of 14, 1,372 orders");
    assert_eq!(model.rows_on_page(), 100);
    model.turn_to(99);
    assert_eq!((model.page(), model.rows_on_page()), (13, 72));
}

#[test]
fn an_empty_list_has_one_page_without_rows() {
    let model = model(0, 100);
    assert_eq!(model.pager(Lang::ZhCn), "第 1 页，共 1 页，0 笔");
    assert_eq!((model.last_page(), model.rows_on_page()), (0, 0));
    assert!(model.order(0).is_none());
}

#[test]
fn a_new_filter_shows_its_first_page_and_a_new_list_keeps_the_page() {
    let mut model = model(250, 100);
    model.turn_to(2);
    model.refresh(&list(250), 100, now());
    assert_eq!(model.page(), 2, "a refreshed list is the same place");
    model.filter.search = "XD".into();
    model.refresh(&list(250), 100, now());
    assert_eq!(model.page(), 0);
    model.turn_to(2);
    model.refresh(&list(120), 100, now());
    assert_eq!(model.page(), 1, "a page that is gone becomes the last");
}

#[test]
fn another_page_size_keeps_the_first_row_in_sight() {
    let mut model = model(1000, 100);
    model.turn_to(4);
    let first = model.order(0).cloned();
    model.refresh(&list(1000), 50, now());
    assert_eq!(
        model.order(0).map(|o| o.out_trade_no.clone()),
        first.map(|o| o.out_trade_no.clone())
    );
}

#[test]
fn the_arrows_go_on_at_the_edge_of_a_page() {
    let mut model = model(25, 10);
    assert_eq!(model.over_edge(true), None, "nothing is chosen");
    model.choose_row(4);
    assert_eq!(model.over_edge(true), None, "not at an edge");
    model.choose_row(9);
    assert_eq!((model.over_edge(true), model.page()), (Some(0), 1));
    assert_eq!(model.chosen_row(), Some(0));
    assert_eq!((model.over_edge(false), model.page()), (Some(9), 0));
    model.choose_row(0);
    assert_eq!(model.over_edge(false), None, "before the first row is nothing");
    model.turn_to(2);
    model.choose_row(4);
    assert_eq!(model.over_edge(true), None, "behind the last row is nothing");
}

#[test]
fn only_what_can_be_a_number_is_looked_up() {
    for (typed, number) in [
        (
            " 4200000925202101284997714292 ",
            Some("4200000925202101284997714292"),
        ),
        ("XD20261121-7", Some("XD20261121-7")),
        ("茶叶123456", None),
        ("12345", None),
        ("abcdefgh", None),
        ("1234 5678", None),
    ] {
        let mut model = Model::default();
        model.filter.search = typed.into();
        assert_eq!(model.number_to_find(), number, "{typed}");
    }
}

#[track_caller]
fn check_deadline(order: &Order, chinese: &str, english: &str, tone: Tone) {
    let said = cells::deadline(Lang::ZhCn, order, now());
    assert_eq!((said.text.as_str(), said.tone), (chinese, tone));
    assert_eq!(cells::deadline(Lang::En, order, now()).text, english);
}

#[test]
fn the_deadline_is_counted_from_the_payment_and_only_while_something_is_to_ship() {
    check_deadline(&order(1, 2), "还剩 1 天 22 小时", "1 d 22 h left", Tone::Plain);
    check_deadline(&order(1, 40), "还剩 8 小时", "8 h left", Tone::Warn);
    check_deadline(&order(1, 48), "超时 0 秒", "0 s late", Tone::Bad);
    check_deadline(&order(1, 51), "超时 3 小时", "3 h late", Tone::Bad);
    let part = partly(order(1, 51), vec![held("SF", "SF1")]);
    check_deadline(&part, "超时 3 小时", "3 h late", Tone::Bad);
    let done = shipped(order(1, 51), vec![held("SF", "SF1")], 1);
    check_deadline(&done, "11-21 07:00 上报", "Reported 11-21 07:00", Tone::Quiet);
}

#[test]
fn a_row_says_what_is_left_to_correct_once_something_is_shipped() {
    for (order, words) in [
        (order(1, 2), ""),
        (partly(order(1, 2), vec![held("SF", "SF1")]), "还可 1 次"),
        (shipped(order(1, 2), vec![held("SF", "SF1")], 1), "还可 1 次"),
        (shipped(order(1, 2), vec![held("SF", "SF1")], 2), "已用完"),
    ] {
        assert_eq!(cells::corrections(Lang::ZhCn, &order).text, words);
    }
}

#[track_caller]
fn check_fetch(fetch: Fetch, chinese: &str, english: &str, offer: &FetchOffer) {
    let orders = Orders { fetch, ..list(1) };
    let line = fetch_line(Lang::ZhCn, &orders, now()).unwrap();
    assert_eq!((line.said.text.as_str(), &line.offer), (chinese, offer));
    assert_eq!(fetch_line(Lang::En, &orders, now()).unwrap().said.text, english);
}

#[test]
fn the_fetch_says_how_far_it_is_and_goes_on_where_it_broke_off() {
    let query = OrderQuery::default();
    check_fetch(
        Fetch::Running {
            query: query.clone(),
            pages: 3,
            orders: 1150,
        },
        "正在从微信读取：已取 3 页，1,150 笔…",
        "Reading from WeChat: 3 pages, 1,150 orders so far…",
        &FetchOffer::Stop,
    );
    let failure = CallFailure::of(FailureKind::Offline);
    let why = |lang| crate::i18n::explain_failure(lang, &failure).title;
    check_fetch(
        Fetch::Failed {
            query: query.clone(),
            pages: 3,
            orders: 150,
            failure: failure.clone(),
        },
        &format!("第 4 页没取到：{}。已取的 150 笔都在", why(Lang::ZhCn)),
        &format!(
            "Page 4 did not come: {}. The 150 orders before it are here",
            why(Lang::En)
        ),
        &FetchOffer::GoOn(query.clone()),
    );
    check_fetch(
        Fetch::Complete {
            query,
            orders: 42,
            at: now(),
        },
        "已取全 42 笔（刚刚）",
        "All 42 orders read (just now)",
        &FetchOffer::None,
    );
    assert!(fetch_line(Lang::ZhCn, &list(1), now()).is_none());
}

#[test]
fn the_list_says_how_old_it_is() {
    let mut orders = list(1);
    assert_eq!(
        list_age(Lang::ZhCn, &orders, now()).text,
        "列表读取于 10:00（刚刚）"
    );
    let query = OrderQuery::default();
    for (kind, offline) in [(FailureKind::Offline, true), (FailureKind::WrongSecret, false)] {
        orders.fetch = Fetch::Failed {
            query: query.clone(),
            pages: 0,
            orders: 0,
            failure: CallFailure::of(kind),
        };
        let said = list_age(Lang::ZhCn, &orders, now());
        assert_eq!(said.text.starts_with("离线"), offline);
        assert!(said.text.contains("列表读取于 10:00（刚刚）"), "{}", said.text);
    }
    orders.read_at = None;
    orders.fetch = Fetch::Idle;
    assert_eq!(
        list_age(Lang::En, &orders, now()).text,
        text(Lang::En, "orders-never-read")
    );
}

#[test]
fn the_digit_keys_choose_the_states_in_the_order_of_progress() {
    assert_eq!(Model::view_of_digit(0), Some(View::All));
    assert_eq!(Model::view_of_digit(1), Some(View::State(OrderState::ToShip)));
    assert_eq!(
        Model::view_of_digit(4),
        Some(View::State(OrderState::AwaitingSettlement))
    );
    assert_eq!(Model::view_of_digit(6), Some(View::State(OrderState::Refunded)));
    assert_eq!(Model::view_of_digit(7), None);
}

fn model_of(count: u32) -> (Model, Orders) {
    let orders = list(count);
    let mut model = Model::default();
    model.refresh(&orders, 4, now());
    (model, orders)
}

fn marked(model: &Model) -> Vec<usize> {
    let all = (0..model.total()).filter(|place| {
        let order = model.index.order_at(*place).unwrap();
        model.selection.has(&order.transaction_id)
    });
    all.collect()
}

#[test]
fn marks_belong_to_orders_and_a_range_goes_on_over_pages() {
    let (mut model, orders) = model_of(10);
    model.mark_row(1);
    assert_eq!(marked(&model), [1]);
    model.choose_row(3);
    assert_eq!(
        model.mark_over_edge(true),
        Some(0),
        "the first row of the next page"
    );
    model.mark_to_row(2);
    assert_eq!(
        marked(&model),
        [1, 3, 4, 5, 6],
        "what was marked before the range stays"
    );
    model.mark_to_row(0);
    assert_eq!(marked(&model), [1, 3, 4], "a shorter range takes its place");
    model.sort = model.sort.clicked(Col::PayTime);
    model.refresh(&orders, 4, now());
    assert_eq!(
        marked(&model),
        [5, 6, 8],
        "the same orders in the other direction"
    );
    assert_eq!(model.marked().count, 3);
    assert_eq!(model.marked_ids().len(), 3);
    model.mark_row(1);
    assert_eq!(model.marked().count, 4);
}

#[test]
fn what_a_filter_hides_is_marked_no_more() {
    let (mut model, mut orders) = model_of(10);
    model.mark_all();
    let all = model.marked();
    assert_eq!((all.count, all.amount), (10, Fen(128_000)));
    let mut rows = orders.rows.to_vec();
    Arc::make_mut(&mut rows[0]).state = OrderState::Refunded;
    orders.rows = rows.into();
    model.refresh(&orders, 4, now());
    assert_eq!(
        model.marked().count,
        10,
        "a new reading of the same filter keeps them"
    );
    model.filter.view = View::State(OrderState::ToShip);
    model.refresh(&orders, 4, now());
    assert_eq!(model.marked(), Marked::default());
}

#[test]
fn a_table_that_leaves_the_window_has_whole_numbers_and_years() {
    let order = partly(order(7, 1), vec![held("ZTO", "7812"), held("SF", "SF1")]);
    let columns = Columns::default();
    let row = sheet::row(Lang::ZhCn, &order, columns.shown(), &couriers(), now());
    assert_eq!(
        row,
        [
            "2026-11-21 09:00:00",
            "XD00000007",
            "4200000000000000000000000007",
            "明前龙井 250g",
            "128.00",
            "oUpF…eS6o",
            "部分发货",
            "2026-11-23 09:00:00",
            "还可 1 次",
        ]
    );
    assert_eq!(sheet::headings(Lang::ZhCn, columns.shown()).len(), row.len());
}

#[test]
fn a_packing_list_has_a_row_for_each_parcel_and_for_orders_without_any() {
    let orders = [
        Arc::new(order(1, 5)),
        Arc::new(partly(order(2, 5), vec![held("ZTO", "7812"), held("SF", "SF1")])),
    ];
    for lang in Lang::ALL {
        let (headings, rows) = sheet::packing_list(lang, &orders, &couriers());
        assert!(rows.iter().all(|row| row.len() == headings.len()));
        let numbers: Vec<(&str, &str, &str)> =
            rows.iter().map(|row| (&*row[0], &*row[1], &*row[8])).collect();
        assert_eq!(
            numbers,
            [
                ("1", "XD00000001", ""),
                ("2", "XD00000002", "7812"),
                ("2", "XD00000002", "SF1"),
            ]
        );
    }
}
