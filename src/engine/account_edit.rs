//! What a person types about an account, its secrets by name, and what is kept of an edit. Apart from the loop's work
//! with accounts, because this is data and a check of it.

use std::collections::BTreeMap;

use super::command::{AccountId, Secret};
use super::snapshot::Account;
use crate::domain::{
    Access, CourierList, Field, MaskedContact, Problem, ProblemKind, SecretField, Timestamp,
};
use crate::store::AccountRow;

/// Secrets of one account by what they are; empty ones are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Secrets(BTreeMap<SecretField, Secret>);

impl Secrets {
    /// One secret.
    pub fn get(&self, field: SecretField) -> Option<&Secret> {
        self.0.get(&field)
    }

    /// Takes one over in place of what was there; an empty one changes nothing.
    pub fn put(&mut self, field: SecretField, secret: Secret) {
        if !secret.is_empty() {
            self.0.insert(field, secret);
        }
    }

    /// The same with one more.
    #[must_use]
    pub fn with(mut self, field: SecretField, secret: Secret) -> Self {
        self.put(field, secret);
        self
    }

    /// Takes over all of `newer`.
    pub fn put_all(&mut self, newer: Self) {
        self.0.extend(newer.0);
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (SecretField, &Secret)> {
        self.0.iter().map(|(field, secret)| (*field, secret))
    }

    /// Everything that this way to a token needs.
    pub fn suffice_for(&self, access: &Access) -> bool {
        let needed = access.mode().secrets().iter().filter(|field| field.is_needed());
        needed.into_iter().all(|field| self.0.contains_key(field))
    }
}

/// What a person types about an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountEdit {
    /// `None` adds an account.
    pub id: Option<AccountId>,
    /// The name by which staff know it.
    pub name: String,
    /// AppID of the Mini Program.
    pub appid: String,
    /// How it comes by its access tokens. The moments in it are the engine's: they follow what is typed.
    pub access: Access,
    /// A new AppSecret; `None` keeps the one that is there.
    pub secret: Option<Secret>,
    /// New secrets of the other ways to a token; what is not named stays as it is.
    pub more: Secrets,
    /// The merchant number, for files that carry only the shop's order numbers; may be empty.
    pub mchid: String,
    /// Parcels per payment, 10 to 15.
    pub max_parcels: usize,
    /// The sender's phone for 顺丰; masked before it is kept. May be empty.
    pub sender_contact: String,
    /// Courier id for files without a courier column; may be empty.
    pub default_courier: String,
    /// Text for orders without any; may be empty.
    pub default_item_desc: String,
}

impl AccountEdit {
    /// The secrets that were typed.
    pub(super) fn typed(&self) -> Secrets {
        let mut typed = self.more.clone();
        if let Some(secret) = &self.secret {
            typed.put(SecretField::AppSecret, secret.clone());
        }
        typed
    }

    /// The way to a token as it is kept: the moments are those of the known one, or now for what was typed anew.
    pub(super) fn access_kept(&self, known: Option<&Access>, now: Timestamp) -> Access {
        let is_new = |field| self.more.get(field).is_some();
        match self.access.clone().trimmed() {
            Access::Platform { component_appid, .. } => Access::Platform {
                component_appid,
                ticket_at: match known {
                    _ if is_new(SecretField::Ticket) => Some(now),
                    Some(Access::Platform { ticket_at, .. }) => *ticket_at,
                    _ => None,
                },
            },
            Access::Token { .. } => Access::Token {
                pasted_at: match known {
                    _ if is_new(SecretField::AccessToken) => Some(now),
                    Some(Access::Token { pasted_at }) => *pasted_at,
                    _ => None,
                },
            },
            other @ (Access::Secret | Access::Service { .. } | Access::Command { .. }) => other,
        }
    }
}

impl From<AccountRow> for Account {
    fn from(row: AccountRow) -> Self {
        Self {
            id: AccountId(row.id),
            name: row.name,
            appid: row.appid,
            access: row.access,
            mchid: row.mchid,
            max_parcels: row.max_parcels.clamp(10, 15),
            sender_contact: row.sender_contact,
            default_courier: row.default_courier,
            default_item_desc: row.default_item_desc,
            temporary: false,
        }
    }
}

/// What is kept of an edit, and what is wrong with it.
pub(super) fn checked(
    edit: &AccountEdit,
    access: Access,
    couriers: &CourierList,
) -> (AccountRow, Vec<Problem>) {
    let mut problems = Vec::new();
    let appid = edit.appid.trim().to_owned();
    if appid.is_empty() || !appid.bytes().all(|b| b.is_ascii_alphanumeric()) {
        problems.push(Problem::of(ProblemKind::AppIdInvalid, Field::AppId));
    }
    if let Some(problem) = access.problem() {
        problems.push(Problem::of(ProblemKind::AccessUnusable { problem }, Field::AppId));
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
        access,
        mchid: edit.mchid.trim().to_owned(),
        max_parcels: edit.max_parcels.clamp(10, 15),
        sender_contact: masked,
        default_courier: courier.to_owned(),
        default_item_desc: edit.default_item_desc.trim().to_owned(),
    };
    (row, problems)
}
