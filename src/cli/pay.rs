//! `pay …`: one payment of WeChat Pay Global, and the merchant's numbers and keys for it.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgGroup, Args, Subcommand};
use serde_json::{Value, json};

use super::output::{self, Console, Tone};
use super::running::Running;
use super::setup::Env;
use super::table::{Cell, Table};
use super::{Exit, Fail};
use crate::domain::{PayAmount, PayFailureKind, PayNumber, Payment, Timestamp};
use crate::engine::snapshot::{PayAnswer, PayTrouble};
use crate::engine::{Command, Notice, PayAsk, PayEdit, Secret};
use crate::i18n::{explain_pay_failure, format, pay_state_name};

/// How long a question, or a keyring, may take.
const LIMIT: Duration = Duration::from_mins(2);

/// `pay …`.
#[derive(Debug, Subcommand)]
pub enum PayCommand {
    /// Look up one payment.
    Query(PayQueryArgs),
    /// Keep the merchant's numbers and keys; the APIv3 key is read from the terminal or from the first line of stdin.
    Setup(PaySetupArgs),
}

/// `pay query`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("pay_key").required(true).args(["pay_id", "pay_trade_no"]))]
pub struct PayQueryArgs {
    /// WeChat's number.
    #[arg(id = "pay_id", long = "id", value_name = "ID")]
    pub id: Option<String>,
    /// The shop's number.
    #[arg(id = "pay_trade_no", long = "out-trade-no", value_name = "NO")]
    pub out_trade_no: Option<String>,
}

/// `pay setup`.
#[derive(Debug, Args)]
pub struct PaySetupArgs {
    /// The merchant, or with an institution its sub-merchant.
    #[arg(id = "pay_mchid", long = "mchid", value_name = "M")]
    pub mchid: String,
    /// The institution.
    #[arg(long, value_name = "M", default_value = "")]
    pub sp_mchid: String,
    /// The private key.
    #[arg(long, value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// The certificate, for its number.
    #[arg(long, value_name = "FILE")]
    pub certificate_file: Option<PathBuf>,
    /// Number of the certificate.
    #[arg(long, value_name = "SERIAL", default_value = "")]
    pub serial_no: String,
    /// Id of the platform's public key.
    #[arg(long, value_name = "ID", default_value = "")]
    pub public_key_id: String,
    /// The platform's public key.
    #[arg(long, value_name = "FILE")]
    pub public_key_file: Option<PathBuf>,
}

/// Keeps the merchant's numbers and keys.
///
/// # Errors
/// When something of them is wrong, or there is no account.
pub fn setup(running: &mut Running, args: PaySetupArgs) -> Result<Exit, Fail> {
    let console = running.console;
    let typed = if io::stdin().is_terminal() {
        rpassword::prompt_password(console.text("cli-type-pay-key", &[]))?
    } else {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line)?;
        line
    };
    let api_v3_key = Secret::new(typed.trim().to_owned());
    let edit = PayEdit {
        mchid: args.mchid,
        sp_mchid: args.sp_mchid,
        serial_no: args.serial_no,
        key_file: args.key_file.unwrap_or_default(),
        certificate_file: args.certificate_file.unwrap_or_default(),
        api_v3_key: Some(api_v3_key).filter(|secret| !secret.is_empty()),
        public_key_id: args.public_key_id,
        public_key_file: args.public_key_file.unwrap_or_default(),
        only_now: false,
    };
    if save(running, edit)? {
        console.say("cli-pay-kept", &[]);
        Ok(Exit::Done)
    } else {
        Err(Fail::cannot_run(console.text("cli-pay-not-kept", &[])))
    }
}

/// The numbers and keys of the environment, for runs that keep nothing; `None` when it names no merchant.
pub fn given_by(env: Env<'_>) -> Option<PayEdit> {
    let value = |name: &str| env(name).unwrap_or_default().trim().to_owned();
    let mchid = value("FAHUO_PAY_MCHID");
    let api_v3_key = Secret::new(value("FAHUO_PAY_API_V3_KEY"));
    (!mchid.is_empty()).then(|| PayEdit {
        mchid,
        sp_mchid: value("FAHUO_PAY_SP_MCHID"),
        serial_no: value("FAHUO_PAY_SERIAL_NO"),
        key_file: value("FAHUO_PAY_KEY_FILE").into(),
        certificate_file: value("FAHUO_PAY_CERTIFICATE_FILE").into(),
        api_v3_key: Some(api_v3_key).filter(|secret| !secret.is_empty()),
        public_key_id: value("FAHUO_PAY_PUBLIC_KEY_ID"),
        public_key_file: value("FAHUO_PAY_PUBLIC_KEY_FILE").into(),
        only_now: true,
    })
}

/// Has them taken; `false` when the keys last until the program ends only.
fn save(running: &mut Running, edit: PayEdit) -> Result<bool, Fail> {
    running.send(Command::Pay(PayAsk::Save(edit)));
    let saved = running.wait_for(Some(LIMIT), |_, notices| {
        notices.iter().find_map(|notice| {
            if let Notice::PayNotSaved(trouble) = notice {
                Some(Err(*trouble))
            } else if *notice == Notice::Saved {
                Some(Ok(true))
            } else {
                (*notice == Notice::SecretNotKept).then_some(Ok(false))
            }
        })
    });
    match saved.map_err(|halt| running.fail(halt))? {
        Ok(is_kept) => Ok(is_kept),
        Err(trouble) => Err(Fail::cannot_run(running.console.text(why(trouble), &[]))),
    }
}

fn why(trouble: PayTrouble) -> &'static str {
    match trouble {
        PayTrouble::NoAccount => "pay-no-account",
        PayTrouble::Mchid => "pay-mchid-wrong",
        PayTrouble::Serial => "pay-serial-wrong",
        PayTrouble::File => "pay-file-wrong",
        PayTrouble::Key => "pay-key-wrong",
        PayTrouble::Certificate => "pay-certificate-wrong",
        PayTrouble::ApiV3Key => "pay-api-v3-key-wrong",
        PayTrouble::PublicKey => "pay-public-key-wrong",
    }
}

/// Looks up one payment.
///
/// # Errors
/// When the number is none, or it cannot be asked.
pub fn query(running: &mut Running, args: &PayQueryArgs, given: Option<PayEdit>) -> Result<Exit, Fail> {
    let console = running.console;
    let number = match (&args.id, &args.out_trade_no) {
        (Some(id), _) => PayNumber::id(id),
        (None, Some(number)) => PayNumber::out_trade_no(number),
        (None, None) => None,
    };
    let number = number.ok_or_else(|| Fail::cannot_run(console.text("pay-number-wrong", &[])))?;
    match given {
        Some(edit) => save(running, edit).map(drop)?,
        None => wait_for_keys(running)?,
    }
    running.send(Command::Pay(PayAsk::Query(number)));
    let answer = running.wait_for(Some(LIMIT), |snapshot, _| match &snapshot.pay.answer {
        PayAnswer::Nothing | PayAnswer::Asking(_) => None,
        PayAnswer::Found { payment, at } => Some(Ok((payment.clone(), *at))),
        PayAnswer::Failed { failure, .. } => Some(Err(failure.clone())),
    });
    match answer.map_err(|halt| running.fail(halt))? {
        Ok((payment, at)) => {
            print(console, &payment, at)?;
            Ok(Exit::Done)
        }
        Err(failure) => {
            let mut words = explain_pay_failure(console.lang, &failure);
            // The usual words name places of the window.
            let way = match &failure.kind {
                PayFailureKind::NoCredentials => Some("cli-pay-way"),
                PayFailureKind::BadKey => Some("cli-pay-way-key"),
                PayFailureKind::NotSigned => Some("cli-pay-way-signed"),
                PayFailureKind::Offline
                | PayFailureKind::NoAnswer
                | PayFailureKind::Garbled
                | PayFailureKind::Tls
                | PayFailureKind::NotWeChat
                | PayFailureKind::Stale
                | PayFailureKind::Refused(_) => None,
            };
            if let Some(way) = way {
                words.action = console.text(way, &[]);
            }
            let words = output::lines(&words);
            let is_answered = failure.kind == PayFailureKind::Refused(String::from("ORDER_NOT_EXIST"));
            let exit = if is_answered {
                Exit::SomeRows
            } else {
                Exit::CannotRun
            };
            Err(Fail { exit, words })
        }
    }
}

/// A keyring may take its time, or ask a person; what is not set up is said by the question itself.
fn wait_for_keys(running: &mut Running) -> Result<(), Fail> {
    let known = running.wait_for(Some(Duration::from_secs(30)), |snapshot, _| {
        let pay = &snapshot.pay;
        let is_set_up = !pay.settings.mchid.is_empty();
        (pay.has_key || !is_set_up).then_some(())
    });
    match known {
        Ok(()) | Err(super::running::Halt::TimeUp) => Ok(()),
        Err(halt) => Err(running.fail(halt)),
    }
}

fn print(console: Console, payment: &Payment, at: Timestamp) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if console.is_json() {
        return writeln!(out, "{}", payment_json(payment, at));
    }
    let amount = |amount: &Option<PayAmount>| amount.as_ref().map(ToString::to_string).unwrap_or_default();
    let lines = [
        ("cli-column-state", pay_state_name(console.lang, &payment.state)),
        ("pay-desc", payment.state_desc.clone()),
        ("pay-by-id", payment.id.clone()),
        ("pay-by-trade-no", payment.out_trade_no.clone()),
        ("pay-total", amount(&payment.total)),
        ("pay-payer-total", amount(&payment.payer_total)),
        (
            "pay-rate",
            payment.rate.map(|rate| rate.to_string()).unwrap_or_default(),
        ),
        (
            "pay-paid-at",
            payment.success_time.map(format::moment_exact).unwrap_or_default(),
        ),
        ("pay-type", payment.trade_type.clone()),
        ("pay-payer", payment.payer.clone()),
        ("pay-mchid", payment.mchid.clone()),
        ("pay-sp-mchid", payment.sp_mchid.clone()),
    ];
    let mut table = Table::default();
    for (id, value) in lines {
        if !value.is_empty() {
            let name = console.text(id, &[]);
            table.push(vec![Cell::new(&name, Tone::Faint), value.into()]);
        }
    }
    table.write(&mut out, console)?;
    writeln!(out, "\n{}", console.text("pay-not-managed-text", &[]))
}

fn payment_json(payment: &Payment, at: Timestamp) -> Value {
    let amount = |amount: &Option<PayAmount>| {
        let amount = amount.as_ref()?;
        Some(json!({ "minor": amount.minor, "currency": amount.currency, "text": amount.to_string() }))
    };
    let promotions: Vec<Value> = payment
        .promotions
        .iter()
        .map(|promotion| {
            json!({
                "promotion_id": promotion.promotion_id,
                "name": promotion.name,
                "scope": promotion.scope,
                "type": promotion.kind,
                "amount": amount(&Some(promotion.amount.clone())),
                "activity_id": promotion.activity_id,
            })
        })
        .collect();
    json!({
        "id": payment.id,
        "out_trade_no": payment.out_trade_no,
        "mchid": payment.mchid,
        "sp_mchid": payment.sp_mchid,
        "appid": payment.appid,
        "trade_state": payment.state.word(),
        "trade_state_desc": payment.state_desc,
        "trade_type": payment.trade_type,
        "bank_type": payment.bank_type,
        "attach": payment.attach,
        "success_time": payment.success_time.map(Timestamp::rfc3339),
        "payer": payment.payer,
        "total": amount(&payment.total),
        "payer_total": amount(&payment.payer_total),
        "exchange_rate": payment.rate.map(|rate| rate.to_string()),
        "promotions": promotions,
        "asked_at": at.rfc3339(),
        "managed_by_platform": false,
    })
}
