//! What a third-party platform may not call (ruling C-31): tried once, told, and then done without. Apart from the callers
//! because each of them goes on in its own way and must not decide differently what a refusal means.

use super::run::Engine;
use crate::domain::{Access, CallFailure, FailureKind};

impl Engine {
    /// How the account that is used comes by its tokens.
    pub(super) fn access(&self) -> Access {
        let own = self.config.credentials.as_ref();
        match own.filter(|own| own.appid == self.appid()) {
            // A token from the environment may be anybody's.
            Some(own) if own.access_token.is_some() => Access::Token { pasted_at: None },
            Some(own) => own.access.clone(),
            None => self
                .account()
                .map(|account| account.access.clone())
                .unwrap_or_default(),
        }
    }

    /// What a failed call for the list of orders means for this account; remembered until it is connected anew.
    pub(super) fn learn_barred(&mut self, failure: CallFailure) -> CallFailure {
        let failure = self.as_barred(failure);
        self.book.list_barred |= failure.kind == FailureKind::NotForPlatforms;
        failure
    }

    /// A permission that only a call for the Mini Program itself has. The account goes on: with the same permission missing
    /// for every call, the next one says so.
    pub(super) fn as_barred(&self, failure: CallFailure) -> CallFailure {
        let is_permission = matches!(failure.errcode, Some(48_001 | 61_007));
        if is_permission && self.access().may_be_platform() {
            return CallFailure {
                kind: FailureKind::NotForPlatforms,
                ..failure
            };
        }
        failure
    }
}
