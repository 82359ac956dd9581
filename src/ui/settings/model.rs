//! What the settings page knows: the account form with its problems, and the checks of the account in words.
//! Apart from the painting, so that it is tested without a window.

pub mod access;

use self::access::AccessForm;
use crate::domain::{
    AccessMode, AccessProblem, CourierList, FailureKind, Field, MaskedContact, Problem, ProblemKind,
    SecretField,
};
use crate::engine::command::{AccountEdit, AccountId, Secret};
use crate::engine::snapshot::{Account, CheckKind, CheckResult, KeyStore, Session};
use crate::i18n::{Explained, Lang, explain_failure, text, text_with};

/// The fewest parcels of one payment.
pub const MIN_PARCELS: usize = 10;
/// The most parcels of one payment.
pub const MAX_PARCELS: usize = 15;

/// A field of the account form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FormField {
    /// The name.
    Name,
    /// AppID.
    AppId,
    /// AppSecret.
    Secret,
    /// AppID of a third-party platform.
    ComponentAppid,
    /// Address of a token service.
    ServiceUrl,
    /// A program that prints a token.
    Program,
    /// Another secret than the AppSecret.
    Kept(SecretField),
    /// The merchant number.
    Mchid,
    /// The sender's phone.
    SenderContact,
    /// The courier for files without one.
    DefaultCourier,
}

/// The field of the form at which a problem of the engine is said.
pub fn place_of(problem: &Problem) -> FormField {
    if let ProblemKind::AccessUnusable { problem } = &problem.what {
        return place_of_access(*problem);
    }
    match problem.field {
        Some(Field::ConsignorContact) => FormField::SenderContact,
        Some(Field::Courier) => FormField::DefaultCourier,
        Some(Field::Mchid) => FormField::Mchid,
        // Everything else that the engine checks is about the AppID.
        _ => FormField::AppId,
    }
}

fn place_of_access(problem: AccessProblem) -> FormField {
    match problem {
        AccessProblem::ComponentAppid => FormField::ComponentAppid,
        AccessProblem::Program => FormField::Program,
        AccessProblem::ServiceAddress | AccessProblem::ServiceNotHttps => FormField::ServiceUrl,
    }
}

/// What a person types about an account.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// `None` adds an account.
    pub id: Option<AccountId>,
    /// The name by which staff know it.
    pub name: String,
    /// AppID of the Mini Program.
    pub appid: String,
    /// A new AppSecret; empty keeps the one that is there.
    pub secret: String,
    /// How it comes by its tokens.
    pub access: AccessForm,
    /// The merchant number; may be empty.
    pub mchid: String,
    /// Parcels per payment.
    pub max_parcels: usize,
    /// The sender's phone; may be empty.
    pub sender_contact: String,
    /// Courier id; may be empty.
    pub default_courier: String,
    /// Text for orders without any; may be empty.
    pub default_item_desc: String,
}

impl std::fmt::Debug for Form {
    /// Without the secret and the phone that are being typed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Form")
            .field("id", &self.id)
            .field("appid", &self.appid)
            .finish_non_exhaustive()
    }
}

impl Form {
    /// The form of an account that is there; without one an empty form that adds one.
    pub fn of(account: Option<&Account>) -> Self {
        let Some(account) = account else {
            return Self {
                max_parcels: MIN_PARCELS,
                ..Self::default()
            };
        };
        Self {
            id: Some(account.id),
            name: account.name.clone(),
            appid: account.appid.clone(),
            secret: String::new(),
            access: AccessForm::of(&account.access),
            mchid: account.mchid.clone(),
            max_parcels: account.max_parcels.clamp(MIN_PARCELS, MAX_PARCELS),
            sender_contact: account
                .sender_contact
                .as_ref()
                .map_or_else(String::new, |contact| contact.as_str().to_owned()),
            default_courier: account.default_courier.clone(),
            default_item_desc: account.default_item_desc.clone(),
        }
    }

    /// What keeps it from being saved: the field and the message that says why.
    pub fn problems(&self, has_secret: bool, couriers: &CourierList) -> Vec<(FormField, &'static str)> {
        let mut problems = Vec::new();
        if self.name.trim().is_empty() {
            problems.push((FormField::Name, "settings-name-missing"));
        }
        if !is_appid(self.appid.trim()) {
            problems.push((FormField::AppId, "settings-appid-shape"));
        }
        let has_secret = has_secret && self.id.is_some();
        if self.access.mode == AccessMode::Secret {
            let secret = self.secret.trim();
            if secret.is_empty() && !(has_secret && self.access.keeps_secrets()) {
                problems.push((FormField::Secret, "settings-secret-missing"));
            } else if !(secret.is_empty() || has_shape(secret, "", 32)) {
                problems.push((FormField::Secret, "settings-secret-shape"));
            }
        }
        problems.extend(self.access.problems(has_secret));
        let mchid = self.mchid.trim();
        if !mchid.is_empty() && !(8..=10).contains(&mchid.len()) || !mchid.bytes().all(|b| b.is_ascii_digit())
        {
            problems.push((FormField::Mchid, "settings-mchid-shape"));
        }
        let contact = self.sender_contact.trim();
        if !contact.is_empty() && MaskedContact::mask(contact).is_none() {
            problems.push((FormField::SenderContact, "settings-contact-shape"));
        }
        let courier = self.default_courier.as_str();
        if !courier.is_empty() && !couriers.is_empty() && couriers.get(courier).is_none() {
            problems.push((FormField::DefaultCourier, "settings-courier-unknown"));
        }
        problems
    }

    /// What is sent to the engine; the typed secret moves out of the form, so that it is nowhere else.
    pub fn take_edit(&mut self) -> AccountEdit {
        let typed = std::mem::take(&mut self.secret);
        let is_asked = self.access.mode == AccessMode::Secret;
        let secret = Secret::new(typed.trim().to_owned());
        // The untrimmed text is wiped as well.
        drop(Secret::new(typed));
        AccountEdit {
            id: self.id,
            name: self.name.trim().to_owned(),
            appid: self.appid.trim().to_owned(),
            secret: Some(secret).filter(|secret| is_asked && !secret.is_empty()),
            access: self.access.access(),
            more: self.access.take_secrets(),
            mchid: self.mchid.trim().to_owned(),
            max_parcels: self.max_parcels,
            sender_contact: self.sender_contact.trim().to_owned(),
            default_courier: self.default_courier.clone(),
            default_item_desc: self.default_item_desc.trim().to_owned(),
        }
    }
}

/// The AppID of a Mini Program or of a platform.
fn is_appid(text: &str) -> bool {
    has_shape(text, "wx", 18)
}

/// ASCII letters and digits of this length, with this beginning.
fn has_shape(text: &str, start: &str, length: usize) -> bool {
    text.starts_with(start) && text.len() == length && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// How a check stands, for its colour and icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not made.
    Open,
    /// Under way.
    Running,
    /// All right.
    Passed,
    /// Not all right.
    Failed,
}

/// One check of the account in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckWords {
    /// How it stands.
    pub standing: Standing,
    /// What is checked.
    pub name: String,
    /// What it gave, in one or two words.
    pub result: String,
    /// What that means and what to do; empty when all is right.
    pub words: Explained,
    /// The address to be pasted at WeChat, when that is what is wrong.
    pub ip: Option<String>,
}

const KINDS: [CheckKind; 6] = [
    CheckKind::Network,
    CheckKind::Clock,
    CheckKind::Credentials,
    CheckKind::ServiceOpened,
    CheckKind::SettlementConfirmed,
    CheckKind::Couriers,
];

/// All checks in their order, also those that were never made.
pub fn checks(session: &Session, lang: Lang) -> Vec<CheckWords> {
    KINDS
        .iter()
        .map(|kind| {
            let made = session.doctor.checks.iter().find(|(made, _)| made == kind);
            let result = made.map_or(&CheckResult::NotRun, |(_, result)| result);
            check_words(*kind, result, session, lang)
        })
        .collect()
}

fn check_words(kind: CheckKind, result: &CheckResult, session: &Session, lang: Lang) -> CheckWords {
    let mode = session
        .account()
        .map_or(AccessMode::Secret, |account| account.access.mode());
    let mode = [("mode", mode.word().into())];
    let (name_id, no_id) = match kind {
        CheckKind::Network => ("settings-check-network", "settings-no-network"),
        CheckKind::Clock => ("settings-check-clock", "settings-no-clock"),
        CheckKind::Credentials => ("settings-check-credentials", "settings-no-credentials"),
        CheckKind::ServiceOpened => ("settings-check-service", "settings-no-service"),
        CheckKind::SettlementConfirmed => ("settings-check-settlement", "settings-no-settlement"),
        CheckKind::Couriers => ("settings-check-couriers", "settings-no-couriers"),
    };
    let mut words = Explained::default();
    let mut ip = None;
    let (standing, result_id) = match result {
        CheckResult::NotRun => (Standing::Open, "settings-result-not-run"),
        CheckResult::Running => (Standing::Running, "settings-result-running"),
        CheckResult::Passed => {
            if kind == CheckKind::Couriers && session.couriers_built_in {
                words.detail = text(lang, "settings-couriers-built-in");
            }
            (Standing::Passed, "settings-result-passed")
        }
        CheckResult::No => {
            words.action = text_with(lang, no_id, &mode);
            (Standing::Failed, "settings-result-no")
        }
        CheckResult::Failed(failure) => {
            if let FailureKind::IpNotAllowed { ip: Some(seen) } = &failure.kind {
                ip = Some(seen.clone());
            }
            words = explain_failure(lang, failure);
            (Standing::Failed, "settings-result-failed")
        }
    };
    CheckWords {
        standing,
        name: text_with(lang, name_id, &mode),
        result: text(lang, result_id),
        words,
        ip,
    }
}

/// What the key store means for the AppSecret, and whether trying again may help.
pub fn key_store(store: &KeyStore, lang: Lang) -> (Explained, bool) {
    let (id, retry) = match store {
        KeyStore::Unknown => ("settings-keys-unknown", false),
        KeyStore::Available => ("settings-keys-available", false),
        KeyStore::SessionOnly { locked: true } => ("settings-keys-locked", true),
        KeyStore::SessionOnly { locked: false } => ("settings-keys-none", true),
    };
    let words = Explained {
        title: text(lang, id),
        detail: text(lang, &format!("{id}.detail")),
        ..Explained::default()
    };
    (words, retry)
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
