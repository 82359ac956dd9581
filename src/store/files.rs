//! The folder and its files: made for this user only, and made durable; the only place with file modes.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

/// Makes the folder (0700 on Unix) when it is missing. A symbolic link is refused: somebody else could turn it.
///
/// # Errors
/// When it cannot be made or is not a folder of its own.
pub(super) fn make_folder(dir: &Path) -> io::Result<()> {
    match fs::symlink_metadata(dir) {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(found) if found.is_symlink() => Err(io::Error::new(
            io::ErrorKind::NotADirectory,
            "it is a symbolic link; name the folder itself",
        )),
        Ok(_) => Err(io::ErrorKind::NotADirectory.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let mut builder = fs::DirBuilder::new();
            builder.recursive(true);
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            builder.create(dir)
        }
        Err(error) => Err(error),
    }
}

/// How private files are opened: read and write, made with 0600 on Unix so that they are at no time wider.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes an empty private file; an old one of this name is removed first.
///
/// # Errors
/// When it cannot be removed or made.
pub(super) fn make_empty(path: &Path) -> io::Result<File> {
    remove_if_there(path)?;
    private().create_new(true).open(path)
}

/// Removes a file; that it is not there is no error.
///
/// # Errors
/// When it is there and cannot be removed.
pub(super) fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Makes a file durable that was written by others.
///
/// # Errors
/// When the system refuses.
pub(super) fn sync_file(path: &Path) -> io::Result<()> {
    private().open(path)?.sync_all() // Windows only syncs what may be written
}

/// Makes the names in a folder durable. Windows has no such call and needs none.
///
/// # Errors
/// When the system refuses.
pub(super) fn sync_folder(dir: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(dir)?.sync_all()
    } else {
        Ok(())
    }
}
