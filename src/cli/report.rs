//! The results of `check` and `ship` on stdout, for people while it goes on or for scripts as one object. Apart
//! from the commands, which need not know which of the two it is.

use std::io::{self, BufWriter, StdoutLock, Write as _};

use super::batch_json::FilesJson;
use super::batch_text::{self, Show};
use super::output::Console;
use super::running::Running;
use crate::engine::BatchView;

/// Where the reports go.
pub enum Report {
    /// For people.
    Text(BufWriter<StdoutLock<'static>>),
    /// For scripts.
    Json(FilesJson<BufWriter<StdoutLock<'static>>>),
}

impl Report {
    /// Opens it on stdout.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(console: Console) -> io::Result<Self> {
        let out = BufWriter::new(io::stdout().lock());
        Ok(if console.is_json() {
            Self::Json(FilesJson::new(out)?)
        } else {
            Self::Text(out)
        })
    }

    /// After the check: JSON waits for the end, because it says everything once.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn checked(&mut self, running: &mut Running, batch: &BatchView) -> io::Result<()> {
        let seen = running.snapshot();
        match self {
            Self::Text(out) => {
                batch_text::write(out, running.console, batch, &seen, Show::Check)?;
                out.flush()
            }
            Self::Json(_) => Ok(()),
        }
    }

    /// At the end of a file. `sent` is whether anything happened since the check.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn ended(&mut self, running: &mut Running, batch: &BatchView, sent: bool) -> io::Result<()> {
        let seen = running.snapshot();
        match self {
            Self::Text(out) if sent => {
                batch_text::write(out, running.console, batch, &seen, Show::Result)?;
                out.flush()
            }
            Self::Text(_) => Ok(()),
            Self::Json(json) => json.write(running.console, batch, &seen),
        }
    }

    /// Closes it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Self::Text(mut out) => out.flush(),
            Self::Json(json) => json.finish(),
        }
    }
}
