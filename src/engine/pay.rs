//! Payments of WeChat Pay Global in the loop: one question at a time, with keys of its own. Nothing of an answer touches an
//! order: such payments never enter the delivery service.

use std::sync::{Arc, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::json;
use zeroize::Zeroizing;

use super::Notice;
use super::command::{AccountId, PayAsk, PayEdit, Secret};
use super::jobs::JobDone;
use super::pay_edit::{PayRead, PayTrouble, read};
use super::run::Engine;
use crate::domain::{PayFailure, PayFailureKind, PayNumber, Payment, Timestamp};
use crate::wechat::Timing;
use crate::wechat::global::{GLOBAL, GlobalClient, GlobalConfig, GlobalMode};

/// Under which the settings of an account are kept, with its AppID behind it.
const SETTING: &str = "pay_global";
/// The sealed fields.
const KEY: &str = "pay_key";
const API_V3_KEY: &str = "pay_api_v3_key";

/// The numbers and public things of a merchant of WeChat Pay Global.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PaySettings {
    /// The merchant, or in institution mode the sub-merchant.
    pub mchid: String,
    /// The institution; empty in common mode.
    pub sp_mchid: String,
    /// Number of the certificate of whoever signs.
    pub serial_no: String,
    /// Id of WeChat Pay's public key (`PUB_KEY_ID_…`); empty where certificates are used.
    pub public_key_id: String,
    /// That key, PEM.
    pub public_key: String,
}

/// The last question and what came of it.
#[derive(Clone, Debug, Default)]
pub enum PayAnswer {
    /// Nobody asked.
    #[default]
    Nothing,
    /// Being asked.
    Asking(PayNumber),
    /// WeChat Pay has signed this.
    Found {
        /// The payment.
        payment: Arc<Payment>,
        /// When it was asked.
        at: Timestamp,
    },
    /// It could not be asked, or was refused.
    Failed {
        /// For which number.
        number: PayNumber,
        /// Why.
        failure: PayFailure,
    },
}

/// What the shells see.
#[derive(Clone, Debug, Default)]
pub struct PayView {
    /// What is kept and not secret.
    pub settings: PaySettings,
    /// The private key is at hand.
    pub has_key: bool,
    /// The APIv3 key is at hand.
    pub has_api_v3_key: bool,
    /// The last question.
    pub answer: PayAnswer,
}

/// What a job about payments brings back.
#[derive(Debug)]
pub enum PayDone {
    /// The keyring has answered: private key and APIv3 key.
    Keys(Option<Secret>, Option<Secret>),
    /// What a person typed was read and sealed for an account.
    Read(AccountId, Box<Result<PayRead, PayTrouble>>),
    /// A question was answered; its number tells late answers.
    Answered(u64, PayNumber, Box<Result<Payment, PayFailure>>),
}

/// What the loop knows.
#[derive(Debug, Default)]
pub(super) struct Pay {
    settings: PaySettings,
    key: Option<Secret>,
    api_v3_key: Option<Secret>,
    client: Option<GlobalClient>,
    answer: PayAnswer,
    serial: u64,
}

impl Pay {
    /// What the shells see.
    pub(super) fn view(&self) -> PayView {
        PayView {
            settings: self.settings.clone(),
            has_key: self.key.is_some(),
            has_api_v3_key: self.api_v3_key.is_some(),
            answer: self.answer.clone(),
        }
    }

    /// Forgets everything but the number of the last question, so that a late answer stays late.
    fn clear(&mut self) {
        *self = Self {
            serial: self.serial.saturating_add(1),
            ..Self::default()
        };
    }
}

impl Engine {
    /// Reads the settings of the account that is begun with, and asks the keyring for its keys.
    pub(super) fn load_pay(&mut self) {
        self.pay.clear();
        self.dirty.pay = true;
        let key = setting_of(self.appid());
        let kept = self.tell_store(|store, _| store.setting(&key)).flatten();
        self.pay.settings = kept
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        let Some(account) = self.account().filter(|account| !account.temporary) else {
            return;
        };
        let account = account.id.0.to_string();
        let sealed = [KEY, API_V3_KEY].map(|field| {
            let found = self.tell_store(|store, _| store.sealed(&account, field));
            (field, found.flatten())
        });
        if sealed.iter().all(|(_, blob)| blob.is_none()) {
            return;
        }
        let vault = Arc::clone(&self.vault);
        self.jobs.blocking(move || {
            let vault = vault.lock().unwrap_or_else(PoisonError::into_inner);
            let [key, api_v3_key] =
                sealed.map(|(field, blob)| vault.open_sealed(&account, field, &blob?).ok());
            JobDone::Pay(PayDone::Keys(key, api_v3_key))
        });
    }

    /// A person asks for something about payments.
    pub(super) fn pay_asked(&mut self, ask: PayAsk) {
        match ask {
            PayAsk::Query(number) => self.query_payment(number),
            PayAsk::Save(edit) => self.save_pay(edit),
            PayAsk::Forget => self.forget_pay(),
        }
    }

    fn query_payment(&mut self, number: PayNumber) {
        self.dirty.pay = true;
        self.pay.serial = self.pay.serial.saturating_add(1);
        let client = match self.pay_client() {
            Ok(client) => client,
            Err(failure) => {
                self.pay.answer = PayAnswer::Failed { number, failure };
                return;
            }
        };
        self.pay.answer = PayAnswer::Asking(number.clone());
        let serial = self.pay.serial;
        self.jobs.spawn(async move {
            let answer = client.query(&number).await;
            JobDone::Pay(PayDone::Answered(serial, number, Box::new(answer)))
        });
    }

    /// The client, made once for its keys, so that WeChat Pay's certificates are fetched once.
    fn pay_client(&mut self) -> Result<GlobalClient, PayFailure> {
        if let Some(client) = &self.pay.client {
            return Ok(client.clone());
        }
        let text = |secret: &Secret| Zeroizing::new(secret.expose().to_owned());
        let settings = self.pay.settings.clone();
        let key_pem = self.pay.key.as_ref().map(text);
        let key_pem = key_pem.ok_or(PayFailure::of(PayFailureKind::NoCredentials))?;
        let mode = if settings.sp_mchid.is_empty() {
            GlobalMode::Common {
                mchid: settings.mchid,
            }
        } else {
            GlobalMode::Institution {
                sp_mchid: settings.sp_mchid,
                sub_mchid: settings.mchid,
            }
        };
        let has_public_key = !settings.public_key_id.is_empty();
        let elsewhere = self.config.base_url.as_ref();
        let config = GlobalConfig {
            base_url: elsewhere.map_or_else(|| GLOBAL.to_owned(), |base| format!("{base}/v3/global")),
            mode,
            serial_no: settings.serial_no,
            key_pem,
            api_v3_key: self.pay.api_v3_key.as_ref().map(text),
            public_key: has_public_key.then_some((settings.public_key_id, settings.public_key)),
        };
        let client = GlobalClient::new(config, Timing::default())?;
        self.pay.client = Some(client.clone());
        Ok(client)
    }

    fn save_pay(&mut self, edit: PayEdit) {
        let Some((id, is_kept)) = self.account().map(|account| (account.id, !account.temporary)) else {
            return self.say(Notice::PayNotSaved(PayTrouble::NoAccount));
        };
        let is_kept = is_kept && !edit.only_now;
        let before = self.pay.settings.clone();
        let vault = Arc::clone(&self.vault);
        self.jobs.blocking(move || {
            let read = read(edit, &before).map(|mut read| {
                read.is_kept = is_kept;
                if is_kept {
                    let vault = vault.lock().unwrap_or_else(PoisonError::into_inner);
                    let account = id.0.to_string();
                    let fields = [(KEY, &read.key), (API_V3_KEY, &read.api_v3_key)];
                    let new = fields
                        .into_iter()
                        .filter_map(|(field, secret)| Some((field, secret.as_ref()?)));
                    let sealed = new.map(|(field, secret)| (field, vault.seal(&account, field, secret)));
                    read.sealed = sealed.collect();
                }
                read
            });
            JobDone::Pay(PayDone::Read(id, Box::new(read)))
        });
    }

    fn forget_pay(&mut self) {
        if let Some(id) = self.current {
            self.forget_pay_keys(id);
        }
        let key = setting_of(self.appid());
        self.tell_store(|store, _| store.set_setting(&key, ""));
        self.pay.clear();
        self.dirty.pay = true;
        self.say(Notice::Saved);
    }

    /// The secrets of an account that is removed go with it.
    pub(super) fn forget_pay_keys(&mut self, id: AccountId) {
        let account = id.0.to_string();
        for field in [KEY, API_V3_KEY] {
            self.tell_store(|store, _| store.remove_sealed(&account, field));
        }
    }

    /// A job about payments has ended.
    pub(super) fn pay_done(&mut self, done: PayDone) {
        self.dirty.pay = true;
        match done {
            PayDone::Keys(key, api_v3_key) => {
                // What a person has typed meanwhile is newer.
                self.pay.key = self.pay.key.take().or(key);
                self.pay.api_v3_key = self.pay.api_v3_key.take().or(api_v3_key);
                self.pay.client = None;
            }
            PayDone::Read(id, read) => match *read {
                Ok(read) if self.current == Some(id) => self.keep_pay(id, read),
                Ok(_) => {} // of an account that is not worked with any more
                Err(trouble) => self.say(Notice::PayNotSaved(trouble)),
            },
            PayDone::Answered(serial, number, answer) => {
                if serial != self.pay.serial {
                    return; // a newer question was asked since
                }
                self.pay.answer = match *answer {
                    Ok(payment) => {
                        let details = json!({ "transaction_id": payment.id, "out_trade_no": payment.out_trade_no,
                            "state": payment.state.word() });
                        self.audit("payment", &details);
                        PayAnswer::Found {
                            payment: Arc::new(payment),
                            at: self.clock.now(),
                        }
                    }
                    Err(failure) => PayAnswer::Failed { number, failure },
                };
            }
        }
    }

    fn keep_pay(&mut self, id: AccountId, read: PayRead) {
        let account = id.0.to_string();
        let mut seals = true;
        for (field, blob) in read.sealed {
            if let Some(blob) = blob {
                self.tell_store(|store, _| store.set_sealed(&account, field, &blob));
            } else {
                seals = false;
            }
        }
        if read.is_kept
            && let Ok(text) = serde_json::to_string(&read.settings)
        {
            let key = setting_of(self.appid());
            self.tell_store(|store, _| store.set_setting(&key, &text));
        }
        self.pay.settings = read.settings;
        self.pay.key = read.key.or(self.pay.key.take());
        self.pay.api_v3_key = read.api_v3_key.or(self.pay.api_v3_key.take());
        self.pay.client = None;
        self.say(if seals {
            Notice::Saved
        } else {
            Notice::SecretNotKept
        });
    }
}

fn setting_of(appid: &str) -> String {
    format!("{SETTING}.{appid}")
}
