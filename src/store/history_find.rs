//! How lines of the history are found: first by the numbers that lead to an order, then by reading lines from the
//! newest back, as many at a time as one moment allows.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, params_from_iter};

use super::StoreError;
use super::history::{HistoryPlace, Meant, Shown};
use super::history_index::{SHORTEST_NUMBER, backwards};
use super::json::int;
use crate::domain::{HistoryKind, HistoryQuery, NumberKind, Timestamp, TransactionId};

/// Lines that one search reads at most before it says how far it came.
#[cfg(not(test))]
const READ_AT_ONCE: usize = 20_000;
/// The tests must reach it.
#[cfg(test)]
pub(super) const READ_AT_ONCE: usize = 40;
/// Orders that one number may lead to.
const ORDERS_OF_A_NUMBER: usize = 200;
/// Files that one name may mean.
const FILES_OF_A_NAME: usize = 50;

/// A line of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) id: i64,
    pub(super) at: Timestamp,
    pub(super) kind: HistoryKind,
    pub(super) source: String,
    pub(super) source_id: i64,
    pub(super) order: String,
    batch: Option<i64>,
}

impl Found {
    /// The line of a source that is known to be about an order.
    pub(super) fn of_order(order: &TransactionId, source: &str, source_id: i64, at: Timestamp) -> Self {
        let kind = match source {
            "answer" | "audit" => HistoryKind::WeChat,
            "errand" => HistoryKind::Errand,
            _ => HistoryKind::Shipment,
        };
        Self {
            id: 0,
            at,
            kind,
            source: source.to_owned(),
            source_id,
            order: order.as_str().to_owned(),
            batch: None,
        }
    }

    fn place(&self, numbers: bool) -> HistoryPlace {
        HistoryPlace {
            numbers,
            at: self.at.millis(),
            id: self.id,
        }
    }
}

/// A page of the index.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) lines: Vec<Found>,
    pub(super) next: Option<HistoryPlace>,
    pub(super) searched_to: Option<Timestamp>,
}

/// Finds a page.
///
/// # Errors
/// When it cannot be read.
pub(super) fn page(
    conn: &Connection,
    appid: &str,
    query: &HistoryQuery,
    meant: &Meant,
    from: Option<HistoryPlace>,
    limit: usize,
) -> Result<Page, StoreError> {
    let search = Search::new(conn, appid, query, meant)?;
    let mut page = Page::default();
    let in_numbers = from.is_none_or(|from| from.numbers);
    if in_numbers {
        let mut found = search.by_number(from, limit.saturating_add(1))?;
        if found.len() > limit {
            found.truncate(limit);
            page.next = found.last().map(|last| last.place(true));
            page.lines = found;
            return Ok(page);
        }
        page.lines = found;
    }
    if search.only_numbers {
        return Ok(page);
    }
    let from = from.filter(|from| !from.numbers);
    let left = limit.saturating_sub(page.lines.len());
    search.by_text(from, left, &mut page)?;
    Ok(page)
}

/// Lines that fit, and the last line that was read when it stopped before the end.
type Read = (Vec<Found>, Option<(i64, i64)>);

struct Search<'a> {
    conn: &'a Connection,
    appid: &'a str,
    query: &'a HistoryQuery,
    /// Each word with what means the same.
    words: Vec<Vec<String>>,
    shown: Shown,
    /// What was asked for is a number or a file: nothing else can be meant.
    only_numbers: bool,
}

impl<'a> Search<'a> {
    fn new(
        conn: &'a Connection,
        appid: &'a str,
        query: &'a HistoryQuery,
        meant: &Meant,
    ) -> Result<Self, StoreError> {
        let typed: Vec<String> = query
            .text
            .to_lowercase()
            .split_whitespace()
            .map(String::from)
            .collect();
        let mut search = Self {
            conn,
            appid,
            query,
            words: Vec::new(),
            shown: Shown::default(),
            only_numbers: query.number.is_some() || !query.file.trim().is_empty(),
        };
        if let Some((kind, number)) = &query.number {
            search.exactly(*kind, &number.trim().to_lowercase())?;
        } else if !query.file.trim().is_empty() {
            search.files(&query.file.trim().to_lowercase())?;
        } else {
            for word in &typed {
                search.like(word)?;
                search.files(word)?;
            }
        }
        for order in &meant.orders {
            search.shown.orders.insert(order.as_str().to_owned());
        }
        search.words = typed
            .into_iter()
            .map(|word| {
                let same = meant.same.iter().filter(|(name, _)| name.to_lowercase() == word);
                let same: Vec<String> = same.map(|(_, id)| id.to_lowercase()).collect();
                [word].into_iter().chain(same).collect()
            })
            .collect();
        // Every line of such an order is meant, also one that does not name the shop's number.
        if search.words.len() == 1 && !meant.orders.is_empty() {
            let numbers = meant.orders.iter().map(|order| order.as_str().to_lowercase());
            search
                .words
                .iter_mut()
                .for_each(|word| word.extend(numbers.clone()));
        }
        Ok(search)
    }

    /// Orders with exactly this number.
    fn exactly(&mut self, kind: NumberKind, number: &str) -> Result<(), StoreError> {
        let kind = kind.word();
        let mut statement = self.conn.prepare_cached(
            "SELECT transaction_id FROM history_number WHERE appid = ?1 AND number = ?2 AND kind = ?3 LIMIT ?4",
        )?;
        let limit = int(ORDERS_OF_A_NUMBER);
        let found = statement.query_map((self.appid, number, kind, limit), |row| row.get(0))?;
        for order in found {
            self.shown.orders.insert(order?);
        }
        Ok(())
    }

    /// Orders with a number that begins or ends like this.
    fn like(&mut self, word: &str) -> Result<(), StoreError> {
        if word.len() < SHORTEST_NUMBER || !word.is_ascii() {
            return Ok(());
        }
        let mut statement = self.conn.prepare_cached(
            "SELECT transaction_id FROM history_number
             WHERE appid = ?1 AND number >= ?2 AND number < ?2 || char(127) LIMIT ?3",
        )?;
        for number in [word.to_owned(), backwards(word)] {
            let limit = int(ORDERS_OF_A_NUMBER);
            let found = statement.query_map((self.appid, number, limit), |row| row.get(0))?;
            for order in found {
                self.shown.orders.insert(order?);
            }
        }
        Ok(())
    }

    /// The newest files whose name has this in it.
    fn files(&mut self, word: &str) -> Result<(), StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id, name FROM batch WHERE appid = ?1 ORDER BY id DESC LIMIT 10000")?;
        let mut rows = statement.query([self.appid])?;
        while let Some(row) = rows.next()? {
            let name: String = row.get(1)?;
            if name.to_lowercase().contains(word) {
                self.shown.batches.insert(row.get(0)?);
                if self.shown.batches.len() >= FILES_OF_A_NAME {
                    break;
                }
            }
        }
        Ok(())
    }

    fn by_number(&self, from: Option<HistoryPlace>, limit: usize) -> Result<Vec<Found>, StoreError> {
        let mut all = BTreeMap::new();
        let mut take = |found: Vec<Found>| {
            for line in found {
                all.insert((line.at.millis(), line.id), line);
            }
        };
        for order in &self.shown.orders {
            take(
                self.read(
                    "transaction_id = ?2",
                    order.clone().into(),
                    from,
                    usize::MAX,
                    limit,
                )?
                .0,
            );
        }
        for batch in &self.shown.batches {
            take(
                self.read("batch_id = ?2", (*batch).into(), from, usize::MAX, limit)?
                    .0,
            );
        }
        Ok(all.into_values().rev().take(limit).collect())
    }

    /// Reads on from the newest line, or from where the last page ended.
    fn by_text(&self, from: Option<HistoryPlace>, limit: usize, page: &mut Page) -> Result<(), StoreError> {
        let mut all = BTreeMap::new();
        let mut stopped: Option<(i64, i64)> = None;
        // Lines about no account are part of every account's history.
        for appid in [self.appid, ""] {
            if appid.is_empty() && self.appid.is_empty() {
                continue;
            }
            let search = Search {
                appid,
                words: self.words.clone(),
                shown: Shown::default(),
                ..*self
            };
            let condition = "?2 IS NULL";
            let (found, stop) = search.read(
                condition,
                rusqlite::types::Value::Null,
                from,
                READ_AT_ONCE,
                limit.saturating_add(1),
            )?;
            stopped = stopped.max(stop);
            for line in found {
                all.insert((line.at.millis(), line.id), line);
            }
        }
        let known = |line: &Found| {
            self.shown.orders.contains(&line.order)
                || line
                    .batch
                    .is_some_and(|batch| self.shown.batches.contains(&batch))
        };
        let fits = |place: &(i64, i64)| stopped.is_none_or(|stopped| *place >= stopped);
        let mut last = None;
        let mut more = false;
        for (place, line) in all.into_iter().rev().filter(|(place, _)| fits(place)) {
            if self.has_numbers() && known(&line) {
                continue;
            }
            if limit == 0 || last.is_some_and(|(taken, _)| taken >= limit) {
                more = true;
                break;
            }
            let taken = last.map_or(0_usize, |(taken, _)| taken).saturating_add(1);
            last = Some((taken, place));
            page.lines.push(line);
        }
        let place = |(at, id)| HistoryPlace {
            numbers: false,
            at,
            id,
        };
        if more {
            // With a page that the numbers have filled, the text begins at its own beginning.
            let start = from.map_or((i64::MAX, i64::MAX), |from| (from.at, from.id));
            page.next = Some(place(last.map_or(start, |(_, place)| place)));
        } else if let Some(stopped) = stopped {
            page.next = Some(place(stopped));
            page.searched_to = Some(Timestamp::from_millis(stopped.0));
        }
        Ok(())
    }

    fn has_numbers(&self) -> bool {
        !self.shown.orders.is_empty() || !self.shown.batches.is_empty()
    }

    /// Lines that fit, newest first, at most `limit`; and where it stopped when it had read `most` lines before.
    fn read(
        &self,
        condition: &str,
        value: rusqlite::types::Value,
        from: Option<HistoryPlace>,
        most: usize,
        limit: usize,
    ) -> Result<Read, StoreError> {
        use rusqlite::types::Value as Sql;
        let mut values = vec![Sql::from(self.appid.to_owned()), value];
        let mut query = format!(
            "SELECT id, at, kind, source, source_id, transaction_id, batch_id, text FROM history
             WHERE appid = ?1 AND {condition}"
        );
        if let Some(kind) = self.query.kind {
            values.push(Sql::from(kind.word().to_owned()));
            query.push_str(" AND kind = ?");
        }
        if let Some(since) = self.query.since {
            values.push(Sql::from(since.millis()));
            query.push_str(" AND at >= ?");
        }
        if let Some(until) = self.query.until {
            values.push(Sql::from(until.millis()));
            query.push_str(" AND at < ?");
        }
        if let Some(from) = from {
            values.push(Sql::from(from.at));
            values.push(Sql::from(from.id));
            query.push_str(" AND (at, id) < (?, ?)");
        }
        query.push_str(" ORDER BY at DESC, id DESC");
        let mut statement = self.conn.prepare_cached(&query)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut found = Vec::new();
        let mut read: usize = 0;
        while let Some(row) = rows.next()? {
            if found.len() >= limit {
                return Ok((found, None));
            }
            let line = line_of(row)?;
            let place = (line.at.millis(), line.id);
            let text = row.get_ref(7)?.as_str().map_err(rusqlite::Error::from)?;
            if self.fits(text) {
                found.push(line);
            }
            read = read.saturating_add(1);
            if read >= most {
                return Ok((found, Some(place)));
            }
        }
        Ok((found, None))
    }

    fn fits(&self, text: &str) -> bool {
        let exact = self.query.number.as_ref().is_none_or(|(kind, number)| {
            *kind == NumberKind::Order || text.contains(&number.trim().to_lowercase())
        });
        exact
            && self
                .words
                .iter()
                .all(|same| same.iter().any(|word| text.contains(word.as_str())))
    }
}

fn line_of(row: &Row<'_>) -> Result<Found, StoreError> {
    let kind = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
    Ok(Found {
        id: row.get(0)?,
        at: Timestamp::from_millis(row.get(1)?),
        kind: HistoryKind::of(kind),
        source: row.get(3)?,
        source_id: row.get(4)?,
        order: row.get(5)?,
        batch: row.get(6)?,
    })
}
