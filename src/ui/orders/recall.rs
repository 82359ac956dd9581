//! What the page remembers over restarts: columns and sort as they were left, and the saved views. Written down when
//! something has changed, and never while nothing has.

use super::Pane;
use super::model::views::{KeptTable, Views};
use super::model::{Columns, Sort};
use crate::engine::command::{Command, Preference};
use crate::engine::snapshot::Preferences;
use crate::ui::pane::Cx;

/// The key of columns and sort.
const LIST: &str = "orders.list";
/// The key of the saved views.
const VIEWS: &str = "orders.views";

/// What was written down last.
#[derive(Debug, Default)]
pub(super) struct Recall {
    done: bool,
    list: (Columns, Sort),
    views: Views,
}

impl Pane {
    /// Takes over what was remembered, once at the start.
    pub(super) fn recall(&mut self, cx: &Cx<'_>) {
        let kept = &cx.snapshot.preferences.ui;
        if self.recall.done || kept.is_empty() {
            return;
        }
        self.recall.done = true;
        let table = kept
            .get(LIST)
            .and_then(|text| serde_json::from_str::<KeptTable>(text).ok());
        if let Some(table) = table {
            (self.model.columns, self.model.sort) = table.read();
        }
        self.views = kept
            .get(VIEWS)
            .map(|text| Views::of_json(text))
            .unwrap_or_default();
        self.recall.list = (self.model.columns.clone(), self.model.sort);
        self.recall.views = self.views.clone();
    }

    /// Writes down what has changed in this frame.
    pub(super) fn keep(&mut self, cx: &mut Cx<'_>) {
        let mut send = |key: &str, value: String| {
            cx.send(Command::Prefer(Preference::Ui {
                key: key.to_owned(),
                value,
            }));
        };
        let (columns, sort) = &self.recall.list;
        if *columns != self.model.columns || *sort != self.model.sort {
            let table = KeptTable::of(&self.model.columns, self.model.sort);
            send(LIST, serde_json::to_string(&table).unwrap_or_default());
            self.recall.list = (self.model.columns.clone(), self.model.sort);
            self.recall.done = true;
        }
        if self.recall.views != self.views {
            send(VIEWS, self.views.to_json());
            self.recall.views = self.views.clone();
            self.recall.done = true;
        }
    }

    /// Shows a saved view.
    pub(super) fn show_saved(&mut self, cx: &Cx<'_>, name: &str) {
        if let Some(view) = self.views.get(name) {
            self.model.filter = view.filter_at(cx.now);
            self.model.sort = view.sort;
            self.model.columns = view.columns.clone();
            self.bar.follow(&self.model.filter);
        }
    }

    /// The view of a digit key or of the search for actions.
    pub(super) fn show_view_at(&mut self, cx: &Cx<'_>, index: usize) {
        if let Some(name) = self.views.all().get(index).map(|view| view.name.clone()) {
            self.show_saved(cx, &name);
        }
    }
}

/// The names of the saved views, in their order.
pub fn saved_views(preferences: &Preferences) -> Vec<String> {
    let kept = preferences.ui.get(VIEWS).map(String::as_str);
    let views = kept.map(Views::of_json).unwrap_or_default();
    views.all().iter().map(|view| view.name.clone()).collect()
}
