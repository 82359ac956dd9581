//! A file is opened and read, and its verdict waited for. Apart from `batch`, which shows and sends it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::Fail;
use super::columns::{self, ColumnArgs};
use super::running::Running;
use crate::engine::{BatchPhase, BatchView, Command};
use crate::i18n::format;

/// How long closing a file may take.
const CLOSE_LIMIT: Duration = Duration::from_secs(10);

/// Opens a file as it is to be read, and waits for its verdict. A file without a header that is confirmed is
/// remembered so, and opened once more.
///
/// # Errors
/// When it cannot run, somebody presses Ctrl-C, or the columns are not those that were asked for.
pub fn open(running: &mut Running, path: &Path, columns: &ColumnArgs) -> Result<Arc<BatchView>, Fail> {
    let mapping = columns::wished(running, columns)?;
    let ask = |path: &Path| match &mapping {
        Some(wished) => Command::OpenFileAs {
            path: path.to_owned(),
            mapping: wished.mapping.clone(),
        },
        None => Command::OpenFile(path.to_owned()),
    };
    close(running)?;
    let batch = read(running, path, ask(path))?;
    if let Some(mapping) = &mapping {
        columns::must_fit(running.console, mapping, &batch)?;
    }
    if !columns::waits_for_word(&batch) {
        return Ok(batch);
    }
    let Some(confirmed) = columns::confirm(running.console, &batch, columns) else {
        return Ok(batch);
    };
    close(running)?;
    running.send(confirmed);
    read(running, path, Command::OpenFile(path.to_owned()))
}

/// Closes the file that is open.
fn close(running: &mut Running) -> Result<(), Fail> {
    if running.snapshot().batch.is_some() {
        running.send(Command::CloseBatch);
        let closed = running.wait_for(Some(CLOSE_LIMIT), |snapshot, _| {
            snapshot.batch.is_none().then_some(())
        });
        closed.map_err(|halt| running.fail(halt))?;
    }
    Ok(())
}

fn read(running: &mut Running, path: &Path, ask: Command) -> Result<Arc<BatchView>, Fail> {
    running.send(ask);
    let console = running.console;
    let mut progress = console.progress();
    let name = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned();
    let checked = running.wait_for(None, |snapshot, _| {
        let batch = snapshot.batch.as_ref();
        match batch.map(|batch| &batch.phase) {
            None | Some(BatchPhase::Reading { rows: 0 }) => {
                progress.show(&console.text("cli-progress-reading", &[("file", (&name).into())]));
            }
            Some(BatchPhase::Reading { rows }) => {
                let args = [("file", (&name).into()), ("rows", format::count(*rows).into())];
                progress.show(&console.text("cli-progress-reading-rows", &args));
            }
            Some(BatchPhase::Comparing { done, total }) => {
                let args = [
                    ("done", format::count(*done).into()),
                    ("total", format::count(*total).into()),
                ];
                progress.show(&console.text("cli-progress-comparing", &args));
            }
            Some(BatchPhase::LookingUp { done, total }) => {
                let args = [
                    ("done", format::count(*done).into()),
                    ("total", format::count(*total).into()),
                ];
                progress.show(&console.text("cli-progress-looking-up", &args));
            }
            Some(
                BatchPhase::Checked
                | BatchPhase::Failed(_)
                | BatchPhase::Unusable
                | BatchPhase::Sending
                | BatchPhase::Done,
            ) => return batch.cloned(),
        }
        None
    });
    progress.clear();
    checked.map_err(|halt| {
        running.send(Command::StopBatch);
        running.fail(halt)
    })
}
