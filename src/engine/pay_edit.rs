//! What a person types about a merchant of WeChat Pay Global: its files are read once, and everything is checked before any of
//! it is kept.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::command::{PayEdit, Secret};
use super::pay::PaySettings;
use crate::wechat::global::{is_private_key, is_public_key, serial_of_certificate};

/// An APIv3 key has as many bytes as its cipher needs.
const API_V3_KEY_BYTES: usize = 32;
/// Bytes of a PEM file at most.
const MAX_PEM_BYTES: u64 = 64 * 1024;

/// Why settings were not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayTrouble {
    /// There is no account to keep them for.
    NoAccount,
    /// A merchant number is no number.
    Mchid,
    /// The number of the certificate is missing or no number.
    Serial,
    /// A file cannot be read.
    File,
    /// The file of the private key holds none that can sign.
    Key,
    /// The file of the certificate holds none.
    Certificate,
    /// The APIv3 key has not 32 characters.
    ApiV3Key,
    /// The public key of WeChat Pay, or its id, is none.
    PublicKey,
}

/// What was read from the files of an edit.
#[derive(Debug)]
pub struct PayRead {
    pub(super) settings: PaySettings,
    pub(super) key: Option<Secret>,
    pub(super) api_v3_key: Option<Secret>,
    pub(super) sealed: Vec<(&'static str, Option<Vec<u8>>)>,
    pub(super) is_kept: bool,
}

/// Reads the files of an edit and checks everything before any of it is kept.
pub(super) fn read(edit: PayEdit, before: &PaySettings) -> Result<PayRead, PayTrouble> {
    let mchid = edit.mchid.trim().to_owned();
    let sp_mchid = edit.sp_mchid.trim().to_owned();
    if mchid.is_empty() || !is_number(&mchid) || !is_number(&sp_mchid) {
        return Err(PayTrouble::Mchid);
    }
    let key = match file_of(&edit.key_file)? {
        Some(pem) if is_private_key(&pem) => Some(Secret::new(pem.as_str().to_owned())),
        Some(_) => return Err(PayTrouble::Key),
        None => None,
    };
    let serial_no = match file_of(&edit.certificate_file)? {
        Some(pem) => serial_of_certificate(&pem).ok_or(PayTrouble::Certificate)?,
        None => edit.serial_no.trim().to_ascii_uppercase(),
    };
    if !is_serial(&serial_no) {
        return Err(PayTrouble::Serial);
    }
    let api_v3_key = edit.api_v3_key.filter(|secret| !secret.is_empty());
    if !api_v3_key.as_ref().is_none_or(is_api_v3_key) {
        return Err(PayTrouble::ApiV3Key);
    }
    let public_key_id = edit.public_key_id.trim().to_owned();
    let public_key = match file_of(&edit.public_key_file)? {
        Some(pem) if is_public_key(&pem) => pem.as_str().to_owned(),
        Some(_) => return Err(PayTrouble::PublicKey),
        None => before.public_key.clone(),
    };
    let has_key = !public_key.is_empty();
    if !public_key_id.is_empty() && (!has_key || !public_key_id.starts_with("PUB_KEY_ID_")) {
        return Err(PayTrouble::PublicKey);
    }
    Ok(PayRead {
        settings: PaySettings {
            mchid,
            sp_mchid,
            serial_no,
            public_key_id,
            public_key,
        },
        key,
        api_v3_key,
        sealed: Vec::new(),
        is_kept: false,
    })
}

/// The text of a file, wiped when it is dropped; `None` when no file is named.
fn file_of(path: &Path) -> Result<Option<Zeroizing<String>>, PayTrouble> {
    if path.as_os_str().is_empty() {
        return Ok(None);
    }
    let file = std::fs::File::open(path).map_err(|_io| PayTrouble::File)?;
    let mut text = Zeroizing::new(String::new());
    let read = file.take(MAX_PEM_BYTES).read_to_string(&mut text);
    read.map_err(|_io| PayTrouble::File)?;
    Ok(Some(text))
}

fn is_number(text: &str) -> bool {
    text.len() <= 32 && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_serial(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_hexdigit())
}

fn is_api_v3_key(secret: &Secret) -> bool {
    secret.is_empty() || secret.expose().len() == API_V3_KEY_BYTES
}

impl PayEdit {
    /// All that is wrong with what is typed, as far as it can be told without reading the files.
    pub fn troubles(&self) -> Vec<PayTrouble> {
        let mchid = self.mchid.trim();
        let has_file = !self.certificate_file.as_os_str().is_empty();
        let public_key_id = self.public_key_id.trim();
        [
            (
                PayTrouble::Mchid,
                !mchid.is_empty() && is_number(mchid) && is_number(self.sp_mchid.trim()),
            ),
            (PayTrouble::Serial, has_file || is_serial(self.serial_no.trim())),
            (
                PayTrouble::ApiV3Key,
                self.api_v3_key.as_ref().is_none_or(is_api_v3_key),
            ),
            (
                PayTrouble::PublicKey,
                public_key_id.is_empty() || public_key_id.starts_with("PUB_KEY_ID_"),
            ),
        ]
        .into_iter()
        .filter_map(|(trouble, good)| (!good).then_some(trouble))
        .collect()
    }

    /// The file of a path that was typed or chosen; empty when there is none.
    pub fn path_of(typed: &str) -> PathBuf {
        PathBuf::from(typed.trim().trim_matches('"'))
    }
}
