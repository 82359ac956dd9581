//! Secrets sealed under one key that lives in the keyring of the system. Apart because nothing else may know
//! how a secret is kept.
//!
//! The keyring holds one random key of 32 bytes and nothing more: some systems limit an entry to a few
//! kilobytes, and a journal must stay readable when a keyring is gone. Without a keyring a secret lasts until
//! the program ends; there is no second place on the disk for it.

mod keyring;
#[cfg(test)]
mod pretended;
mod seal;
mod vault;

use zeroize::Zeroizing;

pub use vault::{Place, Vault, VaultError, VaultStatus};

/// A secret text: never printed, wiped when dropped.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text over.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text, for the one place that sends it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}
