//! One program for each data folder: a lock that the system itself gives back when the holder dies.

use std::fs::{File, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;
use std::time::Duration;

use super::OpenError;
use super::files::private;

/// The name of the lock file; it holds the process number of the holder as text.
pub(super) const LOCK_FILE: &str = "lock";

/// How often the holder's number is looked for, and the time between two looks.
const TRIES: u32 = 25;
const BETWEEN: Duration = Duration::from_millis(20);

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
    // The holder writes its number a moment after it took the lock.
    for _ in 0..TRIES {
        let mut text = String::new();
        file.rewind().ok()?;
        std::io::Read::take(&mut *file, 32)
            .read_to_string(&mut text)
            .ok()?;
        if let Ok(pid) = text.trim().parse() {
            return Some(pid);
        }
        std::thread::sleep(BETWEEN);
    }
    None
}

fn write_pid(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(format!("{}\n", std::process::id()).as_bytes())
}
