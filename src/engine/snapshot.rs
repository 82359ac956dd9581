//! Everything a person may see, as one value of `Arc`s. Whoever holds an older `Arc` knows by its pointer
//! that it is older; nothing is cloned per frame.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

pub use super::ahead::Ahead;
pub use super::arrived::{Arrived, ArrivedState, Glance, LeftOver, WatchTrouble, WatchView};
pub use super::bundle::{Bundle, BundlePart};
pub use super::bundle_scan::{Leak, Shape};
use super::command::{AccountId, BatchId};
pub use super::diagnostics::{DiagnosticsView, RidAnswer};
pub use super::doctor::{CheckKind, CheckResult, Doctor};
pub use super::errands::ErrandsView;
pub use super::events_state::{
    EventLook, EventRecord, EventWay, EventsView, ReceiverStanding, ReceiverTrouble, ReceiverView,
};
pub use super::history::{Collected, History};
pub use super::kept::Kept;
pub use super::pay::{PayAnswer, PaySettings, PayView};
pub use super::pay_edit::PayTrouble;
pub use super::presets::Preset;
pub use super::probe_run::{ProbeTrouble, ProbeView};
pub use super::retention::DataView;
pub use super::rows::{Rows, marks};
pub use super::shipping::{CallsLeft, Gate, Outbox};
pub use super::shopping::{ShoppingFileView, ShoppingView};
pub use super::team::TeamView;
pub use super::watch_folder::Stamp;
pub use crate::import::RememberedMapping;
pub use crate::store::{Damage, Purged, Recovered};

use crate::domain::{
    Access, CallFailure, Counts, CourierList, HistoryLine, ImportedFile, Mark, MaskedContact, Needs, Order,
    OrderQuery, PlannedRow, RowStatus, Shipment, ShipmentId, Timestamp,
};

/// The state of the program at one moment.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// Accounts, credentials, checks.
    pub session: Arc<Session>,
    /// The local list of orders.
    pub orders: Arc<Orders>,
    /// The order that is shown beside the list.
    pub open_order: Arc<Remote<OpenOrder>>,
    /// Shipments on their way.
    pub outbox: Arc<Outbox>,
    /// The file that is open.
    pub batch: Option<Arc<BatchView>>,
    /// The couriers that may be sent.
    pub couriers: Arc<CourierList>,
    /// Settings of the window.
    pub preferences: Arc<Preferences>,
    /// What people have decided about the columns of files, the newest first.
    pub mappings: Arc<[RememberedMapping]>,
    /// The folder in which files arrive.
    pub watch: Arc<WatchView>,
    /// Reminders and reports of special orders, and the page that messages open.
    pub errands: Arc<ErrandsView>,
    /// Payments of WeChat Pay Global.
    pub pay: Arc<PayView>,
    /// Shopping orders.
    pub shopping: Arc<ShoppingView>,
    /// What WeChat has pushed.
    pub events: Arc<EventsView>,
    /// What happened, as far as it was searched.
    pub history: Arc<History>,
    /// What WeChat tells about itself, and the guided probe.
    pub diagnostics: Arc<DiagnosticsView>,
}

/// A value that is being fetched; the previous one stays on the screen meanwhile.
#[derive(Clone, Debug, Default)]
pub enum Remote<T> {
    /// Nobody asked.
    #[default]
    Nothing,
    /// Being fetched.
    Waiting {
        /// What was known before.
        previous: Option<T>,
    },
    /// Here.
    Ready(T),
    /// Could not be fetched.
    Failed {
        /// What was known before.
        previous: Option<T>,
        /// Why.
        failure: CallFailure,
    },
}

impl<T> Remote<T> {
    /// The newest value that is known.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Nothing => None,
            Self::Waiting { previous } | Self::Failed { previous, .. } => previous.as_ref(),
            Self::Ready(value) => Some(value),
        }
    }
}

/// Who works here and with what.
#[derive(Clone, Debug, Default)]
pub struct Session {
    /// The embedded or a loopback simulator is used: nothing reaches WeChat.
    pub sandbox: bool,
    /// Where calls go when it is not WeChat itself; must be shown at all times.
    pub other_server: Option<String>,
    /// The folder of the journal.
    pub data_dir: PathBuf,
    /// The journal was damaged or may lack entries: what was found and done, until a person has read it.
    pub recovered: Option<Recovered>,
    /// The program for file sync in whose folder the journal lies: it may tear it.
    pub synced_by: Option<&'static str>,
    /// All accounts of this folder.
    pub accounts: Vec<Account>,
    /// The one that is used; `None` before the first is added.
    pub current: Option<AccountId>,
    /// A secret for the current account is at hand.
    pub has_secret: bool,
    /// Whether secrets can be kept.
    pub key_store: KeyStore,
    /// The account's checks.
    pub doctor: Doctor,
    /// This computer's clock minus WeChat's in seconds, once an answer has shown it.
    pub clock_skew_secs: Option<i64>,
    /// The courier list is the built-in one, not the account's.
    pub couriers_built_in: bool,
    /// The computers that ship together.
    pub team: TeamView,
    /// How long personal data is kept.
    pub data: DataView,
}

impl Session {
    /// The account that is used.
    pub fn account(&self) -> Option<&Account> {
        self.accounts
            .iter()
            .find(|account| Some(account.id) == self.current)
    }
}

/// One account, without its secret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// AppID.
    pub appid: String,
    /// How it comes by its access tokens.
    pub access: Access,
    /// Merchant number; may be empty.
    pub mchid: String,
    /// Parcels per payment, 10 to 15.
    pub max_parcels: usize,
    /// The sender's masked phone.
    pub sender_contact: Option<MaskedContact>,
    /// Courier for files without one; may be empty.
    pub default_courier: String,
    /// Text for orders without one; may be empty.
    pub default_item_desc: String,
    /// It comes from the environment or the sandbox and is not kept.
    pub temporary: bool,
}

/// Whether the system keeps secrets for us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum KeyStore {
    /// Not tried yet.
    #[default]
    Unknown,
    /// Secrets are kept in the keyring.
    Available,
    /// There is none, or it is locked: secrets last until the program ends.
    SessionOnly {
        /// It is there but locked.
        locked: bool,
    },
}

/// The local list of orders.
#[derive(Clone, Debug, Default)]
pub struct Orders {
    /// All orders that are known, newest payment first.
    pub rows: Arc<[Arc<Order>]>,
    /// When the newest of them was read; `None` when the list was never fetched.
    pub read_at: Option<Timestamp>,
    /// The fetch.
    pub fetch: Fetch,
    /// Orders that a person has asked to be read again and that are still to come.
    pub rereading: usize,
}

/// Where the fetch of the list stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Fetch {
    /// None under way.
    #[default]
    Idle,
    /// Pages are coming.
    Running {
        /// What is asked for.
        query: OrderQuery,
        /// Pages so far.
        pages: usize,
        /// Orders so far.
        orders: usize,
    },
    /// A page could not be fetched; the next fetch of the same query goes on there.
    Failed {
        /// What was asked for.
        query: OrderQuery,
        /// Pages that did come.
        pages: usize,
        /// Orders that did come.
        orders: usize,
        /// Why.
        failure: CallFailure,
    },
    /// Everything that the query names is here.
    Complete {
        /// What was asked for.
        query: OrderQuery,
        /// How many orders WeChat gave.
        orders: usize,
        /// When.
        at: Timestamp,
    },
}

/// The order beside the list.
#[derive(Clone, Debug)]
pub struct OpenOrder {
    /// As WeChat last showed it.
    pub order: Arc<Order>,
    /// When that was.
    pub read_at: Timestamp,
    /// What was sent from here, newest first.
    pub shipments: Vec<Arc<Shipment>>,
    /// Everything that is known to have happened to it, oldest first.
    pub timeline: Arc<[HistoryLine]>,
}

/// The file that is open.
#[derive(Clone, Debug)]
pub struct BatchView {
    /// Its number.
    pub id: BatchId,
    /// What was read, without the rows.
    pub file: Arc<ImportedFile>,
    /// Its rows, with what a person has repaired.
    pub rows: Rows,
    /// The verdicts; change only when the file is checked again.
    pub plan: Kept<PlannedRow>,
    /// Where each row stands now.
    pub status: Arc<[RowStatus]>,
    /// What the filters ask about each row; empty before the verdicts.
    pub marks: Arc<[Mark]>,
    /// Rows of which something counts otherwise than it stands in the file.
    pub changed: usize,
    /// Rows that a person has repaired.
    pub repaired: usize,
    /// What its rows lack.
    pub needs: Needs,
    /// In how many rows each unknown spelling of a courier stands.
    pub unknown_couriers: Arc<BTreeMap<String, usize>>,
    /// The shipments of rows that have one, by index.
    pub row_shipments: Arc<BTreeMap<usize, ShipmentId>>,
    /// The shipments of this file as they stand.
    pub shipments: Arc<HashMap<ShipmentId, Arc<Shipment>>>,
    /// How many rows stand where.
    pub counts: Counts,
    /// Orders that *Send* would ship.
    pub orders_to_send: usize,
    /// It can be read again, because it is known where the file lies.
    pub readable: bool,
    /// What is being done with it.
    pub phase: BatchPhase,
    /// What a person said about couriers of this file that the reader does not know.
    pub picks: Vec<Pick>,
    /// What is taken where its rows leave something open.
    pub preset: PresetView,
}

/// What is taken where the rows of the open file leave something open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PresetView {
    /// Rows leave something open, or it was said for them.
    pub is_asked_for: bool,
    /// What was said.
    pub preset: Preset,
    /// It is remembered for files with the same headings.
    pub remembered: bool,
}

/// What a person said about a spelling of the open file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// As it stands in the file.
    pub spelling: String,
    /// The courier.
    pub id: String,
    /// In how many rows.
    pub rows: usize,
    /// It is remembered for later files.
    pub remembered: bool,
    /// It can be remembered.
    pub can_remember: bool,
}

/// What is being done with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BatchPhase {
    /// The file is being read.
    Reading {
        /// Rows so far.
        rows: usize,
    },
    /// Orders are looked up.
    LookingUp {
        /// Orders found so far.
        done: usize,
        /// Orders in the file.
        total: usize,
    },
    /// The rows are compared with each other and with the orders.
    Comparing {
        /// Rows so far.
        done: usize,
        /// Rows of the file.
        total: usize,
    },
    /// Every row has its verdict; nothing was sent.
    Checked,
    /// It cannot be checked.
    Failed(CallFailure),
    /// The file cannot be used; its own problems say why.
    Unusable,
    /// Its rows are in the outbox.
    Sending,
    /// Every row has its end, or waits for a person.
    Done,
}

/// Settings of the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// `zh-CN`, `en`, or empty for the system's.
    pub language: String,
    /// `light`, `dark`, or empty for the system's.
    pub theme: String,
    /// Seconds that a batch waits before it is sent.
    pub hold_secs: u32,
    /// Rows on one page of the order list.
    pub page_size: usize,
    /// Zoom of the window in percent.
    pub zoom_percent: u32,
    /// What parts of the window remember, by the key of [`super::command::Preference::Ui`].
    pub ui: BTreeMap<String, String>,
    /// Messages of the system about what was missed while nobody looked.
    pub notifications: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            language: String::new(),
            theme: String::new(),
            hold_secs: 10,
            page_size: 100,
            zoom_percent: 100,
            ui: BTreeMap::new(),
            notifications: true,
        }
    }
}
