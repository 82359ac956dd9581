//! The door for a relay of the merchant: when it is open, at which port, and with which keys. Token and EncodingAESKey are
//! sealed like the AppSecret; the settings hold the port and nothing secret.

use std::sync::{Arc, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use zeroize::Zeroizing;

use super::Notice;
use super::command::{AccountId, ReceiverEdit, Secret};
use super::events::EventsDone;
use super::events_state::{ReceiverStanding, ReceiverTrouble, ReceiverView};
use super::jobs::JobDone;
use super::notice::EventsSaid;
use super::run::Engine;
use crate::events::receiver::Receiver;
use crate::events::{AesKey, Keys};

/// Under which the settings of an account's door are kept, with its AppID behind it.
const SETTING: &str = "push_receiver";
/// The sealed fields.
const TOKEN: &str = "push_token";
const AES_KEY: &str = "push_aes_key";
/// WeChat's own limit for a Token.
const MAX_TOKEN_CHARS: usize = 32;

/// What outlives the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    on: bool,
    port: u16,
}

/// What the loop knows of the door.
#[derive(Debug, Default)]
pub(super) struct Door {
    /// Somebody is there who sees what comes.
    wanted: bool,
    kept: Kept,
    token: Option<Secret>,
    aes_key: Option<Secret>,
    standing: ReceiverStanding,
    serial: u64,
    /// The open door with the number of the wish that opened it: a later wish closes it first.
    open: Arc<Mutex<(u64, Option<Receiver>)>>,
}

impl Door {
    /// The keys for an account's messages, once there is a Token.
    pub(super) fn keys(&self, appid: &str) -> Option<Keys> {
        let token = self.token.as_ref()?;
        let aes = self.aes_key.as_ref().and_then(|key| AesKey::parse(key.expose()));
        Some(Keys::new(
            Zeroizing::new(token.expose().to_owned()),
            aes,
            appid.to_owned(),
        ))
    }

    /// What the shells see.
    pub(super) fn view(&self) -> ReceiverView {
        ReceiverView {
            on: self.kept.on,
            port: self.kept.port,
            has_token: self.token.is_some(),
            has_aes_key: self.aes_key.is_some(),
            standing: self.standing,
        }
    }
}

impl Engine {
    /// Reads the door's settings of the account that is begun with, and asks the keyring for its keys.
    pub(super) fn load_door(&mut self) {
        let key = setting_of(self.appid());
        let kept = self.tell_store(|store, _| store.setting(&key)).flatten();
        self.door.kept = kept
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        self.door.token = None;
        self.door.aes_key = None;
        self.open_or_close_door();
        let Some(id) = self
            .account()
            .filter(|account| !account.temporary)
            .map(|account| account.id)
        else {
            return; // what nobody keeps has no keys of its own
        };
        let account = id.0.to_string();
        let mut sealed = |field: &'static str| {
            let found = self.tell_store(|store, _| store.sealed(&account, field));
            (field, found.flatten())
        };
        let sealed = [sealed(TOKEN), sealed(AES_KEY)];
        if sealed.iter().all(|(_, blob)| blob.is_none()) {
            return;
        }
        let vault = Arc::clone(&self.vault);
        self.jobs.blocking(move || {
            let vault = vault.lock().unwrap_or_else(PoisonError::into_inner);
            let [token, aes_key] = sealed.map(|(field, blob)| {
                let blob = blob?;
                vault.open_sealed(&account, field, &blob).ok()
            });
            JobDone::Events(EventsDone::Keys(token, aes_key))
        });
    }

    /// The keyring has answered.
    pub(super) fn push_keys_opened(&mut self, token: Option<Secret>, aes_key: Option<Secret>) {
        // What a person has typed meanwhile is newer.
        self.door.token = self.door.token.take().or(token);
        self.door.aes_key = self.door.aes_key.take().or(aes_key);
        self.open_or_close_door();
    }

    /// Somebody is there who sees what comes.
    pub(super) fn listen(&mut self) {
        self.door.wanted = true;
        self.open_or_close_door();
    }

    /// Keys and port for this run only.
    pub(super) fn use_push_keys(&mut self, edit: ReceiverEdit) {
        let filled = |secret: Option<Secret>| secret.filter(|secret| !secret.is_empty());
        let (token, aes_key) = (filled(edit.token), filled(edit.aes_key));
        if let Some(trouble) = troubles_of(token.as_ref(), aes_key.as_ref()).first() {
            return self.say(Notice::Events(EventsSaid::ReceiverNotSaved(*trouble)));
        }
        self.door.kept = Kept {
            on: edit.on,
            port: edit.port,
        };
        if token.is_some() {
            // A Token of another place does not go with a key from here.
            self.door.token = token;
            self.door.aes_key = aes_key;
        }
        self.open_or_close_door();
    }

    /// A person changes what the door needs.
    pub(super) fn save_receiver(&mut self, edit: ReceiverEdit) {
        let filled = |secret: Option<Secret>| secret.filter(|secret| !secret.is_empty());
        let (token, aes_key) = (filled(edit.token), filled(edit.aes_key));
        let trouble = troubles_of(token.as_ref(), aes_key.as_ref()).first().copied();
        let id = match (self.current, trouble) {
            (Some(id), None) => id,
            (_, trouble) => {
                let trouble = trouble.unwrap_or(ReceiverTrouble::NoAccount);
                return self.say(Notice::Events(EventsSaid::ReceiverNotSaved(trouble)));
            }
        };
        let account = id.0.to_string();
        if edit.forget_keys {
            self.tell_store(|store, _| store.remove_sealed(&account, TOKEN));
            self.tell_store(|store, _| store.remove_sealed(&account, AES_KEY));
            self.door.token = None;
            self.door.aes_key = None;
        }
        self.door.kept = Kept {
            on: edit.on,
            port: edit.port,
        };
        if let Ok(text) = serde_json::to_string(&self.door.kept) {
            let key = setting_of(self.appid());
            self.tell_store(|store, _| store.set_setting(&key, &text));
        }
        let is_kept = self.account().is_some_and(|account| !account.temporary);
        let new: Vec<(&'static str, Secret)> = [(TOKEN, token.clone()), (AES_KEY, aes_key.clone())]
            .into_iter()
            .filter_map(|(field, secret)| Some((field, secret?)))
            .filter(|_| is_kept)
            .collect();
        self.door.token = token.or(self.door.token.take());
        self.door.aes_key = aes_key.or(self.door.aes_key.take());
        self.open_or_close_door();
        if new.is_empty() {
            self.say(Notice::Saved);
            return;
        }
        let vault = Arc::clone(&self.vault);
        self.jobs.blocking(move || {
            let vault = vault.lock().unwrap_or_else(PoisonError::into_inner);
            let sealed = new
                .into_iter()
                .map(|(field, secret)| (field, vault.seal(&account, field, &secret)));
            JobDone::Events(EventsDone::Sealed(id, sealed.collect()))
        });
    }

    /// What was typed is sealed, or lasts until the program ends.
    pub(super) fn push_keys_sealed(&mut self, id: AccountId, sealed: Vec<(&'static str, Option<Vec<u8>>)>) {
        if !self.accounts.iter().any(|account| account.id == id) {
            return; // removed while the keyring was asked: nothing of it may stay
        }
        let account = id.0.to_string();
        let mut is_kept = true;
        for (field, blob) in sealed {
            if let Some(blob) = blob {
                self.tell_store(|store, _| store.set_sealed(&account, field, &blob));
            } else {
                is_kept = false;
            }
        }
        self.say(if is_kept {
            Notice::Saved
        } else {
            Notice::SecretNotKept
        });
    }

    /// The secrets of an account that is removed go with it.
    pub(super) fn forget_push_keys(&mut self, id: AccountId) {
        let account = id.0.to_string();
        for field in [TOKEN, AES_KEY] {
            self.tell_store(|store, _| store.remove_sealed(&account, field));
        }
    }

    /// Opens the door when it is wanted and can be, closes it when not. The newest wish wins.
    fn open_or_close_door(&mut self) {
        self.dirty.events = true;
        let is_on = self.door.wanted && self.door.kept.on;
        let keys = self.door.keys(self.appid()).filter(|_| is_on);
        let door = &mut self.door;
        door.serial = door.serial.saturating_add(1);
        let (serial, port) = (door.serial, door.kept.port);
        door.standing = match (&keys, is_on) {
            (Some(_), _) => ReceiverStanding::Opening,
            (None, true) => ReceiverStanding::NoToken,
            (None, false) => ReceiverStanding::Closed,
        };
        let open = Arc::clone(&door.open);
        let tell = self.jobs.teller();
        self.jobs.spawn(async move {
            let mut place = open.lock().await;
            if serial < place.0 {
                return JobDone::Nothing; // a later wish came first
            }
            place.0 = serial;
            if let Some(before) = place.1.take() {
                before.close().await;
            }
            let Some(keys) = keys else {
                return JobDone::Nothing;
            };
            let receiver = Receiver::open(port, keys, move |delivery| {
                tell(JobDone::Events(EventsDone::Delivered(Box::new(delivery))));
            });
            place.1 = receiver.ok();
            let port = place.1.as_ref().map(|receiver| receiver.address().port());
            JobDone::Events(EventsDone::Door(serial, port))
        });
    }

    /// The door is open at a port, or its port is taken.
    pub(super) fn door_opened(&mut self, serial: u64, port: Option<u16>) {
        if serial == self.door.serial {
            self.door.standing = port.map_or(ReceiverStanding::PortTaken, ReceiverStanding::Open);
            self.dirty.events = true;
        }
    }
}

fn setting_of(appid: &str) -> String {
    format!("{SETTING}.{appid}")
}

fn troubles_of(token: Option<&Secret>, aes_key: Option<&Secret>) -> Vec<ReceiverTrouble> {
    let is_token = |token: &Secret| {
        let text = token.expose();
        (3..=MAX_TOKEN_CHARS).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let is_key = |key: &Secret| AesKey::parse(key.expose()).is_some();
    [
        (ReceiverTrouble::Token, token.is_none_or(is_token)),
        (ReceiverTrouble::AesKey, aes_key.is_none_or(is_key)),
    ]
    .into_iter()
    .filter_map(|(trouble, good)| (!good).then_some(trouble))
    .collect()
}

impl ReceiverEdit {
    /// All that is wrong with what is typed.
    pub fn troubles(&self) -> Vec<ReceiverTrouble> {
        troubles_of(self.token.as_ref(), self.aes_key.as_ref())
    }
}
