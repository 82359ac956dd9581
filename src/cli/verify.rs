//! The end of a run waits until what was accepted has been read once more: an upload can be accepted although
//! another computer has shipped the order a moment before (reliability 2.4, post-verification).

use std::time::Duration;

use super::running::Running;

/// Reading again takes no longer than reading before; a page that hangs must not hold up the end.
const LIMIT: Duration = Duration::from_mins(5);

/// Waits until everything that was accepted is confirmed, told as raced, or given up. What the reading shows is
/// in the next snapshot, as a shipment that needs a person.
pub fn verify(running: &mut Running) {
    let console = running.console;
    if running.snapshot().outbox.to_confirm == 0 {
        return;
    }
    let mut progress = console.progress();
    progress.show(&console.text("cli-progress-verifying", &[]));
    let read = running.wait_for(Some(LIMIT), |snapshot, _| {
        (snapshot.outbox.to_confirm == 0).then_some(snapshot.outbox.unconfirmed == 0)
    });
    progress.clear();
    if !matches!(read, Ok(true)) {
        console.say("cli-not-verified", &[]);
    }
}
