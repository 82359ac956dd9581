//! A shop in five lines: a folder of its own, the pretend WeChat, and an engine between them.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "shared by tests, which say it by failing and use what they need"
)]

pub mod audit;
pub mod desk;
pub mod warehouse;

use std::time::{Duration, Instant};

use fahuo::domain::{Draft, Order, ParcelDraft, TransactionId};
use fahuo::engine::{
    self, BatchPhase, BatchView, Command, Config, Credentials, Handle, KeyStoreChoice, Secret, Snapshot,
};
use fahuo::logbook::{self, Level};
use fahuo::sim::{SANDBOX_APP_SECRET, SANDBOX_APPID, SimConfig, Simulator};

/// Longer than anything here takes; only a failing test waits for it.
const PATIENCE: Duration = Duration::from_mins(1);

pub struct Shop {
    pub wechat: Simulator,
    pub dir: tempfile::TempDir,
    pub engine: Handle,
}

pub fn config(wechat: &Simulator, dir: &std::path::Path) -> Config {
    // As for the programs: what tests leave is searched at the most talkative level, see packaging/supply.
    let level = std::env::var("FAHUO_LOG").ok();
    if let Some(level) = level.as_deref().and_then(Level::of_word) {
        logbook::set_level(level);
    }
    Config {
        data_dir: dir.to_owned(),
        base_url: Some(wechat.base_url()),
        sandbox: true,
        credentials: Some(Credentials {
            appid: SANDBOX_APPID.into(),
            secret: Secret::new(SANDBOX_APP_SECRET.into()),
            ..Credentials::default()
        }),
        quiet: Some(Duration::from_millis(600)),
        key_store: KeyStoreChoice::Memory,
        team_key: None,
        resume_at_start: true,
    }
}

impl Shop {
    pub fn open() -> Self {
        Self::with(SimConfig::default())
    }

    pub fn with(sim: SimConfig) -> Self {
        let wechat = Simulator::start(sim).unwrap();
        // Speed is not what these tests are about.
        wechat.with_world(|world| world.limits.per_second = None);
        let dir = tempfile::tempdir().unwrap();
        let engine = engine::start(config(&wechat, dir.path()), || {}).unwrap();
        Self { wechat, dir, engine }
    }

    /// Waits until the snapshot shows something.
    #[track_caller]
    pub fn until<T>(&mut self, what: &str, seen: impl Fn(&Snapshot) -> Option<T>) -> T {
        let start = Instant::now();
        loop {
            let snapshot = self.engine.snapshot();
            if let Some(value) = seen(&snapshot) {
                return value;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "waited in vain for {what}: {:?} {:?}",
                (
                    &snapshot.outbox.gate,
                    snapshot.outbox.queued,
                    snapshot.outbox.rows.iter().map(|s| &s.state).collect::<Vec<_>>()
                ),
                snapshot.batch.map(|b| (b.phase.clone(), b.counts))
            );
            self.engine.wait(Duration::from_secs(1));
        }
    }

    /// The list of orders is complete.
    #[track_caller]
    pub fn fetched(&mut self) -> Vec<std::sync::Arc<Order>> {
        self.engine
            .send(Command::RefreshOrders(fahuo::domain::OrderQuery::default()));
        self.until("the list", |s| {
            matches!(s.orders.fetch, engine::Fetch::Complete { .. }).then(|| s.orders.rows.to_vec())
        })
    }

    /// Nothing is open in the outbox any more, after something was.
    #[track_caller]
    pub fn settled(&mut self, ended: usize) {
        self.until("the outbox", |s| {
            let o = &s.outbox;
            let open = o.queued + o.waiting + o.sending + o.unclear;
            (open == 0 && o.shipped + o.needs_person + o.rejected >= ended).then_some(())
        });
    }

    /// The open file has reached a phase.
    #[track_caller]
    pub fn batch(&mut self, phase: fn(&BatchPhase) -> bool) -> BatchView {
        self.until("the file", |s| {
            s.batch
                .as_ref()
                .filter(|b| phase(&b.phase))
                .map(|b| (**b).clone())
        })
    }
}

/// A unified express parcel.
pub fn draft(id: &TransactionId, courier: &str, tracking_no: &str) -> Draft {
    Draft {
        transaction_id: id.as_str().into(),
        parcels: vec![ParcelDraft {
            courier: courier.into(),
            tracking_no: tracking_no.into(),
            item_desc: "明前龙井 250g".into(),
            ..ParcelDraft::default()
        }],
        ..Draft::default()
    }
}
