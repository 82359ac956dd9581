//! Hand-made snapshots and the harness that the window's tests share.
#![allow(dead_code, reason = "not every test program uses every fixture")]

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use egui_kittest::Harness;
use fahuo::domain::{
    Column, Counts, Courier, CourierList, Draft, Fen, Field, FileRow, ImportedFile, Intent, LogisticsType,
    MaskedContact, Needs, OpenId, Order, OrderState, ParcelDraft, PlannedRow, Problem, ProblemKind, Repaired,
    RowStatus, Rules, Shipment, ShipmentId, Shipping, State, Timestamp, TransactionId,
};
use fahuo::engine::command::{AccountId, BatchId};
use fahuo::engine::snapshot::{
    Account, Arrived, ArrivedState, BatchPhase, BatchView, Gate, Glance, Orders, Outbox, Preset, PresetView,
    Session, Snapshot, Stamp, WatchView, marks,
};
use fahuo::i18n::Lang;
use fahuo::ui::{App, Page};

#[path = "rows.rs"]
mod rows;

use rows::at;

/// The moment at which all pictures are taken.
pub fn now() -> Timestamp {
    Timestamp::parse("2026-11-21T14:03:00+08:00").unwrap()
}

pub fn ago(secs: u64) -> Timestamp {
    now().minus(Duration::from_secs(secs))
}

pub fn window(snapshot: Snapshot, lang: Lang, page: Page) -> Harness<'static, App> {
    themed(snapshot, lang, page, "light")
}

pub fn themed(mut snapshot: Snapshot, lang: Lang, page: Page, theme: &str) -> Harness<'static, App> {
    theme.clone_into(&mut Arc::make_mut(&mut snapshot.preferences).theme);
    Harness::builder()
        .with_size([1280.0, 800.0])
        .with_pixels_per_point(1.0)
        .build_eframe(|cc| {
            App::install(&cc.egui_ctx);
            App::with_snapshot(snapshot, lang).at(now()).on(page)
        })
}

pub fn couriers() -> CourierList {
    let courier = |id: &str, name: &str| Courier {
        id: id.into(),
        name: name.into(),
    };
    CourierList::new([
        courier("SF", "顺丰速运"),
        courier("ZTO", "中通快递"),
        courier("YTO", "圆通速递"),
        courier("STO", "申通快递"),
    ])
}

pub fn order_id(number: u32) -> TransactionId {
    TransactionId::parse(&format!("42000009252026112012849{number:05}")).unwrap()
}

/// A shop with an account, couriers and some orders.
pub fn shop() -> Snapshot {
    let account = Account {
        id: AccountId(1),
        name: "山野茶铺".into(),
        appid: "wx8888888888888888".into(),
        mchid: "1900000109".into(),
        max_parcels: 10,
        sender_contact: MaskedContact::mask("13800001234"),
        default_courier: "ZTO".into(),
        ..Account::default()
    };
    let orders: Vec<Arc<Order>> = (0..26).map(|number| Arc::new(order(number))).collect();
    Snapshot {
        session: Arc::new(Session {
            accounts: vec![account],
            current: Some(AccountId(1)),
            has_secret: true,
            key_store: fahuo::engine::KeyStore::Available,
            data_dir: "/home/shop/.local/share/fahuo".into(),
            ..Session::default()
        }),
        orders: Arc::new(Orders {
            rows: orders.into(),
            read_at: Some(ago(180)),
            ..Orders::default()
        }),
        couriers: Arc::new(couriers()),
        ..Snapshot::default()
    }
}

pub fn order(number: u32) -> Order {
    let states = [
        OrderState::ToShip,
        OrderState::ToShip,
        OrderState::Shipped,
        OrderState::Received,
    ];
    Order {
        transaction_id: order_id(number),
        mchid: "1900000109".into(),
        out_trade_no: format!("SY20261120{number:04}"),
        sub_mchid: String::new(),
        description: "明前龙井 250g*1".into(),
        paid_amount: Fen(12_800 + i64::from(number) * 100),
        openid: OpenId("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o".into()),
        pay_time: ago(3600 * (u64::from(number) + 2)),
        state: states[number as usize % states.len()],
        in_complaint: false,
        shipping: Shipping::default(),
    }
}

/// A checked file of `rows` rows in which every seventh is blocked, in several ways.
pub fn file(rows: u32, phase: BatchPhase) -> BatchView {
    let headings = ["订单号", "快递公司", "快递单号", "商品信息", "备注"];
    let fields = [
        Some(Field::TransactionId),
        Some(Field::Courier),
        Some(Field::TrackingNo),
        Some(Field::ItemDesc),
        None,
    ];
    let (read, plan) = rows::rows_of(rows);
    let statuses: Arc<[RowStatus]> = plan.iter().map(|row| row.status).collect();
    let mut counts = Counts::of(statuses.iter().copied());
    counts.warned = plan
        .iter()
        .filter(|row| row.status == RowStatus::Ready && !row.problems.is_empty())
        .count();
    let mut batch = BatchView {
        id: BatchId(7),
        rows: Vec::new().into(),
        marks: Arc::from([]),
        changed: 0,
        repaired: 0,
        needs: Needs::default(),
        unknown_couriers: Arc::default(),
        file: Arc::new(ImportedFile {
            name: "仓库发货 11-21.xlsx".into(),
            sha256: "ab".repeat(32),
            encoding: "xlsx".into(),
            header_row: 1,
            columns: headings
                .iter()
                .zip(fields)
                .map(|(heading, field)| Column {
                    heading: (*heading).to_owned(),
                    field,
                })
                .collect(),
            rows: Vec::new(),
            problems: Vec::new(),
        }),
        orders_to_send: counts.ready,
        readable: true,
        plan: Vec::new().into(),
        status: statuses,
        row_shipments: Arc::default(),
        shipments: Arc::new(HashMap::new()),
        counts,
        phase,
        picks: Vec::new(),
        preset: PresetView::default(),
    };
    set_rows(&mut batch, read, plan);
    batch
}

/// Gives a file rows and verdicts, with what the engine counts about them.
pub fn set_rows(batch: &mut BatchView, rows: Vec<FileRow>, plan: Vec<PlannedRow>) {
    batch.marks = marks(&rows, &plan, &batch.file.columns);
    batch.changed = batch.marks.iter().filter(|mark| mark.changed).count();
    batch.repaired = batch.marks.iter().filter(|mark| mark.repaired).count();
    batch.needs = Needs::default();
    for row in &plan {
        batch.needs.take(row);
    }
    batch.rows = rows.into();
    batch.plan = plan.into();
}

/// A shipment of the order with this number.
pub fn shipment(number: u32, state: State, since: Timestamp) -> Shipment {
    let draft = Draft {
        transaction_id: order_id(number).as_str().to_owned(),
        logistics_type: LogisticsType::Express,
        complete: true,
        parcels: vec![ParcelDraft {
            courier: "ZTO".into(),
            tracking_no: format!("7850{:09}", 100_000_000 + u64::from(number) * 31),
            item_desc: "明前龙井 250g*1".into(),
            ..ParcelDraft::default()
        }],
        ..Draft::default()
    };
    let rules = Rules {
        max_parcels: 10,
        couriers: None,
    };
    let (intent, _) = Intent::check(&draft, &rules).unwrap();
    let mut shipment = Shipment::queued(
        ShipmentId(i64::from(number)),
        Arc::new(intent),
        now().plus(Duration::from_hours(20)),
        ago(600),
        ago(600),
    );
    shipment.state = state;
    shipment.since = since;
    shipment
}

/// A checked file in which a person has repaired the courier of row 5 and the reader has tidied up an order's number.
pub fn repaired(rows: u32) -> BatchView {
    let mut batch = file(rows, BatchPhase::Checked);
    let mut read = batch.rows.to_vec();
    let mut cells = read[3].cells.to_vec();
    cells[1] = "顺丰".into();
    read[3] = FileRow {
        cells: cells.into(),
        repaired: Some(Box::new(Repaired {
            columns: vec![1],
            before: read[3].clone(),
        })),
        ..read[3].clone()
    };
    let mut cells = read[4].cells.to_vec();
    cells[0].insert(4, '\u{3000}');
    read[4].cells = cells.into();
    let plan = batch.plan.to_vec();
    set_rows(&mut batch, read, plan);
    batch
}

/// A watched folder with a file in every state.
pub fn arrivals() -> WatchView {
    let states = [
        ("周二.csv", ArrivedState::New, false),
        (
            "周一.csv",
            ArrivedState::Checked {
                ready: 118,
                blocked: 2,
            },
            false,
        ),
        ("发货单 11-20.xlsx", ArrivedState::Handled, false),
        ("照片清单.xls", ArrivedState::Unusable, false),
        ("周三.xlsx", ArrivedState::Held, false),
        ("旧的.csv", ArrivedState::New, true),
    ];
    let file = |(number, (name, state, gone)): (u64, (&str, ArrivedState, bool))| Arrived {
        name: name.into(),
        sha256: format!("{number:064}"),
        at: ago(600 * number + 60),
        state,
        gone,
        stamp: Stamp {
            bytes: 812 * 7_u64.pow(u32::try_from(number).unwrap()),
            modified_millis: 0,
        },
        cleared: false,
        glance: Glance::Waiting,
    };
    WatchView {
        folder: "/data/收到".into(),
        begun: true,
        trouble: None,
        files: (0..).zip(states).map(file).collect(),
        left_over: None,
    }
}

/// A file of three rows, two of which name a courier that nobody knows.
pub fn unknown_courier() -> BatchView {
    let mut batch = file(3, BatchPhase::Checked);
    let nearest = ["SF", "YTO", "ZTO", "STO"].map(Into::into).into();
    let unknown = at(ProblemKind::UnknownCourier { nearest }, Field::Courier, 1, "鸽鸽");
    let mut read = batch.rows.to_vec();
    let mut plan = batch.plan.to_vec();
    let mut status = batch.status.to_vec();
    for index in [0, 2] {
        let row = &mut read[index];
        let mut cells = row.cells.to_vec();
        cells[1] = "鸽鸽".into();
        row.cells = cells.into();
        row.ignored = None;
        row.parcels[0].courier = None;
        row.problems = vec![unknown.clone()];
        plan[index].problems = vec![unknown.clone()];
        plan[index].status = RowStatus::Blocked;
        status[index] = RowStatus::Blocked;
    }
    batch.counts = Counts::of(status.iter().copied());
    set_rows(&mut batch, read, plan);
    batch.unknown_couriers = Arc::new([("鸽鸽".to_owned(), 2)].into());
    batch.status = status.into();
    batch
}

/// A file whose rows name no courier; a person has said which it is.
pub fn preset_file() -> BatchView {
    let mut batch = file(30, BatchPhase::Checked);
    let filled = Problem::of(ProblemKind::CourierFilled { id: "ZTO".into() }, Field::Courier);
    let (mut plan, mut read) = (batch.plan.to_vec(), batch.rows.to_vec());
    for (row, read) in plan.iter_mut().zip(&mut read) {
        read.parcels[0].courier = None;
        if row.status == RowStatus::Ready {
            row.problems = vec![filled.clone()];
        }
    }
    set_rows(&mut batch, read, plan);
    batch.preset = PresetView {
        is_asked_for: true,
        preset: Preset {
            courier: "ZTO".into(),
            item_desc: "茶叶".into(),
            sender_contact: None,
        },
        remembered: true,
    };
    batch
}

/// A shop with many orders on their way.
pub fn sending(gate: Gate) -> Snapshot {
    Snapshot {
        outbox: Arc::new(Outbox {
            gate,
            queued: 12_547,
            ..Outbox::default()
        }),
        ..shop()
    }
}
