//! Work beside the loop: calls to WeChat, reading of files, the keyring. Each job ends as one [`JobDone`] in
//! the loop's inbox and never touches the store.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use tokio::sync::mpsc;

use super::account_edit::Secrets;
use super::clock::Age;
use super::command::{AccountId, TeamEdit};
use super::credentials::Renewed;
use super::diagnostics::DiagnosticsDone;
use super::doctor::{self, CheckKind, CheckResult};
use super::events::EventsDone;
use super::kept::Kept;
use super::notice::Notice;
use super::pay::PayDone;
use super::quota::Api;
use super::shopping::ShoppingDone;
use super::watch_folder::WatchDone;
use crate::domain::{
    CallFailure, ClaimAnswer, ClaimsTrouble, Courier, CourierList, ErrandId, FailureKind, Field,
    FileNotSaved, FileRow, FileSaved, ImportedFile, Order, OrderAnswer, OrderKey, OrderNumber, OrderQuery,
    SecretField, ShipmentId, TransactionId,
};
use crate::import::{Mappings, ReadOptions};
use crate::secrets::{Secret, Vault, VaultStatus};
use crate::wechat::{Client, OrderPage, Quota, Upload};

/// Orders on one page of WeChat's list; the maximum is not published, 50 is safe (U-7).
pub const PAGE_SIZE: u32 = 50;

/// An order with the text of the answer, masked and cut.
pub type Reading = (Order, String);

/// What a job brings back.
#[derive(Debug)]
pub enum JobDone {
    /// The look of a shipment, and when it was asked for.
    Looked(ShipmentId, Box<Result<Reading, CallFailure>>, Age),
    /// The answer to an upload.
    Uploaded(ShipmentId, Upload),
    /// The answer to an upload of several shipments together.
    UploadedCombined(Vec<ShipmentId>, Upload),
    /// A page of the list.
    Page(u64, Result<OrderPage, CallFailure>),
    /// A page of the list that confirms what was sent.
    Swept(Result<OrderPage, CallFailure>),
    /// The order beside the list.
    Opened(TransactionId, Box<Result<Reading, CallFailure>>),
    /// An order that a person looked for.
    Found(u64, String, Box<OrderAnswer>, Option<String>),
    /// A file.
    FileRead(u64, Box<ImportedFile>, Kept<FileRow>),
    /// An order of a file.
    LookedUp(u64, OrderNumber, Box<OrderAnswer>, Option<String>),
    /// The account's couriers.
    Couriers(Result<Vec<Courier>, CallFailure>),
    /// What is left of today's quotas; calls that WeChat says nothing about are left out.
    Quotas(Vec<(Api, Quota)>),
    /// One check of the doctor; `None` ends the series.
    Check(u64, Option<(CheckKind, CheckResult)>),
    /// The keyring answered about an account's secrets.
    Secrets(AccountId, Secrets, VaultStatus),
    /// Secrets were sealed for keeping, or could not be.
    Sealed(AccountId, Vec<(SecretField, Option<Vec<u8>>)>, VaultStatus),
    /// WeChat has given a new refresh token.
    Renewed(Renewed),
    /// A file was put down, or not.
    Saved(Notice),
    /// The team's folder answered about an order.
    Claimed(ShipmentId, ClaimAnswer),
    /// An order has gone back to the team.
    Released(TransactionId),
    /// The keyring answered about the team key.
    TeamKey(Option<Secret>),
    /// A folder was tried as the team's; `true` when this computer is its first.
    TeamJoined(Box<TeamEdit>, Result<bool, ClaimsTrouble>),
    /// The team key was sealed for keeping, or could not be; and whether this computer is the first.
    TeamSealed(Option<Vec<u8>>, bool),
    /// The look of an errand, and when it was asked for.
    ErrandLooked(ErrandId, Box<Result<(Order, String), CallFailure>>, Age),
    /// The answer to an errand.
    ErrandSent(ErrandId, Upload),
    /// The answer about the page that messages open.
    JumpPathSet(Upload),
    /// The watched folder or one of its files was read.
    Watch(WatchDone),
    /// Something about push messages.
    Events(EventsDone),
    /// Something about payments of WeChat Pay Global.
    Pay(PayDone),
    /// Something about WeChat itself, or about the probe.
    Diagnostics(DiagnosticsDone),
    /// Something about shopping orders.
    Shopping(ShoppingDone),
    /// Nothing that the loop must know.
    Nothing,
}

impl JobDone {
    /// What follows from it may be written together with what follows from others of its kind.
    pub fn waits_for_the_group(&self) -> bool {
        matches!(
            self,
            Self::Looked(..) | Self::Uploaded(..) | Self::UploadedCombined(..) | Self::Claimed(..)
        )
    }

    /// It is told whichever account is worked with by now: uploads know their shipment, a sealed secret knows its
    /// account, and the others are about none.
    pub fn is_about_no_account(&self) -> bool {
        matches!(
            self,
            Self::Uploaded(..)
                | Self::UploadedCombined(..)
                | Self::Sealed(..)
                | Self::Renewed(_)
                | Self::TeamKey(_)
                | Self::TeamJoined(..)
                | Self::TeamSealed(..)
                | Self::Saved(_)
                | Self::Watch(_)
                | Self::Events(EventsDone::Sealed(..))
        )
    }
}

/// What a reader knows beforehand.
#[derive(Clone, Debug)]
pub struct KnownToReader {
    /// The couriers that may be sent.
    pub couriers: Arc<CourierList>,
    /// What headings meant in files that a person has explained.
    pub mappings: Arc<Mappings>,
    /// What a person says about the columns of this file.
    pub mapping: Option<Vec<(String, Option<Field>)>>,
    /// The local list of orders.
    pub orders: Arc<[Arc<Order>]>,
    /// Where rows go that do not stay in memory.
    pub folder: PathBuf,
}

/// Where jobs leave what they found.
#[derive(Clone, Debug)]
pub struct Jobs {
    done: mpsc::UnboundedSender<(u64, JobDone)>,
    epoch: u64,
}

impl Jobs {
    /// Jobs that answer into this channel, each with the epoch in which it was started.
    pub fn new(done: mpsc::UnboundedSender<(u64, JobDone)>) -> Self {
        Self { done, epoch: 0 }
    }

    /// The account has changed: answers to older jobs are about another one.
    pub fn next_epoch(&mut self) {
        self.epoch = self.epoch.saturating_add(1);
    }

    /// The epoch of jobs that are started now.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Tells the loop something later, as a job of this epoch.
    pub(super) fn teller(&self) -> impl Fn(JobDone) + Send + Sync + 'static {
        let (done, epoch) = (self.done.clone(), self.epoch);
        // A closed inbox means that the engine has ended; there is nobody left to tell.
        move |ended| drop(done.send((epoch, ended)))
    }

    pub(super) fn spawn(&self, job: impl Future<Output = JobDone> + Send + 'static) {
        let (done, epoch) = (self.done.clone(), self.epoch);
        tokio::spawn(async move {
            // A closed inbox means that the engine has ended; there is nobody left to tell.
            drop(done.send((epoch, job.await)));
        });
    }

    pub(super) fn blocking(&self, job: impl FnOnce() -> JobDone + Send + 'static) {
        let (done, epoch) = (self.done.clone(), self.epoch);
        tokio::task::spawn_blocking(move || drop(done.send((epoch, job()))));
    }

    /// Reads the order of a shipment.
    pub fn look(&self, client: Client, id: ShipmentId, order: TransactionId) {
        self.spawn(async move {
            let age = Age::begin();
            let result = client.read_order_once(&OrderKey::Transaction(order)).await;
            JobDone::Looked(id, Box::new(result), age)
        });
    }

    /// Sends a body once.
    pub fn upload(&self, client: Client, id: ShipmentId, body: Vec<u8>) {
        self.spawn(async move { JobDone::Uploaded(id, client.upload_shipping_info(&body).await) });
    }

    /// Sends a body once for several shipments.
    pub fn upload_combined(&self, client: Client, ids: Vec<ShipmentId>, body: Vec<u8>) {
        self.spawn(async move {
            JobDone::UploadedCombined(ids, client.upload_combined_shipping_info(&body).await)
        });
    }

    /// Fetches one page of the list.
    pub fn page(&self, client: Client, serial: u64, query: OrderQuery, cursor: Option<String>, size: u32) {
        self.spawn(async move {
            JobDone::Page(
                serial,
                client.get_order_list(&query, cursor.as_deref(), size).await,
            )
        });
    }

    /// Fetches one page of the list to confirm what was sent.
    pub fn sweep(&self, client: Client, query: OrderQuery, cursor: Option<String>, size: u32) {
        self.spawn(
            async move { JobDone::Swept(client.get_order_list(&query, cursor.as_deref(), size).await) },
        );
    }

    /// Reads the order that a person opened.
    pub fn open(&self, client: Client, order: TransactionId) {
        self.spawn(async move {
            let result = client.read_order(&OrderKey::Transaction(order.clone())).await;
            JobDone::Opened(order, Box::new(result))
        });
    }

    /// Looks an order up for a person, by each key until one is known.
    pub fn find(&self, client: Client, serial: u64, number: String, keys: Vec<OrderKey>) {
        self.spawn(async move {
            let (answer, raw) = first_known(&client, &keys).await;
            JobDone::Found(serial, number, Box::new(answer), raw)
        });
    }

    /// Looks an order of a file up, by each key until one is known.
    pub fn look_up(&self, client: Client, token: u64, number: OrderNumber, keys: Vec<OrderKey>) {
        self.spawn(async move {
            let (answer, raw) = first_known(&client, &keys).await;
            JobDone::LookedUp(token, number, Box::new(answer), raw)
        });
    }

    /// Reads a file. `progress` counts its rows; setting `cancelled` ends it early.
    pub fn read_file(
        &self,
        token: u64,
        path: PathBuf,
        known: KnownToReader,
        progress: Arc<AtomicU64>,
        cancelled: Arc<AtomicBool>,
    ) {
        self.blocking(move || {
            let numbers: HashSet<&str> = known
                .orders
                .iter()
                .flat_map(|order| [order.transaction_id.as_str(), order.out_trade_no.as_str()])
                .collect();
            let options = ReadOptions {
                couriers: &known.couriers,
                knows: &|number| numbers.contains(number),
                cancelled: &|| cancelled.load(Ordering::Relaxed),
                progress: &|far| progress.store(far.rows, Ordering::Relaxed),
            };
            crate::step::at("before-file-read");
            let (file, rows) = super::rows::read(&path, &options, &known);
            JobDone::FileRead(token, Box::new(file), rows)
        });
    }

    /// Puts a file down.
    pub fn save(&self, write: impl FnOnce() -> Result<FileSaved, (String, FileNotSaved)> + Send + 'static) {
        self.blocking(move || super::results::saved(write()));
    }

    /// Fetches the account's couriers.
    pub fn couriers(&self, client: Client) {
        self.spawn(async move { JobDone::Couriers(client.get_delivery_list().await) });
    }

    /// Asks how much is left of today's quotas of uploads and reads.
    pub fn quotas(&self, client: Client) {
        self.spawn(async move {
            let mut known = Vec::new();
            for api in [Api::Upload, Api::GetOrder] {
                known.extend(client.quota(api.path()).await.ok().map(|quota| (api, quota)));
            }
            JobDone::Quotas(known)
        });
    }

    /// Makes the checks of an account one after the other; each needs the ones before it.
    pub fn doctor(&self, client: Client, series: u64, from_wechat: bool) {
        let (done, epoch) = (self.done.clone(), self.epoch);
        tokio::spawn(async move {
            let tell = |check| drop(done.send((epoch, JobDone::Check(series, check))));
            doctor::examine(&client, from_wechat, &tell).await;
            tell(None);
        });
    }

    /// Asks the keyring for an account's secrets; what does not open is left out.
    pub fn open_secrets(
        &self,
        vault: Arc<std::sync::Mutex<Vault>>,
        account: AccountId,
        sealed: Vec<(SecretField, Vec<u8>)>,
    ) {
        self.blocking(move || {
            let vault = vault.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let mut secrets = Secrets::default();
            for (field, blob) in sealed {
                if let Ok(secret) = vault.open_sealed(&account.0.to_string(), field.word(), &blob) {
                    secrets.put(field, secret);
                }
            }
            JobDone::Secrets(account, secrets, vault.status())
        });
    }

    /// Seals an account's secrets for keeping.
    pub fn seal_secrets(&self, vault: Arc<std::sync::Mutex<Vault>>, account: AccountId, secrets: Secrets) {
        self.blocking(move || {
            let mut vault = vault.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if vault.status() != VaultStatus::Available {
                vault.retry();
            }
            crate::step::at("before-seal");
            let name = account.0.to_string();
            let seal =
                |(field, secret): (SecretField, &Secret)| (field, vault.seal(&name, field.word(), secret));
            let sealed = secrets.iter().map(seal).collect();
            JobDone::Sealed(account, sealed, vault.status())
        });
    }
}

/// The first key that WeChat knows; a failure that is not "unknown order" ends the search.
async fn first_known(client: &Client, keys: &[OrderKey]) -> (OrderAnswer, Option<String>) {
    for key in keys {
        match client.read_order(key).await {
            Ok((order, raw)) => return (OrderAnswer::Found(Arc::new(order)), Some(raw)),
            Err(failure) if failure.kind == FailureKind::OrderNotVisible => {}
            Err(failure) => return (OrderAnswer::Failed(failure), None),
        }
    }
    (OrderAnswer::NotFound, None)
}
