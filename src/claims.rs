//! The team's folder: one file for each order that a computer has claimed, so that two computers of one account
//! never send the same order. Apart because it is the one place that trusts a file server, and only with what
//! every file server can do: make a file that is not there yet.
//!
//! All calls block, and on a dead network share for long: they belong on a thread that may wait. Names and
//! contents tell nothing without the team key: an order is named by its HMAC.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};

use crate::domain::{ClaimAnswer, Claimant, ClaimsTrouble, Timestamp, TransactionId};
use crate::secrets::Secret;

/// The file that says with which key the folder was set up; an empty mount point has none.
const CHECK_FILE: &str = "fahuo-team.json";
/// A claim that is being written is read again so often, so long apart.
const READS: u32 = 10;
const READ_AGAIN: Duration = Duration::from_millis(50);
/// A claim is no larger; what is larger is none.
const MAX_BYTES: u64 = 4096;
/// Claims are kept for so long: half a year after the order is done, and some days in which it was not yet.
const KEEP: Duration = Duration::from_hours(24 * 190);

/// Which computer claims, and for whom it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The computer's name.
    pub pc: String,
    /// The person's name, as colleagues know it.
    pub operator: String,
    /// The random id of the data folder: a copied folder on another computer is somebody else.
    pub folder_id: String,
}

impl Member {
    fn holds(&self, claim: &Claimant) -> bool {
        self.pc == claim.pc && self.folder_id == claim.folder_id
    }
}

/// An order and what is to be sent for it.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// AppID of the account.
    pub appid: String,
    /// The order.
    pub order: TransactionId,
    /// The fingerprint of the intent.
    pub fingerprint: String,
}

/// The team's folder and key, and this computer's part in it.
#[derive(Clone, Debug)]
pub struct Claims {
    folder: PathBuf,
    key: Secret,
    me: Member,
}

/// What a claim says; the order is only in the name, and there as an HMAC.
#[derive(Serialize, Deserialize)]
struct Content {
    pc: String,
    operator: String,
    folder_id: String,
    /// HMAC of the fingerprint of what is to be sent.
    shipment: String,
    at: Timestamp,
    taken_over: bool,
}

#[derive(Serialize, Deserialize)]
struct Check {
    key: String,
}

/// What stands under a claim's name.
enum Held {
    Nobody,
    Ours { taken_over: bool },
    Theirs(Claimant),
}

impl Claims {
    /// A folder with its key. Nothing is read yet.
    pub fn new(folder: PathBuf, key: Secret, me: Member) -> Self {
        Self { folder, key, me }
    }

    /// Joins the team of the folder, or makes it a team's folder when it is none yet: then this computer is
    /// the first, and the answer is `true`.
    ///
    /// # Errors
    /// The folder is not there or cannot be written, or its key is another one.
    pub fn join(&self) -> Result<bool, ClaimsTrouble> {
        let path = self.folder.join(CHECK_FILE);
        let first = match File::create_new(&path) {
            Ok(file) => {
                let check = Check { key: self.check() };
                write(&path, file, &check).map_err(|_io| ClaimsTrouble::Unreachable)?;
                true
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => false,
            Err(_io) => return Err(ClaimsTrouble::Unreachable),
        };
        self.is_ours().map(|()| first)
    }

    /// Claims an order, with `from` also when that colleague holds it.
    pub fn claim(&self, wanted: &Wanted, from: Option<&Claimant>, now: Timestamp) -> ClaimAnswer {
        if let Err(trouble) = self.is_ours() {
            return ClaimAnswer::Blocked(trouble);
        }
        let claimed = self.try_claim(wanted, from, now);
        claimed.unwrap_or(ClaimAnswer::Blocked(ClaimsTrouble::Unreachable))
    }

    fn try_claim(&self, wanted: &Wanted, from: Option<&Claimant>, now: Timestamp) -> io::Result<ClaimAnswer> {
        let path = self.path(&wanted.appid, &wanted.order);
        let taken_over = match from {
            Some(from) => self.withdraw(&path, |held| matches!(held, Held::Theirs(c) if same(c, from)))?,
            None => false,
        };
        match File::create_new(&path) {
            Ok(file) => {
                let content = Content {
                    pc: self.me.pc.clone(),
                    operator: self.me.operator.clone(),
                    folder_id: self.me.folder_id.clone(),
                    shipment: self.hmac(&["shipment", &wanted.fingerprint]),
                    at: now,
                    taken_over,
                };
                write(&path, file, &content)?;
                crate::step::at("after-claim");
                Ok(ClaimAnswer::Ours { taken_over })
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => match self.held(&path)? {
                Held::Ours { taken_over } => Ok(ClaimAnswer::Ours { taken_over }),
                Held::Theirs(holder) => Ok(ClaimAnswer::Theirs(holder)),
                Held::Nobody => Err(ErrorKind::NotFound.into()), // released just now: asked again
            },
            Err(error) => Err(error),
        }
    }

    /// Gives an order back, if it is ours.
    ///
    /// # Errors
    /// The folder cannot be reached.
    pub fn release(&self, appid: &str, order: &TransactionId) -> io::Result<()> {
        let ours = |held: &Held| matches!(held, Held::Ours { .. });
        self.withdraw(&self.path(appid, order), ours).map(|_done| ())
    }

    /// Removes this computer's claims of orders that were done half a year ago.
    ///
    /// # Errors
    /// The folder cannot be reached; what is left is removed another time.
    pub fn sweep(&self, now: Timestamp) -> io::Result<()> {
        let before = now.minus(KEEP);
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let is_claim = entry.file_name().to_str().is_some_and(is_claim_name);
            if is_claim && written_at(&entry.metadata()?) < before {
                let ours = |held: &Held| matches!(held, Held::Ours { .. });
                self.withdraw(&entry.path(), ours)?;
            }
        }
        Ok(())
    }

    /// Takes a claim away, if it is what it should be. Of several that try at once only one moves it aside.
    fn withdraw(&self, path: &Path, expected: impl Fn(&Held) -> bool) -> io::Result<bool> {
        if !expected(&self.held(path)?) {
            return Ok(false);
        }
        let aside = path.with_extension(&self.me.folder_id);
        match fs::rename(path, &aside) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error),
        }
        if !expected(&self.held(&aside)?) {
            fs::rename(&aside, path)?; // another's, made between the look and the move
            return Ok(false);
        }
        fs::remove_file(&aside)?;
        Ok(true)
    }

    fn held(&self, path: &Path) -> io::Result<Held> {
        for again in 1..=READS {
            let text = match read(path) {
                Ok(text) => text,
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Held::Nobody),
                Err(error) => return Err(error),
            };
            if let Ok(content) = serde_json::from_str::<Content>(&text) {
                let holder = Claimant {
                    pc: content.pc,
                    operator: content.operator,
                    since: content.at,
                    folder_id: content.folder_id,
                };
                return Ok(if self.me.holds(&holder) {
                    let taken_over = content.taken_over;
                    Held::Ours { taken_over }
                } else {
                    Held::Theirs(holder)
                });
            }
            if again < READS {
                std::thread::sleep(READ_AGAIN); // a colleague's computer is just writing it
            }
        }
        // Whose it is cannot be read: not ours, until a person says so.
        let since = written_at(&fs::metadata(path)?);
        let unknown = Claimant::default();
        Ok(Held::Theirs(Claimant { since, ..unknown }))
    }

    fn is_ours(&self) -> Result<(), ClaimsTrouble> {
        let path = self.folder.join(CHECK_FILE);
        for again in 1..=READS {
            let text = read(&path).map_err(|_io| ClaimsTrouble::Unreachable)?;
            match serde_json::from_str::<Check>(&text) {
                Ok(check) if check.key == self.check() => return Ok(()),
                Ok(_another) => return Err(ClaimsTrouble::KeyWrong),
                Err(_half) if again < READS => std::thread::sleep(READ_AGAIN),
                Err(_damaged) => {}
            }
        }
        Err(ClaimsTrouble::Unreachable)
    }

    fn path(&self, appid: &str, order: &TransactionId) -> PathBuf {
        self.folder.join(self.hmac(&["order", appid, order.as_str()]))
    }

    fn check(&self) -> String {
        self.hmac(&["team"])
    }

    /// Hex HMAC-SHA256 of the parts, each with its length in front.
    fn hmac(&self, parts: &[&str]) -> String {
        let Ok(mut mac) = Hmac::<sha2::Sha256>::new_from_slice(self.key.expose().as_bytes()) else {
            return String::new(); // keys of any length are right; no file can have this name
        };
        for part in parts {
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
            mac.update(part.as_bytes());
        }
        hex(&mac.finalize().into_bytes())
    }
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied();
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .flatten()
        .collect()
}

/// This computer's name.
pub fn this_pc() -> String {
    gethostname::gethostname().to_string_lossy().into_owned()
}

/// The person's name, as the system knows it; may be empty.
pub fn this_person() -> String {
    let named = ["USERNAME", "USER"]
        .iter()
        .find_map(|name| std::env::var(name).ok());
    named.unwrap_or_default()
}

fn same(one: &Claimant, other: &Claimant) -> bool {
    (&one.pc, &one.folder_id) == (&other.pc, &other.folder_id)
}

fn is_claim_name(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|b| b.is_ascii_hexdigit())
}

fn written_at(metadata: &fs::Metadata) -> Timestamp {
    let age = metadata
        .modified()
        .ok()
        .and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    Timestamp::default().plus(age.unwrap_or_default())
}

fn read(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    File::open(path)?.take(MAX_BYTES).read_to_string(&mut text)?;
    Ok(text)
}

/// Writes a new file to its end, durably; what could not be written does not stay.
fn write(path: &Path, mut file: File, content: &impl Serialize) -> io::Result<()> {
    let written = serde_json::to_vec(content)
        .map_err(io::Error::from)
        .and_then(|bytes| file.write_all(&bytes))
        .and_then(|()| file.sync_all());
    if written.is_err() {
        drop(file);
        drop(fs::remove_file(path)); // it stays unreadable otherwise, and a person decides
    }
    written
}

#[cfg(test)]
#[path = "claims/folder_tests.rs"]
mod tests;
