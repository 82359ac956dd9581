//! A believable shop as snapshots made by hand: orders, couriers, an open order, shipments on their way.
#![allow(
    clippy::wildcard_enum_match_arm,
    clippy::string_slice,
    dead_code,
    reason = "each test program uses a part of it"
)]

use std::sync::Arc;
use std::time::Duration;

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use fahuo::domain::{
    Courier, CourierList, Draft, Fen, Intent, MaskedContact, OpenId, Order, OrderState, ParcelDraft, Rules,
    Shipment, ShipmentId, ShippedParcel, Shipping, State, Timestamp, TransactionId,
};
use fahuo::engine::{Account, AccountId, Command, OpenOrder, Orders, Remote, Session, Snapshot};
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};

const GOODS: [&str; 12] = [
    "明前龙井 250g 礼盒装",
    "云南滇红金芽 100g × 2",
    "手工牛皮钱包（棕色）",
    "有机燕麦片 1kg；冻干草莓 80g",
    "儿童绘本《月亮去哪了》精装",
    "304 不锈钢保温杯 500ml 墨绿",
    "陶瓷手冲咖啡壶套装",
    "秋冬加厚羊毛围巾",
    "新疆灰枣 500g × 3",
    "亚麻四件套 1.8m 床 雾蓝",
    "宠物自动喂食器 Pro 4L",
    "武夷岩茶 大红袍 150g",
];

const PAYERS: [&str; 6] = [
    "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
    "oUpF8uKd7Wb3nQx0LrTz5YcVhG2k",
    "oUpF8uPq1Zs8mEy4JaRf6UiXoB9t",
    "oUpF8uHn3Lv5cKw7DgSj2TbQyN4e",
    "oUpF8uXe6Or9iFz1MuAk8PdCsW3y",
    "oUpF8uBt2Yh4gVq6ClNp0RxJwK7a",
];

/// The moment at which the shop stands still.
pub fn now() -> Timestamp {
    Timestamp::parse("2026-11-21T15:06:00+08:00").unwrap()
}

fn transaction_id(number: u32) -> TransactionId {
    let serial = u64::from(number).wrapping_mul(7_919_377).wrapping_add(48_213) % 100_000_000;
    TransactionId::parse(&format!(
        "42000025{:02}20261121{serial:08}{:02}",
        number % 90,
        number % 97
    ))
    .unwrap()
}

/// An order that waits to be shipped.
pub fn order(number: u32) -> Order {
    let index = number as usize;
    let ago = Duration::from_secs(u64::from(number) * 2_340 + u64::from(number % 7) * 311 + 600);
    Order {
        transaction_id: transaction_id(number),
        mchid: "1230000109".into(),
        out_trade_no: format!("XD2611{:02}{:05}", 21 - number % 20, 90_000 - number % 80_000),
        sub_mchid: String::new(),
        description: GOODS[index % GOODS.len()].into(),
        paid_amount: Fen(i64::from(number % 11) * 4_730 + 2_990),
        openid: OpenId(PAYERS[index % PAYERS.len()].into()),
        pay_time: now().minus(ago),
        state: OrderState::ToShip,
        in_complaint: false,
        shipping: Shipping::default(),
    }
}

/// A parcel as WeChat shows it.
pub fn held(courier: &str, tracking_no: &str, goods: &str, hours: u64) -> ShippedParcel {
    ShippedParcel {
        tracking_no: tracking_no.into(),
        express_company: courier.into(),
        goods_desc: goods.into(),
        upload_time: Some(now().minus(Duration::from_hours(hours))),
        consignor_contact: String::new(),
        receiver_contact: "138****6620".into(),
    }
}

/// The same order with parcels reported and more to follow.
pub fn partly(mut order: Order, parcels: Vec<ShippedParcel>) -> Order {
    order.shipping = Shipping {
        delivery_mode: 2,
        logistics_type: 1,
        parcels,
        ..Shipping::default()
    };
    order
}

/// The same order completely shipped, `count` times.
pub fn shipped(mut order: Order, parcels: Vec<ShippedParcel>, count: i64) -> Order {
    order.state = OrderState::Shipped;
    order.shipping = Shipping {
        delivery_mode: if parcels.len() > 1 { 2 } else { 1 },
        logistics_type: 1,
        finish_shipping: true,
        finish_shipping_count: count,
        goods_desc: String::new(),
        parcels,
    };
    order
}

/// One order of the long list: most of the older ones are shipped, a few are unusual.
fn listed(number: u32) -> Order {
    let order = order(number);
    let goods = order.description.clone();
    let tracking = format!("7531{:010}", u64::from(number) * 88_231);
    let one = |courier: &str| vec![held(courier, &tracking, &goods, 20)];
    match number {
        4 => Order {
            in_complaint: true,
            ..order
        },
        6 | 41 => partly(order, one("ZTO")),
        0..=20 => order,
        _ if number.is_multiple_of(9) => Order {
            state: OrderState::Refunded,
            ..order
        },
        _ if number > 60 && number % 4 == 1 => Order {
            state: OrderState::Complete,
            ..shipped(order, one("YTO"), 1)
        },
        _ if number > 60 && number % 4 == 2 => Order {
            state: OrderState::AwaitingSettlement,
            ..shipped(order, one("ZTO"), 1)
        },
        _ if number > 30 && number % 5 == 3 => Order {
            state: OrderState::Received,
            ..shipped(order, one("SF"), 1)
        },
        _ if number.is_multiple_of(13) => order,
        _ => shipped(order, one("ZTO"), 1 + i64::from(number % 10 == 7)),
    }
}

/// A list of this many orders, newest first.
pub fn rows(count: u32) -> Arc<[Arc<Order>]> {
    (0..count).map(|number| Arc::new(listed(number))).collect()
}

/// The couriers that staff use, and many more.
pub fn couriers() -> CourierList {
    let usual = [
        ("SF", "顺丰速运"),
        ("ZTO", "中通快递"),
        ("YTO", "圆通速递"),
        ("YD", "韵达速递"),
        ("STO", "申通快递"),
        ("JTSD", "极兔速递"),
        ("YZPY", "邮政快递包裹"),
        ("EMS", "EMS"),
        ("JD", "京东快递"),
        ("DBL", "德邦快递"),
        ("ZTOKY", "中通快运"),
    ];
    CourierList::new(usual.map(|(id, name)| Courier {
        id: id.into(),
        name: name.into(),
    }))
}

/// A shop with an account and this many orders.
pub fn shop(count: u32) -> Snapshot {
    let account = Account {
        id: AccountId(1),
        name: "山间茶铺".into(),
        appid: "wx9f3a5c71d2b84e60".into(),
        mchid: "1230000109".into(),
        max_parcels: 10,
        sender_contact: MaskedContact::mask("13900005678"),
        ..Account::default()
    };
    Snapshot {
        session: Arc::new(Session {
            accounts: vec![account],
            current: Some(AccountId(1)),
            has_secret: true,
            ..Session::default()
        }),
        orders: Arc::new(Orders {
            rows: rows(count),
            read_at: Some(now().minus(Duration::from_mins(3))),
            ..Orders::default()
        }),
        couriers: Arc::new(couriers()),
        ..Snapshot::default()
    }
}

/// The same shop with this order open beside the list.
pub fn with_open(mut snapshot: Snapshot, order: Order, shipments: Vec<Arc<Shipment>>) -> Snapshot {
    snapshot.open_order = Arc::new(Remote::Ready(OpenOrder {
        order: Arc::new(order),
        read_at: now().minus(Duration::from_secs(20)),
        shipments,
        timeline: Arc::default(),
    }));
    snapshot
}

/// A draft of these parcels, as the form sends it.
pub fn draft(order: &Order, parcels: &[(&str, &str)]) -> Draft {
    let parcel = |(courier, number): &(&str, &str)| ParcelDraft {
        courier: (*courier).into(),
        tracking_no: (*number).into(),
        item_desc: order.description.clone(),
        ..ParcelDraft::default()
    };
    Draft {
        transaction_id: order.transaction_id.to_string(),
        delivery_mode: if parcels.len() > 1 {
            fahuo::domain::DeliveryMode::Split
        } else {
            fahuo::domain::DeliveryMode::Unified
        },
        complete: true,
        parcels: parcels.iter().map(parcel).collect(),
        ..Draft::default()
    }
}

/// A shipment of a draft in a state.
pub fn shipment(id: i64, draft: &Draft, state: State) -> Arc<Shipment> {
    let rules = Rules {
        max_parcels: 15,
        couriers: None,
    };
    let (intent, _) = Intent::check(draft, &rules).unwrap();
    let since = now().minus(Duration::from_mins(2));
    let next = now().plus(Duration::from_mins(1));
    let mut shipment = Shipment::queued(ShipmentId(id), Arc::new(intent), since, since, next);
    shipment.state = state;
    Arc::new(shipment)
}

/// Both languages.
pub const LANGS: [Lang; 2] = [Lang::ZhCn, Lang::En];

/// A window on this shop, without an engine.
pub fn window(snapshot: Snapshot, lang: Lang, page: Page) -> Harness<'static, App> {
    let mut snapshot = snapshot;
    "light".clone_into(&mut Arc::make_mut(&mut snapshot.preferences).theme);
    Harness::builder()
        .with_size([1280.0, 800.0])
        .with_pixels_per_point(1.0)
        .build_eframe(move |cc| {
            App::install(&cc.egui_ctx);
            App::with_snapshot(snapshot, lang).at(now()).on(page)
        })
}

/// Types into the field that has the keyboard.
pub fn type_text(h: &mut Harness<'static, App>, text: &str) {
    h.event(egui::Event::Text(text.to_owned()));
    h.run();
}

/// Puts the keyboard into a field by its name.
pub fn focus(h: &mut Harness<'static, App>, name: &str) {
    h.get_by_role_and_label(Role::TextInput, name).focus();
    h.run();
}

/// Presses a button by its name.
pub fn press(h: &mut Harness<'static, App>, name: &str) {
    h.get_by_role_and_label(Role::Button, name).click();
    h.run();
}

/// The form of an order.
pub fn form(order: &Order, lang: Lang) -> Harness<'static, App> {
    let snapshot = with_open(shop(20), order.clone(), vec![]);
    let mut h = window(snapshot, lang, Page::Ship);
    h.run();
    h
}

/// These words stand somewhere.
pub fn says(h: &Harness<'static, App>, words: &str) -> bool {
    h.query_all_by_label_contains(words).next().is_some()
}

/// The drafts that were sent.
pub fn sent(h: &Harness<'static, App>) -> Vec<Draft> {
    let drafts = h.state().commands().iter().filter_map(|command| match command {
        Command::Ship(draft) => Some(draft.clone()),
        _ => None,
    });
    drafts.collect()
}
