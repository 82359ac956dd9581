//! The loop: commands and ended jobs in, records and calls out. Everything that happens, happens here, one
//! thing after the other; what must be durable is committed before what depends on it is started.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{mpsc, watch};

use super::clock::Clock;
use super::command::{AccountId, Command, Preference};
use super::imports::Import;
use super::jobs::{JobDone, Jobs};
use super::orders::OrderBook;
use super::outbox::{Effect, Outbox};
use super::pace::Limits;
use super::publish::Dirty;
use super::snapshot::{Account, Doctor, KeyStore, OpenOrder, Preferences, Remote, Snapshot};
use super::{Config, Notice, Secret};
use crate::domain::{
    CourierList, Draft, Intent, InvalidTransition, Now, OrderState, Policy, Problem, ProblemKind, Rules,
    Shipment, ShipmentId, State, Timestamp,
};
use crate::secrets::Vault;
use crate::store::{Change, Enqueued, NewShipment, Store, StoreError};
use crate::wechat::Client;

/// Inputs taken together, so that their records share one commit.
const GROUP: usize = 64;
/// While work is under way a new snapshot is given out at most this often.
const PUBLISH_EVERY: Duration = Duration::from_millis(100);
/// A new journal sends nothing for as long as a lost one could still have requests under way (D7).
const QUARANTINE: Duration = Duration::from_secs(60);

/// Everything the loop owns.
pub(super) struct Engine {
    pub(super) config: Config,
    pub(super) store: Option<Store>,
    pub(super) clock: Clock,
    pub(super) policy: Policy,
    pub(super) jobs: Jobs,
    pub(super) vault: Arc<Mutex<Vault>>,
    pub(super) client: Option<Client>,
    pub(super) accounts: Vec<Account>,
    pub(super) current: Option<AccountId>,
    pub(super) next_account: Option<AccountId>,
    pub(super) session_secrets: HashMap<AccountId, Secret>,
    pub(super) has_secret: bool,
    pub(super) key_store: KeyStore,
    pub(super) doctor: Doctor,
    pub(super) doctor_serial: u64,
    pub(super) couriers: Arc<CourierList>,
    pub(super) couriers_built_in: bool,
    pub(super) book: OrderBook,
    /// Orders that the fetch for the open file has brought.
    pub(super) fresh: HashSet<crate::domain::TransactionId>,
    pub(super) open: Remote<OpenOrder>,
    pub(super) outbox: Outbox,
    pub(super) shipped_now: usize,
    pub(super) import: Option<Import>,
    pub(super) import_serial: u64,
    pub(super) preferences: Preferences,
    pub(super) quarantine_until: Option<Timestamp>,
    pub(super) dirty: Dirty,
    pub(super) shown: Snapshot,
    pub(super) snapshots: watch::Sender<Snapshot>,
    pub(super) notices: mpsc::Sender<Notice>,
    pub(super) unsaid: usize,
    pub(super) wake: Box<dyn Fn() + Send + Sync>,
}

/// What an engine is started with, beside its channels.
pub(super) struct Start {
    pub(super) config: Config,
    pub(super) store: Store,
    pub(super) fresh_store: bool,
    pub(super) vault: Vault,
    pub(super) clock: Clock,
    pub(super) wake: Box<dyn Fn() + Send + Sync>,
}

/// The ends of the channels that the loop holds.
pub(super) struct Channels {
    pub(super) commands: mpsc::UnboundedReceiver<Command>,
    pub(super) snapshots: watch::Sender<Snapshot>,
    pub(super) notices: mpsc::Sender<Notice>,
}

enum Input {
    Command(Command),
    Done(JobDone),
    Tick,
}

/// Runs until a shutdown is asked for and the answers on their way are recorded.
pub(super) async fn run(start: Start, channels: Channels) {
    let (done_sender, mut done) = mpsc::unbounded_channel();
    let mut commands = channels.commands;
    let mut engine = Engine::new(
        start,
        Jobs::new(done_sender),
        channels.snapshots,
        channels.notices,
    );
    engine.load_preferences();
    engine.load_accounts();
    let mut stopping = false;
    let mut published = tokio::time::Instant::now();
    engine.publish();
    loop {
        let wait = engine.pump(stopping);
        if stopping && engine.outbox.in_flight() == 0 {
            break;
        }
        let since = published.elapsed();
        if engine.dirty.any() && (since >= PUBLISH_EVERY || engine.outbox.in_flight() == 0) {
            engine.publish();
            published = tokio::time::Instant::now();
        }
        let publish_in = if engine.dirty.any() {
            PUBLISH_EVERY.saturating_sub(since)
        } else {
            Duration::MAX
        };
        let wait = wait
            .map_or(Duration::from_hours(1), |at| at.since(engine.clock.now()))
            .min(publish_in);
        let input = tokio::select! {
            command = commands.recv() => Input::Command(command.unwrap_or(Command::Shutdown)),
            Some(ended) = done.recv() => Input::Done(ended),
            () = tokio::time::sleep(wait.max(Duration::from_millis(1))) => Input::Tick,
        };
        let mut effects = Vec::new();
        let mut next = Some(input);
        let mut taken = 0;
        while let Some(input) = next.take() {
            match input {
                Input::Command(Command::Shutdown) => stopping = true,
                Input::Command(command) => effects.extend(engine.command(command)),
                Input::Done(ended) => effects.extend(engine.done(ended)),
                Input::Tick => {}
            }
            taken += 1;
            if taken < GROUP {
                next = done.try_recv().ok().map(Input::Done);
            }
        }
        engine.perform(effects);
    }
    engine.end();
}

impl Engine {
    fn new(
        start: Start,
        jobs: Jobs,
        snapshots: watch::Sender<Snapshot>,
        notices: mpsc::Sender<Notice>,
    ) -> Self {
        let Start {
            config,
            store,
            fresh_store,
            vault,
            clock,
            wake,
        } = start;
        let now = clock.now();
        let policy = config.quiet.map_or_else(Policy::default, Policy::shortened);
        let quarantine = config.quiet.unwrap_or(QUARANTINE);
        let quarantine_until = (fresh_store && !config.sandbox).then(|| now.plus(quarantine));
        let limits = limits(&config, &policy);
        Self {
            outbox: Outbox::new(policy, limits, now),
            config,
            store: Some(store),
            clock,
            policy,
            jobs,
            vault: Arc::new(Mutex::new(vault)),
            client: None,
            accounts: Vec::new(),
            current: None,
            next_account: None,
            session_secrets: HashMap::new(),
            has_secret: false,
            key_store: KeyStore::Unknown,
            doctor: Doctor::default(),
            doctor_serial: 0,
            couriers: Arc::new(crate::import::built_in_couriers()),
            couriers_built_in: true,
            book: OrderBook::default(),
            fresh: HashSet::new(),
            open: Remote::Nothing,
            shipped_now: 0,
            import: None,
            import_serial: 0,
            preferences: Preferences::default(),
            quarantine_until,
            dirty: Dirty::default(),
            shown: Snapshot::default(),
            snapshots,
            notices,
            unsaid: 0,
            wake,
        }
    }

    /// Both clocks.
    pub(super) fn now(&self) -> Now {
        self.clock.both(self.offset_millis())
    }

    /// WeChat's time minus ours, once an answer has shown it.
    pub(super) fn offset_millis(&self) -> Option<i64> {
        self.client.as_ref().and_then(Client::clock_offset_millis)
    }

    /// Says something once; what does not fit is counted.
    pub(super) fn say(&mut self, notice: Notice) {
        if self.unsaid > 0 && self.notices.try_send(Notice::Dropped(self.unsaid)).is_ok() {
            self.unsaid = 0;
        }
        if self.notices.try_send(notice).is_err() {
            self.unsaid = self.unsaid.saturating_add(1);
        }
        (self.wake)();
    }

    /// Does something with the store. A failure stops all sending, because what cannot be written down must
    /// not be done.
    pub(super) fn tell_store<T>(
        &mut self,
        act: impl FnOnce(&mut Store, &str) -> Result<T, StoreError>,
    ) -> Option<T> {
        let appid = self.appid().to_owned();
        let store = self.store.as_mut()?;
        match act(store, &appid) {
            Ok(value) => Some(value),
            Err(_said_below) => {
                self.outbox.gates.store_failed = true;
                self.dirty.outbox = true;
                self.say(Notice::StoreFailed);
                None
            }
        }
    }

    /// Reads what the journal and the caches hold for the current account.
    pub(super) fn load_account_data(&mut self) {
        let now = self.now();
        let limits = limits(&self.config, &self.policy);
        self.outbox = Outbox::new(self.policy, limits, now.local);
        self.outbox.gates.quarantine_until = self.quarantine_until;
        self.book = OrderBook::default();
        self.shipped_now = 0;
        if self.account().is_none() {
            return;
        }
        let orders = self
            .tell_store(|store, appid| store.all_orders(appid))
            .unwrap_or_default();
        for (order, at) in orders {
            self.book.put([order], at);
        }
        if let Some((list, _)) = self.tell_store(|store, appid| store.couriers(appid)).flatten() {
            self.couriers = Arc::new(CourierList::new(list));
            self.couriers_built_in = false;
        }
        let pause = self
            .tell_store(|store, appid| store.pauses(appid))
            .unwrap_or_default();
        self.outbox.gates.day_until = pause.into_iter().map(|pause| pause.until).max();
        let stopped = self
            .tell_store(|store, appid| store.recent_shipments(appid, 1000))
            .unwrap_or_default();
        self.outbox
            .add(stopped.into_iter().filter(|shipment| !shipment.state.is_open()));
        let open = self
            .tell_store(|store, appid| store.open_shipments(appid))
            .unwrap_or_default();
        let interrupted = !open.is_empty() && !self.config.resume_at_start;
        let effects = self.outbox.restart(open, now);
        self.outbox.gates.interrupted = interrupted;
        self.outbox.take_changed();
        self.perform(effects);
        self.reopen_batch();
    }

    /// Starts what may be started now; the result is when to ask again.
    fn pump(&mut self, stopping: bool) -> Option<Timestamp> {
        if stopping || self.client.is_none() {
            return None;
        }
        if self.outbox.in_flight() == 0
            && let Some(id) = self.next_account.take()
        {
            self.select_account(id);
        }
        let again = self.pump_look_ups();
        let (effects, next) = self.outbox.pump(self.clock.now());
        self.perform(effects);
        [again, next].into_iter().flatten().min()
    }

    /// Performs effects: all records in one commit, and only then the calls.
    pub(super) fn perform(&mut self, effects: Vec<Effect>) {
        let mut records = Vec::new();
        let mut rest = Vec::new();
        for effect in effects {
            match effect {
                Effect::Record(shipment, entry) => records.push((shipment, entry)),
                other => rest.push(other),
            }
        }
        let mut written = true;
        if !records.is_empty() {
            let at = self.clock.now();
            let changes: Vec<Change<'_>> = records
                .iter()
                .map(|(shipment, entry)| Change { shipment, entry, at })
                .collect();
            super::crash_point("before-record");
            written = self
                .tell_store(|store, appid| store.record(appid, &changes))
                .is_some();
            super::crash_point("after-record");
        }
        for effect in rest {
            match (effect, self.client.clone()) {
                (Effect::Look(id, order), Some(client)) => self.jobs.look(client, id, order),
                // What could not be written down is not sent.
                (Effect::Upload(id, body), Some(client)) if written => {
                    super::crash_point("before-upload");
                    self.jobs.upload(client, id, body);
                }
                (Effect::Seen(order), _) => {
                    let at = self.clock.now();
                    self.keep_orders(vec![*order], at);
                }
                (Effect::Pause(until), _) => {
                    self.tell_store(|store, appid| store.set_pause(appid, "daily", until, "45009"));
                }
                (Effect::Record(..) | Effect::Look(..) | Effect::Upload(..), _) => {}
            }
        }
        self.follow_changes();
    }

    /// The parts that show shipments follow what changed.
    fn follow_changes(&mut self) {
        let changed: BTreeSet<ShipmentId> = self.outbox.take_changed();
        if changed.is_empty() {
            return;
        }
        self.dirty.outbox = true;
        for id in &changed {
            let Some(shipment) = self.outbox.get(*id).cloned() else {
                continue;
            };
            self.tell_person(&shipment);
            self.shipment_changed(&shipment);
        }
        self.follow_shipments(&changed);
    }

    /// Ends and doubts are said once; those of a file are summed up at its end.
    fn tell_person(&mut self, shipment: &Arc<Shipment>) {
        let id = shipment.intent.transaction_id().clone();
        match shipment.state {
            State::Shipped { .. } => {
                self.shipped_now = self.shipped_now.saturating_add(1);
                if self.import.is_none() {
                    self.say(Notice::Shipped(id));
                }
            }
            State::NeedsPerson(_) if self.import.is_none() => self.say(Notice::NeedsPerson(id)),
            State::Unclear(_) if self.import.is_none() && shipment.pending_looks == 0 => {
                self.say(Notice::Unclear(id));
            }
            State::Queued
            | State::Waiting
            | State::Sending
            | State::Unclear(_)
            | State::Rejected(_)
            | State::NeedsPerson(_)
            | State::Cancelled => {}
        }
    }

    /// A job has ended.
    fn done(&mut self, ended: JobDone) -> Vec<Effect> {
        let now = self.now();
        match ended {
            JobDone::Looked(id, result) => return self.outbox.looked(id, *result, now),
            JobDone::Uploaded(id, upload) => {
                super::crash_point("after-answer");
                return self.outbox.answered(id, upload, now);
            }
            JobDone::Page(serial, result) => self.page_done(serial, result),
            JobDone::Opened(id, result) => self.order_opened(&id, *result),
            JobDone::Found(number, answer) => self.order_found(number, *answer),
            JobDone::FileRead(token, file) => self.file_read(token, *file),
            JobDone::LookedUp(token, number, answer) => self.looked_up(token, number, *answer),
            JobDone::Couriers(result) => self.couriers_done(result),
            JobDone::Check(serial, check) => self.checked(serial, check),
            JobDone::Secret(id, secret, status) => self.secret_opened(id, secret, status),
            JobDone::Sealed(id, sealed, status) => self.secret_sealed(id, sealed, status),
        }
        Vec::new()
    }

    /// A person asks for something.
    fn command(&mut self, command: Command) -> Vec<Effect> {
        let now = self.now();
        match command {
            Command::RefreshOrders(query) => self.fetch_orders(query, false),
            Command::StopRefresh => self.stop_fetch(),
            Command::OpenOrder(id) => self.open_order(id),
            Command::CloseOrder => {
                self.open = Remote::Nothing;
                self.dirty.open = true;
            }
            Command::FindOrder(number) => self.find_order(&number),
            Command::Ship(draft) => self.ship(&draft),
            Command::CancelShipment(id) => return self.or_too_late(|outbox| outbox.cancel(id, now)),
            Command::CancelAll => self.cancel_queued(None),
            Command::Decide(id, decision) => {
                return self.or_too_late(|outbox| outbox.decide(id, decision, now));
            }
            Command::Pause => {
                self.outbox.gates.paused = true;
                self.dirty.outbox = true;
            }
            Command::Resume => {
                self.outbox.resume(now.local);
                self.dirty.outbox = true;
            }
            Command::OpenFile(path) => self.open_file(path),
            Command::RecheckBatch => self.recheck_batch(),
            Command::SendBatch {
                batch,
                hold_secs,
                reship,
            } => self.send_batch(batch, hold_secs, reship),
            Command::StopBatch => self.stop_batch(),
            Command::CloseBatch => self.close_batch(),
            Command::SaveAccount(edit) => self.save_account(edit),
            Command::SelectAccount(id) => self.select_account(id),
            Command::RemoveAccount(id) => self.remove_account(id),
            Command::TestAccount => self.test_account(),
            Command::RetryKeyStore => self.retry_key_store(),
            Command::Prefer(preference) => self.prefer(preference),
            Command::Shutdown => {}
        }
        Vec::new()
    }

    fn or_too_late(
        &mut self,
        act: impl FnOnce(&mut Outbox) -> Result<Vec<Effect>, InvalidTransition>,
    ) -> Vec<Effect> {
        match act(&mut self.outbox) {
            Ok(effects) => effects,
            Err(late) => {
                self.say(Notice::TooLate(late));
                Vec::new()
            }
        }
    }

    /// Takes back what was not sent yet.
    pub(super) fn cancel_queued(&mut self, only: Option<&BTreeSet<ShipmentId>>) {
        let effects = self.outbox.cancel_all(only, self.now());
        let count = effects.len();
        self.perform(effects);
        self.say(Notice::Cancelled(count));
    }

    /// Ships one order from the form.
    fn ship(&mut self, draft: &Draft) {
        let max_parcels = self.account().map_or(10, |account| account.max_parcels);
        let rules = Rules {
            max_parcels,
            couriers: Some(&self.couriers),
        };
        let refuse = |problems: Vec<Problem>| Notice::NotQueued {
            transaction_id: draft.transaction_id.clone(),
            problems,
        };
        let intent = match Intent::check(draft, &rules) {
            Ok((intent, _)) => intent,
            Err(problems) => return self.say(refuse(problems)),
        };
        let now = self.clock.now();
        let order = self.book.get(intent.transaction_id()).cloned();
        if order
            .as_ref()
            .is_some_and(|order| order.state == OrderState::Refunded)
        {
            return self.say(refuse(vec![ProblemKind::Refunded.into()]));
        }
        let deadline = order.map_or(now, |order| order.deadline());
        let new = NewShipment {
            intent: &intent,
            deadline,
            not_before: now,
            batch: None,
        };
        let enqueued = self.tell_store(|store, appid| store.enqueue(appid, &[new], now));
        match enqueued.as_deref() {
            Some([Enqueued::New(id)]) => {
                let id = *id;
                let transaction_id = intent.transaction_id().clone();
                self.outbox
                    .add([Shipment::queued(id, Arc::new(intent), deadline, now, now)]);
                self.follow_changes();
                self.say(Notice::Queued(transaction_id));
            }
            Some(_) => self.say(refuse(vec![ProblemKind::ShipmentOpen.into()])),
            None => {}
        }
    }

    fn retry_key_store(&mut self) {
        if let Some(id) = self.current {
            match self.session_secrets.get(&id).cloned() {
                Some(secret) => self.jobs.seal_secret(Arc::clone(&self.vault), id, secret),
                None => self.begin_account(),
            }
        }
    }

    fn prefer(&mut self, preference: Preference) {
        let preferences = &mut self.preferences;
        let (key, value) = match preference {
            Preference::Language(tag) => {
                preferences.language.clone_from(&tag);
                ("language", tag)
            }
            Preference::Theme(theme) => {
                preferences.theme.clone_from(&theme);
                ("theme", theme)
            }
            Preference::HoldSecs(secs) => {
                preferences.hold_secs = secs.min(600);
                ("hold_secs", preferences.hold_secs.to_string())
            }
            Preference::PageSize(rows) => {
                preferences.page_size = rows.clamp(20, 1000);
                ("page_size", preferences.page_size.to_string())
            }
            Preference::ZoomPercent(percent) => {
                preferences.zoom_percent = percent.clamp(50, 300);
                ("zoom_percent", preferences.zoom_percent.to_string())
            }
        };
        self.dirty.preferences = true;
        self.tell_store(|store, _| store.set_setting(key, &value));
    }

    fn load_preferences(&mut self) {
        let mut get = |key: &str| self.tell_store(|store, _| store.setting(key)).flatten();
        let usual = Preferences::default();
        let loaded = Preferences {
            language: get("language").unwrap_or_default(),
            theme: get("theme").unwrap_or_default(),
            hold_secs: get("hold_secs")
                .and_then(|text| text.parse().ok())
                .unwrap_or(usual.hold_secs),
            page_size: get("page_size")
                .and_then(|text| text.parse().ok())
                .unwrap_or(usual.page_size),
            zoom_percent: get("zoom_percent")
                .and_then(|text| text.parse().ok())
                .unwrap_or(usual.zoom_percent),
        };
        self.preferences = loaded;
        self.dirty.all();
    }

    /// Leaves the journal tidy.
    fn end(mut self) {
        let now = self.clock.now();
        if let Some(store) = self.store.take()
            && store.close(now).is_err()
        {
            // The journal is complete without the tidy end; the next start finds it unclean and looks.
            self.say(Notice::StoreFailed);
        }
    }
}

/// WeChat's pace, or that of a server which nobody shares.
fn limits(config: &Config, policy: &Policy) -> Limits {
    let loopback = config
        .base_url
        .as_deref()
        .is_some_and(|url| url.starts_with("http://"));
    let usual = if loopback {
        Limits::LOOPBACK
    } else {
        Limits::WECHAT
    };
    Limits {
        first_break: (policy.quiet / 2).min(usual.first_break),
        ..usual
    }
}
