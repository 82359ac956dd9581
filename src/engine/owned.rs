//! Everything that the loop owns, and how it is put together at the start; apart from the loop, which says what
//! happens with it.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{mpsc, watch};

use super::clock::Clock;
use super::command::{AccountId, Command};
use super::errands::Errands;
use super::event_door::Door;
use super::events_state::Events;
use super::history::{HistoryState, Raw};
use super::import_state::Import;
use super::jobs::Jobs;
use super::order_book::OrderBook;
use super::outbox::{Gates, Outbox};
use super::pace::Limits;
use super::publish::Dirty;
use super::reread::Reread;
use super::snapshot::{Account, Doctor, KeyStore, OpenOrder, Preferences, Remote, Snapshot};
use super::team::TeamState;
use super::verify::Verify;
use super::watch_state::Watch;
use super::{Config, Notice, Secrets};
use crate::domain::{CourierList, Policy, Timestamp};
use crate::import::Mappings;
use crate::logbook::Log;
use crate::secrets::Vault;
use crate::store::{Opened, Recovered, Store};
use crate::wechat::Client;

/// A journal that is new, or that has lost entries, sends nothing for as long as requests that it does not
/// know of could still be under way (D7).
const QUARANTINE: Duration = Duration::from_mins(1);

/// Everything the loop owns.
pub(super) struct Engine {
    pub(super) config: Config,
    /// Another pace than the server's own.
    pub(super) pace: Option<Limits>,
    pub(super) store: Option<Store>,
    pub(super) clock: Clock,
    pub(super) log: Log,
    pub(super) policy: Policy,
    pub(super) jobs: Jobs,
    pub(super) vault: Arc<Mutex<Vault>>,
    pub(super) client: Option<Client>,
    pub(super) accounts: Vec<Account>,
    pub(super) current: Option<AccountId>,
    pub(super) next_account: Option<AccountId>,
    pub(super) session_secrets: HashMap<AccountId, Secrets>,
    pub(super) has_secret: bool,
    pub(super) key_store: KeyStore,
    pub(super) doctor: Doctor,
    pub(super) couriers: Arc<CourierList>,
    pub(super) couriers_built_in: bool,
    /// What staff have taught about spellings, also where the account's list lacks the courier.
    pub(super) taught: Vec<crate::domain::Taught>,
    pub(super) presets: super::presets::Presets,
    pub(super) book: OrderBook,
    /// Orders that the fetch for the open file has brought.
    pub(super) fresh: HashSet<crate::domain::TransactionId>,
    pub(super) open: Remote<OpenOrder>,
    pub(super) outbox: Outbox,
    pub(super) errands: Errands,
    pub(super) shipped_now: usize,
    pub(super) import: Option<Import>,
    pub(super) import_serial: u64,
    /// What people have decided about the columns of files.
    pub(super) mappings: Arc<Mappings>,
    pub(super) preferences: Preferences,
    pub(super) quarantine_until: Option<Timestamp>,
    /// What was found when the journal was opened, and for each account that a person has not yet gone on.
    pub(super) opened: Opened,
    pub(super) recovered: Option<Recovered>,
    /// Until then nothing of a hold window is sent that has outlived its run.
    pub(super) left_holding: Option<Timestamp>,
    /// When the reason why nothing is sent ends by itself.
    pub(super) gate_ends: Option<Timestamp>,
    pub(super) sends_first: bool,
    /// The order that a person last asked to see; late answers about others only feed the list.
    pub(super) wanted: Option<crate::domain::TransactionId>,
    pub(super) find_serial: u64,
    pub(super) reread: Reread,
    pub(super) history: HistoryState,
    pub(super) raw: Raw,
    pub(super) verify: Verify,
    pub(super) team: TeamState,
    pub(super) watch: Watch,
    pub(super) events: Events,
    pub(super) door: Door,
    pub(super) pay: super::pay::Pay,
    pub(super) shopping: super::shopping::Shopping,
    pub(super) alerts: super::alerts::Alerts,
    pub(super) diagnostics: super::diagnostics::Diagnostics,
    pub(super) retention: super::retention::Retention,
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
    pub(super) opened: Opened,
    pub(super) vault: Vault,
    pub(super) clock: Clock,
    pub(super) pace: Option<Limits>,
    pub(super) log: Log,
    pub(super) wake: Box<dyn Fn() + Send + Sync>,
}

/// The ends of the channels that the loop holds.
pub(super) struct Channels {
    pub(super) commands: mpsc::UnboundedReceiver<Command>,
    pub(super) snapshots: watch::Sender<Snapshot>,
    pub(super) notices: mpsc::Sender<Notice>,
}

impl Engine {
    pub(super) fn new(
        start: Start,
        jobs: Jobs,
        snapshots: watch::Sender<Snapshot>,
        notices: mpsc::Sender<Notice>,
    ) -> Self {
        let Start {
            config,
            store,
            opened,
            vault,
            clock,
            pace,
            log,
            wake,
        } = start;
        let now = clock.now();
        let policy = config.quiet.map_or_else(Policy::default, Policy::shortened);
        let quarantine = config.quiet.unwrap_or(QUARANTINE);
        let quarantine_until =
            Gates::quarantine(opened.doubtful_since, quarantine, now).filter(|_| !config.sandbox);
        let limits = limits(&config, pace, &policy);
        Self {
            outbox: Outbox::new(policy, limits, now),
            config,
            pace,
            store: Some(store),
            clock,
            log,
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
            couriers: Arc::new(crate::import::built_in_couriers()),
            couriers_built_in: true,
            taught: Vec::new(),
            presets: Vec::new(),
            book: OrderBook::default(),
            fresh: HashSet::new(),
            open: Remote::Nothing,
            errands: Errands::default(),
            shipped_now: 0,
            import: None,
            import_serial: 0,
            mappings: Arc::default(),
            preferences: Preferences::default(),
            quarantine_until,
            opened,
            recovered: None,
            left_holding: None,
            gate_ends: None,
            sends_first: false,
            wanted: None,
            find_serial: 0,
            reread: Reread::default(),
            history: HistoryState::default(),
            raw: Raw::default(),
            verify: Verify::default(),
            team: TeamState::default(),
            watch: Watch::default(),
            events: Events::default(),
            door: Door::default(),
            pay: super::pay::Pay::default(),
            shopping: super::shopping::Shopping::default(),
            alerts: super::alerts::Alerts::default(),
            diagnostics: super::diagnostics::Diagnostics::default(),
            retention: super::retention::Retention::default(),
            dirty: Dirty::default(),
            shown: Snapshot::default(),
            snapshots,
            notices,
            unsaid: 0,
            wake,
        }
    }
}

/// WeChat's pace, or that of a server which nobody shares; another one only for such a server.
pub(super) fn limits(config: &Config, pace: Option<Limits>, policy: &Policy) -> Limits {
    let loopback = config
        .base_url
        .as_deref()
        .is_some_and(|url| url.starts_with("http://"));
    let usual = if loopback {
        pace.unwrap_or(Limits::LOOPBACK)
    } else {
        Limits::WECHAT
    };
    Limits {
        first_break: policy.quiet.div_f64(2.0).min(usual.first_break),
        ..usual
    }
}
