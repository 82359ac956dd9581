//! One program for each data folder: a lock that the system itself gives back when the holder dies.

use std::fs::{File, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;

use super::OpenError;
use super::files::private;

/// The name of the lock file; it holds the process number of the holder as text.
pub(super) const LOCK_FILE: &str = "lock";

/// Takes the lock; it is held as long as the file lives.
///
/// # Errors
/// [`OpenError::Locked`] when another program has it, [`OpenError::Folder`] when the file cannot be used.
pub(super) fn take(dir: &Path) -> Result<File, OpenError> {
    let mut file = private()
        .create(true)
        .truncate(false)
        .open(dir.join(LOCK_FILE))
        .map_err(OpenError::Folder)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(OpenError::Locked {
                pid: read_pid(&mut file).unwrap_or(0),
            });
        }
        Err(TryLockError::Error(error)) => return Err(OpenError::Folder(error)),
    }
    write_pid(&mut file).map_err(OpenError::Folder)?;
    Ok(file)
}

/// Windows does not let others read a locked file; the number is then unknown.
fn read_pid(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.take(32).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

fn write_pid(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(format!("{}\n", std::process::id()).as_bytes())
}
