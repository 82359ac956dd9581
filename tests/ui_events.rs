//! Drives the page of push messages by labels: the list and its filters, pasting, the door, and what is told.
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

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use fahuo::domain::{EventKind, OrderState, PushEvent, PushRefusal};
use fahuo::engine::command::{Command, EventsAsk, ReceiverEdit, Secret};
use fahuo::engine::notice::{EventsSaid, Notice};
use fahuo::engine::snapshot::{
    EventLook, EventRecord, EventWay, EventsView, ReceiverStanding, ReceiverTrouble, ReceiverView, Snapshot,
};
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};
use fixtures::{ago, order_id, shop, themed, window};

fn record(number: u32, event: EventKind, settled: bool, look: EventLook) -> Arc<EventRecord> {
    let about_order = event != EventKind::RemindAccess;
    let settlement = event == EventKind::Settlement;
    let secs = u64::from(number) * 4_000;
    Arc::new(EventRecord {
        event: PushEvent {
            event,
            create_time: ago(secs),
            transaction_id: about_order.then(|| order_id(number)),
            merchant_id: "1900000109".into(),
            sub_merchant_id: String::new(),
            merchant_trade_no: format!("SY20261120{number:04}"),
            pay_time: about_order.then(|| ago(secs + 200_000)),
            shipped_time: settlement.then(|| ago(secs + 100_000)),
            estimated_settlement_time: (settlement && !settled).then(|| ago(0)),
            confirm_receive_method: settled.then_some(1),
            confirm_receive_time: settled.then(|| ago(secs + 50_000)),
            settlement_time: settled.then(|| ago(secs)),
        },
        received_at: ago(secs),
        way: EventWay::Pushed,
        look,
    })
}

fn pushed(receiver: ReceiverView) -> Snapshot {
    let seen = |state| EventLook::Seen { state, at: ago(30) };
    let mut access = record(9, EventKind::RemindAccess, false, EventLook::Nothing);
    Arc::make_mut(&mut access).event.merchant_trade_no = String::new();
    let list = [
        record(1, EventKind::RemindShipping, false, seen(OrderState::ToShip)),
        record(2, EventKind::Settlement, true, seen(OrderState::Complete)),
        record(3, EventKind::Settlement, false, EventLook::Waiting),
        record(4, EventKind::RemindShipping, false, EventLook::NotFound),
        access,
    ];
    Snapshot {
        events: Arc::new(EventsView {
            list: list.into(),
            refused: vec![(PushRefusal::Signature, 3)],
            repeated: 2,
            others: 0,
            receiver,
        }),
        ..shop()
    }
}

fn open_door() -> ReceiverView {
    ReceiverView {
        on: true,
        port: 8089,
        has_token: true,
        has_aes_key: true,
        standing: ReceiverStanding::Open(8089),
    }
}

fn page(snapshot: Snapshot, lang: Lang) -> Harness<'static, App> {
    let mut h = window(snapshot, lang, Page::Events);
    h.run_steps(3);
    h
}

fn press(h: &mut Harness<'static, App>, button: &str) {
    h.get_by_role_and_label(Role::Button, button).click();
    h.run_steps(3);
}

fn rows(h: &Harness<'static, App>) -> usize {
    h.query_all_by_role(Role::Row).count()
}

#[test]
fn counters_filter_and_a_row_shows_what_wechat_shows_now() {
    let mut h = page(pushed(open_door()), Lang::En);
    assert_eq!(rows(&h), 5);
    for (counter, shown) in [
        ("Over 48 h 2", 2),
        ("Money to follow 1", 1),
        ("Settled 1", 1),
        ("Start shipping 1", 1),
        ("All 5", 5),
    ] {
        press(&mut h, counter);
        assert_eq!(rows(&h), shown, "{counter}");
    }
    let refused = h.query_all_by_label_contains("Not taken: 3 (wrong signature)");
    assert!(refused.count() > 0);
    let name = format!("Unshipped for over 48 hours, order {}", order_id(1));
    h.get_by_role_and_label(Role::Row, &name).click();
    h.run_steps(3);
    h.get_by_label("trade_manage_remind_shipping");
    h.get_by_label_contains("Ship it soon");
    press(&mut h, "Open order");
    assert_eq!(h.state().commands(), [Command::OpenOrder(order_id(1))]);
    assert_eq!(h.state().page(), Page::Orders);
}

#[test]
fn an_empty_page_leads_to_pasting_and_what_is_pasted_is_read() {
    let mut h = page(shop(), Lang::ZhCn);
    h.get_by_label("还没有事件");
    press(&mut h, "粘贴事件");
    assert!(h.query_by_role_and_label(Role::Button, "粘贴事件").is_none());
    let field = h.get_by_role(Role::MultilineTextInput);
    field.focus();
    field.type_text("<xml></xml>");
    h.run_steps(3);
    press(&mut h, "读取");
    assert_eq!(
        h.state().commands(),
        [Command::Events(EventsAsk::Paste("<xml></xml>".into()))]
    );
    let read = |new, refused: &[PushRefusal]| {
        Notice::Events(EventsSaid::Read {
            new,
            known: 0,
            others: 0,
            refused: refused.to_vec(),
        })
    };
    for unread in [
        read(0, &[PushRefusal::Doctype]),
        read(1, &[PushRefusal::Doctype]),
        read(0, &[]),
    ] {
        h.state_mut().say(&unread);
        h.run_steps(3);
        let field = h.get_by_role(Role::MultilineTextInput);
        assert_eq!(
            field.accesskit_node().value().as_deref(),
            Some("<xml></xml>"),
            "it stays"
        );
    }
    h.state_mut().say(&read(1, &[]));
    h.run_steps(3);
    assert!(
        h.query_by_role(Role::MultilineTextInput).is_none(),
        "the form is closed"
    );
}

#[test]
fn what_was_not_taken_can_be_put_aside_until_it_happens_again() {
    let mut h = page(pushed(open_door()), Lang::En);
    let says = |h: &Harness<'static, App>, words: &str| h.query_all_by_label_contains(words).next().is_some();
    let close = h.query_all_by_role(Role::Button).find(|button| {
        let label = button.accesskit_node().label().unwrap_or_default();
        label.contains("Not taken: 3")
    });
    close.unwrap().click();
    h.run_steps(3);
    assert!(!says(&h, "Not taken"));
    let mut snapshot = pushed(open_door());
    Arc::make_mut(&mut snapshot.events).refused = vec![(PushRefusal::Signature, 5)];
    h.state_mut().set_snapshot(snapshot);
    h.run_steps(3);
    assert!(says(&h, "Not taken: 2"));
}

#[test]
fn the_door_takes_its_keys_once_and_shows_its_address() {
    let mut h = page(shop(), Lang::En);
    let open = |h: &Harness<'static, App>| {
        h.get_by_role_and_label(Role::Button, "Open")
            .accesskit_node()
            .is_disabled()
    };
    assert!(open(&h), "not without a Token");
    let type_into = |h: &mut Harness<'static, App>, name: &str, text: &str| {
        let field = h.get_by_role_and_label(Role::PasswordInput, name);
        field.focus();
        field.type_text(text);
        h.run_steps(3);
    };
    type_into(&mut h, "Token", "no good");
    type_into(&mut h, "EncodingAESKey", "abc");
    press(&mut h, "Open");
    let (bad_token, bad_key) = ("a Token has 3 to 32", "an EncodingAESKey has 43 characters");
    let says = |h: &Harness<'static, App>, words: &str| h.query_all_by_label_contains(words).next().is_some();
    assert!(says(&h, bad_token) && says(&h, bad_key), "both at once");
    assert!(
        h.state().commands().is_empty() && !open(&h),
        "nothing leaves the form"
    );
    type_into(&mut h, "EncodingAESKey", &"A".repeat(40));
    assert!(says(&h, bad_token) && !says(&h, bad_key));
    let field = h.get_by_role_and_label(Role::PasswordInput, "Token");
    field.focus();
    h.run_steps(2);
    h.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    h.run_steps(2);
    type_into(&mut h, "Token", "shopToken9");
    press(&mut h, "Open");
    let secret = |text: &str| Some(Secret::new(text.into()));
    let edit = ReceiverEdit {
        on: true,
        port: 8089,
        token: secret("shopToken9"),
        aes_key: secret(&format!("abc{}", "A".repeat(40))),
        forget_keys: false,
    };
    assert_eq!(
        h.state().commands(),
        [Command::Events(EventsAsk::SaveReceiver(edit))]
    );
    assert!(open(&h), "the keys have left the form");
    h.state_mut().say(&Notice::Events(EventsSaid::ReceiverNotSaved(
        ReceiverTrouble::AesKey,
    )));
    h.run_steps(3);
    assert!(
        says(&h, bad_key) && !open(&h),
        "they come back when they were not kept"
    );

    let mut h = page(pushed(open_door()), Lang::En);
    h.get_by_label("http://127.0.0.1:8089/");
    press(&mut h, "Close");
    let closed = ReceiverEdit {
        port: 8089,
        ..ReceiverEdit::default()
    };
    assert_eq!(
        h.state().commands(),
        [Command::Events(EventsAsk::SaveReceiver(closed))]
    );
}

#[test]
fn every_standing_of_the_door_is_said() {
    for (standing, words) in [
        (ReceiverStanding::Closed, "未开启"),
        (ReceiverStanding::NoToken, "没有 Token，无法开启"),
        (ReceiverStanding::Opening, "正在开启"),
        (ReceiverStanding::PortTaken, "端口被其他程序占用，请换一个"),
    ] {
        let receiver = ReceiverView {
            standing,
            ..open_door()
        };
        page(pushed(receiver), Lang::ZhCn).get_by_label(words);
    }
}

#[test]
fn what_became_of_pasted_messages_is_told() {
    let read = |new, known, others, refused: &[PushRefusal]| {
        Notice::Events(EventsSaid::Read {
            new,
            known,
            others,
            refused: refused.to_vec(),
        })
    };
    for (notice, words) in [
        (read(3, 1, 0, &[]), "New events: 3"),
        (read(0, 2, 1, &[]), "No new events. Repeated: 2"),
        (
            read(0, 0, 0, &[PushRefusal::Doctype]),
            "has a DOCTYPE declaration",
        ),
        (
            Notice::Events(EventsSaid::Came(
                record(7, EventKind::RemindShipping, false, EventLook::Waiting)
                    .event
                    .clone(),
            )),
            "is unshipped for over 48 hours",
        ),
    ] {
        let mut h = page(shop(), Lang::En);
        h.state_mut().say(&notice);
        h.run_steps(3);
        assert!(h.query_all_by_label_contains(words).next().is_some(), "{words}");
    }
}

#[test]
fn the_page_is_painted_in_both_languages_and_themes() {
    for (lang, theme) in [(Lang::ZhCn, "light"), (Lang::En, "dark")] {
        for select in [false, true] {
            let mut h = themed(pushed(open_door()), lang, Page::Events, theme);
            h.run_steps(4);
            if select {
                h.get_all_by_role(Role::Row).nth(1).unwrap().click();
                h.run_steps(4);
            }
            let Some(folder) = std::env::var_os("FAHUO_PICTURES") else {
                continue;
            };
            let image = h.render().unwrap();
            let name = format!("events-{}-{theme}-{select}.png", lang.tag());
            image.save(std::path::Path::new(&folder).join(name)).unwrap();
        }
    }
}
