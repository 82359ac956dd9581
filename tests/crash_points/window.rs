//! What the window asks of the engine, in a process of its own: this test program starts itself with a part to play.
//! The command line has no such commands, and a window needs a display.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use fahuo::domain::{
    CombinedDraft, Decision, Draft, Errand, ErrandKind, JumpState, ParcelDraft, State, Timestamp,
    TransactionId,
};
use fahuo::engine::{
    self, AccountEdit, AccountId, Command, Config, Credentials, ErrandCommand, Gate, Handle, KeyStoreChoice,
    Notice, Preference, Secret, Snapshot,
};
use fahuo::sim::{SANDBOX_APP_SECRET, SANDBOX_APPID};

/// The test that plays the part.
pub const TEST: &str = "a_window_plays_its_part";
/// The part, the server, and the orders, for that test.
pub const PART: &str = "FAHUO_TEST_PART";
pub const SERVER: &str = "FAHUO_TEST_SERVER";
pub const ORDERS: &str = "FAHUO_TEST_ORDERS";
/// The order that is reminded and the one that is reported.
pub const ERRANDS: &str = "FAHUO_TEST_ERRANDS";

/// Longer than anything here takes; only a failing test waits for it.
const PATIENCE: Duration = Duration::from_secs(30);

/// Plays a part and ends.
pub fn play(part: &str) {
    let server = std::env::var(SERVER).unwrap();
    let orders = std::env::var(ORDERS).unwrap();
    let mut engine = engine::start(config(&server), || {}).unwrap();
    until(&mut engine, |snapshot| snapshot.session.current.is_some());
    match part {
        "desk" => desk(&mut engine, &orders),
        "accounts" => accounts(&mut engine),
        "errands" => errands(&mut engine),
        "combined" => combined(&mut engine, &orders),
        other => panic!("no part {other}"),
    }
}

fn config(server: &str) -> Config {
    Config {
        data_dir: Path::new("data").to_owned(),
        base_url: Some(server.to_owned()),
        sandbox: false,
        credentials: Some(Credentials {
            appid: SANDBOX_APPID.into(),
            secret: Secret::new(SANDBOX_APP_SECRET.into()),
            ..Credentials::default()
        }),
        quiet: Some(Duration::from_millis(400)),
        key_store: KeyStoreChoice::Memory,
        resume_at_start: false,
        team_key: None,
    }
}

/// Waits for a snapshot.
#[track_caller]
fn until(engine: &mut Handle, seen: impl Fn(&Snapshot) -> bool) -> Snapshot {
    let begun = Instant::now();
    loop {
        let snapshot = engine.snapshot();
        if seen(&snapshot) {
            return snapshot;
        }
        assert!(
            begun.elapsed() < PATIENCE,
            "waited in vain: {:?} {:?} {:?}",
            snapshot.outbox,
            snapshot.session,
            engine.notices()
        );
        engine.wait(Duration::from_secs(1));
    }
}

/// A reminder, a report, and the page that messages open. A second run finds what the first one left and goes on.
fn errands(engine: &mut Handle) {
    let orders = std::env::var(ERRANDS).unwrap();
    let orders: Vec<TransactionId> = orders.split(',').filter_map(TransactionId::parse).collect();
    let now = jiff::Timestamp::now().as_second();
    let remind = ErrandKind::Remind {
        received_at: Timestamp::from_secs(now),
    };
    for (order, kind) in orders.iter().zip([remind, ErrandKind::TestOrder]) {
        let known = engine.snapshot().errands.rows.clone();
        let of_order = |errand: &&Arc<Errand>| errand.transaction_id == *order;
        if known.iter().any(|errand| of_order(&errand)) {
            continue; // what was asked for before is not asked for again
        }
        engine.send(Command::Errands(ErrandCommand::Run {
            orders: vec![order.clone()],
            kind,
        }));
        until(engine, |snapshot| {
            snapshot.errands.rows.iter().any(|errand| of_order(&errand))
        });
    }
    engine.send(Command::Resume);
    engine.send(Command::Errands(ErrandCommand::SetJumpPath("pages/a".into())));
    until(engine, |snapshot| {
        snapshot.errands.open == 0 && snapshot.errands.jump_path.state == JumpState::Set
    });
}

/// Two orders of one payer as parts of a combined order. A second run finds what the first one left and goes on.
fn combined(engine: &mut Handle, orders: &str) {
    if engine.snapshot().outbox.rows.is_empty() {
        let subs = orders.split(',').enumerate().map(|(i, order)| Draft {
            transaction_id: order.into(),
            parcels: vec![ParcelDraft {
                courier: "ZTO".into(),
                tracking_no: format!("7866666666{i}"),
                item_desc: "茶".into(),
                ..ParcelDraft::default()
            }],
            ..Draft::default()
        });
        engine.send(Command::ShipCombined(CombinedDraft {
            parent: "4200009999202600000000000001".into(),
            subs: subs.collect(),
        }));
    }
    engine.send(Command::Resume);
    until(engine, |snapshot| {
        let rows = &snapshot.outbox.rows;
        rows.len() == 2 && rows.iter().all(|s| matches!(s.state, State::Shipped { .. }))
    });
}

/// Orders from the form; one meets a used-up quota, which a person says was reset, and one was shipped by another,
/// which a person accepts.
fn desk(engine: &mut Handle, orders: &str) {
    engine.send(Command::Prefer(Preference::PageSize(50)));
    for (i, order) in orders.split(',').enumerate() {
        let parcel = ParcelDraft {
            courier: "ZTO".into(),
            tracking_no: format!("7899999999{i}"),
            item_desc: "茶".into(),
            ..ParcelDraft::default()
        };
        // What an earlier process has queued or ended is known; then nothing new may come of it.
        let outbox = engine.snapshot().outbox;
        if !outbox
            .rows
            .iter()
            .any(|s| s.intent.transaction_id().as_str() == order)
        {
            engine.send(Command::Ship(Draft {
                transaction_id: order.into(),
                parcels: vec![parcel],
                ..Draft::default()
            }));
        }
    }
    until(engine, |snapshot| snapshot.outbox.rows.len() == 2);
    loop {
        let snapshot = until(engine, |snapshot| {
            let outbox = &snapshot.outbox;
            let stopped = matches!(outbox.gate, Gate::DailyQuota { .. } | Gate::Interrupted);
            let open = outbox.queued + outbox.waiting + outbox.sending + outbox.unclear;
            stopped || outbox.needs_person > 0 || open == 0
        });
        let outbox = &snapshot.outbox;
        let for_person = outbox
            .rows
            .iter()
            .find(|s| matches!(s.state, State::NeedsPerson(_)));
        if let Some(shipment) = for_person {
            let id = shipment.id;
            engine.send(Command::Decide(id, Decision::AcceptAsItIs));
            until(engine, |snapshot| {
                let rows = &snapshot.outbox.rows;
                rows.iter()
                    .any(|s| s.id == id && matches!(s.state, State::Shipped { .. }))
            });
        } else if matches!(outbox.gate, Gate::DailyQuota { .. } | Gate::Interrupted) {
            let before = outbox.gate.clone();
            engine.send(Command::Resume);
            until(engine, |snapshot| snapshot.outbox.gate != before);
        } else {
            return;
        }
    }
}

/// A second account is added, used, and forgotten again.
fn accounts(engine: &mut Handle) {
    const SECOND: &str = "wx00000000000000aa";
    let second = |snapshot: &Snapshot| -> Option<AccountId> {
        let accounts = &snapshot.session.accounts;
        accounts
            .iter()
            .find(|known| known.appid == SECOND)
            .map(|known| known.id)
    };
    let first = engine.snapshot().session.current.unwrap();
    if second(&engine.snapshot()).is_none() {
        engine.send(Command::SaveAccount(AccountEdit {
            id: None,
            name: "二店".into(),
            appid: SECOND.into(),
            secret: Some(Secret::new("the-secret-of-the-second".into())),
            mchid: String::new(),
            max_parcels: 10,
            sender_contact: String::new(),
            default_courier: String::new(),
            default_item_desc: String::new(),
            ..AccountEdit::default()
        }));
        let begun = Instant::now();
        while !engine.notices().contains(&Notice::Saved) {
            assert!(begun.elapsed() < PATIENCE, "the secret was never sealed");
            engine.wait(Duration::from_millis(20));
        }
    }
    let snapshot = until(engine, |snapshot| second(snapshot).is_some());
    let id = second(&snapshot).unwrap();
    for chosen in [id, first] {
        engine.send(Command::SelectAccount(chosen));
        until(engine, |snapshot| snapshot.session.current == Some(chosen));
    }
    engine.send(Command::RemoveAccount(id));
    until(engine, |snapshot| second(snapshot).is_none());
}
