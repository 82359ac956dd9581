//! `team …`: which folder the computers of one account share, so that no order is sent from two of them.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::time::Duration;

use serde_json::json;

use super::args::TeamJoinArgs;
use super::output::{self, Console};
use super::running::Running;
use super::setup::Env;
use super::{Exit, Fail};
use crate::engine::{Command, Notice, Secret, TeamEdit};
use crate::i18n::explain_claims_trouble;

/// How long saving may take; a keyring may ask a person.
const SAVE_LIMIT: Duration = Duration::from_mins(2);

/// The team key from the environment, the terminal or the first line of stdin, never from an argument.
///
/// # Errors
/// When there is none, or the folder's name is no text.
pub fn read_edit(console: Console, args: &TeamJoinArgs, env: Env<'_>) -> Result<TeamEdit, Fail> {
    let typed = match env("FAHUO_TEAM_KEY") {
        Some(key) => key,
        None if io::stdin().is_terminal() => {
            rpassword::prompt_password(console.text("cli-type-team-key", &[]))?
        }
        None => {
            let mut line = String::new();
            io::stdin().lock().read_line(&mut line)?;
            line
        }
    };
    let key = Secret::new(typed.trim().to_owned());
    if key.is_empty() {
        return Err(Fail::cannot_run(console.text("cli-no-team-key", &[])));
    }
    // Later runs may stand in another folder.
    let folder = std::path::absolute(&args.folder)?;
    Ok(TeamEdit {
        folder: folder.to_string_lossy().into_owned(),
        key: Some(key),
        operator: args.operator.clone(),
    })
}

/// Joins or leaves a team.
///
/// # Errors
/// When it does not come to an end.
pub fn save(running: &mut Running, edit: TeamEdit) -> Result<Exit, Fail> {
    let console = running.console;
    running.send(Command::SaveTeam(edit));
    let saved = running.wait_for(Some(SAVE_LIMIT), |_, notices| {
        notices.iter().find_map(|notice| {
            if let Notice::TeamNotSaved(trouble) = notice {
                return Some(Err(*trouble));
            }
            let ends = [
                (Notice::Saved, ("cli-team-left", Exit::Done)),
                (Notice::TeamSaved { first: true }, ("cli-team-first", Exit::Done)),
                (
                    Notice::TeamSaved { first: false },
                    ("cli-team-joined", Exit::Done),
                ),
                (Notice::TeamKeyNotKept, ("cli-team-key-not-kept", Exit::CannotRun)),
            ];
            let end = ends.into_iter().find(|(said, _)| said == notice);
            end.map(|(_, end)| Ok(end))
        })
    });
    match saved.map_err(|halt| running.fail(halt))? {
        Ok((words, end)) => {
            console.say(words, &[]);
            Ok(end)
        }
        Err(trouble) => {
            let mut words = explain_claims_trouble(console.lang, trouble);
            words.action = console.text("cli-team-again", &[]);
            Err(Fail::cannot_run(output::lines(&words)))
        }
    }
}

/// Shows the folder and the names under which this computer claims.
///
/// # Errors
/// When they cannot be printed.
pub fn show(running: &mut Running) -> Result<Exit, Fail> {
    let console = running.console;
    let team = running.snapshot().session.team.clone();
    let mut out = io::stdout().lock();
    if console.is_json() {
        let folder = Some(&team.folder).filter(|folder| !folder.is_empty());
        let team = json!({ "folder": folder, "pc": team.pc, "operator": team.operator });
        writeln!(out, "{}", json!({ "team": team }))?;
    } else if team.folder.is_empty() {
        writeln!(out, "{}", console.text("cli-team-none", &[]))?;
    } else {
        let args = [("folder", team.folder.into()), ("pc", team.pc.into())];
        writeln!(out, "{}", console.text("cli-team-shown", &args))?;
    }
    Ok(Exit::Done)
}

/// A person allows that this run does not ask the team's folder.
pub fn allow_without_claims(running: &Running, allowed: bool) {
    if allowed {
        running.send(Command::SendWithoutClaims);
        running.console.say("cli-without-claims", &[]);
    }
}
