//! Several computers that ship for one account: the team's folder, its key, and the questions to it, each with
//! a time limit, because a network share that is gone answers nobody.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;

use super::command::TeamEdit;
use super::jobs::{JobDone, Jobs};
use super::outbox::{Team, TeamMode};
use super::run::Engine;
use super::{Notice, Secret};
use crate::claims::{Claims, Member, Wanted, hex, this_pc, this_person};
use crate::domain::{ClaimAnswer, Claimant, ClaimsTrouble, ShipmentId, Timestamp, TransactionId};
use crate::store::JournalEntry;

/// How long the folder may take.
const LIMIT: Duration = Duration::from_secs(5);
/// Questions that a dead share may swallow; no thread is spent on more.
const AT_ONCE: usize = 16;
/// Where the sealed team key lies.
const TEAM: (&str, &str) = ("team", "team_key");

/// The computers that ship together, without their key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TeamView {
    /// The folder that they share; empty when this computer ships alone.
    pub folder: String,
    /// This computer's name.
    pub pc: String,
    /// The name by which colleagues know this person; the system's when empty.
    pub operator: String,
    /// The team key is at hand.
    pub has_key: bool,
    /// A person said that this session goes on without claims.
    pub without_claims: bool,
}

/// What the loop knows of the team.
#[derive(Debug)]
pub(super) struct TeamState {
    folder: String,
    operator: String,
    folder_id: String,
    key: Option<Secret>,
    starting: bool,
    without_claims: bool,
    claims: Option<Arc<Claims>>,
    permits: Arc<Semaphore>,
}

impl Default for TeamState {
    fn default() -> Self {
        Self {
            folder: String::new(),
            operator: String::new(),
            folder_id: String::new(),
            key: None,
            starting: false,
            without_claims: false,
            claims: None,
            permits: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

impl TeamState {
    /// What the outbox must know.
    pub(super) fn for_outbox(&self) -> Team {
        let mode = match (&self.claims, self.folder.is_empty(), self.starting) {
            (Some(_), ..) => TeamMode::Claiming,
            (None, true, _) => TeamMode::Alone,
            (None, false, true) => TeamMode::Starting,
            (None, false, false) => TeamMode::NoKey,
        };
        Team::new(mode, self.without_claims)
    }

    /// What the shells see.
    pub(super) fn view(&self) -> TeamView {
        TeamView {
            folder: self.folder.clone(),
            pc: this_pc(),
            operator: self.operator.clone(),
            has_key: self.key.is_some(),
            without_claims: self.without_claims && !self.folder.is_empty(),
        }
    }

    fn claims_with(&self, folder: &str, operator: &str, key: Secret) -> Claims {
        let operator = Some(operator.to_owned()).filter(|name| !name.is_empty());
        let me = Member {
            pc: this_pc(),
            operator: operator.unwrap_or_else(this_person),
            folder_id: self.folder_id.clone(),
        };
        Claims::new(PathBuf::from(folder), key, me)
    }
}

impl Engine {
    /// From now on the journal names who works here.
    fn name_person(&mut self) {
        let name = Some(self.team.operator.clone()).filter(|name| !name.is_empty());
        if let Some(store) = &mut self.store {
            // Where the system names nobody, the computer is better than nothing.
            let person = Some(this_person()).filter(|name| !name.is_empty());
            store.set_person(&name.or(person).unwrap_or_else(this_pc));
        }
    }

    /// Reads whether this data folder belongs to a team, and looks for its key.
    pub(super) fn load_team(&mut self) {
        let mut get = |key: &str| {
            let found = self.tell_store(|store, _| store.setting(key));
            found.flatten().unwrap_or_default()
        };
        let (folder, operator) = (get("team_folder"), get("team_operator"));
        let mut folder_id = get("claim_identity");
        if folder_id.is_empty() {
            folder_id = random_id();
            self.tell_store(|store, _| store.set_setting("claim_identity", &folder_id));
        }
        self.team.folder_id = folder_id;
        self.team.operator = operator;
        self.name_person();
        if folder.is_empty() {
            return;
        }
        self.team.folder = folder;
        if let Some(key) = self.config.team_key.clone() {
            self.use_team_key(key);
            return;
        }
        self.team.starting = true;
        let sealed = self.tell_store(|store, _| store.sealed(TEAM.0, TEAM.1)).flatten();
        let vault = Arc::clone(&self.vault);
        self.jobs.blocking(move || {
            let vault = vault.lock().unwrap_or_else(PoisonError::into_inner);
            let key = sealed.and_then(|blob| vault.open_sealed(TEAM.0, TEAM.1, &blob).ok());
            JobDone::TeamKey(key)
        });
    }

    /// The keyring has answered about the team key.
    pub(super) fn team_key_opened(&mut self, key: Option<Secret>) {
        self.team.starting = false;
        match key {
            Some(key) => self.use_team_key(key),
            None => self.team_changed(),
        }
    }

    fn use_team_key(&mut self, key: Secret) {
        let claims = Arc::new(
            self.team
                .claims_with(&self.team.folder, &self.team.operator, key.clone()),
        );
        self.team.key = Some(key);
        self.team.claims = Some(Arc::clone(&claims));
        let now = self.clock.now();
        self.jobs.blocking(move || {
            // What cannot be removed today is removed another day.
            drop(claims.sweep(now));
            JobDone::Nothing
        });
        self.team_changed();
    }

    /// The outbox and the shells follow.
    fn team_changed(&mut self) {
        self.outbox.team_is(&self.team.for_outbox());
        self.dirty.session = true;
        self.dirty.outbox = true;
    }

    /// A person joins a team, changes what is known of it, or leaves it with an empty folder.
    pub(super) fn save_team(&mut self, edit: TeamEdit) {
        let folder = edit.folder.trim();
        if folder.is_empty() {
            self.leave_team();
            return;
        }
        let new = edit.key.clone().filter(|key| !key.is_empty());
        let Some(key) = new.or_else(|| self.team.key.clone()) else {
            self.say(Notice::TeamNotSaved(ClaimsTrouble::KeyMissing));
            return;
        };
        let claims = self.team.claims_with(folder, edit.operator.trim(), key);
        let permits = Arc::clone(&self.team.permits);
        self.jobs.spawn(async move {
            let joined = asked(permits, move || claims.join()).await;
            JobDone::TeamJoined(Box::new(edit), joined.unwrap_or(Err(ClaimsTrouble::Unreachable)))
        });
    }

    fn leave_team(&mut self) {
        for key in ["team_folder", "team_operator"] {
            self.tell_store(|store, _| store.set_setting(key, ""));
        }
        self.tell_store(|store, _| store.remove_sealed(TEAM.0, TEAM.1));
        self.team = TeamState {
            folder_id: std::mem::take(&mut self.team.folder_id),
            ..TeamState::default()
        };
        self.team_changed();
        self.say(Notice::Saved);
    }

    /// The folder was tried with a person's key; only what works is kept.
    pub(super) fn team_joined(&mut self, edit: TeamEdit, joined: Result<bool, ClaimsTrouble>) {
        let first = match joined {
            Ok(first) => first,
            Err(trouble) => {
                self.say(Notice::TeamNotSaved(trouble));
                return;
            }
        };
        edit.folder.trim().clone_into(&mut self.team.folder);
        edit.operator.trim().clone_into(&mut self.team.operator);
        self.name_person();
        for (key, value) in [
            ("team_folder", self.team.folder.clone()),
            ("team_operator", self.team.operator.clone()),
        ] {
            self.tell_store(|store, _| store.set_setting(key, &value));
        }
        let new = edit.key.filter(|key| !key.is_empty());
        if let Some(key) = new.clone().or_else(|| self.team.key.clone()) {
            self.team.starting = false;
            self.use_team_key(key);
        }
        if let Some(key) = new.filter(|key| self.config.team_key.as_ref() != Some(key)) {
            let vault = Arc::clone(&self.vault);
            self.jobs.blocking(move || {
                let vault = vault.lock().unwrap_or_else(PoisonError::into_inner);
                JobDone::TeamSealed(vault.seal(TEAM.0, TEAM.1, &key), first)
            });
        } else {
            self.say(Notice::TeamSaved { first });
        }
    }

    /// The team key was sealed, or lasts until the program ends.
    pub(super) fn team_sealed(&mut self, sealed: Option<Vec<u8>>, first: bool) {
        if let Some(blob) = sealed {
            self.tell_store(|store, _| store.set_sealed(TEAM.0, TEAM.1, &blob));
            self.say(Notice::TeamSaved { first });
        } else {
            self.say(Notice::TeamKeyNotKept);
        }
    }

    /// A person goes on without claims until the program ends.
    pub(super) fn send_without_claims(&mut self) {
        self.team.without_claims = true;
        self.team_changed();
    }

    /// Asks the folder whose an order is.
    pub(super) fn ask_team(&mut self, id: ShipmentId, order: TransactionId, from: Option<Claimant>) {
        let (Some(claims), Some(shipment)) = (self.team.claims.clone(), self.outbox.get(id)) else {
            self.outbox.not_started(id);
            return;
        };
        let wanted = Wanted {
            fingerprint: shipment.intent.fingerprint(),
            appid: self.appid().to_owned(),
            order,
        };
        let now = self.clock.now();
        let permits = Arc::clone(&self.team.permits);
        self.jobs.claim(claims, permits, id, wanted, from, now);
    }

    /// Gives an order back to the team, unless something was ever sent for it.
    pub(super) fn release_claim(&mut self, order: TransactionId) {
        let Some(claims) = self.team.claims.clone() else {
            self.outbox.released(&order);
            return;
        };
        let sent = self.tell_store(|store, appid| {
            for shipment in store.shipments_of(appid, &order)? {
                let lines = store.history_of(shipment.id)?;
                let left = |entry: &JournalEntry| matches!(entry, JournalEntry::Sending { .. });
                if lines.iter().any(|line| left(&line.entry)) {
                    return Ok(true);
                }
            }
            Ok(false)
        });
        if sent != Some(false) {
            self.outbox.released(&order);
            return;
        }
        let appid = self.appid().to_owned();
        let permits = Arc::clone(&self.team.permits);
        self.jobs.spawn(async move {
            // No time limit: the order is not asked for again before this has ended. A claim that stays is
            // taken over by whoever needs the order.
            let back = order.clone();
            drop(ask(permits, move || claims.release(&appid, &back)).await);
            JobDone::Released(order)
        });
    }
}

impl Jobs {
    /// Claims an order, within the time limit.
    fn claim(
        &self,
        claims: Arc<Claims>,
        permits: Arc<Semaphore>,
        id: ShipmentId,
        wanted: Wanted,
        from: Option<Claimant>,
        now: Timestamp,
    ) {
        self.spawn(async move {
            let answer = asked(permits, move || claims.claim(&wanted, from.as_ref(), now)).await;
            let silent = ClaimAnswer::Blocked(ClaimsTrouble::Unreachable);
            JobDone::Claimed(id, answer.unwrap_or(silent))
        });
    }
}

/// Asks the folder on a thread that may wait.
async fn ask<T: Send + 'static>(
    permits: Arc<Semaphore>,
    ask: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let permit = permits.acquire_owned().await.ok()?;
    let work = move || {
        let answer = ask();
        drop(permit);
        answer
    };
    tokio::task::spawn_blocking(work).await.ok()
}

/// The same within the time limit. What was asked may still happen afterwards.
async fn asked<T: Send + 'static>(
    permits: Arc<Semaphore>,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    tokio::time::timeout(LIMIT, ask(permits, work))
        .await
        .ok()
        .flatten()
}

/// A name for this data folder that no other has.
fn random_id() -> String {
    let mut bytes = [0_u8; 16];
    if getrandom::fill(&mut bytes).is_err() {
        return String::from("0"); // the computer's name still tells it from others
    }
    hex(&bytes)
}
