//! The index of the history: one line for each thing worth finding again, and the numbers that lead to an order.
//! It holds nothing that does not stand elsewhere, so it is made again whenever it is lost.

use rusqlite::{Connection, OptionalExtension as _, params};
use serde_json::Value;

use super::StoreError;
use super::json::from_json;
use crate::domain::{Changed, Intent, JournalEntry, Timestamp, TransactionId, hide_private};

/// Shortest part of a number that the index is asked for.
pub(super) const SHORTEST_NUMBER: usize = 4;
/// No number is longer, in bytes; see the limits of WeChat.
const LONGEST_NUMBER: usize = 128;
/// Rows of a file that are named on a line of their shipment.
const ROWS_NAMED: usize = 15;

/// A line that is to be found.
pub(super) enum Line<'a> {
    /// Of the journal.
    Journal {
        seq: i64,
        at: Timestamp,
        shipment: i64,
        entry: &'a JournalEntry,
        by: &'a str,
    },
    /// Of the audit.
    Audit {
        id: i64,
        at: Timestamp,
        what: &'a str,
        details: &'a Value,
    },
    /// An order that WeChat shows otherwise than before.
    Change {
        id: i64,
        at: Timestamp,
        order: &'a TransactionId,
        changed: &'a Changed,
    },
}

pub(super) struct Row<'a> {
    pub(super) at: Timestamp,
    pub(super) kind: &'a str,
    pub(super) source: &'a str,
    pub(super) source_id: i64,
    pub(super) order: &'a str,
    pub(super) batch: Option<i64>,
    pub(super) text: &'a str,
}

/// Adds a line, unless nobody would look for it.
///
/// # Errors
/// When it cannot be written.
pub(super) fn add(conn: &Connection, appid: &str, line: &Line<'_>) -> Result<(), StoreError> {
    match line {
        Line::Journal {
            seq,
            at,
            shipment,
            entry,
            by,
        } => add_record(conn, appid, (*seq, *at, *shipment), entry, by),
        Line::Audit {
            id,
            at,
            what,
            details,
        } => {
            let Some(kind) = kind_of_audit(what) else {
                return Ok(());
            };
            let mut text = (*what).to_owned();
            push_leaves(details, &mut text);
            let order = super::history_errands::order_of(what, details);
            if !order.is_empty() {
                number(conn, appid, order, order, "order")?;
            }
            let row = Row {
                at: *at,
                kind,
                source: "audit",
                source_id: *id,
                order,
                batch: details.get("batch").and_then(Value::as_i64),
                text: &text,
            };
            insert(conn, appid, &row)
        }
        Line::Change {
            id,
            at,
            order,
            changed,
        } => {
            let mut text = order.as_str().to_owned();
            number(conn, appid, order.as_str(), order.as_str(), "order")?;
            if let Some(trade_no) = trade_no(conn, appid, order.as_str())? {
                push(&mut text, &trade_no);
                number(conn, appid, &trade_no, order.as_str(), "order")?;
            }
            for parcel in &changed.now.parcels {
                push(&mut text, &parcel.courier);
                push(&mut text, &parcel.tracking_no);
                number(conn, appid, &parcel.tracking_no, order.as_str(), "parcel")?;
            }
            let row = Row {
                at: *at,
                kind: "wechat",
                source: "answer",
                source_id: *id,
                order: order.as_str(),
                batch: None,
                text: &text,
            };
            insert(conn, appid, &row)
        }
    }
}

/// What a line of the journal is about; `None` when only the order's own timeline shows it.
fn kind_of_record(entry: &JournalEntry) -> Option<&'static str> {
    match entry {
        JournalEntry::Sending { .. } => None, // its answer says it too
        JournalEntry::Looked { verdict, .. } if verdict == "sending" => None,
        JournalEntry::Claimed { answer, .. } if answer == "ours" => None,
        JournalEntry::Decided { .. } | JournalEntry::Cancelled => Some("person"),
        JournalEntry::Queued { .. }
        | JournalEntry::Looked { .. }
        | JournalEntry::LookFailed { .. }
        | JournalEntry::Answered { .. }
        | JournalEntry::Unclear { .. }
        | JournalEntry::Restarted
        | JournalEntry::Claimed { .. } => Some("shipment"),
    }
}

/// What a line of the audit is about; `None` when the journal says the same with more.
fn kind_of_audit(what: &str) -> Option<&'static str> {
    match what {
        "ship" | "ship_combined" | "cancel" | "decide" => None,
        "pause" | "resume" | "cancel_all" | "sent_without_claims" | "shopping_settled" => Some("person"),
        "errands" | "errand_cancelled" | "errands_cancelled" | "errand_decided" => Some("errand"),
        "event" | "event_refused" | "payment" | "shopping_answered" => Some("wechat"),
        "batch_sent" | "results_saved" | "template_saved" | "page_saved" | "table_saved"
        | "cell_repaired" => Some("file"),
        _ => Some("program"),
    }
}

fn add_record(
    conn: &Connection,
    appid: &str,
    (seq, at, shipment): (i64, Timestamp, i64),
    entry: &JournalEntry,
    by: &str,
) -> Result<(), StoreError> {
    let Some(kind) = kind_of_record(entry) else {
        return Ok(());
    };
    let Some((order, intent)) = shipment_of(conn, appid, shipment)? else {
        return Ok(());
    };
    let mut text = order.clone();
    let mut numbers = vec![(order.clone(), "order")];
    if let Some(trade_no) = trade_no(conn, appid, &order)? {
        push(&mut text, &trade_no);
        numbers.push((trade_no, "order"));
    }
    if let Some(combined) = intent.as_ref().and_then(Intent::combined) {
        push(&mut text, combined.parent.as_str());
        numbers.push((combined.parent.as_str().to_owned(), "order"));
    }
    for parcel in intent.iter().flat_map(Intent::parcels) {
        push(&mut text, parcel.courier.as_str());
        push(&mut text, parcel.tracking_no.as_str());
        push(&mut text, &hide_private(parcel.item_desc.as_str()));
        numbers.push((parcel.tracking_no.as_str().to_owned(), "parcel"));
    }
    if let Some(intent) = intent.filter(|intent| intent.parcels().is_empty()) {
        push(&mut text, &hide_private(intent.first_item_desc()));
    }
    let batch = batch_of(conn, shipment)?;
    if let Some((_, name)) = &batch {
        push(&mut text, name);
    }
    let (errcode, rid) = entry.code();
    if let Some(errcode) = errcode {
        push(&mut text, &errcode.to_string());
    }
    if let Some(rid) = rid {
        push(&mut text, rid);
        numbers.push((rid.to_owned(), "rid"));
    }
    push(&mut text, by);
    let row = Row {
        at,
        kind,
        source: "journal",
        source_id: seq,
        order: &order,
        batch: batch.map(|(id, _)| id),
        text: &text,
    };
    insert(conn, appid, &row)?;
    let first = matches!(entry, JournalEntry::Queued { .. });
    for (value, kind) in numbers {
        if first || kind == "rid" {
            number(conn, appid, &value, &order, kind)?;
        }
    }
    Ok(())
}

fn shipment_of(
    conn: &Connection,
    appid: &str,
    id: i64,
) -> Result<Option<(String, Option<Intent>)>, StoreError> {
    let found: Option<(String, String)> = conn
        .prepare_cached("SELECT transaction_id, intent FROM shipment WHERE id = ?1 AND appid = ?2")?
        .query_row(params![id, appid], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    // An intent that cannot be read is a person's already; its order can still be found.
    Ok(found.map(|(order, intent)| (order, from_json(&intent, "the intent of a shipment").ok())))
}

pub(super) fn trade_no(conn: &Connection, appid: &str, order: &str) -> Result<Option<String>, StoreError> {
    let found: Option<String> = conn
        .prepare_cached("SELECT out_trade_no FROM order_cache WHERE appid = ?1 AND transaction_id = ?2")?
        .query_row([appid, order], |row| row.get(0))
        .optional()?;
    Ok(found.filter(|number| !number.is_empty()))
}

/// The file of a shipment with its name and rows: `周一.xlsx 第12行 row12`.
fn batch_of(conn: &Connection, shipment: i64) -> Result<Option<(i64, String)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT batch.id, batch.name, json_extract(batch_row.row, '$.row') FROM batch_row
         JOIN batch ON batch.id = batch_row.batch_id
         WHERE batch_row.shipment_id = ?1 ORDER BY batch_row.batch_id, batch_row.row_index LIMIT ?2",
    )?;
    let mut rows = statement.query(params![shipment, super::json::int(ROWS_NAMED)])?;
    let mut found: Option<(i64, String)> = None;
    while let Some(row) = rows.next()? {
        let number: Option<i64> = row.get(2)?;
        let batch: i64 = row.get(0)?;
        let (_, text) = match &mut found {
            Some(found) if found.0 == batch => found,
            Some(_) => break,
            None => found.insert((batch, hide_private(&row.get::<_, String>(1)?))),
        };
        if let Some(number) = number {
            text.push_str(&format_args!(" 第{number}行 row{number}").to_string());
        }
    }
    Ok(found)
}

pub(super) fn push(text: &mut String, word: &str) {
    if !word.is_empty() {
        text.push(' ');
        text.push_str(word);
    }
}

/// The values in some details, one after the other.
fn push_leaves(value: &Value, text: &mut String) {
    match value {
        Value::Object(fields) => fields.values().for_each(|value| push_leaves(value, text)),
        Value::Array(values) => values.iter().for_each(|value| push_leaves(value, text)),
        Value::String(leaf) => push(text, leaf),
        Value::Number(number) => push(text, &number.to_string()),
        Value::Bool(_) | Value::Null => {}
    }
}

pub(super) fn insert(conn: &Connection, appid: &str, row: &Row<'_>) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO history (at, appid, kind, source, source_id, transaction_id, batch_id, text)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        row.at.millis(),
        appid,
        row.kind,
        row.source,
        row.source_id,
        row.order,
        row.batch,
        row.text.to_lowercase(),
    ])?;
    Ok(())
}

/// Notes that a number leads to an order, read from either end.
pub(super) fn number(
    conn: &Connection,
    appid: &str,
    value: &str,
    order: &str,
    kind: &str,
) -> Result<(), StoreError> {
    let value = value.trim().to_lowercase();
    if value.len() < SHORTEST_NUMBER || value.len() > LONGEST_NUMBER {
        return Ok(());
    }
    let backwards = backwards(&value);
    let mut statement = conn.prepare_cached(
        "INSERT OR IGNORE INTO history_number (appid, number, transaction_id, kind) VALUES (?1, ?2, ?3, ?4)",
    )?;
    statement.execute(params![appid, value, order, kind])?;
    statement.execute(params![appid, backwards, order, "backwards"])?;
    Ok(())
}

/// A number as it is kept to be found by its end.
pub(super) fn backwards(number: &str) -> String {
    let mut text = String::from("<");
    text.extend(number.chars().rev());
    text
}

/// Makes the whole index again from what it stands for. A schema that has none yet is left alone.
///
/// # Errors
/// When something cannot be read or written.
pub(super) fn make_again(conn: &Connection) -> Result<(), StoreError> {
    let there: bool = conn.query_row(
        "SELECT count(*) > 0 FROM sqlite_schema WHERE name = 'history_number'",
        [],
        |row| row.get(0),
    )?;
    if !there {
        return Ok(());
    }
    conn.execute_batch("DELETE FROM history; DELETE FROM history_number;")?;
    let mut statement = conn.prepare(
        "SELECT at, 1, seq, appid, shipment_id, payload FROM journal
         UNION ALL SELECT at, 2, id, appid, what, details FROM audit
         UNION ALL SELECT at, 3, id, appid, transaction_id, facts FROM answer WHERE kind = 'change'
         ORDER BY 1, 2, 3",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let at = Timestamp::from_millis(row.get(0)?);
        let (source, id): (i64, i64) = (row.get(1)?, row.get(2)?);
        let appid: String = row.get(3)?;
        let text: String = row.get(5)?;
        // What cannot be read is not worth refusing the folder for: it is only not found.
        match source {
            1 => {
                let Ok(signed) = from_json::<super::journal::Signed>(&text, "a line of the journal") else {
                    continue;
                };
                let line = Line::Journal {
                    seq: id,
                    at,
                    shipment: row.get(4)?,
                    entry: &signed.entry,
                    by: &signed.by,
                };
                add(conn, &appid, &line)?;
            }
            2 => {
                let what: String = row.get(4)?;
                let Ok(details) = from_json::<Value>(&text, "a line of the audit") else {
                    continue;
                };
                let line = Line::Audit {
                    id,
                    at,
                    what: &what,
                    details: &details,
                };
                add(conn, &appid, &line)?;
            }
            _ => {
                let order = TransactionId::parse(&row.get::<_, String>(4)?);
                let changed = from_json::<Changed>(&text, "a change of an order").ok();
                if let (Some(order), Some(changed)) = (order, changed) {
                    let line = Line::Change {
                        id,
                        at,
                        order: &order,
                        changed: &changed,
                    };
                    add(conn, &appid, &line)?;
                }
            }
        }
    }
    super::history_errands::make_again(conn)
}
