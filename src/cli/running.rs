//! An engine with everything around it that one command needs: the simulator, the folder, Ctrl-C, waiting.

use std::time::{Duration, Instant};

use super::args::Global;
use super::interrupt::Interrupt;
use super::output::{self, Console};
use super::setup::{self, Purpose, SandboxPlace};
use super::{Exit, Fail};
use crate::domain::Timestamp;
use crate::engine::{self, AccountId, Command, Handle, KeyStore, Notice, Session, Snapshot};
use crate::logbook::Log;
use crate::sim::{SimConfig, Simulator};

/// How long a change may take to be noticed when nothing is published, for Ctrl-C and time limits.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// How long the engine may take to read its journal.
const START_LIMIT: Duration = Duration::from_mins(1);
/// How long a keyring may take, which may have to be unlocked by a person.
const KEYRING_LIMIT: Duration = Duration::from_secs(30);

/// Why waiting ended without what was waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    /// The time is up.
    TimeUp,
    /// Somebody pressed Ctrl-C.
    Interrupted,
    /// The engine has ended by itself.
    Ended,
}

/// A running engine.
pub struct Running {
    // Dropped first: the engine records its last answers while the simulator still answers.
    handle: Handle,
    /// How to say things.
    pub console: Console,
    /// Ctrl-C.
    pub interrupt: Interrupt,
    /// Nothing of this run is older.
    pub started: Timestamp,
    _simulator: Option<Simulator>,
    _folder: Option<tempfile::TempDir>,
}

/// What a person must know of the journal before anything else: also for scripts, on stderr.
fn say_what_was_found(console: Console, session: &Session) {
    if let Some(recovered) = &session.recovered {
        let damage = recovered.damage.word();
        console.say("recovered-title", &[("damage", damage.into())]);
        let counts = [
            ("shipments", recovered.shipments.into()),
            ("open", recovered.under_way.into()),
            ("lost", recovered.lost_changes.into()),
        ];
        console.say("recovered-detail", &counts);
        if let Some(folder) = &recovered.kept_in {
            console.say("recovered-kept", &[("folder", folder.as_str().into())]);
        }
    }
    if let Some(program) = session.synced_by {
        console.say("synced-title", &[("program", program.into())]);
    }
}

impl Running {
    /// Starts the engine, and the simulator before it when it is asked for.
    ///
    /// # Errors
    /// When options, environment, folder or account do not allow it.
    pub fn start(console: Console, global: &Global, purpose: Purpose) -> Result<Self, Fail> {
        let lang = console.lang;
        let started = output::now();
        let (mut simulator, mut folder, mut place) = (None, None, None);
        if global.sandbox {
            let pretended = Simulator::start(SimConfig::default())?;
            let fresh = tempfile::Builder::new().prefix("fahuo-sandbox-").tempdir()?;
            place = Some(SandboxPlace {
                base_url: pretended.base_url(),
                data_dir: fresh.path().to_owned(),
            });
            (simulator, folder) = (Some(pretended), Some(fresh));
        }
        let config = setup::config(lang, global, place.as_ref(), &setup::process_env, purpose)?;
        let credentials_given = config.credentials.is_some();
        let interrupt = Interrupt::listen();
        let handle = engine::start(config, || {}).map_err(|error| setup::explain_start(lang, &error))?;
        let mut running = Self {
            handle,
            console,
            interrupt,
            started,
            _simulator: simulator,
            _folder: folder,
        };
        let ready = running.wait_for(Some(START_LIMIT), |snapshot, _| {
            let session = &snapshot.session;
            let account = !credentials_given || session.current.is_some();
            (account && !session.data_dir.as_os_str().is_empty()).then_some(())
        });
        ready.map_err(|halt| running.fail(halt))?;
        say_what_was_found(console, &running.snapshot().session);
        crate::step::at("cli-started");
        if let Some(name) = &global.account {
            running.select_account(name)?;
        }
        Ok(running)
    }

    /// The log of this run.
    pub fn log(&self) -> Log {
        self.handle.log()
    }

    /// Asks the engine for something.
    pub fn send(&self, command: Command) {
        self.handle.send(command);
    }

    /// What is known now.
    pub fn snapshot(&mut self) -> Snapshot {
        self.handle.snapshot()
    }

    /// Waits until `found` says so; it sees every snapshot and the notices since the last one.
    ///
    /// # Errors
    /// Why it did not come to that.
    pub fn wait_for<T>(
        &mut self,
        limit: Option<Duration>,
        found: impl FnMut(&Snapshot, &[Notice]) -> Option<T>,
    ) -> Result<T, Halt> {
        let interrupt = self.interrupt.clone();
        self.wait_unless(&|| interrupt.asked(), limit, found)
    }

    /// Like [`Self::wait_for`], after Ctrl-C was pressed already.
    ///
    /// # Errors
    /// Why it did not come to that.
    pub fn wait_out<T>(
        &mut self,
        limit: Duration,
        found: impl FnMut(&Snapshot, &[Notice]) -> Option<T>,
    ) -> Result<T, Halt> {
        self.wait_unless(&|| false, Some(limit), found)
    }

    fn wait_unless<T>(
        &mut self,
        stop: &dyn Fn() -> bool,
        limit: Option<Duration>,
        mut found: impl FnMut(&Snapshot, &[Notice]) -> Option<T>,
    ) -> Result<T, Halt> {
        let started = Instant::now();
        let mut too_quick = 0_u32;
        loop {
            let snapshot = self.handle.snapshot();
            let notices = self.handle.notices();
            if let Some(result) = found(&snapshot, &notices) {
                return Ok(result);
            }
            if stop() {
                return Err(Halt::Interrupted);
            }
            if limit.is_some_and(|limit| started.elapsed() >= limit) {
                return Err(Halt::TimeUp);
            }
            let waiting = Instant::now();
            // "Nothing new" before the time is up means that nobody is left who could publish.
            if self.handle.wait(LOOK_EVERY) || waiting.elapsed() >= LOOK_EVERY {
                too_quick = 0;
            } else {
                too_quick = too_quick.saturating_add(1);
            }
            if too_quick > 3 {
                return Err(Halt::Ended);
            }
        }
    }

    /// A halt as the end of a run in which nothing was sent.
    pub fn fail(&self, halt: Halt) -> Fail {
        let (exit, id) = match halt {
            Halt::TimeUp => (Exit::CannotRun, "cli-start-silent"),
            Halt::Interrupted => (Exit::Stopped, "cli-stopped-nothing-sent"),
            Halt::Ended => (Exit::CannotRun, "cli-engine-ended"),
        };
        Fail {
            exit,
            words: self.console.text(id, &[]),
        }
    }

    /// Works with the account of this name or AppID from now on.
    ///
    /// # Errors
    /// When there is none.
    pub fn select_account(&mut self, name: &str) -> Result<(), Fail> {
        let id = self.find_account(name)?;
        self.send(Command::SelectAccount(id));
        let limit = Some(Duration::from_secs(30));
        let selected = self.wait_for(limit, |snapshot, _| {
            (snapshot.session.current == Some(id)).then_some(())
        });
        selected.map_err(|halt| self.fail(halt))
    }

    /// The account of this name or AppID.
    ///
    /// # Errors
    /// When there is none.
    pub fn find_account(&mut self, name: &str) -> Result<AccountId, Fail> {
        let snapshot = self.snapshot();
        let accounts = &snapshot.session.accounts;
        let by_name = accounts.iter().find(|account| account.name == name);
        let found = by_name.or_else(|| accounts.iter().find(|account| account.appid == name));
        found.map(|account| account.id).ok_or_else(|| {
            let separator = self.console.text("list-separator", &[]);
            let names: Vec<&str> = accounts.iter().map(|account| account.name.as_str()).collect();
            let args = [("name", name.into()), ("known", names.join(&separator).into())];
            let id = if names.is_empty() {
                "cli-no-accounts"
            } else {
                "cli-account-unknown"
            };
            Fail::cannot_run(self.console.text(id, &args))
        })
    }

    /// There is an account with a secret to work with.
    ///
    /// # Errors
    /// When there is none; says what to do.
    pub fn need_credentials(&mut self) -> Result<(), Fail> {
        // A keyring may take its time, or ask a person.
        let known = self.wait_for(Some(KEYRING_LIMIT), |snapshot, _| {
            let session = &snapshot.session;
            let known =
                session.current.is_none() || session.has_secret || session.key_store != KeyStore::Unknown;
            known.then_some(())
        });
        match known {
            Ok(()) | Err(Halt::TimeUp) => {}
            Err(halt) => return Err(self.fail(halt)),
        }
        let session = self.snapshot().session;
        let id = match (session.current, session.has_secret) {
            (None, _) => "cli-need-account",
            (Some(_), false) => "cli-need-secret",
            (Some(_), true) => return Ok(()),
        };
        Err(Fail::cannot_run(self.console.text(id, &[])))
    }
}
