//! Accounts: which there are, which is used, and the checks of it. Their secrets are `credentials`.

use std::sync::Arc;

use super::account_edit::checked;
use super::command::{AccountEdit, AccountId};
use super::run::Engine;
use super::snapshot::{Account, CheckKind, CheckResult, Doctor, Remote};
use super::{Credentials, Notice};
use crate::domain::{
    Access, CallFailure, Courier, CourierList, FailureKind, Field, MaskedContact, Problem, ProblemKind,
};
use crate::store::AccountRow;

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
        access: credentials.access.clone(),
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
        self.book.list_barred = false;
        self.doctor = Doctor {
            series: self.doctor.series,
            ..Doctor::default()
        };
        self.open = Remote::Nothing;
        self.import = None;
        self.load_account_data();
        self.load_events();
        self.load_door();
        self.load_pay();
        self.load_diagnostics();
        self.dirty.all();
        self.connect_account();
    }

    /// Adds or changes an account.
    pub(super) fn save_account(&mut self, edit: &AccountEdit) {
        let known = self.accounts.iter().find(|known| Some(known.id) == edit.id);
        let now = self.clock.now();
        let access = edit.access_kept(known.map(|known| &known.access), now);
        let (row, mut problems) = checked(edit, access, &self.couriers);
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
        let is_other =
            |known: &&Account| known.appid != row.appid || !row.access.shares_secrets_with(&known.access);
        let changed_id = known.filter(is_other).map(|known| known.id);
        let moved = known.is_some_and(|known| known.access != row.access);
        if let Some(id) = changed_id {
            // Secrets must not be tried with another AppID nor shown to another server, also when this ends half-way.
            self.forget_secrets(id);
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
        let typed = edit.typed();
        let sealing = !typed.is_empty();
        if sealing {
            let secrets = self.session_secrets.entry(id).or_default();
            secrets.put_all(typed.clone());
            self.jobs.seal_secrets(Arc::clone(&self.vault), id, typed);
        }
        if is_new && self.config.credentials.is_none() {
            self.select_account(id);
        } else if (sealing || moved || changed_id.is_some()) && self.current == Some(id) {
            self.begin_account();
        }
        self.plan_anew(); // the defaults of the account are in the verdicts
        self.dirty.session = true;
        // With a secret it is said when the keyring has answered.
        if !sealing {
            self.say(Notice::Saved);
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
        crate::step::at("before-account-removed");
        // The secret goes first: if this ends half-way, no later account may find it under its number.
        self.forget_secrets(id);
        self.forget_push_keys(id);
        self.forget_pay_keys(id);
        crate::step::at("account-half-removed");
        self.tell_store(|store, _| store.remove_account(id.0));
        crate::step::at("after-account-removed");
        self.accounts.retain(|account| account.id != id);
        if self.current == Some(id) {
            self.current = self.accounts.first().map(|account| account.id);
            self.begin_account();
        }
        self.dirty.session = true;
    }

    /// Starts the checks of the account.
    pub(super) fn test_account(&mut self) {
        let series = self.doctor.series.saturating_add(1);
        self.dirty.session = true;
        let Some(client) = self.client.clone() else {
            let failure = CallFailure::of(FailureKind::NoCredentials);
            let checks = vec![(CheckKind::Credentials, CheckResult::Failed(failure))];
            self.doctor = Doctor {
                running: false,
                series,
                at: Some(self.clock.now()),
                checks,
            };
            return;
        };
        self.doctor = Doctor {
            running: true,
            series,
            at: None,
            checks: Vec::new(),
        };
        let from_wechat = matches!(self.access(), Access::Secret | Access::Platform { .. });
        self.ask_quotas();
        self.jobs.doctor(client, series, from_wechat);
    }

    /// One check has ended; `None` ends the series.
    pub(super) fn checked(&mut self, series: u64, check: Option<(CheckKind, CheckResult)>) {
        if series != self.doctor.series {
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
