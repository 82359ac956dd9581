//! An imported file as data: its rows, what each is for, and what has become of each.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Field, LogisticsType, MaskedContact, Problem, ProblemKind};

/// One column of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The heading as it stands in the file.
    pub heading: String,
    /// What it is used for; `None` when it is not used.
    pub field: Option<Field>,
}

/// Why a row is no shipment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ignored {
    /// Nothing in it.
    Blank,
    /// A line above the header.
    Title,
    /// The header again (merged files).
    RepeatedHeader,
    /// Sums.
    Totals,
    /// An example that a template came with.
    Sample,
    /// The tracking number says that it is not shipped yet (`无`, `-`, `待发货`).
    NotShippedYet,
}

impl Ignored {
    /// A person may say that it is a shipment after all, by typing in it what is to be sent.
    pub fn may_be_shipment(self) -> bool {
        match self {
            Self::Totals | Self::Sample | Self::RepeatedHeader | Self::NotShippedYet => true,
            Self::Blank | Self::Title => false,
        }
    }
}

/// A courier and a number from one row; either may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowParcel {
    /// Courier id of WeChat's list.
    pub courier: Option<String>,
    /// Cleaned tracking number.
    pub tracking_no: String,
}

/// One row of an imported file, read but not yet joined with orders.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRow {
    /// The row as a spreadsheet numbers it, from 1.
    pub row: u32,
    /// In a file of results: the row of the first file that it comes from. Rows that stood apart there do not become
    /// neighbours because the rows between them were left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<u32>,
    /// The cells as they stood, phones masked; those that a person has typed anew as they were typed.
    pub cells: Arc<[String]>,
    /// Columns whose cell is no plain text in the file and cannot be trusted as a number: digits lost, a formula,
    /// bytes that are no text. Such a cell stays so when the row is read again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubtful: Vec<usize>,
    /// What a person has repaired in this row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repaired: Option<Box<Repaired>>,
    /// Set when the row is no shipment.
    pub ignored: Option<Ignored>,
    /// The order's number, WeChat's or the shop's: told apart when it is looked up.
    pub order_number: Option<String>,
    /// The column the order number was taken from.
    pub order_column: Option<usize>,
    /// The merchant number, when the file has one.
    pub mchid: Option<String>,
    /// The parcels of this row: several when a cell lists several numbers.
    pub parcels: Vec<RowParcel>,
    /// What is in the parcel, with the quantity.
    pub item_desc: Option<String>,
    /// The receiver's masked phone.
    pub receiver_contact: Option<MaskedContact>,
    /// How the file says that it is carried; express when it says nothing.
    pub logistics_type: LogisticsType,
    /// The file says that this order is shipped in several parcels.
    pub split: bool,
    /// The file says that more parcels will follow.
    pub more_follows: bool,
    /// What is wrong so far.
    pub problems: Vec<Problem>,
}

impl FileRow {
    /// Only one courier is unknown and only one parcel lacks one, so that a word about it can mean no other parcel.
    pub fn lacks_one_courier(&self) -> bool {
        let unknown = |problem: &&Problem| matches!(problem.what, ProblemKind::UnknownCourier { .. });
        let lacking = self.parcels.iter().filter(|parcel| parcel.courier.is_none());
        self.problems.iter().filter(unknown).count() == 1 && lacking.count() <= 1
    }
}

/// Cells of a row that a person has typed anew. The file itself is never changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repaired {
    /// Their columns, from the left.
    pub columns: Vec<usize>,
    /// The row as it was read from the file.
    pub before: FileRow,
}

/// A cell that counts as something else than what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedCell<'a> {
    /// Its column.
    pub column: usize,
    /// As it stands in the file; phones masked.
    pub original: &'a str,
    /// What it counts as.
    pub now: String,
}

impl FileRow {
    /// The row as it was read from the file.
    pub fn as_read(&self) -> &Self {
        self.repaired.as_deref().map_or(self, |repaired| &repaired.before)
    }

    /// Columns whose cells a person has typed anew, from the left.
    pub fn repaired_columns(&self) -> &[usize] {
        self.repaired.as_deref().map_or(&[], |repaired| &repaired.columns)
    }

    /// It directly follows the other one, also in the file that both were written from.
    pub fn follows(&self, other: &Self) -> bool {
        match (other.origin, self.origin) {
            (Some(before), Some(after)) => before.checked_add(1) == Some(after),
            (None, _) | (_, None) => true,
        }
    }

    /// Every id that was cleaned, be it of a wrapper only: the order's number, and the tracking numbers with `;`
    /// between them.
    pub fn changed_cells(&self, columns: &[Column]) -> Vec<ChangedCell<'_>> {
        let order = self.order_column.zip(self.order_number.clone());
        let is_tracking =
            |column: &usize| columns.get(*column).and_then(|c| c.field) == Some(Field::TrackingNo);
        let of_numbers: Vec<usize> = (0..columns.len()).filter(is_tracking).collect();
        let numbers: Vec<&str> = self.parcels.iter().map(|p| p.tracking_no.as_str()).collect();
        let tracking: Vec<(usize, String)> = match of_numbers.as_slice() {
            _ if numbers.is_empty() => Vec::new(),
            [column] => vec![(*column, numbers.join(";"))],
            // Of several columns only a cell that was tidied up says which of the numbers is its own.
            several => several
                .iter()
                .filter_map(|column| Some((*column, self.tidied(*column)?)))
                .collect(),
        };
        order
            .into_iter()
            .chain(tracking)
            .filter_map(|(column, now)| {
                let original = self.cells.get(column)?;
                (*original != now).then_some(ChangedCell {
                    column,
                    original,
                    now,
                })
            })
            .collect()
    }

    /// What a cell counts as, when more than wrappers came off it.
    fn tidied(&self, column: usize) -> Option<String> {
        let mut told = self
            .problems
            .iter()
            .filter(|problem| problem.column == Some(column));
        told.find_map(|problem| {
            if let ProblemKind::Cleaned { now } = &problem.what {
                Some(now.clone())
            } else {
                None
            }
        })
    }

    /// How much memory it takes, in bytes, roughly.
    pub fn bytes(&self) -> usize {
        let text = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        let cells = self
            .cells
            .iter()
            .map(|cell| cell.len().saturating_add(size_of::<String>()));
        let parcels = self.parcels.iter().map(|parcel| {
            let courier = text(&parcel.courier);
            let text = courier.saturating_add(parcel.tracking_no.len());
            text.saturating_add(size_of::<RowParcel>())
        });
        let problems = self
            .problems
            .iter()
            .map(|problem| size_of::<Problem>().saturating_add(text(&problem.value)));
        let texts = [&self.order_number, &self.mchid, &self.item_desc]
            .into_iter()
            .map(text);
        cells
            .chain(parcels)
            .chain(problems)
            .chain(texts)
            .fold(size_of::<Self>(), usize::saturating_add)
    }

    /// Under which its order is looked up: the number, and whose number it is when the file says so.
    pub fn lookup_key(&self) -> Option<OrderNumber> {
        self.order_number.clone().map(|number| OrderNumber {
            number,
            mchid: self.mchid.clone(),
        })
    }
}

/// An order number as a file gives it, with the merchant when the file names one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderNumber {
    /// WeChat's number or the shop's.
    pub number: String,
    /// The merchant whose number it is.
    pub mchid: Option<String>,
}

/// A file that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedFile {
    /// The file's name without its folder.
    pub name: String,
    /// Hex SHA-256 of its bytes.
    pub sha256: String,
    /// `utf-8`, `gb18030`, `utf-16le`, `utf-16be`, or `xlsx`.
    pub encoding: String,
    /// The row of the header, from 1; 0 when none was found.
    pub header_row: u32,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows from the first to the last, the ignored ones among them.
    pub rows: Vec<FileRow>,
    /// What is wrong with the file as a whole.
    pub problems: Vec<Problem>,
}

impl ImportedFile {
    /// The usual ending of a file that is written in this one's form, without a dot.
    pub fn ending(&self) -> &'static str {
        let by_name = self
            .name
            .rsplit_once('.')
            .map(|(_, ending)| ending.to_lowercase());
        match (self.encoding.as_str(), by_name.as_deref()) {
            ("xlsx" | "xls", _) | (_, Some("xls" | "xlsx" | "htm" | "html")) => "xlsx",
            (_, Some("txt")) => "txt",
            (_, Some("tsv")) => "tsv",
            (_, Some(_) | None) => "csv",
        }
    }
}

/// What has become of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowStatus {
    /// May be sent.
    Ready,
    /// Cannot be sent until it is repaired.
    Blocked,
    /// No shipment.
    Ignored,
    /// WeChat holds exactly this already.
    AlreadyDone,
    /// In the outbox.
    Queued,
    /// In the outbox, waiting until WeChat shows the order.
    Waiting,
    /// Being sent.
    Sending,
    /// Sent, outcome not known yet.
    Unclear,
    /// WeChat holds it.
    Shipped,
    /// WeChat refused it.
    Refused,
    /// Only a person can decide.
    NeedsPerson,
    /// Taken back before it was sent.
    Cancelled,
}

impl RowStatus {
    /// The word of the command line's JSON (`cli.md`): what is on its way counts as waiting, what was taken
    /// back may be sent again.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ready | Self::Cancelled => "ready",
            Self::Blocked => "blocked",
            Self::Ignored => "ignored",
            Self::AlreadyDone => "already_done",
            Self::Queued | Self::Waiting | Self::Sending => "waiting",
            Self::Unclear => "unclear",
            Self::Shipped => "shipped",
            Self::Refused => "refused",
            Self::NeedsPerson => "needs_person",
        }
    }
}

impl From<&super::State> for RowStatus {
    fn from(state: &super::State) -> Self {
        use super::State;
        match state {
            State::Queued => Self::Queued,
            State::Waiting => Self::Waiting,
            State::Sending => Self::Sending,
            State::Unclear(_) => Self::Unclear,
            State::Shipped { .. } => Self::Shipped,
            State::Rejected(_) => Self::Refused,
            State::NeedsPerson(_) => Self::NeedsPerson,
            State::Cancelled => Self::Cancelled,
        }
    }
}

/// How many rows have which status. `warned` counts the ready rows that have a warning, so it is part of
/// `ready` and not beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// All rows below the header.
    pub rows: usize,
    /// May be sent.
    pub ready: usize,
    /// Of the rows that may be sent or are on their way, those with a warning.
    pub warned: usize,
    /// See [`RowStatus`].
    pub blocked: usize,
    /// See [`RowStatus`].
    pub ignored: usize,
    /// See [`RowStatus`].
    pub shipped: usize,
    /// See [`RowStatus`].
    pub already_done: usize,
    /// See [`RowStatus`].
    pub refused: usize,
    /// See [`RowStatus`].
    pub unclear: usize,
    /// See [`RowStatus`].
    pub needs_person: usize,
    /// Queued, waiting or being sent.
    pub waiting: usize,
}

impl Counts {
    /// Counts the statuses of all rows; `warned` is left to the caller.
    pub fn of(statuses: impl IntoIterator<Item = RowStatus>) -> Self {
        let mut counts = Self::default();
        for status in statuses {
            counts.rows = counts.rows.saturating_add(1);
            let slot = match status {
                RowStatus::Ready | RowStatus::Cancelled => &mut counts.ready,
                RowStatus::Blocked => &mut counts.blocked,
                RowStatus::Ignored => &mut counts.ignored,
                RowStatus::AlreadyDone => &mut counts.already_done,
                RowStatus::Queued | RowStatus::Waiting | RowStatus::Sending => &mut counts.waiting,
                RowStatus::Unclear => &mut counts.unclear,
                RowStatus::Shipped => &mut counts.shipped,
                RowStatus::Refused => &mut counts.refused,
                RowStatus::NeedsPerson => &mut counts.needs_person,
            };
            *slot = slot.saturating_add(1);
        }
        counts
    }
}

/// A column as a spreadsheet names it: A, B, … Z, AA.
pub fn column_letters(column: usize) -> String {
    let mut left = column.saturating_add(1);
    let mut name = String::new();
    while left > 0 {
        let digit = left.saturating_sub(1) % 26;
        let letter = u8::try_from(digit).map_or('?', |digit| char::from(b'A'.saturating_add(digit)));
        name.insert(0, letter);
        left = left.saturating_sub(1) / 26;
    }
    name
}
