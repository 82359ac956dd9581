//! What the history page knows: what is asked for, and the lines in words. Lines that are there already are not put
//! into words again when more of them come.

use std::sync::Arc;
use std::time::Duration;

use crate::domain::{
    CourierList, FromFile, Happened, HistoryKind, HistoryLine, HistoryQuery, Timestamp, plain_text,
};
use crate::engine::snapshot::History;
use crate::i18n::{Lang, Mood, ToldLine, format, parcels_of, tell_happened, text, text_with};
use crate::ui::orders::model::Tone;

/// Since when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum When {
    /// Any time.
    #[default]
    Always,
    /// Since midnight.
    Today,
    /// The last seven days with today.
    Week,
    /// The last thirty days with today.
    Month,
}

impl When {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Always, Self::Today, Self::Week, Self::Month];

    /// The message with its words.
    pub fn word_id(self) -> &'static str {
        match self {
            Self::Always => "history-when-always",
            Self::Today => "history-when-today",
            Self::Week => "history-when-week",
            Self::Month => "history-when-month",
        }
    }

    fn since(self, now: Timestamp) -> Option<Timestamp> {
        let days = match self {
            Self::Always => return None,
            Self::Today => 1,
            Self::Week => 7,
            Self::Month => 30,
        };
        // China's days have 24 hours all year.
        let midnight = now.next_china_midnight();
        Some(midnight.minus(Duration::from_hours(24_u64.saturating_mul(days))))
    }
}

/// One line in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// When, short.
    pub at: String,
    /// What happened.
    pub told: ToldLine,
    /// The order's number; empty when it is about none.
    pub order: String,
    /// What was to be sent.
    pub parcels: String,
    /// The file with its row.
    pub from: String,
    /// Who.
    pub by: String,
}

/// What the rows were built from.
type Built = (Arc<[Arc<HistoryLine>]>, Arc<CourierList>, Lang);

/// The lines, the chosen one, and what is asked for.
#[derive(Debug, Default)]
pub struct Model {
    /// The words that are searched for.
    pub text: String,
    /// Only this kind.
    pub kind: Option<HistoryKind>,
    /// Only lines of a file of this name.
    pub file: String,
    /// Since when.
    pub when: When,
    /// The chosen line.
    pub selected: Option<usize>,
    asked: Option<HistoryQuery>,
    built: Option<Built>,
    rows: Vec<Row>,
}

impl Model {
    /// What is wanted now.
    pub fn query(&self, now: Timestamp) -> HistoryQuery {
        HistoryQuery {
            text: self.text.trim().to_owned(),
            file: self.file.clone(),
            kind: self.kind,
            since: self.when.since(now),
            ..HistoryQuery::default()
        }
    }

    /// The query that is to be asked now, when it was not asked yet.
    pub fn to_ask(&mut self, now: Timestamp) -> Option<HistoryQuery> {
        let query = self.query(now);
        if self.asked.as_ref() == Some(&query) {
            return None;
        }
        self.asked = Some(query.clone());
        self.selected = None;
        Some(query)
    }

    /// The same query is to be asked again.
    pub fn ask_again(&mut self) {
        self.asked = None;
    }

    /// Nothing narrows what is shown.
    pub fn is_wide(&self) -> bool {
        self.text.trim().is_empty()
            && self.file.is_empty()
            && self.kind.is_none()
            && self.when == When::Always
    }

    /// Shows everything again.
    pub fn clear(&mut self) {
        *self = Self {
            asked: self.asked.take(),
            ..Self::default()
        };
    }

    /// The lines in words; of those that were shown already none is built again.
    pub fn rows(
        &mut self,
        history: &History,
        couriers: &Arc<CourierList>,
        lang: Lang,
        now: Timestamp,
    ) -> &[Row] {
        let lines = &history.lines;
        let grown = self.built.as_ref().is_some_and(|(built, names, spoken)| {
            let goes_on = match (
                built.last(),
                built.len().checked_sub(1).and_then(|at| lines.get(at)),
            ) {
                (Some(last), Some(same)) => Arc::ptr_eq(last, same),
                (None, _) => true,
                (Some(_), None) => false,
            };
            goes_on && Arc::ptr_eq(names, couriers) && *spoken == lang
        });
        if !grown {
            self.rows.clear();
        }
        if self.rows.len() != lines.len() {
            let new = lines.iter().skip(self.rows.len());
            let new: Vec<Row> = new.map(|line| row(line, couriers, lang, now)).collect();
            self.rows.extend(new);
        }
        self.built = Some((Arc::clone(lines), Arc::clone(couriers), lang));
        &self.rows
    }

    /// A line in words.
    pub fn row(&self, position: usize) -> Option<&Row> {
        self.rows.get(position)
    }

    /// How many lines are in words.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// There is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The chosen line.
    pub fn chosen<'a>(&self, history: &'a History) -> Option<&'a Arc<HistoryLine>> {
        history.lines.get(self.selected?)
    }
}

fn row(line: &HistoryLine, couriers: &CourierList, lang: Lang, now: Timestamp) -> Row {
    let intent = line.intent.as_deref();
    let order = line.order.as_ref().map(ToString::to_string).unwrap_or_default();
    let parcels = intent.map_or_else(String::new, |intent| parcels_of(lang, intent, couriers));
    let shown = |text: &str| plain_text::cell(text).into_owned();
    let mut told = tell_happened(lang, line, couriers);
    told.title = shown(&told.title);
    Row {
        at: format::moment(line.at, now),
        told,
        order: shown(&order),
        parcels: shown(&parcels),
        from: shown(&from(lang, line)),
        by: shown(&line.by),
    }
}

/// Where a line comes from: a file with its row, or the form.
pub fn from(lang: Lang, line: &HistoryLine) -> String {
    match (&line.file, &line.happened) {
        (Some(file), _) => file_words(lang, file),
        (None, Happened::Record { .. }) => text(lang, "history-from-form"),
        (None, Happened::Did { .. } | Happened::Changed(_) | Happened::Errand { .. }) => String::new(),
    }
}

fn file_words(lang: Lang, file: &FromFile) -> String {
    if file.rows.is_empty() {
        return file.name.clone();
    }
    let rows: Vec<String> = file.rows.iter().map(ToString::to_string).collect();
    let args = [
        ("name", file.name.as_str().into()),
        ("row", rows.join(&text(lang, "list-separator")).into()),
    ];
    text_with(lang, "history-from-row", &args)
}

/// The tone of how a line is meant.
pub fn tone(mood: Mood) -> Tone {
    match mood {
        Mood::Quiet => Tone::Quiet,
        Mood::Busy => Tone::Busy,
        Mood::Good => Tone::Good,
        Mood::Bad => Tone::Bad,
        Mood::Unclear => Tone::Unclear,
        Mood::Person => Tone::Person,
    }
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
