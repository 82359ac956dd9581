//! One event loop that alone writes to the store and starts calls. Shells hold a [`Handle`]: they send
//! [`Command`]s and read [`Snapshot`]s, and nothing else.

mod account_edit;
mod ahead;
mod alerts;
mod arrived;
mod barred;
mod bundle;
mod bundle_scan;
pub mod clock;
mod combined;
pub mod command;
mod commands;
mod credentials;
mod diagnostics;
mod doctor;
mod effects;
mod errand_run;
mod errands;
mod event_door;
mod events;
mod events_state;
mod export_all;
mod gate;
mod glance;
mod history;
mod import_lookup;
mod import_send;
mod import_state;
mod import_work;
mod imports;
mod jobs;
mod jump_path;
mod keep;
pub mod kept;
mod left_over;
mod load;
mod notes;
pub mod notice;
mod order_book;
mod orders;
pub mod outbox;
mod outbox_claims;
mod outbox_combined;
mod outbox_flights;
mod outbox_orders;
mod outbox_person;
mod outbox_quota;
mod outbox_seen;
mod outbox_wait;
mod owned;
pub mod pace;
mod packed;
mod pay;
mod pay_edit;
mod preferences;
mod presets;
mod probe_found;
mod probe_run;
mod publish;
pub mod quota;
mod repairs;
mod reread;
mod results;
pub mod retention;
pub mod rows;
mod run;
mod session;
mod shipping;
mod shopping;
mod shopping_answers;
mod shopping_run;
pub mod snapshot;
mod teaching;
mod team;
mod verify;
mod watch_folder;
mod watch_state;
mod watching;

use std::path::PathBuf;
use std::time::Duration;

use tokio::sync::{mpsc, watch};

use crate::domain::Access;
use crate::logbook::Log;
use crate::secrets::{Place, Vault};
use crate::store::{OpenError, Store};

pub use ahead::Ahead;
pub use command::{
    AccountEdit, AccountId, BatchId, Command, DataAsk, DiagnosticsAsk, ErrandCommand, EventsAsk, HistoryWish,
    PayAsk, PayEdit, Preference, PresetEdit, ProbeAsk, ReceiverEdit, ResultFile, Secret, Secrets,
    ShoppingAsk, ShoppingSource, TableFile, TeamEdit,
};
pub use notice::{DiagnosticsSaid, EventsSaid, Notice, ShoppingNotice};
pub use snapshot::{
    Account, BatchPhase, BatchView, CallsLeft, CheckKind, CheckResult, Doctor, ErrandsView, Fetch, Gate,
    KeyStore, OpenOrder, Orders, Outbox, Preferences, RememberedMapping, Remote, Session, ShoppingFileView,
    ShoppingView, Snapshot, TeamView,
};

/// How an engine is started.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder of the journal; made when it is missing.
    pub data_dir: PathBuf,
    /// Another server than WeChat: a loopback address, or the relay that the account's settings name.
    pub base_url: Option<String>,
    /// The server is the embedded sandbox: no quarantine, and the window says so.
    pub sandbox: bool,
    /// Credentials that are used instead of an account's and never kept.
    pub credentials: Option<Credentials>,
    /// Shortened waiting times, for tests against a loopback server only.
    pub quiet: Option<Duration>,
    /// Where secrets are kept.
    pub key_store: KeyStoreChoice,
    /// The team key from outside, used instead of the kept one and never kept.
    pub team_key: Option<Secret>,
    /// Go on with what an earlier run left without waiting for a person (the command line).
    pub resume_at_start: bool,
}

/// Credentials from the environment or of the sandbox.
#[derive(Clone, Debug, Default)]
pub struct Credentials {
    /// AppID.
    pub appid: String,
    /// How tokens are come by.
    pub access: Access,
    /// The secrets of another way than the AppSecret.
    pub more: Secrets,
    /// AppSecret, or nothing when tokens come from elsewhere.
    pub secret: Secret,
    /// A ready access token (`FAHUO_ACCESS_TOKEN`), used as it is and never refreshed.
    pub access_token: Option<Secret>,
    /// The sender's phone (`FAHUO_SENDER_CONTACT`); masked before use.
    pub sender_contact: Option<String>,
}

/// Where secrets are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyStoreChoice {
    /// The keyring of the system.
    System,
    /// Only in memory (sandbox, tests).
    Memory,
    /// Behave as a system without a keyring.
    None,
}

/// Why an engine could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another program works on this folder.
    #[error("another program (process {pid}) works on this data folder")]
    Locked {
        /// Its process number; 0 when it cannot be read.
        pid: u32,
    },
    /// The folder cannot be made or written.
    #[error("the data folder cannot be used: {0}")]
    Folder(std::io::Error),
    /// The journal was written by a newer version of the program.
    #[error("the journal was written by a newer version")]
    NewerSchema,
    /// The data folder lies on a network drive, where a journal cannot be kept safely.
    #[error("the data folder lies on a network drive ({0})")]
    Network(String),
    /// The journal is damaged, could not be recovered and was not touched.
    #[error("the journal is damaged")]
    Damaged,
    /// The base URL is neither a loopback address nor https.
    #[error("the base URL must be a loopback address or https")]
    BaseUrl,
    /// A part of the system that the engine needs is missing (TLS roots, threads).
    #[error("the system lacks what the engine needs: {0}")]
    System(&'static str),
}

/// A shell's end of a running engine. Dropping it ends the engine after open answers are recorded.
#[derive(Debug)]
pub struct Handle {
    commands: mpsc::UnboundedSender<Command>,
    snapshots: watch::Receiver<Snapshot>,
    notices: mpsc::Receiver<Notice>,
    thread: Option<std::thread::JoinHandle<()>>,
    log: Log,
}

impl Handle {
    /// Asks for something. Never waits; after the engine has ended nothing happens.
    pub fn send(&self, command: Command) {
        // A closed channel means that the engine has ended; there is nobody left to tell.
        drop(self.commands.send(command));
    }

    /// Something has changed since the last [`Self::snapshot`].
    pub fn snapshot_changed(&self) -> bool {
        self.snapshots.has_changed().unwrap_or(false)
    }

    /// The log of this run, which may still be written to after the engine has ended.
    pub fn log(&self) -> Log {
        self.log.clone()
    }

    /// The newest snapshot, marked as seen.
    pub fn snapshot(&mut self) -> Snapshot {
        self.snapshots.borrow_and_update().clone()
    }

    /// What was said since the last call.
    pub fn notices(&mut self) -> Vec<Notice> {
        std::iter::from_fn(|| self.notices.try_recv().ok()).collect()
    }

    /// Waits for the next change, at most `limit`; `false` when the time is up or the engine has ended.
    pub fn wait(&mut self, limit: Duration) -> bool {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
        else {
            return false;
        };
        runtime.block_on(async {
            tokio::time::timeout(limit, self.snapshots.changed())
                .await
                .is_ok_and(|changed| changed.is_ok())
        })
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.send(Command::Shutdown);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            eprintln!("the engine ended with a panic");
        }
    }
}

/// Notices that may wait for a shell; more are counted and dropped.
const NOTICES: usize = 256;

/// Starts an engine on its own thread. `wake` is called whenever a new snapshot or notice is there.
///
/// # Errors
/// See [`StartError`].
pub fn start(config: Config, wake: impl Fn() + Send + Sync + 'static) -> Result<Handle, StartError> {
    start_at_pace(config, None, wake)
}

/// The same at another pace. Benchmarks use it, which measure the program and not the pace that it keeps; a server
/// that others share is never called at another pace than its own.
///
/// # Errors
/// See [`StartError`].
pub fn start_at_pace(
    config: Config,
    limits: Option<pace::Limits>,
    wake: impl Fn() + Send + Sync + 'static,
) -> Result<Handle, StartError> {
    if let Some(url) = &config.base_url
        && crate::wechat::BaseUrl::parse(url).is_err()
    {
        return Err(StartError::BaseUrl);
    }
    let clock = clock::Clock::start();
    let (store, opened) = Store::open(&config.data_dir, clock.now()).map_err(|error| match error {
        OpenError::Locked { pid } => StartError::Locked { pid },
        OpenError::Folder(io) => StartError::Folder(io),
        OpenError::NewerSchema => StartError::NewerSchema,
        OpenError::Network(kind) => StartError::Network(kind),
        OpenError::Damaged => StartError::Damaged,
        OpenError::Store(_) => StartError::System("SQLite"),
    })?;
    let log = Log::open(&config.data_dir);
    let own_log = log.clone();
    let place = match config.key_store {
        KeyStoreChoice::System => Place::System,
        KeyStoreChoice::Memory => Place::Memory,
        KeyStoreChoice::None => Place::None,
    };
    let (commands, command_receiver) = mpsc::unbounded_channel();
    let (snapshot_sender, snapshots) = watch::channel(Snapshot::default());
    let (notice_sender, notices) = mpsc::channel(NOTICES);
    let channels = run::Channels {
        commands: command_receiver,
        snapshots: snapshot_sender,
        notices: notice_sender,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .thread_name("fahuo-job")
        .build()
        .map_err(|_io| StartError::System("threads"))?;
    let thread = std::thread::Builder::new()
        .name("fahuo-engine".into())
        .spawn(move || {
            let start = run::Start {
                config,
                store,
                opened,
                vault: Vault::open(place),
                clock,
                pace: limits,
                log: own_log,
                wake: Box::new(wake),
            };
            runtime.block_on(run::run(start, channels));
            // A keyring that waits for a person must not keep the program from ending.
            runtime.shutdown_background();
        })
        .map_err(|_io| StartError::System("threads"))?;
    Ok(Handle {
        commands,
        snapshots,
        notices,
        thread: Some(thread),
        log,
    })
}
