//! Drives the pages of reminders and special orders by labels: what is offered, what is asked before it is sent, and
//! that closing means No.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "ui_errands/combined.rs"]
mod combined;
#[path = "ui/fixtures.rs"]
mod fixtures;
#[path = "ui_errands/question.rs"]
mod question;

use std::sync::Arc;
use std::time::Duration;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use fahuo::domain::{
    Decision, Errand, ErrandId, ErrandKind, ErrandState, ErrandWhy, JumpState, Order, OrderState,
    ShippedParcel, Shipping, Timestamp,
};
use fahuo::engine::command::{Command, ErrandCommand};
use fahuo::engine::snapshot::{ErrandsView, Gate, Orders, Outbox, Snapshot};
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};
use fixtures::{ago, now, order, shop, themed, window};

fn shipped(number: u32, logistics_type: i64) -> Arc<Order> {
    let parcel = ShippedParcel {
        tracking_no: format!("SF{number}"),
        express_company: String::from("SF"),
        upload_time: Some(ago(86_400)),
        ..ShippedParcel::default()
    };
    Arc::new(Order {
        state: OrderState::Shipped,
        in_complaint: false,
        shipping: Shipping {
            logistics_type,
            finish_shipping: true,
            finish_shipping_count: 1,
            parcels: vec![parcel],
            ..Shipping::default()
        },
        ..order(number)
    })
}

fn to_ship(number: u32) -> Arc<Order> {
    Arc::new(Order {
        state: OrderState::ToShip,
        in_complaint: false,
        shipping: Shipping::default(),
        pay_time: ago(3 * 86_400),
        ..order(number)
    })
}

fn with(rows: Vec<Arc<Order>>, errands: ErrandsView) -> Snapshot {
    Snapshot {
        orders: Arc::new(Orders {
            rows: rows.into(),
            read_at: Some(now()),
            ..Orders::default()
        }),
        errands: Arc::new(errands),
        ..shop()
    }
}

fn errand(number: u32, kind: ErrandKind, state: ErrandState) -> Arc<Errand> {
    let mut errand = Errand::queued(
        ErrandId(i64::from(number)),
        order(number).transaction_id,
        kind,
        ago(600),
    );
    errand.state = state;
    Arc::new(errand)
}

fn open(snapshot: Snapshot, page: Page, lang: Lang) -> Harness<'static, App> {
    let mut h = window(snapshot, lang, page);
    h.run();
    h
}

fn press(h: &mut Harness<'static, App>, button: &str) {
    h.get_by_role_and_label(Role::Button, button).click();
    h.run_steps(3);
}

fn tick(h: &mut Harness<'static, App>, name: &str) {
    h.get_by_role_and_label(Role::CheckBox, name).click();
    h.run_steps(3);
}

fn errands(h: &Harness<'static, App>) -> Vec<ErrandCommand> {
    let commands = h.state().commands().iter();
    let errands = commands.filter_map(|command| {
        if let Command::Errands(errand) = command {
            Some(errand.clone())
        } else {
            None
        }
    });
    errands.collect()
}

#[test]
fn only_orders_that_allow_it_are_offered_and_the_button_counts_them() {
    let rows = vec![shipped(1, 1), shipped(2, 1), shipped(3, 4)];
    let mut h = open(
        with(rows.clone(), ErrandsView::default()),
        Page::Reminders,
        Lang::En,
    );
    h.get_by_label("Can be reminded 2");
    h.get_by_label("Cannot 1");
    tick(&mut h, &format!("Choose order {}", rows[1].transaction_id));
    press(&mut h, "Remind 1 buyer");
    // Closing the question means No.
    h.key_press(Key::Escape);
    h.run_steps(3);
    assert!(errands(&h).is_empty());
    press(&mut h, "Choose all 2");
    press(&mut h, "Remind 2 buyers");
    h.get_by_label_contains("once, and then never again");
    let buttons: Vec<_> = h
        .get_all_by_role_and_label(Role::Button, "Remind 2 buyers")
        .collect();
    buttons.last().unwrap().click();
    h.run_steps(3);
    let orders = vec![rows[0].transaction_id.clone(), rows[1].transaction_id.clone()];
    let kind = ErrandKind::Remind { received_at: now() };
    assert_eq!(errands(&h), [ErrandCommand::Run { orders, kind }]);
}

#[test]
fn the_reason_against_an_order_is_shown_in_both_languages() {
    for (lang, cannot, words) in [
        (Lang::ZhCn, "不符合 1", "不是快递订单"),
        (Lang::En, "Cannot 1", "Not sent by a courier"),
    ] {
        let mut h = open(
            with(vec![shipped(1, 4)], ErrandsView::default()),
            Page::Reminders,
            lang,
        );
        press(&mut h, cannot);
        h.get_by_label(words);
    }
}

#[test]
fn a_test_order_needs_its_count_typed_and_closing_means_no() {
    let rows = vec![to_ship(1), to_ship(2)];
    let mut h = open(
        with(rows.clone(), ErrandsView::default()),
        Page::Special,
        Lang::En,
    );
    h.get_by_role_and_label(Role::RadioButton, "What they are: Test orders")
        .click();
    h.run_steps(3);
    h.get_by_label_contains("the money does not go back by itself");
    press(&mut h, "Choose all 2");
    press(&mut h, "Report 2 test orders");
    let yes = |h: &mut Harness<'static, App>| {
        let buttons: Vec<_> = h
            .get_all_by_role_and_label(Role::Button, "Report 2 test orders")
            .collect();
        buttons.last().unwrap().click();
        h.run_steps(3);
    };
    yes(&mut h);
    assert!(errands(&h).is_empty(), "nothing was typed");
    h.get_by_role_and_label(Role::TextInput, "Type the number of orders, 2, to confirm")
        .focus();
    h.run_steps(2);
    h.event(egui::Event::Text("2".into()));
    h.run_steps(3);
    yes(&mut h);
    let orders = rows.iter().map(|order| order.transaction_id.clone()).collect();
    let kind = ErrandKind::TestOrder;
    assert_eq!(errands(&h), [ErrandCommand::Run { orders, kind }]);
}

#[test]
fn a_pre_sale_says_its_days_and_waits_for_one() {
    let rows = vec![to_ship(1)];
    let mut h = open(with(rows, ErrandsView::default()), Page::Special, Lang::En);
    press(&mut h, "Choose all 1");
    h.get_by_label_contains("The chosen orders allow 20");
    press(&mut h, "Report 1 pre-sale");
    assert!(errands(&h).is_empty(), "no day was typed");
}

#[test]
fn a_day_that_no_order_allows_is_red_and_the_empty_list_says_why() {
    for (page, field, typed, reason, range, row) in [
        (
            Page::Special,
            "Shipped by",
            "2020-01-01",
            "The expected date is too early",
            "The orders allow 20",
            to_ship(1),
        ),
        (
            Page::Reminders,
            "Signed for at",
            "2020-01-01 10:00",
            "The signing is not later than the shipping",
            "The orders allow times after 20",
            shipped(1, 1),
        ),
    ] {
        let mut h = open(with(vec![row], ErrandsView::default()), page, Lang::En);
        h.get_by_role_and_label(Role::TextInput, field).focus();
        h.run_steps(2);
        h.event(egui::Event::Text(typed.into()));
        h.run_steps(3);
        h.get_by_label_contains(reason);
        h.get_by_label_contains(range);
        h.get_by_label("No order allows this date");
        press(&mut h, "Clear the date");
        assert!(h.query_by_label("No order allows this date").is_none());
        assert!(h.query_by_label_contains(reason).is_none());
    }
}

#[test]
fn what_needs_a_person_is_decided_in_the_history() {
    let stopped = ErrandState::NeedsPerson(ErrandWhy::Unproven);
    let past = errand(1, ErrandKind::TestOrder, stopped);
    let view = ErrandsView {
        rows: [past].into(),
        needs_person: 1,
        ..ErrandsView::default()
    };
    for (button, decision) in [("It counts", Decision::AcceptAsItIs), ("Give up", Decision::Drop)] {
        let mut h = open(with(vec![to_ship(2)], view.clone()), Page::Special, Lang::En);
        press(&mut h, "History 1");
        h.get_by_role(Role::Row).click();
        h.run_steps(3);
        h.get_by_label_contains("· Not known whether the report counts");
        press(&mut h, button);
        assert_eq!(errands(&h), [ErrandCommand::Decide(ErrandId(1), decision)]);
    }
}

#[test]
fn what_is_stopped_says_why_and_goes_on_by_one_click() {
    let kind = ErrandKind::Remind { received_at: now() };
    let view = ErrandsView {
        rows: [errand(1, kind, ErrandState::Queued)].into(),
        open: 1,
        ..ErrandsView::default()
    };
    let snapshot = Snapshot {
        outbox: Arc::new(Outbox {
            gate: Gate::Interrupted,
            ..Outbox::default()
        }),
        ..with(vec![shipped(1, 1)], view)
    };
    let mut h = open(snapshot, Page::Reminders, Lang::En);
    press(&mut h, "Continue");
    assert_eq!(h.state().commands(), [Command::Resume]);
}

/// Presses a button that may lie below what is seen.
fn set(h: &mut Harness<'static, App>, button: &str) {
    h.get_by_role_and_label(Role::Button, button).click_accesskit();
    h.run_steps(3);
}

#[test]
fn the_page_that_messages_open_is_asked_about_first() {
    let mut h = open(shop(), Page::Settings, Lang::En);
    h.get_by_role_and_label(Role::TextInput, "Page of the Mini Program")
        .focus();
    h.run_steps(2);
    h.event(egui::Event::Text("pages/a?transaction_id=1".into()));
    h.run_steps(3);
    h.get_by_label_contains("transaction_id in the path is one that WeChat appends");
    set(&mut h, "Set");
    h.key_press(Key::Escape);
    h.run_steps(3);
    assert!(errands(&h).is_empty());
    set(&mut h, "Set");
    set(&mut h, "Set for the whole account");
    let path = String::from("pages/a?transaction_id=1");
    assert_eq!(errands(&h), [ErrandCommand::SetJumpPath(path)]);
}

/// Kept where `FAHUO_PICTURES` names a folder, for people to look at.
#[test]
fn both_pages_are_painted_in_both_languages_and_themes() {
    let folder = std::env::var_os("FAHUO_PICTURES").map(std::path::PathBuf::from);
    let kind = ErrandKind::Remind { received_at: now() };
    let report = ErrandKind::PreSale {
        delay_to: now().plus(Duration::from_hours(30 * 24)),
    };
    let rows = |number| {
        let mut all = vec![
            errand(number, kind, ErrandState::Queued),
            errand(number + 1, report, ErrandState::NeedsPerson(ErrandWhy::Unproven)),
            errand(
                number + 2,
                kind,
                ErrandState::NeedsPerson(ErrandWhy::ThreeAttempts),
            ),
        ];
        all.push(errand(number + 3, ErrandKind::TestOrder, ErrandState::Queued));
        all
    };
    let mut view = ErrandsView {
        rows: rows(21).into(),
        open: 2,
        needs_person: 2,
        ..ErrandsView::default()
    };
    view.jump_path.state = JumpState::Unclear;
    view.jump_path.path = String::from("pages/order/detail");
    view.jump_path.at = Timestamp::from_secs(now().secs() - 60);
    let orders: Vec<Arc<Order>> = (1..12)
        .map(|n| if n % 4 == 0 { shipped(n, 4) } else { shipped(n, 1) })
        .chain((12..24).map(to_ship))
        .collect();
    for lang in Lang::ALL {
        for theme in ["light", "dark"] {
            for (name, page, press_first) in [
                ("reminders", Page::Reminders, None),
                (
                    "reminders-history",
                    Page::Reminders,
                    Some(("记录 2", "History 2")),
                ),
                ("special", Page::Special, None),
                ("special-history", Page::Special, Some(("记录 2", "History 2"))),
                ("combined", Page::Combined, None),
            ] {
                let mut h = themed(with(orders.clone(), view.clone()), lang, page, theme);
                h.run();
                if let Some((chinese, english)) = press_first {
                    press(&mut h, if lang == Lang::ZhCn { chinese } else { english });
                    h.get_all_by_role(Role::Row).next().unwrap().click();
                    h.run_steps(3);
                } else if page == Page::Reminders || page == Page::Special {
                    let all = h.get_all_by_role(Role::CheckBox).next().unwrap();
                    all.click();
                    h.run_steps(3);
                }
                assert!(fahuo::i18n::misses().is_empty(), "{:?}", fahuo::i18n::misses());
                if let Some(folder) = &folder
                    && let Ok(image) = h.render()
                {
                    let tag = lang.tag();
                    image
                        .save(folder.join(format!("{name}-{tag}-{theme}.png")))
                        .unwrap();
                }
            }
        }
    }
}
