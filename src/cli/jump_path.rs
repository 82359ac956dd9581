//! `jump-path`: the page of the Mini Program that messages open, for the whole account.

use std::io::{self, Write as _};
use std::time::Duration;

use serde_json::json;

use super::errand_args::JumpPathArgs;
use super::output::{self, Console};
use super::running::Running;
use super::{Exit, Fail, question};
use crate::domain::{JumpPath, JumpState, PathProblem, opened_page, path_problems};
use crate::engine::{Command, ErrandCommand, Notice};
use crate::i18n::{explain_failure, format, jump_path_words};

/// How long WeChat may take.
const LIMIT: Duration = Duration::from_mins(2);

/// Shows what was last set from here; WeChat cannot be asked for it.
///
/// # Errors
/// When it cannot be printed.
pub fn show(running: &mut Running) -> Result<Exit, Fail> {
    let known = running.snapshot().errands.jump_path.clone();
    print(running.console, &known)?;
    Ok(Exit::Done)
}

/// Sets it.
///
/// # Errors
/// When it cannot run.
pub fn set(running: &mut Running, args: &JumpPathArgs) -> Result<Exit, Fail> {
    running.need_credentials()?;
    let console = running.console;
    let path = args.path.trim();
    let problems = path_problems(path);
    for problem in &problems {
        output::say(&problem_words(console, problem));
    }
    if problems.iter().any(PathProblem::blocks) {
        return Err(Fail::cannot_run(console.text("cli-stopped-nothing-sent", &[])));
    }
    if !args.yes {
        let page = opened_page(path);
        let words = [("page", page.into())];
        let id = if path.is_empty() {
            "cli-ask-jump-empty"
        } else {
            "cli-ask-jump"
        };
        if !question::confirm(console, &running.interrupt, &console.text(id, &words))? {
            return Err(Fail {
                exit: Exit::Stopped,
                words: console.text("cli-stopped-nothing-sent", &[]),
            });
        }
    }
    running.send(Command::Errands(ErrandCommand::SetJumpPath(path.to_owned())));
    let said = running.wait_for(Some(LIMIT), |snapshot, notices| {
        let heard = notices.iter().find_map(|notice| {
            if let Notice::JumpPath(state) = notice {
                Some(state.clone())
            } else {
                None
            }
        });
        let stuck = snapshot.outbox.gate == crate::engine::Gate::StoreFailed;
        heard.or(stuck.then_some(JumpState::Never))
    });
    let state = said.map_err(|halt| running.fail(halt))?;
    let known = running.snapshot().errands.jump_path.clone();
    print(console, &known)?;
    output::say(&jump_path_words(console.lang, &state));
    Ok(match state {
        JumpState::Set => Exit::Done,
        JumpState::Failed(_) | JumpState::Never => Exit::CannotRun,
        JumpState::Unclear | JumpState::Sending => Exit::Stopped,
    })
}

fn problem_words(console: Console, problem: &PathProblem) -> String {
    match problem {
        PathProblem::TooLong => console.text("jump-problem-long", &[]),
        PathProblem::Blank => console.text("jump-problem-blank", &[]),
        PathProblem::Address => console.text("jump-problem-address", &[]),
        PathProblem::LeadingSlash => console.text("jump-problem-slash", &[]),
        PathProblem::Collision(key) => console.text("jump-problem-collision", &[("key", key.into())]),
    }
}

fn print(console: Console, known: &JumpPath) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if console.is_json() {
        let set = known.state != JumpState::Never;
        let json = json!({
            "path": set.then_some(&known.path),
            "state": known.state.word(),
            "at": set.then(|| known.at.rfc3339()),
            "opens": opened_page(&known.path),
        });
        return writeln!(out, "{json}");
    }
    if known.state == JumpState::Never {
        return writeln!(out, "{}", console.text("jump-never", &[]));
    }
    let args = [
        ("path", known.path.as_str().into()),
        ("at", format::moment_exact(known.at).into()),
    ];
    writeln!(out, "{}", console.text("jump-known", &args))?;
    match &known.state {
        JumpState::Unclear => writeln!(out, "{}", console.text("jump-unclear", &[])),
        JumpState::Failed(failure) => {
            let why = explain_failure(console.lang, failure).title;
            writeln!(out, "{}", console.text("jump-failed", &[("why", why.into())]))
        }
        JumpState::Never | JumpState::Sending | JumpState::Set => Ok(()),
    }
}
