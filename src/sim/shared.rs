//! What the server's thread and its owner share, behind one lock.
//!
//! Separate so that neither the edge nor the tests handle a lock themselves.

use super::clock::Clock;
use super::fault::Script;
use super::global::{self, Global};
use super::ledger::Ledger;
use super::world::World;
use std::sync::{Mutex, PoisonError};

/// The state of a running simulator.
#[derive(Debug)]
pub struct Shared {
    /// The clock; it needs no lock.
    pub clock: Clock,
    state: Mutex<State>,
}

/// What changes.
#[derive(Debug)]
pub struct State {
    /// Orders, tokens, settings.
    pub world: World,
    /// What is to go wrong.
    pub faults: Script,
    /// What has arrived.
    pub ledger: Ledger,
    /// The payments of WeChat Pay Global.
    pub global: Global,
}

impl Shared {
    /// A world with an empty script and an empty ledger.
    pub fn new(world: World, clock: Clock) -> Self {
        let mut global = Global::default();
        global.put(global::example());
        let state = State {
            world,
            faults: Script::default(),
            ledger: Ledger::default(),
            global,
        };
        Self {
            clock,
            state: Mutex::new(state),
        }
    }

    /// Works on the state. A task that panicked while holding it does not stop the others.
    pub fn with<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        work(&mut state)
    }
}
