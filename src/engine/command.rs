//! Everything a person may ask the engine for, as one closed list: data and no closures, to be compared and tested.

use std::path::PathBuf;

pub use super::account_edit::{AccountEdit, Secrets};
pub use super::shopping::{ShoppingAsk, ShoppingSource};
pub use super::{
    diagnostics::DiagnosticsAsk, errands::ErrandCommand, history::HistoryWish, probe_run::ProbeAsk,
    retention::DataAsk,
};
use crate::domain::{
    CombinedDraft, Decision, Draft, Field, OrderQuery, PayNumber, RowWords, RowsOut, ShipmentId,
    TransactionId,
};
pub use crate::secrets::Secret;

/// Number of an account of this data folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub i64);

/// Number of an imported file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BatchId(pub i64);

/// What a person types about the team.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TeamEdit {
    /// The folder that the computers share; empty leaves the team.
    pub folder: String,
    /// A new team key; `None` keeps the one that is there.
    pub key: Option<Secret>,
    /// The name by which colleagues know this person; the system's when empty.
    pub operator: String,
}

/// What a person types about the door for push messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReceiverEdit {
    /// Open the door.
    pub on: bool,
    /// The port on this computer; 0 takes a free one.
    pub port: u16,
    /// A new Token; `None` keeps the one that is there.
    pub token: Option<Secret>,
    /// A new EncodingAESKey; `None` keeps the one that is there.
    pub aes_key: Option<Secret>,
    /// Forget both first.
    pub forget_keys: bool,
}

/// What a person asks for about payments of WeChat Pay Global.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayAsk {
    /// Ask for one payment.
    Query(PayNumber),
    /// Change with which numbers and keys is asked.
    Save(PayEdit),
    /// Forget them all.
    Forget,
}

/// What a person types about a merchant of WeChat Pay Global. Files are read once; their keys are sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PayEdit {
    /// The merchant, or in institution mode the sub-merchant.
    pub mchid: String,
    /// The institution; empty in common mode.
    pub sp_mchid: String,
    /// Number of the certificate; not needed with its file.
    pub serial_no: String,
    /// The private key (`apiclient_key.pem`); empty keeps the one that is there.
    pub key_file: PathBuf,
    /// The certificate (`apiclient_cert.pem`), only for its number; may be empty.
    pub certificate_file: PathBuf,
    /// A new APIv3 key; `None` keeps the one that is there.
    pub api_v3_key: Option<Secret>,
    /// Id of WeChat Pay's public key; empty where certificates are used.
    pub public_key_id: String,
    /// That key (`pub_key.pem`); empty keeps the one that is there.
    pub public_key_file: PathBuf,
    /// Only until the program ends: nothing of it is kept.
    pub only_now: bool,
}

/// What a person asks for about push messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventsAsk {
    /// Take messages that a person pastes.
    Paste(String),
    /// Take messages that stand in a file.
    File(PathBuf),
    /// Change what the door needs.
    SaveReceiver(ReceiverEdit),
    /// Use these keys and this port until the program ends; nothing of them is kept.
    UseKeys(ReceiverEdit),
    /// There is somebody who sees what is pushed; without this the door stays closed.
    Listen,
}

/// What is taken where the rows of a file leave something open; what is empty says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PresetEdit {
    /// Courier id.
    pub courier: String,
    /// What is in the parcel.
    pub item_desc: String,
    /// The sender's phone for 顺丰; masked before it is kept.
    pub sender_contact: String,
    /// Also for later files with the same headings.
    pub remember: bool,
}

/// One setting of the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preference {
    /// `zh-CN`, `en`, or empty for the system's.
    Language(String),
    /// `light`, `dark`, or empty for the system's.
    Theme(String),
    /// Seconds that a batch waits before it is sent, 0 to 600.
    HoldSecs(u32),
    /// Rows on one page of the order list.
    PageSize(usize),
    /// Zoom of the window in percent, 50 to 300.
    ZoomPercent(u32),
    /// Something that a part of the window remembers: columns, views, its place on the screen. Only that part
    /// can read it.
    Ui {
        /// Which part: small ASCII letters, digits, `.`, `-` and `_`, at most 64 bytes.
        key: String,
        /// What it remembers, usually JSON, at most 64 KiB; empty forgets it.
        value: String,
    },
    /// Messages of the system about what was missed while nobody looked.
    Notifications(bool),
}

/// Rows of the open file that go out as a file of their own, in the form of the open file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultFile {
    /// Which file is open, so that a click cannot mean another one.
    pub batch: BatchId,
    /// Where to; the ending says whether it is a workbook.
    pub path: PathBuf,
    /// A file that is there already may be replaced.
    pub replace: bool,
    /// Which rows.
    pub out: RowsOut,
    /// What is told beside each.
    pub words: RowWords,
}

/// A page that a browser shows and prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageFile {
    /// Where to.
    pub path: PathBuf,
    /// A file that is there already may be replaced.
    pub replace: bool,
    /// The page; it loads nothing from elsewhere.
    pub html: String,
    /// How many entries it has.
    pub entries: usize,
}

/// A table of words that goes out as a file of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableFile {
    /// Where to; the ending says whether it is a workbook.
    pub path: PathBuf,
    /// A file that is there already may be replaced.
    pub replace: bool,
    /// The name of the workbook's sheet.
    pub sheet: String,
    /// The headings.
    pub headings: Vec<String>,
    /// The rows, each with its cells under these headings.
    pub rows: Vec<Vec<String>>,
}

/// Everything a person may ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Fetch the orders of a query from WeChat, page by page, into the local list. When the last fetch of
    /// the same query failed, it goes on at its cursor.
    RefreshOrders(OrderQuery),
    /// Read these orders from WeChat again, one by one; of many only the first 200.
    RereadOrders(Vec<TransactionId>),
    /// Stop the fetch; what has come stays.
    StopRefresh,
    /// Show one order: from the local list at once, then from WeChat.
    OpenOrder(TransactionId),
    /// Show no order.
    CloseOrder,
    /// Look up an order by a number that a person typed, WeChat's or the shop's, and open it.
    FindOrder(String),
    /// Look up an order by the shop's number together with the merchant that took the payment, and open it.
    FindOrderOf {
        /// The merchant number.
        mchid: String,
        /// The shop's number.
        out_trade_no: String,
    },

    /// Ship one order.
    Ship(Draft),
    /// Ship the sub-orders of a combined order with one call, all of them or none.
    ShipCombined(CombinedDraft),
    /// Ship one order after a while in which it can be taken back.
    ShipAfter {
        /// The order and its parcels.
        draft: Draft,
        /// Seconds to wait before it is looked at and sent, at most 600.
        hold_secs: u32,
    },
    /// Take back a shipment that was not sent yet.
    CancelShipment(ShipmentId),
    /// Take back everything that was not sent yet.
    CancelAll,
    /// Decide about a shipment that stopped.
    Decide(ShipmentId, Decision),
    /// Send nothing more for now; looks go on.
    Pause,
    /// Go on after a pause, an interruption or an account failure.
    Resume,

    /// Read and check a file; nothing is sent.
    OpenFile(PathBuf),
    /// Read and check a file whose columns are understood like this, whatever is remembered; nothing is sent.
    OpenFileAs {
        /// Which file.
        path: PathBuf,
        /// What its headings are for; others are decided as usual.
        mapping: Vec<(String, Option<Field>)>,
    },
    /// Check the open file again (after couriers, orders or settings changed).
    RecheckBatch,
    /// Put the ready rows of the open file into the outbox.
    SendBatch {
        /// Which file, so that a click cannot hit another one.
        batch: BatchId,
        /// Seconds to wait before the first send, in which everything can be taken back.
        hold_secs: u32,
        /// A person allowed the single re-shipment for this file's shipped orders.
        reship: bool,
    },
    /// Type a cell of the open file anew; the file itself is never changed.
    RepairCell {
        /// Which file, so that it cannot mean another one.
        batch: BatchId,
        /// The row, by its index.
        row: usize,
        /// The column, by its index.
        column: usize,
        /// What the cell is to hold; `None` takes the repair back.
        text: Option<String>,
    },
    /// Stop reading, looking up or waiting for this file; sent rows stay sent, queued ones are taken back.
    StopBatch,
    /// Show no file.
    CloseBatch,
    /// Write rows of the open file with what became of them.
    SaveResults(ResultFile),
    /// Write a table, such as a packing list.
    SaveTable(TableFile),
    /// Write shipments into WeChat's own batch template.
    SaveTemplate {
        /// Where to; the ending says whether it is a workbook.
        path: PathBuf,
        /// A file that is there already may be replaced.
        replace: bool,
        /// Which shipments.
        shipments: Vec<ShipmentId>,
    },
    /// Write a page to be printed.
    SavePage(PageFile),
    /// From now on, files with these headings are understood like this; the open file is read again when it is one.
    RememberMapping {
        /// All headings of the file.
        headings: Vec<String>,
        /// What a person has decided; headings that are left out are decided as usual.
        mapping: Vec<(String, Option<Field>)>,
    },

    /// Something about the history.
    History(HistoryWish),
    /// Give what is remembered about a set of headings a name.
    RenameMapping {
        /// Which set.
        key: String,
        /// Its name; may be empty.
        name: String,
    },
    /// Decide as usual about files with these headings.
    ForgetMapping(String),

    /// Add or change an account.
    SaveAccount(AccountEdit),
    /// Work with this account.
    SelectAccount(AccountId),
    /// Forget an account and its secret. Its journal stays.
    RemoveAccount(AccountId),
    /// Test the account: secret, address, service, settlement, clock.
    TestAccount,
    /// Try the keyring of the system again.
    RetryKeyStore,
    /// A person has read what was recovered.
    CloseRecovered,
    /// Join the team of a folder, change what is known of it, or leave it.
    SaveTeam(TeamEdit),
    /// Which courier a row means that the reader does not know, for all rows of the open file that say the same.
    PickCourier {
        /// Which file, so that a click cannot hit another one.
        batch: BatchId,
        /// The row, by its index.
        row: usize,
        /// The courier's id.
        courier: String,
    },
    /// Take that back.
    UnpickCourier {
        /// Which file.
        batch: BatchId,
        /// The spelling as it stands in the file.
        spelling: String,
    },
    /// What is taken where the rows of the open file leave something open.
    PresetFile(BatchId, PresetEdit),
    /// From now on, this spelling means a courier.
    TeachCourier {
        /// As it stands in files.
        spelling: String,
        /// The courier's id.
        courier: String,
    },
    /// This spelling means nothing any more.
    ForgetCourier(String),
    /// Watch this folder for files that arrive; an empty one ends it. Nothing is sent because a file arrives.
    WatchFolder(PathBuf),
    /// There is somebody who sees what arrives; without this nothing is watched.
    ShowArrived,
    /// Empty the list of what has arrived; files that come later are shown again.
    ClearArrived,
    /// Reminders, reports of special orders, and the page that messages open.
    Errands(ErrandCommand),
    /// Something about payments of WeChat Pay Global.
    Pay(PayAsk),
    /// Something about shopping orders.
    Shopping(ShoppingAsk),
    /// Something about WeChat's push messages.
    Events(EventsAsk),
    /// Something about WeChat itself, the bundle for support, or the guided probe.
    Diagnose(DiagnosticsAsk),
    /// Offer the file no more that was checked and not sent.
    ForgetLeftOver,
    /// Send although the team's folder cannot be asked, until the program ends.
    SendWithoutClaims,
    /// Something about the data of this folder.
    Data(DataAsk),
    /// Keep a setting of the window.
    Prefer(Preference),
    /// End the engine after the answers on their way have been recorded.
    Shutdown,
}
