//! A question that is answered by yes or no. Apart from other output because somebody may also press Ctrl-C,
//! which the program has taken for itself: reading must not stand in its way.

use std::io::{self, BufRead, IsTerminal as _, Write as _};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use super::Fail;
use super::interrupt::Interrupt;
use super::output::Console;
use crate::i18n::text;

/// How long Ctrl-C may wait to be noticed.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Without `--yes` somebody must be there to be asked.
///
/// # Errors
/// When nobody is.
pub fn may_ask(console: Console, yes: bool) -> Result<(), Fail> {
    if yes || io::stdin().is_terminal() {
        return Ok(());
    }
    Err(Fail::cannot_run(console.text("cli-nobody-to-ask", &[])))
}

/// Asks; anything but yes is no, and so is Ctrl-C.
///
/// # Errors
/// When the answer cannot be read.
pub fn confirm(console: Console, interrupt: &Interrupt, question: &str) -> io::Result<bool> {
    let mut stderr = io::stderr();
    write!(stderr, "{question} [y/N] ")?;
    stderr.flush()?;
    let answer = line(interrupt, || io::stdin().lock())?;
    let Some(answer) = answer else {
        // The cursor still stands behind the question.
        writeln!(stderr)?;
        return Ok(false);
    };
    let answer = answer.trim().to_lowercase();
    Ok(answer == "y" || answer == "yes" || answer == text(console.lang, "cli-yes"))
}

/// Asks for a line; what was typed, or nothing after Ctrl-C.
///
/// # Errors
/// When the answer cannot be read.
pub fn typed(interrupt: &Interrupt, question: &str) -> io::Result<String> {
    let mut stderr = io::stderr();
    write!(stderr, "{question} ")?;
    stderr.flush()?;
    Ok(line(interrupt, || io::stdin().lock())?.unwrap_or_default())
}

/// The next line, or `None` when Ctrl-C came first. The thread that reads may then wait for a line that never
/// comes; it ends with the program.
fn line<R: BufRead>(
    interrupt: &Interrupt,
    open: impl FnOnce() -> R + Send + 'static,
) -> io::Result<Option<String>> {
    let (sender, answers) = mpsc::channel();
    std::thread::Builder::new()
        .name("answer".to_owned())
        .spawn(move || {
            let mut answer = String::new();
            let read = open().read_line(&mut answer);
            // Nobody waits any more after Ctrl-C.
            drop(sender.send(read.map(|_bytes| answer)));
        })?;
    loop {
        let answer = answers.recv_timeout(LOOK_EVERY);
        if interrupt.asked() {
            return Ok(None);
        }
        match answer {
            Ok(answer) => return answer.map(Some),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A terminal at which nobody types anything while the other end is held.
    struct Silent(mpsc::Receiver<()>);

    impl io::Read for Silent {
        fn read(&mut self, _into: &mut [u8]) -> io::Result<usize> {
            assert!(self.0.recv().is_err());
            Ok(0)
        }
    }

    #[test]
    fn ctrl_c_is_heard_while_nobody_answers() {
        let (_typed, silence) = mpsc::channel();
        let interrupt = Interrupt::default();
        let pressed = interrupt.clone();
        let answer = line(&interrupt, move || {
            pressed.press();
            io::BufReader::new(Silent(silence))
        });
        assert_eq!(answer.unwrap(), None);
    }

    #[test]
    fn an_answer_is_one_line_and_does_not_count_after_ctrl_c() {
        let interrupt = Interrupt::default();
        let answer = line(&interrupt, || &b"y\nand more\n"[..]);
        assert_eq!(answer.unwrap().as_deref(), Some("y\n"));
        interrupt.press();
        assert_eq!(line(&interrupt, || &b"y\n"[..]).unwrap(), None);
    }
}
