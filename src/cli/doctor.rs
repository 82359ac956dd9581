//! `doctor …`: what WeChat received under a request id, quotas and their reset, the bundle for support.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::batch_json::failure_json;
use super::failures;
use super::output::{self, Console, Tone};
use super::probe::{self, ProbeArgs};
use super::running::Running;
use super::table::{Cell, Table};
use super::{Exit, Fail, accounts, question};
use crate::domain::{RESET_TYPED, RESETS_PER_MONTH, ResetState, RidRecord, Timestamp};
use crate::engine::snapshot::{Bundle, DiagnosticsView, RidAnswer};
use crate::engine::{Command, DiagnosticsAsk, DiagnosticsSaid, Notice};
use crate::i18n::{bundle_part_words, call_name, explain_not_saved, format, reset_words};

/// How long WeChat may take.
const LIMIT: Duration = Duration::from_mins(2);
/// What stands behind `--confirm`, so that a script names the price too.
const CONFIRM: &str = "10-per-month";

/// `doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Something else than the checks of the account.
    #[command(subcommand)]
    pub command: Option<DoctorCommand>,
}

/// `doctor …`.
#[derive(Debug, Subcommand)]
pub enum DoctorCommand {
    /// What WeChat received under a request id.
    Rid(RidArgs),
    /// How much of today's quotas is used.
    Quota,
    /// Reset the quotas of all calls; ten times per month.
    ClearQuota(ClearQuotaArgs),
    /// Save a bundle for support.
    Bundle(BundleArgs),
    /// Ask WeChat with one small order what no document says.
    Probe(ProbeArgs),
}

/// `doctor rid`.
#[derive(Debug, Args)]
pub struct RidArgs {
    /// The request id.
    #[arg(id = "asked_rid", value_name = "RID")]
    pub rid: String,
}

/// `doctor clear-quota`.
#[derive(Debug, Args)]
pub struct ClearQuotaArgs {
    /// The price, typed: `10-per-month`.
    #[arg(id = "confirm_reset", long = "confirm", value_name = "10-per-month")]
    pub confirm: Option<String>,
}

/// `doctor bundle`.
#[derive(Debug, Args)]
pub struct BundleArgs {
    /// Where to.
    #[arg(id = "bundle_file", value_name = "FILE")]
    pub file: PathBuf,
    /// A file that is there already may be replaced.
    #[arg(long)]
    pub force: bool,
    /// Save without asking.
    #[arg(long)]
    pub yes: bool,
}

/// Does what is asked for.
///
/// # Errors
/// When it cannot run.
pub fn run(running: &mut Running, args: &DoctorArgs) -> Result<Exit, Fail> {
    match &args.command {
        None => accounts::doctor(running),
        Some(DoctorCommand::Rid(args)) => rid(running, args),
        Some(DoctorCommand::Quota) => quota(running),
        Some(DoctorCommand::ClearQuota(args)) => clear_quota(running, args),
        Some(DoctorCommand::Bundle(args)) => bundle(running, args),
        Some(DoctorCommand::Probe(args)) => probe::run(running, args),
    }
}

/// Looks up a request id.
///
/// # Errors
/// When it is none, or WeChat cannot be asked.
fn rid(running: &mut Running, args: &RidArgs) -> Result<Exit, Fail> {
    running.need_credentials()?;
    let console = running.console;
    running.send(Command::Diagnose(DiagnosticsAsk::Rid(args.rid.clone())));
    let answer = running.wait_for(Some(LIMIT), |snapshot, _| match &snapshot.diagnostics.rid {
        RidAnswer::Nothing | RidAnswer::Asking(_) => None,
        answer @ (RidAnswer::NoRid(_) | RidAnswer::Found { .. } | RidAnswer::Failed { .. }) => {
            Some(answer.clone())
        }
    });
    match answer.map_err(|halt| running.fail(halt))? {
        RidAnswer::Found { rid, record } => {
            print_rid(console, &rid, &record)?;
            Ok(Exit::Done)
        }
        RidAnswer::Failed { failure, .. } => {
            let is_answered = failure.errcode.is_some();
            Err(Fail {
                exit: if is_answered {
                    Exit::SomeRows
                } else {
                    Exit::CannotRun
                },
                words: output::lines(&failures::explain(console.lang, &failure)),
            })
        }
        RidAnswer::NoRid(_) | RidAnswer::Nothing | RidAnswer::Asking(_) => {
            Err(Fail::cannot_run(console.text("rid-wrong", &[])))
        }
    }
}

fn print_rid(console: Console, rid: &str, record: &RidRecord) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if console.is_json() {
        let json = json!({
            "rid": rid,
            "invoked_at": record.invoked_at.map(Timestamp::rfc3339),
            "cost_millis": record.cost_millis,
            "request_url": record.url,
            "request_body": record.request,
            "response_body": record.response,
            "client_ip": record.client_ip,
        });
        return writeln!(out, "{json}");
    }
    let millis = [("millis", record.cost_millis.into())];
    let short = [
        ("rid-field", rid.to_owned()),
        (
            "rid-at",
            record.invoked_at.map(format::moment_exact).unwrap_or_default(),
        ),
        ("rid-cost", console.text("rid-cost-value", &millis)),
        ("rid-client-ip", record.client_ip.clone()),
    ];
    let mut table = Table::default();
    for (id, value) in short {
        table.push(vec![Cell::new(&console.text(id, &[]), Tone::Faint), value.into()]);
    }
    table.write(&mut out, console)?;
    for (id, value) in [
        ("rid-url", &record.url),
        ("rid-request", &record.request),
        ("rid-response", &record.response),
    ] {
        writeln!(out, "\n{}", console.paint(Tone::Faint, &console.text(id, &[])))?;
        let empty = console.text("rid-empty", &[]);
        let value = if value.is_empty() { &empty } else { value };
        writeln!(out, "{}", crate::domain::plain_text::visible(value, 8192))?;
    }
    writeln!(out, "\n{}", console.text("rid-masked", &[]))
}

/// Shows the quotas.
///
/// # Errors
/// When WeChat cannot be asked.
fn quota(running: &mut Running) -> Result<Exit, Fail> {
    running.need_credentials()?;
    let before = running.snapshot().diagnostics.quotas_at;
    running.send(Command::Diagnose(DiagnosticsAsk::Quotas));
    let view = fresh_quotas(running, before)?;
    print_quotas(running.console, &view)?;
    let told = view.quotas.iter().any(|quota| quota.answer.is_ok());
    Ok(if told { Exit::Done } else { Exit::CannotRun })
}

fn fresh_quotas(running: &mut Running, before: Option<Timestamp>) -> Result<DiagnosticsView, Fail> {
    let told = running.wait_for(Some(LIMIT), |snapshot, _| {
        let view = &snapshot.diagnostics;
        let fresh = !view.asking_quotas && view.quotas_at.is_some() && view.quotas_at != before;
        fresh.then(|| (**view).clone())
    });
    told.map_err(|halt| running.fail(halt))
}

fn print_quotas(console: Console, view: &DiagnosticsView) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if console.is_json() {
        let quotas: Vec<Value> = view
            .quotas
            .iter()
            .map(|quota| match &quota.answer {
                Ok(day) => json!({
                    "path": quota.path, "daily_limit": day.daily_limit, "used": day.used,
                    "remain": day.remain,
                    "rate": day.rate.map(|(calls, secs)| json!({ "calls": calls, "period_secs": secs })),
                }),
                Err(failure) => json!({ "path": quota.path, "failure": failure_json(console.lang, failure) }),
            })
            .collect();
        let json = json!({ "quotas": quotas, "at": view.quotas_at.map(Timestamp::rfc3339) });
        return writeln!(out, "{json}");
    }
    let mut table = Table::default();
    for quota in view.quotas.iter() {
        let (words, tone) = match &quota.answer {
            Ok(day) => {
                let args = [
                    ("used", day.used.into()),
                    ("limit", day.daily_limit.into()),
                    ("remain", day.remain.into()),
                ];
                let tone = if day.remain <= 0 { Tone::Bad } else { Tone::Plain };
                (console.text("quota-line", &args), tone)
            }
            Err(failure) => (failures::explain(console.lang, failure).title, Tone::Bad),
        };
        table.push(vec![
            call_name(console.lang, quota.path).into(),
            Cell::new(&words, tone),
            Cell::new(quota.path, Tone::Faint),
        ]);
    }
    table.write(&mut out, console)
}

/// Resets the quotas after a person has typed the price.
///
/// # Errors
/// When nobody has, or it was not done.
fn clear_quota(running: &mut Running, args: &ClearQuotaArgs) -> Result<Exit, Fail> {
    running.need_credentials()?;
    let console = running.console;
    let resets = running.snapshot().diagnostics.resets.clone();
    let confirmed = if let Some(typed) = &args.confirm {
        typed.trim() == CONFIRM
    } else {
        question::may_ask(console, false)?;
        let used = [("used", resets.this_month(output::now()).into())];
        output::say(&console.text("quota-reset-ask", &[]));
        output::say(&console.text("quota-reset-cost", &used));
        output::say(&console.text("quota-reset-when", &[]));
        let prompt = format!("{}:", console.text("quota-reset-type", &[]));
        question::typed(&running.interrupt, &prompt)?.trim() == RESETS_PER_MONTH.to_string()
    };
    if !confirmed {
        return Err(Fail {
            exit: Exit::Stopped,
            words: console.text("cli-quota-not-confirmed", &[]),
        });
    }
    running.send(Command::Diagnose(DiagnosticsAsk::ResetQuotas {
        typed: RESET_TYPED.to_owned(),
    }));
    let said = running.wait_for(Some(LIMIT), |_, notices| {
        notices.iter().find_map(|notice| {
            if let Notice::Diagnostics(DiagnosticsSaid::Reset(state)) = notice {
                Some(state.clone())
            } else {
                (*notice == Notice::StoreFailed).then_some(ResetState::Never)
            }
        })
    });
    let state = said.map_err(|halt| running.fail(halt))?;
    output::say(&reset_words(console.lang, &state));
    let view = fresh_quotas(running, None)?;
    print_quotas(console, &view)?;
    Ok(match state {
        ResetState::Done => Exit::Done,
        ResetState::Unclear | ResetState::Sending => Exit::Stopped,
        ResetState::Failed(_) | ResetState::Never => Exit::CannotRun,
    })
}

/// Shows what a bundle holds, and saves it.
///
/// # Errors
/// When nobody can be asked, or it cannot be saved.
fn bundle(running: &mut Running, args: &BundleArgs) -> Result<Exit, Fail> {
    let console = running.console;
    running.send(Command::Diagnose(DiagnosticsAsk::PreviewBundle));
    let bundle = running.wait_for(Some(LIMIT), |snapshot, _| snapshot.diagnostics.bundle.clone());
    let bundle = bundle.map_err(|halt| running.fail(halt))?;
    if let Some(leak) = &bundle.leak {
        let words = [
            ("part", leak.part.as_str().into()),
            ("shape", leak.shape.word().into()),
        ];
        return Err(Fail::cannot_run(console.text("bundle-leak", &words)));
    }
    print_bundle(console, &bundle)?;
    if !args.yes {
        question::may_ask(console, false)?;
        output::say(&console.text("bundle-text", &[]));
        if !question::confirm(console, &running.interrupt, &console.text("cli-ask-bundle", &[]))? {
            return Err(Fail {
                exit: Exit::Stopped,
                words: console.text("cli-bundle-not-saved", &[]),
            });
        }
    }
    running.send(Command::Diagnose(DiagnosticsAsk::SaveBundle {
        path: args.file.clone(),
        replace: args.force,
    }));
    let saved = running.wait_for(Some(LIMIT), |_, notices| {
        notices.iter().find_map(|notice| {
            if let Notice::FileNotSaved { name, why } = notice {
                Some(Err(explain_not_saved(console.lang, name, why)))
            } else if let Notice::Diagnostics(DiagnosticsSaid::BundleSaved(name)) = notice {
                Some(Ok(name.clone()))
            } else {
                None
            }
        })
    });
    match saved.map_err(|halt| running.fail(halt))? {
        Ok(name) => {
            console.say("bundle-saved", &[("name", name.into())]);
            Ok(Exit::Done)
        }
        Err(words) => Err(Fail::cannot_run(words)),
    }
}

/// Everything that will be saved, for people and for scripts.
fn print_bundle(console: Console, bundle: &Bundle) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if console.is_json() {
        let parts: serde_json::Map<String, Value> = bundle
            .parts
            .iter()
            .map(|part| {
                let value = serde_json::from_str(&part.text).unwrap_or(Value::Null);
                (part.name.to_owned(), value)
            })
            .collect();
        return writeln!(out, "{}", json!({ "parts": parts }));
    }
    for part in &bundle.parts {
        let what = bundle_part_words(console.lang, part.name);
        writeln!(out, "{} — {what}", console.paint(Tone::Good, part.name))?;
        writeln!(out, "{}\n", part.text)?;
    }
    writeln!(out, "{}", console.text("bundle-clean", &[]))
}
