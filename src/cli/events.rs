//! `events …`: WeChat's push messages from a file, from stdin or from a relay. Each only causes a look at its order.

use std::collections::HashSet;
use std::io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _};
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::args::state_word;
use super::events_args::{EventsAddArgs, EventsListArgs, EventsListenArgs};
use super::output::{self, Console};
use super::running::{Halt, Running};
use super::setup::Env;
use super::table::Table;
use super::{Exit, Fail};
use crate::domain::{EventKey, PushRefusal, Timestamp};
use crate::engine::snapshot::{EventLook, EventRecord, ReceiverStanding};
use crate::engine::{Command, EventsAsk, EventsSaid, Notice, ReceiverEdit, Secret};
use crate::i18n::{event_name, explain_failure, explain_push_refusal, format, state_name, text};

/// How long reading, and the looks after it, may take.
const LIMIT: Duration = Duration::from_mins(2);
/// Bytes that are read from stdin at most; what is longer is refused.
const MAX_BYTES: u64 = 4 * 1024 * 1024 + 1;

/// What was read, and what was not.
struct Counted {
    new: usize,
    known: usize,
    others: usize,
    refused: Vec<PushRefusal>,
}

/// Token and EncodingAESKey from the environment, for runs that keep nothing.
pub fn keys_from(env: Env<'_>) -> ReceiverEdit {
    let secret = |name: &str| env(name).map(|text| Secret::new(text.trim().to_owned()));
    ReceiverEdit {
        token: secret("FAHUO_PUSH_TOKEN"),
        aes_key: secret("FAHUO_PUSH_AES_KEY"),
        ..ReceiverEdit::default()
    }
}

/// Reads messages and looks at their orders.
///
/// # Errors
/// When nothing could be read.
pub fn add(running: &mut Running, args: &EventsAddArgs, keys: ReceiverEdit) -> Result<Exit, Fail> {
    running.need_credentials()?;
    let console = running.console;
    if keys.token.is_some() {
        running.send(Command::Events(EventsAsk::UseKeys(keys)));
    }
    let began = output::now();
    running.send(command_for(console, &args.file)?);
    let read = running.wait_for(Some(LIMIT), |_, notices| notices.iter().find_map(counted));
    let read = read.map_err(|halt| running.fail(halt))?;
    for refusal in &read.refused {
        output::say(&output::lines(&explain_push_refusal(console.lang, *refusal)));
    }
    if read.new.saturating_add(read.known).saturating_add(read.others) == 0 {
        return Err(Fail::cannot_run(String::new()));
    }
    let looked = running.wait_for(Some(LIMIT), |snapshot, _| {
        let waits = |record: &EventRecord| record.look == EventLook::Waiting;
        let is_done = !snapshot.events.list.iter().any(|record| waits(record));
        is_done.then_some(())
    });
    match looked {
        Ok(()) | Err(Halt::TimeUp) => {}
        Err(halt) => return Err(running.fail(halt)),
    }
    let view = running.snapshot().events;
    let new = view.list.iter().filter(|record| record.received_at >= began);
    let new: Vec<&EventRecord> = new.map(AsRef::as_ref).collect();
    print(console, &new, Some(&read))?;
    Ok(if read.refused.is_empty() {
        Exit::Done
    } else {
        Exit::SomeRows
    })
}

fn command_for(console: Console, file: &Path) -> Result<Command, Fail> {
    if file.as_os_str() != "-" {
        if !file.is_file() {
            let args = [("file", file.to_string_lossy().into_owned().into())];
            return Err(Fail::cannot_run(console.text("cli-events-no-file", &args)));
        }
        return Ok(Command::Events(EventsAsk::File(std::path::absolute(file)?)));
    }
    let mut bytes = Vec::new();
    io::stdin().lock().take(MAX_BYTES).read_to_end(&mut bytes)?;
    // Bytes that are no text are refused as a message that is none.
    Ok(Command::Events(EventsAsk::Paste(
        String::from_utf8_lossy(&bytes).into_owned(),
    )))
}

fn counted(notice: &Notice) -> Option<Counted> {
    if let Notice::Events(EventsSaid::Read {
        new,
        known,
        others,
        refused,
    }) = notice
    {
        Some(Counted {
            new: *new,
            known: *known,
            others: *others,
            refused: refused.clone(),
        })
    } else {
        None
    }
}

/// Lists the messages that were taken.
///
/// # Errors
/// When they cannot be printed.
pub fn list(running: &mut Running, args: &EventsListArgs) -> Result<Exit, Fail> {
    let view = running.snapshot().events;
    let shown = view.list.iter().take(args.limit);
    let shown: Vec<&EventRecord> = shown.map(AsRef::as_ref).collect();
    print(running.console, &shown, None)?;
    Ok(Exit::Done)
}

/// Opens the door and prints what comes, until it is stopped.
///
/// # Errors
/// When the door cannot be opened.
pub fn listen(running: &mut Running, args: &EventsListenArgs, keys: ReceiverEdit) -> Result<Exit, Fail> {
    running.need_credentials()?;
    let console = running.console;
    running.send(Command::Events(EventsAsk::UseKeys(ReceiverEdit {
        on: true,
        port: args.port,
        ..keys
    })));
    running.send(Command::Events(EventsAsk::Listen));
    let opened = running.wait_for(Some(LIMIT), |snapshot, notices| {
        let refused = notices
            .iter()
            .any(|n| matches!(n, Notice::Events(EventsSaid::ReceiverNotSaved(_))));
        match snapshot.events.receiver.standing {
            _ if refused => Some(Err("cli-events-keys-wrong")),
            ReceiverStanding::Open(port) => Some(Ok(port)),
            ReceiverStanding::PortTaken => Some(Err("cli-events-port-taken")),
            ReceiverStanding::NoToken => Some(Err("cli-events-no-token")),
            ReceiverStanding::Closed | ReceiverStanding::Opening => None,
        }
    });
    let opened = opened.map_err(|halt| running.fail(halt))?;
    let port = opened.map_err(|id| Fail::cannot_run(console.text(id, &[])))?;
    announce(console, port)?;
    follow(running)
}

fn announce(console: Console, port: u16) -> io::Result<()> {
    let url = format!("http://127.0.0.1:{port}/");
    let mut out = io::stdout().lock();
    if console.is_json() {
        writeln!(out, "{}", json!({ "listening": url }))?;
    } else {
        writeln!(
            out,
            "{}",
            console.text("cli-events-listening", &[("url", url.into())])
        )?;
    }
    out.flush()
}

/// One line for each message, once its order was looked at.
fn follow(running: &mut Running) -> Result<Exit, Fail> {
    let console = running.console;
    let mut printed: HashSet<EventKey> = HashSet::new();
    let began = output::now();
    loop {
        let fresh = running.wait_for(None, |snapshot, _| {
            let is_fresh = |record: &EventRecord| {
                record.received_at >= began
                    && record.look != EventLook::Waiting
                    && !printed.contains(&record.event.key())
            };
            let found = snapshot.events.list.iter().filter(|record| is_fresh(record));
            let mut found: Vec<EventRecord> = found.map(|record| (**record).clone()).collect();
            found.sort_by_key(|record| record.event.create_time);
            (!found.is_empty()).then_some(found)
        });
        match fresh {
            Ok(records) => {
                let mut out = io::stdout().lock();
                for record in records {
                    if console.is_json() {
                        writeln!(out, "{}", record_json(&record))?;
                    } else {
                        writeln!(out, "{}", line(console, &record).join("  "))?;
                    }
                    printed.insert(record.event.key());
                }
                out.flush()?;
            }
            Err(Halt::Interrupted) => return Ok(Exit::Done),
            Err(halt) => return Err(running.fail(halt)),
        }
    }
}

/// Keeps Token and EncodingAESKey of the account, from the terminal or from the first two lines of stdin.
///
/// # Errors
/// When there is no Token, or they do not have the shape.
pub fn keys(running: &mut Running) -> Result<Exit, Fail> {
    let console = running.console;
    let ask = |id: &str| -> Result<Secret, Fail> {
        let typed = if io::stdin().is_terminal() {
            rpassword::prompt_password(console.text(id, &[]))?
        } else {
            let mut line = String::new();
            io::stdin().lock().read_line(&mut line)?;
            line
        };
        Ok(Secret::new(typed.trim().to_owned()))
    };
    let (token, aes_key) = (ask("cli-type-push-token")?, ask("cli-type-push-key")?);
    if token.is_empty() {
        return Err(Fail::cannot_run(console.text("cli-events-no-token", &[])));
    }
    let before = running.snapshot().events.receiver.clone();
    running.send(Command::Events(EventsAsk::SaveReceiver(ReceiverEdit {
        on: before.on,
        port: before.port,
        token: Some(token),
        aes_key: Some(aes_key).filter(|key| !key.is_empty()),
        forget_keys: true,
    })));
    let saved = running.wait_for(Some(LIMIT), |_, notices| {
        let is_wrong = |notice: &Notice| matches!(notice, Notice::Events(EventsSaid::ReceiverNotSaved(_)));
        if notices.contains(&Notice::Saved) {
            Some(Ok("cli-events-keys-kept"))
        } else if notices.contains(&Notice::SecretNotKept) {
            Some(Err("cli-events-keys-not-kept"))
        } else {
            let wrong = notices.iter().any(is_wrong);
            wrong.then_some(Err("cli-events-keys-wrong"))
        }
    });
    match saved.map_err(|halt| running.fail(halt))? {
        Ok(id) => {
            console.say(id, &[]);
            Ok(Exit::Done)
        }
        Err(id) => Err(Fail::cannot_run(console.text(id, &[]))),
    }
}

fn print(console: Console, records: &[&EventRecord], read: Option<&Counted>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if console.is_json() {
        let events: Vec<Value> = records.iter().map(|record| record_json(record)).collect();
        let mut json = json!({ "events": events });
        if let (Some(read), Some(fields)) = (read, json.as_object_mut()) {
            let refused: Vec<&str> = read.refused.iter().map(|refusal| refusal.word()).collect();
            fields.insert("new".into(), json!(read.new));
            fields.insert("known".into(), json!(read.known));
            fields.insert("others".into(), json!(read.others));
            fields.insert("refused".into(), json!(refused));
        }
        return writeln!(out, "{json}");
    }
    if records.is_empty() {
        return writeln!(out, "{}", console.text("events-empty", &[]));
    }
    let heading = [
        "events-col-time",
        "events-col-event",
        "events-col-order",
        "events-col-look",
    ];
    let mut table = Table::new(heading.map(|id| console.text(id, &[])));
    for record in records {
        table.push(line(console, record).into_iter().map(Into::into).collect());
    }
    table.write(&mut out, console)
}

fn line(console: Console, record: &EventRecord) -> Vec<String> {
    let lang = console.lang;
    let look = match &record.look {
        EventLook::Nothing => text(lang, "events-look-nothing"),
        EventLook::Waiting => text(lang, "events-look-waiting"),
        EventLook::Seen { state, .. } => state_name(lang, *state),
        EventLook::NotFound => text(lang, "events-look-not-found"),
        EventLook::Failed(failure) => explain_failure(lang, failure).title,
    };
    vec![
        format::moment_exact(record.event.create_time),
        event_name(lang, &record.event),
        record.event.number().to_owned(),
        look,
    ]
}

fn record_json(record: &EventRecord) -> Value {
    let event = &record.event;
    let time = |at: Option<Timestamp>| at.map(Timestamp::rfc3339);
    let look = match &record.look {
        EventLook::Nothing => json!({ "status": "nothing" }),
        EventLook::Waiting => json!({ "status": "waiting" }),
        EventLook::Seen { state, at } => json!({
            "status": "seen",
            "state": state_word(*state),
            "order_state": i64::from(*state),
            "at": at.rfc3339(),
        }),
        EventLook::NotFound => json!({ "status": "not_found" }),
        EventLook::Failed(failure) => json!({ "status": "failed", "errcode": failure.errcode }),
    };
    json!({
        "event": event.event.word(),
        "create_time": event.create_time.rfc3339(),
        "transaction_id": event.transaction_id.as_ref().map(crate::domain::TransactionId::as_str),
        "merchant_id": event.merchant_id,
        "sub_merchant_id": event.sub_merchant_id,
        "merchant_trade_no": event.merchant_trade_no,
        "pay_time": time(event.pay_time),
        "shipped_time": time(event.shipped_time),
        "estimated_settlement_time": time(event.estimated_settlement_time),
        "confirm_receive_method": event.confirm_receive_method,
        "confirm_receive_time": time(event.confirm_receive_time),
        "settlement_time": time(event.settlement_time),
        "received_at": record.received_at.rfc3339(),
        "way": record.way,
        "look": look,
    })
}
