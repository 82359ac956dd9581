//! A keyring whose answers a test chooses; apart from the tests because the key's place must name it.

use std::sync::{Arc, Mutex};

use zeroize::Zeroizing;

use super::keyring::Unusable;

/// Clones share what they hold, as two runs of the program share a keyring.
#[derive(Clone, Default)]
pub(super) struct Pretended {
    state: Arc<Mutex<Held>>,
}

#[derive(Default)]
struct Held {
    entry: Option<Vec<u8>>,
    fault: Option<Unusable>,
    forgets: bool,
    writes: usize,
}

impl Pretended {
    /// One that takes a key and does not have it afterwards.
    pub(super) fn forgetful() -> Self {
        let pretended = Self::default();
        pretended.state.lock().unwrap().forgets = true;
        pretended
    }

    /// From now on every call fails so, or none.
    pub(super) fn fails_with(&self, fault: Option<Unusable>) {
        self.state.lock().unwrap().fault = fault;
    }

    /// How often a key was written.
    pub(super) fn writes(&self) -> usize {
        self.state.lock().unwrap().writes
    }

    pub(super) fn read(&self) -> Result<Option<Zeroizing<Vec<u8>>>, Unusable> {
        let held = self.state.lock().unwrap();
        match held.fault {
            Some(fault) => Err(fault),
            None => Ok(held.entry.clone().map(Zeroizing::new)),
        }
    }

    pub(super) fn write(&self, key: &[u8]) -> Result<(), Unusable> {
        let mut held = self.state.lock().unwrap();
        if let Some(fault) = held.fault {
            return Err(fault);
        }
        held.writes += 1;
        if !held.forgets {
            held.entry = Some(key.to_vec());
        }
        Ok(())
    }
}
