//! What the pictures show: the pages with what may stand on them.

use std::sync::Arc;
use std::time::Duration;

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use fahuo::domain::{
    CallFailure, Counts, Doubt, FailureKind, Field, FromFile, Happened, HistoryKind, HistoryLine,
    JournalEntry, Pause, Problem, ProblemKind, Refusal, RowStatus, State, Taught, Why,
};
use fahuo::engine::Notice;
use fahuo::engine::snapshot::{
    Ahead, BatchPhase, BatchView, CheckKind, CheckResult, Doctor, Gate, History, KeyStore, OpenOrder, Outbox,
    Pick, Remote, Snapshot,
};
use fahuo::ui::{App, Page};

use crate::first;
use crate::fixtures::{
    ago, arrivals, couriers, file, now, order, order_id, preset_file, repaired, shipment, shop,
    unknown_courier,
};

pub type Act = fn(&mut Harness<'static, App>);

/// Its name, what there is to see, the page, and what a person does on it first.
pub type Scene = (&'static str, Snapshot, Page, Act);

fn with_file(phase: &BatchPhase, gate: Gate) -> Snapshot {
    let mut batch = file(500, phase.clone());
    if matches!(phase, BatchPhase::Sending | BatchPhase::Done) {
        batch.counts = Counts {
            rows: 500,
            shipped: 120,
            waiting: 230,
            unclear: 2,
            needs_person: 3,
            refused: 3,
            blocked: 72,
            ignored: 35,
            already_done: 35,
            ..Counts::default()
        };
    }
    Snapshot {
        batch: Some(Arc::new(batch)),
        outbox: Arc::new(Outbox {
            gate,
            ..Outbox::default()
        }),
        ..shop()
    }
}

fn with_batch(batch: BatchView) -> Snapshot {
    Snapshot {
        batch: Some(Arc::new(batch)),
        ..shop()
    }
}

/// A file of which two columns could be the tracking number.
fn undecided() -> BatchView {
    let mut batch = file(40, BatchPhase::Unusable);
    let read = Arc::make_mut(&mut batch.file);
    read.columns[2].field = None;
    let headings = vec!["快递单号".to_owned(), "备注".to_owned()];
    let ambiguous = ProblemKind::ColumnAmbiguous { headings };
    read.problems = vec![Problem::of(ambiguous, Field::TrackingNo)];
    batch
}

fn busy() -> Snapshot {
    let doubt = Doubt::Failure(CallFailure::of(FailureKind::NoAnswer));
    let refusal = Refusal {
        errcode: 10_060_004,
        rid: Some("65a1b2c3-1d2e3f".into()),
        refunded: false,
    };
    let states = [
        State::Queued,
        State::Sending,
        State::Unclear(doubt),
        State::NeedsPerson(Why::ShippedElsewhere),
        State::Rejected(refusal),
        State::Shipped { found: true },
        State::Waiting,
    ];
    let rows = (1..).zip(states);
    let rows: Vec<_> = rows
        .map(|(number, state)| Arc::new(shipment(number, state, ago(u64::from(number) * 70))))
        .collect();
    let mut snapshot = shop();
    Arc::make_mut(&mut snapshot.session).sandbox = true;
    snapshot.outbox = Arc::new(Outbox {
        gate: Gate::Interrupted,
        queued: 12_547,
        sending: 1,
        unclear: 4,
        needs_person: 1,
        rejected: 1,
        shipped_held: 7_412,
        waiting: 1,
        rows: rows.into(),
        ..Outbox::default()
    });
    snapshot.open_order = Arc::new(Remote::Ready(OpenOrder {
        order: Arc::new(order(4)),
        read_at: ago(30),
        shipments: Vec::new(),
        timeline: Arc::default(),
    }));
    snapshot
}

fn troubled() -> Snapshot {
    let mut snapshot = shop();
    let session = Arc::make_mut(&mut snapshot.session);
    session.key_store = KeyStore::SessionOnly { locked: true };
    let failure = CallFailure {
        errcode: Some(40_164),
        ..CallFailure::of(FailureKind::IpNotAllowed {
            ip: Some("203.0.113.7".into()),
        })
    };
    session.doctor = Doctor {
        series: 1,
        running: false,
        at: Some(ago(60)),
        checks: vec![
            (CheckKind::Network, CheckResult::Passed),
            (CheckKind::Credentials, CheckResult::Failed(failure)),
        ],
    };
    snapshot
}

/// Everything that waits for something, with its moments: two unclear ones, one sent again, one not visible.
fn ahead() -> Snapshot {
    let at = |secs| now().plus(Duration::from_secs(secs));
    let doubt = Doubt::Failure(CallFailure::of(FailureKind::NoAnswer));
    let compare = Doubt::Compare {
        errcode: 10_060_023,
        rid: Some("65a1b2c3-1d2e3f".into()),
    };
    let mut early = shipment(3, State::Unclear(doubt), ago(20));
    early.not_before = at(8);
    early.attempts = 1;
    let mut late = shipment(4, State::Unclear(compare), ago(66));
    (late.not_before, late.attempts, late.pending_looks) = (at(4), 3, 1);
    let mut sending = shipment(5, State::Sending, ago(1));
    sending.attempts = 1;
    let mut again = shipment(6, State::Queued, ago(2));
    (again.not_before, again.attempts) = (at(3), 1);
    let mut waiting = shipment(7, State::Waiting, ago(480));
    (waiting.not_before, waiting.wait_steps) = (at(420), 3);
    let first = shipment(8, State::Queued, ago(600));
    let second = shipment(9, State::Queued, ago(600));
    let all = [early, late, sending, again, waiting, first, second];
    let mut snapshot = shop();
    snapshot.outbox = Arc::new(Outbox {
        queued: 3,
        sending: 1,
        unclear: 2,
        waiting: 1,
        rows: all.into_iter().map(Arc::new).collect::<Vec<_>>().into(),
        calls_per_sec: 4.0,
        remaining_secs: Some(2),
        ahead: Ahead {
            next_look: Some(at(4)),
            next_ask: Some(at(420)),
            next_send: Some(now()),
            ..Ahead::default()
        },
        ..Outbox::default()
    });
    snapshot
}

/// The same after today's calls are used up, also those for looks.
fn at_quota() -> Snapshot {
    let mut snapshot = ahead();
    let until = now().next_china_midnight().plus(Duration::from_mins(1));
    let outbox = Arc::make_mut(&mut snapshot.outbox);
    outbox.gate = Gate::DailyQuota { until };
    outbox.ahead.looks_closed = Some((until, Pause::DailyQuota));
    snapshot
}

/// A file whose first rows are those shipments.
fn with_ahead() -> Snapshot {
    let mut snapshot = ahead();
    let mut batch = with_file(&BatchPhase::Sending, Gate::Open).batch.unwrap();
    let shown = Arc::make_mut(&mut batch);
    let rows = snapshot.outbox.rows.iter();
    shown.shipments = Arc::new(rows.clone().map(|s| (s.id, Arc::clone(s))).collect());
    shown.row_shipments = Arc::new(rows.map(|s| s.id).enumerate().collect());
    let mut status = shown.status.to_vec();
    for (row, shipment) in status.iter_mut().zip(snapshot.outbox.rows.iter()) {
        *row = match shipment.state.word() {
            "unclear" => RowStatus::Unclear,
            "sending" => RowStatus::Sending,
            "waiting" => RowStatus::Waiting,
            _ => RowStatus::Queued,
        };
    }
    shown.status = status.into();
    snapshot.batch = Some(batch);
    snapshot
}

/// A file with a courier that nobody knows, and one that a person has named.
fn courier_to_choose() -> Snapshot {
    let mut batch = unknown_courier();
    batch.preset = preset_file().preset;
    let pick = |spelling: &str, remembered| Pick {
        spelling: spelling.into(),
        id: "YTO".into(),
        rows: 12,
        remembered,
        can_remember: !remembered,
    };
    batch.picks = vec![pick("鸭鸭", false), pick("蜗牛", true)];
    Snapshot {
        batch: Some(Arc::new(batch)),
        ..shop()
    }
}

/// Spellings that staff have taught, one of them for a courier that is not on the list any more.
fn taught() -> Snapshot {
    let taught = |spelling: &str, id: &str| Taught {
        spelling: spelling.into(),
        id: id.into(),
    };
    let taught = vec![taught("鸽鸽", "YTO"), taught("安能", "SF"), taught("外星", "UFO")];
    Snapshot {
        couriers: Arc::new(couriers().with_taught(taught)),
        ..shop()
    }
}

/// A folder is watched, and files have come.
fn arrived() -> Snapshot {
    Snapshot {
        watch: Arc::new(arrivals()),
        ..shop()
    }
}

/// What happened to some orders, one of them refused with the answer that came.
fn happened() -> Snapshot {
    let line = |number: u32, secs: u64, entry: JournalEntry| {
        let shipment = shipment(number, State::Queued, ago(secs));
        HistoryLine {
            at: ago(secs),
            kind: HistoryKind::Shipment,
            order: Some(order_id(number)),
            shipment: Some(shipment.id),
            intent: Some(Arc::clone(&shipment.intent)),
            file: Some(FromFile {
                batch: 3,
                name: "周一发货.xlsx".into(),
                rows: vec![number + 2],
            }),
            by: "小王".into(),
            happened: Happened::Record { attempt: 1, entry },
            raw: r#"{"errcode":10060004,"errmsg":"order not shippable"}"#.into(),
        }
    };
    let answered = |class: &str, errcode| JournalEntry::Answered {
        class: class.into(),
        errcode: Some(errcode),
        http_status: Some(200),
        rid: Some("65f1a2b3-0a1b2c3d".into()),
        millis: 80,
    };
    let lines = [
        line(2, 40, answered("rejected", 10_060_004)),
        line(1, 60, answered("shipped", 0)),
        line(3, 90, JournalEntry::Cancelled),
    ];
    Snapshot {
        history: Arc::new(History {
            asked: true,
            lines: lines.map(Arc::new).to_vec().into(),
            ..History::default()
        }),
        ..shop()
    }
}

/// One order that WeChat does not show.
fn not_visible() -> Snapshot {
    let mut snapshot = shop();
    snapshot.outbox = Arc::new(Outbox {
        waiting: 1,
        rows: [Arc::new(shipment(1, State::Waiting, ago(400)))].into(),
        ..Outbox::default()
    });
    snapshot
}

/// Chooses a row; in a low window the page is made higher for the moment, as somebody else would move it.
pub fn choose_row(h: &mut Harness<'static, App>, position: usize) {
    let size = h.ctx.content_rect().size();
    h.set_size(egui::vec2(size.x, 1_400.0));
    h.run_steps(3);
    h.get_all_by_role(Role::Row).nth(position).unwrap().click();
    h.run_steps(2);
    h.set_size(size);
}

fn first_shipment(h: &mut Harness<'static, App>) {
    choose_row(h, 0);
}

fn notices(h: &mut Harness<'static, App>) {
    h.state_mut().say(&Notice::NotSaved(Vec::new()));
    h.state_mut().say(&Notice::Unclear(order_id(3)));
    h.state_mut().say(&Notice::Saved);
}

pub fn scenes() -> Vec<Scene> {
    let until = now().plus(Duration::from_secs(8));
    let nothing: Act = |_| ();
    let import = |name, phase: &BatchPhase, gate| (name, with_file(phase, gate), Page::Import, nothing);
    vec![
        ("orders", shop(), Page::Orders, nothing),
        ("board", shop(), Page::Board, nothing),
        ("orders-open", busy(), Page::Orders, nothing),
        ("orders-columns", shop(), Page::Orders, |h| {
            h.key_press(egui::Key::C);
        }),
        ("orders-views", shop(), Page::Orders, |h| {
            h.key_press(egui::Key::V);
        }),
        ("ship", busy(), Page::Ship, nothing),
        ("history", happened(), Page::History, nothing),
        ("history-row", happened(), Page::History, first_shipment),
        ("checklist", not_visible(), Page::Outbox, |h| {
            first_shipment(h);
            h.run_steps(3);
            let open = h
                .query_by_label("按清单核对…")
                .or(h.query_by_label("Go through the checklist…"));
            open.unwrap().click();
        }),
        ("scan", shop(), Page::Scan, nothing),
        ("welcome", first::start(), Page::Welcome, nothing),
        ("welcome-address", troubled(), Page::Welcome, nothing),
        ("import-choose", shop(), Page::Import, nothing),
        (
            "import-courier",
            courier_to_choose(),
            Page::Import,
            first_shipment,
        ),
        ("settings-couriers", taught(), Page::Settings, |h| {
            let forget = h.get_all_by_label_contains("外星");
            forget.last().unwrap().scroll_to_me();
        }),
        ("import-arrived", arrived(), Page::Import, nothing),
        import("import-checked", &BatchPhase::Checked, Gate::Open),
        (
            "import-row",
            with_file(&BatchPhase::Checked, Gate::Open),
            Page::Import,
            |h| choose_row(h, 3),
        ),
        ("import-repaired", with_batch(repaired(40)), Page::Import, |h| {
            choose_row(h, 3);
        }),
        ("import-columns", with_batch(repaired(40)), Page::Import, |h| {
            let wide = h.query_by_label("各列用途").or(h.query_by_label("Columns"));
            wide.unwrap().click();
        }),
        ("import-meant", with_batch(repaired(40)), Page::Import, |h| {
            choose_row(h, 9);
        }),
        ("import-ask", with_batch(undecided()), Page::Import, nothing),
        import("import-holding", &BatchPhase::Sending, Gate::Holding { until }),
        import("import-sending", &BatchPhase::Sending, Gate::Open),
        import("import-done", &BatchPhase::Done, Gate::Open),
        ("outbox-empty", shop(), Page::Outbox, nothing),
        ("outbox", busy(), Page::Outbox, nothing),
        ("outbox-row", busy(), Page::Outbox, |h| choose_row(h, 0)),
        ("ahead", ahead(), Page::Outbox, nothing),
        ("ahead-unclear", ahead(), Page::Outbox, first_shipment),
        ("ahead-again", ahead(), Page::Outbox, |h| choose_row(h, 4)),
        ("ahead-waiting", ahead(), Page::Outbox, |h| choose_row(h, 5)),
        ("ahead-quota", at_quota(), Page::Outbox, first_shipment),
        ("ahead-import", with_ahead(), Page::Import, |h| choose_row(h, 3)),
        ("settings", troubled(), Page::Settings, nothing),
        ("keys", shop(), Page::Orders, |h| h.key_press(egui::Key::F1)),
        ("notices", shop(), Page::Outbox, notices),
    ]
}
