//! What a person wants to put into a file: the proposed name, and the command once a place is chosen. Apart from the
//! pages, which only say what is wanted.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::file_picker::Request;
use super::orders::model::sheet;
use super::pane::Cx;
use super::scan::sheet as barcodes;
use crate::domain::shopping::sample;
use crate::domain::{Order, RowsOut, ScanCode, ShipmentId, ShoppingCall, State, TransactionId};
use crate::engine::command::{
    BatchId, Command, DataAsk, DiagnosticsAsk, HistoryWish, PageFile, ResultFile, TableFile,
};
use crate::engine::snapshot::Snapshot;
use crate::i18n::{Lang, format, result_words, shopping_call_name, text};

/// A file that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Save {
    /// Rows of the open file.
    Rows(BatchId, RowsOut),
    /// The refused orders in WeChat's own template.
    Template,
    /// The history that is shown.
    History,
    /// The shipments of the outbox that are shown.
    Outbox,
    /// The barcodes of the scanner station's commands, to be printed.
    ScanSheet,
    /// Everything that the record holds.
    Everything,
    /// A packing list of these orders.
    PackingList(Arc<[TransactionId]>),
    /// The bundle for support that was shown.
    Bundle,
    /// A sample of a table of shopping orders.
    ShoppingSample(ShoppingCall),
}

impl Save {
    /// What the dialog is asked.
    pub fn request(&self, cx: &Cx<'_>) -> Request {
        let (title, name) = match self {
            Self::Template => ("outbox-save-template-title", cx.t("outbox-template-name")),
            Self::History => ("history-save-title", cx.t("history-save-name")),
            Self::Outbox => ("outbox-save-title", cx.t("outbox-save-name")),
            Self::Everything => ("settings-data-export", cx.t("settings-data-export-name")),
            Self::ScanSheet => ("scan-sheet-save-title", cx.t("scan-sheet-name")),
            Self::Bundle => {
                let day = format::moment_exact(cx.now).chars().take(10).collect::<String>();
                ("bundle-dialog", format!("fahuo-support-{day}.zip"))
            }
            Self::ShoppingSample(call) => {
                let call = shopping_call_name(cx.lang, *call);
                (
                    "shopping-sample-title",
                    cx.ta("shopping-sample-name", &[("call", call.into())]),
                )
            }
            Self::PackingList(_) => {
                let day = format::moment_exact(cx.now).chars().take(10).collect::<String>();
                (
                    "orders-marked-save",
                    cx.ta("packing-name", &[("day", day.into())]),
                )
            }
            Self::Rows(_, out) => {
                let file = cx.snapshot.batch.as_ref().map(|batch| &batch.file);
                let stem = file.map_or("", |file| file.name.as_str());
                let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
                let ending = file.map_or("csv", |file| file.ending());
                let (title, id) = match *out {
                    RowsOut::Failures => ("import-save-failures", "import-failures-name"),
                    RowsOut::Successes => ("import-save-successes", "import-successes-name"),
                };
                (title, format!("{}.{ending}", cx.ta(id, &[("name", stem.into())])))
            }
        };
        let kind = if *self == Self::ScanSheet {
            "picker-kind-page"
        } else {
            "picker-kind"
        };
        Request {
            title: cx.t(title),
            kind: cx.t(kind),
            save_as: Some(name),
        }
    }

    /// What is asked of the engine; `None` when the file was closed meanwhile. The dialog of the system has asked
    /// already whether a file may be replaced.
    pub fn command(self, snapshot: &Snapshot, lang: Lang, path: PathBuf) -> Option<Command> {
        let replace = true;
        match self {
            Self::Template => {
                let rows = snapshot.outbox.rows.iter();
                let refused = rows.filter(|shipment| matches!(shipment.state, State::Rejected(_)));
                let shipments: Vec<ShipmentId> = refused.map(|shipment| shipment.id).collect();
                Some(Command::SaveTemplate {
                    path,
                    replace,
                    shipments,
                })
            }
            Self::History => Some(Command::History(HistoryWish::Collect {
                query: snapshot.history.query.clone(),
                most: usize::MAX,
                to: Some(path),
            })),
            Self::Bundle => Some(Command::Diagnose(DiagnosticsAsk::SaveBundle { path, replace })),
            Self::Everything => Some(Command::Data(DataAsk::Export { path, replace })),
            // The page knows which of them are shown.
            Self::Outbox => None,
            Self::ScanSheet => Some(Command::SavePage(PageFile {
                path,
                replace,
                html: barcodes::page(lang),
                entries: ScanCode::ALL.len(),
            })),
            Self::ShoppingSample(call) => {
                let (headings, rows) = sample(call, lang == Lang::ZhCn);
                Some(Command::SaveTable(TableFile {
                    path,
                    replace,
                    sheet: text(lang, "shopping-sample-sheet"),
                    headings,
                    rows,
                }))
            }
            Self::PackingList(wanted) => {
                let orders = known_orders(snapshot, &wanted);
                let (headings, rows) = sheet::packing_list(lang, &orders, &snapshot.couriers);
                Some(Command::SaveTable(TableFile {
                    path,
                    replace,
                    sheet: text(lang, "packing-sheet"),
                    headings,
                    rows,
                }))
            }
            Self::Rows(batch, out) => {
                snapshot.batch.as_ref().filter(|view| view.id == batch)?;
                Some(Command::SaveResults(ResultFile {
                    batch,
                    path,
                    replace,
                    out,
                    words: result_words(lang),
                }))
            }
        }
    }
}

/// The orders of these numbers as they are known now, in the same order.
fn known_orders(snapshot: &Snapshot, wanted: &[TransactionId]) -> Vec<Arc<Order>> {
    let rows = snapshot.orders.rows.iter();
    let known: HashMap<&TransactionId, &Arc<Order>> =
        rows.map(|order| (&order.transaction_id, order)).collect();
    wanted
        .iter()
        .filter_map(|id| known.get(id).map(|order| Arc::clone(order)))
        .collect()
}
