//! Accounts, credentials, the keyring, and the checks of an account.

use std::sync::Arc;

use super::command::{AccountEdit, AccountId, Secret};
use super::run::Engine;
use super::snapshot::{Account, CheckKind, CheckResult, Doctor, KeyStore, Remote};
use super::{Credentials, Notice};
use crate::domain::{
    CallFailure, Courier, CourierList, FailureKind, Field, MaskedContact, Problem, ProblemKind,
};
use crate::secrets::VaultStatus;
use crate::store::AccountRow;
use crate::wechat::base_url::WECHAT;
use crate::wechat::{Client, ClientConfig, Timing};

impl From<AccountRow> for Account {
    fn from(row: AccountRow) -> Self {
        Self {
            id: AccountId(row.id),
            name: row.name,
            appid: row.appid,
            mchid: row.mchid,
            max_parcels: row.max_parcels.clamp(10, 15),
            sender_contact: row.sender_contact,
            default_courier: row.default_courier,
            default_item_desc: row.default_item_desc,
            temporary: false,
        }
    }
}

/// The account that credentials from outside stand for: a stored one with the same AppID, else a temporary.
pub(super) fn account_of(credentials: &Credentials, stored: &[Account], sandbox: bool) -> Account {
    let known = stored
        .iter()
        .find(|account| account.appid == credentials.appid)
        .cloned();
    let mut account = known.unwrap_or_else(|| Account {
        name: if sandbox {
            String::from("sandbox")
        } else {
            credentials.appid.clone()
        },
        appid: credentials.appid.clone(),
        max_parcels: 10,
        temporary: true,
        ..Account::default()
    });
    if let Some(sender) = credentials
        .sender_contact
        .as_deref()
        .and_then(MaskedContact::mask)
    {
        account.sender_contact = Some(sender);
    }
    account
}

impl Engine {
    /// The account that is used.
    pub(super) fn account(&self) -> Option<&Account> {
        self.accounts
            .iter()
            .find(|account| Some(account.id) == self.current)
    }

    /// Its AppID; empty before the first account is added.
    pub(super) fn appid(&self) -> &str {
        self.account().map_or("", |account| account.appid.as_str())
    }

    /// Reads the accounts and begins with the one that was used last.
    pub(super) fn load_accounts(&mut self) {
        let rows = self.tell_store(|store, _| store.accounts()).unwrap_or_default();
        self.accounts = rows.into_iter().map(Account::from).collect();
        self.current = if let Some(credentials) = self.config.credentials.clone() {
            let account = account_of(&credentials, &self.accounts, self.config.sandbox);
            let id = account.id;
            if account.temporary {
                self.accounts.push(account);
            } else if let Some(stored) = self.accounts.iter_mut().find(|stored| stored.id == id) {
                *stored = account;
            }
            Some(id)
        } else {
            let last = self
                .tell_store(|store, _| store.setting("current_account"))
                .flatten()
                .and_then(|text| text.parse().ok())
                .map(AccountId);
            let known = last.filter(|id| self.accounts.iter().any(|account| account.id == *id));
            known.or_else(|| self.accounts.first().map(|account| account.id))
        };
        self.begin_account();
    }

    /// Everything that belongs to the current account is read anew.
    pub(super) fn begin_account(&mut self) {
        self.jobs.next_epoch();
        self.client = None;
        self.wanted = None;
        self.has_secret = false;
        self.doctor = Doctor::default();
        self.open = Remote::Nothing;
        self.import = None;
        self.load_account_data();
        self.load_events();
        self.load_door();
        self.load_pay();
        self.load_diagnostics();
        self.dirty.all();
        let Some(account) = self.account().cloned() else {
            return;
        };
        let own = self
            .config
            .credentials
            .clone()
            .filter(|c| c.appid == account.appid);
        if let Some(credentials) = own {
            let secret = (!credentials.secret.is_empty()).then_some(credentials.secret);
            self.connect(secret, credentials.access_token);
        } else if let Some(secret) = self.session_secrets.get(&account.id).cloned() {
            self.connect(Some(secret), None);
        } else {
            self.key_store = KeyStore::Unknown;
            let field = account.id.0.to_string();
            let sealed = self
                .tell_store(|store, _| store.sealed(&field, "app_secret"))
                .flatten();
            self.jobs.open_secret(Arc::clone(&self.vault), account.id, sealed);
        }
    }

    /// The keyring has answered.
    pub(super) fn secret_opened(&mut self, id: AccountId, secret: Option<Secret>, status: VaultStatus) {
        if self.current != Some(id) || self.client.is_some() {
            return; // an answer to an older question: newer credentials are in use
        }
        self.key_store = key_store(status);
        self.dirty.session = true;
        if let Some(secret) = secret {
            self.session_secrets.insert(id, secret.clone());
            self.connect(Some(secret), None);
        } else {
            self.outbox.gates.account = Some(CallFailure::of(FailureKind::NoCredentials));
            self.dirty.outbox = true;
        }
    }

    /// Makes the client and starts what only needs reading.
    fn connect(&mut self, secret: Option<Secret>, access_token: Option<Secret>) {
        let text = |secret: Secret| zeroize::Zeroizing::new(secret.expose().to_owned());
        let config = ClientConfig {
            base_url: self.config.base_url.clone().unwrap_or_else(|| WECHAT.to_owned()),
            appid: self.appid().to_owned(),
            secret: secret.map(text),
            access_token: access_token.map(text),
        };
        self.dirty.session = true;
        let mut timing = Timing::default();
        if let Some(quiet) = self.config.quiet {
            // Tests against a loopback server wait in proportion.
            timing.first_retry = timing.first_retry.min(quiet.div_f64(30.0));
        }
        match Client::with_timing(config, timing) {
            Ok(client) => {
                self.has_secret = true;
                self.outbox.gates.account = None;
                self.jobs.couriers(client.clone());
                self.client = Some(client);
            }
            Err(failure) => self.outbox.gates.account = Some(failure),
        }
    }

    /// Adds or changes an account.
    pub(super) fn save_account(&mut self, edit: AccountEdit) {
        let (row, mut problems) = checked(&edit, &self.couriers);
        let taken =
            |known: &Account| !known.temporary && known.appid == row.appid && Some(known.id) != edit.id;
        if self.accounts.iter().any(taken) {
            problems.push(Problem::of(ProblemKind::AppIdTaken, Field::AppId));
        }
        if !problems.is_empty() {
            self.say(Notice::NotSaved(problems));
            return;
        }
        let known = self.accounts.iter().find(|known| Some(known.id) == edit.id);
        let changed_id = known
            .filter(|known| known.appid != row.appid)
            .map(|known| known.id);
        if let Some(id) = changed_id {
            // The secret of another AppID must not be tried with this one, also when this ends half-way.
            let field = id.0.to_string();
            self.session_secrets.remove(&id);
            self.tell_store(|store, _| store.remove_sealed(&field, "app_secret"));
        }
        crate::step::at("before-account-saved");
        let Some(id) = self
            .tell_store(|store, _| store.save_account(&row))
            .map(AccountId)
        else {
            return;
        };
        let account = Account {
            id,
            ..Account::from(AccountRow { id: id.0, ..row })
        };
        crate::step::at("after-account-saved");
        let is_new = !self.accounts.iter().any(|known| known.id == id);
        self.accounts.retain(|known| known.id != id);
        self.accounts.push(account);
        self.accounts.sort_by_key(|account| account.id);
        let secret = edit.secret.filter(|secret| !secret.is_empty());
        let sealing = secret.is_some();
        if let Some(secret) = secret {
            self.session_secrets.insert(id, secret.clone());
            self.jobs.seal_secret(Arc::clone(&self.vault), id, secret);
            if self.current == Some(id) {
                self.begin_account();
            }
        }
        if is_new && self.config.credentials.is_none() {
            self.select_account(id);
        } else if changed_id.is_some() && self.current == Some(id) {
            self.begin_account();
        }
        self.plan_anew(); // the defaults of the account are in the verdicts
        self.dirty.session = true;
        // With a secret it is said when the keyring has answered.
        if !sealing {
            self.say(Notice::Saved);
        }
    }

    /// The secret was sealed, or can only be kept until the end.
    pub(super) fn secret_sealed(&mut self, id: AccountId, sealed: Option<Vec<u8>>, status: VaultStatus) {
        crate::step::at("secret-sealed");
        self.key_store = key_store(status);
        self.dirty.session = true;
        match sealed {
            // Removed while the keyring was asked: nothing of it may stay.
            Some(_) if !self.accounts.iter().any(|account| account.id == id) => {}
            Some(blob) => {
                let field = id.0.to_string();
                self.tell_store(|store, _| store.set_sealed(&field, "app_secret", &blob));
                self.say(Notice::Saved);
            }
            None => self.say(Notice::SecretNotKept),
        }
    }

    /// Works with another account, once nothing is in flight for this one.
    pub(super) fn select_account(&mut self, id: AccountId) {
        if !self.accounts.iter().any(|account| account.id == id) {
            return;
        }
        if self.current == Some(id) {
            if self.next_account.take().is_some() {
                self.outbox.gates.paused = false; // the change of mind ends the pause that it brought
            }
            return;
        }
        if self.in_flight() > 0 {
            self.outbox.gates.paused = true;
            self.next_account = Some(id);
            return;
        }
        self.current = Some(id);
        crate::step::at("before-account-chosen");
        self.tell_store(|store, _| store.set_setting("current_account", &id.0.to_string()));
        self.begin_account();
    }

    /// Forgets an account and its secret. Its journal stays.
    pub(super) fn remove_account(&mut self, id: AccountId) {
        if self.in_flight() > 0 && self.current == Some(id) {
            return;
        }
        let field = id.0.to_string();
        crate::step::at("before-account-removed");
        // The secret goes first: if this ends half-way, no later account may find it under its number.
        self.tell_store(|store, _| store.remove_sealed(&field, "app_secret"));
        self.forget_push_keys(id);
        self.forget_pay_keys(id);
        crate::step::at("account-half-removed");
        self.tell_store(|store, _| store.remove_account(id.0));
        crate::step::at("after-account-removed");
        self.session_secrets.remove(&id);
        self.accounts.retain(|account| account.id != id);
        if self.current == Some(id) {
            self.current = self.accounts.first().map(|account| account.id);
            self.begin_account();
        }
        self.dirty.session = true;
    }

    /// Starts the checks of the account.
    pub(super) fn test_account(&mut self) {
        self.doctor_serial = self.doctor_serial.saturating_add(1);
        self.dirty.session = true;
        let Some(client) = self.client.clone() else {
            let failure = CallFailure::of(FailureKind::NoCredentials);
            let checks = vec![(CheckKind::Credentials, CheckResult::Failed(failure))];
            self.doctor = Doctor {
                running: false,
                at: Some(self.clock.now()),
                checks,
            };
            return;
        };
        self.doctor = Doctor {
            running: true,
            at: None,
            checks: Vec::new(),
        };
        let token_only = self
            .config
            .credentials
            .as_ref()
            .is_some_and(|c| c.access_token.is_some());
        self.ask_quotas();
        self.jobs.doctor(client, self.doctor_serial, token_only);
    }

    /// One check has ended; `None` ends the series.
    pub(super) fn checked(&mut self, serial: u64, check: Option<(CheckKind, CheckResult)>) {
        if serial != self.doctor_serial {
            return;
        }
        self.dirty.session = true;
        if let Some((kind, result)) = check {
            self.doctor.checks.retain(|(known, _)| *known != kind);
            self.doctor.checks.push((kind, result));
        } else {
            self.doctor.running = false;
            self.doctor.at = Some(self.clock.now());
        }
    }

    /// The account's courier list has come, or the last good one stays.
    pub(super) fn couriers_done(&mut self, result: Result<Vec<Courier>, CallFailure>) {
        let Ok(list) = result else { return };
        if list.is_empty() {
            return;
        }
        let at = self.clock.now();
        crate::step::at("before-couriers-kept");
        self.tell_store(|store, appid| store.save_couriers(appid, &list, at));
        self.use_couriers(CourierList::new(list));
        self.couriers_built_in = false;
        self.dirty.session = true;
    }
}

fn key_store(status: VaultStatus) -> KeyStore {
    match status {
        VaultStatus::Available => KeyStore::Available,
        VaultStatus::SessionOnly { locked } => KeyStore::SessionOnly { locked },
    }
}

/// What is kept of an edit, and what is wrong with it.
fn checked(edit: &AccountEdit, couriers: &CourierList) -> (AccountRow, Vec<Problem>) {
    let mut problems = Vec::new();
    let appid = edit.appid.trim().to_owned();
    if appid.is_empty() || !appid.bytes().all(|b| b.is_ascii_alphanumeric()) {
        problems.push(Problem::of(ProblemKind::AppIdInvalid, Field::AppId));
    }
    let sender = edit.sender_contact.trim();
    let masked = MaskedContact::mask(sender);
    if !sender.is_empty() && masked.is_none() {
        problems.push(Problem::of(ProblemKind::ContactUnusable, Field::ConsignorContact));
    }
    let courier = edit.default_courier.trim();
    if !courier.is_empty() && couriers.get(courier).is_none() {
        problems.push(Problem::of(
            ProblemKind::UnknownCourier { nearest: Vec::new() },
            Field::Courier,
        ));
    }
    let name = if edit.name.trim().is_empty() {
        appid.clone()
    } else {
        edit.name.trim().to_owned()
    };
    let row = AccountRow {
        id: edit.id.map_or(0, |id| id.0),
        name,
        appid,
        mchid: edit.mchid.trim().to_owned(),
        max_parcels: edit.max_parcels.clamp(10, 15),
        sender_contact: masked,
        default_courier: courier.to_owned(),
        default_item_desc: edit.default_item_desc.trim().to_owned(),
    };
    (row, problems)
}
