//! Taking back an edit that was not sent: for every command that only changes what is known here there is one that
//! changes it back, found before it is performed. What was sent is never taken back by this.

use crate::domain::{Problem, ProblemKind};
use crate::engine::command::{Command, PresetEdit};
use crate::engine::snapshot::{BatchView, Snapshot};

/// Edits that can be taken back at most.
const MOST: usize = 50;

/// An edit and its way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    /// The message that says what was edited.
    pub words: &'static str,
    /// What changes it back.
    pub command: Command,
}

/// The edits that can be taken back, the newest last.
#[derive(Debug, Default)]
pub struct History {
    edits: Vec<Undo>,
    /// This command is itself an undo and is not remembered.
    undoing: Option<Command>,
}

impl History {
    /// Looks at a command that is about to be performed. The message that says what can be taken back, when it can.
    pub fn see(&mut self, command: &Command, snapshot: &Snapshot) -> Option<&'static str> {
        if self.undoing.as_ref() == Some(command) {
            self.undoing = None;
            return None;
        }
        if forgets_the_file(command) {
            self.edits.clear();
            return None;
        }
        let undo = inverse(command, snapshot)?;
        let words = undo.words;
        self.edits.push(undo);
        let surplus = self.edits.len().saturating_sub(MOST);
        self.edits.drain(..surplus);
        Some(words)
    }

    /// The way back from the newest edit, once.
    pub fn take(&mut self) -> Option<Command> {
        let undo = self.edits.pop()?;
        self.undoing = Some(undo.command.clone());
        Some(undo.command)
    }
}

/// After these, edits of a file have no file any more, or were sent.
fn forgets_the_file(command: &Command) -> bool {
    matches!(
        command,
        Command::OpenFile(_)
            | Command::OpenFileAs { .. }
            | Command::CloseBatch
            | Command::StopBatch
            | Command::SendBatch { .. }
            | Command::SelectAccount(_)
            | Command::RemoveAccount(_)
    )
}

/// The edit and what changes it back; `None` for what is no edit or cannot be changed back.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "most commands are no edits; a new one cannot be taken back until somebody says how"
)]
pub fn inverse(command: &Command, snapshot: &Snapshot) -> Option<Undo> {
    let open = snapshot.batch.as_deref();
    let of = |batch| open.filter(|view| view.id == batch);
    match command {
        Command::RepairCell {
            batch, row, column, ..
        } => {
            let text = typed_before(of(*batch)?, *row, *column)?;
            Some(Undo {
                words: "undo-cell",
                command: Command::RepairCell {
                    batch: *batch,
                    row: *row,
                    column: *column,
                    text,
                },
            })
        }
        Command::PickCourier { batch, row, .. } => Some(Undo {
            words: "undo-courier",
            command: Command::UnpickCourier {
                batch: *batch,
                spelling: spelling_in(of(*batch)?, *row)?,
            },
        }),
        Command::PresetFile(batch, _) => {
            let before = &of(*batch)?.preset;
            let contact = before.preset.sender_contact.as_ref();
            Some(Undo {
                words: "undo-preset",
                command: Command::PresetFile(
                    *batch,
                    PresetEdit {
                        courier: before.preset.courier.clone(),
                        item_desc: before.preset.item_desc.clone(),
                        sender_contact: contact
                            .map_or_else(String::new, |contact| contact.as_str().to_owned()),
                        remember: before.remembered,
                    },
                ),
            })
        }
        Command::RememberMapping { headings, .. } => {
            let known = snapshot
                .mappings
                .iter()
                .find(|known| same(&known.headings, headings));
            Some(Undo {
                words: "undo-columns",
                command: Command::RememberMapping {
                    headings: headings.clone(),
                    mapping: known.map_or_else(Vec::new, |known| known.mapping.clone()),
                },
            })
        }
        Command::TeachCourier { spelling, .. } => {
            let mut taught = snapshot.couriers.taught().iter();
            let before = taught.find(|taught| taught.spelling == *spelling);
            Some(Undo {
                words: "undo-taught",
                command: match before {
                    Some(taught) => teach(spelling, &taught.id),
                    None => Command::ForgetCourier(spelling.clone()),
                },
            })
        }
        Command::ForgetCourier(spelling) => {
            let mut taught = snapshot.couriers.taught().iter();
            let before = taught.find(|taught| taught.spelling == *spelling)?;
            Some(Undo {
                words: "undo-taught",
                command: teach(spelling, &before.id),
            })
        }
        _ => None,
    }
}

fn teach(spelling: &str, courier: &str) -> Command {
    Command::TeachCourier {
        spelling: spelling.to_owned(),
        courier: courier.to_owned(),
    }
}

/// What a person had typed into a cell before; `Some(None)` when nobody had. A masked number cannot be typed again.
#[expect(
    clippy::option_option,
    reason = "whether it can be typed again, and whether anything was typed"
)]
fn typed_before(view: &BatchView, row: usize, column: usize) -> Option<Option<String>> {
    let row = view.rows.get(row)?;
    let repaired = row
        .repaired
        .as_ref()
        .is_some_and(|repaired| repaired.columns.contains(&column));
    if !repaired {
        return Some(None);
    }
    let text = row.cells.get(column)?;
    (!text.contains('*')).then(|| Some(text.clone()))
}

/// How a row of the file spells the courier that is not known.
fn spelling_in(view: &BatchView, row: usize) -> Option<String> {
    let row = view.rows.get(row)?;
    let unknown = |problem: &&Problem| matches!(problem.what, ProblemKind::UnknownCourier { .. });
    row.problems.iter().find(unknown)?.value.clone()
}

fn same(one: &[String], other: &[String]) -> bool {
    let sorted = |headings: &[String]| {
        let mut headings = headings.to_vec();
        headings.sort();
        headings
    };
    sorted(one) == sorted(other)
}

#[cfg(test)]
#[path = "undo_tests.rs"]
mod tests;
