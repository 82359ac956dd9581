//! `account …` and `doctor`: who may send, and whether WeChat lets them.

use std::io::{self, Write as _};
use std::time::Duration;

use serde_json::{Value, json};

use super::account_args::{AccountAddArgs, AccountRemoveArgs, AccountRenewArgs};
use super::batch_json::failure_json;
use super::failures;
use super::output::{self, Console, Tone};
use super::running::Running;
use super::setup::process_env;
use super::table::{Cell, Table};
use super::{Exit, Fail, account_secrets, question};
use crate::domain::AccessMode;
use crate::engine::{AccountEdit, CheckKind, CheckResult, Command, Doctor, Notice};
use crate::i18n::explain::Names;
use crate::i18n::explain_problem;

/// How long the checks may take together.
const CHECK_LIMIT: Duration = Duration::from_mins(2);
/// How long saving may take; a keyring may ask a person.
const SAVE_LIMIT: Duration = Duration::from_mins(2);

/// Everything about a new account, its secrets from the environment, the terminal or the lines of stdin.
///
/// # Errors
/// When a secret is missing.
pub fn read_edit(console: Console, args: AccountAddArgs) -> Result<AccountEdit, Fail> {
    let access = args.access();
    let more = account_secrets::read(console, args.mode, &process_env, false)?;
    Ok(AccountEdit {
        id: None,
        name: args.name,
        appid: args.appid,
        access,
        secret: None,
        more,
        mchid: args.mchid,
        max_parcels: args.max_parcels.into(),
        sender_contact: args.sender_contact,
        default_courier: args.default_courier,
        default_item_desc: args.default_item_desc,
    })
}

/// Fills in new secrets of an account: a token that was pasted, a ticket, or whatever has changed.
///
/// # Errors
/// When there is no such account, or it was not kept.
pub fn renew(running: &mut Running, args: &AccountRenewArgs) -> Result<Exit, Fail> {
    let console = running.console;
    let id = running.find_account(&args.name)?;
    let snapshot = running.snapshot();
    let known = snapshot.session.accounts.iter().find(|account| account.id == id);
    let Some(account) = known.cloned() else {
        return Ok(Exit::CannotRun);
    };
    let more = account_secrets::read(console, account.access.mode(), &process_env, true)?;
    let name = [("name", account.name.as_str().into())];
    if more.is_empty() {
        console.say("cli-account-kept", &name);
        return Ok(Exit::Stopped);
    }
    let edit = AccountEdit {
        id: Some(id),
        name: account.name.clone(),
        appid: account.appid,
        access: account.access,
        secret: None,
        more,
        mchid: account.mchid,
        max_parcels: account.max_parcels,
        sender_contact: account
            .sender_contact
            .as_ref()
            .map_or_else(String::new, |contact| contact.as_str().to_owned()),
        default_courier: account.default_courier,
        default_item_desc: account.default_item_desc,
    };
    save(running, edit, ["cli-account-renewed", "cli-secret-not-renewed"])
}

/// Adds an account.
///
/// # Errors
/// When it is there already or was not kept.
pub fn add(running: &mut Running, edit: AccountEdit) -> Result<Exit, Fail> {
    let console = running.console;
    let snapshot = running.snapshot();
    let known = |name: &str| {
        snapshot
            .session
            .accounts
            .iter()
            .any(|account| account.name == name)
    };
    if known(&edit.name) {
        let args = [("name", (&edit.name).into())];
        return Err(Fail::cannot_run(console.text("cli-account-exists", &args)));
    }
    save(running, edit, ["cli-account-added", "cli-secret-not-kept"])
}

/// Saves an account and says so with the first of these messages, or with the second where no keyring keeps secrets.
fn save(running: &mut Running, edit: AccountEdit, [said, not_kept]: [&str; 2]) -> Result<Exit, Fail> {
    let console = running.console;
    let name = edit.name.clone();
    running.send(Command::SaveAccount(edit));
    let mut kept = true;
    let saved = running.wait_for(Some(SAVE_LIMIT), |snapshot, notices| {
        kept &= !notices.contains(&Notice::SecretNotKept);
        let refused = notices.iter().find_map(|notice| {
            if let Notice::NotSaved(problems) = notice {
                Some(problems.clone())
            } else {
                None
            }
        });
        let there = snapshot
            .session
            .accounts
            .iter()
            .any(|account| account.name == name);
        refused.map(Err).or_else(|| {
            let said = notices
                .iter()
                .any(|notice| matches!(notice, Notice::Saved | Notice::SecretNotKept));
            (there && said).then_some(Ok(()))
        })
    });
    match saved.map_err(|halt| running.fail(halt))? {
        Ok(()) if kept => {
            console.say(said, &[("name", name.into())]);
            Ok(Exit::Done)
        }
        Ok(()) => {
            console.say(not_kept, &[("name", name.into())]);
            Ok(Exit::CannotRun)
        }
        Err(problems) => {
            let couriers = running.snapshot().couriers;
            let names = Names { couriers: &couriers };
            let words: Vec<String> = problems
                .iter()
                .map(|problem| output::lines(&explain_problem(console.lang, problem, &names)))
                .collect();
            Err(Fail::cannot_run(words.join("\n")))
        }
    }
}

/// Lists accounts.
///
/// # Errors
/// When they cannot be printed.
pub fn list(running: &mut Running) -> Result<Exit, Fail> {
    let console = running.console;
    let session = running.snapshot().session;
    let mut out = io::stdout().lock();
    if console.is_json() {
        let accounts: Vec<Value> = session
            .accounts
            .iter()
            .map(|account| {
                json!({
                    "name": account.name,
                    "appid": account.appid,
                    "mode": account.access.mode().word(),
                    "mchid": account.mchid,
                    "max_parcels": account.max_parcels,
                    "sender_contact": account.sender_contact,
                    "default_courier": account.default_courier,
                    "default_item_desc": account.default_item_desc,
                    "current": session.current == Some(account.id),
                })
            })
            .collect();
        writeln!(out, "{}", json!({ "accounts": accounts }))?;
        return Ok(Exit::Done);
    }
    if session.accounts.is_empty() {
        writeln!(out, "{}", console.text("cli-no-accounts", &[]))?;
        return Ok(Exit::Done);
    }
    let heading = [
        "cli-column-name",
        "cli-column-appid",
        "cli-column-mode",
        "field-mchid",
        "cli-column-used",
    ];
    let mut table = Table::new(heading.map(|id| console.text(id, &[])));
    for account in &session.accounts {
        let used = if session.current == Some(account.id) {
            Cell::new("✓", Tone::Good)
        } else {
            "".into()
        };
        table.push(vec![
            account.name.as_str().into(),
            account.appid.as_str().into(),
            account.access.mode().word().into(),
            account.mchid.as_str().into(),
            used,
        ]);
    }
    table.write(&mut out, console)?;
    Ok(Exit::Done)
}

/// Forgets an account and its secret.
///
/// # Errors
/// When there is none of this name, or nobody can be asked.
pub fn remove(running: &mut Running, args: &AccountRemoveArgs) -> Result<Exit, Fail> {
    let console = running.console;
    let id = running.find_account(&args.name)?;
    let name = [("name", (&args.name).into())];
    if !args.yes {
        question::may_ask(console, args.yes)?;
        let words = console.text("cli-ask-remove", &name);
        if !question::confirm(console, &running.interrupt, &words)? {
            console.say("cli-account-kept", &name);
            return Ok(Exit::Stopped);
        }
    }
    running.send(Command::RemoveAccount(id));
    let removed = running.wait_for(Some(SAVE_LIMIT), |snapshot, _| {
        let gone = snapshot.session.accounts.iter().all(|account| account.id != id);
        gone.then_some(())
    });
    removed.map_err(|halt| running.fail(halt))?;
    console.say("cli-account-removed", &name);
    Ok(Exit::Done)
}

/// Runs the checks of the account and waits for their end.
///
/// # Errors
/// When they do not end.
pub fn run_checks(running: &mut Running) -> Result<Doctor, Fail> {
    let console = running.console;
    let before = running.snapshot().session.doctor.series;
    let mode = [("mode", mode_of(running).word().into())];
    running.send(Command::TestAccount);
    let mut progress = console.progress();
    let checked = running.wait_for(Some(CHECK_LIMIT), |snapshot, _| {
        let doctor = &snapshot.session.doctor;
        let running_now = doctor
            .checks
            .iter()
            .find(|(_, result)| *result == CheckResult::Running);
        if let Some((kind, _)) = running_now {
            let what = console.text(check_id(*kind), &mode);
            progress.show(&console.text("cli-progress-checking", &[("what", what.into())]));
        }
        let ended = !doctor.running && doctor.series != before;
        ended.then(|| doctor.clone())
    });
    progress.clear();
    checked.map_err(|halt| running.fail(halt))
}

/// Tests the account and says what to repair.
///
/// # Errors
/// When the checks cannot be made.
pub fn doctor(running: &mut Running) -> Result<Exit, Fail> {
    let console = running.console;
    running.need_credentials()?;
    let doctor = run_checks(running)?;
    let mode = mode_of(running);
    let passed = doctor
        .checks
        .iter()
        .all(|(_, result)| *result == CheckResult::Passed);
    let mut out = io::stdout().lock();
    if console.is_json() {
        let checks: Vec<Value> = doctor
            .checks
            .iter()
            .map(|(kind, result)| check_json(console, *kind, result, mode))
            .collect();
        writeln!(out, "{}", json!({"ok": passed, "checks": checks}))?;
    } else {
        for (kind, result) in &doctor.checks {
            write_check(&mut out, console, *kind, result, mode)?;
        }
    }
    drop(out);
    console.say(
        if passed {
            "cli-doctor-passed"
        } else {
            "cli-doctor-not-passed"
        },
        &[],
    );
    Ok(if passed { Exit::Done } else { Exit::CannotRun })
}

/// How the account in use comes by its tokens.
fn mode_of(running: &mut Running) -> AccessMode {
    let session = running.snapshot().session;
    session
        .account()
        .map_or(AccessMode::Secret, |account| account.access.mode())
}

fn write_check(
    out: &mut dyn io::Write,
    console: Console,
    kind: CheckKind,
    result: &CheckResult,
    mode: AccessMode,
) -> io::Result<()> {
    let mode = [("mode", mode.word().into())];
    let (mark, tone) = match result {
        CheckResult::Passed => ("✓", Tone::Good),
        CheckResult::No | CheckResult::Failed(_) => ("✗", Tone::Bad),
        CheckResult::NotRun | CheckResult::Running => ("–", Tone::Faint),
    };
    let name = console.text(check_id(kind), &mode);
    writeln!(out, "{} {name}", console.paint(tone, mark))?;
    let words = match result {
        CheckResult::Failed(failure) => output::lines(&failures::explain(console.lang, failure)),
        CheckResult::No => console.text(repair_id(kind), &mode),
        CheckResult::NotRun => console.text("cli-check-not-run", &[]),
        CheckResult::Passed | CheckResult::Running => return Ok(()),
    };
    for line in words.lines() {
        writeln!(out, "    {}", line.trim_start())?;
    }
    Ok(())
}

fn check_json(console: Console, kind: CheckKind, result: &CheckResult, mode: AccessMode) -> Value {
    let mode = [("mode", mode.word().into())];
    let word = match kind {
        CheckKind::Network => "network",
        CheckKind::Clock => "clock",
        CheckKind::Credentials => "credentials",
        CheckKind::ServiceOpened => "service_opened",
        CheckKind::SettlementConfirmed => "settlement_confirmed",
        CheckKind::Couriers => "couriers",
    };
    match result {
        CheckResult::Passed => json!({"check": word, "result": "passed"}),
        CheckResult::NotRun | CheckResult::Running => json!({"check": word, "result": "not_run"}),
        CheckResult::No => {
            json!({"check": word, "result": "no", "action": console.text(repair_id(kind), &mode)})
        }
        CheckResult::Failed(failure) => {
            json!({"check": word, "result": "failed", "failure": failure_json(console.lang, failure)})
        }
    }
}

fn check_id(kind: CheckKind) -> &'static str {
    match kind {
        CheckKind::Network => "cli-check-network",
        CheckKind::Clock => "cli-check-clock",
        CheckKind::Credentials => "cli-check-credentials",
        CheckKind::ServiceOpened => "cli-check-service",
        CheckKind::SettlementConfirmed => "cli-check-settlement",
        CheckKind::Couriers => "cli-check-couriers",
    }
}

/// What to do when WeChat's answer is no.
fn repair_id(kind: CheckKind) -> &'static str {
    match kind {
        CheckKind::Network => "cli-check-network.repair",
        CheckKind::Clock => "cli-check-clock.repair",
        CheckKind::Credentials => "cli-check-credentials.repair",
        CheckKind::ServiceOpened => "cli-check-service.repair",
        CheckKind::SettlementConfirmed => "cli-check-settlement.repair",
        CheckKind::Couriers => "cli-check-couriers.repair",
    }
}
