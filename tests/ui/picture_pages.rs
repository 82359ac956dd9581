//! What the pictures show of the pages beside the daily work, and of the dialogs.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, Queryable as _};
use fahuo::domain::{
    Errand, ErrandEnd, ErrandId, ErrandKind, ErrandState, ErrandWhy, EventKind, Order, OrderState, PayAmount,
    PayRate, PayState, Payment, PushEvent, PushRefusal, ShippedParcel, Shipping,
};
use fahuo::engine::Snapshot;
use fahuo::engine::snapshot::{
    ErrandsView, EventLook, EventRecord, EventWay, EventsView, OpenOrder, Orders, PayAnswer, PaySettings,
    PayView, ReceiverStanding, ReceiverView, Remote,
};
use fahuo::ui::{App, Page};

use crate::fixtures::{ago, now, order, order_id, shop};
use crate::scenes::{Act, Scene, choose_row};

type Window = Harness<'static, App>;

pub fn scenes() -> Vec<Scene> {
    let nothing: Act = |_| ();
    vec![
        ("events-empty", shop(), Page::Events, nothing),
        ("events", pushed(), Page::Events, nothing),
        ("events-row", pushed(), Page::Events, |h| {
            choose_row(h, 1);
        }),
        ("pay-empty", shop(), Page::Pay, nothing),
        ("pay", paid(), Page::Pay, nothing),
        ("reminders", asked(), Page::Reminders, nothing),
        ("reminders-history", asked(), Page::Reminders, |h| {
            press(h, "记录", "History");
            choose_row(h, 0);
        }),
        ("reminders-ask", asked(), Page::Reminders, |h| {
            press(h, "全选", "Choose all");
            press(h, "提醒", "Remind");
        }),
        ("special", asked(), Page::Special, nothing),
        ("special-ask-test", asked(), Page::Special, |h| {
            h.get_all_by_role(Role::RadioButton).nth(1).unwrap().click();
            h.run_steps(3);
            press(h, "全选", "Choose all");
            press(h, "报备", "Report");
        }),
        ("combined", shop(), Page::Combined, nothing),
        ("shopping", shop(), Page::Shopping, nothing),
        ("help", shop(), Page::Help, |h| {
            // A chapter without a picture: those are read in the background.
            press(h, "单个订单和扫码", "Single orders");
        }),
        ("ship-correct", shipped_once(), Page::Ship, |h| {
            let field = h.query_by_role_and_label(Role::TextInput, "物流单号，包裹 1");
            let field = field.or(h.query_by_role_and_label(Role::TextInput, "Tracking number, parcel 1"));
            field.unwrap().focus();
            h.run_steps(2);
            h.event(egui::Event::Text("9".into()));
            h.run_steps(2);
            h.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
        }),
        ("palette", shop(), Page::Orders, |h| {
            h.key_press_modifiers(Modifiers::COMMAND, Key::K);
        }),
        ("scan-sheet", shop(), Page::Scan, |h| {
            press(h, "命令条码", "Command barcodes");
        }),
    ]
}

/// Presses the first button whose name begins so in one of the languages.
fn press(h: &mut Window, chinese: &str, english: &str) {
    let mut buttons = h.query_all(By::new().predicate(move |node| {
        let label = node.label().unwrap_or_default();
        node.role() == Role::Button && [chinese, english].iter().any(|name| label.starts_with(name))
    }));
    let button = buttons.next().unwrap_or_else(|| panic!("{chinese}, {english}"));
    button.click();
    drop(buttons);
    h.run_steps(3);
}

fn record(number: u32, event: EventKind, settled: bool, look: EventLook) -> Arc<EventRecord> {
    let settlement = event == EventKind::Settlement;
    let secs = u64::from(number) * 4_000;
    Arc::new(EventRecord {
        event: PushEvent {
            event,
            create_time: ago(secs),
            transaction_id: Some(order_id(number)),
            merchant_id: "1900000109".into(),
            sub_merchant_id: String::new(),
            merchant_trade_no: format!("SY20261120{number:04}"),
            pay_time: Some(ago(secs + 200_000)),
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

/// Some push messages behind an open door.
fn pushed() -> Snapshot {
    let seen = |state| EventLook::Seen { state, at: ago(30) };
    let list = [
        record(1, EventKind::RemindShipping, false, seen(OrderState::ToShip)),
        record(2, EventKind::Settlement, true, seen(OrderState::Complete)),
        record(3, EventKind::Settlement, false, EventLook::Waiting),
        record(4, EventKind::RemindShipping, false, EventLook::NotFound),
    ];
    Snapshot {
        events: Arc::new(EventsView {
            list: list.into(),
            refused: vec![(PushRefusal::Signature, 3)],
            repeated: 2,
            others: 0,
            receiver: ReceiverView {
                on: true,
                port: 8089,
                has_token: true,
                has_aes_key: true,
                standing: ReceiverStanding::Open(8089),
            },
        }),
        ..shop()
    }
}

/// A payment of WeChat Pay Global that was found.
fn paid() -> Snapshot {
    let amount = |minor, currency: &str| PayAmount {
        minor,
        currency: currency.into(),
    };
    let payment = Payment {
        id: "4200752501201407033233368018".into(),
        out_trade_no: "20150806125346".into(),
        mchid: "1900000109".into(),
        sp_mchid: String::new(),
        appid: "wx2421b1c4370ec43b".into(),
        state: PayState::Success,
        state_desc: "Payment successful".into(),
        trade_type: "NATIVE".into(),
        bank_type: "CCB_DEBIT".into(),
        attach: String::new(),
        success_time: Some(ago(86_400)),
        payer: "oUpF…7AG0".into(),
        total: Some(amount(1_280, "JPY")),
        payer_total: Some(amount(6_144, "CNY")),
        rate: Some(PayRate(80_000_000)),
        promotions: Vec::new(),
    };
    Snapshot {
        pay: Arc::new(PayView {
            settings: PaySettings {
                mchid: "1900000109".into(),
                serial_no: "1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C".into(),
                ..PaySettings::default()
            },
            has_key: true,
            has_api_v3_key: true,
            answer: PayAnswer::Found {
                payment: Arc::new(payment),
                at: ago(5),
            },
        }),
        ..shop()
    }
}

fn shipped(number: u32) -> Order {
    let parcel = ShippedParcel {
        tracking_no: format!("SF14459200{number:05}"),
        express_company: "SF".into(),
        goods_desc: "明前龙井 250g*1".into(),
        upload_time: Some(ago(86_400)),
        ..ShippedParcel::default()
    };
    Order {
        state: OrderState::Shipped,
        shipping: Shipping {
            delivery_mode: 1,
            logistics_type: if number.is_multiple_of(4) { 4 } else { 1 },
            finish_shipping: true,
            finish_shipping_count: 1,
            parcels: vec![parcel],
            ..Shipping::default()
        },
        ..order(number)
    }
}

fn to_ship(number: u32) -> Order {
    Order {
        state: OrderState::ToShip,
        pay_time: ago(3 * 86_400),
        ..order(number)
    }
}

/// Orders that can be reminded of, orders that can be reported, and what was asked for before.
fn asked() -> Snapshot {
    let errand = |number: u32, kind, state| {
        let id = ErrandId(i64::from(number));
        let mut errand = Errand::queued(id, order_id(number), kind, ago(600));
        errand.state = state;
        Arc::new(errand)
    };
    let remind = ErrandKind::Remind { received_at: now() };
    let past = [
        errand(
            1,
            ErrandKind::TestOrder,
            ErrandState::NeedsPerson(ErrandWhy::Unproven),
        ),
        errand(2, remind, ErrandState::Done(ErrandEnd::Accepted)),
        errand(3, remind, ErrandState::Queued),
    ];
    let orders = (1..12).map(shipped).chain((12..24).map(to_ship)).map(Arc::new);
    Snapshot {
        orders: Arc::new(Orders {
            rows: orders.collect(),
            read_at: Some(ago(180)),
            ..Orders::default()
        }),
        errands: Arc::new(ErrandsView {
            rows: past.into(),
            open: 1,
            needs_person: 1,
            ..ErrandsView::default()
        }),
        ..shop()
    }
}

/// An open order that was shipped and can be corrected once.
fn shipped_once() -> Snapshot {
    Snapshot {
        open_order: Arc::new(Remote::Ready(OpenOrder {
            order: Arc::new(shipped(6)),
            read_at: ago(30),
            shipments: Vec::new(),
            timeline: Arc::default(),
        })),
        ..shop()
    }
}
