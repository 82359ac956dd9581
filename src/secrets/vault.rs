//! The vault: finds the key once, seals and opens with it, and says honestly when it cannot.

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use zeroize::Zeroizing;

use super::Secret;
use super::keyring::{KeyPlace, Unusable};
use super::seal::{self, Key};

/// Where the key is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The keyring of the system.
    System,
    /// Only in this process: what was sealed cannot be opened by the next one (sandbox, tests).
    Memory,
    /// Behave as a system without a keyring.
    None,
}

/// Whether secrets can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VaultStatus {
    /// They can.
    Available,
    /// They last until the program ends.
    SessionOnly {
        /// A keyring is there but locked.
        locked: bool,
    },
}

/// Why a sealed secret could not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The key is not at hand: no keyring, a locked one, or one that never had the key.
    #[error("the key for the sealed secrets is not at hand")]
    NoKey,
    /// The blob was changed, or belongs to another key, account or field.
    #[error("the sealed secret cannot be opened")]
    Damaged,
}

/// Seals secrets under the key of this user.
///
/// [`open`](Self::open) returns at once. Everything else may block for as long as a person needs to unlock the
/// keyring: call it on a thread that may wait, never on the one that paints or on the engine's loop.
pub struct Vault {
    place: Option<KeyPlace>,
    state: Mutex<State>,
}

enum State {
    /// Nobody has looked yet.
    Unknown,
    /// The key.
    Key(Key),
    /// The keyring works and never had a key: the first seal makes one.
    Empty,
    /// The keyring has an entry that is no key of ours; it is left alone.
    Foreign,
    /// No keyring, or a locked one.
    Unusable(Unusable),
}

impl Vault {
    /// A vault whose key is looked for when it is first needed. Nothing is read or written yet.
    pub fn open(place: Place) -> Self {
        match place {
            Place::System => Self::over(KeyPlace::System),
            Place::Memory => Self {
                place: None,
                state: Mutex::new(key_of_process().map_or(State::Unusable(Unusable::Missing), State::Key)),
            },
            Place::None => Self {
                place: None,
                state: Mutex::new(State::Unusable(Unusable::Missing)),
            },
        }
    }

    fn over(place: KeyPlace) -> Self {
        let state = Mutex::new(State::Unknown);
        Self {
            place: Some(place),
            state,
        }
    }

    /// Whether secrets can be kept now.
    pub fn status(&self) -> VaultStatus {
        match &*self.state() {
            State::Key(_) | State::Empty => VaultStatus::Available,
            State::Unusable(Unusable::Locked) => VaultStatus::SessionOnly { locked: true },
            State::Unusable(Unusable::Missing) | State::Foreign | State::Unknown => {
                VaultStatus::SessionOnly { locked: false }
            }
        }
    }

    /// Looks for the key again, after a person has unlocked the keyring. A system that had no keyring at all
    /// when the program started is only seen anew by the next start.
    pub fn retry(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        if self.place.is_some() && !matches!(state, State::Key(_)) {
            *state = State::Unknown;
        }
        drop(self.state());
    }

    /// The sealed secret, bound to this account and field. `None` when secrets cannot be kept. The first seal
    /// of a user makes the key, and only when the keyring says that there is none: a key that cannot be read
    /// just now is never replaced, because it may hold other secrets shut.
    pub fn seal(&self, account: &str, field: &str, secret: &Secret) -> Option<Vec<u8>> {
        let mut state = self.state();
        if let (State::Empty, Some(place)) = (&*state, &self.place) {
            *state = make(place);
        }
        match &*state {
            State::Key(key) => seal::seal(key, account, field, secret),
            State::Unknown | State::Empty | State::Foreign | State::Unusable(_) => None,
        }
    }

    /// Opens what [`seal`](Self::seal) has given for this account and field.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub fn open_sealed(&self, account: &str, field: &str, blob: &[u8]) -> Result<Secret, VaultError> {
        match &*self.state() {
            State::Key(key) => seal::open(key, account, field, blob).ok_or(VaultError::Damaged),
            State::Unknown | State::Empty | State::Foreign | State::Unusable(_) => Err(VaultError::NoKey),
        }
    }

    /// What is known, after a first look. No step under the lock can leave a half-made state behind, so a
    /// poisoned lock is still good.
    fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let (State::Unknown, Some(place)) = (&*state, &self.place) {
            *state = look(place);
        }
        state
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(***)") // the status would have to be looked up
    }
}

/// The one key of [`Place::Memory`], made when it is first needed.
fn key_of_process() -> Option<Key> {
    static KEY: OnceLock<Option<Key>> = OnceLock::new();
    KEY.get_or_init(Key::random).clone()
}

fn look(place: &KeyPlace) -> State {
    match place.read() {
        Ok(Some(bytes)) => Key::of(&bytes).map_or(State::Foreign, State::Key),
        Ok(None) => State::Empty,
        Err(unusable) => State::Unusable(unusable),
    }
}

/// Makes the key and reads it back: a keyring that forgets at once is none. Another program of this user may
/// have made one since we looked, so the entry is read once more before it is written.
fn make(place: &KeyPlace) -> State {
    match look(place) {
        State::Empty => {}
        found @ (State::Unknown | State::Key(_) | State::Foreign | State::Unusable(_)) => return found,
    }
    let Some(key) = Key::random() else {
        return State::Unusable(Unusable::Missing);
    };
    if let Err(unusable) = place.write(key.bytes()) {
        return State::Unusable(unusable);
    }
    let kept = place
        .read()
        .ok()
        .flatten()
        .unwrap_or_else(|| Zeroizing::new(Vec::new()));
    if kept.as_slice() == key.bytes() {
        State::Key(key)
    } else {
        State::Unusable(Unusable::Missing)
    }
}

#[cfg(test)]
#[path = "vault_tests.rs"]
mod tests;
