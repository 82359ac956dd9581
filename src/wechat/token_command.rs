//! A program of the merchant that prints a token. It is started without a shell, gets nothing of ours, and is stopped
//! when it takes too long.
//!
//! Separate because it is the one place that starts a program for somebody's token.

use std::io::Read as _;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use super::source::{self, Fetched};
use crate::domain::{CallFailure, FailureKind, TokenTrouble};

/// Longest output that is read, in bytes.
const CAP: u64 = 64 * 1024;
/// How long it may take; an upload that waits for it is still sent afterwards.
const LIMIT: Duration = Duration::from_secs(15);
/// How often it is looked whether a program whose output has ended has ended too.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// A program that can be asked.
pub(super) struct TokenCommand {
    program: String,
    arguments: Vec<String>,
    limit: Duration,
}

impl TokenCommand {
    /// Nothing is started yet. `limit` bounds the usual one, for tests.
    pub(super) fn new(program: String, arguments: Vec<String>, limit: Duration) -> Self {
        Self {
            program,
            arguments,
            limit: limit.min(LIMIT),
        }
    }

    /// Starts it once and reads what it prints.
    ///
    /// # Errors
    /// Always `NoToken`.
    pub(super) async fn fetch(&self) -> Result<Fetched, CallFailure> {
        let (program, arguments, limit) = (self.program.clone(), self.arguments.clone(), self.limit);
        let run = tokio::task::spawn_blocking(move || run(&program, &arguments, limit));
        let asked = match run.await {
            Ok(asked) => asked,
            Err(_panic) => Err(TokenTrouble::CommandFails),
        };
        asked.map_err(|trouble| CallFailure::of(FailureKind::NoToken(trouble)))
    }
}

fn run(program: &str, arguments: &[String], limit: Duration) -> Result<Fetched, TokenTrouble> {
    let asked_at = Instant::now();
    let mut child = command(program, arguments)
        .spawn()
        .map_err(|_io| TokenTrouble::CommandMissing)?;
    let printed = printed_by(&mut child, limit);
    let left = || limit.saturating_sub(asked_at.elapsed());
    let ended = match &printed {
        Ok(_) => wait(&mut child, &left),
        Err(_) => None,
    };
    if ended.is_none() {
        // It may have ended by itself meanwhile; then there is nothing to stop.
        drop(child.kill());
        drop(child.wait());
    }
    let printed = printed?;
    match ended {
        None => Err(TokenTrouble::CommandHangs),
        Some(false) => Err(TokenTrouble::CommandFails),
        Some(true) => {
            let text = printed.trim();
            let token = if text.starts_with('{') {
                source::read_json(text.as_bytes(), asked_at)
            } else {
                source::read_bare(text, asked_at)
            };
            token.ok_or(TokenTrouble::CommandGarbled)
        }
    }
}

/// The program without our settings: what stands in our environment for unattended use is not for it.
fn command(program: &str, arguments: &[String]) -> Command {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("FAHUO_") {
            command.env_remove(name);
        }
    }
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt as _;
        /// No black window flashes up beside ours.
        const CREATE_NO_WINDOW: u32 = 0x0800_0000;
        command.creation_flags(CREATE_NO_WINDOW);
    }
    command
}

/// What it prints until it closes its output.
fn printed_by(child: &mut Child, limit: Duration) -> Result<Zeroizing<String>, TokenTrouble> {
    let Some(stdout) = child.stdout.take() else {
        return Err(TokenTrouble::CommandFails);
    };
    let (sender, receiver) = mpsc::channel();
    let read = move || {
        let mut text = Zeroizing::new(String::new());
        let read = stdout.take(CAP.saturating_add(1)).read_to_string(&mut text);
        let whole = read.is_ok_and(|bytes| u64::try_from(bytes).is_ok_and(|bytes| bytes <= CAP));
        // Nobody waits any more when the time was up.
        drop(sender.send(whole.then_some(text)));
    };
    std::thread::Builder::new()
        .name("token-command".into())
        .spawn(read)
        .map_err(|_io| TokenTrouble::CommandFails)?;
    match receiver.recv_timeout(limit) {
        Ok(Some(text)) => Ok(text),
        Ok(None) => Err(TokenTrouble::CommandGarbled),
        Err(_late) => Err(TokenTrouble::CommandHangs),
    }
}

/// Whether it ended well; `None` when it has not ended in time.
fn wait(child: &mut Child, left: &impl Fn() -> Duration) -> Option<bool> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status.success()),
            Ok(None) if left().is_zero() => return None,
            Ok(None) => std::thread::sleep(LOOK_EVERY.min(left())),
            Err(_io) => return Some(false),
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[track_caller]
    fn check(script: &str, expected: Result<&str, TokenTrouble>) {
        let arguments = [
            "-c".to_owned(),
            script.to_owned(),
            "sh".into(),
            "$(echo no)".into(),
        ];
        let asked = run("/bin/sh", &arguments, Duration::from_secs(20));
        let asked = asked.as_ref().map(|token| token.text.as_str()).map_err(|t| *t);
        assert_eq!(asked, expected, "{script}");
    }

    #[test]
    fn a_program_prints_a_token_or_json_and_anything_else_is_told() {
        check("echo 86_token", Ok("86_token"));
        check("printf '\\n 86_token \\r\\n'", Ok("86_token"));
        check(
            "echo '{\"access_token\":\"86_json\",\"expires_in\":60}'",
            Ok("86_json"),
        );
        check("echo 86_token; exit 3", Err(TokenTrouble::CommandFails));
        check("echo not a token", Err(TokenTrouble::CommandGarbled));
        check("true", Err(TokenTrouble::CommandGarbled));
        check(
            "head -c 70000 /dev/zero | tr '\\0' x",
            Err(TokenTrouble::CommandGarbled),
        );
        check("printf '\\377'", Err(TokenTrouble::CommandGarbled));
        // What it says about its trouble is read by nobody.
        check("echo 86_secret >&2; exit 1", Err(TokenTrouble::CommandFails));
        // Arguments are no shell's business: the fourth arrives as it is.
        check("test \"$1\" = '$(echo no)' && echo ok", Ok("ok"));
        check("test -z \"$(env | grep ^FAHUO_)\" && echo ok", Ok("ok"));
        check("read line; echo \"ok$line\"", Ok("ok"));
    }

    #[test]
    fn a_program_that_does_not_end_is_stopped() {
        for script in [
            "sleep 600",
            "exec >&-; sleep 600",
            "echo 86_token; exec sleep 600",
        ] {
            let arguments = ["-c".to_owned(), script.to_owned()];
            let limit = Duration::from_millis(200);
            let asked = run("/bin/sh", &arguments, limit);
            assert_eq!(asked.err(), Some(TokenTrouble::CommandHangs), "{script}");
        }
        let missing = run("/nowhere/token", &[], Duration::from_secs(20));
        assert_eq!(missing.err(), Some(TokenTrouble::CommandMissing));
    }
}
