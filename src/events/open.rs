//! Who sent it, and what it says: the signature, and the opening of an encrypted message (contract 6.1).

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockModeDecrypt as _, KeyIvInit as _};
use ring::digest;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::MAX_BODY_BYTES;
use crate::domain::PushRefusal;

/// An EncodingAESKey has 43 characters for 32 bytes, so the last one carries two bits that say nothing; many are not
/// zero, and WeChat takes them.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);
/// Characters of an EncodingAESKey.
const KEY_CHARS: usize = 43;
/// PKCS#7 pads to blocks of this many bytes here, not of 16.
const PADDED_TO_BYTES: usize = 32;
/// Random bytes before everything else, then the length of the message.
const RANDOM_BYTES: usize = 16;
const LENGTH_BYTES: usize = 4;

/// The key of encrypted messages; wiped when dropped.
#[derive(Clone)]
pub struct AesKey(Zeroizing<[u8; 32]>);

impl AesKey {
    /// Reads an EncodingAESKey; `None` when it does not have the shape of one.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() != KEY_CHARS {
            return None;
        }
        let bytes = Zeroizing::new(LENIENT.decode(text).ok()?);
        let bytes: [u8; 32] = bytes.as_slice().try_into().ok()?;
        Some(Self(Zeroizing::new(bytes)))
    }
}

/// What the checks of one account's messages need. Never printed.
#[derive(Clone)]
pub struct Keys {
    token: Zeroizing<String>,
    aes: Option<AesKey>,
    appid: String,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(***)")
    }
}

impl Keys {
    /// The keys of an account: with an [`AesKey`] every message must be encrypted.
    pub fn new(token: Zeroizing<String>, aes: Option<AesKey>, appid: String) -> Self {
        Self { token, aes, appid }
    }

    /// Messages must be encrypted.
    pub(super) fn has_aes(&self) -> bool {
        self.aes.is_some()
    }

    /// The signature was made with the Token over these parts. Compared in constant time; an account without a Token
    /// takes nothing.
    pub(super) fn signed(&self, signature: &str, parts: &[&str]) -> bool {
        let mut all: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
        all.push(self.token.as_bytes());
        all.sort_unstable();
        let digest = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, &all.concat());
        let expected = hex(digest.as_ref());
        let given = signature.trim().to_ascii_lowercase();
        let is_equal: bool = expected.as_bytes().ct_eq(given.as_bytes()).into();
        is_equal && !self.token.is_empty()
    }

    /// The message inside. Only for what [`Self::signed`] has vouched for.
    ///
    /// # Errors
    /// [`PushRefusal::Undecryptable`], or [`PushRefusal::OtherAppId`].
    pub(super) fn decrypt(&self, encrypted: &str) -> Result<Vec<u8>, PushRefusal> {
        let key = self.aes.as_ref().ok_or(PushRefusal::NoKey)?;
        let plain = decrypted(key, encrypted).ok_or(PushRefusal::Undecryptable)?;
        let (message, appid) = parts(&plain).ok_or(PushRefusal::Undecryptable)?;
        if appid != self.appid.as_bytes() {
            return Err(PushRefusal::OtherAppId);
        }
        Ok(message.to_vec())
    }
}

fn decrypted(key: &AesKey, encrypted: &str) -> Option<Vec<u8>> {
    let mut bytes = LENIENT.decode(encrypted.trim()).ok()?;
    if bytes.is_empty() || bytes.len() > MAX_BODY_BYTES {
        return None;
    }
    let key: &[u8; 32] = &key.0;
    let iv: [u8; 16] = key.get(..16)?.try_into().ok()?;
    let length = {
        let mode = cbc::Decryptor::<aes::Aes256>::new(key.into(), &iv.into());
        mode.decrypt_padded::<NoPadding>(&mut bytes).ok()?.len()
    };
    bytes.truncate(length);
    let padding = usize::from(*bytes.last()?);
    let kept = bytes.len().checked_sub(padding)?;
    let is_padding = (1..=PADDED_TO_BYTES).contains(&padding)
        && bytes.get(kept..)?.iter().all(|b| usize::from(*b) == padding);
    bytes.truncate(kept);
    is_padding.then_some(bytes)
}

/// The message, and for whom it is.
fn parts(plain: &[u8]) -> Option<(&[u8], &[u8])> {
    let (_random, rest) = plain.split_at_checked(RANDOM_BYTES)?;
    let (length, rest) = rest.split_at_checked(LENGTH_BYTES)?;
    let length = usize::try_from(u32::from_be_bytes(length.try_into().ok()?)).ok()?;
    rest.split_at_checked(length)
}

/// Small hex digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| {
        DIGITS
            .get(usize::from(value))
            .map_or('0', |digit| char::from(*digit))
    };
    let pairs = bytes.iter();
    pairs
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}
