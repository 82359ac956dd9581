//! How wide the columns are that somebody has made wider or narrower. Kept beside the tables and not in them, so that
//! every table remembers its columns without knowing where; the window writes down what has changed.

use std::collections::{BTreeMap, BTreeSet};

use egui::{Context, Id, Ui};

use super::{Column, Table};

/// The narrowest column.
const LEAST: f32 = 48.0;
/// The widest.
const MOST: f32 = 900.0;
/// What stands before a table's name among the things that the window remembers.
const KEY: &str = "table.";

/// The widths of all tables, in points, by the name of the table and of the column.
#[derive(Clone, Debug, Default)]
struct Widths {
    known: BTreeMap<String, BTreeMap<String, u16>>,
    changed: BTreeSet<String>,
}

fn id() -> Id {
    Id::unique("widths of the columns of all tables")
}

/// Takes over what was remembered, once at the start.
pub fn load_widths(ctx: &Context, kept: &BTreeMap<String, String>) {
    let mut widths = Widths::default();
    for (key, value) in kept {
        if let (Some(table), Ok(columns)) = (key.strip_prefix(KEY), serde_json::from_str(value)) {
            widths.known.insert(table.to_owned(), columns);
        }
    }
    ctx.data_mut(|data| data.insert_temp(id(), widths));
}

/// What is to be remembered since the last call, as key and value; nothing while a column is being dragged.
pub fn take_changed_widths(ctx: &Context) -> Vec<(String, String)> {
    if ctx.input(|input| input.pointer.any_down()) {
        return Vec::new();
    }
    ctx.data_mut(|data| {
        let widths = data.get_temp_mut_or_default::<Widths>(id());
        let changed = std::mem::take(&mut widths.changed);
        changed
            .into_iter()
            .map(|table| {
                let columns = widths.known.get(&table).filter(|columns| !columns.is_empty());
                let value = columns.and_then(|columns| serde_json::to_string(columns).ok());
                (format!("{KEY}{table}"), value.unwrap_or_default())
            })
            .collect()
    })
}

/// The width of each column, so that together they fill `available` when they can.
pub(super) fn of(ui: &Ui, table: &Table<'_>, available: f32) -> Vec<f32> {
    let known = ui.data_mut(|data| {
        let widths = data.get_temp_mut_or_default::<Widths>(id());
        widths.known.get(table.id).cloned().unwrap_or_default()
    });
    let width = |(index, column): (usize, &Column)| {
        let set = known.get(&key_of(index, column)).map(|width| f32::from(*width));
        set.unwrap_or(column.width).clamp(LEAST, MOST)
    };
    let mut widths: Vec<f32> = table.columns.iter().enumerate().map(width).collect();
    let fixed: f32 = widths
        .iter()
        .zip(table.columns)
        .filter(|(_, column)| !column.rest)
        .map(|(width, _)| *width)
        .sum();
    for (width, column) in widths.iter_mut().zip(table.columns) {
        if column.rest {
            // Its own width is the least it gets.
            *width = (available - fixed).max(*width).floor();
        }
    }
    widths
}

/// Makes a column so wide; `None` gives it back its usual width.
pub(super) fn set(ctx: &Context, table: &Table<'_>, index: usize, width: Option<f32>) {
    let Some(column) = table.columns.get(index) else {
        return;
    };
    let key = key_of(index, column);
    ctx.data_mut(|data| {
        let widths = data.get_temp_mut_or_default::<Widths>(id());
        let columns = widths.known.entry(table.id.to_owned()).or_default();
        let before = columns.get(&key).copied();
        let after = width.map(|width| {
            let whole = crate::ui::theme::whole(width.clamp(LEAST, MOST));
            u16::try_from(whole).unwrap_or(u16::MAX)
        });
        match after {
            Some(width) => columns.insert(key, width),
            None => columns.remove(&key),
        };
        if before != after {
            widths.changed.insert(table.id.to_owned());
        }
    });
}

fn key_of(index: usize, column: &Column) -> String {
    column.key.map_or_else(|| index.to_string(), str::to_owned)
}
