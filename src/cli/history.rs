//! The history from the command line: what was asked for, line by line, or put into a file.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::{ArgGroup, Args, ValueEnum};
use serde_json::{Value, json};

use super::args::read_time;
use super::output::{self, Tone};
use super::running::Running;
use super::saving::{exists, written};
use super::table::{Cell, Table};
use super::{Exit, Fail};
use crate::domain::{Happened, HistoryKind, HistoryLine, HistoryQuery, NumberKind, Timestamp};
use crate::engine::snapshot::Collected;
use crate::engine::{Command, HistoryWish, TableFile};
use crate::i18n::{Mood, format, history_cells, history_headings, parcels_of, tell_happened, text};

/// How long a search may take.
const SEARCH_LIMIT: Duration = Duration::from_mins(5);

/// What of the history is wanted.
#[derive(Debug, Default, Args)]
#[command(group = ArgGroup::new("exact").args(["order", "number", "rid", "from_file"]))]
pub struct FindArgs {
    /// Exactly this order number, WeChat's or the shop's.
    #[arg(long, value_name = "NO")]
    pub order: Option<String>,
    /// Exactly this tracking number.
    #[arg(long, value_name = "NO")]
    pub number: Option<String>,
    /// Exactly this request id of WeChat's.
    #[arg(long, value_name = "RID")]
    pub rid: Option<String>,
    /// Files whose name has this in it.
    #[arg(long = "file", id = "from_file", value_name = "NAME")]
    pub from_file: Option<String>,
    /// Words that must all occur.
    #[arg(long, value_name = "TEXT")]
    pub words: Option<String>,
    /// Only this kind.
    #[arg(long, value_enum, value_name = "KIND")]
    pub kind: Option<Kind>,
    /// At or after.
    #[arg(long, value_name = "TIME", value_parser = read_time)]
    pub since: Option<Timestamp>,
    /// Before.
    #[arg(long, value_name = "TIME", value_parser = read_time)]
    pub until: Option<Timestamp>,
}

/// The kinds as they are typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Shipments.
    Shipment,
    /// Decisions of people.
    Person,
    /// Files.
    File,
    /// Reminders and reports of special orders.
    Errand,
    /// Changes at WeChat, and its messages.
    Wechat,
    /// Accounts and the program.
    Program,
}

/// `export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Where to; `.xlsx` or `.csv`.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What of the history.
    #[command(flatten)]
    pub find: FindArgs,
    /// A file that is there may be replaced.
    #[arg(long)]
    pub force: bool,
}

impl FindArgs {
    /// Nothing was asked for.
    pub fn is_empty(&self) -> bool {
        self.query() == HistoryQuery::default()
    }

    fn query(&self) -> HistoryQuery {
        let number = [
            (NumberKind::Order, &self.order),
            (NumberKind::Parcel, &self.number),
            (NumberKind::Rid, &self.rid),
        ];
        let number = number
            .into_iter()
            .find_map(|(kind, typed)| Some((kind, typed.clone()?)));
        HistoryQuery {
            text: self.words.clone().unwrap_or_default(),
            number,
            file: self.from_file.clone().unwrap_or_default(),
            kind: self.kind.map(|kind| match kind {
                Kind::Shipment => HistoryKind::Shipment,
                Kind::Person => HistoryKind::Person,
                Kind::File => HistoryKind::File,
                Kind::Errand => HistoryKind::Errand,
                Kind::Wechat => HistoryKind::WeChat,
                Kind::Program => HistoryKind::Program,
            }),
            since: self.since,
            until: self.until,
        }
    }
}

/// Prints the lines that fit, newest first.
///
/// # Errors
/// When they cannot be read or printed.
pub fn lines(running: &mut Running, find: &FindArgs, limit: usize) -> Result<Exit, Fail> {
    let found = collect(running, find, limit)?;
    let console = running.console;
    let couriers = Arc::clone(&running.snapshot().couriers);
    let mut out = io::stdout().lock();
    if console.is_json() {
        let lines: Vec<Value> = found.lines.iter().map(|line| line_json(line)).collect();
        writeln!(out, "{}", json!({ "lines": lines, "more": found.cut }))?;
        return Ok(Exit::Done);
    }
    if found.lines.is_empty() {
        writeln!(out, "{}", console.text("history-nothing", &[]))?;
        return Ok(Exit::Done);
    }
    let heading = [
        "history-col-at",
        "history-col-what",
        "history-col-order",
        "history-col-parcels",
    ];
    let heading = heading.into_iter().chain(["history-col-from", "history-col-who"]);
    let mut table = Table::new(heading.map(|id| console.text(id, &[])));
    let now = output::now();
    for line in found.lines.iter() {
        let told = tell_happened(console.lang, line, &couriers);
        let intent = line.intent.as_deref();
        let parcels = intent.map(|intent| parcels_of(console.lang, intent, &couriers));
        let words = [told.title.as_str(), told.code.as_str()];
        let words: Vec<&str> = words.into_iter().filter(|part| !part.is_empty()).collect();
        let file = line.file.as_ref().map(|file| file.name.clone());
        table.push(vec![
            format::moment(line.at, now).into(),
            Cell::new(&words.join(" · "), tone(told.mood)),
            line.order
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default()
                .into(),
            parcels.unwrap_or_default().into(),
            file.unwrap_or_default().into(),
            line.by.clone().into(),
        ]);
    }
    table.write(&mut out, console)?;
    if found.cut {
        console.say("cli-more-lines", &[("limit", limit.into())]);
    }
    Ok(Exit::Done)
}

/// Writes the lines that fit into a file.
///
/// # Errors
/// When it cannot run.
pub fn export(running: &mut Running, args: &ExportArgs) -> Result<Exit, Fail> {
    if args.file.exists() && !args.force {
        return Err(exists(running, &args.file));
    }
    let found = collect(running, &args.find, usize::MAX)?;
    let (lang, couriers) = (running.console.lang, Arc::clone(&running.snapshot().couriers));
    let rows = found.lines.iter();
    running.send(Command::SaveTable(TableFile {
        path: args.file.clone(),
        replace: args.force,
        sheet: text(lang, "history-title"),
        headings: history_headings(lang),
        rows: rows.map(|line| history_cells(lang, line, &couriers)).collect(),
    }));
    Ok(written(running))
}

fn collect(running: &mut Running, find: &FindArgs, most: usize) -> Result<Arc<Collected>, Fail> {
    let serial = |collected: &Option<Arc<Collected>>| collected.as_ref().map_or(0, |found| found.serial);
    let before = serial(&running.snapshot().history.collected);
    running.send(Command::History(HistoryWish::Collect {
        query: find.query(),
        most,
        to: None,
    }));
    let found = running.wait_for(Some(SEARCH_LIMIT), |snapshot, _| {
        let collected = &snapshot.history.collected;
        collected.clone().filter(|found| found.serial > before)
    });
    found.map_err(|halt| running.fail(halt))
}

/// A line for scripts.
fn line_json(line: &HistoryLine) -> Value {
    let (errcode, rid) = line.happened.code();
    let what = match &line.happened {
        Happened::Record { entry, .. } => entry.word().to_owned(),
        Happened::Did { what, .. } => what.clone(),
        Happened::Changed(_) => "changed".to_owned(),
        Happened::Errand { errand, state } => format!("{}_{}", errand.word(), state.word()),
    };
    let parcels: Vec<Value> = line
        .intent
        .iter()
        .flat_map(|intent| intent.parcels())
        .map(|parcel| {
            json!({ "express_company": parcel.courier.as_str(), "tracking_no": parcel.tracking_no.as_str() })
        })
        .collect();
    json!({
        "at": line.at.rfc3339(),
        "kind": line.kind.word(),
        "what": what,
        "transaction_id": line.order.as_ref().map(ToString::to_string),
        "parcels": parcels,
        "file": line.file.as_ref().map(|file| file.name.clone()),
        "rows": line.file.as_ref().map(|file| file.rows.clone()).unwrap_or_default(),
        "who": Some(&line.by).filter(|by| !by.is_empty()),
        "errcode": errcode,
        "rid": rid,
        "raw": Some(&line.raw).filter(|raw| !raw.is_empty()),
    })
}

fn tone(mood: Mood) -> Tone {
    match mood {
        Mood::Good => Tone::Good,
        Mood::Bad | Mood::Person => Tone::Bad,
        Mood::Unclear => Tone::Warning,
        Mood::Quiet | Mood::Busy => Tone::Plain,
    }
}
