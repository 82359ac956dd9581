//! Views that a person has saved: a name for a filter, an order of rows and columns. Written down as JSON that later
//! versions can add to.

use serde::{Deserialize, Serialize};

use super::columns::{Col, Columns, Sort};
use super::filter::{Filter, Preset, View};
use crate::domain::{OpenId, OrderState, Timestamp};

/// Views that can be kept; nobody finds one among more.
pub const VIEWS: usize = 30;
/// Characters of a name.
pub const NAME_CHARS: usize = 40;

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// Its name.
    pub name: String,
    /// What is shown.
    pub filter: Filter,
    /// Days that move with the calendar; otherwise those of the filter count.
    pub days: Option<Preset>,
    /// The order of the rows.
    pub sort: Sort,
    /// The columns.
    pub columns: Columns,
}

impl SavedView {
    /// What is on the screen now, under a name. Days that are one of the presets move on with the calendar.
    pub fn of(name: &str, filter: &Filter, sort: Sort, columns: &Columns, now: Timestamp) -> Self {
        let mut filter = filter.clone();
        let days = filter.preset(now);
        if days.is_some() {
            (filter.from, filter.to) = Default::default();
        }
        filter.payer = kept_payer(&filter.payer);
        Self {
            name: name_of(name),
            filter,
            days,
            sort,
            columns: columns.clone(),
        }
    }

    /// Its filter with the days of today.
    pub fn filter_at(&self, now: Timestamp) -> Filter {
        let mut filter = self.filter.clone();
        if let Some(days) = self.days {
            filter.choose(days, now);
        }
        filter
    }

    /// What is on the screen is this view.
    pub fn shows(&self, filter: &Filter, sort: Sort, columns: &Columns, now: Timestamp) -> bool {
        let mut filter = filter.clone();
        filter.payer = kept_payer(&filter.payer);
        let same = self.filter_at(now);
        (same.view, same.matcher()) == (filter.view, filter.matcher())
            && self.sort == sort
            && self.columns == *columns
    }
}

/// A whole openid is personal and not written down; its ends find the same payer.
fn kept_payer(typed: &str) -> String {
    let typed = typed.trim();
    if typed.chars().count() > 12 && !typed.contains('…') {
        return OpenId(typed.to_owned()).short();
    }
    typed.to_owned()
}

/// A name without blanks around it, not too long; may be empty.
pub fn name_of(typed: &str) -> String {
    typed.trim().chars().take(NAME_CHARS).collect()
}

/// All saved views.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Views(Vec<SavedView>);

impl Views {
    /// The views in the order in which they were saved.
    pub fn all(&self) -> &[SavedView] {
        &self.0
    }

    /// The name of the view that is on the screen.
    pub fn shown(&self, filter: &Filter, sort: Sort, columns: &Columns, now: Timestamp) -> Option<&str> {
        let view = self
            .0
            .iter()
            .find(|view| view.shows(filter, sort, columns, now))?;
        Some(&view.name)
    }

    /// A view by its name.
    pub fn get(&self, name: &str) -> Option<&SavedView> {
        self.0.iter().find(|view| view.name == name)
    }

    /// Keeps a view; one of the same name is replaced. `false` when there is no name or no room.
    pub fn save(&mut self, view: SavedView) -> bool {
        if view.name.is_empty() {
            return false;
        }
        if let Some(known) = self.0.iter_mut().find(|known| known.name == view.name) {
            *known = view;
            return true;
        }
        if self.0.len() >= VIEWS {
            return false;
        }
        self.0.push(view);
        true
    }

    /// Gives a view another name; `false` when the name is empty or taken.
    pub fn rename(&mut self, from: &str, to: &str) -> bool {
        let to = name_of(to);
        let taken = to != from && self.get(&to).is_some();
        match self.0.iter_mut().find(|view| view.name == from) {
            Some(view) if !to.is_empty() && !taken => {
                view.name = to;
                true
            }
            Some(_) | None => false,
        }
    }

    /// Forgets a view.
    pub fn delete(&mut self, name: &str) {
        self.0.retain(|view| view.name != name);
    }

    /// As they are written down; empty when there are none.
    pub fn to_json(&self) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        let kept: Vec<Kept> = self.0.iter().map(Kept::of).collect();
        serde_json::to_string(&kept).unwrap_or_default()
    }

    /// Reads what was written down; what cannot be read is left out.
    pub fn of_json(text: &str) -> Self {
        let kept: Vec<serde_json::Value> = serde_json::from_str(text).unwrap_or_default();
        let mut views = Self::default();
        for value in kept {
            if let Ok(kept) = serde_json::from_value::<Kept>(value) {
                views.save(kept.view());
            }
        }
        views
    }
}

/// One view as it is written down.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    name: String,
    group: String,
    search: String,
    payer: String,
    from: String,
    to: String,
    days: String,
    #[serde(flatten)]
    table: KeptTable,
}

/// Columns and sort as they are written down.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptTable {
    columns: Vec<String>,
    sort: String,
    descending: bool,
}

impl KeptTable {
    /// What is written down.
    pub fn of(columns: &Columns, sort: Sort) -> Self {
        Self {
            columns: columns.keys(),
            sort: sort.by.key().to_owned(),
            descending: sort.descending,
        }
    }

    /// What it means.
    pub fn read(&self) -> (Columns, Sort) {
        let sort = Col::of_key(&self.sort).map_or_else(Sort::default, |by| Sort {
            by,
            descending: self.descending,
        });
        (Columns::of_keys(&self.columns), sort)
    }
}

impl Kept {
    fn of(view: &SavedView) -> Self {
        let filter = view.filter.clone();
        Self {
            name: view.name.clone(),
            group: group_key(filter.view),
            search: filter.search,
            payer: filter.payer,
            from: filter.from,
            to: filter.to,
            days: view.days.map_or("", Preset::key).to_owned(),
            table: KeptTable::of(&view.columns, view.sort),
        }
    }

    fn view(self) -> SavedView {
        let (columns, sort) = self.table.read();
        SavedView {
            name: name_of(&self.name),
            filter: Filter {
                view: group_of(&self.group),
                search: self.search,
                payer: self.payer,
                from: self.from,
                to: self.to,
            },
            days: Preset::ALL.into_iter().find(|preset| preset.key() == self.days),
            sort,
            columns,
        }
    }
}

fn group_key(view: View) -> String {
    match view {
        View::All => "all".to_owned(),
        View::State(state) => format!("state:{}", i64::from(state)),
        View::DueSoon => "due_soon".to_owned(),
        View::Over36Hours => "over_36_hours".to_owned(),
        View::Overdue => "overdue".to_owned(),
        View::PartlyShipped => "partly_shipped".to_owned(),
        View::InDispute => "in_dispute".to_owned(),
        View::Unsettled => "unsettled".to_owned(),
    }
}

fn group_of(key: &str) -> View {
    let state = key
        .strip_prefix("state:")
        .and_then(|code| code.parse::<i64>().ok());
    let of_state = state.map(|code| View::State(OrderState::from(code)));
    let named = View::ALL.into_iter().find(|view| group_key(*view) == key);
    of_state.or(named).unwrap_or_default()
}

#[cfg(test)]
#[path = "views_tests.rs"]
mod tests;
