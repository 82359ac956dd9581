//! Who may send an order when several computers ship for one account: what the team's folder says.

use serde::{Deserialize, Serialize};

use super::Timestamp;

/// Whoever holds an order on another computer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Claimant {
    /// The computer's name; empty when the claim cannot be read.
    pub pc: String,
    /// The colleague's name.
    pub operator: String,
    /// Since when.
    pub since: Timestamp,
    /// The data folder that holds it; a computer may have had another one before.
    pub folder_id: String,
}

/// What the team's folder says about an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClaimAnswer {
    /// This computer may send it.
    Ours {
        /// It was taken over from another computer, whose last request may still be under way.
        taken_over: bool,
    },
    /// Another computer holds it.
    Theirs(Claimant),
    /// It cannot be asked just now.
    Blocked(ClaimsTrouble),
}

/// Why the team's folder cannot be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimsTrouble {
    /// The folder cannot be reached, or is not the team's.
    Unreachable,
    /// This computer does not have the team key.
    KeyMissing,
    /// The team key is not the one that this folder was set up with.
    KeyWrong,
}
