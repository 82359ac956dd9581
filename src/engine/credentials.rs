//! From sealed secrets to a client: the keyring is asked, a client is made, and a refresh token that WeChat gives anew is
//! sealed and written down before the access token beside it is used.

use std::sync::{Arc, PoisonError};

use tokio::sync::{mpsc, oneshot};

use super::Notice;
use super::account_edit::Secrets;
use super::command::{AccountId, Secret};
use super::jobs::JobDone;
use super::run::Engine;
use super::snapshot::KeyStore;
use crate::domain::{Access, CallFailure, FailureKind, SecretField};
use crate::secrets::VaultStatus;
use crate::wechat::base_url::WECHAT;
use crate::wechat::{Client, NewRefreshToken, PlatformKeys, Timing, TokenSource};

/// A refresh token on its way into the store.
#[derive(Debug)]
pub struct Renewed {
    account: AccountId,
    /// The one that it follows: when a person has typed another one meanwhile, theirs stays.
    follows: Secret,
    secret: Secret,
    sealed: Option<Vec<u8>>,
    kept: oneshot::Sender<()>,
}

impl Engine {
    /// Connects the current account: with the credentials from outside, with what was typed in this run, or with what the
    /// keyring opens.
    pub(super) fn connect_account(&mut self) {
        let Some(account) = self.account().cloned() else {
            return;
        };
        if let Some(own) = self.credentials_of(&account.appid) {
            let mut secrets = own.more.clone();
            secrets.put(SecretField::AppSecret, own.secret.clone());
            let given = own.access_token.clone();
            let access = own.access.clone();
            let source = match given {
                Some(token) if !token.is_empty() => Some(TokenSource::Given(text(&token))),
                _ => self.source_of(account.id, &access, &secrets),
            };
            return self.connect(source);
        }
        if let Some(secrets) = self.session_secrets.get(&account.id)
            && secrets.suffice_for(&account.access)
        {
            let secrets = secrets.clone();
            let source = self.source_of(account.id, &account.access, &secrets);
            return self.connect(source);
        }
        self.key_store = KeyStore::Unknown;
        let field = account.id.0.to_string();
        let mut sealed = Vec::new();
        for secret in account.access.mode().secrets() {
            let blob = self.tell_store(|store, _| store.sealed(&field, secret.word()));
            sealed.extend(blob.flatten().map(|blob| (*secret, blob)));
        }
        self.jobs
            .open_secrets(Arc::clone(&self.vault), account.id, sealed);
    }

    /// The credentials from outside, when they are for this AppID.
    fn credentials_of(&self, appid: &str) -> Option<super::Credentials> {
        let own = self.config.credentials.as_ref();
        own.filter(|own| own.appid == appid).cloned()
    }

    /// The keyring has answered.
    pub(super) fn secrets_opened(&mut self, id: AccountId, opened: Secrets, status: VaultStatus) {
        if self.current != Some(id) || self.client.is_some() {
            return; // an answer to an older question: newer credentials are in use
        }
        self.key_store = key_store(status);
        self.dirty.session = true;
        let access = self
            .account()
            .map(|account| account.access.clone())
            .unwrap_or_default();
        let secrets = self.session_secrets.entry(id).or_default();
        // What was typed in this run is newer than what was sealed.
        let typed = std::mem::replace(secrets, opened);
        secrets.put_all(typed);
        let secrets = secrets.clone();
        let source = self.source_of(id, &access, &secrets);
        self.connect(source);
    }

    /// Where the tokens of an account come from; `None` while a secret is missing.
    fn source_of(&self, id: AccountId, access: &Access, secrets: &Secrets) -> Option<TokenSource> {
        if !secrets.suffice_for(access) {
            return None;
        }
        let secret = |field| secrets.get(field).map(text);
        Some(match access {
            Access::Secret => TokenSource::Secret(secret(SecretField::AppSecret)?),
            Access::Token { .. } => TokenSource::Pasted(secret(SecretField::AccessToken)?),
            Access::Platform { component_appid, .. } => TokenSource::Platform(PlatformKeys {
                component_appid: component_appid.clone(),
                component_secret: secret(SecretField::ComponentSecret)?,
                ticket: secret(SecretField::Ticket)?,
                refresh_token: secret(SecretField::RefreshToken)?,
                keeper: Some(self.keeper(id, secrets.get(SecretField::RefreshToken)?.clone())),
            }),
            Access::Service { url, method } => TokenSource::Service {
                url: url.clone(),
                method: *method,
                bearer: secret(SecretField::Bearer),
            },
            Access::Command { program, arguments } => TokenSource::Command {
                program: program.clone(),
                arguments: arguments.clone(),
            },
        })
    }

    /// Makes the client and starts what only needs reading.
    fn connect(&mut self, source: Option<TokenSource>) {
        self.dirty.session = true;
        let mut timing = Timing::default();
        if let Some(quiet) = self.config.quiet {
            // Tests against a loopback server wait in proportion.
            timing.first_retry = timing.first_retry.min(quiet.div_f64(30.0));
        }
        let base = self.config.base_url.clone().unwrap_or_else(|| WECHAT.to_owned());
        let appid = self.appid().to_owned();
        let made = match source {
            Some(source) => Client::with_source(&base, appid, source, timing),
            None => Err(CallFailure::of(FailureKind::NoCredentials)),
        };
        match made {
            Ok(client) => {
                self.has_secret = true;
                self.outbox.gates.account = None;
                self.jobs.couriers(client.clone());
                self.client = Some(client);
            }
            Err(failure) => {
                self.outbox.gates.account = Some(failure);
                self.dirty.outbox = true;
            }
        }
    }

    /// Secrets were sealed, or can only be kept until the end.
    pub(super) fn secrets_sealed(
        &mut self,
        id: AccountId,
        sealed: Vec<(SecretField, Option<Vec<u8>>)>,
        status: VaultStatus,
    ) {
        crate::step::at("secret-sealed");
        self.key_store = key_store(status);
        self.dirty.session = true;
        if !self.accounts.iter().any(|account| account.id == id) {
            return; // removed while the keyring was asked: nothing of it may stay
        }
        let field = id.0.to_string();
        let mut all = true;
        for (secret, blob) in sealed {
            match blob {
                Some(blob) => {
                    self.tell_store(|store, _| store.set_sealed(&field, secret.word(), &blob));
                }
                None => all = false,
            }
        }
        self.say(if all { Notice::Saved } else { Notice::SecretNotKept });
    }

    /// Who takes the refresh tokens of an account from the client: each is sealed beside the loop and written down by it.
    fn keeper(&self, id: AccountId, mut follows: Secret) -> mpsc::UnboundedSender<NewRefreshToken> {
        let (sender, mut receiver) = mpsc::unbounded_channel::<NewRefreshToken>();
        let (tell, vault) = (self.jobs.teller(), Arc::clone(&self.vault));
        tokio::spawn(async move {
            while let Some(new) = receiver.recv().await {
                let secret = Secret::new(new.text.as_str().to_owned());
                let (vault, to_seal) = (Arc::clone(&vault), secret.clone());
                let sealed = tokio::task::spawn_blocking(move || {
                    let vault = vault.lock().unwrap_or_else(PoisonError::into_inner);
                    let field = SecretField::RefreshToken.word();
                    vault.seal(&id.0.to_string(), field, &to_seal)
                });
                let before = std::mem::replace(&mut follows, secret.clone());
                tell(JobDone::Renewed(Renewed {
                    account: id,
                    follows: before,
                    secret,
                    sealed: sealed.await.ok().flatten(),
                    kept: new.kept,
                }));
            }
        });
        sender
    }

    /// A refresh token has come: it is written down, and only then the client goes on.
    pub(super) fn refresh_renewed(&mut self, renewed: Renewed) {
        let Renewed {
            account: id,
            follows,
            secret,
            sealed,
            kept,
        } = renewed;
        let Some(account) = self.accounts.iter().find(|account| account.id == id) else {
            return; // removed meanwhile
        };
        // What comes from the environment is never written anywhere: the next run reads it from the platform's list.
        let is_ours = !account.temporary && self.credentials_of(&account.appid).is_none();
        let mut is_kept = true;
        if is_ours {
            let secrets = self.session_secrets.entry(id).or_default();
            if secrets.get(SecretField::RefreshToken) == Some(&follows) {
                secrets.put(SecretField::RefreshToken, secret);
                if let Some(blob) = sealed {
                    let (field, word) = (id.0.to_string(), SecretField::RefreshToken.word());
                    is_kept = self
                        .tell_store(|store, _| store.set_sealed(&field, word, &blob))
                        .is_some();
                }
            }
        }
        if is_kept {
            match kept.send(()) {
                // Nobody waits any more when the call was given up.
                Ok(()) | Err(()) => {}
            }
        }
    }

    /// Seals again what only lasts until the program ends, or looks again for what was sealed.
    pub(super) fn retry_key_store(&mut self) {
        let Some(id) = self.current else { return };
        match self.session_secrets.get(&id).filter(|typed| !typed.is_empty()) {
            Some(secrets) => self
                .jobs
                .seal_secrets(Arc::clone(&self.vault), id, secrets.clone()),
            None => self.begin_account(),
        }
    }

    /// Forgets every sealed secret of an account.
    pub(super) fn forget_secrets(&mut self, id: AccountId) {
        let field = id.0.to_string();
        self.session_secrets.remove(&id);
        for secret in SecretField::ALL {
            self.tell_store(|store, _| match store.sealed(&field, secret.word())? {
                Some(_) => store.remove_sealed(&field, secret.word()),
                None => Ok(()),
            });
        }
    }
}

fn text(secret: &Secret) -> zeroize::Zeroizing<String> {
    zeroize::Zeroizing::new(secret.expose().to_owned())
}

fn key_store(status: VaultStatus) -> KeyStore {
    match status {
        VaultStatus::Available => KeyStore::Available,
        VaultStatus::SessionOnly { locked } => KeyStore::SessionOnly { locked },
    }
}
