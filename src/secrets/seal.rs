//! Sealing and opening of one blob: XChaCha20-Poly1305, a fresh random nonce in front, and the account and
//! field as additional data, so that a blob that is moved to another account or field does not open.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::Secret;

/// Bytes of the key.
pub(super) const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

/// The key; wiped when dropped, never printed.
#[derive(Clone)]
pub(super) struct Key(Zeroizing<[u8; KEY_BYTES]>);

impl Key {
    /// A new key from the system's random source; `None` when it has none.
    pub(super) fn random() -> Option<Self> {
        let mut bytes = Zeroizing::new([0; KEY_BYTES]);
        getrandom::fill(bytes.as_mut_slice()).ok()?;
        Some(Self(bytes))
    }

    /// The key of an entry of the keyring; `None` when it has not the length of a key.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let bytes: [u8; KEY_BYTES] = bytes.try_into().ok()?;
        Some(Self(Zeroizing::new(bytes)))
    }

    /// Its bytes, for the keyring.
    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(self.0.as_ref().into())
    }
}

/// The sealed blob; `None` when the system has no random source.
pub(super) fn seal(key: &Key, account: &str, field: &str, secret: &Secret) -> Option<Vec<u8>> {
    let mut nonce = [0; NONCE_BYTES];
    getrandom::fill(&mut nonce).ok()?;
    let aad = bound_to(account, field);
    let payload = Payload {
        msg: secret.expose().as_bytes(),
        aad: &aad,
    };
    let sealed = key.cipher().encrypt(XNonce::from_slice(&nonce), payload).ok()?;
    let mut blob = nonce.to_vec();
    blob.extend(sealed);
    Some(blob)
}

/// The secret of a blob; `None` when the blob, the key, the account or the field is another one.
pub(super) fn open(key: &Key, account: &str, field: &str, blob: &[u8]) -> Option<Secret> {
    let (nonce, sealed) = blob.split_at_checked(NONCE_BYTES)?;
    let aad = bound_to(account, field);
    let payload = Payload {
        msg: sealed,
        aad: &aad,
    };
    let bytes = key.cipher().decrypt(XNonce::from_slice(nonce), payload).ok()?;
    match String::from_utf8(bytes) {
        Ok(text) => Some(Secret::new(text)),
        Err(error) => {
            drop(Zeroizing::new(error.into_bytes()));
            None
        }
    }
}

/// Each part with its length in front: no two pairs give the same bytes.
fn bound_to(account: &str, field: &str) -> Vec<u8> {
    let mut aad = b"fahuo/1".to_vec();
    for part in [account, field] {
        aad.extend(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        aad.extend(part.as_bytes());
    }
    aad
}
