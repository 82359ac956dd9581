//! The one entry in the keyring of the system; apart so that the vault can be tested with a pretended one.

use ::keyring::{Entry, Error};
use zeroize::Zeroizing;

const SERVICE: &str = "io.github.fahuo";
const USER: &str = "vault-key";

/// Why the keyring could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unusable {
    /// There is none.
    Missing,
    /// It is there, but a person has not unlocked it.
    Locked,
}

/// A place for one key. Calls may block while a person is asked to unlock it.
pub(super) enum KeyPlace {
    /// The keyring of the system.
    System,
    /// A keyring whose answers a test chooses.
    #[cfg(test)]
    Pretended(super::pretended::Pretended),
}

impl KeyPlace {
    /// The bytes that are kept; `None` when nothing was ever kept.
    pub(super) fn read(&self) -> Result<Option<Zeroizing<Vec<u8>>>, Unusable> {
        match self {
            Self::System => read_system(),
            #[cfg(test)]
            Self::Pretended(pretended) => pretended.read(),
        }
    }

    /// Keeps the bytes.
    pub(super) fn write(&self, key: &[u8]) -> Result<(), Unusable> {
        match self {
            Self::System => Entry::new(SERVICE, USER)
                .and_then(|entry| entry.set_secret(key))
                .map_err(|error| unusable(&error)),
            #[cfg(test)]
            Self::Pretended(pretended) => pretended.write(key),
        }
    }
}

fn read_system() -> Result<Option<Zeroizing<Vec<u8>>>, Unusable> {
    match Entry::new(SERVICE, USER).and_then(|entry| entry.get_secret()) {
        Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(unusable(&error)),
    }
}

/// Only the kind of the error is looked at; its text may differ between systems and languages.
fn unusable(error: &Error) -> Unusable {
    if matches!(error, Error::NoStorageAccess(_)) {
        Unusable::Locked
    } else {
        Unusable::Missing
    }
}
